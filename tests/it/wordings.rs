//! How people ask for an attribute and how texts state it: the shipped counts are those of the examples beside them, and on examples of
//! another hand they know most attributes. `UPDATE_EXPECT=1 cargo test --test it wordings` counts the examples anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use registrar::lexicon::{Lexicon, Wordings};
use registrar::text::{terms, tokens};
use serde::Deserialize;

#[derive(Deserialize)]
struct Example {
    attribute: String,
    text: String,
}

/// Words for people that belong to an attribute rather than to a subject.
const KEPT: [&str; 15] = [
    "adviser",
    "advisor",
    "applicant",
    "applicants",
    "chair",
    "coordinator",
    "counselor",
    "dean",
    "director",
    "employer",
    "employers",
    "graduates",
    "instructor",
    "participants",
    "teacher",
];

/// A line of counts is about so long.
const WIDTH: usize = 140;

fn examples(name: &str) -> Vec<Example> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/wordings").join(format!("{name}.jsonl"));
    let text = std::fs::read_to_string(path).expect("examples");
    text.lines().map(|line| serde_json::from_str(line).expect("an example")).collect()
}

/// The examples as a lexicon file: general English alone, no names of jobs, schools or fields that English at large does not know.
fn counted(examples: &[Example], lexicon: &Lexicon, head: &str) -> String {
    let units = &lexicon.units;
    let general = |word: &String| {
        let named = lexicon.names_person(word) && !KEPT.contains(&word.as_str());
        let dated = units.months.contains(word) || units.weekdays.contains(word);
        word.bytes().all(|byte| byte.is_ascii_lowercase()) && (dated || lexicon.is_english(word) && !named)
    };
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    for example in examples {
        let entry = counts.entry(&example.attribute).or_default();
        entry.examples += 1;
        let words: Vec<String> = tokens(&example.text).into_iter().map(|token| token.word).collect();
        let pairs: BTreeSet<String> =
            words.windows(2).filter(|pair| pair.iter().all(general)).map(|pair| pair.join("_")).collect();
        let words: BTreeSet<String> = words.into_iter().filter(general).collect();
        words.into_iter().for_each(|word| *entry.words.entry(word).or_default() += 1);
        pairs.into_iter().for_each(|pair| *entry.pairs.entry(pair).or_default() += 1);
    }
    let mut out = head.to_owned();
    for (attribute, counts) in counts {
        let _ = write!(out, "\n[[wording]]\nattribute = \"{attribute}\"\nexamples = {}\n", counts.examples);
        lines(&mut out, "words", counts.words, 1);
        lines(&mut out, "pairs", counts.pairs, LEAST_PAIRS);
    }
    out
}

/// What is counted of one attribute's examples.
#[derive(Default)]
struct Counts {
    examples: usize,
    words: BTreeMap<String, usize>,
    pairs: BTreeMap<String, usize>,
}

/// Words side by side in fewer examples say little for the room they take.
const LEAST_PAIRS: usize = 2;

fn lines(out: &mut String, name: &str, counts: BTreeMap<String, usize>, least: usize) {
    let mut words: Vec<(String, usize)> = counts.into_iter().filter(|(_, count)| *count >= least).collect();
    words.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    let _ = writeln!(out, "{name} = \"\"\"");
    let mut line = String::new();
    for (word, count) in words {
        if line.len() + word.len() > WIDTH {
            let _ = writeln!(out, "{line}");
            line.clear();
        }
        let _ = write!(line, "{}{word}:{count}", if line.is_empty() { "" } else { " " });
    }
    let _ = writeln!(out, "{line}\n\"\"\"");
}

#[track_caller]
#[expect(
    clippy::disallowed_methods,
    reason = "UPDATE_EXPECT is how tests are told to write what they expect"
)]
fn check(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/lexicon").join(format!("{name}.toml"));
    let shipped = std::fs::read_to_string(&path).expect("the lexicon");
    let head: String =
        shipped.lines().take_while(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    let counted = counted(&examples(name), &crate::library::lexicon(), &head);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &counted).expect("the lexicon is written");
    } else {
        assert!(
            shipped == counted,
            "{name}.toml does not hold the counts of tests/fixtures/wordings/{name}.jsonl. Run this test with \
             UPDATE_EXPECT=1."
        );
    }
}

#[test]
fn asking_is_counted_from_its_examples() {
    check("asking");
}

#[test]
fn stating_is_counted_from_its_examples() {
    check("stating");
}

/// Share of the examples of the hands left out whose attribute the others know first.
#[track_caller]
fn knows(name: &str, wordings: &Wordings, least: f64) {
    let lexicon = crate::library::lexicon();
    let examples = examples(name);
    let known: Vec<&Example> =
        examples.iter().filter(|example| lexicon.attribute(&example.attribute).is_some()).collect();
    let right = known.iter().filter(|example| {
        let judged = wordings.judge(terms(&example.text), 0.0);
        judged.first().map(|(id, _)| *id) == lexicon.attribute(&example.attribute)
    });
    let share = right.count() as f64 / known.len() as f64;
    assert!(share >= least, "{name}: {share:.3} of {} examples", known.len());
}

/// The counts are those of these very examples: this holds that they are read and weighed as they should be. What they are worth on
/// questions that they do not hold is `quality`'s.
#[test]
fn the_examples_are_known() {
    let lexicon = crate::library::lexicon();
    knows("asking", &lexicon.asking, 0.85);
    knows("stating", &lexicon.stating, 0.85);
}

#[test]
fn words_that_no_example_holds_say_nothing() {
    let lexicon = crate::library::lexicon();
    assert!(lexicon.asking.judge(terms("qwertz zuiop"), 0.0).is_empty());
    assert!(lexicon.stating.judge(Vec::new(), 0.0).is_empty());
}
