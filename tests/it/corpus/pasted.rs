//! Whole pages as they are pasted into a text file, each with several layouts. A text beside what is understood of it.

use expect_test::expect;

use super::check;

#[test]
fn a_catalog_page_as_it_was_pasted() {
    check(
        r##"Kelder Polytechnic > Programs > Surface Coating

Surface Coating Technology (A.T.)

Program code: 4471
Offered: Kelder and Ostrow
Next start: August 26

Learn to prepare, prime and finish metal and wood.

Year one

Fall
Coatings I
Shop Math
Safety

Spring
Coatings II
Color Matching
Blueprints

Tuition & fees
Resident: $3,310 per year
Nonresident: $7,940 per year
Fees are due two weeks before classes begin.

Careers
Our graduates work as:
Finishers
Estimators
Line leads

Contact us
Bram Oder, program lead
555-0161
"##,
        expect![[r#"
            = Surface Coating Technology (A.T.)
             keys
              k Program code=4471 @5
              k Offered=Kelder and Ostrow @6
              k Next start=August 26 @7
             p
              Learn to prepare, prime and finish metal and wood. @9
            # Year one
             list
              all [4] @13-16
              - Fall @13
              - Coatings I @14
              - Shop Math @15
              - Safety @16
            # Spring
             list
              all [3] @19-21
              - Coatings II @19
              - Color Matching @20
              - Blueprints @21
            # Tuition & fees
             keys
              k Resident=$3,310 per year @24
              k Nonresident=$7,940 per year @25
             p
              Fees are due two weeks before classes begin. @26
            # Careers
             p
              Our graduates work as: @29
             list ← Our graduates work as:
              all [3] @29-32
              - Finishers @30
              - Estimators @31
              - Line leads @32
            # Contact us
             list
              all [2] @35-36
              - Bram Oder, program lead @35
              - 555-0161 @36
        "#]],
    );
}

#[test]
fn a_board_page_with_bold_runs() {
    check(
        r##"Board of Tide Pilots

License classes

**Class A.** Vessels up to 60 feet. Requires 300 hours at sea.

**Class B.** Vessels up to 120 feet. Requires the Class A license and 900 hours at sea.

**Class C.** All vessels. Requires the Class B license and a written test.

Fees

Application..........$75
Test.................$150
Renewal (3 years)....$60

Who can I call?

The board secretary, Lena Voss, answers calls on weekdays.

Is the test hard?

About 64% pass it at the first attempt.
"##,
        expect![[r#"
            = Board of Tide Pilots
            # License classes
             list
              all [3] @5-9
             list
              - Class A=Vessels up to 60 feet. Requires 300 hours at sea. @5
             list
              - Class B=Vessels up to 120 feet. Requires the Class A license and 900 hours at sea. @7
             list
              - Class C=All vessels. Requires the Class B license and a written test. @9
            # Fees
             keys
              k Application=$75 @13
              k Test=$150 @14
              k Renewal (3 years)=$60 @15
            # Fees › Who can I call?
             answer ← Who can I call?
              The board secretary, Lena Voss, answers calls on weekdays. @19
            # Fees › Is the test hard?
             answer ← Is the test hard?
              About 64% pass it at the first attempt. @23
        "#]],
    );
}

#[test]
fn an_article_with_a_numbered_ranking() {
    check(
        r##"5 Short Courses That Lead to Work

By Rita Sand | March 4, 2022

Not everybody wants a degree. These courses take a year or less.

1. Stone Setting

Stone setters lay floors and walls of cut stone. A course takes 20 weeks and costs about $3,900.

2. Hedge Laying

Hedge layers keep old hedges alive. A course takes one winter.

3. Bell Tuning

Bell tuners are few. The only course is in Marl and takes 50 weeks.

What you should ask before you enroll

Is the price final?
Does the school help with a job?
Who teaches?

Bottom line: Visit the school first.
"##,
        expect![[r#"
            = 5 Short Courses That Lead to Work
             p
              Not everybody wants a degree. @5
              These courses take a year or less. @5
            # Stone Setting
             p
              Stone setters lay floors and walls of cut stone. @9
              A course takes 20 weeks and costs about $3,900. @9
            # Hedge Laying
             p
              Hedge layers keep old hedges alive. @13
              A course takes one winter. @13
            # Bell Tuning
             p
              Bell tuners are few. @17
              The only course is in Marl and takes 50 weeks. @17
            # What you should ask before you enroll
             list
              all [3] @21-23
              - Is the price final? @21
              - Does the school help with a job? @22
              - Who teaches? @23
             keys
              k Bottom line=Visit the school first. @25
        "#]],
    );
}
