//! From lines to units: a wrapped paragraph, a bullet with its wrapped lines, a row, a single line. What a unit means
//! among its neighbours is decided in `scan`.

use super::super::builder::Builder;
use super::super::keys;
use super::super::model::Span;
use super::super::shapes::{self, Marker};

/// What a unit looks like on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// A line of signs.
    Rule(char),
    /// `## Words`: level and words.
    Marked(u8, Span),
    /// A bullet and its words.
    Bullet(Marker, Span),
    /// `2.1 Words` in an outline: how many numbers stand above its own, and its words.
    Outline(u8, Span),
    /// Cells.
    Row(Vec<Span>),
    /// `Key: value`.
    KeyValue(Span, Span),
    /// `Q: …` with the question's words.
    Asks(Span),
    /// `A: …` with the answer's words.
    Answers(Span),
    /// Anything else.
    Text,
}

/// Lines that belong together.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) span: Span,
    /// How many lines it covers.
    pub(super) lines: usize,
    /// Empty lines above it.
    pub(super) gap: usize,
    /// White space before its first line, in characters.
    pub(super) indent: usize,
    pub(super) shape: Shape,
}

impl Unit {
    /// A single line of text.
    pub(super) fn is_line(&self) -> bool {
        self.lines == 1 && self.shape == Shape::Text
    }
}

/// One line with what is known about it alone.
struct Line {
    span: Span,
    indent: usize,
    chars: usize,
    first_word: usize,
}

/// Lines between these lengths may be wrapped by a program.
const WRAP: std::ops::RangeInclusive<usize> = 50..=110;

/// The units of a part of the file; `flows`: its lines are known to be a single paragraph, as Markdown has it.
pub(super) fn units(builder: &Builder<'_>, body: &Span, flows: bool) -> Vec<Unit> {
    let first = builder.lines.index(body.start);
    let lines: Vec<Option<Line>> = builder
        .lines
        .ranges()
        .iter()
        .skip(first)
        .take_while(|range| range.start < body.end)
        .map(|range| line(builder, &(range.start.max(body.start)..range.end.min(body.end))))
        .collect();
    let width = wrap_width(builder, &lines);
    let outline = super::outline::numbered(builder, lines.iter().flatten().map(|line| &line.span));
    let mut units: Vec<Unit> = Vec::new();
    let mut gap = 0;
    let mut previous: Option<&Line> = None;
    for entry in &lines {
        let Some(line) = entry else {
            gap += 1;
            previous = None;
            continue;
        };
        let asked = units.last().is_some_and(|unit| matches!(unit.shape, Shape::Asks(_)));
        let shape = match outline.get(&line.span.start) {
            Some((depth, words)) => Shape::Outline(*depth, *words..line.span.end),
            None => shape(builder, line, asked),
        };
        if let (Some(above), Some(unit)) = (previous, units.last_mut())
            && (joins(builder, unit, above, line, &shape, width)
                || hangs(unit, line, &shape)
                || (flows && flow(builder, unit, above, &shape)))
        {
            unit.span.end = line.span.end;
            unit.lines += 1;
            match &mut unit.shape {
                Shape::Bullet(_, words)
                | Shape::Outline(_, words)
                | Shape::Asks(words)
                | Shape::Answers(words) => words.end = line.span.end,
                Shape::KeyValue(_, value) => value.end = line.span.end,
                Shape::Row(cells) => {
                    if let Some(last) = cells.last_mut() {
                        last.end = line.span.end;
                    }
                }
                _ => {}
            }
        } else {
            units.push(Unit { span: line.span.clone(), lines: 1, gap, indent: line.indent, shape });
        }
        gap = 0;
        previous = Some(line);
    }
    join_keys(builder, &mut units);
    key_among_keys(builder, &mut units);
    super::comma::mark_rows(builder, &mut units);
    super::dashes::mark_rows(builder, &mut units);
    super::speakers::mark_speakers(builder, &mut units);
    units
}

