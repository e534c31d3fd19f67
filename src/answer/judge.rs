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
    intercept: -16.47,
    weights: Features {
        subject: 0.98,
        weakest: 1.53,
        near: 0.00,
        own: 0.00,
        block: 0.00,
        bm25: 1.31,
        exact: 0.17,
        pairs: 0.00,
        attribute: 1.29,
        value: 0.90,
        literal: 1.35,
        heading: 0.12,
        focus: 0.66,
        about: 0.75,
        defines: 0.00,
        early: 0.00,
        rest: 0.35,
        form: 0.11,
        named: 1.80,
        words: 1.06,
        stated: 0.49,
        typed: 0.64,
        said: 1.36,
        year: 0.68,
        level: 1.04,
        people: 1.17,
        row: 0.21,
        thing: 0.83,
        figure: 0.53,
    },
};

/// For questions that name none.
pub const OPEN: Model = Model {
    intercept: -8.73,
    weights: Features {
        subject: 1.59,
        weakest: 0.99,
        near: 0.15,
        own: 0.33,
        block: 1.25,
        bm25: 0.33,
        exact: 0.00,
        pairs: 0.00,
        attribute: 0.00,
        value: 1.39,
        literal: 0.00,
        heading: 0.24,
        focus: 0.00,
        about: 1.34,
        defines: 0.71,
        early: 0.00,
        rest: 0.75,
        form: 0.25,
        named: 1.85,
        words: 0.47,
        stated: 0.00,
        typed: 0.65,
        said: 0.00,
        year: 0.57,
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
