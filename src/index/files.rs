//! The file system calls on which a generation's life depends, each naming its path when it fails, behind one gate that a
//! test can make fail, stall or end the process at call N. It knows nothing of what the files mean.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use super::IndexError;

/// What is about to be done to a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// Reading a file, a piece of one, or its size.
    Read,
    /// Creating a file, or writing all or a piece of it.
    Write,
    /// Making sure that a file or folder is on the disk.
    Sync,
    /// Renaming a file or folder over its final name.
    Rename,
    /// Removing a file or a folder with everything in it.
    Remove,
    /// Making a folder.
    MakeFolder,
    /// Listing a folder.
    List,
}

/// Asked before each call; an error stands for the call's own failure.
pub type Gate = Arc<dyn Fn(Call, &Path) -> io::Result<()> + Send + Sync>;

/// The file system as this module uses it.
#[derive(Clone, Default)]
pub struct Files {
    gate: Option<Gate>,
}

/// A file that is written piece by piece, each of them a call of its own.
pub struct Output {
    file: File,
    files: Files,
    path: PathBuf,
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.files.ask(Call::Write, &self.path)?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Files {
    /// The real file system.
    pub fn disk() -> Self {
        Self::default()
    }

    /// The real file system behind a gate.
    pub fn gated(gate: Gate) -> Self {
        Self { gate: Some(gate) }
    }

    /// Asks the gate; for work on a path that is done elsewhere.
    ///
    /// # Errors
    /// What the gate says in place of that work.
    pub fn ask(&self, call: Call, path: &Path) -> io::Result<()> {
        self.gate.as_ref().map_or(Ok(()), |gate| gate(call, path))
    }

    /// Whether nothing is ever refused here.
    pub fn is_plain(&self) -> bool {
        self.gate.is_none()
    }

    /// Creates a file that must not exist, to be written piece by piece.
    pub fn create(&self, path: &Path) -> Result<BufWriter<Output>, IndexError> {
        let file = self.call(Call::Write, path, || File::create_new(path))?;
        Ok(BufWriter::new(Output { file, files: self.clone(), path: path.to_path_buf() }))
    }

    /// Ends what [`Files::create`] began: waits until all of it is on the disk.
    pub fn finish(&self, mut output: BufWriter<Output>) -> Result<(), IndexError> {
        let path = output.get_ref().path.clone();
        output.flush().map_err(|source| IndexError::io(&path, source))?;
        self.call(Call::Sync, &path, || output.get_ref().file.sync_all())
    }

    /// All bytes of a file.
    pub fn read(&self, path: &Path) -> Result<Vec<u8>, IndexError> {
        self.call(Call::Read, path, || fs::read(path))
    }

    /// Size in bytes of a file.
    pub fn size(&self, path: &Path) -> Result<u64, IndexError> {
        self.call(Call::Read, path, || Ok(fs::metadata(path)?.len()))
    }

    /// Size in bytes and BLAKE3 (hexadecimal) of a file, read in small pieces.
    pub fn hash(&self, path: &Path) -> Result<(u64, String), IndexError> {
        self.call(Call::Read, path, || {
            let mut hasher = blake3::Hasher::new();
            hasher.update_reader(File::open(path)?)?;
            Ok((hasher.count(), hasher.finalize().to_hex().to_string()))
        })
    }

    /// Creates or replaces a file and waits until it is on the disk.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), IndexError> {
        self.call(Call::Write, path, || {
            let mut file = File::create(path)?;
            file.write_all(bytes)?;
            file.sync_all()
        })
    }

    /// Creates a file unless it is there, and sets its time, in seconds since 1970 (UTC).
    pub fn touch(&self, path: &Path, seconds: i64) -> Result<(), IndexError> {
        self.call(Call::Write, path, || {
            let time = UNIX_EPOCH + Duration::from_secs(seconds.unsigned_abs());
            File::options().create(true).append(true).open(path)?.set_modified(time)
        })
    }

    /// The time that [`Files::touch`] set.
    pub fn touched(&self, path: &Path) -> Result<i64, IndexError> {
        self.call(Call::Read, path, || {
            let since = fs::metadata(path)?.modified()?.duration_since(UNIX_EPOCH);
            Ok(since.map_or(0, |since| since.as_secs().cast_signed()))
        })
    }

    /// Waits until a file, or the list of names in a folder, is on the disk.
    pub fn sync(&self, path: &Path) -> Result<(), IndexError> {
        self.call(Call::Sync, path, || {
            // Only Unix can open a folder to sync it; elsewhere the rename itself is all there is.
            if cfg!(unix) || !path.is_dir() { File::open(path)?.sync_all() } else { Ok(()) }
        })
    }

    /// Renames a file or folder, replacing a file of that name.
    pub fn rename(&self, from: &Path, to: &Path) -> Result<(), IndexError> {
        self.call(Call::Rename, to, || fs::rename(from, to))
    }

    /// Removes a file, or a folder with all that is in it; what is not there is no error.
    pub fn remove(&self, path: &Path) -> Result<(), IndexError> {
        self.call(Call::Remove, path, || {
            let removed = match fs::symlink_metadata(path) {
                Ok(found) if found.is_dir() => fs::remove_dir_all(path),
                Ok(_) => fs::remove_file(path),
                Err(error) => Err(error),
            };
            removed.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
        })
    }

    /// Makes a folder and those above it; on Unix only its owner may enter it (mode 0700).
    pub fn make_folder(&self, path: &Path) -> Result<(), IndexError> {
        self.call(Call::MakeFolder, path, || {
            let mut builder = fs::DirBuilder::new();
            builder.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(path)
        })
    }

    /// Names in a folder, sorted; empty if there is no such folder. Names that are not Unicode are left out.
    pub fn list(&self, path: &Path) -> Result<Vec<String>, IndexError> {
        self.call(Call::List, path, || {
            let entries = match fs::read_dir(path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
                entries => entries?,
            };
            let mut names = Vec::new();
            for entry in entries {
                names.extend(entry?.file_name().into_string());
            }
            names.sort();
            Ok(names)
        })
    }

    fn call<T>(
        &self,
        call: Call,
        path: &Path,
        work: impl FnOnce() -> io::Result<T>,
    ) -> Result<T, IndexError> {
        self.ask(call, path).and_then(|()| work()).map_err(|source| IndexError::io(path, source))
    }
}
