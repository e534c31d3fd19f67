//! Whatever stands in a file: no panic, every invariant, bounded time.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use registrar::corpus::abbreviations::abbreviations;
use registrar::corpus::{Document, RawFile, check, parse};
use registrar::lexicon::text_rules::TextRules;
use registrar::text::sentences::sentences;

/// Generous for a debug build on a busy machine; quadratic work on these sizes takes minutes.
const PATIENCE: Duration = Duration::from_secs(30);

#[track_caller]
fn read(path: &str, text: &str) -> Option<Document> {
    let file = RawFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    let (document, problems) = parse(&file, &TextRules::shipped());
    assert!(document.is_some() || problems.iter().any(|problem| problem.skipped), "neither text nor reason");
    if let Some(document) = &document {
        assert_eq!(document.text, text);
        if let Err(message) = check(document) {
            panic!("{message}\nin {:?}", text.chars().take(2_000).collect::<String>());
        }
    }
    document
}

const PIECES: [&str; 44] = [
    "Title Of The Page",
    "## Heading",
    "# H",
    "Overview:",
    "What is it?",
    "Courses include:",
    "• item",
    "•item",
    "  - nested item",
    "* star",
    "1. One",
    "2. Two",
    "a) letter",
    "Key: value",
    "**Key:** value",
    "Key - 5 years",
    "Key ..... $5",
    "A\tB\tC",
    "1\t2\t3",
    "| a | b |",
    "|---|---|",
    "col one   col two",
    "a,b,c",
    "Q: why?",
    "A: because. So.",
    "====",
    "----",
    "+++",
    "---",
    "Home",
    "About",
    "Contact",
    "Share this",
    "A sentence ends here. Another in the U.S. follows, e.g. this one!",
    "short",
    "\u{2028}",
    "> quote",
    "```",
    "<div>x</div>",
    "- **bold** [link](http://x.y/z \"t\")",
    "    indented",
    "é\u{301}ü 漢字。漢字！",
    "\u{feff}",
    "…",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,300}", markdown: bool) {
        read(if markdown { "a.md" } else { "a.txt" }, &text);
    }

    #[test]
    fn any_characters_are_read(text in proptest::collection::vec(any::<char>(), 0..200), markdown: bool) {
        read(if markdown { "a.md" } else { "a.txt" }, &text.into_iter().collect::<String>());
    }

    #[test]
    fn any_order_of_lines_is_read(
        lines in proptest::collection::vec((0..PIECES.len(), 0..6_usize, 0..4_usize), 0..40),
        markdown: bool,
    ) {
        let ends = ["\n", "\r\n", "\r", "\n\n", " ", "\n\n\n"];
        let indents = ["", "  ", "\t", "      "];
        let text: String = lines.iter().map(|(piece, end, indent)| format!("{}{}{}", indents[*indent], PIECES[*piece], ends[*end])).collect();
        read(if markdown { "a.md" } else { "a.txt" }, &text);
        if markdown {
            read("a.md", &format!("# One\n\n{text}\n\n## Two\n"));
        }
    }

    #[test]
    fn sentences_cover_all_words(text in "[a-zA-Z.!?\\n ()\"…。é]{0,200}") {
        let rules = TextRules::shipped();
        let ranges = sentences(&text, &rules.abbreviations);
        let mut end = 0;
        for range in &ranges {
            prop_assert!(range.start >= end && range.start < range.end);
            prop_assert!(text.get(end..range.start).unwrap_or("?").trim().is_empty(), "lost {:?}", text.get(end..range.start));
            end = range.end;
        }
        prop_assert!(text.get(end..).unwrap_or("?").trim().is_empty());
    }
}

#[test]
fn large_files_take_bounded_time() {
    read_all_of(1 << 17);
}

#[test]
#[ignore = "takes minutes in a debug build: cargo test --release --test it huge_files -- --ignored"]
fn huge_files_take_bounded_time() {
    read_all_of(5 << 20);
}

fn read_all_of(size: usize) {
    let of = |unit: &str| unit.repeat(size / unit.len());
    let texts = [
        ("one token", of("x")),
        ("one line of sentences", of("The program takes two years. ")),
        ("one line without stops", of("word ")),
        ("full stops", of(".")),
        ("brackets", format!("a. {}", of(")"))),
        ("spaced stops", of(". ")),
        ("short lines", of("Item\n")),
        ("short small lines", of("item\n")),
        ("spaced short lines", of("Item\n\n")),
        ("bullets", of("- a\n")),
        ("nested bullets", (0..600).map(|depth| format!("{}- a\n", " ".repeat(depth * 2))).collect()),
        ("lead-ins", of("Some include:\n")),
        ("lead-ins and lines", of("They include:\nOne\n\n")),
        ("key values", of("Key: value\n")),
        ("labels", of("Label\nValue.\n")),
        ("colon labels", of("Label:\nvalue\n")),
        ("tabs", of("a\tb\n")),
        ("one row", of("a\t")),
        ("spaces", of("a   ")),
        ("commas", of("a,b\n")),
        ("questions", of("Q: why?\nA: so.\n")),
        ("numbers", of("1. One\n")),
        ("rising numbers", (1..40_000).map(|number| format!("{}. Words\n", number % 999)).collect()),
        ("menu", of("Home\n")),
        ("rules", of("----\n")),
        ("blank lines", format!("a{}b", of("\n"))),
        ("carriage returns", of("a\r")),
        ("dashes", of("Key - 5\n")),
        ("dots", format!("Key {}", of("."))),
        ("bold", of("**")),
        ("hashes", of("# a\n")),
        ("titles", of("Career Outlook Words\n\n")),
        ("facts on a line", of("Fee: 1 ")),
        ("sides", of("Name\nPros\nOne\nCons\nTwo\n")),
        ("tiles", of("94%\nJobs\n")),
        ("figures behind one space", of("Long   1%\nLong name 1%\n")),
        ("terms that count", (1..4_000).map(|number| format!("Term {number}\nOne\nTwo\n")).collect()),
        ("contents", format!("Words\nMore\nOther\n\n{}", of("Words\nText.\nMore\nText.\nOther\nText.\n"))),
    ];
    let head = "# One\n\n## Two\n\n";
    for (name, text) in texts {
        for path in ["a.txt", "a.md"] {
            let body = if path == "a.md" { format!("{head}{text}") } else { text.clone() };
            let start = Instant::now();
            read(path, &body);
            let taken = start.elapsed();
            assert!(taken < PATIENCE, "{name} in {path} took {taken:?}");
        }
    }
}

#[test]
fn deep_markdown_is_read() {
    let depth = 100_000;
    for unit in ["> ", "- ", "* ", "1. ", "[", "![", "**", "_", "`", "<div>", "(", "> - "] {
        let start = Instant::now();
        read("a.md", &format!("# One\n\n## Two\n\n{}deep", unit.repeat(depth)));
        let taken = start.elapsed();
        assert!(taken < PATIENCE, "{unit:?} took {taken:?}");
    }
}

#[test]
fn letters_are_looked_for_in_bounded_time() {
    let size = 1 << 17;
    let of = |unit: &str| unit.repeat(size / unit.len());
    for text in [
        of("AAAAAAAAAAAA and and and and and and and and and and "),
        of("AAA stands for "),
        of("AAA "),
        of("(AAA) and "),
    ] {
        let start = Instant::now();
        abbreviations(&text, &[" stands for ".to_owned()]);
        let taken = start.elapsed();
        assert!(taken < PATIENCE, "{:?} took {taken:?}", text.chars().take(20).collect::<String>());
    }
}
