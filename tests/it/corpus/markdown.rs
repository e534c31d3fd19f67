//! Markdown and front matter. A text beside what is understood of it; `UPDATE_EXPECT=1 cargo test` rewrites the latter.

use expect_test::{Expect, expect};

use super::dump::dump;

#[track_caller]
fn check(path: &str, text: &str, expected: Expect) {
    expected.assert_eq(&dump(path, text));
}

#[test]
fn front_matter_lists_and_tables() {
    check(
        "page-1.md",
        r##"---
title: "Surgical Technology"
source: Example Board
url: https://example.org/surg
tags: [a, b]
---

# Surgical Technology

**Program length:** 12 months
**Award:** Certificate

## Courses

The courses are:

1. Anatomy
2. Surgical procedures
   - General surgery
   - Orthopedic surgery
3. Pharmacology

| Year | Salary |
|------|-------:|
| 2017 | $46,310 |
| 2018 | $47,300 |

### Is certification required?

Some states require it. See [the board](https://example.org/a.b) for details.

> Surgical technologists earned a median of $47,300
> in May 2018. That is 3% more.

<div>Inline note here.</div>
"##,
        expect![[r#"
            = Surgical Technology
              source: Example Board
              url: https://example.org/surg
             keys
              k Program length=12 months @10
              k Award=Certificate @11
            # Courses
             p
              The courses are: @15
             list ← The courses are:
              all [3] @15-21
              - Anatomy @17
              - Surgical procedures @18
              - Pharmacology @21
             list ← Surgical procedures
              all [2] @18-20
              - General surgery @19
              - Orthopedic surgery @20
             table ← Year | Salary
              r Year=2017 | Salary=$46,310 @25
              r Year=2018 | Salary=$47,300 @26
            # Courses › Is certification required?
             answer ← Is certification required?
              Some states require it. @30
              See [the board](https://example.org/a.b) for details. @30
             answer ← Is certification required?
              Surgical technologists earned a median of $47,300 > in May 2018. @32-33
              That is 3% more. @33
             answer ← Is certification required?
              Inline note here. @35
            ! 5: The front matter key tags is unknown. Use one of: title, source, url, date, kind, level, field.
        "#]],
    );
}

#[test]
fn unknown_keys_are_told() {
    check(
        "page-1.md",
        r##"+++
title = "Network Admin"
source = 3
datum = "x"
level = ["a"]
+++
Network admins keep networks running. They earn $83,510.

Skills:

- Routing
- Switching
"##,
        expect![[r#"
            = Network Admin
              source: 3
             p
              Network admins keep networks running. @7
              They earn $83,510. @7
             p
              Skills: @9
             list ← Skills:
              all [2] @9-12
              - Routing @11
              - Switching @12
            ! 4: The front matter key datum is unknown. Use one of: title, source, url, date, kind, level, field.
            ! 5: The value of level is not text. Write level = "…".
        "#]],
    );
}

#[test]
fn broken_front_matter_is_told() {
    check(
        "page-1.md",
        r##"+++
title = unquoted
+++

## One

Text one.

## Two

Text two.
"##,
        expect![[r#"
            = One
             p
              Text one. @7
            # Two
             p
              Text two. @11
            ! 2: The front matter is not TOML (string values must be quoted, expected literal string). Write lines like title = "…"; text stands in quotes.
        "#]],
    );
}

#[test]
fn heads_that_run_into_paragraphs_and_items() {
    check(
        "page-1.md",
        r##"# Tide Pilots

## License classes

**Class A.** Vessels up to 60 feet.

**Class B.** Vessels up to 120 feet. Pilots need the Class A license first. The board keeps a list of them.

**Class C.** All vessels that call at the port.

## Qualities

- **Calm:** They work in storms and at night.
- **Good eyes:** They read the water from afar.
- **Patience:** They wait for the tide to turn.

## Ways in

**By sea.** Sailors come with 900 hours on board.

Others start at the school.
"##,
        expect![[r#"
            = Tide Pilots
            # License classes
             list
              all [3] @5-9
             list
              - Class A=Vessels up to 60 feet. @5
             list
              - Class B=Vessels up to 120 feet. @7
              Pilots need the Class A license first. @7
              The board keeps a list of them. @7
             list
              - Class C=All vessels that call at the port. @9
            # Qualities
             list
              all [3] @13-15
             list
              - Calm=They work in storms and at night. @13
             list
              - Good eyes=They read the water from afar. @14
             list
              - Patience=They wait for the tide to turn. @15
            # Ways in
             p
              **By sea.** Sailors come with 900 hours on board. @19
             p
              Others start at the school. @21
        "#]],
    );
}

#[test]
fn keys_of_other_programs_in_front_matter_are_rows() {
    check(
        "page-1.md",
        "---\ntitle: Saddlery\ncollege: Moor End College\ncredits: 60\ntags: [a, b]\n---\n\n# Saddlery\n\nSaddlers make saddles.\n",
        expect![[r#"
            = Saddlery
             keys
              k college=Moor End College @3
              k credits=60 @4
             p
              Saddlers make saddles. @10
            ! 3: The front matter key college is read as a line of the text: it is none of title, source, url, date, kind, level, field.
            ! 4: The front matter key credits is read as a line of the text: it is none of title, source, url, date, kind, level, field.
            ! 5: The front matter key tags is unknown. Use one of: title, source, url, date, kind, level, field.
        "#]],
    );
}

#[test]
fn terms_questions_and_summaries() {
    check(
        "page-1.md",
        r##"# Rope Apprenticeships {#ropes .wide}

## Pay

First-year wage
: $19.40 an hour

Journey wage
: $43.15 an hour
: up from $41.00

Overtime

:   It is paid twice.

    It is rare in winter.

**Is there a fee?** The application costs $25.

<details><summary>Can I apply twice?</summary>

Yes, after a year.

</details>

## Place

The hall is on the quay.
"##,
        expect![[r#"
            = Rope Apprenticeships
            # Pay
             keys
              k First-year wage=$19.40 an hour @5-6
              k Journey wage=$43.15 an hour : up from $41.00 @8-10
              k Overtime=It is paid twice. It is rare in winter. @12-16
            # Pay › Is there a fee?
             answer ← Is there a fee?
              The application costs $25. @18
            # Pay › Can I apply twice?
             answer ← Can I apply twice?
              Yes, after a year. @22
            # Place
             p
              The hall is on the quay. @28
        "#]],
    );
}
