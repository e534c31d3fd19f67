//! Writes the files of one generation into an empty directory: the search engine's segment, the original texts,
//! the blocks and the catalog. It switches nothing; see `generations`.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, TantivyDocument};

use super::analyze::{Analyzed, BlockWords, END, analyze};
use super::files::{Files, Output};
use super::frozen::meaning;
use super::growing::Growing;
use super::kept::{Kept, KeptDocument};
use super::records::{
    AbbreviationRecord, BlockRecord, Catalog, DocumentRecord, OriginalRecord, PassageRecord, has,
};
use super::words::{Vocabularies, Vocabulary};
use super::{FORMAT, IndexError, Written, file, ready};
use crate::corpus::Document;
use crate::lexicon::Lexicon;

/// Memory for the segment's hash tables, in bytes; it grows with the corpus.
const WRITER_MEMORY: usize = 64 << 20;
/// Documents are analyzed on all cores in batches of this many, so that memory stays bounded.
const BATCH: usize = 256;

/// The fields of the search engine's schema.
pub(super) struct Fields {
    pub body: Field,
    pub all: Field,
    pub words: Field,
    pub attributes: Field,
}

pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let text = |record, norms| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(ready::NAME)
            .set_index_option(record)
            .set_fieldnorms(norms);
        TextOptions::default().set_indexing_options(indexing)
    };
    let fields = Fields {
        body: builder.add_text_field("body", text(IndexRecordOption::WithFreqs, true)),
        all: builder.add_text_field("all", text(IndexRecordOption::WithFreqs, true)),
        words: builder.add_text_field("words", text(IndexRecordOption::Basic, false)),
        attributes: builder.add_text_field("attributes", text(IndexRecordOption::Basic, false)),
    };
    (builder.build(), fields)
}

/// Where a generation is written, and what it is called.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// The file system.
    pub files: &'a Files,
    /// An empty folder.
    pub dir: &'a Path,
    /// Its id.
    pub id: &'a str,
    /// Seconds since 1970 (UTC).
    pub built_at: i64,
}

/// What a generation is written from.
#[derive(Clone, Copy)]
pub struct Texts<'a> {
    /// Documents that are written anew, by path.
    pub documents: &'a [Document],
    /// Documents that are taken from a generation as they are in it.
    pub kept: Option<Kept<'a>>,
}

/// Writes the index of `documents` into the empty directory `dir` and syncs it. `id` names the generation,
/// `built_at` is in seconds since 1970 (UTC); `step` is called after each document.
///
/// # Errors
/// [`IndexError::Io`] names the file that could not be written; what was written until then is left for the caller to
/// remove.
pub fn write(
    dir: &Path,
    id: &str,
    built_at: i64,
    documents: &[Document],
    lexicon: &Lexicon,
    step: &(dyn Fn() + Sync),
) -> Result<Written, IndexError> {
    let step = || {
        step();
        true
    };
    let target = Target { files: &Files::disk(), dir, id, built_at };
    write_texts(target, Texts { documents, kept: None }, lexicon, &step)
}

/// [`write`], with documents that are taken over; it ends early when `step` says no.
pub fn write_texts(
    target: Target<'_>,
    texts: Texts<'_>,
    lexicon: &Lexicon,
    step: &(dyn Fn() -> bool + Sync),
) -> Result<Written, IndexError> {
    let mut places: Vec<&str> = texts.documents.iter().map(|document| document.path.as_str()).collect();
    places.extend(texts.kept.iter().flat_map(|kept| kept.paths).map(String::as_str));
    places.sort_unstable();
    let mut writer = Writer::create(target, &places, texts.kept)?;
    let vocabularies = Vocabularies::new(lexicon);
    for batch in texts.documents.chunks(BATCH) {
        let analyzed: Vec<Analyzed> = batch
            .par_iter()
            .map_init(|| vocabularies.lend(), |vocabulary, document| analyze(document, lexicon, vocabulary))
            .collect();
        for (document, analyzed) in batch.iter().zip(analyzed) {
            writer.document(document, analyzed)?;
            if !step() {
                return Err(IndexError::Cancelled);
            }
        }
    }
    writer.finish()
}

