//! A corpus text as words: tokens, stems and terms side by side, the attributes they name, and small conversions that
//! records need. A word is folded, stemmed and looked up in the lexicon once, however often a batch of texts holds it.

use std::cell::RefCell;
use std::ops::Deref;
use std::sync::{Arc, Mutex};

use super::records::{AttributeSet, ByteSpan, flag};
use crate::corpus::Span;
use crate::corpus::values::begins;
use crate::lexicon::{Found, Lexicon, Phrases};
use crate::text::quick::HashMap;
use crate::text::{Term, stem, term_id, token, written_words};

/// What is known of a word as it is written.
#[derive(Debug)]
pub(super) struct Known {
    /// Its number in the vocabulary.
    pub id: usize,
    /// Folded, not stemmed.
    pub word: String,
    pub stem: String,
    pub term: Term,
    /// The term of the unstemmed word.
    pub word_term: Term,
    pub all_capitals: bool,
    /// What the lexicon says of it.
    pub flags: u32,
    /// Whether a value may begin with it.
    pub begins_value: bool,
}

/// A word and where it stands.
pub(super) struct Word {
    known: Arc<Known>,
    pub span: Span,
}

impl Deref for Word {
    type Target = Arc<Known>;

    fn deref(&self) -> &Arc<Known> {
        &self.known
    }
}

pub(super) struct Words {
    pub tokens: Vec<Word>,
    pub terms: Vec<Term>,
}

impl Words {
    /// Leaves out what does not stand in one of these ranges, which are in order; whether that was any.
    pub(super) fn keep(&mut self, ranges: &[Span]) -> bool {
        let before = self.tokens.len();
        self.tokens.retain(|token| {
            let next = ranges.partition_point(|range| range.end <= token.span.start);
            ranges.get(next).is_some_and(|range| range.start <= token.span.start)
        });
        self.terms = self.tokens.iter().map(|token| token.term).collect();
        self.tokens.len() < before
    }
}

/// The words that were met so far, by how they are written; what is no word is kept as such.
pub(super) struct Vocabulary<'a> {
    lexicon: &'a Lexicon,
    known: RefCell<HashMap<String, Option<Arc<Known>>>>,
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new(lexicon: &'a Lexicon) -> Self {
        Self { lexicon, known: RefCell::default() }
    }

    pub(super) fn words_of(&self, text: &str) -> Words {
        let mut known = self.known.borrow_mut();
        let mut tokens = Vec::with_capacity(text.len() / 6);
        for (start, written) in written_words(text) {
            let found = match known.get(written) {
                Some(found) => found.clone(),
                None => {
                    let found = self.read(written, known.len());
                    known.insert(written.to_owned(), found.clone());
                    found
                }
            };
            tokens.extend(found.map(|known| Word { known, span: start..start + written.len() }));
        }
        let terms = tokens.iter().map(|token| token.term).collect();
        Words { tokens, terms }
    }

    fn read(&self, written: &str, id: usize) -> Option<Arc<Known>> {
        let token = token(0, written)?;
        let stem = stem(&token.word);
        Some(Arc::new(Known {
            id,
            term: term_id(&stem),
            word_term: term_id(&token.word),
            stem,
            all_capitals: token.all_capitals,
            begins_value: begins(&token, &self.lexicon.units),
            flags: flags(&token.word, token.capital, token.all_capitals, self.lexicon),
            word: token.word,
        }))
    }
}

/// Vocabularies between two documents, so that a word is not read again for each batch.
pub(super) struct Vocabularies<'a> {
    lexicon: &'a Lexicon,
    idle: Mutex<Vec<Vocabulary<'a>>>,
}

impl<'a> Vocabularies<'a> {
    /// A vocabulary of more words is not kept: its memory stays bounded whatever the texts hold.
    const MOST: usize = 100_000;

    pub(super) fn new(lexicon: &'a Lexicon) -> Self {
        Self { lexicon, idle: Mutex::default() }
    }

    /// A vocabulary, to be given back when it is dropped.
    pub(super) fn lend(&self) -> Lent<'_, 'a> {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        Lent { vocabulary: idle.unwrap_or_else(|| Vocabulary::new(self.lexicon)), from: self }
    }
}

/// A vocabulary that was lent.
pub(super) struct Lent<'v, 'a> {
    vocabulary: Vocabulary<'a>,
    from: &'v Vocabularies<'a>,
}

impl<'a> Deref for Lent<'_, 'a> {
    type Target = Vocabulary<'a>;

    fn deref(&self) -> &Vocabulary<'a> {
        &self.vocabulary
    }
}

impl Drop for Lent<'_, '_> {
    fn drop(&mut self) {
        let known = self.vocabulary.known.take();
        if known.len() <= Vocabularies::MOST
            && let Ok(mut idle) = self.from.idle.lock()
        {
            idle.push(Vocabulary { lexicon: self.from.lexicon, known: RefCell::new(known) });
        }
    }
}

fn flags(word: &str, capital: bool, all_capitals: bool, lexicon: &Lexicon) -> u32 {
    let words = &lexicon.words;
    let mut flags = 0;
    for (holds, bit) in [
        (capital, flag::CAPITAL),
        (all_capitals, flag::ALL_CAPITALS),
        (words.stop.contains(word), flag::STOP),
        (lexicon.names_person(word), flag::PERSON),
        (words.negations.contains(word), flag::NEGATION),
        (words.light.contains(word), flag::LIGHT),
        (words.leaning.contains(word), flag::LEANING),
        (words.defining.contains(word), flag::DEFINING),
        (words.reporting.contains(word), flag::REPORTING),
        (words.unknowing.contains(word), flag::UNKNOWING),
        (words.exclusive.contains(word), flag::EXCLUSIVE),
        (capital && !all_capitals && !lexicon.is_english(word), flag::PROPER),
        (words.hedges.contains(word), flag::HEDGE),
        (words.definite.contains(word), flag::DEFINITE),
    ] {
        if holds {
            flags |= bit;
        }
    }
    flags
}

pub(super) fn set_of(phrases: &Phrases<usize>, terms: &[Term]) -> AttributeSet {
    (0..terms.len())
        .flat_map(|position| phrases.at(position, terms))
        .fold(0, |set, found| set | 1 << found.value)
}

/// The attributes that words name, and those that they show without naming them. What is part of a longer name of another attribute
/// shows nothing: "starting salary" starts nothing.
pub(super) fn stated_by(lexicon: &Lexicon, terms: &[Term]) -> (AttributeSet, AttributeSet) {
    let at = |phrases: &Phrases<usize>| -> Vec<Found<usize>> {
        (0..terms.len()).flat_map(|position| phrases.at(position, terms)).collect()
    };
    let (names, shown) = (at(&lexicon.attribute_words), at(&lexicon.attribute_evidence));
    let inside = |shown: &Found<usize>| {
        names.iter().any(|name| {
            name.value != shown.value
                && name.words.len() > shown.words.len()
                && shown.words.iter().all(|word| name.words.contains(word))
        })
    };
    let set = |set: AttributeSet, found: &Found<usize>| set | 1 << found.value;
    (names.iter().fold(0, set), shown.iter().filter(|shown| !inside(shown)).fold(0, set))
}

pub(super) fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

pub(super) fn narrow_span(span: &Span) -> ByteSpan {
    (narrow(span.start), narrow(span.end))
}

/// The first eight bytes of the BLAKE3 hash.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    let hash = blake3::hash(bytes);
    hash.as_bytes().iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}
