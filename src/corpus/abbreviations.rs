//! Abbreviations that a text defines itself: "Long Form (LF)" and "LF (Long Form)". After Schwartz and Hearst,
//! "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003).

use super::model::Span;

/// A short form, its long form, and where both stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abbreviation {
    /// The letters, as written.
    pub short: String,
    /// The words, as written.
    pub long: String,
    /// From the first byte of the one to the last of the other, in the text given.
    pub span: Span,
}

/// Short forms are this long, in characters.
const SHORT_LENGTH: std::ops::RangeInclusive<usize> = 2..=12;

/// The abbreviations that a text defines, in order.
pub fn abbreviations(text: &str) -> Vec<Abbreviation> {
    let mut found: Vec<Abbreviation> = text.lines().filter_map(equated).collect();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find('(')).map(|at| from + at) {
        let inside_start = open + 1;
        let Some(close) =
            text.get(inside_start..).and_then(|rest| rest.find([')', '('])).map(|at| inside_start + at)
        else {
            break;
        };
        from = inside_start;
        if !text.get(close..).is_some_and(|rest| rest.starts_with(')')) {
            continue;
        }
        let (Some(before), Some(inside)) = (text.get(..open), text.get(inside_start..close)) else {
            continue;
        };
        let before = before.trim_end();
        let first_part = inside.split([';', ',']).next().unwrap_or(inside);
        // "or" and "formerly" inside the parentheses still leave the letters first.
        let short = first_part.trim().trim_matches(['"', '\'', '“', '”', '‘', '’']);
        if is_short_form(short) {
            if let Some(start) = long_form_start(before, short)
                && let Some(long) = before.get(start..)
            {
                found.push(Abbreviation {
                    short: short.to_owned(),
                    long: long.to_owned(),
                    span: start..close + 1,
                });
            }
        } else if let Some(start) = last_word_start(before)
            && let Some(short) = before.get(start..)
            && is_short_form(short)
            && long_form_start(inside.trim(), short) == Some(0)
        {
            let long = inside.trim().to_owned();
            found.push(Abbreviation { short: short.to_owned(), long, span: start..close + 1 });
        }
    }
    found
}

