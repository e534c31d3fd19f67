//! What a saved page holds besides its content: menus, breadcrumbs, share buttons, notices. Which lines those are is data
//! (`config/lexicon/text.toml`); when in doubt, a line is content.

use std::collections::HashSet;
use std::ops::Range;

use super::super::builder::Builder;
use super::pages::page_marks;
use super::units::{Shape, Unit, ends_sentence};
use super::{banner, contents};

/// Drops what is not content, and gives with the rest the lines, folded, that a table of contents names.
pub(super) fn without_furniture(builder: &Builder<'_>, units: Vec<Unit>) -> (Vec<Unit>, HashSet<String>) {
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
    let named = contents::drop_contents(builder, &units, &mut drop);
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
    (kept, named)
}

/// Drops a run of lines.
pub(super) fn mark(drop: &mut [bool], lines: Range<usize>) {
    if let Some(lines) = drop.get_mut(lines) {
        lines.fill(true);
    }
}

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

/// A line as it is compared with others.
pub(super) fn folded(words: &str) -> String {
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
