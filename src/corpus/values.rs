//! Typed values in a text: money, percentages, lengths of time, years, dates and plain numbers, each with the bytes
//! it covers. Found by form alone (signs, units, digits), never by subject.

use serde::{Deserialize, Serialize};

use super::model::Span;
use crate::lexicon::Units;
use crate::text::{Token, tokens};

/// What kind of value a span is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ValueKind {
    /// "$35,900", "35,900 dollars".
    Money,
    /// "23%", "23 percent".
    Percent,
    /// "two years", "18-24 months".
    Duration,
    /// "540 hours", "three days".
    Hours,
    /// "2014".
    Year,
    /// "March 15", "June 2026".
    Date,
    /// "Saturdays", "5 p.m."
    Time,
    /// Any other number.
    Count,
}

/// A typed value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// Its kind.
    pub kind: ValueKind,
    /// First byte and the byte after the last, in the text it was looked for in.
    pub span: Span,
    /// Index of the token that follows it.
    pub after: usize,
}

/// Years outside this range are plain numbers.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;

/// The values of a text, in order, without overlap. A value with a rate takes it along ("$20 per hour").
pub fn values(text: &str, units: &Units) -> Vec<Value> {
    let tokens = tokens(text);
    let mut found: Vec<Value> = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        if let Some(next) = telephone(text, &tokens, index) {
            index = next;
            continue;
        }
        match value_at(text, &tokens, index, units) {
            Some((mut value, next)) => {
                index = next.max(index + 1);
                value.after = index;
                found.push(value);
            }
            None => index += 1,
        }
    }
    found
}

/// Whether a value may begin with a word.
pub fn begins(token: &Token, units: &Units) -> bool {
    let named = units.months.contains(&token.word) || units.weekdays.contains(&token.word);
    named && token.capital || number(token, units).is_some()
}

fn value_at(text: &str, tokens: &[Token], index: usize, units: &Units) -> Option<(Value, usize)> {
    let token = tokens.get(index)?;
    if units.months.contains(&token.word) && token.capital {
        return date_at(text, tokens, index, units);
    }
    if units.weekdays.contains(&token.word) && token.capital {
        return Some((Value { kind: ValueKind::Time, span: token.span.clone(), after: 0 }, index + 1));
    }
    number(token, units)?;
    let mut last = index;
    // A range ("12-18 months", "12 to 18 months") and a magnitude ("1.2 million") belong to the number.
    if let Some(end) = range_end(text, tokens, index, units) {
        last = end;
    }
    if tokens.get(last + 1).is_some_and(|next| units.magnitudes.contains(&next.word)) {
        last += 1;
    }
    // "5:00".
    let minutes = tokens.get(last + 1).filter(|next| {
        gap(text, tokens, last) == Some(":")
            && next.word.len() == 2
            && next.word.bytes().all(|byte| byte.is_ascii_digit())
    });
    let clock = minutes.is_some() && last == index;
    if clock {
        last += 1;
    }
    // "three and a half years".
    if let Some(words) = units.fractions.iter().find(|words| follow(tokens, last, words)) {
        last += words.len();
    }
    // "1 March": the month goes with the day before it.
    let day = token.word.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day));
    if let Some(month) = tokens.get(index + 1).filter(|month| {
        day && last == index
            && month.capital
            && units.months.contains(&month.word)
            && gap(text, tokens, index) == Some(" ")
    }) {
        let year = tokens.get(index + 2).filter(|year| is_year(text, year));
        let end = year.unwrap_or(month).span.end;
        let next = index + if year.is_some() { 3 } else { 2 };
        return Some((Value { kind: ValueKind::Date, span: token.span.start..end, after: 0 }, next));
    }
    let (start, end) = (token.span.start, tokens.get(last)?.span.end);
    let sign_before = text
        .get(..start)
        .and_then(|before| before.trim_end_matches(' ').chars().next_back())
        .filter(|sign| units.currency_signs.contains(sign));
    let sign_after = text.get(end..).and_then(|after| after.chars().next());
    let next = tokens.get(last + 1);
    let next_is = |set: &crate::text::quick::HashSet<String>| {
        next.is_some_and(|next| set.contains(&next.word) && gap(text, tokens, last).is_some_and(joins))
    };
    let found = if let Some(sign) = sign_before {
        let start = text.get(..start)?.rfind(sign)?;
        let (end, last) = with_rate(text, tokens, last, end, units);
        (Value { kind: ValueKind::Money, span: start..end, after: 0 }, last + 1)
    } else if sign_after == Some('%') {
        (Value { kind: ValueKind::Percent, span: start..end + 1, after: 0 }, last + 1)
    } else if next_is(&units.percent_words) {
        (Value { kind: ValueKind::Percent, span: start..next?.span.end, after: 0 }, last + 2)
    } else if next_is(&units.currency_words) {
        let (end, last) = with_rate(text, tokens, last + 1, next?.span.end, units);
        (Value { kind: ValueKind::Money, span: start..end, after: 0 }, last + 1)
    } else if next_is(&units.term_words)
        && tokens.get(last + 2).is_some_and(|counted| units.credit_words.contains(&counted.word))
    {
        (Value { kind: ValueKind::Count, span: start..end, after: 0 }, last + 1)
    } else if next_is(&units.duration_words) {
        (Value { kind: ValueKind::Duration, span: start..next?.span.end, after: 0 }, last + 2)
    } else if next_is(&units.day_halves) {
        (Value { kind: ValueKind::Time, span: start..next?.span.end, after: 0 }, last + 2)
    } else if clock {
        (Value { kind: ValueKind::Time, span: start..end, after: 0 }, last + 1)
    } else if next_is(&units.clock_words) {
        (Value { kind: ValueKind::Hours, span: start..next?.span.end, after: 0 }, last + 2)
    } else if let Some((kind, end)) = told_between(text, tokens, last, units) {
        (Value { kind, span: start..end, after: 0 }, last + 3)
    } else if is_year(text, token) {
        // A span of years keeps its first year as the value's start.
        (Value { kind: ValueKind::Year, span: start..end, after: 0 }, last + 1)
    } else if token.word == "one" {
        // "either one", "one of them": no count.
        return None;
    } else {
        (Value { kind: ValueKind::Count, span: start..end, after: 0 }, last + 1)
    };
    Some(found)
}

