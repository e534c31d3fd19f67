//! Takes the direct answer out of a passage: a value with its rate and year, a cell, a key's value, a list's items.
//! Everything it gives stands in the passage, word for word.

use crate::corpus::{PassageKind, Value, ValueKind};
use crate::index::Snapshot;
use crate::index::records::{BlockRecord, ByteSpan, PassageRecord};
use crate::lexicon::Lexicon;
use crate::question::Question;
use crate::retrieval::fits;
use crate::text::{one_line, terms, tokens};

/// The value that answers the question, as text of the passage; `None` when the passage as a whole must speak.
pub fn value(
    question: &Question,
    document: u32,
    passage: &PassageRecord,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Option<String> {
    if let Some(part) = stated_part(question, passage) {
        return snapshot.text(document, part).map(one_line).filter(|text| !text.is_empty());
    }
    let fitting: Vec<&Value> = passage
        .values
        .iter()
        .filter(|value| question.expects.iter().any(|expect| fits(*expect, value.kind)))
        .collect();
    let quote = snapshot.text(document, passage.span)?;
    let offset = passage.span.0 as usize;
    let best =
        fitting.iter().min_by_key(|value| distance(question, quote, value.span.start - offset, lexicon))?;
    // "between $40,000 and $60,000" is one answer.
    let mut span = best.span.clone();
    for other in &fitting {
        let between = quote.get(best.span.end.checked_sub(offset)?..other.span.start.saturating_sub(offset));
        if other.span.start >= best.span.end
            && other.kind == best.kind
            && between.is_some_and(|between| {
                matches!(between.trim(), "and" | "to" | "-" | "–" | "or") || between.trim() == "through"
            })
        {
            span.end = other.span.end;
            break;
        }
    }
    let text = one_line(quote.get(span.start - offset..span.end - offset)?);
    let years: Vec<&Value> = passage.values.iter().filter(|value| value.kind == ValueKind::Year).collect();
    match (best.kind, years.as_slice()) {
        (ValueKind::Money | ValueKind::Percent | ValueKind::Count, [year]) => {
            Some(format!("{text} ({})", quote.get(year.span.start - offset..year.span.end - offset)?))
        }
        (ValueKind::Percent, [first, last]) if last.span.start - first.span.end <= 4 => Some(format!(
            "{text} ({})",
            one_line(quote.get(first.span.start - offset..last.span.end - offset)?)
        )),
        _ => Some(text),
    }
}

/// The part of a row or key-value line that its label assigns to the attribute.
fn stated_part(question: &Question, passage: &PassageRecord) -> Option<ByteSpan> {
    let attribute = question.attribute?;
    match passage.kind {
        PassageKind::KeyValue | PassageKind::Item | PassageKind::Row => {
            let labelled = passage.parts.iter().find(|part| part.attributes >> attribute & 1 == 1);
            labelled.map(|part| part.value)
        }
        PassageKind::Sentence | PassageKind::List => None,
    }
}

/// How far a place of the quote is from the nearest word of the question or of its attribute, in bytes.
fn distance(question: &Question, quote: &str, place: usize, lexicon: &Lexicon) -> usize {
    let sequence = terms(quote);
    let mut wanted: Vec<usize> = Vec::new();
    if let Some(attribute) = question.attribute {
        for phrases in [&lexicon.attribute_words, &lexicon.attribute_evidence] {
            for position in 0..sequence.len() {
                for found in phrases.at(position, &sequence) {
                    if found.value == attribute {
                        wanted.extend(found.words);
                    }
                }
            }
        }
    }
    for (position, term) in sequence.iter().enumerate() {
        if question.terms.iter().any(|known| known.term == *term) {
            wanted.push(position);
        }
    }
    let spans: Vec<_> = tokens(quote).into_iter().map(|token| token.span).collect();
    wanted
        .into_iter()
        .filter_map(|position| spans.get(position))
        .map(
            |span| if span.start <= place { place - span.start.min(place) } else { (span.start - place) * 2 },
        )
        .min()
        .unwrap_or(usize::MAX)
}

/// The items of the list that a passage belongs to, whole and in order; empty when it is no list.
pub fn items(document: u32, block: &BlockRecord, snapshot: &Snapshot) -> Vec<String> {
    block
        .passages
        .iter()
        .filter(|passage| passage.kind == PassageKind::List)
        .flat_map(|passage| &passage.parts)
        .filter_map(|part| {
            let start = part.label.map_or(part.value.0, |label| label.0.min(part.value.0));
            snapshot.text(document, (start, part.value.1))
        })
        .map(one_line)
        .collect()
}
