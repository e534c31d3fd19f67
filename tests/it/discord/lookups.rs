//! Looking things up by name, end to end: what is suggested while somebody types, cards, their pages and menus.

use registrar::sandbox::{InteractionDraft, InteractionResponse, Place, world};
use serde_json::{Value, json};

use super::harness::Stage;

/// What is suggested: names and values.
async fn suggested(stage: &Stage, draft: InteractionDraft, focused: &str) -> Vec<(String, String)> {
    let id = stage.discord.autocomplete(draft, focused);
    let response = stage.response_to(id).await;
    assert_eq!(response.kind, 8);
    let choices = response.data["choices"].as_array().expect("choices").clone();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    choices.iter().map(|choice| (text(&choice["name"]), text(&choice["value"]))).collect()
}

fn with(command: &str, option: &str, value: &str) -> InteractionDraft {
    InteractionDraft::new(command).option(option, json!(value))
}

fn menu(response: &InteractionResponse) -> Option<(String, Vec<(String, String)>)> {
    let rows = response.components.iter().flat_map(|row| row["components"].as_array().into_iter().flatten());
    let menu = rows.into_iter().find(|one| one["type"] == 3)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let options = menu["options"].as_array().into_iter().flatten();
    let lines = options.map(|option| (text(&option["label"]), text(&option["value"]))).collect();
    Some((text(&menu["custom_id"]), lines))
}

#[tokio::test]
async fn names_are_suggested_by_their_beginning_their_words_and_with_typing_errors() {
    let stage = Stage::start().await;
    for (user, (command, option, typed, first)) in (700_000..).zip([
        ("program", "name", "certificate in str", "Certificate in Structural Welding"),
        ("program", "name", "structural weldng", "Certificate in Structural Welding"),
        ("courses", "program", "BSN", "Bachelor of Science in Nursing"),
        ("salary", "occupation", "machnists", "Machinists"),
        ("certification", "name", "cia-x", "Certified Intrusion Analyst"),
        ("requirements", "program", "master of acc", "Master of Accountancy"),
        ("compare", "b", "welders", "Welders"),
        ("programs", "level", "ass", "associate"),
        ("programs", "field", "nurs", "Nursing"),
    ]) {
        let found = suggested(&stage, with(command, option, typed).by(user), option).await;
        let (name, value) = found.first().unwrap_or_else(|| panic!("{typed}: nothing"));
        assert_eq!(name, first, "{typed}: {found:?}");
        assert!(found.len() <= 25 && value.chars().count() <= 100, "{found:?}");
    }
    let popular = suggested(&stage, with("salary", "occupation", ""), "occupation").await;
    assert_eq!(popular.first().map(|(name, _)| name.as_str()), Some("Welders"), "{popular:?}");
    assert!(popular.len() > 10);
    assert!(suggested(&stage, with("salary", "occupation", "zzzzzzzz"), "occupation").await.is_empty());
    assert!(
        suggested(&stage, with("salary", "occupation", "@everyone \u{0}🦓"), "occupation").await.is_empty()
    );
    // Typing is no question: whoever types a whole name letter by letter can still send it.
    let name = "sheet metal workers";
    for letters in 1..name.len() {
        let typed: String = name.chars().take(letters).collect();
        suggested(&stage, with("salary", "occupation", &typed), "occupation").await;
    }
    assert!(stage.response(with("salary", "occupation", name)).await.content.contains("$53,440"));
    stage.end().await;
}

