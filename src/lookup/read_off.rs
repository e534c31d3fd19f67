//! What is read off a name and the place where it stands: award, level, field, letters. The proof is that place.

use super::card::{Attribute, Field, Value};
use super::directory::Entry;
use super::finding::Spot;
use crate::answer::Citation;
use crate::answer::cite::place;
use crate::index::Snapshot;
use crate::index::records::{ByteSpan, DocumentRecord};
use crate::lexicon::Lexicon;

/// The field of that name, if the name itself says it.
pub(super) fn read_off(
    entry: &Entry,
    attribute: &str,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Option<Field> {
    let value = match attribute {
        "award" => entry.award.clone(),
        "level" => entry.level.and_then(|level| lexicon.levels.get(level)).map(|level| level.name.clone()),
        "field" => entry.field.clone(),
        "abbreviation" => entry.aliases.iter().find(|alias| are_letters(alias)).cloned(),
        _ => None,
    }?;
    let proofs = || entry.places.iter().filter_map(|(document, spot)| cite(*document, *spot, snapshot));
    let citation = match attribute {
        // The level's word may be written as letters; any place of the name shows it.
        "level" => proofs().next(),
        "field" => {
            proofs().find(|proof| proof.words().contains(&value)).or_else(|| label(entry, &value, snapshot))
        }
        _ => proofs().find(|proof| proof.words().contains(&value)),
    }?;
    Some(Field {
        attribute: Attribute::of(attribute, lexicon),
        value: Value::Text(value),
        year: None,
        measure: None,
        citation,
    })
}

/// Letters that stand for a name: no small letter among them.
fn are_letters(alias: &str) -> bool {
    !alias.contains(' ') && alias.len() <= 12 && !alias.chars().skip(1).any(char::is_lowercase)
}

/// The place that bears a name, quoted.
pub(super) fn cite(document: u32, spot: Spot, snapshot: &Snapshot) -> Option<Citation> {
    match spot {
        Spot::Title => heading(document, 0, snapshot),
        Spot::Section(section) => heading(document, section, snapshot),
        Spot::Row(block, passage) | Spot::Said(block, passage) => {
            let block = snapshot.block(block)?;
            let record = block.passages.get(passage as usize)?;
            snapshot.quote(document, record.span, record.checksum)?;
            place((document, block.section), record.span, record.lines, 1.0, snapshot)
        }
        Spot::Lead(block) | Spot::Column(block, _) => {
            let block = snapshot.block(block)?;
            let span = block.lead?;
            quoted(document, block.section, span, snapshot)
        }
    }
}

/// A heading, found again above what stands under it.
fn heading(document: u32, section: u32, snapshot: &Snapshot) -> Option<Citation> {
    let record = snapshot.document(document)?;
    let words = &record.sections.get(section as usize)?.heading;
    let end = start_of(record, section, snapshot)?;
    let before = snapshot.text(document, (0, end))?;
    let at = if section == 0 { before.find(words.as_str()) } else { before.rfind(words.as_str()) }?;
    let span = (u32::try_from(at).ok()?, u32::try_from(at + words.len()).ok()?);
    quoted(document, section, span, snapshot)
}

/// Where the first block begins that stands under a section.
fn start_of(record: &DocumentRecord, section: u32, snapshot: &Snapshot) -> Option<u32> {
    (record.first_block..record.first_block + record.blocks).find_map(|id| {
        let block = snapshot.block(id)?;
        let mut next = Some(block.section);
        while let Some(current) = next {
            if current == section {
                let first = block.passages.first().map(|passage| passage.span.0);
                return block.lead.map(|lead| lead.0).into_iter().chain(first).min();
            }
            next = record.sections.get(current as usize)?.parent.filter(|parent| *parent < current);
        }
        None
    })
}

/// What the document says of itself at its head (`field = "…"`), quoted.
fn label(entry: &Entry, value: &str, snapshot: &Snapshot) -> Option<Citation> {
    let record = snapshot.document(entry.document)?;
    let end = start_of(record, 0, snapshot)?;
    let at = snapshot.text(entry.document, (0, end))?.find(value)?;
    let span = (u32::try_from(at).ok()?, u32::try_from(at + value.len()).ok()?);
    quoted(entry.document, 0, span, snapshot)
}

/// The citation of any span, with its lines counted.
fn quoted(document: u32, section: u32, span: ByteSpan, snapshot: &Snapshot) -> Option<Citation> {
    place((document, section), span, snapshot.lines(document, span)?, 1.0, snapshot)
        .filter(|citation| !citation.quote.trim().is_empty())
}
