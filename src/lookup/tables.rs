//! A list that a text gives as a table ("Course | Title | Credits"): its rows are the items.

use super::card::{Attribute, Field, Value};
use super::fields::Filler;
use super::stating::Belongs;
use crate::answer::cite::place;
use crate::corpus::{BlockKind, PassageKind};
use crate::index::records::{BlockRecord, PassageRecord};
use crate::lexicon::AttributeId;
use crate::text::{one_line, terms};

/// A table of fewer rows is no list.
const LEAST_ROWS: usize = 3;

impl Filler<'_> {
    /// The rows of the first table of the name's own whose first column is headed with the attribute.
    pub(super) fn table_of(&self, attribute: AttributeId) -> Option<Field> {
        let known = self.lexicon.attributes.get(attribute)?;
        self.passages.iter().filter(|passage| passage.index == 0).find_map(|passage| {
            let block = &passage.context.block;
            if block.kind != BlockKind::Table || passage.belongs != Belongs::Own {
                return None;
            }
            let label = block.passages.first()?.parts.first()?.label?;
            let header = terms(self.snapshot.text(block.document, label)?);
            let headed =
                self.lexicon.attribute_words.find(&header).iter().any(|found| found.value == attribute);
            let rows: Vec<&PassageRecord> =
                block.passages.iter().filter(|row| row.kind == PassageKind::Row).collect();
            let items = self.named_by_rows(block, &rows);
            if !headed || rows.len() < LEAST_ROWS || items.len() < rows.len() {
                return None;
            }
            let (first, last) = (rows.first()?, rows.last()?);
            let span = (first.span.0, last.span.1);
            let lines = (first.lines.0, last.lines.1);
            let mut citation = place((block.document, block.section), span, lines, 1.0, self.snapshot)?;
            citation.items.clone_from(&items);
            let named = Attribute::of(&known.name, self.lexicon);
            Some(Field { attribute: named, value: Value::Items(items), year: None, measure: None, citation })
        })
    }

    /// What the rows are called: the cells of the first column that is made of words rather than codes and figures.
    fn named_by_rows(&self, block: &BlockRecord, rows: &[&PassageRecord]) -> Vec<String> {
        let cell = |row: &PassageRecord, column: usize| {
            let part = row.parts.get(column)?;
            self.snapshot.text(block.document, part.value).map(one_line)
        };
        let worded = |cell: &String| {
            cell.chars().any(char::is_alphabetic) && !cell.chars().any(|sign| sign.is_ascii_digit())
        };
        let columns = rows.iter().map(|row| row.parts.len()).min().unwrap_or(0);
        let column = (0..columns).find(|column| {
            let held = rows.iter().filter_map(|row| cell(row, *column)).filter(worded).count();
            held * 4 >= rows.len() * 3
        });
        column.map(|column| rows.iter().filter_map(|row| cell(row, column)).collect()).unwrap_or_default()
    }
}
