//! Reindexes whose process is killed (SIGKILL) in the middle: at each call to the file system, and at random moments; in
//! every stage, over a whole build and over one that takes over what did not change. Another process asks questions all the
//! while. CI runs a sample; all of it, so many kills of either sort a stage and a kind of build:
//!
//! ```text
//! REGISTRAR_KILLS=200 cargo test --release --test it library_kills -- --nocapture
//! ```

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdout};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use registrar::answer::Conversation;
use registrar::index::files::{Call, Files};
use registrar::library::{self, Library, Places, Progress, Quiet, Rebuild};

use crate::library::{Ground, NOW, ONE, TWO, child, lexicon};

const CHILD: &str = "library_kills::child_that_rebuilds_once";
const DONE: &str = "the child has done it all";
const STAGE: &str = "the child is at ";
const STALLED: &str = "the child waits to be killed";
/// What a reindex goes through; the last two are what follows the approval of the new generation. Comparing calls nothing.
const STAGES: [&str; 6] = ["reading", "indexing", "verifying", "comparing", "switching", "clearing"];
/// Kills of either sort in each stage, in CI.
const SAMPLE: usize = 1;
/// At random moments each call, and each stage's beginning, takes so much longer, so that none is over before anybody
/// notices.
const SLOWED: Duration = Duration::from_micros(300);

