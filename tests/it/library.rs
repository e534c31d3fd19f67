//! A library over real folders: opening, reindexing, rolling back, damage, two processes' worth of trouble. What is
//! answered from a generation is tested elsewhere.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, LazyLock, Mutex};

use expect_test::{Expect, expect};
use registrar::lexicon::Lexicon;
use registrar::library::{Library, LibraryError, Places, Progress, Quiet, Rebuild};

/// Seconds since 1970 at which the tests begin.
pub const NOW: i64 = 1_700_000_000;

/// A corpus and a data folder of its own.
pub struct Ground {
    _folder: tempfile::TempDir,
    pub places: Places,
}

impl Ground {
    pub fn new() -> Self {
        // In memory where there is such a place: what waits for a disk in earnest would make these tests slow.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a folder");
        let places = Places { corpus: folder.path().join("corpus"), data: folder.path().join("data") };
        std::fs::create_dir(&places.corpus).expect("a corpus folder");
        Self { _folder: folder, places }
    }

    pub fn with(files: &[(&str, &str)]) -> Self {
        let ground = Self::new();
        files.iter().for_each(|(name, text)| ground.put(name, text));
        ground
    }

    /// Another one with the same files in both folders.
    pub fn copy(&self) -> Self {
        let other = Self::new();
        let pairs = [(&self.places.corpus, &other.places.corpus), (&self.places.data, &other.places.data)];
        for (from, to) in pairs {
            for entry in walkdir::WalkDir::new(from).into_iter().map(|entry| entry.expect("readable")) {
                let place = to.join(entry.path().strip_prefix(from).expect("below it"));
                if entry.file_type().is_dir() {
                    std::fs::create_dir_all(place).expect("made");
                } else {
                    std::fs::copy(entry.path(), place).expect("copied");
                }
            }
        }
        other
    }

    pub fn put(&self, name: &str, text: &str) {
        std::fs::write(self.places.corpus.join(name), text).expect("written");
    }

    pub fn open(&self) -> Library {
        self.try_open(NOW).expect("a library")
    }

    pub fn try_open(&self, now: i64) -> Result<Library, LibraryError> {
        Library::open(self.places.clone(), lexicon(), 0.5, now, &Quiet)
    }

    /// Names in the data folder and in its `generations`, sorted.
    pub fn listing(&self) -> (Vec<String>, Vec<String>) {
        (names(&self.places.data), names(&self.places.data.join("generations")))
    }

    /// Text with the paths of this run replaced.
    pub fn anonymous(&self, text: &str) -> String {
        text.replace(&self.places.corpus.display().to_string(), "CORPUS")
            .replace(&self.places.data.display().to_string(), "DATA")
    }
}

pub fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

pub fn lexicon() -> Arc<Lexicon> {
    static SHIPPED: LazyLock<Arc<Lexicon>> =
        LazyLock::new(|| Arc::new(Lexicon::load(None).expect("the shipped lexicon")));
    Arc::clone(&SHIPPED)
}

pub const ONE: &str = "# Welding\n\nWelding takes two years.\n";
pub const TWO: &str = "# Baking\n\nBaking takes one year.\n";
pub const THREE: &str = "# Sailing\n\nSailing takes three years.\n";

#[test]
fn the_first_opening_builds_and_the_second_only_opens() {
    let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
    let first = ground.open();
    let built = first.built_at_opening().expect("built");
    assert_eq!((built.documents, built.added.join(" ").as_str()), (2, "one.md two.md"));
    assert_eq!(first.status().generation, built.generation);
    drop(first);
    // Serving never needs the corpus folder.
    std::fs::remove_dir_all(&ground.places.corpus).expect("removed");
    let second = ground.open();
    assert!(second.built_at_opening().is_none() && second.notices().is_empty());
    assert_eq!((second.status().documents, second.status().built_at), (2, NOW));
}

