//! Folders with all that people and systems put into them.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use registrar::corpus::{FolderError, Limits, Problem, load, read_folder};
use registrar::lexicon::text_rules::TextRules;

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| format!("{}: {}", problem.path, problem.message)).collect()
}

fn names(folder: &Path, limits: &Limits) -> (Vec<String>, Vec<String>) {
    let (files, problems) = read_folder(folder, limits).expect("the folder is read");
    (files.into_iter().map(|file| file.path).collect(), told(&problems))
}

#[test]
fn texts_are_read_in_order_and_the_rest_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in [
        "b.txt",
        "a.md",
        "sub/deep/c.MARKDOWN",
        "sub/a.txt",
        "NOTES",
        ".hidden.txt",
        ".git/config",
        "über.txt",
    ] {
        write(folder.path(), name, b"Some text stands here.");
    }
    write(folder.path(), "page.HTM", b"<p>x</p>");
    write(folder.path(), "book.epub", b"x");
    write(folder.path(), "sub/scan.pdf", b"%PDF-1.4");
    let (files, problems) = names(folder.path(), &Limits::default());
    assert_eq!(files, ["NOTES", "a.md", "b.txt", "page.HTM", "sub/a.txt", "sub/deep/c.MARKDOWN", "über.txt"]);
    assert_eq!(
        problems,
        [
            "book.epub: Files ending in .epub are not read. Save its text as a .txt or .md file.",
            "sub/scan.pdf: Files ending in .pdf are not read. Save its text as a .txt or .md file.",
        ]
    );
}

#[test]
fn limits_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.txt", &b"word ".repeat(300));
    write(folder.path(), "b.txt", b"Some text stands here.");
    write(folder.path(), "c.txt", b"Some text stands here.");
    write(folder.path(), "x/y/z.txt", b"Some text stands here.");
    let limits = Limits { max_file_bytes: 1_024, max_total_bytes: 30, max_depth: 2, max_files: 9 };
    let (files, problems) = names(folder.path(), &limits);
    assert_eq!(files, ["b.txt"]);
    assert_eq!(
        problems,
        [
            "a.txt: It is too large: 0.0 MiB, where 0.0 MiB is the limit. Split it into several files.",
            "c.txt: The folder's texts hold more than 0.0 MiB together. Split the folder, or raise the limit.",
            "x/y: It lies 2 folders deep, and nothing deeper is read. Move its files up.",
        ]
    );
    let limits = Limits { max_files: 1, ..Limits::default() };
    let (files, problems) = names(folder.path(), &limits);
    assert_eq!(files, ["a.txt"]);
    assert_eq!(
        problems,
        ["b.txt: The folder holds more than 1 texts. Join small files, or raise the limit."]
    );
}

#[cfg(unix)]
#[test]
fn links_pipes_and_sockets_are_left_alone() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    let outside = tempfile::tempdir().expect("a folder");
    write(outside.path(), "secret.txt", b"Outside.");
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.txt", b"Some text stands here.");
    symlink(outside.path().join("secret.txt"), folder.path().join("link.txt")).expect("a link");
    symlink(outside.path(), folder.path().join("folder-link")).expect("a link");
    symlink(folder.path(), folder.path().join("loop")).expect("a link");
    symlink("nowhere", folder.path().join("dangling.txt")).expect("a link");
    let _socket = UnixListener::bind(folder.path().join("socket.txt")).expect("a socket");
    let pipe = folder.path().join("pipe.txt");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    let (files, problems) = names(folder.path(), &Limits::default());
    assert_eq!(files, ["a.txt"]);
    let link = "It is a link, and links are not followed. Put the file itself in the folder.";
    let special = "It is a pipe, a socket or a device, not a file. Remove it from the folder.";
    let mut expected = vec![
        format!("dangling.txt: {link}"),
        format!("folder-link: {link}"),
        format!("link.txt: {link}"),
        format!("loop: {link}"),
    ];
    if made.is_ok_and(|status| status.success()) {
        expected.push(format!("pipe.txt: {special}"));
    }
    expected.push(format!("socket.txt: {special}"));
    assert_eq!(problems, expected);
}

#[test]
fn a_folder_without_texts_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().display().to_string();
    let message = |error: FolderError| error.to_string();
    let fails = |path: &Path| read_folder(path, &Limits::default()).map(|_| ()).map_err(message);
    assert_eq!(
        fails(folder.path()),
        Err(format!(
            "The folder {path} holds no text that can be read (0 skipped). Put .md, .txt or .html files in it."
        ))
    );
    assert_eq!(
        fails(&folder.path().join("gone")),
        Err(format!(
            "The folder {path}/gone does not exist. Create it and put .md, .txt or .html files in it, or name another folder."
        ))
    );
    write(folder.path(), "a.txt", b"");
    assert_eq!(
        fails(&folder.path().join("a.txt")),
        Err(format!(
            "{path}/a.txt is not a folder. Name the folder that holds your .md, .txt and .html files."
        ))
    );
    let error = load(folder.path(), &Limits::default(), &TextRules::shipped(), &|_, _| {})
        .map(|_| ())
        .map_err(message);
    assert_eq!(
        error,
        Err(format!(
            "The folder {path} holds no text that can be read (1 skipped). Put .md, .txt or .html files in it."
        ))
    );
}

#[test]
fn bad_files_do_not_stop_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "bad.txt", b"caf\xe9");
    for number in 0..50 {
        write(
            folder.path(),
            &format!("{number:02}.txt"),
            format!("Title {number}\n\nText {number} is here.").as_bytes(),
        );
    }
    let steps = AtomicU64::new(0);
    let count = |_: u64, total: u64| {
        assert_eq!(total, 51);
        steps.fetch_add(1, Ordering::Relaxed);
    };
    let rules = TextRules::shipped();
    let (documents, problems) = load(folder.path(), &Limits::default(), &rules, &count).expect("documents");
    assert_eq!(steps.into_inner(), 51);
    let titles: Vec<&str> = documents.iter().map(|document| document.title.as_str()).collect();
    let expected: Vec<String> = (0..50).map(|number| format!("Title {number}")).collect();
    assert_eq!(titles, expected);
    assert_eq!(problems.len(), 1);
    assert_eq!(
        (problems[0].path.as_str(), problems[0].line, problems[0].skipped),
        ("bad.txt", Some(1), true)
    );
    let (again, _) = load(folder.path(), &Limits::default(), &rules, &|_, _| {}).expect("documents");
    assert_eq!(documents, again);
}

#[test]
fn a_folder_that_changes_while_it_is_read_is_read_without_harm() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_owned();
    write(&path, "steady.txt", b"It stands still.");
    let versions: Vec<Vec<u8>> =
        (1..5_u8).map(|seed| vec![b'a' + seed; usize::from(seed) * 40_000]).collect();
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let stopped = stop.clone();
    let target = path.join("moving.txt");
    let writer = std::thread::spawn(move || {
        while !stopped.load(Ordering::Relaxed) {
            for version in &versions {
                let _ = fs::write(&target, version);
            }
            let _ = fs::remove_file(&target);
        }
    });
    for _ in 0..200 {
        let (files, problems) = read_folder(&path, &Limits::default()).expect("the folder is read");
        assert!(files.iter().any(|file| file.path == "steady.txt"));
        assert!(files.len() + problems.len() <= 2);
    }
    stop.store(true, Ordering::Relaxed);
    writer.join().expect("the writer ends");
}
