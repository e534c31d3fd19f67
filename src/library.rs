//! A corpus folder and its generations on disk, behind one live engine: opening, reindexing, rolling back.
//! The one code path for the command line and for Discord. It does I/O; the engine below it does none.

use std::path::PathBuf;
use std::sync::Arc;

use crate::corpus::Problem;
use crate::engine::Engine;

/// Where a library lives.
#[derive(Debug, Clone)]
pub struct Places {
    /// The folder of texts.
    pub corpus: PathBuf,
    /// The folder for generations; made if missing, mode 0700.
    pub data: PathBuf,
}

/// What a reindex did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReindexReport {
    /// Id of the generation that serves now.
    pub generation: String,
    /// Paths that are new since the previous generation.
    pub added: Vec<String>,
    /// Paths whose bytes changed.
    pub changed: Vec<String>,
    /// Paths that are gone.
    pub removed: Vec<String>,
    /// What is wrong with the folder's files; those with `skipped` were left out.
    pub problems: Vec<Problem>,
    /// Documents served now.
    pub documents: u64,
    /// Passages served now.
    pub passages: u64,
}

/// What serves now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// Id of the serving generation.
    pub generation: String,
    /// When it was built, seconds since 1970 (UTC).
    pub built_at: i64,
    /// Documents in it.
    pub documents: u64,
    /// Passages in it.
    pub passages: u64,
    /// Problems found when it was built.
    pub problems: Vec<Problem>,
    /// Id of the generation kept for rollback.
    pub previous: Option<String>,
}

/// Why a library cannot do what was asked; the text is for the person who asked.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// Another reindex is under way.
    #[error("A reindex is already running (since {since}). Wait for it to end, then try again.")]
    Busy {
        /// When it began, as a readable time.
        since: String,
    },
    /// Anything else that the person can act on: what is wrong, then what to do.
    #[error("{0}")]
    Failed(String),
}

/// Called while a generation is being built.
pub trait Progress: Sync {
    /// `done` of `total` steps of the named stage (reading, indexing, verifying) are done.
    fn step(&self, stage: &str, done: u64, total: u64);
}

/// A corpus folder, its generations and the engine that serves the live one.
pub struct Library {
    places: Places,
    engine: Arc<Engine>,
}

impl Library {
    /// The engine over the live generation; it stays the same when a reindex swaps what it serves.
    pub fn engine(&self) -> Arc<Engine> {
        Arc::clone(&self.engine)
    }

    /// Where it lives.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Builds a new generation beside the live one, verifies it, switches to it. `now`: seconds since 1970 (UTC).
    pub fn reindex(&self, now: i64, progress: &dyn Progress) -> Result<ReindexReport, LibraryError> {
        let _ = (now, progress);
        Err(LibraryError::Failed("Not built yet.".to_owned()))
    }

    /// What serves now.
    pub fn status(&self) -> Status {
        Status::default()
    }
}
