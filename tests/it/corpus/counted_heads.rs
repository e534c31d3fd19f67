//! What heads a part of a text by its number or its bullet: cards that count schools, labels with numbers, questions that are counted. A text beside what is understood of it; `UPDATE_EXPECT=1 cargo test` rewrites the latter.

use expect_test::expect;

use super::check;

#[test]
fn cards_of_schools_that_a_ranking_counts() {
    check(
        r##"The Best Places to Learn Bookbinding

We looked at 40 workshops and kept three.

#1
Ardel College
Ardel, Ohio
Public
Cost per Credit
$210
Graduation Rate
81%
Ardel sews by hand only.
#2
Brennock Institute
Brennock, Utah
Private
Cost per Credit
$340
Graduation Rate
77%
Brennock owns two presses.
#3
Corlay University
Corlay, Maine
Public
Cost per Credit
$190
Graduation Rate
64%
Corlay teaches in the evening.
"##,
        expect![[r#"
            = The Best Places to Learn Bookbinding
             p
              We looked at 40 workshops and kept three. @3
            # Ardel College
             p
              Ardel, Ohio @7
             p
              Public @8
             keys
              k Cost per Credit=$210 @9-10
              k Graduation Rate=81% @11-12
             p
              Ardel sews by hand only. @13
            # Brennock Institute
             p
              Brennock, Utah @16
             p
              Private @17
             keys
              k Cost per Credit=$340 @18-19
              k Graduation Rate=77% @20-21
             p
              Brennock owns two presses. @22
            # Corlay University
             p
              Corlay, Maine @25
             p
              Public @26
             keys
              k Cost per Credit=$190 @27-28
              k Graduation Rate=64% @29-30
             p
              Corlay teaches in the evening. @31
        "#]],
    );
    check(
        r##"Bookbinding, Ranked

1

Ardel College

Ardel, Ohio

Degree
Associate of Arts
Annual tuition
$4,100

Ardel sews by hand only.

2

Brennock Institute

Brennock, Utah

Degree
Bachelor of Arts
Annual tuition
$9,800

Brennock owns two presses.

3

Corlay University

Corlay, Maine

Degree
Associate of Arts
Annual tuition
$3,900

Corlay teaches in the evening.
"##,
        expect![[r#"
            = Bookbinding, Ranked
            # Ardel College
             p
              Ardel, Ohio @7
             keys
              k Degree=Associate of Arts @9-10
              k Annual tuition=$4,100 @11-12
             p
              Ardel sews by hand only. @14
            # Brennock Institute
             p
              Brennock, Utah @20
             keys
              k Degree=Bachelor of Arts @22-23
              k Annual tuition=$9,800 @24-25
             p
              Brennock owns two presses. @27
            # Corlay University
             p
              Corlay, Maine @33
             keys
              k Degree=Associate of Arts @35-36
              k Annual tuition=$3,900 @37-38
             p
              Corlay teaches in the evening. @40
        "#]],
    );
}

#[test]
fn names_that_numbers_count_above_their_lines() {
    check(
        r##"Affordable Binding Degrees

All three charge less than $20,000.

1. Ardel College - Ardel, OH
Master of Arts in Binding
Total tuition: $11,400
Length: 18 months

Ardel sews by hand only.

Sample courses:
    • Paper
    • Glue

2. Brennock Institute - Brennock, UT
Master of Fine Arts
Total tuition: $13,950
Length: 2 years

Brennock owns two presses.

3. Corlay University - Corlay, ME
Master of Arts in Books
Total tuition: $9,100
Length: 1 year

Corlay teaches in the evening.
"##,
        expect![[r#"
            = Affordable Binding Degrees
             p
              All three charge less than $20,000. @3
            # Ardel College - Ardel, OH
             p
              Master of Arts in Binding @6
             keys
              k Total tuition=$11,400 @7
              k Length=18 months @8
             p
              Ardel sews by hand only. @10
             p
              Sample courses: @12
             list ← Sample courses:
              all [2] @12-14
              - Paper @13
              - Glue @14
            # Brennock Institute - Brennock, UT
             p
              Master of Fine Arts @17
             keys
              k Total tuition=$13,950 @18
              k Length=2 years @19
             p
              Brennock owns two presses. @21
            # Corlay University - Corlay, ME
             p
              Master of Arts in Books @24
             keys
              k Total tuition=$9,100 @25
              k Length=1 year @26
             p
              Corlay teaches in the evening. @28
        "#]],
    );
}

#[test]
fn parts_and_steps_with_their_numbers() {
    check(
        r##"BINDERS' HANDBOOK

SECTION I: ADMISSION

Age
Applicants must be 18 years old.

SECTION II: CONDUCT

Attendance
Two absences are excused.

§12.3. Fees.
The license costs $60.
"##,
        expect![[r#"
            = BINDERS' HANDBOOK
            # SECTION I: ADMISSION
            # SECTION I: ADMISSION › Age
             p
              Applicants must be 18 years old. @6
            # SECTION II: CONDUCT
            # SECTION II: CONDUCT › Attendance
             p
              Two absences are excused. @11
            # §12.3. Fees
             p
              The license costs $60. @14
        "#]],
    );
    check(
        r##"How to Become a Binder

It takes about three years.

Step 1: Finish High School
Time required: 4 years
Useful classes are art and shop.

Step 2: Complete an Apprenticeship
Time required: 3 years
Apprentices earn half of a binder's wage.

7a. National figures

Trade	Employed	Median
Binders	1,200	$41,000
Printers	5,300	$39,000

7b. Median pay in selected states

State	Binders	Printers
Ohio	$40,100	$38,000
Utah	$42,700	$39,900
"##,
        expect![[r#"
            = How to Become a Binder
             p
              It takes about three years. @3
            # Step 1: Finish High School
             p
              Step 1: Finish High School @5
             keys
              k Time required=4 years @6
             p
              Useful classes are art and shop. @7
            # Step 2: Complete an Apprenticeship
             p
              Step 2: Complete an Apprenticeship @9
             keys
              k Time required=3 years @10
             p
              Apprentices earn half of a binder's wage. @11
            # National figures
             table ← Trade Employed Median
              r Trade=Binders | Employed=1,200 | Median=$41,000 @16
              r Trade=Printers | Employed=5,300 | Median=$39,000 @17
            # Median pay in selected states
             table ← State Binders Printers
              r State=Ohio | Binders=$40,100 | Printers=$38,000 @22
              r State=Utah | Binders=$42,700 | Printers=$39,900 @23
        "#]],
    );
}

#[test]
fn bullets_that_head_and_questions_with_numbers() {
    check(
        r##"Binding Institute

• BOOKBINDING DIPLOMA

You will learn:
• sewing
• gluing

• TUITION AT A GLANCE

The diploma costs $6,200 in all.

• HOW TO APPLY

Send the form by May 1.
"##,
        expect![[r#"
            = Binding Institute
            # BOOKBINDING DIPLOMA
             p
              You will learn: @5
             list ← You will learn:
              all [2] @5-7
              - sewing @6
              - gluing @7
            # TUITION AT A GLANCE
             p
              The diploma costs $6,200 in all. @11
            # HOW TO APPLY
             p
              Send the form by May 1. @15
        "#]],
    );
    check(
        r##"Questions and answers

1. How long is the exam?
   It has two parts:
     - paper, 60 minutes
     - leather, 90 minutes

2. What does it cost?
   Members          $240
   Others           $310

3. May I bring my own tools?
   Yes. Knives must be sheathed.
"##,
        expect![[r#"
            = Questions and answers
            # How long is the exam?
             answer ← How long is the exam?
              It has two parts: @4
             list ← It has two parts:
              all [2] @4-6
              - paper, 60 minutes @5
              - leather, 90 minutes @6
            # What does it cost?
             keys
              k Members=$240 @9
              k Others=$310 @10
            # May I bring my own tools?
             answer ← May I bring my own tools?
              Yes. Knives must be sheathed. @13
        "#]],
    );
}
