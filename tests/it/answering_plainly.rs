//! Verdicts, short answers as a whole, ends of a scale, rates, other rows, sections and schools: what keeps an answer from being another
//! one's. Mechanism by mechanism, over invented texts.

use std::sync::LazyLock;

use expect_test::{Expect, expect};

use crate::answering::says_over;
use crate::engine::Bench;

/// Everything here is invented for testing.
const ROPES: &str = "\
# Rope Schools Compared: Alder and Birch

## Alder College

The rope program at Alder takes ten months full time or two years part time. The test of the guild is not required. The program is taught \
entirely online, and no thesis is required.

### Costs

Tuition is $154 per credit for county residents and $212 for everybody else. The lab fee is $40.

### Outcomes

The graduation rate is 64%.

## Birch College

Birch teaches ropes in a barn. A placement test is required of applicants without a math course. People who rig ships are exempt from the \
license.

### Costs

Birch costs $9,100 in all.

## Questions

**Q: Is the barn heated?**
A: Yes, by a stove. Wood is cut in the summer.

**Q: How do I get to the barn?**
A: By the ferry. It leaves the quay at eight.
";

const SHEET: &str = "\
HARBOR COLLEGE
ROPES AND NETS

Program: Net Making
Award: Certificate
Length: 20 weeks
Application deadline: rolling
Format: on campus
Portfolio: ten pages, sent online

Program: Net Repair
Award: Certificate
Length: 8 weeks
Application deadline: 1 March

Positions and pay
Rigger: $41,000
Level rigger: $52,000
Assistant rigger: $33,000

All figures are wages of 2024, medians per year.
";

static ROPE: LazyLock<Bench> =
    LazyLock::new(|| Bench::over_texts(&[("ropes.md", ROPES), ("sheet.txt", SHEET)]));

#[track_caller]
fn check(turns: &str, expected: Expect) {
    says_over(&ROPE, turns, expected);
}

#[test]
fn a_verdict_is_told_from_the_clause_that_says_what_is_asked() {
    check(
        "is the rope program at Alder taught online?",
        expect![[r#"
        Yes. The program is taught entirely online, and no thesis is required. [ropes.md:5]
    "#]],
    );
    check(
        "is a thesis required in the rope program at Alder?",
        expect![[r#"
        No. The program is taught entirely online, and no thesis is required. [ropes.md:5]
    "#]],
    );
    check(
        "is the placement test required at Birch?",
        expect![[r#"
        A placement test is required of applicants without a math course. [ropes.md:17]
    "#]],
    );
    check(
        "do people who rig ships need a license?",
        expect![[r#"
        People who rig ships are exempt from the license. [ropes.md:17]
    "#]],
    );
}

#[test]
fn a_short_answer_of_the_text_is_told_whole() {
    check(
        "is the barn heated?",
        expect![[r#"
            Yes, by a stove. Wood is cut in the summer. [ropes.md:26]
        "#]],
    );
    check(
        "how do I get to the barn?",
        expect![[r#"
            By the ferry. It leaves the quay at eight. [ropes.md:29]
        "#]],
    );
}

#[test]
fn no_figure_is_the_cheapest_that_no_text_compares() {
    check(
        "which rope school is the cheapest?",
        expect![[r#"
        -
    "#]],
    );
}

#[test]
fn what_stands_under_one_school_is_not_told_of_the_other() {
    check(
        "graduation rate at Alder",
        expect![[r#"
        64% [ropes.md:13]
    "#]],
    );
    check(
        "graduation rate at Birch",
        expect![[r#"
        -
    "#]],
    );
}

#[test]
fn a_fee_is_the_one_that_is_asked_for() {
    check(
        "what is the lab fee at Alder?",
        expect![[r#"
        $40 [ropes.md:9]
    "#]],
    );
    check(
        "what is the application fee at Alder?",
        expect![[r#"
        -
    "#]],
    );
}

#[test]
fn of_two_values_the_one_is_meant_whose_part_is_asked_for() {
    check(
        "how long does the rope program at Alder take part time?",
        expect![[r#"
            two years [ropes.md:5]
        "#]],
    );
    check(
        "tuition per credit at Alder if I live out of the county",
        expect![[r#"
            $212 [ropes.md:9]
        "#]],
    );
    check(
        "tuition per credit at Alder for county residents",
        expect![[r#"
        $154 per credit [ropes.md:9]
    "#]],
    );
}

#[test]
fn a_row_of_a_box_belongs_to_what_the_box_is_about() {
    check(
        "how long is net making?",
        expect![[r#"
        20 weeks [sheet.txt:6]
    "#]],
    );
    check(
        "how long is net repair?",
        expect![[r#"
        8 weeks [sheet.txt:13]
    "#]],
    );
    check(
        "application deadline for net making",
        expect![[r#"
        rolling [sheet.txt:7]
    "#]],
    );
    check(
        "application deadline for net repair",
        expect![[r#"
        1 March [sheet.txt:14]
    "#]],
    );
    check(
        "is net making taught online?",
        expect![[r#"
        Format: on campus [sheet.txt:8]
    "#]],
    );
}

#[test]
fn the_row_that_is_about_just_that_is_meant() {
    check(
        "what do riggers earn?",
        expect![[r#"
            $41,000 [sheet.txt:17]
        "#]],
    );
    check(
        "what do level riggers earn?",
        expect![[r#"
        $52,000 [sheet.txt:18]
    "#]],
    );
}
