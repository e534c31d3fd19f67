//! What surrounds a passage: its block, its headings up to the title, the sentence it leans on.

use crate::corpus::{BlockKind, PassageKind};
use crate::index::Snapshot;
use crate::index::records::{BlockRecord, DocumentRecord, PassageRecord, SectionRecord, flag};
use crate::text::Term;

/// Words at the start of a sentence among which one that leans is looked for.
const OPENING: usize = 2;
/// … and, before a vague noun, as many as a reporting clause takes.
const REPORTED: usize = 7;

/// A block with its document and headings.
pub struct BlockContext<'a> {
    /// The block's id.
    pub id: u32,
    /// The block.
    pub block: BlockRecord,
    /// Its document.
    pub document: &'a DocumentRecord,
    /// Its headings, the nearest first, the title last.
    pub headings: Vec<&'a SectionRecord>,
    /// Terms of the sentence right above a table.
    pub caption: Vec<Term>,
}

impl<'a> BlockContext<'a> {
    /// Reads a block; `None` when there is no such block.
    pub fn read(snapshot: &'a Snapshot, id: u32) -> Option<Self> {
        let block = snapshot.block(id)?;
        let document = snapshot.document(block.document)?;
        let mut headings = Vec::new();
        let mut next = Some(block.section);
        while let Some((index, section)) =
            next.and_then(|index| Some((index, document.sections.get(index as usize)?)))
        {
            headings.push(section);
            next = section.parent.filter(|parent| *parent < index);
        }
        let caption = caption(snapshot, id, &block).unwrap_or_default();
        Some(Self { id, block, document, headings, caption })
    }

    /// Whether one other section of the document is about a term, and neither this block's headings nor the document's title
    /// and subtitle are.
    pub fn named_elsewhere(&self, term: Term) -> bool {
        // A word of many headings is the document's subject, not one section's.
        let own = self.headings.iter().any(|heading| heading.names.contains(&term))
            || self.document.opening.binary_search(&term).is_ok();
        !own && self.document.sections.iter().filter(|section| section.names.contains(&term)).count() == 1
    }

    /// The nearest sentence before in the block that names people, when the passage itself names none: it goes on about them.
    pub fn spoken_of(&self, passage: usize) -> Option<&PassageRecord> {
        let names_people = |record: &&PassageRecord| {
            record
                .flags
                .iter()
                .any(|flags| flags & flag::PERSON != 0 && flags & (flag::LIGHT | flag::STOP) == 0)
        };
        let current = self.block.passages.get(passage).filter(|current| !names_people(current))?;
        let before = self.block.passages.get(..passage)?.iter().rev().find(names_people)?;
        (current.kind == PassageKind::Sentence && before.kind == PassageKind::Sentence).then_some(before)
    }

    /// The nearest sentence before in the block with letters that stand for a name, when the passage itself has none: "The exam costs
    /// …" is about the credential that was named last.
    pub fn lettered_before(&self, passage: usize) -> Option<&PassageRecord> {
        let sentence = |record: &PassageRecord| record.kind == PassageKind::Sentence;
        let lettered = |record: &&PassageRecord| record.flags.iter().any(|flags| is_lettered(*flags));
        let current = self.block.passages.get(passage).filter(|current| !lettered(current))?;
        let before = self.block.passages.get(..passage)?.iter().rev().find(lettered)?;
        (sentence(current) && sentence(before)).then_some(before)
    }

    /// The sentence that a passage leans on: the one before it in its block, when it opens with "They", "This" … or
    /// speaks of "these individuals"
    pub fn leans_on(&self, passage: usize) -> Option<&PassageRecord> {
        let current = self.block.passages.get(passage)?;
        let leans = |flags: &u32| flags & flag::LEANING != 0;
        // "They earn …" at once, "The office reports that these individuals earn …" a little later.
        let leaning = current.flags.iter().take(OPENING).any(leans)
            || current
                .flags
                .iter()
                .zip(current.flags.iter().skip(1))
                .take(REPORTED)
                .any(|(one, next)| leans(one) && next & flag::LIGHT != 0);
        let before = passage.checked_sub(1).and_then(|before| self.block.passages.get(before));
        before.filter(|before| leaning && before.kind != PassageKind::List)
    }
}

/// Whether a word is written in capitals and is no word of grammar.
pub(super) fn is_lettered(flags: u32) -> bool {
    flags & flag::ALL_CAPITALS != 0 && flags & (flag::STOP | flag::LIGHT) == 0
}

/// What the last sentence of the block above a table says, in the same section.
fn caption(snapshot: &Snapshot, id: u32, table: &BlockRecord) -> Option<Vec<Term>> {
    let above = id.checked_sub(1).filter(|_| table.kind == BlockKind::Table)?;
    let above = snapshot.block(above)?;
    let beside = above.document == table.document
        && above.section == table.section
        && above.kind == BlockKind::Paragraph;
    above.passages.last().filter(|_| beside).map(|last| last.terms.clone())
}
