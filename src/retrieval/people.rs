//! Whether a passage tells of the people that are asked about, and not of others whose name only holds theirs. Each gives its reason;
//! pure functions.

use super::asked::Asked;
use super::constraints::Reason;
use super::contradictions::{FAMILY, Place};
use super::support::holds;
use crate::index::Snapshot;
use crate::index::records::{PassageRecord, flag};
use crate::lexicon::Lexicon;
use crate::question::{Question, QuestionTerm, Role};
use crate::text::Term;

/// What is stated of people who do one job is no answer for another job.
pub(super) fn other_people(question: &Asked<'_>, place: &Place<'_>, snapshot: &Snapshot) -> Option<Reason> {
    let passage = place.sight.passage;
    if !question.people {
        return None;
    }
    let named = |passage: &PassageRecord| -> Vec<u32> {
        let words = passage.terms.iter().zip(&passage.flags);
        words
            .filter(|(_, flags)| *flags & flag::PERSON != 0 && *flags & (flag::LIGHT | flag::STOP) == 0)
            .map(|(term, _)| *term)
            .collect()
    };
    // Who is named by the sentence itself is meant, whoever was named before.
    let leaned = place.leaned();
    let own = named(passage);
    let people = if own.is_empty() { leaned.map(named).unwrap_or_default() } else { own };
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
    (other_kind(question, place, snapshot) || special_kind(question, place, snapshot))
        .then_some(Reason::Borrowed("it speaks of others who are called so"))
}

/// "Journeyman riggers earn …" says nothing of master riggers: the word for what they do stands behind a name of the
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

/// "Tax clerks earn …" says nothing of clerks at large, where the folder has a page on those: each time they are named
/// with a word that was not asked for and with which they have a name of their own.
fn special_kind(question: &Asked<'_>, place: &Place<'_>, snapshot: &Snapshot) -> bool {
    let passage = place.sight.passage;
    let Some(head) = question.subject_terms().filter(|term| term.person).last() else { return false };
    let named = |term: Term| holds(head, &|wanted| wanted == term) > 0.0;
    let mut special: Option<Term> = None;
    for (index, term) in passage.terms.iter().enumerate().filter(|(_, term)| named(**term)) {
        let before = index
            .checked_sub(1)
            .and_then(|before| Some((*passage.terms.get(before)?, *passage.flags.get(before)?)));
        let kind = before.filter(|(kind, flags)| {
            flags & (flag::STOP | flag::LIGHT) == 0
                && snapshot.name_pairs.contains(&(*kind, *term))
                && !question.names(*kind)
        });
        match kind {
            Some((kind, _)) => special = Some(kind),
            None => return false,
        }
    }
    let plain = |kind: Term| {
        snapshot
            .catalog
            .documents
            .iter()
            .filter_map(|document| document.sections.first())
            .any(|root| root.names.iter().any(|name| named(*name)) && !root.names.contains(&kind))
    };
    special.is_some_and(plain)
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
            // "The Labor Office, riggers …" is no office of theirs.
            let of = || said.flags.get(index - 1).is_some_and(|flags| flags & flag::STOP != 0);
            let inside = index >= 2 && offices(said.terms.get(index - 2)) && of();
            if by_name(*term) && !goes_on && !inside {
                return None;
            }
        }
    }
    named.then_some(Reason::Borrowed("it names them only inside a longer name"))
}

/// "Master painters": what stands before the word for people says which of them are meant.
pub(super) fn kinds_of_people(question: &Question) -> Vec<Term> {
    let kind = |pair: &&[QuestionTerm]| matches!(pair, [kind, person] if person.person && kind.role == Role::Subject);
    question.terms.windows(2).filter(kind).filter_map(|pair| pair.first()).map(|kind| kind.term).collect()
}
