//! One immutable generation opened for reading: its catalog in memory, its texts and blocks mapped from disk.
//! Cheap to share and safe to search from many threads.

use std::path::Path;

use rayon::prelude::*;
use tantivy::directory::{Directory, OwnedBytes};
use tantivy::{Index, ReloadPolicy, Searcher};

use super::frozen::{Frozen, meaning};
use super::records::{BlockRecord, ByteSpan, Catalog, DocumentRecord};
use super::words::{checksum, narrow_span};
use super::write::{Fields, schema};
use super::{FORMAT, IndexError, file};
use crate::corpus::Value;
use crate::corpus::original::{self, Run};
use crate::lexicon::Phrases;
use crate::text::quick::HashSet;
use crate::text::{Term, terms};

/// One immutable generation, opened for reading.
pub struct Snapshot {
    /// Id of the generation.
    pub id: String,
    /// When it was built, seconds since 1970 (UTC).
    pub built_at: i64,
    /// What is held in memory.
    pub catalog: Catalog,
    /// Terms that name something: of titles and headings, of abbreviations and what they stand for.
    pub names: HashSet<Term>,
    /// Neighbouring terms of titles, headings and long forms: two words that make one name.
    pub name_pairs: HashSet<(Term, Term)>,
    /// Short forms that the corpus defines, by their place in [`Catalog::abbreviations`].
    pub short_forms: Phrases<usize>,
    /// Their long forms.
    pub long_forms: Phrases<usize>,
    /// Titles and headings without those that say the same again, each by its document and its place among the sections.
    pub headings: Vec<(u32, u32)>,
    texts: OwnedBytes,
    blocks: OwnedBytes,
    block_ends: OwnedBytes,
    pub(super) searcher: Searcher,
    pub(super) fields: Fields,
}

impl Snapshot {
    /// Opens the directory that [`super::write`] filled.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] when a file is missing, cut short or of another format.
    pub fn open(dir: &Path) -> Result<Self, IndexError> {
        let directory = Frozen::open(dir)?;
        let read = |name: &str| -> Result<OwnedBytes, IndexError> {
            let handle =
                directory.get_file_handle(Path::new(name)).map_err(|error| meaning(dir, error.into()))?;
            handle.read_bytes(0..handle.len()).map_err(|source| IndexError::io(&dir.join(name), source))
        };
        let catalog: Catalog = postcard::from_bytes(&read(file::CATALOG)?).map_err(IndexError::damaged)?;
        if catalog.format != FORMAT {
            return Err(IndexError::Damaged(format!(
                "its format is {}, this program reads {FORMAT}",
                catalog.format
            )));
        }
        let mut names: HashSet<Term> = catalog
            .documents
            .iter()
            .flat_map(|document| &document.sections)
            .flat_map(|section| &section.names)
            .copied()
            .collect();
        let mut name_pairs: HashSet<(Term, Term)> = catalog
            .documents
            .iter()
            .flat_map(|document| &document.sections)
            .flat_map(|section| &section.pairs)
            .copied()
            .collect();
        for abbreviation in &catalog.abbreviations {
            let terms = &abbreviation.terms;
            name_pairs.extend(terms.iter().copied().zip(terms.iter().skip(1).copied()));
        }
        let mut seen: HashSet<&str> = HashSet::default();
        let sections = (0..).zip(&catalog.documents).flat_map(|(index, document)| {
            (0..).zip(&document.sections).map(move |(at, section)| ((index, at), section.heading.as_str()))
        });
        let headings = sections.filter(|(_, heading)| seen.insert(heading)).map(|(place, _)| place).collect();
        let (mut short_forms, mut long_forms) = (Phrases::default(), Phrases::default());
        for (index, abbreviation) in catalog.abbreviations.iter().enumerate() {
            names.extend(terms(&abbreviation.short));
            names.extend(&abbreviation.terms);
            short_forms.insert(&abbreviation.short, index);
            long_forms.insert(&abbreviation.long, index);
        }
        let index = Index::open(directory.clone()).map_err(|error| meaning(dir, error))?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(|error| meaning(dir, error))?;
        let (expected, fields) = schema();
        if index.schema() != expected {
            return Err(IndexError::Damaged("its search fields are those of another version".to_owned()));
        }
        Ok(Self {
            id: catalog.id.clone(),
            built_at: catalog.built_at,
            texts: read(file::TEXTS)?,
            blocks: read(file::BLOCKS)?,
            block_ends: read(file::BLOCK_ENDS)?,
            catalog,
            names,
            name_pairs,
            headings,
            short_forms,
            long_forms,
            searcher: reader.searcher(),
            fields,
        })
    }

    /// A document by its index.
    pub fn document(&self, index: u32) -> Option<&DocumentRecord> {
        self.catalog.documents.get(index as usize)
    }

    /// A document and its index by its path.
    pub fn document_at(&self, path: &str) -> Option<(u32, &DocumentRecord)> {
        (0..).zip(&self.catalog.documents).find(|(_, document)| document.path == path)
    }

    /// How many blocks there are.
    pub fn block_count(&self) -> u32 {
        u32::try_from(self.block_ends.len() / 8).unwrap_or(u32::MAX)
    }

    /// A block by its id; `None` beyond the last one or when its bytes are damaged.
    pub fn block(&self, id: u32) -> Option<BlockRecord> {
        postcard::from_bytes(self.block_bytes(id)?).ok()
    }

