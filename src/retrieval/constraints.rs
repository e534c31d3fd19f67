//! The constraints that a question puts on its answer, and which of them a passage breaks: a carrying word without support, another
//! year, level, row or other people than those asked for. What a broken constraint costs is not decided here.

use super::context::BlockContext;
use super::features::Features;
use super::support::{holds, names, support_of};
use crate::corpus::{PassageKind, ValueKind};
use crate::index::Snapshot;
use crate::index::records::{PassageRecord, flag};
use crate::lexicon::{Expect, Lexicon};
use crate::question::{Kind, Question, QuestionTerm, Role};
use crate::text::terms;

/// A carrying word with less support than this is missing.
const LEAST_SUPPORT: f64 = 0.5;
/// A place, a number, and a job that figures are asked of need at least this: in the passage or its headings, by the word
/// itself or a synonym.
const CLOSE_SUPPORT: f64 = 0.8;
/// "No application fee." A denial of at most this many words speaks of nothing else.
const SHORT_DENIAL: usize = 10;
/// What is left of the support of a name that is not close enough.
const BROKEN: f64 = 0.5;
/// A word of the same family counts this much; more is the word itself or a synonym.
const FAMILY: f64 = 0.85;
/// An attribute stated less surely than this is not stated.
const LEAST_ATTRIBUTE: f64 = 0.45;

/// A constraint of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constraint {
    /// A name or a rare word.
    Name,
    /// Another word that carries the question.
    Word,
    /// The attribute is stated.
    Attribute,
    /// One of the attribute's own words is there.
    Literal,
    /// A value of the expected kind.
    Value,
    /// The year asked for.
    Year,
    /// The level asked for.
    Level,
    /// The people asked for.
    People,
    /// The row asked for.
    Row,
    /// The thing asked for.
    Thing,
    /// A figure of the whole, not of an exam or another part with figures of its own.
    Figure,
}

/// A constraint that a candidate breaks.
#[derive(Debug, Clone, PartialEq)]
pub struct Objection {
    /// Which.
    pub constraint: Constraint,
    /// Why, for the account.
    pub why: String,
}

/// A passage where it stands, with the features that some constraints look at.
pub(super) struct Place<'a> {
    pub context: &'a BlockContext<'a>,
    pub index: usize,
    pub features: &'a Features,
}

/// How far a passage keeps the constraints of the question: 1 wholly, 0 not at all; each with the reason when it is broken.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// Names and rare words: the support of the weakest.
    pub named: f64,
    /// Share of the other carrying words that are supported.
    pub words: f64,
    /// How well a row's key fits.
    pub row: f64,
    /// Everything broken, the gravest first.
    pub broken: Vec<Objection>,
}

impl Kept {
    /// 1 when a constraint is kept, 0 when it is broken.
    pub fn holds(&self, constraint: Constraint) -> f64 {
        f64::from(u8::from(self.broken.iter().all(|broken| broken.constraint != constraint)))
    }
}

