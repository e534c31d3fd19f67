//! The corpus folder on its way into a generation: read whole once, so that what is hashed, parsed and verified are the
//! same bytes. Finding and parsing files is `corpus`'s.

use std::path::Path;

use crate::corpus::{Block, BlockKind, Document, Passage, PassageKind, Problem, Section};

/// A corpus folder as it was read.
pub struct Folder {
    files: Vec<(String, Vec<u8>)>,
    problems: Vec<Problem>,
}

/// What the files mean.
pub struct Parsed {
    /// By path.
    pub documents: Vec<Document>,
    /// By path.
    pub problems: Vec<Problem>,
}

impl Folder {
    /// Reads a folder; `None` if there is none. What is wrong with single files is a problem of theirs.
    pub fn read(path: &Path) -> Option<Self> {
        if !path.is_dir() {
            return None;
        }
        let mut files = Vec::new();
        for entry in walkdir::WalkDir::new(path).sort_by_file_name().into_iter().flatten() {
            let name = entry.path().strip_prefix(path).map(|name| name.display().to_string());
            if let (true, Ok(name), Ok(bytes)) =
                (entry.file_type().is_file(), name, std::fs::read(entry.path()))
            {
                files.push((name, bytes));
            }
        }
        Some(Self { files, problems: Vec::new() })
    }

    /// Hash over paths and bytes: equal folders, equal hash.
    pub fn hash(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for (path, bytes) in &self.files {
            hasher.update(&(path.len() as u64).to_le_bytes());
            hasher.update(path.as_bytes());
            hasher.update(blake3::hash(bytes).as_bytes());
        }
        hasher.finalize()
    }

    /// Parses the files.
    pub fn parse(self) -> Parsed {
        let documents = self
            .files
            .into_iter()
            .filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?)))
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(path, text)| whole(path, text))
            .collect();
        Parsed { documents, problems: self.problems }
    }
}

fn whole(path: String, text: String) -> Document {
    let span = 0..text.trim_end().len();
    Document {
        title: path.clone(),
        path,
        source: None,
        url: None,
        date: None,
        kind: None,
        level: None,
        field: None,
        sections: vec![Section { heading: String::new(), parent: None, span: 0..0 }],
        blocks: vec![Block {
            kind: BlockKind::Paragraph,
            section: 0,
            span: span.clone(),
            lead: None,
            passages: 0..1,
        }],
        passages: vec![Passage {
            kind: PassageKind::Sentence,
            block: 0,
            section: 0,
            span,
            lines: (1, 1),
            parts: vec![],
        }],
        text,
    }
}
