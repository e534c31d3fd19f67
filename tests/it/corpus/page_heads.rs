//! How a page is told from its site, and its headings from its lists: names below banners, tables of contents, levels, labels that a
//! paragraph took in. A text beside what is understood of it; `UPDATE_EXPECT=1 cargo test` rewrites the latter.

use expect_test::expect;

use super::{check, check_named};

#[test]
fn the_name_of_a_page_stands_below_its_site_and_menu() {
    check_named(
        "rope-splicer-salary.txt",
        "RopeLedger\nSkip to content\nTrades   Salaries   Newsletter\n\nHow Much Do Rope Splicers Make?\n\nSplicers earn $40,000.\n",
        expect![[r#"
            = How Much Do Rope Splicers Make?
              source: RopeLedger
             p
              Splicers earn $40,000. @7
        "#]],
    );
}

#[test]
fn a_file_with_a_plain_name_is_called_what_its_text_speaks_of() {
    let told = "basketry keeps willow and ".repeat(60);
    check(
        &format!("Knotwise\nGuides for quiet people\n\nCareers in Basketry\n\n{told}\n"),
        expect![[r#"
            = Careers in Basketry
              source: Knotwise
             p
              basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry @6
              keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and basketry keeps willow and @6
        "#]],
    );
}

#[test]
fn a_table_of_contents_tells_the_headings() {
    check(
        r##"Rigging at Quay College
Overview
Admission
Curriculum
Overview
Riggers work on ships.
Applicants must
be 18
hold a card
pass a test
Admission
Admission is open all year.
Curriculum
Term 1
Knots
Blocks
Term 2
Splices
Sails
"##,
        expect![[r#"
            = Rigging at Quay College
            # Overview
             p
              Riggers work on ships. @6
             p
              Applicants must @7
             list ← Applicants must
              all [3] @7-10
              - be 18 @8
              - hold a card @9
              - pass a test @10
            # Admission
             p
              Admission is open all year. @12
            # Curriculum
            # Curriculum › Term 1
             list
              all [2] @15-16
              - Knots @15
              - Blocks @16
            # Curriculum › Term 2
             list
              all [2] @18-19
              - Splices @18
              - Sails @19
        "#]],
    );
}

#[test]
fn the_last_line_of_a_paragraph_that_is_no_sentence_heads_what_follows() {
    check(
        r##"Report on Rigging

The mission of the school was revised in 2021 after a survey of those
who had left it. It stands in the catalog and on the site.
Follow-up
None is required before the next visit, which takes place in the year
2026 in the hall.
"##,
        expect![[r#"
            = Report on Rigging
             p
              The mission of the school was revised in 2021 after a survey of those who had left it. @3-4
              It stands in the catalog and on the site. @4
            # Follow-up
             p
              None is required before the next visit, which takes place in the year 2026 in the hall. @6-7
        "#]],
    );
}

#[test]
fn headings_that_stand_further_in_are_parts() {
    check(
        r##"History of Ropes

Undergraduate study

  Bachelor of Arts

   The degree takes four years and a thesis.

  Minor

   The minor takes eighteen credits.

Graduate study

  Master of Arts

   The degree takes two years.

  Doctor of Arts

   The degree takes five years.
"##,
        expect![[r#"
            = History of Ropes
            # Undergraduate study
            # Undergraduate study › Bachelor of Arts
             p
              The degree takes four years and a thesis. @7
            # Undergraduate study › Minor
             p
              The minor takes eighteen credits. @11
            # Graduate study
            # Graduate study › Master of Arts
             p
              The degree takes two years. @17
            # Graduate study › Doctor of Arts
             p
              The degree takes five years. @21
        "#]],
    );
}

#[test]
fn capitals_below_other_headings_are_their_parts() {
    check(
        r##"Dates at Quay College

First-Year Students

Apply in the fall of the year before.

Transfer Students

FALL ENTRY
Apply by: March 15
Deposit by: June 1

SPRING ENTRY
Apply by: October 15
Deposit by: December 1

Other Students

They follow the same dates as others do.
"##,
        expect![[r#"
            = Dates at Quay College
            # First-Year Students
             p
              Apply in the fall of the year before. @5
            # Transfer Students
            # Transfer Students › FALL ENTRY
             keys
              k Apply by=March 15 @10
              k Deposit by=June 1 @11
            # Transfer Students › SPRING ENTRY
             keys
              k Apply by=October 15 @14
              k Deposit by=December 1 @15
            # Other Students
             p
              They follow the same dates as others do. @19
        "#]],
    );
}

#[test]
fn a_list_copied_from_a_page_ends_where_a_part_of_the_page_begins() {
    check(
        r##"Rigging

You will learn to:

Tie knots of many kinds
Climb a mast
Curriculum

The first year is spent ashore. The second is not.
"##,
        expect![[r#"
            = Rigging
             p
              You will learn to: @3
             list ← You will learn to:
              all [2] @3-6
              - Tie knots of many kinds @5
              - Climb a mast @6
            # Curriculum
             p
              The first year is spent ashore. @9
              The second is not. @9
        "#]],
    );
}

#[test]
fn a_quotation_over_two_lines_heads_nothing() {
    check(
        r##"Why Quay College?

Rigging is taught by three people.

“The teachers knew my name
on the first day.”
Ardel Brennock

Fees are low.
"##,
        expect![[r#"
            = Why Quay College?
             p
              Rigging is taught by three people. @3
             p
              “The teachers knew my name @5
             p
              on the first day.” @6
             p
              Ardel Brennock @7
             p
              Fees are low. @9
        "#]],
    );
}

#[test]
fn entries_of_a_catalog_whose_codes_end_in_full_stops() {
    check(
        r##"Courses of Rigging

RIG 315. Structure of Masts (4)
What a mast is made of. Two trips are required. Fall.

RIG 340. Tides (3)
How water moves. Prerequisite: RIG 101. Spring.
"##,
        expect![[r#"
            = Courses of Rigging
             list
              all [2] @3-7
            # RIG 315. Structure of Masts (4)
             p
              RIG 315. @3
              Structure of Masts (4) @3
             p
              What a mast is made of. @4
              Two trips are required. @4
              Fall. @4
            # RIG 340. Tides (3)
             p
              RIG 340. @6
              Tides (3) @6
             p
              How water moves. @7
              Prerequisite: RIG 101. @7
              Spring. @7
        "#]],
    );
}

#[test]
fn pros_and_cons_are_those_of_what_stands_above_them() {
    check(
        r##"Riggers and Splicers

Pros and Cons

Rigger
Pros
High masts
Sea air
Cons
Storms
Splicer
Pros
Dry feet
Warm hands
Cons
Dull days
Low pay

Pay

Both earn little.
"##,
        expect![[r#"
            = Riggers and Splicers
            # Pros and Cons
            # Rigger
            # Rigger › Pros
             list
              all [2] @7-8
              - High masts @7
              - Sea air @8
            # Rigger › Cons
             list
              - Storms @10
            # Splicer
            # Splicer › Pros
             list
              all [2] @13-14
              - Dry feet @13
              - Warm hands @14
            # Splicer › Cons
             list
              all [2] @16-17
              - Dull days @16
              - Low pay @17
            # Pay
             p
              Both earn little. @21
        "#]],
    );
}

#[test]
fn a_list_ends_where_a_heading_stands_above_another() {
    check(
        r##"Rigging

Tasks are:
Tying knots of rope
Climbing the mast
Mending a sail
Kinds of Degrees
Associate Degree
An associate degree takes two years. It is enough for most.

Awards

Edna Colby Award
$2,500 in May
For people of the harbor who have tied knots for three years.
"##,
        expect![[r#"
            = Rigging
             p
              Tasks are: @3
             list ← Tasks are:
              all [3] @3-6
              - Tying knots of rope @4
              - Climbing the mast @5
              - Mending a sail @6
            # Kinds of Degrees
            # Associate Degree
             p
              An associate degree takes two years. @9
              It is enough for most. @9
            # Awards
            # Edna Colby Award
             p
              $2,500 in May @14
             p
              For people of the harbor who have tied knots for three years. @15
        "#]],
    );
}
