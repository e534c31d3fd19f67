//! Saved pages. A page beside what is understood of it; `UPDATE_EXPECT=1 cargo test` rewrites the latter. And what holds
//! for every page, however it is written: quotes are bytes of the file, time and memory are bounded.

use std::time::{Duration, Instant};

use expect_test::{Expect, expect};
use proptest::prelude::*;
use registrar::corpus::{Document, RawFile, check, parse};
use registrar::lexicon::text_rules::TextRules;
use registrar::render::discord::card;

use super::dump::dump;
use crate::engine::Bench;

#[track_caller]
fn page(text: &str, expected: Expect) {
    expected.assert_eq(&dump("page-1.html", text));
}

fn read(text: &str) -> Option<Document> {
    let file = RawFile { path: "page-1.html".to_owned(), bytes: text.as_bytes().to_vec() };
    let document = parse(&file, &TextRules::shipped()).0;
    if let Some(document) = &document {
        check(document).expect("the invariants hold");
        assert_eq!(document.file(), text);
    }
    document
}

/// The bytes of the first passage that holds these words.
#[track_caller]
fn quote(text: &str, words: &str, expected: &str) {
    let document = read(text).expect("a document");
    let passage = document.passages.iter().find(|passage| document.slice(&passage.span).contains(words));
    let passage = passage.unwrap_or_else(|| panic!("{words:?} is in no passage of {:?}", document.text));
    assert_eq!(document.quote(&passage.span), expected);
    assert!(text.contains(expected));
}

