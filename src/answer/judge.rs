//! Whether a candidate may be believed: a calibrated confidence from its features, the constraints that it keeps among them.

use crate::question::{Kind, Question};
use crate::retrieval::{Candidate, Constraint, Features};

/// What is thought of a candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Probability, 0 to 1, that it answers the question.
    pub confidence: f64,
    /// The gravest constraint that it breaks, if any.
    pub objection: Option<String>,
    /// How far it is ahead.
    pub lead: Lead,
}

/// How far the best candidate is ahead of those that say something else: 0 to 1 each; 0 for every other candidate.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Lead {
    /// Of the next one at all.
    pub ahead: f64,
    /// Of the next one from another document.
    pub apart: f64,
}

impl Lead {
    /// A lead of this much in score is a full one.
    const FULL: [f64; 2] = [3.0, 5.0];

    /// From differences in score; none when there is no other candidate.
    pub fn of(ahead: Option<f64>, apart: Option<f64>) -> Self {
        let part = |lead: Option<f64>, full: f64| lead.map_or(1.0, |lead| (lead / full).clamp(0.0, 1.0));
        let [whole, other] = Self::FULL;
        Self { ahead: part(ahead, whole), apart: part(apart, other) }
    }
}

/// What is left of the confidence in a candidate that cannot be the answer.
const REFUSED: f64 = 0.5;

/// Judges a candidate.
pub fn judge(question: &Question, candidate: &Candidate<'_>, lead: Lead) -> Verdict {
    let model = if question.attribute.is_some() { &STATED } else { &OPEN };
    // A name that is not there, or other people, is never made up for; neither is what was done, when it is asked who did it.
    let acts = question.attribute.is_none() && matches!(question.kind, Kind::Who | Kind::When);
    let refused = candidate.broken.iter().any(|broken| match broken.constraint {
        Constraint::Name | Constraint::People => true,
        Constraint::Word => acts,
        _ => false,
    });
    // Of the best candidates that break constraints of two kinds one in twenty is right.
    let kinds = candidate.broken.iter().map(|broken| broken.constraint);
    let several = kinds.clone().any(|kind| kinds.clone().next() != Some(kind));
    let confidence = confidence(model, &candidate.features, lead);
    Verdict {
        confidence: if refused || several { confidence * REFUSED } else { confidence },
        objection: candidate.broken.first().map(|broken| broken.told(question)),
        lead,
    }
}

/// The logistic model of confidence: the intercept, and a weight ≥ 0 for each feature.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    /// Log odds when every feature is 0.
    pub intercept: f64,
    /// Log odds that each feature adds.
    pub weights: Features,
    /// Log odds that a full lead adds.
    pub lead: Lead,
}

/// For questions that name an attribute. Fitted as the ranking weights are, to whether the best candidate is right; `posed` is set by hand.
pub const STATED: Model = Model {
    intercept: -12.75,
    weights: Features {
        subject: 0.64,
        weakest: 0.48,
        near: 0.43,
        own: 0.00,
        posed: 2.00,
        bm25: 0.70,
        exact: 0.00,
        pairs: 0.00,
        attribute: 0.79,
        alike: 0.51,
        value: 1.17,
        literal: 0.62,
        heading: 0.14,
        focus: 0.23,
        about: 0.44,
        titled: 0.00,
        defines: 0.00,
        early: 0.00,
        rest: 0.33,
        form: 0.51,
        decides: 0.00,
        named: 1.09,
        words: 0.04,
        stated: 0.11,
        typed: 0.63,
        said: 0.22,
        year: 1.19,
        level: 0.78,
        people: 0.67,
        row: 0.33,
        thing: 0.23,
        figure: 0.30,
        all: 0.82,
    },
    lead: Lead { ahead: 1.72, apart: 0.89 },
};

/// For questions that name none.
pub const OPEN: Model = Model {
    intercept: -9.53,
    weights: Features {
        subject: 1.25,
        weakest: 0.03,
        near: 0.89,
        own: 0.49,
        posed: 2.00,
        bm25: 0.11,
        exact: 0.53,
        pairs: 0.00,
        attribute: 0.00,
        alike: 1.06,
        value: 0.93,
        literal: 0.00,
        heading: 0.15,
        focus: 0.00,
        about: 0.58,
        titled: 0.00,
        defines: 1.51,
        early: 0.00,
        rest: 0.43,
        form: 0.08,
        decides: 0.58,
        named: 1.10,
        words: 0.24,
        stated: 0.00,
        typed: 0.94,
        said: 0.00,
        year: 0.67,
        level: 0.28,
        people: 0.00,
        row: 0.00,
        thing: 0.40,
        figure: 0.00,
        all: 0.00,
    },
    lead: Lead { ahead: 2.06, apart: 0.86 },
};

/// Probability that a passage with these features and this lead answers.
pub fn confidence(model: &Model, features: &Features, lead: Lead) -> f64 {
    let sum: f64 =
        features.values().into_iter().zip(model.weights.values()).map(|(value, weight)| value * weight).sum();
    let lead = model.lead.ahead * lead.ahead + model.lead.apart * lead.apart;
    1.0 / (1.0 + (-(model.intercept + sum + lead)).exp())
}
