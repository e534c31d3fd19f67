//! The ranking score: named weights over the features, and a readable account of them.

use super::features::Features;

/// The weight of each feature; all are ≥ 0, so that more of anything good never lowers a passage. Fitted to the objective of
/// `registrar eval --fit` (listwise, drawn towards 0) by a quasi-Newton method, over `questions.jsonl` of the sets `dev` to `dev-z` in
/// `tests/fixtures` and a few that are not kept there; that command fits the same by gradient descent and says how well it does on documents left
/// out.
pub const WEIGHTS: Features = Features {
    subject: 2.03,
    weakest: 0.90,
    near: 1.36,
    own: 0.01,
    posed: 0.31,
    bm25: 1.76,
    exact: 1.39,
    pairs: 0.36,
    attribute: 2.15,
    alike: 1.91,
    value: 1.84,
    literal: 2.01,
    heading: 0.21,
    focus: 0.65,
    about: 1.17,
    titled: 1.45,
    defines: 1.95,
    early: 0.47,
    rest: 2.70,
    form: 2.27,
    decides: 1.35,
    named: 1.55,
    words: 1.14,
    stated: 0.50,
    typed: 0.15,
    said: 0.75,
    year: 0.13,
    level: 1.03,
    people: 0.69,
    row: 1.33,
    thing: 0.00,
    figure: 0.30,
    all: 0.97,
};

/// What the features are called in an explanation, in the order of [`Features::values`].
pub const NAMES: [&str; Features::COUNT] = [
    "subject supported",
    "weakest word",
    "subject near",
    "words in the passage",
    "its question is this one",
    "BM25",
    "exact words",
    "words side by side",
    "attribute stated",
    "worded alike",
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
    "nothing against it",
];

/// The ranking score.
pub fn score(features: &Features) -> f64 {
    let mut parts = [0; Features::COUNT];
    let mut count = 0;
    for (value, weight) in features.values().into_iter().zip(WEIGHTS.values()) {
        let part = value * weight;
        // What adds nothing need not be put in order.
        if part != 0.0
            && let Some(slot) = parts.get_mut(count)
        {
            *slot = part.to_bits();
            count += 1;
        }
    }
    let parts = parts.get_mut(..count).unwrap_or_default();
    // Added up from the largest on, as `parts_of` lists them, so that the last digit does not depend on the order of the features. No
    // part is negative, and such numbers are in the order of their bits.
    parts.sort_unstable_by(|one, other| other.cmp(one));
    parts.iter().copied().map(f64::from_bits).sum()
}

/// The parts of the ranking score, the largest first.
pub fn parts_of(features: &Features) -> Vec<(&'static str, f64)> {
    let mut parts: Vec<(&'static str, f64)> = NAMES
        .into_iter()
        .zip(features.values().into_iter().zip(WEIGHTS.values()))
        .map(|(name, (value, weight))| (name, value * weight))
        .collect();
    parts.sort_by(|one, other| other.1.total_cmp(&one.1));
    parts
}
