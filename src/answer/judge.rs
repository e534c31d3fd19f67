//! Whether a candidate may be believed: a calibrated confidence from its features, the constraints that it keeps among them.

use crate::corpus::PassageKind;
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
    /// Nothing else says anything.
    pub const FULL: Self = Self { ahead: 1.0, apart: 1.0 };
    /// A lead of this much in score is a full one.
    const WHOLE: [f64; 2] = [3.0, 5.0];

    /// From differences in score; none when there is no other candidate.
    pub fn of(ahead: Option<f64>, apart: Option<f64>) -> Self {
        let part = |lead: Option<f64>, full: f64| lead.map_or(1.0, |lead| (lead / full).clamp(0.0, 1.0));
        let [whole, other] = Self::WHOLE;
        Self { ahead: part(ahead, whole), apart: part(apart, other) }
    }
}

/// What a question asks for, as far as confidence in an answer depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// An attribute.
    Stated,
    /// An attribute whose answer is a list.
    Listed,
    /// Something that no attribute names.
    Open,
}

impl Wanted {
    /// Of a question.
    pub fn of(question: &Question) -> Self {
        match (question.attribute, question.kind) {
            (None, _) => Self::Open,
            (Some(_), Kind::List) => Self::Listed,
            (Some(_), _) => Self::Stated,
        }
    }

    fn model(self) -> &'static Model {
        match self {
            Self::Stated => &STATED,
            Self::Listed => &LISTED,
            Self::Open => &OPEN,
        }
    }
}

/// What is left of the confidence in a candidate that cannot be the answer.
const REFUSED: f64 = 0.5;

/// Judges a candidate.
pub fn judge(question: &Question, candidate: &Candidate<'_>, lead: Lead) -> Verdict {
    let model = Wanted::of(question).model();
    // A name that is not there, or other people, is never made up for; neither is what was done, when it is asked who did it.
    let acts = question.attribute.is_none() && matches!(question.kind, Kind::Who | Kind::When);
    // A row says by its key which end of a scale it is.
    let sentence = candidate.record().is_some_and(|record| record.kind == PassageKind::Sentence);
    let refused = candidate.broken.iter().any(|broken| match broken.constraint {
        Constraint::Name | Constraint::People => true,
        Constraint::Scale => sentence,
        Constraint::Word => acts,
        _ => false,
    });
    // A yes or no that no word decides, on something that no attribute names, is a guess.
    let guessed =
        question.kind == Kind::YesNo && question.attribute.is_none() && candidate.features.decides == 0.0;
    // Of the best candidates that break constraints of two kinds one in twenty is right.
    let kinds = candidate.broken.iter().map(|broken| broken.constraint);
    let several = kinds.clone().any(|kind| kinds.clone().next() != Some(kind));
    let confidence = confidence(model, &candidate.features, lead);
    Verdict {
        confidence: if refused || several || guessed { confidence * REFUSED } else { confidence },
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

/// For questions that name an attribute. Fitted as the ranking weights are, to whether the best candidate is right.
pub const STATED: Model = Model {
    intercept: -11.43,
    weights: Features {
        subject: 0.51,
        weakest: 0.35,
        near: 0.62,
        own: 0.00,
        posed: 0.21,
        bm25: 0.61,
        exact: 0.08,
        pairs: 0.00,
        attribute: 0.76,
        alike: 0.29,
        value: 0.87,
        literal: 0.73,
        heading: 0.06,
        focus: 0.40,
        about: 0.42,
        titled: 0.00,
        defines: 0.00,
        early: 0.00,
        rest: 0.28,
        form: 0.07,
        decides: 0.00,
        named: 1.19,
        words: 0.00,
        stated: 0.31,
        typed: 0.58,
        said: 0.00,
        year: 1.06,
        level: 0.74,
        people: 0.56,
        row: 0.00,
        thing: 0.10,
        figure: 0.26,
        all: 0.92,
    },
    lead: Lead { ahead: 1.98, apart: 0.88 },
};

/// For questions that name an attribute whose answer is a list: what is needed, taught, hired for.
pub const LISTED: Model = Model {
    intercept: -10.66,
    weights: Features {
        subject: 0.68,
        weakest: 0.47,
        near: 0.00,
        own: 0.00,
        posed: 0.00,
        bm25: 0.06,
        exact: 0.00,
        pairs: 0.08,
        attribute: 0.40,
        alike: 1.39,
        value: 2.57,
        literal: 0.95,
        heading: 0.77,
        focus: 0.36,
        about: 0.69,
        titled: 0.05,
        defines: 0.00,
        early: 0.00,
        rest: 0.67,
        form: 0.60,
        decides: 0.00,
        named: 1.01,
        words: 0.81,
        stated: 0.00,
        typed: 0.00,
        said: 0.08,
        year: 0.05,
        level: 0.63,
        people: 0.00,
        row: 0.05,
        thing: 0.00,
        figure: 0.00,
        all: 0.00,
    },
    lead: Lead { ahead: 0.96, apart: 1.02 },
};

/// For questions that name none.
pub const OPEN: Model = Model {
    intercept: -9.17,
    weights: Features {
        subject: 0.84,
        weakest: 0.00,
        near: 0.71,
        own: 0.75,
        posed: 0.28,
        bm25: 0.36,
        exact: 0.04,
        pairs: 0.00,
        attribute: 0.00,
        alike: 1.08,
        value: 0.97,
        literal: 0.00,
        heading: 0.24,
        focus: 0.00,
        about: 0.25,
        titled: 0.00,
        defines: 1.70,
        early: 0.00,
        rest: 0.60,
        form: 0.00,
        decides: 0.62,
        named: 1.07,
        words: 0.17,
        stated: 0.00,
        typed: 0.59,
        said: 0.00,
        year: 0.80,
        level: 0.17,
        people: 0.00,
        row: 0.00,
        thing: 0.40,
        figure: 0.00,
        all: 0.00,
    },
    lead: Lead { ahead: 2.43, apart: 1.13 },
};

/// Probability that a passage with these features and this lead answers.
pub fn confidence(model: &Model, features: &Features, lead: Lead) -> f64 {
    let sum: f64 =
        features.values().into_iter().zip(model.weights.values()).map(|(value, weight)| value * weight).sum();
    let lead = model.lead.ahead * lead.ahead + model.lead.apart * lead.apart;
    1.0 / (1.0 + (-(model.intercept + sum + lead)).exp())
}
