//! The SQLite file: what outlives the process, what is refused at the start, two programs at once, a crowd of servers.

use std::path::Path;
use std::time::Instant;

use registrar::store::{AnswerRecord, Change, Mode, Place, StoreError, open};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

fn place(folder: &tempfile::TempDir) -> Place {
    Place::File(folder.path().join("store.sqlite"))
}

/// A connection beside the store's own.
async fn beside(path: &Path) -> SqliteConnection {
    SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(path)).await.expect("it opens")
}

async fn run(path: &Path, sql: &'static str) {
    sqlx::query(sql).execute(&mut beside(path).await).await.expect(sql);
}

#[tokio::test]
async fn everything_outlives_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = AnswerRecord { question: 1, answer: 2, channel: 3, asker: 4, created_at: 5 };
    {
        let store = open(&place(&folder)).await.expect("it opens");
        store.change(7, Change::Channel(1, Mode::Listen)).await.expect("written");
        store.answered(record).await.expect("written");
        assert!(store.greet(7, 0).await.expect("written"));
    }
    let store = open(&place(&folder)).await.expect("it opens again");
    assert_eq!(store.settings(7).await.expect("settings").mode(1, None), Mode::Listen);
    assert_eq!(store.answer(1, 6).await, Ok(Some(record)));
    assert_eq!(store.greet(7, 9).await, Ok(false));
}

#[tokio::test]
async fn a_store_of_a_newer_program_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store.sqlite");
    drop(open(&place(&folder)).await.expect("it opens"));
    let later = "insert into _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) \
                 values (99, 'later', '2030-01-01', true, x'00', 0)";
    run(&path, later).await;
    let error = open(&place(&folder)).await.err().expect("it is refused");
    assert_eq!(
        error.to_string(),
        format!(
            "The store {} was written by a newer registrar (its schema has version 99, this program knows 5).\n\
             Start the newer program again, or name another file as `url` under [store] in the config.",
            path.display()
        )
    );
}

#[tokio::test]
async fn what_is_no_store_is_refused_with_a_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = folder.path().join("text");
    std::fs::write(
        &text,
        "This is a text and no database, and it is long enough to have a header of its own.".repeat(20),
    )
    .expect("written");
    let changed = folder.path().join("changed.sqlite");
    drop(open(&Place::File(changed.clone())).await.expect("it opens"));
    run(&changed, "update _sqlx_migrations set checksum = x'00'").await;
    let cases = [
        (text, "file is not a database"),
        (folder.path().join("missing/store.sqlite"), "unable to open database file"),
        (folder.path().to_path_buf(), "unable to open database file"),
        (changed, "its tables were made by another program (migration 1 differs)"),
    ];
    for (path, reason) in cases {
        let place = Place::File(path);
        let error = open(&place).await.err().expect("it is refused");
        assert_eq!(error, StoreError::Unusable { place: place.to_string(), reason: reason.to_owned() });
    }
}

#[tokio::test]
async fn it_is_a_write_ahead_log_that_two_programs_share() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, two) =
        (open(&place(&folder)).await.expect("it opens"), open(&place(&folder)).await.expect("twice"));
    let journal = sqlx::query_scalar::<_, String>("pragma journal_mode")
        .fetch_one(&mut beside(&folder.path().join("store.sqlite")).await)
        .await;
    assert_eq!(journal.expect("a mode"), "wal");
    let writes = (0..200).map(|number| {
        let store = if number % 2 == 0 { one.clone() } else { two.clone() };
        async move { store.change(7, Change::Channel(number, Mode::Off)).await }
    });
    assert!(futures_util::future::join_all(writes).await.into_iter().all(|result| result.is_ok()));
    assert_eq!(one.settings(7).await.expect("settings").channels.len(), 200);
}

#[tokio::test]
async fn a_failure_says_so_and_holds_no_values() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(&place(&folder)).await.expect("it opens");
    run(&folder.path().join("store.sqlite"), "drop table answers").await;
    let error = store.answer(424_242, 0).await.expect_err("it fails");
    assert_eq!(error, StoreError::Failed("no such table: answers".to_owned()));
    assert_eq!(store.change(7, Change::Cooldown(Some(1))).await, Ok(()), "the rest works on");
}

/// 2,000 servers with three channels each: written in one go, then read one by one. Prints its figures (`--nocapture`).
#[tokio::test]
#[expect(clippy::print_stdout, reason = "the figures, with --nocapture")]
async fn two_thousand_servers() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(&place(&folder)).await.expect("it opens");
    let began = Instant::now();
    for server in 1..=2_000 {
        for channel in 1..=3 {
            store.change(server, Change::Channel(channel, Mode::Listen)).await.expect("written");
        }
    }
    let written = began.elapsed();
    let mut times: Vec<_> = Vec::new();
    for server in 1..=2_000 {
        let began = Instant::now();
        assert_eq!(store.settings(server).await.expect("settings").channels.len(), 3);
        times.push(began.elapsed());
    }
    times.sort_unstable();
    let size = std::fs::metadata(folder.path().join("store.sqlite")).expect("the file").len();
    println!(
        "2,000 servers × 3 channels: written in {written:?} ({size} bytes); one server read: p50 {:?}, p99 {:?}",
        times[1_000], times[1_980]
    );
}
