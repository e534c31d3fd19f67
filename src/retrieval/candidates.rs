//! Finds the blocks that may answer, takes every passage in them as a candidate, and ranks them.

use std::rc::Rc;

use super::asked::Asked;
use super::constraints::{Constraint, Objection, Why};
use super::context::BlockContext;
use super::features::{Features, features_of};
use super::score::score;
use super::support::Held;
use super::titles::Titles;
use crate::corpus::{PassageKind, Value, ValueKind};
use crate::index::records::PassageRecord;
use crate::index::{BlockQuery, Hit, Snapshot};
use crate::lexicon::{Expect, Lexicon};
use crate::question::{Question, Role};
use crate::text::Term;

/// Blocks looked at for the question's words.
const BLOCKS: usize = 30;
/// Blocks looked at that name the attribute and a word of the subject.
const ATTRIBUTE_BLOCKS: usize = 30;

/// Another way of saying a word that counts this much means the same.
const SURE: f64 = 0.8;

/// A passage that may answer.
#[derive(Clone)]
pub struct Candidate<'a> {
    /// Its block in context.
    pub context: Rc<BlockContext<'a>>,
    /// Its index in the block.
    pub passage: usize,
    /// Its features.
    pub features: Features,
    /// The constraints of the question that it breaks, the gravest first.
    pub broken: Vec<Objection>,
    /// Its ranking score.
    pub score: f64,
}

impl Candidate<'_> {
    /// The passage's record.
    pub fn record(&self) -> Option<&PassageRecord> {
        self.context.block.passages.get(self.passage)
    }

    /// Whether a term stands in the passage, its lead-in or a heading above it.
    pub fn says_here(&self, wanted: Term) -> bool {
        self.record().is_some_and(|passage| passage.terms.contains(&wanted))
            || self.context.block.lead_terms.contains(&wanted)
            || self.context.headings.iter().any(|heading| heading.terms.contains(&wanted))
    }
}

/// The candidates, best first; equal ones in reading order.
pub fn retrieve<'a>(question: &Question, snapshot: &'a Snapshot, lexicon: &Lexicon) -> Vec<Candidate<'a>> {
    let asked = Asked::of(question, snapshot, lexicon);
    let hits = hits(question, snapshot, lexicon);
    let best = hits.iter().map(|hit| hit.score).fold(f32::MIN_POSITIVE, f32::max);
    let mut candidates = Vec::new();
    for hit in hits {
        let Some(context) = BlockContext::read(snapshot, hit.block).map(Rc::new) else { continue };
        let held = Held::of(&asked, &context, lexicon);
        let titles = Titles::of(&asked, &context);
        let bm25 = f64::from(hit.score / best);
        for index in 0..context.block.passages.len() {
            let Some((features, broken)) =
                features_of(&asked, &context, (&held, &titles), index, bm25, snapshot, lexicon)
            else {
                continue;
            };
            let score = score(&features);
            candidates.push(Candidate {
                context: Rc::clone(&context),
                passage: index,
                features,
                broken,
                score,
            });
        }
    }
    outdated(question, &mut candidates, snapshot);
    best_first(candidates)
}

/// The candidates in the order of their score, equal ones in reading order. Each has hundreds of bytes of features, so that what is
/// sorted is a list of their places.
fn best_first(candidates: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let rank = |candidate: &Candidate<'_>| (candidate.score, candidate.context.id, candidate.passage);
    let mut order: Vec<((f64, u32, usize), usize)> = candidates.iter().map(rank).zip(0..).collect();
    order.sort_unstable_by(|((one, one_id, one_passage), _), ((other, other_id, other_passage), _)| {
        other.total_cmp(one).then_with(|| (one_id, one_passage).cmp(&(other_id, other_passage)))
    });
    let mut candidates: Vec<Option<Candidate<'_>>> = candidates.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, at)| candidates.get_mut(at)?.take()).collect()
}

/// A figure that is at least this many years older than another one of its document is out of date.
const OUTDATED: u32 = 3;

/// A row that states what is asked at least this surely is one of a list of years.
const LISTED: f64 = 0.45;

/// Marks amounts of money of an earlier year, where the same document states one of a later year and none is asked for.
fn outdated(question: &Question, candidates: &mut [Candidate<'_>], snapshot: &Snapshot) {
    if question.expects.first() != Some(&Expect::Money) || !question.years.is_empty() {
        return;
    }
    let latest = |candidate: &Candidate<'_>| {
        let document = candidate.context.block.document;
        let year = |value: &Value| snapshot.value_text(document, value)?.parse::<u32>().ok();
        // "2022: $54,620" needs no word for what it is in a list of years.
        let keyed = |record: &&PassageRecord| {
            record.kind != PassageKind::Sentence && candidate.features.attribute >= LISTED
        };
        let values =
            &candidate.record().filter(|record| candidate.features.states() || keyed(record))?.values;
        let year = values.iter().filter(|value| value.kind == ValueKind::Year).filter_map(year).max()?;
        Some((document, year))
    };
    let years: Vec<Option<(u32, u32)>> = candidates.iter().map(latest).collect();
    for (candidate, own) in candidates.iter_mut().zip(&years) {
        let Some((document, year)) = own else { continue };
        let later =
            years.iter().flatten().any(|(other, later)| other == document && *later >= year + OUTDATED);
        if later {
            candidate.features.year = 0.0;
            let why = format!("a later figure than that of {year} is stated");
            candidate.broken.push(Objection { constraint: Constraint::Year, why: Why::Told(why.into()) });
            candidate.score = score(&candidate.features);
        }
    }
}

fn hits(question: &Question, snapshot: &Snapshot, lexicon: &Lexicon) -> Vec<Hit> {
    let mut stems: Vec<String> = Vec::new();
    let mut required: Vec<String> = Vec::new();
    for term in &question.terms {
        let mut add = |stem: &String| {
            if !stems.contains(stem) {
                stems.push(stem.clone());
            }
            if term.role == Role::Subject && !required.contains(stem) {
                required.push(stem.clone());
            }
        };
        add(&term.stem);
        // A vague word is looked for by what means the same, not by what only stands near it.
        let ways = term.alternatives.iter().filter(|way| term.role != Role::Light || way.trust >= SURE);
        ways.flat_map(|way| &way.stems).filter(|stem| !lexicon.words.stop.contains(*stem)).for_each(&mut add);
    }
    let attributes: Vec<_> = question.attribute.into_iter().chain(question.topic).collect();
    let query = BlockQuery { stems, attributes: attributes.clone(), required: Vec::new() };
    let mut hits = snapshot.search(&query, BLOCKS);
    if !attributes.is_empty() && !required.is_empty() {
        // Blocks that name the attribute under a heading of the subject may rank low by their words alone.
        let stated = BlockQuery { attributes, stems: required.clone(), required };
        for hit in snapshot.search(&stated, ATTRIBUTE_BLOCKS) {
            if !hits.iter().any(|known| known.block == hit.block) {
                hits.push(hit);
            }
        }
    }
    hits
}