/// Makes rows of lines with a colon right between rows: "Who can apply: students in their second year" is no heading there.
fn key_among_keys(builder: &Builder<'_>, units: &mut [Unit]) {
    /// A key of more words is a sentence.
    const MAX_KEY: usize = 6;
    let keyed = |unit: Option<&Unit>| unit.is_some_and(|unit| matches!(unit.shape, Shape::KeyValue(..)));
    for at in 1..units.len() {
        let Some(unit) = units.get(at).filter(|unit| unit.is_line() && unit.gap == 0) else { continue };
        let next = units.get(at + 1).filter(|next| next.gap == 0);
        let found =
            builder.slice(&unit.span).split_once(": ").map(|(key, value)| (key.len(), value.len(), key));
        let Some((key, value, words)) = found.filter(|_| keyed(units.get(at - 1)) && keyed(next)) else {
            continue;
        };
        if words.split_whitespace().count() <= MAX_KEY && !words.contains(['.', ',']) {
            let span = unit.span.clone();
            let shape =
                Shape::KeyValue(span.start..span.start + key, builder.trim(span.end - value..span.end));
            if let Some(unit) = units.get_mut(at) {
                unit.shape = shape;
            }
        }
    }
}

/// Joins a row with the line right above it where its key began: "Background check and", "drug screen    $112".
fn join_keys(builder: &Builder<'_>, units: &mut Vec<Unit>) {
    let mut begun: Option<Unit> = None;
    let mut joined = Vec::with_capacity(units.len());
    for mut unit in units.drain(..) {
        if let Some(above) = begun.take() {
            let goes_on = unit.gap == 0
                && unit.lines == 1
                && unit.indent.abs_diff(above.indent) <= 2
                && builder.slice(&unit.span).starts_with(char::is_lowercase);
            match &mut unit.shape {
                Shape::Row(cells) if goes_on && cells.len() == 2 => {
                    if let Some(first) = cells.first_mut() {
                        first.start = above.span.start;
                    }
                    (unit.span.start, unit.gap, unit.lines) = (above.span.start, above.gap, 2);
                }
                Shape::KeyValue(key, _) if goes_on => {
                    key.start = above.span.start;
                    (unit.span.start, unit.gap, unit.lines) = (above.span.start, above.gap, 2);
                }
                _ => joined.push(above),
            }
        }
        let words = builder.slice(&unit.span);
        if unit.is_line() && words.len() <= 80 && !ends_sentence(words) {
            begun = Some(unit);
        } else {
            joined.push(unit);
        }
    }
    joined.extend(begun);
    *units = joined;
}

/// Whether a line stands right under the value of the row above it, where a value goes on that takes several lines.
fn hangs(unit: &Unit, line: &Line, shape: &Shape) -> bool {
    /// A value nearer to the left edge is no column.
    const COLUMN: usize = 8;
    let value = match &unit.shape {
        Shape::KeyValue(_, value) => value,
        Shape::Row(cells) if cells.len() == 2 && unit.lines == 1 => &cells[1],
        _ => return false,
    };
    let column = unit.indent + value.start - unit.span.start;
    *shape == Shape::Text && column >= COLUMN && line.indent.abs_diff(column) <= 1
}

/// Whether a line goes on with a Markdown paragraph: lines that are not short on purpose do.
fn flow(builder: &Builder<'_>, unit: &Unit, above: &Line, shape: &Shape) -> bool {
    let text = *shape == Shape::Text && matches!(unit.shape, Shape::Text | Shape::KeyValue(..));
    text && above.chars >= 40 && !builder.slice(&above.span).ends_with(':')
}

