//! Titles, headings and boilerplate of raw text. A text beside what is understood of it; `UPDATE_EXPECT=1 cargo test` rewrites the latter.

use expect_test::{Expect, expect};

use super::dump::dump;

#[track_caller]
fn check(path: &str, text: &str, expected: Expect) {
    expected.assert_eq(&dump(path, text));
}

#[test]
fn capitals_above_title_case() {
    check(
        "page-1.txt",
        r##"Home
Programs
Admissions
About Us
Contact

Degrees > Health > Dental Hygiene

DENTAL HYGIENE ASSOCIATE DEGREE
Dental hygienists clean teeth and look for signs of oral disease. They work
with dentists in private offices. The program at Larkfield College takes two
years and is accredited by the Commission on Dental Accreditation (CODA), a
body of the U.S. Department of Education.

ADMISSION REQUIREMENTS
High school diploma or GED
Minimum GPA of 2.75
Two letters of recommendation
CPR certification

CURRICULUM
The following courses are part of the program:
Anatomy and Physiology
Dental Materials
Radiology
Periodontology

Clinical Practice
Students spend 600 hours in the campus clinic. Each student treats at least
40 patients before graduation.

SALARY AND OUTLOOK
According to the BLS, the median salary was $74,070 in 2018. Jobs will grow
11% from 2018 to 2028.

Share this page
© 2019 Larkfield College. All rights reserved.
"##,
        expect![[r#"
            = DENTAL HYGIENE ASSOCIATE DEGREE
             p
              Dental hygienists clean teeth and look for signs of oral disease. @10
              They work with dentists in private offices. @10-11
              The program at Larkfield College takes two years and is accredited by the Commission on Dental Accreditation (CODA), a body of the U.S. Department of Education. @11-13
            # ADMISSION REQUIREMENTS
             list
              all [4] @16-19
              - High school diploma or GED @16
              - Minimum GPA of 2.75 @17
              - Two letters of recommendation @18
              - CPR certification @19
            # CURRICULUM
             p
              The following courses are part of the program: @22
             list ← The following courses are part of the program:
              all [4] @22-26
              - Anatomy and Physiology @23
              - Dental Materials @24
              - Radiology @25
              - Periodontology @26
            # CURRICULUM › Clinical Practice
             p
              Students spend 600 hours in the campus clinic. @29
              Each student treats at least 40 patients before graduation. @29-30
            # SALARY AND OUTLOOK
             p
              According to the BLS, the median salary was $74,070 in 2018. @33
              Jobs will grow 11% from 2018 to 2028. @33-34
        "#]],
    );
}

#[test]
fn numbered_headings() {
    check(
        "page-1.txt",
        r##"1. Overview
The Bachelor of Science in Nursing (B.S.N.) prepares students for the NCLEX-RN. It takes four years.

2. Courses
a) Pharmacology
b) Microbiology
c) Nursing research

3. Admission
3.1 Freshmen
Freshmen need a 3.0 GPA.
3.2 Transfer students
Transfer students need 60 credits and a 3.2 GPA.

4. Cost
In-state tuition per year ........ $9,400
Out-of-state tuition per year .... $21,000
Books ............................ $1,200
"##,
        expect![[r#"
            = The Bachelor of Science in Nursing (B.S.N.) prepares students for the NCLEX-RN
            # Overview
             p
              The Bachelor of Science in Nursing (B.S.N.) prepares students for the NCLEX-RN. @2
              It takes four years. @2
            # Courses
             list
              all [3] @5-7
              - Pharmacology @5
              - Microbiology @6
              - Nursing research @7
            # Admission
            # Admission › Freshmen
             p
              Freshmen need a 3.0 GPA. @11
            # Admission › Transfer students
             p
              Transfer students need 60 credits and a 3.2 GPA. @13
            # Cost
             keys
              k In-state tuition per year=$9,400 @16
              k Out-of-state tuition per year=$21,000 @17
              k Books=$1,200 @18
        "#]],
    );
}

#[test]
fn underlined_and_wrapped() {
    check(
        "page-1.txt",
        r##"Physical Therapist Assistant
============================

Overview
--------

Physical therapist assistants (PTAs) work under the direction of physical
therapists. Some of their duties include:

* helping patients do exercises,
* using massage and stretching, and
* teaching family members what to do after
  treatment ends.

Licensure
---------
All states require PTAs to be licensed or certified. Candidates must pass the
National Physical Therapy Exam, which is administered by the Federation of
State Boards of Physical Therapy (e.g. for PTAs: the NPTE-PTA).
"##,
        expect![[r#"
            = Physical Therapist Assistant
            # Overview
             p
              Physical therapist assistants (PTAs) work under the direction of physical therapists. @7-8
              Some of their duties include: @8
             list ← Some of their duties include:
              all [3] @8-13
              - helping patients do exercises, @10
              - using massage and stretching, and @11
              - teaching family members what to do after treatment ends. @12-13
            # Licensure
             p
              All states require PTAs to be licensed or certified. @17
              Candidates must pass the National Physical Therapy Exam, which is administered by the Federation of State Boards of Physical Therapy (e.g. for PTAs: the NPTE-PTA). @17-19
        "#]],
    );
}

#[test]
fn no_blank_lines_at_all() {
    check(
        "page-1.txt",
        r##"Master of Business Administration (MBA)
An MBA teaches management. It is offered online, on campus and as a hybrid.
Admission
You need a bachelor's degree, two years of work experience and a GMAT score of at least 550.
Core courses
Accounting
Finance
Marketing
Operations management
Tuition and fees
The program costs $38,000. Fees add $1,200 a year.
Concentrations:
• Healthcare
• Data analytics
• Entrepreneurship
Contact: mba@example.edu
"##,
        expect![[r#"
            = Master of Business Administration (MBA)
             p
              An MBA teaches management. @2
              It is offered online, on campus and as a hybrid. @2
            # Admission
             p
              You need a bachelor's degree, two years of work experience and a GMAT score of at least 550. @4
            # Core courses
             list
              all [4] @6-9
              - Accounting @6
              - Finance @7
              - Marketing @8
              - Operations management @9
            # Tuition and fees
             p
              The program costs $38,000. @11
              Fees add $1,200 a year. @11
             p
              Concentrations: @12
             list ← Concentrations:
              all [3] @12-15
              - Healthcare @13
              - Data analytics @14
              - Entrepreneurship @15
             keys
              k Contact=mba@example.edu @16
        "#]],
    );
}

#[test]
fn contents_and_contacts() {
    check(
        "page-1.txt",
        r##"Occupational Therapy
====================
Table of contents
Overview
Salary

Overview

Occupational therapists help people live on their own. They work in hospitals, schools and clinics. A master's degree
is needed. See also: Physical Therapy.

Salary

State: Median wage
Ohio: $84,000
Texas: $91,000

Note: These figures are from 2019.

For more information about the program, contact:

Dr. A. Smith
Admissions Office
123 Main Street
Denver, CO 80201
"##,
        expect![[r#"
            = Occupational Therapy
            # Overview
             p
              Occupational therapists help people live on their own. @9
              They work in hospitals, schools and clinics. @9
              A master's degree is needed. @9-10
              See also: Physical Therapy. @10
            # Salary
             keys
              k State=Median wage @14
              k Ohio=$84,000 @15
              k Texas=$91,000 @16
             keys
              k Note=These figures are from 2019. @18
             p
              For more information about the program, contact: @20
             list ← For more information about the program, contact:
              all [4] @20-25
              - Dr. A. Smith @22
              - Admissions Office @23
              - 123 Main Street @24
              - Denver, CO 80201 @25
        "#]],
    );
}

#[test]
fn stars_left_over_from_bold() {
    check(
        "page-1.txt",
        r##"**Graphic Design Diploma**

**Overview**
The diploma takes 1 year.

**Courses:**
Typography
Color theory
Web design

**Cost:** $9,000
**Start dates:** January, May

__Careers__

Graphic designers earned $52,110 in 2019 [1]. The field shrinks by 4 %. (See the note below.) Some work for themselves.

[1] BLS, 2019.
"##,
        expect![[r#"
            = Graphic Design Diploma
            # Overview
             p
              The diploma takes 1 year. @4
             p
              **Courses:** @6
             list ← **Courses:**
              all [3] @6-9
              - Typography @7
              - Color theory @8
              - Web design @9
             keys
              k Cost=$9,000 @11
              k Start dates=January, May @12
            # Careers
             p
              Graphic designers earned $52,110 in 2019 [1]. @16
              The field shrinks by 4 %. @16
              (See the note below.) @16
              Some work for themselves. @16
             list
              - BLS, 2019. @18
        "#]],
    );
}
