//! Puts a question together: kind, attribute, roles of its words, modifiers, and what the conversation adds.

use super::conversation::{self, Own};
use super::terms::{Word, read, terms_of};
use super::{Conversation, Kind, Question, QuestionTerm, Role, clean, split::split};
use crate::index::{MAX_TERMS, Snapshot};
use crate::lexicon::{AttributeId, Expect, Found, FrameKind, Lexicon};
use crate::text::{Term, fold};

/// The questions of a message, in order; empty when nothing is asked.
pub fn understand(
    message: &str,
    conversation: &Conversation,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Vec<Question> {
    let cleaned = clean(message);
    let parts = split(&cleaned, lexicon);
    let mut questions: Vec<Question> = Vec::new();
    for text in &parts.questions {
        let reader = Reader { snapshot, lexicon };
        let mut question = reader.read(text);
        let own = reader.own(&question);
        if !own.subject {
            // The same message may have named the subject before: an earlier question, or what was told.
            let earlier = questions.last().and_then(|earlier| earlier.subject.clone());
            let told = || reader.told(&parts.background.join(". "));
            if let Some(subject) = earlier.or_else(told) {
                question = reader.complete(text, vec![subject]);
            }
        }
        let own = reader.own(&question);
        let carried =
            conversation::carried(text, own, conversation, lexicon, |word| reader.kind_of_modifier(word));
        if !carried.is_empty() {
            let mut all = std::mem::take(&mut question.carried);
            all.extend(carried);
            question = reader.complete(text, all);
        }
        questions.push(question);
    }
    questions
}

struct Reader<'a> {
    snapshot: &'a Snapshot,
    lexicon: &'a Lexicon,
}

/// An attribute found in a question.
#[derive(Debug, Clone)]
struct Asked {
    attribute: AttributeId,
    words: Vec<usize>,
    phrase: bool,
}

