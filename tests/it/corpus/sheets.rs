//! Sheets of programs: boxes of facts that name what they are about, entries of a catalog, glossaries, steps with headings of their own.
//! A text beside what is understood of it; `UPDATE_EXPECT=1 cargo test` rewrites the latter.

use expect_test::{Expect, expect};

use super::dump::dump;

#[track_caller]
fn check(name: &str, text: &str, expected: Expect) {
    expected.assert_eq(&dump(name, text));
}

#[test]
fn a_box_is_about_what_its_first_row_names() {
    check(
        "sheet.txt",
        r##"HARBOR COLLEGE
PROGRAM SHEET

Program: Rope Making
Award: Certificate
Length: 20 weeks
Director: Ann Lisle

Outcomes
Graduation rate: 61%
Job placement: 97%

Program: Net Making
Award: Diploma
Length: 40 weeks

Courses in Rope Making
ROP 101 Hemp
ROP 120 Splices
ROP 140 Knots

Notes
Rope makers sit for the guild's test in May.
"##,
        expect![[r#"
            = PROGRAM SHEET
              source: HARBOR COLLEGE
            # Rope Making
             keys
              k Program=Rope Making @4
              k Award=Certificate @5
              k Length=20 weeks @6
              k Director=Ann Lisle @7
            # Rope Making › Outcomes
             keys
              k Graduation rate=61% @10
              k Job placement=97% @11
            # Net Making
             keys
              k Program=Net Making @13
              k Award=Diploma @14
              k Length=40 weeks @15
            # Courses in Rope Making
             list
              all [3] @18-20
              - ROP 101 Hemp @18
              - ROP 120 Splices @19
              - ROP 140 Knots @20
            # Notes
             p
              Rope makers sit for the guild's test in May. @23
        "#]],
    );
}

#[test]
fn the_award_in_letters_names_no_box() {
    check(
        "guide.txt",
        r##"Graduate Guide of Harbor College

Master of Rope Science

Quick facts

Degree
MRS
Credits
36
Tuition
$488 per credit

Master of Net Science

Quick facts

Degree
MS
Credits
30
Tuition
$720 per credit
"##,
        expect![[r#"
            = Master of Rope Science
              source: Graduate Guide of Harbor College
            # Quick facts
             keys
              k Degree=MRS @7-8
              k Credits=36 @9-10
              k Tuition=$488 per credit @11-12
            # Master of Net Science
            # Master of Net Science › Quick facts
             keys
              k Degree=MS @18-19
              k Credits=30 @20-21
              k Tuition=$720 per credit @22-23
        "#]],
    );
}

#[test]
fn a_bare_line_among_the_rows_of_a_school_is_told_of_it() {
    check(
        "page-1.txt",
        r##"Schools of Rope Making

BEST SCHOOLS

1. Alder School of Rope, Port Ellery
   Programs: Certificate
   Tuition: $900 per year
   Open admission
   Acceptance rate: 58%

2. Birch School of Rope, Port Marrow
   Programs: Diploma
   Tuition: $1,200 per year
   Accredited by the guild since 2004
   Acceptance rate: 41%

3. Cedar School of Rope, Port Linden
   Programs: Diploma
   Tuition: $1,500 per year
   Acceptance rate: 31%
"##,
        expect![[r#"
            = Schools of Rope Making
            # BEST SCHOOLS
            # Alder School of Rope, Port Ellery
             keys
              k Programs=Certificate @6
              k Tuition=$900 per year @7
             p
              Open admission @8
             keys
              k Acceptance rate=58% @9
            # Birch School of Rope, Port Marrow
             keys
              k Programs=Diploma @12
              k Tuition=$1,200 per year @13
             p
              Accredited by the guild since 2004 @14
             keys
              k Acceptance rate=41% @15
            # Cedar School of Rope, Port Linden
             keys
              k Programs=Diploma @18
              k Tuition=$1,500 per year @19
              k Acceptance rate=31% @20
        "#]],
    );
}

#[test]
fn entries_of_a_catalog_are_a_list_as_well() {
    check(
        "page-1.txt",
        r##"Curriculum of Rope Making

Year 1
ROP 101  Hemp and Its Kin (3)
  Fibers from the field to the spindle.
ROP 110  Splices (3)
  Joining two ropes without a knot.

Year 2
ROP 205  Cable (4)
  Ropes for harbors and bridges.
ROP 220  Repair (3)
  What wear does, and what can be saved.

(Hours are counted by the guild.)

The guild meets in May.
"##,
        expect![[r#"
            = Curriculum of Rope Making
            # Year 1
             list
              all [2] @4-7
            # Year 1 › ROP 101 Hemp and Its Kin (3)
             table
              r ROP 101 | Hemp and Its Kin (3) @4
             p
              Fibers from the field to the spindle. @5
            # Year 1 › ROP 110 Splices (3)
             table
              r ROP 110 | Splices (3) @6
             p
              Joining two ropes without a knot. @7
            # Year 2
             list
              all [2] @10-13
            # Year 2 › ROP 205 Cable (4)
             table
              r ROP 205 | Cable (4) @10
             p
              Ropes for harbors and bridges. @11
            # Year 2 › ROP 220 Repair (3)
             table
              r ROP 220 | Repair (3) @12
             p
              What wear does, and what can be saved. @13
             p
              (Hours are counted by the guild.) @15
             p
              The guild meets in May. @17
        "#]],
    );
}

#[test]
fn what_a_glossary_tells_of_one_word_says_nothing_of_the_others() {
    check(
        "words.md",
        r##"# Words of the Harbor

**Hemp** - A fiber for ropes. It comes from the valley.

**Guild test (GT)** - A test of the guild. It has 40 questions and costs $30. It is held in May.

**Splice** - Two ropes joined without a knot. No license is required.
"##,
        expect![[r#"
            = Words of the Harbor
             list
              all [3] @3-7
             list
              - Hemp=A fiber for ropes. It comes from the valley. @3
             list
              - Guild test (GT)=A test of the guild. @5
              It has 40 questions and costs $30. @5
              It is held in May. @5
             list
              - Splice=Two ropes joined without a knot. No license is required. @7
        "#]],
    );
}

#[test]
fn steps_that_stand_above_other_headings() {
    check(
        "page-1.txt",
        r##"How to Become a Rope Maker

Rope makers make ropes for harbors and bridges.

Step 1: Choose a Program

Certificate in Rope Making

The certificate takes 20 weeks in the evening.

Step 2: Pick a School

Alder School of Rope

The school stands at the quay of Port Ellery.

Step 3: Pass the Test

The guild holds its test in May.
"##,
        expect![[r#"
            = How to Become a Rope Maker
             p
              Rope makers make ropes for harbors and bridges. @3
            # Step 1: Choose a Program
             p
              Step 1: Choose a Program @5
            # Step 1: Choose a Program › Certificate in Rope Making
             p
              The certificate takes 20 weeks in the evening. @9
            # Step 2: Pick a School
             p
              Step 2: Pick a School @11
            # Step 2: Pick a School › Alder School of Rope
             p
              The school stands at the quay of Port Ellery. @15
            # Step 3: Pass the Test
             p
              Step 3: Pass the Test @17
             p
              The guild holds its test in May. @19
        "#]],
    );
}

#[test]
fn a_line_that_names_several_things_heads_none_of_them() {
    check(
        "page-1.txt",
        r##"HARBOR COLLEGE - PROGRAM SHEETS
Rope Making / Net Making / Sail Making

Rope Making

The program takes 20 weeks.

Net Making

The program takes 40 weeks.
"##,
        expect![[r#"
            = HARBOR COLLEGE - PROGRAM SHEETS
             p
              Rope Making / Net Making / Sail Making @2
            # Rope Making
             p
              The program takes 20 weeks. @6
            # Net Making
             p
              The program takes 40 weeks. @10
        "#]],
    );
}
