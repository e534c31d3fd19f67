//! Whether a candidate may be believed: the constraints of the question that it breaks, and a confidence from its
//! features. A broken constraint is an objection that no score outweighs.

use crate::corpus::{PassageKind, ValueKind};
use crate::index::Snapshot;
use crate::index::records::{PassageRecord, flag};
use crate::lexicon::{Expect, Lexicon};
use crate::question::{Kind, Question, QuestionTerm, Role};
use crate::retrieval::{Candidate, Features, holds, names, support_of};

/// A carrying word with less support than this is missing.
const LEAST_SUPPORT: f64 = 0.5;
/// A place, a number, and a job that figures are asked of need at least this: in the passage or its headings, by the word
/// itself or a synonym.
const CLOSE_SUPPORT: f64 = 0.8;
/// An attribute stated less surely than this is not stated.
const LEAST_ATTRIBUTE: f64 = 0.45;

/// What is thought of a candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Probability, 0 to 1, that it answers the question.
    pub confidence: f64,
    /// Why it cannot, if so.
    pub objection: Option<String>,
    /// All of them.
    pub objections: Vec<Objection>,
}

/// A constraint of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constraint {
    /// A word that carries the question.
    Word,
    /// The word asked about stands in this sentence, not in one beside it.
    Beside,
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
}

/// A constraint that a candidate breaks.
#[derive(Debug, Clone, PartialEq)]
pub struct Objection {
    /// Which.
    pub constraint: Constraint,
    /// Why, for the account.
    pub why: String,
}

/// Confidence of a candidate that breaks a constraint.
const REFUSED: f64 = 0.05;

/// Judges a candidate.
pub fn judge(
    question: &Question,
    candidate: &Candidate<'_>,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Verdict {
    let objections = candidate
        .record()
        .map(|passage| objections(question, candidate, passage, snapshot, lexicon))
        .unwrap_or_default();
    let objection = objections.first().map(|objection| objection.why.clone());
    let model = if question.attribute.is_some() { &STATED } else { &OPEN };
    let confidence = confidence(model, &candidate.features);
    Verdict {
        confidence: if objection.is_some() { confidence.min(1.0) * REFUSED } else { confidence },
        objection,
        objections,
    }
}

/// The logistic model of confidence: the intercept, and a weight ≥ 0 for each feature.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    /// Log odds when every feature is 0.
    pub intercept: f64,
    /// Log odds that each feature adds.
    pub weights: Features,
}

/// For questions that name an attribute. Fitted by `registrar eval --fit`, as the ranking weights are.
pub const STATED: Model = Model {
    intercept: -6.25,
    weights: Features {
        subject: 0.00,
        weakest: 0.50,
        near: 0.32,
        own: 0.00,
        block: 0.00,
        bm25: 1.58,
        exact: 0.39,
        pairs: 0.04,
        attribute: 2.19,
        value: 0.86,
        literal: 0.92,
        heading: 0.08,
        focus: 1.10,
        about: 0.69,
        defines: 0.00,
        early: 0.00,
        rest: 0.79,
        form: 0.00,
    },
};

/// For questions that name none.
pub const OPEN: Model = Model {
    intercept: -3.55,
    weights: Features {
        subject: 0.00,
        weakest: 0.00,
        near: 0.09,
        own: 0.00,
        block: 0.37,
        bm25: 0.82,
        exact: 1.26,
        pairs: 0.00,
        attribute: 0.00,
        value: 1.79,
        literal: 0.00,
        heading: 0.72,
        focus: 0.00,
        about: 0.85,
        defines: 1.09,
        early: 0.00,
        rest: 0.89,
        form: 0.00,
    },
};

/// Probability that a passage with these features answers.
pub fn confidence(model: &Model, features: &Features) -> f64 {
    let sum: f64 =
        features.values().into_iter().zip(model.weights.values()).map(|(value, weight)| value * weight).sum();
    1.0 / (1.0 + (-(model.intercept + sum)).exp())
}

