//! The features of a candidate passage, each from 0 to 1: pure functions of a question and a passage in its context.

use super::context::BlockContext;
use super::support::{holds, support_of};
use crate::corpus::{PassageKind, Value, ValueKind};
use crate::index::records::{AttributeSet, PassageRecord, flag};
use crate::lexicon::{AttributeId, Expect, Lexicon};
use crate::question::{Kind, Question, QuestionTerm, Role};
use crate::text::{Term, term_id};

/// What ranking and confidence look at.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Features {
    /// Share of the subject's weight that the passage or its context supports.
    pub subject: f64,
    /// The weakest support of any single carrying word.
    pub weakest: f64,
    /// Share of the subject's weight in the passage itself, its lead-in or the sentence it leans on.
    pub near: f64,
    /// Share of all words' weight in the passage itself.
    pub own: f64,
    /// Share of all words' weight in the block.
    pub block: f64,
    /// BM25 score of the block over the best block's.
    pub bm25: f64,
    /// Share of the question's words, unstemmed, in the passage.
    pub exact: f64,
    /// Share of the question's neighbouring pairs that stand side by side in the passage or a heading.
    pub pairs: f64,
    /// How surely the passage states the attribute asked for; 0.5 when none is asked for.
    pub attribute: f64,
    /// Whether it holds a value of the expected kind; 0.5 when any sentence may answer.
    pub value: f64,
    /// How much of the title or nearest heading the question names: the document is about just that.
    pub about: f64,
    /// Whether it says what its subject is; for definitions.
    pub defines: f64,
    /// How early in its block it stands.
    pub early: f64,
}

/// Works the features out; `bm25` is the block's score over the best block's.
pub fn features(
    question: &Question,
    context: &BlockContext<'_>,
    index: usize,
    bm25: f64,
    lexicon: &Lexicon,
) -> Option<Features> {
    let passage = context.block.passages.get(index)?;
    let subject: Vec<&QuestionTerm> = question.subject_terms().collect();
    let before = context.leans_on(index);
    let near = |wanted: Term| {
        passage.terms.contains(&wanted)
            || context.block.lead_terms.contains(&wanted)
            || before.is_some_and(|before| before.terms.contains(&wanted))
    };
    let own = |wanted: Term| passage.terms.contains(&wanted);
    let supports: Vec<(f64, f64)> =
        subject.iter().map(|term| (term.weight, support_of(term, passage, index, context))).collect();
    let words: Vec<Term> = question.terms.iter().map(|term| term_id(&term.word)).collect();
    Some(Features {
        subject: share(supports.iter().copied()),
        weakest: supports.iter().map(|(_, support)| *support).fold(1.0, f64::min),
        near: share(subject.iter().map(|term| (term.weight, holds(term, &near)))),
        own: share(question.terms.iter().map(|term| (weight(term), holds(term, &own)))),
        block: share(question.terms.iter().map(|term| {
            let held = holds(term, &|wanted| {
                context.block.passages.iter().any(|other| other.terms.contains(&wanted))
            });
            (weight(term), held)
        })),
        bm25,
        exact: share(
            question
                .terms
                .iter()
                .zip(&words)
                .map(|(term, word)| (weight(term), f64::from(u8::from(passage.words.contains(word))))),
        ),
        pairs: pairs(&subject, passage, context),
        attribute: attribute(question, passage, context, lexicon),
        value: value(question, passage),
        about: about(&subject, context),
        defines: defines(&subject, passage),
        early: 1.0 / (1.0 + index as f64),
    })
}

fn weight(term: &QuestionTerm) -> f64 {
    match term.role {
        Role::Subject => term.weight,
        Role::Attribute | Role::Topic => term.weight * 0.5,
        Role::Light => term.weight * 0.2,
    }
}

/// The weighted mean; 1 when there is nothing to weigh.
fn share(parts: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (total, held) =
        parts.fold((0.0, 0.0), |(total, held), (weight, part)| (total + weight, held + weight * part));
    if total > 0.0 { held / total } else { 1.0 }
}

fn pairs(subject: &[&QuestionTerm], passage: &PassageRecord, context: &BlockContext<'_>) -> f64 {
    let wanted: Vec<(Term, Term)> =
        subject.iter().zip(subject.iter().skip(1)).map(|(one, other)| (one.term, other.term)).collect();
    if wanted.is_empty() {
        return 0.5;
    }
    let side_by_side = |terms: &[Term], pair: (Term, Term)| {
        terms.iter().zip(terms.iter().skip(1)).any(|(one, other)| (*one, *other) == pair)
    };
    let held = wanted
        .iter()
        .filter(|pair| {
            side_by_side(&passage.terms, **pair)
                || side_by_side(&context.block.lead_terms, **pair)
                || context.headings.iter().any(|heading| side_by_side(&heading.terms, **pair))
        })
        .count();
    held as f64 / wanted.len() as f64
}

