//! What of the names found is no name of its own: a mention of what another document has, the award of a program, a part of
//! a group of people.

use std::collections::{HashMap, HashSet};

use super::directory::Entry;
use super::finding::Spot;
use super::words::singular;
use crate::lexicon::lookup::NameKind;
use crate::text::{Term, fold, tokens};

/// Terms in order, each once.
pub(super) fn sorted(terms: &[Term]) -> Vec<Term> {
    let mut sorted = terms.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}

/// How much an entry's best place says of it: it is spoken of, it has a row or a column, a title or a heading.
fn strength(entry: &Entry) -> u8 {
    let of = |spot: &Spot| match spot {
        Spot::Said(..) => 0,
        Spot::Row(..) | Spot::Column(..) => 1,
        Spot::Title | Spot::Section(_) | Spot::Lead(_) => 2,
    };
    entry.places.iter().map(|(_, spot)| of(spot)).max().unwrap_or(0)
}

/// The entries without those that are no names of their own. What other documents mention of a program that one document
/// has goes to that document's.
pub(super) fn without_mere_mentions(entries: Vec<Entry>) -> Vec<Entry> {
    let entries = without_parts(with_short_forms(with_cut_words(with_levels(entries))));
    let key = |entry: &Entry| (entry.level, sorted(&entry.core));
    let mut best: HashMap<(Option<usize>, Vec<Term>), (u8, usize)> = HashMap::new();
    for entry in entries.iter().filter(|entry| entry.kind == NameKind::Program) {
        let own = strength(entry);
        let known = best.entry(key(entry)).or_insert((own, 0));
        *known = match own.cmp(&known.0) {
            std::cmp::Ordering::Greater => (own, 1),
            std::cmp::Ordering::Equal => (own, known.1 + 1),
            std::cmp::Ordering::Less => *known,
        };
    }
    let of = |entry: &Entry| best.get(&key(entry)).filter(|_| entry.kind == NameKind::Program);
    let (mentions, mut kept): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| of(entry).is_some_and(|(best, _)| strength(entry) < *best));
    let places: HashMap<_, usize> = kept
        .iter()
        .enumerate()
        .filter(|(_, entry)| of(entry).is_some_and(|(_, count)| *count == 1))
        .map(|(index, entry)| (key(entry), index))
        .collect();
    for mention in mentions {
        let Some(entry) = places.get(&key(&mention)).and_then(|index| kept.get_mut(*index)) else { continue };
        entry.popularity += mention.popularity;
        entry.places.extend(mention.places);
        let aliases = std::iter::once(mention.name).chain(mention.aliases);
        for alias in aliases.filter(|alias| fold(alias) != fold(&entry.name)).collect::<Vec<_>>() {
            if !entry.aliases.contains(&alias) {
                entry.aliases.push(alias);
            }
        }
    }
    kept
}

/// The entries without awards of programs and parts of groups that their documents only speak of.
fn without_parts(entries: Vec<Entry>) -> Vec<Entry> {
    let awards: HashSet<(u32, String)> = entries
        .iter()
        .filter(|entry| entry.name.len() > entry.award.as_ref().map_or(usize::MAX, String::len))
        .filter_map(|entry| Some((entry.document, fold(entry.award.as_ref()?))))
        .collect();
    let mut groups: HashMap<u32, Vec<Vec<Term>>> = HashMap::new();
    for entry in entries.iter().filter(|entry| entry.kind == NameKind::Occupation) {
        for (document, _) in entry.places.iter().filter(|(_, spot)| !matches!(spot, Spot::Said(..))) {
            groups.entry(*document).or_default().push(sorted(&entry.core));
        }
    }
    let within = |entry: &Entry| {
        let groups = groups.get(&entry.document).map(Vec::as_slice).unwrap_or_default();
        groups.iter().any(|group| {
            group.len() > entry.core.len() && entry.core.iter().all(|term| group.binary_search(term).is_ok())
        })
    };
    let is_part = |entry: &Entry| {
        strength(entry) == 0
            && match entry.kind {
                NameKind::Occupation => within(entry),
                _ => awards.contains(&(entry.document, fold(&entry.name))),
            }
    };
    entries.into_iter().filter(|entry| !is_part(entry)).collect()
}

