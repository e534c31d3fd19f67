//! The life of an interaction: in time, once, with the right token, for fifteen minutes.

use std::time::Duration;

use registrar::sandbox::{InteractionDraft, InteractionId, Place, Sandbox, world};
use reqwest::Method;
use serde_json::{Value, json};

use super::{call, sandbox};

const SOON: Duration = Duration::from_secs(5);

/// A sandbox with `/ask` registered, a session that sees interactions, and one `/ask` just used.
async fn asked() -> (Sandbox, InteractionId, String) {
    let sandbox = sandbox().await;
    let definition = json!([{"name": "ask", "description": "Asks", "options": [
        {"type": 3, "name": "question", "description": "What", "required": true}
    ]}]);
    let path = format!("/applications/{}/commands", world::APPLICATION);
    assert_eq!(call(&sandbox, Method::PUT, &path, &definition).await.0, 200);
    let id = sandbox.slash(InteractionDraft::ask("what?"));
    let token = sandbox.interaction_token(id).unwrap();
    (sandbox, id, token)
}

fn message(content: &str) -> Value {
    json!({"content": content, "allowed_mentions": {"parse": []}})
}

async fn respond(sandbox: &Sandbox, id: InteractionId, token: &str, body: Value) -> (u16, Value) {
    call(sandbox, Method::POST, &format!("/interactions/{id}/{token}/callback"), &body).await
}

async fn original(sandbox: &Sandbox, method: Method, token: &str, body: Value) -> (u16, Value) {
    call(sandbox, method, &format!("/webhooks/{}/{token}/messages/@original", world::APPLICATION), &body)
        .await
}

#[tokio::test]
async fn a_first_answer_counts_once() {
    let (sandbox, id, token) = asked().await;
    let answer = json!({"type": 4, "data": message("yes")});
    assert_eq!(respond(&sandbox, id, &token, answer.clone()).await, (204, Value::Null));
    let (status, error) = respond(&sandbox, id, &token, answer).await;
    assert_eq!((status, &error["code"]), (400, &json!(40060)));
    let response = sandbox.response_to(id, SOON).await.unwrap();
    assert_eq!((response.content.as_str(), response.ephemeral), ("yes", false));
}

#[tokio::test]
async fn a_late_answer_and_a_wrong_token_find_no_interaction() {
    let (sandbox, id, token) = asked().await;
    let answer = json!({"type": 4, "data": message("yes")});
    for wrong in [
        respond(&sandbox, id, "wrong", answer.clone()).await,
        respond(&sandbox, 5, &token, answer.clone()).await,
    ] {
        assert_eq!((wrong.0, &wrong.1["code"]), (404, &json!(10062)));
    }
    sandbox.advance(Duration::from_millis(3_001));
    let (status, error) = respond(&sandbox, id, &token, answer).await;
    assert_eq!((status, &error["code"]), (404, &json!(10062)));
}

#[tokio::test]
async fn nothing_follows_before_the_first_answer_or_after_fifteen_minutes() {
    let (sandbox, id, token) = asked().await;
    let (status, error) = original(&sandbox, Method::PATCH, &token, message("x")).await;
    assert_eq!((status, &error["code"]), (404, &json!(10015)));
    respond(&sandbox, id, &token, json!({"type": 4, "data": message("yes")})).await;
    assert_eq!(original(&sandbox, Method::PATCH, &token, message("edited")).await.0, 200);
    sandbox.advance(Duration::from_secs(15 * 60));
    let (status, error) = original(&sandbox, Method::PATCH, &token, message("late")).await;
    assert_eq!((status, &error["code"]), (401, &json!(50027)));
    assert_eq!(sandbox.response_to(id, SOON).await.unwrap().content, "edited");
}

#[tokio::test]
async fn a_deferred_answer_is_filled_by_an_edit_or_by_a_follow_up() {
    let follow = format!("/webhooks/{}/", world::APPLICATION);
    for by_edit in [true, false] {
        let (sandbox, id, token) = asked().await;
        respond(&sandbox, id, &token, json!({"type": 5, "data": {"flags": 64}})).await;
        assert!(sandbox.response_to(id, Duration::from_millis(20)).await.is_none(), "still thinking");
        let filled = if by_edit {
            original(&sandbox, Method::PATCH, &token, message("done")).await
        } else {
            call(&sandbox, Method::POST, &format!("{follow}{token}"), &message("done")).await
        };
        assert_eq!(filled.0, 200, "{}", filled.1);
        let response = sandbox.response_to(id, SOON).await.unwrap();
        assert_eq!((response.kind, response.ephemeral, response.content.as_str()), (5, true, "done"));
        assert_eq!(original(&sandbox, Method::DELETE, &token, Value::Null).await.0, 204);
        assert_eq!(original(&sandbox, Method::GET, &token, Value::Null).await.1["code"], json!(10008));
    }
}

