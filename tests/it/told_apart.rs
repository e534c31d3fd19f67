//! Figures, people, places and times that stand side by side and must be told apart: one small folder of invented texts, each
//! line of a test one turn of a conversation.

use std::sync::LazyLock;

use expect_test::{Expect, expect};

use crate::answering::says_over;
use crate::engine::Bench;

/// Everything here is invented for testing.
const RIGGING: &str = "\
Rigging at Otterby College

Rigging programs at Otterby College (invented) teach how to lift and tie loads. Students learn rope work and signals.

Certificate in Rigging

Length: 16 weeks
Tuition: $2,900

The certificate includes 140 hours of rope work. A background check is required. Applications are taken in May only.

Post-Baccalaureate Certificate in Rigging

Length: 9 weeks

Pay

Riggers earned a median of $49,500 a year in 2021. In 2015 riggers earned a median of $44,000 a year. In Ohio riggers earned
a median of $52,900 a year in 2021. Ten percent of riggers earned more than $80,000 a year in 2021.

Journeyman splicers earned a median of $61,300 a year in 2021. A master splicer must have worked for eight years.

Exam

The rigging exam costs $95. Candidates who fail may try again after 30 days. Finishing the program licenses nobody.
";

const SAILMAKING: &str = "\
Sailmaking at Otterby College

Sailmaking programs at Otterby College (invented) teach how to cut and sew sails.

Pay

Sailmakers earned a median of $39,700 a year in 2021. Sail designers earned a median of $58,200 a year in 2021.
";

static FOLDER: LazyLock<Bench> =
    LazyLock::new(|| Bench::over_texts(&[("rigging.txt", RIGGING), ("sailmaking.txt", SAILMAKING)]));

#[track_caller]
fn says(turns: &str, expected: Expect) {
    says_over(&FOLDER, turns, expected);
}

#[test]
fn the_figure_of_all_is_told_before_that_of_a_few_of_one_place_or_of_an_earlier_year() {
    says(
        "what do riggers earn",
        expect![[r#"
        $49,500 a year (2021) [rigging.txt:18]
    "#]],
    );
    says(
        "rigger pay in ohio",
        expect![[r#"
        $52,900 a year (2021) [rigging.txt:18]
    "#]],
    );
    says(
        "what did riggers earn in 2015",
        expect![[r#"
        $44,000 a year (2015) [rigging.txt:18]
    "#]],
    );
}

#[test]
fn one_kind_of_people_is_not_another() {
    says(
        "what do journeyman splicers earn",
        expect![[r#"
        $61,300 a year (2021) [rigging.txt:21]
    "#]],
    );
    says(
        "what do master splicers earn",
        expect![[r#"
            -
        "#]],
    );
}

#[test]
fn what_is_short_is_read_in_full() {
    says(
        "how many hrs of rope work are in the rigging certificate",
        expect![[r#"
        140 hours [rigging.txt:10]
    "#]],
    );
}

#[test]
fn a_date_is_asked_for_before_what_it_is_needed_for() {
    says(
        "when can i apply for the rigging certificate",
        expect![[r#"
        May [rigging.txt:10]
    "#]],
    );
}

#[test]
fn levels_of_two_words_are_levels() {
    says(
        "how long is the post-baccalaureate certificate in rigging",
        expect![[r#"
        9 weeks [rigging.txt:14]
    "#]],
    );
}

#[test]
fn a_question_may_stand_behind_a_clause() {
    says(
        "once i finish the rigging program am i licensed?",
        expect![[r#"
        Finishing the program licenses nobody. [rigging.txt:25]
    "#]],
    );
    says(
        "how long do i have to wait if i fail the rigging exam",
        expect![[r#"
        30 days [rigging.txt:25]
    "#]],
    );
}

#[test]
fn a_short_follow_up_stays_with_the_document() {
    says(
        "what do sailmakers earn\nand designers?",
        expect![[r#"
        $39,700 a year (2021) [sailmaking.txt:7]
        $58,200 a year (2021) [sailmaking.txt:7]
    "#]],
    );
    says(
        "what do sailmakers earn\nriggers: what do they earn?",
        expect![[r#"
        $39,700 a year (2021) [sailmaking.txt:7]
        $49,500 a year (2021) [rigging.txt:18]
    "#]],
    );
}
