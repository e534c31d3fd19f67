//! Puts a question together: kind, attribute, roles of its words, modifiers, and what the conversation adds.

use super::clean::in_full;
use super::conversation::{self, Own};
use super::terms::{Word, read};
use super::{Conversation, Kind, Question, QuestionTerm, Role, Turn, clean, split::split};
use crate::index::{BlockQuery, Snapshot};
use crate::lexicon::{HOMES, Lexicon};
use crate::text::{stem, terms, tokens};

/// The questions of a message, in order; empty when nothing is asked.
pub fn understand(
    message: &str,
    conversation: &Conversation,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Vec<Question> {
    let unknown = |word: &str| snapshot.frequency(&stem(word)) == 0;
    let cleaned = in_full(&clean(message), lexicon, unknown);
    let parts = split(&cleaned, lexicon);
    let mut questions: Vec<Question> = Vec::new();
    for text in &parts.questions {
        let reader = Reader { snapshot, lexicon };
        let mut question = reader.read(text);
        let own = reader.own(&question);
        if !own.subject {
            // The same message may have named the subject before: an earlier question, or what was told.
            let earlier = questions.last().and_then(|earlier| reader.whole_subject(earlier));
            let told = || reader.told(&parts.background.join(". "));
            if let Some(subject) = earlier.or_else(told) {
                question = reader.complete(text, vec![subject]);
            }
        }
        if let Some(home) = home_told(&parts.background, &question, lexicon) {
            question = reader.with(question, text, vec![home]);
        }
        if question.years.is_empty()
            && let Some(year) = year_behind(text, &cleaned, lexicon)
        {
            question = reader.with(question, text, vec![year]);
        }
        let own = reader.own(&question);
        let carried = conversation::carried(
            text,
            own,
            conversation,
            lexicon,
            |word| reader.kind_of_modifier(word),
            |turn| reader.speaks_of(turn, &question),
        );
        if !carried.is_empty() {
            question = reader.with(question, text, carried);
        }
        questions.push(question);
    }
    questions
}

/// "I live outside the district." beside a question that does not say who pays: what those who come from there are called.
fn home_told(background: &[String], question: &Question, lexicon: &Lexicon) -> Option<String> {
    let homes = |text: &str| -> Vec<usize> {
        let sides = lexicon.sides.find(&terms(text)).into_iter().map(|found| found.value);
        sides.filter(|(group, _)| *group == HOMES).map(|(_, side)| side).collect()
    };
    let told: Vec<usize> = background.iter().flat_map(|told| homes(told)).collect();
    let side = told.first().filter(|first| told.iter().all(|side| side == *first))?;
    let name = lexicon.side_names.get(HOMES).and_then(|names| names.get(*side));
    name.filter(|_| homes(&question.text).is_empty()).cloned()
}

/// "Class of 2024 pls" behind a question: a year in a few words that say nothing else of whoever asks.
fn year_behind(question: &str, message: &str, lexicon: &Lexicon) -> Option<String> {
    /// More words tell something of their own.
    const BRIEF: usize = 5;
    let words: Vec<String> =
        tokens(message.split_once(question)?.1).into_iter().map(|token| token.word).collect();
    let year =
        words.iter().find(|word| word.len() == 4 && word.starts_with(['1', '2']) && is_number(word))?;
    let own = words.iter().any(|word| lexicon.words.first_person.contains(word));
    (words.len() <= BRIEF && !own).then(|| year.clone())
}

/// Reads questions against one snapshot.
pub(super) struct Reader<'a> {
    pub snapshot: &'a Snapshot,
    pub lexicon: &'a Lexicon,
}

