//! Fills one field of a card: the engine's own ranking, judgement and extraction, over the passages that belong to the
//! name alone.

use std::rc::Rc;

use super::card::{Field, Value};
use super::directory::{Directory, Entry};
use super::finding::Spot;
use super::owner::{Owned, Owner};
use super::stating::{Belongs, Passage};
use crate::answer::Citation;
use crate::answer::compose::{Breadth, cite};
use crate::corpus::{PassageKind, Value as Stated, ValueKind};
use crate::index::Snapshot;
use crate::index::records::{PassageRecord, flag};
use crate::lexicon::lookup::NameKind;
use crate::lexicon::{AttributeId, Expect, Lexicon};
use crate::question::{Conversation, Kind, Question, Role, understand};
use crate::retrieval::{BlockContext, Candidate, features, score};

/// Documents looked at for one name.
const DOCUMENTS: usize = 12;
/// Blocks looked at in one document.
const BLOCKS: u32 = 400;
/// A sentence speaks of a name when it holds this share of its words.
const SPEAKS: f64 = 0.6;
/// The shortest sentence that can sum something up, in words.
const SHORTEST: usize = 5;
/// A passage counts as if the search had found its block with this share of the best score.
const FOUND: f64 = 0.8;

/// Everything that is said of one name.
pub(super) struct Filler<'a> {
    pub(super) entry: &'a Entry,
    pub(super) snapshot: &'a Snapshot,
    pub(super) lexicon: &'a Lexicon,
    question: Question,
    pub(super) passages: Vec<Passage<'a>>,
}

impl<'a> Filler<'a> {
    /// Gathers the passages of a name.
    pub fn of(
        entry: &'a Entry,
        directory: &'a Directory,
        snapshot: &'a Snapshot,
        lexicon: &'a Lexicon,
    ) -> Self {
        let question = about(entry, snapshot, lexicon);
        let mut documents: Vec<u32> = Vec::new();
        for (document, _) in &entry.places {
            if !documents.contains(document) && documents.len() < DOCUMENTS {
                documents.push(*document);
            }
        }
        let mut passages = Vec::new();
        for document in documents {
            let Some(record) = snapshot.document(document) else { continue };
            let owner = Owner::of(entry, document, directory, &question.terms, snapshot, lexicon);
            for id in blocks_near(entry, document, record.first_block, record.blocks) {
                let Some(context) = BlockContext::read(snapshot, id).map(Rc::new) else { continue };
                let sections = sections_of(&context);
                for index in 0..context.block.passages.len() {
                    let (context, belongs) = match owner.owned(&context, index, &sections) {
                        None => continue,
                        Some(Owned::Own(None)) => (Rc::clone(&context), Belongs::Own),
                        Some(Owned::Own(Some(alone))) => {
                            (Rc::new(with(&context, index, alone)), Belongs::Own)
                        }
                        Some(Owned::Alone) => (Rc::clone(&context), Belongs::Alone),
                        Some(Owned::About) => (Rc::clone(&context), Belongs::About),
                        Some(Owned::Shared) => (Rc::clone(&context), Belongs::Shared),
                    };
                    passages.push(Passage { context, index, belongs });
                }
            }
        }
        Self { entry, snapshot, lexicon, question, passages }
    }

    /// The fields of an attribute, the surest first where several may be stated; none when the folder does not state it.
    pub fn stated(&self, attribute: AttributeId) -> Vec<Field> {
        let Some(asked) = self.asking(attribute) else { return Vec::new() };
        let mut chosen = self.best(&asked, false);
        if chosen.is_empty() {
            chosen = self.best(&asked, true);
        }
        let fields = self.fields_of(attribute, &asked, chosen);
        let listed = |field: &Field| matches!(field.value, Value::Items(_));
        if asked.expects.first() == Some(&Expect::List) && !fields.iter().any(listed) {
            // A table of courses says more than a sentence that mentions some.
            if let Some(table) = self.table_of(attribute) {
                return vec![table];
            }
        }
        fields
    }

