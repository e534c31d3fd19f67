//! The ranking score: named weights over the features, and a readable account of them.

use super::features::Features;

/// The weight of each feature; all are ≥ 0, so that more of anything good never lowers a passage. Fitted listwise, with
/// documents left out, by `registrar eval --fit` over `questions.jsonl` of `dev`, `dev-b` and `dev-c` in `tests/fixtures`.
pub const WEIGHTS: Features = Features {
    subject: 1.89,
    weakest: 1.86,
    near: 0.95,
    own: 0.05,
    block: 0.00,
    bm25: 2.06,
    exact: 1.16,
    pairs: 0.41,
    attribute: 2.24,
    value: 2.13,
    literal: 1.70,
    heading: 0.34,
    focus: 1.00,
    about: 1.09,
    defines: 1.13,
    early: 0.42,
    rest: 2.72,
    form: 2.08,
    named: 1.75,
    words: 1.23,
    stated: 1.11,
    typed: 0.41,
    said: 1.74,
    year: 0.21,
    level: 0.74,
    people: 0.42,
    row: 1.28,
    thing: 0.39,
    figure: 0.46,
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
    "figure of the whole",
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
