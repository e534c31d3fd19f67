//! Whether a reindex disturbs those who ask: latency of questions at a fixed pace, at rest and while 100,000 passages are
//! indexed again and again, and the most memory that takes.
//!
//! ```text
//! cargo bench --bench reindex
//! ```
//! Fifty questions a second, each due at its moment whether or not the one before it has been answered, by one thread per
//! core as in the bot; what counts is the time from then to the answer. Ten times in turn: ten seconds at rest, a whole build
//! (`--force`), and a reindex of one changed file, so that whatever else the machine does falls on all of them alike. All
//! questions of a kind together give its percentiles; the middle one of ten comparisons of neighbours says what a reindex
//! costs. Memory: `VmHWM` (everything, mapped files included) and the highest `RssAnon` seen (what cannot be dropped), both of
//! this process. The corpus is that of `benches/engine.rs`.

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
const AT_REST: Duration = Duration::from_secs(10);
const ROUNDS: i64 = 10;

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

    let before = memory("RssAnon:");
    reset_peak();
    let (mut rest, mut whole, mut small) = (Vec::new(), Vec::new(), Vec::new());
    let (mut built, mut changed) = (Vec::new(), Vec::new());
    for round in 1..=if measuring { ROUNDS } else { 1 } {
        rest.push(asked_while(&engine, &questions, || std::thread::sleep(at_rest)));
        whole.push(asked_while(&engine, &questions, || {
            built.push(timed(|| library.rebuild(Rebuild::Always, 2 * round, &Quiet).unwrap()));
        }));
        change(&places.corpus, round);
        small.push(asked_while(&engine, &questions, || {
            let report = || library.rebuild(Rebuild::IfNeeded, 2 * round + 1, &Quiet).unwrap();
            changed.push(timed(|| assert_eq!(report().changed.len(), 1)));
        }));
    }
    for (when, asked) in [
        ("at rest", &rest),
        ("during whole builds", &whole),
        ("during reindexes of one changed file", &small),
    ] {
        together(asked).tell(when);
    }
    for (what, mut times) in [("whole builds", built), ("one changed file", changed)] {
        times.sort_by(f64::total_cmp);
        println!("{what}: {:.2} s at best, {:.2} s at worst", times[0], times[times.len() - 1]);
    }
    let mut ratios: Vec<f64> =
        rest.iter().zip(&whole).map(|(rest, whole)| whole.percentile(0.99) / rest.percentile(0.99)).collect();
    ratios.sort_by(f64::total_cmp);
    let shown: Vec<String> = ratios.iter().map(|ratio| format!("{ratio:.2}")).collect();
    println!("p99 during a whole build, as times that at rest before it: {}", shown.join(", "));
    println!("the middle one: {:.2}", ratios[ratios.len() / 2]);
    let most = whole.iter().map(|asked| asked.most_memory).fold(0.0, f64::max);
    println!(
        "memory: {:.0} MiB at most (VmHWM), {most:.0} MiB anonymous at most, {before:.0} MiB before",
        memory("VmHWM:")
    );
}

fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let began = Instant::now();
    std::hint::black_box(work());
    began.elapsed().as_secs_f64()
}

fn together(all: &[Asked]) -> Asked {
    let mut times: Vec<f64> = all.iter().flat_map(|asked| asked.times.iter().copied()).collect();
    times.sort_by(f64::total_cmp);
    Asked { times, most_memory: 0.0 }
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
