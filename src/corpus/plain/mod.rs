//! Raw plain text as it is saved from a web page: headings, bullets, rows and questions have lost their markup, and are
//! found again by shape and by neighbourhood. No rule here knows a subject matter; words are data in `text.toml`.

mod banner;
mod bare;
mod boxes;
mod bulleted;
mod columns;
mod comma;
mod contents;
mod counted;
mod dashes;
mod entries;
mod flat;
mod furniture;
mod keyed;
mod labelled;
mod lists;
mod marks;
mod outline;
mod pages;
mod records;
mod rows;
mod scan;
mod set_off;
mod site;
mod speakers;
mod subtitle;
mod title;
mod units;
mod wrapped;

use std::collections::HashSet;

use super::builder::{Builder, Row, ends_with_colon};
use super::keys;
use super::listing::Item;
use super::model::{Part, Span};
use super::run_in::{self, Mark};

/// A row of more cells is no table that someone wrote; its words are kept, its other cells are not told apart.
const MAX_CELLS: usize = 200;

/// Reads a file's body into the builder.
pub(super) fn read(builder: &mut Builder<'_>, body: Span) {
    let (units, named) = furniture::without_furniture(builder, units::units(builder, &body, false));
    title::origin(builder, &units);
    let units = title::take(builder, units);
    if !builder.has_title() && !units.is_empty() {
        // A heading further down names a part, not the whole.
        return untitled(builder, &units, &named);
    }
    scan::scan(builder, &units, Some(&named));
}

/// Reads units of a text without a title: its headings are sections all the same.
fn untitled(builder: &mut Builder<'_>, units: &[units::Unit], named: &HashSet<String>) {
    builder.title(" ", 0..0);
    scan::scan(builder, units, Some(named));
    builder.title("", 0..0);
}

/// Reads a part of a file in which no heading is to be found: a Markdown paragraph, a block of code.
pub(super) fn read_part(builder: &mut Builder<'_>, span: Span) {
    let units = units::units(builder, &span, true);
    scan::scan(builder, &units, None);
}

/// Opens a section, or names the document if nothing has yet. A question opens an answer as well.
pub(super) fn heading(builder: &mut Builder<'_>, level: u8, words: &str, span: Span) {
    let fresh = builder.document.passages.is_empty() && builder.document.sections.len() == 1;
    if !builder.has_title() && (fresh || level == 1) {
        builder.title(words, span);
        return;
    }
    let repeats = builder.document.title.to_lowercase() == words.to_lowercase();
    if repeats && fresh {
        let title = builder.document.title.clone();
        builder.title(&title, span);
        return;
    }
    builder.heading(level, words, span.clone());
    if words.ends_with('?') {
        builder.question(span);
    }
}

/// A list; or rows, when every item is a key with its value and no sentence introduces them.
pub(super) fn list_or_key_values(builder: &mut Builder<'_>, lead: Option<Span>, items: Vec<Item>) {
    let introduced = lead.as_ref().is_some_and(|lead| ends_with_colon(builder.slice(lead)));
    let keyed = items.iter().all(|item| item.part.is_some());
    let texts = run_in::run(builder, items.iter().map(|item| &item.span))
        .filter(|(mark, texts)| texts.len() == items.len() && !(*mark == Mark::Colon && introduced));
    if let Some((mark, texts)) = texts {
        builder.headed(mark, lead, texts);
    } else if keyed && !introduced {
        let rows =
            items.into_iter().map(|item| Row { span: item.span, parts: item.part.into_iter().collect() });
        builder.key_values(rows.collect());
    } else {
        builder.list(lead, items);
    }
}

/// Paragraphs whose heads run into them, from the first on; gives how many were taken, none if they are too few.
pub(super) fn headed<'s>(builder: &mut Builder<'_>, spans: impl Iterator<Item = &'s Span>) -> usize {
    let Some((mark, texts)) = run_in::run(builder, spans) else { return 0 };
    let taken = texts.len();
    let lead = builder.lead_in();
    builder.headed(mark, lead, texts);
    taken
}

/// Key and value of a list item, if it is made of them.
pub(super) fn part_of(builder: &Builder<'_>, span: &Span) -> Option<Part> {
    let words = builder.slice(span);
    let (key, value) =
        keys::led_value(words, builder.rules).or_else(|| keys::key_value(words, builder.rules))?;
    let at = |range: std::ops::Range<usize>| span.start + range.start..span.start + range.end;
    Some(Part { label: Some(at(key)), value: at(value) })
}

/// A row of a table whose cells stand under the cells of a header.
pub(super) fn row(cells: &[Span], header: &[Span]) -> Option<Row> {
    let span = hull(cells)?;
    let label = |index: usize| header.get(index).filter(|label| !label.is_empty()).cloned();
    let filled = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).take(MAX_CELLS);
    let parts = filled.map(|(index, cell)| Part { label: label(index), value: cell.clone() }).collect();
    Some(Row { span, parts })
}

/// From the first to the last cell that is not empty.
pub(super) fn hull(cells: &[Span]) -> Option<Span> {
    let mut filled = cells.iter().filter(|cell| !cell.is_empty());
    let first = filled.next()?;
    let last = filled.next_back().unwrap_or(first);
    Some(first.start..last.end)
}
