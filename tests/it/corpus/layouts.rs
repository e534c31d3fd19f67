//! Layouts of many hands: signs that stand for a colon, boxes of facts, bylines, leads without a colon. A text beside what is
//! understood of it; `UPDATE_EXPECT=1 cargo test` rewrites the latter.

use expect_test::{Expect, expect};

use super::dump::dump;

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&dump("page-1.txt", text));
}

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
             p
              Words you will hear @23
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
