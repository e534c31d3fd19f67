//! The directory of a snapshot: everything that its documents name, once each, with a short id that stays, and the way
//! from what somebody types to the name that is meant.

use std::collections::{BTreeSet, HashMap};

use super::finding::{Finder, Found, Spot};
use super::merging::{sorted, without_mere_mentions};
use super::naming::Named;
use super::search::Searchable;
use super::words::singular;
use crate::index::Snapshot;
use crate::index::records::AbbreviationRecord;
use crate::lexicon::Lexicon;
use crate::lexicon::lookup::NameKind;
use crate::text::{Term, fold, term_id, terms, tokens};

/// Something that the folder names.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Short and stable: the same name in the same document has it again after every reindex.
    pub id: String,
    /// What it is.
    pub kind: NameKind,
    /// As the documents write it.
    pub name: String,
    /// What to call it among others: its name, with its document's title where another document has the same name.
    pub label: String,
    /// Other ways of writing it, letters among them.
    pub aliases: Vec<String>,
    /// The document that says most about it.
    pub document: u32,
    /// The level of education that it names.
    pub level: Option<usize>,
    /// How many places name it.
    pub popularity: usize,
    pub(super) award: Option<String>,
    pub(super) field: Option<String>,
    /// Terms of its field, or of its whole name.
    pub(super) core: Vec<Term>,
    /// The last word of the name, in the singular and the plural.
    pub(super) head: Vec<Term>,
    /// Documents in which the last word alone means it.
    pub(super) short_in: Vec<u32>,
    /// Terms of letters that stand for it.
    pub(super) letters: Vec<Term>,
    /// Where it stands: document and spot, the best first.
    pub(super) places: Vec<(u32, Spot)>,
}

impl Entry {
    /// The documents that it stands in, each once.
    pub(super) fn documents(&self) -> BTreeSet<u32> {
        self.places.iter().map(|(document, _)| *document).collect()
    }

    /// Whether a document is about it as a whole.
    pub(super) fn titles(&self, document: u32) -> bool {
        self.places.contains(&(document, Spot::Title))
    }

    /// Whether it has a heading, a row or a column of its own, or a title.
    pub(super) fn has_home(&self, document: u32) -> bool {
        self.places.iter().any(|(place, spot)| *place == document && !matches!(spot, Spot::Said(..)))
    }
}

/// Everything that a snapshot's documents name.
#[derive(Debug, Default)]
pub struct Directory {
    /// In order of kind and name.
    pub entries: Vec<Entry>,
    pub(super) by_document: HashMap<u32, Vec<usize>>,
    pub(super) by_id: HashMap<String, usize>,
    pub(super) searchable: Searchable,
}

/// What makes two names the same: kind, level, the terms of the core, and for a program its document.
type Key = (NameKind, Option<usize>, Vec<Term>, Option<u32>);

