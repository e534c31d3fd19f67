//! How fast the engine answers, builds and starts, and how much memory it holds, at 1,000 and 100,000 passages.
//!
//! ```text
//! cargo bench --bench engine
//! cargo bench --bench engine -- --builds    # builds alone
//! ```
//! **What is measured.** The whole of `Engine::ask` over about 500 fixed questions, each asked three times after a first
//! round: p50 and p99 by hand, since criterion shows means. In the same run, the same questions as bare BM25: a tantivy index
//! of the same passages (one field, stems, top 10), and the engine's own first step (`Snapshot::search`, top 10 blocks). A
//! full build from files through verification to the switch, as megabytes of text per second of processor time. The time
//! until one changed file is searchable (the best, and the worst, of five). The time from a generation on disk to one that can answer. Anonymous memory (`RssAnon`) of a fresh process that opened it, before and
//! after it answered all the questions.
//!
//! Names: the time to read them all once, to suggest 25 of all kinds for what is being typed, and to fill a card.
//!
//! **The corpus.** Made by a generator with a fixed seed: documents of a title, seven headings, paragraphs whose words follow
//! Zipf's law (exponent 1) over 30,000 invented words behind the most frequent English ones, a list, `Key: value` rows and a few
//! stated facts each; then the sample corpus on top. Questions ask for a fact of a random document (half of them), for a few
//! words of the law (a quarter), with a typing error (an eighth), or are those of a user of the sample corpus.
//!
//! Nothing here says how good the answers are; `registrar eval` does.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints figures and may stop at the first surprise"
)]

#[path = "engine/generator.rs"]
mod generator;

use std::hint::black_box;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use criterion::Criterion;
use registrar::answer::Conversation;
use registrar::corpus::{Document, Limits, load};
use registrar::engine::{DEFAULT_MIN_CONFIDENCE, Engine};
use registrar::index::{BlockQuery, Snapshot};
use registrar::lexicon::Lexicon;
use registrar::lexicon::lookup::NameKind;
use registrar::library::{Library, Places, Progress, Quiet};
use registrar::lookup::Wanted;
use registrar::text::{stem, tokens};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index, Searcher, TantivyDocument, Term};

/// Rounds over all questions, after a first one that is not counted.
const ROUNDS: usize = 3;
/// Tells a child process to open this generation and report its memory.
const MEMORY_OF: &str = "--memory-of";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == MEMORY_OF) {
        return report_memory(Path::new(&arguments[at + 1]), arguments[at + 2].parse().unwrap());
    }
    let builds_only = arguments.iter().any(|argument| argument == "--builds");
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(4));
    if !builds_only {
        criterion = criterion.configure_from_args();
    }
    // `cargo test --benches` only wants to know that it runs.
    let measuring = arguments.iter().any(|argument| argument == "--bench");
    let sizes: &[usize] = if measuring { &[1_000, 100_000] } else { &[1_000] };
    for size in sizes {
        bench(&mut criterion, *size, builds_only);
    }
    criterion.final_summary();
}

