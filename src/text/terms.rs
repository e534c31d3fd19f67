//! Tokens and terms: a token is a word of a text with its place in it; a term is what search and ranking compare.
//! The same chain (word boundaries of UAX #29, folding, possessives off, Porter 2 stem) serves the index, the
//! question and the ranking, so that they can never disagree.

use std::ops::Range;

use frostem::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

use super::fold::fold;

/// A token longer than this many bytes is not a word of a language and is left out.
const MAX_TOKEN_BYTES: usize = 80;

/// A word of a text: folded, not stemmed, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The folded word: `associate` for "Associate's", `us` for "U.S.", `35900` for "35,900".
    pub word: String,
    /// Where it stands in the text it came from, in bytes.
    pub span: Range<usize>,
    /// Whether the text writes it with a capital first letter.
    pub capital: bool,
    /// Whether every letter is a capital (and there are at least two letters or digits).
    pub all_capitals: bool,
}

/// A word as search compares it: a 32-bit hash of the stem. Two different stems of one passage collide with a
/// probability of about 2⁻³² each; a collision costs a ranking point, never a wrong quote.
pub type Term = u32;

/// The words of a text, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::with_capacity(text.len() / 6);
    found.extend(written_words(text).filter_map(|(start, written)| token(start, written)));
    found
}

/// Where words of a text may begin and as what they are written there; [`token`] tells which of them are words. "Non-resident" is one
/// word, the opposite of "resident".
pub fn written_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut pieces = text.split_word_bound_indices().peekable();
    std::iter::from_fn(move || {
        let (start, mut written) = pieces.next()?;
        if written.eq_ignore_ascii_case("non")
            && let Some((_, sign)) = pieces.next_if(|(_, sign)| matches!(*sign, "-" | " "))
            && let Some((next, word)) = pieces.next_if(|(_, word)| word.starts_with(char::is_alphabetic))
        {
            written = text.get(start..next + word.len()).unwrap_or(sign);
        }
        Some((start, written))
    })
    .filter(|(_, written)| written.len() <= MAX_TOKEN_BYTES && written.chars().any(char::is_alphanumeric))
}

/// One of the [`written_words`], read.
pub fn token(start: usize, written: &str) -> Option<Token> {
    let word = normal_word(&fold(written));
    if word.is_empty() {
        return None;
    }
    let mut letters = written.chars().filter(|character| character.is_alphabetic());
    let capital =
        written.chars().find(|character| character.is_alphanumeric()).is_some_and(char::is_uppercase);
    let all_capitals = capital && letters.clone().count() >= 2 && letters.all(char::is_uppercase);
    Some(Token { word, span: start..start + written.len(), capital, all_capitals })
}

/// A folded word without possessive ending, inner dots and digit grouping.
fn normal_word(folded: &str) -> String {
    let word = folded.strip_suffix("'s").or_else(|| folded.strip_suffix('\'')).unwrap_or(folded);
    if word.bytes().any(|byte| matches!(byte, b'.' | b',' | b'\'' | b'_' | b'-' | b' ')) {
        let decimal = word.bytes().any(|byte| byte.is_ascii_digit());
        // A decimal point stays: 3.5 is not 35.
        return word
            .chars()
            .filter(|character| {
                !matches!(character, ',' | '\'' | '_' | '-' | ' ') && (decimal || *character != '.')
            })
            .collect();
    }
    word.to_owned()
}

/// Words whose stem would be that of a word with another meaning (certified, employed, found, open), with their own stem.
const KEPT: [(&str, &str); 7] = [
    ("certificate", "certificate"),
    ("certificates", "certificate"),
    ("employer", "employer"),
    ("employers", "employer"),
    ("founded", "founded"),
    ("opening", "opening"),
    ("openings", "opening"),
];

/// The stem of a folded word; words with a digit and words of one or two letters are their own stem.
pub fn stem(word: &str) -> String {
    if word.len() <= 2 || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return word.to_owned();
    }
    if let Some((_, kept)) = KEPT.iter().find(|(known, _)| *known == word) {
        return (*kept).to_owned();
    }
    let stemmer = Stemmer::new(Algorithm::English);
    stemmer.stem(word).into()
}

/// The term of a stem: 32-bit FNV-1a, so that it is the same on every machine and in every build.
pub fn term_id(stem: &str) -> Term {
    stem.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The terms of a text, in order: one for each token.
pub fn terms(text: &str) -> Vec<Term> {
    tokens(text).iter().map(|token| term_id(&stem(&token.word))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{stem, tokens};

    #[track_caller]
    fn check(text: &str, words: &str) {
        let found: Vec<_> = tokens(text).into_iter().map(|token| token.word).collect();
        assert_eq!(found.join(" "), words);
    }

    #[test]
    fn words_are_found() {
        check("The U.S. Bureau of Labor", "the us bureau of labor");
        check("an associate’s degree (A.A.S.)", "an associate degree aas");
        check("$35,900.50 in 2014, up 23%", "35900.50 in 2014 up 23");
        check("CPC-H and physicians' offices", "cpc h and physicians offices");
        check("naïve ＣＰＣ e-mail", "naive cpc e mail");
        check(
            "Non-residents pay more than non members, and none pays less",
            "nonresidents pay more than nonmembers and none pays less",
        );
        check("…!? ", "");
    }

    #[test]
    fn stems_join_forms() {
        for (one, other) in [("earned", "earns"), ("salaries", "salary"), ("coding", "codes")] {
            assert_eq!(stem(one), stem(other));
        }
        assert_eq!(stem("2014s"), "2014s");
    }

    proptest! {
        #[test]
        fn spans_stand_in_the_text(text in "\\PC{0,60}") {
            for token in tokens(&text) {
                prop_assert!(text.get(token.span).is_some());
            }
        }
    }
}
