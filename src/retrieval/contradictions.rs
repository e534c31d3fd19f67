//! What contradicts a question in a passage: another year, level or row than the one asked for, other people, a thing or a figure
//! that is not meant. Each gives its reason, for people; pure functions.

use std::cell::OnceCell;

use super::asked::Asked;
use super::constraints::Reason;
use super::context::BlockContext;
use super::features::Features;
use super::support::{Held, Sight, holds};
use crate::corpus::{PassageKind, ValueKind};
use crate::index::Snapshot;
use crate::index::records::{PassageRecord, flag};
use crate::lexicon::Lexicon;
use crate::question::{Kind, Question};
use crate::text::Term;

/// A word of the same family counts this much; more is the word itself or a synonym.
const FAMILY: f64 = 0.85;

/// A passage where it stands, with the features that some constraints look at.
pub(super) struct Place<'a> {
    pub context: &'a BlockContext<'a>,
    pub held: &'a Held,
    pub sight: &'a Sight<'a>,
    pub features: &'a Features,
    /// The support of each of the question's terms.
    pub supports: &'a [f64],
}

impl<'a> Place<'a> {
    /// Whether a term that the question wants stands in the passage, in its lead-in or in the sentence that it leans on.
    pub fn says(&self, wanted: Term) -> bool {
        self.sight.says(wanted) || self.held.lead.contains(&wanted) || self.sight.leans_on(wanted)
    }

    /// The sentence that the passage leans on.
    pub fn leaned(&self) -> Option<&'a PassageRecord> {
        self.sight.before.map(|(record, _)| record)
    }
}

/// A sentence that states a figure of something it names itself is no figure of what only the document is about: "Parking
/// permits cost $45" is not what the course costs.
pub(super) fn other_thing(
    question: &Asked<'_>,
    place: &Place<'_>,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Option<Reason> {
    let passage = place.sight.passage;
    let sentence = passage.kind == PassageKind::Sentence && needs_value(question);
    if !sentence || question.subject_terms().next().is_none() {
        return None;
    }
    let named = place.features.near > 0.2 || place.leaned().is_some();
    let own = |wanted: Term| place.says(wanted);
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
    let vague = flag::STOP | flag::LIGHT | flag::LEANING | flag::DEFINING;
    let attribute: OnceCell<Vec<usize>> = OnceCell::new();
    let of_attribute = |index: &usize| {
        let found = || lexicon.attribute_words.find(&passage.terms).into_iter().flat_map(|found| found.words);
        attribute.get_or_init(|| found().collect()).contains(index)
    };
    // Words of its own before the figure; what the attribute is called by is looked for last, since that takes longest.
    let others = |fits: &dyn Fn(Term) -> bool| {
        passage.terms.iter().zip(&passage.flags).enumerate().take(value).any(|(index, (held, flags))| {
            flags & vague == 0
                && !question.names(*held)
                && fits(*held)
                && !lexicon.times.contains(held)
                && !of_attribute(&index)
        })
    };
    let strange = || others(&|_| true);
    // "18 in one program and 12 in the other": names of the folder, and not the one that is asked for.
    let named_elsewhere =
        || others(&|held| snapshot.names.contains(&held) && lexicon.level_words.find(&[held]).is_empty());
    (!named && strange() || !said && named_elsewhere())
        .then_some(Reason::Borrowed("it speaks of another thing"))
}

pub(super) fn needs_value(question: &Question) -> bool {
    !question.expects.is_empty() && question.expects.iter().all(|expect| !expect.is_worded())
}

/// A year that is asked for must stand in the passage, or in its surroundings where the passage names none.
pub(super) fn other_year(question: &Question, place: &Place<'_>, snapshot: &Snapshot) -> Option<Reason> {
    let passage = place.sight.passage;
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
        .map(|year| format!("it speaks of {}, not of {year}", years.join(" and ")).into())
}

/// A level that is asked for must not be contradicted by the nearest heading that names one.
pub(super) fn other_level(question: &Question, place: &Place<'_>, lexicon: &Lexicon) -> Option<Reason> {
    let passage = place.sight.passage;
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
        return Some(
            format!("it stands in the section of level {}, not {}", name(near), name(wanted)).into(),
        );
    }
    let written = passage.words.iter().zip(&passage.flags).filter_map(|(word, flags)| {
        // "Ph.D." is written with a small letter.
        let written = flags & (flag::ALL_CAPITALS | flag::PROPER) != 0;
        lexicon.letter_levels.get(word).copied().filter(|_| written)
    });
    let named = lexicon.level_words.find(&passage.terms).into_iter().map(|found| found.value);
    let own: Vec<usize> = named.chain(written).collect();
    if own.contains(&wanted) {
        return None;
    }
    let lead = &place.context.block.lead_terms;
    let above = place.context.headings.iter().any(|heading| heading.level.map(usize::from) == Some(wanted))
        || lexicon.level_words.find(lead).iter().any(|found| found.value == wanted);
    // "Average master's tuition: …" names its level as a sentence does; the value of a row may name several.
    let keyed = || {
        let key = passage.terms.iter().zip(&passage.flags).filter(|(_, flags)| **flags & flag::KEY != 0);
        let key: Vec<u32> = key.map(|(term, _)| *term).collect();
        !lexicon.level_words.find(&key).is_empty()
    };
    let says = passage.kind == PassageKind::Sentence || passage.kind == PassageKind::KeyValue && keyed();
    if let Some(other) = own.first().filter(|_| says && !above) {
        return Some(format!("it speaks of level {}, not {}", name(*other), name(wanted)).into());
    }
    let nearest = place.context.headings.iter().find_map(|heading| heading.level).map(usize::from)?;
    if nearest == wanted {
        return None;
    }
    Some(format!("it stands under a heading of level {}, not {}", name(nearest), name(wanted)).into())
}