fn bench(criterion: &mut Criterion, passages: usize, builds_only: bool) {
    let folder = tempfile::tempdir().unwrap();
    let places = Places { corpus: folder.path().join("corpus"), data: folder.path().join("data") };
    let titles = generator::write_corpus(&places.corpus, passages);
    let questions = generator::questions(&titles);
    let lexicon = Arc::new(Lexicon::load(None).unwrap());

    let bytes: u64 = std::fs::read_dir(&places.corpus)
        .unwrap()
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .sum();
    let (wall, processor) = (Instant::now(), processor_time());
    let stages = Stages::default();
    let library =
        Library::open(places.clone(), Arc::clone(&lexicon), DEFAULT_MIN_CONFIDENCE, 0, &stages).unwrap();
    let (wall, processor) = (wall.elapsed(), processor_time() - processor);
    let status = library.status();
    let megabytes = bytes as f64 / 1e6;
    println!("\n== {} documents, {} passages, {megabytes:.2} MB of text", status.documents, status.passages);
    println!(
        "build: {:.2} s, {:.2} s of processor time, {:.1} MB per second of it",
        wall.as_secs_f64(),
        processor.as_secs_f64(),
        megabytes / processor.as_secs_f64()
    );
    println!("stages: {}", stages.told());
    one_changed_file(&library, &places.corpus);
    let status = library.status();
    drop(library);
    if builds_only {
        return;
    }

    let generation = places.data.join("generations").join(&status.generation);
    let opening = (0..5).map(|_| timed(|| Snapshot::open(&generation).unwrap()).1).min().unwrap();
    let ready = (0..3)
        .map(|_| {
            let open =
                || Library::open(places.clone(), Arc::clone(&lexicon), DEFAULT_MIN_CONFIDENCE, 0, &Quiet);
            timed(|| open().unwrap()).1
        })
        .min()
        .unwrap();
    println!("ready: {:.1} ms for the snapshot, {:.1} ms for the library", ms(opening), ms(ready));
    memory_of(&generation, passages);

    let engine = Engine::new(
        Arc::new(Snapshot::open(&generation).unwrap()),
        Arc::clone(&lexicon),
        DEFAULT_MIN_CONFIDENCE,
    );
    let ask = |question: &String| engine.ask(question, &Conversation::default(), 0);
    let answered = questions.iter().filter(|question| !ask(question).citations.is_empty()).count();
    println!("{answered} of {} questions answered", questions.len());
    percentiles("engine", &questions, &ask);

    let snapshot = engine.snapshot();
    let blocks = |question: &String| {
        let stems = stems_of(question);
        snapshot.search(&BlockQuery { stems, ..BlockQuery::default() }, 10)
    };
    percentiles("own first step, 10 blocks", &questions, blocks);

    look_ups(&engine, &titles);

    let bare = Bare::over(&places.corpus, &folder.path().join("bare"), &lexicon);
    percentiles("bare tantivy, 10 passages", &questions, |question| bare.search(question));

    let mut group = criterion.benchmark_group(format!("{passages} passages"));
    let mut next = questions.iter().cycle();
    group.bench_function("engine", |bencher| bencher.iter(|| ask(next.next().unwrap())));
    group.bench_function("bare tantivy", |bencher| bencher.iter(|| bare.search(next.next().unwrap())));
    group.finish();
}

/// How long until a change of one file is searched.
fn one_changed_file(library: &Library, corpus: &Path) {
    let file = std::fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path()).min().unwrap();
    let mut times = Vec::new();
    for round in 0..5 {
        let mut text = std::fs::read_to_string(&file).unwrap();
        text.push_str(&format!("\n\nThe zyxwort{round} fee is ${round}00.\n"));
        std::fs::write(&file, text).unwrap();
        let stages = Stages::default();
        let (wall, processor) = (Instant::now(), processor_time());
        let report = library.reindex(0, &stages).unwrap();
        let (wall, processor) = (wall.elapsed(), processor_time() - processor);
        assert_eq!(report.changed.len(), 1);
        let answer =
            library.engine().ask(&format!("What is the zyxwort{round} fee?"), &Conversation::default(), 0);
        assert!(answer.text.contains(&format!("${round}00")), "{}", answer.text);
        times.push((wall, processor, stages.told()));
    }
    times.sort();
    for (name, at) in [("best", 0), ("worst", times.len() - 1)] {
        let (wall, processor, stages) = &times[at];
        println!(
            "one changed file, {name}: {:.0} ms, {:.0} ms of processor time ({stages})",
            ms(*wall),
            ms(*processor)
        );
    }
}

/// When each stage of a build began and was last heard of.
#[derive(Default)]
struct Stages(Mutex<Vec<(String, Instant, Instant)>>);

impl Stages {
    fn told(&self) -> String {
        let stages = self.0.lock().unwrap();
        let told = stages.iter().map(|(stage, from, to)| format!("{stage} {:.0} ms", ms(*to - *from)));
        told.collect::<Vec<_>>().join(", ")
    }
}

impl Progress for Stages {
    fn step(&self, stage: &str, _done: u64, _total: u64) {
        let mut stages = self.0.lock().unwrap();
        let now = Instant::now();
        match stages.last_mut() {
            Some((last, _, to)) if last == stage => *to = now,
            last => {
                if let Some((_, _, to)) = last {
                    *to = now;
                }
                stages.push((stage.to_owned(), now, now));
            }
        }
    }
}

/// Names: how long the directory takes once, and what is suggested while somebody types.
fn look_ups(engine: &Engine, titles: &[String]) {
    let (names, first) = timed(|| engine.look_up(|lookup| lookup.directory.entries.len()));
    println!("directory: {names} names, read in {:.1} ms", ms(first));
    // The beginnings of words of titles, one in three with two letters swapped, and nothing.
    let typed: Vec<String> = titles
        .iter()
        .step_by(7)
        .take(200)
        .enumerate()
        .map(|(index, title)| {
            let mut letters: Vec<char> = title.chars().take(4 + index % 12).collect();
            if index % 3 == 0 && letters.len() > 4 {
                letters.swap(2, 3);
            }
            letters.into_iter().collect()
        })
        .chain([String::new()])
        .collect();
    percentiles("suggestions, 25 names", &typed, |typed| {
        engine.look_up(|lookup| lookup.suggest(typed, &NameKind::ALL, 25).len())
    });
    let ids: Vec<String> = engine.look_up(|lookup| {
        lookup.directory.entries.iter().step_by(11).take(100).map(|entry| entry.id.clone()).collect()
    });
    percentiles("cards", &ids, |id| {
        engine.look_up(|lookup| {
            lookup.directory.by_id(id).map(|entry| lookup.find(id, Wanted::Whole(entry.kind)))
        })
    });
}