/// Every constraint of the question that the candidate breaks.
fn objections(
    question: &Question,
    candidate: &Candidate<'_>,
    passage: &PassageRecord,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Vec<Objection> {
    let context = &candidate.context;
    let mut found = Vec::new();
    let mut object = |constraint: Constraint, why: Option<String>| {
        found.extend(why.map(|why| Objection { constraint, why }));
    };
    // Of people who do a job only what is said close to their name is said of them.
    let people = question
        .attribute
        .and_then(|id| lexicon.attributes.get(id))
        .is_some_and(|attribute| attribute.about_people);
    // "No figure is published for …" answers a question for a figure, whatever its year.
    let denied = denies(question, candidate, passage);
    let missing = question
        .terms
        .iter()
        .filter(|term| must_hold(question, term, snapshot, lexicon))
        .filter(|term| !(denied && term.word.bytes().all(|byte| byte.is_ascii_digit())))
        .filter(|term| {
            let word = matches!(term.role, Role::Attribute | Role::Topic);
            let close = term.strict || word || people && term.person;
            let least = if close { CLOSE_SUPPORT } else { LEAST_SUPPORT };
            support_of(term, passage, candidate.passage, context) < least
        });
    for term in missing {
        object(Constraint::Word, Some(format!("\"{}\" is neither in the passage nor above it", term.word)));
    }
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
    object(Constraint::Beside, said(said_beside, "the sentence beside it says the word that is asked about"));
    let unstated = question.attribute.is_some() && candidate.features.attribute < LEAST_ATTRIBUTE;
    object(Constraint::Attribute, said(unstated, "it does not state what is asked"));
    let literal = says_literally(question, candidate, passage, lexicon);
    object(Constraint::Literal, said(!literal, "it has none of the words asked for"));
    let valueless = needs_value(question) && candidate.features.value < 0.5 && !denied;
    object(Constraint::Value, said(valueless, "it holds no such value"));
    object(Constraint::Year, year(question, candidate, passage, snapshot));
    object(Constraint::Level, level(question, candidate, passage, lexicon));
    object(Constraint::People, other_people(question, candidate, passage, lexicon));
    object(Constraint::Row, other_row(question, passage));
    object(Constraint::Thing, other_thing(question, candidate, passage, lexicon));
    found
}

/// A sentence that states a figure of something it names itself is no figure of what only the document is about: "Parking
/// permits cost $45" is not what the course costs.
fn other_thing(
    question: &Question,
    candidate: &Candidate<'_>,
    passage: &PassageRecord,
    lexicon: &Lexicon,
) -> Option<String> {
    let sentence = passage.kind == PassageKind::Sentence && needs_value(question);
    let named = candidate.features.near > 0.2 || candidate.context.leans_on(candidate.passage).is_some();
    if !sentence || named || question.subject_terms().next().is_none() {
        return None;
    }
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
    strange.then(|| "it speaks of another thing".to_owned())
}

/// Whether the passage says of the subject that what is asked for does not exist or is not known.
fn denies(question: &Question, candidate: &Candidate<'_>, passage: &PassageRecord) -> bool {
    let named = question.attribute.is_some_and(|attribute| passage.attributes >> attribute & 1 == 1);
    named
        && candidate.features.near >= 0.75
        && candidate.features.literal >= 0.5
        && passage.flags.iter().any(|flags| flags & flag::NEGATION != 0)
        && passage.flags.iter().any(|flags| flags & flag::UNKNOWING != 0)
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
    candidate: &Candidate<'_>,
    passage: &PassageRecord,
    lexicon: &Lexicon,
) -> bool {
    [(question.attribute, Role::Attribute), (question.topic, Role::Topic)].into_iter().all(
        |(attribute, role)| {
            let needed = attribute
                .and_then(|id| lexicon.attributes.get(id))
                .is_some_and(|attribute| attribute.literal);
            let mut words = question.terms.iter().filter(|term| term.role == role).peekable();
            !needed
                || words.peek().is_none()
                || words.any(|term| {
                    support_of(term, passage, candidate.passage, &candidate.context) >= CLOSE_SUPPORT
                })
        },
    )
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
    candidate: &Candidate<'_>,
    passage: &PassageRecord,
    snapshot: &Snapshot,
) -> Option<String> {
    let document = candidate.context.block.document;
    let lead =
        candidate.context.block.lead.and_then(|lead| snapshot.text(document, lead)).unwrap_or_default();
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
    candidate: &Candidate<'_>,
    passage: &PassageRecord,
    lexicon: &Lexicon,
) -> Option<String> {
    let wanted = question.level?;
    let name = |level: usize| lexicon.levels.get(level).map(|level| level.name.clone()).unwrap_or_default();
    // Where the level that is asked for has a section of its own, another level's section speaks of it as a condition.
    let context = &candidate.context;
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
    let lead = &candidate.context.block.lead_terms;
    let above =
        candidate.context.headings.iter().any(|heading| heading.level.map(usize::from) == Some(wanted))
            || lexicon.level_words.find(lead).iter().any(|found| found.value == wanted);
    if let Some(other) = own.first().filter(|_| passage.kind == PassageKind::Sentence && !above) {
        return Some(format!("it speaks of level {}, not {}", name(*other), name(wanted)));
    }
    let nearest = candidate.context.headings.iter().find_map(|heading| heading.level).map(usize::from)?;
    if nearest == wanted {
        return None;
    }
    Some(format!("it stands under a heading of level {}, not {}", name(nearest), name(wanted)))
}

/// What is stated of people who do one job is no answer for another job.
fn other_people(
    question: &Question,
    candidate: &Candidate<'_>,
    passage: &PassageRecord,
    lexicon: &Lexicon,
) -> Option<String> {
    let attribute = lexicon.attributes.get(question.attribute?)?;
    if !attribute.about_people {
        return None;
    }
    let leaned = candidate.context.leans_on(candidate.passage);
    let people: Vec<u32> = std::iter::once(passage)
        .chain(leaned)
        .flat_map(|passage| passage.terms.iter().zip(&passage.flags))
        .filter(|(_, flags)| *flags & flag::PERSON != 0 && *flags & (flag::LIGHT | flag::STOP) == 0)
        .map(|(term, _)| *term)
        .collect();
    let asked = people.iter().any(|person| names(question, *person)) || {
        // "Paralegals and legal assistants": a name without a person's ending is named all the same.
        let own = |wanted: u32| passage.terms.contains(&wanted);
        let mut subject = question.subject_terms().filter(|term| !term.modifier).peekable();
        subject.peek().is_some() && subject.all(|term| !term.person && holds(term, &own) > 0.0)
    };
    (!people.is_empty() && !asked && question.subject_terms().next().is_some())
        .then(|| "it speaks of other people".to_owned())
}

/// A row whose first cell names something else than the question does is another thing's row.
fn other_row(question: &Question, passage: &PassageRecord) -> Option<String> {
    let names_attribute = passage.parts.first().is_some_and(|key| key.attributes != 0);
    if passage.kind != PassageKind::Row || names_attribute || question.subject_terms().next().is_none() {
        return None;
    }
    let key: Vec<u32> = passage
        .terms
        .iter()
        .zip(&passage.flags)
        .filter(|(_, flags)| *flags & flag::KEY != 0 && *flags & (flag::STOP | flag::LIGHT) == 0)
        .map(|(term, _)| *term)
        .collect();
    let named = key.iter().filter(|key| names(question, **key)).count();
    (!key.is_empty() && named == 0 && question.kind != Kind::List)
        .then(|| "its row is about something else".to_owned())
}
