//! What a library makes of failing disks and damaged files: the old or the new generation, entire, and no leftovers. The
//! ordinary course of things is in `library`, processes that are killed in `library_kills`.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use registrar::answer::Conversation;
use registrar::index::files::Files;
use registrar::library::{self, Library, LibraryError, Quiet};

use crate::library::{Ground, NOW, ONE, THREE, TWO, lexicon, names};

/// The numbers that every Unix has for: interrupted, a broken disk, no permission, too many open files, a full disk.
const EINTR: i32 = 4;
const EIO: i32 = 5;
const EACCES: i32 = 13;
const EMFILE: i32 = 24;
const ENOSPC: i32 = 28;

/// A disk whose calls can be made to fail.
#[derive(Clone)]
struct Disk {
    calls: Arc<AtomicUsize>,
    failing: Arc<Mutex<Option<Failing>>>,
    /// What it says then: the system's number for it.
    error: i32,
}

#[derive(Clone, Copy)]
enum Failing {
    /// The call of that number alone.
    At(usize),
    /// That call and all after it.
    From(usize),
}

impl Default for Disk {
    fn default() -> Self {
        Self { calls: Arc::default(), failing: Arc::default(), error: ENOSPC }
    }
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
            if fails { Err(std::io::Error::from_raw_os_error(disk.error)) } else { Ok(()) }
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

/// Reindexes with a failing call after the other, over a folder and an upload, and asks after each.
fn check_reindexes(error: i32, failing: fn(usize) -> Failing, step: usize) {
    let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
    std::fs::create_dir(ground.places.corpus.join(".uploads")).expect("made");
    ground.put(".uploads/three-0123abcd.md", THREE);
    let disk = Disk { error, ..Disk::default() };
    let library = open_on(&ground, disk.files()).expect("a library");
    for (round, call) in (0..).step_by(step).enumerate() {
        let old = library.status();
        ground.put("two.md", &format!("{TWO}\nThis is round {round}.\n"));
        disk.set(Some(failing(call)));
        let result = library.reindex(NOW + 1 + round as i64, &Quiet);
        let calls = disk.calls.load(Ordering::SeqCst);
        disk.set(None);
        let what = format!("error {error} at call {call}");
        match &result {
            Err(refusal) => {
                let text = refusal.to_string();
                assert!(text.contains("still serves"), "{what}: {text}");
                // What could not be listed is no full disk; the search engine tells its reason as a text.
                let reasons = ["The disk is full: ", "The folder ", "No space left on device"];
                let told = reasons.iter().any(|reason| text.contains(reason));
                assert!(error != ENOSPC || told, "{what}: {text}");
                assert_eq!(library.status(), old, "{what}");
                assert_eq!(opens(&ground, &[2, 3]), old.generation, "{what}");
            }
            Ok(report) => {
                // A file that could not be read is left out, and named.
                let skipped = report.problems.iter().filter(|problem| problem.skipped).count() as u64;
                assert_eq!(report.documents + skipped, 3, "{what}: {report:?}");
                assert_eq!(entire(&ground, &[report.documents]), report.generation, "{what}");
            }
        }
        let asked = library.engine().ask("How long does welding take?", &Conversation::default(), NOW);
        let left_out = library.status().problems.iter().any(|problem| problem.path == "one.md");
        assert!(left_out || asked.text.contains("two years"), "{what}: {}", asked.text);
        if call >= calls {
            assert!(calls > 60, "{calls} calls went through the gate");
            assert_eq!(library.status().documents, 3, "{what}");
            break;
        }
    }
}

#[test]
fn each_call_of_a_reindex_fails_in_turn() {
    check_reindexes(ENOSPC, Failing::At, 1);
}

#[test]
fn a_disk_is_full_from_each_call_of_a_reindex_on() {
    // A disk that stays full differs less from call to call.
    check_reindexes(ENOSPC, Failing::From, 3);
}

#[test]
fn calls_of_a_reindex_fail_in_other_ways() {
    for (error, step) in [(EIO, 4), (EMFILE, 5), (EINTR, 5), (EACCES, 5)] {
        check_reindexes(error, Failing::At, step);
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

/// One bit anywhere, 500 times over.
#[test]
fn any_flipped_bit_is_found_and_answered() {
    let ground = Ground::with(&[("one.md", ONE)]);
    let files = victims(&ground);
    let whole: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).expect("read")).collect();
    let bits: usize = whole.iter().map(|bytes| bytes.len() * 8).sum();
    let mut random: u64 = 0x5eed;
    for seed in 0..500 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut bit = (random >> 20) as usize % bits;
        let victim = whole
            .iter()
            .position(|bytes| {
                let here = bit < bytes.len() * 8;
                bit -= if here { 0 } else { bytes.len() * 8 };
                here
            })
            .expect("a file");
        let mut bytes = whole[victim].clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        std::fs::write(&files[victim], bytes).expect("written");
        let what = format!("seed {seed}: bit {bit} of {}", files[victim].display());
        let found = library::verify(&ground.places).expect("checked");
        assert!(found.iter().any(|check| !check.faults.is_empty()), "{what}: {found:?}");
        // Every tenth is opened as well, which builds anew where nothing else serves.
        if seed % 10 == 0 {
            let other = ground.copy();
            let library = other.open();
            assert!(!library.notices().is_empty(), "{what}");
            assert_eq!(library.status().documents, 1, "{what}");
        }
        std::fs::write(&files[victim], &whole[victim]).expect("written");
    }
    entire(&ground, &[1]);
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
