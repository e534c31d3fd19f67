//! What is said about generations: status, differences, the outcome of a check. It changes nothing on disk.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use walkdir::{DirEntry, WalkDir};

use super::uploads::FOLDER;
use super::{LibraryError, Places, ReindexReport, Status, explain};
use crate::corpus::Limits;
use crate::index::IndexError;
use crate::index::files::Files;
use crate::index::generations::Generations;
use crate::index::manifest::Manifest;

/// What a check of one kept generation found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verification {
    /// Its id.
    pub generation: String,
    /// Files of the index that were read.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Quotes that are what was indexed and, where the file of the corpus folder is as it was, what it holds there;
    /// 0 for all but the live generation.
    pub quotes: u64,
    /// What is wrong, one sentence each; empty if nothing is.
    pub faults: Vec<String>,
    /// Files of the corpus folder that changed or went since it was built; quotes cannot be compared with them.
    pub changed_since: Vec<String>,
}

/// How the corpus folder of today stands to what was indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FolderNow {
    /// As it was, as far as names, sizes and times tell.
    AsIndexed,
    /// Something in it was added, changed or removed since.
    Changed,
    /// It holds few of the files that were indexed, or none: another folder.
    Other,
    /// There is no such folder.
    Missing,
}

/// Compares the folder `corpus` with what `manifest` was made from, by names, sizes and times alone, so that it costs no
/// reading.
pub fn folder_now(corpus: &Path, manifest: &Manifest) -> FolderNow {
    if !corpus.is_dir() {
        return FolderNow::Missing;
    }
    let Limits { max_depth, max_files, .. } = Limits::default();
    let built = UNIX_EPOCH + Duration::from_secs(u64::try_from(manifest.built_at + 1).unwrap_or(0));
    let sizes: HashMap<&str, u64> =
        manifest.sources.iter().map(|source| (source.path.as_str(), source.bytes)).collect();
    let left_out: HashSet<&str> = manifest.problems.iter().map(|problem| problem.path.as_str()).collect();
    // Beyond the limit files are left out without a word on each.
    let all_known = sizes.len() < max_files;
    let mut present = 0;
    let mut changed = false;
    let seen = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !name.starts_with('.') || (entry.depth() == 1 && name == FOLDER)
    };
    for entry in WalkDir::new(corpus).max_depth(max_depth).into_iter().filter_entry(seen).flatten() {
        let Ok(metadata) = entry.metadata() else { continue };
        changed |= metadata.modified().is_ok_and(|modified| modified > built);
        if metadata.is_file() {
            let path = entry.path().strip_prefix(corpus).unwrap_or(entry.path()).to_string_lossy();
            match sizes.get(path.as_ref()) {
                Some(bytes) => {
                    present += 1;
                    changed |= *bytes != metadata.len();
                }
                None => changed |= all_known && !left_out.contains(path.as_ref()),
            }
        }
    }
    match present {
        few if few * 2 < sizes.len() => FolderNow::Other,
        all if all == sizes.len() && !changed => FolderNow::AsIndexed,
        _ => FolderNow::Changed,
    }
}

/// A number that changes with the names, sizes and times of the folder's files, without reading any.
pub fn stamp(corpus: &Path) -> u64 {
    let mut hasher = blake3::Hasher::new();
    let seen = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !name.starts_with('.') || (entry.depth() == 1 && name == FOLDER)
    };
    let max_depth = Limits::default().max_depth;
    let walk = WalkDir::new(corpus).max_depth(max_depth).sort_by_file_name().into_iter().filter_entry(seen);
    for entry in walk.flatten().filter(|entry| !entry.file_type().is_dir()) {
        let metadata = entry.metadata().ok();
        let state = metadata.map(|metadata| (metadata.len(), metadata.modified().ok()));
        hasher.update(format!("{} {state:?}\n", entry.path().display()).as_bytes());
    }
    hasher.finalize().as_bytes().iter().take(8).fold(0, |stamp, byte| stamp << 8 | u64::from(*byte))
}

