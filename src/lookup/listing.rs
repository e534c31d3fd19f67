//! Lists: programs by level, field and words; the levels and fields that there are; the sections of a name's document.

use super::Lookup;
use super::directory::Entry;
use crate::answer::Citation;
use crate::answer::cite::place;
use crate::lexicon::lookup::NameKind;
use crate::text::{fold, one_line, term_id};

/// What a list of programs is narrowed to; an empty text narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// Name of a level, or how it begins.
    pub level: String,
    /// Words of the field.
    pub field: String,
    /// Words of the name.
    pub text: String,
}

/// A section of a document, as a menu offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading on one line.
    pub heading: String,
    /// Finds it again, and nothing else once the document has changed.
    pub key: String,
}

impl<'a> Lookup<'a> {
    /// The programs that fit, in the order of their names; with words of a name, the best first.
    pub fn programs(&self, narrowing: &Narrowing) -> Vec<&'a Entry> {
        let directory = self.directory;
        let level = fold(narrowing.level.trim());
        let field = fold(narrowing.field.trim());
        let fits = |entry: &&Entry| {
            let of_level = level.is_empty()
                || self.level_of(entry).is_some_and(|name| name.starts_with(level.trim_end_matches('s')));
            let own = fold(entry.field.as_deref().unwrap_or(&entry.name));
            let of_field = field.split_whitespace().all(|word| own.contains(word));
            of_level && of_field
        };
        if narrowing.text.trim().is_empty() {
            let all = directory.entries.iter().filter(|entry| entry.kind == NameKind::Program);
            return all.filter(fits).collect();
        }
        let found = directory.search(&narrowing.text, NameKind::Program, self.lexicon, usize::MAX);
        found.into_iter().map(|(_, entry)| entry).filter(fits).collect()
    }

    /// The name of an entry's level.
    pub fn level_of(&self, entry: &Entry) -> Option<&'a str> {
        let lexicon = self.lexicon;
        entry.level.and_then(|level| lexicon.levels.get(level)).map(|level| level.name.as_str())
    }

    /// The levels that programs of the folder have, lowest first, and then what begins as typed.
    pub fn levels(&self, typed: &str) -> Vec<String> {
        let typed = fold(typed.trim());
        let held = |name: &&str| {
            let mut programs = self.directory.entries.iter().filter(|entry| entry.kind == NameKind::Program);
            programs.any(|entry| self.level_of(entry) == Some(name))
        };
        let all = self.lexicon.levels.iter().map(|level| level.name.as_str());
        all.filter(|name| name.starts_with(&typed)).filter(held).map(str::to_owned).collect()
    }

    /// The fields that programs of the folder have, and that hold what was typed.
    pub fn fields(&self, typed: &str) -> Vec<String> {
        let typed = fold(typed.trim());
        let mut fields: Vec<String> = Vec::new();
        for field in self.directory.entries.iter().filter_map(|entry| entry.field.as_deref()) {
            if fold(field).contains(&typed) && !fields.iter().any(|known| fold(known) == fold(field)) {
                fields.push(field.to_owned());
            }
        }
        fields.sort_by_key(|field| fold(field));
        fields
    }

    /// The sections of the document that says most about an entry, at most `limit`.
    pub fn sections(&self, entry: &Entry, limit: usize) -> Vec<Section> {
        let Some(document) = self.snapshot.document(entry.document) else { return Vec::new() };
        let held = |index: u32| {
            let blocks = document.first_block..document.first_block + document.blocks;
            blocks.into_iter().any(|id| self.snapshot.block(id).is_some_and(|block| block.section == index))
        };
        let sections = (0u32..).zip(&document.sections);
        let named = sections.filter(|(_, section)| section.heading.chars().any(char::is_alphanumeric));
        named
            .filter(|(index, _)| held(*index))
            .map(|(index, section)| Section {
                heading: one_line(&section.heading),
                key: key(index, &section.heading),
            })
            .take(limit)
            .collect()
    }

    /// What stands in a section, block by block; `None` when the document has no such section (any more).
    pub fn section(&self, entry: &Entry, wanted: &str) -> Option<(String, Vec<Citation>)> {
        let document = self.snapshot.document(entry.document)?;
        let (index, section) = (0u32..)
            .zip(&document.sections)
            .find(|(index, section)| key(*index, &section.heading) == wanted)?;
        let mut quotes = Vec::new();
        for id in document.first_block..document.first_block + document.blocks {
            let Some(block) = self.snapshot.block(id).filter(|block| block.section == index) else {
                continue;
            };
            let (Some(first), Some(last)) = (block.passages.first(), block.passages.last()) else { continue };
            let end = block.passages.iter().map(|passage| passage.span.1).max().unwrap_or(last.span.1);
            let last_line =
                block.passages.iter().map(|passage| passage.lines.1).max().unwrap_or(last.lines.1);
            let lines = (first.lines.0, last_line);
            quotes.extend(place((entry.document, index), (first.span.0, end), lines, 1.0, self.snapshot));
        }
        (!quotes.is_empty()).then(|| (one_line(&section.heading), quotes))
    }
}

fn key(index: u32, heading: &str) -> String {
    format!("{index}-{:08x}", term_id(heading))
}
