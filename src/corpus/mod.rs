//! From a folder of files to documents with sections, blocks and passages, and a list of problems.
//! One file per format. It knows nothing of questions or of the index.

pub mod abbreviations;
mod builder;
mod bullets;
mod check;
mod decode;
mod front_matter;
mod html;
mod initials;
mod keys;
mod lines;
mod listing;
mod markdown;
mod markup;
pub mod model;
pub mod original;
mod plain;
mod run_in;
mod shapes;
mod title;
pub mod values;
mod walk;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::lexicon::text_rules::TextRules;

pub use check::check;
pub use model::{Block, BlockKind, Document, Part, Passage, PassageKind, Problem, Section, Span};
pub use values::{Value, ValueKind};
pub use walk::{Door, FolderError, Limits, RawFile, read_folder, read_folder_through, read_question_files};

/// All documents of a folder in the order of their paths, and what is wrong with its files.
/// `step` is told after each file how many are done, and of how many.
pub fn load(
    folder: &Path,
    limits: &Limits,
    rules: &TextRules,
    step: &(dyn Fn(u64, u64) + Sync),
) -> Result<(Vec<Document>, Vec<Problem>), FolderError> {
    let (files, problems) = read_folder(folder, limits)?;
    let (documents, problems) = understand(&files.iter().collect::<Vec<_>>(), problems, rules, step);
    if documents.is_empty() {
        return Err(FolderError::Empty { folder: folder.to_owned(), problems });
    }
    Ok((documents, problems))
}

/// All documents of files that were read before, in the order of their paths; `problems` are those of the reading.
/// `step` as for [`load`].
pub fn understand(
    files: &[&RawFile],
    mut problems: Vec<Problem>,
    rules: &TextRules,
    step: &(dyn Fn(u64, u64) + Sync),
) -> (Vec<Document>, Vec<Problem>) {
    let total = files.len() as u64;
    let done = AtomicU64::new(0);
    let parsed: Vec<_> = files
        .par_iter()
        .map(|file| {
            let result = parse(file, rules);
            step(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            result
        })
        .collect();
    let mut documents = Vec::new();
    for (document, found) in parsed {
        documents.extend(document);
        problems.extend(found);
    }
    problems.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    (documents, problems)
}

/// One file, understood as far as it can be. Nothing in a file makes this fail: a file that is no text gives a
/// problem instead of a document.
pub fn parse(file: &RawFile, rules: &TextRules) -> (Option<Document>, Vec<Problem>) {
    let text = match decode::decode(&file.bytes) {
        Ok(text) => text,
        Err(refusal) => {
            let problem = Problem {
                path: file.path.clone(),
                line: refusal.line,
                message: refusal.message,
                skipped: true,
            };
            return (None, vec![problem]);
        }
    };
    let (document, problems) = if html::is_page(&file.path, text) {
        (html::read(&file.path, text, rules), Vec::new())
    } else {
        written(&file.path, text, rules)
    };
    let mut problems: Vec<Problem> = problems
        .into_iter()
        .map(|(line, message)| Problem { path: file.path.clone(), line: Some(line), message, skipped: false })
        .collect();
    if document.passages.is_empty() {
        let message =
            "No text was found in it besides headings and page furniture. Put text in it, or remove it.";
        problems.push(Problem {
            path: file.path.clone(),
            line: None,
            message: message.to_owned(),
            skipped: true,
        });
        return (None, problems);
    }
    (Some(document), problems)
}

/// A text that someone wrote, with or without marks, and what is wrong with it by line.
fn written(path: &str, text: &str, rules: &TextRules) -> (Document, Vec<(u32, String)>) {
    let mut builder = builder::Builder::new(path, text, rules);
    let (body, problems) = front_matter::read(&mut builder);
    if is_markdown(path) && markup::has_structure(builder.slice(&body)) {
        markdown::read(&mut builder, body);
    } else {
        plain::read(&mut builder, body);
    }
    if !builder.has_title() {
        title::fall_back(&mut builder);
    }
    (builder.finish(), problems)
}

fn is_markdown(path: &str) -> bool {
    let lower = path.to_lowercase();
    [".md", ".markdown", ".mdown"].iter().any(|ending| lower.ends_with(ending))
}
