//! Whether a passage of a name may state an attribute at all, by its form: what its key, its question, its lead-in and its
//! heading say it is about. How well it does is for the engine's judgement.

use std::rc::Rc;

use super::fields::Filler;
use super::finding::Spot;
use super::words::{levels, no_person};
use crate::corpus::{BlockKind, PassageKind, Value as Stated, ValueKind};
use crate::index::records::{self, AttributeSet, PassageRecord, flag};
use crate::lexicon::lookup::NameKind;
use crate::lexicon::{AttributeId, Expect, Lexicon};
use crate::question::Question;
use crate::retrieval::{BlockContext, Candidate, Features};
use crate::text::{Term, term_id};

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
    /// The document speaks of no other people: so it does where it states what is stated of people.
    Alone,
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

    /// Whether a sentence speaks to the reader of the page ("Check with the school").
    pub(super) fn speaks_to_reader(&self, record: &PassageRecord) -> bool {
        let addresses = &self.lexicon.lookup.addresses;
        record.words.first().is_some_and(|first| addresses.iter().any(|word| term_id(word) == *first))
    }

    /// Whether a passage is about another attribute, whose statements are none of this one: it has its words, or its evidence
    /// with a value of its kind.
    fn is_apart(&self, name: &str, record: &PassageRecord, lead: AttributeSet) -> bool {
        let pairs = self.lexicon.lookup.apart.iter().filter(|(one, _)| one == name);
        pairs.filter_map(|(_, other)| self.lexicon.attribute(other)).any(|other| {
            let has = |set: AttributeSet| records::has(set, other);
            let expects = self.lexicon.attributes.get(other).map(|other| other.expects.as_slice());
            let kinds = expects.unwrap_or_default().iter().filter_map(|expect| match expect {
                Expect::Money => Some(ValueKind::Money),
                Expect::Percent => Some(ValueKind::Percent),
                Expect::Date => Some(ValueKind::Date),
                _ => None,
            });
            let figure =
                || kinds.into_iter().any(|kind| record.values.iter().any(|value| value.kind == kind));
            has(record.attributes)
                || record.kind == PassageKind::List && has(lead)
                || has(record.evidence) && figure()
        })
    }

    /// Whether all that names the attribute is a word before a person who has it: "under a licensed rigger".
    fn is_of_a_holder(&self, attribute: AttributeId, record: &PassageRecord) -> bool {
        let holder = |at: usize| {
            let word = record.words.get(at);
            let holders = &self.lexicon.lookup.holders;
            let of_something = record.flags.get(at + 1).is_some_and(|flags| flags & flag::STOP == 0);
            of_something && word.is_some_and(|word| holders.iter().any(|known| term_id(known) == *word))
        };
        let found: Vec<usize> = [&self.lexicon.attribute_words, &self.lexicon.attribute_evidence]
            .into_iter()
            .flat_map(|phrases| phrases.find(&record.terms))
            .filter(|found| found.value == attribute)
            .filter_map(|found| found.words.first().copied())
            .collect();
        record.kind == PassageKind::Sentence && !found.is_empty() && found.into_iter().all(holder)
    }

    /// Whether a sentence asks something of somebody: it says so, or opens with a person; of people who do a job, it
    /// says so after it named them.
    fn obliges(&self, record: &PassageRecord) -> bool {
        let words = &self.lexicon.lookup.obliging;
        // "the required texts" and "what the surgeon needs" ask for nothing.
        let goes_on = |at: usize| {
            let attributive = record.words.get(at) == Some(&term_id("required"));
            let next = record.flags.get(at + 1);
            next.map_or(attributive, |flags| !attributive || flags & flag::STOP != 0)
        };
        let known = |word: &Term| words.iter().any(|known| term_id(known) == *word);
        let obliging = record.words.iter().enumerate().position(|(at, word)| known(word) && goes_on(at));
        let levels = levels(&record.terms, &record.words, self.lexicon);
        let person =
            record.flags.iter().take(OPENING).enumerate().any(|(at, flags)| {
                flags & flag::PERSON != 0 && !levels.iter().any(|(_, level)| *level == at)
            });
        match (self.entry.kind, obliging) {
            (NameKind::Occupation, Some(at)) => {
                record.terms.iter().take(at).any(|term| self.entry.core.contains(term))
                    || !record.terms.iter().any(|term| self.entry.core.contains(term))
            }
            (NameKind::Occupation, None) => false,
            (_, obliging) => obliging.is_some() || person,
        }
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
        let has = |set: AttributeSet| records::has(set, attribute);
        let of_people = lexicon.attributes.get(attribute).is_some_and(|attribute| attribute.about_people);
        if passage.belongs == Belongs::Alone && !of_people {
            return false;
        }
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
        // A list is of what any heading above it names, but for the title.
        let above = passage.context.headings.split_last().map_or(&[][..], |(_, above)| above);
        let listed_under = above.iter().any(|heading| has(heading.attributes));
        if keyed != 0 && !has(keyed) || question != 0 && !has(question) || listed && !has(lead) && !heading {
            return false;
        }
        // An "associate degree" is no associate.
        let levels: Vec<usize> =
            lexicon.level_words.find(&record.terms).into_iter().flat_map(|found| found.words).collect();
        let people = record.flags.iter().enumerate().any(|(index, flags)| {
            let nobody = record.words.get(index).is_some_and(|word| no_person(*word, lexicon));
            flags & flag::PERSON != 0 && flags & flag::LIGHT == 0 && !levels.contains(&index) && !nobody
        });
        let counted = matches!(asked.expects.first(), Some(Expect::Money | Expect::Count));
        if people && (of_people || counted) && self.entry.kind == NameKind::Program && keyed == 0 {
            // What is said of people who do a job is not said of a program.
            return false;
        }
        let name =
            lexicon.attributes.get(attribute).map(|attribute| attribute.name.as_str()).unwrap_or_default();
        if record.kind == PassageKind::Sentence && self.speaks_to_reader(record)
            || !has(keyed) && self.is_apart(name, record, block.lead_attributes)
            || self.is_of_a_holder(attribute, record)
        {
            return false;
        }
        if measured(asked) {
            return !lexicon.lookup.of_whole.contains(name) || self.of_itself(record);
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
        let evidence = has(record.evidence)
            && self.obliges(record)
            && lexicon.lookup.by_evidence.contains(name)
            && (heading || passage.belongs == Belongs::Own && self.is_subject(passage));
        // What a question asks for, the first sentence under it answers; a further one must show it.
        let shown = passage.index == 0
            || has(record.attributes | record.evidence)
            || !lexicon.lookup.by_evidence.contains(name);
        let led = has(block.lead_attributes) && (block.kind != BlockKind::QuestionAnswer || shown);
        let said = has(keyed) || has(record.attributes) || led;
        match record.kind {
            PassageKind::Row => has(keyed),
            // What is listed is said above the list, not in one of its items.
            PassageKind::List => has(block.lead_attributes) || heading || listed_under,
            PassageKind::Sentence if lexicon.lookup.by_evidence.contains(name) => {
                // "Wind power will require more riggers" asks nothing of a rigger.
                evidence
                    || said && (heading || led || self.obliges(record))
                    || heading && has(record.evidence)
            }
            _ => said || evidence || heading && has(record.evidence),
        }
    }
}

