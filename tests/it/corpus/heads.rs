//! What stands above a page: menus, banners, the name of the page among them, and the names of columns for all that follows. A text
//! beside what is understood of it.

use expect_test::{Expect, expect};

use super::dump::dump;

#[track_caller]
fn check(path: &str, text: &str, expected: Expect) {
    expected.assert_eq(&dump(path, text));
}

#[test]
fn a_menu_stands_between_the_site_and_the_name_of_the_page() {
    check(
        "rope-making-programs.txt",
        r##"GuideHarbor
Home
Find a Program
Crafts
Sea & Shore

Rope Making Programs

By Ada Merle | Reviewed by Prof. Otto Lund, RM | Updated March 14, 2023

Rope makers twist fibers into ropes. The work is done by hand.
"##,
        expect![[r#"
            = Rope Making Programs
              source: GuideHarbor
             p
              Rope makers twist fibers into ropes. @11
              The work is done by hand. @11
        "#]],
    );
    // One end of the run is known from menus, or it is none.
    check(
        "page-1.txt",
        r##"Rope Making
Fibers
Knots
Splices
Nets

They are taught in this order.
"##,
        expect![[r#"
            = Rope Making
             list
              all [4] @2-5
              - Fibers @2
              - Knots @3
              - Splices @4
              - Nets @5
             p
              They are taught in this order. @7
        "#]],
    );
    // A picture before a word of a menu changes nothing.
    check(
        "page-1.txt",
        "☰ Menu\nRope Making\n\nThe work is done by hand.\n",
        expect![[r#"
        = Rope Making
         p
          The work is done by hand. @4
    "#]],
    );
}

#[test]
fn the_name_of_the_file_tells_the_title_from_the_banner() {
    check(
        "rope-making-facts.txt",
        r##"HARBOR STATE COLLEGE
Rope Making and Rigging: the facts

The course takes a year. It begins in May.
"##,
        expect![[r#"
            = Rope Making and Rigging: the facts
              source: HARBOR STATE COLLEGE
             p
              The course takes a year. @4
              It begins in May. @4
        "#]],
    );
    check(
        "rope-making-facts.txt",
        "HARBOR STATE COLLEGE\nPages of the workshop\nThe rope making course: its facts\n\nIt takes a year.\n",
        expect![[r#"
            = The rope making course: its facts
              source: HARBOR STATE COLLEGE
             p
              It takes a year. @5
        "#]],
    );
    // A banner that says as much stays the title, and so does a question.
    check(
        "harbor-college.txt",
        "Harbor State College\nWelcome to the college by the harbor\n\nIt lies on the bay.\n",
        expect![[r#"
            = Harbor State College
            # Welcome to the college by the harbor
             p
              Welcome to the college by the harbor @2
             p
              It lies on the bay. @4
        "#]],
    );
    check(
        "rope-making.txt",
        "READY TO GO?\nRope making, step by step\n\nThe course takes a year.\n",
        expect![[r#"
            = READY TO GO?
            # Rope making, step by step
             p
              Rope making, step by step @2
             p
              The course takes a year. @4
        "#]],
    );
}

#[test]
fn a_row_names_the_page_below_a_banner() {
    check(
        "page-1.txt",
        "FACT SHEET\nProgram: Certificate in Rope Making\nLength: 10 months\n\nTuition: $400\n",
        expect![[r#"
            = Certificate in Rope Making
            # FACT SHEET
             keys
              k Program=Certificate in Rope Making @2
              k Length=10 months @3
             keys
              k Tuition=$400 @5
        "#]],
    );
    // Each record has such a row: none of them names the page.
    check(
        "page-1.txt",
        "FACT SHEETS\nProgram: Rope Making\nLength: 10 months\n\nProgram: Sail Mending\nLength: 4 months\n",
        expect![[r#"
            = FACT SHEETS
             keys
              k Program=Rope Making @2
              k Length=10 months @3
             keys
              k Program=Sail Mending @5
              k Length=4 months @6
        "#]],
    );
}

#[test]
fn a_code_and_a_name_in_capitals_head_their_program() {
    check(
        "page-1.txt",
        r##"Harbor School

RM-C   ROPE MAKING CERTIFICATE

Credits: 32
Length: two semesters

Required courses
ROP 101	Fibers	4
ROP 104	Knots	4

SM-C   SAIL MENDING CERTIFICATE

Credits: 12
Length: one semester
"##,
        expect![[r#"
            = Harbor School
            # RM-C ROPE MAKING CERTIFICATE
             p
              RM-C ROPE MAKING CERTIFICATE @3
             keys
              k Credits=32 @5
              k Length=two semesters @6
            # RM-C ROPE MAKING CERTIFICATE › Required courses
             table
              r ROP 101 | Fibers | 4 @9
              r ROP 104 | Knots | 4 @10
            # SM-C SAIL MENDING CERTIFICATE
             p
              SM-C SAIL MENDING CERTIFICATE @12
             keys
              k Credits=12 @14
              k Length=one semester @15
        "#]],
    );
}

#[test]
fn columns_are_named_once_for_all_tables() {
    check(
        "page-1.txt",
        r##"Courses of the Harbor School
Code      Title            Credits  Offered

ROPES
ROP 101   Fibers           3        fall
ROP 102   Knots            2        spring

SAILS
SAI 110   Canvas           4        fall
SAI 120   Seams            3        spring
"##,
        expect![[r#"
            = Courses of the Harbor School
             table
              r Code | Title | Credits | Offered @2
            # ROPES
             table
              r Code=ROP 101 | Title=Fibers | Credits=3 | Offered=fall @5
              r Code=ROP 102 | Title=Knots | Credits=2 | Offered=spring @6
            # SAILS
             table
              r Code=SAI 110 | Title=Canvas | Credits=4 | Offered=fall @9
              r Code=SAI 120 | Title=Seams | Credits=3 | Offered=spring @10
        "#]],
    );
}
