//! The ranking score: named weights over the features, and a readable account of them.

use super::features::Features;

/// The weight of each feature; all are ≥ 0, so that more of anything good never lowers a passage. Fitted listwise, with
/// documents left out, by `registrar eval --fit` over `questions.jsonl` of `dev`, `dev-b` and `dev-c` in `tests/fixtures`.
pub const WEIGHTS: Features = Features {
    subject: 1.88,
    weakest: 1.81,
    near: 0.91,
    own: 0.00,
    block: 0.00,
    bm25: 2.06,
    exact: 1.14,
    pairs: 0.52,
    attribute: 2.19,
    value: 2.28,
    literal: 1.75,
    heading: 0.36,
    focus: 1.13,
    about: 1.08,
    defines: 1.13,
    early: 0.33,
    rest: 2.77,
    form: 1.78,
    named: 1.53,
    words: 1.05,
    stated: 0.74,
    typed: 0.45,
    said: 1.57,
    year: 0.19,
    level: 0.70,
    people: 0.48,
    row: 1.34,
    thing: 0.58,
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
    "names there",
    "other words there",
    "stated at all",
    "value there",
    "said literally",
    "year fits",
    "level fits",
    "people fit",
    "row fits",
    "thing fits",
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