/// Whether a question asks for a figure.
pub(super) fn measured(asked: &Question) -> bool {
    asked.expects.first().is_some_and(|expect| !expect.is_worded())
}

/// The attributes that a key names as a whole: "class size" is no class.
fn named_by_key(record: &PassageRecord, lexicon: &Lexicon) -> AttributeSet {
    let key: Vec<Term> = record.key_terms().collect();
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
    let Features { named, words, stated, typed, said, year, level, people, row, thing, figure, all, .. } =
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
        all,
        ..candidate.features
    };
    candidate.broken = other.broken;
}

/// Whether a candidate breaks no constraint. That a row has another column with figures of its own is none of its breaking.
pub(super) fn keeps(candidate: &Candidate<'_>) -> bool {
    let row = candidate.record().is_some_and(|record| record.kind == PassageKind::Row);
    candidate.broken.iter().all(|broken| row && broken.constraint.is_of_figure())
}

/// Whether the passage's key, its row or its list states the attribute.
pub(super) fn is_keyed(candidate: &Candidate<'_>, attribute: AttributeId) -> bool {
    candidate.record().is_some_and(|record| match record.kind {
        PassageKind::Row => true,
        PassageKind::List => candidate.features.attribute >= 1.0,
        _ => records::has(record.key_attributes, attribute),
    })
}