#[test]
fn a_reindex_says_what_changed_and_keeps_one_generation() {
    let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
    let library = ground.open();
    let first = library.status().generation;
    assert!(library.reindex(NOW + 1, &Quiet).expect("nothing to do").unchanged);
    assert_eq!(library.status().generation, first);

    ground.put("one.md", "# Welding\n\nWelding takes three years.\n");
    ground.put("three.md", THREE);
    std::fs::remove_file(ground.places.corpus.join("two.md")).expect("removed");
    let report = library.reindex(NOW + 2, &Quiet).expect("reindexed");
    let changes = [report.added, report.changed, report.removed].map(|paths| paths.join(" "));
    assert_eq!(changes, ["three.md", "one.md", "two.md"]);
    assert_eq!(library.status().previous, Some(first.clone()));

    let second = report.generation;
    let third = library.rebuild(Rebuild::Always, NOW + 3, &Quiet).expect("rebuilt").generation;
    assert_ne!(second, third);
    let (data, kept) = ground.listing();
    assert_eq!(kept, [second, third]);
    assert_eq!(data, ["current.json", "generations", "lock"]);
}

#[test]
fn back_and_forth() {
    let ground = Ground::with(&[("one.md", ONE)]);
    let library = ground.open();
    expect![[r#"There is no earlier generation to go back to. Nothing was changed: generation G still serves. Each build that changes something keeps the one before it."#]].assert_eq(
        &library.rollback(NOW).expect_err("only one").to_string().replace(&library.status().generation, "G"),
    );
    let first = library.status().generation;
    ground.put("two.md", TWO);
    let second = library.reindex(NOW + 1, &Quiet).expect("reindexed").generation;
    let report = library.rollback(NOW + 2).expect("back");
    assert_eq!((report.generation.as_str(), report.removed.join(" ").as_str()), (first.as_str(), "two.md"));
    assert_eq!(library.status().previous.as_ref(), Some(&second));
    assert_eq!(ground.open().status().generation, first);
    assert_eq!(library.rollback(NOW + 3).expect("forth").generation, second);
    assert_eq!(ground.open().status().documents, 2);
}

#[test]
fn two_at_once() {
    struct Inside<'a>(&'a Library, &'a Ground, Mutex<Vec<String>>);
    impl Progress for Inside<'_> {
        fn step(&self, stage: &str, done: u64, _total: u64) {
            if (stage, done) == ("indexing", 0) {
                let same = self.0.reindex(NOW + 9, &Quiet).expect_err("busy");
                // Another library over the folder stands for another process: locks are per opened file.
                let other = self.1.try_open(NOW + 9).expect("serves meanwhile");
                let other = other.reindex(NOW + 9, &Quiet).expect_err("held");
                self.2.lock().expect("whole").extend([same.to_string(), other.to_string()]);
            }
        }
    }
    let ground = Ground::with(&[("one.md", ONE)]);
    let library = ground.open();
    ground.put("two.md", TWO);
    let inside = Inside(&library, &ground, Mutex::new(Vec::new()));
    library.reindex(NOW + 1, &inside).expect("the first one is not disturbed");
    let said = inside.2.into_inner().expect("whole").join("\n");
    let said = ground.anonymous(&said).replace(&format!("process {}", std::process::id()), "process PID");
    expect![[r#"
        A reindex is already running (started by the command line, 2023-11-14 22:13:21 UTC). Wait for it to end, then try again.
        The data folder DATA is being rebuilt by process PID since 2023-11-14 22:13:21 UTC. Wait for it to end, or end that process, then try again."#]].assert_eq(&said);
    assert!(library.reindex(NOW + 2, &Quiet).expect("free again").unchanged);
}

#[test]
fn without_a_usable_corpus_the_old_generation_stays() {
    let ground = Ground::with(&[("one.md", ONE)]);
    let library = ground.open();
    let before = library.status();
    let check = |expected: Expect| {
        let error = library.reindex(NOW + 1, &Quiet).expect_err("refused").to_string();
        expected.assert_eq(&ground.anonymous(&error).replace(&before.generation, "G"));
        assert_eq!((library.status(), ground.open().status()), (before.clone(), before.clone()));
    };
    std::fs::remove_file(ground.places.corpus.join("one.md")).expect("removed");
    check(expect![
        "The folder CORPUS holds no text that can be read (0 skipped). Put .md, .txt or .html files in it. Nothing was changed: generation G still serves."
    ]);
    ground.put("empty.md", "");
    check(expect![
        "The folder CORPUS holds no text that can be read (1 skipped). Put .md, .txt or .html files in it. `registrar check` says why. Nothing was changed: generation G still serves."
    ]);
    std::fs::remove_dir_all(&ground.places.corpus).expect("removed");
    check(expect![
        "The folder CORPUS does not exist. Create it and put .md, .txt or .html files in it, or name another folder. Nothing was changed: generation G still serves."
    ]);
}

#[test]
fn with_nothing_to_serve_the_reason_is_said() {
    let check = |ground: &Ground, expected: Expect| {
        let error = ground.try_open(NOW).err().expect("nothing can serve").to_string();
        expected.assert_eq(&ground.anonymous(&error));
    };
    let ground = Ground::new();
    check(
        &ground,
        expect![[
            r#"The folder CORPUS holds no text that can be read (0 skipped). Put .md, .txt or .html files in it."#
        ]],
    );
    std::fs::remove_dir_all(&ground.places.corpus).expect("removed");
    check(
        &ground,
        expect![
            "The folder CORPUS does not exist. Create it and put .md, .txt or .html files in it, or name another folder."
        ],
    );
    ground_file_in_the_way(&check);
}

/// The data folder's place is taken by a file: as good as any other way in which it cannot be made.
fn ground_file_in_the_way(check: &dyn Fn(&Ground, Expect)) {
    let ground = Ground::with(&[("one.md", ONE)]);
    std::fs::write(&ground.places.data, "a file").expect("written");
    check(
        &ground,
        expect![[
            r#"DATA/current.json could not be used: Not a directory (os error 20). Mend that, then try again."#
        ]],
    );
}

#[test]
fn the_data_folder_is_private() {
    let ground = Ground::with(&[("one.md", ONE)]);
    drop(ground.open());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&ground.places.data).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}

#[test]
fn another_lexicon_means_another_generation() {
    let ground = Ground::with(&[("one.md", ONE)]);
    let first = ground.open().status().generation;
    let other = Arc::new(Lexicon { fingerprint: "other".to_owned(), ..lexicon().as_ref().clone() });
    let open = |lexicon: &Arc<Lexicon>, now| {
        Library::open(ground.places.clone(), Arc::clone(lexicon), 0.5, now, &Quiet).expect("a library")
    };
    let said = |library: &Library| {
        library
            .notices()
            .iter()
            .map(|notice| ground.anonymous(notice).replace(&first, "G1"))
            .collect::<Vec<_>>()
    };

    // Without its corpus it cannot be built anew; it serves as it is.
    let away = ground.places.corpus.with_extension("away");
    std::fs::rename(&ground.places.corpus, &away).expect("moved");
    let library = open(&other, NOW + 1);
    assert_eq!((library.status().generation, library.built_at_opening()), (first.clone(), None));
    expect!["Generation G1 was built with another lexicon, and could not be built anew: The folder CORPUS does not exist. Create it and put .md, .txt or .html files in it, or name another folder. It serves as it is; answers may be missed until `registrar index build` succeeds."].assert_eq(&said(&library).join("\n"));
    std::fs::rename(&away, &ground.places.corpus).expect("moved");

    let library = open(&other, NOW + 2);
    let second = library.status().generation;
    assert_eq!(library.built_at_opening().map(|report| report.generation.clone()), Some(second.clone()));
    expect!["The lexicon has changed since generation G1 was built: it was built anew."]
        .assert_eq(&said(&library).join("\n"));
    let refused = library.rollback(NOW + 3).expect_err("refused").to_string();
    expect!["Generation G1 was built with another lexicon and cannot serve with this one. Nothing was changed: generation G2 still serves. Restore the texts and run `registrar index build` instead."].assert_eq(&refused.replace(&first, "G1").replace(&second, "G2"));
    assert!(open(&other, NOW + 4).built_at_opening().is_none());
}

#[test]
fn opening_what_is_in_order_takes_no_lock() {
    let ground = Ground::with(&[("one.md", ONE)]);
    drop(ground.open());
    std::fs::remove_file(ground.places.data.join("lock")).expect("removed");
    drop(ground.open());
    assert_eq!(ground.listing().0, ["current.json", "generations"]);
}

/// Another process that runs one ignored test of this binary and is talked to by pipes.
pub fn child(test: &str) -> Child {
    Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", test, "--ignored", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child")
}
