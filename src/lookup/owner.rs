//! Whether a passage speaks of one name of its document and of no other: a value never stands on another's card.

use super::directory::{Directory, Entry};
use super::finding::Spot;
use super::people::Mention;
use super::words::{levels, no_person};
use crate::corpus::{BlockKind, PassageKind, Value, ValueKind};
use crate::index::Snapshot;
use crate::index::records::{BlockRecord, PassageRecord, flag};
use crate::lexicon::Lexicon;
use crate::lexicon::lookup::NameKind;
use crate::question::QuestionTerm;
use crate::retrieval::BlockContext;
use crate::text::{Term, term_id};

/// How a passage belongs to a name.
#[derive(Debug, Clone)]
pub(super) enum Owned {
    /// It speaks of it, or stands under its heading. Where it speaks of others as well, only the values of the name are left.
    Own(Option<PassageRecord>),
    /// It names nothing, in a document that is about this name.
    About,
    /// It names nobody, and goes on about the name, or its document speaks of no other people.
    Alone,
    /// It speaks of no one name, in a document that is about this one and others of the same school.
    Shared,
}

/// One name among the others of a document.
pub(super) struct Owner<'a> {
    pub entry: &'a Entry,
    pub document: u32,
    pub lexicon: &'a Lexicon,
    pub snapshot: &'a Snapshot,
    /// The name's words with their other ways of saying them.
    pub terms: &'a [QuestionTerm],
    others: Vec<&'a Entry>,
    /// Whether the document is about this name before all others of its kind.
    main: bool,
    /// Whether it is the one occupation that the document names.
    alone: bool,
    /// Whether no other name of its kind has its level here.
    level_alone: bool,
}

impl<'a> Owner<'a> {
    pub fn of(
        entry: &'a Entry,
        document: u32,
        directory: &'a Directory,
        terms: &'a [QuestionTerm],
        snapshot: &'a Snapshot,
        lexicon: &'a Lexicon,
    ) -> Self {
        let others: Vec<&Entry> =
            directory.in_document(document).filter(|other| other.id != entry.id).collect();
        let rivals = || others.iter().filter(|other| other.kind == entry.kind);
        let alone_at_home = entry.has_home(document) && !others.iter().any(|other| other.has_home(document));
        let first = |entry: &Entry| {
            entry.places.iter().filter(|(place, _)| *place == document).map(|(_, spot)| *spot).min()
        };
        // Of programs that a page only speaks of, it is about the first.
        let spoken = entry.kind == NameKind::Program
            && !rivals().any(|other| other.has_home(document))
            && rivals().all(|other| first(entry) < first(other));
        let main = entry.titles(document) || alone_at_home || spoken;
        let alone = entry.kind == NameKind::Occupation && rivals().next().is_none();
        let level_alone = entry.level.is_some() && !rivals().any(|other| other.level == entry.level);
        Self { entry, document, lexicon, snapshot, terms, others, main, alone, level_alone }
    }

