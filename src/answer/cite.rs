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
    place((block.document, block.section), span, lines, score, snapshot)
}

/// The citation of a span of a section, given as (document, section).
pub fn place(
    (document, section): (u32, u32),
    span: ByteSpan,
    lines: (u32, u32),
    score: f64,
    snapshot: &Snapshot,
) -> Option<Citation> {
    let record = snapshot.document(document)?;
    let bytes = snapshot.in_file(document, span)?;
    let words = snapshot.text(document, span)?;
    let quote = snapshot.file_text(document, bytes)?.to_owned();
    Some(Citation {
        document: record.path.clone(),
        title: record.title.clone(),
        breadcrumb: snapshot.breadcrumb(document, section),
        lines,
        bytes: (bytes.0 as usize, bytes.1 as usize),
        shown: record.original.map(|_| words.to_owned()),
        quote,
        items: Vec::new(),
        source: record.source.clone(),
        url: record.url.clone(),
        score,
    })
}
