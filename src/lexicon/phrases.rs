//! Phrases of terms that are looked for in a token sequence, the longest first. A `*` stands for up to seven
//! words between; `^` binds a phrase to the start.

use crate::text::quick::HashMap;
use crate::text::{Term, terms};

/// How many words a `*` may stand for.
const MAX_GAP: usize = 7;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Word(Term),
    Gap,
}

#[derive(Debug, Clone)]
struct Phrase<T> {
    elements: Vec<Element>,
    words: usize,
    at_start: bool,
    value: T,
}

/// A phrase that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// What the phrase stands for.
    pub value: T,
    /// Indexes of the words it matched, in order; those under a `*` are not among them.
    pub words: Vec<usize>,
}

/// Phrases by their first term.
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    by_first: HashMap<Term, Vec<Phrase<T>>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: HashMap::default() }
    }
}

impl<T: Clone> Phrases<T> {
    /// Adds a phrase; one without a word is ignored.
    pub fn insert(&mut self, phrase: &str, value: T) {
        let at_start = phrase.starts_with('^');
        let mut elements = Vec::new();
        for (index, part) in phrase.trim_start_matches('^').split('*').enumerate() {
            if index > 0 && !elements.is_empty() {
                elements.push(Element::Gap);
            }
            elements.extend(terms(part).into_iter().map(Element::Word));
        }
        while elements.last() == Some(&Element::Gap) {
            elements.pop();
        }
        let Some(Element::Word(first)) = elements.first().copied() else { return };
        let words = elements.iter().filter(|element| **element != Element::Gap).count();
        let entry = self.by_first.entry(first).or_default();
        entry.push(Phrase { elements, words, at_start, value });
        entry.sort_by_key(|phrase| std::cmp::Reverse(phrase.words));
    }

    /// Every phrase that begins at `position`, the longest first.
    pub fn at(&self, position: usize, sequence: &[Term]) -> Vec<Found<T>> {
        let Some(phrases) = sequence.get(position).and_then(|term| self.by_first.get(term)) else {
            return Vec::new();
        };
        phrases
            .iter()
            .filter(|phrase| !phrase.at_start || position == 0)
            .filter_map(|phrase| {
                let mut words = match_from(&phrase.elements, position, sequence)?;
                words.reverse();
                Some(Found { value: phrase.value.clone(), words })
            })
            .collect()
    }

    /// The longest phrase that begins at each position, in order of position; matches may overlap.
    pub fn find(&self, sequence: &[Term]) -> Vec<Found<T>> {
        (0..sequence.len()).filter_map(|position| self.at(position, sequence).into_iter().next()).collect()
    }
}

/// The words that elements match from a position on, the last one first, so that nothing is put together for a phrase that is not there.
fn match_from(elements: &[Element], position: usize, sequence: &[Term]) -> Option<Vec<usize>> {
    let Some((first, rest)) = elements.split_first() else { return Some(Vec::new()) };
    match first {
        Element::Word(term) => {
            if sequence.get(position) != Some(term) {
                return None;
            }
            let mut words = match_from(rest, position + 1, sequence)?;
            words.push(position);
            Some(words)
        }
        Element::Gap => (0..=MAX_GAP).find_map(|skip| match_from(rest, position + skip, sequence)),
    }
}

#[cfg(test)]
mod tests {
    use super::Phrases;
    use crate::text::terms;

    #[test]
    fn longest_and_gapped_phrases_are_found() {
        let mut phrases = Phrases::default();
        for phrase in ["how much", "how much * make", "^define", "salary"] {
            phrases.insert(phrase, phrase);
        }
        let found = |text: &str| -> Vec<_> {
            phrases.find(&terms(text)).into_iter().map(|found| (found.value, found.words)).collect()
        };
        assert_eq!(found("how much do they make?"), [("how much * make", vec![0, 1, 4])]);
        assert_eq!(found("how much is it"), [("how much", vec![0, 1])]);
        assert_eq!(found("Define salaries"), [("^define", vec![0]), ("salary", vec![1])]);
        assert_eq!(found("please define"), []);
    }
}
