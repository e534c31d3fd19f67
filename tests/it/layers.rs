//! Rules of the source tree that a lint cannot hold: every file says its purpose, modules import only what stands above
//! them, outside crates and the outside world are touched in one place each, and no subject matter stands in the code.
//! It reads the sources as text, tests at their ends left out; it is no parser of Rust.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use registrar::corpus::{Limits, load};
use registrar::lexicon::text_rules::TextRules;
use registrar::text::tokens;

/// A file longer than this has a second reason to change.
const LONGEST: usize = 400;

/// A crate or a name, and the only places that may name it.
const KEEPERS: [(&str, &[&str]); 6] = [
    ("tantivy", &["src/index/"]),
    ("serenity", &["src/discord/"]),
    ("axum", &["src/sandbox/"]),
    ("sqlx", &["src/store/"]),
    ("SystemTime::now", &["src/cli/", "src/discord/"]),
    ("env::var", &["src/config/", "src/config.rs"]),
];

/// Where files are touched, and why.
const FILES: [(&str, &str); 9] = [
    ("src/corpus/walk.rs", "reads the folder of texts"),
    ("src/lexicon/load.rs", "reads what extends the shipped lexicon"),
    ("src/index/lock.rs", "one builder per data folder"),
    ("src/index/files.rs", "the one door to the data folder and to uploads, with faults on demand in tests"),
    ("src/library/cache.rs", "the size and time of the program itself, for the cache's key"),
    ("src/library/report.rs", "hands the file names of a folder to the verification"),
    ("src/config/", "reads the config and the token"),
    ("src/eval/truth.rs", "compares quotes with the files on disk"),
    ("src/cli/", "reads question files, writes a run, makes the cache folder, tries the data folder"),
];

/// One file: its path from the top with `/`, its whole text, and the text without its tests.
struct Source {
    path: String,
    text: String,
    code: String,
}

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &str) -> Vec<Source> {
    let files = walkdir::WalkDir::new(top().join(folder)).sort_by_file_name();
    let paths: Vec<PathBuf> = files.into_iter().map(|entry| entry.expect("readable").into_path()).collect();
    paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            let code = text.split("\n#[cfg(test)]\n").next().unwrap_or_default().to_owned();
            let path = path.strip_prefix(top()).expect("below the top").to_string_lossy().replace('\\', "/");
            Source { path, text, code }
        })
        .collect()
}

/// Code without its comments; good enough for files in which no string holds `//` before a name that is looked for.
fn without_comments(code: &str) -> String {
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn none(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_file_opens_with_its_purpose() {
    let found: Vec<String> = ["src", "tests/it", "benches"]
        .iter()
        .flat_map(|folder| sources(folder))
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.path)
        .collect();
    none(&found);
}

#[test]
fn modules_import_only_what_stands_above_them() {
    let sources = sources("src");
    let library = sources.iter().find(|source| source.path == "src/lib.rs").expect("src/lib.rs");
    let order: Vec<&str> = library
        .code
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')))
        .collect();
    assert!(order.len() > 10, "{order:?}");
    let place = |module: &str| order.iter().position(|name| *name == module);
    let mut found = Vec::new();
    for source in &sources {
        let module = source.path.trim_start_matches("src/").trim_end_matches(".rs");
        let Some(own) = place(module.split('/').next().unwrap_or_default()) else { continue };
        for (line, text) in source.code.lines().enumerate() {
            if text.contains("crate::{") {
                found.push(format!(
                    "{}:{}: one `use crate::…` a line, so that this test can read it",
                    source.path,
                    line + 1
                ));
            }
            for import in text.split("crate::").skip(1) {
                let name: String = import.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if place(&name).is_some_and(|place| place > own) {
                    found.push(format!("{}:{}: {name} stands below it in src/lib.rs", source.path, line + 1));
                }
            }
        }
    }
    none(&found);
}

#[test]
fn what_is_outside_is_touched_in_one_place() {
    let mut found = Vec::new();
    for source in sources("src") {
        let code = without_comments(&source.code);
        for (name, places) in KEEPERS {
            // As a path; a log filter may hold the name in a string.
            let named = [format!("{name}::"), format!("use {name};")];
            let names_it = named.iter().any(|named| code.contains(named.as_str()));
            if (names_it || name.contains("::") && code.contains(name))
                && !places.iter().any(|place| source.path.starts_with(place))
            {
                found.push(format!("{} names {name}, which only {places:?} may", source.path));
            }
        }
    }
    none(&found);
}

#[test]
fn files_are_touched_where_it_is_said() {
    let mut used = BTreeSet::new();
    let mut found = Vec::new();
    for source in sources("src") {
        let code = without_comments(&source.code);
        let touches = code.contains("std::fs") || code.contains("fs::File") || code.contains("tokio::fs");
        let place = FILES.iter().find(|(place, _)| source.path.starts_with(place));
        match (touches, place) {
            (true, None) => found.push(format!("{} touches files", source.path)),
            (true, Some((place, _))) => drop(used.insert(*place)),
            (false, _) => {}
        }
    }
    found.extend(
        FILES
            .iter()
            .filter(|(place, _)| !used.contains(place))
            .map(|(place, _)| format!("{place} touches none: take it off the list")),
    );
    none(&found);
}

#[test]
fn no_file_is_too_long() {
    let found: Vec<String> = sources("src")
        .iter()
        .map(|source| (source.text.lines().count(), &source.path))
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    none(&found);
}

/// Words of a text in their folded form.
fn words(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|token| token.word).collect()
}

fn pairs(words: &[String]) -> impl Iterator<Item = [String; 2]> + '_ {
    words.windows(2).map(|pair| [pair[0].clone(), pair[1].clone()])
}