    /// How a passage belongs to the name; `None` when it does not.
    pub fn owned(&self, context: &BlockContext<'_>, index: usize, sections: &[u32]) -> Option<Owned> {
        let block = &context.block;
        let passage = block.passages.get(index)?;
        let place = |spot: Spot| (self.document, spot);
        let (id, number) = (context.id, u32::try_from(index).unwrap_or(u32::MAX));
        if block.kind == BlockKind::Table && passage.kind == PassageKind::Row {
            let bears = |entry: &Entry| entry.places.contains(&place(Spot::Row(id, number)));
            if bears(self.entry) {
                return Some(Owned::Own(None));
            }
            let column = |entry: &Entry| {
                entry.places.iter().find_map(|(document, spot)| match spot {
                    Spot::Column(block, part) if *document == self.document && *block == id => Some(*part),
                    _ => None,
                })
            };
            if let Some(part) = column(self.entry) {
                return column_alone(passage, part).map(|alone| Owned::Own(Some(alone)));
            }
            if self.others.iter().any(|other| bears(other) || column(other).is_some()) {
                return None;
            }
        }
        let heading = |entry: &Entry| {
            sections.iter().position(|section| entry.places.contains(&place(Spot::Section(*section))))
        };
        let (mine, other) =
            (heading(self.entry), self.others.iter().filter_map(|other| heading(other)).min());
        // The nearest heading that names something decides; a heading that names two, for both.
        let under_mine = mine.is_some_and(|mine| other.is_none_or(|other| mine <= other));
        let under_other = !under_mine && other.is_some();
        let own_words = self.names(self.entry, passage);
        let lead = self.names_in_lead(block);
        let lead_of = |entry: &Entry| entry.places.contains(&place(Spot::Lead(id)));
        if lead_of(self.entry) {
            return Some(Owned::Own(None));
        }
        if self.others.iter().any(|other| lead_of(other)) {
            return None;
        }
        // "a bachelor's degree is required" under a heading of its own speaks of no other program.
        let names_rival = |other: &Entry| match other.level.filter(|_| under_mine) {
            Some(_) => spread(&other.core, passage).and_then(|_| self.names(other, passage)),
            None => self.names(other, passage),
        };
        let rivals: Vec<&&Entry> = self
            .others
            .iter()
            .filter(|other| other.kind == self.entry.kind && names_rival(other).is_some())
            .collect();
        if passage.kind == PassageKind::List && !rivals.is_empty() {
            // A list that speaks of several is nobody's as a whole; its items are.
            return None;
        }
        let fuller = |mine: &Mention, rival: &Mention| {
            rival.at == mine.at && (rival.matched, rival.literal) > (mine.matched, mine.literal)
        };
        let mentions = || rivals.iter().filter_map(|rival| self.names(rival, passage));
        if let Some(at) = own_words.filter(|mine| !mentions().any(|rival| fuller(mine, &rival))) {
            let rival = self.others.iter().filter(|other| other.kind == self.entry.kind);
            if under_other && at.from > OPENING && rival.filter_map(|other| heading(other)).min() == other {
                return None;
            }
            let others: Vec<usize> = mentions().map(|rival| rival.from).collect();
            return Some(Owned::Own((!others.is_empty()).then(|| segment(passage, at.from, &others))));
        }
        if !rivals.is_empty() || under_other {
            return None;
        }
        if lead || under_mine {
            return Some(Owned::Own(None));
        }
        if let Some(before) = context.leans_on(index) {
            let of_other = self
                .others
                .iter()
                .any(|other| other.kind == self.entry.kind && self.names(other, before).is_some());
            let mine = self.names(self.entry, before).is_some() && !of_other;
            // "The credential …" may speak of what was named further up.
            if mine || of_other || !context.speaks_of_named(index) {
                return mine.then_some(Owned::Own(None));
            }
        }
        if self.boxed(block) || self.spoken_of_before(block, index) {
            return Some(Owned::Own(None));
        }
        let of_people = self.entry.kind == NameKind::Occupation;
        let people = of_people.then(|| self.goes_on_from(block, index)).flatten();
        if people.is_some_and(|people| self.is_of_name(people)) {
            return Some(Owned::Alone);
        }
        if self.main {
            return self.no_other_people(passage).then_some(Owned::About);
        }
        if self.alone && people.is_none() && self.no_other_people(passage) {
            return Some(Owned::Alone);
        }
        let leveled = !levels(&passage.terms, &passage.words, self.lexicon).is_empty();
        (self.entry.kind == NameKind::Program && self.entry.has_home(self.document) && !leveled)
            .then_some(Owned::Shared)
    }

