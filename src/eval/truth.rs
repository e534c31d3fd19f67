//! Whether citations are true: the quote's bytes and lines, compared with the files as they lie on disk. Nothing of the
//! index is trusted.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use crate::answer::{Answer, Citation};

/// The files of a corpus folder, each read once.
pub struct Files {
    folder: PathBuf,
    // A standard lock: held while one file is read, never across an await.
    read: Mutex<BTreeMap<String, Option<Vec<u8>>>>,
}

impl Files {
    /// The files below `folder`.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf(), read: Mutex::default() }
    }

    /// What is untrue about an answer's citations, one sentence each; an answer without any is untrue, too.
    pub fn untrue(&self, answer: &Answer) -> Vec<String> {
        if answer.citations.is_empty() {
            return vec!["answered without a citation".to_owned()];
        }
        answer.citations.iter().filter_map(|citation| self.fault(citation)).collect()
    }

    fn fault(&self, citation: &Citation) -> Option<String> {
        let path = &citation.document;
        let mut read = self.read.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let bytes = read.entry(path.clone()).or_insert_with(|| self.bytes(path));
        let Some(bytes) = bytes else { return Some(format!("{path}: there is no such file")) };
        let (start, end) = citation.bytes;
        if start >= end || bytes.get(start..end) != Some(citation.quote.as_bytes()) {
            return Some(format!("{path}: bytes {start}..{end} are not the quote"));
        }
        let lines = (line(bytes, start), line(bytes, end - 1));
        (lines != citation.lines).then(|| {
            let (first, last) = citation.lines;
            format!("{path}: the quote stands on lines {}-{}, not {first}-{last}", lines.0, lines.1)
        })
    }

    /// A path that leaves the folder names no file of it.
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        std::fs::read(self.folder.join(path)).ok().filter(|_| inside)
    }
}

/// Number of the line that holds a byte, from 1. LF, CRLF and CR end a line.
fn line(bytes: &[u8], at: usize) -> u32 {
    let before = bytes.get(..at).unwrap_or_default();
    let ends = before.iter().enumerate().filter(|(place, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(place + 1) != Some(&b'\n'),
        _ => false,
    });
    u32::try_from(ends.count() + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::Files;
    use crate::answer::Outcome;
    use crate::eval::score::tests::answer;

    #[test]
    fn quotes_are_compared_with_the_files() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.md"), "one\r\ntwo\rthree\nfour").expect("a file");
        let files = Files::new(folder.path());
        for (document, quote, bytes, lines, fault) in [
            ("a.md", "two\rthree", (5, 14), (2, 3), ""),
            ("a.md", "four", (15, 19), (4, 4), ""),
            ("a.md", "four", (15, 19), (3, 4), "a.md: the quote stands on lines 4-4, not 3-4"),
            ("a.md", "For", (15, 18), (4, 4), "a.md: bytes 15..18 are not the quote"),
            ("a.md", "four", (15, 99), (4, 4), "a.md: bytes 15..99 are not the quote"),
            ("a.md", "", (3, 3), (1, 1), "a.md: bytes 3..3 are not the quote"),
            ("../a.md", "four", (15, 19), (4, 4), "../a.md: there is no such file"),
        ] {
            let mut answer = answer(Outcome::Answered, "", &[(document, quote)]);
            (answer.citations[0].bytes, answer.citations[0].lines) = (bytes, lines);
            assert_eq!(files.untrue(&answer).concat(), fault);
        }
        let none = answer(Outcome::Answered, "", &[]);
        assert_eq!(files.untrue(&none), ["answered without a citation"]);
    }
}