/// What is stated of people who do one job is no answer for another job.
pub(super) fn other_people(question: &Asked<'_>, place: &Place<'_>, snapshot: &Snapshot) -> Option<Reason> {
    let passage = place.sight.passage;
    if !question.people {
        return None;
    }
    let leaned = place.leaned();
    let people: Vec<u32> = std::iter::once(passage)
        .chain(leaned)
        .flat_map(|passage| passage.terms.iter().zip(&passage.flags))
        .filter(|(_, flags)| *flags & flag::PERSON != 0 && *flags & (flag::LIGHT | flag::STOP) == 0)
        .map(|(term, _)| *term)
        .collect();
    let asked = people.iter().any(|person| question.names(*person)) || {
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
        return Some(Reason::Borrowed("it speaks of other people"));
    }
    other_kind(question, place, snapshot).then_some(Reason::Borrowed("it speaks of others who are called so"))
}

/// "Journeyman electricians earn …" says nothing of master electricians: the word for what they do stands behind a name of the
/// folder that was not asked for, and the one that was is not there.
fn other_kind(question: &Asked<'_>, place: &Place<'_>, snapshot: &Snapshot) -> bool {
    let passage = place.sight.passage;
    let leaned = place.leaned();
    let subject: Vec<_> = question.subject_terms().collect();
    let pair =
        subject.windows(2).rev().find(|pair| matches!(pair, [kind, head] if !kind.strict && head.person));
    let Some([kind, head]) = pair else { return false };
    let said = |record: &PassageRecord| holds(kind, &|wanted| record.terms.contains(&wanted)) > 0.0;
    if said(passage) || leaned.is_some_and(said) {
        return false;
    }
    let mut called = passage
        .terms
        .iter()
        .zip(&passage.flags)
        .zip(passage.terms.iter().skip(1))
        .filter(|(_, next)| holds(head, &|wanted| wanted == **next) > 0.0)
        .peekable();
    called.peek().is_some()
        && called.all(|((before, flags), _)| {
            flags & (flag::STOP | flag::LIGHT) == 0
                && (kind.modifier || snapshot.names.contains(before))
                && !question.names(*before)
        })
}

/// "Glass cutter assistants" are no glass cutters, and "the offices of dentists" are no dentists: a person who is named
/// only inside a longer name. What is said of people is said of them by their own name, not by a word of its family.
pub(super) fn longer_name(question: &Asked<'_>, place: &Place<'_>, lexicon: &Lexicon) -> Option<Reason> {
    let passage = place.sight.passage;
    let person = question.subject_terms().filter(|term| term.person).last();
    let person = person.filter(|_| question.people)?;
    let by_name = |term: u32| holds(person, &|wanted| wanted == term) > FAMILY;
    let offices = |term: Option<&u32>| term.is_some_and(|term| lexicon.workplaces.contains(term));
    let mut named = false;
    for said in std::iter::once(passage).chain(place.leaned()) {
        for (index, term) in said.terms.iter().enumerate() {
            if holds(person, &|wanted| wanted == *term) == 0.0 {
                continue;
            }
            named = true;
            let next = said.terms.get(index + 1).zip(said.flags.get(index + 1));
            let goes_on =
                next.is_some_and(|(term, flags)| flags & flag::PERSON != 0 && !question.names(*term));
            let inside = index >= 2 && offices(said.terms.get(index - 2));
            if by_name(*term) && !goes_on && !inside {
                return None;
            }
        }
    }
    named.then_some(Reason::Borrowed("it names them only inside a longer name"))
}

/// The fit of a row that names all that is asked about, though not in its first cell.
const BESIDE: f64 = 0.7;

/// How much of what a row's key names the question names as well: 1 for all of it, and for what is no row; 0 where the row is
/// about something else.
pub(super) fn row_fit(question: &Asked<'_>, passage: &PassageRecord, lexicon: &Lexicon) -> f64 {
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
    // "… College" says which one by its other words.
    let own: Vec<u32> = key.iter().copied().filter(|term| !lexicon.institutions.contains(term)).collect();
    let key = if own.is_empty() { key } else { own };
    if key.is_empty() {
        return 1.0;
    }
    // A course, named by its code and its title: either the code is asked for, or all of the title.
    let code = passage
        .values
        .iter()
        .any(|value| passage.parts.first().is_some_and(|cell| value.span.end <= cell.value.1 as usize));
    let least = if code { key.len().div_ceil(2) } else { 1 };
    // Letters beside what they stand for are one name.
    let spelled: Vec<u32> = question
        .terms
        .iter()
        .flat_map(|term| &term.alternatives)
        .filter(|way| way.terms.iter().all(|wanted| key.contains(wanted)))
        .flat_map(|way| way.terms.iter().copied())
        .collect();
    let named = key.iter().filter(|key| question.names(**key) || spelled.contains(key)).count();
    // A row with its school first and the program second is about the program as well.
    let whole = || {
        let mut subject = question.subject_terms().filter(|term| !term.carried).peekable();
        subject.peek().is_some()
            && subject.all(|term| holds(term, &|wanted| passage.terms.contains(&wanted)) > 0.0)
    };
    match named {
        few if few < least && !code && whole() => BESIDE,
        // The rows of a table that names none of them are a list.
        0 if question.kind == Kind::List => 1.0,
        few if few < least => 0.0,
        _ if code => 1.0,
        named => named as f64 / key.len() as f64,
    }
}
