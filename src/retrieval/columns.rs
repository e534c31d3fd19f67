//! Which cell of a row a question asks for: the one under the header that it names, where one is. It takes no value out of the cell.

use crate::corpus::PassageKind;
use crate::index::Snapshot;
use crate::index::records::{ByteSpan, PartRecord, PassageRecord, has};
use crate::question::{Kind, Question, QuestionTerm, Role};
use crate::text::terms;

use super::context::BlockContext;
use super::support::holds;

/// A header that names what is asked weighs as much as a rare word.
const STATES: f64 = 3.0;

/// A word of the subject in a header counts this much more than a vague one.
const SUBJECT: f64 = 1.5;

/// The cell that the question chooses by its header, of those that state what is asked where some do; `None` where nothing in the question
/// tells one column from the others.
pub fn chosen_cell(
    question: &Question,
    passage: &PassageRecord,
    context: &BlockContext<'_>,
    snapshot: &Snapshot,
) -> Option<ByteSpan> {
    let (_, cells) = passage.parts.split_first().filter(|_| passage.kind == PassageKind::Row)?;
    if matches!(question.kind, Kind::List | Kind::Comparison | Kind::YesNo) {
        return None;
    }
    let header = &context.block.lead_terms;
    let narrows = |term: &&QuestionTerm| holds(term, &|wanted| header.contains(&wanted)) > 0.0;
    let narrowing: Vec<&QuestionTerm> = question.terms.iter().filter(narrows).collect();
    let states = |part: &PartRecord| question.attribute.is_some_and(|id| has(part.attributes, id));
    // A vague word alone chooses no column.
    if !cells.iter().any(states) && narrowing.iter().all(|term| term.role != Role::Subject) {
        return None;
    }
    let document = context.block.document;
    let fit = |part: &PartRecord| -> f64 {
        let label =
            part.label.and_then(|label| snapshot.text(document, label)).map(terms).unwrap_or_default();
        // "Nonresident, per year" is what is asked of nonresidents, though "Studio fee" is a price by name.
        let held = |term: &&QuestionTerm| holds(term, &|wanted| label.contains(&wanted));
        let weight = |term: &&QuestionTerm| {
            if term.role == Role::Subject && !(term.modifier || term.person || term.carried) {
                SUBJECT * term.weight
            } else {
                term.weight
            }
        };
        let named = narrowing.iter().map(|term| weight(term) * held(term));
        named.sum::<f64>() + if states(part) { STATES } else { 0.0 }
    };
    let fits: Vec<f64> = cells.iter().map(fit).collect();
    let best = fits.iter().copied().fold(0.0, f64::max);
    let mut at = fits.iter().zip(cells).filter(|(fit, _)| best > 0.0 && **fit >= best);
    let (_, first) = at.next()?;
    at.next().is_none().then_some(first.value)
}
