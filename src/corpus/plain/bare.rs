//! Bare lines that are headings: they stand apart from what is above them, or end in a colon, or name what is told below. Lines with
//! signs, numbers or rules of their own are `set_off`'s.

use super::super::builder::{Row, ends_with_colon, is_lead_in};
use super::super::shapes;
use super::scan::Scan;
use super::units::{Shape, Unit, ends_sentence};

impl Scan<'_, '_, '_> {
    /// "Name of an award", "$5,000" and rows or text below: the first line heads them.
    pub(super) fn is_priced_name(&self, at: usize) -> bool {
        let (Some(unit), Some(price), Some(row)) = (self.unit(at), self.unit(at + 1), self.unit(at + 2))
        else {
            return false;
        };
        let close = unit.gap > 0 && price.gap == 0 && row.gap == 0;
        let priced = price.is_line() && self.words(price).starts_with(['$', '€', '£']);
        self.headings
            && close
            && priced
            && self.heading_like(unit)
            && (matches!(row.shape, Shape::KeyValue(..)) || self.is_running(row))
    }

    /// The lines below somebody's or something's name and above its rows: "Ann Miller", "Professor", "Office: …", "Phone: …".
    pub(super) fn card_lines(&self, at: usize) -> Option<usize> {
        /// More lines tell a story.
        const MOST: usize = 3;
        let name = self.unit(at).filter(|unit| self.heading_like(unit))?;
        if ends_with_colon(self.words(name)) || shapes::is_caps(self.words(name)) {
            return None;
        }
        let told = |unit: &&Unit| unit.gap == 0 && self.is_short(unit) && !ends_with_colon(self.words(unit));
        let lines = self.units.iter().skip(at + 1).take(MOST + 1).take_while(told).count();
        let keyed = |at: usize| {
            self.unit(at).is_some_and(|row| row.gap == 0 && matches!(row.shape, Shape::KeyValue(..)))
        };
        ((1..=MOST).contains(&lines) && keyed(at + 1 + lines) && keyed(at + 2 + lines)).then_some(lines)
    }

    /// Opens a section under such a name, where there are several.
    pub(super) fn card(&mut self, at: usize) -> Option<usize> {
        let apart = self.unit(at)?.gap > 0 || self.after_heading();
        let fewest = self.marks.cards.filter(|_| apart && self.headings)?;
        let lines = self.card_lines(at)?;
        let level = self.level_inside(self.units.get(at)?);
        self.open(level, self.units.get(at)?.span.clone());
        if lines == fewest + 1 && self.card_lines(at + 1).is_some() {
            // "Universities" right above the first of them.
            return Some(1);
        }
        for unit in self.units.iter().skip(at + 1).take(lines) {
            self.builder.paragraph(unit.span.clone());
        }
        let below = self.units.iter().skip(at + 1 + lines).take_while(|row| row.gap == 0);
        let rows = below.map_while(|row| Some(Row { span: row.span.clone(), parts: vec![row.part()?] }));
        let rows: Vec<Row> = rows.collect();
        let taken = rows.len();
        self.builder.key_values(rows);
        Some(1 + lines + taken)
    }

    /// A short line with a colon that stands apart from what is above and below it.
    pub(super) fn is_apart(&self, at: usize) -> bool {
        let (Some(unit), Some(below)) = (self.unit(at), self.unit(at + 1)) else { return false };
        let words = self.words(unit);
        unit.is_line()
            && ends_with_colon(words)
            && unit.gap > 0
            && below.gap > 0
            && words.split_whitespace().count() <= 10
            && self.heading_like(unit)
    }

    /// Such a line where colons stand behind headings, unless its words introduce a list.
    pub(super) fn is_colon_heading(&self, at: usize) -> bool {
        let bare = |unit: &Unit| {
            !is_lead_in(self.words(unit).trim_end_matches([':', '*', '_', ' ']), self.builder.rules)
        };
        let labelled = self.marks.labels && self.is_title_label(at);
        let heads = labelled || self.marks.colons && self.is_apart(at);
        self.headings && heads && self.unit(at).is_some_and(bare)
    }

    /// "Program Goals:" on a line of its own, set like a title.
    pub(super) fn is_title_label(&self, at: usize) -> bool {
        let Some(unit) = self.unit(at) else { return false };
        let words = self.words(unit);
        let count = words.split_whitespace().count();
        words.ends_with(':') && count <= 5 && shapes::is_title_case(words) && self.heading_like(unit)
    }

    /// Several words, not set like a title, that announce something: "The certificate consists of the following courses".
    pub(super) fn leads_without_colon(&self, unit: &Unit) -> bool {
        let words = self.words(unit);
        unit.is_line()
            && words.split_whitespace().count() >= 4
            && !words.ends_with('?')
            && !shapes::is_title_case(words)
            && is_lead_in(words, self.builder.rules)
    }

    pub(super) fn is_heading(&self, at: usize) -> bool {
        let (Some(unit), Some(below)) = (self.unit(at), self.unit(at + 1)) else { return false };
        if !self.heading_like(unit) {
            return false;
        }
        let words = self.words(unit).trim_matches(['*', '_']);
        let count = words.split_whitespace().count();
        if words.ends_with('!') || (count > 10 && !shapes::is_title_case(words) && !words.ends_with('?')) {
            return false;
        }
        if shapes::attributed_to(words, self.builder.rules).is_some() {
            return false;
        }
        // A line in the middle of a sentence goes on from the line above.
        let above = at.checked_sub(1).and_then(|above| self.unit(above));
        let broken = above.is_some_and(|above| {
            unit.gap == 0
                && above.shape == Shape::Text
                && above.lines > 1
                && !ends_sentence(self.words(above))
        });
        if broken {
            return false;
        }
        // "Open to all" among the rows of a school, as far in as they are, is told of it as they are.
        let row = |other: &Unit| matches!(other.shape, Shape::KeyValue(..)) && other.indent == unit.indent;
        if unit.indent > 0 && unit.gap == 0 && below.gap == 0 && (above.is_some_and(row) || row(below)) {
            return false;
        }
        if ends_with_colon(words) {
            return self.is_running(below) || self.is_colon_heading(at);
        }
        // A long line in small letters above bullets introduces them.
        let asks = words
            .split_whitespace()
            .next()
            .is_some_and(|first| self.builder.rules.question_words.contains(&first.to_lowercase()));
        if matches!(below.shape, Shape::Bullet(..))
            && count >= 6
            && !asks
            && !words.ends_with('?')
            && !shapes::is_title_case(words)
        {
            return false;
        }
        if matches!(below.shape, Shape::Bullet(..)) && self.leads_without_colon(unit) {
            return false;
        }
        // What a colon announces is no heading, unless it names a part of a page.
        let announced = unit.gap <= 2 && above.is_some_and(|above| ends_with_colon(self.words(above)));
        if announced && (words.contains(',') || !shapes::has_heading_word(words, self.builder.rules)) {
            return false;
        }
        match &below.shape {
            Shape::Rule(_) => self.unit(at + 2).is_some(),
            // A heading stands nearer to what it heads than to what is above it.
            _ => {
                unit.gap >= below.gap
                    || unit.gap > 0
                    || self.is_running(below)
                    || self.names_part(at)
                    || self.labels_anew(at + 1)
            }
        }
    }
}
