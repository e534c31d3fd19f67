//! Whether a passage speaks of one name of its document and of no other: a value never stands on another's card.

use super::directory::{Directory, Entry};
use super::finding::Spot;
use super::words::levels;
use crate::corpus::{BlockKind, PassageKind, Value, ValueKind};
use crate::index::records::{BlockRecord, PassageRecord, flag};
use crate::lexicon::Lexicon;
use crate::lexicon::lookup::NameKind;
use crate::question::QuestionTerm;
use crate::retrieval::{BlockContext, holds};
use crate::text::Term;

/// How a passage belongs to a name.
#[derive(Debug, Clone)]
pub(super) enum Owned {
    /// It speaks of it, or stands under its heading. Where it speaks of others as well, only the values of the name are left.
    Own(Option<PassageRecord>),
    /// It names nothing, in a document that is about this name.
    About,
    /// It speaks of no one name, in a document that is about this one and others of the same school.
    Shared,
}

/// One name among the others of a document.
pub(super) struct Owner<'a> {
    pub entry: &'a Entry,
    pub document: u32,
    pub lexicon: &'a Lexicon,
    /// The name's words with their other ways of saying them.
    pub terms: &'a [QuestionTerm],
    others: Vec<&'a Entry>,
    /// Whether the document is about this name before all others of its kind.
    main: bool,
    /// Whether no other name of its kind has its level here.
    level_alone: bool,
}

/// A group of people must be named within so many words to the left of the one that names the person.
const FURTHEST: usize = 6;

impl<'a> Owner<'a> {
    pub fn of(
        entry: &'a Entry,
        document: u32,
        directory: &'a Directory,
        terms: &'a [QuestionTerm],
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
        let level_alone = entry.level.is_some() && !rivals().any(|other| other.level == entry.level);
        Self { entry, document, lexicon, terms, others, main, level_alone }
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
        if let Some(at) = own_words {
            let rival = self.others.iter().filter(|other| other.kind == self.entry.kind);
            if under_other && at.0 > OPENING && rival.filter_map(|other| heading(other)).min() == other {
                return None;
            }
            let others: Vec<usize> =
                rivals.iter().filter_map(|rival| self.names(rival, passage)).map(|at| at.0).collect();
            return Some(Owned::Own((!others.is_empty()).then(|| segment(passage, at.0, &others))));
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
            return (self.names(self.entry, before).is_some() && !of_other).then_some(Owned::Own(None));
        }
        if self.boxed(block) || self.spoken_of_before(id, number) {
            return Some(Owned::Own(None));
        }
        if self.main {
            return self.no_other_people(passage).then_some(Owned::About);
        }
        let leveled = !levels(&passage.terms, &passage.words, self.lexicon).is_empty();
        (self.entry.kind == NameKind::Program && self.entry.has_home(self.document) && !leveled)
            .then_some(Owned::Shared)
    }

    /// Whether the name, and no other of its kind, was spoken of earlier in the same block.
    fn spoken_of_before(&self, block: u32, passage: u32) -> bool {
        let said = |entry: &Entry, before: u32| {
            entry.places.iter().any(|(document, spot)| {
                matches!(spot, Spot::Said(at, index) if *document == self.document && *at == block && *index < before)
            })
        };
        self.entry.kind == NameKind::Certification
            && said(self.entry, passage)
            && !self.others.iter().any(|other| other.kind == self.entry.kind && said(other, u32::MAX))
    }

    /// A box of facts one of which is the name, and none another's.
    fn boxed(&self, block: &BlockRecord) -> bool {
        let named = |entry: &Entry| block.passages.iter().any(|passage| self.names(entry, passage).is_some());
        block.kind == BlockKind::KeyValue
            && named(self.entry)
            && !self.others.iter().any(|other| other.kind == self.entry.kind && named(other))
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
    fn names(&self, entry: &Entry, passage: &PassageRecord) -> Option<(usize, usize)> {
        let letters = passage
            .terms
            .iter()
            .zip(&passage.flags)
            .position(|(term, flags)| flags & flag::ALL_CAPITALS != 0 && entry.letters.contains(term));
        if let Some(at) = letters {
            return Some((at, at));
        }
        match entry.kind {
            NameKind::Occupation => self.names_people(entry, passage),
            NameKind::Certification => spread(&entry.core, passage),
            NameKind::Program => self.names_program(entry, passage),
        }
    }

    /// A program is named by its field and its level, or by its level where no other has it.
    fn names_program(&self, entry: &Entry, passage: &PassageRecord) -> Option<(usize, usize)> {
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
            Some((one, other)) => Some((one.min(first), other.max(first))),
            None => alone.then_some((first, first)),
        }
    }

    /// People are named by the word for them, and by words in front of it that are all the name's own.
    fn names_people(&self, entry: &Entry, passage: &PassageRecord) -> Option<(usize, usize)> {
        let (head, narrowing) = entry.core.split_last()?;
        let own = entry.id == self.entry.id;
        let same = |term: Term, wanted: Term| {
            term == wanted
                || own
                    && self
                        .terms
                        .iter()
                        .any(|known| known.term == wanted && holds(known, &|way| way == term) > 0.0)
        };
        (0..passage.terms.len()).find_map(|at| {
            let held = passage.terms.get(at).copied()?;
            let person = passage.flags.get(at).is_some_and(|flags| flags & flag::PERSON != 0);
            // Accounting is no accountant: the word itself, or another word for such people.
            let it = passage.words.get(at).is_some_and(|word| entry.head.contains(word));
            if !(it || person && same(held, *head)) {
                return None;
            }
            let (mut from, mut matched) = (at, 0);
            while let Some(before) = from.checked_sub(1).filter(|before| at - before <= FURTHEST) {
                let (term, flags) =
                    (passage.terms.get(before).copied()?, passage.flags.get(before).copied()?);
                if narrowing.iter().any(|wanted| same(term, *wanted)) {
                    matched += 1;
                } else if flags & flag::STOP != 0 {
                    // "wood and steel builders" goes on before the "and".
                    let goes_on = before
                        .checked_sub(1)
                        .and_then(|further| passage.terms.get(further))
                        .is_some_and(|term| narrowing.iter().any(|wanted| same(*term, *wanted)));
                    if !goes_on {
                        break;
                    }
                } else if flags & flag::LIGHT != 0
                    || self.states_something(term)
                    || is_number(passage, before)
                {
                    break;
                } else {
                    // Other people: "underwater riggers" are not all riggers.
                    return None;
                }
                from = before;
            }
            (narrowing.is_empty() || matched > 0).then_some((from, at))
        })
    }

    fn states_something(&self, term: Term) -> bool {
        !self.lexicon.attribute_evidence.at(0, &[term]).is_empty()
            || !self.lexicon.attribute_words.at(0, &[term]).is_empty()
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
fn spread(terms: &[Term], passage: &PassageRecord) -> Option<(usize, usize)> {
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
            Some((from, places?.into_iter().max()?))
        })
}

fn is_number(passage: &PassageRecord, at: usize) -> bool {
    passage.values.iter().any(|value| value.after == at + 1 || value.after == at)
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
