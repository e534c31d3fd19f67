//! Reindexes that are not alone: files that change while they are read, a folder that goes away, and a second reindex of
//! another process. One generation, entire, is what comes of each.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Child;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use registrar::answer::Conversation;
use registrar::index::files::{Call, Files};
use registrar::library::{self, Library, Places, Quiet, ReindexReport};

use crate::library::{Ground, NOW, ONE, THREE, TWO, child, lexicon};

type Meddling = Box<dyn FnOnce() + Send>;

/// A library whose every reading of a path with that ending is counted, and met with something at the Nth.
fn meddled(ground: &Ground, ending: &'static str, at: usize) -> (Library, Arc<Mutex<Option<Meddling>>>) {
    let meddling: Arc<Mutex<Option<Meddling>>> = Arc::default();
    let (calls, armed) = (AtomicUsize::new(0), Arc::clone(&meddling));
    let files = Files::gated(Arc::new(move |call: Call, path: &Path| {
        let mut armed = armed.lock().expect("whole");
        if call == Call::Read
            && armed.is_some()
            && path.ends_with(ending)
            && calls.fetch_add(1, Ordering::SeqCst) == at
            && let Some(meddle) = armed.take()
        {
            meddle();
        }
        Ok(())
    }));
    let places = ground.places.clone();
    let request =
        library::Request { files, places, folder: None, lexicon: lexicon(), min_confidence: 0.5, now: NOW };
    (Library::request(request, &Quiet).expect("a library"), meddling)
}

/// What the generation says of baking: its text is the file's old or new one, or it was left out.
#[track_caller]
fn whole(library: &Library, report: &ReindexReport, texts: &[&str], what: &str) {
    for check in library.verify().expect("checked") {
        assert!(check.faults.is_empty(), "{what}: {check:?}");
    }
    let answer = library.engine().ask("How long does baking take?", &Conversation::default(), NOW);
    let left_out = report.problems.iter().any(|problem| problem.path == "two.md" && problem.skipped);
    match answer.citations.first() {
        Some(citation) => {
            assert!(
                !left_out && texts.iter().any(|text| text.contains(&citation.quote)),
                "{what}: {answer:?}"
            );
        }
        // What was cut before it was opened says nothing of it any more.
        None => assert!(left_out || what.starts_with("cut"), "{what}: {report:?}"),
    }
    let welding = library.engine().ask("How long does welding take?", &Conversation::default(), NOW);
    assert!(welding.text.contains("two years"), "{what}: {}", welding.text);
}

#[test]
fn a_file_that_changes_while_it_is_read_is_read_whole_or_left_out() {
    // Each reading asks thrice: to open the file, to read it, to see that it stayed as it was; and again if it did not.
    const OTHER: &str = "# Baking\n\nFlour is not the hard part of it. Baking takes seven years.\n";
    type Change = (&'static str, fn(&Path));
    let changes: [Change; 6] = [
        ("edited", |file| std::fs::write(file, OTHER).expect("written")),
        ("truncated", |file| std::fs::File::create(file).map(drop).expect("cut")),
        ("cut", |file| std::fs::write(file, &TWO.as_bytes()[..12]).expect("cut")),
        ("removed", |file| std::fs::remove_file(file).expect("removed")),
        ("replaced", |file| {
            let beside = file.with_extension("new");
            std::fs::write(&beside, OTHER).expect("written");
            std::fs::rename(&beside, file).expect("renamed");
        }),
        ("locked", |file| {
            #[cfg(unix)]
            std::fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o000))
                .expect("locked");
            #[cfg(not(unix))]
            std::fs::remove_file(file).expect("removed");
        }),
    ];
    for (how, change) in changes {
        for at in 0..4 {
            let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO), ("three.md", THREE)]);
            let (library, meddling) = meddled(&ground, "two.md", at);
            let before = library.status();
            let file = ground.places.corpus.join("two.md");
            *meddling.lock().expect("whole") = Some(Box::new(move || change(&file)));
            // Something else changed as well, so that there is something to build whatever becomes of the file.
            ground.put("one.md", &format!("{ONE}\nIt is never too late.\n"));
            let what = format!("{how} at {at}");
            match library.reindex(NOW + 1, &Quiet) {
                Ok(report) => whole(&library, &report, &[TWO, OTHER], &what),
                Err(error) => {
                    assert!(error.to_string().contains("still serves"), "{what}: {error}");
                    assert_eq!(library.status(), before, "{what}");
                }
            }
        }
    }
}

