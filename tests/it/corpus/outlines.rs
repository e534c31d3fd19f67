//! Numbered outlines, heads that run into their text, answers of one word, subtitles and lists inside sentences. A text beside
//! what is understood of it.

use expect_test::expect;

use super::check;

#[test]
fn an_outline_with_numbers() {
    check(
        r##"Redstone College
Handbook of the Glass Programs

1. About the programs
   1.1 Redstone offers a certificate and a diploma in glass.
   1.2 Both are approved by the Board of Crafts. Approval was renewed in 2020.

2. Admission
   2.1 Certificate
       a. A high school diploma
       b. A portfolio of six pieces
   2.2 Diploma (60 credits, two years)
       a. The certificate
       b. A letter from a teacher
   2.3 Late files: They are read in August.

3. How to apply
   3.1 Fill in the form
   3.2 Pay the fee
   3.3 Visit the studio

4. Contact
   4.1 Director: Ilse Moor
   4.2 Office: Kiln House 3
"##,
        expect![[r#"
            = Redstone College
            # Handbook of the Glass Programs
             p
              Handbook of the Glass Programs @2
            # Handbook of the Glass Programs › About the programs
             p
              Redstone offers a certificate and a diploma in glass. @5
             p
              Both are approved by the Board of Crafts. @6
              Approval was renewed in 2020. @6
            # Handbook of the Glass Programs › Admission
            # Handbook of the Glass Programs › Admission › Certificate
             list
              all [2] @10-11
              - A high school diploma @10
              - A portfolio of six pieces @11
            # Handbook of the Glass Programs › Admission › Diploma (60 credits, two years)
             p
              Diploma (60 credits, two years) @12
             list ← Diploma (60 credits, two years)
              all [2] @12-14
              - The certificate @13
              - A letter from a teacher @14
             keys
              k Late files=They are read in August. @15
            # Handbook of the Glass Programs › How to apply
             list
              all [3] @18-20
              - Fill in the form @18
              - Pay the fee @19
              - Visit the studio @20
            # Handbook of the Glass Programs › Contact
             keys
              k Director=Ilse Moor @23
              k Office=Kiln House 3 @24
        "#]],
    );
}

#[test]
fn steps_stay_a_list() {
    check(
        r##"Applying to Redstone

How to apply

1. Apply online
2. Send transcripts
3. Pay the fee
4. Visit the studio

3.5 GPA or higher
2.0 GPA in the last year

Both are needed.
"##,
        expect![[r#"
            = Applying to Redstone
            # How to apply
             list
              all [4] @5-8
              - Apply online @5
              - Send transcripts @6
              - Pay the fee @7
              - Visit the studio @8
            # How to apply › 3.5 GPA or higher
             p
              2.0 GPA in the last year @11
             p
              Both are needed. @13
        "#]],
    );
}

#[test]
fn heads_that_run_into_their_text() {
    check(
        r##"Glass Blowers

What they do
Glass blowers shape hot glass with a pipe.

Important qualities
Steadiness. They hold heavy pipes for a long time.
Sense of color. They mix colors that change with the heat. A mistake shows only when the glass is cold.
Patience. They wait for the kiln to cool.

How it is done
Step 1: Gather the glass on the pipe and turn it.
Step 2: Blow a small bubble and let it cool.
Step 3: Cut the piece off and put it into the kiln.

Studio rules
- Eyes: Wear the dark glasses at all times.
- Hands: Never touch the pipe above the mark.
- Hair: Tie long hair back before you begin.

Housing. Students live in the old mill.
"##,
        expect![[r#"
            = Glass Blowers
            # What they do
             p
              Glass blowers shape hot glass with a pipe. @4
            # Important qualities
             list
              all [3] @7-9
             list
              - Steadiness=They hold heavy pipes for a long time. @7
             list
              - Sense of color=They mix colors that change with the heat. A mistake shows only when the glass is cold. @8
             list
              - Patience=They wait for the kiln to cool. @9
            # How it is done
             keys
              all [3] @12-14
             keys
              k Step 1=Gather the glass on the pipe and turn it. @12
             keys
              k Step 2=Blow a small bubble and let it cool. @13
             keys
              k Step 3=Cut the piece off and put it into the kiln. @14
            # Studio rules
             keys
              all [3] @17-19
             keys
              k Eyes=Wear the dark glasses at all times. @17
             keys
              k Hands=Never touch the pipe above the mark. @18
             keys
              k Hair=Tie long hair back before you begin. @19
             p
              Housing. Students live in the old mill. @21
        "#]],
    );
}

#[test]
fn answers_of_one_word() {
    check(
        r##"Questions about the Mill School

Can I study in the evening?
No. Classes meet from nine to three.

Is there a fee?
Yes, it is $40.

What does it take?
Patience. You will spin wool for a year before you weave.

Do I need a loom?
Not at first: the school lends you one for the whole year.
"##,
        expect![[r#"
            = Questions about the Mill School
            # Can I study in the evening?
             answer ← Can I study in the evening?
              No. Classes meet from nine to three. @4
            # Is there a fee?
             answer ← Is there a fee?
              Yes, it is $40. @7
            # What does it take?
             answer ← What does it take?
              Patience. You will spin wool for a year before you weave. @10
            # Do I need a loom?
             answer ← Do I need a loom?
              Not at first: the school lends you one for the whole year. @13
        "#]],
    );
}

#[test]
fn subtitles_and_drawn_headings() {
    check(
        r##"Mill School
Weaving Diploma: Questions We Are Often Asked

~~ COURSES ~~
=> Spinning ........ $90
=> Dyeing .......... $120

=== People ===
Head of school - Ada Merle
Registrar - Tom Quill

DIPLOMA IN WEAVING          48 credits

The diploma takes two years. The courses are: Spinning, Dyeing, Loom Care and Pattern Drafting.

You will also take classes like:

History of Cloth, Natural Fibers, Design and Color

Core courses (12 credits)
Spinning
Dyeing
Weaving
Workshops (6 credits)
Felt
Lace
Final project (3 credits)
"##,
        expect![[r#"
            = Weaving Diploma: Questions We Are Often Asked
              source: Mill School
            # COURSES
             keys
              k Spinning=$90 @5
              k Dyeing=$120 @6
            # People
             list
              all [2] @9-10
              - Head of school - Ada Merle @9
              - Registrar - Tom Quill @10
            # DIPLOMA IN WEAVING
             keys
              k DIPLOMA IN WEAVING=48 credits @12
             p
              The diploma takes two years. @14
             list ← The courses are:
              all [4] @14
              - Spinning @14
              - Dyeing @14
              - Loom Care @14
              - Pattern Drafting @14
             p
              You will also take classes like: @16
             list ← You will also take classes like:
              all [3] @16-18
              - History of Cloth @18
              - Natural Fibers @18
              - Design and Color @18
             p
              Core courses (12 credits) @20
             list ← Core courses (12 credits)
              all [3] @20-23
              - Spinning @21
              - Dyeing @22
              - Weaving @23
             p
              Workshops (6 credits) @24
             list ← Workshops (6 credits)
              all [2] @24-26
              - Felt @25
              - Lace @26
             list
              - Final project (3 credits) @27
        "#]],
    );
}

#[test]
fn lines_lettered_in_capitals_are_a_list_where_they_count_on() {
    check(
        "Saddlers\n\nTo be licensed:\n\n  A. Be 18 years old.\n  B. Pass the saddle exam of the\n     Harbor Board.\n  C. Pay the fee.\n\n\
         A. Smith founded the board in 1994.\n",
        expect![[r#"
            = Saddlers
             p
              To be licensed: @3
             list ← To be licensed:
              all [3] @3-8
              - Be 18 years old. @5
              - Pass the saddle exam of the Harbor Board. @6-7
              - Pay the fee. @8
             p
              A. Smith founded the board in 1994. @10
        "#]],
    );
}

#[test]
fn what_an_award_teaches_stands_under_it_even_if_it_is_told_once() {
    check(
        "Saddlery Degrees: Program Information\n\nSaddlery may be studied at two levels.\n\nCertificate in Saddlery\n\nThe certificate takes one \
         year of study.\n\nEducation Prerequisites\n\nA diploma is required of all who apply.\n\nAssociate's Degree in Saddlery\n\nThe degree takes two \
         years of study.\n\nEducation Prerequisites\n\nThe certificate is required of all who apply.\n\nCommon Coursework\n\nStudents learn to cut, to \
         sew and to mend.\n\nTerms You Will Meet\n\nA tree is the frame of a saddle.\n",
        expect![[r#"
            = Saddlery Degrees: Program Information
             p
              Saddlery may be studied at two levels. @3
            # Certificate in Saddlery
             p
              The certificate takes one year of study. @7
            # Certificate in Saddlery › Education Prerequisites
             p
              A diploma is required of all who apply. @11
            # Associate's Degree in Saddlery
             p
              The degree takes two years of study. @15
            # Associate's Degree in Saddlery › Education Prerequisites
             p
              The certificate is required of all who apply. @19
            # Associate's Degree in Saddlery › Common Coursework
             p
              Students learn to cut, to sew and to mend. @23
            # Terms You Will Meet
             p
              A tree is the frame of a saddle. @27
        "#]],
    );
}
