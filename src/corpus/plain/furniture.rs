//! What a saved page holds besides its content: menus, breadcrumbs, share buttons, notices. Which lines those are is data
//! (`config/lexicon/text.toml`); when in doubt, a line is content.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::builder::{Builder, ends_with_colon};
use super::banner;
use super::pages::page_marks;
use super::units::{Shape, Unit, ends_sentence};

/// Drops what is not content.
pub(super) fn without_furniture(builder: &Builder<'_>, units: Vec<Unit>) -> Vec<Unit> {
    let menu: Vec<bool> = units.iter().map(|unit| is_menu_line(builder, unit)).collect();
    let mut drop = page_marks(builder, &units);
    for (at, dropped) in drop.iter_mut().enumerate() {
        let furniture = units.get(at).is_some_and(|unit| is_furniture(builder, unit));
        *dropped |= furniture || is_one_line_menu(builder, &units, at);
    }
    let mut start = 0;
    while start < units.len() {
        let mut end = start;
        while end < units.len() && (menu.get(end) == Some(&true) || drop.get(end) == Some(&true)) {
            end += 1;
        }
        // The last line of a menu is a heading when text follows right below.
        let heads_text = units.get(end).is_some_and(|next| next.gap == 0 && !next.is_line());
        let last = if heads_text && end > start { end - 1 } else { end };
        if end - start >= 3 {
            mark(&mut drop, start..last);
        }
        start = end.max(start) + 1;
    }
    let known: Vec<bool> = menu.iter().zip(&drop).map(|(menu, dropped)| *menu || *dropped).collect();
    mark(&mut drop, banner::menu(builder, &units, &known));
    drop_contents(builder, &units, &mut drop);
    drop_named_contents(builder, &units, &mut drop);
    drop_links(builder, &units, &mut drop);
    // A dropped line leaves its gap to the next one.
    let mut gap = 0;
    let mut kept = Vec::new();
    for (mut unit, dropped) in units.into_iter().zip(drop) {
        if dropped {
            gap += unit.gap + 1;
        } else {
            unit.gap += gap;
            gap = 0;
            kept.push(unit);
        }
    }
    kept
}

/// Drops a run of lines.
fn mark(drop: &mut [bool], lines: Range<usize>) {
    if let Some(lines) = drop.get_mut(lines) {
        lines.fill(true);
    }
}

/// Drops a table of contents: lines in a row near the head, each of which stands again further down, most of them with
/// something between them there. The keys of a box that repeats itself, or its lines one below the other, are none.
fn drop_contents(builder: &Builder<'_>, units: &[Unit], drop: &mut [bool]) {
    let words = |unit: &Unit| match &unit.shape {
        Shape::Text if unit.lines == 1 && !ends_with_colon(builder.slice(&unit.span)) => {
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
    let limit = units.len().min(60);
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
        // Lines that others go on from right below are part of something else.
        let whole = units.get(end).is_none_or(|next| next.gap > 0);
        // What a sentence introduces is a list, though each of its items has a section below.
        let introduced = start.checked_sub(1).and_then(|above| units.get(above)).is_some_and(|above| {
            let words = builder.slice(&above.span);
            ends_with_colon(words) && !names_contents(builder, &folded(words))
        });
        if end - start >= 2 && !introduced && whole && again && (apart + 1) * 2 >= places.len() && apart > 0 {
            mark(drop, start..end);
        }
        start = end + 1;
    }
}

/// Drops the lines below "On this page" when half of them stand again further down: the others are called otherwise there.
fn drop_named_contents(builder: &Builder<'_>, units: &[Unit], drop: &mut [bool]) {
    let line = |unit: &Unit| match &unit.shape {
        Shape::Text | Shape::KeyValue(..) if unit.lines == 1 => Some(folded(builder.slice(&unit.span))),
        Shape::Bullet(_, words) if unit.lines == 1 => Some(folded(builder.slice(words))),
        _ => None,
    };
    let opens = |unit: &Unit| line(unit).is_some_and(|words| names_contents(builder, &words));
    let Some(at) = units.iter().take(HEAD).position(opens) else { return };
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
    if again >= 2 && again * 2 >= listed.len() {
        mark(drop, at..at + 1 + listed.len());
    }
}

/// "On this page:".
fn names_contents(builder: &Builder<'_>, words: &str) -> bool {
    builder.rules.contents_lines.contains(words.trim_end_matches(':'))
}

/// A list of contents stands among so many lines at the head.
const HEAD: usize = 60;

/// How many lines a list of links at the foot may have.
const MAX_LINKS: usize = 15;

/// Drops the links below "Related articles" when they are the last that stands on the page.
fn drop_links(builder: &Builder<'_>, units: &[Unit], drop: &mut [bool]) {
    let tail = units.len().saturating_sub(MAX_LINKS + 1);
    let opens = |unit: &Unit| {
        let words = folded(builder.slice(&unit.span));
        unit.lines == 1 && builder.rules.related_lines.contains(words.trim_end_matches([':', ' ']))
    };
    let Some(start) = units.iter().skip(tail).position(opens).map(|at| tail + at) else { return };
    let link = |unit: &Unit| {
        let words = builder.slice(&unit.span);
        unit.lines == 1
            && words.split_whitespace().count() <= 14
            && !words.ends_with(['.', ';'])
            && !words.contains(['$', '€', '£', '%'])
    };
    let links = units.iter().zip(drop.iter()).skip(start + 1).all(|(unit, dropped)| *dropped || link(unit));
    if links {
        mark(drop, start..units.len());
    }
}

fn folded(words: &str) -> String {
    // "☰ Menu" is a button with its picture.
    words
        .trim_start_matches(|c: char| !c.is_ascii() && !c.is_alphanumeric() && c != '©')
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '[' | ']' | '|' | '#'))
        .to_lowercase()
        .replace('’', "'")
}

