//! What contradicts a question in a passage: another year, level or row than the one asked for, other people, a thing or a figure
//! that is not meant. Each gives its reason, for people; pure functions.

use super::context::BlockContext;
use super::features::Features;
use super::stated::answers;
use super::support::{holds, names};
use crate::corpus::{PassageKind, ValueKind};
use crate::index::Snapshot;
use crate::index::records::{PassageRecord, flag};
use crate::lexicon::{Attribute, Expect, Lexicon};
use crate::question::{Kind, Question};

/// A word of the same family counts this much; more is the word itself or a synonym.
const FAMILY: f64 = 0.85;

/// A thing whose name stands at most this many words behind a figure has that figure ("a $45 exam fee").
const BEHIND: usize = 3;

/// A passage where it stands, with the features that some constraints look at.
pub(super) struct Place<'a> {
    pub context: &'a BlockContext<'a>,
    pub index: usize,
    pub features: &'a Features,
    /// The support of each of the question's terms.
    pub supports: &'a [f64],
}

/// A sentence that states a figure of something it names itself is no figure of what only the document is about: "Parking
/// permits cost $45" is not what the course costs.
pub(super) fn other_thing(
    question: &Question,
    place: &Place<'_>,
    passage: &PassageRecord,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Option<String> {
    let sentence = passage.kind == PassageKind::Sentence && needs_value(question);
    if !sentence || question.subject_terms().next().is_none() {
        return None;
    }
    let leaned = place.context.leans_on(place.index);
    let named = place.features.near > 0.2 || leaned.is_some();
    let own = |wanted: u32| {
        passage.terms.contains(&wanted)
            || place.context.block.lead_terms.contains(&wanted)
            || leaned.is_some_and(|leaned| leaned.terms.contains(&wanted))
    };
    let said = question.subject_terms().any(|term| !term.strict && holds(term, &own) > 0.0);
    if named && said {
        return None;
    }
    // Everything before the first figure; the figure's own words are not part of it.
    let value = passage.values.first().map_or(passage.terms.len(), |value| {
        let text = snapshot.value_text(place.context.block.document, value).unwrap_or_default();
        let words = text.split_whitespace().count();
        value.after.saturating_sub(words.max(1))
    });
    let attribute: Vec<usize> =
        lexicon.attribute_words.find(&passage.terms).into_iter().flat_map(|found| found.words).collect();
    let vague = flag::STOP | flag::LIGHT | flag::LEANING | flag::DEFINING;
    let strange = passage
        .terms
        .iter()
        .zip(&passage.flags)
        .enumerate()
        .take(value)
        .filter(|(index, (_, flags))| **flags & vague == 0 && !attribute.contains(index))
        .any(|(_, (held, _))| !names(question, *held));
    // "18 in one program and 12 in the other": names of the folder, and not the one that is asked for.
    let others = || {
        passage.terms.iter().zip(&passage.flags).enumerate().take(value).any(|(index, (held, flags))| {
            flags & vague == 0
                && !attribute.contains(&index)
                && snapshot.names.contains(held)
                && lexicon.level_words.find(&[*held]).is_empty()
                && !names(question, *held)
        })
    };
    (!named && strange || !said && others()).then(|| "it speaks of another thing".to_owned())
}

/// What has a cost, a length or a number of its own ("the exam costs …") is not meant unless it is asked for, and neither is the
/// pay of the best or the least paid.
pub(super) fn own_figures(question: &Question, passage: &PassageRecord, lexicon: &Lexicon) -> Option<String> {
    let wanted: Vec<u32> = question.terms.iter().map(|term| term.term).collect();
    if pays_most(question, passage, lexicon, &wanted) {
        return Some("it tells where pay or price is at its end".to_owned());
    }
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
    let with_figures =
        |id: &usize| lexicon.attributes.get(*id).is_some_and(|attribute| attribute.own_figures);
    let keyed =
        (0..lexicon.attributes.len()).find(|id| passage.key_attributes >> id & 1 == 1 && with_figures(id));
    // Of several such things the one named last before the figure has it.
    let nearest = || {
        (0..lexicon.attributes.len()).find(|id| passage.attributes >> id & 1 == 1 && with_figures(id))?;
        let found = lexicon.attribute_words.find(&passage.terms);
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
    let strange = keyed.or_else(nearest).filter(|id| question.attributes >> id & 1 == 0);
    if let Some(attribute) =
        strange.and_then(|id| lexicon.attributes.get(id)).filter(|_| !sentence || !itself())
    {
        return Some(format!("it states a figure of its {}", attribute.label));
    }
    let extreme = |terms: &[u32]| names_extreme(terms, lexicon);
    let before = passage.terms.get(..if sentence { figure } else { passage.terms.len() }).unwrap_or_default();
    let first = |kind: ValueKind| passage.values.iter().position(|value| value.kind == kind);
    // "Ten percent of them earned more than …"
    let share = match (first(ValueKind::Percent), first(ValueKind::Money)) {
        (Some(share), Some(money)) => share < money && passage.kind == PassageKind::Sentence,
        _ => false,
    };
    if question.expects.first() == Some(&Expect::Money) && (extreme(before) || share) && !extreme(&wanted) {
        return Some("it states the figure of a few".to_owned());
    }
    one_place(question, passage, lexicon, &wanted).then(|| "it states the figure of one place".to_owned())
}

/// Whether a word for the end of a scale is among the terms ("highest").
fn names_extreme(terms: &[u32], lexicon: &Lexicon) -> bool {
    terms.iter().any(|term| lexicon.extremes.contains(term))
}

/// "The highest-paying industry" is no answer to who employs most of them: the end of a scale of money, where none is asked of.
fn pays_most(question: &Question, passage: &PassageRecord, lexicon: &Lexicon, wanted: &[u32]) -> bool {
    let money = |(id, attribute): (usize, &Attribute)| {
        attribute.expects.first() == Some(&Expect::Money)
            && passage.attributes >> id & 1 == 1
            && question.attributes >> id & 1 == 0
    };
    question.expects.first() == Some(&Expect::List)
        && names_extreme(&passage.terms, lexicon)
        && !names_extreme(wanted, lexicon)
        && lexicon.attributes.iter().enumerate().any(money)
}

/// Whether every figure of a passage about people who do a job is of a place that the question does not name.
fn one_place(question: &Question, passage: &PassageRecord, lexicon: &Lexicon, wanted: &[u32]) -> bool {
    if !question.about_people(lexicon) || !lexicon.states.find(wanted).is_empty() {
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

pub(super) fn needs_value(question: &Question) -> bool {
    !question.expects.is_empty() && question.expects.iter().all(|expect| !expect.is_worded())
}

/// A year that is asked for must stand in the passage, or in its surroundings where the passage names none.
pub(super) fn other_year(
    question: &Question,
    place: &Place<'_>,
    passage: &PassageRecord,
    snapshot: &Snapshot,
) -> Option<String> {
    let document = place.context.block.document;
    let lead = place.context.block.lead.and_then(|lead| snapshot.text(document, lead)).unwrap_or_default();
    let years: Vec<&str> = passage
        .values
        .iter()
        .filter(|value| value.kind == ValueKind::Year)
        .filter_map(|value| snapshot.value_text(document, value))
        .collect();
    question
        .years
        .iter()
        .find(|year| {
            let wanted = year.to_string();
            !years.is_empty() && !years.contains(&wanted.as_str()) && !lead.contains(&wanted)
        })
        .map(|year| format!("it speaks of {}, not of {year}", years.join(" and ")))
}

/// A level that is asked for must not be contradicted by the nearest heading that names one.
pub(super) fn other_level(
    question: &Question,
    place: &Place<'_>,
    passage: &PassageRecord,
    lexicon: &Lexicon,
) -> Option<String> {
    let wanted = question.level?;
    let name = |level: usize| lexicon.levels.get(level).map(|level| level.name.clone()).unwrap_or_default();
    // Where the level that is asked for has a section of its own, another level's section speaks of it as a condition.
    let context = &place.context;
    let near = context.headings.iter().take(1).find_map(|heading| heading.level).map(usize::from);
    let elsewhere = || {
        let sections = context.document.sections.iter().skip(1);
        sections.filter(|section| section.level.map(usize::from) == Some(wanted)).count() > 0
    };
    if let Some(near) = near.filter(|near| *near != wanted && context.headings.len() > 1 && elsewhere()) {
        return Some(format!("it stands in the section of level {}, not {}", name(near), name(wanted)));
    }
    let written = passage.words.iter().zip(&passage.flags).filter_map(|(word, flags)| {
        lexicon.letter_levels.get(word).copied().filter(|_| flags & flag::ALL_CAPITALS != 0)
    });
    let named = lexicon.level_words.find(&passage.terms).into_iter().map(|found| found.value);
    let own: Vec<usize> = named.chain(written).collect();
    if own.contains(&wanted) {
        return None;
    }
    let lead = &place.context.block.lead_terms;
    let above = place.context.headings.iter().any(|heading| heading.level.map(usize::from) == Some(wanted))
        || lexicon.level_words.find(lead).iter().any(|found| found.value == wanted);
    if let Some(other) = own.first().filter(|_| passage.kind == PassageKind::Sentence && !above) {
        return Some(format!("it speaks of level {}, not {}", name(*other), name(wanted)));
    }
    let nearest = place.context.headings.iter().find_map(|heading| heading.level).map(usize::from)?;
    if nearest == wanted {
        return None;
    }
    Some(format!("it stands under a heading of level {}, not {}", name(nearest), name(wanted)))
}

/// What is stated of people who do one job is no answer for another job.
pub(super) fn other_people(
    question: &Question,
    place: &Place<'_>,
    passage: &PassageRecord,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Option<String> {
    if !question.about_people(lexicon) {
        return None;
    }
    let leaned = place.context.leans_on(place.index);
    let people: Vec<u32> = std::iter::once(passage)
        .chain(leaned)
        .flat_map(|passage| passage.terms.iter().zip(&passage.flags))
        .filter(|(_, flags)| *flags & flag::PERSON != 0 && *flags & (flag::LIGHT | flag::STOP) == 0)
        .map(|(term, _)| *term)
        .collect();
    let asked = people.iter().any(|person| names(question, *person)) || {
        // "Sailmakers and sail repairers": a name without a person's ending is named all the same.
        let own = |wanted: u32| {
            passage.terms.contains(&wanted) || leaned.is_some_and(|leaned| leaned.terms.contains(&wanted))
        };
        let mut subject = question.subject_terms().filter(|term| !term.modifier).peekable();
        let last = question.subject_terms().filter(|term| term.person).last();
        match last {
            // The word for what they do decides, not one for their field.
            Some(person) => people.iter().any(|said| holds(person, &|wanted| wanted == *said) > 0.0),
            None => subject.peek().is_some() && subject.all(|term| holds(term, &own) > 0.0),
        }
    };
    let subject = question.subject_terms().next().is_some();
    if !people.is_empty() && !asked && subject {
        return Some("it speaks of other people".to_owned());
    }
    other_kind(question, passage, leaned, snapshot)
        .then(|| "it speaks of others who are called so".to_owned())
}

/// "Journeyman electricians earn …" says nothing of master electricians: the word for what they do stands behind a name of the
/// folder that was not asked for, and the one that was is not there.
fn other_kind(
    question: &Question,
    passage: &PassageRecord,
    leaned: Option<&PassageRecord>,
    snapshot: &Snapshot,
) -> bool {
    let subject: Vec<_> = question.subject_terms().collect();
    let pair =
        subject.windows(2).rev().find(|pair| matches!(pair, [kind, person] if !kind.strict && person.person));
    let Some([kind, person]) = pair else { return false };
    let said = |record: &PassageRecord| holds(kind, &|wanted| record.terms.contains(&wanted)) > 0.0;
    if said(passage) || leaned.is_some_and(said) {
        return false;
    }
    let mut called = passage
        .terms
        .iter()
        .zip(&passage.flags)
        .zip(passage.terms.iter().skip(1))
        .filter(|(_, next)| holds(person, &|wanted| wanted == **next) > 0.0)
        .peekable();
    called.peek().is_some()
        && called.all(|((before, flags), _)| {
            flags & (flag::STOP | flag::LIGHT) == 0
                && (kind.modifier || snapshot.names.contains(before))
                && !names(question, *before)
        })
}

/// "Glass cutter assistants" are no glass cutters, and "the offices of dentists" are no dentists: a person who is named
/// only inside a longer name. What is said of people is said of them by their own name, not by a word of its family.
pub(super) fn longer_name(
    question: &Question,
    place: &Place<'_>,
    passage: &PassageRecord,
    lexicon: &Lexicon,
) -> Option<String> {
    let person = question.subject_terms().filter(|term| term.person).last();
    let person = person.filter(|_| question.about_people(lexicon))?;
    let by_name = |term: u32| holds(person, &|wanted| wanted == term) > FAMILY;
    let offices = |term: Option<&u32>| term.is_some_and(|term| lexicon.workplaces.contains(term));
    let mut named = false;
    for said in std::iter::once(passage).chain(place.context.leans_on(place.index)) {
        for (index, term) in said.terms.iter().enumerate() {
            if holds(person, &|wanted| wanted == *term) == 0.0 {
                continue;
            }
            named = true;
            let next = said.terms.get(index + 1).zip(said.flags.get(index + 1));
            let goes_on =
                next.is_some_and(|(term, flags)| flags & flag::PERSON != 0 && !names(question, *term));
            let inside = index >= 2 && offices(said.terms.get(index - 2));
            if by_name(*term) && !goes_on && !inside {
                return None;
            }
        }
    }
    named.then(|| "it names them only inside a longer name".to_owned())
}

/// How much of what a row's key names the question names as well: 1 for all of it, and for what is no row; 0 where the row is
/// about something else.
pub(super) fn row_fit(question: &Question, passage: &PassageRecord) -> f64 {
    let names_attribute = passage.parts.first().is_some_and(|key| key.attributes != 0);
    if passage.kind != PassageKind::Row || names_attribute || question.subject_terms().next().is_none() {
        return 1.0;
    }
    let key: Vec<u32> = passage
        .terms
        .iter()
        .zip(&passage.flags)
        .filter(|(_, flags)| *flags & flag::KEY != 0 && *flags & (flag::STOP | flag::LIGHT) == 0)
        .map(|(term, _)| *term)
        .collect();
    if key.is_empty() {
        return 1.0;
    }
    // A course, named by its code and its title: either the code is asked for, or all of the title.
    let code = passage
        .values
        .iter()
        .any(|value| passage.parts.first().is_some_and(|cell| value.span.end <= cell.value.1 as usize));
    let least = if code { key.len().div_ceil(2) } else { 1 };
    let named = key.iter().filter(|key| names(question, **key)).count();
    match named {
        // The rows of a table that names none of them are a list.
        0 if question.kind == Kind::List => 1.0,
        few if few < least => 0.0,
        _ if code => 1.0,
        named => named as f64 / key.len() as f64,
    }
}
