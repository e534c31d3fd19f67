//! From the pieces of a page to a document: what is a heading without being marked as one, which row is a table's
//! header, which table is one of keys and values. Words are read by the same rules as those of plain text.

use super::flatten::Scope;
use super::frames::{Cell, MAX_COLUMNS, Piece, Row};
use super::text::Words;
use crate::corpus::builder::{self, Builder};
use crate::corpus::listing::Item;
use crate::corpus::model::Span;
use crate::corpus::{bullets, keys, plain, shapes};
use crate::text::begins_with_code;

/// Links one under another, at least so many and without a lead-in, are a menu where the main part is not marked.
const MENU: usize = 4;
/// A longer row is more than keys and values.
const MAX_KEY_CHARS: usize = 60;
/// A longer text across several columns is said of the row.
const BRIEF: usize = 16;
/// A level below all marked ones.
const LOWEST: u8 = 7;

/// The name of a course with its code has no more words.
const ENTRY: usize = 14;

/// Puts the pieces into the builder, whose text is the one that they are places of.
pub(super) fn assemble(builder: &mut Builder<'_>, pieces: Vec<Piece>, scope: Scope) {
    let marked = matches!(scope, Scope::Main | Scope::Articles);
    for piece in with_lists(builder, pieces) {
        match piece {
            Piece::Heading(level, words) => heading(builder, level, &words.span),
            Piece::Text(words) if words.linked && !marked => {}
            Piece::Text(words) => text(builder, &words),
            Piece::List(holder, items) => {
                let lead = holder.map(|holder| holder.span).or_else(|| builder.lead_in());
                let menu = items.len() >= MENU && items.iter().all(|item| item.linked);
                if !(menu && !marked && lead.is_none()) {
                    list(builder, lead, items);
                }
            }
            Piece::Pairs(groups) => pairs(builder, groups),
            Piece::Table(rows) => table(builder, rows),
        }
    }
}

/// Texts one below the other, each behind a bullet of its own, are a list: so programs for letters write one.
fn with_lists(builder: &Builder<'_>, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut items: Vec<(Piece, Words)> = Vec::new();
    let end = |items: &mut Vec<(Piece, Words)>, found: &mut Vec<Piece>| {
        let items = std::mem::take(items);
        if items.len() > 1 {
            found.push(Piece::List(None, items.into_iter().map(|(_, item)| item).collect()));
        } else {
            found.extend(items.into_iter().map(|(whole, _)| whole));
        }
    };
    for piece in pieces {
        if let Some(item) = bulleted(builder, &piece) {
            items.push((piece, item));
        } else {
            end(&mut items, &mut found);
            found.push(piece);
        }
    }
    end(&mut items, &mut found);
    found
}

/// The words behind the bullet of a text of one line.
fn bulleted(builder: &Builder<'_>, piece: &Piece) -> Option<Words> {
    let Piece::Text(words) = piece else { return None };
    let line = builder.slice(&words.span);
    match bullets::bullet(line).filter(|_| !line.contains('\n'))? {
        (bullets::Marker::Sign(_), at) => {
            Some(Words { span: words.span.start + at..words.span.end, ..words.clone() })
        }
        _ => None,
    }
}

fn one_line(builder: &Builder<'_>, span: &Span) -> String {
    crate::text::one_line(builder.slice(span))
}

fn heading(builder: &mut Builder<'_>, level: u8, span: &Span) {
    let words = one_line(builder, span);
    if words.chars().count() > 200 {
        builder.paragraph(span.clone());
    } else if words.chars().any(char::is_alphanumeric) {
        plain::heading(builder, level, &words, span.clone());
    }
}

fn text(builder: &mut Builder<'_>, words: &Words) {
    let line = one_line(builder, &words.span);
    // "ABC 120. Name of the course. 3 hours."
    let entry = || begins_with_code(&line) && line.split_whitespace().count() <= ENTRY;
    let headed = || shapes::is_heading_like(&line, builder.rules) && !line.ends_with(':');
    if words.bold && (headed() || entry()) {
        plain::heading(builder, LOWEST, &line, words.span.clone());
    } else if line.chars().any(char::is_alphanumeric) {
        plain::read_part(builder, words.span.clone());
    }
}

fn list(builder: &mut Builder<'_>, lead: Option<Span>, items: Vec<Words>) {
    let items: Vec<Item> = items
        .into_iter()
        .map(|words| Item { part: plain::part_of(builder, &words.span), span: words.span })
        .collect();
    plain::list_or_key_values(builder, lead, items);
}

fn pairs(builder: &mut Builder<'_>, groups: Vec<(Vec<Words>, Vec<Words>)>) {
    let mut rows: Vec<builder::Row> = Vec::new();
    for (keys, values) in groups {
        let (Some(key), Some(value)) = (hull(&keys), hull(&values)) else {
            for words in keys.iter().chain(&values) {
                text(builder, words);
            }
            continue;
        };
        if builder.slice(&key).ends_with('?') {
            builder.key_values(std::mem::take(&mut rows));
            heading(builder, LOWEST, &key);
            builder.paragraph(value);
            continue;
        }
        rows.push(pair(builder, key, value));
    }
    builder.key_values(rows);
}