fn line(builder: &Builder<'_>, range: &Span) -> Option<Line> {
    let mut span = builder.trim(range.clone());
    // "___ ENG 110": a blank to fill in.
    let bare = builder.slice(&span).trim_start_matches('_');
    let blank = span.len() - bare.len();
    if blank >= 2 && bare.starts_with([' ', '\t']) && !bare.trim().is_empty() {
        span = builder.trim(span.start + blank..span.end);
    }
    if let Some(inner) = shapes::framed(builder.slice(&span)) {
        span = builder.trim(span.start + inner.start..span.start + inner.end);
    }
    if span.is_empty() {
        return None;
    }
    let indent =
        builder.slice(&(range.start..span.start)).chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
    let words = builder.slice(&span);
    let first_word = words.split(char::is_whitespace).next().unwrap_or_default().chars().count();
    Some(Line { chars: words.chars().count() + indent, span, indent, first_word })
}

fn shape(builder: &Builder<'_>, line: &Line, asked: bool) -> Shape {
    let words = builder.slice(&line.span);
    let at = |range: std::ops::Range<usize>| line.span.start + range.start..line.span.start + range.end;
    if let Some(sign) = shapes::rule(words) {
        return Shape::Rule(sign);
    }
    if shapes::is_table_rule(words) {
        return Shape::Rule('|');
    }
    let hashes = words.len() - words.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) && words.get(hashes..).is_some_and(|rest| rest.starts_with([' ', '\t'])) {
        let inner = words.trim_matches(|c: char| c == '#' || c.is_whitespace());
        let start = words.find(inner).unwrap_or_default();
        if !inner.is_empty() {
            return Shape::Marked(u8::try_from(hashes).unwrap_or(6), at(start..start + inner.len()));
        }
    }
    if let Some(range) = shapes::decorated(words) {
        // "== Words ==", "=== Words ===": a wiki's headings tell their level.
        let level = match words.bytes().take_while(|byte| *byte == b'=').count() {
            signs @ (2 | 4) => u8::try_from(signs + 2).unwrap_or(5),
            _ => 5,
        };
        return Shape::Marked(level, at(range));
    }
    if let Some((mark, range)) = asked_or_answered(builder, words, asked) {
        return if mark { Shape::Asks(at(range)) } else { Shape::Answers(at(range)) };
    }
    if let Some((marker, start)) = shapes::bullet(words) {
        return Shape::Bullet(marker, at(start..words.len()));
    }
    if let Some(cells) = shapes::cells(words) {
        return Shape::Row(cells.into_iter().map(at).collect());
    }
    if let Some((key, value)) = keys::key_value(words, builder.rules) {
        return Shape::KeyValue(at(key), at(value));
    }
    if let Some((key, value)) = keys::led_value(words, builder.rules) {
        return Shape::KeyValue(at(key), at(value));
    }
    Shape::Text
}

/// `Q: words`, `**Q1.** words`: whether it asks, and where its words stand.
fn asked_or_answered(
    builder: &Builder<'_>,
    line: &str,
    asked: bool,
) -> Option<(bool, std::ops::Range<usize>)> {
    let bare = line.trim_start_matches(['*', '_']);
    let (at, mark) = bare.char_indices().take(12).find(|(_, c)| matches!(c, ':' | '.' | ')'))?;
    let key =
        bare.get(..at)?.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()).to_lowercase();
    let rest = bare.get(at + mark.len_utf8()..)?;
    let words = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
    if words.is_empty() || words.len() == rest.len() {
        return None;
    }
    // "A. Smith" and "a) …" are no answers: only a colon marks one by a letter alone.
    let answers = asked && builder.rules.answer_marks.contains(&key);
    if mark != ':'
        && !answers
        && !(builder.rules.question_marks.contains(&key) && words.trim_end().ends_with('?'))
    {
        return None;
    }
    let range = line.len() - words.len()..line.len();
    if builder.rules.question_marks.contains(&key) {
        return Some((true, range));
    }
    builder.rules.answer_marks.contains(&key).then_some((false, range))
}