/// "650 clinical hours", "two academic years": one word between a number and its unit says which ones they are.
fn told_between(text: &str, tokens: &[Token], last: usize, units: &Units) -> Option<(ValueKind, usize)> {
    let (word, unit) = (tokens.get(last + 1)?, tokens.get(last + 2)?);
    let sets = [&units.credit_words, &units.term_words, &units.clock_words, &units.duration_words];
    let tells = !word.capital
        && word.word.len() > 3
        && word.word.chars().all(|c| c.is_alphabetic() || c == '-')
        && !sets.iter().any(|set| set.contains(&word.word));
    // "The 2024-25 school year" is no length.
    let several = unit.word.ends_with('s');
    let close = several && [last, last + 1].iter().all(|at| gap(text, tokens, *at).is_some_and(joins));
    let kind = if units.counted_words.contains(&unit.word) {
        ValueKind::Hours
    } else if units.duration_words.contains(&unit.word) {
        ValueKind::Duration
    } else {
        return None;
    };
    (tells && close).then_some((kind, unit.span.end))
}

/// The token behind a telephone number ("555-0163", "417-555-0163"), which counts nothing. What rises is a range ("100-1500").
fn telephone(text: &str, tokens: &[Token], index: usize) -> Option<usize> {
    let group = |at: usize, digits: usize| {
        let word = &tokens.get(at)?.word;
        (word.len() == digits && word.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| word.parse::<u32>().ok())?
    };
    let joined = |at: usize| gap(text, tokens, at).is_some_and(|between| matches!(between, "-" | "." | ") "));
    let first = group(index, 3).filter(|_| joined(index))?;
    match (group(index + 1, 4), group(index + 1, 3)) {
        (Some(last), _) if last <= first => Some(index + 2),
        (_, Some(_)) if joined(index + 1) && group(index + 2, 4).is_some() => Some(index + 3),
        _ => None,
    }
}

/// A month with a day or a year: "March 15", "15 March" is found from its number, "June 2026".
fn date_at(text: &str, tokens: &[Token], index: usize, units: &Units) -> Option<(Value, usize)> {
    let start = tokens.get(index)?.span.start;
    let mut last = index;
    let figure = |at: usize| {
        let word = &tokens.get(at)?.word;
        word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()).parse::<u32>().ok()
    };
    if figure(last + 1).is_some_and(|day| (1..=31).contains(&day)) {
        last += 1;
    }
    // "January 31, 5 p.m.": only a year goes with the day.
    if figure(last + 1).is_some_and(|year| YEARS.contains(&year)) {
        last += 1;
    }
    let alone = last == index;
    let named = || {
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        text.get(start..).is_some_and(|month| month.starts_with(char::is_uppercase))
            && before.is_some_and(|before| units.before_months.contains(&before.word))
    };
    if alone && units.ambiguous_months.contains(&tokens.get(index)?.word) && !named() {
        // "may" and "march" are words of their own; without a number or an "in" before them they are no date.
        return None;
    }
    Some((Value { kind: ValueKind::Date, span: start..tokens.get(last)?.span.end, after: 0 }, last + 1))
}

/// The number a token is, if it is one: digits, or a number word.
fn number(token: &Token, units: &Units) -> Option<f64> {
    match units.numbers.get(&token.word) {
        Some(number) => Some(f64::from(*number)),
        None if token.word.starts_with(|first: char| first.is_ascii_digit()) => {
            let digits = token.word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
            digits.parse().ok()
        }
        None => None,
    }
}