/// A row of a key and its value; the key's own colon belongs to neither.
fn pair(builder: &Builder<'_>, key: Span, value: Span) -> builder::Row {
    let words = builder.slice(&key);
    let bare = words.trim_end_matches(|c: char| c == ':' || c.is_whitespace());
    builder::Row::keyed(key.start..key.start + bare.len(), value)
}

fn hull(words: &[Words]) -> Option<Span> {
    Some(words.first()?.span.start..words.last()?.span.end)
}

fn table(builder: &mut Builder<'_>, rows: Vec<Row>) {
    let rows: Vec<Row> =
        rows.into_iter().filter(|row| row.cells.iter().any(|cell| cell.words.is_some())).collect();
    let width = rows.iter().map(|row| filled(row).count()).max().unwrap_or_default();
    if width < 2 {
        for words in rows.into_iter().flat_map(|row| row.cells).filter_map(|cell| cell.words) {
            text(builder, &words);
        }
        return;
    }
    if is_keyed(builder, &rows) {
        let rows = rows.iter().filter_map(|row| {
            let mut spans = filled(row).map(|words| words.span.clone());
            Some(pair(builder, spans.next()?, spans.next()?))
        });
        let rows = rows.collect();
        return builder.key_values(rows);
    }
    // What the whole table or its first rows are called may stand above the names of the columns.
    let named = rows.iter().position(|row| filled(row).count() > 1).unwrap_or_default();
    let below = rows.get(named..).unwrap_or_default();
    let part = below.iter().take_while(|row| filled(row).count() > 1).count();
    let below = below.get(..part).filter(|part| part.len() > 1).unwrap_or(below);
    let headed = below.first().is_some_and(|first| is_header(first, below));
    let mut header: Vec<Span> = Vec::new();
    // From the first to the last line of the header.
    let mut heads: Option<Span> = None;
    let mut body: Vec<builder::Row> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let cells = columns(row);
        let again = headed && body.is_empty() && says_the_same(builder, &cells, &header);
        let head = index == named && headed || row.head && index > 0 && body.is_empty();
        if again || head && filled(row).count() > 1 {
            let begun = heads.filter(|_| row.head && !again).map(|heads| heads.start);
            heads = plain::hull(&cells).map(|own| begun.unwrap_or(own.start)..own.end);
            header = cells;
            continue;
        }
        let mut words = filled(row);
        if let (Some(only), None) = (words.next(), words.next())
            && (only.bold
                || row.cells.iter().any(|cell| cell.header)
                || headed && index + 1 < rows.len() && row.cells.iter().any(|cell| cell.columns >= width))
        {
            // A row of its own names the rows under it.
            builder.table(heads.clone(), std::mem::take(&mut body));
            heading(builder, LOWEST, &only.span);
            continue;
        }
        // Further down the columns may be called otherwise.
        if headed && filled(row).count() > 1 && row.cells.iter().all(|cell| cell.header) {
            builder.table(heads.take(), std::mem::take(&mut body));
            heads = plain::hull(&cells);
            header = cells;
            continue;
        }
        body.extend(plain::row(&cells, &header));
    }
    builder.table(heads, body);
}

/// Whether a row repeats the names of the columns.
fn says_the_same(builder: &Builder<'_>, row: &[Span], header: &[Span]) -> bool {
    !header.is_empty()
        && row.len() == header.len()
        && row.iter().zip(header).all(|(one, other)| one_line(builder, one) == one_line(builder, other))
}

fn filled(row: &Row) -> impl Iterator<Item = &Words> {
    row.cells.iter().filter_map(|cell| cell.words.as_ref())
}

/// The cells' places by column; an empty one for a column without words.
fn columns(row: &Row) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for Cell { column, columns, words, .. } in &row.cells {
        // A value of a few words that stands across several columns holds for each of them.
        let brief = words.as_ref().is_some_and(|words| words.span.len() <= BRIEF) && *column > 0;
        let end = (column + if brief { *columns } else { 1 }).min(MAX_COLUMNS);
        spans.resize(spans.len().max(end), 0..0);
        if let (Some(places), Some(words)) = (spans.get_mut(*column..end), words) {
            places.fill(words.span.clone());
        }
    }
    spans
}

/// Whether the first row says what stands in the columns: it is marked so, or bold while the others are not.
fn is_header(first: &Row, rows: &[Row]) -> bool {
    let bold = |row: &Row| filled(row).all(|words| words.bold);
    rows.len() > 1
        && filled(first).count() > 1
        && (first.head
            || first.cells.iter().all(|cell| cell.header || cell.words.is_none())
            || bold(first) && !rows.iter().skip(1).any(bold))
}

/// Whether each row is a key and its value.
fn is_keyed(builder: &Builder<'_>, rows: &[Row]) -> bool {
    rows.iter().all(|row| {
        let words: Vec<&Words> = filled(row).collect();
        let [key, _] = words.as_slice() else { return false };
        let headers: Vec<bool> = row.cells.iter().map(|cell| cell.header).collect();
        let text = builder.slice(&key.span).trim_end_matches(':');
        !row.head
            && text.chars().count() <= MAX_KEY_CHARS
            && (headers == [true, false] || keys::is_key(text, builder.rules))
            && headers != [true, true]
    }) && !rows.first().is_some_and(|first| is_header(first, rows))
}
