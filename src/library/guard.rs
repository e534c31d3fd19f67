//! Whether a new generation may take the place of the one that serves: how many documents are left, and whether the
//! golden questions of the folder are still answered right. It compares and gives reasons; it switches nothing.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::ReindexReport;
use crate::answer::{Answer, Conversation, Outcome};
use crate::corpus::{Limits, Problem, read_question_files};
use crate::engine::Engine;
use crate::eval::questions::{Question, parse};
use crate::eval::score::{Verdict, verdict};
use crate::index::Snapshot;
use crate::index::files::{Call, Files};

/// More questions than this are no small set that is asked at every reindex.
const MAX_QUESTIONS: usize = 1_000;
/// So many questions are named in a reason.
const NAMED: usize = 5;

/// The questions that stand in the corpus folder.
#[derive(Debug, Default)]
pub struct Golden {
    questions: Vec<Question>,
    /// Why there are none though there should be; a file that cannot be used guards nothing.
    problem: Option<String>,
}

/// How the golden questions fare.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoldenReport {
    /// How many there are.
    pub questions: usize,
    /// How many of them the new generation answers right.
    pub right: usize,
    /// Those whose answer, or its first citation, differs from before.
    pub changed: Vec<GoldenChange>,
}

/// A golden question that is answered otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldenChange {
    /// The question's id; empty where it has none.
    pub id: String,
    /// The question.
    pub question: String,
    /// The answers, with their first document.
    pub before: String,
    /// As above.
    pub after: String,
    /// Whether they were right.
    pub right: (bool, bool),
}

/// The golden questions of the folder `corpus`.
pub fn golden(disk: &Files, corpus: &Path) -> Golden {
    let door = |path: &Path| disk.ask(Call::Read, path);
    let (files, problems) = read_question_files(&door, corpus, &Limits::default());
    if let Some(Problem { path, message, .. }) = problems.first() {
        return Golden { problem: Some(format!("{path}: {message}")), ..Golden::default() };
    }
    if files.is_empty() {
        return Golden::default();
    }
    let files: Vec<(String, String)> = files
        .into_iter()
        .map(|file| (file.path, String::from_utf8_lossy(&file.bytes).into_owned()))
        .collect();
    match parse(&files) {
        Ok(questions) if questions.len() > MAX_QUESTIONS => Golden {
            problem: Some(format!(
                "The question files hold {} questions, where {MAX_QUESTIONS} is the limit.",
                questions.len()
            )),
            ..Golden::default()
        },
        Ok(questions) => Golden { questions, problem: None },
        Err(error) => Golden { problem: Some(error.to_string()), ..Golden::default() },
    }
}

/// Adds to the report what the switch from `before` to `after` would do, and the reasons against it.
pub fn examine(report: &mut ReindexReport, before: &Engine, after: &Engine, golden: &Golden, now: i64) {
    let (old, new) = (before.snapshot(), after.snapshot());
    report.lost = lost_subjects(&old, &new);
    report.golden = compare(before, after, golden, now);
    let (had, has) = (old.catalog.documents.len(), new.catalog.documents.len());
    if has * 2 < had {
        report.refusals.push(format!("Only {has} of {had} documents would be left."));
    }
    if let Some(problem) = &golden.problem {
        report.refusals.push(format!("The golden questions cannot be asked: {problem}"));
    }
    let worse: Vec<&str> = report
        .golden
        .changed
        .iter()
        .filter(|change| change.right == (true, false))
        .map(|change| change.id.as_str())
        .collect();
    if !worse.is_empty() {
        let named = worse.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        let more = worse.len().saturating_sub(NAMED);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let questions = if worse.len() == 1 { "question" } else { "questions" };
        report.refusals.push(format!(
            "{} golden {questions} would no longer be answered right: {named}{more}.",
            worse.len()
        ));
    }
}

/// Those of `questions` that are answered otherwise than before, each asked on its own.
pub fn changed(before: &Engine, after: &Engine, questions: &[String], now: i64) -> Vec<GoldenChange> {
    let mut changed = Vec::new();
    for question in questions {
        let answers = [before, after].map(|engine| engine.ask(question, &Conversation::default(), now));
        let answered = answers.each_ref().map(|answer| answer.outcome == Outcome::Answered);
        let [before, after] = answers.each_ref().map(told);
        // Of what stays unanswered nobody wants to know in which words.
        if before != after && answered != [false, false] {
            let right = (answered[0], answered[1]);
            changed.push(GoldenChange {
                id: String::new(),
                question: question.clone(),
                before,
                after,
                right,
            });
        }
    }
    changed
}

/// Titles that no document has any more.
fn lost_subjects(old: &Snapshot, new: &Snapshot) -> Vec<String> {
    let titles = |snapshot: &Snapshot| -> BTreeSet<String> {
        snapshot.catalog.documents.iter().map(|document| document.title.clone()).collect()
    };
    let new = titles(new);
    titles(old).into_iter().filter(|title| !new.contains(title)).collect()
}

fn compare(before: &Engine, after: &Engine, golden: &Golden, now: i64) -> GoldenReport {
    let mut report = GoldenReport { questions: golden.questions.len(), ..GoldenReport::default() };
    let mut conversations: HashMap<&str, [Conversation; 2]> = HashMap::new();
    for question in &golden.questions {
        let mut alone = <[Conversation; 2]>::default();
        let conversation = match &question.conversation {
            Some(name) => conversations.entry(name).or_default(),
            None => &mut alone,
        };
        let [old, new] = conversation;
        let answers = [before.ask(&question.question, old, now), after.ask(&question.question, new, now)];
        let right = answers.each_ref().map(|answer| verdict(question, answer) == Verdict::Right);
        report.right += usize::from(right[1]);
        let told = answers.each_ref().map(told);
        if told[0] != told[1] || right[0] != right[1] {
            let [before, after] = told;
            report.changed.push(GoldenChange {
                id: question.id.clone(),
                question: question.question.clone(),
                before,
                after,
                right: (right[0], right[1]),
            });
        }
        let [one, other] = answers;
        old.push(one.turn);
        new.push(other.turn);
    }
    report
}

/// An answer in one line, with where it stands.
fn told(answer: &Answer) -> String {
    let text = crate::text::one_line(&answer.text);
    match answer.citations.first() {
        Some(citation) => format!("{text} [{}]", citation.document),
        None => text,
    }
}
