//! Documents that moderators upload: kept in a folder of their own inside the corpus folder, under names made here, with
//! every version that was replaced or removed. Where the bytes come from, and who may, is decided elsewhere.
//!
//! ```text
//! corpus/.uploads/            read like the corpus folder; the name can be no folder of it, for hidden ones are not read
//!   slug-0123abcd.md          what is served
//!   .staged/HASH-slug-….md    what is previewed and not confirmed yet
//!   .versions/slug-….md/N     what was there before, the newest with the highest number
//! ```

use std::path::{Path, PathBuf};

use crate::corpus::{Problem, RawFile, parse};
use crate::index::files::Files;
use crate::index::{self, IndexError};
use crate::lexicon::Lexicon;
use crate::text::fold;

/// Name of the folder.
pub const FOLDER: &str = ".uploads";
/// What is staged for longer than this is removed, in seconds.
const STAGED_SECONDS: i64 = 15 * 60;
/// Letters of a stored name that come from the original one.
const MAX_SLUG: usize = 40;
/// Versions that are kept of one document.
const VERSIONS: usize = 10;
/// Endings that are read, and as what they are stored.
const ENDINGS: [(&str, &str); 7] = [
    ("md", "md"),
    ("markdown", "md"),
    ("txt", "txt"),
    ("text", "txt"),
    ("html", "html"),
    ("htm", "html"),
    ("xhtml", "html"),
];

/// The uploads of a corpus folder.
pub struct Uploads {
    files: Files,
    folder: PathBuf,
}

/// What was understood of an upload that is not served yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What [`Uploads::confirm`] knows it by.
    pub key: String,
    /// Under which name it would be stored.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its first headings.
    pub headings: Vec<String>,
    /// How many passages were found.
    pub passages: usize,
    /// How many of them state a value or a list of something that is asked for.
    pub facts: u64,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Whether it takes the place of one of that name.
    pub replaces: bool,
}

/// Why an upload cannot be taken; the text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// The file is not one that can be read.
    #[error("{0}")]
    Refused(String),
    /// There is none of that name, or it was staged too long ago.
    #[error("There is no such upload (any more). `/corpus add` uploads a document.")]
    Unknown,
    /// The folder could not be written or read.
    #[error("The upload could not be stored: {0}. Tell registrar's operator.")]
    Folder(#[from] IndexError),
}

impl Uploads {
    /// The uploads of the corpus folder `corpus`; nothing is made yet.
    pub fn new(corpus: &Path, files: Files) -> Self {
        Self { files, folder: corpus.join(FOLDER) }
    }

    /// Understands an upload and stages it.
    ///
    /// # Errors
    /// If it cannot be read, or not be stored.
    pub fn stage(
        &self,
        original: &str,
        bytes: &[u8],
        lexicon: &Lexicon,
        now: i64,
    ) -> Result<Preview, UploadError> {
        self.check_folder()?;
        let name = stored_name(original)?;
        let file = RawFile { path: format!("{FOLDER}/{name}"), bytes: bytes.to_vec() };
        let (document, problems) = parse(&file, &lexicon.text);
        let Some(document) = document else {
            let told = problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join(" ");
            return Err(UploadError::Refused(told));
        };
        let staged = self.folder.join(".staged");
        self.files.make_folder(&staged)?;
        for old in self.files.list(&staged)? {
            let place = staged.join(old);
            if self.files.touched(&place).is_ok_and(|touched| now - touched > STAGED_SECONDS) {
                self.files.remove(&place)?;
            }
        }
        let key: String = blake3::hash(bytes).to_hex().chars().take(16).collect();
        let place = staged.join(format!("{key}-{name}"));
        self.files.write(&place, bytes)?;
        self.files.touch(&place, now)?;
        let replaces = self.names()?.contains(&name);
        let headings = document.sections.iter().skip(1).map(|section| section.heading.clone()).collect();
        let passages = document.passages.len();
        let facts = index::facts(&document, lexicon);
        Ok(Preview { key, name, title: document.title, headings, passages, facts, problems, replaces })
    }

    /// Serves what was staged at the next reindex; gives the name under which it is stored. What it replaces is kept.
    ///
    /// # Errors
    /// If it was staged too long ago, or cannot be stored.
    pub fn confirm(&self, key: &str, now: i64) -> Result<String, UploadError> {
        self.check_folder()?;
        let staged = self.folder.join(".staged");
        let begin = format!("{key}-");
        let found = self.files.list(&staged)?.into_iter().find(|name| name.starts_with(&begin));
        let file = found.ok_or(UploadError::Unknown)?;
        let place = staged.join(&file);
        if now - self.files.touched(&place)? > STAGED_SECONDS {
            return Err(UploadError::Unknown);
        }
        let name = file.strip_prefix(&begin).unwrap_or(&file).to_owned();
        if self.names()?.contains(&name) {
            self.copy_aside(&name)?;
        }
        // One rename: what is served is the old document or the new one, at any moment.
        self.files.rename(&place, &self.folder.join(&name))?;
        self.files.sync(&self.folder)?;
        Ok(name)
    }

    /// Forgets what was staged.
    ///
    /// # Errors
    /// If it cannot be removed.
    pub fn discard(&self, key: &str) -> Result<(), UploadError> {
        let staged = self.folder.join(".staged");
        let begin = format!("{key}-");
        for name in self.files.list(&staged)?.iter().filter(|name| name.starts_with(&begin)) {
            self.files.remove(&staged.join(name))?;
        }
        Ok(())
    }

