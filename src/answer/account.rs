//! The account behind `--why` and the "Why?" button: what was understood, what won, what came second, the threshold.

use super::compose::Judged;
use super::judge::reasons;
use super::signals::Signals;
use crate::lexicon::Lexicon;
use crate::question::{Question, Role};
use crate::retrieval::parts_of;

/// What was understood, for `--why`.
pub(super) fn understood(question: &Question, lexicon: &Lexicon) -> Vec<String> {
    let words = |role: Role| {
        question
            .terms
            .iter()
            .filter(|term| term.role == role)
            .map(|term| term.word.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut why = vec![format!("kind: {}", question.kind.name())];
    if let Some(attribute) = question.attribute.and_then(|id| lexicon.attributes.get(id)) {
        why.push(format!("asked for: {} ({})", attribute.label, words(Role::Attribute)));
    }
    why.push(format!("subject: {}", words(Role::Subject)));
    for (typed, read) in &question.corrections {
        why.push(format!("read \"{typed}\" as \"{read}\""));
    }
    if !question.carried.is_empty() {
        why.push(format!("taken from before: {}", question.carried.join(", ")));
    }
    let synonyms: Vec<String> = question
        .subject_terms()
        .filter(|term| !term.alternatives.is_empty())
        .map(|term| {
            let ways: Vec<String> = term.alternatives.iter().map(|way| way.stems.join(" ")).collect();
            format!("{} = {}", term.word, ways.join(" | "))
        })
        .collect();
    if !synonyms.is_empty() {
        why.push(format!("also looked for: {}", synonyms.join("; ")));
    }
    why
}

/// The winner, the runner-up and the threshold, for `--why`.
pub(super) fn account(judged: &[Judged<'_>], min_confidence: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for (rank, judged) in ["best", "next"].iter().zip(judged) {
        let candidate = &judged.candidate;
        let parts: Vec<String> = parts_of(&candidate.features)
            .iter()
            .take(5)
            .map(|(name, part)| format!("{name} {part:.2}"))
            .collect();
        let place = candidate.record().map_or((0, 0), |passage| passage.lines);
        lines.push(format!(
            "{rank}: {}:{} score {:.2} ({}), confidence {:.2}{}",
            candidate.context.document.path,
            place.0,
            candidate.score,
            parts.join(", "),
            judged.verdict.confidence,
            judged.verdict.objection.as_ref().map(|why| format!(", but {why}")).unwrap_or_default()
        ));
    }
    lines.extend(judged.first().and_then(|best| best.verdict.signals.as_deref()).map(trust));
    lines.push(format!("threshold: {min_confidence:.2}"));
    lines
}

/// What the confidence in the best candidate comes from.
fn trust(signals: &Signals) -> String {
    /// Reasons of either sort that are told.
    const MOST: usize = 4;
    let reasons = reasons(signals);
    let told = |for_it: bool| {
        let of_this_sort = reasons.iter().filter(|(_, part)| (*part > 0.0) == for_it && *part != 0.0);
        let told: Vec<String> =
            of_this_sort.take(MOST).map(|(name, part)| format!("{name} {part:+.2}")).collect();
        if told.is_empty() { "nothing".to_owned() } else { told.join(", ") }
    };
    format!("confidence comes from: for it {}; against it {}", told(true), told(false))
}
