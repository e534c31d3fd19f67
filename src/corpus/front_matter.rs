//! The block of facts about a document at the head of its file: TOML between `+++` lines, or plain `key: value` lines
//! between `---` lines. What it cannot read is reported and the text below is served all the same; lines with keys of other programs are
//! read as rows of the text, since they may state what nothing else does ("credits: 60").

use super::builder::{Builder, Row};
use super::model::Span;

const KEYS: [&str; 7] = ["title", "source", "url", "date", "kind", "level", "field"];

/// Fills the document from its front matter; gives the rest of the file and problems with their lines (from 1).
pub(super) fn read(builder: &mut Builder<'_>) -> (Span, Vec<(u32, String)>) {
    let ranges = builder.lines.ranges();
    let start = ranges.first().map_or(0, |range| range.start);
    let all = start..builder.text.len();
    let mark = ranges.first().map_or("", |range| builder.slice(range).trim_end());
    if mark != "+++" && mark != "---" {
        return (all, Vec::new());
    }
    let end = ranges
        .iter()
        .enumerate()
        .skip(1)
        .take(200)
        .find(|(_, range)| builder.slice(range).trim_end() == mark);
    let Some((last, closing)) = end.map(|(index, range)| (index, range.clone())) else {
        let message = format!(
            "The front matter that opens with {mark} is never closed. Add a line {mark} below its keys."
        );
        let problems = if mark == "+++" { vec![(1, message)] } else { Vec::new() };
        return (all, problems);
    };
    let body = closing.end..builder.text.len();
    let inner: Vec<Span> = ranges.iter().take(last).skip(1).cloned().collect();
    if mark == "+++" {
        let from = inner.first().map_or(closing.start, |range| range.start);
        return (body, toml_block(builder, &(from..closing.start)));
    }
    // A rule line may open a plain text as well: it is front matter only if each line has a key.
    let keyed = inner.iter().all(|range| {
        let line = builder.slice(range);
        line.trim().is_empty() || line.starts_with([' ', '#', '-']) || line.contains(':')
    });
    if !keyed || inner.is_empty() {
        return (all, Vec::new());
    }
    (body, key_lines(builder, &inner))
}

fn toml_block(builder: &mut Builder<'_>, span: &Span) -> Vec<(u32, String)> {
    let source = builder.slice(span);
    let table = match source.parse::<toml::Table>() {
        Ok(table) => table,
        Err(error) => {
            let at = span.start + error.span().map_or(0, |range| range.start);
            let message = format!(
                "The front matter is not TOML ({}). Write lines like title = \"…\"; text stands in quotes.",
                error.message().lines().next().unwrap_or_default()
            );
            return vec![(builder.lines.number(at), message)];
        }
    };
    let mut problems = Vec::new();
    for (key, value) in table {
        let line = builder.lines.number(span.start + key_place(source, &key));
        let words = match value {
            toml::Value::String(words) => words,
            toml::Value::Datetime(date) => date.to_string(),
            toml::Value::Integer(number) => number.to_string(),
            _ if KEYS.contains(&key.as_str()) => {
                problems.push((line, format!("The value of {key} is not text. Write {key} = \"…\".")));
                continue;
            }
            _ => String::new(),
        };
        set(builder, &key, &words, line, &mut problems);
    }
    problems.sort();
    problems
}

fn key_lines(builder: &mut Builder<'_>, lines: &[Span]) -> Vec<(u32, String)> {
    let (mut problems, mut rows) = (Vec::new(), Vec::new());
    for range in lines {
        let line = builder.slice(range);
        // Nested values and comments belong to keys that are none of ours.
        let Some((key, value)) = line.split_once(':').filter(|_| !line.starts_with([' ', '\t', '#', '-']))
        else {
            continue;
        };
        let colon = range.start + key.len();
        let key = key.trim().to_lowercase();
        let number = builder.lines.number(range.start);
        let row = if KEYS.contains(&key.as_str()) { None } else { row(builder, range, colon) };
        if let Some(row) = row {
            rows.push(row);
            let known = KEYS.join(", ");
            let told =
                format!("The front matter key {key} is read as a line of the text: it is none of {known}.");
            problems.push((number, told));
            continue;
        }
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        set(builder, &key, &value, number, &mut problems);
    }
    builder.key_values(rows);
    problems
}

/// The row of a line `key: value` whose value is plain words; `colon` is the byte that parts them.
fn row(builder: &Builder<'_>, line: &Span, colon: usize) -> Option<Row> {
    let plain = |value: &str| !value.starts_with(['[', '{', '|', '>', '&', '*']);
    let label = builder.trim(line.start..colon);
    let value = builder.trim(colon + 1..line.end);
    let words = builder.slice(&value);
    let stated = !label.is_empty() && !words.is_empty() && plain(words);
    stated.then(|| Row::keyed(label, value))
}

fn set(builder: &mut Builder<'_>, key: &str, value: &str, line: u32, problems: &mut Vec<(u32, String)>) {
    let value = value.trim();
    let given = (!value.is_empty()).then(|| value.to_owned());
    match key {
        "title" if given.is_some() => builder.title(value, 0..0),
        "title" => {}
        "source" => builder.document.source = given,
        "url" => builder.document.url = given,
        "date" => builder.document.date = given,
        "kind" => builder.document.kind = given,
        "level" => builder.document.level = given,
        "field" => builder.document.field = given,
        other => problems.push((
            line,
            format!("The front matter key {other} is unknown. Use one of: {}.", KEYS.join(", ")),
        )),
    }
}

/// Byte where a key's line begins.
fn key_place(source: &str, key: &str) -> usize {
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let begin = line.trim_start().trim_start_matches(['"', '\'', '[']);
        if begin
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with(['=', '"', '\'', '.', ']']))
        {
            return at;
        }
        at += line.len();
    }
    0
}