/// The abbreviation that two neighbouring cells make, or a key and its value ("RN | Registered Nurse"); its span is
/// empty. Only initials count: two cells stand side by side for many reasons.
pub fn paired(one: &str, other: &str) -> Option<Abbreviation> {
    let (one, other) = (one.trim(), other.trim());
    let made = |short: &str, long: &str| {
        let letters: Vec<char> = short
            .chars()
            .filter(|character| character.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        // "service level agreement, the time in which …" goes on to explain.
        let long = long.split([',', ';', '(', ':', '.']).next().unwrap_or(long).trim();
        let starts = word_starts(long);
        let whole = initials_start(long, starts.into_iter(), &letters) == Some(0);
        (is_short_form(short) && short.split_whitespace().count() == 1 && whole).then(|| Abbreviation {
            short: short.to_owned(),
            long: long.to_owned(),
            span: 0..0,
        })
    };
    made(one, other).or_else(|| made(other, one))
}

/// "LF = long form" on a line of its own.
fn equated(text: &str) -> Option<Abbreviation> {
    let (short, long) = text.split_once(" = ")?;
    paired(short, long.trim_end_matches('.')).map(|found| Abbreviation { span: 0..text.len(), ..found })
}

fn last_word_start(text: &str) -> Option<usize> {
    text.char_indices().rev().take_while(|(_, character)| !character.is_whitespace()).last().map(|(at, _)| at)
}

fn is_short_form(text: &str) -> bool {
    let count = text.chars().count();
    SHORT_LENGTH.contains(&count)
        && text.split_whitespace().count() <= 2
        && text.chars().next().is_some_and(char::is_alphanumeric)
        && text.chars().filter(|character| character.is_uppercase()).count() * 2
            >= text.chars().filter(|character| character.is_alphabetic()).count()
        && text.chars().any(char::is_uppercase)
}

/// Where in `before` the long form of `short` starts: each letter of the short form stands in it in order, the
/// first one at the start of a word; at most `min(letters + 5, letters × 2)` words are looked at.
fn long_form_start(before: &str, short: &str) -> Option<usize> {
    let letters: Vec<char> =
        short.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let most_words = (letters.len() + 5).min(letters.len() * 2).max(2);
    let blank_line = before.rfind("\n\n").max(before.rfind("\r\n\r\n"));
    let sentence_start =
        before.rfind(['.', ';', ':', '(', ')', '|', '\t']).max(blank_line).map_or(0, |at| at + 1);
    // A line break inside a wrapped sentence does not end the long form, a full stop after a capital neither.
    let starts = word_starts(before);
    let window_start = *starts.get(starts.len().saturating_sub(most_words))?;
    let floor =
        if before.get(sentence_start..)?.split_whitespace().count() >= 2 { sentence_start } else { 0 };
    let start = window_start.max(floor);
    if let Some(at) = initials_start(before, starts.iter().copied().filter(|at| *at >= start), &letters) {
        return Some(at);
    }
    let window: Vec<(usize, char)> = before.char_indices().filter(|(at, _)| *at >= start).collect();
    let mut position = window.len();
    for (rank, letter) in letters.iter().enumerate().rev() {
        loop {
            position = position.checked_sub(1)?;
            let (_, character) = *window.get(position)?;
            let same = character.to_lowercase().eq(std::iter::once(*letter));
            let word_start = position == 0
                || window.get(position - 1).is_some_and(|(_, previous)| !previous.is_alphanumeric());
            if same && (rank > 0 || word_start) {
                break;
            }
        }
    }
    let (at, _) = *window.get(position)?;
    let long = before.get(at..)?;
    let words = long.split_whitespace().count();
    (words >= 2 && long.chars().count() > short.chars().count()).then_some(at)
}

/// Where the last words start whose initials are just these letters, words that join others left out. Taken before any
/// other reading, since a letter inside a word may come first: the second A of AAPC stands in "Academy", too.
fn initials_start(
    text: &str,
    starts: impl DoubleEndedIterator<Item = usize>,
    letters: &[char],
) -> Option<usize> {
    const JOINING: [&str; 8] = ["of", "and", "the", "for", "in", "to", "&", "-"];
    let mut left = letters;
    for at in starts.rev() {
        let word = text.get(at..)?.split_whitespace().next()?;
        let (last, others) = left.split_last()?;
        if word.chars().next().is_some_and(|first| first.to_lowercase().eq(std::iter::once(*last))) {
            left = others;
            if left.is_empty() {
                return (letters.len() >= 2).then_some(at);
            }
        } else if !JOINING.contains(&word) {
            return None;
        }
    }
    None
}

fn word_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut inside = false;
    for (at, character) in text.char_indices() {
        if character.is_whitespace() {
            inside = false;
        } else if !inside {
            inside = true;
            starts.push(at);
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::{abbreviations, paired};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found: Vec<_> =
            abbreviations(text).into_iter().map(|found| format!("{}={}", found.short, found.long)).collect();
        assert_eq!(found.join("; "), expected);
    }

    #[test]
    fn definitions_are_found() {
        check("the Certified Professional Coder (CPC), the", "CPC=Certified Professional Coder");
        check("Certified Professional Coder - Payer (CPC-P).", "CPC-P=Certified Professional Coder - Payer");
        check("by the U.S. Bureau of Labor Statistics (BLS) in", "BLS=Bureau of Labor Statistics");
        check(
            "An RHIT (Registered Health Information Technician) may",
            "RHIT=Registered Health Information Technician",
        );
        check(
            "through the American Academy of Professional Coders (AAPC).",
            "AAPC=American Academy of Professional Coders",
        );
        check("a degree (two years) and (see below)", "");
        check(
            "the American Speech and\nSwallowing Association (ASSA)",
            "ASSA=American Speech and\nSwallowing Association",
        );
        check("GDD = game design document", "GDD=game design document");
        check("nothing (NASA", "");
    }

    #[test]
    fn a_key_defines_what_its_value_begins_with() {
        let long = |short: &str, value: &str| paired(short, value).map(|found| found.long);
        assert_eq!(
            long("SLA", "service level agreement, the time in which an answer is due.").as_deref(),
            Some("service level agreement")
        );
        assert_eq!(long("SLA", "agreed in writing, service level included"), None);
    }
}
