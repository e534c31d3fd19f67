//! The search engine's view of a generation's folder that is never written again: no lock is taken, so that a
//! read-only disk serves as well; and what the engine's errors mean to us.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;

use tantivy::TantivyError;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

use super::IndexError;

/// A folder whose files stay as they are.
#[derive(Debug, Clone)]
pub(super) struct Frozen(MmapDirectory);

impl Frozen {
    /// The folder `dir`.
    pub fn open(dir: &Path) -> Result<Self, IndexError> {
        MmapDirectory::open(dir).map(Self).map_err(|error| meaning(dir, TantivyError::from(error)))
    }
}

impl Directory for Frozen {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(frozen()), filepath: path.to_path_buf() })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::IoError { io_error: Arc::new(frozen()), filepath: path.to_path_buf() })
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, _path: &Path, _data: &[u8]) -> io::Result<()> {
        Err(frozen())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    /// The lock keeps files from being removed while they are opened; here none is.
    fn acquire_lock(&self, _lock: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
    }
}

fn frozen() -> io::Error {
    io::Error::new(ErrorKind::ReadOnlyFilesystem, "a finished generation is not written again")
}

/// Tells a system that refuses, which may pass, from files that are damaged, which will not.
pub(super) fn meaning(dir: &Path, error: TantivyError) -> IndexError {
    let refusal = match &error {
        TantivyError::IoError(refusal)
        | TantivyError::LockFailure(LockError::IoError(refusal), _)
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error: refusal, .. })
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: refusal, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: refusal, .. }) => refusal,
        _ => return IndexError::damaged(error),
    };
    match refusal.kind() {
        ErrorKind::NotFound | ErrorKind::InvalidData | ErrorKind::UnexpectedEof => IndexError::damaged(error),
        kind => IndexError::io(dir, io::Error::new(kind, refusal.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};
    use std::path::Path;
    use std::sync::Arc;

    use tantivy::TantivyError;

    use super::meaning;
    use crate::index::IndexError;

    #[test]
    fn a_full_disk_is_no_damage() {
        let means = |kind| meaning(Path::new("/g"), TantivyError::IoError(Arc::new(Error::from(kind))));
        for kind in [ErrorKind::StorageFull, ErrorKind::ReadOnlyFilesystem, ErrorKind::PermissionDenied] {
            let meaning = means(kind);
            assert!(matches!(&meaning, IndexError::Io { source, .. } if source.kind() == kind), "{meaning}");
        }
        assert!(matches!(means(ErrorKind::UnexpectedEof), IndexError::Damaged(_)));
    }
}
