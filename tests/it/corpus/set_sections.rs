//! Sections that are counted: Roman numerals, codes of rules, chapters, subsections; and the feet of their pages. A text beside what is
//! understood of it; `UPDATE_EXPECT=1 cargo test` rewrites the latter.

use expect_test::expect;

use super::check;

#[test]
fn roman_numerals_and_codes_head_sections() {
    check(
        r##"How to Become a Rigger

I. Requirements

All candidates must be 18.

II. Steps

Step 1: Choose a yard

There are 19 yards.

III. Pay

Riggers earn $40,000.
"##,
        expect![[r#"
            = How to Become a Rigger
            # Requirements
             p
              All candidates must be 18. @5
            # Steps
            # Steps › Step 1: Choose a yard
             p
              Step 1: Choose a yard @9
             p
              There are 19 yards. @11
            # Pay
             p
              Riggers earn $40,000. @15
        "#]],
    );
}

#[test]
fn sections_of_a_rule() {
    check(
        r##"TITLE 18. ROPE REGULATIONS

18ROP40-12-10. Definitions.
The following words have these meanings.

18ROP40-12-20. Fees.
The fee for a license is $65.

§ 61. Penalties.
A person who cuts a rope pays $500.

§ 62. Appeals.
An appeal is sent to the board.
"##,
        expect![[r#"
            = TITLE 18. ROPE REGULATIONS
            # Definitions
             p
              The following words have these meanings. @4
            # Fees
             p
              The fee for a license is $65. @7
            # Penalties
             p
              A person who cuts a rope pays $500. @10
            # Appeals
             p
              An appeal is sent to the board. @13
        "#]],
    );
}

#[test]
fn numbers_apart_from_their_titles_count_chapters() {
    check(
        r##"One-Sheet on Ropes

1  ABOUT THE WORK

Riggers count blocks and splice ropes.

2  HOW TO START

A course takes nine months.

3  WHERE THE JOBS ARE

Most are in yards.
"##,
        expect![[r#"
            = One-Sheet on Ropes
            # ABOUT THE WORK
             p
              Riggers count blocks and splice ropes. @5
            # HOW TO START
             p
              A course takes nine months. @9
            # WHERE THE JOBS ARE
             p
              Most are in yards. @13
        "#]],
    );
}

#[test]
fn titles_of_subsections_stand_above_what_hangs() {
    check(
        r##"Candidate Handbook

3.1  How to apply
     Complete the form at least 45 days before the date.
3.2  Special accommodations
     Requests must be submitted at least 45 days before the date.
3.3  Results
     Scores come by mail within two weeks of the date.
"##,
        expect![[r#"
            = Candidate Handbook
            # How to apply
             p
              Complete the form at least 45 days before the date. @4
            # Special accommodations
             p
              Requests must be submitted at least 45 days before the date. @6
            # Results
             p
              Scores come by mail within two weeks of the date. @8
        "#]],
    );
}

#[test]
fn the_foot_of_a_page_is_no_fact() {
    check(
        r##"Harlan Catalog

Rope Making

ROP 215 Knots

Knots of every kind are tied and untied.
Prerequisite: ROP 100

ROP 230 Splices

Programming of looms is taught by hand.

Harlan Valley Community College                              Page 188

Two strands make one rope in the end.
"##,
        expect![[r#"
            = Harlan Catalog
            # Rope Making
            # ROP 215 Knots
             p
              Knots of every kind are tied and untied. @7
             keys
              k Prerequisite=ROP 100 @8
            # ROP 230 Splices
             p
              Programming of looms is taught by hand. @12
             p
              Two strands make one rope in the end. @16
        "#]],
    );
}
