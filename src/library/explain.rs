//! What went wrong with a corpus or data folder, in sentences for the person who can mend it: what is wrong, what still
//! holds, what to do next. Nothing is decided here.

use std::io::ErrorKind;
use std::path::Path;

use super::LibraryError;
use crate::corpus::FolderError;
use crate::index::IndexError;
use crate::index::lock::Holder;

/// `2026-01-31 12:00:00 UTC`, from seconds since 1970 (UTC).
pub fn time(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(
        |_| format!("second {seconds}"),
        |time| time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
    )
}

/// A data folder that could not be written or read. `kept` says what still serves, or is empty.
pub fn data_folder(error: &IndexError, data: &Path, kept: &str) -> LibraryError {
    let IndexError::Io { path, source } = error else {
        return LibraryError::Failed(format!(
            "A generation did not pass its check: {}.{kept} Run `registrar index build --force`; if it happens again, \
             check the disk that holds {}.",
            error.reason(),
            data.display()
        ));
    };
    let data = data.display();
    LibraryError::Failed(match source.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => format!(
            "The disk is full: {path} could not be written.{kept} Free some space (a build needs as much again as the \
             data folder {data} holds), then try again."
        ),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => format!(
            "registrar may not write {path} ({source}).{kept} Let the account that runs it read and write the data \
             folder {data}, or choose another data folder, then try again."
        ),
        _ => format!("{path} could not be used: {source}.{kept} Mend that, then try again."),
    })
}

/// Another process is writing the data folder.
pub fn held(holder: &Holder, data: &Path) -> LibraryError {
    let who = holder.pid.map_or_else(|| "another process".to_owned(), |pid| format!("process {pid}"));
    let since = holder.since.map(|since| format!(" since {}", time(since))).unwrap_or_default();
    LibraryError::Failed(format!(
        "The data folder {} is being rebuilt by {who}{since}. Wait for it to end, or end that process, then try again.",
        data.display()
    ))
}

/// A corpus folder that cannot be used, or holds nothing.
pub fn corpus(error: &FolderError, kept: &str) -> LibraryError {
    let hint = match error {
        FolderError::Empty { problems, .. } if !problems.is_empty() => " `registrar check` says why.",
        _ => "",
    };
    LibraryError::Failed(format!("{error}{hint}{kept}"))
}

/// What should serve cannot.
pub fn unusable(id: &str, error: &IndexError) -> LibraryError {
    LibraryError::Failed(format!(
        "Generation {id} is unusable: {}. Run `registrar index build` to replace it.",
        error.reason()
    ))
}

/// The generation to go back to speaks of attributes that this lexicon numbers otherwise.
pub fn other_lexicon(id: &str, kept: &str) -> LibraryError {
    LibraryError::Failed(format!(
        "Generation {id} was built with another lexicon and cannot serve with this one.{kept} Restore the texts and run \
         `registrar index build` instead."
    ))
}

/// There is only one generation.
pub fn nothing_to_roll_back_to(kept: &str) -> LibraryError {
    LibraryError::Failed(format!(
        "There is no earlier generation to go back to.{kept} Each build that changes something keeps the one before it."
    ))
}

/// The end of a message: what still serves.
pub fn still_serving(generation: &str) -> String {
    format!(" Nothing was changed: generation {generation} still serves.")
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};
    use std::path::Path;

    use expect_test::{Expect, expect};

    use super::{data_folder, held, nothing_to_roll_back_to, still_serving, unusable};
    use crate::index::IndexError;
    use crate::index::lock::Holder;
    use crate::library::LibraryError;

    #[track_caller]
    fn check(error: &LibraryError, expected: Expect) {
        expected.assert_eq(&error.to_string());
    }

    fn io(kind: ErrorKind) -> IndexError {
        IndexError::Io { path: "/data/staging-1".to_owned(), source: Error::from(kind) }
    }

    #[test]
    fn every_failure_says_what_is_wrong_and_what_to_do() {
        let (data, kept) = (Path::new("/data"), still_serving("G1"));
        check(
            &data_folder(&io(ErrorKind::StorageFull), data, &kept),
            expect![[
                r#"The disk is full: /data/staging-1 could not be written. Nothing was changed: generation G1 still serves. Free some space (a build needs as much again as the data folder /data holds), then try again."#
            ]],
        );
        check(
            &data_folder(&io(ErrorKind::ReadOnlyFilesystem), data, ""),
            expect![[
                r#"registrar may not write /data/staging-1 (read-only filesystem or storage medium). Let the account that runs it read and write the data folder /data, or choose another data folder, then try again."#
            ]],
        );
        check(
            &data_folder(&io(ErrorKind::PermissionDenied), data, &kept),
            expect![[
                r#"registrar may not write /data/staging-1 (permission denied). Nothing was changed: generation G1 still serves. Let the account that runs it read and write the data folder /data, or choose another data folder, then try again."#
            ]],
        );
        check(
            &data_folder(&io(ErrorKind::TimedOut), data, &kept),
            expect![[
                r#"/data/staging-1 could not be used: timed out. Nothing was changed: generation G1 still serves. Mend that, then try again."#
            ]],
        );
        check(
            &data_folder(&IndexError::Damaged("x.idx is missing".into()), data, &kept),
            expect![[
                r#"A generation did not pass its check: x.idx is missing. Nothing was changed: generation G1 still serves. Run `registrar index build --force`; if it happens again, check the disk that holds /data."#
            ]],
        );
        check(
            &held(&Holder { pid: Some(7), since: Some(1_700_000_000) }, data),
            expect![[
                r#"The data folder /data is being rebuilt by process 7 since 2023-11-14 22:13:20 UTC. Wait for it to end, or end that process, then try again."#
            ]],
        );
        check(
            &held(&Holder { pid: None, since: None }, data),
            expect![[
                r#"The data folder /data is being rebuilt by another process. Wait for it to end, or end that process, then try again."#
            ]],
        );
        check(
            &nothing_to_roll_back_to(&kept),
            expect![[
                r#"There is no earlier generation to go back to. Nothing was changed: generation G1 still serves. Each build that changes something keeps the one before it."#
            ]],
        );
        check(
            &unusable("G1", &IndexError::Damaged("x.idx is missing".into())),
            expect![[
                r#"Generation G1 is unusable: x.idx is missing. Run `registrar index build` to replace it."#
            ]],
        );
    }
}
