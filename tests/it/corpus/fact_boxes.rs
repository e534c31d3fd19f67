//! Facts that pages set in boxes and tables: keys above their values, a cell on each line, headers of two lines. A text beside
//! what is understood of it.

use expect_test::expect;

use super::check;

#[test]
fn boxes_that_repeat_for_every_subject() {
    check(
        r##"Trades of the Harbor: Profiles
Bureau of Dock Work

ROPE MAKERS

Quick Facts
Median pay, 2021:
$41,200 per year
Usual training:
Apprenticeship
Number of jobs, 2021:
3,400

Outlook
Few openings are expected. Most ropes are made by machines.

SAIL MENDERS

Quick Facts
Median pay, 2021:
$38,750 per year
Usual training:
Apprenticeship
Number of jobs, 2021:
1,150

Outlook
Openings depend on the number of old ships.
"##,
        expect![[r#"
            = Trades of the Harbor: Profiles
            # Bureau of Dock Work
             p
              Bureau of Dock Work @2
            # Bureau of Dock Work › ROPE MAKERS
            # Bureau of Dock Work › ROPE MAKERS › Quick Facts
             keys
              k Median pay, 2021=$41,200 per year @7-8
              k Usual training=Apprenticeship @9-10
              k Number of jobs, 2021=3,400 @11-12
            # Bureau of Dock Work › ROPE MAKERS › Outlook
             p
              Few openings are expected. @15
              Most ropes are made by machines. @15
            # Bureau of Dock Work › SAIL MENDERS
            # Bureau of Dock Work › SAIL MENDERS › Quick Facts
             keys
              k Median pay, 2021=$38,750 per year @20-21
              k Usual training=Apprenticeship @22-23
              k Number of jobs, 2021=1,150 @24-25
            # Bureau of Dock Work › SAIL MENDERS › Outlook
             p
              Openings depend on the number of old ships. @28
        "#]],
    );
}

#[test]
fn a_box_without_figures_is_told_by_its_keys() {
    check(
        r##"Oakmoor Graduate School
Master of Fine Binding

At a glance
Degree
Master of Fine Binding (M.F.B.)
Credit hours
36
Format
Hybrid: weekends in Oakmoor plus online
Concentrations
Leather; Vellum; Conservation
Program director
Dr. Hale Winter

What to bring
Bone folder
Needles
Linen thread
Waxed paper
Steel ruler
A pencil
"##,
        expect![[r#"
            = Master of Fine Binding
              source: Oakmoor Graduate School
            # At a glance
             keys
              k Degree=Master of Fine Binding (M.F.B.) @5-6
              k Credit hours=36 @7-8
              k Format=Hybrid: weekends in Oakmoor plus online @9-10
              k Concentrations=Leather; Vellum; Conservation @11-12
              k Program director=Dr. Hale Winter @13-14
            # What to bring
             list
              all [6] @17-22
              - Bone folder @17
              - Needles @18
              - Linen thread @19
              - Waxed paper @20
              - Steel ruler @21
              - A pencil @22
        "#]],
    );
}

#[test]
fn tables_with_a_cell_on_each_line() {
    check(
        r##"Titles of the Guild of Clock Menders

Compare titles

Title
Level
Fee
Passing score

Clock Aide (CA)
Entry
$120
65%

Clock Mender (CM)
Journeyman
$240
70%

Tower Keeper (TK)
Master
$415
80%

Wages by county
County
Menders
Mean wage
Ashford
210
$44,100
Brill
95
$39,870
Corley
130
$41,320

Contacts
Guild office
Exam desk
Library
"##,
        expect![[r#"
            = Titles of the Guild of Clock Menders
            # Compare titles
             table ← Title Level Fee Passing score
              r Title=Clock Aide (CA) | Level=Entry | Fee=$120 | Passing score=65% @10-13
              r Title=Clock Mender (CM) | Level=Journeyman | Fee=$240 | Passing score=70% @15-18
              r Title=Tower Keeper (TK) | Level=Master | Fee=$415 | Passing score=80% @20-23
            # Wages by county
             table ← County Menders Mean wage
              r County=Ashford | Menders=210 | Mean wage=$44,100 @29-31
              r County=Brill | Menders=95 | Mean wage=$39,870 @32-34
              r County=Corley | Menders=130 | Mean wage=$41,320 @35-37
            # Contacts
             list
              all [3] @40-42
              - Guild office @40
              - Exam desk @41
              - Library @42
        "#]],
    );
}

#[test]
fn headers_of_two_lines() {
    check(
        r##"Two Schools of Weaving

                    Mill                Old Quay
                    School              Academy
Award               Diploma             Certificate
Length              24 months           10 months
Tuition             $8,400              $5,150

1. Spinner (SP)
Fee: $60
Valid for: two years

2. Weaver (WV)
Fee: $95
Valid for: three years

Facts: Weavers
2020 median pay
$33,100 per year
Usual training
None
Jobs, 2020
6,200
"##,
        expect![[r#"
            = Two Schools of Weaving
             table ← Mill Old Quay School Academy
              r Award | Mill=Diploma | Old Quay=Certificate @5
              r Length | Mill=24 months | Old Quay=10 months @6
              r Tuition | Mill=$8,400 | Old Quay=$5,150 @7
            # Spinner (SP)
             keys
              k Fee=$60 @10
              k Valid for=two years @11
            # Weaver (WV)
             keys
              k Fee=$95 @14
              k Valid for=three years @15
            # Facts: Weavers
             keys
              k 2020 median pay=$33,100 per year @18-19
              k Usual training=None @20-21
              k Jobs, 2020=6,200 @22-23
        "#]],
    );
}

#[test]
fn a_schedule_in_aligned_columns() {
    check(
        r##"EVENING SCHOOL OF MAPS

Fall timetable

Course              Day        Hours        Room   Fee
Hand Lettering      Mon        6-8 pm       12     $85
Field Sketching     Tue, Thu   5-7 pm              $140
Old Maps            Wed        6-9 pm       3      $110

Teachers: Ned Carrow (lettering), Ola Finch (sketching)

You will need the following: pencils, a ruler and good shoes.
"##,
        expect![[r#"
            = EVENING SCHOOL OF MAPS
            # Fall timetable
             table ← Course Day Hours Room Fee
              r Course=Hand Lettering | Day=Mon | Hours=6-8 pm | Room=12 | Fee=$85 @6
              r Course=Field Sketching | Day=Tue, Thu | Hours=5-7 pm | Fee=$140 @7
              r Course=Old Maps | Day=Wed | Hours=6-9 pm | Room=3 | Fee=$110 @8
             keys
              k Teachers=Ned Carrow (lettering), Ola Finch (sketching) @10
             p
              You will need the following: pencils, a ruler and good shoes. @12
        "#]],
    );
}
