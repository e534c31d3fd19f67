//! Whatever stands in a batch, a config, a lexicon file, a question file or an argument: an error in words or an answer,
//! never a panic. Questions and documents are in `engine`, files of the corpus in `corpus::hostile`.

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use registrar::cli::batch;
use registrar::config::Config;
use registrar::eval::questions;
use registrar::lexicon::Lexicon;
use serde_json::Value;

use crate::cli::Ground;
use crate::engine::Bench;
use crate::library::NOW;

static SAMPLE: LazyLock<Bench> = LazyLock::new(|| Bench::over("corpus"));

/// Each shipped file of settings or words: its name and its text.
static FILES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    let mut files: Vec<(String, String)> = walkdir::WalkDir::new(config)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("readable"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let text = std::fs::read_to_string(entry.path()).expect("UTF-8");
            (entry.file_name().to_string_lossy().into_owned(), text)
        })
        .collect();
    files.sort();
    files
});

/// A text with one stretch of its characters replaced.
fn damaged(text: &str, at: prop::sample::Index, length: usize, put: &str) -> String {
    let at = at.index(text.chars().count());
    text.chars().take(at).chain(put.chars()).chain(text.chars().skip(at + length)).collect()
}

/// What may stand where it should not.
fn foreign() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,12}",
        "[\\[\\]{}=\"'#.,\n\\\\-]{0,6}",
        Just("99999999999999999999".to_owned()),
        Just("-1".to_owned()),
        Just("\"\"".to_owned()),
        Just("nan".to_owned()),
        Just("\u{0}".to_owned()),
    ]
}

const LINES: [&str; 12] = [
    r#"{"id":"q1","question":"what is the salary?","conversation":"a"}"#,
    r#"{"id":{"x":[1]},"question":"and in 2014?","conversation":"a","more":1}"#,
    r#"{"id":null,"question":""}"#,
    r#"{"question":"\ud83d what"}"#,
    r#"{"id":"q","question":7}"#,
    "[1,2]",
    "null",
    "",
    "{",
    "\u{feff}",
    "{\"id\":1e999,\"question\":\"x\"}",
    r#"{"id":"q","question":"a\u0000b","conversation":""}"#,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn every_line_of_a_batch_gets_a_line(
        lines in prop::collection::vec(
            prop_oneof![
                (0..LINES.len()).prop_map(|line| LINES[line].as_bytes().to_vec()),
                prop::collection::vec(any::<u8>().prop_filter("no line end", |byte| *byte != b'\n'), 0..60),
            ],
            0..12,
        )
    ) {
        let mut input = Vec::new();
        lines.iter().for_each(|line| { input.extend(line); input.push(b'\n'); });
        let mut out = Vec::new();
        batch::run(&SAMPLE.engine, &mut input.as_slice(), &mut out, &|| NOW).expect("memory does not fail");
        let out = String::from_utf8(out).expect("UTF-8");
        prop_assert_eq!(out.lines().count(), lines.len());
        for line in out.lines() {
            let answer: Value = serde_json::from_str(line).expect(line);
            prop_assert!(answer.get("error").is_some() != answer.get("answer").is_some(), "{}", line);
        }
    }

    #[test]
    fn damaged_settings_are_refused_or_used(
        file in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), length in 0_usize..12, put in foreign(),
    ) {
        let (name, text) = &FILES[file.index(FILES.len())];
        let text = damaged(text, at, length, &put);
        let message = if name == "registrar.toml" {
            Config::parse(&text, name).err().map(|error| error.to_string())
        } else {
            let folder = tempfile::tempdir().expect("a folder");
            std::fs::write(folder.path().join(name), text).expect("written");
            Lexicon::load(Some(folder.path())).err().map(|error| error.to_string())
        };
        if let Some(message) = message {
            prop_assert!(message.contains(name.as_str()) && message.len() > name.len() + 10, "{}", message);
        }
    }

    #[test]
    fn damaged_question_files_are_refused_or_used(
        at in any::<prop::sample::Index>(), length in 0_usize..12, put in foreign(), toml: bool,
    ) {
        let (name, text) = if toml {
            ("q.toml", "[[question]]\nid = \"q1\"\nquestion = \"what?\"\ngold = [\"1\"]\ndocument = \"a.md\"\n")
        } else {
            ("q.jsonl", "{\"id\":\"q1\",\"question\":\"what?\",\"gold\":[\"1\"],\"document\":\"a.md\"}\n")
        };
        let text = damaged(text, at, length, &put);
        if let Err(error) = questions::parse(&[(name.to_owned(), text)]) {
            prop_assert!(error.to_string().starts_with(name), "{}", error);
        }
    }
}

/// Arguments as people mistype them; a panic ends with 101.
#[test]
fn strange_arguments_end_in_words() {
    let ground = Ground::new();
    ground.write("texts/a.md", crate::cli::TEXT);
    let all: [&[&str]; 14] = [
        &["ask"],
        &["ask", "--corpus"],
        &["ask", "--corpus", "", "x"],
        &["ask", "--corpus", "texts/a.md", "x"],
        &["ask", "--corpus", "texts", "--min-confidence", "NaN", "x"],
        &["ask", "--corpus", "texts", "--min-confidence", "-1", "x"],
        &["ask", "--batch", "texts", "--corpus", "texts"],
        &["ask", "--batch", "\u{202e}", "--corpus", "texts"],
        &["--config", "texts", "check"],
        &["--config", "", "check"],
        &["index", "rollback", "--corpus", "nowhere"],
        &["eval", "texts", "--corpus", "texts"],
        &["e\u{301}", "漢字"],
        &["--", "--"],
    ];
    for arguments in all {
        let output = ground.registrar(arguments).output().expect("it runs");
        let code = output.status.code();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(code.is_some_and(|code| (1..=5).contains(&code)), "{arguments:?}: {code:?}\n{said}");
        assert!(!said.trim().is_empty() || !output.stdout.is_empty(), "{arguments:?} says nothing");
        assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    }
}
