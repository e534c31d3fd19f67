//! Looking things up by name over the invented folders: who is meant, what a card states, and that nothing on it is
//! another's. The scored tables stand beside the questions (`lookups.jsonl`).

use std::path::Path;

use registrar::eval::report::report;
use registrar::eval::truth::Files;
use registrar::eval::{metrics::Totals, questions, run};
use registrar::lookup::{Found, Wanted, value_text};

use crate::engine::Bench;
use crate::library::NOW;

/// Look-ups over one folder; the shares that must be right, and of those that have no answer may be answered.
#[expect(
    clippy::print_stdout,
    reason = "figures are for people; the test runner shows them with --nocapture"
)]
fn check(set: &str, right: f64) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(set);
    let bench = Bench::over(&format!("tests/fixtures/{set}/corpus"));
    let text = std::fs::read_to_string(folder.join("lookups.jsonl")).expect("look-ups");
    let questions = questions::parse(&[("lookups.jsonl".to_owned(), text)]).expect("look-ups");
    let results = run(&bench.engine, &bench.engine, &questions, &Files::new(&folder.join("corpus")), NOW);
    println!("{set}\n{}", report(&results, usize::MAX));
    let totals = Totals::of(&results);
    assert_eq!(totals.citation_truth, Some(1.0), "{set}: a citation is not true");
    let first = totals.right_first.expect("answerable ones");
    assert!(first >= right, "{set}: right {first:.4} is below {right}");
    assert!(totals.false_answers.is_none_or(|share| share == 0.0), "{set}: a false answer");
}

#[test]
fn the_tables_of_look_ups() {
    check("dev", 1.0);
    check("dev-b", 1.0);
    check("dev-c", 1.0);
    check("dev-d", 1.0);
    check("dev-e", 0.9);
    check("dev-f", 1.0);
    check("dev-g", 0.82);
}

/// Everything that any card says stands in the files, and what it says is in the quote that proves it.
#[test]
fn every_field_of_every_card_is_proved() {
    let sets = ["dev", "dev-b", "dev-c", "dev-d", "dev-e", "dev-f", "dev-g"];
    let folders = sets.map(|set| format!("tests/fixtures/{set}/corpus"));
    for set in folders.iter().map(String::as_str).chain(["corpus"]) {
        let bench = Bench::over(set);
        let cards = bench.engine.look_up(|lookup| {
            let entries = &lookup.directory.entries;
            assert!(entries.len() > 5, "{set}: {} names", entries.len());
            let mut ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), entries.len(), "{set}: an id is used twice");
            let card =
                |entry: &registrar::lookup::Entry| match lookup.find(&entry.id, Wanted::Whole(entry.kind)) {
                    Found::Card(card) => card,
                    Found::Unknown { .. } => panic!("{set}: {} has no card", entry.label),
                };
            entries.iter().map(card).collect::<Vec<_>>()
        });
        for card in &cards {
            for field in &card.fields {
                let citation = &field.citation;
                let document = bench.documents.iter().find(|document| document.path == citation.document);
                let text = &document.unwrap_or_else(|| panic!("no such document: {field:?}")).text;
                let (from, to) = citation.bytes;
                assert_eq!(
                    text.get(from..to),
                    Some(citation.quote.as_str()),
                    "{set}: {} {field:?}",
                    card.name
                );
                let lines = text.get(..from).map_or(0, |before| before.matches('\n').count() + 1);
                assert!(
                    lines as u32 == citation.lines.0 || text.contains('\r'),
                    "{set}: {} {field:?}",
                    card.name
                );
                // Every number that is said is quoted, or heads the column that the quoted cell stands in.
                let said = value_text(field);
                for number in
                    said.split(|sign: char| !sign.is_ascii_digit()).filter(|number| !number.is_empty())
                {
                    assert!(text.contains(number), "{set}: {} {field:?}", card.name);
                }
            }
        }
    }
}

/// The lines of a card for one attribute.
fn lines(set: &str, typed: &str, wanted: Wanted, attribute: &str) -> Vec<String> {
    let bench = Bench::over(&format!("tests/fixtures/{set}/corpus"));
    bench.engine.look_up(|lookup| match lookup.find(typed, wanted) {
        Found::Card(card) => card
            .fields
            .iter()
            .filter(|field| field.attribute.name == attribute)
            .map(|field| format!("{} · line {}", value_text(field), field.citation.lines.0))
            .collect(),
        Found::Unknown { .. } => vec!["unknown".to_owned()],
    })
}

