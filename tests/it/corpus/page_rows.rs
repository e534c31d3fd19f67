//! Figures, dates and steps on lines of their own, and rows of tables that count. A text beside what is understood of it;
//! `UPDATE_EXPECT=1 cargo test` rewrites the latter.

use expect_test::expect;

use super::check;

#[test]
fn figures_in_large_letters_above_what_they_are() {
    check(
        r##"Rigging

Rigging is taught at sea.

94%
Job placement
$1.2M
in gear given by partners
14:1
students to each teacher

Fees

The fee is $40.
"##,
        expect![[r#"
            = Rigging
             p
              Rigging is taught at sea. @3
             keys
              k Job placement=94% @5-6
              k in gear given by partners=$1.2M @7-8
              k students to each teacher=14:1 @9-10
            # Fees
             p
              The fee is $40. @14
        "#]],
    );
}

#[test]
fn steps_with_their_numbers_alone_are_no_figures() {
    check(
        r##"Rigging

How to apply

1
Write a letter
2
Climb a mast
3
Wait
"##,
        expect![[r#"
            = Rigging
            # How to apply
             list
              all [6] @5-10
              - 1 @5
              - Write a letter @6
              - 2 @7
              - Climb a mast @8
              - 3 @9
              - Wait @10
        "#]],
    );
}

#[test]
fn dates_below_what_they_are_for() {
    check(
        r##"Rigging

Deadlines

Fall 2025
Priority
January 10, 2025
Final
May 15, 2025

Spring 2026
Priority
September 1, 2025
Final
November 15, 2025
"##,
        expect![[r#"
            = Rigging
            # Deadlines
            # Deadlines › Fall 2025
             keys
              k Priority=January 10, 2025 @6-7
              k Final=May 15, 2025 @8-9
            # Spring 2026
             keys
              k Priority=September 1, 2025 @12-13
              k Final=November 15, 2025 @14-15
        "#]],
    );
}

#[test]
fn years_that_count_on_above_what_is_taught() {
    check(
        r##"Rigging

A typical plan of study:
Year 1
Knots, blocks, rope science
Year 2
Sails, weather, balance
Year 3
Masts, storms
"##,
        expect![[r#"
            = Rigging
             p
              A typical plan of study: @3
             keys
              k Year 1=Knots, blocks, rope science @4-5
              k Year 2=Sails, weather, balance @6-7
              k Year 3=Masts, storms @8-9
        "#]],
    );
}

#[test]
fn a_table_whose_rows_count() {
    check(
        "Exam of Riggers\n\nDomain\tPercent\tQuestions\n1. Knots and hitches\t28%\t35\n2. Masts\t24%\t30\nTotal\t100%\t125\n",
        expect![[r#"
            = Exam of Riggers
             table ← Domain Percent Questions
              r Domain=1. Knots and hitches | Percent=28% | Questions=35 @4
              r Domain=2. Masts | Percent=24% | Questions=30 @5
              r Domain=Total | Percent=100% | Questions=125 @6
        "#]],
    );
}

#[test]
fn a_name_that_leaves_but_one_space_before_its_figure() {
    check(
        r##"Exam of Riggers

It has four domains:

Knots                                40%
Rope Safety and Quality of All Masts 26.25%
Sails                                33.75%

You may not bring a knife.
"##,
        expect![[r#"
            = Exam of Riggers
             p
              It has four domains: @3
             keys
              k Knots=40% @5
              k Rope Safety and Quality of All Masts=26.25% @6
              k Sails=33.75% @7
             p
              You may not bring a knife. @9
        "#]],
    );
}
