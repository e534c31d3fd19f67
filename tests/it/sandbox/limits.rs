//! Every hard limit: one body that just fits, one that does not, and the code and place that the refusal names.

use registrar::sandbox::{Sandbox, SandboxOptions, world};
use reqwest::Method;
use serde_json::{Value, json};

use super::{call, sandbox};

/// A message body that is fine but for what is added.
fn body(extra: Value) -> Value {
    let mut body = json!({"content": "x", "allowed_mentions": {"parse": []}});
    body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    body
}

fn embed(embed: Value) -> Value {
    body(json!({"embeds": [embed]}))
}

fn button(extra: Value) -> Value {
    let mut button = json!({"type": 2, "style": 2, "label": "Why?", "custom_id": "why"});
    button.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    button
}

fn rows(rows: Vec<Vec<Value>>) -> Value {
    let rows: Vec<Value> = rows.into_iter().map(|row| json!({"type": 1, "components": row})).collect();
    body(json!({"components": rows}))
}

fn text(length: usize) -> String {
    "x".repeat(length)
}

fn option(name: &str, required: bool) -> Value {
    json!({"type": 3, "name": name, "description": "d", "required": required})
}

fn command(extra: Value) -> Value {
    let mut command = json!({"name": "ask", "description": "Asks"});
    command.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    command
}

/// The path and code of the only error of a 50035 answer, as `embeds.0.title BASE_TYPE_BAD_LENGTH`.
fn error(answer: &Value) -> String {
    if answer["code"] != json!(50035) {
        return answer["code"].to_string();
    }
    let mut place = &answer["errors"];
    let mut path = Vec::new();
    while let Some((key, next)) = place.as_object().and_then(|fields| fields.iter().next()) {
        if key == "_errors" {
            return format!("{} {}", path.join("."), next[0]["code"].as_str().unwrap_or_default());
        }
        path.push(key.as_str());
        place = next;
    }
    "no error".to_owned()
}