fn is_furniture(builder: &Builder<'_>, unit: &Unit) -> bool {
    if unit.lines > 3 || unit.span.len() > 400 || matches!(unit.shape, Shape::Rule(_)) {
        return false;
    }
    let rules = builder.rules;
    let inner = match &unit.shape {
        Shape::Bullet(_, words) | Shape::Marked(_, words) => words,
        _ => &unit.span,
    };
    let words = folded(builder.slice(inner));
    if rules.dropped_lines.contains(words.trim_end_matches([':', '.', '!', '›', '»', '>', '…', ' '])) {
        return true;
    }
    // "8 min read", "3 comments".
    let counted = words.trim_start_matches(|c: char| c.is_ascii_digit());
    if counted.len() < words.len() && rules.dropped_lines.contains(counted.trim_start()) {
        return true;
    }
    let count = words.split_whitespace().count();
    let sentence = ends_sentence(&words);
    let most = if matches!(unit.shape, Shape::Row(_)) { 40 } else { 14 };
    if !sentence
        && count <= most
        && rules.dropped_starts.iter().any(|start| words.starts_with(start.as_str()))
    {
        return true;
    }
    if words.chars().count() <= 240 && rules.dropped_parts.iter().any(|part| words.contains(part.as_str())) {
        return true;
    }
    // A trail of pages: "Degrees > Health > Coding".
    let steps =
        [" > ", " › ", " » ", " → "].iter().map(|sign| words.matches(sign).count()).max().unwrap_or_default();
    if steps >= 2 && !sentence && count <= 24 {
        return true;
    }
    false
}

/// How many units at the head and at the foot are looked at more strictly.
const EDGE: usize = 4;

/// A menu on one line, or one of several that stand together: a row among rows of another kind belongs to a table.
fn is_one_line_menu(builder: &Builder<'_>, units: &[Unit], at: usize) -> bool {
    let Some(unit) = units.get(at).filter(|_| names_a_menu(builder, units, at)) else { return false };
    let Shape::Row(cells) = &unit.shape else { return true };
    let foreign = |other: usize| {
        units.get(other).is_some_and(|other| matches!(other.shape, Shape::Row(_)))
            && !names_a_menu(builder, units, other)
    };
    let above = unit.gap == 0 && at.checked_sub(1).is_some_and(foreign);
    let alike = |below: &Unit| matches!(&below.shape, Shape::Row(others) if others.len() == cells.len());
    let close = |below: &Unit| below.gap == 0 || below.gap == 1 && cells.len() > 2 && alike(below);
    let below = units.get(at + 1).is_some_and(close) && foreign(at + 1);
    !(above || below)
}

/// Several names, most of which are known from menus. At the head or the foot of the page, fewer do.
fn names_a_menu(builder: &Builder<'_>, units: &[Unit], at: usize) -> bool {
    let Some(unit) = units.get(at).filter(|unit| unit.lines == 1 && unit.span.len() <= 300) else {
        return false;
    };
    if matches!(unit.shape, Shape::Bullet(..) | Shape::Rule(_)) {
        return false;
    }
    let words = folded(builder.slice(&unit.span));
    if ends_sentence(&words) {
        return false;
    }
    let rules = builder.rules;
    let known = |name: &str| rules.menu_words.contains(name) || rules.dropped_lines.contains(name);
    let buttons = || {
        let mut pieces = words.split_whitespace();
        let dropped = pieces.clone().next().is_some_and(|first| rules.dropped_lines.contains(first));
        let set_off = unit.gap > 0 || at < EDGE || dropped;
        set_off && pieces.clone().count() >= 3 && pieces.all(known)
    };
    let names: Vec<&str> = match &unit.shape {
        Shape::Row(cells) => cells.iter().map(|cell| builder.slice(cell)).collect(),
        // "Share Tweet Email": buttons in a row, which may stand right below a byline.
        Shape::Text if buttons() => words.split_whitespace().collect(),
        _ => words.split(['|', '·', '•']).collect(),
    };
    // "Cart (0)" counts what is in it.
    let bare = |name: &str| {
        let name = folded(name);
        let inner = name.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
        match inner {
            Some((name, count)) if count.chars().all(|c| c.is_ascii_digit()) => name.trim().to_owned(),
            _ => name,
        }
    };
    let names: Vec<String> = names.into_iter().map(bare).filter(|name| !name.is_empty()).collect();
    if names.iter().any(|name| name.contains(|c: char| c.is_ascii_digit())) {
        return false;
    }
    let known = names.iter().filter(|name| known(name)).count();
    let edge = at < EDGE || at + EDGE >= units.len();
    let short = names.iter().all(|name| name.split_whitespace().count() <= if edge { 7 } else { 5 });
    names.len() >= 2 && short && known * if edge { 3 } else { 1 } >= names.len()
}

fn is_menu_line(builder: &Builder<'_>, unit: &Unit) -> bool {
    let words = match &unit.shape {
        Shape::Text => &unit.span,
        Shape::Bullet(_, words) => words,
        _ => return false,
    };
    unit.lines == 1 && builder.rules.menu_words.contains(&folded(builder.slice(words)))
}
