//! Rows that are a list when they are read together: the courses of a plan, the states with what each pays. Whether a row says more
//! alone is for the question to tell.

use super::context::BlockContext;
use super::support::holds;
use crate::corpus::{PassageKind, Value, ValueKind};
use crate::index::records::PassageRecord;
use crate::question::{Kind, Question};
use crate::text::Term;

/// Fewer rows are no list.
const LEAST_ROWS: usize = 3;

/// Whether a list is asked for and a block is made of several rows, none of which the question names: the rows are the list.
pub fn tabled(question: &Question, context: &BlockContext<'_>) -> bool {
    if question.kind != Kind::List {
        return false;
    }
    let passages = &context.block.passages;
    let rows = || passages.iter().filter(|row| row.kind.is_row());
    // What the headings name is said of all rows: "Dental Anatomy" among the courses of a dental program is one of them.
    let above = |wanted: Term| context.headings.iter().any(|heading| heading.terms.contains(&wanted));
    let strange = || question.subject_terms().filter(|term| holds(term, &above) == 0.0);
    let named = |row: &PassageRecord| {
        let own: Vec<Term> = row.key_terms().collect();
        strange().any(|term| holds(term, &|wanted| own.contains(&wanted)) > 0.0)
    };
    // What keys are told is a list only where all are told the same kind of thing.
    let keyed = rows().any(|row| row.kind == PassageKind::KeyValue);
    rows().count() >= LEAST_ROWS && (!keyed || measure(passages).is_some()) && !rows().any(named)
}

/// The kind of value that every one of several passages states.
fn measure(passages: &[PassageRecord]) -> Option<ValueKind> {
    let holds =
        |passage: &PassageRecord, kind: ValueKind| passage.values.iter().any(|value| value.kind == kind);
    let kinds = passages.first()?.values.iter().map(|value: &Value| value.kind);
    kinds.into_iter().find(|kind| passages.iter().all(|passage| holds(passage, *kind)))
}
