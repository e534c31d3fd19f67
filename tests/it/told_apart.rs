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

/// Everything here is invented for testing.
const BOARD: &str = "\
Harbor Board: Credentials

The board certifies people who tie and lift. It was founded in 1994.

The Certified Rope Worker (CRW) is for beginners. Candidates need 200 hours of practice. The exam has 90 questions and costs $120.

The Certified Load Worker (CLW) is for people with experience. Candidates need five years of practice. The exam has 150 questions and lasts three hours.

Classes of harbor license

Class D calls for one year of experience and costs $40. Class B calls for three years of experience and costs $70.

Fees of the course

Tuition is $900 for residents and $1,400 for non-residents.
";

static CREDENTIALS: LazyLock<Bench> = LazyLock::new(|| Bench::over_texts(&[("board.txt", BOARD)]));

#[test]
fn letters_are_followed_and_not_taken_for_others() {
    says_over(
        &CREDENTIALS,
        "how much is the CRW exam",
        expect![[r#"
        $120 [board.txt:5]
    "#]],
    );
    // Only its questions and its length are stated.
    says_over(
        &CREDENTIALS,
        "how much is the CLW exam",
        expect![[r#"
            -
        "#]],
    );
    says_over(
        &CREDENTIALS,
        "how many questions are on the CLW exam",
        expect![[r#"
            150 [board.txt:7]
        "#]],
    );
}

#[test]
fn a_word_and_its_letter_are_one_name() {
    says_over(
        &CREDENTIALS,
        "what does class C cost",
        expect![[r#"
        -
    "#]],
    );
    says_over(
        &CREDENTIALS,
        "what does class B cost",
        expect![[r#"
        $70 [board.txt:11]
    "#]],
    );
}

#[test]
fn a_fee_for_a_part_is_not_what_the_whole_costs() {
    let folder = Bench::over_texts(&[(
        "netting.txt",
        "Netting at Otterby College\n\nNetting programs at Otterby College (invented) teach how to make nets.\n\nMoney\n\nThe application fee is $35. \
         The exam costs $95.\n",
    )]);
    says_over(
        &folder,
        "What does the netting program cost?",
        expect![[r#"
        -
    "#]],
    );
    says_over(
        &folder,
        "What is the application fee for netting?",
        expect![[r#"
        $35 [netting.txt:7]
    "#]],
    );
}

#[test]
fn what_stands_under_a_banner_is_its_schools() {
    let page = |school: &str, price: &str| {
        format!(
            "{school}\nHome\nFind a Class\nSea & Shore\nHelp\n\nNetting Programs\n\nNetting is the making of nets.\n\nWhat you pay\n\nTuition is {price} a term.\n"
        )
    };
    let (one, other) = (page("Otterby College", "$410"), page("Pendle Academy", "$520"));
    let folder = Bench::over_texts(&[("1/netting-programs.txt", &one), ("2/netting-programs.txt", &other)]);
    says_over(
        &folder,
        "What is the netting tuition at Pendle Academy?",
        expect![[r#"
        $520 [2/netting-programs.txt:13]
    "#]],
    );
    says_over(
        &folder,
        "What is the netting tuition at Otterby College?",
        expect![[r#"
        $410 [1/netting-programs.txt:13]
    "#]],
    );
    says_over(
        &folder,
        "What is the netting tuition at Quarrel College?",
        expect![[r#"
        -
    "#]],
    );
}

#[test]
fn how_long_it_takes_to_become_something_asks_for_a_length_and_not_for_what_is_required() {
    let text = "\
How to Become a Sailmaker

It takes three years to become a sailmaker. A diploma is required to become a sailmaker. Sailmakers sew sails.
";
    let folder = Bench::over_texts(&[("sailmaker.txt", text)]);
    says_over(
        &folder,
        "how long does it take to become a sailmaker?",
        expect![[r#"
        three years [sailmaker.txt:3]
    "#]],
    );
}
