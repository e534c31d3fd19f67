//! Where a word of the question is supported: in the passage, or in what the passage stands under. A word without
//! support anywhere is what makes an answer untrustworthy.

use super::asked::{Asked, Said};
use super::context::{BlockContext, is_lettered};
use super::tabled::tabled;
use crate::corpus::{BlockKind, PassageKind};
use crate::index::records::{PassageRecord, flag};
use crate::lexicon::Lexicon;
use crate::question::{Question, QuestionTerm, Role};
use crate::text::Term;

/// In the passage itself.
pub const OWN: f64 = 1.0;
/// In a cell of a row that is about something else.
pub const CELL: f64 = 0.8;
/// In the lead-in, the question above an answer, or a table's header.
pub const LEAD: f64 = 0.95;
/// In the nearest heading.
pub const HEADING: f64 = 0.95;
/// In the sentence that the passage leans on.
pub const BEFORE: f64 = 0.9;
/// People whom the sentences before speak of, when the passage names none itself.
pub const SPOKEN_OF: f64 = 0.85;
/// In a heading further up, or in the title.
pub const TITLE: f64 = 0.9;
/// At the head of the document, where it says whose and what it is.
pub const DOCUMENT: f64 = 0.75;
/// In another row of the same box of facts: its rows are all about one thing.
pub const BOX: f64 = 0.85;
/// Elsewhere in the same block.
pub const BLOCK: f64 = 0.55;

/// What a block and its surroundings hold of a question's words, worked out once for all its passages.
pub(super) struct Held {
    /// Support by what the block stands under and by the block as a whole, one entry for each term.
    pub around: Vec<f64>,
    /// Words of the lead-in that the question wants.
    pub lead: Vec<Term>,
    /// … of the nearest heading that names something.
    pub naming: Vec<Term>,
    /// … of all headings.
    pub above: Vec<Term>,
    /// For each pair of the question's neighbours, whether they stand side by side in the lead-in or a heading.
    pub paired: Vec<bool>,
    /// For each passage the terms, by their places, that the sentences before it speak of.
    spoken: Vec<Vec<usize>>,
    /// Whether its rows are together the list that is asked for.
    tabled: bool,
    /// Words of the passages that the question wants, and where those of each passage end.
    said: Vec<Said>,
    ends: Vec<usize>,
}

impl Held {
    /// Whether a passage is a row of the list that is asked for.
    pub fn is_listed(&self, passage: &PassageRecord) -> bool {
        self.tabled && passage.kind.is_row()
    }

    /// Reads a block.
    pub fn of(asked: &Asked<'_>, context: &BlockContext<'_>, lexicon: &Lexicon) -> Self {
        let (mut said, mut ends) = (Vec::new(), Vec::with_capacity(context.block.passages.len()));
        let mut telling: Vec<Term> = Vec::new();
        let boxed = context.block.kind == BlockKind::KeyValue;
        for passage in &context.block.passages {
            let from = said.len();
            said.extend(words(passage).filter(|(term, _)| asked.wants(*term)));
            let own = said.iter().skip(from).filter(|(_, flags)| tells(passage, *flags, boxed));
            telling.extend(own.map(|(term, _)| *term));
            ends.push(said.len());
        }
        let wanted = |terms: &[Term]| -> Vec<Term> {
            terms.iter().copied().filter(|term| asked.wants(*term)).collect()
        };
        let inside: Vec<f64> = asked
            .terms
            .iter()
            .map(|term| {
                // A vague word is only looked for, wherever it stands.
                let vague = term.role == Role::Light;
                holds(term, &|wanted| {
                    telling.contains(&wanted) || vague && said.iter().any(|(held, _)| *held == wanted)
                })
            })
            .collect();
        let around =
            asked.terms.iter().zip(&inside).map(|(term, inside)| around(term, *inside, context)).collect();
        let naming = context.headings.iter().find(|heading| !heading.names.is_empty());
        let paired = |pair: &(Term, Term)| {
            side_by_side(&context.block.lead_terms, *pair)
                || context.headings.iter().any(|heading| side_by_side(&heading.terms, *pair))
        };
        Self {
            around,
            lead: wanted(&context.block.lead_terms),
            naming: naming.map(|heading| wanted(&heading.terms)).unwrap_or_default(),
            above: context.headings.iter().flat_map(|heading| wanted(&heading.terms)).collect(),
            paired: asked.pairs.iter().map(paired).collect(),
            tabled: tabled(asked, context),
            spoken: Vec::new(),
            said,
            ends,
        }
        .with_spoken(asked, context, lexicon)
    }

