//! What moderators read about questions that were missed: grouped by what they ask, or as a question file to go on with.

use serde_json::json;

use super::card::date_of;
use super::notice::count;
use super::{Card, MAX_CONTENT, TextFile, escape, units};
use crate::answer::{Answer, Outcome};
use crate::store::{GapCount, Missed};
use crate::text::cut_at_character;

/// A question that was missed, and what the engine says to it now.
#[derive(Debug, Clone)]
pub struct AskedAgain {
    /// The question, how often and when.
    pub gap: GapCount,
    /// The answer now.
    pub answer: Answer,
}

/// No name of golden questions: what is missed today must not be guarded by mistake.
const GAPS_FILE: &str = "gaps.jsonl";
/// Room for the closing lines.
const RESERVED: usize = 220;
/// A question is shown up to this length.
const SHOWN: usize = 100;

/// What is asked alike.
struct Group {
    label: String,
    missed: Missed,
    times: u64,
    days: (i64, i64),
    answered: bool,
}

/// The gaps, the most frequent first.
pub fn gaps(all: &[AskedAgain]) -> String {
    let mut text = "**What I could not answer here**".to_owned();
    if all.is_empty() {
        text.push_str("\nNothing within the last 30 days.");
        return text;
    }
    let groups = grouped(all);
    let mut shown = 0;
    for group in &groups {
        let line = line(group);
        if units(&text) + units(&line) > MAX_CONTENT - RESERVED {
            break;
        }
        text.push_str(&line);
        shown += 1;
    }
    if shown < groups.len() {
        text.push_str(&format!("\n- … and {} more", groups.len() - shown));
    }
    text.push_str(&gaps_answered(all));
    text.push_str("\n-# Kept for 30 days. `/corpus gaps export: True` gives a question file.");
    text
}

/// How many of the unanswered questions have an answer now, as a line; nothing if there are none.
pub fn gaps_answered(all: &[AskedAgain]) -> String {
    let unanswered = || all.iter().filter(|one| one.gap.missed == Missed::Unanswered);
    let (answered, total) = (unanswered().filter(|one| is_answered(one)).count(), unanswered().count());
    let noun = if total == 1 { "question" } else { "questions" };
    match total {
        0 => String::new(),
        total => format!("\nOf {total} unanswered {noun}, {answered} now answered."),
    }
}

/// The questions that are not answered well, as a question file.
pub fn gaps_file(all: &[AskedAgain]) -> Card {
    let open: Vec<&AskedAgain> =
        all.iter().filter(|one| one.gap.missed != Missed::Unanswered || !is_answered(one)).collect();
    if open.is_empty() {
        return Card::text("There is nothing to export: nothing was missed, or all of it is answered now.");
    }
    let line = |(number, one): (usize, &&AskedAgain)| {
        let line = json!({
            "id": format!("gap-{}", number + 1),
            "question": one.gap.question,
            "answerable": false,
            "kind": "unanswerable-gap",
            "note": one.gap.missed.name(),
        });
        format!("{line}\n")
    };
    let file = TextFile { name: GAPS_FILE, text: open.iter().enumerate().map(line).collect() };
    let content = format!(
        "{} in a question file for `registrar eval`. Once your texts answer one, replace `answerable` by `gold`, the right \
         answer, and `kind` by `value`.",
        count(open.len() as u64, "question")
    );
    Card { content, file: Some(file), ..Card::default() }
}

fn is_answered(one: &AskedAgain) -> bool {
    one.answer.outcome == Outcome::Answered
}

/// By subject and attribute where both are known, else by the question.
fn grouped(all: &[AskedAgain]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for one in all {
        let turn = &one.answer.turn;
        let label = match (&turn.subject, &turn.attribute) {
            (Some(subject), Some(attribute)) => format!("{subject} × {attribute}"),
            _ => one.gap.question.clone(),
        };
        let (missed, days, answered) = (one.gap.missed, one.gap.days, is_answered(one));
        match groups.iter_mut().find(|group| group.label == label && group.missed == missed) {
            Some(group) => {
                group.times += one.gap.times;
                group.days = (group.days.0.min(days.0), group.days.1.max(days.1));
                group.answered &= answered;
            }
            None => groups.push(Group { label, missed, times: one.gap.times, days, answered }),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.times));
    groups
}

fn line(group: &Group) -> String {
    let missed = match group.missed {
        Missed::Unanswered if group.answered => "answered now",
        Missed::Unanswered => "unanswered",
        Missed::Other => "said not to be what was asked",
        Missed::Wrong => "said to be wrong",
    };
    let (first, last) = (date_of(group.days.0), date_of(group.days.1));
    let days = if first == last { first } else { format!("{first} to {last}") };
    let label = escape(&cut_at_character(&group.label, SHOWN));
    format!("\n- {}× {label}: {missed} ({days})", group.times)
}
