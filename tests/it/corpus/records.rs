//! Records: the same facts about one subject after another in one text. What stands in a record stands under its name. A text beside
//! what is understood of it.

use expect_test::expect;

use super::check;

#[test]
fn a_heading_that_returns_stands_inside_the_name_above_it() {
    check(
        r##"School of the Harbor
Facts for applicants

Rope Making

Length
20 weeks

Tuition
$900

Seats
12

Courses in order
Fibers
Knots
Splices

Sail Mending

Length
30 weeks

Tuition
$1,200

Seats
9

Courses in order
Cloth
Seams
Rigging
"##,
        expect![[r#"
            = School of the Harbor
            # Facts for applicants
             p
              Facts for applicants @2
            # Facts for applicants › Rope Making
             keys
              k Length=20 weeks @6-7
              k Tuition=$900 @9-10
              k Seats=12 @12-13
            # Facts for applicants › Rope Making › Courses in order
             list
              all [3] @16-18
              - Fibers @16
              - Knots @17
              - Splices @18
            # Facts for applicants › Sail Mending
             keys
              k Length=30 weeks @22-23
              k Tuition=$1,200 @25-26
              k Seats=9 @28-29
            # Facts for applicants › Sail Mending › Courses in order
             list
              all [3] @32-34
              - Cloth @32
              - Seams @33
              - Rigging @34
        "#]],
    );
}

#[test]
fn a_label_that_returns_names_the_records() {
    check(
        r##"School of the Harbor

Choosing a program

We teach two programs. Compare them with the boxes below.

PROGRAM
Rope Making Diploma

Length
20 weeks

Tuition
$900

Seats
12

PROGRAM
Sail Mending Certificate

Length
30 weeks

Tuition
$1,200

Seats
9
"##,
        expect![[r#"
            = Choosing a program
              source: School of the Harbor
             p
              We teach two programs. @5
              Compare them with the boxes below. @5
            # Rope Making Diploma
             keys
              k Length=20 weeks @10-11
              k Tuition=$900 @13-14
              k Seats=12 @16-17
            # Sail Mending Certificate
             keys
              k Length=30 weeks @22-23
              k Tuition=$1,200 @25-26
              k Seats=9 @28-29
        "#]],
    );
}
