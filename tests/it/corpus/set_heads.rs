//! Headings as many hands set them: in rankings, boxes, rules, catalogs, wikis, chats. A text beside what is understood of it;
//! `UPDATE_EXPECT=1 cargo test` rewrites the latter.

use expect_test::{Expect, expect};

use super::dump::dump;

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&dump("page-1.txt", text));
}

#[test]
fn a_ranking_heads_what_it_counts() {
    check(
        r##"Best Rope Schools on the Coast

How We Ranked

Each school could earn up to 100 points.

1. Alder School of Ropes, Northport

Score: 93
Tuition: $11,660

Alder takes the first place again.

2. Birch College, Quayside

Score: 88
Tuition: $34,900

Birch has small classes.

3. Cedar Institute, Eastbay

Score: 81
Tuition: $9,480

Cedar asks for no portfolio.
"##,
        expect![[r#"
            = Best Rope Schools on the Coast
            # How We Ranked
             p
              Each school could earn up to 100 points. @5
            # Alder School of Ropes, Northport
             keys
              k Score=93 @9
              k Tuition=$11,660 @10
             p
              Alder takes the first place again. @12
            # Birch College, Quayside
             keys
              k Score=88 @16
              k Tuition=$34,900 @17
             p
              Birch has small classes. @19
            # Cedar Institute, Eastbay
             keys
              k Score=81 @23
              k Tuition=$9,480 @24
             p
              Cedar asks for no portfolio. @26
        "#]],
    );
}

#[test]
fn a_drawn_box_names_what_it_is_about() {
    check(
        r##"Harbor Viewbook
===============

 ______________________________________
|                                      |
|  ROPE MAKING, A.A.S.       Harbor    |
|  AT A GLANCE                         |
|    Credits ............. 62          |
|    Tuition per credit .. $148        |
|______________________________________|

You will stand on a quay.

 ______________________________________
|                                      |
|  NET REPAIR CERTIFICATE    Harbor    |
|  AT A GLANCE                         |
|    Credits ............. 28          |
|    Starts .............. in May      |
|______________________________________|

Nets are mended by hand.
"##,
        expect![[r#"
            = Harbor Viewbook
            # ROPE MAKING, A.A.S.
             keys
              k ROPE MAKING, A.A.S=Harbor @6
            # ROPE MAKING, A.A.S. › AT A GLANCE
             keys
              k Credits=62 @8
              k Tuition per credit=$148 @9
             p
              You will stand on a quay. @12
            # NET REPAIR CERTIFICATE
             keys
              k NET REPAIR CERTIFICATE=Harbor @16
            # NET REPAIR CERTIFICATE › AT A GLANCE
             keys
              k Credits=28 @18
              k Starts=in May @19
             p
              Nets are mended by hand. @22
        "#]],
    );
}

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

#[test]
fn names_head_what_they_are_and_their_rows() {
    check(
        r##"Rope Faculty

Miriam Castell
Professor and Chair
Ph.D., Northmoor University
Office: Sayre Hall 301
Phone: 555-222-0101

Paul Remington
Lecturer
M.S., Southmoor University
Office: Sayre Hall 210
Phone: 555-222-0110
"##,
        expect![[r#"
            = Rope Faculty
            # Miriam Castell
             p
              Professor and Chair @4
             p
              Ph.D., Northmoor University @5
             keys
              k Office=Sayre Hall 301 @6
              k Phone=555-222-0101 @7
            # Paul Remington
             p
              Lecturer @10
             p
              M.S., Southmoor University @11
             keys
              k Office=Sayre Hall 210 @12
              k Phone=555-222-0110 @13
        "#]],
    );
}

#[test]
fn pictures_stand_before_headings() {
    check(
        r##"Pinned: Rope Study Group

Hello and welcome to everybody in the group.

📝 CERTIFICATES
Two of them are sold by the guild every year in May.

💰 PAY
Members earned $43,500 in our poll of last June.
"##,
        expect![[r#"
            = Pinned: Rope Study Group
             p
              Hello and welcome to everybody in the group. @3
            # 📝 CERTIFICATES
             p
              Two of them are sold by the guild every year in May. @6
            # 💰 PAY
             p
              Members earned $43,500 in our poll of last June. @9
        "#]],
    );
}

#[test]
fn marks_of_a_wiki_are_no_words_of_a_heading() {
    check(
        r##"Rope Makers

History[edit]

The trade began on the quays of the north.
"##,
        expect![[r#"
            = Rope Makers
            # History
             p
              The trade began on the quays of the north. @5
        "#]],
    );
}

#[test]
fn both_sides_of_a_comparison_stand_beside_one_another() {
    check(
        r##"RIGGERS AND SPLICERS

EDUCATION
---------
Rigger
    A certificate takes nine months at the institute and costs $7,450.

Splicer
    Most learn on the job for about three months and pay nothing.

PAY
---
Rigger
    Yards by the sea pay best, with a median of $72,350 a year.

Splicer
    Pay ranges from $31,700 to $79,200 a year in the whole trade.
"##,
        expect![[r#"
            = RIGGERS AND SPLICERS
            # EDUCATION
            # EDUCATION › Rigger
             p
              A certificate takes nine months at the institute and costs $7,450. @6
            # EDUCATION › Splicer
             p
              Most learn on the job for about three months and pay nothing. @9
            # PAY
            # PAY › Rigger
             p
              Yards by the sea pay best, with a median of $72,350 a year. @14
            # PAY › Splicer
             p
              Pay ranges from $31,700 to $79,200 a year in the whole trade. @17
        "#]],
    );
}
