//! Routes, permissions, tokens, records and faults of the REST side.

use std::time::Duration;

use registrar::sandbox::{Effect, Fault, MessageDraft, Sandbox, SandboxOptions, world};
use reqwest::Method;
use serde_json::{Value, json};

use super::{call, sandbox};

fn body(content: &str) -> Value {
    json!({"content": content, "allowed_mentions": {"parse": []}})
}

fn messages(channel: u64) -> String {
    format!("/channels/{channel}/messages")
}

#[tokio::test]
async fn what_the_bot_may_not_do_has_its_code() {
    let sandbox = sandbox().await;
    let strangers = sandbox.say(MessageDraft::question("hello"));
    let here = messages(world::QUESTIONS);
    let hello = body("hello");
    let reply = |id: u64, fail: bool| {
        json!({"content": "x", "allowed_mentions": {"parse": []},
               "message_reference": {"message_id": id.to_string(), "fail_if_not_exists": fail}})
    };
    let cases: Vec<(Method, String, Value, u16, u64)> = vec![
        (Method::POST, messages(world::HIDDEN), hello.clone(), 403, 50001),
        (Method::POST, messages(world::READ_ONLY), hello.clone(), 403, 50013),
        (Method::POST, messages(1), hello.clone(), 404, 10003),
        (Method::GET, format!("/channels/{}", world::HIDDEN), Value::Null, 403, 50001),
        (Method::PATCH, format!("{here}/1"), hello.clone(), 404, 10008),
        (Method::DELETE, format!("{here}/1"), Value::Null, 404, 10008),
        (Method::PATCH, format!("{here}/{strangers}"), hello.clone(), 403, 50005),
        (Method::DELETE, format!("{here}/{strangers}"), Value::Null, 403, 50013),
        (Method::POST, here.clone(), reply(1, true), 400, 50035),
        (Method::POST, "/users/@me/channels".to_owned(), json!({"recipient_id": "5"}), 400, 50007),
        (Method::GET, "/guilds/5".to_owned(), Value::Null, 404, 10004),
    ];
    for (method, path, body, status, code) in cases {
        let (found, answer) = call(&sandbox, method, &path, &body).await;
        assert_eq!((found, answer["code"].as_u64()), (status, Some(code)), "{path}");
    }
    for (method, path, body, status) in [
        (Method::POST, messages(world::THREAD), hello.clone(), 200),
        (Method::POST, messages(world::DM_ASKER), hello.clone(), 200),
        (Method::POST, here.clone(), reply(1, false), 200),
        (Method::POST, here.clone(), reply(strangers, true), 200),
        (Method::POST, format!("/channels/{}/typing", world::QUESTIONS), Value::Null, 204),
        (
            Method::POST,
            "/users/@me/channels".to_owned(),
            json!({"recipient_id": world::ASKER.to_string()}),
            200,
        ),
    ] {
        assert_eq!(call(&sandbox, method, &path, &body).await.0, status, "{path}");
    }
    sandbox.set_bot_permissions(world::QUESTIONS, world::permission::VIEW_CHANNEL);
    assert_eq!(call(&sandbox, Method::POST, &here, &hello).await.1["code"], json!(50013));
    sandbox.set_bot_permissions(world::THREAD, world::permission::INVITED & !world::permission::EMBED_LINKS);
    let embed = json!({"embeds": [{"title": "t"}], "allowed_mentions": {"parse": []}});
    assert_eq!(call(&sandbox, Method::POST, &messages(world::THREAD), &embed).await.1["code"], json!(50013));
}

#[tokio::test]
async fn an_unknown_route_a_bad_body_and_a_wrong_token_are_named() {
    let sandbox = sandbox().await;
    assert_eq!(call(&sandbox, Method::GET, "/nothing", &Value::Null).await.0, 404);
    let raw = |token: &'static str, body: &'static str| {
        reqwest::Client::new()
            .post(format!("{}/api/v10{}", sandbox.api_base(), messages(world::QUESTIONS)))
            .header("User-Agent", "DiscordBot (x, 1)")
            .header("Authorization", format!("Bot {token}"))
            .body(body)
            .send()
    };
    assert_eq!(raw("sandbox.local.token", "{").await.unwrap().status().as_u16(), 400);
    assert_eq!(raw("wrong", "{}").await.unwrap().status().as_u16(), 401);
    raw("sandbox.local.token", "{}").await.unwrap();
    let found: Vec<String> = sandbox
        .violations()
        .iter()
        .map(|line| line.split(':').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        found,
        [
            "unknown_route",
            "unparsable_body",
            "request_after_401",
            "allowed_mentions_missing",
            "message_empty"
        ]
    );
    // The token is not kept.
    assert!(!format!("{:?}", sandbox.requests()).contains(sandbox.token()));
}