/// Files that somebody edits, cuts, removes and puts back as fast as they can while they are indexed.
#[test]
fn a_folder_that_never_rests_gives_whole_generations() {
    let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO), ("three.md", THREE)]);
    let library = ground.open();
    let (over, edits) = (AtomicBool::new(false), AtomicUsize::new(0));
    let texts: Vec<String> = (0..6)
        .map(|number| {
            format!("# Baking\n\n{}\nBaking takes {number} years.\n", "Filling. ".repeat(number * 9))
        })
        .collect();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let file = ground.places.corpus.join("two.md");
            let mut random: u64 = 7;
            while !over.load(Ordering::SeqCst) {
                random =
                    random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let text = &texts[(random >> 40) as usize % texts.len()];
                match (random >> 50) % 4 {
                    0 => drop(std::fs::remove_file(&file)),
                    1 => drop(std::fs::write(&file, &text.as_bytes()[..text.len() / 2])),
                    _ => drop(std::fs::write(&file, text)),
                }
                edits.fetch_add(1, Ordering::SeqCst);
                std::thread::sleep(std::time::Duration::from_micros((random >> 33) % 400));
            }
        });
        let mut known: Vec<&str> = texts.iter().map(String::as_str).collect();
        known.push(TWO);
        for round in 1..=200 {
            match library.reindex(NOW + round, &Quiet) {
                // What is removed in time is simply not there.
                Ok(report)
                    if !library
                        .engine()
                        .snapshot()
                        .catalog
                        .documents
                        .iter()
                        .any(|one| one.path == "two.md") =>
                {
                    drop(report);
                }
                Ok(report) => {
                    for check in library.verify().expect("checked") {
                        assert!(check.faults.is_empty(), "round {round}: {check:?}");
                    }
                    let answer =
                        library.engine().ask("How long does baking take?", &Conversation::default(), NOW);
                    let quote = answer.citations.first().map(|citation| citation.quote.clone());
                    assert!(
                        quote.is_none_or(|quote| known.iter().any(|text| text.contains(&quote))),
                        "round {round}: {report:?}"
                    );
                }
                Err(error) => assert!(error.to_string().contains("still serves"), "round {round}: {error}"),
            }
        }
        over.store(true, Ordering::SeqCst);
    });
    assert!(edits.load(Ordering::SeqCst) > 200, "{edits:?}");
}

#[test]
fn a_folder_that_goes_away_meanwhile_changes_nothing() {
    for at in 0..10 {
        let texts: Vec<String> = (0..10)
            .map(|number| format!("# Part {number}\n\nPart {number} takes {number} days.\n"))
            .collect();
        let ground = Ground::new();
        for (number, text) in texts.iter().enumerate() {
            ground.put(&format!("{number}.md"), text);
        }
        let ending: &'static str =
            ["0.md", "1.md", "2.md", "3.md", "4.md", "5.md", "6.md", "7.md", "8.md", "9.md"][at];
        let (library, meddling) = meddled(&ground, ending, 0);
        let before = library.status();
        let (corpus, away) = (ground.places.corpus.clone(), ground.places.corpus.with_extension("away"));
        let back = (away.clone(), corpus.clone());
        *meddling.lock().expect("whole") =
            Some(Box::new(move || std::fs::rename(&corpus, &away).expect("moved")));
        let result = library.reindex(NOW + 1, &Quiet);
        match result {
            // Most of them had been read when it went.
            Ok(report) => assert!(report.documents * 2 >= 10, "{at}: {report:?}"),
            Err(error) => {
                assert!(error.to_string().contains("still serves"), "{at}: {error}");
                assert_eq!(library.status(), before, "{at}");
            }
        }
        std::fs::rename(&back.0, &back.1).expect("back");
        for check in library.verify().expect("checked") {
            assert!(check.faults.is_empty(), "{at}: {check:?}");
        }
    }
}