    /// Follows the names of schools through the sentences of a paragraph: "The program is led by …" goes on about the school that was
    /// named last.
    fn with_spoken(mut self, asked: &Asked<'_>, context: &BlockContext<'_>, lexicon: &Lexicon) -> Self {
        if context.block.kind != BlockKind::Paragraph || !asked.strange.contains(&true) {
            return self;
        }
        let mut current: Vec<usize> = Vec::new();
        for (index, passage) in context.block.passages.iter().enumerate() {
            if asked.names_other_school(passage, lexicon) {
                current.clear();
            }
            self.spoken.push(current.clone());
            let said = self.said(index);
            let named = |term: &QuestionTerm| {
                holds(term, &|wanted| {
                    said.iter().any(|(held, flags)| *held == wanted && flags & flag::CAPITAL != 0)
                }) > 0.0
            };
            let strange = asked.terms.iter().zip(&asked.strange).enumerate();
            let new: Vec<usize> =
                strange.filter(|(_, (term, strange))| **strange && named(term)).map(|(at, _)| at).collect();
            if !new.is_empty() {
                current = new;
            }
        }
        self
    }

    fn said(&self, index: usize) -> &[Said] {
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(index).copied().unwrap_or(start);
        self.said.get(start..end).unwrap_or_default()
    }

    /// A passage with those that it leans on.
    pub fn sight<'a>(&'a self, context: &'a BlockContext<'_>, index: usize) -> Option<Sight<'a>> {
        let passage = context.block.passages.get(index)?;
        let beside = |record: &'a PassageRecord| {
            let at = context.block.passages.iter().position(|other| std::ptr::eq(other, record));
            (record, at.map(|at| self.said(at)).unwrap_or_default())
        };
        Some(Sight {
            passage,
            said: self.said(index),
            before: context.leans_on(index).map(beside),
            lettered: context.lettered_before(index).map(beside),
        })
    }

    /// The support of each term for one passage.
    pub fn supports(
        &self,
        asked: &Asked<'_>,
        sight: &Sight<'_>,
        index: usize,
        context: &BlockContext<'_>,
    ) -> Vec<f64> {
        let terms = asked.terms.iter().zip(&self.around).enumerate();
        let keyed = sight.keyed();
        let spoken = |at: usize| self.spoken.get(index).is_some_and(|spoken| spoken.contains(&at));
        terms
            .map(|(at, (term, around))| {
                let around = if spoken(at) { around.max(SPOKEN_OF) } else { *around };
                own(term, sight, keyed, index, context, around)
            })
            .collect()
    }
}

/// A passage with what it leans on, each with those of its words that a question wants.
pub(super) struct Sight<'a> {
    pub passage: &'a PassageRecord,
    pub said: &'a [Said],
    /// The sentence that it leans on.
    pub before: Option<(&'a PassageRecord, &'a [Said])>,
    /// The sentence with letters that it goes on about.
    pub lettered: Option<(&'a PassageRecord, &'a [Said])>,
}

impl Sight<'_> {
    /// Whether the passage itself says a wanted term.
    pub fn says(&self, wanted: Term) -> bool {
        self.said.iter().any(|(term, _)| *term == wanted)
    }

    /// Whether the sentence that it leans on does.
    pub fn leans_on(&self, wanted: Term) -> bool {
        self.before.is_some_and(|(_, said)| said.iter().any(|(term, _)| *term == wanted))
    }

    /// Whether the letters before it are a wanted term.
    pub fn goes_on_about(&self, wanted: Term) -> bool {
        self.lettered
            .is_some_and(|(_, said)| said.iter().any(|(term, flags)| *term == wanted && is_lettered(*flags)))
    }

    /// A row is about what its key names; the other cells say something of it.
    fn keyed(&self) -> bool {
        self.passage.kind == PassageKind::Row
            && self.passage.parts.first().is_some_and(|key| key.attributes == 0)
            && self.passage.flags.iter().any(|flags| flags & flag::KEY != 0)
    }
}