fn percentiles<T>(name: &str, questions: &[String], mut run: impl FnMut(&String) -> T) {
    questions.iter().for_each(|question| drop(black_box(run(question))));
    let mut times: Vec<Duration> =
        (0..ROUNDS).flat_map(|_| questions).map(|question| timed(|| black_box(run(question))).1).collect();
    times.sort_unstable();
    let at = |part: f64| ms(times[((times.len() - 1) as f64 * part) as usize]);
    println!(
        "{name}: p50 {:.3} ms, p90 {:.3} ms, p99 {:.3} ms, most {:.3} ms",
        at(0.5),
        at(0.9),
        at(0.99),
        at(1.0)
    );
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Processor time of this process so far, all threads; zero where there is no `/proc`.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in parentheses may hold spaces; user and system time are the 12th and 13th fields after it.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks: u64 = [11, 12].iter().filter_map(|field| fields.get(*field)?.parse::<u64>().ok()).sum();
    // A tick is 10 ms on every Linux that we know.
    Duration::from_millis(ticks * 10)
}

/// `RssAnon` in MiB; 0 where there is no `/proc`.
fn anonymous_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

fn memory_of(generation: &Path, passages: usize) {
    let child = std::process::Command::new(std::env::current_exe().unwrap())
        .args([MEMORY_OF, &generation.display().to_string(), &passages.to_string()])
        .output()
        .unwrap();
    print!("{}", String::from_utf8_lossy(&child.stdout));
}

/// What a fresh process holds that serves this generation.
fn report_memory(generation: &Path, passages: usize) {
    let lexicon = Arc::new(Lexicon::load(None).unwrap());
    let before = anonymous_memory();
    let snapshot = Arc::new(Snapshot::open(generation).unwrap());
    let opened = anonymous_memory();
    let titles = generator::titles(passages);
    let engine = Engine::new(snapshot, lexicon, DEFAULT_MIN_CONFIDENCE);
    for question in generator::questions(&titles) {
        black_box(engine.ask(&question, &Conversation::default(), 0));
    }
    println!(
        "anonymous memory: {before:.1} MiB with the lexicon, {opened:.1} MiB opened, {:.1} MiB after all questions",
        anonymous_memory()
    );
}

fn stems_of(question: &str) -> Vec<String> {
    tokens(question).iter().map(|token| stem(&token.word)).collect()
}

/// The search engine alone, over the same passages.
struct Bare {
    searcher: Searcher,
    field: Field,
}

impl Bare {
    fn over(corpus: &Path, folder: &Path, lexicon: &Lexicon) -> Self {
        let (documents, _) = load(corpus, &Limits::default(), &lexicon.text, &|_, _| {}).unwrap();
        let mut schema = Schema::builder();
        let indexing =
            TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::WithFreqs);
        let field = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        std::fs::create_dir(folder).unwrap();
        let index = Index::create_in_dir(folder, schema.build()).unwrap();
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, 100 << 20).unwrap();
        for (document, passage) in documents
            .iter()
            .flat_map(|document: &Document| document.passages.iter().map(move |passage| (document, passage)))
        {
            let mut entry = TantivyDocument::new();
            entry.add_pre_tokenized_text(field, ready(stems_of(document.slice(&passage.span))));
            writer.add_document(entry).unwrap();
        }
        writer.commit().unwrap();
        writer.wait_merging_threads().unwrap();
        Self { searcher: index.reader().unwrap().searcher(), field }
    }

    fn search(&self, question: &str) -> usize {
        let clauses = stems_of(question)
            .iter()
            .map(|stem| {
                let term = Term::from_field_text(self.field, stem);
                let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
                (Occur::Should, query)
            })
            .collect();
        let best = TopDocs::with_limit(10).order_by_score();
        self.searcher.search(&BooleanQuery::new(clauses), &best).unwrap().len()
    }
}

fn ready(words: Vec<String>) -> PreTokenizedString {
    let tokens = words
        .into_iter()
        .enumerate()
        .map(|(position, text)| Token { offset_from: 0, offset_to: 0, position, text, position_length: 1 })
        .collect();
    PreTokenizedString { text: String::new(), tokens }
}
