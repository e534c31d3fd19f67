//! What a library is told and what it says: places, orders, reports, refusals. Plain data; what is done is in the modules
//! beside it.

use std::path::PathBuf;

use super::guard::{GoldenChange, GoldenReport};
use crate::corpus::Problem;

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
    /// Nothing had changed, so nothing was built.
    pub unchanged: bool,
    /// Titles that no document has any more.
    pub lost: Vec<String>,
    /// How the golden questions of the folder fare.
    pub golden: GoldenReport,
    /// Those of [`Order::missed`] whose answer, or its first citation, differs from before; `right` says whether they were
    /// answered.
    pub missed: Vec<GoldenChange>,
    /// What speaks against the switch, one sentence each.
    pub refusals: Vec<String>,
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
    /// Facts in it: passages that state a value or a list of something that is asked for.
    pub facts: u64,
    /// Problems found when it was built.
    pub problems: Vec<Problem>,
    /// Id of the generation kept for rollback.
    pub previous: Option<String>,
}

/// Why a library cannot do what was asked; the text is for the person who asked.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// Another reindex is under way.
    #[error("A reindex is already running (started by {by}, {since}). Wait for it to end, then try again.")]
    Busy {
        /// When it began, as a readable time.
        since: String,
        /// Who began it.
        by: String,
    },
    /// The new generation was complete, and was not switched to.
    #[error("Nothing was switched: {} The old generation still serves.", .0.refusals.join(" "))]
    Refused(Box<ReindexReport>),
    /// Somebody told it to stop.
    #[error("The reindex was cancelled. Nothing was changed: the old generation still serves.")]
    Cancelled,
    /// Anything else that the person can act on: what is wrong, then what to do.
    #[error("{0}")]
    Failed(String),
}

/// An order for a reindex.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// Who gave it, as others will read it.
    pub by: &'a str,
    /// When it builds.
    pub when: Rebuild,
    /// Seconds since 1970 (UTC).
    pub now: i64,
    /// Questions that were missed so far, to be asked before and after; they speak against nothing.
    pub missed: &'a [String],
}

/// When a reindex builds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rebuild {
    /// Only if a file, the lexicon, the program or the index itself is not as it was.
    IfNeeded,
    /// Always, and whatever speaks against the switch.
    Always,
    /// As if needed, but it is not switched to: what would change is the report.
    Never,
}

/// Called while a generation is being built.
pub trait Progress: Sync {
    /// `done` of `total` steps of the named stage (reading, indexing, verifying) are done.
    fn step(&self, stage: &str, done: u64, total: u64);

    /// Asked now and then; when it says no, the build ends and nothing is changed.
    fn go_on(&self) -> bool {
        true
    }
}

/// Tells nobody.
pub struct Quiet;

impl Progress for Quiet {
    fn step(&self, _stage: &str, _done: u64, _total: u64) {}
}
