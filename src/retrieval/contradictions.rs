//! What contradicts a question in a passage: another year, level or row than the one asked for, other people, a thing or a figure
//! that is not meant. Each gives its reason, for people; pure functions.

use super::context::BlockContext;
use super::features::Features;
use super::support::{holds, names};
use crate::corpus::{PassageKind, ValueKind};
use crate::index::Snapshot;
use crate::index::records::{PassageRecord, flag};
use crate::lexicon::{Expect, Lexicon};
use crate::question::{Kind, Question};
use crate::text::terms;

/// A word of the same family counts this much; more is the word itself or a synonym.
const FAMILY: f64 = 0.85;

/// A passage where it stands, with the features that some constraints look at.
pub(super) struct Place<'a> {
    pub context: &'a BlockContext<'a>,
    pub index: usize,
    pub features: &'a Features,
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
    let said = question.subject_terms().any(|term| !term.modifier && holds(term, &own) > 0.0);
    let value = passage.values.first().map_or(passage.terms.len(), |value| value.after.saturating_sub(1));
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
        passage.terms.iter().zip(&passage.flags).enumerate().any(|(index, (held, flags))| {
            flags & vague == 0
                && !attribute.contains(&index)
                && snapshot.names.contains(held)
                && !names(question, *held)
        })
    };
    (!named && strange || !said && others()).then(|| "it speaks of another thing".to_owned())
}

/// What has a cost, a length or a number of its own ("the exam costs …") is not meant unless it is asked for, and neither is the
/// pay of the best or the least paid.
pub(super) fn own_figures(question: &Question, passage: &PassageRecord, lexicon: &Lexicon) -> Option<String> {
    if !needs_value(question) {
        return None;
    }
    let named = passage.attributes | passage.key_attributes;
    let strange = lexicon.attributes.iter().enumerate().find(|(id, attribute)| {
        attribute.own_figures && named >> id & 1 == 1 && question.attributes >> id & 1 == 0
    });
    if let Some((_, attribute)) = strange {
        return Some(format!("it states a figure of its {}", attribute.label));
    }
    let extreme = |terms: &[u32]| terms.iter().any(|term| lexicon.extremes.contains(term));
    (question.expects.first() == Some(&Expect::Money)
        && extreme(&passage.terms)
        && !extreme(&terms(&question.text)))
    .then(|| "it states the figure of a few".to_owned())
}

pub(super) fn needs_value(question: &Question) -> bool {
    !question.expects.is_empty()
        && question
            .expects
            .iter()
            .all(|expect| !matches!(expect, Expect::Name | Expect::Someone | Expect::List))
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
        .filter_map(|value| snapshot.text(document, (value.span.start as u32, value.span.end as u32)))
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
    let own: Vec<usize> =
        lexicon.level_words.find(&passage.terms).into_iter().map(|found| found.value).collect();
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
    lexicon: &Lexicon,
) -> Option<String> {
    let attribute = lexicon.attributes.get(question.attribute?)?;
    if !attribute.about_people {
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
            // The word for what they do decides.
            Some(person) => holds(person, &own) > 0.0,
            None => subject.peek().is_some() && subject.all(|term| holds(term, &own) > 0.0),
        }
    };
    (!people.is_empty() && !asked && question.subject_terms().next().is_some())
        .then(|| "it speaks of other people".to_owned())
}

/// "Glass cutter assistants" are no glass cutters, and "the offices of dentists" are no dentists: a person who is named
/// only inside a longer name. What is said of people is said of them by their own name, not by a word of its family.
pub(super) fn longer_name(
    question: &Question,
    place: &Place<'_>,
    passage: &PassageRecord,
    lexicon: &Lexicon,
) -> Option<String> {
    let people = lexicon.attributes.get(question.attribute?)?.about_people;
    let person = question.subject_terms().filter(|term| term.person).last().filter(|_| people)?;
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
