//! What names the columns of a table, and under which of them a cell stands. Which lines are rows is told by `rows`.

use std::collections::HashSet;

use super::super::model::Span;
use super::rows::{is_figure, is_year};
use super::scan::Scan;
use super::units::{Shape, Unit};

/// A header of several lines.
pub(super) struct Header {
    /// From its first to its last line.
    pub(super) span: Span,
    /// How many lines it has.
    pub(super) lines: usize,
    /// A name for each column; an empty one for a column without.
    pub(super) names: Vec<Span>,
}

/// More lines are no header.
const HEADER_LINES: usize = 4;

impl Scan<'_, '_, '_> {
    /// A header of several lines at the top of a table.
    pub(super) fn stacked_header(&self, at: usize, found: &[Vec<Span>]) -> Option<Header> {
        let deep = self.deep_header(at, found);
        let (lines, names) = if deep > 0 {
            // Its labels are those of the first line.
            (deep, std::iter::once(0..0).chain(found.first()?.iter().cloned()).collect())
        } else {
            self.figured_header(found)?
        };
        let span = found.first()?.first()?.start..found.get(lines - 1)?.last()?.end;
        Some(Header { span, lines, names })
    }

    /// The lines above the first figure, where every row below them has figures, and a name for each column: from the line that has most of
    /// them. Of lines with as many, the one whose names differ tells more.
    fn figured_header(&self, found: &[Vec<Span>]) -> Option<(usize, Vec<Span>)> {
        let datum = |cell: &Span| {
            let words = self.builder.slice(cell);
            is_figure(words) && !is_years(words)
        };
        let lines = found.iter().take_while(|cells| !cells.iter().any(datum)).count();
        let (header, rows) = found.split_at_checked(lines)?;
        let columns = rows.iter().map(Vec::len).max()?;
        let told = |cells: &Vec<Span>| cells.len() == columns && cells.iter().any(datum);
        if !(2..=HEADER_LINES).contains(&lines) || columns < 3 || rows.len() < 2 || !rows.iter().all(told) {
            return None;
        }
        let distinct = |cells: &[Span]| {
            let words: HashSet<&str> = cells.iter().map(|cell| self.builder.slice(cell)).collect();
            words.len()
        };
        // A line that names all columns but the rows' own is a header by itself, and what stands below it is the first row.
        let whole = |cells: &&Vec<Span>| cells.len() + 1 == columns && distinct(cells) == cells.len();
        if header.first().filter(whole).is_some() && header.last().is_some_and(|last| last.len() == columns) {
            return None;
        }
        let names = header.iter().max_by_key(|cells| (cells.len(), distinct(cells)))?;
        let corner = (names.len() + 1 == columns).then_some(0..0);
        let names: Vec<Span> = corner.into_iter().chain(names.iter().cloned()).collect();
        (names.len() == columns).then_some((lines, names))
    }

    /// Remembers the names of the columns where a line that only groups the rows stands between them and the next ones.
    pub(super) fn keep_columns(&mut self, end: usize, names: &[Span]) {
        if !names.is_empty() && self.groups_rows(end) {
            self.columns = names.to_vec();
            self.columns_below = None;
        }
    }

    /// Whether the names of the columns stand right above a line.
    pub(super) fn stands_below_columns(&self, at: usize) -> bool {
        let above = at.checked_sub(1).and_then(|above| self.unit(above));
        let last = self.columns.last();
        above
            .zip(last)
            .is_some_and(|(above, last)| above.span.start <= last.start && last.end <= above.span.end)
    }

    /// Whether a line stands between rows, or below a header and above them, without a gap: it groups those below it.
    pub(super) fn groups_rows(&self, at: usize) -> bool {
        let is_row = |at: usize| self.unit(at).is_some_and(|unit| matches!(unit.shape, Shape::Row(_)));
        let close = |at: usize| self.unit(at).is_some_and(|unit| unit.gap == 0);
        let above = at.checked_sub(1).is_some_and(|above| {
            is_row(above) || self.unit(above).is_some_and(|unit| matches!(unit.shape, Shape::Rule(_)))
        });
        self.headings
            && above
            && close(at)
            && close(at + 1)
            && is_row(at + 1)
            && self.unit(at).is_some_and(|unit| self.heading_like(unit))
    }

    /// Whether rows have a cell for each of the columns that were named once, set off in the same way: "Apply | Ask | Print" is a menu and
    /// names no columns of rows without such strokes.
    pub(super) fn fits_columns(&self, found: &[Vec<Span>]) -> bool {
        let stroked = |cells: &[Span]| {
            let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return false };
            self.builder.slice(&(first.start..last.end)).contains('|')
        };
        let stroke = stroked(&self.columns);
        // The first table follows at once, whatever heading it has.
        let near = self.columns_below.is_none_or(|at| at == self.builder.document.blocks.len());
        let fits = |cells: &Vec<Span>| {
            let corner = cells.len() == self.columns.len() + 1 && self.has_no_corner();
            (cells.len() == self.columns.len() || corner) && stroked(cells) == stroke
        };
        near && found.iter().all(fits)
    }

    /// Whether the columns stand apart from the left edge: the names of the rows have no name themselves.
    fn has_no_corner(&self) -> bool {
        /// Characters from the edge.
        const APART: usize = 12;
        self.columns.first().is_some_and(|first| {
            let before = self.builder.text.get(..first.start).unwrap_or_default();
            let line = before.rsplit('\n').next().unwrap_or_default();
            line.len() >= APART && line.trim().is_empty()
        })
    }

    /// Whether a row that stands alone names the columns of all the tables below it: short names, no figure.
    pub(super) fn stands_for_all(&self, cells: &[Span]) -> bool {
        let short = |cell: &Span| {
            let words = self.builder.slice(cell);
            let named =
                words.chars().any(char::is_alphabetic) && !words.contains(|c: char| c.is_ascii_digit());
            (named || is_years(words)) && words.split_whitespace().count() <= 3
        };
        let dated = |cell: &Span| !self.builder.slice(cell).chars().any(char::is_alphabetic);
        cells.len() > 2 && cells.iter().all(short) && !cells.first().is_some_and(dated)
    }

    /// How many rows at the top are lines of one header: at least two with a cell for every column but the first, begun
    /// at the same place, and no figure among them.
    fn deep_header(&self, at: usize, found: &[Vec<Span>]) -> usize {
        let Some((first, rest)) = found.split_first() else { return 0 };
        let offset = |index: usize, cell: &Span| {
            let unit = self.unit(at + index)?;
            (unit.indent + cell.start).checked_sub(unit.span.start)
        };
        let begun: Vec<_> = first.iter().map(|cell| offset(0, cell)).collect();
        let figures = |cell: &Span| self.builder.slice(cell).contains(|c: char| c.is_ascii_digit());
        let same = |index: usize, cells: &Vec<Span>| {
            cells.iter().map(|cell| offset(index, cell)).eq(begun.iter().copied())
                && !cells.iter().any(figures)
        };
        let lower = rest.iter().enumerate().take_while(|(index, cells)| same(index + 1, cells)).count();
        let below = rest.get(lower..).unwrap_or_default();
        let fits = lower > 0
            && lower <= 3
            && first.len() >= 2
            && !first.iter().any(figures)
            && below.len() >= 2
            && below.iter().all(|cells| cells.len() == first.len() + 1);
        if fits { lower + 1 } else { 0 }
    }

    /// The cells of a row that has fewer than the row at `first`, if they stand below that row's when one is cut where the
    /// next column begins: a long cell leaves but one space, an empty one leaves none.
    pub(super) fn aligned(&self, first: usize, unit: &Unit, cells: &[Span]) -> Option<Vec<Span>> {
        let header = self.unit(first)?;
        let Shape::Row(columns) = &header.shape else { return None };
        let plain = |unit: &Unit| {
            let words = self.words(unit);
            words.len() <= 1_000 && words.is_ascii() && !words.contains(['\t', '|'])
        };
        if cells.len() >= columns.len()
            || columns.len() < 3
            || columns.len() > 20
            || !plain(header)
            || !plain(unit)
        {
            return None;
        }
        // Where a column begins, in bytes of this row's text.
        let begins = |column: &Span| {
            (header.indent + column.start)
                .checked_sub(header.span.start)
                .map(|offset| offset + unit.span.start)?
                .checked_sub(unit.indent)
        };
        let mut pieces: Vec<Span> = Vec::new();
        for cell in cells {
            let mut rest = cell.clone();
            for cut in columns.iter().filter_map(begins) {
                let inside = rest.start < cut && cut < rest.end;
                if inside && self.builder.slice(&(cut - 1..cut)) == " " {
                    pieces.push(self.builder.trim(rest.start..cut));
                    rest = cut..rest.end;
                }
            }
            pieces.push(rest);
        }
        // Every piece must begin where a column does.
        let mut placed = vec![0..0; columns.len()];
        for piece in pieces {
            let column = columns.iter().position(|column| begins(column) == Some(piece.start))?;
            *placed.get_mut(column)? = piece;
        }
        Some(placed)
    }

    /// Whether the first row names the columns: no figures in it, while a column below is full of them; or there are
    /// more than two columns.
    pub(super) fn names_columns(&self, rows: &[Vec<Span>]) -> bool {
        // A year may name a column.
        let figures = |cell: &Span| {
            let words = self.builder.slice(cell);
            words.chars().any(|c| c.is_ascii_digit()) && !is_year(words)
        };
        let Some((first, rest)) = rows.split_first() else { return false };
        // "Lowest 10%" names a column of bare figures.
        let worded = |index: usize, cell: &Span| {
            let letters =
                |cell: &Span| self.builder.slice(cell).chars().filter(|c| c.is_alphabetic()).count();
            letters(cell) >= 4
                && rest.len() >= 2
                && rest.iter().all(|row| row.get(index).is_some_and(|below| letters(below) == 0))
        };
        // "25%" names a column of money.
        let money = |cell: &Span| self.builder.slice(cell).starts_with(['$', '€', '£']);
        let paid = |index: usize, cell: &Span| {
            !money(cell) && rest.len() >= 2 && rest.iter().all(|row| row.get(index).is_some_and(money))
        };
        let data = first
            .iter()
            .enumerate()
            .any(|(index, cell)| figures(cell) && !worded(index, cell) && !paid(index, cell));
        if data || first.iter().any(|cell| cell.len() > 60) {
            return false;
        }
        // The corner above the rows' names may be empty.
        let corner = rest.len() >= 2 && rest.iter().all(|row| row.len() == first.len() + 1);
        if first.len() > 2 || corner {
            return true;
        }
        let counted = rest.iter().filter(|row| row.last().is_some_and(figures)).count();
        // Key and value look like that as well: only a first row that ends in a word like the others' keys tells.
        counted == rest.len()
            && rest.len() >= 2
            && first.iter().all(|cell| self.builder.slice(cell).split_whitespace().count() <= 3)
    }
}

/// "2022", "2021-22".
fn is_years(words: &str) -> bool {
    let two = |words: &str| words.len() == 2 && words.bytes().all(|byte| byte.is_ascii_digit());
    let mut years = words.split(['-', '–', '/']);
    years.next().is_some_and(is_year) && years.all(|year| is_year(year) || two(year))
}
