//! A reindex that takes over what did not change: the same documents, answers and quotes as a build from nothing, and
//! nothing of what is gone.

use std::path::Path;

use registrar::answer::{Answer, Conversation};
use registrar::index::Snapshot;
use registrar::library::{Library, Quiet, Rebuild};

use crate::library::{Ground, NOW, ONE, THREE, TWO};

/// Files and their new texts; nothing: the file goes.
type Change<'a> = &'a [(&'a str, Option<&'a str>)];

const PAGE: &str = "<h1>Glazing</h1><p>The <b>glazing</b> program takes nine months &amp; costs $4,100.</p>";

fn apply(ground: &Ground, change: Change<'_>) {
    for (name, text) in change {
        match text {
            Some(text) => ground.put(name, text),
            None => std::fs::remove_file(ground.places.corpus.join(name)).expect("removed"),
        }
    }
}

/// What a generation says of itself, without where it lies in its files.
fn picture(library: &Library) -> Vec<String> {
    let snapshot: &Snapshot = &library.engine().snapshot();
    let mut picture: Vec<String> = Vec::new();
    for (index, document) in (0u32..).zip(&snapshot.catalog.documents) {
        picture.push(format!("{} {:?} {:?}", document.path, document.identity, document.sections));
        for id in document.first_block..document.first_block + document.blocks {
            let block = snapshot.block(id).expect("a block");
            assert_eq!(block.document, index, "{}", document.path);
            for passage in &block.passages {
                assert!(snapshot.quote(index, passage.span, passage.checksum).is_some(), "{}", document.path);
            }
            picture.push(format!("{block:?}"));
        }
    }
    for known in &snapshot.catalog.abbreviations {
        let place = snapshot.block(known.block).expect("a block").document;
        picture.push(format!("{} {} {:?} {place}", known.short, known.long, known.span));
    }
    for word in ["program", "takes", "sailing", "glazing", "years", "zyxwort"] {
        picture.push(format!("{word} {}", snapshot.word_frequency(word)));
    }
    picture.push(format!("{} {}", snapshot.catalog.passages, snapshot.catalog.facts));
    picture
}

/// Reindexes after each change in turn, and compares with a build from nothing.
#[track_caller]
fn check(files: &[(&str, &str)], changes: &[Change<'_>], questions: &[&str]) {
    let ground = Ground::with(files);
    let library = ground.open();
    for (round, change) in (1..).zip(changes) {
        apply(&ground, change);
        library.reindex(NOW + round, &Quiet).expect("reindexed");
        let fresh = ground.copy();
        std::fs::remove_dir_all(&fresh.places.data).expect("removed");
        let fresh = fresh.open();
        assert_eq!(picture(&library), picture(&fresh), "after change {round}");
        assert_eq!(library.status().problems, fresh.status().problems);
        for question in questions {
            let [one, other] = [&library, &fresh]
                .map(|library| said(&library.engine().ask(question, &Conversation::default(), NOW)));
            assert_eq!(one, other, "{question}");
        }
        for check in library.verify().expect("checked") {
            assert!(check.faults.is_empty(), "{check:?}");
        }
    }
}

fn said(answer: &Answer) -> String {
    let places: Vec<_> = answer.citations.iter().map(|c| (&c.document, c.bytes, &c.quote)).collect();
    format!("{} {places:?}", answer.text)
}

#[test]
fn files_come_change_and_go() {
    let abbreviated =
        "# Coding\n\nThe Certified Example Coder (CEC) exam costs $90. Coding takes one year.\n";
    check(
        &[("one.md", ONE), ("page.html", PAGE), ("two.md", TWO), ("coding.md", abbreviated)],
        &[
            &[("two.md", Some("# Baking\n\nBaking takes eleven months.\n"))],
            &[("a-first.md", Some(THREE))],
            &[("one.md", None)],
            &[("page.html", Some(&PAGE.replace("nine", "ten"))), ("z-last.md", Some(ONE))],
            &[("coding.md", None), ("two.md", None)],
            &[(
                "a-first.md",
                Some("+++\ntitle = \"Sailing\"\ncolour = \"blue\"\n+++\n\nSailing takes a year.\n"),
            )],
            &[("z-last.md", Some(TWO))],
        ],
        &[
            "How long does baking take?",
            "How long does sailing take?",
            "How long does glazing take?",
            "What is the CEC?",
        ],
    );
}

#[test]
fn a_whole_set_of_questions_is_answered_alike() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dev/corpus");
    let files: Vec<(String, String)> = std::fs::read_dir(corpus)
        .expect("texts")
        .map(|entry| entry.expect("a file").path())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).expect("UTF-8"))
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (first, rest) = files.split_first().expect("files");
    let changed = format!("{}\n\nThe zyxwort fee is $12.\n", first.1);
    check(
        &files,
        &[
            &[(first.0, Some(&changed))],
            &[(rest[1].0, None)],
            &[(rest[1].0, Some(rest[1].1)), (first.0, Some(first.1))],
        ],
        &["What is the zyxwort fee?"],
    );
}

#[test]
fn a_forced_build_takes_nothing_over() {
    let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
    let library = ground.open();
    let before = picture(&library);
    library.rebuild(Rebuild::Always, NOW + 1, &Quiet).expect("built");
    assert_eq!(picture(&library), before);
}