fn range_end(text: &str, tokens: &[Token], index: usize, units: &Units) -> Option<usize> {
    let between = gap(text, tokens, index)?;
    let next = tokens.get(index + 1)?;
    let dash = matches!(between.trim(), "-" | "–" | "—" | "−");
    let signed = |between: &str| {
        let rest = between.trim().trim_start_matches(['-', '–', '—']).trim();
        rest.chars().count() == 1 && rest.chars().all(|sign| units.currency_signs.contains(&sign))
    };
    let year = is_year(text, tokens.get(index)?);
    let next_year = is_year(text, next) || tokens.get(index + 2).is_some_and(|after| is_year(text, after));
    if year && next_year {
        return None;
    }
    if (dash || (between.trim().starts_with(['-', '–', '—']) && signed(between)))
        && number(next, units).is_some()
    {
        return Some(index + 1);
    }
    let after = tokens.get(index + 2)?;
    (matches!(next.word.as_str(), "to" | "or")
        && number(after, units).is_some()
        && between.trim().is_empty()
        && after.span.start - next.span.end <= 2)
        .then_some(index + 2)
}

/// Whether these words follow a token.
fn follow(tokens: &[Token], index: usize, words: &[String]) -> bool {
    let next = |(offset, word): (usize, &String)| {
        tokens.get(index + 1 + offset).is_some_and(|token| token.word == *word)
    };
    words.iter().enumerate().all(next)
}

/// The text between a token and the next one.
fn gap<'a>(text: &'a str, tokens: &[Token], index: usize) -> Option<&'a str> {
    text.get(tokens.get(index)?.span.end..tokens.get(index + 1)?.span.start)
}

fn joins(between: &str) -> bool {
    matches!(between, " " | "-" | "\u{A0}" | "\u{2010}" | "\u{2011}" | "–" | "\n" | "\r\n" | "")
}

/// Takes a rate along: "a year", "per credit hour".
fn with_rate(text: &str, tokens: &[Token], last: usize, end: usize, units: &Units) -> (usize, usize) {
    for rate in &units.per {
        let matched = follow(tokens, last, rate);
        let near = text
            .get(end..tokens.get(last + 1).map_or(end, |token| token.span.start))
            .is_some_and(|between| matches!(between, " " | "/" | "\u{A0}" | " / " | "\n"));
        if matched && near {
            let last = last + rate.len();
            return (tokens.get(last).map_or(end, |token| token.span.end), last);
        }
    }
    (end, last)
}

fn is_year(text: &str, token: &Token) -> bool {
    text.get(token.span.clone())
        .is_some_and(|raw| raw.len() == 4 && raw.parse::<u32>().is_ok_and(|number| YEARS.contains(&number)))
}

#[cfg(test)]
mod tests {
    use super::values;
    use crate::lexicon::Lexicon;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let lexicon = Lexicon::shipped().unwrap();
        let found: Vec<_> = values(text, &lexicon.units)
            .into_iter()
            .map(|value| format!("{:?} {}", value.kind, text.get(value.span).unwrap()))
            .collect();
        assert_eq!(found.join("; "), expected);
    }

    #[test]
    fn values_are_found_by_form() {
        check("a median annual wage of $35,900 in 2014.", "Money $35,900; Year 2014");
        check("growth of 7% from 2020 to 2030", "Percent 7%; Year 2020; Year 2030");
        check("rise 23% from 2012-2022", "Percent 23%; Year 2012; Year 2022");
        check("about 187,740 technicians", "Count 187,740");
        check("takes 18-24 months or two years", "Duration 18-24 months; Duration two years");
        check("$20.50 per hour, 310 dollars a month", "Money $20.50 per hour; Money 310 dollars a month");
        check("apply by March 15, 2026", "Date March 15, 2026");
        check("a two-year program of 60 credits", "Duration two-year; Count 60");
        check("$1.2 million and 5 percent", "Money $1.2 million; Percent 5 percent");
        check("between $200 and $300", "Money $200; Money $300");
        check("by January 31, 5:00 p.m., in June 2026", "Date January 31; Time 5:00 p.m; Date June 2026");
        check("due 1 March or by 15 April 2026", "Date 1 March; Date 15 April 2026");
        check("about three and a half years", "Duration three and a half years");
        check("you may apply", "");
        check("on Saturdays from 3 p.m.", "Time Saturdays; Time 3 p.m");
        check("126 semester credits in eight semesters", "Count 126; Duration eight semesters");
        check(
            "650 clinical hours over two academic years",
            "Hours 650 clinical hours; Duration two academic years",
        );
        check("the 2024-25 school year", "Year 2024-25");
        check("12 sites in three years, 24 credit hours", "Count 12; Duration three years; Count 24");
        check("call 555-0163 or (417) 555-0110, 100-1500 hours", "Hours 100-1500 hours");
    }
}
