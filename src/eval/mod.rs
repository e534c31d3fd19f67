//! Scores the engine on question files: what is right first, what is wrong, where it should have been silent, and whether
//! every citation is true. It asks [`Engine::ask`] and nothing else, and knows nothing of how answers are found.
//!
//! ```text
//! questions.jsonl → questions → ask each in order → score (one verdict each) → metrics → report | run file | comparison
//! ```
//! The form of a question file is described in [`questions`].

mod boost;
pub mod compare;
pub mod fit;
pub mod lookups;
pub mod metrics;
pub mod normal;
pub mod questions;
pub mod report;
pub mod score;
pub mod truth;

use std::collections::HashMap;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Conversation, Outcome};
use crate::engine::Engine;
use questions::Question;
use score::Verdict;
use truth::Files;

/// One question's result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// The question's id.
    pub id: String,
    /// Its kind, for the table per kind.
    pub kind: String,
    /// The question.
    pub question: String,
    /// What an answer should have given, for people.
    pub expected: String,
    /// Whether the folder states the answer.
    pub answerable: bool,
    /// How it went.
    pub verdict: Verdict,
    /// Whether the engine answered (asking back is no answer).
    pub answered: bool,
    /// The answer's text.
    pub answer: String,
    /// The first citation's quote, empty without one.
    pub quote: String,
    /// The first citation's document, empty without one.
    pub document: String,
    /// Whether that is a right document; `None` when nothing was answered or the question names none.
    pub document_right: Option<bool>,
    /// Confidence of the best candidate, also when it was not shown.
    pub confidence: f64,
    /// Whether the best candidate is right first, also when it was not shown.
    pub candidate_right: bool,
    /// Citations given.
    pub citations: usize,
    /// What is untrue about them, one sentence each.
    pub untrue: Vec<String>,
    /// Time of the answer in microseconds.
    #[serde(skip)]
    pub elapsed_us: u64,
}

/// Asks all questions in order and judges the answers. `candidates` is the same engine with no threshold: what it says
/// shows what lies below the threshold. `now`: seconds since 1970 (UTC).
pub fn run(
    engine: &Engine,
    candidates: &Engine,
    questions: &[Question],
    files: &Files,
    now: i64,
) -> Vec<Scored> {
    let mut conversations: HashMap<&str, Conversation> = HashMap::new();
    let mut scored = Vec::with_capacity(questions.len());
    for question in questions {
        let mut alone = Conversation::default();
        let conversation = match &question.conversation {
            Some(name) => conversations.entry(name).or_default(),
            None => &mut alone,
        };
        let looked_up = question.lookup.as_deref().and_then(|lookup| lookups::Asked::parse(lookup).ok());
        let ask = |engine: &Engine, conversation: &Conversation| match &looked_up {
            Some(asked) => lookups::answer(&question.question, asked, engine),
            None => engine.ask(&question.question, conversation, now),
        };
        // Asked in the same state of the conversation, so that both answers are about the same thing.
        let candidate = ask(candidates, conversation);
        let started = Instant::now();
        let answer = ask(engine, conversation);
        let elapsed_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        scored.push(Scored { elapsed_us, ..judge(question, &answer, &candidate, files) });
        conversation.push(answer.turn);
    }
    scored
}

fn judge(question: &Question, answer: &Answer, candidate: &Answer, files: &Files) -> Scored {
    let answered = answer.outcome == Outcome::Answered;
    let first = answer.citations.first().filter(|_| answered);
    let untrue = if answered { files.untrue(answer) } else { Vec::new() };
    Scored {
        id: question.id.clone(),
        kind: question.kind.clone(),
        question: question.question.clone(),
        expected: question.expected(),
        answerable: question.answerable,
        verdict: score::verdict(question, answer),
        answered,
        answer: answer.text.clone(),
        quote: first.map(|citation| citation.words().to_owned()).unwrap_or_default(),
        document: first.map(|citation| citation.document.clone()).unwrap_or_default(),
        document_right: first.and_then(|citation| question.document_right(&citation.document)),
        confidence: if candidate.confidence.is_finite() { candidate.confidence } else { 0.0 },
        candidate_right: score::right_first(question, candidate),
        citations: if answered { answer.citations.len() } else { 0 },
        untrue,
        elapsed_us: 0,
    }
}
