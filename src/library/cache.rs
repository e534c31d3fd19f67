//! Libraries over any folder at once: generations in a cache that is keyed by everything that goes into them, so that
//! nothing needs to be told when a file changes. The data folder of a bot is no cache; see `opening`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::opening::Request;
use super::reading::Folder;
use super::{Library, LibraryError, Places, Progress, explain};
use crate::index::files::Files;
use crate::index::{FORMAT, IndexError};
use crate::lexicon::Lexicon;

/// Entries kept, by last use.
const KEPT: usize = 8;
/// An entry used within this many seconds may be in use by another process and is kept whatever the number.
const IN_USE: i64 = 600;
const USED: &str = "used";

impl Library {
    /// Opens a library over the folder `corpus` as it is now, with its generation in `cache` (made if missing); builds
    /// it unless this very content was built before. Several processes may do so at once. Arguments else as for
    /// [`Library::open`].
    ///
    /// # Errors
    /// If the folder is missing or holds no document, or the cache cannot be written.
    pub fn open_cached(
        corpus: &Path,
        cache: &Path,
        lexicon: Arc<Lexicon>,
        min_confidence: f64,
        now: i64,
        progress: &dyn Progress,
    ) -> Result<Self, LibraryError> {
        let files = Files::disk();
        let folder = Folder::read(&files, corpus).map_err(|error| explain::corpus(&error, ""))?;
        let key = key(&folder, &lexicon);
        let data = cache.join(&key);
        mark(&files, &data, now).map_err(|error| explain::data_folder(&error, cache, ""))?;
        let places = Places { corpus: corpus.to_path_buf(), data };
        let request =
            Request { files: files.clone(), places, folder: Some(folder), lexicon, min_confidence, now };
        let library = Self::request(request, progress)?;
        prune(&files, cache, &key, now);
        Ok(library)
    }
}

/// Hash of the folder's paths and bytes, the lexicon, and the program that understands them.
fn key(folder: &Folder, lexicon: &Lexicon) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(folder.hash().as_bytes());
    hasher.update(format!("{FORMAT} {} {} ", env!("CARGO_PKG_VERSION"), lexicon.fingerprint).as_bytes());
    hasher.update(program().as_bytes());
    hasher.finalize().to_hex().chars().take(32).collect()
}

/// Two builds of one version may understand a file differently: size and time of the running program tell them apart.
fn program() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let modified =
        |file: &std::fs::Metadata| file.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok();
    file.map_or_else(|_| String::new(), |file| format!("{} {:?}", file.len(), modified(&file)))
}

/// Notes when an entry was last used, as the time of a file: a number in it could be read half-written.
fn mark(files: &Files, entry: &Path, now: i64) -> Result<(), IndexError> {
    files.make_folder(entry)?;
    files.touch(&entry.join(USED), now)
}

/// Removes the entries that were not used for longest. A cache that cannot be pruned still serves.
fn prune(files: &Files, cache: &Path, key: &str, now: i64) {
    // What was never marked was never finished.
    let used = |entry: &PathBuf| files.touched(&entry.join(USED)).unwrap_or_default();
    let is_entry = |name: &String| name.len() == key.len() && name != key;
    let Ok(names) = files.list(cache) else { return };
    let mut entries: Vec<(i64, PathBuf)> = names
        .iter()
        .filter(|name| is_entry(name))
        .map(|name| cache.join(name))
        .map(|entry| (used(&entry), entry))
        .collect();
    entries.sort();
    entries.reverse();
    for (used, entry) in entries.into_iter().skip(KEPT - 1) {
        if now - used > IN_USE
            && let Err(error) = files.remove(&entry)
        {
            tracing::debug!(%error, "an old cache entry could not be removed");
        }
    }
}
