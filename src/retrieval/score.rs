//! The ranking score: named weights over the features, and a readable account of them.

use super::features::Features;

/// The weight of each feature; all are ≥ 0, so that more of anything good never lowers a passage. Fitted listwise by
/// `registrar eval --fit` (see `eval::fit`) on the development questions of `tests/fixtures/dev`, leave-one-document-out.
pub const WEIGHTS: Features = Features {
    subject: 1.18,
    weakest: 1.74,
    near: 1.25,
    own: 0.18,
    block: 0.00,
    bm25: 2.36,
    exact: 1.68,
    pairs: 0.92,
    attribute: 2.17,
    value: 2.18,
    literal: 1.12,
    heading: 0.40,
    focus: 0.56,
    about: 1.36,
    defines: 1.49,
    early: 0.86,
    rest: 2.37,
    form: 2.16,
};

/// What the features are called in an explanation, in the order of [`Features::values`].
pub const NAMES: [&str; Features::COUNT] = [
    "subject supported",
    "weakest word",
    "subject near",
    "words in the passage",
    "words in the block",
    "BM25",
    "exact words",
    "words side by side",
    "attribute stated",
    "expected value",
    "attribute's own words",
    "heading fits",
    "on the point",
    "document is about it",
    "says what it is",
    "early in its block",
    "vague words",
    "fitting form",
];

/// The ranking score and its parts, the largest first.
pub fn score(features: &Features) -> (f64, Vec<(&'static str, f64)>) {
    let mut parts: Vec<(&'static str, f64)> = NAMES
        .into_iter()
        .zip(features.values().into_iter().zip(WEIGHTS.values()))
        .map(|(name, (value, weight))| (name, value * weight))
        .collect();
    parts.sort_by(|one, other| other.1.total_cmp(&one.1));
    (parts.iter().map(|(_, part)| part).sum(), parts)
}
