//! Lines that head what stands below them because they are set off from it, and values that go on below their row. A text beside what
//! is understood of it.

use expect_test::expect;

use super::check;

#[test]
fn a_row_between_rules_heads_its_program() {
    check(
        r##"HARBOR SCHOOL
Fact sheets of the workshop

=====================================
PROGRAM: Rope Making
=====================================
Length:         20 weeks
Skills taught:  Fibers
                Knots
                Splices
Contact:        Ada Merle

-------------------------------------
RM-2   SAIL MENDING          12 credits
-------------------------------------
Length: 30 weeks
"##,
        expect![[r#"
            = HARBOR SCHOOL
            # Fact sheets of the workshop
             p
              Fact sheets of the workshop @2
            # Fact sheets of the workshop › PROGRAM: Rope Making
             p
              PROGRAM: Rope Making @5
             keys
              k Length=20 weeks @7
             keys
              k Skills taught=Fibers Knots Splices @8-10
             keys
              k Contact=Ada Merle @11
            # Fact sheets of the workshop › RM-2 SAIL MENDING 12 credits
             p
              RM-2 SAIL MENDING 12 credits @14
             keys
              k Length=30 weeks @16
        "#]],
    );
}

#[test]
fn a_row_in_capitals_that_stands_alone_heads_its_program() {
    check(
        r##"HARBOR COLLEGE

The college lies on the bay. It has two piers.

ROPE MAKING, A.A.S.                           Code 3120

The diploma prepares students for work on ships. It takes two years.

Required courses                Credits
  ROP 101  Fibers                     4
  ROP 102  Knots                      3
"##,
        expect![[r#"
            = HARBOR COLLEGE
             p
              The college lies on the bay. @3
              It has two piers. @3
            # ROPE MAKING, A.A.S.
             keys
              k ROPE MAKING, A.A.S=Code 3120 @5
             p
              The diploma prepares students for work on ships. @7
              It takes two years. @7
             table ← Required courses Credits
              r Required courses=ROP 101 | Fibers | Credits=4 @10
              r Required courses=ROP 102 | Knots | Credits=3 @11
        "#]],
    );
}

#[test]
fn a_figure_has_a_long_label() {
    check(
        r##"Rope Making

Work and pay

Starting wage of graduates: $16.40 an hour
Median annual wage of rope makers, United States, 2021 (HGS): $30,290
Projected growth of jobs, United States, 2021-2031 (HGS): 5%
"##,
        expect![[r#"
            = Rope Making
            # Work and pay
             keys
              k Starting wage of graduates=$16.40 an hour @5
              k Median annual wage of rope makers, United States, 2021 (HGS)=$30,290 @6
              k Projected growth of jobs, United States, 2021-2031 (HGS)=5% @7
        "#]],
    );
}

#[test]
fn a_sentence_that_breaks_off_goes_on_in_the_list_below_it() {
    check(
        r##"Rules of the Harbor Board

Nobody is licensed by chance. An applicant for a license as a rigger shall
  (a) be at least 17 years of age;
  (b) have tied 500 knots.
"##,
        expect![[r#"
            = Rules of the Harbor Board
             p
              Nobody is licensed by chance. @3
              An applicant for a license as a rigger shall @3
             list ← An applicant for a license as a rigger shall
              all [2] @3-5
              - be at least 17 years of age; @4
              - have tied 500 knots. @5
        "#]],
    );
}

#[test]
fn a_bold_question_heads_its_answer() {
    check(
        r##"Talk with a rope maker

**Which courses are there?**

There are two of them:

1. Fibers
2. Knots

**Do I have to go to college in order to be a rope maker?**

No. Most learn it on ships.
"##,
        expect![[r#"
            = Talk with a rope maker
            # Which courses are there?
             answer ← Which courses are there?
              There are two of them: @5
             list ← There are two of them:
              all [2] @5-8
              - Fibers @7
              - Knots @8
            # Do I have to go to college in order to be a rope maker?
             answer ← Do I have to go to college in order to be a rope maker?
              No. Most learn it on ships. @12
        "#]],
    );
}