#[tokio::test]
async fn a_value_that_was_suggested_and_free_text_give_the_same_card() {
    let stage = Stage::start().await;
    let found = suggested(&stage, with("program", "name", "structural"), "name").await;
    let (_, id) = found.first().expect("suggested");
    let by_id = stage.response(with("program", "name", id)).await;
    let by_name = stage.response(with("program", "name", "structural welding certificate")).await;
    assert_eq!(by_id.content, by_name.content);
    assert!(!by_id.ephemeral);
    expect_test::expect![[r#"
        **Certificate in Structural Welding**
        -# program · welding-technology-programs.txt
        **Award:** Certificate · line 15
        **Level:** certificate · line 15
        **Field:** Structural Welding · line 15
        **Summary:** The certificate is made up of 18 credits. · line 17
        **Entry requirements:** None for the certificate; high school diploma or GED for the associate degree · line 12
        **Entry requirements:** Applicants must be at least 16 years old and pass a vision test. · line 17
        **Length:** 16 weeks · line 9
        **Credits:** 18 · line 17
        **Cost:** $2,340 · line 17"#]]
    .assert_eq(&by_id.content);
    let unknown = stage.response(with("program", "name", "astrology *and* @everyone")).await;
    assert!(
        unknown.ephemeral && unknown.content.starts_with("My sources do not name"),
        "{}",
        unknown.content
    );
    assert!(!unknown.content.contains(" @everyone"), "{}", unknown.content);
    stage.end().await;
}

#[tokio::test]
async fn single_attributes() {
    let stage = Stage::start().await;
    for (user, (command, option, typed, expected)) in (710_000..).zip([
        ("courses", "program", "AAS welding technology", "- Blueprint reading\n- Metallurgy for welders"),
        ("requirements", "program", "CLA", "A bachelor's degree, three years of work under an accountant"),
        ("salary", "occupation", "tax preparers", "**Pay:** $46,290 (2020)"),
        ("certification", "name", "NDA-1", "**Issuing body:** Corvid Institute"),
    ]) {
        let shown = stage.response(with(command, option, typed).by(user)).await;
        assert!(shown.content.contains(expected) && shown.content.contains("line"), "{}", shown.content);
        assert!(!shown.ephemeral);
    }
    stage.end().await;
}

#[tokio::test]
async fn names_side_by_side_leave_open_cells_open() {
    let stage = Stage::start().await;
    let both =
        InteractionDraft::new("compare").option("a", json!("airframe")).option("b", json!("powerplant"));
    let shown = stage.response(both.clone()).await;
    expect_test::expect![[r#"
        **AIRFRAME DIPLOMA** · **POWERPLANT DIPLOMA**
        -# aviation-maintenance-technology.txt
        **Field**
        - AIRFRAME DIPLOMA: AIRFRAME · line 10
        - POWERPLANT DIPLOMA: POWERPLANT · line 17
        **Summary**
        - AIRFRAME DIPLOMA: The Airframe Diploma deals with everything that holds an aircraft together: sheet metal, composites, landing gear and hydraulics. · lines 12–13
        - POWERPLANT DIPLOMA: The Powerplant Diploma deals with piston and turbine engines and with propellers. · lines 19–20
        **Entry requirements**
        - AIRFRAME DIPLOMA: Applicants must be 17 or older, must be able to read, speak and understand English, and need a high school diploma or its equivalent. · lines 25–26
        - POWERPLANT DIPLOMA: Applicants must be 17 or older, must be able to read, speak and understand English, and need a high school diploma or its equivalent. · lines 25–26
        **Courses**
        - AIRFRAME DIPLOMA: Aircraft drawings, Weight and balance, Basic electricity, Fluid lines and fittings, Maintenance forms and records · lines 37–41
        - POWERPLANT DIPLOMA: Aircraft drawings, Weight and balance, Basic electricity, Fluid lines and fittings, Maintenance forms and records · lines 37–41
        **Length**
        - AIRFRAME DIPLOMA: 14 months · lines 12–14
        - POWERPLANT DIPLOMA: 12 months · lines 19–20
        **Cost**
        - AIRFRAME DIPLOMA: $18,750 · line 14
        - POWERPLANT DIPLOMA: not stated in the source"#]].assert_eq(&shown.content);
    let direct = stage.response(both.at(Place::Dm)).await;
    assert_eq!(direct.content, shown.content);
    stage.end().await;
}

#[tokio::test]
async fn a_list_of_programs_goes_on_page_by_page_after_a_restart() {
    let mut stage = Stage::start().await;
    let mut shown = stage.response(InteractionDraft::new("programs")).await;
    assert!(shown.content.starts_with("**32 programs**"), "{}", shown.content);
    stage.leave().await.expect("it leaves in order");
    stage.enter().await;
    let mut names = Vec::new();
    for user in 720_000.. {
        names.extend(shown.content.lines().filter_map(|line| line.strip_prefix("- ")).map(str::to_owned));
        if super::harness::custom_id(&shown.components, "More").is_none() {
            break;
        }
        let message = shown.message.expect("it is a message");
        shown = stage.press(user, message, &shown.components, "More").await;
        assert!(shown.ephemeral);
    }
    assert_eq!(names.len(), 32, "{names:?}");
    let narrowed = with("programs", "level", "associate").option("text", json!("welding"));
    let one = stage.response(narrowed).await;
    assert!(
        one.content.starts_with("**1 program**\n- Associate of Applied Science in Welding"),
        "{}",
        one.content
    );
    let none = stage.response(with("programs", "field", "alchemy")).await;
    assert!(none.ephemeral && none.content.starts_with("My sources name no such program"));
    stage.end().await;
}

#[tokio::test]
async fn the_rest_of_the_document_is_in_the_menu() {
    let mut stage = Stage::start().await;
    let card = stage.response(with("program", "name", "structural welding")).await;
    let (id, lines) = menu(&card).expect("a menu");
    let (label, value) = lines.last().expect("sections").clone();
    assert_eq!(label, "Structural Welder Qualification", "{lines:?}");
    stage.leave().await.expect("it leaves in order");
    stage.enter().await;
    let message = card.message.expect("it is a message");
    let chosen = stage.discord.choose(world::SECOND_ASKER, message, &id, &[&value]);
    let section = stage.response_to(chosen).await;
    assert!(
        section.ephemeral && section.content.contains("> The Tri-River Welding Board"),
        "{}",
        section.content
    );
    for (user, (id, value)) in (730_000..).zip([
        (id.as_str(), "99-00000000"),
        (id.as_str(), "@everyone"),
        (id.as_str(), ""),
        ("section|0|p00000000|", "1-00000000"),
        ("why", "1"),
        ("section|0|../../|", "1"),
        ("more:1", "x"),
    ]) {
        let response = stage.response_to(stage.discord.choose_raw(user, message, id, &[value])).await;
        let refused = ["There is no more to show", "I do not know this button"];
        assert!(
            response.ephemeral && refused.iter().any(|start| response.content.starts_with(start)),
            "{id}"
        );
    }
    for (user, id) in
        (740_000..).zip(["card|0|p|p00000000", "card|49|p|p00000000", "compare|1|x", "programs|9|||"])
    {
        let response = stage.response_to(stage.discord.press_raw(user, message, id)).await;
        assert!(response.ephemeral, "{id}");
    }
    stage.end().await;
}

#[tokio::test]
async fn suggestions_come_in_time_in_a_storm() {
    let stage = Stage::start().await;
    suggested(&stage, with("program", "name", "a"), "name").await;
    let typed = |user: u64| with("program", "name", "nursng").by(800_000 + user);
    let ids: Vec<u64> = (0..200).map(|user| stage.discord.autocomplete(typed(user), "name")).collect();
    for id in ids {
        let response = stage.response_to(id).await;
        assert!(response.ms < 3_000 && response.data["choices"] != json!([]), "{} ms", response.ms);
    }
    stage.end().await;
}
