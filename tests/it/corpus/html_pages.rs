//! Pages as programs write them: buttons that open a text, bullets of letters, cells across columns, names of courses. A page beside what is
//! understood of it; `UPDATE_EXPECT=1 cargo test` rewrites the latter.

use expect_test::{Expect, expect};

#[track_caller]
fn check(body: &str, expected: Expect) {
    let page = format!("<html><body><main><h1>Rigging</h1>{body}</main></body></html>");
    super::check_named("page-1.html", &page, expected);
}

#[test]
fn buttons_that_open_a_text_head_it() {
    check(
        "<h2><button class=\"accordion-button\">Admission</button></h2><p>Riggers apply in May.</p>\
         <h2>Aid <button>Toggle</button></h2><p>Aid is paid in June.</p>\
         <button class=\"accordion\">Housing</button><div><p>Huts stand at the quay.</p></div>\
         <button>Apply now</button>",
        expect![[r#"
            = Rigging
            # Admission
             p
              Riggers apply in May. @1
            # Aid
             p
              Aid is paid in June. @1
            # Aid › Housing
             p
              Huts stand at the quay. @1
        "#]],
    );
}

#[test]
fn paragraphs_behind_bullets_are_a_list() {
    check(
        "<p>A student is able to:</p><p class=MsoListParagraph>·  Tie a knot</p>\
         <p class=MsoListParagraph>·  Climb a mast</p><p>Others are not.</p>",
        expect![[r#"
            = Rigging
             p
              A student is able to: @1
             list ← A student is able to:
              all [2] @1
              - Tie a knot @1
              - Climb a mast @1
             p
              Others are not. @1
        "#]],
    );
}

#[test]
fn cells_across_columns() {
    check(
        "<table><tr><th>Course</th><th>Day</th><th>Evening</th></tr>\
         <tr><td colspan=3>Ropes</td></tr><tr><td>Knots</td><td>$40</td><td>$50</td></tr>\
         <tr><td>Tools</td><td colspan=2>$12</td></tr>\
         <tr><th>Sails</th><th>Morning</th><th>Night</th></tr><tr><td>Canvas</td><td>$7</td><td>$8</td></tr></table>",
        expect![[r#"
            = Rigging
            # Ropes
             table ← Course Day Evening
              r Course=Knots | Day=$40 | Evening=$50 @1
              r Course=Tools | Day=$12 | Evening=$12 @1
             table ← Sails Morning Night
              r Sails=Canvas | Morning=$7 | Night=$8 @1
        "#]],
    );
}

#[test]
fn names_of_courses_in_bold_head_what_is_said_of_them() {
    check(
        "<p><b>RIG 120. Knots. 3 Hours.</b></p><p>Knots of all kinds.</p>\
         <p><b>Prerequisite:</b> RIG 101. <b>Offered:</b> Spring.</p>",
        expect![[r#"
            = Rigging
            # RIG 120. Knots. 3 Hours.
             p
              Knots of all kinds. @1
             keys
              k Prerequisite=RIG 101. @1
              k Offered=Spring. @1
        "#]],
    );
}

#[test]
fn what_a_page_sets_apart_without_a_space() {
    check(
        "<div><span>94%</span><span>Job placement</span></div><p>H<b>e</b>llo, <b>R</b>igger.</p>",
        expect![[r#"
            = Rigging
             p
              94% Job placement @1
             p
              Hello, Rigger. @1
        "#]],
    );
}
