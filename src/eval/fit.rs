//! Fits the ranking weights and the trees of confidence to question files: `registrar eval --fit`. Weights are kept ≥ 0; every figure is
//! from cross-validation that leaves a document's questions out.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use super::boost::{Example, boost};
use super::metrics::area_of;
use super::normal::{holds, holds_in_order, normal};
use super::questions::Question;
use crate::answer::compose::{judge_all, of_table};
use crate::answer::signals::names;
use crate::answer::trees::probability;
use crate::answer::{Conversation, Outcome};
use crate::engine::Engine;
use crate::lexicon::Lexicon;
use crate::question::{self, understand};
use crate::retrieval::{Features, NAMES, retrieve};

/// Candidates of a question that take part.
const CANDIDATES: usize = 40;
/// Folds of the cross-validation, by document.
const FOLDS: usize = 5;
/// Steps of gradient descent, and their size.
const STEPS: usize = 1_500;
const STEP: f64 = 0.25;
/// Pull of each weight towards 0: few questions must not buy a large weight.
const SHRINKAGE: f64 = 0.002;

/// Parts of the ranking, as they are added in the table of what each is worth: each with its features marked by 1.
fn parts() -> [(&'static str, Features); 5] {
    let none = Features::default();
    [
        ("the block by BM25", Features { bm25: 1.0, early: 1.0, ..none }),
        (
            "the words of the question in the passage and above it",
            Features {
                subject: 1.0,
                weakest: 1.0,
                near: 1.0,
                own: 1.0,
                posed: 1.0,
                exact: 1.0,
                pairs: 1.0,
                rest: 1.0,
                about: 1.0,
                titled: 1.0,
                heading: 1.0,
                ..none
            },
        ),
        (
            "the attribute asked for, and values of its kind",
            Features { attribute: 1.0, alike: 1.0, value: 1.0, literal: 1.0, focus: 1.0, ..none },
        ),
        ("the form of the answer", Features { defines: 1.0, form: 1.0, decides: 1.0, ..none }),
        (
            "the constraints of the question",
            Features {
                named: 1.0,
                words: 1.0,
                stated: 1.0,
                typed: 1.0,
                said: 1.0,
                year: 1.0,
                level: 1.0,
                people: 1.0,
                row: 1.0,
                thing: 1.0,
                figure: 1.0,
                all: 1.0,
                ..none
            },
        ),
    ]
}

type Row = [f64; Features::COUNT];

/// A question's candidates without objection, each with whether it holds the answer.
struct Ranked {
    fold: usize,
    rows: Vec<(Row, bool)>,
}

/// A question's best candidate.
struct Trusted {
    fold: usize,
    example: Example,
}

/// Fits the weights over one or more folders, each with its questions, and says how well they do on documents left out.
/// The engines must answer at threshold 0.
pub fn weights(sets: &[(Engine, Vec<Question>)], lexicon: &Lexicon, now: i64) -> String {
    let (ranked, _) = collect_all(sets, lexicon, now);
    let mut out = String::new();
    let _ = writeln!(out, "{} questions with a right candidate", ranked.len());
    let held_out = |fold: usize| -> f64 {
        let weights = listwise(ranked.iter().filter(|question| question.fold != fold));
        ranked.iter().filter(|question| question.fold == fold && first_is_right(question, &weights)).count()
            as f64
    };
    let right: f64 = (0..FOLDS).map(held_out).sum();
    let _ = writeln!(out, "right first, documents left out: {:.3}", right / ranked.len().max(1) as f64);
    let weights = listwise(ranked.iter());
    let fitted = ranked.iter().filter(|question| first_is_right(question, &weights)).count();
    let _ =
        writeln!(out, "right first, fitted on all:      {:.3}\n", fitted as f64 / ranked.len().max(1) as f64);
    print_weights(&mut out, "WEIGHTS", &weights);
    out.push_str(&ablation(&ranked));
    out
}

/// Fits the trees of confidence over one or more folders, each with its questions: how well they do on documents left out, and their text.
/// The engines must answer at threshold 0.
pub fn trees(sets: &[(Engine, Vec<Question>)], lexicon: &Lexicon, now: i64) -> (String, String) {
    let (_, trusted) = collect_all(sets, lexicon, now);
    let all: Vec<&Example> = trusted.iter().map(|best| &best.example).collect();
    (held_out_confidence(&trusted), boost(&all).text(&names()))
}

fn collect_all(sets: &[(Engine, Vec<Question>)], lexicon: &Lexicon, now: i64) -> (Vec<Ranked>, Vec<Trusted>) {
    let (mut ranked, mut trusted) = (Vec::new(), Vec::new());
    for (engine, questions) in sets {
        let (more_ranked, more_trusted) = collect(engine, lexicon, questions, now);
        ranked.extend(more_ranked);
        trusted.extend(more_trusted);
    }
    (ranked, trusted)
}

/// How well the trees tell right answers from wrong ones on documents left out.
fn held_out_confidence(trusted: &[Trusted]) -> String {
    let mut told: Vec<(f64, bool)> = Vec::new();
    for fold in 0..FOLDS {
        let others: Vec<&Example> =
            trusted.iter().filter(|best| best.fold != fold).map(|best| &best.example).collect();
        let forest = boost(&others);
        told.extend(
            trusted
                .iter()
                .filter(|best| best.fold == fold)
                .map(|best| (probability(forest.sum(&best.example.signals)), best.example.right)),
        );
    }
    let loss = |(probability, right): &(f64, bool)| {
        -(if *right { *probability } else { 1.0 - probability }).max(1e-9).ln()
    };
    let losses: f64 = told.iter().map(loss).sum();
    format!(
        "confidence: {} examples; documents left out: log loss {:.3}, area under ROC {:.3}\n",
        told.len(),
        losses / told.len().max(1) as f64,
        area_of(&told).unwrap_or_default()
    )
}

/// What the parts of the ranking add, each fitted with those before it: the share of questions whose right passage stands first,
/// documents left out.
fn ablation(ranked: &[Ranked]) -> String {
    let mut out = String::from("\nright first with these features and those above, documents left out\n");
    let mut kept = [false; Features::COUNT];
    for (label, part) in parts() {
        kept.iter_mut().zip(part.values()).for_each(|(kept, part)| *kept |= part > 0.0);
        let only: Vec<Ranked> = ranked
            .iter()
            .map(|question| Ranked {
                fold: question.fold,
                rows: question.rows.iter().map(|(row, right)| (masked(row, &kept), *right)).collect(),
            })
            .collect();
        let right: usize = (0..FOLDS)
            .map(|fold| {
                let weights = listwise(only.iter().filter(|question| question.fold != fold));
                only.iter()
                    .filter(|question| question.fold == fold && first_is_right(question, &weights))
                    .count()
            })
            .sum();
        let _ = writeln!(out, "  {:.3}  {label}", right as f64 / only.len().max(1) as f64);
    }
    out
}

/// The row with every feature left out that is not kept.
fn masked(row: &Row, kept: &[bool]) -> Row {
    let mut only = [0.0; Features::COUNT];
    for ((slot, value), kept) in only.iter_mut().zip(row).zip(kept) {
        if *kept {
            *slot = *value;
        }
    }
    only
}

fn collect(
    engine: &Engine,
    lexicon: &Lexicon,
    questions: &[Question],
    now: i64,
) -> (Vec<Ranked>, Vec<Trusted>) {
    let snapshot = engine.snapshot();
    let mut conversations: HashMap<&str, Conversation> = HashMap::new();
    let mut folds: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut ranked, mut trusted) = (Vec::new(), Vec::new());
    for question in questions {
        let alone = Conversation::default();
        let conversation =
            question.conversation.as_deref().and_then(|id| conversations.get(id)).unwrap_or(&alone).clone();
        let answer = engine.ask(&question.question, &conversation, now);
        let next = folds.len();
        // What no document answers is spread over the folds one by one.
        let fold =
            *folds.entry(if question.answerable { &question.document } else { &question.id }).or_insert(next);
        let parts = understand(&question.question, &conversation, &snapshot, lexicon);
        if let [part] = parts.as_slice()
            && answer.outcome != Outcome::Empty
            && !matches!(part.kind, question::Kind::Abbreviation | question::Kind::Comparison)
            && !question.clarify
        {
            let judged = judge_all(part, retrieve(part, &snapshot, lexicon), &snapshot, lexicon);
            let rows: Vec<(Row, bool)> = judged
                .iter()
                .take(CANDIDATES)
                .filter_map(|judged| {
                    let context = &judged.candidate.context;
                    let record = judged.candidate.record()?;
                    // Rows that are a list together are judged as one.
                    let rows =
                        || context.block.passages.iter().filter(|row| row.kind.is_row()).map(|row| row.span);
                    let span = match (rows().next(), rows().next_back()) {
                        (Some(first), Some(last)) if of_table(part, &judged.candidate) => (first.0, last.1),
                        _ => record.span,
                    };
                    let text = normal(snapshot.text(context.block.document, span)?);
                    let document = question.document_right(&context.document.path) != Some(false);
                    let content = if question.list.is_empty() {
                        question.gold.iter().any(|gold| holds(&text, gold))
                    } else {
                        holds_in_order(&text, &question.list)
                    };
                    Some((judged.candidate.features.values(), question.answerable && document && content))
                })
                .collect();
            let signals = judged.first().and_then(|best| best.verdict.signals.as_deref());
            if let (Some(signals), Some((_, right))) = (signals, rows.first()) {
                trusted.push(Trusted {
                    fold: fold % FOLDS,
                    example: Example { signals: *signals, right: *right },
                });
            }
            if rows.iter().any(|(_, right)| *right) {
                ranked.push(Ranked { fold: fold % FOLDS, rows });
            }
        }
        if let Some(id) = &question.conversation {
            conversations.entry(id).or_default().push(answer.turn);
        }
    }
    (ranked, trusted)
}

