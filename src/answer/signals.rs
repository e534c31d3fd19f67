//! What confidence looks at: the features of a candidate, how far it is ahead of the others, and what sort of question was asked. It gives
//! numbers and their names; what they are worth is told by the trees of [`super::judge`].

use super::judge::Lead;
use crate::corpus::PassageKind;
use crate::question::{Kind, Question};
use crate::retrieval::{Candidate, Constraint, Features, NAMES, support_of};
use crate::text::tokens;

/// The signals, in the order of [`names`].
pub type Signals = [f64; COUNT];

/// How many there are.
pub const COUNT: usize = Features::COUNT + LEAD.len() + AGAINST.len() + ASKED.len() + KINDS.len();

/// How far it is ahead ([`Lead`]), and its score.
const LEAD: [&str; 6] = ["ahead", "apart", "points ahead", "crowd", "agreeing", "score"];

/// What speaks against it ([`against`]).
const AGAINST: [&str; 3] = ["cannot be", "sorts of objection", "guess"];

/// Of the question: the mean support of its words, how many words it has, how many were taken from before, whether it names an attribute.
const ASKED: [&str; 4] = ["words supported", "words asked", "words from before", "attribute asked"];

/// Whether it is of this kind: 1 or 0.
const KINDS: [Kind; 8] =
    [Kind::Value, Kind::List, Kind::YesNo, Kind::Definition, Kind::When, Kind::Count, Kind::Who, Kind::Fact];

/// What the signals are called, in the file of the trees and in an explanation.
pub fn names() -> [&'static str; COUNT] {
    let mut names = [""; COUNT];
    let all = NAMES.into_iter().chain(LEAD).chain(AGAINST).chain(ASKED).chain(KINDS.map(Kind::name));
    names.iter_mut().zip(all).for_each(|(slot, name)| *slot = name);
    names
}

/// The signals of a candidate.
pub fn signals(question: &Question, candidate: &Candidate<'_>, lead: Lead) -> Signals {
    let supports = candidate.record().into_iter().flat_map(|passage| {
        let support = |term| support_of(term, passage, candidate.passage, &candidate.context);
        question.terms.iter().map(support)
    });
    let asked = [
        if question.terms.is_empty() { 1.0 } else { supports.sum::<f64>() / question.terms.len() as f64 },
        tokens(&question.text).len() as f64,
        question.terms.iter().filter(|term| term.carried).count() as f64,
        f64::from(u8::from(question.attribute.is_some())),
    ];
    let lead = [lead.ahead, lead.apart, lead.points, lead.crowd, lead.agreeing, candidate.score];
    let kinds = KINDS.map(|kind| f64::from(u8::from(question.kind == kind)));
    let mut signals = [0.0; COUNT];
    let against = against(question, candidate);
    let all = candidate.features.values().into_iter().chain(lead).chain(against).chain(asked).chain(kinds);
    signals.iter_mut().zip(all).for_each(|(slot, value)| *slot = value);
    signals
}

/// Whether a candidate breaks a constraint that nothing makes up for, constraints of how many kinds it breaks, and whether it would be a
/// guess.
fn against(question: &Question, candidate: &Candidate<'_>) -> [f64; 3] {
    // A name that is not there, or other people, is never made up for; neither is what was done, when it is asked who did it.
    let acts = question.attribute.is_none() && matches!(question.kind, Kind::Who | Kind::When);
    // A row says by its key which end of a scale it is.
    let sentence = candidate.record().is_some_and(|record| record.kind == PassageKind::Sentence);
    let cannot = candidate.broken.iter().any(|broken| match broken.constraint {
        Constraint::Name | Constraint::People => true,
        Constraint::Scale => sentence,
        Constraint::Word => acts,
        _ => false,
    });
    let mut kinds: Vec<Constraint> = Vec::new();
    for broken in &candidate.broken {
        if !kinds.contains(&broken.constraint) {
            kinds.push(broken.constraint);
        }
    }
    // A yes or no that no word decides, on something that no attribute names.
    let guess =
        question.kind == Kind::YesNo && question.attribute.is_none() && candidate.features.decides == 0.0;
    [f64::from(u8::from(cannot)), kinds.len() as f64, f64::from(u8::from(guess))]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{COUNT, names};

    #[test]
    fn every_signal_has_a_name_of_its_own() {
        let names: BTreeSet<&str> = names().into_iter().filter(|name| !name.is_empty()).collect();
        assert_eq!(names.len(), COUNT);
    }
}
