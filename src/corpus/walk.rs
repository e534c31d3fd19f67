//! Reads the texts of a folder and leaves alone all that is not one: links, pipes, devices, hidden and foreign files.
//! It opens nothing but regular files of bounded size and does not look into them.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::model::Problem;

/// How much is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes.
    pub max_file_bytes: u64,
    /// All files together, in bytes.
    pub max_total_bytes: u64,
    /// Folders within folders.
    pub max_depth: usize,
    /// Number of texts.
    pub max_files: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_file_bytes: 8 << 20, max_total_bytes: 256 << 20, max_depth: 32, max_files: 200_000 }
    }
}

/// One file of the folder, unread by any parser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawFile {
    /// Path below the folder, with `/` between its parts.
    pub path: String,
    /// All its bytes.
    pub bytes: Vec<u8>,
}

/// Why a folder gives no documents at all.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// There is no such folder.
    #[error("The folder {} does not exist. Create it and put .md, .txt or .html files in it, or name another folder.", .0.display())]
    Missing(PathBuf),
    /// The path names something else.
    #[error("{} is not a folder. Name the folder that holds your .md, .txt and .html files.", .0.display())]
    NotAFolder(PathBuf),
    /// The folder cannot be listed.
    #[error("The folder {} cannot be read ({reason}). Check its permissions.", .folder.display())]
    Unreadable {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Nothing to read was found; the problems tell what was skipped.
    #[error("The folder {} holds no text that can be read ({} skipped). Put .md, .txt or .html files in it.", .folder.display(), .problems.len())]
    Empty {
        /// The folder.
        folder: PathBuf,
        /// What was found instead.
        problems: Vec<Problem>,
    },
}

/// The endings that are read; files without any ending are read too.
const TEXT_ENDINGS: [&str; 8] = ["md", "markdown", "mdown", "txt", "text", "html", "htm", "xhtml"];

/// Asked before each step of a reading: listing a folder, opening a file, reading it, making sure that it stayed as it was.
/// An error stands for the step's own failure. It is how tests make a disk fail, or change files while they are read.
pub type Door<'a> = &'a (dyn Fn(&Path) -> std::io::Result<()> + Sync);

/// All texts below a folder, sorted by path, and what was left out. Hidden files are left out in silence.
pub fn read_folder(folder: &Path, limits: &Limits) -> Result<(Vec<RawFile>, Vec<Problem>), FolderError> {
    read_folder_through(&|_| Ok(()), folder, limits)
}

/// [`read_folder`], through a door.
///
/// # Errors
/// As [`read_folder`].
pub fn read_folder_through(
    door: Door<'_>,
    folder: &Path,
    limits: &Limits,
) -> Result<(Vec<RawFile>, Vec<Problem>), FolderError> {
    match folder.metadata() {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(FolderError::NotAFolder(folder.to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(FolderError::Missing(folder.to_owned()));
        }
        Err(error) => return Err(unreadable(folder, &error)),
    }
    // Asked for once here, so that a locked folder is not mistaken for an empty one.
    door(folder)
        .and_then(|()| std::fs::read_dir(folder).map(drop))
        .map_err(|error| unreadable(folder, &error))?;

    let mut found: Vec<(String, PathBuf)> = Vec::new();
    let mut problems = Vec::new();
    let mut walk = WalkDir::new(folder)
        .follow_links(false)
        .max_depth(limits.max_depth)
        .max_open(16)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry));
    while let Some(entry) = walk.next() {
        match entry {
            Ok(entry) if entry.depth() == 0 => {}
            Ok(entry) => {
                let path = relative(folder, entry.path());
                match refusal(&entry, limits) {
                    Verdict::Read => found.push((path, entry.into_path())),
                    Verdict::Enter if entry.file_type().is_dir() => {
                        if let Err(error) = door(entry.path()) {
                            problems.push(unlisted(path, &plain_reason(&error)));
                            walk.skip_current_dir();
                        }
                    }
                    Verdict::Enter => {}
                    Verdict::Refuse(message) => problems.push(skipped(path, message)),
                }
            }
            Err(error) => {
                let path = error.path().map_or_else(String::new, |path| relative(folder, path));
                let reason = error.io_error().map_or_else(|| error.to_string(), plain_reason);
                problems.push(unlisted(path, &reason));
            }
        }
    }
    found.sort();
    let files = read_all(door, found, limits, &mut problems);
    problems.sort_by(|a, b| a.path.cmp(&b.path));
    if files.is_empty() {
        return Err(FolderError::Empty { folder: folder.to_owned(), problems });
    }
    Ok((files, problems))
}

fn read_all(
    door: Door<'_>,
    found: Vec<(String, PathBuf)>,
    limits: &Limits,
    problems: &mut Vec<Problem>,
) -> Vec<RawFile> {
    let mut files = Vec::new();
    let mut total = 0_u64;
    for (path, place) in found {
        if files.len() >= limits.max_files {
            let message = format!(
                "The folder holds more than {} texts. Join small files, or raise the limit.",
                limits.max_files
            );
            problems.push(skipped(path, message));
            break;
        }
        match read_file(door, &place, limits) {
            Ok(bytes) if total + bytes.len() as u64 > limits.max_total_bytes => {
                let size = megabytes(limits.max_total_bytes);
                problems.push(skipped(path, format!("The folder's texts hold more than {size} together. Split the folder, or raise the limit.")));
            }
            Ok(bytes) => {
                total += bytes.len() as u64;
                files.push(RawFile { path, bytes });
            }
            Err(message) => problems.push(skipped(path, message)),
        }
    }
    files
}

