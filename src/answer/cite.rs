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
    Some(Citation {
        document: document.path.clone(),
        title: document.title.clone(),
        breadcrumb: snapshot.breadcrumb(block.document, block.section),
        lines,
        bytes: (span.0 as usize, span.1 as usize),
        quote: snapshot.text(block.document, span)?.to_owned(),
        items: Vec::new(),
        source: document.source.clone(),
        url: document.url.clone(),
        score,
    })
}
