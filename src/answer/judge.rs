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
    intercept: -15.30,
    weights: Features {
        subject: 1.14,
        weakest: 1.57,
        near: 0.00,
        own: 0.00,
        block: 0.00,
        bm25: 1.29,
        exact: 0.05,
        pairs: 0.00,
        attribute: 1.27,
        value: 0.62,
        literal: 1.41,
        heading: 0.16,
        focus: 0.79,
        about: 0.42,
        defines: 0.00,
        early: 0.00,
        rest: 0.45,
        form: 0.20,
        named: 1.62,
        words: 0.80,
        stated: 0.17,
        typed: 0.87,
        said: 1.11,
        year: 0.67,
        level: 1.01,
        people: 1.18,
        row: 0.49,
        thing: 0.53,
    },
};

/// For questions that name none.
pub const OPEN: Model = Model {
    intercept: -8.52,
    weights: Features {
        subject: 1.54,
        weakest: 1.15,
        near: 0.49,
        own: 0.00,
        block: 0.91,
        bm25: 0.38,
        exact: 0.48,
        pairs: 0.00,
        attribute: 0.00,
        value: 1.90,
        literal: 0.00,
        heading: 0.26,
        focus: 0.00,
        about: 1.22,
        defines: 0.62,
        early: 0.00,
        rest: 0.82,
        form: 0.19,
        named: 2.01,
        words: 0.11,
        stated: 0.00,
        typed: 0.05,
        said: 0.00,
        year: 0.43,
        level: 0.00,
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