/// Words that stand in every text and make no name.
const FILLING: [&str; 12] =
    ["also", "from", "have", "into", "more", "than", "that", "the", "they", "who", "with", "your"];

/// The lexicon's files with their texts, the long lists of English words apart: their words are nobody's.
fn lexicon_files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(top().join("config/lexicon")).expect("the lexicon") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if !matches!(name.as_str(), "english.toml" | "asking.toml" | "stating.toml") {
            files.push((name, std::fs::read_to_string(&path).expect("UTF-8")));
        }
    }
    files
}

/// Titles and headings of the sample corpus and of the test folders: what people ask about.
fn headings() -> Vec<Vec<String>> {
    let rules = TextRules::shipped();
    let mut headings = Vec::new();
    for folder in [
        "corpus",
        "tests/fixtures/dev/corpus",
        "tests/fixtures/dev-b/corpus",
        "tests/fixtures/dev-c/corpus",
        "tests/fixtures/dev-d/corpus",
        "tests/fixtures/dev-e/corpus",
        "tests/fixtures/dev-f/corpus",
        "tests/fixtures/dev-g/corpus",
        "tests/fixtures/dev-h/corpus",
        "tests/fixtures/dev-i/corpus",
        "tests/fixtures/dev-j/corpus",
        "tests/fixtures/dev-k/corpus",
        "tests/fixtures/dev-l/corpus",
        "tests/fixtures/dev-m/corpus",
        "tests/fixtures/dev-n/corpus",
        "tests/fixtures/dev-o/corpus",
        "tests/fixtures/dev-p/corpus",
        "tests/fixtures/dev-q/corpus",
        "tests/fixtures/dev-r/corpus",
        "tests/fixtures/dev-s/corpus",
        "tests/fixtures/dev-t/corpus",
        "tests/fixtures/dev-u/corpus",
        "tests/fixtures/dev-v/corpus",
        "tests/fixtures/dev-w/corpus",
        "tests/fixtures/dev-x/corpus",
        "tests/fixtures/dev-y/corpus",
        "tests/fixtures/dev-z/corpus",
        "tests/fixtures/dev-aa/corpus",
        "tests/fixtures/dev-ab/corpus",
        "tests/fixtures/dev-ac/corpus",
        "tests/fixtures/dev-ad/corpus",
        "tests/fixtures/dev-ae/corpus",
        "tests/fixtures/dev-af/corpus",
        "tests/fixtures/heldout/corpus",
    ] {
        let (documents, _) =
            load(&top().join(folder), &Limits::default(), &rules, &|_, _| {}).expect("texts");
        let sections = documents.iter().flat_map(|document| &document.sections);
        headings.extend(sections.map(|section| words(&section.heading)));
    }
    headings
}

/// Where two neighbouring words of a title or heading stand in the code, and they are not both words of the lexicon (which
/// is general English of education, careers and money), the code knows a subject matter.
#[test]
fn no_subject_matter_stands_in_the_code() {
    let general: BTreeSet<String> = lexicon_files().iter().flat_map(|(_, text)| words(text)).collect();
    let names = names(&general);
    assert!(names.len() > 100, "{}", names.len());
    let mut found = Vec::new();
    for source in sources("src") {
        for (line, text) in source.code.lines().enumerate() {
            for pair in pairs(&words(text)).filter(|pair| names.contains(pair)) {
                found.push(format!("{}:{}: {}", source.path, line + 1, pair.join(" ")));
            }
        }
    }
    none(&found);
}

/// Headings that a text about anything taught may have.
const PLAIN: [&str; 34] = [
    "age limit",
    "and repeats",
    "animal health",
    "application deadlines",
    "best paying",
    "career ladder",
    "count towards",
    "criminal record",
    "dying field",
    "emergency medical",
    "entry level",
    "entry requirements",
    "field camp",
    "field growing",
    "for everybody",
    "highest paying",
    "job market",
    "last reviewed",
    "medical technician",
    "new jersey",
    "new mexico",
    "new york",
    "north carolina",
    "passing score",
    "post baccalaureate",
    "private practice",
    "this issue",
    "top paying",
    "what changed",
    "what tools",
    "work environment",
    "work setting",
    "youll learn",
    "youll study",
];

/// Neighbouring words of titles and headings that make a name: they are not both among these words.
fn names(general: &BTreeSet<String>) -> BTreeSet<[String; 2]> {
    let mut names = BTreeSet::new();
    for heading in headings() {
        names.extend(pairs(&heading).filter(|pair| {
            pair.iter().all(|word| word.chars().count() > 2 && word.chars().all(char::is_alphabetic))
                && !pair.iter().all(|word| general.contains(word))
                && !pair.iter().any(|word| FILLING.contains(&word.as_str()))
                && !PLAIN.contains(&pair.join(" ").as_str())
        }));
    }
    names
}

/// The same for each file of the lexicon, against the words of the others.
#[test]
fn no_subject_matter_stands_in_the_lexicon() {
    let files = lexicon_files();
    let mut found = Vec::new();
    for (file, text) in &files {
        let others = files.iter().filter(|(name, _)| name != file);
        let general: BTreeSet<String> = others.flat_map(|(_, text)| words(text)).collect();
        let names = names(&general);
        assert!(names.len() > 100, "{}", names.len());
        for (line, text) in text.lines().enumerate() {
            for pair in pairs(&words(text)).filter(|pair| names.contains(pair)) {
                found.push(format!("config/lexicon/{file}:{}: {}", line + 1, pair.join(" ")));
            }
        }
    }
    none(&found);
}
