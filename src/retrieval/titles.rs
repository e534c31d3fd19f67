//! How well the headings that a block stands under fit a question.

use super::asked::Asked;
use super::context::BlockContext;
use super::features::share;
use super::support::{DOCUMENT, holds};
use crate::question::QuestionTerm;
use crate::text::Term;

/// How well a block's headings fit a question, worked out once for all its passages.
pub(super) struct Titles {
    /// See [`super::Features::heading`].
    pub heading: f64,
    /// See [`super::Features::about`].
    pub about: f64,
    /// See [`super::Features::titled`].
    pub titled: f64,
}

impl Titles {
    /// Reads a block's headings.
    pub fn of(question: &Asked<'_>, context: &BlockContext<'_>) -> Self {
        Self {
            heading: (1.0 - stray(question, context)) * level_fit(question, context),
            about: about(question, context),
            titled: titled(&question.subject, context),
        }
    }
}

/// Share of the things named by the nearest heading that the question does not name.
fn stray(question: &Asked<'_>, context: &BlockContext<'_>) -> f64 {
    let Some(nearest) = context.headings.first().filter(|_| context.headings.len() > 1) else { return 0.0 };
    if nearest.names.is_empty() {
        return 0.0;
    }
    let strange = nearest.names.iter().filter(|name| !question.names(**name)).count();
    strange as f64 / nearest.names.len() as f64
}

/// A heading of another level than the one asked for fits badly, whatever the passage mentions.
fn level_fit(question: &Asked<'_>, context: &BlockContext<'_>) -> f64 {
    let nearest = context.headings.iter().find_map(|heading| heading.level).map(usize::from);
    match (question.level, nearest) {
        (Some(wanted), Some(level)) if wanted != level => 0.3,
        _ => 1.0,
    }
}

/// How much of the best fitting heading the question names.
fn about(question: &Asked<'_>, context: &BlockContext<'_>) -> f64 {
    context
        .headings
        .iter()
        .filter(|heading| !heading.terms.is_empty())
        .map(|heading| {
            let named = heading.terms.iter().filter(|wanted| question.says_subject(**wanted)).count();
            named as f64 / heading.terms.len() as f64
        })
        .fold(0.0, f64::max)
}

/// Share of the subject's weight that the headings above the passage name, or the head of its document.
fn titled(subject: &[&QuestionTerm], context: &BlockContext<'_>) -> f64 {
    share(subject.iter().map(|term| {
        let heading = |wanted: Term| context.headings.iter().any(|heading| heading.terms.contains(&wanted));
        let document = |wanted: Term| context.document.identity.binary_search(&wanted).is_ok();
        (term.weight, holds(term, &heading).max(DOCUMENT * holds(term, &document)))
    }))
}
