//! What a library makes of failing disks, damaged files and processes that are killed: the old or the new generation,
//! entire, and no leftovers. The ordinary course of things is in `library`.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use registrar::index::files::Files;
use registrar::library::{self, Library, LibraryError, Places, Quiet, Rebuild};

use crate::library::{Ground, NOW, ONE, THREE, TWO, lexicon, names};

/// A disk whose calls can be made to fail.
#[derive(Clone, Default)]
struct Disk {
    calls: Arc<AtomicUsize>,
    failing: Arc<Mutex<Option<Failing>>>,
}

#[derive(Clone, Copy)]
enum Failing {
    /// The call of that number alone.
    At(usize),
    /// That call and all after it.
    From(usize),
}

impl Disk {
    fn files(&self) -> Files {
        let disk = self.clone();
        Files::gated(Arc::new(move |_, _| {
            let call = disk.calls.fetch_add(1, Ordering::SeqCst);
            let fails = match *disk.failing.lock().expect("whole") {
                Some(Failing::At(number)) => call == number,
                Some(Failing::From(number)) => call >= number,
                None => false,
            };
            if fails { Err(std::io::Error::from(std::io::ErrorKind::StorageFull)) } else { Ok(()) }
        }))
    }

    fn set(&self, failing: Option<Failing>) {
        self.calls.store(0, Ordering::SeqCst);
        *self.failing.lock().expect("whole") = failing;
    }
}

fn open_on(ground: &Ground, files: Files) -> Result<Library, LibraryError> {
    let places = ground.places.clone();
    let request =
        library::Request { files, places, folder: None, lexicon: lexicon(), min_confidence: 0.5, now: NOW };
    Library::request(request, &Quiet)
}

/// Opens again on a good disk: nothing damaged, nothing left over; returns the id of what serves.
#[track_caller]
fn entire(ground: &Ground, documents: &[u64]) -> String {
    let library = ground.open();
    assert_eq!(library.notices(), [""; 0]);
    assert!(library.built_at_opening().is_none(), "rebuilt");
    let (data, generations) = ground.listing();
    assert!(data.iter().all(|name| !name.starts_with("staging-")), "{data:?}");
    let status = library.status();
    let kept: Vec<&String> = std::iter::once(&status.generation).chain(&status.previous).collect();
    assert!(
        generations.len() == kept.len() && generations.iter().all(|id| kept.contains(&id)),
        "{generations:?}"
    );
    for check in library.verify().expect("checked") {
        assert!(check.faults.is_empty(), "{check:?}");
    }
    assert!(documents.contains(&status.documents), "{} documents", status.documents);
    status.generation
}

#[test]
fn each_call_of_a_reindex_fails_in_turn() {
    for failing in [Failing::At as fn(usize) -> Failing, Failing::From] {
        let mut survived = 0;
        for call in 0.. {
            let ground = Ground::with(&[("one.md", ONE), ("three.md", THREE)]);
            let disk = Disk::default();
            let library = open_on(&ground, disk.files()).expect("a library");
            let old = library.status();
            ground.put("two.md", TWO);
            disk.set(Some(failing(call)));
            let result = library.reindex(NOW + 1, &Quiet);
            let calls = disk.calls.load(Ordering::SeqCst);
            disk.set(None);
            match &result {
                Err(error) => {
                    let text = error.to_string();
                    assert!(
                        text.starts_with("The disk is full: ") && text.contains("still serves"),
                        "{text}"
                    );
                    assert_eq!(library.status(), old, "call {call}");
                    assert_eq!(entire(&ground, &[2]), old.generation, "call {call}");
                }
                Ok(report) => {
                    survived += 1;
                    assert_eq!(entire(&ground, &[3]), report.generation, "call {call}");
                }
            }
            // And the next one works.
            let again = library.rebuild(Rebuild::Always, NOW + 2, &Quiet).expect("rebuilt");
            assert_eq!(entire(&ground, &[3]), again.generation);
            if call >= calls {
                assert!(call > 20, "the calls go through the gate: {call}");
                break;
            }
        }
        assert!(survived >= 1);
    }
}

#[test]
fn each_call_of_a_first_build_and_of_an_opening_fails_in_turn() {
    for built_before in [false, true] {
        for call in 0.. {
            let ground = Ground::with(&[("one.md", ONE)]);
            let before = built_before.then(|| ground.open().status().generation);
            let disk = Disk::default();
            disk.set(Some(Failing::At(call)));
            let opened = open_on(&ground, disk.files()).map(|library| library.status().generation);
            if let Some(before) = before {
                // A call that fails once is no reason to give up, or to rebuild, what is whole.
                assert_eq!(entire(&ground, &[1]), before, "call {call}");
            } else {
                let after = ground.open().status().generation;
                assert!(opened.map_or(true, |opened| opened == after), "call {call}");
                entire(&ground, &[1]);
            }
            if call >= disk.calls.load(Ordering::SeqCst) {
                break;
            }
        }
    }
}

/// Every file of the live generation, and `current.json`.
fn victims(ground: &Ground) -> Vec<PathBuf> {
    let live = ground.places.data.join("generations").join(ground.open().status().generation);
    let mut files: Vec<PathBuf> = names(&live).iter().map(|name| live.join(name)).collect();
    files.retain(|file| file.extension().is_none_or(|extension| extension != "lock"));
    files.push(ground.places.data.join("current.json"));
    files
}

