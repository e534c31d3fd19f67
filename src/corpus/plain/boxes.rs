//! Boxes of facts whose keys and values stand on lines of their own: one below the other, or each pair apart from the
//! next. Whether lines are such a box follows from how regular they are, never from what they say.

use super::super::builder::{Row, ends_with_colon};
use super::super::keys;
use super::super::model::Part;
use super::super::shapes;
use super::records::is_letters;
use super::rows::{is_figure, is_year};
use super::scan::{INSIDE, Scan, is_day};
use super::units::{Shape, Unit, ends_sentence};
use crate::text::begins_with_code;

/// More keys and values on lines of their own than this are no box of facts.
const MAX_PAIRS: usize = 200;

impl Scan<'_, '_, '_> {
    /// A key on one line and its value on the next, several times over.
    pub(super) fn label_pairs(&mut self, at: usize) -> Option<usize> {
        let rows = self
            .tiles(at)
            .or_else(|| self.pairs_apart(at))
            .or_else(|| self.lines_apart(at))
            .or_else(|| self.told_pairs(at))
            .or_else(|| self.close_pairs(at))?;
        let taken = rows.len() * 2;
        // "Job", and below it which: the first pair of a box that returns says what the box is about.
        let key = self.words(self.unit(at)?).trim_end_matches([':', ' ']).to_lowercase();
        if self.headings
            && rows.len() >= 3
            && self.builder.rules.title_keys.contains(&key)
            && self.repeated.contains(&key)
        {
            let name = self.unit(at + 1)?.span.clone();
            if !is_letters(self.builder.slice(&name)) {
                self.open(INSIDE, name);
            }
        }
        self.builder.key_values(rows);
        Some(taken)
    }

    /// "94%", and below it "Job placement": figures in large letters, each above what it is, several of them.
    fn tiles(&self, at: usize) -> Option<Vec<Row>> {
        let mut rows = Vec::new();
        let mut end = at;
        while let (Some(figure), Some(label)) = (self.unit(end), self.unit(end + 1)) {
            let (told, words) = (self.words(figure), self.words(label));
            let fits = figure.is_line()
                && is_figure(told)
                && told.split_whitespace().count() <= 3
                && !is_year(told)
                && label.is_line()
                && (label.gap <= figure.gap || label.gap == 1)
                && words.split_whitespace().count() <= 10
                && words.starts_with(char::is_alphabetic)
                && !words.ends_with([':', '?']);
            if !fits || rows.len() >= MAX_PAIRS {
                break;
            }
            rows.push(Row {
                span: figure.span.start..label.span.end,
                parts: vec![Part { label: Some(label.span.clone()), value: figure.span.clone() }],
            });
            end += 2;
        }
        // Numbers that count on are those of steps.
        let counted = rows.iter().zip(1..).all(|(row, count): (&Row, usize)| {
            let value = row.parts.first().map(|part| self.builder.slice(&part.value));
            value.is_some_and(|value| value.trim_end_matches('.').parse() == Ok(count))
        });
        // A figure behind the last of them is that of a key above it.
        let over =
            self.unit(end).is_some_and(|next| next.gap == 0 && next.is_line() && is_figure(self.words(next)));
        let begins = self.unit(at).is_some_and(|first| first.gap > 0) || self.after_heading();
        (rows.len() >= 2 && !counted && !over && begins).then_some(rows)
    }

    /// Whether a box that a line directly above it heads begins at a unit.
    pub(super) fn opens_box(&self, at: usize) -> bool {
        self.lines_apart(at).is_some() || self.told_pairs(at).is_some()
    }

    /// Whether keys and values on lines of their own begin at a unit, whatever sentence stands above them.
    pub(super) fn opens_pairs(&self, at: usize) -> bool {
        let sure = |rows: Option<Vec<Row>>| rows.is_some_and(|rows| rows.len() >= 3);
        self.pairs_apart(at).is_some() || sure(self.told_pairs(at)) || sure(self.close_pairs(at))
    }

    /// Whether a box begins at a unit, right below a line that looks like a row and heads it.
    pub(super) fn opens_keyed_box(&self, at: usize) -> bool {
        let below = self.unit(at).is_some_and(|unit| unit.gap == 0);
        below && (self.told_pairs(at).is_some() || self.close_pairs(at).is_some_and(|rows| rows.len() >= 3))
    }

    /// A value right below its key and a gap below each pair: at least three such pairs are a box whatever they say.
    fn pairs_apart(&self, at: usize) -> Option<Vec<Row>> {
        let mut rows = Vec::new();
        let mut end = at;
        while let (Some(label), Some(value)) = (self.unit(end), self.unit(end + 1)) {
            let apart = self.unit(end + 2).is_none_or(|next| next.gap > 0) && (end == at || label.gap > 0);
            let next_record = end > at && self.record_name(end).is_some();
            if !apart || next_record || value.gap > 0 || !self.is_label(label) || !self.is_told(value) {
                break;
            }
            rows.push(self.pair_row(label, value));
            end += 2;
        }
        (rows.len() >= 3).then_some(rows)
    }

    /// All lines apart from each other: only figures in every second one tell such a box from a list.
    fn lines_apart(&self, at: usize) -> Option<Vec<Row>> {
        let gap = self.unit(at + 1).map(|value| value.gap).filter(|gap| *gap > 0)?;
        let mut rows = Vec::new();
        let mut figures = 0;
        let mut end = at;
        while let (Some(label), Some(value)) = (self.unit(end), self.unit(end + 1)) {
            let key = self.words(label);
            let fits = value.gap == gap
                && (end == at || label.gap == gap)
                && self.is_label(label)
                && keys::is_key(key.trim_end_matches([':', ' ', '*']), self.builder.rules)
                && !key.contains(|c: char| c.is_ascii_digit())
                && value.lines == 1
                && self.is_told(value);
            let counted = figures + usize::from(is_figure(self.words(value)));
            if !fits || counted * 2 < rows.len() || rows.len() >= MAX_PAIRS {
                break;
            }
            figures = counted;
            rows.push(self.pair_row(label, value));
            end += 2;
        }
        (rows.len() >= 3 && figures * 2 >= rows.len()).then_some(rows)
    }

    /// Lines without gaps, an even number of them, most of whose keys are words for facts: no figure is needed then.
    fn told_pairs(&self, at: usize) -> Option<Vec<Row>> {
        let names_fact = |unit: &Unit| self.names_fact(self.words(unit));
        let mut rows = Vec::new();
        let (mut named, mut told) = (0, 0);
        let mut end = at;
        while let (Some(label), Some(value)) = (self.unit(end), self.unit(end + 1)) {
            let key = self.words(label);
            let fits = (end == at || label.gap == 0)
                && value.gap == 0
                && self.is_label(label)
                && keys::is_key(key.trim_end_matches([':', ' ', '*']), self.builder.rules)
                && value.lines == 1
                && !ends_with_colon(self.words(value))
                && matches!(value.shape, Shape::Text | Shape::KeyValue(..))
                && (!self.is_running(value)
                    || shapes::ends_with_abbreviation(self.words(value), self.builder.rules))
                && self.words(value).len() <= 160;
            if !fits || rows.len() >= MAX_PAIRS || rows.len() > 2 && named * 2 < rows.len() {
                break;
            }
            let figure = is_figure(self.words(value)) && !key.contains(|c: char| c.is_ascii_digit());
            named += usize::from(names_fact(label) || figure);
            told += usize::from(names_fact(value));
            rows.push(self.pair_row(label, value));
            end += 2;
        }
        let ended = self.unit(end).is_none_or(|next| next.gap > 0 || self.is_running(next));
        (ended && rows.len() >= 3 && named * 3 >= rows.len() * 2 && told < named).then_some(rows)
    }

    /// Lines that are a name and a figure in turn, or a name and a date.
    pub(super) fn figured_pairs(&self, start: usize, end: usize) -> Option<Vec<Row>> {
        let lines = self.in_pairs(start, end)?;
        let all = |told: &dyn Fn(&str) -> bool| {
            lines.chunks_exact(2).all(|pair| match pair {
                [name, value] => {
                    !self.words(name).contains(|c: char| c.is_ascii_digit()) && told(self.words(value))
                }
                _ => false,
            })
        };
        (all(&is_figure) || all(&is_day)).then(|| self.pair_rows(lines))
    }

    /// Lines that may be keys and values in turn: an even number of them, and several.
    pub(super) fn in_pairs(&self, start: usize, end: usize) -> Option<&[Unit]> {
        self.units.get(start..end).filter(|lines| lines.len() >= 4 && lines.len().is_multiple_of(2))
    }

    /// Rows of lines that are keys and values in turn.
    pub(super) fn pair_rows(&self, lines: &[Unit]) -> Vec<Row> {
        let pairs = lines.chunks_exact(2);
        pairs.filter_map(|pair| Some(self.pair_row(pair.first()?, pair.last()?))).collect()
    }

    /// Lines without gaps: figures, colons, or values that end in figures right below a heading tell a box from a list.
    fn close_pairs(&self, at: usize) -> Option<Vec<Row>> {
        let mut rows = Vec::new();
        let mut figures = 0;
        let mut colons = 0;
        let mut dated = 0;
        let mut end = at;
        while let (Some(label), Some(value)) = (self.unit(end), self.unit(end + 1)) {
            let key = self.words(label);
            let told = self.words(value);
            let colon = ends_with_colon(key);
            let fits = label.is_line()
                && value.is_line()
                && value.gap == 0
                && keys::is_key(key.trim_end_matches([':', ' ', '*']), self.builder.rules)
                && !is_amount(key)
                && !ends_with_colon(told)
                && told.len() <= 120
                && (!ends_sentence(told) || told.split_whitespace().count() <= 4);
            // A second value below the first makes it a list.
            let alone = self.unit(end + 2).is_none_or(|next| {
                next.gap > 0 || next.shape != Shape::Text || !colon || ends_with_colon(self.words(next))
            });
            // Several pairs without a figure or a colon make a list.
            let hopeless = rows.len() >= 4 && figures == 0 && colons == 0 && dated == 0;
            if !fits || !alone || hopeless || (end > at && label.gap > 1) || rows.len() >= MAX_PAIRS {
                break;
            }
            let digits = |words: &str| words.contains(|c: char| c.is_ascii_digit());
            figures += usize::from(is_figure(told));
            colons += usize::from(colon);
            dated += usize::from(told.split_whitespace().count() <= 3 && digits(told) && !digits(key));
            rows.push(self.pair_row(label, value));
            end += 2;
        }
        let all_colons = colons == rows.len() && !rows.is_empty();
        let ended = self.unit(end).is_none_or(|next| next.gap > 0 || next.shape != Shape::Text);
        let headed = self.after_heading() && ended && rows.len() >= 3 && dated * 2 >= rows.len();
        let regular = rows.len() >= 2 && (all_colons || figures * 2 >= rows.len() || headed);
        regular.then_some(rows)
    }

    /// A short line that no figure opens and no full stop ends.
    fn is_label(&self, unit: &Unit) -> bool {
        let words = self.words(unit);
        unit.is_line()
            && words.chars().take(61).count() <= 60
            && words.split_whitespace().count() <= 8
            && words.chars().find(|c| c.is_alphanumeric()).is_some_and(|first| !first.is_lowercase())
            && (!ends_sentence(words) || ends_with_colon(words))
            && !is_amount(words)
            // "ABC 101 Name of the course" is one of a list of courses.
            && !begins_with_code(words)
    }

    /// What a value may be: anything short that is no sentence.
    fn is_told(&self, unit: &Unit) -> bool {
        let words = self.words(unit);
        let count = words.split_whitespace().count();
        unit.shape == Shape::Text
            && unit.lines <= 3
            && words.len() <= 240
            && !words.ends_with(['?', ':'])
            && (!ends_sentence(words)
                || count <= 4
                || (count <= 8 && !shapes::is_bare_sentence(words, self.builder.rules)))
    }

    fn pair_row(&self, label: &Unit, value: &Unit) -> Row {
        let key = self.words(label).trim_end_matches([':', ' ', '*']);
        Row::keyed(label.span.start..label.span.start + key.len(), value.span.clone())
    }
}

/// Whether a text begins with a figure that is not the year of what it names ("2022 median pay").
fn is_amount(words: &str) -> bool {
    let mut rest = words.split_whitespace();
    let dated = rest.next().is_some_and(is_year)
        && rest.next().is_some_and(|word| word.starts_with(char::is_alphabetic));
    is_figure(words) && !dated
}
