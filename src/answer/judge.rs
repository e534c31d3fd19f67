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
    intercept: -16.28,
    weights: Features {
        subject: 1.31,
        weakest: 1.19,
        near: 0.00,
        own: 0.00,
        block: 0.00,
        bm25: 1.50,
        exact: 0.00,
        pairs: 0.00,
        attribute: 1.27,
        value: 0.90,
        literal: 1.59,
        heading: 0.17,
        focus: 1.01,
        about: 0.32,
        defines: 0.00,
        early: 0.00,
        rest: 0.45,
        form: 0.02,
        named: 1.71,
        words: 0.98,
        stated: 0.17,
        typed: 0.91,
        said: 1.13,
        year: 0.72,
        level: 0.87,
        people: 1.40,
        row: 0.52,
        thing: 0.59,
    },
};

/// For questions that name none.
pub const OPEN: Model = Model {
    intercept: -8.15,
    weights: Features {
        subject: 1.19,
        weakest: 1.02,
        near: 0.00,
        own: 0.00,
        block: 0.50,
        bm25: 0.33,
        exact: 0.62,
        pairs: 0.00,
        attribute: 0.00,
        value: 1.88,
        literal: 0.00,
        heading: 0.37,
        focus: 0.00,
        about: 1.08,
        defines: 0.91,
        early: 0.00,
        rest: 1.18,
        form: 0.00,
        named: 1.77,
        words: 0.73,
        stated: 0.00,
        typed: 0.00,
        said: 0.00,
        year: 0.59,
        level: 0.05,
        people: 0.00,
        row: 0.00,
        thing: 0.00,
    },
};

/// Probability that a passage with these features answers.
pub fn confidence(model: &Model, features: &Features) -> f64 {
    let sum: f64 =
        features.values().into_iter().zip(model.weights.values()).map(|(value, weight)| value * weight).sum();
    1.0 / (1.0 + (-(model.intercept + sum)).exp())
}