type Harm = fn(&mut Vec<u8>);

const HARMS: [(&str, Harm); 4] = [
    ("one bit in the middle", |bytes| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 4;
    }),
    ("its first byte", |bytes| bytes[0] ^= 1),
    ("cut", |bytes| bytes.truncate(bytes.len() / 2)),
    ("emptied", Vec::clear),
];

#[test]
fn damage_to_any_file_is_found_and_answered() {
    let count = victims(&Ground::with(&[("one.md", ONE)])).len();
    for (what, harm) in HARMS {
        for (victim, generations) in (0..count).flat_map(|victim| [(victim, 1), (victim, 2)]) {
            let ground = Ground::with(&[("one.md", ONE)]);
            let first = ground.open().status().generation;
            if generations == 2 {
                ground.put("two.md", TWO);
                ground.open().reindex(NOW + 1, &Quiet).expect("reindexed");
            }
            let file = victims(&ground).swap_remove(victim);
            let mut bytes = std::fs::read(&file).expect("read");
            harm(&mut bytes);
            std::fs::write(&file, bytes).expect("written");
            let what = format!("{what}: {} of {generations}", file.display());

            let found = library::verify(&ground.places).expect("checked");
            assert!(found.iter().any(|check| !check.faults.is_empty()), "{what}: {found:?}");

            let library = ground.open();
            assert!(!library.notices().is_empty(), "{what}");
            let pointer = file.ends_with("current.json");
            match (pointer, generations) {
                // The generations are whole and speak for themselves.
                (true, _) => assert!(library.built_at_opening().is_none(), "{what}"),
                (false, 1) => assert!(library.built_at_opening().is_some(), "{what}"),
                (false, _) => assert_eq!(library.status().generation, first, "{what}"),
            }
            drop(library);
            entire(&ground, &[1, 2]);
        }
    }
}

#[test]
fn damage_is_said_and_mended_by_a_build() {
    let ground = Ground::with(&[("one.md", ONE)]);
    let library = ground.open();
    let file = victims(&ground).swap_remove(0);
    std::fs::remove_file(&file).expect("removed");
    // The same content, but not the same bytes on disk any more: "unchanged" would be a lie.
    let report = library.reindex(NOW + 1, &Quiet).expect("rebuilt");
    assert!(!report.unchanged);
    assert_eq!(entire(&ground, &[1]), report.generation);

    let generation = ground.places.data.join("generations").join(&report.generation);
    std::fs::remove_file(generation.join("manifest.json")).expect("removed");
    std::fs::remove_dir_all(&ground.places.corpus).expect("removed");
    let error = ground.try_open(NOW).err().expect("nothing can serve").to_string();
    let error = ground.anonymous(&error).replace(&report.generation, "G");
    expect_test::expect![[r#"The folder CORPUS does not exist. Create it and put .md or .txt files in it, or name another folder. Generation G is unusable: DATA/generations/G/manifest.json is missing."#]].assert_eq(&error);
}

#[test]
fn leftovers_of_a_killed_build_are_removed_at_the_next_start() {
    let ground = Ground::with(&[("one.md", ONE)]);
    let live = ground.open().status().generation;
    for orphan in ["staging-x", "generations/20200101T000000Z-000000000000"] {
        std::fs::create_dir(ground.places.data.join(orphan)).expect("made");
        std::fs::write(ground.places.data.join(orphan).join("half"), "half").expect("written");
    }
    std::fs::write(ground.places.data.join("staging-current.json"), "{").expect("written");
    assert_eq!(entire(&ground, &[1]), live);
}

#[test]
fn killed_at_any_moment_it_opens_entire() {
    let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
    ground.open();
    // A fixed seed: the moments differ from run to run only by how fast the machine is.
    let mut random: u64 = 0x5eed;
    for _ in 0..15 {
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "library_faults::child_that_rebuilds", "--ignored", "--nocapture"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a child");
        let places = format!("{}\n{}\n", ground.places.corpus.display(), ground.places.data.display());
        child.stdin.take().expect("its input").write_all(places.as_bytes()).expect("told where");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        assert!(lines.any(|line| line.expect("a line").contains(READY)), "the child builds");
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_micros((random >> 33) % 30_000));
        child.kill().expect("killed");
        child.wait().expect("gone");
        entire(&ground, &[2]);
    }
}

const READY: &str = "the child is building";

#[test]
#[ignore = "the other half of killed_at_any_moment_it_opens_entire, which starts it"]
fn child_that_rebuilds() {
    let mut lines = std::io::stdin().lines().map_while(Result::ok);
    let (Some(corpus), Some(data)) = (lines.next(), lines.next()) else { return };
    let places = Places { corpus: corpus.into(), data: data.into() };
    let library = Library::open(places, lexicon(), 0.5, NOW, &Quiet).expect("a library");
    writeln!(std::io::stdout(), "{READY}").expect("said");
    for round in 1.. {
        library.rebuild(Rebuild::Always, NOW + round, &Quiet).expect("rebuilt");
    }
}
