//! The ranking score: named weights over the features, and a readable account of them.

use super::features::Features;

/// The weight of each feature; all are ≥ 0, so that more of anything good never lowers a passage. Fitted to the objective of
/// `registrar eval --fit` (listwise, drawn towards 0) by a quasi-Newton method, over `questions.jsonl` of `dev` and `dev-b` to `dev-g` in
/// `tests/fixtures`; that command fits the same by gradient descent and says how well it does on documents left out.
pub const WEIGHTS: Features = Features {
    subject: 1.93,
    weakest: 1.93,
    near: 0.89,
    own: 0.30,
    block: 0.04,
    bm25: 1.94,
    exact: 1.16,
    pairs: 0.32,
    attribute: 2.33,
    value: 2.01,
    literal: 1.56,
    heading: 0.50,
    focus: 1.00,
    about: 1.02,
    defines: 1.01,
    early: 0.34,
    rest: 2.58,
    form: 2.02,
    named: 1.70,
    words: 1.20,
    stated: 1.23,
    typed: 0.60,
    said: 1.57,
    year: 0.20,
    level: 1.26,
    people: 0.36,
    row: 1.42,
    thing: 0.29,
    figure: 0.52,
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
