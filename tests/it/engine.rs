//! The whole engine over any folder and any question: it never panics, never says more than its quotes prove, and says
//! the same again. Whether it says the right thing is measured in `quality` and `sample`.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use registrar::answer::{Answer, Conversation, Outcome};
use registrar::corpus::{Document, Limits, RawFile, load, parse};
use registrar::engine::{DEFAULT_MIN_CONFIDENCE, Engine};
use registrar::index::{Snapshot, write};
use registrar::lexicon::text_rules::TextRules;
use registrar::render::discord::{card, page, units, why};
use registrar::render::json;
use registrar::render::terminal::Style;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::library::{NOW, lexicon};

/// An answer has at most this many characters.
const LONGEST: usize = 2_000;

/// An engine over documents, with nothing of a library around it.
pub struct Bench {
    pub documents: Vec<Document>,
    pub engine: Engine,
    _generation: tempfile::TempDir,
}

impl Bench {
    pub fn of(documents: Vec<Document>, min_confidence: f64) -> Self {
        let generation = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a folder");
        write(generation.path(), "G", NOW, &documents, &lexicon(), &|| {}).expect("written");
        let snapshot = Snapshot::open(generation.path()).expect("opened");
        let engine = Engine::new(Arc::new(snapshot), lexicon(), min_confidence);
        Self { documents, engine, _generation: generation }
    }

    /// Over a folder of this project, with the confidence that is shipped.
    pub fn over(folder: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let (documents, _) =
            load(&folder, &Limits::default(), &TextRules::shipped(), &|_, _| {}).expect("texts");
        Self::of(documents, DEFAULT_MIN_CONFIDENCE)
    }

    /// Over a few texts by their file names, with the confidence that is shipped.
    pub fn over_texts(texts: &[(&str, &str)]) -> Self {
        let documents = texts
            .iter()
            .filter_map(|(path, text)| {
                let file = RawFile { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() };
                parse(&file, &lexicon().text).0
            })
            .collect();
        Self::of(documents, DEFAULT_MIN_CONFIDENCE)
    }

    pub fn ask(&self, question: &str) -> Answer {
        self.engine.ask(question, &Conversation::default(), NOW)
    }

    /// What must hold for every answer, whatever was asked.
    #[track_caller]
    pub fn hold(&self, answer: &Answer) {
        let said = || format!("{:?}\n{answer:#?}", answer.question);
        assert!(answer.text.chars().count() <= LONGEST, "too long: {}", said());
        assert!((0.0..=1.0).contains(&answer.confidence), "confidence: {}", said());
        assert!(answer.citations.len() <= 5, "too many citations: {}", said());
        assert_eq!(answer.outcome == Outcome::Answered, !answer.citations.is_empty(), "{}", said());
        if answer.outcome != Outcome::Empty {
            assert!(!answer.text.trim().is_empty(), "nothing said: {}", said());
        }
        for citation in &answer.citations {
            let document = self.documents.iter().find(|document| document.path == citation.document);
            let text = document.unwrap_or_else(|| panic!("no such document: {}", said())).file();
            let (start, end) = citation.bytes;
            assert_eq!(text.get(start..end), Some(citation.quote.as_str()), "quote: {}", said());
            assert!(!citation.quote.is_empty() && citation.lines.0 >= 1, "{}", said());
            assert!(citation.lines.0 <= citation.lines.1, "lines: {}", said());
        }
        // However it is shown, it fits.
        let pages = (0..).map_while(|number| page(answer, number));
        for card in pages.chain([card(answer), why(answer)]) {
            assert!(units(&card.content) <= LONGEST && !card.content.is_empty(), "{}", card.content);
        }
        let style = Style { width: 40, colour: false };
        assert!(!style.card(answer).is_empty() && !style.why(answer).is_empty());
        json::answer(&Value::Null, answer, 0).expect("JSON");
    }

    /// Asks twice, holds the invariants, and in the other normal form.
    #[track_caller]
    fn check(&self, question: &str) {
        let answer = self.ask(question);
        self.hold(&answer);
        assert_eq!(self.ask(question), answer, "the same question, another answer");
        let (composed, decomposed): (String, String) = (question.nfc().collect(), question.nfd().collect());
        let [composed, decomposed] = [self.ask(&composed), self.ask(&decomposed)];
        let apart = |answer: &Answer| {
            let places: Vec<_> = answer.citations.iter().map(|c| (c.document.clone(), c.bytes)).collect();
            (answer.outcome, answer.text.nfc().collect::<String>(), places)
        };
        assert_eq!(apart(&composed), apart(&decomposed), "{question:?} composed and decomposed");
        // As a follow-up of itself, too.
        let mut conversation = Conversation::default();
        conversation.push(answer.turn);
        self.hold(&self.engine.ask(question, &conversation, NOW));
    }
}

