//! Records: groups of lines, each with a school's name above what is told of it, one below another. One group alone is none, and neither
//! is one whose lines are sentences.

use super::super::builder::Row;
use super::super::listing::Item;
use super::super::model::{Part, Span};
use super::rows::is_figure;
use super::scan::{INSIDE, Scan};
use super::units::{Shape, Unit, ends_sentence};
use super::{list_or_key_values, part_of};

/// A record of more lines is none.
const MAX_LINES: usize = 12;

impl Scan<'_, '_, '_> {
    /// Opens a section for each record of a run that begins at a unit; gives the number of units taken.
    pub(super) fn records(&mut self, at: usize) -> Option<usize> {
        let mut ends = Vec::new();
        let mut end = at;
        while let Some(lines) = self.record(end) {
            end += lines;
            ends.push(end);
        }
        if !self.opens_records(at) {
            return None;
        }
        let mut from = at;
        for end in ends {
            let name = self.unit(from)?.span.clone();
            self.open(INSIDE, name);
            if let Some(rows) = self.told_in_pairs(from + 1, end) {
                self.builder.key_values(rows);
            } else {
                let lines: Vec<(Span, Option<Part>)> =
                    self.units.iter().take(end).skip(from + 1).map(|unit| self.told(unit)).collect();
                let items = lines.into_iter().map(|(span, part)| Item { part, span }).collect();
                list_or_key_values(self.builder, None, items);
            }
            from = end;
        }
        Some(end - at)
    }

    /// Whether at least two records begin at a unit.
    pub(super) fn opens_records(&self, at: usize) -> bool {
        self.headings && self.record(at).is_some_and(|lines| self.record(at + lines).is_some())
    }

    /// "PROGRAM", and below it which: a line that returns above each record of facts says what the next ones are about.
    pub(super) fn record_name(&self, at: usize) -> Option<Span> {
        let (label, name) = (self.unit(at)?, self.unit(at + 1)?);
        let words = self.words(label).to_lowercase();
        let apart = label.gap > 0 && self.unit(at + 2).is_some_and(|next| next.gap > 0);
        let names = label.is_line() && name.gap == 0 && self.heading_like(name);
        let key = self.builder.rules.title_keys.contains(words.trim_end_matches(':'));
        (apart && names && key && self.repeated.contains(&words)).then(|| name.span.clone())
    }

    /// "Program: Welding" above other keys: what the first of them names is what the others are told of.
    pub(super) fn keyed_name(&self, at: usize) -> Option<Span> {
        /// Fewer rows are no record.
        const LEAST: usize = 3;
        let unit = self.unit(at)?;
        let Shape::KeyValue(key, name) = &unit.shape else { return None };
        let first = unit.gap > 0
            || !at
                .checked_sub(1)
                .and_then(|above| self.unit(above))
                .is_some_and(|above| matches!(above.shape, Shape::KeyValue(..)));
        let keyed = |unit: &&Unit| unit.gap == 0 && matches!(unit.shape, Shape::KeyValue(..));
        let rows = self.units.get(at + 1..)?.iter().take(LEAST - 1).take_while(keyed).count();
        let titles = &self.builder.rules.title_keys;
        let names = unit.is_one_line() && titles.contains(&self.builder.slice(key).to_lowercase());
        let names = names && !is_letters(self.builder.slice(name));
        (self.headings && first && names && rows + 1 == LEAST).then(|| name.clone())
    }

    /// How many lines a record has that begins at a unit: a school's name, and right below it short lines, a fact among them.
    fn record(&self, at: usize) -> Option<usize> {
        let name = self.unit(at)?;
        let words = self.words(name);
        let named = name.is_line()
            && self.is_short(name)
            && !words.contains(|c: char| c.is_ascii_digit())
            && !words.ends_with([':', '?']);
        let school = words.split(|c: char| !c.is_alphanumeric()).any(|word| {
            word.starts_with(char::is_uppercase)
                && self.builder.rules.school_words.contains(&word.to_lowercase())
        });
        let below = self.units.get(at + 1..).filter(|_| named)?;
        let told = |unit: &&Unit| {
            let fits = match unit.shape {
                Shape::Text => self.is_short(unit),
                Shape::KeyValue(..) | Shape::Bullet(..) => !ends_sentence(self.words(unit)),
                _ => false,
            };
            unit.gap == 0 && unit.lines == 1 && fits
        };
        let lines = below.iter().take(MAX_LINES).take_while(told).count();
        let fact = |unit: &Unit| {
            !matches!(unit.shape, Shape::Text) || self.words(unit).contains(|c: char| c.is_ascii_digit())
        };
        let facts = below.iter().take(lines).filter(|unit| fact(unit)).count();
        let ended = below.get(lines).is_none_or(|next| next.gap > 0);
        let told = || school || self.told_in_pairs(at + 1, at + 1 + lines).is_some();
        (lines >= 2 && facts >= 1 && ended && told()).then_some(lines + 1)
    }

    /// Lines that are keys and values in turn, most of the values figures.
    fn told_in_pairs(&self, start: usize, end: usize) -> Option<Vec<Row>> {
        let lines = self.units.get(start..end)?;
        let digits = |unit: &Unit| self.words(unit).contains(|c: char| c.is_ascii_digit());
        let text = lines.iter().all(|unit| unit.shape == Shape::Text);
        let keys = lines.iter().step_by(2).filter(|key| !is_figure(self.words(key))).count();
        let figures = lines
            .iter()
            .skip(1)
            .step_by(2)
            .filter(|value| is_figure(self.words(value)) || digits(value))
            .count();
        let pairs = lines.len() / 2;
        let fits =
            text && pairs >= 2 && lines.len().is_multiple_of(2) && keys == pairs && figures * 3 >= pairs * 2;
        fits.then(|| self.pair_rows(lines))
    }

    /// A line of a record, with key and value where it is made of them.
    fn told(&self, unit: &Unit) -> (Span, Option<Part>) {
        let words = match &unit.shape {
            Shape::Bullet(_, words) => words.clone(),
            _ => unit.span.clone(),
        };
        let span = self.builder.trim(words);
        let part = unit.part().or_else(|| part_of(self.builder, &span));
        (span, part)
    }
}

/// "MLIS" and "B.S." are what is awarded, and name nothing.
pub(super) fn is_letters(name: &str) -> bool {
    name.len() <= 6 && !name.chars().any(|c| c.is_lowercase() || c.is_whitespace())
}
