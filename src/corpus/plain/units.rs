//! From lines to units: a wrapped paragraph, a bullet with its wrapped lines, a row, a single line. What a unit means
//! among its neighbours is decided in `scan`.

use super::super::builder::Builder;
use super::super::bullets::{self, Marker};
use super::super::keys;
use super::super::model::{Part, Span};
use super::super::shapes;
use super::keyed;
use super::wrapped::{flow, hangs, joins, wrap_width};

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
    /// Whether it is no more than one line.
    pub(super) fn is_one_line(&self) -> bool {
        self.lines == 1
    }

    /// Its key and value, if it is made of them.
    pub(super) fn part(&self) -> Option<Part> {
        match &self.shape {
            Shape::KeyValue(key, value) => Some(Part { label: Some(key.clone()), value: value.clone() }),
            _ => None,
        }
    }

    /// A single line of text.
    pub(super) fn is_line(&self) -> bool {
        self.lines == 1 && self.shape == Shape::Text
    }
}

/// One line with what is known about it alone.
pub(super) struct Line {
    pub(super) span: Span,
    pub(super) indent: usize,
    pub(super) chars: usize,
    pub(super) first_word: usize,
}

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
    let lettered = super::outline::lettered(builder, &lines);
    let sections = super::outline::sections(builder, &lines);
    let mut units: Vec<Unit> = Vec::new();
    let mut gap = 0;
    let mut previous: Option<&Line> = None;
    let mut bullet: Option<char> = None;
    for entry in &lines {
        let Some(line) = entry else {
            gap += 1;
            previous = None;
            continue;
        };
        // A sign alone stands before the words of the next line, as pages copied from print have it.
        if let Some(sign) = bullets::lone_sign(builder.slice(&line.span)) {
            bullet = Some(sign);
            previous = None;
            continue;
        }
        let sign = bullet.take();
        let asked = units.last().is_some_and(|unit| matches!(unit.shape, Shape::Asks(_)));
        let start = &line.span.start;
        let shape = match (outline.get(start), lettered.get(start), sections.get(start)) {
            (_, _, Some((level, words))) => Shape::Marked(*level, words.clone()),
            (Some((depth, words)), ..) => Shape::Outline(*depth, *words..line.span.end),
            (None, Some((letter, words)), _) => Shape::Bullet(Marker::Letter(*letter), *words..line.span.end),
            (None, None, None) => match sign {
                Some(sign) => Shape::Bullet(Marker::Sign(sign), line.span.clone()),
                None => shape(builder, line, asked),
            },
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
    part_labels(builder, &mut units);
    keyed::join_definitions(builder, &mut units);
    keyed::join_keys(builder, &mut units);
    keyed::key_among_keys(builder, &mut units);
    keyed::tight_rows(builder, &mut units);
    super::comma::mark_rows(builder, &mut units);
    super::dashes::mark_rows(builder, &mut units);
    super::speakers::mark_speakers(builder, &mut units);
    units
}

/// A paragraph whose last line is no sentence, though the one before it ends one, is two: the last line says what follows.
fn part_labels(builder: &Builder<'_>, units: &mut Vec<Unit>) {
    let mut parted = Vec::with_capacity(units.len());
    for mut unit in units.drain(..) {
        let label = label_below(builder, &unit);
        if let Some((end, _)) = &label {
            unit.span.end = *end;
            unit.lines -= 1;
        }
        parted.push(unit);
        parted.extend(label.map(|(_, label)| label));
    }
    *units = parted;
}

/// Where a paragraph ends above such a line, and the line.
fn label_below(builder: &Builder<'_>, unit: &Unit) -> Option<(usize, Unit)> {
    /// More words are the rest of a sentence that lost its end.
    const WORDS: usize = 6;
    if unit.shape != Shape::Text || unit.lines < 2 {
        return None;
    }
    let (above, last) = builder.slice(&unit.span).rsplit_once('\n')?;
    let (above, label) = (above.trim_end(), last.trim());
    let told = ends_sentence(above)
        && !ends_sentence(label)
        && label.split_whitespace().count() <= WORDS
        && label.starts_with(char::is_uppercase)
        && shapes::is_heading_like(label, builder.rules);
    let span = unit.span.end - label.len()..unit.span.end;
    let indent = last.len() - last.trim_start().len();
    let label = Unit { span, lines: 1, gap: 0, indent, shape: Shape::Text };
    told.then_some((unit.span.start + above.len(), label))
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
    let cells = shapes::cells(words);
    // "1. Name <tab> 28% <tab> 35" is a row of a table that counts its rows.
    let counted = words.contains('\t') && cells.as_ref().is_some_and(|cells| cells.len() >= 3);
    if let Some((marker, start)) = bullets::bullet(words)
        && !(counted && matches!(marker, Marker::Number(_)))
    {
        return Shape::Bullet(marker, at(start..words.len()));
    }
    if let Some(cells) = cells {
        // Tabs in front of the words stand for cells that are empty.
        let before = builder.text.get(..line.span.start).unwrap_or_default();
        let tabs = if words.contains('\t') {
            before.bytes().rev().take_while(|byte| *byte == b'\t').count()
        } else {
            0
        };
        let start = line.span.start;
        return Shape::Row(
            std::iter::repeat_n(start..start, tabs).chain(cells.into_iter().map(at)).collect(),
        );
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
    let from = line.len() - words.len();
    // "**Q: What does it cost?**": the signs of bold letters are no words.
    let bold = bare.len() < line.len();
    let told = words.trim_end();
    let told = if bold && told.ends_with("?**") { told.trim_end_matches('*') } else { words };
    let range = from..from + told.len();
    if builder.rules.question_marks.contains(&key) {
        return Some((true, range));
    }
    builder.rules.answer_marks.contains(&key).then_some((false, range))
}

pub(super) fn ends_sentence(words: &str) -> bool {
    words
        .trim_end_matches(['"', '\'', '”', '’', ')', ']', '*', '_'])
        .ends_with(['.', '!', '?', ':', ';', '…'])
}
