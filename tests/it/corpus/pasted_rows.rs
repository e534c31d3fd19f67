//! Rows, lists and talk as mails, sheets and forms leave them. A text beside what is understood of it; `UPDATE_EXPECT=1 cargo test`
//! rewrites the latter.

use expect_test::expect;

use super::check;

#[test]
fn tables_with_semicolons_and_with_columns_that_hold_figures() {
    check(
        r##"Binding programs

Program;Level;Credits;Cost per credit;Notes
Binding;Bachelor;120;"$385,50";"needs a portfolio; 9 days on site"
Paper;Master;39;"$610,00";
Leather;Master;42;"$702,00";"three tracks"
"##,
        expect![[r#"
            = Binding programs
             table ← Program;Level;Credits;Cost per credit;Notes
              r Program=Binding | Level=Bachelor | Credits=120 | Cost per credit=$385,50 | Notes=needs a portfolio; 9 days on site @4
              r Program=Paper | Level=Master | Credits=39 | Cost per credit=$610,00 @5
              r Program=Leather | Level=Master | Credits=42 | Cost per credit=$702,00 | Notes=three tracks @6
        "#]],
    );
    check(
        "Pay of binders\n\nLocation\t10% Low\t25%\tMedian\t90% High\nUnited States\t$34,100\t$39,980\t$46,510\t$68,400\nOhio\t$33,050\t$38,400\t$44,870\t$63,900\n",
        expect![[r#"
            = Pay of binders
             table ← Location 10% Low 25% Median 90% High
              r Location=United States | 10% Low=$34,100 | 25%=$39,980 | Median=$46,510 | 90% High=$68,400 @4
              r Location=Ohio | 10% Low=$33,050 | 25%=$38,400 | Median=$44,870 | 90% High=$63,900 @5
        "#]],
    );
    check(
        r##"About the diploma

Required Courses                   Credits
BND 150   Sewing                    3
BND 160   Gluing                    3
BND 240   Gilding                   4

TUITION                        RESIDENT      NON-RESIDENT

Full-time (12-18 credits)      $1,980.00     $4,620.00
Part-time (per credit)         165.00        385.00
"##,
        expect![[r#"
            = About the diploma
             table ← Required Courses Credits
              r Required Courses=BND 150 | Sewing | Credits=3 @4
              r Required Courses=BND 160 | Gluing | Credits=3 @5
              r Required Courses=BND 240 | Gilding | Credits=4 @6
             table ← TUITION RESIDENT NON-RESIDENT
              r TUITION=Full-time (12-18 credits) | RESIDENT=$1,980.00 | NON-RESIDENT=$4,620.00 @10
              r TUITION=Part-time (per credit) | RESIDENT=165.00 | NON-RESIDENT=385.00 @11
        "#]],
    );
}

#[test]
fn values_that_go_on_below_and_forms() {
    check(
        r##"Open Day

WHEN    Thursday, October 9, 2025
        11:00 am - 3:00 pm
WHERE   Bindery Hall, 2nd floor
        140 Quarry Road
COST    Free for students

Before you graduate:
[ ] 60 credits in all
[ ] A portfolio
[x] A grade of C in every course

___ BND 150   Sewing      3
___ BND 160   Gluing      3

Call (555) 309-2218.
(555) 309-2218
"##,
        expect![[r#"
            = Open Day
             keys
              k WHEN=Thursday, October 9, 2025 11:00 am - 3:00 pm @3-4
              k WHERE=Bindery Hall, 2nd floor 140 Quarry Road @5-6
              k COST=Free for students @7
             p
              Before you graduate: @9
             list ← Before you graduate:
              all [3] @9-12
              - 60 credits in all @10
              - A portfolio @11
              - A grade of C in every course @12
             table
              r BND 150 | Sewing | 3 @14
              r BND 160 | Gluing | 3 @15
             p
              Call (555) 309-2218. @17
             p
              (555) 309-2218 @18
        "#]],
    );
}

#[test]
fn lists_inside_lists_and_leads_that_dangle() {
    check(
        r##"An applicant must submit:
(a) a form;
(b) a portfolio, which must contain
    (i) a statement,
    (ii) two references, and
    (iii) one bound book;
(c) the fee.
"##,
        expect![[r#"
            = An applicant must submit
             p
              An applicant must submit: @1
             list ← An applicant must submit:
              all [3] @1-7
              - a form; @2
              - a portfolio, which must contain @3
              - the fee. @7
             list ← a portfolio, which must contain
              all [3] @3-6
              - a statement, @4
              - two references, and @5
              - one bound book; @6
        "#]],
    );
    check(
        r##"Licensure of Binders

This program meets the licensure requirements in
Ohio
Kentucky
This program does not meet the licensure requirements in
Indiana
Utah

Choose the CBB if you…
Have less than two years of experience
Like work at the bench

The council awards three credentials.

CBB - Certified Bookbinder
MBB - Master Bookbinder
GIL - Gilder

Formats (for example, folio and
quarto)
Skills in sewing are tested by hand and in writing.
"##,
        expect![[r#"
            = Licensure of Binders
             p
              This program meets the licensure requirements in @3
             list ← This program meets the licensure requirements in
              all [2] @3-5
              - Ohio @4
              - Kentucky @5
             p
              This program does not meet the licensure requirements in @6
             list ← This program does not meet the licensure requirements in
              all [2] @6-8
              - Indiana @7
              - Utah @8
             p
              Choose the CBB if you… @10
             list ← Choose the CBB if you…
              all [2] @10-12
              - Have less than two years of experience @11
              - Like work at the bench @12
             p
              The council awards three credentials. @14
             list ← The council awards three credentials.
              all [3] @14-18
              - CBB - Certified Bookbinder @16
              - MBB - Master Bookbinder @17
              - GIL - Gilder @18
             p
              Formats (for example, folio and @20
             p
              quarto) @21
             p
              Skills in sewing are tested by hand and in writing. @22
        "#]],
    );
}

#[test]
fn talk_between_two() {
    check(
        r##"A conversation with a binder

PB: How long have you been in the trade?

IM: Since 1998. I began as an apprentice.

PB: What does somebody in your position earn?

IM: In our state between $40,000 and $52,000.

PB: Do you need a license?

IM: No. A portfolio is enough.
"##,
        expect![[r#"
            = A conversation with a binder
             answer ← How long have you been in the trade?
              Since 1998. @5
              I began as an apprentice. @5
             answer ← What does somebody in your position earn?
              In our state between $40,000 and $52,000. @9
             answer ← Do you need a license?
              No. A portfolio is enough. @13
        "#]],
    );
}
