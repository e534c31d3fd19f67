//! What heads a part of a text without being set like a heading: signs in front and around it, rules, names that
//! return. A text beside what is understood of it; `UPDATE_EXPECT=1 cargo test` rewrites the latter.

use expect_test::expect;

use super::check;

#[test]
fn signs_in_front_and_around() {
    check(
        r##"Binding Schools

--> ARDEL COLLEGE (Ardel, Ohio)
Cost per credit: $210. Length: 18 months. The oldest of the three.

--> BRENNOCK INSTITUTE (Brennock, Utah)
Cost per credit: $340. Length: 2 years. It owns two presses.

--> CORLAY UNIVERSITY (Corlay, Maine)
Cost per credit: $190. Length: 1 year. Classes meet in the evening.
"##,
        expect![[r#"
            = Binding Schools
            # ARDEL COLLEGE (Ardel, Ohio)
             p
              Cost per credit: $210. @4
              Length: 18 months. @4
              The oldest of the three. @4
            # BRENNOCK INSTITUTE (Brennock, Utah)
             p
              Cost per credit: $340. @7
              Length: 2 years. @7
              It owns two presses. @7
            # CORLAY UNIVERSITY (Corlay, Maine)
             p
              Cost per credit: $190. @10
              Length: 1 year. @10
              Classes meet in the evening. @10
        "#]],
    );
    check(
        r##"Paying for Binding School

:: What will it cost? ::

A year costs $4,100.

:: Grants ::

~ Founders Award
$2,000 a year. Deadline: December 1.

~ Paper Guild Award
$1,500, one time. Write to the guild by April 10.

~ Second Start Award
$900 a year. For students over 30.

[ Loans ]

Repayment starts six months after you leave school.
"##,
        expect![[r#"
            = Paying for Binding School
            # What will it cost?
             answer ← What will it cost?
              A year costs $4,100. @5
            # Grants
            # Grants › Founders Award
             p
              $2,000 a year. @10
              Deadline: December 1. @10
            # Grants › Paper Guild Award
             p
              $1,500, one time. @13
              Write to the guild by April 10. @13
            # Grants › Second Start Award
             p
              $900 a year. @16
              For students over 30. @16
            # Loans
             p
              Repayment starts six months after you leave school. @20
        "#]],
    );
    check(
        r##"Ardel School of Binding

== History ==
The school opened in 1901.

=== The press ===
It burned down in 1940.

== Academics ==
It has 12 teachers.
"##,
        expect![[r#"
            = Ardel School of Binding
            # History
             p
              The school opened in 1901. @4
            # History › The press
             p
              It burned down in 1940. @7
            # Academics
             p
              It has 12 teachers. @10
        "#]],
    );
}

#[test]
fn headings_that_return_under_each_name() {
    check(
        r##"Two Credentials Compared

What Is the CBB?
It is an entry-level credential for binders.

Pros
- Low cost
- No exam

Cons
- Little effect on pay

What Is the MBB?
It is a credential for masters of the trade.

Pros
- Known everywhere
- Good for life

Cons
- A long review
"##,
        expect![[r#"
            = Two Credentials Compared
            # What Is the CBB?
             answer ← What Is the CBB?
              It is an entry-level credential for binders. @4
            # What Is the CBB? › Pros
             list
              all [2] @7-8
              - Low cost @7
              - No exam @8
            # What Is the CBB? › Cons
             list
              - Little effect on pay @11
            # What Is the MBB?
             answer ← What Is the MBB?
              It is a credential for masters of the trade. @14
            # What Is the MBB? › Pros
             list
              all [2] @17-18
              - Known everywhere @17
              - Good for life @18
            # What Is the MBB? › Cons
             list
              - A long review @21
        "#]],
    );
    check(
        r##"Binding Program
Program Goals:
Graduates sew and glue any book by hand or by machine.
Career Outlook:
Nine of ten graduates found work in the trade within a year.
Accreditation:
The program is approved by the Guild Board until 2029.
Faculty:
Dr. Ilsa Brandt, Professor and Chair (paper)
Dr. Omar Quist, Associate Professor (leather)
Ms. Teodora Lunn, Instructor (gold)
Scholarships:
Paper Guild Award: $1,500
Founders Award: $2,000
"##,
        expect![[r#"
            = Binding Program
            # Program Goals
             p
              Graduates sew and glue any book by hand or by machine. @3
            # Career Outlook
             p
              Nine of ten graduates found work in the trade within a year. @5
            # Accreditation
             p
              The program is approved by the Guild Board until 2029. @7
            # Faculty
             list
              all [3] @9-11
              - Dr. Ilsa Brandt, Professor and Chair (paper) @9
              - Dr. Omar Quist, Associate Professor (leather) @10
              - Ms. Teodora Lunn, Instructor (gold) @11
            # Scholarships
             keys
              k Paper Guild Award=$1,500 @13
              k Founders Award=$2,000 @14
        "#]],
    );
}

#[test]
fn lines_between_rules_and_above_them() {
    check(
        r##"Programs of the Binding School

----------------------------------------
BOOKBINDING
Certificate of Achievement
----------------------------------------
It takes 24 credits.

3.1 Purpose
-----------
The course teaches a trade.

3.2 Fees
--------
It costs $900.

----------------------------------------
PAPER MAKING
Associate of Arts
----------------------------------------
It takes 60 credits.
"##,
        expect![[r#"
            = Programs of the Binding School
            # BOOKBINDING Certificate of Achievement
             p
              Certificate of Achievement @5
             p
              It takes 24 credits. @7
            # Purpose
             p
              The course teaches a trade. @11
            # Fees
             p
              It costs $900. @15
            # PAPER MAKING Associate of Arts
             p
              Associate of Arts @19
             p
              It takes 60 credits. @21
        "#]],
    );
    check(
        r##"Courses of the Binding School

The number before a name tells the year.

BND 101 Sewing 3 cr.
   How to sew a text block. Offered in fall.
   Prerequisite: none

BND 210 Leather 4 cr.
   How to pare and cover. Offered in spring.
   Prerequisite: BND 101
"##,
        expect![[r#"
            = Courses of the Binding School
             p
              The number before a name tells the year. @3
             list ← The number before a name tells the year.
              all [2] @3-11
            # BND 101 Sewing 3 cr.
             p
              BND 101 Sewing 3 cr. @5
             p
              How to sew a text block. @6
              Offered in fall. @6
             keys
              k Prerequisite=none @7
            # BND 210 Leather 4 cr.
             p
              BND 210 Leather 4 cr. @9
             p
              How to pare and cover. @10
              Offered in spring. @10
             keys
              k Prerequisite=BND 101 @11
        "#]],
    );
}

#[test]
fn a_price_between_a_name_and_its_rows() {
    check(
        r##"AWARDS FOR BINDERS

Bright Thread Award
$5,000
Deadline: February 15, 2026
Sponsor: Thread Foundation

First Page Grant
$1,200
Deadline: Rolling
Sponsor: Page Credit Union
"##,
        expect![[r#"
            = AWARDS FOR BINDERS
            # Bright Thread Award
             p
              $5,000 @4
             keys
              k Deadline=February 15, 2026 @5
              k Sponsor=Thread Foundation @6
            # First Page Grant
             p
              $1,200 @9
             keys
              k Deadline=Rolling @10
              k Sponsor=Page Credit Union @11
        "#]],
    );
}