/// Whether a line goes on with the unit above it.
fn joins(
    builder: &Builder<'_>,
    unit: &Unit,
    above: &Line,
    line: &Line,
    shape: &Shape,
    width: Option<usize>,
) -> bool {
    if matches!(unit.shape, Shape::Rule(_) | Shape::Marked(..) | Shape::Row(_)) {
        return false;
    }
    let words = builder.slice(&above.span);
    let full = width.is_some_and(|width| above.chars + 1 + line.first_word > width.saturating_sub(2));
    let open = !ends_sentence(words);
    let possible = match shape {
        Shape::Text => true,
        // In the middle of a wrapped sentence such a line only happens to look like something else.
        Shape::KeyValue(..) | Shape::Row(_) => full && open && unit.shape == Shape::Text,
        Shape::Bullet(
            Marker::Sign('–' | '—' | '-' | '=' | '>' | '~' | 'o') | Marker::Number(_) | Marker::Letter(_),
            _,
        ) => full && open && unit.shape == Shape::Text && line.indent == above.indent,
        _ => false,
    };
    // The author's name stands below the title, and does not go on with it.
    let byline = !full && unit.lines == 1 && shapes::is_byline(builder.slice(&line.span));
    // "… Prerequisite:" at the end of a full line goes on with what it leads to, if that is a sentence.
    let goes_on = words.ends_with(':')
        && full
        && unit.shape == Shape::Text
        && *shape == Shape::Text
        && is_late_label(words)
        && ends_sentence(builder.slice(&line.span))
        && line.indent <= above.indent;
    // A number alone, though far from the edge, is that of a page.
    let number = words.bytes().all(|byte| byte.is_ascii_digit());
    if number || !possible || words.ends_with(':') && !goes_on || byline {
        return false;
    }
    let marked = match &unit.shape {
        // What stands further in below a question is its answer.
        Shape::Bullet(Marker::Number(_), _) if words.ends_with('?') => return false,
        Shape::Bullet(marker, _) => *marker != Marker::Sign('»'),
        Shape::Outline(..) => true,
        _ => false,
    };
    let hanging = marked && line.indent > unit.indent;
    let lower = builder.slice(&line.span).starts_with(char::is_lowercase);
    // A long line with a verb and no full stop is the first part of a sentence.
    let broken = open
        && above.chars >= 60
        && unit.shape == Shape::Text
        && shapes::is_bare_sentence(words, builder.rules);
    let figure = builder.slice(&line.span).starts_with(|c: char| c.is_ascii_digit());
    let short = above.chars >= 40 && open;
    full || hanging || short && (lower || figure && shapes::dangles(words, builder.rules)) || broken
}

/// Whether a line ends in a sentence of up to three words with a colon, behind another sentence.
fn is_late_label(words: &str) -> bool {
    words.rsplit_once(". ").is_some_and(|(_, last)| last.split_whitespace().count() <= 3)
}

pub(super) fn ends_sentence(words: &str) -> bool {
    words
        .trim_end_matches(['"', '\'', '”', '’', ')', ']', '*', '_'])
        .ends_with(['.', '!', '?', ':', ';', '…'])
}

/// The width at which a program wrapped these lines, if one did.
fn wrap_width(builder: &Builder<'_>, lines: &[Option<Line>]) -> Option<usize> {
    let lengths = || lines.iter().flatten().map(|line| line.chars);
    let width = lengths().filter(|chars| WRAP.contains(chars)).max()?;
    let long = lengths().filter(|chars| *chars > *WRAP.end()).count();
    let wrapped = lengths().filter(|chars| WRAP.contains(chars)).count();
    if long * 3 > wrapped {
        return None;
    }
    let mut full = 0;
    let mut broken = 0;
    for pair in lines.windows(2) {
        let [Some(above), Some(below)] = pair else { continue };
        if above.chars < *WRAP.start() || ends_sentence(builder.slice(&above.span)) {
            continue;
        }
        if above.chars + 1 + below.first_word > width.saturating_sub(2) { full += 1 } else { broken += 1 }
    }
    (full >= 2 && full >= broken).then_some(width)
}
