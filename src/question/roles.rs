//! What each word of a question does: it names the attribute that is asked for, is part of the subject, is vague, or only
//! shapes the question.

use super::terms::Word;
use super::understand::Reader;
use super::{Role, initials};
use crate::lexicon::{AttributeId, Expect, Found, FrameKind};
use crate::text::Term;

/// An attribute found in a question.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub attribute: AttributeId,
    pub words: Vec<usize>,
    pub phrase: bool,
    /// The kind of value that answers it first.
    pub expects: Option<Expect>,
    /// Whether it is asked for, whatever else the question names.
    pub leads: bool,
}

impl Asked {
    fn measured(&self) -> bool {
        self.expects.is_some_and(Expect::is_measure)
    }
}

impl Reader<'_> {
    /// The attributes that the words name; no two share a word, longer ones win.
    pub(super) fn attributes(&self, sequence: &[Term]) -> Vec<Asked> {
        let mut candidates: Vec<Asked> = Vec::new();
        let asked = |found: Found<AttributeId>, phrase: bool| {
            let attribute = self.lexicon.attributes.get(found.value);
            Asked {
                attribute: found.value,
                words: found.words,
                phrase,
                expects: attribute.and_then(|attribute| attribute.expects.first().copied()),
                leads: attribute.is_some_and(|attribute| attribute.leads),
            }
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

    /// Every attribute that the words name, also inside longer words for another one ("exam" in "exam fee").
    pub(super) fn mentioned(&self, sequence: &[Term]) -> impl Iterator<Item = AttributeId> {
        (0..sequence.len())
            .flat_map(|position| self.lexicon.attribute_words.at(position, sequence))
            .map(|found| found.value)
    }

    /// "Once I finish it, am I licensed?": a yes/no question behind a clause, about the one who asks or behind a comma.
    pub(super) fn asks_later(&self, text: &str, words: &[Word]) -> bool {
        let lists = &self.lexicon.words;
        let asks = |three: &[Word]| match three {
            [before, verb, of] => {
                let comma = || {
                    let between = text.get(before.token.span.end..verb.token.span.start);
                    between.is_some_and(|between| between.contains(','))
                };
                lists.yes_no.contains(&verb.word)
                    && (lists.first_person.contains(&of.word) || lists.asked_of.contains(&of.word) && comma())
            }
            _ => false,
        };
        let at = words.windows(3).position(asks);
        at.and_then(|at| words.get(..=at))
            .is_some_and(|before| !before.iter().any(|word| lists.question_words.contains(&word.word)))
    }

    pub(super) fn roles(
        &self,
        words: &[Word],
        (named, quoted): (&[bool], &[bool]),
        asked: &[Asked],
        primary: Option<&Asked>,
        frames: &[Found<FrameKind>],
        frame: Option<&Found<FrameKind>>,
    ) -> Vec<Option<Role>> {
        let lists = &self.lexicon.words;
        let mut roles: Vec<Option<Role>> = words
            .iter()
            .zip(named.iter().zip(quoted))
            .map(|(word, (named, quoted))| {
                let letters = self.is_letters(word);
                if *named && (letters || *quoted || !lists.hollow.contains(&word.word)) {
                    Some(Role::Subject)
                } else if lists.stop.contains(&word.word) && !letters {
                    None
                } else if lists.hollow.contains(&word.word) && !letters {
                    Some(Role::Frame)
                } else if lists.light.contains(&word.word) && !letters
                    || self.is_everyday(word) && (primary.is_some() || self.is_strange(word))
                {
                    Some(Role::Light)
                } else {
                    Some(Role::Subject)
                }
            })
            .collect();
        for found in frames.iter().filter(|found| frame.is_some_and(|best| best.value == found.value)) {
            set(&mut roles, &found.words, Role::Frame);
        }
        let lexicon_carries =
            |word: &Word| self.lexicon.carries(&word.word) && !lists.everyday.contains(&word.word);
        for asked in asked {
            let main = primary.is_some_and(|primary| primary.words == asked.words);
            if asked.phrase && !main {
                // "… if I go at night": what narrows the question is looked for by its own words.
                for index in &asked.words {
                    let carries = words.get(*index).is_some_and(&lexicon_carries);
                    set(&mut roles, &[*index], if carries { Role::Topic } else { Role::Light });
                }
                continue;
            }
            // "Growth for center directors": whom a figure is asked of is no second attribute.
            let people = || {
                asked
                    .words
                    .iter()
                    .filter_map(|index| words.get(*index))
                    .all(|word| self.lexicon.names_person(&word.word))
            };
            if !main && primary.is_some_and(Asked::measured) && people() {
                set(&mut roles, &asked.words, Role::Subject);
                continue;
            }
            // A phrase of asking ("how much do they make") has no words that a text would repeat.
            let role = match (asked.phrase, main) {
                (true, _) => Role::Frame,
                (false, true) => Role::Attribute,
                (false, false) => Role::Topic,
            };
            set(&mut roles, &asked.words, role);
        }
        let asks_for_word = frame.is_some_and(|found| {
            matches!(found.value, FrameKind::Definition | FrameKind::Abbreviation | FrameKind::List)
        });
        // "Define decision support": all behind the word is what is to be defined.
        let defined_from = frame.filter(|found| {
            let means =
                |index: &usize| words.get(*index).is_some_and(|word| lists.meaning.contains(&word.word));
            found.value == FrameKind::Definition
                && found.words.first() == Some(&0)
                && found.words.iter().any(means)
        });
        if let Some(from) = defined_from.and_then(|found| found.words.iter().max()) {
            for (role, word) in roles.iter_mut().zip(words).skip(from + 1) {
                if *role == Some(Role::Light) && !lists.hollow.contains(&word.word) {
                    *role = Some(Role::Subject);
                }
            }
        }
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

    /// Which words stand between quotation marks: what is meant by them is asked, whatever words they are.
    pub(super) fn quoted(&self, text: &str, words: &[Word]) -> Vec<bool> {
        /// More words are a sentence that somebody said.
        const MOST: usize = 4;
        let marks: Vec<usize> =
            text.char_indices().filter(|(_, c)| matches!(c, '"' | '“' | '”')).map(|(at, _)| at).collect();
        let pairs: Vec<(usize, usize)> = marks
            .chunks_exact(2)
            .filter_map(|pair| Some((*pair.first()?, *pair.last()?)))
            .filter(|(from, to)| {
                let within = |word: &&Word| *from < word.token.span.start && word.token.span.start < *to;
                (1..=MOST).contains(&words.iter().filter(within).count())
            })
            .collect();
        let inside = |word: &Word| {
            pairs.iter().any(|(from, to)| *from < word.token.span.start && word.token.span.start < *to)
        };
        words.iter().map(|word| inside(word) && !self.lexicon.words.stop.contains(&word.word)).collect()
    }

    /// Whether a word of English at large is no name in this folder: it tells how the question is put.
    pub(super) fn is_everyday(&self, word: &Word) -> bool {
        self.lexicon.is_everyday(&word.word) && !self.snapshot.names.contains(&word.term)
    }

    /// Whether the folder says a word by no word at all.
    fn is_strange(&self, word: &Word) -> bool {
        self.snapshot.frequency(&word.stem) == 0 && self.lexicon.synonym_phrases.find(&[word.term]).is_empty()
    }

    /// Whether a word is letters that stand for a name; "US" and "OK" only where the folder uses them so.
    fn is_letters(&self, word: &Word) -> bool {
        word.token.all_capitals
            && word.word.len() <= 5
            && (self.lexicon.carries(&word.word)
                || self.snapshot.names.contains(&word.term)
                || !self.snapshot.short_forms.find(&[word.term]).is_empty()
                || self.lexicon.words.stop.contains(&word.word) && self.spells_name(word))
    }

    /// Whether capitals that are a grammar word in small letters stand for a name of the folder: "IT".
    fn spells_name(&self, word: &Word) -> bool {
        self.lexicon.synonym_phrases.find(&[word.term]).is_empty()
            && !initials::names_of_capitals(&word.word, self.snapshot, self.lexicon).is_empty()
    }
}

/// The attribute that is asked for and one that narrows it. A whole phrase of asking beats single words; of words
/// side by side the last is the head ("exam fee"), of words apart the first ("requirements for the exam").
pub(super) fn choose(
    asked: &[Asked],
    frame: Option<FrameKind>,
    polar: bool,
    shapes: impl Fn(usize) -> bool,
) -> (Option<Asked>, Option<AttributeId>) {
    let phrase = asked
        .iter()
        .filter(|asked| asked.phrase && asked.words.len() >= 2)
        .max_by_key(|asked| (asked.words.len(), asked.measured()));
    // "Why is it expected to grow?" asks why, whatever else it names.
    let leading = asked.iter().find(|asked| asked.leads && asked.words.first() <= Some(&1));
    // "entry level tuition": of words apart, a figure is asked for before a name.
    let figure = asked.iter().find(|asked| !asked.phrase && asked.measured());
    let head = || {
        let named = asked.first().is_some_and(|first| !first.phrase && !first.measured());
        if let Some(figure) = figure.filter(|_| named) {
            return Some(figure);
        }
        let mut head = asked.first()?;
        for next in asked.iter().skip(1) {
            let side_by_side = head.words.last().is_some_and(|last| next.words.first() == Some(&(last + 1)));
            // "Tuition online": what is said behind a figure's name narrows it, and "GPA do they want" asks for the noun.
            if !side_by_side || next.phrase || head.measured() && !next.measured() {
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
    let inside = phrase.filter(|_| frame == Some(FrameKind::Count)).and_then(|phrase| {
        let (first, last) = (phrase.words.first()?, phrase.words.last()?);
        asked.iter().find(|other| !other.phrase && other.words.iter().all(|word| first < word && word < last))
    });
    // "By what date do I need to …": a date is asked for before what it is needed for. "Can it be studied online?": a yes or no
    // is about how something is, not about a list or a length.
    let dated = asked.iter().find(|asked| {
        frame == Some(FrameKind::When) && matches!(asked.expects, Some(Expect::Date | Expect::Year))
    });
    let polar = asked.iter().find(|asked| {
        let listed = |other: &Asked| matches!(other.expects, Some(Expect::List | Expect::Duration));
        polar && !asked.phrase && asked.expects == Some(Expect::Name) && phrase.is_some_and(listed)
    });
    let primary = if leading.is_some() {
        leading
    } else if dated.or(polar).is_some() {
        dated.or(polar)
    } else if asked_noun.is_some() {
        head()
    } else {
        inside.or(phrase).or_else(head)
    }
    .cloned();
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
