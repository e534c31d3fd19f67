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

/// A table that was flattened.
struct Flat {
    columns: usize,
    /// Lines between the header and the first row.
    between: usize,
    /// Lines of header and rows together.
    lines: usize,
}

impl Scan<'_, '_, '_> {
    /// A table whose header begins at a unit; gives the number of units taken.
    pub(super) fn flat_table(&mut self, at: usize) -> Option<usize> {
        let Flat { columns, between, lines } = self.flattened(at)?;
        let spans = |from: usize, count: usize| -> Vec<Span> {
            self.units.iter().skip(from).take(count).map(|unit| unit.span.clone()).collect()
        };
        let header = spans(at, columns);
        let cells = spans(at + columns + between, lines - columns);
        let rows = cells.chunks(columns).filter_map(|cells| row(cells, &header)).collect();
        if let Some(title) = self.unit(at + columns).filter(|_| between > 0) {
            let level = self.level_inside(title);
            self.open(level, title.span.clone());
        }
        self.builder.table(super::hull(&header), rows);
        Some(lines + between)
    }

    /// Whether such a table begins at a unit.
    pub(super) fn opens_flat(&self, at: usize) -> bool {
        self.flattened(at).is_some()
    }

    fn flattened(&self, at: usize) -> Option<Flat> {
        let columns = self.group(at)?;
        if (3..=MAX_COLUMNS).contains(&columns) {
            // The names of the columns may stand above the table's own title.
            let titled = self.group(at + columns) == Some(1) && self.group(at + columns + 1) == Some(columns);
            let between = usize::from(titled);
            let mut end = at + columns + between;
            while self.group(end) == Some(columns) {
                end += columns;
            }
            let flat = Flat { columns, between, lines: end - at - between };
            if flat.lines / columns >= 3 && self.is_table(at, &flat, false) {
                return Some(flat);
            }
        }
        let lines = columns;
        let close = |columns: usize| Flat { columns, between: 0, lines };
        let possible = |flat: &Flat| lines.is_multiple_of(flat.columns) && lines / flat.columns >= 3;
        (2..=MAX_COLUMNS.min(lines)).map(close).filter(possible).find(|flat| self.is_table(at, flat, true))
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
    fn is_table(&self, at: usize, flat: &Flat, close: bool) -> bool {
        let Flat { columns, between, lines } = *flat;
        let cell = |index: usize| {
            let skipped = if index < columns { 0 } else { between };
            self.unit(at + index + skipped).map(|unit| self.words(unit)).unwrap_or_default()
        };
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
            // "Not listed" stands where a figure is not known.
            let most = figures == rows || !close && rows >= 4 && figures * 4 >= rows * 3;
            full |= column > 0 && most && (columns > 2 || (signed && rows >= 3));
        }
        full
    }
}
