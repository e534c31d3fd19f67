//! One writer at a time over a data folder: a lock of the operating system (gone with the process that held it,
//! however it ended) and, inside the file, who holds it since when. Readers need no lock.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::IndexError;

/// Who holds a lock, as far as its file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Process id, if it could be read.
    pub pid: Option<u32>,
    /// When it took the lock, seconds since 1970 (UTC), if it could be read.
    pub since: Option<i64>,
}

/// The right to write; given back when dropped. The file itself stays: removing it would let two in.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Said aloud: closing the file is not enough while a process that is just being started has a copy of it. If
        // this fails, closing it is all there is.
        let _ = self.file.unlock();
    }
}

/// Takes the lock without waiting; `Ok(Err(holder))` if another has it. `now` is in seconds since 1970 (UTC).
pub fn take(path: &Path, now: i64) -> Result<Result<Lock, Holder>, IndexError> {
    let failed = |source| IndexError::Io { path: path.display().to_string(), source };
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(Err(holder(&mut file))),
        Err(TryLockError::Error(source)) => return Err(failed(source)),
    }
    file.set_len(0).map_err(failed)?;
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    file.write_all(format!("{} {now}\n", std::process::id()).as_bytes()).map_err(failed)?;
    Ok(Ok(Lock { file }))
}

fn holder(file: &mut File) -> Holder {
    let mut text = String::new();
    // What cannot be read (some systems lock reading too) is only missing from the message.
    let _ = file.read_to_string(&mut text);
    let mut words = text.split_whitespace();
    Holder {
        pid: words.next().and_then(|word| word.parse().ok()),
        since: words.next().and_then(|word| word.parse().ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Holder, take};

    #[test]
    fn a_second_one_is_told_who_and_since_when() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lock");
        let first = take(&path, 1_700_000_000).expect("usable").expect("free");
        let second = take(&path, 1_700_000_100).expect("usable");
        let expected = Holder { pid: Some(std::process::id()), since: Some(1_700_000_000) };
        assert_eq!(second.expect_err("held"), expected);
        drop(first);
        assert!(take(&path, 1_700_000_200).expect("usable").is_ok());
    }
}
