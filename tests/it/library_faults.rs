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

use crate::library::{Ground, NOW, ONE, TWO, lexicon, names};

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
    for check in library::verify(&ground.places).expect("checked") {
        assert!(check.faults.is_empty(), "{check:?}");
    }
    opens(ground, documents)
}

/// As [`entire`], but only what serves is read in full: opening does so with generations as small as these.
#[track_caller]
fn opens(ground: &Ground, documents: &[u64]) -> String {
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
    assert!(documents.contains(&status.documents), "{} documents", status.documents);
    status.generation
}

#[test]
fn each_call_of_a_reindex_fails_in_turn() {
    // A disk that stays full differs less from call to call: every third one is tried.
    for (failing, step) in [(Failing::At as fn(usize) -> Failing, 1), (Failing::From, 3)] {
        let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
        let disk = Disk::default();
        let library = open_on(&ground, disk.files()).expect("a library");
        for (round, call) in (0..).step_by(step).enumerate() {
            let old = library.status();
            ground.put("two.md", &format!("{TWO}\nThis is round {round}.\n"));
            disk.set(Some(failing(call)));
            let result = library.reindex(NOW + 1 + round as i64, &Quiet);
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
                    assert_eq!(opens(&ground, &[2]), old.generation, "call {call}");
                }
                Ok(report) => assert_eq!(entire(&ground, &[2]), report.generation, "call {call}"),
            }
            if call >= calls {
                assert!(result.is_ok() && calls > 20, "{calls} calls went through the gate");
                break;
            }
        }
    }
}

#[test]
fn each_call_of_an_opening_fails_in_turn() {
    let ground = Ground::with(&[("one.md", ONE)]);
    let before = ground.open().status().generation;
    for call in 0.. {
        let disk = Disk::default();
        disk.set(Some(Failing::At(call)));
        let opened = open_on(&ground, disk.files()).map(|library| library.status().generation);
        // A call that fails once is no reason to give up, or to rebuild, what is whole.
        assert!(opened.is_err() || opened.is_ok_and(|opened| opened == before), "call {call}");
        assert_eq!(opens(&ground, &[1]), before, "call {call}");
        if call >= disk.calls.load(Ordering::SeqCst) {
            break;
        }
    }
}

#[test]
fn calls_of_a_first_build_fail_in_turn() {
    // Every seventh: the calls are those of a reindex.
    for call in (0..).step_by(7) {
        let ground = Ground::with(&[("one.md", ONE)]);
        let disk = Disk::default();
        disk.set(Some(Failing::At(call)));
        let opened = open_on(&ground, disk.files()).map(|library| library.status().generation);
        let after = ground.open().status().generation;
        assert!(opened.map_or(true, |opened| opened == after), "call {call}");
        entire(&ground, &[1]);
        if call >= disk.calls.load(Ordering::SeqCst) {
            break;
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
    let one = Ground::with(&[("one.md", ONE)]);
    let first = one.open().status().generation;
    let two = one.copy();
    two.put("two.md", TWO);
    two.open().reindex(NOW + 1, &Quiet).expect("reindexed");
    for (what, harm) in HARMS {
        for (generations, ground) in [(1, &one), (2, &two)] {
            for victim in 0..victims(ground).len() {
                check_damage(&ground.copy(), victim, harm, (generations, &first), what);
            }
        }
    }
}

/// Harms one file of a library that has one generation, or a `first` one and one more.
fn check_damage(ground: &Ground, victim: usize, harm: Harm, generations: (usize, &str), what: &str) {
    let file = victims(ground).swap_remove(victim);
    let mut bytes = std::fs::read(&file).expect("read");
    harm(&mut bytes);
    std::fs::write(&file, bytes).expect("written");
    let what = format!("{what}: {} of {generations:?}", file.display());

    let found = library::verify(&ground.places).expect("checked");
    assert!(found.iter().any(|check| !check.faults.is_empty()), "{what}: {found:?}");

    let library = ground.open();
    assert!(!library.notices().is_empty(), "{what}");
    match (file.ends_with("current.json"), generations) {
        // The generations are whole and speak for themselves.
        (true, _) => assert!(library.built_at_opening().is_none(), "{what}"),
        (false, (1, _)) => assert!(library.built_at_opening().is_some(), "{what}"),
        (false, (_, first)) => assert_eq!(library.status().generation, first, "{what}"),
    }
    drop(library);
    entire(ground, &[1, 2]);
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
    expect_test::expect![[r#"The folder CORPUS does not exist. Create it and put .md, .txt or .html files in it, or name another folder. Generation G is unusable: DATA/generations/G/manifest.json is missing."#]].assert_eq(&error);
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
fn what_is_whole_but_cannot_be_opened_is_not_thrown_away() {
    let ground = Ground::with(&[("one.md", ONE)]);
    let first = ground.open().status().generation;
    ground.put("two.md", TWO);
    let second = ground.open().reindex(NOW + 1, &Quiet).expect("reindexed").generation;
    // As if another build of the program had written it: all checksums are right, and it means nothing to this one.
    let live = ground.places.data.join("generations").join(&second);
    std::fs::write(live.join("catalog.bin"), "riddle").expect("written");
    let manifest = std::fs::read_to_string(live.join("manifest.json")).expect("read");
    let mut manifest: serde_json::Value =
        serde_json::from_str(manifest.lines().next().expect("a line")).expect("JSON");
    for file in manifest["files"].as_array_mut().expect("a list") {
        if file["name"] == "catalog.bin" {
            file["bytes"] = 6.into();
            file["blake3"] = blake3::hash(b"riddle").to_hex().as_str().into();
        }
    }
    let line = manifest.to_string();
    let seal = blake3::hash(line.as_bytes()).to_hex();
    std::fs::write(live.join("manifest.json"), format!("{line}\n{seal}\n")).expect("written");

    for _ in 0..2 {
        let library = ground.open();
        assert_eq!(library.status().generation, first);
        assert_eq!(library.notices().len(), 2, "{:?}", library.notices());
        assert!(live.exists());
    }
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
        std::thread::sleep(Duration::from_micros((random >> 33) % 60_000));
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
