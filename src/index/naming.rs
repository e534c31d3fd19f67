//! What names a thing in a document: the terms of its headings, the pairs of words that make one name, the level of
//! education, and the words by which the document says at its head whose and what it is.

use std::collections::BTreeSet;

use super::analyze::BlockWords;
use super::records::{BlockRecord, PassageRecord, flag};
use super::words::{Vocabulary, Words};
use crate::corpus::{Document, PassageKind, ValueKind};
use crate::lexicon::Lexicon;
use crate::text::Term;

pub(super) fn carrying_terms(words: &Words, lexicon: &Lexicon) -> Vec<Term> {
    words
        .tokens
        .iter()
        .zip(&words.terms)
        .filter(|(token, _)| !lexicon.words.stop.contains(&token.word))
        .map(|(_, term)| *term)
        .collect()
}

/// The terms of a heading that name a thing.
pub(super) fn naming_terms(words: &Words, lexicon: &Lexicon) -> Vec<Term> {
    let attributes: BTreeSet<usize> =
        lexicon.attribute_words.find(&words.terms).into_iter().flat_map(|found| found.words).collect();
    words
        .tokens
        .iter()
        .zip(&words.terms)
        .enumerate()
        .filter(|(index, (token, _))| {
            !attributes.contains(index) && (token.all_capitals || lexicon.carries(&token.word))
        })
        .map(|(_, (_, term))| *term)
        .collect()
}

/// Neighbouring terms of a heading that make one name.
pub(super) fn naming_pairs(words: &Words, lexicon: &Lexicon) -> Vec<(Term, Term)> {
    let attributes: BTreeSet<usize> =
        lexicon.attribute_words.find(&words.terms).into_iter().flat_map(|found| found.words).collect();
    let named: Vec<(usize, Term)> = words
        .tokens
        .iter()
        .zip(&words.terms)
        .enumerate()
        .filter(|(_, (token, _))| !lexicon.words.stop.contains(&token.word))
        .map(|(index, (_, term))| (index, *term))
        .collect();
    named
        .iter()
        .zip(named.iter().skip(1))
        .filter(|((one, _), (other, _))| !attributes.contains(one) && !attributes.contains(other))
        .map(|((_, one), (_, other))| (*one, *other))
        .collect()
}

/// The level that a heading names, if it names exactly one.
pub(super) fn level_of(words: &Words, lexicon: &Lexicon) -> Option<u8> {
    let mut levels: BTreeSet<usize> =
        lexicon.level_words.find(&words.terms).into_iter().map(|found| found.value).collect();
    levels.extend(
        words
            .tokens
            .iter()
            .filter(|token| token.all_capitals)
            .filter_map(|token| lexicon.level_letters.get(&token.word).copied()),
    );
    match levels.len() {
        1 => levels.first().and_then(|level| u8::try_from(*level).ok()),
        _ => None,
    }
}

/// Passages at the head of a document that say whose it is.
const OPENING_PASSAGES: usize = 12;

/// Sentences that open a document say what it is about; all their words count.
const FIRST_SENTENCES: usize = 3;

/// A word that returns in a fifth of the blocks, and in four at least, is what the document speaks of.
const RETURNING_SHARE: usize = 5;
const RETURNING: usize = 4;