impl Directory {
    /// Reads the names of a snapshot.
    pub fn of(snapshot: &Snapshot, lexicon: &Lexicon) -> Self {
        let about_people = lexicon
            .attributes
            .iter()
            .enumerate()
            .filter(|(_, attribute)| attribute.about_people)
            .fold(0, |set, (id, _)| set | 1u64 << id);
        let mut abbreviations: HashMap<u32, Vec<&AbbreviationRecord>> = HashMap::new();
        let mut next = 0;
        for record in &snapshot.catalog.abbreviations {
            // Both are in the order of the documents.
            while snapshot
                .document(next)
                .is_some_and(|document| record.block >= document.first_block + document.blocks)
            {
                next += 1;
            }
            abbreviations.entry(next).or_default().push(record);
        }
        let mut entries: Vec<Entry> = Vec::new();
        let mut places: HashMap<Key, usize> = HashMap::new();
        for (index, document) in (0u32..).zip(&snapshot.catalog.documents) {
            let finder = Finder { snapshot, lexicon, index, document, about_people };
            let own = abbreviations.get(&index).map(Vec::as_slice).unwrap_or_default();
            for found in without_collections(finder.all(own)) {
                add(found, index, &mut entries, &mut places);
            }
        }
        let mut letters: HashMap<Vec<Term>, Vec<&str>> = HashMap::new();
        for record in &snapshot.catalog.abbreviations {
            letters.entry(sorted(&record.terms)).or_default().push(&record.short);
        }
        for entry in &mut entries {
            let short = letters.get(&sorted(&entry.core)).map(Vec::as_slice).unwrap_or_default();
            short.iter().for_each(|letters| note_letters(entry, letters));
        }
        let mut entries = without_mere_mentions(entries);
        name_headings(&mut entries, snapshot);
        entries.iter_mut().for_each(|entry| note_award_letters(entry, lexicon));
        for entry in &mut entries {
            entry.places.sort_by_key(|(document, spot)| (spot_rank(*spot), *document));
            entry.document = entry.places.first().map_or(0, |(document, _)| *document);
        }
        entries.sort_by(|one, other| {
            (one.kind, fold(&one.name), one.document).cmp(&(other.kind, fold(&other.name), other.document))
        });
        label(&mut entries, snapshot);
        let mut directory = Self { entries, ..Self::default() };
        for (index, entry) in directory.entries.iter().enumerate() {
            directory.by_id.entry(entry.id.clone()).or_insert(index);
            for document in entry.documents() {
                directory.by_document.entry(document).or_default().push(index);
            }
        }
        directory.searchable = Searchable::of(&directory.entries);
        directory
    }

    /// The entry with that id.
    pub fn by_id(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(id).and_then(|index| self.entries.get(*index))
    }

    /// All entries that a document names.
    pub(super) fn in_document(&self, document: u32) -> impl Iterator<Item = &Entry> {
        let indexes = self.by_document.get(&document).map(Vec::as_slice).unwrap_or_default();
        indexes.iter().filter_map(|index| self.entries.get(*index))
    }
}

/// How much a place says: the smaller, the more.
fn spot_rank(spot: Spot) -> u8 {
    match spot {
        Spot::Section(_) => 0,
        Spot::Title | Spot::Lead(_) => 1,
        Spot::Row(..) | Spot::Column(..) => 2,
        Spot::Said(..) => 3,
    }
}

/// "Courses in Rope Making" is about the program of its document whose whole name it says, and about no other.
fn name_headings(entries: &mut [Entry], snapshot: &Snapshot) {
    let mut programs: HashMap<u32, Vec<usize>> = HashMap::new();
    for (index, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.kind == NameKind::Program) {
        for document in entry.documents() {
            programs.entry(document).or_default().push(index);
        }
    }
    for (number, document) in (0u32..).zip(&snapshot.catalog.documents) {
        let Some(own) = programs.get(&number).filter(|own| own.len() > 1) else { continue };
        for (section, record) in (0u32..).zip(&document.sections).skip(1) {
            let place = (number, Spot::Section(section));
            let said = |index: &&usize| {
                entries
                    .get(**index)
                    .is_some_and(|entry| entry.core.iter().all(|term| record.terms.contains(term)))
            };
            let named = own
                .iter()
                .any(|index| entries.get(*index).is_some_and(|entry| entry.places.contains(&place)));
            let mut said = own.iter().filter(said);
            if let (Some(only), None, false) = (said.next(), said.next(), named)
                && let Some(entry) = entries.get_mut(*only)
            {
                entry.places.push(place);
            }
        }
    }
}

/// A title over sections that name several things of its kind, none of them it, is the title of a collection.
fn without_collections(mut found: Vec<Found>) -> Vec<Found> {
    let title = found.iter().find(|found| found.spot == Spot::Title).map(|found| found.named.clone());
    let Some(title) = title else { return found };
    let same = |named: &Named| sorted(&named.core) == sorted(&title.core) && named.level == title.level;
    let sections: Vec<&Named> = found
        .iter()
        .filter(|found| matches!(found.spot, Spot::Section(_)) && found.named.kind == title.kind)
        .map(|found| &found.named)
        .collect();
    if sections.len() > 1 && !sections.into_iter().any(same) {
        found.retain(|found| found.spot != Spot::Title);
    }
    found
}

