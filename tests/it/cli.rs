//! The program from outside: arguments, standard input and output, exit codes. What answers say is tested elsewhere.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use assert_cmd::assert::OutputAssertExt;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, is_empty};
use serde_json::{Value, json};

/// A document with an answer.
pub const TEXT: &str = "\
# Boat building certificate

The Boat Building Certificate takes 18 months.

Boat builders had a median annual wage of $41,230 in 2019.
";

/// A folder of its own, in which the program runs with a bare environment.
pub struct Ground(tempfile::TempDir);

impl Ground {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().canonicalize().expect("a folder").join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    pub fn registrar(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("registrar"));
        command.env_clear().current_dir(self.0.path()).args(arguments);
        command.env("XDG_CACHE_HOME", self.path("cache")).stdin(Stdio::null());
        command
    }

    /// Runs with this standard input; standard output.
    fn fed(&self, arguments: &[&str], input: &[u8]) -> String {
        let mut command = self.registrar(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        let input = input.to_vec();
        // Fed beside reading: a pipe holds less than a batch.
        let feeding = std::thread::spawn(move || stdin.write_all(&input));
        let output = child.wait_with_output().expect("it ends");
        feeding.join().expect("fed").expect("read to the end");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{} {errors}", output.status);
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    fn batch(&self, input: &[u8]) -> Vec<Value> {
        let output = self.fed(&["ask", "--batch", "-", "--corpus", "texts"], input);
        output.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    }
}

/// A ground with one text.
fn ground() -> Ground {
    let ground = Ground::new();
    ground.write("texts/boats.md", TEXT);
    ground
}

const ASK: [&str; 3] = ["ask", "--corpus", "texts"];

#[test]
fn a_question_gives_answer_quote_and_place() {
    let ground = ground();
    let question = ["how", "long", "does", "the", "boat", "building", "certificate", "take?"];
    let shown = ground.registrar(&[&ASK[..], &question].concat()).assert().success();
    shown
        .stdout(
            contains("18 months")
                .and(contains("  │ The Boat Building Certificate takes 18 months.\n"))
                .and(contains("  boats.md, line 3\n"))
                .and(contains("\u{1b}").not()),
        )
        .stderr(is_empty());
    assert!(ground.path("cache/registrar").is_dir(), "the index is in the cache");
    assert_eq!(
        std::fs::read_dir(ground.path("texts")).expect("a folder").count(),
        1,
        "the corpus is left alone"
    );
}

#[test]
fn why_explains_and_silence_is_no_failure() {
    let ground = ground();
    let why =
        ground.registrar(&["ask", "--corpus", "texts", "--why", "how long is the boat building certificate"]);
    let mut why = why;
    why.assert().success().stdout(contains("\nWhy\n  ").and(contains("confidence: ")));
    let mut silent = ground.registrar(&[&ASK[..], &["who won the world cup in 1998"]].concat());
    silent.assert().success().stdout(contains("│").not());
    let mut empty = ground.registrar(&[&ASK[..], &[""]].concat());
    empty.assert().success();
}

#[test]
fn json_is_one_line_with_the_keys_of_the_contract_in_order() {
    let ground = ground();
    let question = "what is the median wage of boat builders?";
    let output = ground.registrar(&[&ASK[..], &["--json", question]].concat()).output().expect("it runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(text.lines().count(), 1, "{text}");
    let keys = [
        "id",
        "question",
        "answered",
        "confidence",
        "kind",
        "answer",
        "citations",
        "document",
        "title",
        "section",
        "lines",
        "bytes",
        "quote",
        "source",
        "score",
        "topics",
        "generation",
        "elapsed_us",
    ];
    let places: Vec<_> = keys.iter().map(|key| text.find(&format!("\"{key}\":")).expect(key)).collect();
    assert!(places.is_sorted(), "{text}");
    let line: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        (&line["id"], &line["question"], &line["answered"]),
        (&Value::Null, &json!(question), &json!(true))
    );
    let citation = &line["citations"][0];
    let (start, end) = (citation["bytes"][0].as_u64(), citation["bytes"][1].as_u64());
    let span = start.expect("a start") as usize..end.expect("an end") as usize;
    assert_eq!(TEXT.get(span), citation["quote"].as_str());
    assert_eq!((&citation["lines"], &citation["source"]), (&json!([5, 5]), &json!("boats.md")));
}

#[test]
fn a_batch_answers_each_line_in_order_and_goes_on_after_bad_ones() {
    let input = b"\xef\xbb\xbf{\"id\":\"a\",\"question\":\"how long does the boat building certificate take\",\"x\":1}\r\n\
        not json\n\
        {\"id\":\"c\"}\n\
        \xff\n\
        \n\
        {\"id\":6,\"question\":\"\",\"conversation\":null}";
    let lines = ground().batch(input);
    assert_eq!(lines.len(), 6);
    let ids: Vec<_> = lines.iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, [json!("a"), Value::Null, json!("c"), Value::Null, Value::Null, json!(6)]);
    let failed: Vec<_> = lines.iter().map(|line| line.get("error").is_some()).collect();
    assert_eq!(failed, [false, true, true, true, true, false]);
    assert_eq!(lines[2], json!({"id": "c", "error": "`question` must be a text"}));
    assert_eq!(lines[5]["answered"], json!(false));
}

