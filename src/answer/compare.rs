//! Comparison: each side of the question answered on its own, both cited. One side without an answer leaves none.

use super::account::understood;
use super::compose::{Breadth, Draft, compose, judge_all};
use crate::index::Snapshot;
use crate::lexicon::{Expect, Lexicon};
use crate::question::{Kind, Question, Role};
use crate::retrieval::retrieve;

/// Each side of a comparison answered on its own; both must hold.
pub(super) fn compare(
    question: &Question,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
    min_confidence: f64,
) -> Option<Draft> {
    let mut joined = Draft { confidence: 1.0, ..Draft::default() };
    let all: Vec<usize> = question.sides.iter().flatten().copied().collect();
    for side in &question.sides {
        let mut one = question.clone();
        one.kind = match question.expects.first() {
            Some(Expect::Money | Expect::Percent | Expect::Duration | Expect::Hours) => Kind::Value,
            Some(Expect::Count) => Kind::Count,
            Some(Expect::List) => Kind::List,
            _ if question.attribute.is_some() => Kind::Fact,
            _ => Kind::Definition,
        };
        one.sides = Vec::new();
        one.terms = question
            .terms
            .iter()
            .enumerate()
            .filter(|(index, _)| side.contains(index) || !all.contains(index))
            .map(|(_, term)| term.clone())
            .collect();
        let judged = judge_all(&one, retrieve(&one, snapshot, lexicon), snapshot, lexicon);
        let draft = compose(&one, &judged, Breadth::Passage, snapshot, lexicon)
            .filter(|draft| draft.confidence >= min_confidence)?;
        let name = side
            .iter()
            .filter_map(|index| question.terms.get(*index))
            .filter(|term| term.role == Role::Subject)
            .map(|term| term.word.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        if !joined.text.is_empty() {
            joined.text.push('\n');
        }
        joined.text.push_str(&format!("{name}: {}", draft.text));
        joined.confidence = joined.confidence.min(draft.confidence);
        joined.citations.extend(draft.citations.into_iter().take(1));
    }
    joined.why = understood(question, lexicon);
    Some(joined)
}