/// Words of the first sentences, words that return, capitalized words of the opening, and words of the source.
pub(super) fn identity(
    document: &Document,
    blocks: &[(BlockRecord, BlockWords)],
    vocabulary: &Vocabulary<'_>,
) -> Vec<Term> {
    let opening = blocks
        .iter()
        .flat_map(|(block, _)| &block.passages)
        .filter(|passage| passage.kind != PassageKind::Item)
        .take(OPENING_PASSAGES)
        .flat_map(|passage| passage.terms.iter().zip(&passage.flags))
        .filter(|(_, flags)| *flags & flag::CAPITAL != 0 && *flags & flag::STOP == 0)
        .map(|(term, _)| *term);
    let first = blocks
        .iter()
        .flat_map(|(block, _)| &block.passages)
        .filter(|passage| passage.kind == PassageKind::Sentence)
        .take(FIRST_SENTENCES)
        .flat_map(|passage| passage.terms.iter().zip(&passage.flags))
        .filter(|(_, flags)| *flags & (flag::STOP | flag::LIGHT | flag::NEGATION) == 0)
        .map(|(term, _)| *term);
    let most = blocks.len() / RETURNING_SHARE;
    let spoken_of = blocks_with(blocks, 0)
        .into_iter()
        .filter(|(_, blocks)| *blocks >= most.max(RETURNING))
        .map(|(term, _)| term);
    // A name that returns in several blocks is the document's own: its school, its board.
    let returning = blocks_with(blocks, flag::CAPITAL)
        .into_iter()
        .filter(|(_, blocks)| *blocks >= 2)
        .map(|(term, _)| term);
    let labels = [&document.source, &document.kind, &document.level, &document.field];
    let mut terms: Vec<Term> = opening
        .chain(first)
        .chain(returning)
        .chain(spoken_of)
        .chain(vocabulary.words_of(&path_words(&document.path)).terms)
        .chain(labels.into_iter().flatten().flat_map(|label| vocabulary.words_of(label).terms))
        .collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// The words of a path: "glorb_advising-faq.md" has four.
fn path_words(path: &str) -> String {
    path.replace(|letter: char| !letter.is_alphanumeric(), " ")
}

/// In how many blocks each carrying word stands that has all of these flags, in the order of the terms.
fn blocks_with(blocks: &[(BlockRecord, BlockWords)], wanted: u32) -> Vec<(Term, usize)> {
    let mut terms: Vec<Term> = Vec::new();
    for (block, _) in blocks {
        let mut own: Vec<Term> = block
            .passages
            .iter()
            .flat_map(|passage| passage.terms.iter().zip(&passage.flags))
            .filter(|(_, flags)| {
                *flags & wanted == wanted && *flags & (flag::STOP | flag::LIGHT | flag::LEANING) == 0
            })
            .map(|(term, _)| *term)
            .collect();
        own.sort_unstable();
        own.dedup();
        terms.append(&mut own);
    }
    terms.sort_unstable();
    terms.chunk_by(|one, other| one == other).filter_map(|same| Some((*same.first()?, same.len()))).collect()
}

/// Lines at the head of a document that are looked at for what it is called besides its title.
const OPENING_LINES: usize = 3;

/// Words of the title and of the lines below it that are no sentences (a subtitle, the school), of the source, and the names
/// that stand before a word for an institution anywhere. They hold for every section, also when one heading further down takes
/// a word up.
pub(super) fn opening(
    document: &Document,
    blocks: &[(BlockRecord, BlockWords)],
    vocabulary: &Vocabulary<'_>,
    lexicon: &Lexicon,
) -> Vec<Term> {
    // "Brochure: name of the program" is no fact of it.
    let calls = |record: &BlockRecord| {
        let row = |passage: &PassageRecord| {
            passage.kind == PassageKind::KeyValue
                && passage.key_attributes == 0
                && passage.values.iter().all(|value| value.kind == ValueKind::Count)
        };
        let mut passages = record.passages.iter();
        passages.all(|passage| passage.kind == PassageKind::Sentence || row(passage))
    };
    let lines = document
        .blocks
        .iter()
        .zip(blocks)
        .take(OPENING_LINES)
        .map_while(|(block, (record, _))| {
            let first = document.passages.get(block.passages.start);
            first.filter(|_| block.passages.len() == 1 && calls(record))
        })
        .map(|passage| document.slice(&passage.span))
        .take_while(|line| !line.trim_end_matches(['*', '_', ')', '"', '”']).ends_with(['.', '!', '?', ':']));
    let mut terms: Vec<Term> = std::iter::once(document.title.as_str())
        .chain(lines)
        .chain(document.source.as_deref())
        .chain(Some(path_words(document.file_stem()).as_str()))
        .flat_map(|line| carrying_terms(&vocabulary.words_of(line), lexicon))
        .collect();
    let institution = |term: Option<&Term>| term.is_some_and(|term| lexicon.institutions.contains(term));
    terms.extend(sole_program(document, blocks, vocabulary, lexicon));
    for section in &document.sections {
        let words = vocabulary.words_of(&section.heading);
        for (index, token) in words.tokens.iter().enumerate() {
            if token.flags & flag::PROPER != 0 && institution(words.terms.get(index + 1)) {
                terms.push(token.term);
            }
        }
    }
    for passage in blocks.iter().flat_map(|(block, _)| &block.passages) {
        for (index, (term, flags)) in passage.terms.iter().zip(&passage.flags).enumerate() {
            if flags & flag::PROPER != 0 && institution(passage.terms.get(index + 1)) {
                terms.push(*term);
            }
        }
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Where the title names a school, the heading right below it says what the page is about, unless other headings name degrees of
/// their own.
fn sole_program(
    document: &Document,
    blocks: &[(BlockRecord, BlockWords)],
    vocabulary: &Vocabulary<'_>,
    lexicon: &Lexicon,
) -> Vec<Term> {
    let title = vocabulary.words_of(&document.title);
    let school = title.terms.iter().any(|term| lexicon.institutions.contains(term));
    let at_once = blocks.first().is_some_and(|(block, _)| block.section == 1);
    let mut degrees = document
        .sections
        .iter()
        .enumerate()
        .skip(1)
        .map(|(index, section)| (index, vocabulary.words_of(&section.heading)))
        .filter(|(_, words)| level_of(words, lexicon).is_some());
    match (degrees.next(), degrees.next()) {
        (Some((1, words)), None) if school && at_once => carrying_terms(&words, lexicon),
        _ => Vec::new(),
    }
}
