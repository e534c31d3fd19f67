//! Tables and pairs as many hands set them: stacked headers, groups, wrapped cells, empty cells. A text beside what is understood of
//! it; `UPDATE_EXPECT=1 cargo test` rewrites the latter.

use expect_test::expect;

use super::check;

#[test]
fn two_colons_part_a_word_from_what_it_is() {
    check(
        r##"Words of the Quay

A.R. (Associate of Ropes) :: A two-year degree meant for going to work. Some of its
    credits may not transfer.

Bight :: A loop in a rope that the
    Harbor Board does not count.

Splice :: Two ropes joined by their strands.
"##,
        expect![[r#"
            = Words of the Quay
             keys
              all [3] @3-9
             keys
              k A.R. (Associate of Ropes)=A two-year degree meant for going to work. Some of its credits may not transfer. @3-4
             keys
              k Bight=A loop in a rope that the Harbor Board does not count. @6-7
             keys
              k Splice=Two ropes joined by their strands. @9
        "#]],
    );
}

#[test]
fn a_header_of_several_lines_names_the_columns() {
    check(
        r##"Rope Jobs by County

                      Employment   Employment   Growth    Annual
                        in 2022      in 2032     rate    openings
Ardenne                   3,140        3,560     13.4%        212
Bresse                    1,020        1,100      7.8%         80
Cluny                       410          430      4.9%         30
"##,
        expect![[r#"
            = Rope Jobs by County
             table ← Employment Employment Growth Annual in 2022 in 2032 rate openings
              r Ardenne | in 2022=3,140 | in 2032=3,560 | rate=13.4% | openings=212 @5
              r Bresse | in 2022=1,020 | in 2032=1,100 | rate=7.8% | openings=80 @6
              r Cluny | in 2022=410 | in 2032=430 | rate=4.9% | openings=30 @7
        "#]],
    );
}

#[test]
fn lines_group_the_rows_below_them() {
    check(
        r##"Median Starting Salary by Major

Major                                       2021-22      2022-23      2023-24
School of Ropes
  Rigging                                    52,000       54,500       57,000
  Splicing                                   55,000       56,100       59,400
School of Nets
  Net Making                                 68,000       70,200       73,500
"##,
        expect![[r#"
            = Median Starting Salary by Major
             table
              r Major | 2021-22 | 2022-23 | 2023-24 @3
            # School of Ropes
             table
              r Major=Rigging | 2021-22=52,000 | 2022-23=54,500 | 2023-24=57,000 @5
              r Major=Splicing | 2021-22=55,000 | 2022-23=56,100 | 2023-24=59,400 @6
            # School of Nets
             table
              r Major=Net Making | 2021-22=68,000 | 2022-23=70,200 | 2023-24=73,500 @8
        "#]],
    );
}

#[test]
fn a_cell_goes_on_in_the_next_line() {
    check(
        r##"Closed Schools

Name                          County     Date          Reason
First Knot Training           Dunmore    11/30/2022    Pass rate below 60%
                                                       for two years
Valley Rope Center            Briar      05/01/2023    Closed
Health fee for students and
  their families              Briar      05/02/2023    Merged
"##,
        expect![[r#"
            = Closed Schools
             table ← Name County Date Reason
              r Name=First Knot Training | County=Dunmore | Date=11/30/2022 | Reason=Pass rate below 60% for two years @4-5
              r Name=Valley Rope Center | County=Briar | Date=05/01/2023 | Reason=Closed @6
              r Name=Health fee for students and their families | County=Briar | Date=05/02/2023 | Reason=Merged @7-8
        "#]],
    );
}

#[test]
fn a_row_above_other_text_names_no_columns() {
    check(
        r##"Rope Specialist

The specialist is somebody who makes ropes on the quays of the north.

RIGGING ROOM   SPLICING ROOM   NET ROOM

About the program
The degree teaches you to make ropes of every kind.

Term 1
ROP 1010   Knots   4
ROP 1020   Fibers   3
Term 2
ROP 1120   Splices   4
ROP 1150   Blocks   4
"##,
        expect![[r#"
            = Rope Specialist
             p
              The specialist is somebody who makes ropes on the quays of the north. @3
             table
              r RIGGING ROOM | SPLICING ROOM | NET ROOM @5
            # About the program
             p
              The degree teaches you to make ropes of every kind. @8
            # Term 1
             table
              r ROP 1010 | Knots | 4 @11
              r ROP 1020 | Fibers | 3 @12
            # Term 2
             table
              r ROP 1120 | Splices | 4 @14
              r ROP 1150 | Blocks | 4 @15
        "#]],
    );
}

#[test]
fn a_bullet_alone_stands_before_the_next_line() {
    check(
        r##"Harbor Brochure

Why Harbor
•
Small classes
•
Day and evening sections
•
A boat for every student
"##,
        expect![[r#"
            = Harbor Brochure
            # Why Harbor
             list
              all [3] @5-9
              - Small classes @5
              - Day and evening sections @7
              - A boat for every student @9
        "#]],
    );
}

#[test]
fn what_a_colon_opens_below_a_term_is_told_of_it() {
    check(
        r##"Rope Hygiene

Program director
: Dr. Hanneke Oort

Median wage
: $34.10 per hour
: up from $32.75 in 2021
"##,
        expect![[r#"
            = Rope Hygiene
             keys
              k Program director=Dr. Hanneke Oort @3-4
              k Median wage=$34.10 per hour : up from $32.75 in 2021 @6-8
        "#]],
    );
}

#[test]
fn tabs_keep_empty_cells() {
    check(
        "Papers to Send\n\nDone\tTask\tBy\nx\tOrder papers\tOct 1\n\tWrite a letter\tNov 20\nx\tPay the fee\tDec 1\n",
        expect![[r#"
            = Papers to Send
             table ← Done Task By
              r Done=x | Task=Order papers | By=Oct 1 @4
              r Task=Write a letter | By=Nov 20 @5
              r Done=x | Task=Pay the fee | By=Dec 1 @6
        "#]],
    );
}

#[test]
fn commas_keep_empty_cells() {
    check(
        r##"Salaries of Riggers

Job,Years,City,Base,Bonus
Rigger,2,Port Alder,"$96,500","$6,000"
Rigger,5,Kilner,"$112,000",
"Splicer, senior",4,Estbury,"$84,200","$3,500"
"##,
        expect![[r#"
            = Salaries of Riggers
             table ← Job,Years,City,Base,Bonus
              r Job=Rigger | Years=2 | City=Port Alder | Base=$96,500 | Bonus=$6,000 @4
              r Job=Rigger | Years=5 | City=Kilner | Base=$112,000 @5
              r Job=Splicer, senior | Years=4 | City=Estbury | Base=$84,200 | Bonus=$3,500 @6
        "#]],
    );
}

#[test]
fn pairs_below_a_sentence_are_no_list() {
    check(
        r##"Refunds at Harbor

Students who withdraw receive a refund of tuition as follows:

Before the first day of class
100%
Through day 7
90%
Through day 14
50%
"##,
        expect![[r#"
            = Refunds at Harbor
             p
              Students who withdraw receive a refund of tuition as follows: @3
             keys
              k Before the first day of class=100% @5-6
              k Through day 7=90% @7-8
              k Through day 14=50% @9-10
        "#]],
    );
}