    /// Whether a passage goes on about the name: what it opens with refers back ("The exam costs …"), and of all certifications
    /// of the document the name, and no other, is what was spoken of last in the same block.
    fn spoken_of_before(&self, block: &BlockRecord, index: usize) -> bool {
        let refers = |passage: &PassageRecord| {
            let words = &self.lexicon.lookup.refers;
            passage.words.first().is_some_and(|first| words.iter().any(|word| term_id(word) == *first))
        };
        let current = block.passages.get(index).filter(|_| self.entry.kind == NameKind::Certification);
        let before = block.passages.get(..index).unwrap_or_default().iter().rev();
        let spoken = before
            .filter(|passage| passage.kind == PassageKind::Sentence)
            .map(|passage| {
                let others = self.others.iter().filter(|other| other.kind == self.entry.kind);
                (
                    self.names(self.entry, passage).is_some(),
                    others.filter(|other| self.names(other, passage).is_some()).count(),
                )
            })
            .find(|(own, others)| *own || *others > 0);
        current.is_some_and(refers) && spoken == Some((true, 0))
    }

    /// Of whom the nearest sentence before in the block speaks that names people, where the passage names nobody.
    fn goes_on_from<'b>(&self, block: &'b BlockRecord, index: usize) -> Option<&'b PassageRecord> {
        let sentence = |passage: &&PassageRecord| passage.kind == PassageKind::Sentence;
        let nobody = |passage: &&PassageRecord| !self.names_someone(passage);
        block.passages.get(index).filter(sentence).filter(nobody)?;
        block.passages.get(..index)?.iter().rev().filter(sentence).find(|passage| self.names_someone(passage))
    }

    /// Whether a sentence names people who do a job.
    fn names_someone(&self, passage: &PassageRecord) -> bool {
        let nobody = |at: usize| passage.words.get(at).is_some_and(|word| no_person(*word, self.lexicon));
        passage.flags.iter().enumerate().any(|(at, flags)| {
            flags & flag::PERSON != 0 && flags & (flag::LIGHT | flag::STOP) == 0 && !nobody(at)
        })
    }

    /// Whether people are the name's, and no other's.
    fn is_of_name(&self, people: &PassageRecord) -> bool {
        let mut others = self.others.iter().filter(|other| other.kind == self.entry.kind);
        self.names(self.entry, people).is_some()
            && !others.any(|other| self.names(other, people).is_some_and(|_| !self.is_part(other)))
    }

    /// Whether another group of people is named within the name.
    fn is_part(&self, other: &Entry) -> bool {
        other.core.iter().all(|term| self.entry.core.contains(term))
    }

    /// A box of facts one of which is the name, and none another's. A box of a program that mentions people by half of their
    /// name is not theirs.
    fn boxed(&self, block: &BlockRecord) -> bool {
        let narrowing = match self.entry.kind {
            NameKind::Occupation => self.entry.core.len().saturating_sub(1),
            _ => 0,
        };
        let mentions = |entry: &Entry| {
            block.passages.iter().filter_map(|passage| self.names(entry, passage)).map(|it| it.matched).max()
        };
        block.kind == BlockKind::KeyValue
            && mentions(self.entry).is_some_and(|matched| matched >= narrowing)
            && !self.others.iter().any(|other| other.kind == self.entry.kind && mentions(other).is_some())
    }

    fn names_in_lead(&self, block: &BlockRecord) -> bool {
        let held =
            |terms: &[Term]| !terms.is_empty() && terms.iter().all(|term| block.lead_terms.contains(term));
        block.kind != BlockKind::Table
            && (held(&self.entry.core)
                || self.entry.letters.iter().any(|term| block.lead_terms.contains(term)))
            && !self.others.iter().any(|other| other.kind == self.entry.kind && held(&other.core))
    }

    /// Where a passage names an entry: the first and last word of what names it.
    fn names(&self, entry: &Entry, passage: &PassageRecord) -> Option<Mention> {
        let letters = passage
            .terms
            .iter()
            .zip(&passage.flags)
            .position(|(term, flags)| flags & flag::ALL_CAPITALS != 0 && entry.letters.contains(term));
        if let Some(at) = letters {
            return Some(Mention { from: at, at, matched: entry.core.len(), literal: true });
        }
        match entry.kind {
            NameKind::Occupation => self.names_people(entry, passage),
            NameKind::Certification => spread(&entry.core, passage),
            NameKind::Program => self.names_program(entry, passage),
        }
    }

    /// A program is named by its field and its level, or by its level where no other has it.
    fn names_program(&self, entry: &Entry, passage: &PassageRecord) -> Option<Mention> {
        let Some(level) = entry.level else { return spread(&entry.core, passage) };
        let named = levels(&passage.terms, &passage.words, self.lexicon);
        let (_, first) = named.into_iter().find(|(named, _)| *named == level)?;
        let alone = if entry.id == self.entry.id {
            self.level_alone
        } else {
            !std::iter::once(&self.entry).chain(&self.others).any(|other| {
                other.kind == NameKind::Program && other.id != entry.id && other.level == entry.level
            })
        };
        match spread(&entry.core, passage) {
            Some(named) => Some(Mention { from: named.from.min(first), at: named.at.max(first), ..named }),
            None => alone.then_some(Mention { from: first, at: first, matched: 0, literal: true }),
        }
    }

    /// Whether a passage names no people but those of the name.
    fn no_other_people(&self, passage: &PassageRecord) -> bool {
        if self.entry.kind != NameKind::Occupation {
            return true;
        }
        let people = passage
            .terms
            .iter()
            .zip(&passage.flags)
            .filter(|(_, flags)| *flags & flag::PERSON != 0 && *flags & (flag::LIGHT | flag::STOP) == 0);
        people.into_iter().all(|(term, _)| self.entry.core.last() == Some(term))
    }
}