/// How much of the best fitting heading the question names.
fn about(subject: &[&QuestionTerm], context: &BlockContext<'_>) -> f64 {
    context
        .headings
        .iter()
        .filter(|heading| !heading.terms.is_empty())
        .map(|heading| {
            let named = heading
                .terms
                .iter()
                .filter(|wanted| subject.iter().any(|term| holds(term, &|held| held == **wanted) > 0.0))
                .count();
            named as f64 / heading.terms.len() as f64
        })
        .fold(0.0, f64::max)
}

fn has(set: AttributeSet, attribute: AttributeId) -> bool {
    set >> attribute & 1 == 1
}

/// How surely a passage states the attribute: by its key, by its words, by its lead-in, by its heading.
fn attribute(
    question: &Question,
    passage: &PassageRecord,
    context: &BlockContext<'_>,
    lexicon: &Lexicon,
) -> f64 {
    let Some(wanted) = question.attribute else { return 0.5 };
    let fits = value(question, passage) > 0.5;
    let list_wanted = question.expects.contains(&Expect::List);
    let whole = matches!(passage.kind, PassageKind::List);
    let heading = context.headings.first().is_some_and(|heading| has(heading.attributes, wanted));
    let lead = has(context.block.lead_attributes, wanted);
    let people = lexicon.attributes.get(wanted).is_some_and(|attribute| attribute.about_people);
    let mut best: f64 = 0.0;
    for (holds, strength) in [
        (has(passage.key_attributes, wanted), 1.0),
        (has(passage.attributes, wanted) && fits, 0.95),
        (whole && list_wanted && (lead || heading), 1.0),
        (lead && !whole, 0.85),
        (has(passage.evidence, wanted) && fits, 0.85),
        (has(passage.attributes, wanted), 0.7),
        (heading && fits, if people { 0.75 } else { 0.8 }),
        (heading, 0.6),
        (has(passage.evidence, wanted), 0.45),
    ] {
        if holds {
            best = best.max(strength);
        }
    }
    best
}

/// Whether the passage holds a value of an expected kind.
fn value(question: &Question, passage: &PassageRecord) -> f64 {
    if question.expects.is_empty() {
        return 0.5;
    }
    if matching_value(question, passage).is_some() {
        return 1.0;
    }
    let list = question.expects.contains(&Expect::List) && passage.kind == PassageKind::List;
    if list {
        return 1.0;
    }
    let name = question.expects.contains(&Expect::Name);
    let named = passage
        .flags
        .iter()
        .skip(1)
        .any(|flags| flags & flag::CAPITAL != 0 && flags & (flag::STOP | flag::LIGHT) == 0);
    match (name, question.kind) {
        (true, Kind::Who) => f64::from(u8::from(named)),
        (true, _) => 0.75,
        (false, _) if question.expects.contains(&Expect::List) => 0.5,
        (false, _) => 0.0,
    }
}

/// The values of a passage that are of an expected kind: the first of them.
pub fn matching_value<'p>(question: &Question, passage: &'p PassageRecord) -> Option<&'p Value> {
    passage.values.iter().find(|value| question.expects.iter().any(|expect| fits(*expect, value.kind)))
}

/// Whether a value answers an expectation.
pub fn fits(expect: Expect, kind: ValueKind) -> bool {
    matches!(
        (expect, kind),
        (Expect::Money, ValueKind::Money)
            | (Expect::Percent, ValueKind::Percent)
            | (Expect::Duration, ValueKind::Duration)
            | (Expect::Year | Expect::Date, ValueKind::Year | ValueKind::Date)
            | (Expect::Count, ValueKind::Count)
    )
}

/// Whether the passage opens with its subject and goes on to say what it is.
fn defines(subject: &[&QuestionTerm], passage: &PassageRecord) -> f64 {
    const OPENING: usize = 8;
    let last = passage
        .terms
        .iter()
        .take(OPENING)
        .enumerate()
        .filter(|(_, held)| subject.iter().any(|term| holds(term, &|wanted| wanted == **held) > 0.0))
        .map(|(index, _)| index)
        .last();
    let Some(last) = last else { return 0.0 };
    let verb = passage.flags.iter().skip(last + 1).take(4).any(|flags| flags & flag::DEFINING != 0);
    if verb { 1.0 } else { 0.3 }
}
