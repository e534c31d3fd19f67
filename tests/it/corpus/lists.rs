//! Lists that lost their bullets, nested lists, lead-ins. A text beside what is understood of it; `UPDATE_EXPECT=1 cargo test` rewrites the latter.

use expect_test::{Expect, expect};

use super::dump::dump;

#[track_caller]
fn check(path: &str, text: &str, expected: Expect) {
    expected.assert_eq(&dump(path, text));
}

#[test]
fn items_apart_under_a_lead_in() {
    check(
        "page-1.txt",
        r##"Some common courses include:

Health informatics

Electronic health records

Records management

Career Outlook

The BLS reports that employment of managers is expected to grow by 18% between 2018 and 2028.

Requirements for admission

Applicants must hold a bachelor's degree. Dr. Smith reviews all applications. Mr. J. R. Doe of the U.S. Navy wrote the rules. The office closes at 5 p.m. Students may call then.
"##,
        expect![[r#"
            = Some common courses include
             p
              Some common courses include: @1
             list ← Some common courses include:
              all [3] @1-7
              - Health informatics @3
              - Electronic health records @5
              - Records management @7
            # Career Outlook
             p
              The BLS reports that employment of managers is expected to grow by 18% between 2018 and 2028. @11
            # Requirements for admission
             p
              Applicants must hold a bachelor's degree. @15
              Dr. Smith reviews all applications. @15
              Mr. J. R. Doe of the U.S. Navy wrote the rules. @15
              The office closes at 5 p.m. @15
              Students may call then. @15
        "#]],
    );
}

#[test]
fn items_of_all_kinds() {
    check(
        "page-1.txt",
        r##"Phlebotomy Training

Phlebotomy training programs are short.  Most take one or two
semesters.  Students learn to draw blood.

Coursework might include:
     Anatomy
     Blood collection
     Medical terminology

Certification is offered by several bodies.  These include the American
Society for Clinical Pathology (ASCP), the National Healthcareer
Association (NHA) and American Medical Technologists (AMT).

o Must be 18
o Must pass an exam
o Must complete 100 draws

Skip to main content
"##,
        expect![[r#"
            = Phlebotomy Training
             p
              Phlebotomy training programs are short. @3
              Most take one or two semesters. @3-4
              Students learn to draw blood. @4
             p
              Coursework might include: @6
             list ← Coursework might include:
              all [3] @6-9
              - Anatomy @7
              - Blood collection @8
              - Medical terminology @9
             p
              Certification is offered by several bodies. @11
              These include the American Society for Clinical Pathology (ASCP), the National Healthcareer Association (NHA) and American Medical Technologists (AMT). @11-13
             list
              all [3] @15-17
              - Must be 18 @15
              - Must pass an exam @16
              - Must complete 100 draws @17
        "#]],
    );
}

#[test]
fn nested_and_spaced() {
    check(
        "page-1.txt",
        r##"Real Estate Appraiser Training

Program Highlights

• Online
• Self-paced
    - 12 weeks
    - 24 weeks
• Low cost

Levels

Trainee

A trainee needs 75 hours of courses. The fee is $500.

Licensed Residential

Licensed appraisers need 150 hours.

Certified General

Certified general appraisers need 300 hours and a bachelor's degree.

Exam Topics

Real Estate Markets

Property Description

Land Valuation

Cost Approach

Contact Information

Call 555-0100 for details about the program.
"##,
        expect![[r#"
            = Real Estate Appraiser Training
            # Program Highlights
             list
              all [3] @5-9
              - Online @5
              - Self-paced @6
              - Low cost @9
             list ← Self-paced
              all [2] @6-8
              - 12 weeks @7
              - 24 weeks @8
            # Levels
            # Trainee
             p
              A trainee needs 75 hours of courses. @15
              The fee is $500. @15
            # Licensed Residential
             p
              Licensed appraisers need 150 hours. @19
            # Certified General
             p
              Certified general appraisers need 300 hours and a bachelor's degree. @23
            # Exam Topics
             list
              all [4] @27-33
              - Real Estate Markets @27
              - Property Description @29
              - Land Valuation @31
              - Cost Approach @33
            # Contact Information
             p
              Call 555-0100 for details about the program. @37
        "#]],
    );
}

#[test]
fn items_that_end_like_sentences() {
    check(
        "page-1.txt",
        r##"Veterinary Technician Programs in Ohio
Here is a list of schools:
1. Ashby College, 2-year, $4,300 per year
2. Brook State, 2-year, $5,100 per year
   Note that Brook State has a waiting list of
   one year.
3. Cole Institute, 18 months, $13,000

Admission to these programs requires:
- high school diploma or GED;
- biology and chemistry with a grade of C or better; and
- 40 hours of observation.

Graduates sit for the Veterinary Technician National Exam (VTNE).

Vet techs earn $36,260/year (median, 2020, BLS).
Growth is 15%
No license is needed in 5 states
"##,
        expect![[r#"
            = Veterinary Technician Programs in Ohio
             p
              Here is a list of schools: @2
             list ← Here is a list of schools:
              all [3] @2-7
              - Ashby College, 2-year, $4,300 per year @3
              - Brook State, 2-year, $5,100 per year Note that Brook State has a waiting list of one year. @4-6
              - Cole Institute, 18 months, $13,000 @7
             p
              Admission to these programs requires: @9
             list ← Admission to these programs requires:
              all [3] @9-12
              - high school diploma or GED; @10
              - biology and chemistry with a grade of C or better; and @11
              - 40 hours of observation. @12
             p
              Graduates sit for the Veterinary Technician National Exam (VTNE). @14
             p
              Vet techs earn $36,260/year (median, 2020, BLS). @16
             p
              Growth is 15% @17
             p
              No license is needed in 5 states @18
        "#]],
    );
}

#[test]
fn a_list_without_headings() {
    check(
        "page-1.txt",
        r##"The Associate of Science in Fire Science is offered by Redmond Community College in Idaho. It takes two years to complete.

Students must be 18 years old.
Requirements include:

Valid driver's license

Physical ability test

Background check

The fire academy meets on Saturdays and includes live fire training.

Firefighters had a median wage of $50,850 in 2019. The top 10 percent earned more than $92,020.
"##,
        expect![[r#"
            = The Associate of Science in Fire Science is offered by Redmond Community College in Idaho
             p
              The Associate of Science in Fire Science is offered by Redmond Community College in Idaho. @1
              It takes two years to complete. @1
             p
              Students must be 18 years old. @3
             p
              Requirements include: @4
             list ← Requirements include:
              all [3] @4-10
              - Valid driver's license @6
              - Physical ability test @8
              - Background check @10
             p
              The fire academy meets on Saturdays and includes live fire training. @12
             p
              Firefighters had a median wage of $50,850 in 2019. @14
              The top 10 percent earned more than $92,020. @14
        "#]],
    );
}
