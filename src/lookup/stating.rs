//! Whether a passage of a name may state an attribute at all, by its form: what its key, its question, its lead-in and its
//! heading say it is about. How well it does is for the engine's judgement.

use std::rc::Rc;

use super::fields::Filler;
use super::finding::Spot;
use crate::corpus::{BlockKind, PassageKind, Value as Stated, ValueKind};
use crate::index::records::{AttributeSet, PassageRecord, flag};
use crate::lexicon::lookup::NameKind;
use crate::lexicon::{AttributeId, Expect, Lexicon};
use crate::question::Question;
use crate::retrieval::{BlockContext, Candidate, Constraint, Features};
use crate::text::Term;

/// A passage of the name.
pub(super) struct Passage<'a> {
    pub context: Rc<BlockContext<'a>>,
    pub index: usize,
    pub belongs: Belongs,
}

/// How a passage belongs to the name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Belongs {
    /// It names it, or stands under its heading.
    Own,
    /// The document is about the name.
    About,
    /// It is said of all that the document is about.
    Shared,
}

/// The subject of a sentence stands within its first words.
const OPENING: usize = 8;

impl Filler<'_> {
    /// Whether a passage stands in a section of the name's own, or opens with it.
    fn is_subject(&self, passage: &Passage<'_>) -> bool {
        let block = &passage.context.block;
        let at_home = self.entry.places.contains(&(block.document, Spot::Section(block.section)));
        let boxed = block.kind != BlockKind::Paragraph;
        let opening = block.passages.get(passage.index).map(|record| record.terms.iter().take(OPENING));
        let opens = opening.is_some_and(|mut words| {
            words.any(|term| self.entry.core.contains(term) || self.entry.letters.contains(term))
        });
        at_home || boxed || opens
    }

    /// What a credential costs is what its exam costs: for one, what has figures of its own is asked for as well.
    pub(super) fn of_its_exam(&self) -> AttributeSet {
        if self.entry.kind != NameKind::Certification {
            return 0;
        }
        let attributes = self.lexicon.attributes.iter().enumerate();
        attributes.filter(|(_, attribute)| attribute.own_figures).fold(0, |set, (id, _)| set | 1 << id)
    }

    /// Whether a passage may state an attribute: what its key, its question or its lead-in says it is about, it is about,
    /// and words are not stated by a mere sign of them.
    pub(super) fn states(&self, attribute: AttributeId, asked: &Question, passage: &Passage<'_>) -> bool {
        let (block, lexicon) = (&passage.context.block, self.lexicon);
        let Some(record) = block.passages.get(passage.index) else { return false };
        let has = |set: AttributeSet| set >> attribute & 1 == 1;
        let keyed = match record.kind {
            PassageKind::Row => record.key_attributes,
            PassageKind::KeyValue | PassageKind::Item => named_by_key(record, lexicon),
            PassageKind::Sentence | PassageKind::List => 0,
        };
        let question = if block.kind == BlockKind::QuestionAnswer { block.lead_attributes } else { 0 };
        // "prerequisite courses" are what the first word says.
        let lead =
            lexicon.attribute_words.find(&block.lead_terms).first().map_or(0, |found| 1u64 << found.value);
        let listed = matches!(record.kind, PassageKind::List | PassageKind::Item) && lead != 0;
        let heading = passage.context.headings.first().is_some_and(|heading| has(heading.attributes));
        if keyed != 0 && !has(keyed) || question != 0 && !has(question) || listed && !has(lead) && !heading {
            return false;
        }
        // An "associate degree" is no associate.
        let levels: Vec<usize> =
            lexicon.level_words.find(&record.terms).into_iter().flat_map(|found| found.words).collect();
        let people = record.flags.iter().enumerate().any(|(index, flags)| {
            flags & flag::PERSON != 0 && flags & flag::LIGHT == 0 && !levels.contains(&index)
        });
        let about_people = lexicon.attributes.get(attribute).is_some_and(|attribute| attribute.about_people);
        let counted = matches!(asked.expects.first(), Some(Expect::Money | Expect::Count));
        if people && (about_people || counted) && self.entry.kind == NameKind::Program && keyed == 0 {
            // What is said of people who do a job is not said of a program.
            return false;
        }
        if measured(asked) {
            return true;
        }
        let figure = |value: &Stated| matches!(value.kind, ValueKind::Money | ValueKind::Percent);
        let described = lexicon.attributes.get(attribute).is_some_and(|attribute| attribute.described);
        let introduces = self
            .snapshot
            .text(block.document, record.span)
            .is_some_and(|text| text.trim_end().ends_with(':'));
        if described || introduces && record.kind != PassageKind::List {
            return !introduces && !record.values.iter().any(figure);
        }
        let name =
            lexicon.attributes.get(attribute).map(|attribute| attribute.name.as_str()).unwrap_or_default();
        let evidence = has(record.evidence)
            && lexicon.lookup.by_evidence.contains(name)
            && (heading || passage.belongs == Belongs::Own && self.is_subject(passage));
        let said = has(keyed) || has(record.attributes) || has(block.lead_attributes);
        match record.kind {
            PassageKind::Row => has(keyed),
            PassageKind::List => said || heading,
            _ => said || evidence || heading && has(record.evidence),
        }
    }
}

/// Whether a question asks for a figure.
pub(super) fn measured(asked: &Question) -> bool {
    let figure = |expect: &Expect| !matches!(expect, Expect::Name | Expect::Someone | Expect::List);
    asked.expects.first().is_some_and(figure)
}

/// The attributes that a key names as a whole: "class size" is no class.
fn named_by_key(record: &PassageRecord, lexicon: &Lexicon) -> AttributeSet {
    let key = record.terms.iter().zip(&record.flags).filter(|(_, flags)| *flags & flag::KEY != 0);
    let key: Vec<Term> = key.map(|(term, _)| *term).collect();
    let mut set = 0;
    let mut covered = 0;
    for found in lexicon.attribute_words.find(&key) {
        if found.words.first().is_some_and(|first| *first >= covered) {
            covered = found.words.last().map_or(covered, |last| last + 1);
            set |= 1u64 << found.value;
        }
    }
    set
}

/// Takes which constraints are kept from the same candidate of another question.
pub(super) fn keep_of<'a>(candidate: &mut Candidate<'a>, other: Candidate<'a>) {
    let Features { named, words, stated, typed, said, year, level, people, row, thing, figure, .. } =
        other.features;
    candidate.features = Features {
        named,
        words,
        stated,
        typed,
        said,
        year,
        level,
        people,
        row,
        thing,
        figure,
        ..candidate.features
    };
    candidate.broken = other.broken;
}

/// Whether a candidate breaks no constraint. That a row has another column with figures of its own is none of its breaking.
pub(super) fn keeps(candidate: &Candidate<'_>) -> bool {
    let row = candidate.record().is_some_and(|record| record.kind == PassageKind::Row);
    candidate.broken.iter().all(|broken| row && broken.constraint == Constraint::Figure)
}

/// Whether the passage's key, its row or its list states the attribute.
pub(super) fn is_keyed(candidate: &Candidate<'_>, attribute: AttributeId) -> bool {
    candidate.record().is_some_and(|record| match record.kind {
        PassageKind::Row => true,
        PassageKind::List => candidate.features.attribute >= 1.0,
        _ => record.key_attributes >> attribute & 1 == 1,
    })
}
