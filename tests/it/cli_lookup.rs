//! `registrar lookup` from outside: arguments, cards, JSON, exit codes. What a card states is tested in `lookup`.

use assert_cmd::assert::OutputAssertExt;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, is_empty, starts_with};
use serde_json::{Value, json};

use crate::cli::{Ground, TEXT};

fn ground() -> Ground {
    let ground = Ground::new();
    ground.write("texts/boats.md", TEXT);
    ground.write("texts/sails.md", "# Sail Making Diploma\n\nTuition is $900. It takes 3 months.\n");
    ground
}

fn run(arguments: &[&str]) -> assert_cmd::assert::Assert {
    ground().registrar(&[&["lookup", "--corpus", "texts"], arguments].concat()).assert()
}

fn json(arguments: &[&str], code: i32) -> Value {
    let output = run(&[arguments, &["--json"]].concat()).code(code).get_output().stdout.clone();
    let text = String::from_utf8(output).expect("UTF-8");
    assert_eq!(text.matches('\n').count(), 1, "{text}");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn a_card_has_its_fields_with_their_places() {
    run(&["program", "boat", "building"]).success().stderr(is_empty()).stdout(
        starts_with("Boat building certificate\nprogram · boats.md\n")
            .and(contains("  Length: 18 months\n    boats.md, line 3\n")),
    );
    run(&["salary", "boat bilders"]).success().stdout(contains("  Pay: $41,230 (2019)\n"));
}

#[test]
fn json_is_the_contract() {
    let card = json(&["salary", "boat builders"], 0);
    assert_eq!((&card["name"], &card["kind"]), (&json!("Boat builders"), &json!("occupation")));
    let field = &card["fields"][0];
    assert_eq!(field["attribute"], "salary");
    assert_eq!((&field["value"], &field["year"]), (&json!("$41,230"), &json!(2019)));
    assert_eq!(field["citation"]["lines"], json!([5, 5]));
    let both = json(&["compare", "boat building", "sail making"], 0);
    let cost = |side: usize| {
        both[side]["fields"].as_array().expect("fields").iter().find(|f| f["attribute"] == "cost")
    };
    assert_eq!(
        cost(0),
        Some(&json!({"attribute": "cost", "value": null, "note": "not stated in the source"}))
    );
    assert_eq!(cost(1).map(|cost| &cost["value"]), Some(&json!("$900")));
    let names = |side: usize| -> Vec<String> {
        let fields = both[side]["fields"].as_array().expect("fields");
        fields.iter().map(|field| field["attribute"].to_string()).collect()
    };
    assert_eq!(names(0), names(1), "every attribute for each name");
}

#[test]
fn an_unknown_name_is_told_with_the_nearest() {
    run(&["program", "boat", "racing"]).code(1).stdout(contains(
        "My sources do not name \"boat racing\". The nearest names: Boat building certificate",
    ));
    let unknown = json(&["program", "boat racing"], 1);
    assert_eq!(unknown["nearest"][0], "Boat building certificate", "{unknown}");
    let half = json(&["compare", "boat building", "zzz"], 1);
    assert_eq!((&half[0]["kind"], &half[1]["name"]), (&json!("program"), &json!("zzz")));
    run(&["compare", "one"]).code(2);
    run(&["price", "one"]).code(2);
}
