//! The ranking score: named weights over the features, and a readable account of them.

use super::features::Features;
use crate::question::{Kind, Question};

/// A feature's weight; all are ≥ 0, so that more of anything good never lowers a passage.
#[derive(Debug, Clone, Copy)]
pub struct Weights {
    /// See [`Features::subject`].
    pub subject: f64,
    /// See [`Features::near`].
    pub near: f64,
    /// See [`Features::own`].
    pub own: f64,
    /// See [`Features::block`].
    pub block: f64,
    /// See [`Features::bm25`].
    pub bm25: f64,
    /// See [`Features::exact`].
    pub exact: f64,
    /// See [`Features::pairs`].
    pub pairs: f64,
    /// See [`Features::attribute`].
    pub attribute: f64,
    /// See [`Features::value`].
    pub value: f64,
    /// See [`Features::literal`].
    pub literal: f64,
    /// See [`Features::heading`].
    pub heading: f64,
    /// See [`Features::focus`].
    pub focus: f64,
    /// See [`Features::about`].
    pub about: f64,
    /// See [`Features::defines`].
    pub defines: f64,
    /// See [`Features::early`].
    pub early: f64,
}

/// Chosen by hand after the order of weights found on public question sets (coverage by context before BM25 before
/// exact words before pairs); to be fitted from evaluation data.
pub const WEIGHTS: Weights = Weights {
    subject: 5.0,
    near: 1.0,
    own: 1.2,
    block: 0.6,
    bm25: 1.5,
    exact: 0.8,
    pairs: 0.8,
    attribute: 5.0,
    value: 1.8,
    literal: 3.0,
    heading: 1.5,
    focus: 0.8,
    about: 1.2,
    defines: 1.5,
    early: 0.2,
};

/// The ranking score and its parts, the largest first.
pub fn score(question: &Question, features: &Features) -> (f64, Vec<(&'static str, f64)>) {
    let defines = if question.kind == Kind::Definition { features.defines } else { 0.0 };
    let mut parts = vec![
        ("subject supported", WEIGHTS.subject * features.subject),
        ("subject near", WEIGHTS.near * features.near),
        ("words in the passage", WEIGHTS.own * features.own),
        ("words in the block", WEIGHTS.block * features.block),
        ("BM25", WEIGHTS.bm25 * features.bm25),
        ("exact words", WEIGHTS.exact * features.exact),
        ("words side by side", WEIGHTS.pairs * features.pairs),
        ("attribute stated", WEIGHTS.attribute * features.attribute),
        ("expected value", WEIGHTS.value * features.value),
        ("attribute's own words", WEIGHTS.literal * features.literal),
        ("heading fits", WEIGHTS.heading * features.heading),
        ("on the point", WEIGHTS.focus * features.focus),
        ("document is about it", WEIGHTS.about * features.about),
        ("says what it is", WEIGHTS.defines * defines),
        ("early in its block", WEIGHTS.early * features.early),
    ];
    parts.sort_by(|one, other| other.1.total_cmp(&one.1));
    (parts.iter().map(|(_, part)| part).sum(), parts)
}
