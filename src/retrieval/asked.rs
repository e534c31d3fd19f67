//! A question made ready for ranking: what is worked out once for all the passages that are compared with it.

use std::ops::Deref;

use super::constraints::{is_name, must_hold, narrowing};
use super::contradictions::{codes, school_years};
use super::figures::{one_side, sides};
use super::people::kinds_of_people;
use super::rivals::{Sort, sort_of};
use super::scales::{rate, superlative};
use super::support::holds;
use crate::index::Snapshot;
use crate::index::records::{AttributeSet, PassageRecord, flag};
use crate::lexicon::{Attribute, Expect, Lexicon};
use crate::question::{Question, QuestionTerm, Role};
use crate::text::{Term, term_id, terms};

/// A word of a text, with its flags.
pub(super) type Said = (Term, u32);

/// A question, with what its constraints ask of every passage alike.
pub(super) struct Asked<'q> {
    question: &'q Question,
    /// Terms of its words and of all other ways of saying them: no other word of a text can support it.
    wanted: TermSet,
    /// Those of them that say a word of the question by themselves.
    named: TermSet,
    /// The terms that carry it, and each two of them that are neighbours.
    pub subject: Vec<&'q QuestionTerm>,
    pub pairs: Vec<(Term, Term)>,
    /// The words as they were typed, mended; one for each term.
    pub words: Vec<Term>,
    /// The stems, one for each term.
    pub stems: Vec<Term>,
    /// For each term, whether an answer without it cannot be believed.
    pub needed: Vec<bool>,
    /// For each term, whether it names something.
    pub naming: Vec<bool>,
    /// Words that say which people are meant.
    pub kinds: Vec<Term>,
    /// Words that say which one of the attribute is asked for, by their places among the terms.
    pub narrowing: Vec<usize>,
    /// For each term, what sort of thing it stands for as letters.
    pub sorts: Vec<Option<Sort>>,
    /// For each term, whether it is a name that is no word of English: of a school, of a place.
    pub strange: Vec<bool>,
    /// The word that says which fee is asked for ("application" in "application fee"), by its place among the terms.
    pub part: Option<usize>,
    /// The first years of the school years that it names ("2025-26"), and the letters and numbers of courses.
    pub school_years: Vec<u32>,
    /// See [`Asked::school_years`].
    pub codes: Vec<(&'q str, &'q str)>,
    /// The states that it names.
    pub states: Vec<usize>,
    /// Which end of which scale it asks for, as indexed by [`Lexicon::superlative_says`].
    pub superlative: Option<usize>,
    /// The sides of opposites that it names ("out of state", "spring"), one of each.
    pub sides: Vec<(usize, usize)>,
    /// Terms of the units of the rate that it asks for ("per credit").
    pub rate: Option<Vec<Term>>,
    at: Term,
    /// Whether what is asked for is stated of people who do a job.
    pub people: bool,
    /// Other attributes that an amount of money answers first.
    pub priced: AttributeSet,
    /// Other attributes that a figure of the same kind answers first.
    pub same_figures: AttributeSet,
    /// Other attributes that a figure of another kind answers first.
    pub other_figures: AttributeSet,
    /// Attributes that are things with figures of their own.
    pub own_figures: AttributeSet,
}

impl Deref for Asked<'_> {
    type Target = Question;

    fn deref(&self) -> &Question {
        self.question
    }
}

impl<'q> Asked<'q> {
    /// Makes a question ready.
    pub fn of(question: &'q Question, snapshot: &Snapshot, lexicon: &Lexicon) -> Self {
        let ways = || question.terms.iter().flat_map(|term| &term.alternatives);
        let own = || question.terms.iter().map(|term| term.term);
        // Another way that is one word, or the same one again, says it by that word alone.
        let alone = ways().filter(|way| way.trust > 0.0).filter_map(|way| {
            let (first, rest) = way.terms.split_first()?;
            rest.iter().all(|other| other == first).then_some(*first)
        });
        let others = |fits: &dyn Fn(&Attribute) -> bool| {
            let attributes = lexicon.attributes.iter().enumerate();
            let others = attributes.filter(|(id, other)| Some(*id) != question.attribute && fits(other));
            others.fold(0, |set: AttributeSet, (id, _)| set | 1 << id)
        };
        let first = question.expects.first();
        let figure = |other: &Attribute| other.expects.first().is_some_and(|expect| expect.is_measure());
        let subject: Vec<&QuestionTerm> = question.subject_terms().collect();
        let people = question.about_people(lexicon);
        let stems: Vec<Term> = own().collect();
        let of_each = |fits: &dyn Fn(&QuestionTerm) -> bool| question.terms.iter().map(fits).collect();
        Self {
            question,
            wanted: TermSet::of(own().chain(ways().flat_map(|way| way.terms.iter().copied()))),
            named: TermSet::of(own().chain(alone)),
            pairs: subject
                .iter()
                .zip(subject.iter().skip(1))
                .map(|(one, next)| (one.term, next.term))
                .collect(),
            subject,
            words: question.terms.iter().map(|term| term_id(&term.word)).collect(),
            needed: of_each(&|term| must_hold(question, term, snapshot, lexicon)),
            naming: of_each(&|term| is_name(term, snapshot, lexicon)),
            narrowing: narrowing(question, lexicon),
            part: question.terms.windows(2).position(|pair| match pair {
                [part, fee] => {
                    lexicon.partial_fees.contains(&part.term) && lexicon.fee_words.contains(&fee.term)
                }
                _ => false,
            }),
            strange: of_each(&|term| {
                term.role == Role::Subject
                    && !term.person
                    && !term.modifier
                    && !lexicon.is_english(&term.word)
            }),
            school_years: school_years(&question.text),
            sides: one_side(&sides(&terms(&question.text), lexicon)),
            codes: codes(question),
            at: term_id("at"),
            superlative: superlative(&question.text, lexicon),
            rate: rate(&question.text, lexicon),
            states: lexicon.states.find(&stems).into_iter().map(|found| found.value).collect(),
            stems,
            sorts: own().map(|term| sort_of(term, snapshot, lexicon)).collect(),
            kinds: if people { kinds_of_people(question) } else { Vec::new() },
            people,
            priced: others(&|other| other.expects.first() == Some(&Expect::Money)),
            same_figures: others(&|other| figure(other) && other.expects.first() == first),
            other_figures: others(&|other| figure(other) && other.expects.first() != first),
            own_figures: lexicon
                .attributes
                .iter()
                .enumerate()
                .filter(|(_, attribute)| attribute.own_figures)
                .fold(0, |set, (id, _)| set | 1 << id),
        }
    }

