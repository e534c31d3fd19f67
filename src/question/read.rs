//! Reads one question by itself: frames, attributes, roles, terms, and from them the kind of answer it wants.

use super::roles::choose;
use super::shape::{counted, priority, sides, subject_phrase};
use super::terms::{Word, read, terms_of};
use super::understand::Reader;
use super::{Kind, Question, Role};
use crate::index::MAX_TERMS;
use crate::lexicon::{AttributeId, Expect, Found, FrameKind};
use crate::text::Term;

/// Attributes that are less likely are not asked for.
const LEAST_LIKELY: f64 = 0.05;

/// From this probability on words that name no attribute ask for one all the same.
const SURELY: f64 = 0.9;

impl Reader<'_> {
    pub(super) fn read(&self, text: &str) -> Question {
        let (words, corrections) = read(text, self.snapshot, self.lexicon);
        let sequence: Vec<Term> = words.iter().map(|word| word.term).collect();
        let mut asked = self.attributes(&sequence);
        // "The phone number of the office" counts nothing.
        let named = |found: &Found<FrameKind>| {
            asked.iter().any(|asked| {
                let measured = asked.expects.is_some_and(Expect::is_measure);
                let within = || found.words.iter().any(|word| asked.words.contains(word));
                !asked.phrase && !measured && asked.words.len() > 1 && within()
            })
        };
        let counts = |found: &Found<FrameKind>| found.value == FrameKind::Count;
        let mut frames = self.lexicon.frames.find(&sequence);
        frames.retain(|found| !(counts(found) && named(found)));
        // "Mean wage" and "definitely" ask for no meaning, though they begin like words that do.
        let means = |found: &Found<FrameKind>| {
            let lists = &self.lexicon.words;
            let Some(at) = found.words.first().filter(|_| found.words.len() == 1) else { return true };
            let ends = || words.iter().skip(at + 1).all(|word| lists.stop.contains(&word.word));
            let one = words.get(*at).map(|word| word.word.as_str()).unwrap_or_default();
            !one.ends_with("ly") && (!lists.typical.contains(one) || ends())
        };
        frames.retain(|found| found.value != FrameKind::Definition || means(found));
        let frame = frames.iter().max_by_key(|found| {
            (priority(found.value), found.words.len(), std::cmp::Reverse(found.words.first().copied()))
        });
        let quoted = self.quoted(text, &words);
        let mut named = self.named(&words, &asked);
        named.iter_mut().zip(&quoted).for_each(|(named, quoted)| *named |= quoted);
        asked.retain(|asked| {
            asked.phrase || !asked.words.iter().all(|index| named.get(*index) == Some(&true))
        });
        let first = words.iter().position(|word| !self.lexicon.words.openers.contains(&word.word));
        let polar = first.is_some_and(|first| {
            let word =
                |offset: usize| words.get(first + offset).map(|word| word.word.as_str()).unwrap_or_default();
            self.lexicon.words.yes_no.contains(word(0)) && !self.lexicon.words.second_person.contains(word(1))
        }) || frame.is_none() && self.asks_later(text, &words);
        let (primary, topic) = choose(&asked, frame.map(|found| found.value), polar, |index| {
            words.get(index).is_some_and(|word| {
                let framed = frames.iter().any(|found| found.words.contains(&index));
                self.lexicon.words.stop.contains(&word.word) || framed
            })
        });
        // "what is a median?" asks for the word itself.
        let defines_word = frame.is_some_and(|found| found.value == FrameKind::Definition)
            && asked.len() == 1
            && asked.iter().all(|asked| !asked.phrase)
            && words.iter().enumerate().all(|(index, word)| {
                let framed = frame.is_some_and(|found| found.words.contains(&index));
                framed
                    || self.lexicon.words.stop.contains(&word.word)
                    || asked.iter().any(|asked| asked.words.contains(&index))
            });
        // "what does penetration testing mean?" asks for the words, whatever attribute they name elsewhere.
        let outright = frame.is_some_and(|found| {
            let meaning = |index: &usize| {
                words.get(*index).is_some_and(|word| self.lexicon.words.meaning.contains(&word.word))
            };
            found.value == FrameKind::Definition && found.words.iter().any(meaning)
        });
        // "What is a Hounsfield unit?": the last word of a name, unless it is measured ("what is a welder salary").
        let ends_name = frame.is_some_and(|found| {
            let end = found.words.iter().max().copied().unwrap_or_default();
            let indefinite =
                words.iter().skip(end).take(2).any(|word| self.lexicon.words.indefinite.contains(&word.word));
            let last = words.len().checked_sub(1);
            let tail = asked.len() == 1
                && asked.iter().all(|asked| {
                    let measured = asked.expects.is_some_and(|expect| expect.is_measure());
                    !asked.phrase && !measured && asked.words.first().copied() == last
                });
            let before = last.and_then(|last| last.checked_sub(1)).and_then(|before| words.get(before));
            let carries = before.is_some_and(|before| self.lexicon.carries(&before.word));
            found.value == FrameKind::Definition && indefinite && tail && carries
        });
        let outright = outright || ends_name;
        let (asked, primary) = if defines_word || outright { (Vec::new(), None) } else { (asked, primary) };
        let frame_kind = frame.map(|found| found.value);
        let likely = self.lexicon.asking.judge(sequence.iter().copied(), LEAST_LIKELY);
        let mut roles = self.roles(&words, (&named, &quoted), &asked, primary.as_ref(), &frames, frame);
        let reason = primary.as_ref().is_some_and(|asked| asked.leads);
        let deed = self.deed(&words, &roles, frame_kind, reason);
        if let Some(role) = deed.and_then(|at| roles.get_mut(at)) {
            *role = Some(Role::Subject);
        }
        let (terms, places) = terms_of(&words, &roles, self.snapshot, self.lexicon, MAX_TERMS);
        let learnt = || {
            let best = likely.first().filter(|(_, probability)| *probability >= SURELY);
            best.filter(|_| !outright && !defines_word).map(|(attribute, _)| *attribute)
        };
        let attribute = primary.as_ref().map(|asked| asked.attribute).or_else(learnt);
        let sides = match frame_kind {
            Some(FrameKind::Comparison) => sides(text, &words, &places, &terms, self.lexicon),
            _ => Vec::new(),
        };
        // A comparing word without two sides compares nothing; the other words say what is wanted.
        let frame_kind = match frame_kind {
            Some(FrameKind::Comparison) if sides.len() < 2 => {
                let others = frames.iter().filter(|found| found.value != FrameKind::Comparison);
                others.max_by_key(|found| (priority(found.value), found.words.len())).map(|found| found.value)
            }
            kind => kind,
        };
        let years_asked = frame.is_some_and(|found| {
            let in_frame = |index: &usize| words.get(*index).is_some_and(|word| word.stem == "year");
            found.value == FrameKind::When && found.words.iter().any(in_frame)
        });
        // "How do you …": someone wants to do it.
        let acts = words.get(2).is_some_and(|word| {
            self.lexicon.words.first_person.contains(&word.word)
                || self.lexicon.words.second_person.contains(&word.word)
        });
        let (mut kind, mut expects) = self.kind(frame_kind, attribute, polar, years_asked, acts);
        // "How long is it valid?" asks for a stretch of time, "how often do I renew?" for a number as well.
        if expects.first() == Some(&Expect::Duration) && self.asks_how_long(&sequence) {
            expects.retain(|expect| *expect != Expect::Count);
        }
        let timed = words.iter().any(|word| self.lexicon.units.when_words.contains(&word.word));
        if kind == Kind::When && (timed || attribute.is_none()) {
            expects.push(Expect::Time);
        }
        // "How much experience", "how much time": an amount of something, not a price.
        let amount = frame.filter(|found| found.value == FrameKind::Money).and_then(|found| {
            let next = words.get(found.words.iter().max()? + 1)?;
            // "How much of that would carry over": a part of it.
            let part = next.word == "of" && attribute.is_some();
            let noun = part
                || !self.lexicon.words.stop.contains(&next.word)
                    && !self.lexicon.words.comparing.contains(&next.word)
                    && !self.lexicon.units.currency_words.contains(&next.word);
            noun.then_some(())
        });
        let named = matches!(expects.first(), Some(Expect::Name | Expect::List));
        if amount.is_some()
            && (attribute.is_none()
                || named
                || expects.first() == Some(&Expect::Money)
                    && kind == Kind::Value
                    && primary.as_ref().is_some_and(|asked| asked.phrase && asked.words.len() < 3))
        {
            (kind, expects) = (
                Kind::Count,
                vec![Expect::Duration, Expect::Hours, Expect::Count, Expect::Percent, Expect::Money],
            );
        }
        // An exam is as long as its hours, a program is not.
        if topic.is_some() && expects.first() == Some(&Expect::Duration) {
            expects.push(Expect::Hours);
        }
        // "whats X": nothing but a question word and a subject.
        let bare = words.iter().zip(&roles).enumerate().all(|(index, (word, role))| {
            let adverb = matches!(role, Some(Role::Light)) && word.word.ends_with("ly");
            matches!(role, Some(Role::Subject))
                || adverb
                || self.lexicon.words.stop.contains(&word.word)
                || index == 0
        });
        if kind == Kind::Fact
            && attribute.is_none()
            && bare
            && words.first().is_some_and(|word| word.stem == "what")
            && !words.get(1).is_some_and(|word| self.lexicon.words.modal.contains(&word.word))
        {
            kind = Kind::Definition;
        }
        // "What is the most common degree in it?" asks more than what it is.
        let vague = roles.iter().filter(|role| **role == Some(Role::Light)).count();
        if kind == Kind::Definition && vague >= 2 && !outright {
            kind = Kind::Fact;
        }
        // "clinical hours at …": hours that are named without a rate are what is asked for.
        let hours = words
            .iter()
            .enumerate()
            .filter(|(index, word)| {
                let rate = index
                    .checked_sub(1)
                    .and_then(|before| words.get(before))
                    .is_some_and(|before| self.lexicon.units.rates.contains(&before.word));
                !polar && self.lexicon.units.counted_words.contains(&word.word) && !rate
            })
            .find_map(|(index, _)| places.get(index).copied().flatten())
            .filter(|_| {
                matches!(kind, Kind::Fact | Kind::List) || attribute.is_none() && kind == Kind::Definition
            });
        if hours.is_some() {
            (kind, expects) = (Kind::Count, vec![Expect::Hours, Expect::Count]);
        }
        let years: Vec<u32> = words
            .iter()
            .filter(|word| word.word.len() == 4)
            .filter_map(|word| word.word.parse::<u32>().ok())
            .filter(|year| (1900..=2100).contains(year))
            .collect();
        Question {
            text: text.to_owned(),
            kind,
            polar,
            attribute,
            topic,
            likely,
            expects,
            level: self.level(&words, &sequence),
            topic_words: self
                .topic_words(&words, &places, &terms, &years)
                .or_else(|| subject_phrase(&words, &roles, self.lexicon)),
            subject: subject_phrase(&words, &roles, self.lexicon),
            terms,
            years,
            counted: counted(&words, frame, &places, self.lexicon).or(hours),
            attributes: asked
                .iter()
                .map(|asked| asked.attribute)
                .chain(self.mentioned(&sequence))
                .chain(attribute)
                .fold(0, |set, attribute| set | 1 << attribute),
            sides,
            deed: deed.and_then(|at| places.get(at).copied().flatten()),
            corrections,
            carried: Vec::new(),
        }
    }

    /// Whether a phrase that asks for a stretch of time, and for no number, is among the words.
    fn asks_how_long(&self, sequence: &[Term]) -> bool {
        let found = (0..sequence.len()).flat_map(|at| self.lexicon.attribute_asks.at(at, sequence));
        found.filter_map(|found| self.lexicon.attributes.get(found.value)).any(|asked| {
            asked.expects.first() == Some(&Expect::Duration) && !asked.expects.contains(&Expect::Count)
        })
    }

    fn level(&self, words: &[Word], sequence: &[Term]) -> Option<usize> {
        let letters = words
            .iter()
            .filter(|word| word.token.all_capitals || !self.lexicon.words.stop.contains(&word.word))
            .find_map(|word| self.lexicon.level_letters.get(&word.word).copied());
        letters.or_else(|| self.lexicon.level_words.find(sequence).first().map(|found| found.value))
    }

    fn kind(
        &self,
        frame: Option<FrameKind>,
        attribute: Option<AttributeId>,
        polar: bool,
        years_asked: bool,
        acts: bool,
    ) -> (Kind, Vec<Expect>) {
        let expects = attribute
            .and_then(|id| self.lexicon.attributes.get(id))
            .map(|attribute| attribute.expects.clone())
            .unwrap_or_default();
        match frame {
            Some(FrameKind::Abbreviation) => return (Kind::Abbreviation, Vec::new()),
            Some(FrameKind::Comparison) => return (Kind::Comparison, expects),
            // "Who is eligible?", "who hires them?": the attribute says what is wanted.
            Some(FrameKind::Who)
                if !expects.is_empty()
                    && !expects.contains(&Expect::Someone)
                    && expects.iter().all(|expect| matches!(expect, Expect::List | Expect::Name)) => {}
            Some(FrameKind::Who) => return (Kind::Who, vec![Expect::Someone]),
            Some(FrameKind::When) if expects.first() != Some(&Expect::Duration) && years_asked => {
                return (Kind::When, vec![Expect::Year]);
            }
            Some(FrameKind::When) if expects.first() != Some(&Expect::Duration) => {
                return (Kind::When, vec![Expect::Year, Expect::Date]);
            }
            // "How do you recertify?" asks for a way, whatever the attribute is measured by.
            Some(FrameKind::How) if expects.first().is_some_and(|first| first.is_measure()) && acts => {
                return (Kind::How, Vec::new());
            }
            // "The exam, how much?" asks for what it costs.
            Some(FrameKind::Money) if expects.first() == Some(&Expect::Name) => {
                return (Kind::Value, vec![Expect::Money]);
            }
            // "What do the top ten percent earn?" asks for money.
            Some(FrameKind::Percent) if expects.first() != Some(&Expect::Money) => {
                return (Kind::Value, vec![Expect::Percent]);
            }
            // Who asks how many places there are is not told a length of time.
            Some(FrameKind::Count) if expects.first() == Some(&Expect::Count) => {
                return (Kind::Count, expects);
            }
            Some(FrameKind::Count) if !expects.contains(&Expect::Duration) => {
                return (Kind::Count, vec![Expect::Count, Expect::Hours, Expect::Duration]);
            }
            Some(FrameKind::Count) => {
                return (Kind::Value, vec![Expect::Duration, Expect::Hours, Expect::Count]);
            }
            _ => {}
        }
        if polar {
            return (Kind::YesNo, Vec::new());
        }
        let kind = match expects.first() {
            Some(first) => Kind::expecting(*first),
            None => match frame {
                Some(FrameKind::Money) => return (Kind::Value, vec![Expect::Money]),
                Some(FrameKind::List) => return (Kind::List, vec![Expect::List]),
                Some(FrameKind::How) => Kind::How,
                Some(FrameKind::Definition) => Kind::Definition,
                _ => Kind::Fact,
            },
        };
        (kind, expects)
    }
}
