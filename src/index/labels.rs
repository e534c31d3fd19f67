//! Which attributes a label names: a key, a column, the lead-in of a list. What a passage's own words state is `analyze`'s.

use super::analyze::Analyzer;
use super::records::{AttributeSet, PassageRecord, flag};
use super::words::{Words, set_of};
use crate::corpus::{Block, BlockKind, Part, Passage, PassageKind, Span};
use crate::lexicon::{AttributeId, Lexicon};
use crate::text::{Term, begins_with_code};

/// The attributes that terms name, as words or as a question.
pub(super) fn named_in(terms: &[Term], lexicon: &Lexicon) -> AttributeSet {
    set_of(&lexicon.attribute_words, terms) | set_of(&lexicon.attribute_asks, terms)
}

/// Whether a word names what is measured: "Salary (riggers)" is no name of people.
pub(super) fn is_measured(term: Term, lexicon: &Lexicon) -> bool {
    let found = lexicon.attribute_words.find(&[term]);
    found
        .iter()
        .filter_map(|found| lexicon.attributes.get(found.value))
        .any(|attribute| attribute.expects.first().is_some_and(|expect| expect.is_measure()))
}

/// Each word for people in a key, with the word before it: "Level rigger: $71,900" names them, whatever a level is elsewhere.
pub(super) fn people_of_keys(passage: &PassageRecord) -> impl Iterator<Item = (Term, Term)> {
    let words = || passage.terms.iter().zip(&passage.flags);
    let key = |flags: u32| flags & flag::KEY != 0 && flags & flag::STOP == 0;
    words().zip(words().skip(1)).filter_map(move |((kind, first), (person, second))| {
        (key(*first) && key(*second) && second & flag::PERSON != 0).then_some((*kind, *person))
    })
}

/// What the parts of a passage name, and what stands before them, from the passage's start.
pub(super) fn named_parts(passage: &Passage) -> Vec<Span> {
    let start = passage.span.start;
    let whole =
        |part: &Part| part.label.as_ref().map_or(part.value.start, |label| label.start)..part.value.end;
    let mut named: Vec<Span> = passage.parts.iter().map(whole).collect();
    named.sort_by_key(|part| part.start);
    let first = named.first().map_or(passage.span.end, |first| first.start);
    std::iter::once(start..first)
        .chain(named)
        .map(|part| part.start.saturating_sub(start)..part.end.saturating_sub(start))
        .collect()
}

/// Attributes that a passage is kept for, and how likely they are at least.
const LIKELY: usize = 3;
const LEAST_LIKELY: f64 = 0.1;

/// A passage of at most this many words says little without its heading.
const SHORT: usize = 6;

/// What the passages of a block stand under: worked out once for all of them.
pub(super) struct Above {
    /// Words of the nearest heading and of the lead-in, but for a question above its answer.
    terms: Vec<Term>,
    /// What such a question asks for.
    asked: Vec<(AttributeId, f64)>,
}

impl Analyzer<'_> {
    /// What a block's passages stand under.
    pub(super) fn above(&self, block: &Block, lead: Option<&Words>) -> Above {
        let answer = block.kind == BlockKind::QuestionAnswer;
        let heading = self.document.sections.get(block.section).filter(|_| block.section > 0);
        let heading = heading.map(|heading| self.vocabulary.words_of(&heading.heading).terms);
        let mut terms = heading.unwrap_or_default();
        terms.extend(lead.filter(|_| !answer).iter().flat_map(|lead| &lead.terms));
        let asked = lead
            .filter(|_| answer)
            .map(|lead| self.lexicon.asking.judge(lead.terms.iter().copied(), LEAST_LIKELY));
        Above { terms, asked: asked.unwrap_or_default() }
    }

    /// What a passage speaks for, by examples of how texts state it: its words, with those that stand above it where it is an item, a
    /// row or a few words; of an answer also what the question above it asks for.
    pub(super) fn likely(&self, above: &Above, kind: PassageKind, words: &Words) -> Vec<(u8, u8)> {
        let leans = kind != PassageKind::Sentence || words.terms.len() <= SHORT;
        let above_it = above.terms.iter().filter(|_| leans);
        let terms = words.terms.iter().chain(above_it).copied();
        let mut judged = self.lexicon.stating.judge(terms, LEAST_LIKELY);
        for (attribute, probability) in above.asked.iter().copied() {
            match judged.iter_mut().find(|(known, _)| *known == attribute) {
                Some((_, known)) => *known = known.max(probability),
                None => judged.push((attribute, probability)),
            }
        }
        judged.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        judged
            .into_iter()
            .take(LIKELY)
            .filter_map(|(attribute, probability)| {
                Some((u8::try_from(attribute).ok()?, (probability * 255.0).round() as u8))
            })
            .collect()
    }

    /// The attributes that a key, a header or a first cell names, as words or as a question ("What they do").
    pub(super) fn named_by(&self, span: &Span) -> AttributeSet {
        named_in(&self.vocabulary.words_of(self.document.slice(span)).terms, self.lexicon)
    }

    /// The attributes that a text states by naming a place.
    pub(super) fn placed(&self, terms: &[Term]) -> AttributeSet {
        if self.lexicon.states.find(terms).is_empty() {
            return 0;
        }
        let attributes = self.lexicon.attributes.iter().enumerate();
        attributes.filter(|(_, attribute)| attribute.places).fold(0, |set, (id, _)| set | 1 << id)
    }

    /// The attributes of which a text that begins with a code names one.
    pub(super) fn coded(&self, text: &str) -> AttributeSet {
        if !begins_with_code(text) {
            return 0;
        }
        let attributes = self.lexicon.attributes.iter().enumerate();
        attributes.filter(|(_, attribute)| attribute.coded).fold(0, |set, (id, _)| set | 1 << id)
    }

    /// The attributes that a lead-in or the label of a value or a column names ("Required courses:"); what is only shown counts where
    /// nothing is named ("Jobs").
    pub(super) fn labelled(&self, words: &Words) -> AttributeSet {
        let named = named_in(&words.terms, self.lexicon);
        if named == 0 { set_of(&self.lexicon.attribute_evidence, &words.terms) } else { named }
    }

    /// The attributes of the sentence that ends the block before, in the same section.
    pub(super) fn sentence_before(&self, block: &Block, index: usize) -> AttributeSet {
        let before = index.checked_sub(1).and_then(|before| self.document.blocks.get(before));
        let last = before
            .filter(|before| before.section == block.section && before.kind == BlockKind::Paragraph)
            .and_then(|before| self.document.passages.get(before.passages.clone()))
            .unwrap_or_default()
            .iter()
            .rev()
            .find(|passage| block.lead.as_ref().is_none_or(|lead| passage.span.end <= lead.start));
        last.map_or(0, |passage| {
            set_of(
                &self.lexicon.attribute_words,
                &self.vocabulary.words_of(self.document.slice(&passage.span)).terms,
            )
        })
    }
}
