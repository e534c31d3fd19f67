//! Tables whose cells are parted by commas or semicolons: several lines in a row with the same number of cells, no space behind the
//! commas, quotes around cells that hold one. A single such line is text.

use super::super::builder::Builder;
use super::super::model::Span;
use super::units::{Shape, Unit};

/// Fewer lines than this are no table.
const MIN_ROWS: usize = 3;

/// Turns lines of such a table into rows.
pub(super) fn mark_rows(builder: &Builder<'_>, units: &mut [Unit]) {
    let mut start = 0;
    while start < units.len() {
        let mut rows: Vec<Vec<Span>> = Vec::new();
        for unit in units
            .iter()
            .skip(start)
            .take_while(|unit| unit.is_line() && (unit.gap == 0 || unit.span == units[start].span))
        {
            match cells(builder, &unit.span).or_else(|| parted(builder, &unit.span)) {
                Some(cells) if rows.first().is_none_or(|first| first.len() == cells.len()) => {
                    rows.push(cells)
                }
                _ => break,
            }
        }
        let count = rows.len();
        if count >= MIN_ROWS {
            for (unit, cells) in units.iter_mut().skip(start).zip(rows) {
                unit.shape = Shape::Row(cells);
            }
        }
        start += count.max(1);
    }
}

/// The cells of a line with semicolons between them, as spreadsheets write where a comma stands in figures.
fn parted(builder: &Builder<'_>, span: &Span) -> Option<Vec<Span>> {
    let line = builder.slice(span);
    if line.len() > 1_000 || line.contains("; ") && !line.contains('"') {
        return None;
    }
    let mut quoted = false;
    let mut cuts = vec![];
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => cuts.push(at),
            _ => {}
        }
    }
    let starts = std::iter::once(0).chain(cuts.iter().map(|at| at + 1));
    let cells = starts.zip(cuts.iter().copied().chain([line.len()]));
    (cuts.len() >= 2 && !quoted).then(|| cells.map(|(from, to)| unquoted(line, span, from..to)).collect())
}

/// A cell without the quotes and the white space around it.
fn unquoted(line: &str, span: &Span, cell: Span) -> Span {
    let words = line.get(cell.clone()).unwrap_or_default();
    let inner = words.trim_matches(|c: char| c == '"' || c.is_whitespace());
    let left = words.find(inner).unwrap_or_default();
    span.start + cell.start + left..span.start + cell.start + left + inner.len()
}

fn cells(builder: &Builder<'_>, span: &Span) -> Option<Vec<Span>> {
    let line = builder.slice(span);
    if line.len() > 1_000 || !line.contains(',') {
        return None;
    }
    let mut cells = Vec::new();
    let mut quoted = false;
    let mut start = 0;
    let mut chars = line.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                let next = chars.peek().map(|(_, next)| *next);
                // "35,900" is one figure.
                let rest = line.get(index + 1..)?;
                let digits = rest.chars().take_while(char::is_ascii_digit).count();
                let figure = digits == 3 && line.get(..index)?.ends_with(|c: char| c.is_ascii_digit());
                // A comma at the end is one of a sentence, or stands before an empty cell.
                if next.is_some_and(char::is_whitespace) || next.is_none() && cells.len() < 2 {
                    return None;
                }
                if figure {
                    continue;
                }
                cells.push(start..index);
                start = index + 1;
            }
            _ => {}
        }
    }
    cells.push(start..line.len());
    (cells.len() >= 2 && !quoted).then(|| cells.into_iter().map(|cell| unquoted(line, span, cell)).collect())
}
