//! Finds the blocks that may answer, takes every passage in them as a candidate, and ranks them.

use std::rc::Rc;

use super::constraints::Objection;
use super::context::BlockContext;
use super::features::{Features, features};
use super::score::score;
use crate::index::records::PassageRecord;
use crate::index::{BlockQuery, Hit, Snapshot};
use crate::lexicon::Lexicon;
use crate::question::{Question, Role};

/// Blocks looked at for the question's words.
const BLOCKS: usize = 30;
/// Blocks looked at that name the attribute and a word of the subject.
const ATTRIBUTE_BLOCKS: usize = 30;

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
    /// The parts of the score, the largest first.
    pub parts: Vec<(&'static str, f64)>,
}

impl Candidate<'_> {
    /// The passage's record.
    pub fn record(&self) -> Option<&PassageRecord> {
        self.context.block.passages.get(self.passage)
    }
}

/// The candidates, best first; equal ones in reading order.
pub fn retrieve<'a>(question: &Question, snapshot: &'a Snapshot, lexicon: &Lexicon) -> Vec<Candidate<'a>> {
    let hits = hits(question, snapshot);
    let best = hits.iter().map(|hit| hit.score).fold(f32::MIN_POSITIVE, f32::max);
    let mut candidates = Vec::new();
    for hit in hits {
        let Some(context) = BlockContext::read(snapshot, hit.block).map(Rc::new) else { continue };
        for index in 0..context.block.passages.len() {
            let bm25 = f64::from(hit.score / best);
            let Some((features, broken)) = features(question, &context, index, bm25, snapshot, lexicon)
            else {
                continue;
            };
            let (score, parts) = score(&features);
            candidates.push(Candidate {
                context: Rc::clone(&context),
                passage: index,
                features,
                broken,
                score,
                parts,
            });
        }
    }
    candidates.sort_by(|one, other| {
        other
            .score
            .total_cmp(&one.score)
            .then_with(|| (one.context.id, one.passage).cmp(&(other.context.id, other.passage)))
    });
    candidates
}

fn hits(question: &Question, snapshot: &Snapshot) -> Vec<Hit> {
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
        term.alternatives.iter().flat_map(|way| &way.stems).for_each(&mut add);
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
