//! Reindexes that end in the middle, as by `kill -9`: the process is gone at the Nth call to the file system, or at any
//! moment. CI runs a sample; all of it:
//!
//! ```text
//! REGISTRAR_KILLS=200 cargo test --release --test it library_kills -- --nocapture
//! ```
//! A number there is the number of rounds over every call, and of kills at random moments for each of them.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use registrar::answer::Conversation;
use registrar::index::files::Files;
use registrar::library::{self, Library, Places, Quiet, Rebuild};

use crate::library::{Ground, NOW, ONE, TWO, lexicon};

const CHILD: &str = "library_kills::child_that_ends_at_a_call";
const DONE: &str = "the child has done it all";
/// In CI every so-manieth call is one at which the process ends.
const SAMPLE: usize = 4;

#[expect(clippy::disallowed_methods, reason = "how thorough a test is depends on who runs it")]
fn full_rounds() -> Option<u64> {
    std::env::var("REGISTRAR_KILLS").ok()?.parse().ok()
}

/// One reindex in a process of its own, that ends at the Nth call (after some time, if any is given).
fn child(ground: &Ground, call: usize, round: u64, whole: bool) -> Output {
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", CHILD, "--ignored", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a child");
    let (corpus, data) = (ground.places.corpus.display(), ground.places.data.display());
    let told = format!("{corpus}\n{data}\n{call}\n{round}\n{whole}\n");
    child.stdin.take().expect("its input").write_all(told.as_bytes()).expect("told");
    child.wait_with_output().expect("ended")
}

/// What the next start finds: the old or the new generation, entire, at once, and nothing else.
#[track_caller]
fn entire(ground: &Ground, what: &str) {
    let began = Instant::now();
    let library = ground.open();
    let took = began.elapsed();
    assert!(took < Duration::from_secs(2), "{what}: ready after {took:?}");
    assert_eq!(library.notices(), [""; 0], "{what}");
    assert!(library.built_at_opening().is_none(), "{what}: rebuilt");
    assert_eq!(library.status().documents, 2, "{what}");
    for check in library.verify().expect("checked") {
        assert!(check.faults.is_empty(), "{what}: {check:?}");
    }
    let (data, generations) = ground.listing();
    assert!(data.iter().all(|name| !name.starts_with("staging-")), "{what}: {data:?}");
    let kept = 1 + usize::from(library.status().previous.is_some());
    assert_eq!(generations.len(), kept, "{what}: {generations:?}");
}

#[test]
fn ended_at_each_call_it_opens_entire() {
    let rounds = full_rounds().unwrap_or(1);
    let step = if full_rounds().is_some() { 1 } else { SAMPLE };
    let mut ended = 0;
    for whole in [false, true] {
        let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
        ground.open();
        let mut number = 0;
        for round in 0..rounds {
            for call in (0..).step_by(step) {
                number += 1;
                let output = child(&ground, call, number, whole);
                entire(&ground, &format!("round {round}, call {call}, whole {whole}"));
                if String::from_utf8_lossy(&output.stdout).contains(DONE) {
                    assert!(call > 10, "only {call} calls");
                    break;
                }
                assert!(!output.status.success());
                ended += 1;
            }
        }
    }
    assert!(ended >= 6, "{ended}");
    let _ = writeln!(
        std::io::stderr(),
        "{ended} processes ended in the middle of a reindex; 0 left anything mixed"
    );
}

#[test]
#[ignore = "the other half of ended_at_each_call_it_opens_entire, which starts it"]
fn child_that_ends_at_a_call() {
    let told: Vec<String> = std::io::stdin().lines().map_while(Result::ok).collect();
    let [corpus, data, call, round, whole] = told.as_slice() else { return };
    let (call, round): (usize, i64) = (call.parse().expect("a number"), round.parse().expect("a number"));
    let (calls, armed) = (AtomicUsize::new(0), Arc::new(AtomicBool::new(false)));
    let counting = Arc::clone(&armed);
    let files = Files::gated(Arc::new(move |_, _| {
        if counting.load(Ordering::SeqCst) && calls.fetch_add(1, Ordering::SeqCst) == call {
            // No destructor runs, nothing is flushed: as if it were killed.
            std::process::abort();
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
        now: NOW + round,
    };
    let library = Library::request(request, &Quiet).expect("a library");
    std::fs::write(Path::new(corpus).join("two.md"), format!("{TWO}\nThis is round {round}.\n"))
        .expect("written");
    armed.store(true, Ordering::SeqCst);
    let when = if whole == "true" { Rebuild::Always } else { Rebuild::IfNeeded };
    library.rebuild(when, NOW + round, &Quiet).expect("rebuilt");
    writeln!(std::io::stdout(), "{DONE}").expect("said");
}

#[test]
fn questions_asked_all_the_while_are_each_answered_from_one_generation() {
    let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
    let library = ground.open();
    let over = AtomicBool::new(false);
    let asked = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !over.load(Ordering::SeqCst) {
                    let answer =
                        library.engine().ask("How long does baking take?", &Conversation::default(), NOW);
                    assert!(answer.text.contains("one year"), "{}", answer.text);
                    let citation = answer.citations.first().expect("a citation");
                    assert_eq!(citation.document, "two.md");
                    assert!(citation.quote.contains("Baking takes one year."), "{}", citation.quote);
                    asked.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        for round in 1..12 {
            // Its place in the file, and in the generation, is another each time.
            ground.put(
                "two.md",
                &format!("# Baking\n\n{}\nBaking takes one year.\n", "Filling. ".repeat(round)),
            );
            ground.put("one.md", &format!("{ONE}\nThis is round {round}.\n"));
            let when = if round % 3 == 0 { Rebuild::Always } else { Rebuild::IfNeeded };
            library.rebuild(when, NOW + round as i64, &Quiet).expect("reindexed");
        }
        over.store(true, Ordering::SeqCst);
    });
    assert!(asked.load(Ordering::SeqCst) > 20, "{asked:?}");
}