/// Which constraints of the question the passage keeps.
pub(super) fn kept(
    question: &Question,
    place: &Place<'_>,
    passage: &PassageRecord,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Kept {
    let context = place.context;
    let mut kept = Kept { named: 1.0, words: 1.0, row: 1.0, broken: Vec::new() };
    // Of people who do a job only what is said close to their name is said of them.
    let people = question
        .attribute
        .and_then(|id| lexicon.attributes.get(id))
        .is_some_and(|attribute| attribute.about_people);
    // "No figure is published for …" answers a question for a figure, whatever its year.
    let denied = denies(question, place, passage);
    let (mut asked, mut said) = (0.0, 0.0);
    for term in question
        .terms
        .iter()
        .filter(|term| must_hold(question, term, snapshot, lexicon))
        .filter(|term| !(denied && term.word.bytes().all(|byte| byte.is_ascii_digit())))
    {
        let word = matches!(term.role, Role::Attribute | Role::Topic);
        let close = term.strict || word || people && term.person;
        let least = if close { CLOSE_SUPPORT } else { LEAST_SUPPORT };
        let support = support_of(term, passage, place.index, context);
        let held = if support >= least { 1.0 } else { BROKEN * support };
        let constraint = if is_name(term, snapshot, lexicon) {
            kept.named = kept.named.min(held);
            Constraint::Name
        } else {
            asked += term.weight;
            said += term.weight * held;
            Constraint::Word
        };
        if held < 1.0 {
            kept.broken.push(Objection {
                constraint,
                why: format!("\"{}\" is neither in the passage nor above it", term.word),
            });
        }
    }
    if asked > 0.0 {
        kept.words = said / asked;
    }
    kept.broken.sort_by_key(|broken| broken.constraint != Constraint::Name);
    let mut object = |constraint: Constraint, why: Option<String>| {
        kept.broken.extend(why.map(|why| Objection { constraint, why }));
    };
    let said_beside = question.polar
        && question
            .terms
            .iter()
            .filter(|term| term.role == Role::Attribute && must_hold(question, term, snapshot, lexicon))
            .any(|term| {
                let says = |other: &PassageRecord| holds(term, &|wanted| other.terms.contains(&wanted)) > 0.0;
                !says(passage) && context.block.passages.iter().any(says)
            });
    let said = |holds: bool, why: &str| holds.then(|| why.to_owned());
    object(
        Constraint::Literal,
        said(said_beside, "the sentence beside it says the word that is asked about"),
    );
    let literal =
        says_literally(question, place, passage, lexicon) && says_which(question, place, passage, lexicon);
    object(Constraint::Literal, said(!literal, "it has none of the words asked for"));
    let unstated = question.attribute.is_some() && place.features.attribute < LEAST_ATTRIBUTE && !denied;
    object(Constraint::Attribute, said(unstated, "it does not state what is asked"));
    let valueless = needs_value(question) && place.features.value < 0.5 && !denied;
    object(Constraint::Value, said(valueless, "it holds no such value"));
    object(Constraint::Year, year(question, place, passage, snapshot));
    object(Constraint::Level, level(question, place, passage, lexicon));
    object(Constraint::People, other_people(question, place, passage, lexicon));
    kept.row = row_fit(question, passage);
    let other_row = said(kept.row == 0.0, "its row is about something else");
    kept.broken.extend(other_row.map(|why| Objection { constraint: Constraint::Row, why }));
    let mut object = |constraint: Constraint, why: Option<String>| {
        kept.broken.extend(why.map(|why| Objection { constraint, why }));
    };
    object(Constraint::Thing, other_thing(question, place, passage, snapshot, lexicon));
    object(Constraint::Figure, own_figures(question, passage, lexicon));
    let longer = longer_name(question, place, passage, lexicon);
    if longer.is_some() {
        kept.named = kept.named.min(BROKEN);
    }
    kept.broken.extend(longer.map(|why| Objection { constraint: Constraint::Name, why }));
    kept
}

/// Whether a word names something: in the folder's titles and headings, a person's work, a level, a place, a number, or by being
/// no word of English at large.
fn is_name(term: &QuestionTerm, snapshot: &Snapshot, lexicon: &Lexicon) -> bool {
    term.modifier || term.person || snapshot.names.contains(&term.term) || !lexicon.is_english(&term.word)
}

/// A sentence that states a figure of something it names itself is no figure of what only the document is about: "Parking
/// permits cost $45" is not what the course costs.
fn other_thing(
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

/// Whether the passage says of the subject that what is asked for does not exist or is not known.
fn denies(question: &Question, place: &Place<'_>, passage: &PassageRecord) -> bool {
    let named = [question.attribute, question.topic]
        .into_iter()
        .flatten()
        .any(|attribute| passage.attributes >> attribute & 1 == 1);
    named
        && place.features.near >= 0.5
        && place.features.literal >= 0.5
        && passage.flags.iter().any(|flags| flags & flag::NEGATION != 0)
        && (passage.flags.iter().any(|flags| flags & flag::UNKNOWING != 0)
            || passage.values.is_empty() && passage.terms.len() <= SHORT_DENIAL)
}

/// Whether an answer without this word cannot be believed.
fn must_hold(question: &Question, term: &QuestionTerm, snapshot: &Snapshot, lexicon: &Lexicon) -> bool {
    match term.role {
        // "I am 41": a number of the one who asks. A year, and a number that is part of a name, are of the question.
        Role::Subject => !is_personal(question, term, snapshot),
        // "Is it online?" asks for the very word; "what does it cost?" for any way of saying it.
        Role::Attribute | Role::Topic => {
            let measured =
                question.attribute.and_then(|id| lexicon.attributes.get(id)).is_some_and(|attribute| {
                    attribute.expects.first().is_some_and(|expect| {
                        !matches!(expect, Expect::Name | Expect::Someone | Expect::List)
                    })
                });
            question.polar && lexicon.carries(&term.word) && !measured
        }
        Role::Light | Role::Frame => false,
    }
}

fn is_personal(question: &Question, term: &QuestionTerm, snapshot: &Snapshot) -> bool {
    let number = term.word.parse::<u32>().ok();
    number.is_some_and(|number| !question.years.contains(&number)) && !snapshot.names.contains(&term.term)
}

/// Whether one of the attribute's words in the question stands in the passage or above it, where that is needed.
fn says_literally(
    question: &Question,
    place: &Place<'_>,
    passage: &PassageRecord,
    lexicon: &Lexicon,
) -> bool {
    [(question.attribute, Role::Attribute), (question.topic, Role::Topic)].into_iter().all(
        |(attribute, role)| {
            let needed = attribute
                .and_then(|id| lexicon.attributes.get(id))
                .is_some_and(|attribute| attribute.literal);
            let mut words = question.terms.iter().filter(|term| term.role == role).peekable();
            // "Is it online?" is answered by "only on campus" as well.
            let instead = question.polar
                && attribute.is_some_and(|id| passage.attributes >> id & 1 == 1)
                && passage.flags.iter().any(|flags| flags & flag::EXCLUSIVE != 0);
            !needed
                || instead
                || carried_attribute(question, lexicon)
                || words.peek().is_none()
                || words.any(|term| support_of(term, passage, place.index, place.context) >= CLOSE_SUPPORT)
        },
    )
}

/// Whether the passage, or what it stands under, says which fee, score or date is asked for: "application" in "application fee".
fn says_which(question: &Question, place: &Place<'_>, passage: &PassageRecord, lexicon: &Lexicon) -> bool {
    let words: Vec<&QuestionTerm> =
        question.terms.iter().filter(|term| term.role == Role::Attribute).collect();
    let Some((_, narrowing)) = words.split_last().filter(|_| !carried_attribute(question, lexicon)) else {
        return true;
    };
    narrowing
        .iter()
        .filter(|term| lexicon.carries(&term.word) && !lexicon.words.typical.contains(&term.word))
        .all(|term| support_of(term, passage, place.index, place.context) >= LEAST_SUPPORT)
}

/// Whether the attribute was taken from the question before: its words are nobody's.
fn carried_attribute(question: &Question, lexicon: &Lexicon) -> bool {
    let label =
        question.attribute.and_then(|id| lexicon.attributes.get(id)).map(|attribute| &attribute.label);
    label.is_some_and(|label| question.carried.contains(label))
}

/// What has a cost, a length or a number of its own ("the exam costs …") is not meant unless it is asked for, and neither is the
/// pay of the best or the least paid.
fn own_figures(question: &Question, passage: &PassageRecord, lexicon: &Lexicon) -> Option<String> {
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
    let asked: Vec<u32> = terms(&question.text);
    (question.expects.first() == Some(&Expect::Money) && extreme(&passage.terms) && !extreme(&asked))
        .then(|| "it states the figure of a few".to_owned())
}

fn needs_value(question: &Question) -> bool {
    !question.expects.is_empty()
        && question
            .expects
            .iter()
            .all(|expect| !matches!(expect, Expect::Name | Expect::Someone | Expect::List))
}

/// A year that is asked for must stand in the passage, or in its surroundings where the passage names none.
fn year(
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
fn level(
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
fn other_people(
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
        // "Paralegals and legal assistants": a name without a person's ending is named all the same.
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

/// "Physical therapist assistants" are no physical therapists, and "the offices of dentists" are no dentists: a person who is named
/// only inside a longer name. What is said of people is said of them by their own name, not by a word of its family.
fn longer_name(
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
