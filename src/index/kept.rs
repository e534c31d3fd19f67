//! What a new generation takes over from the one before it: the documents whose files did not change, as they were
//! analyzed then. Bytes are copied and segments joined; nothing is parsed, tokenized or searched.

use std::path::Path;

use tantivy::directory::OwnedBytes;
use tantivy::fastfield::{AliveBitSet, write_alive_bitset};
use tantivy::indexer::merge_filtered_segments;
use tantivy::{BitSet, Index};

use super::files::Files;
use super::frozen::{Frozen, meaning};
use super::growing::Growing;
use super::records::{AbbreviationRecord, DocumentRecord, OriginalRecord};
use super::{IndexError, Snapshot};

/// Documents of a generation that are taken over.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    /// The generation, every byte of it checked.
    pub from: &'a Snapshot,
    /// Its folder.
    pub folder: &'a Path,
    /// Paths of the documents, in order.
    pub paths: &'a [String],
}

/// A document that is taken over, with the abbreviations that it defines.
pub(super) struct KeptDocument<'a> {
    pub record: &'a DocumentRecord,
    pub abbreviations: Vec<&'a AbbreviationRecord>,
}

impl<'a> Kept<'a> {
    /// The documents in the order of their blocks, which is the one that joining keeps.
    pub(super) fn documents(&self) -> Vec<KeptDocument<'a>> {
        let catalog = &self.from.catalog;
        let mut documents: Vec<KeptDocument<'a>> = catalog
            .documents
            .iter()
            .filter(|record| self.paths.binary_search(&record.path).is_ok())
            .map(|record| KeptDocument { record, abbreviations: Vec::new() })
            .collect();
        documents.sort_by_key(|document| document.record.first_block);
        for abbreviation in &catalog.abbreviations {
            let begun = documents.partition_point(|kept| kept.record.first_block <= abbreviation.block);
            if let Some(kept) = begun.checked_sub(1).and_then(|at| documents.get_mut(at))
                && abbreviation.block < kept.record.first_block + kept.record.blocks
            {
                kept.abbreviations.push(abbreviation);
            }
        }
        documents
    }

    pub(super) fn text(&self, record: &DocumentRecord) -> Result<&'a [u8], IndexError> {
        self.from.text_bytes(record.text_start, u64::from(record.text_length)).ok_or_else(cut_short)
    }

    /// A file with its way back.
    pub(super) fn original(&self, record: &OriginalRecord) -> Result<&'a [u8], IndexError> {
        let length = u64::from(record.length) + u64::from(record.runs) * 12;
        self.from.text_bytes(record.start, length).ok_or_else(cut_short)
    }

    /// The bytes of a block's record, which becomes one of the document with that number.
    pub(super) fn block(&self, id: u32, document: u32) -> Result<Vec<u8>, IndexError> {
        let bytes = self.from.block_bytes(id).ok_or_else(cut_short)?;
        // The number is the record's first field.
        let (_, rest) = postcard::take_from_bytes::<u32>(bytes).map_err(IndexError::damaged)?;
        let mut renumbered = postcard::to_allocvec(&document).map_err(IndexError::damaged)?;
        renumbered.extend_from_slice(rest);
        Ok(renumbered)
    }

    /// Writes one segment into `dir`: the blocks that are kept, then those of `new`.
    pub(super) fn join(&self, files: &Files, new: &Index, dir: &Path) -> Result<(), IndexError> {
        let failed = |error| meaning(dir, error);
        let old = Index::open(Frozen::open(self.folder)?).map_err(failed)?;
        let mut segments = old.searchable_segments().map_err(failed)?;
        let mut alive = vec![Some(self.alive()?)];
        if segments.len() != 1 {
            return Err(IndexError::Damaged(format!("it has {} segments instead of one", segments.len())));
        }
        let added = new.searchable_segments().map_err(failed)?;
        let added = added.into_iter().filter(|segment| segment.meta().max_doc() > 0);
        segments.extend(added);
        alive.resize(segments.len(), None);
        let directory = Growing::open(files, dir)?;
        merge_filtered_segments(&segments, old.settings().clone(), alive, directory).map_err(failed)?;
        Ok(())
    }

    fn alive(&self) -> Result<AliveBitSet, IndexError> {
        let mut alive = BitSet::with_max_value(self.from.block_count());
        for KeptDocument { record, .. } in self.documents() {
            for block in record.first_block..record.first_block + record.blocks {
                alive.insert(block);
            }
        }
        let mut bytes = Vec::new();
        write_alive_bitset(&alive, &mut bytes).map_err(|source| IndexError::io(self.folder, source))?;
        Ok(AliveBitSet::open(OwnedBytes::new(bytes)))
    }
}

fn cut_short() -> IndexError {
    IndexError::Damaged("the generation before it is cut short".to_owned())
}
