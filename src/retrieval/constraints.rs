//! The constraints that a question puts on its answer, and which of them a passage keeps: the names and words that carry it, its
//! attribute, a value, and that nothing contradicts it (`contradictions`). What a broken constraint costs is not decided here.

use std::borrow::Cow;

use super::asked::Asked;
use super::context::BlockContext;
use super::contradictions::{
    Place, needs_value, other_code, other_level, other_place, other_thing, other_year, row_fit,
};
use super::figures::{of_other_side, of_others, own_figures, pays_most};
use super::people::{longer_name, other_people};
use super::rivals::{other_row, other_school, other_section, rival, sibling};
use super::scales::{at_no_end, at_other_rate};
use super::support::holds;
use crate::corpus::PassageKind;
use crate::index::Snapshot;
use crate::index::records::{PassageRecord, flag, has};
use crate::lexicon::Lexicon;
use crate::question::{Question, QuestionTerm, Role};
use crate::text::Term;

/// A carrying word with less support than this is missing.
const LEAST_SUPPORT: f64 = 0.6;

/// A place, a number, and a job that figures are asked of need at least this: in the passage or its headings, by the word
/// itself or a synonym.
const CLOSE_SUPPORT: f64 = 0.8;

/// The one state that a document speaks of needs this much in what the document says of itself.
const HOME_SUPPORT: f64 = 0.5;

/// "No application fee." A denial of at most this many words speaks of nothing else.
const SHORT_DENIAL: usize = 10;

/// What is left of the support of a name that is not close enough.
const BROKEN: f64 = 0.5;

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
    /// Of all, not of those at the end of a scale.
    Scale,
    /// Of the one at the end of a scale, where that is asked for.
    End,
    /// Of the school or program asked for, not of another one whose section it stands in.
    Section,
    /// Of the fee asked for: "application fee".
    Part,
    /// The state in which people earn what is asked for.
    Place,
}

impl Constraint {
    /// Whether it says of which things a figure must be, and not what must be named.
    pub fn is_of_figure(self) -> bool {
        matches!(self, Self::Figure | Self::Scale | Self::End)
    }

    /// Whether a broken one is never made up for, and too rare for the trees of confidence to know.
    pub fn is_rare(self) -> bool {
        matches!(self, Self::End | Self::Section | Self::Part | Self::Place | Self::Scale)
    }
}

/// A constraint that a candidate breaks.
#[derive(Debug, Clone, PartialEq)]
pub struct Objection {
    /// Which.
    pub constraint: Constraint,
    /// Why.
    pub why: Why,
}

/// A reason, for people.
pub type Reason = Cow<'static, str>;

/// Why a constraint is broken: told only of the few candidates that are shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// The term of the question at this index is nowhere.
    Missing(usize),
    /// In these words.
    Told(Reason),
}