static SAMPLE: LazyLock<Bench> = LazyLock::new(|| Bench::over("corpus"));
/// The same with no threshold: even the poorest candidate must keep the rules.
static EAGER: LazyLock<Bench> = LazyLock::new(|| Bench::of(SAMPLE.documents.clone(), 0.0));

/// What questions are made of here: words that mean something to the engine, and what people and machines send.
const WORDS: [&str; 40] = [
    "what",
    "is",
    "the",
    "salary",
    "in",
    "2014",
    "how",
    "many",
    "courses",
    "compare",
    "and",
    "or",
    "?",
    "¿",
    "AAS",
    "A.A.S.",
    "$35,900",
    "degree",
    "master",
    "associate",
    "who",
    "when",
    "the second",
    "same for",
    "no",
    "not",
    "<@1>",
    "@everyone",
    "```",
    "\u{202e}",
    "\u{200b}",
    "é",
    "e\u{301}",
    "漢字",
    "🎓",
    "\u{0}",
    "%",
    "18446744073709551616",
    "requirements for",
    "—",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn any_question_keeps_the_rules(question in "\\PC{0,120}") {
        SAMPLE.check(&question);
        EAGER.check(&question);
    }

    #[test]
    fn any_characters_keep_the_rules(question in proptest::collection::vec(any::<char>(), 0..80)) {
        EAGER.check(&question.into_iter().collect::<String>());
    }

    #[test]
    fn any_order_of_words_keeps_the_rules(words in proptest::collection::vec(0..WORDS.len(), 0..24)) {
        let question = words.into_iter().map(|word| WORDS[word]).collect::<Vec<_>>().join(" ");
        SAMPLE.check(&question);
        EAGER.check(&question);
    }
}

/// Lines of documents that have gone wrong in every way; with a few of the words that questions use.
const LINES: [&str; 32] = [
    "# Title",
    "## Courses",
    "Salary",
    "The median salary was $35,900 a year in 2014.",
    "Salary: $1,000,000,000,000,000,000,000",
    "Duration: 0 years",
    "Courses include:",
    "- one",
    "• two",
    "3) three",
    "Associate of Applied Science (AAS)",
    "(A) (B) (AAS)",
    "What is it?",
    "Q: How many? A: None.",
    "A\tB\tC",
    "| x | y |",
    "|---|---|",
    "A degree is required, but not always.",
    "No degree is required.",
    "+++",
    "title = \"\"",
    "---",
    "\u{feff}",
    "\u{202e}desrever",
    "e\u{301}\u{301}\u{301}",
    "𝔻𝕖𝕘𝕣𝕖𝕖",
    "漢字。漢字！",
    "@everyone <@1> [a](javascript:x) `||`",
    "word word word word word word word word word word word word word word word word",
    ".",
    "$",
    "100%",
];

const QUESTIONS: [&str; 12] = [
    "what is the salary?",
    "what courses are there",
    "what does AAS stand for?",
    "is a degree required?",
    "compare a and b",
    "how many?",
    "what is it",
    "title",
    "x",
    "salary in 2014 or 2015?",
    "how long does it take and what does it cost?",
    "漢字",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_folder_keeps_the_rules(
        files in proptest::collection::vec(
            (proptest::collection::vec(0..LINES.len(), 1..40), any::<bool>(), "\\PC{0,60}"), 1..4),
        question in "\\PC{0,60}",
    ) {
        let rules = TextRules::shipped();
        let documents: Vec<Document> = files.iter().enumerate().filter_map(|(number, (lines, markdown, extra))| {
            let mut text = lines.iter().map(|line| LINES[*line]).collect::<Vec<_>>().join("\n");
            text.push('\n');
            text.push_str(extra);
            let path = format!("{number}.{}", if *markdown { "md" } else { "txt" });
            parse(&RawFile { path, bytes: text.into_bytes() }, &rules).0
        }).collect();
        prop_assume!(!documents.is_empty());
        let bench = Bench::of(documents, 0.0);
        for question in QUESTIONS.iter().chain(&[question.as_str()]) {
            bench.check(question);
        }
    }
}

/// Found by `any_folder_keeps_the_rules`: a list of one item was answered from without a quote.
#[test]
fn a_list_of_one_item_is_quoted() {
    let file =
        RawFile { path: "a.md".to_owned(), bytes: b"Courses include:\n- one\n# Title\n# Title\n".to_vec() };
    let bench = Bench::of(parse(&file, &TextRules::shipped()).0.into_iter().collect(), 0.0);
    bench.check("what courses are there");
    bench.check("which courses");
}

#[test]
fn long_messages_are_answered_in_bounded_time() {
    let question = "what is the median salary of medical records technicians? ";
    for message in [question.repeat(400), "x".repeat(40_000), "? ".repeat(20_000), "why and ".repeat(5_000)] {
        let start = std::time::Instant::now();
        EAGER.hold(&EAGER.ask(&message));
        // Generous for a debug build on a busy machine.
        assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
    }
}