/// Softmax over a question's candidates, the right ones sharing the probability; projected gradient descent.
fn listwise<'a>(questions: impl Iterator<Item = &'a Ranked>) -> Row {
    let questions: Vec<&Ranked> = questions.collect();
    let mut weights: Row = [1.0; Features::COUNT];
    for _ in 0..STEPS {
        let mut gradient: Row = [0.0; Features::COUNT];
        for question in &questions {
            let best = question.rows.iter().map(|(row, _)| dot(&weights, row)).fold(f64::MIN, f64::max);
            let odds: Vec<f64> =
                question.rows.iter().map(|(row, _)| (dot(&weights, row) - best).exp()).collect();
            let all: f64 = odds.iter().sum();
            let right: f64 =
                odds.iter().zip(&question.rows).filter(|(_, row)| row.1).map(|(odds, _)| odds).sum();
            for (odds, (row, is_right)) in odds.iter().zip(&question.rows) {
                let pull = odds / all - if *is_right { odds / right } else { 0.0 };
                gradient.iter_mut().zip(row).for_each(|(sum, value)| *sum += pull * value);
            }
        }
        descend(&mut weights, &gradient, questions.len());
    }
    weights
}

fn descend(weights: &mut Row, gradient: &Row, examples: usize) {
    for (weight, slope) in weights.iter_mut().zip(gradient) {
        *weight = (*weight - STEP * (slope / examples.max(1) as f64 + SHRINKAGE * *weight)).max(0.0);
    }
}

fn first_is_right(question: &Ranked, weights: &Row) -> bool {
    question
        .rows
        .iter()
        .max_by(|one, other| dot(weights, &one.0).total_cmp(&dot(weights, &other.0)))
        .is_some_and(|(_, right)| *right)
}

fn dot(weights: &Row, row: &Row) -> f64 {
    weights.iter().zip(row).map(|(weight, value)| weight * value).sum()
}

fn print_weights(out: &mut String, name: &str, weights: &Row) {
    let _ = writeln!(out, "{name}");
    for (name, weight) in NAMES.iter().zip(weights) {
        let _ = writeln!(out, "  {weight:6.2}  {name}");
    }
}

#[cfg(test)]
mod tests {
    use super::{Features, parts};

    #[test]
    fn every_feature_is_in_one_part() {
        let mut times = [0.0; Features::COUNT];
        for (_, part) in parts() {
            times.iter_mut().zip(part.values()).for_each(|(times, part)| *times += part);
        }
        assert_eq!(times, [1.0; Features::COUNT]);
    }
}
