//! The words by which amounts, dates and rates are recognized, as the lexicon's file of units gives them. Plain data; what they make of a
//! text is `corpus::values`' and `retrieval`'s.

use crate::text::quick::{HashMap, HashSet};

/// Words that make a number a value of a kind; folded, not stemmed.
#[derive(Debug, Clone, Default)]
pub struct Units {
    /// Signs that stand before or after an amount.
    pub currency_signs: Vec<char>,
    /// `dollars`, `usd` …
    pub currency_words: HashSet<String>,
    /// `percent` …
    pub percent_words: HashSet<String>,
    /// `year`, `months` …
    pub duration_words: HashSet<String>,
    /// Parts of a school year, and what is counted by them ("semester credits").
    pub term_words: HashSet<String>,
    /// See [`Units::term_words`].
    pub credit_words: HashSet<String>,
    /// `hour`, `days` …
    pub clock_words: HashSet<String>,
    /// Those of them that ask for an amount without "how many".
    pub counted_words: HashSet<String>,
    /// Names of the days of the week.
    pub weekdays: HashSet<String>,
    /// `am`, `pm`.
    pub day_halves: HashSet<String>,
    /// Words that ask for a time of the day or the week.
    pub when_words: HashSet<String>,
    /// `two` is 2.
    pub numbers: HashMap<String, u32>,
    /// Names of months.
    pub months: HashSet<String>,
    /// Those of them that are words of their own as well.
    pub ambiguous_months: HashSet<String>,
    /// Behind one of these, and with a capital, they name a month all the same.
    pub before_months: HashSet<String>,
    /// What stands before a unit in a rate.
    pub rates: HashSet<String>,
    /// Those of them by which a rate is asked for.
    pub asked_rates: HashSet<String>,
    /// Units of rates by which most figures are told without a word.
    pub untold_rates: HashSet<String>,
    /// "a year", "per credit hour" …, as folded words; the longest first.
    pub per: Vec<Vec<String>>,
    /// What makes a number a broken one: "and a half", as folded words.
    pub fractions: Vec<Vec<String>>,
    /// Words for one rate each: "hour", "hourly".
    pub rate_groups: Vec<Vec<String>>,
    /// `thousand` …
    pub magnitudes: HashSet<String>,
}
