//! From what somebody types to names: exact before prefix before word before a typing error, and within each the names
//! that leave least over and that the folder names most often.

use std::collections::HashMap;

use super::directory::{Directory, Entry};
use crate::lexicon::Lexicon;
use crate::lexicon::lookup::NameKind;
use crate::text::{stem, tokens};

/// How well a name fits what was typed, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The name itself, its letters or its id.
    Exact,
    /// The name goes on with more.
    Prefix,
    /// Every word is one of the name's, or begins one.
    Word,
    /// Every word is nearly one of the name's.
    Fuzzy,
}

/// The names as they are compared.
#[derive(Debug, Default)]
pub(super) struct Searchable {
    /// Distinct words with their stems.
    words: Vec<(String, String)>,
    /// Of each entry, every way of writing it.
    forms: Vec<Vec<Form>>,
}

#[derive(Debug)]
struct Form {
    /// Its words with one space between.
    text: String,
    /// Its words, by their place in [`Searchable::words`].
    words: Vec<u32>,
}

/// How well a word fits: 0 the same, 1 begins it, 2 nearly it, 255 not at all.
type Closeness = Vec<u8>;
const SAME: u8 = 0;
const BEGINS: u8 = 1;
const NEARLY: u8 = 2;
const NOT: u8 = 255;

impl Searchable {
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut searchable = Self::default();
        let mut known: HashMap<String, u32> = HashMap::new();
        for entry in entries {
            let forms = std::iter::once(&entry.name).chain(&entry.aliases).chain([&entry.label]);
            let mut own: Vec<Form> = Vec::new();
            for form in forms {
                let words: Vec<String> = tokens(form).into_iter().map(|token| token.word).collect();
                let text = words.join(" ");
                if own.iter().any(|form| form.text == text) {
                    continue;
                }
                let words = words
                    .into_iter()
                    .map(|word| {
                        let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                        *known.entry(word.clone()).or_insert_with(|| {
                            let stem = stem(&word);
                            searchable.words.push((word, stem));
                            next
                        })
                    })
                    .collect();
                own.push(Form { text, words });
            }
            searchable.forms.push(own);
        }
        searchable
    }

    fn closeness(&self, typed: &str, fuzzy: bool) -> Closeness {
        let (own, letters) = (stem(typed), typed.chars().count());
        let edits = match letters {
            0..=3 => 0,
            4..=6 => 1,
            _ => 2,
        };
        let near = |word: &str| {
            if edits == 0 {
                return false;
            }
            let length = word.chars().count();
            if word.bytes().next() != typed.bytes().next() {
                // Another first letter is a slip only in a long word with nothing else wrong.
                return edits > 1 && length.abs_diff(letters) <= 1 && strsim::osa_distance(word, typed) <= 1;
            }
            // What is still being typed is compared with the beginning.
            let begun = || {
                let start: String = word.chars().take(letters).collect();
                strsim::osa_distance(&start, typed) <= 1
            };
            length.abs_diff(letters) <= edits && strsim::osa_distance(word, typed) <= edits
                || length > letters && begun()
        };
        self.words
            .iter()
            .map(|(word, stem)| {
                if *word == typed || *stem == own {
                    SAME
                } else if word.starts_with(typed) {
                    BEGINS
                } else if fuzzy && near(word) {
                    NEARLY
                } else {
                    NOT
                }
            })
            .collect()
    }
}

impl Directory {
    /// The names that fit what was typed, best first, at most `limit`; with nothing typed the most popular ones.
    pub fn search(&self, typed: &str, kind: NameKind, lexicon: &Lexicon, limit: usize) -> Vec<(Fit, &Entry)> {
        let mut words: Vec<String> = tokens(typed).into_iter().map(|token| token.word).collect();
        let text = words.join(" ");
        if words.is_empty() {
            let mut popular: Vec<&Entry> = self.entries.iter().filter(|entry| entry.kind == kind).collect();
            popular.sort_by_key(|entry| std::cmp::Reverse(entry.popularity));
            return popular.into_iter().take(limit).map(|entry| (Fit::Prefix, entry)).collect();
        }
        let grammar = |word: &String| lexicon.words.stop.contains(word);
        if !words.iter().all(grammar) {
            words.retain(|word| !grammar(word));
        }
        let mut found = self.matching(&words, &text, kind, limit);
        // "… degree program": words that say nothing may be missing.
        let says = |word: &String| !lexicon.lookup.tails.contains(word);
        if found.is_empty() && words.iter().any(says) {
            words.retain(says);
            found = self.matching(&words, &text, kind, limit);
        }
        found
    }

