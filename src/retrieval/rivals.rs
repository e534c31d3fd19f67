//! Names that stand for one another's place: the letters of one credential or degree where those of another are asked for. Pure
//! functions; the other contradictions are `contradictions`'.

use super::asked::Asked;
use super::constraints::Reason;
use super::contradictions::Place;
use super::support::holds;
use crate::index::Snapshot;
use crate::index::records::flag;
use crate::lexicon::Lexicon;
use crate::question::{QuestionTerm, Role};
use crate::text::{Term, stem, term_id, tokens};

/// What letters stand for, as far as letters of one sort exclude one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A title of people: "… Technician", "… Specialist".
    People,
    /// A degree of some level.
    Degree,
}

/// "The ABC exam costs $160" is not what the ABD exam costs: the letters that are asked for stand neither in the passage nor right
/// above it, and others of their sort do.
pub(super) fn rival(
    question: &Asked<'_>,
    place: &Place<'_>,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Option<Reason> {
    let passage = place.sight.passage;
    let context = place.context;
    let near = |wanted: Term| {
        place.tells_of(wanted)
            || context.headings.first().is_some_and(|heading| heading.terms.contains(&wanted))
    };
    let terms = question.terms.iter().zip(&question.sorts);
    let missing = |term: &QuestionTerm| term.role == Role::Subject && holds(term, &near) == 0.0;
    let wanted: Vec<Sort> = terms.filter_map(|(term, sort)| sort.filter(|_| missing(term))).collect();
    if wanted.is_empty() {
        return None;
    }
    std::iter::once(passage)
        .chain(place.leaned())
        .chain(place.sight.lettered.map(|(record, _)| record))
        .flat_map(|passage| passage.terms.iter().zip(&passage.flags))
        .filter(|(term, flags)| *flags & flag::ALL_CAPITALS != 0 && !question.names(**term))
        .any(|(term, _)| sort_of(*term, snapshot, lexicon).is_some_and(|sort| wanted.contains(&sort)))
        .then_some(Reason::Borrowed("it speaks of another one of its kind"))
}

/// "CGM holders earn …" below "CGM or RST?" is not what RST holders earn: a heading, or the head of the document, names both, and the
/// passage the other one.
pub(super) fn sibling(
    question: &Asked<'_>,
    place: &Place<'_>,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Option<Reason> {
    let passage = place.sight.passage;
    let context = place.context;
    let near = |wanted: Term| place.tells_of(wanted);
    let strange = |word: &str| !lexicon.is_english(word);
    let missing = question
        .subject_terms()
        .filter(|term| !term.modifier && !term.person && strange(&term.word) && holds(term, &near) == 0.0);
    for term in missing {
        let together = |terms: &[Term]| holds(term, &|wanted| terms.contains(&wanted)) > 0.0;
        let heading = context
            .headings
            .iter()
            .find(|heading| together(&heading.terms))
            .map(|heading| heading.terms.as_slice());
        let Some(both) =
            heading.or_else(|| Some(context.document.identity.as_slice()).filter(|terms| together(terms)))
        else {
            continue;
        };
        // Letters beside letters; of other names only one that a document is called by.
        let lettered = letters(question, term);
        let called =
            |name: Term| {
                lettered
                    || snapshot.catalog.documents.iter().any(|document| {
                        document.sections.first().is_some_and(|root| root.names.contains(&name))
                    })
            };
        let kind = if lettered { flag::CAPITAL | flag::ALL_CAPITALS } else { flag::PROPER };
        let mut others = passage.terms.iter().zip(&passage.flags).filter(|(other, flags)| {
            **flags & kind == kind
                && both.contains(other)
                && snapshot.names.contains(other)
                && !question.names(**other)
                && called(**other)
        });
        // Whether letters are a word of English is not among the flags; the text is read again where it matters.
        let spelled = |other: Term| {
            let text = snapshot.text(context.block.document, passage.span).unwrap_or_default();
            let mut tokens = tokens(text).into_iter();
            tokens.any(|token| {
                token.capital
                    && token.all_capitals
                    && strange(&token.word)
                    && term_id(&stem(&token.word)) == other
            })
        };
        if others.any(|(other, _)| !lettered || spelled(*other)) {
            return Some(Reason::Borrowed("it speaks of another one of its kind"));
        }
    }
    None
}

/// Whether a word was written as letters that stand for a name.
fn letters(question: &Asked<'_>, term: &QuestionTerm) -> bool {
    let mut words = question.text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| word.eq_ignore_ascii_case(&term.word) && !word.contains(char::is_lowercase))
}

/// What sort of thing letters stand for.
pub(super) fn sort_of(letters: Term, snapshot: &Snapshot, lexicon: &Lexicon) -> Option<Sort> {
    let known = snapshot.short_forms.find(&[letters]);
    let record = known.first().and_then(|found| snapshot.catalog.abbreviations.get(found.value))?;
    let opens = |found: Vec<usize>| found.first() == Some(&0);
    let words = tokens(&record.long);
    // "Certified …" and "… Technician" are people who hold a title.
    let titled = lexicon.attribute_words.find(&record.terms).into_iter().any(|found| opens(found.words));
    if titled || words.last().is_some_and(|last| lexicon.names_person(&last.word)) {
        return Some(Sort::People);
    }
    let level = lexicon.level_words.find(&record.terms).into_iter().any(|found| opens(found.words));
    level.then_some(Sort::Degree)
}