#[expect(clippy::disallowed_methods, reason = "how thorough a test is depends on who runs it")]
fn kills() -> usize {
    std::env::var("REGISTRAR_KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(SAMPLE)
}

/// A child that reindexes once, in a process of its own.
struct Rebuilding {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    stage: String,
    done: bool,
}

impl Rebuilding {
    /// It waits for its end at the call of that number, or goes on slowly.
    fn start(ground: &Ground, round: i64, whole: bool, stall_at: Option<usize>) -> Self {
        let mut child = child(CHILD);
        let Places { corpus, data } = &ground.places;
        let stall_at = stall_at.map_or(-1, |call| i64::try_from(call).expect("a number"));
        let told = format!("{}\n{}\n{round}\n{whole}\n{stall_at}\n", corpus.display(), data.display());
        child.stdin.take().expect("its input").write_all(told.as_bytes()).expect("told");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        Self { child, lines, stage: String::new(), done: false }
    }

    /// Reads on until a line that matters says so, or the end.
    fn read_until(&mut self, enough: impl Fn(&Self, &str) -> bool) {
        while let Some(Ok(line)) = self.lines.next() {
            // The harness may have begun a line of its own before it.
            if let Some((_, stage)) = line.split_once(STAGE) {
                stage.clone_into(&mut self.stage);
            }
            self.done |= line.contains(DONE);
            if enough(self, &line) {
                return;
            }
        }
    }

    /// Kills it and says in which stage, unless it had ended.
    fn kill(mut self) -> Option<String> {
        self.child.kill().expect("killed");
        self.read_until(|_, _| false);
        self.child.wait().expect("gone");
        assert!(self.done || STAGES.contains(&self.stage.as_str()), "killed at {:?}", self.stage);
        (!self.done).then_some(self.stage)
    }
}

/// A place where processes are killed, and another process's library over it.
struct Field {
    ground: Ground,
    reader: Library,
    whole: bool,
    round: i64,
    killed: BTreeMap<(&'static str, String), usize>,
    slowest: Duration,
}

impl Field {
    fn new(whole: bool) -> Self {
        let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
        let reader = ground.open();
        Self { ground, reader, whole, round: 0, killed: BTreeMap::new(), slowest: Duration::ZERO }
    }

    fn start(&mut self, stall_at: Option<usize>) -> Rebuilding {
        self.round += 1;
        Rebuilding::start(&self.ground, self.round, self.whole, stall_at)
    }

    /// Kills at a call; `false`: there are not so many.
    fn kill_at(&mut self, call: usize) -> Option<String> {
        let old = self.reader.status().generation;
        let mut rebuilding = self.start(Some(call));
        rebuilding.read_until(|_, line| line.contains(STALLED));
        let stage = rebuilding.kill();
        self.check(&old, "a call", stage.as_deref());
        stage
    }

    /// Kills some time after a stage began.
    fn kill_in(&mut self, wanted: &str, after: Duration) -> Option<String> {
        let old = self.reader.status().generation;
        let mut rebuilding = self.start(None);
        rebuilding.read_until(|child, _| child.stage == wanted || child.done);
        std::thread::sleep(after);
        let stage = rebuilding.kill();
        self.check(&old, "a moment", stage.as_deref());
        stage
    }

    /// What the next start finds: the old or the new generation, entire, at once, and nothing else.
    #[track_caller]
    fn check(&mut self, old: &str, how: &'static str, stage: Option<&str>) {
        let what = format!("round {}, whole {}, killed at {how} of {stage:?}", self.round, self.whole);
        let began = Instant::now();
        let library = self.ground.open();
        let took = began.elapsed();
        assert!(took < Duration::from_secs(2), "{what}: ready after {took:?}");
        self.slowest = self.slowest.max(took);
        assert_eq!(library.notices(), [""; 0], "{what}");
        assert!(library.built_at_opening().is_none(), "{what}: rebuilt");
        let status = library.status();
        let is_new = status.built_at == NOW + self.round;
        assert!(status.generation == old || is_new, "{what}: {status:?} after {old}");
        match stage {
            Some("switching") => {}
            Some("clearing") | None => assert!(is_new, "{what}: the new one was live"),
            Some(_) => assert!(!is_new, "{what}: switched before its time"),
        }
        assert_eq!(status.documents, 2, "{what}");
        for check in library.verify().expect("checked") {
            assert!(check.faults.is_empty(), "{what}: {check:?}");
        }
        let (data, generations) = self.ground.listing();
        assert!(data.iter().all(|name| !name.starts_with("staging-")), "{what}: {data:?}");
        let kept = 1 + usize::from(status.previous.is_some());
        assert_eq!(generations.len(), kept, "{what}: {generations:?}");
        // The other process takes up what was switched to, or goes on with what it has.
        self.reader.follow().expect("followed");
        assert_eq!(self.reader.status().generation, status.generation, "{what}");
        if let Some(stage) = stage {
            *self.killed.entry((how, stage.to_owned())).or_default() += 1;
        }
    }

    fn count(&self, how: &'static str, stage: &str) -> usize {
        self.killed.get(&(how, stage.to_owned())).copied().unwrap_or_default()
    }
}

/// Numbers from 0 to 1, the same in each run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Asks, until it is over, what every generation answers alike.
fn ask_on(field: &Library, over: &AtomicBool, asked: &AtomicUsize) {
    let engine = field.engine();
    while !over.load(Ordering::SeqCst) {
        answered(&engine.ask("How long does baking take?", &Conversation::default(), NOW));
        asked.fetch_add(1, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[track_caller]
fn answered(answer: &registrar::answer::Answer) {
    assert!(answer.text.contains("one year"), "{}", answer.text);
    let citation = answer.citations.first().expect("a citation");
    assert_eq!(citation.document, "two.md");
    assert!(citation.quote.contains("Baking takes one year."), "{}", citation.quote);
}

/// At each call: which calls a stage has is learnt on the way.
fn kill_at_calls(field: &mut Field, wanted: usize) {
    let mut calls: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    // In CI not each of them, but always enough of every stage.
    let step = if wanted > SAMPLE { 1 } else { 17 };
    let mut call = 0;
    while let Some(stage) = field.kill_at(call) {
        calls.entry(stage).or_default().push(call);
        call += step;
    }
    assert!(call > 40, "only {call} calls");
    for stage in with_calls() {
        let known = calls.get(stage).cloned().unwrap_or_default();
        let mut next = known.iter().copied().cycle();
        while field.count("a call", stage) < wanted {
            // A stage between two of the sampled calls has its own between those of its neighbours.
            let Some(call) = next.next().or_else(|| between(&calls, stage)) else { break };
            let found = field.kill_at(call).expect("killed");
            calls.entry(found).or_default().push(call);
        }
    }
}

fn with_calls() -> impl Iterator<Item = &'static str> {
    STAGES.into_iter().filter(|stage| *stage != "comparing")
}

/// A call that was not tried yet, between the last known one of the stages before and the first of those after.
fn between(calls: &BTreeMap<String, Vec<usize>>, stage: &str) -> Option<usize> {
    let place = STAGES.iter().position(|name| *name == stage)?;
    let of = |stages: &[&str]| -> Vec<usize> {
        stages.iter().filter_map(|name| calls.get(*name)).flatten().copied().collect()
    };
    let before = of(STAGES.get(..place)?).into_iter().max().map_or(0, |call| call + 1);
    let after = of(STAGES.get(place + 1..)?).into_iter().min().unwrap_or(usize::MAX);
    (before < after).then_some(before)
}

/// At random moments after each stage's beginning.
fn kill_at_moments(field: &mut Field, wanted: usize) {
    let mut random = Random(0x5eed);
    for stage in STAGES {
        let mut longest = 0.008;
        for _ in 0..wanted * 40 {
            if field.count("a moment", stage) >= wanted {
                break;
            }
            let after = Duration::from_secs_f64(random.next() * longest);
            let found = field.kill_in(stage, after);
            // What overshot was too long.
            longest = if found.as_deref() == Some(stage) { longest * 1.1 } else { longest * 0.8 };
        }
    }
}

#[test]
fn killed_in_every_stage_it_opens_entire() {
    let wanted = kills();
    let mut told = Vec::new();
    for whole in [false, true] {
        let mut field = Field::new(whole);
        let (over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
        let asking = field.ground.open();
        std::thread::scope(|scope| {
            scope.spawn(|| ask_on(&asking, &over, &asked));
            let end = Over(&over);
            kill_at_calls(&mut field, wanted);
            kill_at_moments(&mut field, wanted);
            drop(end);
        });
        let at_calls = with_calls().map(|stage| ("a call", stage));
        for (how, stage) in at_calls.chain(STAGES.map(|stage| ("a moment", stage))) {
            let count = field.count(how, stage);
            assert!(count >= wanted, "whole {whole}, {how} of {stage}: {count} kills");
            told.push(format!("{how} of {stage}, whole {whole}: {count}"));
        }
        let asked = asked.load(Ordering::SeqCst);
        assert!(asked > 20, "{asked}");
        told.push(format!("{asked} questions asked meanwhile; slowest start {:?}", field.slowest));
    }
    let told = told.join("\n");
    let _ = writeln!(std::io::stderr(), "processes killed, 0 of which left anything mixed:\n{told}");
}

/// Ends what runs beside a test, also when the test fails.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Where the child is: what it was told by the build, and what its last calls say.
#[derive(Clone)]
struct Where {
    stage: Arc<Mutex<String>>,
    slow: bool,
}

impl Where {
    fn enter(&self, stage: &str) {
        let mut current = self.stage.lock().expect("whole");
        if *current != stage {
            stage.clone_into(&mut current);
            say(&format!("{STAGE}{stage}"));
            if self.slow {
                std::thread::sleep(SLOWED * 4);
            }
        }
    }

    fn is(&self, stage: &str) -> bool {
        *self.stage.lock().expect("whole") == stage
    }
}

impl Progress for Where {
    fn step(&self, stage: &str, _done: u64, _total: u64) {
        self.enter(stage);
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "{line}").and_then(|()| out.flush()).expect("said");
}

#[test]
#[ignore = "the other half of killed_in_every_stage_it_opens_entire, which starts it"]
fn child_that_rebuilds_once() {
    let told: Vec<String> = std::io::stdin().lines().map_while(Result::ok).collect();
    let [corpus, data, round, whole, stall_at] = told.as_slice() else { return };
    let (round, stall_at): (i64, i64) = (round.parse().expect("number"), stall_at.parse().expect("number"));
    let place = Where { stage: Arc::default(), slow: stall_at < 0 };
    let (calls, armed) = (AtomicUsize::new(0), Arc::new(AtomicBool::new(false)));
    let (counting, here, switched) = (Arc::clone(&armed), place.clone(), AtomicBool::new(false));
    let files = Files::gated(Arc::new(move |call, path| {
        if !counting.load(Ordering::SeqCst) {
            return Ok(());
        }
        if switched.load(Ordering::SeqCst) {
            here.enter("clearing");
        } else if path.ends_with("staging-current.json") && here.is("comparing") {
            here.enter("switching");
        }
        // The call is still to come; what comes after it finds the switch made.
        if call == Call::Rename && path.ends_with("current.json") {
            switched.store(true, Ordering::SeqCst);
        }
        if i64::try_from(calls.fetch_add(1, Ordering::SeqCst)).is_ok_and(|call| call == stall_at) {
            say(STALLED);
            std::thread::sleep(Duration::from_secs(600));
        }
        if here.slow {
            std::thread::sleep(SLOWED);
        }
        Ok(())
    }));
    let places = Places { corpus: corpus.into(), data: data.into() };
    let now = NOW + round;
    let request =
        library::Request { files, places, folder: None, lexicon: lexicon(), min_confidence: 0.5, now };
    let library = Library::request(request, &Quiet).expect("a library");
    // Its place in the file, and in the generation, is another each time.
    let filling = "Filling. ".repeat(usize::try_from(round % 40).expect("small"));
    let text = format!("# Baking\n\n{filling}\nBaking takes one year.\nThis is round {round}.\n");
    std::fs::write(Path::new(corpus).join("two.md"), text).expect("written");
    // Taking the lock and looking at what serves come before it, and count with it.
    place.enter("reading");
    armed.store(true, Ordering::SeqCst);
    let when = if whole == "true" { Rebuild::Always } else { Rebuild::IfNeeded };
    library.rebuild(when, now, &place).expect("rebuilt");
    say(DONE);
}

#[test]
fn questions_asked_all_the_while_are_each_answered_from_one_generation() {
    let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
    let library = ground.open();
    let over = AtomicBool::new(false);
    let asked = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let end = Over(&over);
        for _ in 0..2 {
            scope.spawn(|| {
                while !over.load(Ordering::SeqCst) {
                    answered(&library.engine().ask(
                        "How long does baking take?",
                        &Conversation::default(),
                        NOW,
                    ));
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
        drop(end);
    });
    assert!(asked.load(Ordering::SeqCst) > 20, "{asked:?}");
}