    fn matching(&self, words: &[String], text: &str, kind: NameKind, limit: usize) -> Vec<(Fit, &Entry)> {
        let of_kind = |index: usize| self.entries.get(index).filter(|entry| entry.kind == kind);
        let mut best: HashMap<usize, (Fit, u32)> = HashMap::new();
        for fuzzy in [false, true] {
            let close: Vec<Closeness> =
                words.iter().map(|word| self.searchable.closeness(word, fuzzy)).collect();
            for (index, forms) in self.searchable.forms.iter().enumerate() {
                if of_kind(index).is_none() || best.contains_key(&index) {
                    continue;
                }
                let fit = forms.iter().filter_map(|form| fit(form, text, &close)).min();
                best.extend(fit.map(|fit| (index, fit)));
            }
            if best.len() >= limit || best.values().any(|(fit, _)| *fit == Fit::Exact) {
                break;
            }
        }
        let mut found: Vec<(Fit, u32, &Entry)> = best
            .into_iter()
            .filter_map(|(index, (fit, over))| of_kind(index).map(|entry| (fit, over, entry)))
            .collect();
        found.sort_by(|(one_fit, one_over, one), (other_fit, other_over, other)| {
            (one_fit, one_over, std::cmp::Reverse(one.popularity), &one.label).cmp(&(
                other_fit,
                other_over,
                std::cmp::Reverse(other.popularity),
                &other.label,
            ))
        });
        found.into_iter().take(limit).map(|(fit, _, entry)| (fit, entry)).collect()
    }

    /// The name that is meant: by its id, or by what was typed.
    pub fn resolve(&self, typed: &str, kind: NameKind, lexicon: &Lexicon) -> Option<&Entry> {
        let by_id = self.by_id(typed.trim()).filter(|entry| entry.kind == kind);
        by_id.or_else(|| match tokens(typed).is_empty() {
            true => None,
            false => self.search(typed, kind, lexicon, 1).first().map(|(_, entry)| *entry),
        })
    }

    /// Names near to what was typed and is none of them: those that share a word or nearly so, else the popular ones.
    pub fn nearest(&self, typed: &str, kind: NameKind, lexicon: &Lexicon, limit: usize) -> Vec<&Entry> {
        let mut found: Vec<&Entry> = Vec::new();
        for token in tokens(typed).into_iter().filter(|token| lexicon.carries(&token.word)) {
            for (_, entry) in self.search(&token.word, kind, lexicon, limit) {
                if !found.iter().any(|known| known.id == entry.id) {
                    found.push(entry);
                }
            }
        }
        if found.is_empty() {
            found.extend(self.search("", kind, lexicon, limit).into_iter().map(|(_, entry)| entry));
        }
        found.truncate(limit);
        found
    }
}

/// How well a form fits, and how much of it is left over.
fn fit(form: &Form, text: &str, close: &[Closeness]) -> Option<(Fit, u32)> {
    let left_over = |used: usize| u32::try_from(form.words.len().saturating_sub(used)).unwrap_or(u32::MAX);
    if form.text == text {
        return Some((Fit::Exact, 0));
    }
    if form.text.starts_with(text) {
        return Some((Fit::Prefix, left_over(text.split(' ').count())));
    }
    let mut worst = SAME;
    for closeness in close {
        let own = form
            .words
            .iter()
            .filter_map(|word| closeness.get(*word as usize))
            .min()
            .copied()
            .filter(|own| *own < NOT)?;
        worst = worst.max(own);
    }
    let fit = if worst == NEARLY { Fit::Fuzzy } else { Fit::Word };
    Some((fit, left_over(close.len()) * 2 + u32::from(worst == BEGINS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, aliases: &[&str], popularity: usize) -> Entry {
        Entry {
            id: format!("o{}", name.len()),
            kind: NameKind::Occupation,
            name: name.to_owned(),
            label: name.to_owned(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            document: 0,
            level: None,
            popularity,
            award: None,
            field: None,
            core: Vec::new(),
            head: Vec::new(),
            short_in: Vec::new(),
            letters: Vec::new(),
            places: Vec::new(),
        }
    }

    #[test]
    fn exact_before_prefix_before_word_before_typing_error() {
        let entries = vec![
            entry("Boat builders", &["BB"], 1),
            entry("Boat builders and riggers", &[], 9),
            entry("Small boat builders", &[], 2),
            entry("Machinists", &[], 5),
        ];
        let searchable = Searchable::of(&entries);
        let directory = Directory { entries, searchable, ..Directory::default() };
        let lexicon = Lexicon::shipped().unwrap();
        for (typed, expected) in [
            (
                "boat builders",
                "Exact Boat builders, Prefix Boat builders and riggers, Word Small boat builders",
            ),
            ("BB", "Exact Boat builders"),
            ("boat bu", "Prefix Boat builders, Prefix Boat builders and riggers, Word Small boat builders"),
            ("builder", "Word Boat builders, Word Small boat builders, Word Boat builders and riggers"),
            ("machnist", "Fuzzy Machinists"),
            ("biulders", "Fuzzy Boat builders, Fuzzy Small boat builders, Fuzzy Boat builders and riggers"),
            ("astronomers", ""),
            (
                "",
                "Prefix Boat builders and riggers, Prefix Machinists, Prefix Small boat builders, Prefix Boat builders",
            ),
        ] {
            let found = directory.search(typed, NameKind::Occupation, &lexicon, 25);
            let found: Vec<String> =
                found.iter().map(|(fit, entry)| format!("{fit:?} {}", entry.name)).collect();
            assert_eq!(found.join(", "), expected, "{typed}");
        }
        let near = directory.nearest("boat captains", NameKind::Occupation, &lexicon, 2);
        assert_eq!(
            near.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(),
            ["Boat builders", "Boat builders and riggers"]
        );
    }
}