/// How many facts a document holds, as [`Written::facts`] counts them.
pub fn facts(document: &Document, lexicon: &Lexicon) -> u64 {
    let analyzed = analyze(document, lexicon, &Vocabulary::new(lexicon));
    analyzed.blocks.iter().map(|(record, _)| facts_in(record) as u64).sum()
}

fn facts_in(record: &BlockRecord) -> usize {
    let states = |passage: &&PassageRecord| {
        passage.attributes | passage.key_attributes != 0
            && !(passage.values.is_empty() && passage.parts.is_empty())
    };
    record.passages.iter().filter(states).count()
}

/// A document's record, and the abbreviations that it defines.
type Entry = (DocumentRecord, Vec<AbbreviationRecord>);

struct Writer<'a> {
    target: Target<'a>,
    texts: BufWriter<Output>,
    text_end: u64,
    blocks: BufWriter<Output>,
    block_ends: Vec<u64>,
    segment: tantivy::SingleSegmentIndexWriter,
    fields: Fields,
    paths: [PathBuf; 2],
    /// Paths of all documents, in order.
    places: &'a [&'a str],
    /// By the order of their paths; blocks and texts may lie in another.
    entries: Vec<Option<Entry>>,
    kept: Option<Kept<'a>>,
}

impl<'a> Writer<'a> {
    fn create(target: Target<'a>, places: &'a [&'a str], kept: Option<Kept<'a>>) -> Result<Self, IndexError> {
        let Target { files, dir, .. } = target;
        let paths = [dir.join(file::TEXTS), dir.join(file::BLOCKS)];
        let [texts, blocks] = &paths;
        let (schema, fields) = schema();
        // What is written anew is joined to what is kept at the end.
        let part = dir.join(file::PART);
        let segment_dir = if kept.is_some() { part.as_path() } else { dir };
        files.make_folder(segment_dir)?;
        let directory = Growing::open(files, segment_dir)?;
        let segment = Index::builder()
            .schema(schema)
            .tokenizers(ready::tokenizers())
            .single_segment_index_writer(directory, WRITER_MEMORY)
            .map_err(|error| meaning(dir, error))?;
        let mut writer = Self {
            target,
            texts: files.create(texts)?,
            text_end: 0,
            blocks: files.create(blocks)?,
            block_ends: Vec::new(),
            segment,
            fields,
            paths,
            places,
            entries: vec![None; places.len()],
            kept,
        };
        if let Some(kept) = kept {
            kept.documents().iter().try_for_each(|document| writer.keep(kept, document))?;
        }
        Ok(writer)
    }

    fn place(&self, path: &str) -> Result<usize, IndexError> {
        let found = self.places.binary_search(&path);
        found.map_err(|_| IndexError::Damaged(format!("{path} is not among the documents")))
    }

    /// Takes a document over as it is.
    fn keep(&mut self, kept: Kept<'_>, old: &KeptDocument<'_>) -> Result<(), IndexError> {
        let place = self.place(&old.record.path)?;
        let first_block = self.block_ends.len() as u32;
        let mut record = old.record.clone();
        record.first_block = first_block;
        record.text_start = self.text_bytes(kept.text(old.record)?)?;
        if let (Some(original), Some(now)) = (&old.record.original, &mut record.original) {
            now.start = self.text_bytes(kept.original(original)?)?;
        }
        for block in old.record.first_block..old.record.first_block + old.record.blocks {
            self.block_bytes(&kept.block(block, place as u32)?)?;
        }
        let abbreviations = old.abbreviations.iter().map(|old_one| AbbreviationRecord {
            block: old_one.block - old.record.first_block + first_block,
            ..(*old_one).clone()
        });
        let entry = (record, abbreviations.collect());
        if let Some(slot) = self.entries.get_mut(place) {
            *slot = Some(entry);
        }
        Ok(())
    }

    fn document(&mut self, document: &Document, analyzed: Analyzed) -> Result<(), IndexError> {
        let place = self.place(&document.path)?;
        let first_block = self.block_ends.len() as u32;
        let (text_start, original) = self.text(document)?;
        let mut entry = DocumentRecord {
            path: document.path.clone(),
            title: document.title.clone(),
            source: document.source.clone(),
            url: document.url.clone(),
            date: document.date.clone(),
            labels: [document.kind.clone(), document.level.clone(), document.field.clone()],
            identity: analyzed.identity,
            opening: analyzed.opening,
            text_start,
            text_length: document.text.len() as u32,
            original,
            first_block,
            blocks: analyzed.blocks.len() as u32,
            passages: 0,
            facts: 0,
            sections: analyzed.sections,
        };
        for (mut record, words) in analyzed.blocks {
            record.document = place as u32;
            entry.passages += record.passages.len() as u32;
            entry.facts += facts_in(&record) as u32;
            let bytes = postcard::to_allocvec(&record).map_err(IndexError::damaged)?;
            self.block_bytes(&bytes)?;
            self.index_block(words)?;
        }
        let abbreviations = analyzed.abbreviations.into_iter().map(|mut abbreviation| {
            abbreviation.block += first_block;
            abbreviation
        });
        let entry = (entry, abbreviations.collect());
        if let Some(slot) = self.entries.get_mut(place) {
            *slot = Some(entry);
        }
        Ok(())
    }

    fn block_bytes(&mut self, bytes: &[u8]) -> Result<(), IndexError> {
        self.blocks.write_all(bytes).map_err(|source| IndexError::io(&self.paths[1], source))?;
        let end = self.block_ends.last().copied().unwrap_or(0) + bytes.len() as u64;
        self.block_ends.push(end);
        Ok(())
    }

    /// Writes a document's text, and behind it the file that it was taken out of.
    fn text(&mut self, document: &Document) -> Result<(u64, Option<OriginalRecord>), IndexError> {
        let start = self.text_bytes(document.text.as_bytes())?;
        let Some(original) = &document.original else { return Ok((start, None)) };
        let record = OriginalRecord {
            start: self.text_bytes(original.text.as_bytes())?,
            length: original.text.len() as u32,
            runs: original.runs.len() as u32,
        };
        let numbers = original.runs.iter().flat_map(|run| [run.at, run.file.0, run.file.1]);
        let bytes: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
        self.text_bytes(&bytes)?;
        Ok((start, Some(record)))
    }

    fn text_bytes(&mut self, bytes: &[u8]) -> Result<u64, IndexError> {
        self.texts.write_all(bytes).map_err(|source| IndexError::io(&self.paths[0], source))?;
        let start = self.text_end;
        self.text_end += bytes.len() as u64;
        Ok(start)
    }

    fn index_block(&mut self, words: BlockWords) -> Result<(), IndexError> {
        let mut document = TantivyDocument::new();
        let attributes = (0..64).filter(|id| has(words.attributes, *id));
        let attributes: String = attributes.map(|id| format!("a{id}{END}")).collect();
        document.add_text(self.fields.attributes, attributes);
        document.add_text(self.fields.words, &words.words);
        document.add_text(self.fields.all, words.body.clone() + &words.context);
        document.add_text(self.fields.body, &words.body);
        self.segment.add_document(document).map_err(IndexError::damaged)
    }

    fn finish(self) -> Result<Written, IndexError> {
        let Target { files, dir, id, built_at } = self.target;
        let segment = self.segment.finalize().map_err(|error| meaning(dir, error))?;
        if let Some(kept) = self.kept {
            kept.join(files, &segment, dir)?;
            drop(segment);
            files.remove(&dir.join(file::PART))?;
        }
        files.finish(self.texts)?;
        files.finish(self.blocks)?;
        let ends: Vec<u8> = self.block_ends.iter().flat_map(|end| end.to_le_bytes()).collect();
        files.write(&dir.join(file::BLOCK_ENDS), &ends)?;
        let mut catalog = Catalog { format: FORMAT, id: id.to_owned(), built_at, ..Catalog::default() };
        for (record, abbreviations) in self.entries.into_iter().flatten() {
            catalog.passages += u64::from(record.passages);
            catalog.facts += u64::from(record.facts);
            catalog.documents.push(record);
            catalog.abbreviations.extend(abbreviations);
        }
        let bytes = postcard::to_allocvec(&catalog).map_err(IndexError::damaged)?;
        files.write(&dir.join(file::CATALOG), &bytes)?;
        let documents = catalog.documents.len() as u64;
        Ok(Written { documents, passages: catalog.passages, facts: catalog.facts })
    }
}
