//! What moderators read: the state of the corpus and the report of a reindex. Plain text that fits one message.

use super::card::date_of;
use super::{MAX_CONTENT, escape, units};
use crate::corpus::Problem;
use crate::library::{GoldenChange, Preview, ReindexReport, Status};
use crate::store::Votes;
use crate::text::{cut_at_character, one_line};

/// So many lines of a list are shown among others.
const SOME: usize = 8;

/// What serves now, for `/corpus status`.
pub fn status(status: &Status) -> String {
    let mut text = format!(
        "**Corpus**\n{}, {} and {} are served, indexed on {}, <t:{}:R> (generation {}).",
        count(status.documents, "document"),
        count(status.passages, "passage"),
        count(status.facts, "fact"),
        date_of(status.built_at),
        status.built_at,
        short(&status.generation),
    );
    if let Some(previous) = &status.previous {
        text.push_str(&format!("\nThe previous generation ({}) is kept for a rollback.", short(previous)));
    }
    add_problems(&mut text, &status.problems, SOME);
    text
}

/// What people thought of answers lately, to stand below a status; nothing if nobody said.
pub fn thought(votes: &Votes) -> String {
    let Votes { helped, other, wrong } = votes;
    if helped + other + wrong == 0 {
        return String::new();
    }
    format!("\nAnswers of the last 30 days: {helped} helped, {other} not what was asked, {wrong} wrong.")
}

/// All problems, for `/corpus problems`.
pub fn problems(status: &Status) -> String {
    let mut text = "**Problems**".to_owned();
    add_problems(&mut text, &status.problems, 40);
    text
}

/// What a reindex read, changed and skipped, for `/corpus reindex`.
pub fn reindexed(report: &ReindexReport) -> String {
    let mut text = format!(
        "**Reindexed**\nRead {}, {}; generation {} serves now.",
        count(report.documents, "document"),
        count(report.passages, "passage"),
        short(&report.generation),
    );
    add_changes(&mut text, report);
    text
}

/// What a reindex would do, for `/corpus diff`.
pub fn compared(report: &ReindexReport) -> String {
    if report.unchanged {
        return "**A reindex would change nothing.**".to_owned();
    }
    let mut text = format!(
        "**A reindex would change this**\n{} and {} would be served.",
        count(report.documents, "document"),
        count(report.passages, "passage"),
    );
    for reason in &report.refusals {
        text.push_str(&format!(
            "\nIt would be refused: {}",
            escape(&cut_at_character(&one_line(reason), 300))
        ));
    }
    add_changes(&mut text, report);
    text
}

/// Why a reindex did not switch.
pub fn refused(report: &ReindexReport) -> String {
    let mut text = "**Not switched**; the old index goes on serving.".to_owned();
    for reason in &report.refusals {
        text.push_str(&format!("\n- {}", escape(&cut_at_character(&one_line(reason), 300))));
    }
    add_changes(&mut text, report);
    text
}

/// What serves again, for `/corpus rollback`.
pub fn rolled_back(report: &ReindexReport) -> String {
    let mut text = format!(
        "**Rolled back**\nGeneration {} with {} serves again.",
        short(&report.generation),
        count(report.documents, "document"),
    );
    add_changes(&mut text, report);
    text
}

/// How far a reindex, or whatever `what` says, is.
pub fn progress(what: &str, stage: &str, done: u64, total: u64) -> String {
    const CELLS: u64 = 10;
    let filled = (done * CELLS).checked_div(total).unwrap_or_default().min(CELLS);
    let bar: String = (0..CELLS).map(|cell| if cell < filled { '▰' } else { '▱' }).collect();
    let stage = if stage.is_empty() { "beginning" } else { stage };
    format!("**{what}** · {} {bar}\nQuestions are answered meanwhile.", escape(stage))
}

