//! What a printed page has at its head and its foot: its number, and the words that stand on every page. They are told by standing
//! beside a number, by coming again, or by taking up the words of the first lines.

use std::collections::{HashMap, HashSet};

use super::super::builder::Builder;
use super::units::{Shape, Unit};

/// A line that begins this far from the edge was centred or set to the right, in characters.
const FAR: usize = 20;

/// … and so is what such a gap stands before.
const APART: &str = "            ";

/// Among so many lines at the head of a text stand those that its pages take up.
const BANNER: usize = 6;

/// A running head has no more words.
const MAX_WORDS: usize = 14;

/// For each unit whether it is a page's number or stands on every page.
pub(super) fn page_marks(builder: &Builder<'_>, units: &[Unit]) -> Vec<bool> {
    let numbers = numbers(builder, units);
    let mut marks: Vec<bool> = numbers.iter().map(Option::is_some).collect();
    if !marks.contains(&true) {
        return marks;
    }
    let banner = banner_words(builder, units);
    let near: Vec<usize> = (0..units.len()).filter(|at| beside(units, &marks, *at)).collect();
    let mut count: HashMap<String, usize> = HashMap::new();
    for unit in units.iter().filter(|unit| unit.lines == 1) {
        *count.entry(plain(builder, unit)).or_default() += 1;
    }
    for at in near {
        let Some(unit) = units.get(at).filter(|unit| at > 0 && runs(builder, unit)) else { continue };
        let words = plain(builder, unit);
        let again = count.get(&words).is_some_and(|count| *count >= 2);
        let apart = units.get(at + 1).is_none_or(|below| below.gap > 0) || marks.get(at + 1) == Some(&true);
        let takes_up = at > BANNER && apart && takes_up(&words, &banner);
        if again || takes_up {
            marks[at] = true;
        }
    }
    marks
}

/// Numbers of pages: "- 3 -", "Page 3 of 10"; a number alone, far from the edge or counted on; words with a number far from the edge.
fn numbers(builder: &Builder<'_>, units: &[Unit]) -> Vec<Option<u32>> {
    let mut counted: HashMap<String, Vec<(usize, u32)>> = HashMap::new();
    let mut found = vec![None; units.len()];
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| unit.lines == 1) {
        let words = builder.slice(&unit.span);
        if is_page_number(&words.to_lowercase()) {
            found[at] = Some(0);
            continue;
        }
        let far = unit.indent >= FAR || at >= BANNER && words.contains(APART);
        let own = match (&unit.shape, numbered(words)) {
            (Shape::Text | Shape::Row(_) | Shape::KeyValue(..), Some(own)) if words.len() <= 100 => own,
            _ => continue,
        };
        // "Name of the college          Page 188"; at the head of a text it says whose it is.
        if at >= BANNER && far && own.1.ends_with("page") {
            found[at] = Some(own.0);
            continue;
        }
        if matches!(unit.shape, Shape::KeyValue(..)) {
            continue;
        }
        // "Semester 1" and "1" above a name are headings: only what stands far from the edge is told by its place.
        if far || own.1.contains('|') {
            counted.entry(own.1).or_default().push((at, own.0));
        }
    }
    for (words, places) in counted {
        let rising = places.windows(2).all(|pair| pair[0].1 < pair[1].1);
        if rising && (places.len() >= 2 || words.is_empty()) {
            places.iter().for_each(|(at, number)| found[*at] = Some(*number));
        }
    }
    found
}

/// The number at one end of a line and the other words.
fn numbered(words: &str) -> Option<(u32, String)> {
    let number = |piece: &str| {
        let figure = (1..=4).contains(&piece.len()) && piece.bytes().all(|byte| byte.is_ascii_digit());
        figure.then(|| piece.parse().ok()).flatten()
    };
    let rest = |rest: &str| rest.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let last = words.rsplit(char::is_whitespace).next()?;
    if let Some(own) = number(last) {
        return Some((own, rest(words.strip_suffix(last)?)));
    }
    let first = words.split(char::is_whitespace).next()?;
    Some((number(first)?, rest(words.strip_prefix(first)?)))
}

/// "- 3 -", "Page 3 of 10".
fn is_page_number(words: &str) -> bool {
    let digits = |text: &str| (1..=4).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit());
    let dash = |c: char| matches!(c, '-' | '–' | '—' | ' ' | '|');
    let bare = words.trim_matches(dash);
    if let Some(rest) = bare.strip_prefix("page ") {
        return rest.split(" of ").all(digits);
    }
    let inner = words.strip_prefix(dash).and_then(|rest| rest.strip_suffix(dash));
    inner.is_some_and(|inner| digits(inner.trim()))
}

/// Whether a unit stands right before or behind the number of a page.
fn beside(units: &[Unit], numbers: &[bool], at: usize) -> bool {
    let close = |at: usize| units.get(at).is_some_and(|unit| unit.gap <= 3);
    let below = numbers.get(at + 1) == Some(&true) && close(at + 1);
    let above = at.checked_sub(1).is_some_and(|above| numbers.get(above) == Some(&true)) && close(at);
    numbers.get(at) == Some(&false) && (below || above)
}

/// A line that may stand on every page: short, and no sentence.
fn runs(builder: &Builder<'_>, unit: &Unit) -> bool {
    let words = builder.slice(&unit.span);
    unit.lines == 1
        && matches!(unit.shape, Shape::Text | Shape::Row(_) | Shape::KeyValue(..))
        && words.split_whitespace().count() <= MAX_WORDS
        && !words.ends_with(['.', '?', '!', ':', ';'])
}

/// The words of a line without its figures, in small letters.
fn plain(builder: &Builder<'_>, unit: &Unit) -> String {
    let words = builder.slice(&unit.span).to_lowercase();
    let pieces = words.split(|c: char| !c.is_alphabetic()).filter(|piece| !piece.is_empty());
    pieces.filter(|piece| *piece != "page").collect::<Vec<_>>().join(" ")
}

fn banner_words(builder: &Builder<'_>, units: &[Unit]) -> HashSet<String> {
    let lines = units.iter().take(BANNER).filter(|unit| unit.lines == 1);
    lines.flat_map(|unit| plain(builder, unit).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Whether a line says nothing but what the first lines say.
fn takes_up(words: &str, banner: &HashSet<String>) -> bool {
    let long = || words.split(' ').filter(|word| word.chars().count() > 3);
    long().next().is_some() && long().all(|word| banner.contains(word))
}
