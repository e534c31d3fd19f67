//! A corpus text as words: tokens, stems and terms side by side, the attributes they name, and small conversions that
//! records need.

use super::records::{AttributeSet, ByteSpan};
use crate::corpus::Span;
use crate::lexicon::Phrases;
use crate::text::{Term, Token, stem, term_id, tokens};

pub(super) struct Words {
    pub tokens: Vec<Token>,
    pub stems: Vec<String>,
    pub terms: Vec<Term>,
}

pub(super) fn words_of(text: &str) -> Words {
    let tokens = tokens(text);
    let stems: Vec<String> = tokens.iter().map(|token| stem(&token.word)).collect();
    let terms = stems.iter().map(|stem| term_id(stem)).collect();
    Words { tokens, stems, terms }
}

pub(super) fn set_of(phrases: &Phrases<usize>, terms: &[Term]) -> AttributeSet {
    (0..terms.len())
        .flat_map(|position| phrases.at(position, terms))
        .fold(0, |set, found| set | 1 << found.value)
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
