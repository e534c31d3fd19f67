//! The sandbox's answers against Discord's own description of them, and the oracle against bodies that are wrong.

use registrar::sandbox::{InteractionDraft, MessageDraft, world};
use reqwest::Method;
use serde_json::{Value, json};

use super::{call, sandbox};
use crate::openapi;

fn message() -> Value {
    json!({
        "content": "x", "flags": 4, "allowed_mentions": {"parse": []},
        "embeds": [{"title": "t", "url": "https://example.org", "description": "d", "color": 5,
                    "fields": [{"name": "n", "value": "v", "inline": true}], "footer": {"text": "f"}}],
        "components": [
            {"type": 1, "components": [
                {"type": 2, "style": 2, "label": "Why?", "custom_id": "why"},
                {"type": 2, "style": 5, "label": "Source", "url": "https://example.org"},
            ]},
            {"type": 1, "components": [
                {"type": 3, "custom_id": "choose", "options": [{"label": "l", "value": "v"}]},
            ]},
        ],
    })
}

#[tokio::test]
async fn every_answer_is_as_the_file_says() {
    let sandbox = sandbox().await;
    let commands = format!("/applications/{}/commands", world::APPLICATION);
    let in_guild = format!("/applications/{}/guilds/{}/commands", world::APPLICATION, world::GUILD);
    let definition = json!({
        "name": "ask", "description": "Asks", "contexts": [0, 1], "integration_types": [0],
        "default_member_permissions": null, "options": [
            {"type": 3, "name": "question", "description": "What", "required": true, "max_length": 400, "choices": []},
            {"type": 5, "name": "private", "description": "Only for you"},
        ],
    });
    let menu = json!({"type": 3, "name": "Answer this"});
    let channel = format!("/channels/{}/messages", world::QUESTIONS);
    let question = sandbox.say(MessageDraft::question("hello"));
    call(&sandbox, Method::PUT, &commands, &json!([definition, menu])).await;
    call(&sandbox, Method::POST, &commands, &definition).await;
    call(&sandbox, Method::PUT, &in_guild, &json!([definition])).await;
    let (_, sent) = call(&sandbox, Method::POST, &channel, &message()).await;
    let mut reply = message();
    reply["message_reference"] = json!({"message_id": question.to_string()});
    reply["nonce"] = json!("5");
    reply["enforce_nonce"] = json!(true);
    call(&sandbox, Method::POST, &channel, &reply).await;
    let sent = sent["id"].as_str().unwrap().to_owned();
    call(&sandbox, Method::PATCH, &format!("{channel}/{sent}"), &message()).await;
    let (_, listed) = call(&sandbox, Method::GET, &commands, &Value::Null).await;
    let id = listed[0]["id"].as_str().unwrap().to_owned();
    for path in [
        "/gateway".to_owned(),
        "/gateway/bot".to_owned(),
        "/users/@me".to_owned(),
        "/applications/@me".to_owned(),
        "/oauth2/applications/@me".to_owned(),
        format!("/guilds/{}", world::GUILD),
        format!("/guilds/{}/channels", world::GUILD),
        format!("/guilds/{}/members/{}", world::GUILD, world::BOT),
        format!("/channels/{}", world::QUESTIONS),
        format!("/channels/{}", world::FORUM),
        format!("/channels/{}", world::POST),
        format!("/channels/{}", world::THREAD),
        format!("/channels/{}", world::DM_ASKER),
        channel.clone(),
        format!("{channel}/{sent}"),
        commands.clone(),
        in_guild.clone(),
        format!("{commands}/{id}"),
    ] {
        assert_eq!(call(&sandbox, Method::GET, &path, &Value::Null).await.0, 200, "{path}");
    }
    let recipient = json!({"recipient_id": world::ASKER.to_string()});
    call(&sandbox, Method::POST, "/users/@me/channels", &recipient).await;
    for kind in [4, 5] {
        let asked = sandbox.slash(InteractionDraft::ask("x"));
        let token = sandbox.interaction_token(asked).unwrap();
        let webhook = format!("/webhooks/{}/{token}", world::APPLICATION);
        let data = if kind == 4 { message() } else { json!({"flags": 64}) };
        let path = format!("/interactions/{asked}/{token}/callback?with_response=true");
        call(&sandbox, Method::POST, &path, &json!({"type": kind, "data": data})).await;
        call(&sandbox, Method::PATCH, &format!("{webhook}/messages/@original"), &message()).await;
        call(&sandbox, Method::GET, &format!("{webhook}/messages/@original"), &Value::Null).await;
        call(&sandbox, Method::POST, &format!("{webhook}?wait=true"), &message()).await;
    }
    let requests = sandbox.requests();
    assert!(requests.iter().all(|request| request.status < 300), "{requests:#?}");
    assert_eq!(sandbox.violations(), Vec::<String>::new());
    let problems = openapi::check_answers(&requests);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let problems = openapi::check(&requests);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[tokio::test]
async fn the_file_finds_what_is_wrong_with_a_body() {
    let sandbox = sandbox().await;
    let path = format!("/channels/{}/messages", world::QUESTIONS);
    let wrong = [
        json!({"contents": "x"}),
        json!({"content": "x", "embeds": [{"title": "x".repeat(257)}]}),
        json!({"content": "x", "components": [{"type": 1, "components": []}]}),
        json!({"content": "x", "allowed_mentions": {"parse": ["nobody"]}}),
    ];
    for body in &wrong {
        call(&sandbox, Method::POST, &path, body).await;
    }
    let requests = sandbox.requests();
    if openapi::check(&requests).is_empty() {
        return; // The file is not there; `check` has said so.
    }
    for request in requests {
        assert!(!openapi::check(std::slice::from_ref(&request)).is_empty(), "{}", request.body);
    }
}