/// A sentence under another's heading must open with the name to speak of it.
const OPENING: usize = 4;

/// So many other words may stand among those of a name.
const LOOSE: usize = 3;

/// Where all of the terms stand in a passage close together, from the first to the last.
fn spread(terms: &[Term], passage: &PassageRecord) -> Option<Mention> {
    let held = |wanted: &Term, from: usize| {
        passage
            .terms
            .iter()
            .skip(from)
            .take(terms.len() + LOOSE)
            .position(|held| held == wanted)
            .map(|at| from + at)
    };
    (0..passage.terms.len())
        .filter(|at| passage.terms.get(*at).is_some_and(|term| terms.contains(term)))
        .find_map(|from| {
            let places: Option<Vec<usize>> = terms.iter().map(|wanted| held(wanted, from)).collect();
            Some(Mention { from, at: places?.into_iter().max()?, matched: terms.len(), literal: true })
        })
}

/// The passage with the values of one name alone: those between it and the next other name, or, where a value stands
/// before the first of the names ("$10 for one and $12 for the other"), those between it and the other name before it.
fn segment(passage: &PassageRecord, at: usize, others: &[usize]) -> PassageRecord {
    let first_name = others.iter().copied().chain([at]).min().unwrap_or(at);
    let dated = |value: &&Value| matches!(value.kind, ValueKind::Year | ValueKind::Date);
    let leads = passage.values.iter().filter(|value| !dated(value)).any(|value| value.after <= first_name);
    let (from, to) = if leads {
        (others.iter().copied().filter(|other| *other < at).max().unwrap_or(0), at)
    } else {
        (at, others.iter().copied().filter(|other| *other > at).min().unwrap_or(usize::MAX))
    };
    let values: Vec<Value> = passage
        .values
        .iter()
        .filter(|value| dated(value) || value.after > from && value.after <= to)
        .cloned()
        .collect();
    PassageRecord { values, ..passage.clone() }
}

/// A row of a table on its side, with its key and one column alone.
fn column_alone(passage: &PassageRecord, part: u32) -> Option<PassageRecord> {
    let column = passage.parts.get(part as usize)?.clone();
    let values = passage
        .values
        .iter()
        .filter(|value| {
            value.span.start >= column.value.0 as usize && value.span.end <= column.value.1 as usize
        })
        .cloned()
        .collect();
    let parts = passage.parts.first().cloned().into_iter().chain([column]).collect();
    Some(PassageRecord { values, parts, ..passage.clone() })
}
