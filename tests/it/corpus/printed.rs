//! What print and a program for typing leave in a text: page numbers and running heads, lines broken in the middle of a sentence, numbered
//! parts, names in capitals above sections that return. A text beside what is understood of it.

use expect_test::expect;

use super::check;
use super::dump::dump;

#[test]
fn page_numbers_and_running_heads_are_no_text() {
    check(
        "Catalog of the Kiln School\n\nFIRING\n\nStudents fire the kiln twice a week. Each firing is watched by a\n\
         teacher of the school.\n\n                         Catalog of the Kiln School                         12\n\n\
         GLAZES\n\nGlazes are mixed in the cellar. The fee is $40.\n\n                         Catalog of the Kiln \
         School                         13\n\nRULES\n\nNobody works alone at night.\n\n                         \
         Catalog of the Kiln School                         14\n",
        expect![[r#"
            = Catalog of the Kiln School
            # FIRING
             p
              Students fire the kiln twice a week. @5
              Each firing is watched by a teacher of the school. @5-6
            # GLAZES
             p
              Glazes are mixed in the cellar. @12
              The fee is $40. @12
            # RULES
             p
              Nobody works alone at night. @18
        "#]],
    );
}

#[test]
fn capitals_that_return_stand_under_the_names_that_do_not() {
    check(
        "Trades at Moor End\n\nStudents of Stone Masonry and of Roof Thatching share a yard.\n\nSTONE MASONRY\n\nMasons are taught in the yard.\n\n\
         ADMISSION\n\nA pair of boots is needed to begin.\n\nFEES\n\nThe year costs $900.\n\nROOF THATCHING\n\nThatchers are taught on \
         roofs.\n\nADMISSION\n\nNobody is turned away here.\n\nFEES\n\nThe year costs $700.\n",
        expect![[r#"
            = Trades at Moor End
             p
              Students of Stone Masonry and of Roof Thatching share a yard. @3
            # STONE MASONRY
             p
              Masons are taught in the yard. @7
            # STONE MASONRY › ADMISSION
             p
              A pair of boots is needed to begin. @11
            # STONE MASONRY › FEES
             p
              The year costs $900. @15
            # ROOF THATCHING
             p
              Thatchers are taught on roofs. @19
            # ROOF THATCHING › ADMISSION
             p
              Nobody is turned away here. @23
            # ROOF THATCHING › FEES
             p
              The year costs $700. @27
        "#]],
    );
}

#[test]
fn sections_stand_under_the_award_above_them() {
    check(
        "Trades at Moor End\n\nWelding (AAS)\n\nThe degree is for those who weld.\n\nTuition\n\nThe year costs $900.\n\nWelding Certificate\n\n\
         The certificate is shorter.\n\nTuition\n\nIt costs $700.\n",
        expect![[r#"
            = Trades at Moor End
            # Welding (AAS)
             p
              The degree is for those who weld. @5
            # Welding (AAS) › Tuition
             p
              The year costs $900. @9
            # Welding Certificate
             p
              The certificate is shorter. @13
            # Welding Certificate › Tuition
             p
              It costs $700. @17
        "#]],
    );
}

#[test]
fn numbers_count_parts_that_have_headings_of_their_own() {
    check(
        "Handbook of the Loom House\n\n1. Weavers\n\nWhat they do\nWeavers work at looms all day.\n\nWhat they earn\nWeavers earn $19 an hour.\n\n\
         2. Dyers\n\nWhat they do\nDyers stir vats of wool.\n\nWhat they earn\nDyers earn $17 an hour.\n",
        expect![[r#"
            = Handbook of the Loom House
            # Weavers
            # Weavers › What they do
             p
              Weavers work at looms all day. @6
            # Weavers › What they earn
             p
              Weavers earn $19 an hour. @9
            # Dyers
            # Dyers › What they do
             p
              Dyers stir vats of wool. @14
            # Dyers › What they earn
             p
              Dyers earn $17 an hour. @17
        "#]],
    );
}

#[test]
fn a_sentence_goes_on_in_the_next_line_and_never_ends_in_a_title() {
    check(
        "The Rope Walk\n\nQuestions about places are answered by the head of the school, Dr.\nHale Winter, who is there on Mondays, and by\n\
         the office.\n\nPrerequisite:\nA course in knots of at least ten weeks.\n",
        expect![[r#"
            = The Rope Walk
             p
              Questions about places are answered by the head of the school, Dr. Hale Winter, who is there on Mondays, and by the office. @3-5
             p
              Prerequisite: @7
             list ← Prerequisite:
              all [1] @7-8
              - A course in knots of at least ten weeks. @8
        "#]],
    );
}

#[test]
fn a_list_of_contents_is_told_from_one_that_a_colon_introduces() {
    check(
        "Basket Making\n\nOn this page\n\nTools you need\nWho teaches\n\nThe certificate has three parts:\n\nWillow\nReed\nSplint\n\nTools you need\n\n\
         A knife and a bodkin are lent to all.\n\nWho teaches\n\nMakers of the town teach.\n\nWillow\n\nWillow is soaked for a day.\n\nReed\n\nReed is \
         split by hand.\n\nSplint\n\nSplint is cut from ash.\n",
        expect![[r#"
            = Basket Making
             p
              The certificate has three parts: @8
             list ← The certificate has three parts:
              all [3] @8-12
              - Willow @10
              - Reed @11
              - Splint @12
            # Tools you need
             p
              A knife and a bodkin are lent to all. @16
            # Who teaches
             p
              Makers of the town teach. @20
            # Willow
             p
              Willow is soaked for a day. @24
            # Reed
             p
              Reed is split by hand. @28
            # Splint
             p
              Splint is cut from ash. @32
        "#]],
    );
}

#[test]
fn what_leads_to_a_page_is_not_its_name() {
    check(
        "Tallow College | Programs | Trades\n\nCandle Making by Hand\n\nThe certificate takes ten weeks.\n",
        expect![[r#"
            = Candle Making by Hand
             p
              The certificate takes ten weeks. @5
        "#]],
    );
}

#[test]
fn a_box_drawn_with_signs_is_a_heading() {
    check(
        "+----------------------------+\n|  Diploma in Clock Repair   |\n+----------------------------+\n\nThe diploma takes a year. It costs \
         $2,100.\n\n+----------------------------+\n|  How to apply              |\n+----------------------------+\n\nWrite to the \
         workshop before June.\n",
        expect![[r#"
            = Diploma in Clock Repair
             p
              The diploma takes a year. @5
              It costs $2,100. @5
            # How to apply
             p
              Write to the workshop before June. @11
        "#]],
    );
}

#[test]
fn questions_in_bold_head_their_answers() {
    expect![[r#"
        = Saddlers: questions
        # How long is it?
         answer ← How long is it?
          Two years. @5
        # Is it open in winter?
         answer ← Is it open in winter?
          No. @9
    "#]]
    .assert_eq(&dump(
        "faq.md",
        "# Saddlers: questions\n\n**How long is it?**\n\nTwo years.\n\n**Is it open in winter?**\n\nNo.\n",
    ));
}

#[test]
fn agreements_that_are_counted_head_what_follows() {
    check(
        "Transfer\n\nAgreement 1: Moor End College\n\nThe school takes thirty credits.\n\nAgreement 2: Tallow College\n\nThe school takes \
         twenty credits.\n",
        expect![[r#"
            = Transfer
            # Agreement 1: Moor End College
             p
              Agreement 1: Moor End College @3
             p
              The school takes thirty credits. @5
            # Agreement 2: Tallow College
             p
              Agreement 2: Tallow College @7
             p
              The school takes twenty credits. @9
        "#]],
    );
}
