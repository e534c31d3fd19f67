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
use crate::text::{Term, tokens};

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
        place.says(wanted) || context.headings.first().is_some_and(|heading| heading.terms.contains(&wanted))
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
