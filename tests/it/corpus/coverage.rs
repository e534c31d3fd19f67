//! No line of a file is lost: each stands in a heading or in a block, unless it is page furniture, a drawn line or front
//! matter. What is furniture in the fixtures is listed here, so that a loss shows.

use std::path::Path;

use expect_test::expect;
use proptest::prelude::*;
use registrar::corpus::{Document, Limits, RawFile, load, parse};
use registrar::lexicon::text_rules::TextRules;

/// The lines that hold letters or digits and stand neither in a heading nor in a block, with their numbers.
fn uncovered(document: &Document) -> Vec<(usize, String)> {
    let headings = document.sections.iter().map(|section| &section.span);
    let spans: Vec<_> = headings.chain(document.blocks.iter().map(|block| &block.span)).collect();
    let mut found = Vec::new();
    let mut start = 0;
    for (index, line) in document.text.split_inclusive('\n').enumerate() {
        let words = line.trim();
        let from = start + line.find(words).unwrap_or_default();
        let to = from + words.len();
        start += line.len();
        let covered = spans.iter().any(|span| span.start < to && from < span.end);
        if !covered && words.chars().any(char::is_alphanumeric) {
            found.push((index + 1, words.to_owned()));
        }
    }
    found
}

#[test]
fn the_fixtures_lose_nothing_but_furniture() {
    let mut lost = String::new();
    for set in ["dev", "dev-b"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(set).join("corpus");
        let (documents, _) = load(&folder, &Limits::default(), &TextRules::shipped(), &|_, _| {})
            .expect("the fixtures can be read");
        for document in documents {
            let front_matter = document.text.starts_with("+++");
            let body = if front_matter {
                document
                    .text
                    .match_indices("+++")
                    .nth(1)
                    .map_or(0, |(at, _)| document.text.get(..at).map_or(0, |head| head.lines().count()))
            } else {
                0
            };
            for (number, line) in uncovered(&document) {
                if number > body {
                    lost.push_str(&format!("{set}/{}:{number}: {line}\n", document.path));
                }
            }
        }
    }
    expect![[r#"
        dev/accounting-degrees.txt:46: Apply now   |   Visit us   |   Give
        dev/aviation-maintenance-technology.txt:59: Windhover Institute of Flight | Request information | Site map
        dev/bachelor-of-science-in-nursing.txt:40: Page top · Print this page
        dev/bachelor-of-social-work.txt:42: More from Larkspur: Tour the campus | Student stories | Newsroom
        dev/bookkeeping-and-accounting-jobs.txt:27: You may also like: Careers in Banking
        dev/court-reporting.txt:31: Related: Legal secretaries, Transcriptionists
        dev/culinary-arts.txt:45: Share · Print · Back to programs
        dev/culinary-arts.txt:46: © Saltmarsh School of Cooking
        dev/dental-hygiene.txt:45: cookie settings
        dev/early-childhood-education.txt:40: Home > Programs > Education
        dev/electrician-apprenticeship.txt:39: Questions? See our other pages: Plumbers, Pipefitters, Roofers
        dev/fire-science-online.txt:2: Posted by the web team, Ashgrove Polytechnic (invented)
        dev/fire-science-online.txt:26: Tags: fire, rescue, online learning
        dev/it-security-certifications.txt:1: Menu  Search  Log in
        dev/it-security-certifications.txt:31: Related articles: Firewalls for beginners · Ten passwords to avoid
        dev/it-security-certifications.txt:32: Copyright Quillhaven Computing Review
        dev/ledger-credentials.txt:40: Back to top
        dev/master-of-social-work.txt:42: More from Larkspur: Tour the campus | Student stories | Newsroom
        dev/metalworking-occupations.txt:2: Share this page
        dev/metalworking-occupations.txt:53: © Fenwick Labor Survey. All rights reserved. | Privacy | Cookies
        dev/nursing-pay-by-state.txt:34: Subscribe to our newsletter
        dev/paralegal-studies.txt:3: Skip to content
        dev/practical-nursing-certificate.txt:1: We use cookies to improve your visit. Accept all
        dev/practical-nursing-certificate.txt:50: Related Articles
        dev/practical-nursing-certificate.txt:51: How to Become a Nurse
        dev/practical-nursing-certificate.txt:52: Nursing Assistant Salary
        dev/radiologic-technology-corwen.txt:1: Corwen College | Allied Health | Radiologic Technology
        dev/radiologic-technology-corwen.txt:39: Home · Apply · Give · Contact
        dev/surveying-and-geomatics.txt:45: Contact | Directions | Emergency | Accessibility
        dev/welding-technology-programs.txt:1: Home | Degrees | Careers | Contact us
        dev/welding-technology-programs.txt:43: Related to Welding Technology Programs: Certificate and Degree Information
        dev/welding-technology-programs.txt:45: Find Schools Near You
        dev-b/dental-hygiene-program-information.txt:1: Home > Health Careers > Dental Programs > Dental Hygiene
        dev-b/dental-hygiene-program-information.txt:2: Share | Print | Save this page
        dev-b/dental-hygiene-program-information.txt:55: Related Articles
        dev-b/dental-hygiene-program-information.txt:56: How to Become a Dental Laboratory Technician
        dev-b/dental-hygiene-program-information.txt:57: Oral Health Careers Without a Degree
        dev-b/dental-hygiene-program-information.txt:58: © Brightwater College Guide. All rights reserved. Terms of Use | Privacy
        dev-b/forest-jobs-wages.txt:53: More from the Bulletin: Park Ranger or Game Warden? | Ten Knots You Should Know | Subscribe
        dev-b/forestry-degrees.txt:1: Fernhollow State College | School of Forestry and Wildlands
        dev-b/forestry-degrees.txt:2: Skip to main content
        dev-b/forestry-degrees.txt:3: Apply    Visit    Give
        dev-b/forestry-degrees.txt:70: Follow us      Accessibility      Campus map      Report a problem with this page
        dev-b/game-design-program.txt:1: Accept all cookies    Manage cookies
        dev-b/game-design-program.txt:2: Log in    Create account    Cart (0)
        dev-b/game-design-program.txt:8: 8 min read
        dev-b/game-design-program.txt:71: You might also like
        dev-b/game-design-program.txt:72: Animation Degrees Ranked
        dev-b/game-design-program.txt:73: Is a Coding Bootcamp Worth It?
        dev-b/game-design-program.txt:74: Newsletter: enter your e-mail
        dev-b/game-design-program.txt:75: © StudyCompass Lite 2023
        dev-b/hvac-certifications.txt:2: by Rudy Castellanos, updated June 2022
        dev-b/hvac-certifications.txt:90: Was this article helpful?   Yes   No
        dev-b/hvac-certifications.txt:91: Next: How to Choose a Heat Pump
        dev-b/mortuary-science.txt:5: Print this sheet | E-mail this sheet
        dev-b/mortuary-science.txt:83: Back to top
        dev-b/paralegal-studies.txt:79: - 3 -
        dev-b/speech-language-pathology-questions.txt:62: Older posts   |   Newer posts   |   Leave a comment (0)
    "#]].assert_eq(&lost);
}

/// Forms of lines that are content wherever they stand; `#` becomes a word of the line's own.
const FORMS: [&str; 22] = [
    "Title of # Words",
    "What is #?",
    "Courses in # include:",
    "Applicants for # need",
    "• item #",
    "  - nested #",
    "1. One #",
    "Key #: value",
    "Key # - 5 years",
    "Key # = on campus",
    "Key # ..... $5",
    "Key # . . . . done",
    "A #\tB\tC",
    "col #   col two   col three",
    "| a # | b |",
    "Q: why #?",
    "A: because of #. So.",
    "A # sentence ends here. Another one follows.",
    "short #",
    "Requires: a # of work",
    "Name #",
    "$5 #",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_line_of_content_is_lost(lines in proptest::collection::vec((0..FORMS.len(), 0..3_usize), 1..30)) {
        let ends = ["\n", "\n\n", "\n\n\n"];
        let words = |index: usize| format!("wo{}rd", "x".repeat(index + 1));
        let text: String = lines
            .iter()
            .enumerate()
            .map(|(index, (form, end))| format!("{}{}", FORMS[*form].replace('#', &words(index)), ends[*end]))
            .collect();
        let file = RawFile { path: "a.txt".to_owned(), bytes: text.clone().into_bytes() };
        if let (Some(document), _) = parse(&file, &TextRules::shipped()) {
            let lost = uncovered(&document);
            prop_assert!(lost.is_empty(), "lost {lost:?} of\n{text}");
        }
    }
}
