//! What the parser makes of files: layouts as text beside what is understood, hostile input, folders.

mod counted_heads;
mod coverage;
mod dump;
mod encodings;
mod fact_boxes;
mod folder;
mod headings;
mod heads;
mod hostile;
mod html;
mod html_pages;
mod layouts;
mod lists;
mod markdown;
mod named_heads;
mod outlines;
mod page_heads;
mod page_rows;
mod pasted;
mod pasted_rows;
mod printed;
mod records;
mod reference;
mod rows;
mod sentence_ends;
mod set_heads;
mod set_off;
mod set_rows;
mod set_sections;
mod sheets;

use expect_test::Expect;

/// A raw text beside what is understood of it.
#[track_caller]
fn check(text: &str, expected: Expect) {
    check_named("page-1.txt", text, expected);
}

/// … when its file is called so.
#[track_caller]
fn check_named(file: &str, text: &str, expected: Expect) {
    expected.assert_eq(&dump::dump(file, text));
}
