//! Whether a candidate may be believed: a calibrated confidence from its features, the constraints that it keeps among them.

use crate::question::Question;
use crate::retrieval::{Candidate, Features};

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

/// Judges a candidate.
pub fn judge(question: &Question, candidate: &Candidate<'_>, lead: Lead) -> Verdict {
    let model = if question.attribute.is_some() { &STATED } else { &OPEN };
    Verdict {
        confidence: confidence(model, &candidate.features, lead),
        objection: candidate.broken.first().map(|broken| broken.why.clone()),
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

/// For questions that name an attribute. Fitted by `registrar eval --fit`, as the ranking weights are.
pub const STATED: Model = Model {
    intercept: -15.61,
    weights: Features {
        subject: 0.58,
        weakest: 1.31,
        near: 0.00,
        own: 0.00,
        block: 0.00,
        bm25: 0.55,
        exact: 0.00,
        pairs: 0.00,
        attribute: 1.11,
        value: 0.74,
        literal: 0.82,
        heading: 0.00,
        focus: 0.29,
        about: 0.53,
        defines: 0.00,
        early: 0.00,
        rest: 0.26,
        form: 0.04,
        named: 1.76,
        words: 1.00,
        stated: 0.22,
        typed: 0.80,
        said: 1.68,
        year: 0.69,
        level: 1.07,
        people: 0.92,
        row: 0.24,
        thing: 0.92,
        figure: 0.36,
    },
    lead: Lead { ahead: 1.77, apart: 1.08 },
};

/// For questions that name none.
pub const OPEN: Model = Model {
    intercept: -9.14,
    weights: Features {
        subject: 1.49,
        weakest: 0.72,
        near: 0.16,
        own: 0.08,
        block: 0.92,
        bm25: 0.00,
        exact: 0.00,
        pairs: 0.00,
        attribute: 0.00,
        value: 0.84,
        literal: 0.00,
        heading: 0.43,
        focus: 0.00,
        about: 0.81,
        defines: 0.80,
        early: 0.00,
        rest: 0.50,
        form: 0.00,
        named: 1.49,
        words: 0.97,
        stated: 0.00,
        typed: 0.57,
        said: 0.00,
        year: 0.76,
        level: 0.00,
        people: 0.00,
        row: 0.00,
        thing: 0.00,
        figure: 0.00,
    },
    lead: Lead { ahead: 1.70, apart: 1.36 },
};

/// Probability that a passage with these features and this lead answers.
pub fn confidence(model: &Model, features: &Features, lead: Lead) -> f64 {
    let sum: f64 =
        features.values().into_iter().zip(model.weights.values()).map(|(value, weight)| value * weight).sum();
    let lead = model.lead.ahead * lead.ahead + model.lead.apart * lead.apart;
    1.0 / (1.0 + (-(model.intercept + sum + lead)).exp())
}
