//! The ranking score: named weights over the features, and a readable account of them.

use super::features::Features;

/// The weight of each feature; all are ≥ 0, so that more of anything good never lowers a passage. Fitted listwise, with
/// documents left out, by `registrar eval --fit` over `questions.jsonl` of `dev`, `dev-b` and `dev-c` in `tests/fixtures`.
pub const WEIGHTS: Features = Features {
    subject: 1.97,
    weakest: 2.07,
    near: 0.91,
    own: 0.24,
    block: 0.07,
    bm25: 1.88,
    exact: 1.18,
    pairs: 0.38,
    attribute: 2.46,
    value: 2.07,
    literal: 1.67,
    heading: 0.29,
    focus: 0.94,
    about: 1.10,
    defines: 1.10,
    early: 0.45,
    rest: 2.58,
    form: 2.07,
    named: 1.60,
    words: 1.27,
    stated: 1.21,
    typed: 0.40,
    said: 1.53,
    year: 0.24,
    level: 1.13,
    people: 0.48,
    row: 1.26,
    thing: 0.30,
    figure: 0.56,
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