impl Reader<'_> {
    /// Whether the document that answered a turn holds all that a question names.
    fn speaks_of(&self, turn: &Turn, question: &Question) -> bool {
        /// Blocks looked at.
        const BLOCKS: usize = 60;
        let document = turn.document.as_deref().and_then(|path| self.snapshot.document_at(path));
        let Some((_, document)) = document else { return false };
        let own = document.first_block..document.first_block + document.blocks;
        let mut terms = question.subject_terms().peekable();
        terms.peek().is_some()
            && terms.all(|term| {
                let stems: Vec<String> = std::iter::once(&term.stem)
                    .chain(term.alternatives.iter().flat_map(|way| &way.stems))
                    .cloned()
                    .collect();
                let query = BlockQuery { required: stems.clone(), stems, attributes: Vec::new() };
                self.snapshot.search(&query, BLOCKS).iter().any(|hit| own.contains(&hit.block))
            })
    }

    /// A question with more words that it left out.
    fn with(&self, question: Question, text: &str, more: Vec<String>) -> Question {
        let mut carried = question.carried;
        carried.extend(more);
        self.complete(text, carried)
    }

    fn complete(&self, text: &str, carried: Vec<String>) -> Question {
        let mut question = self.read(&conversation::standalone(text, &carried));
        question.carried = carried;
        let own: Vec<u32> = read(text, self.snapshot, self.lexicon).0.iter().map(|word| word.term).collect();
        for term in question.terms.iter_mut().filter(|term| !term.modifier || is_number(&term.word)) {
            term.carried = !own.contains(&term.term);
        }
        question
    }

    /// The subject words that a follow-up is about: names, modifiers, and words the folder does not know.
    pub(super) fn topic_words(
        &self,
        words: &[Word],
        places: &[Option<usize>],
        terms: &[QuestionTerm],
        years: &[u32],
    ) -> Option<String> {
        let mut kept: Vec<&str> = Vec::new();
        for (word, place) in words.iter().zip(places) {
            let Some(term) = place.and_then(|place| terms.get(place)) else { continue };
            // Numbers are of one question alone, unless they are part of a name.
            let number = is_number(&term.word);
            let about = match term.role {
                Role::Subject if number => {
                    self.snapshot.names.contains(&term.term)
                        || years.iter().any(|year| term.word == year.to_string())
                }
                Role::Subject => {
                    self.names(term) || !term.known || self.kind_of_modifier(&term.word).is_some()
                }
                // "The exam" of a credential is a thing by itself.
                Role::Topic => self.has_own_figures(term),
                _ => false,
            };
            if about && !kept.contains(&word.word.as_str()) {
                kept.push(&word.word);
            }
        }
        (!kept.is_empty()).then(|| kept.join(" "))
    }

    /// The subject of a question with the exam, the internship … of it that it asks about.
    fn whole_subject(&self, question: &Question) -> Option<String> {
        let subject = question.subject.clone()?;
        let things =
            question.terms.iter().filter(|term| term.role == Role::Topic && self.has_own_figures(term));
        Some(things.fold(subject, |subject, thing| format!("{subject} {}", thing.word)))
    }

    /// Whether a word names an attribute that is a thing with figures of its own.
    fn has_own_figures(&self, term: &QuestionTerm) -> bool {
        self.lexicon
            .attribute_words
            .find(&[term.term])
            .first()
            .and_then(|found| self.lexicon.attributes.get(found.value))
            .is_some_and(|attribute| attribute.own_figures)
    }

    /// The words of the background that name something in the folder.
    fn told(&self, background: &str) -> Option<String> {
        let told = self.read(background);
        let spoken = tokens(background);
        let place = |term: &QuestionTerm| spoken.iter().position(|token| token.word == term.word);
        let named: Vec<&QuestionTerm> = told
            .subject_terms()
            .filter(|term| self.is_name(term) || term.modifier && !is_number(&term.word))
            .collect();
        // Beside others a single common word is told by chance ("a bus"); side by side, or by being no common one, words name something.
        let beside = |term: &QuestionTerm| {
            let own = place(term);
            let next = |other: &&&QuestionTerm| {
                own.zip(place(other)).is_some_and(|(own, other)| own.abs_diff(other) == 1)
            };
            named.iter().any(|other| next(&other))
        };
        let sure: Vec<&QuestionTerm> = named
            .iter()
            .copied()
            .filter(|term| term.person || !self.lexicon.is_english(&term.word) || beside(term))
            .collect();
        let words: Vec<&str> =
            if sure.is_empty() { named } else { sure }.into_iter().map(|term| term.word.as_str()).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// Whether a word names something: in a title, a heading or an abbreviation, or by being no word of English at large.
    fn names(&self, term: &QuestionTerm) -> bool {
        self.is_name(term) || !self.lexicon.is_english(&term.word)
    }

    /// Whether a term, or another way of saying it, stands in a title, a heading or an abbreviation.
    pub(super) fn is_name(&self, term: &QuestionTerm) -> bool {
        self.snapshot.names.contains(&term.term)
            || term
                .alternatives
                .iter()
                .any(|way| way.terms.iter().all(|term| self.snapshot.names.contains(term)))
    }

    fn own(&self, question: &Question) -> Own {
        let (mut subject, mut modifier) = (false, false);
        let mut opening: Option<String> = None;
        let mut kinds = [false; 3];
        for term in question.subject_terms() {
            match self.kind_of_modifier(&term.word) {
                Some(kind) => {
                    modifier = true;
                    if let Some(slot) = kinds.get_mut(kind) {
                        *slot = true;
                    }
                }
                // "And surveyors?" speaks of others than before.
                None if term.known && !term.person && !self.names(term) => modifier = true,
                None => {
                    subject = true;
                    opening.get_or_insert_with(|| term.word.clone());
                }
            }
        }
        // "Welders: what do they earn?" says itself whom "they" means.
        let words = tokens(&question.text);
        let subject_at = opening.and_then(|opening| words.iter().position(|token| token.word == opening));
        let pronoun_at = words
            .iter()
            .position(|token| self.lexicon.words.pronouns.contains(&token.word))
            .unwrap_or(words.len());
        let explained = subject_at.is_some_and(|subject| subject < pronoun_at);
        let frame = !matches!(question.kind, Kind::Fact | Kind::Definition | Kind::List | Kind::How);
        Own {
            subject,
            modifier: modifier && !subject,
            kinds,
            attribute: question.attribute.is_some(),
            frame,
            explained,
        }
    }

    /// 0 a level, 1 a place, 2 a number or year: words that narrow a subject and are none themselves.
    pub(super) fn kind_of_modifier(&self, word: &str) -> Option<usize> {
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
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
