//! The features of a candidate passage, each from 0 to 1: pure functions of a question and a passage in its context.

use super::asked::Asked;
use super::columns::chosen_cell;
use super::constraints::{Constraint, Objection, kept};
use super::context::BlockContext;
use super::contradictions::{Place, needs_value};
use super::stated::{alike, attribute, defines, literal, polar_value, value};
use super::support::{Held, Sight, holds, side_by_side};
use super::titles::Titles;
use crate::corpus::{BlockKind, PassageKind};
use crate::index::Snapshot;
use crate::index::records::{PassageRecord, flag};
use crate::lexicon::{Expect, Lexicon};
use crate::question::{Kind, Question, QuestionTerm, Role};
use crate::text::Term;

/// What ranking and confidence look at.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Features {
    /// Share of the subject's weight that the passage or its context supports.
    pub subject: f64,
    /// The weakest support of any single carrying word.
    pub weakest: f64,
    /// Share of the subject's weight in the passage itself, its lead-in, the sentence it leans on, or its heading.
    pub near: f64,
    /// Share of all words' weight in the passage itself.
    pub own: f64,
    /// Whether the text asks just that itself, and the passage is of the answer that stands below.
    pub posed: f64,
    /// BM25 score of the block over the best block's.
    pub bm25: f64,
    /// Share of the question's words, unstemmed, in the passage.
    pub exact: f64,
    /// Share of the question's neighbouring pairs that stand side by side in the passage or a heading.
    pub pairs: f64,
    /// How surely the passage states the attribute asked for; 0.5 when none is asked for.
    pub attribute: f64,
    /// How likely the passage states what the question asks for, by the words of both and examples of either.
    pub alike: f64,
    /// Whether it holds a value of the expected kind; 0.5 when any sentence may answer.
    pub value: f64,
    /// Share of the attribute's own words ("tuition", "pass rate") that the passage or its headings hold; 0.75 when
    /// the question names the attribute by none.
    pub literal: f64,
    /// How little the nearest heading names things that the question does not.
    pub heading: f64,
    /// How little the passage speaks of other attributes.
    pub focus: f64,
    /// How much of the title or nearest heading the question names: the document is about just that.
    pub about: f64,
    /// Share of the subject's weight that titles and headings above it name, or the head of its document.
    pub titled: f64,
    /// Whether it says what its subject is; for definitions.
    pub defines: f64,
    /// How early in its block it stands.
    pub early: f64,
    /// Share of the vague words that the passage or its surroundings hold.
    pub rest: f64,
    /// Whether its form fits: a whole list where one is asked for, one thing where one is.
    pub form: f64,
    /// Whether it decides a yes/no question ("may", "required", "not"); 1 for every other question.
    pub decides: f64,
    /// Support of the weakest name of the question; this and the following are the constraints: 1 kept, 0 broken.
    pub named: f64,
    /// Share of the other carrying words that are supported.
    pub words: f64,
    /// The attribute asked for is stated at all.
    pub stated: f64,
    /// A value of the expected kind is there.
    pub typed: f64,
    /// The very words asked for are there, where no others will do.
    pub said: f64,
    /// The year asked for.
    pub year: f64,
    /// The level of education asked for.
    pub level: f64,
    /// The people asked for.
    pub people: f64,
    /// The row asked for.
    pub row: f64,
    /// The thing asked for, not another that the sentence names.
    pub thing: f64,
    /// A figure of the whole, not of a part that has figures of its own.
    pub figure: f64,
    /// All of the constraints.
    pub all: f64,
}

impl Features {
    /// How many there are.
    pub const COUNT: usize = 33;

    /// Whether the passage states the attribute that is asked for.
    pub fn states(&self) -> bool {
        self.attribute >= STATES
    }

    /// All of them, in the order of the fields.
    pub fn values(&self) -> [f64; Self::COUNT] {
        [
            self.subject,
            self.weakest,
            self.near,
            self.own,
            self.posed,
            self.bm25,
            self.exact,
            self.pairs,
            self.attribute,
            self.alike,
            self.value,
            self.literal,
            self.heading,
            self.focus,
            self.about,
            self.titled,
            self.defines,
            self.early,
            self.rest,
            self.form,
            self.decides,
            self.named,
            self.words,
            self.stated,
            self.typed,
            self.said,
            self.year,
            self.level,
            self.people,
            self.row,
            self.thing,
            self.figure,
            self.all,
        ]
    }
}

