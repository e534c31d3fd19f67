//! Which of several values of one sentence is meant: "$11,300 for residents and $24,900 for others" states two, each in its own
//! part of the sentence. The part that says most of the question's words wins; without a winner all of them stay.

use std::ops::Range;

use crate::corpus::Value;
use crate::lexicon::{Lexicon, OUTSIDE};
use crate::question::{Question, QuestionTerm, Role};
use crate::retrieval::{CLEARLY, holds};
use crate::text::{fold, terms, tokens};

/// A part must say this much more of the question than the others, in the weight of a word.
const CLEARLY_MORE: f64 = 0.3;
/// So many words join a value to what stands before it.
const JOINT: usize = 2;
/// Share of its weight that a vague word counts.
const VAGUE: f64 = 0.5;
/// A part that is told of those from outside is ahead, or behind, by this.
const SIDE: f64 = 5.0;
/// A value at the rate that is asked for ("per hour") is ahead by this.
const RATE: f64 = 4.0;

/// Those of the values whose part of the quote fits the question best. Spans of values are bytes of the file; `offset` is
/// where the quote starts.
pub(super) fn meant<'v>(
    question: &Question,
    quote: &str,
    offset: usize,
    fitting: Vec<&'v Value>,
    lexicon: &Lexicon,
) -> Vec<&'v Value> {
    if fitting.len() < 2 {
        return fitting;
    }
    let parts = parts(quote, offset, &fitting, lexicon);
    let head = fitting.first().and_then(|first| quote.get(..first.span.start - offset)).unwrap_or_default();
    let first_rate = fitting.first().map_or(0.0, |first| {
        let value = first.span.start - offset..first.span.end - offset;
        rate(question, quote.get(value).unwrap_or_default(), lexicon)
    });
    let scores: Vec<f64> = parts
        .iter()
        .zip(&fitting)
        .map(|(part, value)| {
            let text = quote.get(part.clone()).unwrap_or_default();
            let value = value.span.start - offset..value.span.end - offset;
            // "… or two years part time" goes on from what stands before the first value.
            let goes_on = part.start > 0
                && tokens(quote.get(part.start..value.start).unwrap_or_default()).len() <= JOINT;
            let text = &if goes_on { format!("{head} {text}") } else { text.to_owned() };
            let at_rate = rate(question, quote.get(value).unwrap_or_default(), lexicon);
            // It is told at the same rate, too.
            let at_rate = if goes_on { at_rate.max(first_rate) } else { at_rate };
            said(question, text)
                + at_rate
                + side(question, quote.get(part.clone()).unwrap_or_default(), lexicon)
        })
        .collect();
    let best = scores.iter().copied().fold(0.0, f64::max);
    let second =
        scores.iter().copied().filter(|score| best - score >= CLEARLY_MORE).fold(f64::NEG_INFINITY, f64::max);
    if second == f64::NEG_INFINITY {
        return fitting;
    }
    let chosen = scores.iter().map(|score| best - score < CLEARLY_MORE);
    fitting.into_iter().zip(chosen).filter_map(|(value, chosen)| chosen.then_some(value)).collect()
}

/// The part of the quote that belongs to each value: up to where the next one's begins.
pub(super) fn parts(quote: &str, offset: usize, values: &[&Value], lexicon: &Lexicon) -> Vec<Range<usize>> {
    let words = tokens(quote);
    let local = |value: &Value| value.span.start - offset..value.span.end - offset;
    let mut starts = vec![0];
    for (one, next) in values.iter().zip(values.iter().skip(1)) {
        let (from, to) = (local(one).end, local(next).start);
        let between = quote.get(from..to).unwrap_or_default();
        let mark = between.find(';').map(|at| from + at + 1);
        let parting = |least: bool| {
            words
                .iter()
                .filter(|token| token.span.start >= from && token.span.end <= to)
                .find(|token| {
                    lexicon.words.parting.contains(&token.word)
                        && (least || !lexicon.words.joining_lists.contains(&token.word))
                })
                .map(|token| token.span.start)
        };
        let comma = || between.find(", ").map(|at| from + at + 1);
        starts.push(
            mark.or_else(|| parting(false)).or_else(|| parting(true)).or_else(comma).unwrap_or(to).min(to),
        );
    }
    let ends = starts.iter().skip(1).copied().chain([quote.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end.max(start)).collect()
}

/// The weight of the question's words that a text says; the words for what is asked stand before all the parts.
fn said(question: &Question, text: &str) -> f64 {
    let held = terms(text);
    let weight = |term: &&QuestionTerm| match term.role {
        Role::Frame | Role::Attribute => 0.0,
        Role::Light => VAGUE * term.weight,
        Role::Subject | Role::Topic => term.weight,
    };
    // "Full time" is not said of what is done part time, though both tell of the same.
    let says = |term: &QuestionTerm| {
        Some(holds(term, &|wanted| held.contains(&wanted))).filter(|held| *held >= CLEARLY)
    };
    question.terms.iter().map(|term| weight(&term) * says(term).unwrap_or(0.0)).sum()
}

/// Whether a part is told of those whom the question speaks of: from outside, or from inside.
fn side(question: &Question, text: &str, lexicon: &Lexicon) -> f64 {
    let outside = |words: &str| lexicon.sides.find(&terms(words)).iter().any(|found| found.value == OUTSIDE);
    match (outside(&question.text), outside(text)) {
        (true, true) => SIDE,
        (false, true) => -SIDE,
        _ => 0.0,
    }
}

/// Whether the value is at the rate that the question names.
fn rate(question: &Question, value: &str, lexicon: &Lexicon) -> f64 {
    let asked = fold(&question.text);
    let value = fold(value);
    let named = |text: &str, group: &[String]| tokens(text).iter().any(|token| group.contains(&token.word));
    let fits = lexicon.units.rate_groups.iter().any(|group| named(&asked, group) && named(&value, group));
    if fits { RATE } else { 0.0 }
}