/// What `manifest`'s generation is, with the one before it.
pub fn status(manifest: Manifest, previous: Option<String>) -> Status {
    Status {
        generation: manifest.id,
        built_at: manifest.built_at,
        documents: manifest.documents,
        passages: manifest.passages,
        facts: manifest.facts,
        problems: manifest.problems,
        previous,
    }
}

/// What changed from one generation to the other.
pub fn between(before: &Manifest, after: &Manifest) -> ReindexReport {
    let changes = after.changes_since(Some(before));
    ReindexReport { added: changes.added, changed: changes.changed, removed: changes.removed, ..of(after) }
}

/// The report of a first build.
pub fn first(manifest: &Manifest) -> ReindexReport {
    ReindexReport { added: manifest.changes_since(None).added, ..of(manifest) }
}

fn of(manifest: &Manifest) -> ReindexReport {
    ReindexReport {
        generation: manifest.id.clone(),
        problems: manifest.problems.clone(),
        documents: manifest.documents,
        passages: manifest.passages,
        ..ReindexReport::default()
    }
}

/// What is live in a data folder, without opening or changing anything; `None` if nothing is.
pub fn status_of(places: &Places) -> Result<Option<Status>, LibraryError> {
    let generations = Generations::new(places.data.clone(), Files::disk());
    let census = generations.census().map_err(|error| explain::data_folder(&error, &places.data, ""))?;
    let mut kept = census.kept.into_iter();
    let Some(live) = kept.next() else { return Ok(None) };
    let manifest = live.manifest.map_err(|error| explain::unusable(&live.id, &error))?;
    Ok(Some(status(manifest, kept.next().map(|before| before.id))))
}

/// Checks every byte of the kept generations, the live one first, and every quote of the live one against the files of
/// the corpus folder that are still as they were.
pub fn verify(places: &Places) -> Result<Vec<Verification>, LibraryError> {
    let generations = Generations::new(places.data.clone(), Files::disk());
    let failed = |error| explain::data_folder(&error, &places.data, "");
    let mut found = Vec::new();
    let census = generations.census().map_err(failed)?;
    let mut notices = census.notices;
    for (place, kept) in census.kept.into_iter().enumerate() {
        // What is wrong with the folder as a whole is said with the generation that would serve.
        let faults = std::mem::take(&mut notices);
        let mut check = Verification { generation: kept.id, faults, ..Verification::default() };
        match kept.manifest {
            Err(error) => check.faults.push(error.reason()),
            Ok(manifest) => {
                check.files = manifest.files.len() as u64;
                check.bytes = manifest.files.iter().map(|file| file.bytes).sum();
                check.faults.extend(generations.faults(&manifest).map_err(failed)?);
                if place == 0 && check.faults.is_empty() {
                    quotes(&generations, places, &manifest, &mut check).map_err(failed)?;
                }
            }
        }
        found.push(check);
    }
    Ok(found)
}

fn quotes(
    generations: &Generations,
    places: &Places,
    manifest: &Manifest,
    check: &mut Verification,
) -> Result<(), IndexError> {
    let unchanged = |path: &str, hash: &str| {
        let bytes = std::fs::read(places.corpus.join(path)).ok()?;
        (blake3::hash(&bytes).to_hex().as_str() == hash).then_some(bytes)
    };
    let (same, changed): (Vec<_>, Vec<_>) =
        manifest.sources.iter().partition(|source| unchanged(&source.path, &source.blake3).is_some());
    check.changed_since = changed.into_iter().map(|source| source.path.clone()).collect();
    let hashes: HashMap<&str, &str> =
        same.into_iter().map(|source| (source.path.as_str(), source.blake3.as_str())).collect();
    let original = |path: &str| unchanged(path, hashes.get(path)?);
    match generations.open_kept(&manifest.id).and_then(|snapshot| snapshot.verify_quotes(original)) {
        Ok(quotes) => check.quotes = quotes,
        Err(IndexError::Damaged(fault)) => check.faults.push(fault),
        Err(error) => return Err(error),
    }
    Ok(())
}