#[tokio::test]
async fn messages() {
    let many = |count: usize, one: Value| vec![one; count];
    let field = |name: usize, value: usize| json!({"name": text(name), "value": text(value)});
    let distinct =
        |count: usize| (0..count).map(|n| button(json!({"custom_id": n.to_string()}))).collect::<Vec<_>>();
    let full = |last: usize| {
        vec![
            json!({"description": text(4096)}),
            json!({"description": text(1000)}),
            json!({"description": text(last)}),
        ]
    };
    let cases: Vec<(Value, &str)> = vec![
        (body(json!({"content": text(2000)})), ""),
        (body(json!({"content": text(2001)})), "content BASE_TYPE_BAD_LENGTH"),
        // 1000 emoji are 2000 UTF-16 units; 1001 are too many though they are 1001 characters.
        (body(json!({"content": "😀".repeat(1000)})), ""),
        (body(json!({"content": "😀".repeat(1001)})), "content BASE_TYPE_BAD_LENGTH"),
        (body(json!({"content": " \n"})), "50006"),
        (body(json!({"content": 5})), "content STRING_TYPE_CONVERT"),
        (body(json!({"contents": "x"})), "contents SANDBOX_UNKNOWN_PROPERTY"),
        (body(json!({"nonce": text(25)})), ""),
        (body(json!({"nonce": text(26)})), "nonce BASE_TYPE_BAD_LENGTH"),
        (body(json!({"flags": 4})), ""),
        (body(json!({"flags": 2})), "flags MESSAGE_FLAGS_INVALID"),
        (embed(json!({"title": text(256)})), ""),
        (embed(json!({"title": text(257)})), "embeds.0.title BASE_TYPE_BAD_LENGTH"),
        (embed(json!({"description": text(4096)})), ""),
        (embed(json!({"description": text(4097)})), "embeds.0.description BASE_TYPE_BAD_LENGTH"),
        (embed(json!({"fields": many(25, field(1, 1))})), ""),
        (embed(json!({"fields": many(26, field(1, 1))})), "embeds.0.fields BASE_TYPE_BAD_LENGTH"),
        (embed(json!({"fields": [field(256, 1024)]})), ""),
        (embed(json!({"fields": [field(257, 1)]})), "embeds.0.fields.0.name BASE_TYPE_BAD_LENGTH"),
        (embed(json!({"fields": [field(1, 1025)]})), "embeds.0.fields.0.value BASE_TYPE_BAD_LENGTH"),
        (embed(json!({"fields": [field(1, 0)]})), "embeds.0.fields.0.value BASE_TYPE_REQUIRED"),
        (embed(json!({"footer": {"text": text(2048)}})), ""),
        (embed(json!({"footer": {"text": text(2049)}})), "embeds.0.footer.text BASE_TYPE_BAD_LENGTH"),
        (embed(json!({"author": {"name": text(257)}})), "embeds.0.author.name BASE_TYPE_BAD_LENGTH"),
        (embed(json!({})), "embeds.0.description BASE_TYPE_REQUIRED"),
        (embed(json!({"title": "t", "url": "https://example.org/a"})), ""),
        (embed(json!({"title": "t", "url": "example.org"})), "embeds.0.url URL_TYPE_INVALID_URL"),
        (embed(json!({"title": "t", "color": 0x100_0000})), "embeds.0.color NUMBER_TYPE_MAX"),
        (embed(json!({"titel": "t", "title": "t"})), "embeds.0.titel SANDBOX_UNKNOWN_PROPERTY"),
        (body(json!({"embeds": full(904)})), ""),
        (body(json!({"embeds": full(905)})), "embeds MAX_EMBED_SIZE_EXCEEDED"),
        (body(json!({"embeds": many(10, json!({"title": "t"}))})), ""),
        (body(json!({"embeds": many(11, json!({"title": "t"}))})), "embeds BASE_TYPE_BAD_LENGTH"),
        (rows(vec![distinct(5)]), ""),
        (rows(vec![distinct(6)]), "components.0.components BASE_TYPE_BAD_LENGTH"),
        (rows(vec![vec![]]), "components.0.components BASE_TYPE_BAD_LENGTH"),
        (rows((0..5).map(|n| vec![button(json!({"custom_id": n.to_string()}))]).collect()), ""),
        (
            rows((0..6).map(|n| vec![button(json!({"custom_id": n.to_string()}))]).collect()),
            "components BASE_TYPE_BAD_LENGTH",
        ),
        (rows(vec![vec![button(json!({"custom_id": text(100)}))]]), ""),
        (
            rows(vec![vec![button(json!({"custom_id": text(101)}))]]),
            "components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH",
        ),
        (
            rows(vec![vec![button(json!({"custom_id": null}))]]),
            "components.0.components.0.custom_id BASE_TYPE_REQUIRED",
        ),
        (
            rows(vec![vec![button(json!({})), button(json!({}))]]),
            "components.0.components.1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        (rows(vec![vec![button(json!({"label": text(80)}))]]), ""),
        (
            rows(vec![vec![button(json!({"label": text(81)}))]]),
            "components.0.components.0.label BASE_TYPE_BAD_LENGTH",
        ),
        (
            rows(vec![vec![button(json!({"label": null}))]]),
            "components.0.components.0.label BUTTON_COMPONENT_NO_LABEL_OR_EMOJI",
        ),
        (rows(vec![vec![json!({"type": 2, "style": 5, "label": "x", "url": "https://example.org"})]]), ""),
        (
            rows(vec![vec![json!({"type": 2, "style": 5, "label": "x", "url": "nowhere"})]]),
            "components.0.components.0.url URL_TYPE_INVALID_URL",
        ),
        (body(json!({"components": [button(json!({}))]})), "components.0.components BASE_TYPE_BAD_LENGTH"),
    ];
    let sandbox = sandbox().await;
    let path = format!("/channels/{}/messages", world::QUESTIONS);
    for (body, expected) in cases {
        sandbox.clear_violations();
        let (status, answer) = call(&sandbox, Method::POST, &path, &body).await;
        if expected.is_empty() {
            assert_eq!((status, sandbox.violations()), (200, vec![]), "{body}: {answer}");
        } else {
            assert_eq!((status, error(&answer).as_str()), (400, expected), "{body}");
            assert!(!sandbox.violations().is_empty(), "{expected} was not recorded");
        }
    }
}

#[tokio::test]
async fn command_definitions() {
    let options = |options: Value| command(json!({"options": options}));
    let choice = json!({"name": "n", "value": "v"});
    let cases: Vec<(Value, &str)> = vec![
        (json!([command(json!({}))]), ""),
        (json!([command(json!({"name": "Ask"}))]), "0.name APPLICATION_COMMAND_INVALID_NAME"),
        (json!([command(json!({"name": "a b"}))]), "0.name APPLICATION_COMMAND_INVALID_NAME"),
        (json!([command(json!({"name": text(33)}))]), "0.name BASE_TYPE_BAD_LENGTH"),
        (json!([command(json!({"description": null}))]), "0.description BASE_TYPE_REQUIRED"),
        (json!([command(json!({"description": text(100)}))]), ""),
        (json!([command(json!({"description": text(101)}))]), "0.description BASE_TYPE_BAD_LENGTH"),
        (json!([{"type": 3, "name": "Answer this"}]), ""),
        (
            json!([{"type": 3, "name": "Answer this", "description": "no"}]),
            "0.description BASE_TYPE_BAD_LENGTH",
        ),
        (json!([command(json!({})), command(json!({}))]), "1.name APPLICATION_COMMANDS_DUPLICATE_NAME"),
        (json!([options(json!([option("a", true), option("b", false)]))]), ""),
        (
            json!([options(json!([option("a", false), option("b", true)]))]),
            "0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (
            json!([options(json!([option("a", false), option("a", false)]))]),
            "0.options.1.name APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
        ),
        (json!([options(json!([option("A", false)]))]), "0.options.0.name APPLICATION_COMMAND_INVALID_NAME"),
        (
            json!([options(Value::from((0..26).map(|n| option(&n.to_string(), false)).collect::<Vec<_>>()))]),
            "0.options BASE_TYPE_BAD_LENGTH",
        ),
        (
            json!([options(
                json!([{"type": 3, "name": "a", "description": "d", "choices": vec![&choice; 26]}])
            )]),
            "0.options.0.choices BASE_TYPE_BAD_LENGTH",
        ),
        (
            json!([options(
                json!([{"type": 3, "name": "a", "description": "d", "choices": [choice], "autocomplete": true}])
            )]),
            "0.options.0 APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE",
        ),
        (
            json!([options(json!([{"type": 1, "name": "a", "description": "d"}, option("b", false)]))]),
            "0.options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        ),
        (
            json!([command(json!({"name_localizations": {"xx": "ask"}}))]),
            "0.name_localizations.xx BASE_TYPE_CHOICES",
        ),
        (
            json!([command(json!({"default_member_permissions": 32}))]),
            "0.default_member_permissions PERMISSION_TYPE_CONVERT",
        ),
        (json!([command(json!({"contexts": [3]}))]), "0.contexts.0 BASE_TYPE_CHOICES"),
    ];
    let sandbox = sandbox().await;
    let path = format!("/applications/{}/commands", world::APPLICATION);
    for (body, expected) in cases {
        let (status, answer) = call(&sandbox, Method::PUT, &path, &body).await;
        let wanted = if expected.is_empty() { 200 } else { 400 };
        assert_eq!(status, wanted, "{body}: {answer}");
        if !expected.is_empty() {
            assert_eq!(error(&answer), expected, "{body}");
        }
    }
}

#[tokio::test]
async fn a_body_that_could_ping_is_recorded() {
    let cases = [
        (json!({"content": "x"}), "allowed_mentions_missing"),
        (json!({"content": "x", "allowed_mentions": {"parse": ["everyone"]}}), "allowed_mentions_ping"),
        (json!({"content": "x", "allowed_mentions": {"parse": [], "users": ["1"]}}), "allowed_mentions_ping"),
        (
            json!({"content": "x", "allowed_mentions": {"parse": [], "replied_user": true}}),
            "allowed_mentions_ping",
        ),
    ];
    let sandbox = sandbox().await;
    let path = format!("/channels/{}/messages", world::QUESTIONS);
    for (body, expected) in cases {
        sandbox.clear_violations();
        call(&sandbox, Method::POST, &path, &body).await;
        let found = sandbox.violations();
        assert!(found.len() == 1 && found[0].starts_with(expected), "{body}: {found:?}");
    }
}

#[tokio::test]
async fn a_lenient_sandbox_records_and_lets_pass() {
    let options = SandboxOptions { strict: false, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let path = format!("/channels/{}/messages", world::QUESTIONS);
    let (status, _) = call(&sandbox, Method::POST, &path, &body(json!({"content": text(2001)}))).await;
    assert_eq!((status, sandbox.violations().len()), (200, 1));
    assert_eq!(sandbox.requests()[0].violations, sandbox.violations());
}