#[test]
fn a_conversation_has_its_own_memory() {
    let line = |id: &str, question: &str, conversation: Value| {
        json!({"id": id, "question": question, "conversation": conversation}).to_string() + "\n"
    };
    let input = [
        line("1", "how long does the boat building certificate take?", json!("c1")),
        line("2", "and the wage of boat builders?", json!("c1")),
    ];
    let together = ground().batch(input.concat().as_bytes());
    assert_eq!(together.len(), 2);
    assert!(together[1]["answer"].as_str().expect("text").contains("$41,230"), "{}", together[1]);
}

#[test]
fn a_batch_streams() {
    let ground = ground();
    let mut command = ground.registrar(&["ask", "--batch", "-", "--corpus", "texts"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    // Each answer is awaited before the next question is written: without flushing this would wait for ever.
    for id in ["1", "2", "3"] {
        writeln!(stdin, "{}", json!({"id": id, "question": "boats"})).expect("written");
        let line: Value = serde_json::from_str(&lines.next().expect("a line").expect("text")).expect("JSON");
        assert_eq!(line["id"], json!(id));
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn long_lines_and_a_reader_that_leaves() {
    let ground = ground();
    let long =
        json!({"id": "long", "question": "boat ".repeat(2 << 20)}).to_string() + "\n{\"question\":\"x\"}\n";
    let lines = ground.batch(long.as_bytes());
    assert_eq!((lines.len(), &lines[0]["id"], &lines[1]["id"]), (2, &json!("long"), &Value::Null));

    let mut command = ground.registrar(&["ask", "--batch", "-", "--corpus", "texts"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("a pipe");
    for _ in 0..100 {
        // It may have left already, which is what this is about.
        let _ = writeln!(stdin, "{{\"question\":\"x\"}}");
    }
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn chat_reads_lines_plainly_and_keeps_the_conversation() {
    let input = b"/why\nhow long does the boat building certificate take?\n/why\n/more\n/what\n\xff\n/quit\nnot read\n";
    let output = ground().fed(&["chat", "--corpus", "texts"], input);
    let (before, after) = output.split_once("18 months").expect("an answer");
    assert_eq!(before, "Ask a question first.\n\n");
    assert!(
        after.contains("\nWhy\n  confidence: ") && after.contains("Ask a question. /why explains"),
        "{after}"
    );
}

#[test]
fn a_corpus_that_changed_is_answered_as_indexed_and_told() {
    let ground = Ground::new();
    ground.write("registrar.toml", "");
    ground.write("corpus/boats.md", TEXT);
    let ask =
        || ground.registrar(&["ask", "how long does the boat building certificate take"]).assert().success();
    ask().stdout(contains("18 months")).stderr(is_empty());
    ground.write("corpus/boats.md", TEXT.replace("18 months", "20 months"));
    let file = std::fs::File::options().write(true).open(ground.path("corpus/boats.md")).expect("a file");
    let changed = file.metadata().and_then(|metadata| metadata.modified()).expect("a time");
    file.set_modified(changed + std::time::Duration::from_secs(10)).expect("a time");
    ask().stdout(contains("18 months")).stderr(contains("`registrar index build` takes the changes in"));
    ground.registrar(&["index", "build"]).assert().success();
    ask().stdout(contains("20 months"));
}

#[test]
fn a_corpus_that_is_another_or_gone_is_told() {
    let ground = Ground::new();
    ground.write("corpus/boats.md", TEXT);
    ground.write("ovens/baking.md", "# Baking\n\nBaking takes one year.\n");
    ground.write("more/boats.md", TEXT);
    ground.write("more/baking.md", "# Baking\n\nBaking takes one year.\n");
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    for old in ["ovens/baking.md", "ovens", "more/boats.md", "more/baking.md", "more"] {
        std::fs::File::open(ground.path(old)).expect("there").set_modified(long_ago).expect("dated");
    }
    let question = "how long does the boat building certificate take?";
    for (folder, warning) in [
        ("corpus", ""),
        ("ovens", "the index that is asked was built from other files than those in"),
        ("more", "has changed since it was indexed"),
        ("none", "is missing, so the index that was built before is asked"),
    ] {
        ground.write("registrar.toml", format!("[corpus]\npath = \"{folder}\"\n"));
        let asked = ground.registrar(&["ask", question]).assert().success().stdout(contains("18 months"));
        if warning.is_empty() {
            asked.stderr(is_empty());
        } else {
            asked.stderr(contains(warning).and(contains(folder)));
        }
    }
}

#[test]
fn files_that_are_left_out_are_told_beside_the_answer() {
    let ground = ground();
    let question = "how long does the boat building certificate take?";
    let warned = |extra: &[&str], warning: &str| {
        let arguments = [&ASK[..], extra, &[question]].concat();
        ground
            .registrar(&arguments)
            .assert()
            .success()
            .stdout(contains("left out").not())
            .stderr(contains(warning));
    };
    ground.registrar(&[&ASK[..], &[question]].concat()).assert().success().stderr(is_empty());
    ground.write("texts/photo.png", "no text");
    warned(&[], "1 file was left out; `registrar check --corpus texts` says which and why");
    ground.write("texts/bytes.md", "\0\u{1}\u{2}");
    warned(&["--json"], "2 files were left out; `registrar check --corpus texts` says which and why");
}

#[test]
fn wrong_arguments_and_help() {
    let ground = ground();
    for arguments in [
        &["ask"][..],
        &["ask", "--batch", "-", "x"],
        &["ask", "--min-confidence", "2", "x"],
        &["ask", "--json", "--why", "x"],
        &["nonsense"],
    ] {
        ground.registrar(arguments).assert().code(2).stdout(is_empty()).stderr(is_empty().not());
    }
    for command in ["ask", "chat", "index", "check", "eval"] {
        let shown = ground.registrar(&[command, "--help"]).assert().success();
        shown.stdout(contains("Example").and(contains("Exit codes: 0 ")));
    }
    ground.registrar(&["--help"]).assert().success().stdout(contains("Exit codes: 0 done"));
    let missing = ground.registrar(&["ask", "--corpus", "none", "x"]).assert().code(1);
    missing.stderr(contains("none").and(contains("does not exist").or(contains("There is no"))));
    ground.registrar(&["ask", "--batch", "none.jsonl"]).assert().code(1).stderr(contains("none.jsonl"));
}

#[test]
fn without_a_token_the_bot_answers_in_the_sandbox() {
    let ground = Ground::new();
    ground.write("corpus/boats.md", TEXT);
    // A byte that is no text is no reason to end.
    let input = b"a \xff b\nhow long does the boat building certificate take?\n/quit\n";
    let output = ground.fed(&[], input);
    assert!(output.contains("\n│ 18 months\n"), "{output}");
}
