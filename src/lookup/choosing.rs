//! Which of a name's passages state an attribute, the surest first: the engine's own ranking and judgement, with what a card
//! wants besides (a plain statement before a statement of a few).

use std::rc::Rc;

use super::fields::{Filler, with};
use super::finding::Spot;
use super::stating::{Belongs, Passage, is_keyed, keep_of, keeps, measured};
use crate::answer::compose::{Breadth, Draft, Judged, compose, judge_all};
use crate::corpus::{PassageKind, Value as Stated, ValueKind};
use crate::index::records::{PassageRecord, flag, has};
use crate::lexicon::lookup::NameKind;
use crate::lexicon::{AttributeId, Expect};
use crate::question::{Kind, Question, Role};
use crate::retrieval::{Candidate, Constraint};
use crate::text::term_id;

/// A field less sure than this is left open.
const LEAST: f64 = 0.45;
/// What stands in a passage that speaks of no one name must be surer.
const LEAST_SHARED: f64 = 0.6;
/// Statements of an attribute of which a card shows several.
const SEVERAL: usize = 3;
/// Statements of an amount of money: a median, a range, places.
const AMOUNTS: usize = 5;
/// Candidates judged for one field.
const JUDGED: usize = 40;
/// A figure is stated at least this surely: more than by its kind alone.
const LEAST_STATED: f64 = 0.6;

/// A passage that states an attribute.
pub(super) struct Chosen<'a> {
    pub candidate: Candidate<'a>,
    pub draft: Draft,
    /// Whether it states the figure of a few ("the best paid"): not by itself what is asked for.
    pub few: bool,
    /// Whether it leans on the sentence before it.
    pub leaning: bool,
}

/// In what order statements come, the first before the others.
#[derive(PartialEq, PartialOrd)]
struct Place {
    few: bool,
    foreign: bool,
    unkeyed: bool,
    not_leading: bool,
    leaning: bool,
    of_something_else: bool,
    lower: f64,
}

impl<'a> Filler<'a> {
    /// "Aides, who need no degree, earn $31,000": what people earn states nothing else of a program.
    fn tells_of_earning(&self, attribute: AttributeId, passage: &PassageRecord) -> bool {
        let about_people =
            |id: usize| self.lexicon.attributes.get(id).is_some_and(|known| known.about_people);
        let set = passage.attributes | passage.evidence;
        let people = passage.flags.iter().any(|flags| flags & flag::PERSON != 0 && flags & flag::LIGHT == 0);
        self.entry.kind == NameKind::Program
            && !about_people(attribute)
            && people
            && passage.values.iter().any(|value| value.kind == ValueKind::Money)
            && (0..self.lexicon.attributes.len()).any(|id| has(set, id) && about_people(id))
    }

