//! Tables that were flattened to one cell a line: a header of several lines, then as many lines for every row. Gaps part
//! the rows, or else columns of figures tell how many cells a row has.

use super::super::model::Span;
use super::row;
use super::rows::{is_figure, is_year};
use super::scan::Scan;
use super::units::{Unit, ends_sentence};

/// A row of more lines is no row.
const MAX_COLUMNS: usize = 12;

/// More lines without a gap than this are not looked at.
const MAX_LINES: usize = 400;

impl Scan<'_, '_, '_> {
    /// A table whose header begins at a unit; gives the number of units taken.
    pub(super) fn flat_table(&mut self, at: usize) -> Option<usize> {
        let (columns, taken) = self.flattened(at)?;
        let cells: Vec<Span> = self.units.iter().skip(at).take(taken).map(|unit| unit.span.clone()).collect();
        let (header, rest) = cells.split_at_checked(columns)?;
        let rows = rest.chunks(columns).filter_map(|cells| row(cells, header)).collect();
        self.builder.table(super::hull(header), rows);
        Some(taken)
    }

    /// Whether such a table begins at a unit.
    pub(super) fn opens_flat(&self, at: usize) -> bool {
        self.flattened(at).is_some()
    }

    /// Columns and lines of a table that begins at a unit.
    fn flattened(&self, at: usize) -> Option<(usize, usize)> {
        let first = self.group(at)?;
        if (3..=MAX_COLUMNS).contains(&first) {
            let mut end = at + first;
            while self.group(end) == Some(first) {
                end += first;
            }
            let lines = end - at;
            if lines / first >= 3 && self.is_table(at, first, lines, false) {
                return Some((first, lines));
            }
        }
        let possible = |columns: &usize| first % columns == 0 && first / columns >= 3;
        (2..=MAX_COLUMNS.min(first))
            .filter(possible)
            .find(|columns| self.is_table(at, *columns, first, true))
            .map(|columns| (columns, first))
    }

    /// How many cells stand one below the other from a unit on, up to a gap or the end.
    fn group(&self, at: usize) -> Option<usize> {
        let rest = self.units.get(at..)?;
        let count = rest
            .iter()
            .enumerate()
            .take_while(|(index, unit)| (*index == 0 || unit.gap == 0) && self.is_cell(unit))
            .take(MAX_LINES + 1)
            .count();
        let ended = rest.get(count).is_none_or(|next| next.gap > 0);
        (ended && (1..=MAX_LINES).contains(&count)).then_some(count)
    }

    fn is_cell(&self, unit: &Unit) -> bool {
        let words = self.words(unit);
        unit.is_line()
            && words.len() <= 80
            && words.split_whitespace().count() <= 8
            && (!ends_sentence(words) || words.split_whitespace().count() <= 2)
            && !words.ends_with([':', '?'])
    }

    /// Whether the header holds no figures while a column is full of them. Without gaps every column must be alike, and
    /// in two columns, which could be keys and values as well, the figures are amounts or shares.
    fn is_table(&self, at: usize, columns: usize, lines: usize, close: bool) -> bool {
        let cell = |index: usize| self.unit(at + index).map(|unit| self.words(unit)).unwrap_or_default();
        let headed = (0..columns).all(|index| !is_figure(cell(index)) || is_year(cell(index)));
        if !headed {
            return false;
        }
        let rows = lines / columns - 1;
        let mut full = false;
        for column in 0..columns {
            let told = (1..=rows).map(|row| cell(row * columns + column));
            let figures = told.clone().filter(|words| is_figure(words)).count();
            let signed = told.filter(|words| words.contains(['$', '€', '£', '%'])).count() == rows;
            let mixed = figures > 0 && figures < rows;
            if (column == 0 && figures > 0) || (close && mixed) {
                return false;
            }
            full |= column > 0 && figures == rows && (columns > 2 || (signed && rows >= 3));
        }
        full
    }
}
