//! Building a generation beside the live one: write, verify, sync, move into place. Until the very end nothing that
//! serves is touched; which generation is live is decided in `generations`.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::files::Files;
use super::kept::Kept;
use super::manifest::{IndexFile, Manifest, Source, content_hash, generation_id};
use super::verify::{self, Depth, MANIFEST};
use super::write::{Target, Texts, write_texts};
use super::{FORMAT, IndexError, Snapshot, sealed};
use crate::corpus::{Document, Problem, RawFile};
use crate::lexicon::Lexicon;

/// Told what is being done: a stage (`indexing`, `verifying`), steps done, steps in all. It says whether to go on.
pub type Step<'a> = &'a (dyn Fn(&str, u64, u64) -> bool + Sync);

/// What a generation is made of.
#[derive(Clone, Copy)]
pub struct Ingredients<'a> {
    /// The documents that were parsed anew, by path.
    pub documents: &'a [Document],
    /// The files whose documents are taken over from `served`, by path.
    pub kept: &'a [Source],
    /// What [`super::generations::Generations::sound`] gave under the lock, if it was asked.
    pub served: Option<&'a Manifest>,
    /// All files as they were read, by path.
    pub files: &'a [RawFile],
    /// What is wrong with the folder's files.
    pub problems: &'a [Problem],
    /// What it is built with.
    pub lexicon: &'a Lexicon,
}

impl Ingredients<'_> {
    /// The files behind the documents, by path.
    pub fn sources(&self) -> Vec<Source> {
        let mut sources: Vec<Source> = self
            .documents
            .iter()
            .map(|document| Source {
                path: document.path.clone(),
                blake3: blake3::hash(document.file().as_bytes()).to_hex().to_string(),
                bytes: document.file().len() as u64,
                passages: document.passages.len() as u64,
            })
            .chain(self.kept.iter().cloned())
            .collect();
        sources.sort_by(|one, other| one.path.cmp(&other.path));
        sources
    }

    /// Hash of all that goes in.
    pub fn content(&self) -> String {
        content_hash(&self.sources(), self.problems, &self.lexicon.fingerprint)
    }
}

/// Writes, verifies and syncs a generation in `staging` (which must not exist); what is kept is taken from `base`. On any failure the folder is removed
/// again as far as the disk lets us; the next opening removes the rest.
pub fn stage(
    files: &Files,
    staging: &Path,
    id: &str,
    built_at: i64,
    made_of: Ingredients<'_>,
    base: Option<(&Snapshot, &Path)>,
    step: Step<'_>,
) -> Result<(), IndexError> {
    let filled = fill(files, staging, id, built_at, made_of, base, step)
        .and_then(|()| check(files, staging, id, made_of, step))
        .and_then(|()| files.sync(staging));
    if filled.is_err() {
        let _ = files.remove(staging);
    }
    filled
}

/// A name for a new generation that none in `folder` has.
pub fn new_id(files: &Files, folder: &Path, built_at: i64, content: &str) -> Result<String, IndexError> {
    let taken = files.list(folder)?;
    let id = generation_id(built_at, content);
    let free = (2..=taken.len() + 2).map(|number| format!("{id}-{number}")).find(|id| !taken.contains(id));
    Ok(if taken.contains(&id) { free.unwrap_or(id) } else { id })
}

fn fill(
    files: &Files,
    staging: &Path,
    id: &str,
    built_at: i64,
    made_of: Ingredients<'_>,
    base: Option<(&Snapshot, &Path)>,
    step: Step<'_>,
) -> Result<(), IndexError> {
    files.make_folder(staging)?;
    let total = made_of.documents.len() as u64;
    let done = std::sync::atomic::AtomicU64::new(0);
    let tick = || step("indexing", done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, total);
    step("indexing", 0, total);
    let paths: Vec<String> = made_of.kept.iter().map(|source| source.path.clone()).collect();
    let kept = base.map(|(from, folder)| Kept { from, folder, paths: &paths });
    let texts = Texts { documents: made_of.documents, kept };
    let target = Target { files, dir: staging, id, built_at };
    let written =
        write_texts(target, texts, made_of.lexicon, &tick).map_err(|error| refused(staging, error))?;

    let manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        id: id.to_owned(),
        built_at,
        lexicon: made_of.lexicon.fingerprint.clone(),
        content: made_of.content(),
        sources: made_of.sources(),
        documents: written.documents,
        passages: written.passages,
        facts: written.facts,
        problems: made_of.problems.to_vec(),
        files: index_files(files, staging)?,
    };
    let bytes = sealed::seal(&manifest).map_err(|error| IndexError::Damaged(error.to_string()))?;
    files.write(&staging.join(MANIFEST), &bytes)
}

/// With less than this left, in bytes, a disk counts as full.
const NO_ROOM: u64 = 64 * 1024;

/// While files are being written there is nothing yet that could be damaged. Where the search engine does not say why
/// it stopped, a disk without room is the reason.
fn refused(staging: &Path, error: IndexError) -> IndexError {
    let reason = match error {
        IndexError::Damaged(reason) => reason,
        IndexError::Io { source, .. } if source.kind() == ErrorKind::Other => source.to_string(),
        refusal @ (IndexError::Io { .. } | IndexError::Cancelled) => return refusal,
    };
    let full = fs4::available_space(staging).is_ok_and(|free| free < NO_ROOM);
    let kind = if full { ErrorKind::StorageFull } else { ErrorKind::Other };
    IndexError::io(staging, std::io::Error::new(kind, reason))
}

/// The index's own files, synced; lock files come and go and are no part of it.
fn index_files(files: &Files, staging: &Path) -> Result<Vec<IndexFile>, IndexError> {
    let mut found = Vec::new();
    for name in files.list(staging)?.into_iter().filter(|name| !name.ends_with(".lock")) {
        let path: PathBuf = staging.join(&name);
        files.sync(&path)?;
        let (bytes, blake3) = files.hash(&path)?;
        found.push(IndexFile { name, bytes, blake3 });
    }
    Ok(found)
}

/// Reads back what was written: checksums, counts, and every quote against the bytes of its file as they were read.
fn check(
    files: &Files,
    staging: &Path,
    id: &str,
    made_of: Ingredients<'_>,
    step: Step<'_>,
) -> Result<(), IndexError> {
    if !step("verifying", 0, 1) {
        return Err(IndexError::Cancelled);
    }
    let sound = verify::open(files, staging, id, Depth::Full)?;
    let expected = (made_of.documents.len() + made_of.kept.len()) as u64;
    if sound.manifest.documents != expected {
        let found = sound.manifest.documents;
        return Err(IndexError::Damaged(format!("{found} documents were written instead of {expected}")));
    }
    let bytes: HashMap<&str, &[u8]> =
        made_of.files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice())).collect();
    let quotes = sound.snapshot.verify_quotes(|path| bytes.get(path))?;
    if quotes != sound.manifest.passages {
        let passages = sound.manifest.passages;
        return Err(IndexError::Damaged(format!("{quotes} of {passages} quotes could be verified")));
    }
    step("verifying", 1, 1);
    Ok(())
}
