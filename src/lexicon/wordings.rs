//! How people ask for an attribute and how texts state it, learnt from examples: in how many of them each word stood, and each
//! two side by side. It judges words by naive Bayes; phrases with a sure meaning are `attributes.toml`'s.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::AttributeId;
use crate::text::quick::HashMap;
use crate::text::{Term, stem, term_id};

/// Added to every count, so that a word that was not met in an attribute's examples does not rule it out. Of 0.1, 0.3 and 0.5
/// the best on examples of a hand left out; with pairs of words 71 to 79 % of the attributes are then known first.
const SMOOTHING: f64 = 0.1;

/// Words do not speak independently of one another: the sum of what they say is taken this much.
const TEMPER: f64 = 0.5;

/// Names of examples that ask for or state no attribute.
const OTHERS: [&str; 2] = ["none", "definition"];

/// A file of them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordingsFile {
    #[serde(default)]
    pub wording: Vec<WordingEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordingEntry {
    pub attribute: String,
    pub examples: u32,
    pub words: String,
    #[serde(default)]
    pub pairs: String,
}

/// Counts of the words of examples, by attribute.
#[derive(Debug, Clone, Default)]
pub struct Wordings {
    /// Number of examples, and in how many of them each word stood.
    counts: BTreeMap<String, (u32, BTreeMap<Term, u32>)>,
    /// Worked out from the counts: the attribute of each class, `None` for examples of no attribute.
    classes: Vec<Option<AttributeId>>,
    /// For each word what it says for each class, as a natural logarithm.
    says: HashMap<Term, Vec<f32>>,
}

impl Wordings {
    /// Adds the examples of a file.
    pub(super) fn add(
        &mut self,
        file: WordingsFile,
        known: impl Fn(&str) -> Option<AttributeId>,
    ) -> Result<(), String> {
        for entry in file.wording {
            if known(&entry.attribute).is_none() && !OTHERS.contains(&entry.attribute.as_str()) {
                return Err(format!(
                    "[[wording]] names \"{}\", which is no attribute. Use a name from attributes.toml, or none.",
                    entry.attribute
                ));
            }
            let counts = self.counts.entry(entry.attribute.clone()).or_default();
            counts.0 = counts.0.saturating_add(entry.examples);
            for counted in entry.words.split_whitespace().chain(entry.pairs.split_whitespace()) {
                let found = counted.rsplit_once(':');
                let Some((word, count)) =
                    found.and_then(|(word, count)| Some((word, count.parse::<u32>().ok()?)))
                else {
                    return Err(format!(
                        "\"{counted}\" under \"{}\" is no word with its count. Write it as word:3.",
                        entry.attribute
                    ));
                };
                let term = |word: &str| term_id(&stem(word));
                let key = match word.split_once('_') {
                    Some((one, next)) => pair(term(one), term(next)),
                    None => term(word),
                };
                let slot = counts.1.entry(key).or_default();
                *slot = slot.saturating_add(count);
            }
        }
        self.learn(known);
        Ok(())
    }

    fn learn(&mut self, known: impl Fn(&str) -> Option<AttributeId>) {
        self.classes = self.counts.keys().map(|name| known(name)).collect();
        let terms: BTreeSet<Term> =
            self.counts.values().flat_map(|(_, words)| words.keys().copied()).collect();
        let says = |term: Term| {
            let of = |(examples, words): &(u32, BTreeMap<Term, u32>)| {
                let count = f64::from(words.get(&term).copied().unwrap_or_default());
                ((count + SMOOTHING) / (f64::from(*examples) + 2.0 * SMOOTHING)).ln() as f32
            };
            self.counts.values().map(of).collect()
        };
        self.says = terms.into_iter().map(|term| (term, says(term))).collect();
    }

    /// The attributes that words in their order speak for, with their probability, the likeliest first; those below `least` are
    /// left out. Words that no example holds say nothing; without any other nothing is judged.
    pub fn judge(&self, words: impl IntoIterator<Item = Term>, least: f64) -> Vec<(AttributeId, f64)> {
        let known = |word: Term| Some((word, self.says.get(&word)?));
        let mut before = None;
        let both = words.into_iter().flat_map(|word| {
            let joined = before.replace(word).map(|before| pair(before, word));
            [Some(word), joined].into_iter().flatten()
        });
        let mut words: Vec<(Term, &Vec<f32>)> = both.filter_map(known).collect();
        if words.is_empty() {
            return Vec::new();
        }
        // Each once, and in an order of their own, so that the sums are the same to the last digit.
        words.sort_unstable_by_key(|(word, _)| *word);
        words.dedup_by_key(|(word, _)| *word);
        let mut sums = vec![0.0; self.classes.len()];
        for (_, says) in words {
            for (sum, says) in sums.iter_mut().zip(says) {
                *sum += TEMPER * f64::from(*says);
            }
        }
        let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let total: f64 = sums.iter().map(|sum| (sum - most).exp()).sum();
        let mut judged: Vec<(AttributeId, f64)> = self
            .classes
            .iter()
            .zip(&sums)
            .filter_map(|(class, sum)| Some(((*class)?, (sum - most).exp() / total)))
            .filter(|(_, probability)| *probability >= least)
            .collect();
        judged.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        judged
    }
}

/// Two words side by side as one: "how long".
fn pair(one: Term, next: Term) -> Term {
    one.rotate_left(16).wrapping_mul(0x9E37_79B1) ^ next
}
