//! Layouts of many hands: signs that stand for a colon, boxes of facts, bylines, leads without a colon. A text beside what is
//! understood of it; `UPDATE_EXPECT=1 cargo test` rewrites the latter.

use expect_test::expect;

use super::check;

#[test]
fn a_short_line_above_rows_heads_them() {
    check(
        r##"CLERK OF WORKS: CAREER PROFILE
Source: Careers Desk of the Millbrook Library

Certification

The council awards two credentials to clerks.

Certified Site Clerk (CSC)
Requires: an approved program or 3,500 hours of work experience
Exam fee: $275

Certified Chief Clerk (CCC)
Requires: the CSC and 12 months on a site
Exam fee: $340

Neither credential is required by law.
"##,
        expect![[r#"
            = CLERK OF WORKS: CAREER PROFILE
              source: Careers Desk of the Millbrook Library
             keys
              k Source=Careers Desk of the Millbrook Library @2
            # Certification
             p
              The council awards two credentials to clerks. @6
            # Certified Site Clerk (CSC)
             keys
              k Requires=an approved program or 3,500 hours of work experience @9
              k Exam fee=$275 @10
            # Certified Chief Clerk (CCC)
             keys
              k Requires=the CSC and 12 months on a site @13
              k Exam fee=$340 @14
             p
              Neither credential is required by law. @16
        "#]],
    );
}

#[test]
fn signs_that_stand_for_a_colon() {
    check(
        r##"Short Courses at Northgate
by Rudy Castellanos, updated June 2022

Diploma in Stone Cutting
Length . . . . . 9 months
Tuition . . . . . $7,850
Schedule . . . . . days or evenings

Certificate in Slate Roofing
Length …… 4 months
Tuition …… $2,100

Evening Course in Mosaic
Award - Certificate in Mosaic
Length – 12 weeks
Credits — 4
Campus - Old Quarry

Master Class
Duration = one week
Format = on campus

Words you will hear
Ashlar - stone cut to even blocks
Quoin: the corner of a wall
DPC = damp-proof course

Who teaches

Mason - Night Shift
Roofer - Day Shift
Setter - Day Shift
"##,
        expect![[r#"
            = Short Courses at Northgate
              date: June 2022
            # Diploma in Stone Cutting
             keys
              k Length=9 months @5
              k Tuition=$7,850 @6
              k Schedule=days or evenings @7
            # Certificate in Slate Roofing
             keys
              k Length=4 months @10
              k Tuition=$2,100 @11
            # Evening Course in Mosaic
             keys
              k Award=Certificate in Mosaic @14
              k Length=12 weeks @15
              k Credits=4 @16
              k Campus=Old Quarry @17
            # Master Class
             keys
              k Duration=one week @20
              k Format=on campus @21
            # Words you will hear
             keys
              k Ashlar=stone cut to even blocks @24
              k Quoin=the corner of a wall @25
              k DPC=damp-proof course @26
            # Who teaches
             list
              all [3] @30-32
              - Mason - Night Shift @30
              - Roofer - Day Shift @31
              - Setter - Day Shift @32
        "#]],
    );
}

#[test]
fn boxes_whose_pairs_stand_apart() {
    check(
        r##"Trade Cards Explained

CARD 1

Name
Harbor Rigger (HR)

Who it is for
People who work with cranes

Experience
1 year

Renewal
Every 3 years.

CARD 2

Name

Dock Master (DM)

Fee

$310

Passing score

75%

PAY

Riggers earned a median of $48,730 in 2020. There were 376,800 of them.

Levels
Junior, senior

About
The office was opened in 1911. It issues both cards.
"##,
        expect![[r#"
            = Trade Cards Explained
            # CARD 1
            # CARD 1 › Harbor Rigger (HR)
             keys
              k Name=Harbor Rigger (HR) @5-6
              k Who it is for=People who work with cranes @8-9
              k Experience=1 year @11-12
              k Renewal=Every 3 years. @14-15
            # CARD 2
            # CARD 2 › Dock Master (DM)
             keys
              k Name=Dock Master (DM) @19-21
              k Fee=$310 @23-25
              k Passing score=75% @27-29
            # PAY
             p
              Riggers earned a median of $48,730 in 2020. @33
              There were 376,800 of them. @33
            # PAY › Levels
             p
              Junior, senior @36
            # PAY › About
             p
              The office was opened in 1911. @39
              It issues both cards. @39
        "#]],
    );
}

#[test]
fn colons_behind_headings() {
    check(
        r##"Ranger School

Overview:

The school teaches at two levels. Both begin in spring.

History:

It was opened in 1911 as a training station.

Who to ask:

Undergraduate adviser
Marguerite Oyelaran
Graduate coordinator
Tobias Lindqvist
Application deadline
April 15
Late deadline
May 10

Courses include:

Tree identification

Map and compass
"##,
        expect![[r#"
            = Ranger School
            # Overview
             p
              The school teaches at two levels. @5
              Both begin in spring. @5
            # History
             p
              It was opened in 1911 as a training station. @9
            # Who to ask
             keys
              k Undergraduate adviser=Marguerite Oyelaran @13-14
              k Graduate coordinator=Tobias Lindqvist @15-16
              k Application deadline=April 15 @17-18
              k Late deadline=May 10 @19-20
             p
              Courses include: @22
             list ← Courses include:
              all [2] @22-26
              - Tree identification @24
              - Map and compass @26
        "#]],
    );
}

#[test]
fn leads_without_a_colon() {
    check(
        r##"Quarry School: Questions

Admission Requirements

To be considered for a place, applicants need

A high school diploma or GED

A score of 60 or higher on the entrance test

Own boots and gloves, new from about $160 or rented for $7 a month at the gate

A clean record

Applications for the August start close on April 15. Work in a quarry is welcome.

Courses

The certificate consists of the following courses

Ashlar for beginners
Fundamentals of lifting
Care of blades

Q: What will I study later?
A: The core seminars are
Rock faces
Blasting
Old walls

Q: What does it cost?
A: Nothing.
"##,
        expect![[r#"
            = Quarry School: Questions
            # Admission Requirements
             p
              To be considered for a place, applicants need @5
             list ← To be considered for a place, applicants need
              all [4] @5-13
              - A high school diploma or GED @7
              - A score of 60 or higher on the entrance test @9
              - Own boots and gloves, new from about $160 or rented for $7 a month at the gate @11
              - A clean record @13
             p
              Applications for the August start close on April 15. @15
              Work in a quarry is welcome. @15
            # Courses
             p
              The certificate consists of the following courses @19
             list ← The certificate consists of the following courses
              all [3] @19-23
              - Ashlar for beginners @21
              - Fundamentals of lifting @22
              - Care of blades @23
             answer ← What will I study later?
              The core seminars are @26
             list ← The core seminars are
              all [3] @26-29
              - Rock faces @27
              - Blasting @28
              - Old walls @29
             answer ← What does it cost?
              Nothing. @32
        "#]],
    );
}

#[test]
fn menus_banners_and_links_at_the_foot() {
    check(
        r##"Fernhollow College | School of Woodlands
Skip to main content
Accept all cookies    Manage cookies
Log in    Create account    Cart (0)

Woodland Degrees at Fernhollow College

8 min read

The college teaches at two levels. Both begin in spring.

Campuses

Denver | Boise | Reno

The college was opened in 1911.

Was this article helpful?   Yes   No
Next: How to Choose an Axe

You might also like
Ten Knots Worth Knowing
Is a Saw Enough?
Newsletter: enter your e-mail
Follow us      Accessibility      Campus map      Report a problem with this page
- 3 -
"##,
        expect![[r#"
            = Woodland Degrees at Fernhollow College
             p
              The college teaches at two levels. @10
              Both begin in spring. @10
            # Campuses
             table
              r Denver | Boise | Reno @14
             p
              The college was opened in 1911. @16
        "#]],
    );
}

#[test]
fn columns_told_by_where_they_begin() {
    check(
        r##"Woodland Degrees

Programs compared

Award                       Credits   Length      Tuition   Thesis
AAS in Woodland Work        64        2 years     $4,760    no
Master of Woodlands (MW)    36        3 semesters $11,250   no
MS in Woodland Science      30                    $10,400   yes

Side by side

                          Associate of Science        Bachelor of Science
Length                    2 years                     4 years
Credits                   66                          128
"##,
        expect![[r#"
            = Woodland Degrees
            # Programs compared
             table ← Award Credits Length Tuition Thesis
              r Award=AAS in Woodland Work | Credits=64 | Length=2 years | Tuition=$4,760 | Thesis=no @6
              r Award=Master of Woodlands (MW) | Credits=36 | Length=3 semesters | Tuition=$11,250 | Thesis=no @7
              r Award=MS in Woodland Science | Credits=30 | Tuition=$10,400 | Thesis=yes @8
            # Side by side
             table ← Associate of Science Bachelor of Science
              r Length | Associate of Science=2 years | Bachelor of Science=4 years @13
              r Credits | Associate of Science=66 | Bachelor of Science=128 @14
        "#]],
    );
}

#[test]
fn keys_side_by_side_and_steps_under_a_colon() {
    check(
        r##"Nurseryman License

Fee: $100 | Term: 2 years | Exam: none

How to apply:
Step 1
Fill in Form B-12 of the board.
Step 2
Send it to the board with the fee.

Renewal -- every 2 years
Late fee -- $40
Grace period -- 30 days

Page 1 of 2
"##,
        expect![[r#"
            = Nurseryman License
             keys
              k Fee=$100 @3
              k Term=2 years @3
              k Exam=none @3
             p
              How to apply: @5
             p
              Step 1 @6
             p
              Fill in Form B-12 of the board. @7
            # Step 2
             p
              Send it to the board with the fee. @9
             keys
              k Renewal=every 2 years @11
              k Late fee=$40 @12
              k Grace period=30 days @13
        "#]],
    );
}