impl Reader<'_> {
    fn complete(&self, text: &str, carried: Vec<String>) -> Question {
        let mut question = self.read(&conversation::standalone(text, &carried));
        question.carried = carried;
        question
    }

    /// The subject words that a follow-up is about: names, modifiers, and words the folder does not know.
    fn topic_words(
        &self,
        words: &[Word],
        places: &[Option<usize>],
        terms: &[QuestionTerm],
    ) -> Option<String> {
        let mut kept: Vec<&str> = Vec::new();
        for (word, place) in words.iter().zip(places) {
            let Some(term) = place.and_then(|place| terms.get(place)) else { continue };
            let about = term.role == Role::Subject
                && (self.is_name(term) || !term.known || self.kind_of_modifier(&term.word).is_some());
            if about && !kept.contains(&word.word.as_str()) {
                kept.push(&word.word);
            }
        }
        (!kept.is_empty()).then(|| kept.join(" "))
    }

    /// The words of the background that name something in the folder.
    fn told(&self, background: &str) -> Option<String> {
        let told = self.read(background);
        let words: Vec<&str> =
            told.subject_terms().filter(|term| self.is_name(term)).map(|term| term.word.as_str()).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// Whether a term, or another way of saying it, stands in a title, a heading or an abbreviation.
    fn is_name(&self, term: &QuestionTerm) -> bool {
        self.snapshot.names.contains(&term.term)
            || term
                .alternatives
                .iter()
                .any(|way| way.terms.iter().all(|term| self.snapshot.names.contains(term)))
    }

    fn own(&self, question: &Question) -> Own {
        let (mut subject, mut modifier) = (false, false);
        let mut kinds = [false; 3];
        for term in question.subject_terms() {
            match self.kind_of_modifier(&term.word) {
                Some(kind) => {
                    modifier = true;
                    if let Some(slot) = kinds.get_mut(kind) {
                        *slot = true;
                    }
                }
                None if term.known && !self.is_name(term) => modifier = true,
                None => subject = true,
            }
        }
        let frame = !matches!(question.kind, Kind::Fact | Kind::Definition | Kind::List | Kind::How);
        Own { subject, modifier: modifier && !subject, kinds, attribute: question.attribute.is_some(), frame }
    }

    /// 0 a level, 1 a place, 2 a number or year: words that narrow a subject and are none themselves.
    fn kind_of_modifier(&self, word: &str) -> Option<usize> {
        let terms = crate::text::terms(word);
        let generic_letters =
            self.lexicon.level_letters.contains_key(word) && !self.lexicon.specific_letters.contains(word);
        if generic_letters || !self.lexicon.level_words.find(&terms).is_empty() {
            Some(0)
        } else if !self.lexicon.states.find(&terms).is_empty() {
            Some(1)
        } else if word.parse::<u32>().is_ok() {
            Some(2)
        } else {
            None
        }
    }

    fn read(&self, text: &str) -> Question {
        let (words, corrections) = read(text, self.snapshot, self.lexicon);
        let sequence: Vec<Term> = words.iter().map(|word| word.term).collect();
        let frames = self.lexicon.frames.find(&sequence);
        let frame = frames.iter().max_by_key(|found| {
            (priority(found.value), found.words.len(), std::cmp::Reverse(found.words.first().copied()))
        });
        let mut asked = self.attributes(&sequence);
        let named = self.named(&words, &asked);
        asked.retain(|asked| {
            asked.phrase || !asked.words.iter().all(|index| named.get(*index) == Some(&true))
        });
        let counts = frame.is_some_and(|found| found.value == FrameKind::Count);
        let (primary, topic) = choose(&asked, counts, |index| {
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
        let (asked, primary) = if defines_word { (Vec::new(), None) } else { (asked, primary) };
        let first = words
            .iter()
            .position(|word| !matches!(word.word.as_str(), "and" | "so" | "but" | "or" | "ok" | "also"));
        let polar = first.is_some_and(|first| {
            let word =
                |offset: usize| words.get(first + offset).map(|word| word.word.as_str()).unwrap_or_default();
            self.lexicon.words.yes_no.contains(word(0)) && word(1) != "you"
        });
        let frame_kind = frame.map(|found| found.value);
        let roles = self.roles(&words, &named, &asked, primary.as_ref(), &frames, frame);
        let (terms, places) = terms_of(&words, &roles, self.snapshot, self.lexicon, MAX_TERMS);
        let attribute = primary.as_ref().map(|asked| asked.attribute);
        let sides = match frame_kind {
            Some(FrameKind::Comparison) => sides(text, &words, &places, &terms),
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
        let (mut kind, mut expects) = self.kind(frame_kind, attribute, polar);
        let timed = words.iter().any(|word| self.lexicon.units.when_words.contains(&word.word));
        if kind == Kind::When && (timed || attribute.is_none()) {
            expects.push(Expect::Time);
        }
        // An exam is as long as its hours, a program is not.
        if topic.is_some() && expects.first() == Some(&Expect::Duration) {
            expects.push(Expect::Hours);
        }
        // "whats X": nothing but a question word and a subject.
        let bare = words.iter().zip(&roles).enumerate().all(|(index, (word, role))| {
            matches!(role, Some(Role::Subject)) || self.lexicon.words.stop.contains(&word.word) || index == 0
        });
        if kind == Kind::Fact
            && attribute.is_none()
            && bare
            && words.first().is_some_and(|word| word.stem == "what")
        {
            kind = Kind::Definition;
        }
        // "clinical hours at …": hours that are named without a rate are what is asked for.
        let hours = words
            .iter()
            .enumerate()
            .filter(|(index, word)| {
                let rate = index.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|before| {
                    matches!(before.word.as_str(), "a" | "an" | "per" | "each" | "every")
                });
                self.lexicon.units.counted_words.contains(&word.word) && !rate
            })
            .find_map(|(index, _)| places.get(index).copied().flatten())
            .filter(|_| {
                matches!(kind, Kind::Fact | Kind::List) || attribute.is_none() && kind == Kind::Definition
            });
        if hours.is_some() {
            (kind, expects) = (Kind::Count, vec![Expect::Hours, Expect::Count]);
        }
        let years = words
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
            expects,
            level: self.level(&words, &sequence),
            topic_words: self.topic_words(&words, &places, &terms).or_else(|| subject_phrase(&words, &roles)),
            subject: subject_phrase(&words, &roles),
            terms,
            years,
            counted: counted(&words, frame, &places, self.lexicon).or(hours),
            attributes: asked.iter().fold(0, |set, asked| set | 1 << asked.attribute),
            sides,
            corrections,
            carried: Vec::new(),
        }
    }

    /// The attributes that the words name; no two share a word, longer ones win.
    fn attributes(&self, sequence: &[Term]) -> Vec<Asked> {
        let mut candidates: Vec<Asked> = Vec::new();
        let asked = |found: Found<AttributeId>, phrase: bool| Asked {
            attribute: found.value,
            words: found.words,
            phrase,
        };
        for position in 0..sequence.len() {
            candidates.extend(
                self.lexicon
                    .attribute_asks
                    .at(position, sequence)
                    .into_iter()
                    .map(|found| asked(found, true)),
            );
            candidates.extend(
                self.lexicon
                    .attribute_words
                    .at(position, sequence)
                    .into_iter()
                    .map(|found| asked(found, false)),
            );
        }
        candidates.sort_by_key(|asked| {
            (std::cmp::Reverse(asked.words.len()), !asked.phrase, asked.words.first().copied())
        });
        let mut taken: Vec<Asked> = Vec::new();
        for candidate in candidates {
            let free =
                taken.iter().all(|taken| taken.words.iter().all(|word| !candidate.words.contains(word)));
            if free {
                taken.push(candidate);
            }
        }
        taken.sort_by_key(|asked| asked.words.first().copied());
        taken
    }

    fn roles(
        &self,
        words: &[Word],
        named: &[bool],
        asked: &[Asked],
        primary: Option<&Asked>,
        frames: &[Found<FrameKind>],
        frame: Option<&Found<FrameKind>>,
    ) -> Vec<Option<Role>> {
        let lists = &self.lexicon.words;
        let mut roles: Vec<Option<Role>> = words
            .iter()
            .zip(named)
            .map(|(word, named)| {
                let letters = word.token.all_capitals && word.word.len() <= 5;
                if *named {
                    Some(Role::Subject)
                } else if lists.stop.contains(&word.word) && !letters {
                    None
                } else if lists.light.contains(&word.word) && !letters {
                    Some(Role::Light)
                } else {
                    Some(Role::Subject)
                }
            })
            .collect();
        for found in frames.iter().filter(|found| frame.is_some_and(|best| best.value == found.value)) {
            set(&mut roles, &found.words, Role::Frame);
        }
        for asked in asked {
            let role = if asked.phrase {
                // A phrase of asking ("how much do they make") has no words that a text would repeat.
                Role::Frame
            } else if primary.is_some_and(|primary| primary.words == asked.words) {
                Role::Attribute
            } else {
                Role::Topic
            };
            set(&mut roles, &asked.words, role);
        }
        let asks_for_word = frame.is_some_and(|found| {
            matches!(found.value, FrameKind::Definition | FrameKind::Abbreviation | FrameKind::List)
        });
        if !roles.contains(&Some(Role::Subject)) && primary.is_none() && asks_for_word {
            // "what is a degree?": with nothing else in the question its vague words are its subject.
            for (role, word) in roles.iter_mut().zip(words) {
                let framed = frame.is_some_and(|found| {
                    found
                        .words
                        .iter()
                        .any(|index| words.get(*index).is_some_and(|framed| framed.term == word.term))
                });
                if matches!(role, Some(Role::Light | Role::Topic)) && !framed {
                    *role = Some(Role::Subject);
                }
            }
        }
        roles
    }

    /// Which words are part of a name: a vague or attribute word that makes one name with its neighbour, as the folder
    /// writes names, belongs to the subject ("information" in "information security analyst"). Words that are all vague
    /// or attributes make no name.
    fn named(&self, words: &[Word], asked: &[Asked]) -> Vec<bool> {
        let attribute: Vec<usize> = asked.iter().flat_map(|asked| asked.words.iter().copied()).collect();
        let phrases: Vec<usize> =
            asked.iter().filter(|asked| asked.phrase).flat_map(|asked| asked.words.iter().copied()).collect();
        let carrying: Vec<(usize, &Word)> = words
            .iter()
            .enumerate()
            .filter(|(_, word)| !self.lexicon.words.stop.contains(&word.word))
            .collect();
        let mut named: Vec<bool> = words
            .iter()
            .enumerate()
            .map(|(index, word)| self.lexicon.carries(&word.word) && !attribute.contains(&index))
            .collect();
        for _ in 0..2 {
            for ((one, first), (other, second)) in carrying.iter().zip(carrying.iter().skip(1)) {
                let either = named.get(*one) == Some(&true) || named.get(*other) == Some(&true);
                let pair = self.snapshot.name_pairs.contains(&(first.term, second.term));
                if either && pair {
                    for index in [one, other] {
                        if let Some(slot) = named.get_mut(*index).filter(|_| !phrases.contains(index)) {
                            *slot = true;
                        }
                    }
                }
            }
        }
        named
    }

    fn level(&self, words: &[Word], sequence: &[Term]) -> Option<usize> {
        let letters = words
            .iter()
            .filter(|word| word.token.all_capitals || word.word.len() >= 3)
            .find_map(|word| self.lexicon.level_letters.get(&word.word).copied());
        letters.or_else(|| self.lexicon.level_words.find(sequence).first().map(|found| found.value))
    }

    fn kind(
        &self,
        frame: Option<FrameKind>,
        attribute: Option<AttributeId>,
        polar: bool,
    ) -> (Kind, Vec<Expect>) {
        let expects = attribute
            .and_then(|id| self.lexicon.attributes.get(id))
            .map(|attribute| attribute.expects.clone())
            .unwrap_or_default();
        match frame {
            Some(FrameKind::Abbreviation) => return (Kind::Abbreviation, Vec::new()),
            Some(FrameKind::Comparison) => return (Kind::Comparison, expects),
            Some(FrameKind::Who) => return (Kind::Who, vec![Expect::Someone]),
            Some(FrameKind::When) if !expects.contains(&Expect::Duration) => {
                return (Kind::When, vec![Expect::Year, Expect::Date]);
            }
            Some(FrameKind::Percent) => return (Kind::Value, vec![Expect::Percent]),
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
            Some(Expect::Money | Expect::Percent | Expect::Duration | Expect::Hours) => Kind::Value,
            Some(Expect::Count) => Kind::Count,
            Some(Expect::Year | Expect::Date | Expect::Time) => Kind::When,
            Some(Expect::List) => Kind::List,
            Some(Expect::Someone) => Kind::Who,
            Some(Expect::Name) => Kind::Fact,
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

/// Frames that say most about what is wanted win over longer ones that say less.
fn priority(kind: FrameKind) -> u8 {
    match kind {
        FrameKind::Abbreviation => 3,
        FrameKind::Comparison => 2,
        FrameKind::Who | FrameKind::When | FrameKind::Count | FrameKind::Percent => 1,
        FrameKind::Money | FrameKind::List | FrameKind::How | FrameKind::Definition => 0,
    }
}

/// What is counted: the last word before the verb of "how many …", unless it is a vague word for people or things.
fn counted(
    words: &[Word],
    frame: Option<&Found<FrameKind>>,
    places: &[Option<usize>],
    lexicon: &Lexicon,
) -> Option<usize> {
    let frame = frame.filter(|found| found.value == FrameKind::Count)?;
    let from = frame.words.iter().max()? + 1;
    let unit =
        |word: &str| lexicon.units.clock_words.contains(word) || lexicon.units.duration_words.contains(word);
    let noun = (from..words.len())
        .take_while(|index| {
            words.get(*index).is_some_and(|word| {
                let vague = lexicon.words.light.contains(&word.word);
                let counts = unit(&word.word) || lexicon.words.people.contains(&word.word);
                !lexicon.words.stop.contains(&word.word) && (*index == from || !vague || counts)
            })
        })
        .take(3)
        .last()?;
    let word = words.get(noun)?;
    let unit =
        lexicon.units.clock_words.contains(&word.word) || lexicon.units.duration_words.contains(&word.word);
    (unit || !lexicon.words.people.contains(&word.word))
        .then(|| places.get(noun).copied().flatten())
        .flatten()
}

/// The attribute that is asked for and one that narrows it. A whole phrase of asking beats single words; of words
/// side by side the last is the head ("exam fee"), of words apart the first ("requirements for the exam").
fn choose(
    asked: &[Asked],
    counts: bool,
    shapes: impl Fn(usize) -> bool,
) -> (Option<Asked>, Option<AttributeId>) {
    let phrase = asked
        .iter()
        .filter(|asked| asked.phrase && asked.words.len() >= 2)
        .max_by_key(|asked| asked.words.len());
    let head = || {
        let mut head = asked.first()?;
        for next in asked.iter().skip(1) {
            let side_by_side = head.words.last().is_some_and(|last| next.words.first() == Some(&(last + 1)));
            if !side_by_side {
                break;
            }
            head = next;
        }
        Some(head)
    };
    // "what score do I need", "how many credits …": the noun behind the question word is what is asked for.
    let asked_noun = asked.first().filter(|first| {
        !first.phrase
            && first.words.first().is_some_and(|start| *start > 0 && *start <= 3 && (0..*start).all(&shapes))
    });
    // "how many places were there": the word inside a phrase is what the phrase asks for.
    let inside = phrase.filter(|_| counts).and_then(|phrase| {
        let (first, last) = (phrase.words.first()?, phrase.words.last()?);
        asked.iter().find(|other| !other.phrase && other.words.iter().all(|word| first < word && word < last))
    });
    let primary = if asked_noun.is_some() { head() } else { inside.or(phrase).or_else(head) }.cloned();
    let topic = asked
        .iter()
        .find(|asked| primary.as_ref().is_some_and(|primary| primary.attribute != asked.attribute))
        .map(|asked| asked.attribute);
    (primary, topic)
}

fn set(roles: &mut [Option<Role>], words: &[usize], role: Role) {
    for index in words {
        if let Some(slot) = roles.get_mut(*index)
            && slot.is_some()
        {
            *slot = Some(role);
        }
    }
}

/// The words between which a comparison stands.
fn is_connector(word: &str) -> bool {
    matches!(word, "and" | "or" | "vs" | "versus" | "from" | "to" | "than" | "with" | "between")
}

/// The two sides of a comparison: subject words before and after a connector.
fn sides(
    text: &str,
    words: &[Word],
    places: &[Option<usize>],
    terms: &[super::QuestionTerm],
) -> Vec<Vec<usize>> {
    let mut sides: Vec<Vec<usize>> = vec![Vec::new()];
    // What stands before a colon belongs to both sides.
    let from = text.find(':').unwrap_or(0);
    for (word, place) in words.iter().zip(places).filter(|(word, _)| word.token.span.start >= from) {
        if is_connector(&word.word) {
            if sides.last().is_some_and(|side| !side.is_empty()) {
                sides.push(Vec::new());
            }
        } else if let (Some(place), Some(side)) = (place, sides.last_mut())
            && terms.get(*place).is_some_and(|term| term.role == Role::Subject)
            && !side.contains(place)
        {
            side.push(*place);
        }
    }
    sides.retain(|side| !side.is_empty());
    sides
}

/// The subject words in order, with the grammar words that join two of them.
fn subject_phrase(words: &[Word], roles: &[Option<Role>]) -> Option<String> {
    let is_subject = |index: usize| roles.get(index) == Some(&Some(Role::Subject));
    let mut phrase: Vec<&str> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let joins = roles.get(index) == Some(&None)
            && index > 0
            && is_subject(index - 1)
            && is_subject(index + 1)
            && matches!(fold(&word.word).as_str(), "of" | "in" | "and" | "for" | "to" | "the");
        if is_subject(index) || joins {
            phrase.push(&word.word);
        }
    }
    (!phrase.is_empty()).then(|| phrase.join(" "))
}
