//! The corpus folder on its way into a generation: read whole once, so that what is hashed, parsed and verified are the
//! same bytes. Finding and parsing files is `corpus`'s.

use std::collections::HashMap;
use std::path::Path;

use rayon::prelude::*;

use super::uploads::FOLDER;
use crate::corpus::{self, Document, Door, FolderError, Limits, Problem, RawFile};
use crate::index::files::{Call, Files};
use crate::index::manifest::{Manifest, Source};
use crate::lexicon::text_rules::TextRules;

/// A corpus folder as it was read.
pub struct Folder {
    files: Vec<RawFile>,
    problems: Vec<Problem>,
}

/// What the files mean.
pub struct Parsed {
    /// The files, by path.
    pub files: Vec<RawFile>,
    /// Of the files that were parsed, by path.
    pub documents: Vec<Document>,
    /// The files that are as they were in the generation that serves, by path.
    pub kept: Vec<Source>,
    /// By path.
    pub problems: Vec<Problem>,
}

impl Folder {
    /// Reads a folder.
    ///
    /// # Errors
    /// If it cannot be read as a whole; what is wrong with single files is a problem of theirs.
    pub fn read(disk: &Files, path: &Path) -> Result<Self, FolderError> {
        let door = |path: &Path| disk.ask(Call::Read, path);
        let uploads = uploads(&door, path);
        let (mut files, mut problems) = match corpus::read_folder_through(&door, path, &Limits::default()) {
            // All there is may have been uploaded.
            Err(FolderError::Empty { problems, .. }) if !uploads.0.is_empty() => (Vec::new(), problems),
            read => read?,
        };
        files.extend(uploads.0);
        problems.extend(uploads.1);
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(Self { files, problems })
    }

    /// Hash over paths, bytes and problems: equal folders, equal hash.
    pub fn hash(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for RawFile { path, bytes } in &self.files {
            hasher.update(&(path.len() as u64).to_le_bytes());
            hasher.update(path.as_bytes());
            hasher.update(blake3::hash(bytes).as_bytes());
        }
        for Problem { path, message, .. } in &self.problems {
            for text in [path, message] {
                hasher.update(&(text.len() as u64).to_le_bytes());
                hasher.update(text.as_bytes());
            }
        }
        hasher.finalize()
    }

    /// Parses the files of the folder at `path` by `rules`, except those that are as they were for `served`; `step` is
    /// told how many are done, and of how many.
    ///
    /// # Errors
    /// If no document comes of it.
    pub fn parse(
        self,
        path: &Path,
        rules: &TextRules,
        served: Option<&Manifest>,
        step: &(dyn Fn(u64, u64) + Sync),
    ) -> Result<Parsed, FolderError> {
        let (kept, new) = apart(&self.files, served);
        let (documents, mut problems) = corpus::understand(&new, self.problems, rules, step);
        let documents: Vec<Document> =
            documents.into_iter().filter(|document| sound(document, &self.files, &mut problems)).collect();
        // What was wrong with a file then is wrong with it still.
        let of_kept = |problem: &&Problem| {
            kept.binary_search_by(|source| source.path.as_str().cmp(problem.path.as_str())).is_ok()
        };
        problems.extend(served.into_iter().flat_map(|served| &served.problems).filter(of_kept).cloned());
        problems.sort_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
        if documents.is_empty() && kept.is_empty() {
            return Err(FolderError::Empty { folder: path.to_owned(), problems });
        }
        Ok(Parsed { files: self.files, documents, kept, problems })
    }
}

/// What was uploaded into the folder at `path`, and what is wrong with it; nothing if nothing was.
fn uploads(door: Door<'_>, path: &Path) -> (Vec<RawFile>, Vec<Problem>) {
    let folder = path.join(FOLDER);
    // A folder without any is like none; a link in its place is not followed.
    if !folder.is_dir() || folder.is_symlink() {
        return (Vec::new(), Vec::new());
    }
    let below = |path: &str| format!("{FOLDER}/{path}");
    match corpus::read_folder_through(door, &folder, &Limits::default()) {
        Ok((files, problems)) => (
            files.into_iter().map(|file| RawFile { path: below(&file.path), ..file }).collect(),
            problems.into_iter().map(|problem| Problem { path: below(&problem.path), ..problem }).collect(),
        ),
        Err(FolderError::Empty { problems, .. }) => (Vec::new(), problems),
        Err(error) => {
            let message = error.to_string();
            (Vec::new(), vec![Problem { path: FOLDER.to_owned(), line: None, message, skipped: true }])
        }
    }
}

/// The files that are as they were for `served`, and the others.
fn apart<'f>(files: &'f [RawFile], served: Option<&Manifest>) -> (Vec<Source>, Vec<&'f RawFile>) {
    let Some(served) = served else { return (Vec::new(), files.iter().collect()) };
    let sources: HashMap<&str, &Source> =
        served.sources.iter().map(|source| (source.path.as_str(), source)).collect();
    let same = |file: &RawFile| {
        let source = sources.get(file.path.as_str())?;
        (blake3::hash(&file.bytes).to_hex().as_str() == source.blake3).then(|| (*source).clone())
    };
    let found: Vec<Option<Source>> = files.par_iter().map(same).collect();
    let new = files.iter().zip(&found).filter(|(_, kept)| kept.is_none()).map(|(file, _)| file).collect();
    (found.into_iter().flatten().collect(), new)
}

/// Whether a document keeps its promises, above all that its text is its file's bytes; else it is left out and said so:
/// a mistake of a parser must not cost more than one file.
fn sound(document: &Document, files: &[RawFile], problems: &mut Vec<Problem>) -> bool {
    let file = files.binary_search_by(|file| file.path.cmp(&document.path)).ok().and_then(|at| files.get(at));
    let fault = match file {
        Some(file) if file.bytes == document.file().as_bytes() => corpus::check(document).err(),
        _ => Some("its text is not that of the file".to_owned()),
    };
    problems.extend(fault.iter().map(|fault| Problem {
        path: document.path.clone(),
        line: None,
        message: format!("registrar misread this file ({fault}). Please report it with the file."),
        skipped: true,
    }));
    fault.is_none()
}