fn add(found: Found, document: u32, entries: &mut Vec<Entry>, places: &mut HashMap<Key, usize>) {
    let Found { named, spot } = found;
    let of_document = (named.kind == NameKind::Program).then_some(document);
    let core = sorted(&named.core);
    let key = (named.kind, named.level.filter(|_| named.kind == NameKind::Program), core, of_document);
    let index = *places.entry(key).or_insert_with(|| {
        entries.push(Entry {
            id: String::new(),
            kind: named.kind,
            name: named.name.clone(),
            label: String::new(),
            aliases: Vec::new(),
            document,
            level: named.level,
            popularity: 0,
            award: None,
            field: None,
            core: named.core.clone(),
            head: head_of(&named.name),
            short_in: Vec::new(),
            letters: Vec::new(),
            places: Vec::new(),
        });
        entries.len() - 1
    });
    let Some(entry) = entries.get_mut(index) else { return };
    entry.popularity += 1;
    entry.level = entry.level.or(named.level);
    entry.award = entry.award.take().or(named.award);
    entry.field = entry.field.take().or(named.field);
    if !entry.places.contains(&(document, spot)) {
        entry.places.push((document, spot));
    }
    if let Some(letters) = &named.letters {
        note_letters(entry, letters);
    }
    if named.name != entry.name {
        // A name in capitals alone is how a page shouts, not how it is written.
        let shouts = |name: &str| !name.chars().any(char::is_lowercase);
        let mut other = named.name;
        if shouts(&entry.name) && !shouts(&other) || other.len() > entry.name.len() && !shouts(&other) {
            std::mem::swap(&mut other, &mut entry.name);
        }
        if !entry.aliases.contains(&other) && fold(&other) != fold(&entry.name) {
            entry.aliases.push(other);
        }
    }
}

/// Letters of an award and a field are another way of writing the name.
fn note_award_letters(entry: &mut Entry, lexicon: &Lexicon) {
    let (Some(award), Some(field)) = (&entry.award, &entry.field) else { return };
    let letters: String = tokens(award)
        .iter()
        .filter(|token| !lexicon.words.stop.contains(&token.word))
        .filter_map(|token| token.word.chars().next())
        .collect();
    let alias = format!("{} in {field}", letters.to_uppercase());
    if letters.len() > 1 && lexicon.level_letters.contains_key(&letters) && alias != entry.name {
        entry.aliases.push(alias);
    }
}

fn head_of(name: &str) -> Vec<Term> {
    let tokens = tokens(name);
    let Some(last) = tokens.last() else { return Vec::new() };
    let one = singular(&last.word);
    vec![term_id(one), term_id(&format!("{one}s")), term_id(&last.word)]
}

fn note_letters(entry: &mut Entry, letters: &str) {
    for term in terms(letters) {
        if !entry.letters.contains(&term) && !letters.contains([' ', '-']) {
            entry.letters.push(term);
        }
    }
    if !entry.aliases.iter().any(|alias| alias == letters) {
        entry.aliases.push(letters.to_owned());
    }
}

/// Gives each entry its id and its label.
fn label(entries: &mut [Entry], snapshot: &Snapshot) {
    let mut times: HashMap<(NameKind, String), usize> = HashMap::new();
    for entry in entries.iter() {
        *times.entry((entry.kind, fold(&entry.name))).or_default() += 1;
    }
    for entry in entries {
        let document = snapshot.document(entry.document);
        let path = document.map(|document| document.path.as_str()).unwrap_or_default();
        let place = if entry.kind == NameKind::Program { path } else { "" };
        let core: Vec<String> = sorted(&entry.core).iter().map(u32::to_string).collect();
        let whole = format!("{}|{:?}|{}|{place}", entry.kind.label(), entry.level, core.join(","));
        let letter = entry.kind.label().chars().next().unwrap_or('x');
        entry.id = format!("{letter}{:08x}", term_id(&whole));
        let alone = times.get(&(entry.kind, fold(&entry.name))).is_none_or(|times| *times < 2);
        entry.label = match document.filter(|_| !alone) {
            Some(document) => format!("{} – {}", entry.name, document.title),
            None => entry.name.clone(),
        };
    }
}
