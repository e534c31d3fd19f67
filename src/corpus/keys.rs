//! A key and its value on one line: parted by a colon, a dash, an equals sign or dots. Each function looks at one line
//! alone; whether such lines are rows is decided by the formats.

use std::ops::Range;

use crate::lexicon::text_rules::TextRules;

/// More words before two colons are no term.
const MAX_TERM: usize = 12;

/// Key and value of `Key: value`, as ranges in `line`, marks of emphasis left outside of both.
pub(super) fn key_value(line: &str, rules: &TextRules) -> Option<(Range<usize>, Range<usize>)> {
    if let Some(inner) = in_brackets(line) {
        let (key, value) = key_value(inner, rules)?;
        return Some((key.start + 1..key.end + 1, value.start + 1..value.end + 1));
    }
    // "A.B. (what it stands for) :: what it is": two colons part whatever stands before them from what it is.
    if let Some((key, value)) =
        line.split_once(" :: ").filter(|(key, _)| key.split_whitespace().count() <= MAX_TERM)
    {
        let side = |range| strip(line, range, char::is_whitespace);
        return Some((side(0..key.len())?, side(line.len() - value.len()..line.len())?));
    }
    let colon = line
        .char_indices()
        .take(90)
        .find(|(index, c)| *c == '：' || (*c == ':' && line.get(index + 1..).is_some_and(colon_ends_key)));
    let (at, colon) = colon?;
    pair(line, at, at + colon.len_utf8(), rules)
}

/// What stands between the brackets around a whole line, if it holds no others.
fn in_brackets(line: &str) -> Option<&str> {
    let inner = [('(', ')'), ('[', ']')]
        .iter()
        .find_map(|(open, close)| line.strip_prefix(*open)?.strip_suffix(*close))?;
    (!inner.contains(['(', ')', '[', ']'])).then_some(inner)
}

/// White space, or the end of a bold key, follows the colon of a key.
fn colon_ends_key(rest: &str) -> bool {
    let bare = rest.trim_start_matches(['*', '_']);
    bare.starts_with(char::is_whitespace)
}

/// Sign, key and value of `Key - value` or `Key = value`; dashes of all lengths are one sign.
pub(super) fn dashed_value(line: &str, rules: &TextRules) -> Option<(char, Range<usize>, Range<usize>)> {
    let signs = [(" - ", '-'), (" – ", '-'), (" — ", '-'), (" -- ", '-'), (" = ", '=')];
    let found = signs.iter().filter_map(|(mark, sign)| Some((line.find(mark)?, mark.len(), *sign)));
    let (at, width, sign) = found.min()?;
    let (key, value) = pair(line, at, at + width, rules)?;
    Some((sign, key, value))
}

/// Key and value of `Key ..... value` or `Key . . . . value`: at least three dots lead from one to the other, or two with space on either
/// side.
pub(super) fn led_value(line: &str, rules: &TextRules) -> Option<(Range<usize>, Range<usize>)> {
    let leads = |c: char| matches!(c, '.' | '…' | ' ');
    let mut start = 0;
    // Every round begins behind the last one's dots.
    while let Some(found) = line.get(start..)?.find(['.', '…']) {
        let from = start + found;
        let rest = line.get(from..)?;
        let end = from + rest.find(|c| !leads(c)).unwrap_or(rest.len());
        let dots: usize = line
            .get(from..end)?
            .chars()
            .map(|c| match c {
                '.' => 1,
                '…' => 3,
                _ => 0,
            })
            .sum();
        let two = dots == 2 && line.get(..from)?.ends_with(' ') && line.get(from..end)?.ends_with(' ');
        if dots >= 3 && end - from > 3 || two {
            return pair(line, from, end, rules);
        }
        start = end;
    }
    None
}

/// Where another key begins inside a value: "3 Lab hours: 2", "ABC 101. Offered: Fall". What stands before it tells where the first value
/// ends: a figure, or a full stop.
pub(super) fn further_key(value: &str, rules: &TextRules) -> Option<usize> {
    /// More words before a second colon are a sentence.
    const WORDS: usize = 8;
    let (before, _) = value.split_once(": ")?;
    if before.split_whitespace().count() > WORDS {
        return None;
    }
    let start = before.char_indices().rev().find_map(|(at, sign)| {
        let ended = sign == ' '
            && before.get(..at)?.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ';' | ')'));
        ended.then_some(at + 1)
    })?;
    let key = before.get(start..)?;
    let named = key.starts_with(char::is_uppercase) && key.split_whitespace().count() <= 3;
    (named && is_key(key, rules)).then_some(start)
}

fn pair(
    line: &str,
    key_end: usize,
    value_start: usize,
    rules: &TextRules,
) -> Option<(Range<usize>, Range<usize>)> {
    let marks = |c: char| c.is_whitespace() || matches!(c, '*' | '_');
    let key = strip(line, 0..key_end, marks)?;
    let value = strip(line, value_start..line.len(), marks)?;
    let (words, figure) = (line.get(key.clone())?, line.get(value.clone())?);
    (is_key(words, rules) || is_figure(figure) && is_long_key(words, rules)).then_some((key, value))
}

/// A range without such characters at its ends; nothing if nothing is left.
pub(super) fn strip(
    line: &str,
    range: Range<usize>,
    mark: impl Fn(char) -> bool + Copy,
) -> Option<Range<usize>> {
    let slice = line.get(range.clone())?;
    let left = slice.len() - slice.trim_start_matches(mark).len();
    let inner = slice.trim_matches(mark);
    (!inner.is_empty()).then(|| range.start + left..range.start + left + inner.len())
}

/// A bare figure: what stands before it is its name, however long.
fn is_figure(value: &str) -> bool {
    let number = value.trim_start_matches(['$', '€', '£', '~', '+', '-', '−']);
    number.starts_with(|c: char| c.is_ascii_digit()) && value.split_whitespace().count() <= 4
}

fn is_long_key(key: &str, rules: &TextRules) -> bool {
    key.chars().count() <= 90 && names_value(key, 14, rules)
}

/// Whether a text can be a key: a few words that make no sentence.
pub(super) fn is_key(key: &str, rules: &TextRules) -> bool {
    key.chars().count() <= 60 && names_value(key, 8, rules)
}

fn names_value(key: &str, most: usize, rules: &TextRules) -> bool {
    let first = key.chars().find(|c| c.is_alphanumeric());
    let words: Vec<&str> = key.split_whitespace().collect();
    (1..=most).contains(&words.len())
        && first.is_some_and(|c| !c.is_lowercase())
        && key.chars().any(char::is_alphabetic)
        && !key.ends_with(['.', '!', ',', ';', '?'])
        && !key.contains(". ")
        && !key.contains("? ")
        // "Requires: …" has a key; among other words, such a word makes a sentence.
        && (words.len() == 1 || !words.iter().enumerate().any(|(index, word)| {
            // "United States" states nothing.
            let named = index > 0 && word.starts_with(char::is_uppercase);
            let folded = word.to_lowercase();
            !named && rules.not_in_key.contains(folded.trim_matches(|c: char| !c.is_alphanumeric()))
        }))
}
