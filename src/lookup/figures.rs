//! What a figure measures: its unit, its rate and what of many values it is. Figures are set side by side only when all of
//! these agree: a median a year is not an average an hour.

use crate::lexicon::Lexicon;
use crate::text::tokens;

/// Words before a figure that do not change what it measures.
const ABOUT: [&str; 8] = ["about", "almost", "nearly", "roughly", "around", "over", "more", "than"];

/// What a figure measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// What stands around its digits ("$", "months").
    unit: String,
    /// Its rate, by the place of its words in the lexicon; what says no rate is a yearly amount where people are paid.
    rate: Option<usize>,
    /// Whether it is a median, an average …, likewise.
    statistic: Option<usize>,
}

impl Measure {
    /// What a figure measures, by itself and by what it is quoted from; `None` where there is no figure at the start.
    pub fn of(figure: &str, context: &str, yearly: bool, lexicon: &Lexicon) -> Option<Self> {
        const LONGEST: usize = 40;
        let bare = figure.split(" (").next().unwrap_or_default();
        // "almost 187,740" and "more than two" are figures all the same.
        let about = |word: &&str| lexicon.words.stop.contains(*word) || ABOUT.contains(word);
        let open: usize = bare.split_whitespace().take_while(about).map(|word| word.len() + 1).sum();
        let bare = bare.get(open..).unwrap_or(bare).trim();
        let opens = bare.trim_start_matches(|sign: char| !sign.is_alphanumeric());
        if !opens.starts_with(|sign: char| sign.is_ascii_digit()) || bare.chars().count() > LONGEST {
            return None;
        }
        let groups = &lexicon.units.rate_groups;
        let words =
            |text: &str| -> Vec<String> { tokens(text).into_iter().map(|token| token.word).collect() };
        let (own, around) = (words(bare), words(context));
        let named = |words: &[String], groups: &[Vec<String>]| -> Vec<usize> {
            let held = |group: &Vec<String>| words.iter().any(|word| group.contains(word));
            groups.iter().enumerate().filter(|(_, group)| held(group)).map(|(place, _)| place).collect()
        };
        let is_rate = |word: &str| groups.iter().any(|group| group.iter().any(|known| known == word));
        let money = bare.contains(|sign: char| "$€£¥₹".contains(sign));
        let one = |found: Vec<usize>| match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        let year = groups.iter().position(|group| group.iter().any(|word| word == "year"));
        let rate = match money {
            true => {
                one(named(&own, groups)).or_else(|| yearly.then(|| one(named(&around, groups)).or(year))?)
            }
            false => None,
        };
        let signs: String =
            bare.chars().filter(|sign| !sign.is_ascii_digit() && !matches!(sign, ',' | '.')).collect();
        // A plural is no other unit, and "about" is none.
        let unit: Vec<&str> = signs
            .split_whitespace()
            .map(|word| word.trim_end_matches('s'))
            .filter(|word| !matches!(*word, "a" | "an" | "per" | "each"))
            .filter(|word| !money || !is_rate(word))
            .collect();
        Some(Self { unit: unit.join(" "), rate, statistic: one(named(&around, &lexicon.lookup.statistics)) })
    }
}

#[cfg(test)]
mod tests {
    use super::Measure;
    use crate::lexicon::Lexicon;

    #[test]
    fn figures_agree_by_unit_rate_and_statistic() {
        let lexicon = Lexicon::shipped().unwrap();
        let pay = |figure: &str, context: &str| Measure::of(figure, context, true, &lexicon);
        let (yearly, hourly) =
            (pay("$35,900 (2014)", "a median of $35,900"), pay("$21.40 an hour", "a median"));
        assert_eq!(yearly, pay("$92,810 a year", "the median salary of riggers"));
        assert_ne!(yearly, hourly);
        assert_eq!(hourly, pay("$22.00", "The median hourly wage was $22.00"));
        assert_ne!(yearly, pay("$35,900", "an average of $35,900"));
        let length = |figure: &str| Measure::of(figure, "", false, &lexicon);
        assert_eq!(length("8 months"), length("14 months"));
        assert_ne!(length("8 months"), length("2 years"));
        assert_eq!(length("two years"), None, "words are told as they are");
        let cost = |figure: &str| Measure::of(figure, "", false, &lexicon);
        assert_ne!(cost("$325 per credit"), cost("$9,610"));
        assert_eq!(cost("$1,200"), cost("$9,610"));
        assert_eq!(length("almost 187,740"), length("310,320"));
    }
}
