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
            CRE stands for candidate rigging exam. [rigs.txt:3]
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

/// A folder of one page.
fn nets(page: &str) -> Bench {
    Bench::over_texts(&[("nets.txt", page)])
}

#[test]
fn what_was_never_done_has_no_day() {
    let folder = nets(
        "Net Making at Pendle College\n\nNet making programs at Pendle College (invented) teach how to make nets.\n\nPendle College closed its net \
         making program in 2021.\n",
    );
    says_over(
        &folder,
        "When did Pendle College close its net making program?",
        expect![[r#"
        2021 [nets.txt:5]
    "#]],
    );
    says_over(
        &folder,
        "When did Pendle College reopen its net making program?",
        expect![[r#"
            -
        "#]],
    );
}

#[test]
fn money_back_is_a_refund() {
    let folder = nets(
        "Net Making Certificate\n\nNet making programs teach how to make nets.\n\nCosts\n\nThe net making certificate costs $900. The exam costs \
         $95.\n\nWithdrawal\n\nA full refund is given up to the tenth day of class.\n",
    );
    says_over(
        &folder,
        "will I get my money back if I drop the net making certificate?",
        expect![[r#"
        A full refund is given up to the tenth day of class. [nets.txt:11]
    "#]],
    );
}

#[test]
fn letters_of_a_level_may_be_small() {
    let page = |award: &str, takes: &str| {
        format!(
            "{award} in Net Making\n\nThe {award} in Net Making is taught at Pendle College (invented).\n\nLength\n\nThe program takes {takes}.\n"
        )
    };
    let (bachelor, master) =
        (page("Bachelor of Science", "four years"), page("Master of Science", "18 months"));
    let folder = Bench::over_texts(&[("bachelor.txt", &bachelor), ("master.txt", &master)]);
    says_over(
        &folder,
        "how long is the ms in net making?",
        expect![[r#"
        18 months [master.txt:7]
    "#]],
    );
}

#[test]
fn two_programs_that_would_both_be_believed_are_asked_back() {
    let page = |award: &str, gpa: &str| {
        format!(
            "{award} in Net Making\n\nThe {award} in Net Making is taught at Pendle College (invented).\n\nAdmission\n\nApplicants need a minimum \
             grade point average of {gpa}.\n"
        )
    };
    let (associate, bachelor) = (page("Associate of Arts", "2.0"), page("Bachelor of Science", "2.75"));
    let folder = Bench::over_texts(&[("associate.txt", &associate), ("bachelor.txt", &bachelor)]);
    says_over(
        &folder,
        "what gpa do I need for the net making program?",
        expect![[r#"
        which? Associate of Arts in Net Making | Bachelor of Science in Net Making
    "#]],
    );
    says_over(
        &folder,
        "what gpa do I need for the bachelor in net making?",
        expect![[r#"
        2.75 [bachelor.txt:7]
    "#]],
    );
}

#[test]
fn why_is_not_answered_by_what_was_done() {
    let folder = nets(
        "Net Making at Pendle College\n\nNet making programs at Pendle College (invented) teach how to make nets.\n\nPendle College moved its net \
         loft to Moor End in 2021. Students keep a shop, because \
         nets sell well.\n",
    );
    says_over(
        &folder,
        "how come Pendle College moved its net loft?",
        expect![[r#"
        -
    "#]],
    );
    says_over(
        &folder,
        "why do students keep a shop?",
        expect![[r#"
            Pendle College moved its net loft to Moor End in 2021. Students keep a shop, because nets sell well. [nets.txt:5]
        "#]],
    );
}

#[test]
fn an_item_with_a_head_of_its_own_is_the_list_that_is_asked_for() {
    let folder = nets(
        "Net Making Certificate\n\nNet making programs teach how to make nets.\n\nThe program\n\n- Speed. You leave when you can tie ten knots a \
         minute.\n- Equipment. A net needle, a gauge and a knife.\n- Travel. There is a trip to the harbor in May.\n",
    );
    says_over(
        &folder,
        "what equipment do I need for the net making certificate?",
        expect![[r#"
        A net needle, a gauge and a knife. [nets.txt:8]
    "#]],
    );
}

#[test]
fn the_entry_of_a_glossary_defines() {
    let folder = Bench::over_texts(&[(
        "words.txt",
        "Words of the Loft\n\nGauge: a board that sets the size of a mesh\nNeedle: what carries the twine\n\nNets\n\nA gauge is sold in the shop \
         from nine to five. The gauge of a net is told in the log.\n",
    )]);
    says_over(
        &folder,
        "whats a gauge",
        expect![[r#"
        Gauge: a board that sets the size of a mesh [words.txt:3]
    "#]],
    );
}

#[test]
fn a_board_of_one_state_speaks_of_that_state() {
    let folder = Bench::over_texts(&[
        (
            "board.txt",
            "Board of Net Makers\n\nThe board registers net makers in Ohio.\n\nFees\n\nRegistration: $60\nMeetings: monthly\n\nPay\n\nNet makers \
             earned a median of $31,000 in 2021.\n",
        ),
        ("guide.txt", "Sails\n\nSail makers sew sails.\n"),
    ]);
    says_over(
        &folder,
        "what is the registration fee for net makers in ohio?",
        expect![[r#"
            $60 [board.txt:7]
        "#]],
    );
    says_over(
        &folder,
        "what do net makers earn in ohio?",
        expect![[r#"
            -
        "#]],
    );
    says_over(
        &folder,
        "what is the registration fee for net makers in utah?",
        expect![[r#"
        -
    "#]],
    );
}
