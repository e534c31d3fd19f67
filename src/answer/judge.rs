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
    intercept: -15.36,
    weights: Features {
        subject: 1.11,
        weakest: 1.60,
        near: 0.00,
        own: 0.00,
        block: 0.00,
        bm25: 1.31,
        exact: 0.07,
        pairs: 0.00,
        attribute: 1.21,
        value: 0.67,
        literal: 1.34,
        heading: 0.20,
        focus: 0.82,
        about: 0.50,
        defines: 0.00,
        early: 0.00,
        rest: 0.33,
        form: 0.16,
        named: 1.57,
        words: 0.81,
        stated: 0.40,
        typed: 0.73,
        said: 1.14,
        year: 0.69,
        level: 1.08,
        people: 1.24,
        row: 0.44,
        thing: 0.56,
    },
};

/// For questions that name none.
pub const OPEN: Model = Model {
    intercept: -9.18,
    weights: Features {
        subject: 1.58,
        weakest: 1.20,
        near: 0.29,
        own: 0.00,
        block: 0.90,
        bm25: 0.47,
        exact: 0.48,
        pairs: 0.00,
        attribute: 0.00,
        value: 2.01,
        literal: 0.00,
        heading: 0.26,
        focus: 0.00,
        about: 1.23,
        defines: 0.97,
        early: 0.00,
        rest: 0.70,
        form: 0.35,
        named: 2.01,
        words: 0.23,
        stated: 0.00,
        typed: 0.43,
        said: 0.00,
        year: 0.44,
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

