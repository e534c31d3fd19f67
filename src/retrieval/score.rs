//! The ranking score: named weights over the features, and a readable account of them.

use super::features::Features;

/// The weight of each feature; all are ≥ 0, so that more of anything good never lowers a passage. Fitted to the objective of
/// `registrar eval --fit` (listwise, drawn towards 0) by a quasi-Newton method, over `questions.jsonl` of `dev` and `dev-b` to `dev-h` in
/// `tests/fixtures`; that command fits the same by gradient descent and says how well it does on documents left out.
pub const WEIGHTS: Features = Features {
    subject: 1.54,
    weakest: 1.70,
    near: 1.40,
    own: 0.32,
    block: 0.00,
    bm25: 1.97,
    exact: 1.05,
    pairs: 0.20,
    attribute: 2.34,
    value: 2.25,
    literal: 1.33,
    heading: 0.58,
    focus: 0.98,
    about: 0.70,
    titled: 1.33,
    defines: 0.91,
    early: 0.40,
    rest: 2.55,
    form: 2.03,
    decides: 1.18,
    named: 1.44,
    words: 1.11,
    stated: 1.31,
    typed: 0.59,
    said: 1.35,
    year: 0.41,
    level: 1.21,
    people: 0.55,
    row: 1.34,
    thing: 0.26,
    figure: 0.75,
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
