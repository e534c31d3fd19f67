//! When to ask back: places of the folder that fit a question equally and say different things.

use super::compose::Judged;
use super::extract;
use super::judge::judge_alone;
use super::model::Topic;
use crate::corpus::PassageKind;
use crate::index::Snapshot;
use crate::lexicon::Lexicon;
use crate::question::{Kind, Question};
use crate::retrieval::{Candidate, names};

/// Two places fit equally when what decides between subjects differs by less than this, of 6 …
const EQUAL: f64 = 0.12;
/// … and their whole scores by less than this.
const EQUAL_SCORE: f64 = 1.0;
/// With a question that names nothing, a passage that states the attribute and a value at least this surely is meant as
/// likely as the best one.
const LIKELY: f64 = 0.85;

/// A passage of another document that would be believed this surely if it stood alone, and is fewer points behind, is meant as likely.
const SURE: f64 = 0.85;
const SURE_SCORE: f64 = 2.0;
const SAME_TITLES: f64 = 0.1;

/// The places between which nothing in the question decides, though they say different things; `None` when one is ahead.
pub(super) fn equal_choices(
    question: &Question,
    judged: &[Judged<'_>],
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Option<Vec<Topic>> {
    if question.attribute.is_none()
        || !matches!(question.kind, Kind::Value | Kind::Count | Kind::When | Kind::Who | Kind::List)
    {
        return None;
    }
    let first = judged.first()?;
    // "how long is the certificate?" names nothing: any document that states it may be meant.
    let of_level = |judged: &Judged<'_>| question.level.is_none() || judged.candidate.features.level >= 1.0;
    let vague = question.subject_terms().all(|term| term.modifier) && of_level(first);
    let said = |judged: &Judged<'_>| {
        let passage = judged.candidate.record()?;
        extract::value(question, &judged.candidate.context, passage, snapshot, lexicon)
    };
    let place = |candidate: &Candidate<'_>| {
        let heading = candidate.context.headings.iter().find(|heading| !heading.names.is_empty());
        Topic {
            label: heading
                .map_or_else(|| candidate.context.document.title.clone(), |heading| heading.heading.clone()),
            document: candidate.context.document.path.clone(),
        }
    };
    // A place that the question names in full is no choice: nothing more could be said to pick it.
    let open = |candidate: &Candidate<'_>| {
        candidate
            .context
            .headings
            .iter()
            .find(|heading| !heading.names.is_empty())
            .is_some_and(|heading| heading.names.iter().any(|name| !names(question, *name)))
    };
    // Neither is a row whose key the question names.
    let keyed = |candidate: &Candidate<'_>| {
        let row = candidate.record().filter(|record| record.kind == PassageKind::Row);
        row.is_some_and(|row| {
            candidate.features.row >= 1.0 && row.key_terms().any(|term| names(question, term))
        })
    };
    if !vague && (!open(&first.candidate) || keyed(&first.candidate)) {
        return None;
    }
    let rank = |candidate: &Candidate<'_>| {
        let features = candidate.features;
        features.subject
            + features.attribute
            + features.value
            + features.literal
            + features.heading
            + features.near
    };
    let mut choices = vec![(place(&first.candidate), said(first))];
    for other in judged.iter().skip(1) {
        let other_document = other.candidate.context.block.document != first.candidate.context.block.document;
        let as_likely = vague
            && of_level(other)
            && other_document
            && other.candidate.features.attribute >= LIKELY
            && other.candidate.features.value >= LIKELY;
        // Another document that bears as much of the question in its titles would be believed as well if it stood alone.
        let as_sure = || {
            other_document
                && open(&other.candidate)
                && (first.candidate.features.titled - other.candidate.features.titled).abs() < SAME_TITLES
                && first.candidate.score - other.candidate.score < SURE_SCORE
                && judge_alone(question, &other.candidate, lexicon) >= SURE
        };
        let equal = other.verdict.objection.is_none()
            && (as_likely
                || as_sure()
                || open(&other.candidate)
                    && (rank(&first.candidate) - rank(&other.candidate)).abs() < EQUAL
                    && (first.candidate.score - other.candidate.score).abs() < EQUAL_SCORE);
        let choice = (place(&other.candidate), said(other));
        if equal && choices.iter().all(|known| known.0 != choice.0 && known.1 != choice.1) {
            choices.push(choice);
        }
    }
    (choices.len() >= 2).then(|| choices.into_iter().map(|(topic, _)| topic).collect())
}
