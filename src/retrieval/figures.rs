//! Figures that are not those that a question asks for: of an exam or another part of the whole, of a few people, of one place, of
//! several other things. Pure functions, each with its reason for people; the other contradictions are `contradictions`'.

use std::collections::BTreeSet;

use super::asked::Asked;
use super::constraints::Reason;
use super::contradictions::{Place, needs_value};
use super::stated::answers;
use super::support::holds;
use crate::corpus::{PassageKind, ValueKind};
use crate::index::Snapshot;
use crate::index::records::{AttributeSet, PassageRecord, flag, has};
use crate::lexicon::{Attribute, Expect, Lexicon};
use crate::text::Term;

/// A thing whose name stands at most this many words behind a figure has that figure ("a $45 exam fee").
const BEHIND: usize = 3;

/// "$1,450 for the one and $1,180 for the other": a figure for each of several things that the folder names, none of which is the one
/// that is asked for.
pub(super) fn of_others(
    question: &Asked<'_>,
    place: &Place<'_>,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Option<Reason> {
    let passage = place.sight.passage;
    let figures = passage.values.iter().filter(|value| answers(question, value.kind)).count();
    if passage.kind != PassageKind::Sentence || !needs_value(question) || figures < 2 {
        return None;
    }
    let own = |wanted: u32| place.says(wanted);
    let is_name = |term: u32| snapshot.names.contains(&term) && lexicon.level_words.find(&[term]).is_empty();
    let mut missing = question
        .subject_terms()
        .filter(|term| !term.modifier && is_name(term.term) && holds(term, &own) == 0.0);
    let vague = flag::STOP | flag::LIGHT | flag::LEANING | flag::DEFINING;
    let others: BTreeSet<u32> = passage
        .terms
        .iter()
        .zip(&passage.flags)
        .filter(|(held, flags)| {
            **flags & vague == 0
                && is_name(**held)
                && !lexicon.times.contains(held)
                && lexicon.attribute_words.find(&[**held]).is_empty()
                && !question.names(**held)
        })
        .map(|(held, _)| *held)
        .collect();
    (missing.next().is_some() && others.len() >= figures)
        .then_some(Reason::Borrowed("it speaks of several other things"))
}

/// "Residents: $438" is no figure of those from outside, and the other way round; what speaks of both is for either.
pub(super) fn of_other_side(question: &Asked<'_>, place: &Place<'_>, lexicon: &Lexicon) -> Option<Reason> {
    if question.sides.is_empty() || !needs_value(question) {
        return None;
    }
    let told = sides(&place.sight.passage.terms, lexicon);
    let name =
        |(group, side): (usize, usize)| lexicon.side_names.get(group).and_then(|names| names.get(side));
    question.sides.iter().find_map(|asked| {
        let other = told.iter().find(|(group, _)| *group == asked.0).filter(|_| !told.contains(asked))?;
        Some(format!("it speaks of {}, not of {}", name(*other)?, name(*asked)?).into())
    })
}

/// The sides of opposites that words name.
pub(super) fn sides(terms: &[Term], lexicon: &Lexicon) -> Vec<(usize, usize)> {
    lexicon.sides.find(terms).into_iter().map(|found| found.value).collect()
}

/// Those of them whose other sides are not named as well.
pub(super) fn one_side(named: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let alone = |one: &(usize, usize)| named.iter().all(|other| other.0 != one.0 || other == one);
    named.iter().copied().filter(alone).collect()
}