#[tokio::test]
async fn an_enforced_nonce_gives_the_first_message_again() {
    let sandbox = sandbox().await;
    let mut once = body("once");
    once["nonce"] = json!("7");
    once["enforce_nonce"] = json!(true);
    let path = messages(world::QUESTIONS);
    sandbox.fault(Fault::new("POST", "/channels/*/messages", 1, Effect::StoreThenDrop));
    let lost = reqwest::Client::new()
        .post(format!("{}/api/v10{path}", sandbox.api_base()))
        .header("Authorization", format!("Bot {}", sandbox.token()))
        .header("User-Agent", "DiscordBot (x, 1)")
        .json(&once)
        .send()
        .await;
    let lost = match lost {
        Ok(response) => response.bytes().await.is_err(),
        Err(_) => true,
    };
    assert!(lost, "the answer should have been lost");
    let (_, first) = call(&sandbox, Method::POST, &path, &once).await;
    let (_, second) = call(&sandbox, Method::POST, &path, &once).await;
    assert_eq!(first["id"], second["id"]);
    assert_eq!(sandbox.bot_messages(world::QUESTIONS).len(), 1);
    once["enforce_nonce"] = json!(false);
    call(&sandbox, Method::POST, &path, &once).await;
    assert_eq!(sandbox.bot_messages(world::QUESTIONS).len(), 2);
}

#[tokio::test]
async fn faults_hit_as_often_as_armed() {
    let sandbox = sandbox().await;
    let path = messages(world::QUESTIONS);
    sandbox.fault(Fault::status("POST", "/channels/*/messages", 2, 500));
    sandbox.fault(Fault::rate_limited("POST", "/channels/*/messages", 1, 0.7, true));
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(call(&sandbox, Method::POST, &path, &body("x")).await.0);
    }
    assert_eq!(statuses, [500, 500, 429, 200]);
    sandbox.fault(Fault::new("GET", "/users/@me", 1, Effect::Hang(Duration::from_secs(60))));
    let hanging = tokio::time::timeout(
        Duration::from_millis(50),
        call(&sandbox, Method::GET, "/users/@me", &Value::Null),
    );
    assert!(hanging.await.is_err());
}

#[tokio::test]
async fn a_channel_takes_five_messages_in_five_seconds() {
    let options = SandboxOptions { channel_rate_limit: true, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let path = messages(world::QUESTIONS);
    for left in ["4", "3", "2", "1", "0"] {
        let sent = reqwest::Client::new()
            .post(format!("{}/api/v10{path}", sandbox.api_base()))
            .header("Authorization", format!("Bot {}", sandbox.token()))
            .header("User-Agent", "DiscordBot (x, 1)")
            .json(&body("x"));
        let answer = sent.send().await.unwrap();
        let remaining = answer.headers()["x-ratelimit-remaining"].to_str().unwrap();
        assert_eq!((answer.status().as_u16(), remaining), (200, left));
    }
    let (status, answer) = call(&sandbox, Method::POST, &path, &body("x")).await;
    assert_eq!(status, 429);
    assert!(answer["retry_after"].as_f64().is_some_and(|wait| wait > 0.0 && wait <= 5.0));
    sandbox.advance(Duration::from_secs(5));
    assert_eq!(call(&sandbox, Method::POST, &path, &body("x")).await.0, 200);
}

#[tokio::test]
async fn messages_are_listed_newest_first() {
    let sandbox = sandbox().await;
    let ids: Vec<u64> = (0..4).map(|n| sandbox.say(MessageDraft::question(&n.to_string()))).collect();
    let listed = |query: String| {
        let sandbox = sandbox.clone();
        async move {
            let path = format!("{}{query}", messages(world::QUESTIONS));
            let (_, list) = call(&sandbox, Method::GET, &path, &Value::Null).await;
            list.as_array()
                .unwrap()
                .iter()
                .map(|m| m["id"].as_str().unwrap().parse().unwrap())
                .collect::<Vec<u64>>()
        }
    };
    assert_eq!(listed("?limit=2".to_owned()).await, [ids[3], ids[2]]);
    assert_eq!(listed(format!("?after={}&limit=2", ids[0])).await, [ids[2], ids[1]]);
    assert_eq!(listed(format!("?before={}", ids[1])).await, [ids[0]]);
}