impl Objection {
    /// Why, for the account of an answer to the question.
    pub fn told(&self, question: &Question) -> String {
        match &self.why {
            Why::Told(why) => why.clone().into_owned(),
            Why::Missing(index) => {
                let word = question.terms.get(*index).map(|term| term.word.as_str()).unwrap_or_default();
                format!("\"{word}\" is neither in the passage nor above it")
            }
        }
    }
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

/// Whether a term is a state and the document's own one: it speaks of no other. Its fees and rules are that state's; what people earn there
/// is told by name.
fn is_home(term: &QuestionTerm, context: &BlockContext<'_>, lexicon: &Lexicon) -> bool {
    let state = |term: Term| lexicon.states.find(&[term]).first().map(|found| found.value);
    let Some(asked) = state(term.term) else { return false };
    let mut states = context.document.identity.iter().filter_map(|term| state(*term)).peekable();
    states.peek().is_some() && states.all(|state| state == asked)
}

/// Which constraints of the question the passage keeps.
pub(super) fn kept(question: &Asked<'_>, place: &Place<'_>, snapshot: &Snapshot, lexicon: &Lexicon) -> Kept {
    let passage = place.sight.passage;
    let context = place.context;
    let mut kept = Kept { named: 1.0, words: 1.0, row: 1.0, broken: Vec::new() };
    // Of people who do a job only what is said close to their name is said of them.
    let people = question.people;
    // "No figure is published for …" answers a question for a figure, whatever its year.
    let denied = denies(question, place);
    let (mut asked, mut said) = (0.0, 0.0);
    let (mut carried, mut kept_on) = (0.0, 0.0);
    let needed = question.needed.iter().zip(&question.naming).enumerate();
    for (index, ((term, support), names)) in question
        .terms
        .iter()
        .zip(place.supports.iter().copied())
        .zip(needed)
        .filter_map(|(term, (index, (needed, names)))| needed.then_some((index, (term, *names))))
        .filter(|(_, ((term, _), _))| !(denied && term.word.bytes().all(|byte| byte.is_ascii_digit())))
    {
        let word = matches!(term.role, Role::Attribute | Role::Topic);
        let close = term.strict || word || people && term.person || question.kinds.contains(&term.term);
        // Asked only where it decides: it reads all that the document says of itself.
        let undecided = term.strict && !people && (HOME_SUPPORT..CLOSE_SUPPORT).contains(&support);
        let least = if !close {
            LEAST_SUPPORT
        } else if undecided && is_home(term, context, lexicon) {
            HOME_SUPPORT
        } else {
            CLOSE_SUPPORT
        };
        let held = if support >= least { 1.0 } else { BROKEN * support };
        let constraint = if names {
            if term.carried {
                carried += term.weight;
                kept_on += term.weight * held;
            } else {
                kept.named = kept.named.min(held);
            }
            let state = term.strict && people && !lexicon.states.find(&[term.term]).is_empty();
            if state { Constraint::Place } else { Constraint::Name }
        } else {
            asked += term.weight;
            said += term.weight * held;
            Constraint::Word
        };
        if held < 1.0 {
            kept.broken.push(Objection { constraint, why: Why::Missing(index) });
        }
    }
    // Of what was taken from the conversation a follow-up may have left a part behind.
    if carried > 0.0 {
        kept.named = kept.named.min(kept_on / carried);
    }
    if asked > 0.0 {
        kept.words = said / asked;
    }
    kept.broken.sort_by_key(|broken| broken.constraint != Constraint::Name);
    let mut object = |constraint: Constraint, why: Option<Reason>| {
        kept.broken.extend(why.map(|why| Objection { constraint, why: Why::Told(why) }));
    };
    let said_beside = question.polar
        && question.attribute.is_none_or(|id| !has(passage.key_attributes, id))
        && question
            .terms
            .iter()
            .zip(&question.needed)
            .filter(|(term, needed)| term.role == Role::Attribute && **needed)
            .any(|(term, _)| {
                let says = |other: &PassageRecord| holds(term, &|wanted| other.terms.contains(&wanted)) > 0.0;
                !says(passage) && context.block.passages.iter().any(says)
            });
    let said = |holds: bool, why: &'static str| holds.then_some(Reason::Borrowed(why));
    object(
        Constraint::Literal,
        said(said_beside, "the sentence beside it says the word that is asked about"),
    );
    let literal = says_literally(question, place, lexicon) && says_which(question, place);
    object(Constraint::Part, said(other_fee(question, place), "it names not the fee that is asked for"));
    object(Constraint::Literal, said(!literal, "it has none of the words asked for"));
    let unstated = question.attribute.is_some() && place.features.attribute < LEAST_ATTRIBUTE && !denied;
    object(Constraint::Attribute, said(unstated, "it does not state what is asked"));
    object(Constraint::Attribute, said(told_beside(question, place), "another row is what tells that"));
    let valueless = needs_value(question) && place.features.value < 0.5 && !denied;
    object(Constraint::Value, said(valueless, "it holds no such value"));
    object(Constraint::Year, other_year(question, place, snapshot));
    object(Constraint::Level, other_level(question, place, lexicon));
    object(Constraint::People, other_people(question, place, snapshot));
    let tabled = place.held.is_listed(passage);
    kept.row = if tabled { 1.0 } else { row_fit(question, passage, lexicon) };
    object(Constraint::Row, said(kept.row == 0.0, "its row is about something else"));
    object(Constraint::Row, other_code(question, context).filter(|_| !tabled));
    object(Constraint::Row, other_row(question, place, snapshot).filter(|_| !tabled));
    let thing = other_thing(question, place, snapshot, lexicon)
        .or_else(|| of_others(question, place, snapshot, lexicon));
    object(Constraint::Thing, thing);
    object(
        Constraint::Scale,
        said(pays_most(question, passage, lexicon), "it tells where pay or price is at its end"),
    );
    object(Constraint::End, at_no_end(question, place, lexicon));
    object(Constraint::Figure, own_figures(question, place, lexicon));
    object(Constraint::Figure, at_other_rate(question, place));
    object(Constraint::Figure, of_other_side(question, place, lexicon));
    let longer = longer_name(question, place, lexicon)
        .or_else(|| rival(question, place, snapshot, lexicon))
        .or_else(|| sibling(question, place, snapshot, lexicon));
    if longer.is_some() {
        kept.named = kept.named.min(BROKEN);
    }
    let section = other_school(question, place, lexicon).or_else(|| other_section(question, place));
    if section.is_some() {
        kept.named = kept.named.min(BROKEN);
    }
    object(Constraint::Name, longer);
    object(Constraint::Section, section);
    object(Constraint::Name, other_place(question, place, lexicon));
    object(Constraint::Name, said(question.at_another(passage), "it speaks of another place by its name"));
    kept
}

/// "Portfolio: ten pages, submitted online" does not tell the format, where another row of its box is "Format: …".
fn told_beside(question: &Question, place: &Place<'_>) -> bool {
    let keyed = |record: &PassageRecord| {
        record.kind == PassageKind::KeyValue
            && question.attribute.is_some_and(|id| has(record.key_attributes, id))
    };
    let passage = place.sight.passage;
    question.polar
        && passage.kind == PassageKind::KeyValue
        && !keyed(passage)
        && place.context.block.passages.iter().any(keyed)
}

/// Whether a word names something: in the folder's titles and headings, a person's work, a level, a place, a number, or by being
/// no word of English at large.
pub(super) fn is_name(term: &QuestionTerm, snapshot: &Snapshot, lexicon: &Lexicon) -> bool {
    term.modifier || term.person || snapshot.names.contains(&term.term) || !lexicon.is_english(&term.word)
}

/// Whether the passage says of the subject that what is asked for does not exist or is not known.
fn denies(question: &Question, place: &Place<'_>) -> bool {
    let passage = place.sight.passage;
    let named = [question.attribute, question.topic]
        .into_iter()
        .flatten()
        .any(|attribute| has(passage.attributes, attribute));
    named
        && place.features.near >= 0.5
        && place.features.literal >= 0.5
        && passage.flags.iter().any(|flags| flags & flag::NEGATION != 0)
        && (passage.flags.iter().any(|flags| flags & flag::UNKNOWING != 0)
            || passage.values.is_empty() && passage.terms.len() <= SHORT_DENIAL)
}

/// Whether an answer without this word cannot be believed.
pub(super) fn must_hold(
    question: &Question,
    term: &QuestionTerm,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> bool {
    match term.role {
        // "I am 41": a number of the one who asks. A year, and a number that is part of a name, are of the question.
        Role::Subject => !is_personal(question, term, snapshot),
        // "Is it online?" asks for the very word; "what does it cost?" for any way of saying it.
        Role::Attribute | Role::Topic => {
            let measured = question
                .attribute
                .and_then(|id| lexicon.attributes.get(id))
                .is_some_and(|attribute| attribute.expects.first().is_some_and(|expect| !expect.is_worded()));
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
fn says_literally(question: &Question, place: &Place<'_>, lexicon: &Lexicon) -> bool {
    let passage = place.sight.passage;
    [(question.attribute, Role::Attribute), (question.topic, Role::Topic)].into_iter().all(
        |(attribute, role)| {
            let implied = role == Role::Topic
                && attribute.is_some_and(|topic| lexicon.implies(question.attribute, topic));
            let needed = attribute
                .and_then(|id| lexicon.attributes.get(id))
                .is_some_and(|attribute| attribute.literal && !implied);
            let terms = question.terms.iter().zip(place.supports);
            let mut words = terms.filter(|(term, _)| term.role == role).peekable();
            // "Is it online?" is answered by "only on campus" as well.
            let instead = question.polar
                && attribute.is_some_and(|id| has(passage.attributes, id))
                && passage.flags.iter().any(|flags| flags & flag::EXCLUSIVE != 0);
            // "How often do I renew?" has no word that must be repeated; the thing must be spoken of all the same.
            let spoken_of = || {
                let set = passage.spoken_of() | place.context.attributes_above();
                attribute.is_some_and(|id| has(set, id))
            };
            !needed
                || instead
                || carried_attribute(question, lexicon)
                || words.peek().is_none() && (role == Role::Topic || spoken_of())
                || words.any(|(_, support)| *support >= CLOSE_SUPPORT)
        },
    )
}

/// Whether the passage, or what it stands under, says which fee, score or date is asked for: "application" in "application fee".
fn says_which(question: &Asked<'_>, place: &Place<'_>) -> bool {
    let narrowing =
        question.narrowing.iter().chain(&question.part).filter_map(|index| place.supports.get(*index));
    // That the document speaks of applications elsewhere makes no fee that of an application.
    narrowing.copied().all(|support| support >= CLOSE_SUPPORT)
}

/// Whether a fee is asked for that the passage, or what it stands under, does not name: "$350" is no application fee.
fn other_fee(question: &Asked<'_>, place: &Place<'_>) -> bool {
    let part = question.part.and_then(|index| place.supports.get(index));
    part.is_some_and(|support| *support < CLOSE_SUPPORT) && needs_value(question)
}

/// The words that say which one of an attribute is asked for, by their places among the terms: those before its last word.
pub(super) fn narrowing(question: &Question, lexicon: &Lexicon) -> Vec<usize> {
    let terms = question.terms.iter().enumerate();
    let words: Vec<_> = terms.filter(|(_, term)| term.role == Role::Attribute).collect();
    let Some((_, narrowing)) = words.split_last().filter(|_| !carried_attribute(question, lexicon)) else {
        return Vec::new();
    };
    let tells = |word: &String| lexicon.carries(word) && !lexicon.words.typical.contains(word);
    narrowing.iter().filter(|(_, term)| tells(&term.word)).map(|(index, _)| *index).collect()
}

/// Whether the attribute was taken from the question before: its words are nobody's.
fn carried_attribute(question: &Question, lexicon: &Lexicon) -> bool {
    let words = question.attribute.and_then(|id| lexicon.asked_as(id));
    words.is_some_and(|words| question.carried.iter().any(|carried| carried == words))
}