enum Verdict {
    Read,
    /// A folder, or a file that is no text and may be here.
    Enter,
    Refuse(String),
}

fn refusal(entry: &DirEntry, limits: &Limits) -> Verdict {
    let kind = entry.file_type();
    if kind.is_symlink() {
        let message = "It is a link, and links are not followed. Put the file itself in the folder.";
        return Verdict::Refuse(message.to_owned());
    }
    if kind.is_dir() {
        if entry.depth() >= limits.max_depth {
            let message = format!(
                "It lies {} folders deep, and nothing deeper is read. Move its files up.",
                limits.max_depth
            );
            return Verdict::Refuse(message);
        }
        return Verdict::Enter;
    }
    if !kind.is_file() {
        let message = "It is a pipe, a socket or a device, not a file. Remove it from the folder.";
        return Verdict::Refuse(message.to_owned());
    }
    if is_question_file(&entry.file_name().to_string_lossy()) {
        return Verdict::Enter;
    }
    match entry.path().extension().map(|ending| ending.to_string_lossy().to_lowercase()) {
        Some(ending) if !TEXT_ENDINGS.contains(&ending.as_str()) => Verdict::Refuse(format!(
            "Files ending in .{ending} are not read. Save its text as a .txt or .md file."
        )),
        _ => Verdict::Read,
    }
}

/// Whether a file in the folder holds questions that its texts must answer: `golden.jsonl`, `pay.questions.toml`.
fn is_question_file(name: &str) -> bool {
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    matches!(ending, "jsonl" | "toml") && (stem == "golden" || stem.ends_with(".questions"))
}

/// The question files at the top of a folder, by name, and those that cannot be read.
pub fn read_question_files(door: Door<'_>, folder: &Path, limits: &Limits) -> (Vec<RawFile>, Vec<Problem>) {
    let entries = WalkDir::new(folder).follow_links(false).min_depth(1).max_depth(1).sort_by_file_name();
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for entry in entries.into_iter().flatten() {
        let path = relative(folder, entry.path());
        if entry.file_type().is_file() && is_question_file(&path) {
            match read_file(door, entry.path(), limits) {
                Ok(bytes) => files.push(RawFile { path, bytes }),
                Err(message) => problems.push(skipped(path, message)),
            }
        }
    }
    (files, problems)
}

/// All bytes of a regular file, or a sentence that says why not.
fn read_file(door: Door<'_>, path: &Path, limits: &Limits) -> Result<Vec<u8>, String> {
    // A file that is being written gets a second chance; a third would wait for its writer.
    match read_once(door, path, limits)? {
        Some(bytes) => Ok(bytes),
        None => read_once(door, path, limits)?
            .ok_or_else(|| "It changed while it was being read. Build again when it is written.".to_owned()),
    }
}

/// The bytes, or nothing if the file changed meanwhile.
fn read_once(door: Door<'_>, path: &Path, limits: &Limits) -> Result<Option<Vec<u8>>, String> {
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => "It vanished while the folder was being read. Build again.".to_owned(),
        ErrorKind::PermissionDenied => "It may not be read. Give this user the right to read it.".to_owned(),
        _ => format!(
            "It cannot be read ({}). Check the disk and the file's permissions.",
            plain_reason(&error)
        ),
    };
    let file = door(path).and_then(|()| open_without_waiting(path)).map_err(failed)?;
    let before = file.metadata().map_err(failed)?;
    if !before.is_file() {
        return Err("It is a pipe, a socket or a device, not a file. Remove it from the folder.".to_owned());
    }
    let too_large = |size: u64| {
        let (size, limit) = (megabytes(size), megabytes(limits.max_file_bytes));
        format!("It is too large: {size}, where {limit} is the limit. Split it into several files.")
    };
    if before.len() > limits.max_file_bytes {
        return Err(too_large(before.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(before.len()).unwrap_or_default());
    // One byte more than the limit tells a file that grows from one that fits.
    door(path)
        .and_then(|()| (&file).take(limits.max_file_bytes + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    if bytes.len() as u64 > limits.max_file_bytes {
        return Err(too_large(bytes.len() as u64));
    }
    let after = door(path).and_then(|()| file.metadata()).map_err(failed)?;
    let steady = bytes.len() as u64 == before.len() && same_state(&before, &after);
    Ok(steady.then_some(bytes))
}

fn same_state(before: &Metadata, after: &Metadata) -> bool {
    before.len() == after.len() && before.modified().ok() == after.modified().ok()
}

/// Opens a file without following a link in its place and without waiting for the other end of a pipe.
fn open_without_waiting(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
    }
    options.open(path)
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn relative(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn skipped(path: String, message: impl Into<String>) -> Problem {
    Problem { path, line: None, message: message.into(), skipped: true }
}

fn unlisted(path: String, reason: &str) -> Problem {
    skipped(path, format!("It cannot be listed ({reason}). Check its permissions."))
}

fn unreadable(folder: &Path, error: &std::io::Error) -> FolderError {
    FolderError::Unreadable { folder: folder.to_owned(), reason: plain_reason(error) }
}

/// What the system said, without its error number.
fn plain_reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{} MiB", bytes >> 20, ((bytes >> 10) & 1023) * 10 / 1024)
}
