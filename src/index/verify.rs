//! Whether a generation's folder is what its manifest says. It trusts nothing that it reads: every fault is a sentence,
//! never a panic, and nothing is repaired here.

use std::path::Path;

use rayon::prelude::*;

use super::files::{Call, Files};
use super::manifest::{IndexFile, Manifest};
use super::sealed;
use super::{FORMAT, IndexError, Snapshot};

/// Name of the manifest in a generation's folder.
pub const MANIFEST: &str = "manifest.json";

/// Up to this size in bytes a generation's checksums are checked whenever it is opened (about 20 ms); above it, its
/// files' sizes only, and `registrar index verify` checks the rest.
const CHECKED_AT_OPENING: u64 = 64 * 1024 * 1024;

/// How much is checked before a generation is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// What can be checked without delaying the start.
    Opening,
    /// Every byte.
    Full,
}

/// A generation that is what its manifest says, opened.
pub struct Sound {
    /// Its manifest.
    pub manifest: Manifest,
    /// Its index.
    pub snapshot: Snapshot,
}

/// Checks and opens the generation `id` in `folder`.
///
/// # Errors
/// [`IndexError::Damaged`] if it is not usable, whatever one does; [`IndexError::Io`] if it could not be read now.
pub fn open(files: &Files, folder: &Path, id: &str, depth: Depth) -> Result<Sound, IndexError> {
    let manifest = manifest(files, folder, id)?;
    let total: u64 = manifest.files.iter().map(|file| file.bytes).sum();
    let full = depth == Depth::Full || total <= CHECKED_AT_OPENING;
    let faults = faults(files, folder, &manifest, full)?;
    if !faults.is_empty() {
        return Err(IndexError::Damaged(faults.join("; ")));
    }
    files.ask(Call::Read, folder).map_err(|source| IndexError::io(folder, source))?;
    let snapshot = Snapshot::open(folder)?;
    Ok(Sound { manifest, snapshot })
}

/// Reads the manifest of the generation `id` in `folder`.
pub fn manifest(files: &Files, folder: &Path, id: &str) -> Result<Manifest, IndexError> {
    let path = folder.join(MANIFEST);
    let bytes = files.read(&path).map_err(missing_is_damage)?;
    let manifest: Manifest = sealed::unseal(&bytes)
        .map_err(|fault| IndexError::Damaged(format!("{}: {fault}", path.display())))?;
    if manifest.format != FORMAT {
        let found = manifest.format;
        return Err(IndexError::Damaged(format!("its format is {found}, this registrar reads {FORMAT}")));
    }
    if manifest.id != id {
        return Err(IndexError::Damaged(format!("its manifest belongs to generation {}", manifest.id)));
    }
    Ok(manifest)
}

/// What is wrong with a generation's files, one sentence each; with `full` every byte is read.
pub fn faults(
    files: &Files,
    folder: &Path,
    manifest: &Manifest,
    full: bool,
) -> Result<Vec<String>, IndexError> {
    let found: Result<Vec<Option<String>>, IndexError> =
        manifest.files.par_iter().map(|file| fault(files, folder, file, full)).collect();
    Ok(found?.into_iter().flatten().collect())
}

fn fault(files: &Files, folder: &Path, file: &IndexFile, full: bool) -> Result<Option<String>, IndexError> {
    let path = folder.join(&file.name);
    let name = &file.name;
    let size = match files.size(&path).map_err(missing_is_damage) {
        Ok(size) => size,
        Err(IndexError::Damaged(_)) => return Ok(Some(format!("{name} is missing"))),
        Err(error) => return Err(error),
    };
    if size != file.bytes {
        return Ok(Some(format!("{name} has {size} bytes instead of {}", file.bytes)));
    }
    let changed = full && files.hash(&path)?.1 != file.blake3;
    Ok(changed.then(|| format!("{name} has other bytes than those that were written")))
}

/// A file that is gone will not come back by trying again; other refusals may pass.
fn missing_is_damage(error: IndexError) -> IndexError {
    match error {
        IndexError::Io { path, source } if source.kind() == std::io::ErrorKind::NotFound => {
            IndexError::Damaged(format!("{path} is missing"))
        }
        other => other,
    }
}