/// How well the passage or its surroundings support a term, by the best place; 0 when none does.
pub fn support_of(
    term: &QuestionTerm,
    passage: &PassageRecord,
    index: usize,
    context: &BlockContext<'_>,
) -> f64 {
    let boxed = context.block.kind == BlockKind::KeyValue;
    let inside = holds(term, &|wanted| {
        context.block.passages.iter().any(|other| {
            let told = |flags: u32| term.role == Role::Light || tells(other, flags, boxed);
            words(other).any(|(held, flags)| held == wanted && told(flags))
        })
    });
    let all = |record: &PassageRecord| -> Vec<Said> { words(record).collect() };
    let said = all(passage);
    let before = context.leans_on(index).map(|record| (record, all(record)));
    let lettered = context.lettered_before(index).map(|record| (record, all(record)));
    let sight = Sight {
        passage,
        said: &said,
        before: before.as_ref().map(|(record, said)| (*record, said.as_slice())),
        lettered: lettered.as_ref().map(|(record, said)| (*record, said.as_slice())),
    };
    own(term, &sight, sight.keyed(), index, context, around(term, inside, context))
}

/// Whether a word of one row tells something of the others: in a box of facts, the name of a fact does not.
fn tells(record: &PassageRecord, flags: u32, boxed: bool) -> bool {
    !boxed || record.key_attributes == 0 || flags & flag::KEY == 0
}

fn words(record: &PassageRecord) -> impl Iterator<Item = Said> {
    record.terms.iter().copied().zip(record.flags.iter().copied())
}

/// Whether two terms stand side by side.
pub(super) fn side_by_side(terms: &[Term], pair: (Term, Term)) -> bool {
    terms.iter().zip(terms.iter().skip(1)).any(|(one, other)| (*one, *other) == pair)
}

/// Support by what does not depend on the passage: headings, lead-in, document, block.
fn around(term: &QuestionTerm, inside: f64, context: &BlockContext<'_>) -> f64 {
    // A place that one row of a box names is not that of the others.
    let boxed = context.block.kind == BlockKind::KeyValue && !term.strict;
    let place = if boxed { BOX } else { BLOCK };
    let mut best = place * inside;
    let mut consider = |place: f64, terms: &dyn Fn(Term) -> bool| {
        if place > best {
            best = best.max(place * holds(term, terms));
        }
    };
    consider(LEAD, &|wanted| context.block.lead_terms.contains(&wanted));
    if let Some(nearest) = context.headings.first() {
        consider(HEADING, &|wanted| nearest.terms.contains(&wanted));
    }
    consider(BEFORE, &|wanted| context.caption.contains(&wanted));
    consider(TITLE, &|wanted| context.headings.iter().any(|heading| heading.terms.contains(&wanted)));
    // What has a section of its own is not said of the whole document.
    consider(DOCUMENT, &|wanted| {
        context.document.identity.binary_search(&wanted).is_ok() && !context.named_elsewhere(wanted)
    });
    best
}

/// Support by the passage itself and the sentences it leans on, where that is more than what its surroundings give.
fn own(
    term: &QuestionTerm,
    sight: &Sight<'_>,
    keyed: bool,
    index: usize,
    context: &BlockContext<'_>,
    around: f64,
) -> f64 {
    let mut best = around;
    let mut consider = |place: f64, terms: &dyn Fn(Term) -> bool| {
        if place > best {
            best = best.max(place * holds(term, terms));
        }
    };
    if !sight.said.is_empty() {
        consider(OWN, &|wanted| {
            sight.said.iter().any(|(term, flags)| *term == wanted && (!keyed || flags & flag::KEY != 0))
        });
        consider(CELL, &|wanted| keyed && sight.says(wanted));
    }
    if sight.before.is_some() {
        consider(BEFORE, &|wanted| sight.leans_on(wanted));
    }
    if sight.lettered.is_some() {
        consider(SPOKEN_OF, &|wanted| sight.goes_on_about(wanted));
    }
    if term.person
        && let Some(spoken_of) = context.spoken_of(index)
    {
        consider(SPOKEN_OF, &|wanted| spoken_of.terms.contains(&wanted));
    }
    best
}

/// From here on a word is said: by itself, by what the corpus defines to be the same, or by a synonym.
pub const CLEARLY: f64 = 0.8;

/// How well a set of terms holds a question term: itself 1, an exact alternative 1, a synonym or a relative less.
pub fn holds(term: &QuestionTerm, contains: &dyn Fn(Term) -> bool) -> f64 {
    if contains(term.term) {
        return 1.0;
    }
    term.alternatives
        .iter()
        .filter(|way| !way.terms.is_empty() && way.terms.iter().all(|wanted| contains(*wanted)))
        .map(|way| way.trust)
        .fold(0.0, f64::max)
}

/// Whether a question names a term, by itself or by another way of saying it.
pub fn names(question: &Question, held: Term) -> bool {
    question.terms.iter().any(|term| holds(term, &|wanted| wanted == held) > 0.0)
}
