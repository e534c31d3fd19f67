//! Names that stand for one another's place: the letters of one credential or degree where those of another are asked for. Pure
//! functions; the other contradictions are `contradictions`'.

use super::asked::Asked;
use super::constraints::Reason;
use super::contradictions::Place;
use super::support::holds;
use crate::corpus::PassageKind;
use crate::index::Snapshot;
use crate::index::records::{PassageRecord, SectionRecord, flag};
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

/// "Rope Assistant" heads nothing that is told of Rope Technology, where another section of the document is about just that:
/// the nearest heading shares a word with it and names something else, and neither it nor the passage says the rest.
pub(super) fn other_section(question: &Asked<'_>, place: &Place<'_>) -> Option<Reason> {
    let context = place.context;
    let (nearest, above) = context.headings.split_first()?;
    let strange = || nearest.names.iter().any(|name| !question.names(*name));
    let shared = || nearest.names.iter().any(|name| question.says_subject(*name));
    // Below the title alone there are no others of a kind.
    if above.is_empty() || !strange() || !shared() {
        return None;
    }
    let subject = || question.subject.iter().copied().filter(|term| !term.modifier);
    let near = |wanted: Term| place.tells_of(wanted) || nearest.terms.contains(&wanted);
    let missing: Vec<&QuestionTerm> = subject().filter(|term| holds(term, &near) == 0.0).collect();
    if missing.is_empty() || subject().nth(1).is_none() {
        return None;
    }
    let titled = |term: &QuestionTerm| {
        above.iter().any(|heading| holds(term, &|wanted| heading.terms.contains(&wanted)) > 0.0)
    };
    let just = |names: &[Term]| {
        names.iter().all(|name| question.says_subject(*name))
            && names.iter().any(|name| nearest.names.contains(name))
            && missing.iter().all(|term| holds(term, &|wanted| names.contains(&wanted)) > 0.0)
    };
    let sections = context.document.sections.iter().skip(1);
    let own = sections.filter(|section| !section.names.is_empty()).any(|section| just(&section.names));
    (missing.iter().all(|term| titled(term)) && own)
        .then_some(Reason::Borrowed("it stands under another one of its kind"))
}

/// What stands under the heading of one school is not said of another one that has a heading in the same document, though the title names
/// both.
pub(super) fn other_school(question: &Asked<'_>, place: &Place<'_>, lexicon: &Lexicon) -> Option<Reason> {
    let context = place.context;
    let (_, own) = context.headings.split_last()?;
    let institution = |term: &Term| lexicon.institutions.contains(term);
    if !own.iter().any(|heading| heading.terms.iter().any(institution)) {
        return None;
    }
    // "Alder College": what it is called stands before the word for it.
    let called = |section: &SectionRecord| {
        let end = section.terms.iter().position(institution);
        let name = section.terms.get(..end.unwrap_or(0)).unwrap_or_default().to_vec();
        name.into_iter().filter(|term| section.names.contains(term)).collect::<Vec<Term>>()
    };
    let here: Vec<Term> = own.iter().flat_map(|heading| called(heading)).collect();
    if here.is_empty() || here.iter().any(|name| question.names(*name)) {
        return None;
    }
    let missing = question.subject_terms().filter(|term| {
        let near = |wanted: Term| {
            place.tells_of(wanted) || own.iter().any(|heading| heading.terms.contains(&wanted))
        };
        !term.modifier && holds(term, &near) == 0.0
    });
    let elsewhere = |term: &QuestionTerm| {
        let mut others = context.document.sections.iter().skip(1);
        others.any(|section| holds(term, &|wanted| called(section).contains(&wanted)) > 0.0)
    };
    missing.into_iter().any(elsewhere).then_some(Reason::Borrowed("it stands under another school"))
}

/// "Assistant rigger" is no rigger, where another row is about just that: its key names all that this one's does of what is asked about, and
/// nothing else.
pub(super) fn other_row(question: &Asked<'_>, place: &Place<'_>, snapshot: &Snapshot) -> Option<Reason> {
    /// Entries with blocks of their own that are looked at on either side.
    const NEAR: u32 = 12;
    let context = place.context;
    let passage = place.sight.passage;
    let asked: Vec<Term> = key_of(passage).filter(|term| question.names(*term)).collect();
    // "Tuition, evening" is tuition; "Level rigger" tells the level of nothing.
    let subject = |term: &Term| question.subject_terms().any(|asked| asked.term == *term);
    if passage.key_attributes != 0 && passage.kind != PassageKind::Row && !asked.iter().all(subject) {
        return None;
    }
    if asked.is_empty() || key_of(passage).nth(asked.len()).is_none() {
        return None;
    }
    let just = |record: &PassageRecord| {
        let mut key = key_of(record);
        let only = key.by_ref().take(asked.len()).filter(|term| asked.contains(term)).count();
        record.kind == passage.kind && only == asked.len() && key.next().is_none()
    };
    let mut beside = context.block.passages.iter();
    let entry = || {
        let from = context.id.saturating_sub(NEAR);
        (from..=context.id + NEAR).filter(|id| *id != context.id).filter_map(|id| snapshot.block(id)).any(
            |other| {
                (other.document, other.section) == (context.block.document, context.block.section)
                    && other.lead == context.block.lead
                    && other.passages.first().is_some_and(just)
            },
        )
    };
    let alone = context.block.passages.iter().filter(|other| other.kind == passage.kind).count() == 1;
    (beside.any(just) || alone && entry()).then_some(Reason::Borrowed("another row is about just that"))
}

/// The terms of a row's key that are no words of grammar.
fn key_of(record: &PassageRecord) -> impl Iterator<Item = Term> {
    let words = record.terms.iter().zip(&record.flags);
    words.filter(|(_, flags)| **flags & flag::KEY != 0 && **flags & flag::STOP == 0).map(|(term, _)| *term)
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
