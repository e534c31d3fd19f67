//! Rows that do not look like one: a line with a colon among rows, a row whose key began on the line above.

use super::super::builder::Builder;
use super::rows::is_figure;
use super::units::{Shape, Unit, ends_sentence};

/// Makes rows of lines with a colon right between rows: "Who can apply: students in their second year" is no heading there.
pub(super) fn key_among_keys(builder: &Builder<'_>, units: &mut [Unit]) {
    /// A key of more words is a sentence.
    const MAX_KEY: usize = 6;
    /// … unless a figure follows.
    const MAX_COUNTED: usize = 11;
    let keyed = |unit: Option<&Unit>| unit.is_some_and(|unit| matches!(unit.shape, Shape::KeyValue(..)));
    for at in 1..units.len() {
        let Some(unit) = units.get(at).filter(|unit| unit.is_line() && unit.gap == 0) else { continue };
        let next = units.get(at + 1);
        let close = |at: usize| units.get(at).is_some_and(|unit| unit.gap == 0) && keyed(units.get(at));
        let fits = keyed(units.get(at - 1)) && next.is_none_or(|next| next.gap > 0 || keyed(Some(next)))
            || close(at + 1) && close(at + 2);
        let found =
            builder.slice(&unit.span).split_once(": ").map(|(key, value)| (key.len(), value.len(), key));
        let Some((key, value, words)) = found.filter(|_| fits) else {
            continue;
        };
        let told = builder.slice(&(unit.span.end - value..unit.span.end));
        let most = if is_figure(told) { MAX_COUNTED } else { MAX_KEY };
        if words.split_whitespace().count() <= most && !words.contains(['.', ',']) {
            let span = unit.span.clone();
            let shape =
                Shape::KeyValue(span.start..span.start + key, builder.trim(span.end - value..span.end));
            if let Some(unit) = units.get_mut(at) {
                unit.shape = shape;
            }
        }
    }
}

/// Joins a row with the line right above it where its key began: "Background check and", "drug screen    $112".
pub(super) fn join_keys(builder: &Builder<'_>, units: &mut Vec<Unit>) {
    let mut begun: Option<Unit> = None;
    let mut joined = Vec::with_capacity(units.len());
    for mut unit in units.drain(..) {
        if let Some(above) = begun.take() {
            let goes_on = unit.gap == 0
                && unit.lines == 1
                && unit.indent.abs_diff(above.indent) <= 2
                && builder.slice(&unit.span).starts_with(char::is_lowercase);
            match &mut unit.shape {
                Shape::Row(cells) if goes_on => {
                    if let Some(first) = cells.first_mut() {
                        first.start = above.span.start;
                    }
                    (unit.span.start, unit.gap, unit.lines) = (above.span.start, above.gap, 2);
                }
                Shape::KeyValue(key, _) if goes_on => {
                    key.start = above.span.start;
                    (unit.span.start, unit.gap, unit.lines) = (above.span.start, above.gap, 2);
                }
                _ => joined.push(above),
            }
        }
        let words = builder.slice(&unit.span);
        if unit.is_line() && words.len() <= 80 && !ends_sentence(words) {
            begun = Some(unit);
        } else {
            joined.push(unit);
        }
    }
    joined.extend(begun);
    *units = joined;
}

/// Makes a row of a line among rows of two cells whose name is so long that but one space parts it from its figure.
pub(super) fn tight_rows(builder: &Builder<'_>, units: &mut [Unit]) {
    for at in 1..units.len() {
        let (above, below) = (units.get(at - 1), units.get(at + 1));
        let Some(unit) = units.get(at).filter(|unit| unit.is_line() && unit.gap == 0) else { continue };
        let Some((name, figure)) = builder.slice(&unit.span).rsplit_once(' ') else { continue };
        let column = unit.indent + name.chars().count() + 1;
        let stands = |row: &Unit| match &row.shape {
            Shape::Row(cells) => cells.last().filter(|_| cells.len() == 2).is_some_and(|cell| {
                let before = builder.slice(&(row.span.start..cell.start)).chars().count();
                (row.indent + before).abs_diff(column) <= 2
            }),
            _ => false,
        };
        let close = below.is_some_and(|below| below.gap == 0 && stands(below)) && above.is_some_and(stands);
        if close && figure.contains(|c: char| c.is_ascii_digit()) {
            let (start, end) = (unit.span.start, unit.span.end);
            let cells = vec![start..start + name.trim_end().len(), end - figure.len()..end];
            if let Some(unit) = units.get_mut(at) {
                unit.shape = Shape::Row(cells);
            }
        }
    }
}

/// Makes rows of terms and what stands behind a colon on the lines below them: "Start", ": in August".
pub(super) fn join_definitions(builder: &Builder<'_>, units: &mut Vec<Unit>) {
    let told = |unit: &Unit| {
        let rest = builder.slice(&unit.span).strip_prefix(':')?;
        let words = rest.trim_start();
        (words.len() < rest.len() && !words.is_empty()).then(|| unit.span.end - words.len()..unit.span.end)
    };
    let mut joined: Vec<Unit> = Vec::with_capacity(units.len());
    let mut defines = false;
    for unit in units.drain(..) {
        let value = told(&unit).filter(|_| unit.gap == 0);
        match (value, joined.last_mut()) {
            (Some(value), Some(above)) if above.is_line() && above.span.len() <= 80 => {
                above.shape = Shape::KeyValue(above.span.clone(), value);
                above.span.end = unit.span.end;
                above.lines += unit.lines;
                defines = true;
            }
            (Some(value), Some(Unit { shape: Shape::KeyValue(_, known), span, lines, .. })) if defines => {
                known.end = value.end;
                span.end = unit.span.end;
                *lines += unit.lines;
            }
            _ => {
                defines = false;
                joined.push(unit);
            }
        }
    }
    *units = joined;
}
