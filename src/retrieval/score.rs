//! The ranking score: named weights over the features, and a readable account of them.

use super::features::Features;

/// The weight of each feature; all are ≥ 0, so that more of anything good never lowers a passage. Fitted listwise, with
/// documents left out, by `registrar eval --fit` over `questions.jsonl` of `dev`, `dev-b` and `dev-c` in `tests/fixtures`.
pub const WEIGHTS: Features = Features {
    subject: 1.91,
    weakest: 1.93,
    near: 0.96,
    own: 0.06,
    block: 0.00,
    bm25: 2.08,
    exact: 1.17,
    pairs: 0.40,
    attribute: 2.24,
    value: 2.13,
    literal: 1.71,
    heading: 0.35,
    focus: 0.99,
    about: 1.06,
    defines: 1.13,
    early: 0.41,
    rest: 2.72,
    form: 2.08,
    named: 1.66,
    words: 1.16,
    stated: 1.12,
    typed: 0.40,
    said: 1.76,
    year: 0.21,
    level: 0.73,
    people: 0.44,
    row: 1.39,
    thing: 0.60,
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