#[tokio::test]
async fn a_callback_can_be_answered_with_its_message() {
    let (sandbox, id, token) = asked().await;
    let path = format!("/interactions/{id}/{token}/callback?with_response=true");
    let (status, answer) =
        call(&sandbox, Method::POST, &path, &json!({"type": 4, "data": message("yes")})).await;
    assert_eq!((status, &answer["resource"]["message"]["content"]), (200, &json!("yes")));
}

#[tokio::test]
async fn a_button_updates_its_message_and_only_offered_ones_can_be_pressed() {
    let (sandbox, id, token) = asked().await;
    let mut card = message("card");
    card["components"] =
        json!([{"type": 1, "components": [{"type": 2, "style": 2, "label": "Why?", "custom_id": "why"}]}]);
    respond(&sandbox, id, &token, json!({"type": 4, "data": card})).await;
    let response = sandbox.response_to(id, SOON).await.unwrap();
    let (message_id, button) = (response.message.unwrap(), response.button("Why?").unwrap());
    let press = sandbox.press(world::SECOND_ASKER, message_id, &button);
    let token = sandbox.interaction_token(press).unwrap();
    let (status, _) = respond(&sandbox, press, &token, json!({"type": 7, "data": message("because")})).await;
    assert_eq!(status, 204);
    assert_eq!(sandbox.bot_message(message_id).unwrap().content, "because");
    assert_eq!(sandbox.violations(), Vec::<String>::new());
    sandbox.press(world::ASKER, message_id, "gone");
    assert_eq!(sandbox.violations(), [format!("button_not_offered: gone on message {message_id}")]);
}

#[tokio::test]
async fn a_callback_type_must_fit_the_interaction() {
    let (sandbox, id, token) = asked().await;
    for kind in [1, 6, 7, 8] {
        let (status, error) =
            respond(&sandbox, id, &token, json!({"type": kind, "data": message("x")})).await;
        assert_eq!((status, &error["code"]), (400, &json!(50035)), "type {kind}");
    }
}

#[tokio::test]
async fn a_slash_command_is_offered_only_as_registered() {
    let (sandbox, ..) = asked().await;
    let cases = [
        (InteractionDraft::new("corpus"), "it is not registered"),
        (InteractionDraft::new("ask"), "the option \"question\" is required"),
        (InteractionDraft::ask("x").option("depth", json!(1)), "it has no option depth"),
        (
            InteractionDraft::new("ask").option("question", json!(1)),
            "option question: the value has the wrong type",
        ),
        (InteractionDraft::ask("x").subcommand("now"), "it has no subcommand now"),
        (
            InteractionDraft::ask("x").at(Place::Dm).option("question", json!(true)),
            "option question: the value has the wrong type",
        ),
        (InteractionDraft::ask(&"x".repeat(6001)), "option question: the text has the wrong length"),
    ];
    for (draft, expected) in cases {
        sandbox.clear_violations();
        let command = draft.command.clone();
        sandbox.slash(draft);
        assert_eq!(sandbox.violations(), [format!("command_not_offered: /{command}: {expected}")]);
    }
}

#[tokio::test]
async fn what_is_not_shown_cannot_be_used() {
    let (sandbox, asked, _) = asked().await;
    let message = sandbox.say(registrar::sandbox::MessageDraft::question("x"));
    sandbox.autocomplete(InteractionDraft::ask("x"), "question");
    sandbox.menu(world::ASKER, "Answer this", message);
    sandbox.submit(asked, &[("text", "x")]);
    assert_eq!(
        sandbox.violations(),
        [
            "autocomplete_not_offered: /ask: option question: it has no autocomplete".to_owned(),
            format!("menu_not_offered: Answer this on message {message}"),
            format!("form_not_offered: interaction {asked} shows none"),
        ]
    );
}
