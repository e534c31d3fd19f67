//! The search engine's view of a generation's folder while it is being written: the plain folder, with every piece that is
//! written passing the gate of `files`. What the pieces mean is the engine's.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

use super::IndexError;
use super::files::{Call, Files};
use super::frozen::meaning;

/// A folder into which a generation is written.
#[derive(Clone)]
pub(super) struct Growing {
    folder: MmapDirectory,
    path: PathBuf,
    files: Files,
}

impl Growing {
    /// The folder `dir`, which must exist.
    pub fn open(files: &Files, dir: &Path) -> Result<Self, IndexError> {
        let folder = MmapDirectory::open(dir).map_err(|error| meaning(dir, error.into()))?;
        Ok(Self { folder, path: dir.to_path_buf(), files: files.clone() })
    }

    fn ask(&self, call: Call, path: &Path) -> io::Result<()> {
        self.files.ask(call, &self.path.join(path))
    }
}

impl std::fmt::Debug for Growing {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Growing").field(&self.path).finish()
    }
}

impl Directory for Growing {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.ask(Call::Read, path)
            .map_err(|refusal| OpenReadError::wrap_io_error(refusal, path.to_path_buf()))?;
        self.folder.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.ask(Call::Remove, path).map_err(|refusal| DeleteError::IoError {
            io_error: Arc::new(refusal),
            filepath: path.to_path_buf(),
        })?;
        self.folder.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.folder.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.ask(Call::Write, path)
            .map_err(|refusal| OpenWriteError::wrap_io_error(refusal, path.to_path_buf()))?;
        let inner = self.folder.open_write(path)?;
        if self.files.is_plain() {
            return Ok(inner);
        }
        Ok(WritePtr::new(Box::new(Piecewise { inner, folder: self.clone(), path: path.to_path_buf() })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.folder.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.ask(Call::Write, path)?;
        self.folder.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.ask(Call::Sync, Path::new(""))?;
        self.folder.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.folder.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.folder.watch(callback)
    }
}

/// A file of the engine's whose every piece passes the gate.
struct Piecewise {
    inner: WritePtr,
    folder: Growing,
    path: PathBuf,
}

impl Write for Piecewise {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.folder.ask(Call::Write, &self.path)?;
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl TerminatingWrite for Piecewise {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.folder.ask(Call::Sync, &self.path)?;
        self.inner.terminate_ref(token)
    }
}