/// What has a cost, a length or a number of its own ("the exam costs …") is not meant unless it is asked for, and neither is the
/// pay of the best or the least paid.
pub(super) fn own_figures(question: &Asked<'_>, place: &Place<'_>, lexicon: &Lexicon) -> Option<Reason> {
    let passage = place.sight.passage;
    let wanted = question.stems.as_slice();
    if !needs_value(question) {
        return None;
    }
    // The first figure that answers is what is looked at; a thing that is named well behind it has another one.
    let sentence = passage.kind == PassageKind::Sentence;
    let figure = passage
        .values
        .iter()
        .find(|value| answers(question, value.kind))
        .map_or(passage.terms.len(), |value| value.after);
    let reach = if sentence { figure + BEHIND } else { passage.terms.len() };
    let with_figures = |id: &usize| has(question.own_figures, *id);
    let first_of = |set: AttributeSet| (set != 0).then(|| set.trailing_zeros() as usize);
    // A row with a column for what is asked has other columns as well.
    let asked = question.attribute.is_some_and(|id| has(passage.key_attributes, id));
    let keyed = first_of(passage.key_attributes & question.own_figures)
        .filter(|_| !(asked && passage.kind == PassageKind::Row));
    // Of several such things the one named last before the figure has it.
    let nearest = || {
        first_of(passage.attributes & question.own_figures)?;
        let found = lexicon.attribute_words.find(&passage.terms);
        // "The application fee is $450, with a discount": what stands behind a figure that has its name already is another thing.
        let told = found.iter().any(|found| {
            Some(found.value) == question.attribute && found.words.last().is_some_and(|last| *last < figure)
        });
        let reach = if told && sentence { figure } else { reach };
        let mut near = found.iter().filter(|found| {
            with_figures(&found.value) && found.words.first().is_some_and(|first| *first < reach)
        });
        near.next_back().map(|found| found.value)
    };
    let itself = || {
        let mut subject = question.subject_terms().peekable();
        subject.peek().is_some()
            && subject.all(|term| holds(term, &|wanted| passage.terms.contains(&wanted)) > 0.0)
    };
    // A passing score is an exam's, whether the question says so or not.
    let implied = |id: &usize| lexicon.implies(question.attribute, *id);
    // "The exam has two parts. It costs $95.": a sentence that leans on one about such a thing states its figure.
    let leaned = || {
        let before = place.leaned().filter(|_| sentence && passage.attributes & question.own_figures == 0)?;
        let named = |wanted: u32| before.terms.contains(&wanted) || place.says(wanted);
        if question.subject_terms().all(|term| holds(term, &named) > 0.0) {
            return None;
        }
        first_of(before.attributes & question.own_figures)
    };
    let strange =
        keyed.or_else(nearest).or_else(leaned).filter(|id| !has(question.attributes, *id) && !implied(id));
    if let Some(attribute) =
        strange.and_then(|id| lexicon.attributes.get(id)).filter(|_| !sentence || !itself())
    {
        return Some(format!("it states a figure of its {}", attribute.label).into());
    }
    if sentence && unnamed_part(question, place, lexicon) {
        return Some(Reason::Borrowed("it names not the part whose figure is asked for"));
    }
    let extreme = |terms: &[u32]| names_extreme(terms, lexicon);
    let before = passage.terms.get(..if sentence { figure } else { passage.terms.len() }).unwrap_or_default();
    let first = |kind: ValueKind| passage.values.iter().position(|value| value.kind == kind);
    // "Ten percent of them earned more than …"
    let share = match (first(ValueKind::Percent), first(ValueKind::Money)) {
        (Some(share), Some(money)) => share < money && passage.kind == PassageKind::Sentence,
        _ => false,
    };
    if question.expects.first() == Some(&Expect::Money) && (extreme(before) || share) && !extreme(wanted) {
        return Some(Reason::Borrowed("it states the figure of a few"));
    }
    let told = passage.terms.get(..reach).unwrap_or(&passage.terms);
    if question.expects.first() == Some(&Expect::Money) && is_partial(question, told, lexicon) {
        return Some(Reason::Borrowed("it states the price of a part"));
    }
    one_place(question, passage, lexicon, wanted)
        .then_some(Reason::Borrowed("it states the figure of one place"))
}

/// Whether a part with figures of its own is asked about ("the exam fee"), and neither the sentence nor those before it, nor what it
/// stands under, speaks of it.
fn unnamed_part(question: &Asked<'_>, place: &Place<'_>, lexicon: &Lexicon) -> bool {
    let parts = question.attributes & question.own_figures & !question.attribute.map_or(0, |id| 1 << id);
    if parts == 0 {
        return false;
    }
    let context = place.context;
    let index = context.block.passages.iter().position(|other| std::ptr::eq(other, place.sight.passage));
    let before = context.block.passages.iter().take(index.map_or(0, |index| index + 1));
    let spoken = before.fold(context.attributes_above(), |set, passage| set | passage.spoken_of());
    let implied = (0..lexicon.attributes.len())
        .filter(|id| has(parts, *id))
        .any(|id| lexicon.implies(question.attribute, id));
    !implied && parts & spoken == 0
}

/// Whether the price that is told of last is that of a part which the question does not ask about ("the application fee is …").
fn is_partial(question: &Asked<'_>, told: &[u32], lexicon: &Lexicon) -> bool {
    let fee = told.iter().rposition(|term| lexicon.fee_words.contains(term));
    let part = fee.and_then(|fee| fee.checked_sub(1)).and_then(|before| told.get(before));
    part.is_some_and(|part| lexicon.partial_fees.contains(part) && !question.stems.contains(part))
}

/// Whether a word for the end of a scale is among the terms ("highest").
fn names_extreme(terms: &[u32], lexicon: &Lexicon) -> bool {
    terms.iter().any(|term| lexicon.extremes.contains(term))
}

/// "The highest-paying industry" is no answer to who employs most of them: the end of a scale of money, where none is asked of.
pub(super) fn pays_most(question: &Asked<'_>, passage: &PassageRecord, lexicon: &Lexicon) -> bool {
    let wanted = question.stems.as_slice();
    let money = |(id, attribute): (usize, &Attribute)| {
        attribute.expects.first() == Some(&Expect::Money)
            && has(passage.attributes, id)
            && !has(question.attributes, id)
    };
    question.expects.first() == Some(&Expect::List)
        && lexicon.attributes.iter().enumerate().any(money)
        && names_extreme(&passage.terms, lexicon)
        && !names_extreme(wanted, lexicon)
}

/// Whether every figure of a passage about people who do a job is of a place that the question does not name.
fn one_place(question: &Asked<'_>, passage: &PassageRecord, lexicon: &Lexicon, wanted: &[u32]) -> bool {
    if !question.people || !lexicon.states.find(wanted).is_empty() {
        return false;
    }
    let figures = passage.values.iter().filter(|value| {
        !matches!(value.kind, ValueKind::Year | ValueKind::Date) && answers(question, value.kind)
    });
    let places = lexicon.states.find(&passage.terms).len();
    let figures = figures.count();
    let figures = if passage.kind == PassageKind::Row { figures.min(1) } else { figures };
    figures > 0 && places >= figures
}