/// A group of people that a document only speaks of, by one word, is the one longer group there with the same word:
/// "builders" are the boat builders of a page that speaks of no others.
fn with_short_forms(mut entries: Vec<Entry>) -> Vec<Entry> {
    let mut longer: HashMap<(u32, Term), Vec<usize>> = HashMap::new();
    for (index, entry) in entries.iter().enumerate() {
        if let (NameKind::Occupation, [_, .., head]) = (entry.kind, entry.core.as_slice()) {
            for document in entry.documents() {
                longer.entry((document, *head)).or_default().push(index);
            }
        }
    }
    let mut moved: Vec<(usize, usize, u32, Spot)> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let ([head], NameKind::Occupation) = (entry.core.as_slice(), entry.kind) else { continue };
        for (document, spot) in entry.places.iter().filter(|(_, spot)| matches!(spot, Spot::Said(..))) {
            if let Some([only]) = longer.get(&(*document, *head)).map(Vec::as_slice) {
                moved.push((index, *only, *document, *spot));
            }
        }
    }
    for (from, to, document, spot) in moved {
        let Some(short) = entries.get_mut(from) else { continue };
        short.places.retain(|place| *place != (document, spot));
        short.popularity = short.popularity.saturating_sub(1);
        let name = short.name.clone();
        let Some(whole) = entries.get_mut(to) else { continue };
        whole.popularity += 1;
        if !whole.places.contains(&(document, spot)) {
            whole.places.push((document, spot));
        }
        if !whole.short_in.contains(&document) {
            whole.short_in.push(document);
        }
        if !whole.aliases.contains(&name) {
            whole.aliases.push(name);
        }
    }
    entries.retain(|entry| !entry.places.is_empty());
    entries
}

/// "Rope Science" in a table is the "Rope Science (BS)" of a heading, where its document has it at no other level.
fn with_levels(mut entries: Vec<Entry>) -> Vec<Entry> {
    let key = |entry: &Entry| (entry.document, sorted(&entry.core));
    let mut leveled: HashMap<(u32, Vec<Term>), Vec<usize>> = HashMap::new();
    for (index, entry) in entries.iter().enumerate() {
        if entry.kind == NameKind::Program && entry.level.is_some() {
            leveled.entry(key(entry)).or_default().push(index);
        }
    }
    let plain = |entry: &Entry| entry.kind == NameKind::Program && entry.level.is_none();
    let merged: Vec<(usize, usize)> = entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| plain(entry))
        .filter_map(|(index, entry)| match leveled.get(&key(entry)).map(Vec::as_slice) {
            Some([only]) => Some((index, *only)),
            _ => None,
        })
        .collect();
    for (from, to) in merged {
        let Some(plain) = entries.get_mut(from) else { continue };
        let (places, popularity) = (std::mem::take(&mut plain.places), plain.popularity);
        let letters = std::mem::take(&mut plain.letters);
        let aliases = std::mem::take(&mut plain.aliases);
        let Some(whole) = entries.get_mut(to) else { continue };
        whole.popularity += popularity;
        whole.places.extend(places);
        whole.letters.extend(letters);
        whole.aliases.extend(aliases);
    }
    entries.retain(|entry| !entry.places.is_empty());
    entries
}

/// "records techs" are the "records technicians" that are named as well: the same words but for the last, which is the other's
/// beginning.
fn with_cut_words(mut entries: Vec<Entry>) -> Vec<Entry> {
    const SHORTEST: usize = 4;
    let last = |entry: &Entry| {
        let word = tokens(&entry.name).pop().map(|token| singular(&token.word).to_owned());
        word.filter(|_| entry.kind == NameKind::Occupation && entry.core.len() > 1)
    };
    let words: Vec<Option<String>> = entries.iter().map(last).collect();
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (index, (entry, word)) in entries.iter().zip(&words).enumerate() {
        let Some(word) = word.as_ref().filter(|word| word.len() >= SHORTEST) else { continue };
        let begins = |other: &String| other.len() > word.len() && other.starts_with(word.as_str());
        let same = |other: &Entry| {
            other.core.split_last().map(|(_, rest)| rest) == entry.core.split_last().map(|(_, rest)| rest)
        };
        let mut whole = entries
            .iter()
            .zip(&words)
            .enumerate()
            .filter(|(_, (other, last))| last.as_ref().is_some_and(begins) && same(other));
        if let (Some((to, _)), None) = (whole.next(), whole.next()) {
            merged.push((index, to));
        }
    }
    for (from, to) in merged {
        let Some(cut) = entries.get_mut(from).map(|cut| std::mem::take(&mut cut.places)) else { continue };
        let (name, popularity) =
            entries.get(from).map_or_else(Default::default, |cut| (cut.name.clone(), cut.popularity));
        let Some(whole) = entries.get_mut(to) else { continue };
        whole.popularity += popularity;
        whole.places.extend(cut);
        whole.aliases.push(name);
    }
    entries.retain(|entry| !entry.places.is_empty());
    entries
}
