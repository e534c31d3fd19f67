//! Takes the direct answer out of a passage: a value with its rate and year, a cell, a key's value, a list's items.
//! Everything it gives stands in the passage, word for word.

use super::segments::meant;
use crate::corpus::{BlockKind, PassageKind, Value, ValueKind};
use crate::index::Snapshot;
use crate::index::records::{BlockRecord, PartRecord, PassageRecord, has};
use crate::lexicon::Lexicon;
use crate::question::{Question, Role};
use crate::retrieval::{BlockContext, answers, chosen_cell, holds, names};
use crate::text::{fold, one_line, terms, tokens};

/// The value that answers the question, as text of the passage; `None` when the passage as a whole must speak.
pub fn value(
    question: &Question,
    context: &BlockContext<'_>,
    passage: &PassageRecord,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Option<String> {
    let document = context.block.document;
    let parts = stated_parts(question, context, passage, snapshot);
    let text =
        |part: &PartRecord| snapshot.text(document, part.value).map(one_line).filter(|text| !text.is_empty());
    let header =
        |part: &PartRecord| part.label.and_then(|label| snapshot.text(document, label)).map(one_line);
    match parts.as_slice() {
        [] => {}
        [part] => {
            let text = text(part)?;
            let year = header(part).filter(|header| passage.kind == PassageKind::Row && is_year(header));
            return Some(match year {
                Some(year) => format!("{text} ({year})"),
                None => text,
            });
        }
        several => {
            // Nothing in the question picks a column: each is told with its header.
            let told = several.iter().filter_map(|part| Some(format!("{}: {}", header(part)?, text(part)?)));
            return Some(told.collect::<Vec<_>>().join("; "));
        }
    }
    let fitting: Vec<&Value> = passage.values.iter().filter(|value| answers(question, value.kind)).collect();
    let quote = snapshot.text(document, passage.span)?;
    let fitting = of_what_is_counted(question, quote, passage, fitting);
    let offset = passage.span.0 as usize;
    let fitting = meant(question, quote, offset, fitting, lexicon);
    let best = match fitting.as_slice() {
        [only] => only,
        several => several
            .iter()
            .min_by_key(|value| distance(question, quote, value.span.start - offset, lexicon))?,
    };
    // "between $40,000 and $60,000" is one answer, and so is "January, May and September".
    let mut span = best.span.clone();
    let day = |value: &Value| matches!(value.kind, ValueKind::Date | ValueKind::Time);
    let alike = |other: &Value| other.kind == best.kind || day(other) && day(best);
    for other in fitting.iter().filter(|other| alike(other) && other.span.start >= best.span.end) {
        let between = quote.get(span.end.saturating_sub(offset)..other.span.start.saturating_sub(offset));
        let listed = day(best);
        let joined = between.map(str::trim).is_some_and(|between| {
            matches!(between, "and" | "to" | "-" | "–" | "or" | "through")
                || listed && matches!(between, "," | ", and" | ", or")
        });
        if !joined {
            break;
        }
        span.end = other.span.end;
    }
    let text = one_line(quote.get(span.start - offset..span.end - offset)?);
    let years: Vec<&Value> = passage.values.iter().filter(|value| value.kind == ValueKind::Year).collect();
    match (best.kind, years.as_slice()) {
        (ValueKind::Money | ValueKind::Percent | ValueKind::Count, [year]) => {
            Some(format!("{text} ({})", quote.get(year.span.start - offset..year.span.end - offset)?))
        }
        (ValueKind::Percent, [first, last]) if last.span.start - first.span.end <= 4 => Some(format!(
            "{text} ({})",
            one_line(quote.get(first.span.start - offset..last.span.end - offset)?)
        )),
        _ => Some(text),
    }
}

/// Those of the values that are followed or preceded closely by what is counted; all of them when none is.
fn of_what_is_counted<'v>(
    question: &Question,
    quote: &str,
    passage: &PassageRecord,
    fitting: Vec<&'v Value>,
) -> Vec<&'v Value> {
    const NEAR: usize = 4;
    let Some(counted) = question.counted.and_then(|index| question.terms.get(index)) else { return fitting };
    let spans: Vec<_> = tokens(quote).into_iter().map(|token| token.span).collect();
    let offset = passage.span.0 as usize;
    let close: Vec<&Value> = fitting
        .iter()
        .copied()
        .filter(|value| {
            let at = spans.iter().position(|span| span.end + offset >= value.span.end).unwrap_or(0);
            passage
                .terms
                .iter()
                .skip(at)
                .take(NEAR + 1)
                .any(|held| holds(counted, &|wanted| wanted == *held) > 0.0)
        })
        .collect();
    if close.is_empty() { fitting } else { close }
}

fn is_year(header: &str) -> bool {
    header.len() == 4 && header.bytes().all(|byte| byte.is_ascii_digit())
}

