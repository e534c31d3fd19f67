//! Keys with values, tables, questions with answers. A text beside what is understood of it; `UPDATE_EXPECT=1 cargo test` rewrites the latter.

use expect_test::{Expect, expect};

use super::dump::dump;

#[track_caller]
fn check(path: &str, text: &str, expected: Expect) {
    expected.assert_eq(&dump(path, text));
}

#[test]
fn box_of_facts_and_questions() {
    check(
        "page-1.txt",
        r##"Welding Technology Certificate | Northgate Technical Institute
Welding Technology Certificate

Program length
9 months
Tuition
$6,200
Delivery
On campus
Credits
32

What will I learn?
You learn shielded metal arc welding, gas metal arc welding and blueprint reading. Safety comes first.

How much does it cost?
Tuition is $6,200. Tools cost about $450.

Do I need experience?
No. The program starts with the basics. A high school diploma is recommended, but not required.

Career paths

Welder
Pipefitter
Boilermaker
Inspector

Job outlook

Welders earned a median of $41,380 per year as of May 2018. Employment is expected to grow 3%.
"##,
        expect![[r#"
            = Welding Technology Certificate
             keys
              k Program length=9 months @4-5
              k Tuition=$6,200 @6-7
              k Delivery=On campus @8-9
              k Credits=32 @10-11
            # What will I learn?
             answer ← What will I learn?
              You learn shielded metal arc welding, gas metal arc welding and blueprint reading. @14
              Safety comes first. @14
            # How much does it cost?
             answer ← How much does it cost?
              Tuition is $6,200. @17
              Tools cost about $450. @17
            # Do I need experience?
             answer ← Do I need experience?
              No. The program starts with the basics. @20
              A high school diploma is recommended, but not required. @20
            # Career paths
             list
              all [4] @24-27
              - Welder @24
              - Pipefitter @25
              - Boilermaker @26
              - Inspector @27
            # Job outlook
             p
              Welders earned a median of $41,380 per year as of May 2018. @31
              Employment is expected to grow 3%. @31
        "#]],
    );
}

#[test]
fn tables_by_tabs_spaces_and_pipes() {
    check(
        "page-1.txt",
        r##"Careers in Paralegal Studies

Occupation	Median salary	Growth
Paralegal	$50,940	12%
Legal secretary	$46,360	-21%
Court reporter	$57,150	7%

Source: U.S. Bureau of Labor Statistics
Retrieved: 2019-04-03

Level      Length     Credits
Certificate   1 year     30
Associate     2 years    60
Bachelor      4 years    120

School | City | Tuition
Ashby College | Denver | $12,000
Brook State | Boise | $8,700
"##,
        expect![[r#"
            = Careers in Paralegal Studies
              source: U.S. Bureau of Labor Statistics
              date: 2019-04-03
             table ← Occupation Median salary Growth
              r Occupation=Paralegal | Median salary=$50,940 | Growth=12% @4
              r Occupation=Legal secretary | Median salary=$46,360 | Growth=-21% @5
              r Occupation=Court reporter | Median salary=$57,150 | Growth=7% @6
             keys
              k Source=U.S. Bureau of Labor Statistics @8
              k Retrieved=2019-04-03 @9
             table ← Level Length Credits
              r Level=Certificate | Length=1 year | Credits=30 @12
              r Level=Associate | Length=2 years | Credits=60 @13
              r Level=Bachelor | Length=4 years | Credits=120 @14
             table ← School | City | Tuition
              r School=Ashby College | City=Denver | Tuition=$12,000 @17
              r School=Brook State | City=Boise | Tuition=$8,700 @18
        "#]],
    );
}

#[test]
fn a_share_may_name_a_column() {
    check(
        "page-1.txt",
        "Riggers and welders\n\nWages in dollars\n\nOccupation\tLowest 10%\tMedian\nRiggers\t$30,180\t$49,870\nWelders\t$31,450\t$48,260\n",
        expect![[r#"
            = Riggers and welders
            # Wages in dollars
             table ← Occupation Lowest 10% Median
              r Occupation=Riggers | Lowest 10%=$30,180 | Median=$49,870 @6
              r Occupation=Welders | Lowest 10%=$31,450 | Median=$48,260 @7
        "#]],
    );
}

#[test]
fn questions_and_answers() {
    check(
        "page-1.txt",
        r##"Q: How long is the program?
A: Most students finish in 18 months. Part-time students need about 30 months.

Q: Is financial aid available?
A: Yes. Fill in the FAFSA.
It opens on October 1.

Q. Can I study online?
A. No. All classes meet on campus.
"##,
        expect![[r#"
            = How long is the program?
             answer ← How long is the program?
              Most students finish in 18 months. @2
              Part-time students need about 30 months. @2
             answer ← Is financial aid available?
              Yes. Fill in the FAFSA. @5
             answer ← Is financial aid available?
              It opens on October 1. @6
             answer ← Can I study online?
              No. All classes meet on campus. @9
        "#]],
    );
}

#[test]
fn facts_above_codes() {
    check(
        "page-1.txt",
        r##"Program: Associate of Applied Science in Culinary Arts
Institution: Harbor Community College
Degree Level: Associate
Duration: 2 years (60 credits)
Tuition: $142 per credit
Prerequisites: High school diploma; placement test

Description: The program teaches cooking, baking and kitchen management. Students run a restaurant. They cook for guests each Friday. Graduates may take the CCC exam.

Courses
 - CUL 101 - Kitchen Basics (3 credits)
 - CUL 120 - Baking (4 credits)
 - CUL 210 - Menu Planning (3 credits)
"##,
        expect![[r#"
            = Associate of Applied Science in Culinary Arts
             keys
              k Program=Associate of Applied Science in Culinary Arts @1
              k Institution=Harbor Community College @2
              k Degree Level=Associate @3
              k Duration=2 years (60 credits) @4
              k Tuition=$142 per credit @5
              k Prerequisites=High school diploma; placement test @6
             p
              Description: The program teaches cooking, baking and kitchen management. @8
              Students run a restaurant. @8
              They cook for guests each Friday. @8
              Graduates may take the CCC exam. @8
            # Courses
             list
              all [3] @11-13
              - CUL 101 - Kitchen Basics (3 credits) @11
              - CUL 120 - Baking (4 credits) @12
              - CUL 210 - Menu Planning (3 credits) @13
        "#]],
    );
}

#[test]
fn labels_above_values_and_steps() {
    check(
        "page-1.txt",
        r##"How to Become a Radiologic Technologist
By Jane Miller
Updated March 3, 2020

Radiologic technologists perform diagnostic imaging examinations. They are also known as radiographers.

Step 1: Earn a Degree

Most technologists hold an associate's degree. Programs take two years.

Step 2: Get Licensed

Most states require a license. The ARRT exam has 220 questions.

Important Facts About This Occupation

Median Salary (2018)
$59,520
Job Outlook (2018-2028)
9% growth
Key Skills
Attention to detail, physical stamina, interpersonal skills
Similar Occupations
Nuclear medicine technologists, radiation therapists
"##,
        expect![[r#"
            = How to Become a Radiologic Technologist
              date: March 3, 2020
             p
              Radiologic technologists perform diagnostic imaging examinations. @5
              They are also known as radiographers. @5
            # Step 1: Earn a Degree
             p
              Step 1: Earn a Degree @7
             p
              Most technologists hold an associate's degree. @9
              Programs take two years. @9
            # Step 2: Get Licensed
             p
              Step 2: Get Licensed @11
             p
              Most states require a license. @13
              The ARRT exam has 220 questions. @13
            # Important Facts About This Occupation
             keys
              k Median Salary (2018)=$59,520 @17-18
              k Job Outlook (2018-2028)=9% growth @19-20
              k Key Skills=Attention to detail, physical stamina, interpersonal skills @21-22
              k Similar Occupations=Nuclear medicine technologists, radiation therapists @23-24
        "#]],
    );
}

#[test]
fn dots_columns_and_open_labels() {
    check(
        "page-1.txt",
        r##"PHARMACY TECHNICIAN CERTIFICATE
Brightwater Career College

AT A GLANCE
Award.................Certificate
Length.................36 weeks
Tuition & Fees.........$11,450
Format:
Evening classes
Campus:
Tulsa

REQUIRED COURSES (24 CREDITS)
PHT 100   Introduction to Pharmacy     3
PHT 110   Pharmacology I               4
PHT 120   Pharmacy Law and Ethics      3

WHO EMPLOYS GRADUATES?
Hospitals, retail pharmacies, mail-order pharmacies.

CERTIFICATION
Graduates may sit for the PTCE, given by the Pharmacy Technician Certification Board
(PTCB). The exam fee is $129.
"##,
        expect![[r#"
            = PHARMACY TECHNICIAN CERTIFICATE
            # Brightwater Career College
             p
              Brightwater Career College @2
            # Brightwater Career College › AT A GLANCE
             keys
              k Award=Certificate @5
              k Length=36 weeks @6
              k Tuition & Fees=$11,450 @7
             keys
              k Format=Evening classes @8-9
              k Campus=Tulsa @10-11
            # Brightwater Career College › REQUIRED COURSES (24 CREDITS)
             table
              r PHT 100 | Introduction to Pharmacy | 3 @14
              r PHT 110 | Pharmacology I | 4 @15
              r PHT 120 | Pharmacy Law and Ethics | 3 @16
            # Brightwater Career College › REQUIRED COURSES (24 CREDITS) › WHO EMPLOYS GRADUATES?
             answer ← WHO EMPLOYS GRADUATES?
              Hospitals, retail pharmacies, mail-order pharmacies. @19
            # Brightwater Career College › CERTIFICATION
             p
              Graduates may sit for the PTCE, given by the Pharmacy Technician Certification Board (PTCB). @22-23
              The exam fee is $129. @23
        "#]],
    );
}
