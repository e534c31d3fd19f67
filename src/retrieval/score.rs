//! The ranking score: named weights over the features, and a readable account of them.

use super::features::Features;

/// The weight of each feature; all are ≥ 0, so that more of anything good never lowers a passage. Fitted to the objective of
/// `registrar eval --fit` (listwise, drawn towards 0) by a quasi-Newton method, over `questions.jsonl` of `dev` and `dev-b` to `dev-i` in
/// `tests/fixtures`; that command fits the same by gradient descent and says how well it does on documents left out.
pub const WEIGHTS: Features = Features {
    subject: 1.67,
    weakest: 1.52,
    near: 1.36,
    own: 0.34,
    block: 0.00,
    bm25: 1.90,
    exact: 1.05,
    pairs: 0.15,
    attribute: 2.33,
    value: 2.20,
    literal: 1.29,
    heading: 0.51,
    focus: 0.86,
    about: 0.80,
    titled: 1.37,
    defines: 0.95,
    early: 0.43,
    rest: 2.50,
    form: 2.00,
    decides: 1.24,
    named: 1.37,
    words: 1.14,
    stated: 1.24,
    typed: 0.65,
    said: 1.30,
    year: 0.22,
    level: 1.06,
    people: 0.64,
    row: 1.37,
    thing: 0.33,
    figure: 0.68,
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
