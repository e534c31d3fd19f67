//! Which end of a scale a question asks for ("the cheapest program") and at which rate ("per credit"), and whether a passage says so.
//! Pure functions; what is concluded from figures that no text compares is no answer.

use super::asked::Asked;
use super::constraints::Reason;
use super::contradictions::Place;
use crate::lexicon::Lexicon;
use crate::text::{Term, term_id, terms, tokens};

/// The end of a scale that is asked for: "which is the cheapest", not "the fastest I can finish".
pub(super) fn superlative(question: &str, lexicon: &Lexicon) -> Option<usize> {
    let words = tokens(question);
    let lists = &lexicon.words;
    let person = |word: &String| lists.first_person.contains(word) || lists.second_person.contains(word);
    let found = lexicon.superlatives.find(&terms(question));
    let meant = |last: usize| words.get(last + 1).is_none_or(|next| !person(&next.word));
    found.iter().find(|found| found.words.last().is_some_and(|last| meant(*last))).map(|found| found.value)
}

/// The terms of the rate that is asked for, unless it is one by which most figures are told without a word.
pub(super) fn rate(question: &str, lexicon: &Lexicon) -> Option<Vec<Term>> {
    let words = tokens(question);
    let units = &lexicon.units;
    let untold = |group: &[String]| group.iter().any(|word| units.untold_rates.contains(word));
    let group = words.windows(2).find_map(|pair| {
        let [rate, unit] = pair else { return None };
        let named = units.asked_rates.contains(&rate.word);
        let mut groups = units.rate_groups.iter().filter(|_| named);
        groups.find(|group| group.contains(&unit.word) && !untold(group))
    })?;
    Some(group.iter().flat_map(|word| terms(word)).chain(group.iter().map(|word| term_id(word))).collect())
}

/// Why a passage says nothing of that end of the scale.
pub(super) fn at_no_end(question: &Asked<'_>, place: &Place<'_>, lexicon: &Lexicon) -> Option<Reason> {
    let says = lexicon.superlative_says.get(question.superlative?)?;
    let said = !says.find(&place.sight.passage.terms).is_empty()
        || !says.find(&place.context.block.lead_terms).is_empty();
    (!said).then_some(Reason::Borrowed("it does not say which one that is"))
}

/// Why a figure is not at the rate that is asked for: neither the passage nor what it stands under names it.
pub(super) fn at_other_rate(question: &Asked<'_>, place: &Place<'_>) -> Option<Reason> {
    let units = question.rate.as_ref()?;
    let names = |held: &[Term]| held.iter().any(|term| units.contains(term));
    let context = place.context;
    let named = names(&place.sight.passage.terms)
        || names(&context.block.lead_terms)
        || names(&context.caption)
        || context.headings.first().is_some_and(|heading| names(&heading.terms));
    (!named).then_some(Reason::Borrowed("it is not told at the rate that is asked for"))
}