/// Works out the features and which constraints are broken; `bm25` is the block's score over the best block's.
pub fn features(
    question: &Question,
    context: &BlockContext<'_>,
    index: usize,
    bm25: f64,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Option<(Features, Vec<Objection>)> {
    let asked = Asked::of(question, snapshot, lexicon);
    let held = (&Held::of(&asked, context, lexicon), &Titles::of(&asked, context));
    features_of(&asked, context, held, index, bm25, snapshot, lexicon)
}

/// The same for a question that was made ready and a block whose words were read before.
pub(super) fn features_of(
    question: &Asked<'_>,
    context: &BlockContext<'_>,
    (held, titles): (&Held, &Titles),
    index: usize,
    bm25: f64,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Option<(Features, Vec<Objection>)> {
    let passage = context.block.passages.get(index)?;
    if context.block.lead == Some(passage.span) {
        // A table's header row or a lead-in says nothing by itself.
        return None;
    }
    let leads_on = passage.flags.last().is_some_and(|flags| flags & flag::ASKING != 0);
    if leads_on && passage.kind != PassageKind::List {
        // Neither does a question, nor a line that ends in a colon.
        return None;
    }
    if context.is_head(index) || question.kind == Kind::List && context.leads_list(index, snapshot) {
        return None;
    }
    let long = passage.kind == PassageKind::List && question.kind != Kind::List;
    let limit = if needs_value(question) { LONG_LIST } else { 2 * LONG_LIST };
    if long && passage.span.1 - passage.span.0 > limit {
        // A figure in one item of a long list says nothing of what another names; the items stand for themselves.
        return None;
    }
    let sight = held.sight(context, index)?;
    let near = |wanted: Term| {
        sight.says(wanted)
            || held.lead.contains(&wanted)
            || sight.leans_on(wanted)
            || sight.goes_on_about(wanted)
    };
    // A question and its answer, a lead-in and its items, a cell and its column are read as one.
    let joined = matches!(context.block.kind, BlockKind::QuestionAnswer | BlockKind::List | BlockKind::Table);
    let own = |wanted: Term| sight.says(wanted) || joined && held.lead.contains(&wanted);
    // "Tuition: $3,860" and a whole list speak of all that they stand under.
    let paired = passage.kind == PassageKind::Row && passage.parts.len() == 2;
    let keyed = paired || matches!(passage.kind, PassageKind::KeyValue | PassageKind::List);
    // "At a glance" names nothing: what stands under it stands under the next heading that does.
    let under =
        |wanted: Term| near(wanted) || held.naming.contains(&wanted) || keyed && held.above.contains(&wanted);
    let supports = held.supports(question, &sight, index, context);
    let weighed = |role: Role| question.supported(role, &supports);
    let cell = chosen_cell(question, passage, context, snapshot);
    let rows = held.is_listed(passage);
    let value = if rows { 1.0 } else { value(question, passage, context, cell, snapshot, lexicon) };
    let mut features = Features {
        subject: share(weighed(Role::Subject).map(|(term, support)| (term.weight, support))),
        weakest: weighed(Role::Subject).map(|(_, support)| support).fold(1.0, f64::min),
        near: share(
            question
                .subject
                .iter()
                .map(|term| (term.weight, holds(term, &near).max(UNDER_HEADING * holds(term, &under)))),
        ),
        own: share(question.terms.iter().map(|term| (weight(term), holds(term, &own)))),
        posed: posed(question, held, context, lexicon),
        bm25,
        exact: share(
            question
                .terms
                .iter()
                .zip(&question.words)
                .map(|(term, word)| (weight(term), f64::from(u8::from(passage.words.contains(word))))),
        ),
        pairs: pairs(question, held, &sight),
        attribute: attribute(question, passage, context, value, lexicon),
        alike: alike(question, passage),
        value,
        literal: literal(question, passage, &supports),
        heading: titles.heading,
        focus: focus(question, passage),
        about: titles.about,
        titled: titles.titled,
        defines: if question.kind == Kind::Definition { defines(question, passage) } else { 0.0 },
        early: 1.0 / (1.0 + index as f64),
        // Vague words are not missed, but a passage that has them is nearer to what is asked.
        rest: share(
            weighed(Role::Light).filter(|(term, _)| term.known).map(|(term, support)| (term.weight, support)),
        ),
        ..Features::default()
    };
    let deciding = || passage.terms.iter().any(|term| lexicon.deciding.contains(term));
    // "Will there be work?" is decided by how much it grows.
    let measured = || polar_value(question, passage, lexicon) == 1.0 && features.states();
    features.decides =
        f64::from(u8::from(!question.polar || deciding() || question.attribute.is_some() && measured()));
    features.form = if rows { rows_form(question, &features) } else { form(question, passage, &features) };
    let place = Place { context, held, sight: &sight, features: &features, supports: &supports };
    let kept = kept(question, &place, snapshot, lexicon);
    features.named = kept.named;
    features.words = kept.words;
    features.row = kept.row;
    for (slot, constraint) in [
        (&mut features.stated, Constraint::Attribute),
        (&mut features.typed, Constraint::Value),
        (&mut features.said, Constraint::Literal),
        (&mut features.year, Constraint::Year),
        (&mut features.level, Constraint::Level),
        (&mut features.people, Constraint::People),
        (&mut features.thing, Constraint::Thing),
        (&mut features.figure, Constraint::Figure),
    ] {
        *slot = kept.holds(constraint);
    }
    features.all = f64::from(u8::from(kept.broken.is_empty()));
    Some((features, kept.broken))
}

/// A list of more bytes is no answer that a figure is looked for in.
const LONG_LIST: u32 = 300;

/// From this on a passage states the attribute that is asked for.
const STATES: f64 = 0.7;

fn form(question: &Question, passage: &PassageRecord, features: &Features) -> f64 {
    let states = question.attribute.is_some() && features.states();
    let last = passage.flags.last().copied().unwrap_or_default();
    let caption = passage.kind == PassageKind::Sentence && passage.values.is_empty();
    // "Duties." heads what follows, and so does "An applicant shall" with its list below it.
    if caption && question.kind == Kind::List && (passage.terms.len() <= 2 || last & flag::CLOSED == 0) {
        return 0.3;
    }
    match (question.kind, passage.kind) {
        (Kind::List, PassageKind::Item) if passage.heads_itself(question.attribute) => 1.0,
        (Kind::List, PassageKind::Item) => 0.0,
        (Kind::List, PassageKind::Row) => {
            if states {
                0.8
            } else {
                0.4
            }
        }
        // "Students choose a concentration." says that there are some, and not which.
        (Kind::List, PassageKind::Sentence) if states && named_only(question, last) => 0.4,
        (Kind::List, PassageKind::Sentence) if states => 0.8,
        (Kind::Definition, PassageKind::Row | PassageKind::Item) => 0.4,
        // "They held 145,900 jobs" measures them.
        (Kind::Definition, PassageKind::Sentence) if !passage.values.is_empty() => 0.7,
        // "Principles of bookkeeping" says neither yes nor no.
        (Kind::YesNo, PassageKind::Item) if passage.values.is_empty() && !states => 0.5,
        (Kind::YesNo, PassageKind::List) => 0.7,
        // "The courses join theory with practice." is not the list of them.
        (Kind::List, PassageKind::Sentence) => {
            if passage.flags.last().is_some_and(|flags| flags & flag::LISTING != 0) { 0.8 } else { 0.3 }
        }
        (Kind::Value | Kind::Count | Kind::When | Kind::Who, PassageKind::List) => 0.6,
        (Kind::Definition, PassageKind::List) => 0.75,
        // A line without a full stop and without a figure is a caption.
        (_, PassageKind::Sentence)
            if (passage.values.is_empty() || !matches!(question.kind, Kind::Value | Kind::Count))
                && passage.flags.last().is_some_and(|flags| flags & flag::CLOSED == 0) =>
        {
            0.5
        }
        _ => 1.0,
    }
}

/// How much rows that are a list together have the form of what is asked for.
fn rows_form(question: &Question, features: &Features) -> f64 {
    if question.attribute.is_some() && features.states() { 1.0 } else { 0.5 }
}

/// Whether things are asked for that a sentence must name, and it lists nothing.
fn named_only(question: &Question, last: u32) -> bool {
    question.expects.iter().all(|expect| *expect == Expect::List) && last & flag::LISTING == 0
}

/// A subject that stands in the nearest heading only counts this share.
const UNDER_HEADING: f64 = 0.85;

fn focus(question: &Question, passage: &PassageRecord) -> f64 {
    let others = (passage.attributes & !question.attributes).count_ones();
    1.0 / (1.0 + 0.5 * f64::from(others))
}

fn weight(term: &QuestionTerm) -> f64 {
    match term.role {
        Role::Subject => term.weight,
        Role::Attribute | Role::Topic => term.weight * 0.5,
        Role::Light => term.weight * 0.2,
        Role::Frame => 0.0,
    }
}

/// How much the question above an answer is the one that is asked: the share of its words that the question has, times the share of
/// the question that it has.
fn posed(question: &Asked<'_>, held: &Held, context: &BlockContext<'_>, lexicon: &Lexicon) -> f64 {
    if context.block.kind != BlockKind::QuestionAnswer || held.lead.is_empty() {
        return 0.0;
    }
    let carrying = context.block.lead_terms.iter().filter(|term| !lexicon.stop_terms.contains(term));
    let named = share(carrying.map(|term| (1.0, f64::from(u8::from(question.names(*term))))));
    let lead = |wanted: Term| held.lead.contains(&wanted);
    named * share(question.terms.iter().map(|term| (weight(term), holds(term, &lead))))
}

/// The weighted mean; 1 when there is nothing to weigh.
pub(super) fn share(parts: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (total, held) =
        parts.fold((0.0, 0.0), |(total, held), (weight, part)| (total + weight, held + weight * part));
    if total > 0.0 { held / total } else { 1.0 }
}

fn pairs(question: &Asked<'_>, held: &Held, sight: &Sight<'_>) -> f64 {
    if question.pairs.is_empty() {
        return 0.5;
    }
    let together = |pair: (Term, Term)| {
        sight.says(pair.0) && sight.says(pair.1) && side_by_side(&sight.passage.terms, pair)
    };
    let pairs = question.pairs.iter().zip(&held.paired);
    let count = pairs.filter(|(pair, above)| **above || together(**pair)).count();
    count as f64 / question.pairs.len() as f64
}