    /// A block's record as it is stored.
    pub(super) fn block_bytes(&self, id: u32) -> Option<&[u8]> {
        let end_of = |id: usize| -> Option<usize> {
            let bytes = self.block_ends.get(id * 8..id * 8 + 8)?;
            usize::try_from(u64::from_le_bytes(bytes.try_into().ok()?)).ok()
        };
        let id = id as usize;
        let start = if id == 0 { 0 } else { end_of(id - 1)? };
        self.blocks.get(start..end_of(id)?)
    }

    /// Bytes of the texts file.
    pub(super) fn text_bytes(&self, start: u64, length: u64) -> Option<&[u8]> {
        let start = usize::try_from(start).ok()?;
        self.texts.get(start..start.checked_add(usize::try_from(length).ok()?)?)
    }

    /// A span of a document's text.
    pub fn text(&self, document: u32, span: ByteSpan) -> Option<&str> {
        let record = self.document(document)?;
        self.stored(record.text_start, record.text_length, span)
    }

    /// The words of a value of a document's passages.
    pub fn value_text(&self, document: u32, value: &Value) -> Option<&str> {
        self.text(document, narrow_span(&value.span))
    }

    /// The quote of a passage: its bytes in the file, if they are still those that were indexed.
    pub fn quote(&self, document: u32, span: ByteSpan, expected: u64) -> Option<&str> {
        self.file_text(document, self.in_file(document, span)?)
            .filter(|text| checksum(text.as_bytes()) == expected)
    }

    /// The bytes of the file that a span of the document's text stands for.
    pub fn in_file(&self, document: u32, span: ByteSpan) -> Option<ByteSpan> {
        let Some(original) = self.document(document)?.original else { return Some(span) };
        let runs = usize::try_from(original.start).ok()? + original.length as usize;
        let number = |at: usize| Some(u32::from_le_bytes(self.texts.get(at..at + 4)?.try_into().ok()?));
        let run = |index: usize| {
            let at = runs + index * 12;
            Some(Run { at: number(at)?, file: (number(at + 4)?, number(at + 8)?) })
        };
        original::in_file(run, original.runs as usize, span)
    }

    /// A span of a document's file.
    pub fn file_text(&self, document: u32, span: ByteSpan) -> Option<&str> {
        let Some(original) = self.document(document)?.original else { return self.text(document, span) };
        self.stored(original.start, original.length, span)
    }

    /// The lines of the file, from 1, on which a span of the document's text begins and ends.
    pub fn lines(&self, document: u32, span: ByteSpan) -> Option<(u32, u32)> {
        let (start, end) = self.in_file(document, span)?;
        let line = |at: u32| {
            let before = self.file_text(document, (0, at))?;
            let ends =
                before.matches('\n').count() + before.matches('\r').count() - before.matches("\r\n").count();
            u32::try_from(ends + 1).ok()
        };
        Some((line(start)?, line(end)?))
    }

    fn stored(&self, start: u64, length: u32, span: ByteSpan) -> Option<&str> {
        let start = usize::try_from(start).ok()?;
        (span.1 <= length)
            .then(|| self.texts.get(start + span.0 as usize..start + span.1 as usize))
            .flatten()
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// Title › heading › heading of a section.
    pub fn breadcrumb(&self, document: u32, section: u32) -> Vec<String> {
        let Some(record) = self.document(document) else { return Vec::new() };
        let mut trail = Vec::new();
        let mut next = Some(section);
        while let Some((index, section)) =
            next.and_then(|index| Some((index, record.sections.get(index as usize)?)))
        {
            trail.push(section.heading.clone());
            next = section.parent.filter(|parent| *parent < index);
        }
        trail.reverse();
        trail
    }

    /// Checks every passage: its bytes are those that were indexed and, where `original` gives the file's bytes,
    /// they stand in that file at the cited place. Gives the number of passages checked.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] names the document and the place of the first passage that does not hold.
    pub fn verify_quotes<B: AsRef<[u8]>>(
        &self,
        original: impl Fn(&str) -> Option<B> + Sync,
    ) -> Result<u64, IndexError> {
        let documents = self.catalog.documents.par_iter().enumerate();
        documents
            .map(|(index, document)| {
                self.verify_document(index as u32, document, original(&document.path).as_ref().map(B::as_ref))
            })
            .sum()
    }

    fn verify_document(
        &self,
        index: u32,
        document: &DocumentRecord,
        file: Option<&[u8]>,
    ) -> Result<u64, IndexError> {
        let mut checked = 0;
        for id in document.first_block..document.first_block + document.blocks {
            let block = self.block(id).ok_or_else(|| {
                IndexError::Damaged(format!("{}: block {id} cannot be read", document.path))
            })?;
            for passage in &block.passages {
                let quote = self.quote(index, passage.span, passage.checksum);
                let bytes = self.in_file(index, passage.span).unwrap_or_default();
                let span = bytes.0 as usize..bytes.1 as usize;
                let in_file = file.is_none_or(|bytes| bytes.get(span) == quote.map(str::as_bytes));
                if quote.is_none() || !in_file {
                    return Err(IndexError::Damaged(format!(
                        "{}, lines {}–{}: the passage is not what the file holds there",
                        document.path, passage.lines.0, passage.lines.1
                    )));
                }
                checked += 1;
            }
        }
        Ok(checked)
    }
}
