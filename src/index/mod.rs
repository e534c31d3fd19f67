//! The index: documents in, ranked blocks and verbatim quotes out. Only this module names tantivy.
//! A generation is one immutable directory; how generations are staged and switched is in `generations`.

mod analyze;
mod defines;
pub mod files;
mod form;
mod frozen;
pub mod generations;
mod growing;
mod kept;
mod labels;
pub mod lock;
pub mod manifest;
mod naming;
mod packed;
mod ready;
pub mod records;
mod sealed;
mod search;
mod snapshot;
pub mod staging;
mod verify;
mod words;
mod write;

use std::path::Path;

pub use search::{BlockQuery, Hit, MAX_TERMS};
pub use snapshot::Snapshot;
pub use write::{facts, write};

/// Form of a generation's files; raised whenever they or what is written into them changes.
pub const FORMAT: u32 = 11;

/// Names of a generation's files.
mod file {
    /// The texts, one after another; behind one that was taken out of a file, the file and the way back.
    pub const TEXTS: &str = "texts.bin";
    /// The block records, one after another.
    pub const BLOCKS: &str = "blocks.bin";
    /// Where each block record ends: 64-bit little-endian numbers.
    pub const BLOCK_ENDS: &str = "blocks.ends";
    /// A folder for the segment of what is written anew, until it is joined to what is kept.
    pub const PART: &str = "part";
    /// What is held in memory.
    pub const CATALOG: &str = "catalog.bin";
}

/// What a build or an opening can fail with.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The file system refused.
    #[error("{path}: {source}")]
    Io {
        /// What was being read or written.
        path: String,
        /// Why it failed.
        source: std::io::Error,
    },
    /// Somebody told the build to stop.
    #[error("the build was cancelled")]
    Cancelled,
    /// The search engine refused, or a file of the generation is damaged.
    #[error("the index is unusable: {0}")]
    Damaged(String),
}

impl IndexError {
    /// Why, without saying that the index is unusable.
    pub fn reason(&self) -> String {
        match self {
            Self::Damaged(reason) => reason.clone(),
            Self::Io { .. } | Self::Cancelled => self.to_string(),
        }
    }

    fn io(path: &Path, source: std::io::Error) -> Self {
        Self::Io { path: path.display().to_string(), source }
    }

    fn damaged(error: impl std::fmt::Display) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// What a build wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Documents.
    pub documents: u64,
    /// Passages.
    pub passages: u64,
    /// Facts: passages that state a typed value or a list for an attribute.
    pub facts: u64,
}
