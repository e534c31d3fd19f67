//! One way to make a citation: a place of a document with the bytes that stand there.

use super::model::Citation;
use crate::index::Snapshot;
use crate::index::records::{BlockRecord, ByteSpan};

/// The citation of a span of a block's document, without items; `None` when the bytes cannot be read.
pub(super) fn citation(
    block: &BlockRecord,
    span: ByteSpan,
    lines: (u32, u32),
    score: f64,
    snapshot: &Snapshot,
) -> Option<Citation> {
    let document = snapshot.document(block.document)?;
    let bytes = snapshot.in_file(block.document, span)?;
    let words = snapshot.text(block.document, span)?;
    let quote = snapshot.file_text(block.document, bytes)?.to_owned();
    Some(Citation {
        document: document.path.clone(),
        title: document.title.clone(),
        breadcrumb: snapshot.breadcrumb(block.document, block.section),
        lines,
        bytes: (bytes.0 as usize, bytes.1 as usize),
        shown: document.original.map(|_| words.to_owned()),
        quote,
        items: Vec::new(),
        source: document.source.clone(),
        url: document.url.clone(),
        score,
    })
}