const CHILD: &str = "library_races::child_that_holds_the_lock";
const HOLDING: &str = "the child holds the lock";

/// A process that holds the lock.
fn holding(ground: &Ground) -> (Child, BufReader<std::process::ChildStdout>) {
    let mut child = child(CHILD);
    let places = format!("{}\n{}\n", ground.places.corpus.display(), ground.places.data.display());
    child.stdin.as_mut().expect("its input").write_all(places.as_bytes()).expect("told where");
    let mut out = BufReader::new(child.stdout.take().expect("its output"));
    let mut line = String::new();
    while !line.contains(HOLDING) {
        line.clear();
        assert!(out.read_line(&mut line).expect("a line") > 0, "the child holds the lock");
    }
    (child, out)
}

#[test]
fn a_second_process_is_told_who_reindexes_and_never_waits_in_line() {
    let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
    let library = ground.open();
    let before = library.status();
    ground.put("three.md", THREE);
    let (mut child, _out) = holding(&ground);
    for _ in 0..3 {
        let told = library.reindex(NOW + 5, &Quiet).expect_err("refused").to_string();
        let told = ground.anonymous(&told).replace(&child.id().to_string(), "PID");
        expect_test::expect!["The data folder DATA is being rebuilt by process PID since 2023-11-14 22:13:22 UTC. Wait for it to end, or end that process, then try again."].assert_eq(&told);
        assert_eq!(library.status(), before);
    }
    // It goes on where it was; what it builds is served by both.
    drop(child.stdin.take());
    assert!(child.wait().expect("ended").success());
    let followed = library.follow().expect("followed").expect("built");
    assert_eq!(followed.added, ["three.md"]);
    assert!(library.reindex(NOW + 6, &Quiet).expect("nothing to do").unchanged);
}

#[test]
fn the_lock_of_a_killed_process_holds_nobody_up() {
    let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
    let library = ground.open();
    ground.put("three.md", THREE);
    let (mut child, _out) = holding(&ground);
    child.kill().expect("killed");
    child.wait().expect("gone");
    assert_eq!(library.reindex(NOW + 6, &Quiet).expect("reindexed").added, ["three.md"]);
    let (data, _) = ground.listing();
    assert_eq!(data, ["current.json", "generations", "lock"]);
}

#[test]
#[ignore = "the other half of the tests above, which start it"]
fn child_that_holds_the_lock() {
    let mut lines = std::io::stdin().lines().map_while(Result::ok);
    let (Some(corpus), Some(data)) = (lines.next(), lines.next()) else { return };
    let armed = Arc::new(AtomicBool::new(false));
    let waiting = Arc::clone(&armed);
    drop(lines);
    let files = Files::gated(Arc::new(move |_, path: &Path| {
        // In the middle of it: the first file of the index is about to be written.
        if path.to_string_lossy().contains("staging-") && waiting.swap(false, Ordering::SeqCst) {
            let mut out = std::io::stdout();
            writeln!(out, "{HOLDING}").and_then(|()| out.flush()).expect("said");
            // Until its input ends.
            std::io::stdin().read_line(&mut String::new()).expect("its end");
        }
        Ok(())
    }));
    let places = Places { corpus: corpus.into(), data: data.into() };
    let request = library::Request {
        files,
        places,
        folder: None,
        lexicon: lexicon(),
        min_confidence: 0.5,
        now: NOW + 1,
    };
    let library = Library::request(request, &Quiet).expect("a library");
    armed.store(true, Ordering::SeqCst);
    library.reindex(NOW + 2, &Quiet).expect("reindexed");
}