/// What was understood of an upload, before it is served.
pub fn previewed(original: &str, preview: &Preview) -> String {
    let shown = |text: &str| escape(&cut_at_character(&one_line(text), 100));
    let mut text = format!(
        "**{}**\n{}, to be stored as `{}`{}. {} found, {} in them.",
        shown(&preview.title),
        shown(original),
        preview.name,
        if preview.replaces { ", in place of the one of that name" } else { "" },
        count(preview.passages as u64, "passage"),
        count(preview.facts, "fact"),
    );
    if !preview.headings.is_empty() {
        text.push_str(&format!("\nHeadings ({}):", preview.headings.len()));
        add_lines(&mut text, preview.headings.iter().map(|heading| shown(heading)), SOME);
    }
    add_problems(&mut text, &preview.problems, SOME);
    text.push_str("\nConfirm within 15 minutes to serve it.");
    text
}

fn add_changes(text: &mut String, report: &ReindexReport) {
    let changes = [("New", &report.added), ("Changed", &report.changed), ("Gone", &report.removed)];
    if changes.iter().all(|(_, paths)| paths.is_empty()) {
        text.push_str("\nNo file has changed.");
    }
    let lost = ("No longer there", &report.lost);
    for (name, paths) in changes.iter().chain([&lost]).filter(|(_, paths)| !paths.is_empty()) {
        text.push_str(&format!("\n{name} ({}):", paths.len()));
        add_lines(text, paths.iter().map(|path| escape(&cut_at_character(&one_line(path), 100))), SOME);
    }
    let golden = &report.golden;
    if golden.questions > 0 {
        text.push_str(&format!("\nGolden questions right: {} of {}.", golden.right, golden.questions));
    }
    if !golden.changed.is_empty() {
        text.push_str(&format!("\nAnswered otherwise ({}):", golden.changed.len()));
        let line = |change| change_line(change, [" (no longer right)", " (right now)"]);
        add_lines(text, golden.changed.iter().map(line), SOME);
    }
    if !report.missed.is_empty() {
        text.push_str(&format!("\nMissed so far, and otherwise now ({}):", report.missed.len()));
        let line = |change| change_line(change, [" (no longer answered)", " (answered now)"]);
        add_lines(text, report.missed.iter().map(line), SOME);
    }
    add_problems(text, &report.problems, SOME);
}

/// One question; `verdicts` say that it is worse or better than before.
fn change_line(change: &GoldenChange, verdicts: [&str; 2]) -> String {
    let verdict = match change.right {
        (true, false) => verdicts[0],
        (false, true) => verdicts[1],
        _ => "",
    };
    let shown = |text: &str| escape(&cut_at_character(&one_line(text), 120));
    format!("{}{verdict}: {} → {}", shown(&change.question), shown(&change.before), shown(&change.after))
}

fn add_problems(text: &mut String, problems: &[Problem], most: usize) {
    if problems.is_empty() {
        text.push_str("\nNo problems were found.");
        return;
    }
    let skipped = problems.iter().filter(|problem| problem.skipped).count();
    text.push_str(&format!(
        "\n{} ({} skipped):",
        count(problems.len() as u64, "problem"),
        count(skipped as u64, "file")
    ));
    add_lines(text, problems.iter().map(problem_line), most);
}

fn problem_line(problem: &Problem) -> String {
    let place = match problem.line {
        Some(line) => format!("{}:{line}", problem.path),
        None => problem.path.clone(),
    };
    let mark = if problem.skipped { "skipped: " } else { "" };
    escape(&cut_at_character(&one_line(&format!("{mark}{place}: {}", problem.message)), 200))
}

/// Adds a list, and says how many of its lines were left out: at most `most` stand, fewer near the message's limit.
fn add_lines(text: &mut String, lines: impl ExactSizeIterator<Item = String>, most: usize) {
    let total = lines.len();
    let mut shown = 0;
    for line in lines.take(most) {
        if units(text) + units(&line) > MAX_CONTENT - 200 {
            break;
        }
        text.push_str("\n- ");
        text.push_str(&line);
        shown += 1;
    }
    if shown < total {
        text.push_str(&format!("\n- … and {} more; `registrar check` lists all of them.", total - shown));
    }
}

pub(super) fn count(number: u64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

fn short(generation: &str) -> String {
    escape(&cut_at_character(&one_line(generation), 40))
}
