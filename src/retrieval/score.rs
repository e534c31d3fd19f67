//! The ranking score: named weights over the features, and a readable account of them.

use super::features::Features;

/// The weight of each feature; all are ≥ 0, so that more of anything good never lowers a passage. Fitted listwise, with
/// documents left out, by `registrar eval --fit` over `questions.jsonl` of `dev`, `dev-b` and `dev-c` in `tests/fixtures`.
pub const WEIGHTS: Features = Features {
    subject: 1.16,
    weakest: 1.70,
    near: 1.47,
    own: 0.09,
    block: 0.00,
    bm25: 2.33,
    exact: 1.61,
    pairs: 0.72,
    attribute: 2.00,
    value: 2.39,
    literal: 0.90,
    heading: 0.47,
    focus: 0.77,
    about: 1.27,
    defines: 1.50,
    early: 0.92,
    rest: 2.19,
    form: 2.11,
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
