//! Where sentences end, by the shipped abbreviations.

use registrar::lexicon::text_rules::TextRules;
use registrar::text::sentences::sentences;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let rules = TextRules::shipped();
    let ranges = sentences(text, &rules.abbreviations);
    let found: Vec<&str> = ranges.into_iter().filter_map(|range| text.get(range)).collect();
    assert_eq!(found, expected);
}

#[test]
fn full_stops_of_abbreviations_end_nothing() {
    check(
        "The U.S. Bureau of Labor said so. It is in the U.S. The rest is not.",
        &["The U.S. Bureau of Labor said so.", "It is in the U.S.", "The rest is not."],
    );
    check("A B.S. degree helps. Dr. J. R. Doe agrees.", &["A B.S. degree helps.", "Dr. J. R. Doe agrees."]);
    check(
        "It pays, e.g. Mondays, approx. $35,900. More follows.",
        &["It pays, e.g. Mondays, approx. $35,900.", "More follows."],
    );
    check("See No. 4 and Sec. 2. No. That is all.", &["See No. 4 and Sec. 2.", "No.", "That is all."]);
    check("It opens at 8 a.m. Students wait.", &["It opens at 8 a.m.", "Students wait."]);
}

#[test]
fn quotes_figures_and_lines() {
    check(
        "It costs $1.5 million... and more. “Is it?” Yes!",
        &["It costs $1.5 million... and more.", "“Is it?”", "Yes!"],
    );
    check(
        "One line\nwraps here. Two.\n\nThree\r\n\r\nfour",
        &["One line\nwraps here.", "Two.", "Three", "four"],
    );
    check("1. First item. (See below.) End", &["1. First item.", "(See below.)", "End"]);
    check("漢字です。次です。", &["漢字です。", "次です。"]);
    check("", &[]);
}

#[test]
fn long_sentences_are_cut_at_clauses() {
    let text = "many words, ".repeat(200);
    let ranges = sentences(&text, &TextRules::shipped().abbreviations);
    assert_eq!(ranges.len(), 3);
    for range in ranges {
        let piece = text.get(range).expect("a range of the text");
        assert!(piece.chars().count() <= 1_000 && piece.starts_with("many") && piece.ends_with(','));
    }
}
