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
}

/// Judges a candidate.
pub fn judge(question: &Question, candidate: &Candidate<'_>) -> Verdict {
    let model = if question.attribute.is_some() { &STATED } else { &OPEN };
    Verdict {
        confidence: confidence(model, &candidate.features),
        objection: candidate.broken.first().map(|broken| broken.why.clone()),
    }
}

/// The logistic model of confidence: the intercept, and a weight ≥ 0 for each feature.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    /// Log odds when every feature is 0.
    pub intercept: f64,
    /// Log odds that each feature adds.
    pub weights: Features,
}

/// For questions that name an attribute. Fitted by `registrar eval --fit`, as the ranking weights are.
pub const STATED: Model = Model {
    intercept: -16.07,
    weights: Features {
        subject: 1.09,
        weakest: 1.45,
        near: 0.00,
        own: 0.00,
        block: 0.00,
        bm25: 1.33,
        exact: 0.09,
        pairs: 0.00,
        attribute: 1.20,
        value: 0.61,
        literal: 1.34,
        heading: 0.18,
        focus: 0.91,
        about: 0.47,
        defines: 0.00,
        early: 0.00,
        rest: 0.35,
        form: 0.14,
        named: 1.76,
        words: 0.93,
        stated: 0.44,
        typed: 0.75,
        said: 1.16,
        year: 0.69,
        level: 1.11,
        people: 1.21,
        row: 0.45,
        thing: 0.62,
        figure: 0.42,
    },
};

/// For questions that name none.
pub const OPEN: Model = Model {
    intercept: -9.15,
    weights: Features {
        subject: 1.55,
        weakest: 1.26,
        near: 0.26,
        own: 0.00,
        block: 1.16,
        bm25: 0.58,
        exact: 0.20,
        pairs: 0.00,
        attribute: 0.00,
        value: 1.91,
        literal: 0.00,
        heading: 0.26,
        focus: 0.00,
        about: 1.29,
        defines: 0.97,
        early: 0.00,
        rest: 0.74,
        form: 0.35,
        named: 2.04,
        words: 0.25,
        stated: 0.00,
        typed: 0.29,
        said: 0.00,
        year: 0.42,
        level: 0.00,
        people: 0.00,
        row: 0.00,
        thing: 0.00,
        figure: 0.00,
    },
};

/// Probability that a passage with these features answers.
pub fn confidence(model: &Model, features: &Features) -> f64 {
    let sum: f64 =
        features.values().into_iter().zip(model.weights.values()).map(|(value, weight)| value * weight).sum();
    1.0 / (1.0 + (-(model.intercept + sum)).exp())
}
