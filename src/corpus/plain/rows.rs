//! Rows among the units of a plain text: tables, `Key: value` lines, keys and values on lines of their own.

use super::super::builder::Row;
use super::super::keys;
use super::super::model::{Part, Span};
use super::super::shapes;
use super::row;
use super::scan::{CAPS, INSIDE, NAME, PLAIN, Scan};
use super::units::{Shape, ends_sentence};
use crate::text::is_code_letters;

impl Scan<'_, '_, '_> {
    /// Rows of cells; rows of two are keys with values, unless the first names the columns.
    pub(super) fn rows(&mut self, at: usize) -> usize {
        self.caps_heading(at);
        let mut end = at;
        // Rows keep their distance; a wider gap parts two tables.
        let gap = self.unit(at + 1).map_or(0, |second| second.gap.min(1));
        let mut found: Vec<Vec<Span>> = Vec::new();
        while let Some(unit) = self.unit(end) {
            match &unit.shape {
                Shape::Row(cells) if end == at || unit.gap <= gap => {
                    found.push(self.aligned(at, unit, cells).unwrap_or_else(|| cells.clone()));
                }
                Shape::Rule(_) if end > at && unit.gap == 0 => {}
                _ => break,
            }
            end += 1;
        }
        let columns = found.iter().map(Vec::len).max().unwrap_or_default();
        if let Some(header) = self.stacked_header(at, &found) {
            let rows =
                found.iter().skip(header.lines).filter_map(|cells| row(cells, &header.names)).collect();
            self.builder.table(Some(header.span), rows);
            self.keep_columns(end, &header.names);
            return end - at;
        }
        let ruled =
            self.unit(at + 1).is_some_and(|unit| unit.gap == 0 && matches!(unit.shape, Shape::Rule(_)));
        let header = found.len() >= 2 && (ruled || self.names_columns(&found));
        let keyed: Option<Vec<Row>> = found
            .iter()
            .flatten()
            .map(|cell| Some(Row { span: cell.clone(), parts: vec![super::part_of(self.builder, cell)?] }))
            .collect();
        if let Some(rows) = keyed {
            // "Fee: $100 | Term: 2 years".
            self.builder.key_values(rows);
        } else if columns == 2 && !header {
            self.pairs(&found);
        } else {
            let mut names = if header { found.first().cloned().unwrap_or_default() } else { Vec::new() };
            if let ([only], false) = (found.as_slice(), header)
                && self.stands_for_all(only)
            {
                self.columns.clone_from(only);
                self.columns_below = Some(self.builder.document.blocks.len() + 1);
            } else if !header && self.fits_columns(&found) {
                // The names of the columns stand once, above the headings that part the table.
                let mut names = self.columns.clone();
                if columns == names.len() + 1 {
                    names.insert(0, 0..0);
                }
                self.columns_below = None;
                self.builder.table(None, found.iter().filter_map(|cells| row(cells, &names)).collect());
                return end - at;
            }
            // The corner above the rows' names is often empty, and its mark lost.
            if names.len() + 1 == columns && found.iter().skip(1).all(|cells| cells.len() == columns) {
                // "Courses   Credits" above "ABC 101   Name   3": the first name is that of the codes and of what they name.
                let coded = found
                    .iter()
                    .skip(1)
                    .all(|cells| cells.first().is_some_and(|cell| is_code(self.builder.slice(cell))));
                names.insert(usize::from(coded), 0..0);
            }
            let rows =
                found.iter().skip(usize::from(header)).filter_map(|cells| row(cells, &names)).collect();
            self.builder.table(super::hull(&names), rows);
            self.keep_columns(end, &names);
        }
        end - at
    }

    fn pairs(&mut self, found: &[Vec<Span>]) {
        let mut rows = Vec::new();
        for cells in found {
            let (Some(key), Some(value)) = (cells.first(), cells.last()) else { continue };
            // "Director: Ann Miller     Main Campus": two facts on one line.
            if self.is_fact(key) && cells.len() == 2 {
                for cell in cells {
                    let part = super::part_of(self.builder, cell)
                        .unwrap_or(Part { label: None, value: cell.clone() });
                    rows.push(Row { span: cell.clone(), parts: vec![part] });
                }
                continue;
            }
            let label = self.builder.slice(key).trim_end_matches([':', ' ', '.']);
            let label = key.start..key.start + label.len();
            let part = Part { label: Some(label), value: value.clone() };
            rows.push(Row { span: key.start..value.end, parts: vec![part] });
        }
        rows.retain(|row| !row.span.is_empty());
        self.builder.key_values(rows);
    }

    /// Whether a cell is no key but a fact of its own: a key with its value.
    fn is_fact(&self, cell: &Span) -> bool {
        super::part_of(self.builder, cell).is_some_and(|part| !self.builder.slice(&part.value).ends_with(':'))
    }

    /// `Key: value` lines, one below the other.
    pub(super) fn key_values(&mut self, at: usize) -> usize {
        if let Some(span) = self.keyed_heading(at) {
            self.open(5, span);
            return 1;
        }
        self.caps_heading(at);
        if let Some(name) = self.keyed_name(at).filter(|_| self.marks.keyed.is_some()) {
            // What heads the record already names it.
            let told = self.builder.slice(&name).to_lowercase();
            if !(self.after_heading() && self.builder.heading_now().to_lowercase().contains(&told)) {
                self.open(INSIDE, name);
            }
        }
        let mut end = at;
        let mut rows: Vec<Row> = Vec::new();
        // Rows keep their distance; a wider gap parts two boxes.
        let gap = self.unit(at + 1).map_or(0, |second| second.gap.min(1));
        while let Some(unit) = self.unit(end) {
            let Shape::KeyValue(key, value) = &unit.shape else { break };
            if end > at && (unit.gap > gap || self.part_heading(end).is_some()) {
                break;
            }
            let told = self.builder.slice(value);
            let named = self.builder.slice(key);
            let prose =
                told.ends_with('.') && named.split_whitespace().count() >= 5 && !shapes::is_title_case(named);
            let long = prose
                || crate::text::sentences::sentences(
                    self.builder.slice(value),
                    &self.builder.rules.abbreviations,
                )
                .len()
                    > 2;
            if long {
                let span = unit.span.clone();
                if rows.is_empty() {
                    self.builder.paragraph(span);
                    end += 1;
                }
                break;
            }
            rows.extend(self.facts(&unit.span, key, value));
            end += 1;
        }
        match rows.as_slice() {
            // "Not in the evening: the shop closes at noon." answers the question above it.
            [row] if self.builder.question.is_some() && ends_sentence(self.builder.slice(&row.span)) => {
                let span = row.span.clone();
                self.builder.paragraph(span);
            }
            _ => self.builder.key_values(rows),
        }
        end - at
    }

    /// "Lecture hours: 3 Lab hours: 2": each key of a line with its value.
    fn facts(&self, line: &Span, key: &Span, value: &Span) -> Vec<Row> {
        /// A line of more facts is read as one.
        const MOST: usize = 8;
        let rules = self.builder.rules;
        let (mut start, mut key, mut value) = (line.start, key.clone(), value.clone());
        let mut rows = Vec::new();
        while rows.len() < MOST {
            // Behind the name of something, what follows is told of it.
            let named = self.builder.slice(&key);
            let fact = self.names_fact(named) && named.split_whitespace().count() <= 3;
            let words = self.builder.slice(&value);
            let further = keys::further_key(words, rules).filter(|_| fact).and_then(|at| {
                let (next, told) = keys::key_value(words.get(at..)?, rules)?;
                let at = value.start + at;
                Some((at, at + next.start..at + next.end, at + told.start..value.end))
            });
            let Some((at, next, told)) = further else { break };
            let end = value.start + self.builder.slice(&(value.start..at)).trim_end().len();
            let part = Part { label: Some(key), value: value.start..end };
            rows.push(Row { span: start..end, parts: vec![part] });
            (start, key, value) = (next.start, next, told);
        }
        rows.push(Row { span: start..line.end, parts: vec![Part { label: Some(key), value }] });
        rows
    }

    /// The two cells of a line that stands alone: a key with its value, or a row of two.
    pub(super) fn lone_pair(&self, at: usize) -> Option<(Span, Span)> {
        let (unit, below) = (self.unit(at)?, self.unit(at + 1)?);
        let alone = self.headings && unit.gap > 0 && below.gap > 0 || self.names_box(at);
        let (key, value) = match &unit.shape {
            Shape::KeyValue(key, value) => (key, value),
            Shape::Row(cells) => match cells.as_slice() {
                [key, value] => (key, value),
                _ => return None,
            },
            _ => return None,
        };
        alone.then(|| (key.clone(), value.clone()))
    }

    /// Whether a line at the top of a drawn box stands right above one that stands there in other boxes as well: it says what the box is
    /// about.
    fn names_box(&self, at: usize) -> bool {
        self.headings && self.boxed(at).is_some_and(|below| self.marks.boxed.contains(&below))
    }

    /// The line, in small letters, right below a row at the top of a drawn box.
    pub(super) fn boxed(&self, at: usize) -> Option<String> {
        let edge = at.checked_sub(1).and_then(|above| self.unit(above))?;
        let row = matches!(self.unit(at)?.shape, Shape::KeyValue(..) | Shape::Row(_));
        let below = self.unit(at + 1).filter(|below| below.gap == 0 && below.is_line())?;
        (row && matches!(edge.shape, Shape::Rule(_))).then(|| self.words(below).to_lowercase())
    }

    /// A key in capitals that stands alone with its value ("DIPLOMA IN PRINTING: 40 credits") heads what follows, and is a
    /// row as well.
    fn caps_heading(&mut self, at: usize) {
        let Some((key, told)) = self.lone_pair(at).filter(|_| at > 0) else { return };
        let words = self.builder.slice(&key);
        // "HOST (Ann Lee): Welcome, everybody." is what somebody says.
        let heads = !ends_sentence(self.builder.slice(&told))
            && words.split_whitespace().count() >= 2
            && shapes::is_caps(words)
            // "PRINTING, A.A.S." ends no sentence.
            && shapes::is_heading_like(words.trim_end_matches('.'), self.builder.rules);
        if heads {
            let level = if self.names_box(at) {
                NAME
            } else if self.ranked_caps {
                CAPS
            } else {
                PLAIN
            };
            self.open(level, key);
        }
    }

    /// "Step 2: Gain Experience" alone above running text is a heading, though it looks like a row.
    fn keyed_heading(&self, at: usize) -> Option<Span> {
        let (unit, below) = (self.unit(at)?, self.unit(at + 1)?);
        let Shape::KeyValue(_, value) = &unit.shape else { return None };
        let value = self.builder.slice(value);
        if self.headings && unit.lines == 1 && unit.gap > 0 && self.opens_keyed_box(at + 1) {
            return Some(unit.span.clone());
        }
        let alone = self.headings
            && unit.lines == 1
            && (unit.gap > 0 || self.after_heading())
            && self.is_running(below)
            && !at
                .checked_sub(1)
                .and_then(|above| self.unit(above))
                .is_some_and(|above| matches!(above.shape, Shape::KeyValue(..)) && above.gap == 0);
        let titled = value.split_whitespace().count() >= 2
            && shapes::is_title_case(value)
            && !ends_sentence(value)
            && !value.contains(|c: char| c.is_ascii_digit() || c == '$' || c == '@');
        (alone && titled).then(|| unit.span.clone())
    }
}

/// "ABC 101": the letters and the number of a course.
fn is_code(words: &str) -> bool {
    let (letters, number) = words.split_once([' ', '-']).unwrap_or((words, ""));
    is_code_letters(letters)
        && (2..=5).contains(&number.len())
        && number.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a text is a year alone.
pub(super) fn is_year(words: &str) -> bool {
    words.len() == 4
        && words.chars().all(|c| c.is_ascii_digit())
        && (words.starts_with("19") || words.starts_with("20"))
}

/// Whether a text begins with a figure or an amount.
pub(super) fn is_figure(words: &str) -> bool {
    words
        .trim_start_matches(['$', '€', '£', '~', '+', '-', '−', '≈', '<', '>', ' ', '('])
        .starts_with(|c: char| c.is_ascii_digit())
}