    /// Names of the uploads that are served, sorted.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn names(&self) -> Result<Vec<String>, UploadError> {
        let names = self.files.list(&self.folder)?;
        Ok(names.into_iter().filter(|name| !name.starts_with('.')).collect())
    }

    /// Takes an upload away at the next reindex; it can be restored.
    ///
    /// # Errors
    /// If there is none of that name, or it cannot be moved.
    pub fn remove(&self, name: &str) -> Result<(), UploadError> {
        self.check_folder()?;
        if !self.names()?.iter().any(|known| known == name) {
            return Err(UploadError::Unknown);
        }
        let version = self.next_version(name)?;
        self.files.rename(&self.folder.join(name), &version)?;
        self.files.sync(&self.folder)?;
        self.drop_oldest(name)
    }

    /// Names that [`Uploads::restore`] knows, sorted.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn restorable(&self) -> Result<Vec<String>, UploadError> {
        let versions = self.folder.join(".versions");
        let mut names = self.files.list(&versions)?;
        names.retain(|name| self.versions(&versions.join(name)).is_ok_and(|numbers| !numbers.is_empty()));
        Ok(names)
    }

    /// Brings back the version of an upload that was there before; the one that is there now is kept as a version, so
    /// that a second time undoes the first.
    ///
    /// # Errors
    /// If there is no earlier version, or it cannot be moved.
    pub fn restore(&self, name: &str) -> Result<(), UploadError> {
        self.check_folder()?;
        // Only names that are there are ever joined to a path.
        let known = self.files.list(&self.folder.join(".versions"))?.iter().any(|known| known == name);
        let versions = self.folder.join(".versions").join(if known { name } else { "" });
        let newest = if known { self.versions(&versions)?.pop() } else { None };
        let newest = versions.join(newest.ok_or(UploadError::Unknown)?.to_string());
        if self.names()?.iter().any(|known| known == name) {
            self.copy_aside(name)?;
        }
        self.files.rename(&newest, &self.folder.join(name))?;
        self.files.sync(&self.folder)?;
        Ok(())
    }

    /// Nothing is written to where a link leads; what lies there is not read as part of the corpus either.
    fn check_folder(&self) -> Result<(), UploadError> {
        let inside = [".staged", ".versions"].map(|name| self.folder.join(name));
        if self.folder.is_symlink() || inside.iter().any(|folder| folder.is_symlink()) {
            return Err(UploadError::Refused(format!(
                "The folder {FOLDER} is a link, and links are not followed. Tell registrar's operator to put a folder in its \
                 place."
            )));
        }
        Ok(())
    }

    /// Keeps what is served under a name as a version, too.
    fn copy_aside(&self, name: &str) -> Result<(), UploadError> {
        let version = self.next_version(name)?;
        let staged = self.folder.join(".staged");
        self.files.make_folder(&staged)?;
        // Written whole before it counts as a version.
        let copy = staged.join(format!("version-of-{name}"));
        self.files.write(&copy, &self.files.read(&self.folder.join(name))?)?;
        self.files.rename(&copy, &version)?;
        self.drop_oldest(name)
    }

    /// Where the next version of a document goes; its folder is made.
    fn next_version(&self, name: &str) -> Result<PathBuf, UploadError> {
        let versions = self.folder.join(".versions").join(name);
        self.files.make_folder(&versions)?;
        let next = self.versions(&versions)?.last().map_or(1, |last| last + 1);
        Ok(versions.join(next.to_string()))
    }

    fn drop_oldest(&self, name: &str) -> Result<(), UploadError> {
        let versions = self.folder.join(".versions").join(name);
        let numbers = self.versions(&versions)?;
        for number in numbers.iter().take(numbers.len().saturating_sub(VERSIONS)) {
            self.files.remove(&versions.join(number.to_string()))?;
        }
        Ok(())
    }

    fn versions(&self, folder: &Path) -> Result<Vec<u64>, UploadError> {
        let names = self.files.list(folder)?;
        let mut numbers: Vec<u64> = names.iter().filter_map(|name| name.parse().ok()).collect();
        numbers.sort_unstable();
        Ok(numbers)
    }
}

/// A name that is safe everywhere: letters of the original one, and a hash that tells apart what they do not.
fn stored_name(original: &str) -> Result<String, UploadError> {
    let trimmed = original.trim_end_matches(['.', ' ']);
    let ending = trimmed.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let Some((_, ending)) = ENDINGS.iter().find(|(known, _)| *known == ending) else {
        return Err(UploadError::Refused(
            "Only Markdown (.md), text (.txt) and saved pages (.html) can be uploaded. Save the document as one of them."
                .to_owned(),
        ));
    };
    let stem = trimmed.rsplit_once('.').map_or(trimmed, |(stem, _)| stem);
    let stem = stem.rsplit(['/', '\\']).next().unwrap_or(stem);
    let folded = fold(stem);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug: String = words.collect::<Vec<_>>().join("-").chars().take(MAX_SLUG).collect();
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        slug.push_str("document");
    }
    let hash: String = blake3::hash(original.as_bytes()).to_hex().chars().take(8).collect();
    Ok(format!("{slug}-{hash}.{ending}"))
}
