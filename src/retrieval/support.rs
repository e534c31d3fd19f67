//! Where a word of the question is supported: in the passage, or in what the passage stands under. A word without
//! support anywhere is what makes an answer untrustworthy.

use super::context::{BlockContext, holds_letters};
use crate::corpus::{BlockKind, PassageKind};
use crate::index::records::{PassageRecord, flag};
use crate::question::{Question, QuestionTerm};
use crate::text::{Term, term_id};

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

/// What a block and its surroundings hold of a question's words, one entry for each term: worked out once for all its passages.
pub struct Held {
    /// Support by what the block stands under and by the block as a whole.
    pub around: Vec<f64>,
    /// How well the block's passages hold the term.
    pub inside: Vec<f64>,
    /// The term's word as it was typed, mended.
    pub words: Vec<Term>,
}

impl Held {
    /// Reads a block.
    pub fn of(question: &Question, context: &BlockContext<'_>) -> Self {
        let inside: Vec<f64> = question.terms.iter().map(|term| in_block(term, context)).collect();
        let around =
            question.terms.iter().zip(&inside).map(|(term, inside)| around(term, *inside, context)).collect();
        let words = question.terms.iter().map(|term| term_id(&term.word)).collect();
        Self { around, inside, words }
    }

    /// The support of each term for one passage.
    pub fn supports(
        &self,
        question: &Question,
        passage: &PassageRecord,
        index: usize,
        context: &BlockContext<'_>,
    ) -> Vec<f64> {
        let terms = question.terms.iter().zip(&self.around);
        terms.map(|(term, around)| own(term, passage, index, context, *around)).collect()
    }
}

/// How well the passage or its surroundings support a term, by the best place; 0 when none does.
pub fn support_of(
    term: &QuestionTerm,
    passage: &PassageRecord,
    index: usize,
    context: &BlockContext<'_>,
) -> f64 {
    own(term, passage, index, context, around(term, in_block(term, context), context))
}

fn in_block(term: &QuestionTerm, context: &BlockContext<'_>) -> f64 {
    holds(term, &|wanted| context.block.passages.iter().any(|other| other.terms.contains(&wanted)))
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
    passage: &PassageRecord,
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
    // A row is about what its key names; the other cells say something of it.
    let keyed = passage.kind == PassageKind::Row
        && passage.parts.first().is_some_and(|key| key.attributes == 0)
        && passage.flags.iter().any(|flags| flags & flag::KEY != 0);
    consider(OWN, &|wanted| {
        let own = |(term, flags): (&Term, &u32)| *term == wanted && (!keyed || flags & flag::KEY != 0);
        passage.terms.iter().zip(&passage.flags).any(own)
    });
    consider(CELL, &|wanted| keyed && passage.terms.contains(&wanted));
    if let Some(before) = context.leans_on(index) {
        consider(BEFORE, &|wanted| before.terms.contains(&wanted));
    }
    // The sentence is looked for only where it can say more than what was found.
    consider(SPOKEN_OF, &|wanted| {
        context.lettered_before(index).is_some_and(|before| holds_letters(before, wanted))
    });
    if term.person
        && let Some(spoken_of) = context.spoken_of(index)
    {
        consider(SPOKEN_OF, &|wanted| spoken_of.terms.contains(&wanted));
    }
    best
}

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
