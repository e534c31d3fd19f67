//! The reference text, a real page as people save it: read from the path in `REGISTRAR_REFERENCE`.

use registrar::corpus::{BlockKind, PassageKind, RawFile, check, parse};
use registrar::lexicon::text_rules::TextRules;

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the reference text is not part of the project; its path comes from outside"
)]
fn the_reference_text_is_read_as_people_read_it() {
    let Ok(path) = std::env::var("REGISTRAR_REFERENCE") else {
        #[expect(clippy::print_stdout, reason = "the runner shows why nothing was tested")]
        {
            println!("SKIPPED: REGISTRAR_REFERENCE does not name the reference text.");
        }
        return;
    };
    let bytes = std::fs::read(&path).expect("the reference text can be read");
    let file = RawFile { path: "reference.txt".to_owned(), bytes };
    let (document, problems) = parse(&file, &TextRules::shipped());
    assert_eq!(problems, []);
    let document = document.expect("a document");
    check(&document).expect("the invariants hold");

    assert_eq!(document.title, "Masters Degree in Medical Coding: Program Information");
    let headings: Vec<&str> =
        document.sections.iter().skip(1).map(|section| section.heading.as_str()).collect();
    assert_eq!(
        headings,
        [
            "Essential Information",
            "Associate of Applied Science in Medical Billing and Coding",
            "Master of Science in Health Information Management",
            "Employment Outlook and Salary Info",
        ]
    );
    let rows = document.passages.iter().filter(|passage| passage.kind == PassageKind::KeyValue);
    let keys: Vec<&str> =
        rows.map(|row| row.parts[0].label.as_ref().map_or("", |label| document.slice(label))).collect();
    assert_eq!(keys, ["Program Levels", "Prerequisites", "Other Requirements"]);
    let lists: Vec<_> = document.blocks.iter().filter(|block| block.kind == BlockKind::List).collect();
    assert_eq!(lists.len(), 2);
    for (list, lead) in
        lists.iter().zip(["Some such courses include:", "Some examples of such classes are listed below:"])
    {
        assert_eq!(list.lead.as_ref().map(|lead| document.slice(lead)), Some(lead));
        let whole = &document.passages[list.passages.start];
        assert_eq!((whole.kind, whole.parts.len()), (PassageKind::List, 6));
        assert!(document.slice(&whole.span).starts_with(lead));
    }
    for passage in &document.passages {
        let quote = document.slice(&passage.span);
        assert!(!quote.starts_with("Related to") && !quote.starts_with("Search Degrees"), "{quote}");
    }
    let wage = document.passages.iter().find(|passage| document.slice(&passage.span).contains("$35,900"));
    assert!(wage.is_some_and(|wage| document.slice(&wage.span).starts_with("The BLS further reports")));
    let outlook = document.passages.iter().find(|passage| document.slice(&passage.span).contains("187,740"));
    assert!(outlook.is_some_and(|sentence| document.slice(&sentence.span).starts_with("The U.S. Bureau")));
}