    /// The first sentence that says what the name is or does, else the first of its section; of people no mere figure.
    pub fn summary(&self) -> Option<Citation> {
        let mut asked = self.question.clone();
        asked.kind = Kind::Definition;
        let sentences = self.passages.iter().filter(|passage| self.says_something(passage));
        let mut ranked: Vec<(u8, Candidate<'a>)> = sentences
            .filter_map(|passage| {
                let candidate = self.candidate(&asked, passage)?;
                let place =
                    (candidate.context.block.document, Spot::Section(candidate.context.block.section));
                let own_section = self.entry.places.contains(&place);
                let defines = candidate.features.defines > 0.4;
                // Under no heading of its own, a sentence must speak of it.
                let speaks = candidate.features.own >= SPEAKS;
                let opens = self.is_opened_by(passage);
                (own_section || defines || speaks).then(|| {
                    (u8::from(!opens) * 4 + u8::from(!own_section) * 2 + u8::from(!defines), candidate)
                })
            })
            .collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let (_, first) = ranked.into_iter().next()?;
        cite(&asked, &first, Breadth::Passage, self.snapshot)?.into_iter().next()
    }

    /// Whether a sentence about people opens with them.
    fn is_opened_by(&self, passage: &Passage<'_>) -> bool {
        let record = passage.context.block.passages.get(passage.index);
        let opens = || {
            record
                .is_some_and(|record| record.terms.iter().take(2).any(|term| self.entry.core.contains(term)))
        };
        self.entry.kind != NameKind::Occupation || opens()
    }

    pub(super) fn candidate(&self, question: &Question, passage: &Passage<'a>) -> Option<Candidate<'a>> {
        let (features, broken) =
            features(question, &passage.context, passage.index, FOUND, self.snapshot, self.lexicon)?;
        let score = score(&features);
        Some(Candidate {
            context: Rc::clone(&passage.context),
            passage: passage.index,
            features,
            broken,
            score,
        })
    }

    /// Whether a passage is a whole sentence that can stand by itself.
    fn says_something(&self, passage: &Passage<'_>) -> bool {
        let own = !matches!(passage.belongs, Belongs::Shared | Belongs::Alone);
        let record = passage.context.block.passages.get(passage.index).filter(|_| own);
        record.is_some_and(|record| {
            let figure = |value: &Stated| {
                matches!(value.kind, ValueKind::Money | ValueKind::Percent | ValueKind::Count)
            };
            let counts = self.entry.kind == NameKind::Occupation && record.values.iter().any(figure);
            let text = self.snapshot.text(passage.context.block.document, record.span).unwrap_or_default();
            record.kind == PassageKind::Sentence
                && !counts
                && !self.speaks_to_reader(record)
                && record.flags.first().is_none_or(|first| first & flag::NEGATION == 0)
                && record.terms.len() >= SHORTEST
                && record.flags.iter().any(|flags| flags & flag::STOP != 0)
                && text.ends_with(['.', '”', '"'])
        })
    }

    /// The question for an attribute of the name.
    fn asking(&self, attribute: AttributeId) -> Option<Question> {
        let expects = self.lexicon.attributes.get(attribute)?.expects.clone();
        let kind = expects.first().map_or(Kind::Fact, |first| Kind::expecting(*first));
        Some(Question {
            kind,
            expects,
            attribute: Some(attribute),
            attributes: 1 << attribute | self.of_its_exam(),
            ..self.question.clone()
        })
    }
}

/// The question that asks for the name and nothing of it.
fn about(entry: &Entry, snapshot: &Snapshot, lexicon: &Lexicon) -> Question {
    let parts = understand(&entry.name, &Conversation::default(), snapshot, lexicon);
    let mut terms = Vec::new();
    for term in parts.iter().flat_map(|part| &part.terms) {
        if !terms.iter().any(|known: &crate::question::QuestionTerm| known.term == term.term) {
            terms.push(term.clone());
        }
    }
    for term in &mut terms {
        let light = !lexicon.carries(&term.word);
        term.role = if light { Role::Light } else { Role::Subject };
    }
    Question {
        text: entry.name.clone(),
        kind: Kind::Fact,
        polar: false,
        attribute: None,
        topic: None,
        likely: Vec::new(),
        expects: Vec::new(),
        terms,
        counted: None,
        deed: None,
        attributes: 0,
        years: Vec::new(),
        level: entry.level,
        sides: Vec::new(),
        subject: None,
        topic_words: None,
        corrections: Vec::new(),
        carried: Vec::new(),
    }
}

/// The blocks of a document; of a very long one those from the name's places on.
fn blocks_near(entry: &Entry, document: u32, first: u32, count: u32) -> std::ops::Range<u32> {
    if count <= BLOCKS {
        return first..first + count;
    }
    let of_block =
        entry.places.iter().filter(|(place, _)| *place == document).find_map(|(_, spot)| match spot {
            Spot::Row(block, _) | Spot::Column(block, _) | Spot::Said(block, _) | Spot::Lead(block) => {
                Some(*block)
            }
            Spot::Title | Spot::Section(_) => None,
        });
    let from = of_block.map_or(first, |block| block.saturating_sub(BLOCKS / 2).max(first));
    from..(from + BLOCKS).min(first + count)
}

/// The sections that a block stands in, the nearest first, without the document itself.
fn sections_of(context: &BlockContext<'_>) -> Vec<u32> {
    let mut sections = Vec::new();
    let mut next = Some(context.block.section);
    while let Some(section) = next.filter(|section| *section > 0) {
        sections.push(section);
        let parent = context.document.sections.get(section as usize).and_then(|section| section.parent);
        next = parent.filter(|parent| *parent < section);
    }
    sections
}

/// The block with another passage in one place.
pub(super) fn with<'a>(context: &BlockContext<'a>, index: usize, passage: PassageRecord) -> BlockContext<'a> {
    let mut block = context.block.clone();
    if let Some(slot) = block.passages.get_mut(index) {
        *slot = passage;
    }
    let (headings, caption) = (context.headings.clone(), context.caption.clone());
    BlockContext { id: context.id, block, document: context.document, headings, caption }
}