/// The parts of a row or key-value line that answer: the column whose header fits the question best, or all those
/// between which the question does not choose.
fn stated_parts(
    question: &Question,
    context: &BlockContext<'_>,
    passage: &PassageRecord,
    snapshot: &Snapshot,
) -> Vec<PartRecord> {
    let stated =
        |part: &&PartRecord| question.attribute.is_some_and(|attribute| has(part.attributes, attribute));
    match passage.kind {
        PassageKind::KeyValue | PassageKind::Item => {
            passage.parts.iter().find(stated).cloned().into_iter().collect()
        }
        PassageKind::Row => {
            let document = context.block.document;
            if let Some(cell) = chosen_cell(question, passage, context, snapshot) {
                return passage.parts.iter().filter(|part| part.value == cell).cloned().collect();
            }
            let header = |part: &PartRecord| {
                part.label.and_then(|label| snapshot.text(document, label)).map(fold).unwrap_or_default()
            };
            let asked = fold(&question.text);
            let fit = |part: &&PartRecord| {
                let name = header(part);
                let header = terms(&name);
                let words: f64 = question
                    .terms
                    .iter()
                    .filter(|term| !matches!(term.role, Role::Light | Role::Frame))
                    .map(|term| term.weight * holds(term, &|wanted| header.contains(&wanted)))
                    .sum();
                // "in-state" is just that; a header with other words beside those asked for is something else.
                let whole = !name.trim().is_empty() && asked.contains(name.trim());
                let strange = header.iter().filter(|held| !names(question, **held)).count();
                words + if stated(part) { 3.0 } else { 0.0 } + if whole { 2.0 } else { 0.0 }
                    - 0.01 * strange as f64
            };
            let typed = |part: &&PartRecord| {
                question.expects.iter().all(|expect| expect.is_worded())
                    || passage.values.iter().any(|value| {
                        value.span.start >= part.value.0 as usize
                            && value.span.end <= part.value.1 as usize
                            && answers(question, value.kind)
                    })
            };
            // The first cell is the row's key.
            let columns: Vec<&PartRecord> = passage.parts.iter().skip(1).filter(typed).collect();
            let best = columns.iter().map(&fit).fold(f64::MIN, f64::max);
            let close = |part: &&PartRecord| best - fit(part) < SAME_FIT;
            let mut tied: Vec<PartRecord> = columns.iter().copied().filter(close).cloned().collect();
            // Of years that are not chosen between, the newest is told.
            if tied.len() > 1 && tied.iter().all(|part| is_year(header(part).trim()) || part.label.is_none())
            {
                tied = tied.pop().into_iter().collect();
            }
            tied
        }
        PassageKind::Sentence | PassageKind::List => Vec::new(),
    }
}

/// Columns whose headers fit within this of the best are not told apart by the question.
const SAME_FIT: f64 = 0.05;

/// How far the question's words are from a place of the quote, in bytes: the sum over the words that stand in it, each
/// by its nearest occurrence; words after the place count double, because a value follows what it is of.
fn distance(question: &Question, quote: &str, place: usize, lexicon: &Lexicon) -> usize {
    let sequence = terms(quote);
    let spans: Vec<_> = tokens(quote).into_iter().map(|token| token.span).collect();
    let far = |position: usize| {
        spans.get(position).map_or(usize::MAX / 64, |span| {
            if span.start <= place { place - span.start } else { (span.start - place) * 2 }
        })
    };
    let mut sum: usize = 0;
    for term in question.terms.iter().filter(|term| !matches!(term.role, Role::Light | Role::Frame)) {
        let nearest = sequence
            .iter()
            .enumerate()
            .filter(|(_, held)| holds(term, &|wanted| wanted == **held) > 0.0)
            .map(|(position, _)| far(position))
            .min();
        sum = sum.saturating_add(nearest.unwrap_or(0));
    }
    let evidence = question.attribute.and_then(|attribute| {
        [&lexicon.attribute_words, &lexicon.attribute_evidence]
            .into_iter()
            .flat_map(|phrases| (0..sequence.len()).flat_map(|position| phrases.at(position, &sequence)))
            .filter(|found| found.value == attribute)
            .flat_map(|found| found.words)
            .map(far)
            .min()
    });
    sum.saturating_add(evidence.unwrap_or(0))
}

/// The items of the list that a passage belongs to, whole and in order; empty when it is no list.
pub fn items(document: u32, block: &BlockRecord, snapshot: &Snapshot) -> Vec<String> {
    block
        .passages
        .iter()
        .filter(|passage| passage.kind == PassageKind::List)
        .flat_map(|passage| &passage.parts)
        .filter_map(|part| {
            let start = part.label.map_or(part.value.0, |label| label.0.min(part.value.0));
            snapshot.text(document, (start, part.value.1))
        })
        .map(one_line)
        .collect()
}

/// What the rows of a table are called, in order: the cells of the first column that is made of words rather than codes and
/// figures; keys with their values as they stand.
pub fn column(document: u32, block: &BlockRecord, snapshot: &Snapshot) -> Vec<String> {
    if block.kind == BlockKind::KeyValue {
        let rows = block.passages.iter().filter(|row| row.kind == PassageKind::KeyValue);
        return rows.filter_map(|row| snapshot.text(document, row.span)).map(one_line).collect();
    }
    let rows: Vec<Vec<String>> = block
        .passages
        .iter()
        .filter(|passage| passage.kind == PassageKind::Row)
        .map(|row| {
            let cells = row.parts.iter().map(|part| snapshot.text(document, part.value).map(one_line));
            cells.map(Option::unwrap_or_default).collect()
        })
        .collect();
    let worded = |cell: &String| {
        cell.chars().any(char::is_alphabetic) && !cell.chars().any(|character| character.is_ascii_digit())
    };
    let columns = rows.iter().map(Vec::len).min().unwrap_or(0);
    let named = (0..columns).find(|index| {
        let held = rows.iter().filter(|row| row.get(*index).is_some_and(worded)).count();
        held * 4 >= rows.len() * 3
    });
    rows.into_iter().filter_map(|row| row.into_iter().nth(named?)).filter(|cell| !cell.is_empty()).collect()
}
