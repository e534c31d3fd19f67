//! What surrounds a passage: its block, its headings up to the title, the sentence it leans on.

use crate::corpus::{BlockKind, PassageKind};
use crate::index::Snapshot;
use crate::index::records::{AttributeSet, BlockRecord, DocumentRecord, PassageRecord, SectionRecord, flag};
use crate::text::{Term, term_id};

/// Words at the start of a sentence among which one that leans is looked for.
const OPENING: usize = 2;
/// … and, before a vague noun, as many as a reporting clause takes.
const REPORTED: usize = 7;

/// A lead-in of at most this many words ("The ones found most often are:") leans on the sentence before it.
const SHORT_LEAD: usize = 7;

/// A head that runs into its paragraph has at most this many words.
const HEAD: usize = 3;

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
    /// Terms of the sentence right above a table, or above a lead-in that leans on it.
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
        let current = self
            .block
            .passages
            .get(passage)
            .filter(|current| !lettered(current) && !names_proper(current))?;
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
        let headed = passage == 1 && self.is_head(0);
        before
            .filter(|before| (leaning || headed || is_definite(current)) && before.kind != PassageKind::List)
    }

    /// Whether a sentence is the lead-in of the list below it, which says the same and more.
    pub fn leads_list(&self, passage: usize, snapshot: &Snapshot) -> bool {
        let last = passage + 1 == self.block.passages.len() && self.block.kind == BlockKind::Paragraph;
        let own = self.block.passages.get(passage).filter(|_| last).map(|record| record.span);
        let below = own.and_then(|_| snapshot.block(self.id + 1));
        below.is_some_and(|below| {
            below.document == self.block.document && below.kind == BlockKind::List && below.lead == own
        })
    }

    /// The attributes that its lead-in and its headings name.
    pub fn attributes_above(&self) -> AttributeSet {
        self.headings.iter().fold(self.block.lead_attributes, |set, heading| set | heading.attributes)
    }

    /// Whether a passage speaks of what was named before it by "the" and a word for things of its kind.
    pub fn speaks_of_named(&self, passage: usize) -> bool {
        self.block.passages.get(passage).is_some_and(is_definite)
    }

    /// "Dysphagia. Difficulty with swallowing.": a few words with a full stop at the start of a paragraph head what follows and say
    /// nothing by themselves.
    pub fn is_head(&self, passage: usize) -> bool {
        let record =
            self.block.passages.get(passage).filter(|_| passage == 0 && self.block.passages.len() > 1);
        self.block.kind == BlockKind::Paragraph
            && record.is_some_and(|record| {
                record.kind == PassageKind::Sentence
                    && record.terms.len() <= HEAD
                    && record.values.is_empty()
                    && record
                        .flags
                        .iter()
                        .all(|flags| flags & (flag::STOP | flag::NEGATION | flag::LEANING) == 0)
            })
    }
}

/// "The exam costs …": a sentence about what was named before it, which names nothing else.
fn is_definite(record: &PassageRecord) -> bool {
    let the = record.terms.first() == Some(&term_id("the"));
    // "The Ohio license" names itself.
    let words = record.flags.iter().skip(1).take(OPENING).take_while(|flags| **flags & flag::CAPITAL == 0);
    let noun = words.into_iter().any(|flags| flags & flag::DEFINITE != 0);
    let lettered = record.flags.iter().any(|flags| is_lettered(*flags));
    record.kind == PassageKind::Sentence && the && noun && !lettered && !names_proper(record)
}

/// Whether a passage names someone or something by a word that is none of English.
fn names_proper(record: &PassageRecord) -> bool {
    record.flags.iter().any(|flags| flags & flag::PROPER != 0)
}

/// Whether a word is written in capitals and is no word of grammar.
pub(super) fn is_lettered(flags: u32) -> bool {
    flags & flag::ALL_CAPITALS != 0 && flags & (flag::STOP | flag::LIGHT) == 0
}

/// What the last sentence of the block above a table says, in the same section; above a list whose lead-in leans on a sentence ("They
/// include:"), what that sentence says.
fn caption(snapshot: &Snapshot, id: u32, block: &BlockRecord) -> Option<Vec<Term>> {
    let listed = block.kind == BlockKind::List && block.lead.is_some();
    let rows = matches!(block.kind, BlockKind::Table | BlockKind::KeyValue);
    let above = id.checked_sub(1).filter(|_| listed || rows)?;
    let above = snapshot.block(above)?;
    let beside = above.document == block.document
        && above.section == block.section
        && above.kind == BlockKind::Paragraph;
    let mut sentences = above.passages.iter().rev().filter(|_| beside);
    if !listed {
        return sentences.next().map(|last| last.terms.clone());
    }
    let lead = sentences.find(|sentence| Some(sentence.span) == block.lead)?;
    let leans = lead.terms.len() <= SHORT_LEAD || lead.flags.iter().any(|flags| flags & flag::LEANING != 0);
    sentences.next().filter(|_| leans).map(|before| before.terms.clone())
}
