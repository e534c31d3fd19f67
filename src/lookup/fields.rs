//! Fills one field of a card: the engine's own ranking, judgement and extraction, over the passages that belong to the
//! name alone.

use std::rc::Rc;

use super::card::{Attribute, Field, Value};
use super::directory::{Directory, Entry};
use super::finding::Spot;
use super::owner::{Owned, Owner};
use super::stating::{Belongs, Passage, is_keyed, keep_of, keeps, measured};
use crate::answer::Citation;
use crate::answer::compose::{Draft, Judged, compose, judge_all};
use crate::corpus::{PassageKind, Value as Stated, ValueKind};
use crate::index::Snapshot;
use crate::index::records::{PassageRecord, flag};
use crate::lexicon::{AttributeId, Expect, Lexicon};
use crate::question::{Conversation, Kind, Question, Role, understand};
use crate::retrieval::{BlockContext, Candidate, features, score};

/// A field less sure than this is left open.
const LEAST: f64 = 0.45;
/// What stands in a passage that speaks of no one name must be surer.
const LEAST_SHARED: f64 = 0.6;
/// Statements of an attribute of which a card shows several.
const SEVERAL: usize = 3;
/// Candidates judged for one field.
const JUDGED: usize = 40;
/// Documents looked at for one name.
const DOCUMENTS: usize = 12;
/// Blocks looked at in one document.
const BLOCKS: u32 = 400;
/// A sentence speaks of a name when it holds this share of its words.
const SPEAKS: f64 = 0.6;
/// A figure is stated at least this surely: more than by its kind alone.
const LEAST_STATED: f64 = 0.6;
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
    passages: Vec<Passage<'a>>,
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
            let owner = Owner::of(entry, document, directory, &question.terms, lexicon);
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
                        Some(Owned::About) => (Rc::clone(&context), Belongs::About),
                        Some(Owned::Shared) => (Rc::clone(&context), Belongs::Shared),
                    };
                    passages.push(Passage { context, index, belongs });
                }
            }
        }
        Self { entry, snapshot, lexicon, question, passages }
    }

    /// The field of an attribute, the surest first where several may be stated; none when the folder does not state it.
    pub fn stated(&self, attribute: AttributeId) -> Vec<Field> {
        let Some(asked) = self.asking(attribute) else { return Vec::new() };
        let name = self.lexicon.attributes.get(attribute).map(|attribute| attribute.name.as_str());
        let several = name.is_some_and(|name| self.lexicon.lookup.several.contains(name));
        let most = if several { SEVERAL } else { 1 };
        let mut drafts = self.best(&asked, false, most);
        if drafts.is_empty() {
            drafts = self.best(&asked, true, most);
        }
        drafts.into_iter().filter_map(|draft| self.field(attribute, &asked, draft)).collect()
    }

    /// The first sentence that says what the name is, else the first of its section.
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
                (own_section || defines || speaks)
                    .then(|| (u8::from(!own_section) * 2 + u8::from(!defines), candidate))
            })
            .collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let (_, first) = ranked.into_iter().next()?;
        crate::answer::compose::cite(&asked, &first, self.snapshot)?.into_iter().next()
    }

    fn candidate(&self, question: &Question, passage: &Passage<'a>) -> Option<Candidate<'a>> {
        let (features, broken) =
            features(question, &passage.context, passage.index, FOUND, self.snapshot, self.lexicon)?;
        let (score, parts) = score(&features);
        Some(Candidate {
            context: Rc::clone(&passage.context),
            passage: passage.index,
            features,
            broken,
            score,
            parts,
        })
    }

    /// The best answers among the name's own passages, or among those that it shares; no two quote the same bytes.
    fn best(&self, asked: &Question, shared: bool, most: usize) -> Vec<Draft> {
        let Some(attribute) = asked.attribute else { return Vec::new() };
        let mut alone = asked.clone();
        alone.terms.retain(|term| term.role != Role::Subject);
        let mut candidates: Vec<(bool, Candidate<'a>, Belongs)> = self
            .passages
            .iter()
            .filter(|passage| (passage.belongs == Belongs::Shared) == shared)
            .filter(|passage| {
                // What is said of all is said under a heading that names what is asked for.
                let heading = passage.context.headings.first().filter(|_| passage.context.headings.len() > 1);
                !shared || heading.is_some_and(|heading| heading.attributes >> attribute & 1 == 1)
            })
            .filter(|passage| self.states(attribute, asked, passage))
            .filter_map(|passage| {
                let counted = self.counting(asked, passage);
                let passage = counted.as_ref().unwrap_or(passage);
                let question = if shared { &alone } else { asked };
                let mut candidate = self.candidate(question, passage)?;
                if passage.belongs == Belongs::Own {
                    // Whose it is has been settled: what it states is judged by a question that leaves the name out.
                    keep_of(&mut candidate, self.candidate(&alone, passage)?);
                }
                let surely = !measured(asked) || candidate.features.attribute >= LEAST_STATED;
                surely.then(|| (is_keyed(&candidate, attribute), candidate, passage.belongs))
            })
            .collect();
        // What a key names is stated more plainly than what a sentence says.
        candidates.sort_by(|(one_keyed, one, _), (other_keyed, other, _)| {
            other_keyed
                .cmp(one_keyed)
                .then_with(|| other.score.total_cmp(&one.score))
                .then_with(|| (one.context.id, one.passage).cmp(&(other.context.id, other.passage)))
        });
        let mut drafts: Vec<Draft> = Vec::new();
        for (keyed, candidate, belongs) in candidates.into_iter().take(JUDGED) {
            let question = if belongs == Belongs::About { asked } else { &alone };
            let judged = judge_all(question, vec![candidate], self.snapshot, self.lexicon);
            let least = if shared { LEAST_SHARED } else { LEAST };
            let holds = |judged: &Judged<'_>| keeps(&judged.candidate) && judged.verdict.confidence >= least;
            let Some(judged) = judged.into_iter().next().filter(holds) else { continue };
            let list = judged.candidate.record().is_some_and(|record| record.kind == PassageKind::List);
            let mut asked = asked.clone();
            if keyed && !list {
                // A cell or the value of a key is the answer, whatever its kind.
                asked.kind = Kind::Value;
            }
            let draft = compose(&asked, std::slice::from_ref(&judged), self.snapshot, self.lexicon);
            drafts.extend(draft.filter(|draft| !drafts.iter().any(|known| overlap(known, draft))));
            if drafts.len() >= most {
                break;
            }
        }
        drafts
    }

    /// Whether a passage is a whole sentence that can stand by itself.
    fn says_something(&self, passage: &Passage<'_>) -> bool {
        let record =
            passage.context.block.passages.get(passage.index).filter(|_| passage.belongs != Belongs::Shared);
        record.is_some_and(|record| {
            let text = self.snapshot.text(passage.context.block.document, record.span).unwrap_or_default();
            record.kind == PassageKind::Sentence
                && record.terms.len() >= SHORTEST
                && record.flags.iter().any(|flags| flags & flag::STOP != 0)
                && text.ends_with(['.', '”', '"'])
        })
    }

    /// For a number of people, the passage with its large numbers alone: "in the four states" counts no one.
    fn counting(&self, asked: &Question, passage: &Passage<'a>) -> Option<Passage<'a>> {
        const DIGITS: usize = 3;
        let people = asked.attribute.and_then(|id| self.lexicon.attributes.get(id))?.about_people;
        if !people || asked.expects.first() != Some(&Expect::Count) {
            return None;
        }
        let record = passage.context.block.passages.get(passage.index)?;
        let document = passage.context.block.document;
        let large = |value: &Stated| {
            let span = u32::try_from(value.span.start).ok().zip(u32::try_from(value.span.end).ok());
            let text = span.and_then(|span| self.snapshot.text(document, span)).unwrap_or_default();
            value.kind != ValueKind::Count || text.chars().filter(char::is_ascii_digit).count() >= DIGITS
        };
        let values = record.values.iter().filter(|value| large(value)).cloned().collect();
        let alone = PassageRecord { values, ..record.clone() };
        let context = Rc::new(with(&passage.context, passage.index, alone));
        Some(Passage { context, index: passage.index, belongs: passage.belongs })
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

    fn field(&self, attribute: AttributeId, asked: &Question, draft: Draft) -> Option<Field> {
        let attribute = Attribute::of(&self.lexicon.attributes.get(attribute)?.name, self.lexicon);
        let mut citation = whole(&draft.citations, self.snapshot)?;
        let items: Vec<String> = std::mem::take(&mut citation.items)
            .into_iter()
            .map(|item| item.trim_end_matches([',', ';', '.', ' ']).to_owned())
            .collect();
        if asked.kind == Kind::List && !items.is_empty() {
            citation.items.clone_from(&items);
            return Some(Field { attribute, value: Value::Items(items), year: None, citation });
        }
        let (text, year) = split_year(&draft.text);
        let year = year.or_else(|| self.year_of(&citation));
        Some(Field { attribute, value: Value::Text(text), year, citation })
    }

    /// The one year that a quoted passage names.
    fn year_of(&self, citation: &Citation) -> Option<u32> {
        let passage = self.passages.iter().find_map(|passage| {
            let record = passage.context.block.passages.get(passage.index)?;
            let at = (record.span.0 as usize, record.span.1 as usize);
            (at.1 == citation.bytes.1 && passage.context.document.path == citation.document)
                .then_some((passage.context.block.document, record))
        });
        let (document, record) = passage?;
        let mut years =
            record.values.iter().filter(|value| value.kind == ValueKind::Year).filter_map(|value| {
                let span = (u32::try_from(value.span.start).ok()?, u32::try_from(value.span.end).ok()?);
                self.snapshot.text(document, span)?.parse::<u32>().ok()
            });
        let first = years.next()?;
        years.all(|year| year == first).then_some(first)
    }
}

/// Whether two answers quote the same bytes.
fn overlap(one: &Draft, other: &Draft) -> bool {
    one.citations.iter().any(|one| {
        other.citations.iter().any(|other| {
            one.document == other.document && one.bytes.0 < other.bytes.1 && other.bytes.0 < one.bytes.1
        })
    })
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
        expects: Vec::new(),
        terms,
        counted: None,
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

fn with<'a>(context: &BlockContext<'a>, index: usize, passage: PassageRecord) -> BlockContext<'a> {
    let mut block = context.block.clone();
    if let Some(slot) = block.passages.get_mut(index) {
        *slot = passage;
    }
    let (headings, caption) = (context.headings.clone(), context.caption.clone());
    BlockContext { id: context.id, block, document: context.document, headings, caption }
}

/// One citation of what was quoted in parts: a long list is quoted from its first item to its last.
fn whole(citations: &[Citation], snapshot: &Snapshot) -> Option<Citation> {
    let mut first = citations.first()?.clone();
    if first.items.is_empty() {
        return Some(first);
    }
    for next in
        citations.iter().skip(1).filter(|next| !next.items.is_empty() && next.document == first.document)
    {
        if next.bytes.0 < first.bytes.1 || next.breadcrumb != first.breadcrumb {
            continue;
        }
        let index = snapshot.catalog.documents.iter().position(|document| document.path == first.document)?;
        let span = (u32::try_from(first.bytes.0).ok()?, u32::try_from(next.bytes.1).ok()?);
        snapshot.file_text(u32::try_from(index).ok()?, span)?.clone_into(&mut first.quote);
        if let (Some(shown), Some(more)) = (first.shown.as_mut(), &next.shown) {
            shown.push('\n');
            shown.push_str(more);
        }
        first.bytes.1 = next.bytes.1;
        first.lines.1 = next.lines.1;
        first.items.extend(next.items.iter().cloned());
    }
    Some(first)
}

/// "$35,900 (2014)" is a value and its year; a span of years stays with the value.
fn split_year(text: &str) -> (String, Option<u32>) {
    let split = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    match split.and_then(|(value, year)| Some((value, year.parse::<u32>().ok()?))) {
        Some((value, year)) if (1900..=2100).contains(&year) => (value.to_owned(), Some(year)),
        _ => (text.to_owned(), None),
    }
}
