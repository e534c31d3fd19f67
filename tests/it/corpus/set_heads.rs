//! Headings as many hands set them: in rankings, boxes, comparisons, wikis, chats, above cards. A text beside what is understood of it;
//! `UPDATE_EXPECT=1 cargo test` rewrites the latter.

use expect_test::expect;

use super::check;

#[test]
fn a_ranking_heads_what_it_counts() {
    check(
        r##"Best Rope Schools on the Coast

How We Ranked

Each school could earn up to 100 points.

1. Alder School of Ropes, Northport

Score: 93
Tuition: $11,660

Alder takes the first place again.

2. Birch College, Quayside

Score: 88
Tuition: $34,900

Birch has small classes.

3. Cedar Institute, Eastbay

Score: 81
Tuition: $9,480

Cedar asks for no portfolio.
"##,
        expect![[r#"
            = Best Rope Schools on the Coast
            # How We Ranked
             p
              Each school could earn up to 100 points. @5
            # Alder School of Ropes, Northport
             keys
              k Score=93 @9
              k Tuition=$11,660 @10
             p
              Alder takes the first place again. @12
            # Birch College, Quayside
             keys
              k Score=88 @16
              k Tuition=$34,900 @17
             p
              Birch has small classes. @19
            # Cedar Institute, Eastbay
             keys
              k Score=81 @23
              k Tuition=$9,480 @24
             p
              Cedar asks for no portfolio. @26
        "#]],
    );
}

#[test]
fn a_drawn_box_names_what_it_is_about() {
    check(
        r##"Harbor Viewbook
===============

 ______________________________________
|                                      |
|  ROPE MAKING, A.A.S.       Harbor    |
|  AT A GLANCE                         |
|    Credits ............. 62          |
|    Tuition per credit .. $148        |
|______________________________________|

You will stand on a quay.

 ______________________________________
|                                      |
|  NET REPAIR CERTIFICATE    Harbor    |
|  AT A GLANCE                         |
|    Credits ............. 28          |
|    Starts .............. in May      |
|______________________________________|

Nets are mended by hand.
"##,
        expect![[r#"
            = Harbor Viewbook
            # ROPE MAKING, A.A.S.
             keys
              k ROPE MAKING, A.A.S=Harbor @6
            # ROPE MAKING, A.A.S. › AT A GLANCE
             keys
              k Credits=62 @8
              k Tuition per credit=$148 @9
             p
              You will stand on a quay. @12
            # NET REPAIR CERTIFICATE
             keys
              k NET REPAIR CERTIFICATE=Harbor @16
            # NET REPAIR CERTIFICATE › AT A GLANCE
             keys
              k Credits=28 @18
              k Starts=in May @19
             p
              Nets are mended by hand. @22
        "#]],
    );
}

#[test]
fn names_head_what_they_are_and_their_rows() {
    check(
        r##"Rope Faculty

Miriam Castell
Professor and Chair
Ph.D., Northmoor University
Office: Sayre Hall 301
Phone: 555-222-0101

Paul Remington
Lecturer
M.S., Southmoor University
Office: Sayre Hall 210
Phone: 555-222-0110
"##,
        expect![[r#"
            = Rope Faculty
            # Miriam Castell
             p
              Professor and Chair @4
             p
              Ph.D., Northmoor University @5
             keys
              k Office=Sayre Hall 301 @6
              k Phone=555-222-0101 @7
            # Paul Remington
             p
              Lecturer @10
             p
              M.S., Southmoor University @11
             keys
              k Office=Sayre Hall 210 @12
              k Phone=555-222-0110 @13
        "#]],
    );
}

#[test]
fn pictures_stand_before_headings() {
    check(
        r##"Pinned: Rope Study Group

Hello and welcome to everybody in the group.

📝 CERTIFICATES
Two of them are sold by the guild every year in May.

💰 PAY
Members earned $43,500 in our poll of last June.
"##,
        expect![[r#"
            = Pinned: Rope Study Group
             p
              Hello and welcome to everybody in the group. @3
            # 📝 CERTIFICATES
             p
              Two of them are sold by the guild every year in May. @6
            # 💰 PAY
             p
              Members earned $43,500 in our poll of last June. @9
        "#]],
    );
}

#[test]
fn marks_of_a_wiki_are_no_words_of_a_heading() {
    check(
        r##"Rope Makers

History[edit]

The trade began on the quays of the north.
"##,
        expect![[r#"
            = Rope Makers
            # History
             p
              The trade began on the quays of the north. @5
        "#]],
    );
}

#[test]
fn both_sides_of_a_comparison_stand_beside_one_another() {
    check(
        r##"RIGGERS AND SPLICERS

EDUCATION
---------
Rigger
    A certificate takes nine months at the institute and costs $7,450.

Splicer
    Most learn on the job for about three months and pay nothing.

PAY
---
Rigger
    Yards by the sea pay best, with a median of $72,350 a year.

Splicer
    Pay ranges from $31,700 to $79,200 a year in the whole trade.
"##,
        expect![[r#"
            = RIGGERS AND SPLICERS
            # EDUCATION
            # EDUCATION › Rigger
             p
              A certificate takes nine months at the institute and costs $7,450. @6
            # EDUCATION › Splicer
             p
              Most learn on the job for about three months and pay nothing. @9
            # PAY
            # PAY › Rigger
             p
              Yards by the sea pay best, with a median of $72,350 a year. @14
            # PAY › Splicer
             p
              Pay ranges from $31,700 to $79,200 a year in the whole trade. @17
        "#]],
    );
}
