//! The ranking score: named weights over the features, and a readable account of them.

use super::features::Features;

/// The weight of each feature; all are ≥ 0, so that more of anything good never lowers a passage. Fitted to the objective of
/// `registrar eval --fit` (listwise, drawn towards 0) by a quasi-Newton method, over `questions.jsonl` of `dev` and `dev-b` to `dev-h` in
/// `tests/fixtures`; that command fits the same by gradient descent and says how well it does on documents left out.
pub const WEIGHTS: Features = Features {
    subject: 1.67,
    weakest: 1.52,
    near: 1.34,
    own: 0.36,
    block: 0.00,
    bm25: 1.89,
    exact: 1.06,
    pairs: 0.13,
    attribute: 2.31,
    value: 2.22,
    literal: 1.32,
    heading: 0.52,
    focus: 0.86,
    about: 0.79,
    titled: 1.37,
    defines: 0.95,
    early: 0.40,
    rest: 2.51,
    form: 2.01,
    decides: 1.24,
    named: 1.39,
    words: 1.15,
    stated: 1.22,
    typed: 0.67,
    said: 1.33,
    year: 0.22,
    level: 1.05,
    people: 0.65,
    row: 1.37,
    thing: 0.31,
    figure: 0.72,
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
    "titles name it",
    "says what it is",
    "early in its block",
    "vague words",
    "fitting form",
    "says yes or no",
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
