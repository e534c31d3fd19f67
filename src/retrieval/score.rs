//! The ranking score: named weights over the features, and a readable account of them.

use super::features::Features;

/// The weight of each feature; all are ≥ 0, so that more of anything good never lowers a passage. Fitted listwise, with
/// documents left out, by `registrar eval --fit` over `questions.jsonl` of `dev`, `dev-b` and `dev-c` in `tests/fixtures`.
pub const WEIGHTS: Features = Features {
    subject: 1.83,
    weakest: 2.02,
    near: 0.92,
    own: 0.29,
    block: 0.03,
    bm25: 1.92,
    exact: 1.12,
    pairs: 0.31,
    attribute: 2.33,
    value: 2.00,
    literal: 1.66,
    heading: 0.39,
    focus: 0.99,
    about: 1.09,
    defines: 1.08,
    early: 0.43,
    rest: 2.62,
    form: 1.98,
    named: 1.65,
    words: 1.24,
    stated: 1.27,
    typed: 0.49,
    said: 1.54,
    year: 0.22,
    level: 1.12,
    people: 0.51,
    row: 1.41,
    thing: 0.20,
    figure: 0.58,
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
