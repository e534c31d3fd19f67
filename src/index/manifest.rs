//! What a generation was made of and consists of: written last, read first. Plain data with its comparison; where it
//! lies and when it is trusted is in `generations`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::FORMAT;
use crate::corpus::Problem;

/// One complete generation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`] when it was built.
    pub format: u32,
    /// Version of registrar that built it.
    pub program: String,
    /// Time and content, sortable by time; also the name of its folder.
    pub id: String,
    /// When it was built, seconds since 1970 (UTC).
    pub built_at: i64,
    /// Fingerprint of the lexicon it was built with.
    pub lexicon: String,
    /// Hash of all that went in: equal content, equal hash.
    pub content: String,
    /// The files that are served, by path.
    pub sources: Vec<Source>,
    /// Documents.
    pub documents: u64,
    /// Passages.
    pub passages: u64,
    /// Facts.
    pub facts: u64,
    /// What was wrong with the folder's files.
    pub problems: Vec<Problem>,
    /// The files of the index itself, by name.
    pub files: Vec<IndexFile>,
}

/// A file of the corpus folder as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Path below the corpus folder, with `/` between its parts.
    pub path: String,
    /// BLAKE3 of its bytes, hexadecimal.
    pub blake3: String,
    /// Its size.
    pub bytes: u64,
    /// Passages found in it.
    pub passages: u64,
}

/// A file of the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexFile {
    /// Name in the generation's folder.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// BLAKE3 of its bytes, hexadecimal.
    pub blake3: String,
}

/// What differs between two generations, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// New paths.
    pub added: Vec<String>,
    /// Paths whose bytes differ.
    pub changed: Vec<String>,
    /// Paths that are gone.
    pub removed: Vec<String>,
}

impl Manifest {
    /// What changed from `older` to this one; everything is added if there is no older one.
    pub fn changes_since(&self, older: Option<&Manifest>) -> Changes {
        let by_path = |manifest: &Manifest| -> BTreeMap<String, String> {
            manifest.sources.iter().map(|source| (source.path.clone(), source.blake3.clone())).collect()
        };
        let (before, after) = (older.map(by_path).unwrap_or_default(), by_path(self));
        let mut changes = Changes::default();
        for (path, hash) in &after {
            match before.get(path) {
                None => changes.added.push(path.clone()),
                Some(old) if old != hash => changes.changed.push(path.clone()),
                Some(_) => {}
            }
        }
        changes.removed = before.into_keys().filter(|path| !after.contains_key(path)).collect();
        changes
    }
}

/// Hash of all that a generation is made from: the same files, problems, lexicon, format and program version give the
/// same hash, at whatever time and place.
pub fn content_hash(sources: &[Source], problems: &[Problem], lexicon: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut field = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    field(&FORMAT.to_string());
    field(env!("CARGO_PKG_VERSION"));
    field(lexicon);
    for source in sources {
        field(&source.path);
        field(&source.blake3);
    }
    for problem in problems {
        field(&problem.path);
        field(&problem.message);
    }
    hasher.finalize().to_hex().to_string()
}

/// `20260131T120000Z-0123456789ab`: when (seconds since 1970, UTC), then what.
pub fn generation_id(built_at: i64, content: &str) -> String {
    let time = jiff::Timestamp::from_second(built_at)
        .map_or_else(|_| built_at.to_string(), |time| time.strftime("%Y%m%dT%H%M%SZ").to_string());
    format!("{time}-{}", content.chars().take(12).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{Source, content_hash, generation_id};

    fn source(path: &str, hash: &str) -> Source {
        Source { path: path.to_owned(), blake3: hash.to_owned(), bytes: 1, passages: 1 }
    }

    #[test]
    fn ids_sort_by_time_and_name_the_content() {
        assert_eq!(generation_id(1_700_000_000, "0123456789abcdef"), "20231114T221320Z-0123456789ab");
        assert!(generation_id(1_700_000_000, "ff") < generation_id(1_700_000_001, "00"));
    }

    #[test]
    fn content_differs_where_anything_differs() {
        let base = content_hash(&[source("a", "1"), source("b", "2")], &[], "lexicon");
        assert_eq!(base, content_hash(&[source("a", "1"), source("b", "2")], &[], "lexicon"));
        for other in [
            content_hash(&[source("a", "1"), source("b", "3")], &[], "lexicon"),
            content_hash(&[source("a", "1")], &[], "lexicon"),
            content_hash(&[source("a1", ""), source("b", "2")], &[], "lexicon"),
            content_hash(&[source("a", "1"), source("b", "2")], &[], "other"),
        ] {
            assert_ne!(base, other);
        }
    }
}
