//! The shapes of the lexicon files, as they are written. Unknown keys are refused. No meaning here.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttributesFile {
    #[serde(default)]
    pub attribute: Vec<AttributeEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttributeEntry {
    pub name: String,
    pub label: Option<String>,
    pub about: Option<String>,
    #[serde(default)]
    pub described: bool,
    #[serde(default)]
    pub literal: bool,
    #[serde(default)]
    pub own_figures: bool,
    #[serde(default)]
    pub leads: bool,
    #[serde(default)]
    pub places: bool,
    #[serde(default)]
    pub coded: bool,
    #[serde(default)]
    pub implies: Vec<String>,
    #[serde(default)]
    pub expects: Vec<String>,
    #[serde(default)]
    pub words: Vec<String>,
    #[serde(default)]
    pub asks: Vec<String>,
    #[serde(default)]
    pub evidence: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WordsFile {
    pub stop: String,
    pub light: String,
    pub pronouns: String,
    pub first: String,
    pub second: String,
    pub third: String,
    pub negations: String,
    pub yes_no: String,
    pub past: String,
    pub second_person: String,
    pub indefinite: String,
    pub leaning: String,
    pub definite: String,
    pub person_endings: String,
    pub not_persons: String,
    pub derivations: String,
    pub meaning: String,
    pub defining: String,
    pub reporting: String,
    pub people: String,
    pub unknowing: String,
    pub hedges: String,
    pub follow_ups: String,
    pub follow_up_pairs: Vec<String>,
    pub openers: String,
    pub leading_up: String,
    pub placing: String,
    pub connectors: String,
    pub joining: String,
    pub parting: String,
    pub workplaces: String,
    pub suffixes: String,
    pub institutions: String,
    pub extremes: String,
    pub outside: Vec<String>,
    pub inside: Vec<String>,
    pub opposites: Vec<Vec<Vec<String>>>,
    pub orders: Vec<String>,
    pub superlatives: Vec<SuperlativeEntry>,
    pub fee_words: String,
    pub partial_fees: String,
    pub comparing: String,
    pub modal: String,
    pub exclusive: String,
    pub typical: String,
    pub question_words: String,
    pub first_person: String,
    pub asked_of: String,
    pub joining_lists: String,
    pub deciding: String,
    pub designated: String,
    pub seasons: String,
    pub ranks: String,
    pub hollow: String,
    pub shorthand: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SuperlativeEntry {
    pub asks: Vec<String>,
    #[serde(default)]
    pub says: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct EnglishFile {
    pub everyday: String,
    pub vague: String,
    pub known: String,
    pub things: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FramesFile {
    #[serde(default)]
    pub frame: Vec<FrameEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrameEntry {
    pub kind: String,
    pub patterns: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SynonymsFile {
    #[serde(default)]
    pub groups: Vec<Vec<String>>,
    #[serde(default)]
    pub loose: Vec<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LevelsFile {
    #[serde(default)]
    pub level: Vec<LevelEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LevelEntry {
    pub name: String,
    #[serde(default)]
    pub words: Vec<String>,
    #[serde(default)]
    pub letters: Vec<String>,
    #[serde(default)]
    pub specific: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlacesFile {
    #[serde(default)]
    pub states: Vec<String>,
    #[serde(default)]
    pub letters: BTreeMap<String, String>,
    #[serde(default)]
    pub before_letters: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct UnitsFile {
    pub currency_signs: Vec<String>,
    pub currency_words: String,
    pub percent_words: String,
    pub duration_words: String,
    pub term_words: String,
    pub credit_words: String,
    pub clock_words: String,
    pub counted_words: String,
    pub weekdays: String,
    pub day_halves: String,
    pub when_words: String,
    pub numbers: BTreeMap<String, u32>,
    pub months: String,
    pub ambiguous_months: String,
    #[serde(default)]
    pub before_months: String,
    pub rates: String,
    pub per: Vec<String>,
    pub magnitudes: String,
    pub rate_groups: Vec<String>,
    #[serde(default)]
    pub asked_rates: String,
    #[serde(default)]
    pub untold_rates: String,
    #[serde(default)]
    pub fractions: Vec<String>,
}
