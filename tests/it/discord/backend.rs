//! A backend with fixed answers, and with the misbehaviour that tests ask for by a word in the question.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Condvar, LazyLock, Mutex};
use std::time::Duration;

use registrar::answer::{Answer, Citation, Conversation, Outcome, Topic, Turn};
use registrar::corpus::Problem;
use registrar::discord::Backend;
use registrar::index::files::Files;
use registrar::library::{
    LibraryError, Order, Preview, Progress, Rebuild, ReindexReport, Status, UploadError, Uploads,
};
use registrar::lookup::Lookup;

use crate::engine::Bench;

/// What stands in every answer's quote.
pub const QUOTE: &str = "The library is open from 9 to 17.";
/// What is never logged: it stands in every question of these tests.
pub const CANARY: &str = "zebracanary";

/// What names are looked up in.
static NAMES: LazyLock<Bench> = LazyLock::new(|| Bench::over("tests/fixtures/dev/corpus"));

/// Answers by rote.
#[derive(Default)]
pub struct Fake {
    /// How often it was asked.
    pub asked: AtomicU32,
    /// How often it reindexed.
    pub reindexed: AtomicU32,
    /// Whether work waits until the test lets it go on: questions with "hold", and reindexes.
    held: Mutex<bool>,
    released: Condvar,
    /// What the next reindex says instead of its report.
    pub busy: Mutex<Option<String>>,
    /// Whether a reindex is refused unless it is forced.
    pub refusing: Mutex<bool>,
    /// Whether what was unknown is known now.
    pub learned: std::sync::atomic::AtomicBool,
}

impl Fake {
    /// From now on work waits.
    pub fn hold(&self) {
        *self.held.lock().unwrap() = true;
    }

    /// Lets all work go on.
    pub fn release(&self) {
        *self.held.lock().unwrap() = false;
        self.released.notify_all();
    }

    fn wait_at_gate(&self) {
        let held = self.held.lock().unwrap();
        drop(self.released.wait_timeout_while(held, Duration::from_secs(10), |held| *held).unwrap());
    }
}

impl Backend for Fake {
    fn ask(&self, question: &str, conversation: &Conversation, _now: i64) -> Answer {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if question.contains("panic") {
            panic!("the engine failed on: {question}");
        }
        if question.contains("hold") {
            self.wait_at_gate();
        }
        let subject = conversation.turns.last().and_then(|turn| turn.subject.clone());
        let standalone = match &subject {
            Some(subject) => format!("{question} (about {subject})"),
            None => question.to_owned(),
        };
        let mut answer = Answer {
            question: question.to_owned(),
            standalone,
            outcome: Outcome::Answered,
            confidence: 0.9,
            kind: "value".to_owned(),
            text: "9 to 17".to_owned(),
            citations: vec![citation(QUOTE, &[])],
            topics: Vec::new(),
            generation: "g1".to_owned(),
            indexed_at: 1_767_225_600,
            why: vec!["kind: value".to_owned(), "won: 3.2 for \"open\"".to_owned()],
            turn: Turn {
                question: question.to_owned(),
                subject: Some("the library".to_owned()),
                ..Turn::default()
            },
        };
        if let Some(subject) = subject {
            answer.text = format!("10, as for {subject}");
        }
        if question.is_empty() {
            answer = without_citation(answer, Outcome::Empty, "Ask me something.");
        } else if question.contains("unknown") && !self.learned.load(Ordering::SeqCst) {
            answer = without_citation(answer, Outcome::Abstained, "That is not in my sources.");
        } else if question.contains("ambiguous") {
            answer = without_citation(answer, Outcome::Clarify, "Which one do you mean?");
        } else if question.contains("list") {
            let items: Vec<String> = (1..=150).map(|number| format!("Course number {number}")).collect();
            answer.text = items.join("\n");
            answer.citations = vec![citation(&items.join("\n"), &items)];
        } else if question.contains("doubtful") {
            answer.confidence = 0.8;
        } else if question.contains("hostile") {
            answer.text = "@everyone <@1100000000000000301> [click](https://evil.example)".to_owned();
            answer.citations = vec![citation("@here <@&1100000000000000502> ```\n# big\n||x|| <t:0>", &[])];
        }
        answer
    }

    fn look_up(&self, work: &mut dyn FnMut(Lookup<'_>)) {
        NAMES.engine.look_up(work);
    }

    fn status(&self) -> Status {
        Status {
            generation: "g1".to_owned(),
            built_at: 1_767_225_600,
            documents: 3,
            passages: 42,
            facts: 17,
            problems: vec![problem()],
            previous: Some("g0".to_owned()),
        }
    }

    fn stage_upload(&self, _name: &str, _bytes: &[u8], _now: i64) -> Result<Preview, UploadError> {
        Err(UploadError::Unknown)
    }

    fn uploads(&self) -> Uploads {
        Uploads::new(std::path::Path::new("/nonexistent"), Files::disk())
    }

    fn rollback(&self, _now: i64) -> Result<ReindexReport, LibraryError> {
        Ok(ReindexReport { generation: "g0".to_owned(), documents: 3, ..ReindexReport::default() })
    }

    fn folder_stamp(&self) -> u64 {
        0
    }

    fn follow(&self) -> Result<Option<ReindexReport>, LibraryError> {
        Ok(None)
    }

    fn reindex(&self, order: Order<'_>, progress: &dyn Progress) -> Result<ReindexReport, LibraryError> {
        let when = order.when;
        progress.step("indexing", 3, 5);
        self.wait_at_gate();
        if let Some(since) = self.busy.lock().unwrap().take() {
            return Err(LibraryError::Busy { since, by: "<@1100000000000000301>".to_owned() });
        }
        if !progress.go_on() {
            return Err(LibraryError::Cancelled);
        }
        if when == Rebuild::IfNeeded && *self.refusing.lock().unwrap() {
            let refusals = vec!["Only 1 of 9 documents would be left.".to_owned()];
            return Err(LibraryError::Refused(Box::new(ReindexReport {
                refusals,
                ..ReindexReport::default()
            })));
        }
        self.reindexed.fetch_add(1, Ordering::SeqCst);
        Ok(ReindexReport {
            generation: "g2".to_owned(),
            added: vec!["new_page.md".to_owned()],
            changed: vec!["changed.md".to_owned()],
            removed: Vec::new(),
            unchanged: false,
            problems: vec![problem()],
            documents: 4,
            passages: 50,
            ..ReindexReport::default()
        })
    }
}

fn without_citation(mut answer: Answer, outcome: Outcome, text: &str) -> Answer {
    answer.outcome = outcome;
    answer.text = text.to_owned();
    answer.citations = Vec::new();
    if outcome != Outcome::Empty {
        let topics = ["Opening hours", "Fees"]
            .map(|label| Topic { label: label.to_owned(), document: "a.md".to_owned() });
        answer.topics = topics.to_vec();
    }
    answer
}

fn citation(quote: &str, items: &[String]) -> Citation {
    Citation {
        document: "library.md".to_owned(),
        title: "Library".to_owned(),
        breadcrumb: vec!["Library".to_owned(), "Hours".to_owned()],
        lines: (3, 3),
        bytes: (0, quote.len()),
        quote: quote.to_owned(),
        shown: None,
        items: items.to_vec(),
        source: Some("Gazette".to_owned()),
        url: Some("https://gazette.example/hours".to_owned()),
        score: 1.0,
    }
}

fn problem() -> Problem {
    Problem {
        path: "broken.txt".to_owned(),
        line: Some(7),
        message: "It is not UTF-8. Save it as UTF-8.".to_owned(),
        skipped: true,
    }
}
