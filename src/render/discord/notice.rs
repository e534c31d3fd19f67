//! What moderators read: the state of the corpus and the report of a reindex. Plain text that fits one message.

use super::card::date_of;
use super::{MAX_CONTENT, escape, units};
use crate::corpus::Problem;
use crate::library::{ReindexReport, Status};
use crate::text::{cut_at_character, one_line};

/// What serves now, for `/corpus status`.
pub fn status(status: &Status) -> String {
    let mut text = format!(
        "**Corpus**\n{} and {} are served, indexed on {} (generation {}).",
        count(status.documents, "document"),
        count(status.passages, "passage"),
        date_of(status.built_at),
        short(&status.generation),
    );
    if let Some(previous) = &status.previous {
        text.push_str(&format!("\nThe previous generation ({}) is kept for a rollback.", short(previous)));
    }
    add_problems(&mut text, &status.problems);
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
    let changes = [("New", &report.added), ("Changed", &report.changed), ("Gone", &report.removed)];
    if changes.iter().all(|(_, paths)| paths.is_empty()) {
        text.push_str("\nNo file has changed.");
    }
    for (name, paths) in changes.iter().filter(|(_, paths)| !paths.is_empty()) {
        text.push_str(&format!("\n{name} ({}):", paths.len()));
        add_lines(&mut text, paths.iter().map(|path| escape(&cut_at_character(&one_line(path), 100))));
    }
    add_problems(&mut text, &report.problems);
    text
}

fn add_problems(text: &mut String, problems: &[Problem]) {
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
    add_lines(text, problems.iter().map(problem_line));
}

fn problem_line(problem: &Problem) -> String {
    let place = match problem.line {
        Some(line) => format!("{}:{line}", problem.path),
        None => problem.path.clone(),
    };
    let mark = if problem.skipped { "skipped: " } else { "" };
    escape(&cut_at_character(&one_line(&format!("{mark}{place}: {}", problem.message)), 200))
}

/// Adds a list, and says how many of its lines were left out: at most eight stand, fewer near the message's limit.
fn add_lines(text: &mut String, lines: impl ExactSizeIterator<Item = String>) {
    let total = lines.len();
    let mut shown = 0;
    for line in lines.take(8) {
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

fn count(number: u64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

fn short(generation: &str) -> String {
    escape(&cut_at_character(&one_line(generation), 40))
}