    /// Whether a term names a word of the question, by itself or by another way of saying it.
    pub fn names(&self, held: Term) -> bool {
        self.named.contains(held)
    }

    /// Whether a term says a word of the subject by itself, or a part of what letters stand for.
    pub fn says_subject(&self, held: Term) -> bool {
        let spelled = |term: &QuestionTerm| {
            term.alternatives.iter().any(|way| way.trust >= 1.0 && way.terms.contains(&held))
        };
        self.subject.iter().any(|term| spelled(term))
            || self.names(held) && self.subject.iter().any(|term| holds(term, &|wanted| wanted == held) > 0.0)
    }

    /// Whether a passage names a school or its like, of which the question says nothing: "Alder State University", "at Alder".
    pub fn names_other_school(&self, passage: &PassageRecord, lexicon: &Lexicon) -> bool {
        let words = || passage.terms.iter().zip(&passage.flags);
        let capital = |flags: u32| flags & flag::CAPITAL != 0 && flags & flag::STOP == 0;
        words().zip(words().skip(1)).any(|((one, first), (other, second))| {
            let school = capital(*first) && capital(*second) && lexicon.institutions.contains(other);
            let at = *one == self.at && second & flag::PROPER != 0;
            school && !self.names(*one) || at && !self.names(*other)
        })
    }

    /// Whether a passage speaks of what is done "at" a place by a name that is no word of English, and the question names another one.
    pub fn at_another(&self, passage: &PassageRecord) -> bool {
        let words = || passage.terms.iter().zip(&passage.flags);
        let named = |flags: u32| flags & flag::PROPER != 0 && flags & flag::ALL_CAPITALS == 0;
        let elsewhere = |(one, (other, flags)): (&Term, (&Term, &u32))| {
            *one == self.at && named(*flags) && !self.names(*other)
        };
        let here = || {
            let strange = self.terms.iter().zip(&self.strange).filter(|(_, strange)| **strange);
            strange
                .map(|(term, _)| term)
                .any(|term| holds(term, &|wanted| passage.terms.contains(&wanted)) > 0.0)
        };
        self.strange.contains(&true) && passage.terms.iter().zip(words().skip(1)).any(elsewhere) && !here()
    }

    /// Whether a term can support a word of the question, alone or with others.
    pub fn wants(&self, held: Term) -> bool {
        self.wanted.contains(held)
    }

    /// The question's terms that have a role, each with its support.
    pub fn supported<'s>(
        &'s self,
        role: Role,
        supports: &'s [f64],
    ) -> impl Iterator<Item = (&'s QuestionTerm, f64)> + 's {
        let terms = self.question.terms.iter().zip(supports);
        terms.filter(move |(term, _)| term.role == role).map(|(term, support)| (term, *support))
    }
}

/// A few terms; that most others are not among them is told by one bit.
struct TermSet {
    bits: [u64; 4],
    sorted: Vec<Term>,
}

impl TermSet {
    fn of(terms: impl Iterator<Item = Term>) -> Self {
        let mut sorted: Vec<Term> = terms.collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut bits = [0; 4];
        for term in &sorted {
            let (slot, bit) = Self::bit(*term);
            if let Some(slot) = bits.get_mut(slot) {
                *slot |= bit;
            }
        }
        Self { bits, sorted }
    }

    fn bit(term: Term) -> (usize, u64) {
        ((term >> 6 & 3) as usize, 1 << (term & 63))
    }

    fn contains(&self, term: Term) -> bool {
        let (slot, bit) = Self::bit(term);
        self.bits.get(slot).is_some_and(|slot| slot & bit != 0) && self.sorted.binary_search(&term).is_ok()
    }
}
