//! Libraries over any folder at once, through the cache: keyed by content, shared by processes, pruned. The libraries
//! themselves are tested in `library`.

use std::path::PathBuf;

use registrar::library::{Library, LibraryError, Quiet};

use crate::library::{Ground, NOW, ONE, TWO, lexicon, names};

fn open(ground: &Ground, now: i64) -> Result<Library, LibraryError> {
    // The ground's data folder serves as the cache.
    Library::open_cached(&ground.places.corpus, &ground.places.data, lexicon(), 0.5, now, &Quiet)
}

fn built(ground: &Ground) -> bool {
    open(ground, NOW).expect("a library").built_at_opening().is_some()
}

#[test]
fn it_is_keyed_by_content() {
    let ground = Ground::with(&[("one.md", ONE)]);
    assert!(built(&ground) && !built(&ground));
    ground.put("one.md", TWO);
    assert!(built(&ground), "other bytes");
    std::fs::rename(ground.places.corpus.join("one.md"), ground.places.corpus.join("two.md"))
        .expect("renamed");
    assert!(built(&ground), "another path");
    std::fs::rename(ground.places.corpus.join("two.md"), ground.places.corpus.join("one.md"))
        .expect("renamed");
    ground.put("one.md", ONE);
    assert!(!built(&ground), "as before");
    ground.put("photo.png", "no text");
    assert!(built(&ground), "another file that is left out");
    assert_eq!(names(&ground.places.data).len(), 4);
}

#[test]
fn the_same_content_elsewhere_is_the_same_entry() {
    let ground = Ground::with(&[("one.md", ONE)]);
    assert!(built(&ground));
    let other = Ground::with(&[("one.md", ONE)]);
    let places: [PathBuf; 2] = [other.places.corpus.clone(), ground.places.data.clone()];
    let library =
        Library::open_cached(&places[0], &places[1], lexicon(), 0.5, NOW, &Quiet).expect("a library");
    assert!(library.built_at_opening().is_none());
    assert_eq!(library.places().corpus, other.places.corpus);
}

#[test]
fn the_last_eight_by_use_are_kept() {
    let ground = Ground::new();
    let day = 86_400;
    for number in 0..10 {
        ground.put("one.md", &format!("{ONE}\nNumber {number}.\n"));
        open(&ground, NOW + number * day).expect("a library");
        if number > 0 {
            // The first one is used again and again.
            ground.put("one.md", &format!("{ONE}\nNumber 0.\n"));
            let library = open(&ground, NOW + number * day + 1).expect("a library");
            assert!(library.built_at_opening().is_none(), "used again before {number}");
        }
    }
    assert_eq!(names(&ground.places.data).len(), 8);
    for (number, expected) in [(9, false), (2, true), (1, true)] {
        ground.put("one.md", &format!("{ONE}\nNumber {number}.\n"));
        assert_eq!(built(&ground), expected, "{number}");
    }
}

#[test]
fn many_at_once_on_one_folder_all_succeed() {
    let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
    // Locks are per opened file, so that threads stand for processes.
    let barrier = std::sync::Barrier::new(8);
    let built = std::thread::scope(|scope| {
        let open = || {
            barrier.wait();
            let library = open(&ground, NOW).expect("a library");
            assert_eq!(library.status().documents, 2);
            library.built_at_opening().is_some()
        };
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).filter(|built| *built).count()
    });
    assert_eq!(built, 1);
}

#[test]
fn what_cannot_be_opened_is_said() {
    let ground = Ground::new();
    let said = |ground: &Ground| ground.anonymous(&open(ground, NOW).err().expect("refused").to_string());
    let empty = said(&ground);
    expect_test::expect![
        "The folder CORPUS holds no text that can be read (0 skipped). Put .md, .txt or .html files in it."
    ]
    .assert_eq(&empty);
    std::fs::remove_dir_all(&ground.places.corpus).expect("removed");
    expect_test::expect![
        "The folder CORPUS does not exist. Create it and put .md, .txt or .html files in it, or name another folder."
    ]
    .assert_eq(&said(&ground));
}
