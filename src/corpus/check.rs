//! What holds for every document, whatever its file: spans, lines, lengths and indexes fit together. Used by tests
//! and before an index is built; it mends nothing.

use super::lines::Lines;
use super::model::{Block, Document, MAX_PASSAGE_CHARS, Span};

/// Whether a document keeps all promises of its types; the error names the first that it breaks.
pub fn check(document: &Document) -> Result<(), String> {
    let lines = Lines::new(document.file());
    let root = document.sections.first().ok_or("there is no section 0")?;
    ensure(root.parent.is_none(), || "section 0 has a parent".to_owned())?;
    ensure(root.heading == document.title && !document.title.trim().is_empty(), || {
        format!("the title {:?} is not the heading of section 0 {:?}", document.title, root.heading)
    })?;
    for (index, section) in document.sections.iter().enumerate() {
        if index > 0 {
            let fits = section.parent.is_some_and(|parent| parent < index);
            ensure(fits, || format!("section {index} has the parent {:?}", section.parent))?;
        }
        span(document, &section.span, || format!("section {index}"))?;
    }
    let mut next = 0;
    for (index, block) in document.blocks.iter().enumerate() {
        let name = || format!("block {index} ({:?})", block.kind);
        span(document, &block.span, name)?;
        if let Some(lead) = &block.lead {
            span(document, lead, name)?;
            ensure(!lead.is_empty(), || format!("{} has an empty lead-in", name()))?;
        }
        ensure(block.section < document.sections.len(), || format!("{} has no section", name()))?;
        let follows = block.passages.start == next && block.passages.end > next;
        ensure(follows, || {
            format!("{} has the passages {:?}, expected from {next}", name(), block.passages)
        })?;
        next = block.passages.end;
    }
    ensure(next == document.passages.len(), || format!("only {next} passages are in blocks"))?;
    for (index, passage) in document.passages.iter().enumerate() {
        let name = || format!("passage {index} ({:?} {:?})", passage.kind, document.slice(&passage.span));
        span(document, &passage.span, name)?;
        let quote = document.slice(&passage.span);
        ensure(!quote.is_empty() && quote.trim() == quote, || format!("{} is not trimmed", name()))?;
        ensure(quote.chars().count() <= MAX_PASSAGE_CHARS, || format!("{} is too long", name()))?;
        let bytes = document.in_file(&passage.span);
        ensure(!document.quote(&passage.span).is_empty(), || format!("{} has no bytes in its file", name()))?;
        let expected = lines.of(&bytes);
        ensure(passage.lines == expected, || {
            format!("{} is on lines {expected:?}, not {:?}", name(), passage.lines)
        })?;
        let block: &Block =
            document.blocks.get(passage.block).ok_or_else(|| format!("{} has no block", name()))?;
        ensure(block.passages.contains(&index), || format!("{} is not its block's", name()))?;
        ensure(block.section == passage.section, || {
            format!("{} has another section than its block", name())
        })?;
        ensure(within(&passage.span, &block.span), || format!("{} is outside its block", name()))?;
        for part in &passage.parts {
            span(document, &part.value, name)?;
            ensure(within(&part.value, &passage.span), || format!("{} has a part outside it", name()))?;
            if let Some(label) = &part.label {
                span(document, label, name)?;
            }
        }
    }
    Ok(())
}

fn within(inner: &Span, outer: &Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

fn span(document: &Document, span: &Span, name: impl Fn() -> String) -> Result<(), String> {
    ensure(document.text.get(span.clone()).is_some(), || format!("{} has the bad span {span:?}", name()))
}

fn ensure(holds: bool, message: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(message()) }
}