#[test]
fn a_header_of_two_rows_is_told_whole() {
    page(
        r##"<html><body><main><h1>Rope Pay</h1><table>
<thead><tr><th rowspan="2">Program</th><th colspan="2">Harbor</th></tr><tr><th>Start</th><th>Year 3</th></tr></thead>
<tr><td>Rigging</td><td>$18.20</td><td>$21.00</td></tr>
<tr><td>Splicing</td><td>$17.60</td><td>$19.90</td></tr></table></main></body></html>"##,
        expect![[r#"
            = Rope Pay
             table ← Program Harbor Start Year 3
              r Rigging | Start=$18.20 | Year 3=$21.00 @3
              r Splicing | Start=$17.60 | Year 3=$19.90 @4
        "#]],
    );
}

#[test]
fn summaries_stand_beside_one_another_and_a_name_above_its_columns() {
    page(
        r##"<html><body><main><h1>Rope Makers</h1><h2>Pay</h2>
<details><summary>What does a rigger earn?</summary><p>About $58,300 a year.</p></details>
<details><summary>What does a splicer earn?</summary><p>About $71,000 a year.</p></details>
<h2>Schedule</h2>
<table><tr><td colspan="3"><strong>Fall 2024</strong></td></tr>
<tr><td><strong>Course</strong></td><td><strong>Title</strong></td><td><strong>Days</strong></td></tr>
<tr><td>ROP 101</td><td>Knots</td><td>Mon</td></tr>
<tr><td>ROP 102</td><td>Splices</td><td>Tue</td></tr>
<tr><td colspan="3"><strong>Spring 2025</strong></td></tr>
<tr><td><strong>Course</strong></td><td><strong>Title</strong></td><td><strong>Days</strong></td></tr>
<tr><td>ROP 201</td><td>Cables</td><td>Wed</td></tr></table>
</main></body></html>"##,
        expect![[r#"
            = Rope Makers
            # Pay
            # Pay › What does a rigger earn?
             answer ← What does a rigger earn?
              About $58,300 a year. @2
            # Pay › What does a splicer earn?
             answer ← What does a splicer earn?
              About $71,000 a year. @3
            # Schedule
            # Schedule › Fall 2024
             table ← Course Title Days
              r Course=ROP 101 | Title=Knots | Days=Mon @7
              r Course=ROP 102 | Title=Splices | Days=Tue @8
            # Schedule › Spring 2025
             table ← Course Title Days
              r Course=ROP 201 | Title=Cables | Days=Wed @11
        "#]],
    );
}

#[test]
fn a_whole_page() {
    page(
        r##"<!DOCTYPE html>
<!-- saved from url=(0042)https://example.edu/programs/surg.html -->
<html><head><title>Surgical Technology | Example College</title>
<meta charset="utf-8"><meta property="article:modified_time" content="2026-03-01T10:00:00Z">
<style>p { color: red }</style><script>var a = "<p>No text.</p>";</script></head>
<body class="has-sidebar">
<header><a href="/">Example College</a> <nav><ul><li><a href="/a">Apply</a><li><a href="/b">Visit</a></ul></nav></header>
<main id="content">
<nav class="breadcrumb"><a href="/">Home</a> / Programs</nav>
<h1>Surgical <em>Technology</em></h1>
<p>The program takes <strong>12&nbsp;months</strong> &amp; ends with a
certificate. Graduates earned a median of $47,300 in&#32;2018.</p>
<p><b>Award:</b> Certificate<br><b>Credits:</b> 32</p>
<h2>Courses</h2>
<p>The courses are:</p>
<ul>
  <li>Anatomy</li>
  <li><p>Surgical procedures</p>
    <ol><li>General surgery<li>Orthopedic surgery</ol>
  <li><a href="/pharm">Pharmacology</a>
</ul>
<h3>Is certification required?</h3>
<p>Some states require it.</p>
<dl><dt>Tuition:</dt><dd>$6,480</dd><dt>Where<dd>Main campus<dt>Can I start late?</dt><dd>Yes, until week two.</dd></dl>
<h2>Pay</h2>
<table><caption>Wages by year</caption>
<thead><tr><th>Year<th>Salary</thead>
<tr><td>2017<td>$46,310
<tr><td>2018<td>$47,300
</table>
<table><tr><th>Length</th><td>12 months</td></tr><tr><th>Degree</th><td>Certificate</td></tr></table>
<details><summary>Who may apply?</summary>Anyone with a diploma.</details>
<div class="share-buttons">Share this on a network</div>
</main>
<footer><p>Copyright 2026 Example College</p></footer>
</body></html>
"##,
        expect![[r#"
            = Surgical Technology
              source: Example College
              url: https://example.edu/programs/surg.html
              date: 2026-03-01
             p
              The program takes 12 months & ends with a certificate. @11-12
              Graduates earned a median of $47,300 in 2018. @12
             keys
              k Award=Certificate @13
              k Credits=32 @13
            # Courses
             p
              The courses are: @15
             list ← The courses are:
              all [3] @15-20
              - Anatomy @17
              - Surgical procedures @18
              - Pharmacology @20
             list ← Surgical procedures
              all [2] @18-19
              - General surgery @19
              - Orthopedic surgery @19
            # Courses › Is certification required?
             answer ← Is certification required?
              Some states require it. @23
             keys
              k Tuition=$6,480 @24
              k Where=Main campus @24
            # Courses › Is certification required? › Can I start late?
             answer ← Can I start late?
              Yes, until week two. @24
            # Pay
             p
              Wages by year @26
             table ← Year Salary
              r Year=2017 | Salary=$46,310 @28
              r Year=2018 | Salary=$47,300 @29
             keys
              k Length=12 months @31
              k Degree=Certificate @31
            # Pay › Who may apply?
             answer ← Who may apply?
              Anyone with a diploma. @32
        "#]],
    );
}

#[test]
fn pages_that_lay_out_with_tables_and_lists() {
    page(
        "<body><table><tr><td><h1>Welding</h1><p>The program takes 10 months of full time study at the campus.</p></td>\
         <td><table><tr><td><b>Term</b></td><td><b>Credits</b></td></tr><tr><td>Fall</td><td>12</td></tr>\
         <tr><td>Spring</td><td>15</td></tr></table></td></tr></table>\
         <ul><li><h2>When can I start?</h2><div>Each January and each August.</div></li>\
         <li><h2>How do I pay?</h2><div>With a plan.</div></li></ul></body>",
        expect![[r#"
            = Welding
             p
              The program takes 10 months of full time study at the campus. @1
             table ← Term Credits
              r Term=Fall | Credits=12 @1
              r Term=Spring | Credits=15 @1
            # When can I start?
             answer ← When can I start?
              Each January and each August. @1
            # How do I pay?
             answer ← How do I pay?
              With a plan. @1
        "#]],
    );
}

#[test]
fn tables_with_groups_and_spans() {
    page(
        "<main><h1>Course plan</h1><p>What is taken in which term of the two years, by number and by title, with the credits \
         that it brings, for those who study full time and start in fall.</p>\
         <table><tr><th>Number</th><th>Title</th><th>Credits</th></tr>\
         <tr><th colspan=3>First year</th></tr><tr><td>WEL 101</td><td>Welding I</td><td>4</td></tr>\
         <tr><td rowspan=2>WEL 102</td><td>Welding II</td><td>4</td></tr><tr><td>Laboratory</td><td>1</td></tr>\
         <tr><th colspan=3>Second year</th></tr><tr><td>WEL 201</td><td>Pipes</td><td></td></tr></table></main>",
        expect![[r#"
            = Course plan
             p
              What is taken in which term of the two years, by number and by title, with the credits that it brings, for those who study full time and start in fall. @1
            # First year
             table ← Number Title Credits
              r Number=WEL 101 | Title=Welding I | Credits=4 @1
              r Number=WEL 102 | Title=Welding II | Credits=4 @1
              r Title=Laboratory | Credits=1 @1
            # Second year
             table ← Number Title Credits
              r Number=WEL 201 | Title=Pipes @1
        "#]],
    );
}

#[test]
fn quotes_are_the_bytes_of_the_file() {
    let text = "<p>The <b>program</b> takes\r\n two&nbsp;years &mdash; <a href='x'>full time</a>. It ends\nwith a caf&eacute;.</p>";
    quote(
        text,
        "two years — full",
        "The <b>program</b> takes\r\n two&nbsp;years &mdash; <a href='x'>full time</a>.",
    );
    quote(text, "with a café.", "It ends\nwith a caf&eacute;.");
    quote(
        "\u{feff}<p>H<sub>2</sub>O &lt; CO &notanentity; a & b.",
        "H2O",
        "H<sub>2</sub>O &lt; CO &notanentity; a & b.",
    );
    quote("<table><tr><th>Cost<td>$5 &amp; up</table>", "Cost", "Cost<td>$5 &amp; up");
}

#[test]
fn what_is_no_text_of_the_page_is_left_out() {
    for (kept, text) in [
        ("Kept words.", "<p>Kept words.</p><script>document.write('<p>Lost</p>')</script>"),
        ("Kept words.", "<nav>Lost</nav><p>Kept words.<p hidden>Lost"),
        ("Kept words.", "<div style='display: none'>Lost <div>lost</div> lost</div><p>Kept words."),
        (
            "Kept words.",
            "<div class='site-nav'>Lost</div><div id=page-footer>Lost</div><p class=no-sidebar>Kept words.</p>",
        ),
        (
            "Kept words.",
            "<p>Kept words.</p><noscript>Lost</noscript><select><option>Lost</select><!-- Lost -->",
        ),
        ("Kept words.", "<header>Lost</header><p>Kept words.<footer>Lost"),
    ] {
        let document = read(text).expect("a document");
        assert_eq!(document.text, kept, "{text}");
    }
}

#[test]
fn a_page_without_text_is_a_problem() {
    page(
        "<html><body><nav><a href=a>One</a></nav><script>x</script>",
        expect![[r#"
        ! No text was found in it besides headings and page furniture. Put text in it, or remove it. (skipped)
    "#]],
    );
}

#[test]
fn a_page_answers_with_its_own_bytes() {
    let text = "<title>Welding | Example College</title><h1>Welding</h1><h2>Costs</h2>\n\
                <p>The <b>tuition</b> for welding is <a href='/money'>$2,340</a> &amp; includes all fees.</p>\n\
                <h2>Courses</h2><p>The welding courses are:</p><ul><li>Blueprint <i>reading</i><li>Pipe welding</ul>";
    let bench = Bench::of(vec![read(text).expect("a document")], 0.0);
    for (question, said, quote, shown) in [
        (
            "What is the tuition for welding?",
            "$2,340",
            "The <b>tuition</b> for welding is <a href='/money'>$2,340</a> &amp; includes all fees.",
            "> The tuition for welding is $2,340 & includes all fees.",
        ),
        (
            "Which courses are in welding?",
            "• Blueprint reading\n• Pipe welding",
            "The welding courses are:</p><ul><li>Blueprint <i>reading</i><li>Pipe welding",
            "> Blueprint reading\n> Pipe welding",
        ),
    ] {
        let answer = bench.ask(question);
        bench.hold(&answer);
        assert_eq!(answer.text, said);
        assert_eq!(answer.citations[0].quote, quote);
        let card = card(&answer).content;
        assert!(card.contains(shown) && !card.contains("<b>"), "{card}");
    }
}

#[test]
fn hostile_pages_are_read_in_bounded_time() {
    let many = 100_000;
    let started = Instant::now();
    for text in [
        "<div>".repeat(many) + "deep words",
        "<ul><li>".repeat(many) + "deep words",
        "<table><tr><td>".repeat(many) + "deep words",
        "<b>".repeat(many) + "bold words" + &"</b>".repeat(many),
        "</div></p></table></li>".repeat(many) + "words",
        format!("<p {}>words", "a='b' ".repeat(many)),
        format!("<p class='{}'>words", "x ".repeat(many)),
        format!("<p>words<!--{}", "-".repeat(many)),
        format!("<p>words &{};", "a".repeat(many)),
        "&amp;&".repeat(many) + " words",
        "<".repeat(many) + "words",
        format!(
            "<table><tr>{}<tr><td rowspan=65000 colspan=65000>words",
            "<td colspan=999 rowspan=9>a".repeat(many / 10)
        ),
        "<dl>".repeat(many) + &"<dt>a<dd>b".repeat(many),
        "<tr><td>a".repeat(many),
        "<li>words".repeat(many),
        format!("<title>{}", "words ".repeat(many)),
    ] {
        let _ = read(&text);
    }
    let limit = if cfg!(debug_assertions) { Duration::from_secs(60) } else { Duration::from_secs(10) };
    assert!(started.elapsed() < limit, "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn any_soup_of_tags_keeps_the_invariants(
        parts in prop::collection::vec(
            prop_oneof![
                "[ -~é€😀\n\r]{0,12}",
                prop::sample::select(vec![
                    "<p>", "</p>", "<ul>", "<li>", "</li>", "</ul>", "<table>", "<tr>", "<td>", "<th rowspan=2>", "</table>",
                    "<h2>", "</h3>", "<dl>", "<dt>", "<dd>", "</dl>", "<b>", "</b>", "<br>", "<nav>", "</nav>", "<main>",
                    "</main>", "<article>", "&amp;", "&eacute", "&#8212;", "<script>", "</script>", "<!--", "-->", "<a href=x>",
                    "</a>", "<pre>", "</pre>", "<summary>", "<caption>", "<thead>", "Words of a sentence. ", "Is it so?", "Key: value",
                ]).prop_map(str::to_owned),
            ],
            0..60,
        ),
    ) {
        let _ = read(&parts.concat());
    }
}
