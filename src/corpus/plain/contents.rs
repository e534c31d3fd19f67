//! Tables of contents: lines near the head of a page that stand again further down. They are dropped, and what they name are the
//! headings of the page, above all others.

use std::collections::{HashMap, HashSet};

use super::super::builder::{Builder, ends_with_colon};
use super::furniture::{folded, mark};
use super::scan::Scan;
use super::units::{Shape, Unit, ends_sentence};

/// Fewer parts tell nothing of the others.
const LEAST: usize = 3;

/// Drops tables of contents; gives the lines, folded, that they name.
pub(super) fn drop_contents(builder: &Builder<'_>, units: &[Unit], drop: &mut [bool]) -> HashSet<String> {
    let mut named = drop_repeated(builder, units, drop);
    named.extend(drop_announced(builder, units, drop));
    named
}

/// Where the lines begin that a table of contents names, the first of each; none where most of them are no lines of text.
pub(super) fn parts(scan: &Scan<'_, '_, '_>, named: &HashSet<String>) -> HashSet<usize> {
    let mut seen = HashSet::new();
    let mut found = HashSet::new();
    for unit in scan.units.iter().filter(|unit| scan.heading_like(unit)) {
        let words = folded(scan.words(unit));
        if named.contains(&words) && seen.insert(words) {
            found.insert(unit.span.start);
        }
    }
    if found.len() >= LEAST && found.len() * 2 > named.len() { found } else { HashSet::new() }
}

/// Drops a table of contents: lines in a row near the head, each of which stands again further down, most of them with
/// something between them there. The keys of a box that repeats itself, or its lines one below the other, are none.
fn drop_repeated(builder: &Builder<'_>, units: &[Unit], drop: &mut [bool]) -> HashSet<String> {
    let mut named = HashSet::new();
    let words = |unit: &Unit| match &unit.shape {
        Shape::Text if unit.lines == 1 && !builder.slice(&unit.span).ends_with([':', '.']) => {
            Some(folded(builder.slice(&unit.span)))
        }
        Shape::Bullet(_, words) | Shape::Marked(_, words) if unit.lines == 1 => {
            Some(folded(builder.slice(words)))
        }
        // "3  Applying and paying".
        Shape::Row(cells) if unit.lines == 1 && cells.len() == 2 => Some(folded(builder.slice(&unit.span))),
        _ => None,
    };
    let mut last: HashMap<String, usize> = HashMap::new();
    for (index, unit) in units.iter().enumerate() {
        if let Some(words) = words(unit).filter(|words| words.len() <= 120) {
            last.insert(words, index);
        }
    }
    let mut start = 0;
    let limit = units.len().min(HEAD);
    while start < limit {
        let run = units.iter().enumerate().skip(start).take_while(|(index, unit)| {
            words(unit).and_then(|words| last.get(&words).copied()).is_some_and(|again| again > *index)
        });
        let end = start + run.count();
        // Each must stand again behind the whole run, or they are a list that repeats itself.
        let places: Vec<usize> = units
            .iter()
            .take(end)
            .skip(start)
            .filter_map(|unit| words(unit).and_then(|words| last.get(&words).copied()))
            .collect();
        let again = places.iter().all(|again| *again >= end);
        let apart = places.windows(2).filter(|pair| pair[0] + 1 != pair[1]).count();
        // Lines that others go on from right below are part of something else, unless it is the first of the parts.
        let first = || units.get(start).and_then(words);
        let whole =
            units.get(end).is_none_or(|next| next.gap > 0 || end - start >= LEAST && words(next) == first());
        // What a sentence introduces is a list, though each of its items has a section below.
        let introduced = start.checked_sub(1).and_then(|above| units.get(above)).is_some_and(|above| {
            let words = builder.slice(&above.span);
            ends_with_colon(words) && !names_contents(builder, &folded(words))
        });
        if end - start >= 2 && !introduced && whole && again && (apart + 1) * 2 >= places.len() && apart > 0 {
            mark(drop, start..end);
            named.extend(units.iter().take(end).skip(start).filter_map(words));
        }
        start = end + 1;
    }
    named
}

/// Drops the lines below "On this page" when half of them stand again further down: the others are called otherwise there.
fn drop_announced(builder: &Builder<'_>, units: &[Unit], drop: &mut [bool]) -> HashSet<String> {
    let line = |unit: &Unit| match &unit.shape {
        Shape::Text | Shape::KeyValue(..) if unit.lines == 1 => Some(folded(builder.slice(&unit.span))),
        Shape::Bullet(_, words) if unit.lines == 1 => Some(folded(builder.slice(words))),
        _ => None,
    };
    let opens = |unit: &Unit| line(unit).is_some_and(|words| names_contents(builder, &words));
    let Some(at) = units.iter().take(HEAD).position(opens) else { return HashSet::new() };
    let gap = units.get(at + 1).map_or(0, |first| first.gap.min(1));
    let short = |words: &String| words.len() <= 100 && !ends_sentence(words) || words.ends_with('?');
    let listed: Vec<String> = units
        .iter()
        .skip(at + 1)
        .enumerate()
        .take_while(|(index, unit)| unit.gap <= if *index == 0 { 1 } else { gap })
        .map_while(|(_, unit)| line(unit).filter(short))
        .collect();
    // The first of them may be taken for one of the lines that stand again.
    let later: HashSet<String> = units.iter().skip(at + 1 + listed.len()).filter_map(line).collect();
    let again = listed.iter().filter(|words| later.contains(*words)).count();
    if again < 2 || again * 2 < listed.len() {
        return HashSet::new();
    }
    mark(drop, at..at + 1 + listed.len());
    listed.into_iter().filter(|words| later.contains(words)).collect()
}

/// "On this page:".
fn names_contents(builder: &Builder<'_>, words: &str) -> bool {
    builder.rules.contents_lines.contains(words.trim_end_matches(':'))
}

/// A list of contents stands among so many lines at the head.
const HEAD: usize = 60;
