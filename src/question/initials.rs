//! Letters that the folder never spells out beside a name, read from the name itself: "GCA" for a heading that speaks of a
//! "Glass Cutter Assistant". Only for letters that are no word of English and that the corpus does not define.

use crate::index::Snapshot;
use crate::lexicon::Lexicon;
use crate::text::{Term, stem, term_id, tokens};

/// Letters that may stand for a name have at least and at most this many.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=6;
/// More names than this for the same letters say nothing.
const MOST_NAMES: usize = 6;

/// The names in titles and headings whose words begin with these letters, each as its stems; none when the letters may
/// be a word.
pub(super) fn names_of(letters: &str, snapshot: &Snapshot, lexicon: &Lexicon) -> Vec<Vec<String>> {
    let letters = letters.strip_suffix('s').filter(|rest| rest.len() >= 2).unwrap_or(letters);
    let word = lexicon.words.english.contains(letters)
        || lexicon.words.everyday.contains(letters)
        || !lexicon.carries(letters);
    if word { Vec::new() } else { names_of_capitals(letters, snapshot, lexicon) }
}

/// The same for letters that were written in capitals, whatever word they are in small letters.
pub(super) fn names_of_capitals(letters: &str, snapshot: &Snapshot, lexicon: &Lexicon) -> Vec<Vec<String>> {
    if !LETTERS.contains(&letters.chars().count()) || !letters.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut names: Vec<(Vec<Term>, Vec<String>)> = Vec::new();
    for (document, section) in &snapshot.headings {
        let section = snapshot.document(*document).and_then(|held| held.sections.get(*section as usize));
        let Some(section) = section.filter(|section| has_initials(&section.heading, letters)) else {
            continue;
        };
        for name in runs(&section.heading, letters, lexicon) {
            let terms: Vec<Term> = name.iter().map(|stem| term_id(stem)).collect();
            if names.iter().all(|(known, _)| *known != terms) {
                names.push((terms, name));
            }
        }
    }
    if names.len() > MOST_NAMES { Vec::new() } else { names.into_iter().map(|(_, stems)| stems).collect() }
}

/// Whether the letters occur in order among the first letters of the words: a quick look before tokenizing.
fn has_initials(heading: &str, letters: &str) -> bool {
    let mut wanted = letters.chars();
    let mut next = wanted.next();
    let mut inside = false;
    for character in heading.chars() {
        if character.is_alphabetic() && !inside && next == character.to_lowercase().next() {
            next = wanted.next();
        }
        inside = character.is_alphanumeric() || character == '\'';
    }
    next.is_none()
}

/// The runs of words, grammar words left out, whose first letters are these.
fn runs(heading: &str, letters: &str, lexicon: &Lexicon) -> Vec<Vec<String>> {
    let words: Vec<String> = tokens(heading)
        .into_iter()
        .map(|token| token.word)
        .filter(|word| !lexicon.words.stop.contains(word))
        .collect();
    words
        .windows(letters.chars().count())
        .filter(|run| run.iter().zip(letters.chars()).all(|(word, letter)| word.starts_with(letter)))
        .map(|run| run.iter().map(|word| stem(word)).collect())
        .collect()
}