    /// The best statements among the name's own passages, or among those that it shares; no two quote the same bytes.
    pub(super) fn best(&self, asked: &Question, shared: bool) -> Vec<Chosen<'a>> {
        let Some(attribute) = asked.attribute else { return Vec::new() };
        let most = match (self.states_several(attribute), self.is_money(asked)) {
            (false, _) => 1,
            (true, false) => SEVERAL,
            (true, true) => AMOUNTS,
        };
        let mut alone = asked.clone();
        alone.terms.retain(|term| term.role != Role::Subject);
        let mut candidates: Vec<(Place, bool, Candidate<'a>, Belongs)> = self
            .passages
            .iter()
            .filter(|passage| (passage.belongs == Belongs::Shared) == shared)
            .filter(|passage| {
                // What is said of all is said under a heading that names what is asked for.
                let heading = passage.context.headings.first().filter(|_| passage.context.headings.len() > 1);
                !shared || heading.is_some_and(|heading| has(heading.attributes, attribute))
            })
            .filter(|passage| self.states(attribute, asked, passage))
            .filter_map(|passage| {
                let counted = self.counting(asked, passage);
                let passage = counted.as_ref().unwrap_or(passage);
                let question = if shared { &alone } else { asked };
                let mut candidate = self.candidate(question, passage)?;
                if matches!(passage.belongs, Belongs::Own | Belongs::Alone) {
                    // Whose it is has been settled: what it states is judged by a question that leaves the name out.
                    keep_of(&mut candidate, self.candidate(&alone, passage)?);
                }
                let money = |value: &Stated| value.kind == ValueKind::Money;
                if self.is_money(asked) && !candidate.record()?.values.iter().any(money) {
                    return None;
                }
                if self.tells_of_earning(attribute, candidate.record()?) {
                    return None;
                }
                // A row of a course has credits of its own.
                let program = self.entry.kind == NameKind::Program;
                if program && measured(asked) && self.is_foreign(attribute, &candidate) {
                    return None;
                }
                let surely = !measured(asked)
                    || candidate.features.attribute >= LEAST_STATED
                    || candidate.record().is_some_and(|record| self.is_so_long(attribute, record));
                let keyed = is_keyed(&candidate, attribute);
                surely.then(|| {
                    (self.place(attribute, &candidate, asked, keyed), keyed, candidate, passage.belongs)
                })
            })
            .collect();
        candidates.sort_by(|(one, _, left, _), (other, _, right, _)| {
            let order = one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal);
            order.then_with(|| (left.context.id, left.passage).cmp(&(right.context.id, right.passage)))
        });
        let mut chosen: Vec<Chosen<'a>> = Vec::new();
        for (place, keyed, candidate, belongs) in candidates.into_iter().take(JUDGED) {
            let question = if belongs == Belongs::About { asked } else { &alone };
            let judged = judge_all(question, vec![candidate], self.snapshot, self.lexicon);
            let least = if shared { LEAST_SHARED } else { LEAST };
            let sure = |judged: &Judged<'_>| {
                let candidate = &judged.candidate;
                let bearable = keeps(candidate) || self.only_of_a_few(asked, candidate);
                bearable && judged.verdict.confidence >= least
                    || self.says_how_often(attribute, candidate)
                    || candidate.record().is_some_and(|record| self.is_so_long(attribute, record))
            };
            let Some(judged) = judged.into_iter().next().filter(sure) else { continue };
            if place.few && most < AMOUNTS {
                continue;
            }
            let list = judged.candidate.record().is_some_and(|record| record.kind == PassageKind::List);
            let mut asked = asked.clone();
            if keyed && !list {
                // A cell or the value of a key is the answer, whatever its kind.
                asked.kind = Kind::Value;
            }
            let draft =
                compose(&asked, std::slice::from_ref(&judged), Breadth::Passage, self.snapshot, self.lexicon);
            let draft = draft.filter(|draft| !chosen.iter().any(|known| overlap(&known.draft, draft)));
            chosen.extend(draft.map(|draft| {
                let leaning = judged.candidate.context.leans_on(judged.candidate.passage).is_some();
                Chosen { candidate: judged.candidate, draft, few: place.few, leaning }
            }));
            if chosen.len() >= most {
                break;
            }
        }
        // The pay in one place or trade is nothing without that of all: "In the capital they averaged …".
        let of_people =
            self.lexicon.attributes.get(attribute).is_some_and(|attribute| attribute.about_people);
        let plain = |chosen: &Chosen<'a>| {
            let block = &chosen.candidate.context.block;
            chosen.candidate.record().is_some_and(|record| {
                record.kind != PassageKind::Sentence
                    || self.entry.places.contains(&(block.document, Spot::Section(block.section)))
                    || self.leads(&chosen.candidate, record)
                    || record.terms.iter().any(|term| self.entry.core.last() == Some(term))
                    || record.terms.iter().any(|term| self.entry.letters.contains(term))
            })
        };
        if most == AMOUNTS && of_people && !chosen.iter().any(plain) {
            chosen.clear();
        }
        chosen
    }

    /// Whether a card shows several statements of an attribute.
    pub(super) fn states_several(&self, attribute: AttributeId) -> bool {
        let name = self.lexicon.attributes.get(attribute).map(|attribute| attribute.name.as_str());
        name.is_some_and(|name| self.lexicon.lookup.several.contains(name))
    }

    /// Whether an amount of money is asked for.
    pub(super) fn is_money(&self, asked: &Question) -> bool {
        asked.expects.first() == Some(&Expect::Money)
    }

    fn place(
        &self,
        attribute: AttributeId,
        candidate: &Candidate<'a>,
        asked: &Question,
        keyed: bool,
    ) -> Place {
        let several = self.states_several(attribute) && self.is_money(asked);
        let record = candidate.record();
        let leaning = || candidate.context.leans_on(candidate.passage).is_some();
        Place {
            few: record.is_some_and(|record| self.is_of_a_few(attribute, asked, record)),
            foreign: several && self.is_foreign(attribute, candidate),
            // What a key names is stated more plainly than what a sentence says.
            unkeyed: !keyed,
            not_leading: several && !record.is_some_and(|record| self.leads(candidate, record)),
            leaning: several && leaning(),
            of_something_else: measured(asked) && record.is_some_and(|record| !self.of_itself(record)),
            lower: -candidate.score,
        }
    }

    /// Whether a row's key names neither the name nor what is asked for: "Colorado" under the pay of all who do the job.
    pub(super) fn is_foreign(&self, attribute: AttributeId, candidate: &Candidate<'_>) -> bool {
        let own = self.has_row(candidate);
        candidate.record().filter(|record| record.kind == PassageKind::Row && !own).is_some_and(|record| {
            record.parts.first().is_some_and(|key| {
                let words = self.key_words(candidate, key);
                !has(key.attributes, attribute)
                    && words.iter().all(|word| !self.states_word(attribute, *word))
            })
        })
    }

    /// Whether a statement has one of the words that come first ("median", "tuition"), in itself or above its columns.
    fn leads(&self, candidate: &Candidate<'_>, record: &PassageRecord) -> bool {
        let leading: Vec<u32> = self.lexicon.lookup.leading.iter().map(|word| term_id(word)).collect();
        record.words.iter().any(|word| leading.contains(word))
            || record.parts.iter().any(|part| {
                part.label.is_some_and(|label| {
                    self.words_of(candidate.context.block.document, label)
                        .iter()
                        .any(|word| leading.contains(word))
                })
            })
    }

    /// Whether a sentence speaks of the program as a whole: it names it or something like it, or says "it".
    pub(super) fn of_itself(&self, record: &PassageRecord) -> bool {
        if self.entry.kind != NameKind::Program || record.kind != PassageKind::Sentence {
            return true;
        }
        let rules = &self.lexicon.lookup;
        let program =
            |word: &u32| rules.programs.iter().chain(&rules.learners).any(|known| term_id(known) == *word);
        let leaning = record.flags.iter().take(2).any(|flags| flags & flag::LEANING != 0);
        leaning || record.words.iter().any(program) || self.names_core(record)
    }

    fn names_core(&self, record: &PassageRecord) -> bool {
        !self.entry.core.is_empty() && self.entry.core.iter().all(|term| record.terms.contains(term))
    }

    /// Whether an amount is that of the best or the least: "the highest 10 percent earned more than …".
    fn is_of_a_few(&self, attribute: AttributeId, asked: &Question, record: &PassageRecord) -> bool {
        self.is_money(asked)
            && record.kind == PassageKind::Sentence
            && record
                .terms
                .iter()
                .any(|term| self.lexicon.extremes.contains(term) && !self.states_word(attribute, *term))
    }

    /// Whether a candidate breaks nothing but that its figure is that of a few, and of no other thing.
    fn only_of_a_few(&self, asked: &Question, candidate: &Candidate<'_>) -> bool {
        let attributes = self.lexicon.attributes.iter().enumerate();
        let others = attributes
            .filter(|(id, attribute)| attribute.own_figures && !has(asked.attributes, *id))
            .fold(0u64, |set, (id, _)| set | 1 << id);
        let of_other =
            candidate.record().is_none_or(|record| (record.attributes | record.key_attributes) & others != 0);
        !of_other && candidate.broken.iter().all(|broken| broken.constraint.is_of_figure())
    }

    /// Whether a length stands right before the word for the program: "this two-year degree".
    fn is_so_long(&self, attribute: AttributeId, record: &PassageRecord) -> bool {
        let rules = &self.lexicon.lookup;
        let name = self.lexicon.attributes.get(attribute).map(|attribute| attribute.name.as_str());
        let program = |word: &u32| rules.programs.iter().any(|known| term_id(known) == *word);
        self.entry.kind == NameKind::Program
            && name.is_some_and(|name| rules.of_whole.contains(name))
            && record.values.iter().any(|value| {
                value.kind == ValueKind::Duration && record.words.get(value.after).is_some_and(program)
            })
    }

    /// Whether a sentence names what has figures of its own and shows it, without a figure: "renewed every year".
    fn says_how_often(&self, attribute: AttributeId, candidate: &Candidate<'_>) -> bool {
        let own = self.lexicon.attributes.get(attribute).is_some_and(|attribute| attribute.own_figures);
        let stated = |set| has(set, attribute);
        own && self.entry.kind == NameKind::Certification
            && candidate.broken.iter().all(|broken| broken.constraint == Constraint::Value)
            && candidate.record().is_some_and(|record| stated(record.attributes) && stated(record.evidence))
    }

    pub(super) fn states_word(&self, attribute: AttributeId, term: u32) -> bool {
        let found = [&self.lexicon.attribute_words, &self.lexicon.attribute_evidence];
        found.into_iter().any(|phrases| phrases.at(0, &[term]).iter().any(|found| found.value == attribute))
    }

    /// For a number of people, the passage with its large numbers alone: "in the four states" counts no one.
    fn counting(&self, asked: &Question, passage: &Passage<'a>) -> Option<Passage<'a>> {
        const DIGITS: usize = 3;
        if !asked.about_people(self.lexicon) || asked.expects.first() != Some(&Expect::Count) {
            return None;
        }
        let record = passage.context.block.passages.get(passage.index)?;
        let document = passage.context.block.document;
        let large = |value: &Stated| {
            let text = self.snapshot.value_text(document, value).unwrap_or_default();
            value.kind != ValueKind::Count || text.chars().filter(char::is_ascii_digit).count() >= DIGITS
        };
        let values = record.values.iter().filter(|value| large(value)).cloned().collect();
        let alone = PassageRecord { values, ..record.clone() };
        let context = Rc::new(with(&passage.context, passage.index, alone));
        Some(Passage { context, index: passage.index, belongs: passage.belongs })
    }
}

/// Whether two answers quote the same bytes.
fn overlap(one: &Draft, other: &Draft) -> bool {
    let (one, other) = (one.citations.first(), other.citations.first());
    one.zip(other).is_some_and(|(one, other)| one.overlaps(other))
}
