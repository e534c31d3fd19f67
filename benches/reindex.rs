//! Whether a reindex disturbs those who ask: latency of questions at a fixed pace, at rest and while 100,000 passages are
//! indexed again and again, and the most memory that takes.
//!
//! ```text
//! cargo bench --bench reindex
//! ```
//! Fifty questions a second, each due at its moment whether or not the one before it has been answered, by one thread per
//! core as in the bot; what counts is the time from then to the answer. First 30 seconds at rest, then as long as three whole
//! builds (`--force`) and ten reindexes of one changed file take. Memory: `VmHWM` (everything, mapped files
//! included) and the highest `RssAnon` seen (what cannot be dropped), both of this process. The corpus is that of
//! `benches/engine.rs`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bench prints figures and may stop at the first surprise"
)]

#[path = "engine/generator.rs"]
mod generator;

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use registrar::answer::Conversation;
use registrar::engine::{DEFAULT_MIN_CONFIDENCE, Engine};
use registrar::lexicon::Lexicon;
use registrar::library::{Library, Places, Quiet, Rebuild};

const PASSAGES: usize = 100_000;
/// Time from one question to the next.
const PACE: Duration = Duration::from_millis(20);
const AT_REST: Duration = Duration::from_secs(30);
const WHOLE_BUILDS: i64 = 3;
const SMALL_BUILDS: i64 = 10;

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let measuring = std::env::args().any(|argument| argument == "--bench");
    let (passages, at_rest) =
        if measuring { (PASSAGES, AT_REST) } else { (1_000, Duration::from_millis(200)) };
    let folder = tempfile::tempdir().unwrap();
    let places = Places { corpus: folder.path().join("corpus"), data: folder.path().join("data") };
    let titles = generator::write_corpus(&places.corpus, passages);
    let questions = generator::questions(&titles);
    let lexicon = Arc::new(Lexicon::load(None).unwrap());
    let library = Library::open(places.clone(), lexicon, DEFAULT_MIN_CONFIDENCE, 0, &Quiet).unwrap();
    let status = library.status();
    println!("{} documents, {} passages", status.documents, status.passages);
    let engine = library.engine();
    // Everything is mapped and warm before anything counts.
    for question in &questions {
        engine.ask(question, &Conversation::default(), 0);
    }

    let rest = asked_while(&engine, &questions, || std::thread::sleep(at_rest));
    rest.tell("at rest");
    let (before, mut took) = (memory("RssAnon:"), Vec::new());
    reset_peak();
    let whole = asked_while(&engine, &questions, || {
        for round in 1..=WHOLE_BUILDS {
            let began = Instant::now();
            library.rebuild(Rebuild::Always, round, &Quiet).unwrap();
            took.push(began.elapsed().as_secs_f64());
        }
    });
    whole.tell("during whole builds");
    let took: Vec<String> = took.iter().map(|seconds| format!("{seconds:.1} s")).collect();
    println!("whole builds: {}", took.join(", "));
    println!(
        "memory: {:.0} MiB at most (VmHWM), {:.0} MiB anonymous at most, {before:.0} MiB before",
        memory("VmHWM:"),
        whole.most_memory
    );
    let mut took = Vec::new();
    let small = asked_while(&engine, &questions, || {
        for round in 1..=SMALL_BUILDS {
            change(&places.corpus, round);
            let began = Instant::now();
            assert_eq!(library.rebuild(Rebuild::IfNeeded, 100 + round, &Quiet).unwrap().changed.len(), 1);
            took.push(began.elapsed().as_secs_f64());
            std::thread::sleep(Duration::from_millis(200));
        }
    });
    small.tell("during reindexes of one changed file");
    println!("one changed file: {:.2} s at most", took.iter().copied().fold(0.0, f64::max));
    println!(
        "p99 during whole builds: {:.2} times that at rest; of one changed file: {:.2} times",
        whole.percentile(0.99) / rest.percentile(0.99),
        small.percentile(0.99) / rest.percentile(0.99)
    );
}

fn change(corpus: &Path, round: i64) {
    let file = std::fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path()).min().unwrap();
    let mut text = std::fs::read_to_string(&file).unwrap();
    text.push_str(&format!("\n\nThe zyxwort fee of round {round} is $900.\n"));
    std::fs::write(&file, text).unwrap();
}

/// How long each answer took, in milliseconds from the moment the question was due; sorted.
struct Asked {
    times: Vec<f64>,
    /// MiB.
    most_memory: f64,
}

impl Asked {
    fn percentile(&self, part: f64) -> f64 {
        self.times[((self.times.len() - 1) as f64 * part) as usize]
    }

    fn tell(&self, when: &str) {
        println!(
            "{when}: {} questions, p50 {:.2} ms, p90 {:.2} ms, p99 {:.2} ms, most {:.2} ms",
            self.times.len(),
            self.percentile(0.5),
            self.percentile(0.9),
            self.percentile(0.99),
            self.percentile(1.0)
        );
    }
}

/// Asks at the pace for as long as `work` takes.
fn asked_while(engine: &Engine, questions: &[String], work: impl FnOnce()) -> Asked {
    let (over, next, most) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicU64::new(0));
    let times = Mutex::new(Vec::new());
    let began = Instant::now();
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let due = began + PACE * number as u32;
                    std::thread::sleep(due.saturating_duration_since(Instant::now()));
                    let question = &questions[number * 7 % questions.len()];
                    std::hint::black_box(engine.ask(question, &Conversation::default(), 0));
                    times.lock().unwrap().push(due.elapsed().as_secs_f64() * 1e3);
                }
            });
        }
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                most.fetch_max((memory("RssAnon:") * 1024.0) as u64, Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        work();
        over.store(true, Ordering::Relaxed);
    });
    let mut times = times.into_inner().unwrap();
    times.sort_by(f64::total_cmp);
    Asked { times, most_memory: most.load(Ordering::Relaxed) as f64 / 1024.0 }
}

/// A line of `/proc/self/status` in MiB; 0 where there is none.
fn memory(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// Lets `VmHWM` begin anew; where that is not possible it counts from the start.
fn reset_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}