#[test]
fn every_amount_that_a_text_states_is_shown_with_its_place() {
    for (set, typed, expected) in [
        (
            "dev-e",
            "dental assistants",
            &[
                "$35,390 (2014) · line 43",
                "The lowest-paid ten percent made less than $24,580, while the best-paid ten percent took in more than \
                 $48,350. · line 43",
                "Roughly 314,330 dental assistants were employed in the United States that year, and nearly all of them \
                 worked in the offices of dentists. Those in Minnesota had the highest average pay of any state, at \
                 $44,170. · line 43",
            ][..],
        ),
        (
            "dev-d",
            "geophysicists",
            &["$97,150 · line 19", "Lowest 10%: $58,220; Highest 10%: $182,900 · line 19"],
        ),
        // The pay in one place is nothing without that of all, and a neighbour's is nobody's.
        ("dev-e", "hvac technician", &[]),
        ("dev-f", "medical assistants", &["unknown"]),
    ] {
        assert_eq!(lines(set, typed, Wanted::Salary, "salary"), expected, "{typed}");
    }
}

#[test]
fn what_no_heading_names_is_asked_of_the_answers() {
    let program = Wanted::Whole(registrar::lexicon::lookup::NameKind::Program);
    assert_eq!(lines("dev-d", "cosmetology", program, "cost"), ["$16,400 · line 19"]);
    for typed in ["astrology", "cosmetology on the moon", "the of and", "", "?", &"cosmetology ".repeat(40)] {
        assert_eq!(lines("dev-d", typed, program, "cost"), ["unknown"], "{typed}");
    }
}

/// A page may write a name in full once and cut short where it states the pay.
#[test]
fn a_name_that_is_cut_short_is_the_same_name() {
    let text = "# Boat Records Work: Program Information\n\n## Employment Outlook and Salary Information\n\nThere were about \
        12,300 boat records technicians at work in 2014. The BLS reported that boat records techs earned a median of $35,900 \
        in 2014.\n";
    let file = registrar::corpus::RawFile { path: "records.txt".to_owned(), bytes: text.as_bytes().to_vec() };
    let rules = registrar::lexicon::text_rules::TextRules::shipped();
    let (document, _) = registrar::corpus::parse(&file, &rules);
    let bench = Bench::of(vec![document.expect("a document")], 0.65);
    bench.engine.look_up(|lookup| {
        let names: Vec<&str> = lookup.directory.entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["boat records technicians"]);
        let Found::Card(card) = lookup.find("boat records technician", Wanted::Salary) else {
            panic!("no card")
        };
        assert_eq!(card.fields.iter().map(value_text).collect::<Vec<_>>(), ["$35,900 (2014)"]);
    });
}

/// A table whose rows open with a code names its programs behind it; a box is about what its first row names; a heading that says the name
/// of a program belongs to it.
#[test]
fn programs_of_tables_and_boxes_are_looked_up() {
    let bench = Bench::over_texts(&[
        (
            "list.txt",
            "Harbor College\nProgram List\n\nCode\tProgram\tAward\tCredits\tTuition\nRPM\tRope Making\tDiploma\t45\t$5,400\nNTM\tNet Making\tCertificate\t24\t$3,300\n",
        ),
        (
            "sheet.txt",
            "LOFT COLLEGE\nPROGRAM SHEET\n\nProgram: Sail Making\nAward: Certificate\nCredits: 30\nLength: 20 weeks\n\nProgram: Tent \
             Making\nAward: Diploma\nCredits: 60\nLength: 40 weeks\n\nCourses in Tent Making\n- Canvas\n- Poles\n- Pegs\n",
        ),
        (
            "catalog.md",
            "# Quay Institute Catalog\n\n## At a glance\n\n| Program | Award | Credits | Tuition |\n|---|---|---|---|\n| Harbor Science | BS | 121 | \
             $46,300 |\n| Dock Robotics | AAS | 64 | $14,200 |\n\n## Harbor Science (BS)\n\nHarbor Science is the study of harbors.\n\n## Fees\n\n| Fee | \
             Amount |\n|---|---|\n| Application fee | $35 |\n",
        ),
    ]);
    bench.engine.look_up(|lookup| {
        let card = |typed: &str| match lookup
            .find(typed, Wanted::Whole(registrar::lexicon::lookup::NameKind::Program))
        {
            Found::Card(card) => card
                .fields
                .iter()
                .map(|field| format!("{}: {}", field.attribute.name, value_text(field)))
                .collect::<Vec<_>>()
                .join("\n"),
            Found::Unknown { .. } => "unknown".to_owned(),
        };
        let cards = ["rope making", "tent making", "sail making", "harbor science"].map(card).join("\n\n");
        expect_test::expect![[r#"
            award: Diploma
            credits: 45
            cost: $5,400

            award: Diploma
            courses: Canvas, Poles, Pegs
            duration: 40 weeks
            credits: 60

            award: Certificate
            duration: 20 weeks
            credits: 30

            award: BS
            level: bachelor
            field: Harbor Science
            summary: Harbor Science is the study of harbors.
            credits: 121
            cost: $46,300"#]]
        .assert_eq(&cards);
    });
}
