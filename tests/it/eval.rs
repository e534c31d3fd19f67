//! `registrar eval` from outside: report, run file, comparison, thresholds. Scoring is tested in the module itself.

use assert_cmd::assert::OutputAssertExt;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;

use crate::cli::{Ground, TEXT};

const QUESTIONS: &str = r#"{"id":"q1","question":"how long does the boat building certificate take?","gold":["18 months"],"document":"boats.md","kind":"value"}
{"id":"q2","question":"how long does the boat building certificate take?","gold":["18 months"],"document":"other.md","kind":"value"}
{"id":"q3","question":"who won the world cup in 1998","answerable":false,"kind":"unanswerable-offtopic"}
"#;

fn ground() -> Ground {
    let ground = Ground::new();
    ground.write("texts/boats.md", TEXT);
    ground.write("q.jsonl", QUESTIONS);
    ground
}

#[test]
fn the_report_names_what_failed() {
    let ground = ground();
    ground.registrar(&["eval", "q.jsonl", "--corpus", "texts"]).assert().success().stdout(
        contains("value                     2    50.0    50.0    50.0     0.0       -    50.0   100.0\n")
            .and(contains(
                "unanswerable-offtopic     1       -       -       -       -     0.0       -       -\n",
            ))
            .and(contains("\nright words, wrong document: 1\n  q2 (")),
    );
}

#[test]
fn thresholds_fail_the_command() {
    let ground = ground();
    let eval = |thresholds: &[&str]| {
        ground.registrar(&[&["eval", "q.jsonl", "--corpus", "texts"], thresholds].concat()).assert()
    };
    eval(&["--min-right", "0.5", "--max-false", "0.03", "--min-citation-truth", "1"]).code(0);
    eval(&["--min-right", "0.9"])
        .code(2)
        .stdout(contains("MISSED  Right first: 0.5000, wanted at least 0.9.\n"));
}

#[test]
fn equal_runs_are_equal_files_and_can_be_compared() {
    let ground = ground();
    let eval = |arguments: &[&str]| {
        ground.registrar(&[&["eval", "q.jsonl", "--corpus", "texts"], arguments].concat()).assert().success()
    };
    eval(&["--json", "a.json"]);
    eval(&["--json", "b.json"]);
    let read = |name| std::fs::read_to_string(ground.path(name)).expect("a run");
    assert_eq!(read("a.json"), read("b.json"));
    ground.write("q.jsonl", QUESTIONS.replace("other.md", "boats.md"));
    eval(&["--compare", "a.json"]).stdout(contains(
        "  better: 1\n    q2: right words, wrong document → right: how long does the boat building certificate \
         take?\n  worse: 0\n",
    ));
}

#[test]
fn mistakes_of_curators_are_named() {
    let ground = ground();
    ground.write("q.jsonl", "{\"id\":\"a\",\"question\":\"q\",\"godl\":[]}");
    let shown = ground.registrar(&["eval", "q.jsonl", "--corpus", "texts"]).assert().code(1);
    shown.stderr(contains("q.jsonl:1: unknown field `godl`, expected one of `id`"));
    ground.registrar(&["eval", "none.jsonl"]).assert().code(1).stderr(contains("none.jsonl cannot be read"));
    ground.write("run.json", "{}");
    ground.write("q.jsonl", QUESTIONS);
    let shown =
        ground.registrar(&["eval", "q.jsonl", "--corpus", "texts", "--compare", "run.json"]).assert().code(1);
    shown.stderr(contains("run.json is no run of `registrar eval --json`"));
}

#[test]
fn trees_of_confidence_are_fitted_and_written() {
    let ground = ground();
    let eval = |arguments: &[&str]| {
        ground.registrar(&[&["eval", "q.jsonl", "--corpus", "texts"], arguments].concat()).assert()
    };
    eval(&["--trees", "trees.txt"]).success().stdout(contains("examples; documents left out: log loss "));
    let trees = std::fs::read_to_string(ground.path("trees.txt")).expect("trees");
    assert!(trees.starts_with("start ") && trees.lines().count() > 1, "{trees}");
    eval(&["--trees", "no/such/folder/trees.txt"])
        .code(1)
        .stderr(contains("no/such/folder/trees.txt cannot be written"));
    eval(&["--trees", "trees.txt", "--fit"]).code(2).stderr(contains("cannot be used with"));
}
