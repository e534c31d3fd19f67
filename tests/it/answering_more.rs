//! Rows as a list, letters with several meanings, parts of a price, other schools: what a question wants beyond a passage with its words.
//! Mechanism by mechanism, over invented texts.

use std::sync::LazyLock;

use expect_test::{Expect, expect};

use crate::answering::says_over;
use crate::engine::Bench;

/// Everything here is invented for testing.
const SAILS: &str = "\
Certificate in Sail Making

Courses

SAI 101\tCloth and Thread\t3
SAI 102\tCutting by Hand\t4
SAI 201\tRepair at Sea\t3

Cost

Tuition is $2,400 for the certificate. The application fee is $35.
Tuition for the 2024-25 school year is $2,600.

Questions

Q: Can I finish it in the evening?
A: No.

Why do people leave?

Most leave because the winters in the loft are cold.
";

const ROPES: &str = "\
Rope Making at Moor End

Continuing rope education (CRE) is 12 hours a year. A place costs $800.
";

const RIGS: &str = "\
Rigging at Tallow College

A candidate rigging exam (CRE) is held each May. Riggers earn $31 an hour.
";

static FOLDER: LazyLock<Bench> =
    LazyLock::new(|| Bench::over_texts(&[("sails.txt", SAILS), ("ropes.txt", ROPES), ("rigs.txt", RIGS)]));

#[track_caller]
fn says(turns: &str, expected: Expect) {
    says_over(&FOLDER, turns, expected);
}

#[test]
fn the_rows_of_a_table_are_the_list() {
    says(
        "which courses are in the sail making certificate?",
        expect![[r#"
        • Cloth and Thread / • Cutting by Hand / • Repair at Sea [sails.txt:5]
    "#]],
    );
}

#[test]
fn letters_with_several_meanings_are_asked_back() {
    says(
        "what is CRE?",
        expect![[r#"
        which? candidate rigging exam | Continuing rope education
    "#]],
    );
    says(
        "what is CRE in rigging?",
        expect![[r#"
        A candidate rigging exam (CRE) is held each May. [rigs.txt:3]
    "#]],
    );
}

#[test]
fn a_part_of_a_price_is_not_the_price() {
    says(
        "how much is the application fee for sail making?",
        expect![[r#"
        $35 [sails.txt:11]
    "#]],
    );
    says(
        "what is the lab fee for sail making?",
        expect![[r#"
        -
    "#]],
    );
}

#[test]
fn a_school_year_is_a_year() {
    says(
        "sail making tuition in 2024-25?",
        expect![[r#"
        $2,600 (2024-25) [sails.txt:12]
    "#]],
    );
}

#[test]
fn a_bare_no_is_quoted_with_its_question() {
    says(
        "can i finish sail making in the evening?",
        expect![[r#"
        Can I finish it in the evening? A: No. [sails.txt:16]
    "#]],
    );
}

#[test]
fn why_needs_a_reason() {
    says(
        "why do people leave sail making?",
        expect![[r#"
        Most leave because the winters in the loft are cold. [sails.txt:21]
    "#]],
    );
    says(
        "why does tuition for sail making cost $2,400?",
        expect![[r#"
        -
    "#]],
    );
}

#[test]
fn another_school_does_not_answer() {
    says(
        "how much is a place at Moor End?",
        expect![[r#"
        $800 [ropes.txt:3]
    "#]],
    );
    says(
        "how much do riggers earn at Moor End?",
        expect![[r#"
        -
    "#]],
    );
}
