//! Lines one below the other that part a short key from its value by a sign ("Length - 9 months", "Length = 9 months"):
//! rows of keys and values. One such line alone is text, and so are names with dashes in them ("Nurse - Night Shift").

use std::collections::HashSet;

use super::super::builder::Builder;
use super::super::keys;
use super::super::model::Span;
use super::rows::is_figure;
use super::units::{Shape, Unit};

/// Keys of more words are parts of names.
const MAX_KEY_WORDS: usize = 4;

/// A line that could be a row.
struct Pair {
    sign: char,
    key: Span,
    value: Span,
}

/// Turns the lines of such runs into rows.
pub(super) fn mark_rows(builder: &Builder<'_>, units: &mut [Unit]) {
    let mut start = 0;
    while start < units.len() {
        let mut run = Vec::new();
        for unit in units.iter().skip(start) {
            if !run.is_empty() && unit.gap > 0 {
                break;
            }
            let Some(pair) = pair(builder, unit) else { break };
            run.push(pair);
        }
        let taken = run.len();
        if are_rows(builder, &run) {
            for (unit, pair) in units.iter_mut().skip(start).zip(run) {
                unit.shape = Shape::KeyValue(pair.key, pair.value);
            }
        }
        start += taken.max(1);
    }
}

fn pair(builder: &Builder<'_>, unit: &Unit) -> Option<Pair> {
    if let Shape::KeyValue(key, value) = &unit.shape {
        return (unit.lines == 1).then(|| Pair { sign: ':', key: key.clone(), value: value.clone() });
    }
    if !unit.is_line() {
        return None;
    }
    let (sign, key, value) = keys::dashed_value(builder.slice(&unit.span), builder.rules)?;
    let at = |range: std::ops::Range<usize>| unit.span.start + range.start..unit.span.start + range.end;
    Some(Pair { sign, key: at(key), value: at(value) })
}

fn are_rows(builder: &Builder<'_>, run: &[Pair]) -> bool {
    let Some(first) = run.first().filter(|_| run.len() >= 2) else { return false };
    let same = run.iter().all(|pair| pair.sign == first.sign);
    if same && matches!(first.sign, ':' | '=') {
        return first.sign == '=';
    }
    let figures = run.iter().filter(|pair| is_figure(builder.slice(&pair.value))).count();
    if same && figures * 2 >= run.len() {
        return true;
    }
    let mut keys = HashSet::new();
    let distinct = run.iter().all(|pair| {
        let key = builder.slice(&pair.key);
        keys.insert(key)
            && key.split_whitespace().count() <= MAX_KEY_WORDS
            && !key.contains(|c: char| c.is_ascii_digit())
    });
    // What a dash parts from a name begins with a capital, as the name does.
    let told = run
        .iter()
        .filter(|pair| pair.sign != ':')
        .all(|pair| builder.slice(&pair.value).starts_with(char::is_lowercase));
    run.len() >= 3 && distinct && (figures > 0 || told)
}
