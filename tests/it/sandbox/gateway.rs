//! The gateway by hand: close codes, limits, intents, resume; and its payloads read by a second, independent model.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use registrar::sandbox::options::intents;
use registrar::sandbox::{
    GatewayFault, InteractionDraft, MessageDraft, Place, Sandbox, SandboxOptions, world,
};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::{call, sandbox};

type Socket = tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

async fn connect(sandbox: &Sandbox) -> Socket {
    let (mut socket, _) = tokio_tungstenite::connect_async(sandbox.gateway_url()).await.unwrap();
    assert_eq!(next(&mut socket).await.unwrap()["op"], json!(10));
    socket
}

async fn send(socket: &mut Socket, payload: &Value) {
    socket.send(Message::Text(payload.to_string().into())).await.unwrap();
}

/// The next payload, or the code with which the server closed.
async fn next(socket: &mut Socket) -> Result<Value, u16> {
    let frame = tokio::time::timeout(Duration::from_secs(5), socket.next()).await.expect("nothing came");
    match frame {
        Some(Ok(Message::Text(text))) => Ok(serde_json::from_str(&text).unwrap()),
        Some(Ok(Message::Close(Some(frame)))) => Err(frame.code.into()),
        _ => Err(0),
    }
}

fn identify(sandbox: &Sandbox, asked: u64) -> Value {
    json!({"op": 2, "d": {"token": sandbox.token(), "intents": asked, "properties": {}}})
}

const QUIET: u64 = intents::GUILDS | intents::GUILD_MESSAGES | intents::DIRECT_MESSAGES;

/// An identified connection, past READY and GUILD_CREATE.
async fn identified(sandbox: &Sandbox, asked: u64) -> (Socket, Value) {
    let mut socket = connect(sandbox).await;
    send(&mut socket, &identify(sandbox, asked)).await;
    let ready = next(&mut socket).await.unwrap();
    assert_eq!(ready["t"], json!("READY"));
    if asked & intents::GUILDS != 0 {
        assert_eq!(next(&mut socket).await.unwrap()["t"], json!("GUILD_CREATE"));
    }
    (socket, ready)
}

#[tokio::test]
async fn close_codes() {
    let sandbox = sandbox().await;
    let with_token = |token: &str, asked: Value| json!({"op": 2, "d": {"token": token, "intents": asked}});
    let good = sandbox.token().to_owned();
    let big = json!({"op": 1, "d": "x".repeat(5000)});
    let cases: Vec<(Vec<Value>, u16)> = vec![
        (vec![json!({"op": 99})], 4001),
        (vec![big], 4002),
        (vec![json!({"op": 3, "d": {}})], 4003),
        (vec![with_token("wrong", json!(0))], 4004),
        (vec![identify(&sandbox, QUIET), identify(&sandbox, QUIET)], 4005),
        (vec![with_token(&good, json!(1_u64 << 40))], 4013),
        (vec![with_token(&good, json!(intents::MESSAGE_CONTENT))], 4014),
        (vec![json!({"op": 1, "d": null}); 121], 4008),
    ];
    for (payloads, code) in cases {
        let mut socket = connect(&sandbox).await;
        for payload in &payloads {
            send(&mut socket, payload).await;
        }
        let closed = loop {
            if let Err(code) = next(&mut socket).await {
                break code;
            }
        };
        assert_eq!(closed, code);
    }
    let mut socket = connect(&sandbox).await;
    socket.send(Message::Text("{".into())).await.unwrap();
    assert_eq!(next(&mut socket).await, Err(4002));
}

#[tokio::test]
async fn heartbeats_are_acknowledged_and_a_session_resumes_where_it_was() {
    let sandbox = sandbox().await;
    let (mut socket, ready) = identified(&sandbox, QUIET).await;
    send(&mut socket, &json!({"op": 1, "d": 2})).await;
    assert_eq!(next(&mut socket).await.unwrap()["op"], json!(11));
    sandbox.say(MessageDraft::question("one"));
    assert_eq!(next(&mut socket).await.unwrap()["s"], json!(3));
    drop(socket);
    sandbox.say(MessageDraft::question("two"));
    let resume = |session: &Value, seq: u64| json!({"op": 6, "d": {"token": sandbox.token(), "session_id": session, "seq": seq}});
    let mut socket = connect(&sandbox).await;
    send(&mut socket, &resume(&ready["d"]["session_id"], 3)).await;
    let replayed = next(&mut socket).await.unwrap();
    assert!(replayed["d"]["content"].as_str().unwrap().ends_with("two"));
    assert_eq!(next(&mut socket).await.unwrap()["t"], json!("RESUMED"));
    let mut socket = connect(&sandbox).await;
    send(&mut socket, &resume(&json!("other"), 3)).await;
    let refused = next(&mut socket).await.unwrap();
    assert_eq!((&refused["op"], &refused["d"]), (&json!(9), &json!(false)));
    let mut socket = connect(&sandbox).await;
    send(&mut socket, &resume(&ready["d"]["session_id"], 99)).await;
    assert_eq!(next(&mut socket).await, Err(4007));
}

#[tokio::test]
async fn events_are_filtered_and_emptied_by_intents() {
    let options = SandboxOptions { intents_allowed: intents::ALL, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let (mut quiet, _) = identified(&sandbox, QUIET).await;
    let (mut reading, _) = identified(&sandbox, QUIET | intents::MESSAGE_CONTENT).await;
    let (mut deaf, _) = identified(&sandbox, 0).await;
    let plain = |text: &str| MessageDraft::new(world::ASKER, world::QUESTIONS, text);
    let own = call(
        &sandbox,
        reqwest::Method::POST,
        &format!("/channels/{}/messages", world::QUESTIONS),
        &json!({"content": "own", "allowed_mentions": {"parse": []}}),
    )
    .await;
    let own: u64 = own.1["id"].as_str().unwrap().parse().unwrap();
    sandbox.say(plain("secret"));
    sandbox.say(MessageDraft::question("asked"));
    sandbox.say(MessageDraft::dm("direct"));
    sandbox.say(MessageDraft::reply(own, "pinged"));
    sandbox.say(MessageDraft { reply_ping: false, ..MessageDraft::reply(own, "unpinged") });
    sandbox.say(MessageDraft { mention_everyone: true, ..plain("@everyone") });
    let asked = format!("<@{}> asked", world::BOT);
    for (quietly, fully) in [
        ("own", "own"),
        ("", "secret"),
        (asked.as_str(), asked.as_str()),
        ("direct", "direct"),
        ("pinged", "pinged"),
        ("", "unpinged"),
        ("", "@everyone"),
    ] {
        assert_eq!(next(&mut quiet).await.unwrap()["d"]["content"], json!(quietly));
        assert_eq!(next(&mut reading).await.unwrap()["d"]["content"], json!(fully));
    }
    send(&mut deaf, &json!({"op": 1, "d": null})).await;
    assert_eq!(next(&mut deaf).await.unwrap()["op"], json!(11), "a session without intents hears nothing");
}

#[tokio::test]
async fn a_second_model_reads_every_payload() {
    use twilight_model::gateway::event::GatewayEventDeserializer;
    let sandbox = sandbox().await;
    let definitions = json!([{"name": "ask", "description": "Asks", "options": [
        {"type": 3, "name": "question", "description": "What", "required": true, "autocomplete": true}
    ]}, {"name": "set", "description": "Sets", "options": [
        {"type": 7, "name": "channel", "description": "Where", "channel_types": [0, 15]},
        {"type": 8, "name": "role", "description": "Who"}
    ]}, {"type": 3, "name": "Answer this"}]);
    let path = format!("/applications/{}/commands", world::APPLICATION);
    call(&sandbox, reqwest::Method::PUT, &path, &definitions).await;
    let mut socket = connect(&sandbox).await;
    send(&mut socket, &identify(&sandbox, QUIET)).await;
    sandbox.ready().await;
    let card = json!({"content": "card", "allowed_mentions": {"parse": []}, "embeds": [{"title": "t"}], "components": [
        {"type": 1, "components": [{"type": 2, "style": 2, "label": "Why?", "custom_id": "why"}]},
        {"type": 1, "components": [{"type": 3, "custom_id": "choose", "options": [{"label": "One", "value": "1"}]}]}
    ]});
    let channel = format!("/channels/{}/messages", world::QUESTIONS);
    let question = sandbox.say(MessageDraft::question("hello"));
    let (_, sent) = call(&sandbox, reqwest::Method::POST, &channel, &card).await;
    let sent: u64 = sent["id"].as_str().unwrap().parse().unwrap();
    sandbox.say(MessageDraft::reply(sent, "a reply"));
    sandbox.say(MessageDraft::dm("direct"));
    sandbox.say(MessageDraft { webhook: true, ..MessageDraft::question("a webhook") });
    sandbox.say(MessageDraft::new(world::OTHER_BOT, world::THREAD, "in a thread"));
    sandbox.edit(question, "edited");
    sandbox.delete(question);
    sandbox.slash(InteractionDraft::ask("x"));
    sandbox.slash(InteractionDraft::ask("x").at(Place::Dm));
    sandbox.slash(InteractionDraft::ask("x").at(Place::ForeignGuild));
    sandbox.slash(InteractionDraft { without_member: true, ..InteractionDraft::ask("x") });
    sandbox.autocomplete(InteractionDraft::ask("x"), "question");
    sandbox.menu(world::ASKER, "Answer this", sent);
    let press = sandbox.press(world::ASKER, sent, "why");
    let token = sandbox.interaction_token(press).unwrap();
    let form = json!({"type": 9, "data": {"custom_id": "form", "title": "Ask", "components": [
        {"type": 1, "components": [{"type": 4, "custom_id": "text", "style": 1, "label": "Question"}]}
    ]}});
    let callback = format!("/interactions/{press}/{token}/callback");
    assert_eq!(call(&sandbox, reqwest::Method::POST, &callback, &form).await.0, 204);
    sandbox.submit(press, &[("text", "how long?")]);
    sandbox.choose(world::ASKER, sent, "choose", &["1"]);
    let set = InteractionDraft::new("set").option("channel", json!(world::FORUM.to_string()));
    sandbox.slash(set.option("role", json!(world::MODERATOR_ROLE.to_string())));
    let together = [MessageDraft::question("a"), MessageDraft::question("b")].map(|draft| sandbox.say(draft));
    sandbox.delete_together(&together);
    sandbox.outage();
    sandbox.remove_bot();
    sandbox.add_bot();
    assert_eq!(sandbox.violations(), Vec::<String>::new());
    let mut names = Vec::new();
    while names.len() < 27 {
        let payload = next(&mut socket).await.unwrap();
        let text = payload.to_string();
        let reader = GatewayEventDeserializer::from_json(&text).unwrap();
        let mut json = serde_json::Deserializer::from_str(&text);
        if let Err(error) = serde::de::DeserializeSeed::deserialize(reader, &mut json) {
            panic!("{error} in {text}");
        }
        names.push(payload["t"].as_str().unwrap_or("none").to_owned());
    }
    assert_eq!(names.iter().filter(|name| *name == "INTERACTION_CREATE").count(), 10);
    assert_eq!(&names[..3], ["READY", "GUILD_CREATE", "MESSAGE_CREATE"]);
    let end = ["MESSAGE_DELETE_BULK", "GUILD_DELETE", "GUILD_CREATE", "GUILD_DELETE", "GUILD_CREATE"];
    assert_eq!(&names[22..], end);
}

#[tokio::test]
async fn faults_on_demand() {
    let sandbox = sandbox().await;
    let frame = |payload: Value| Ok::<Value, u16>(payload);
    let op = |op: u64, data: Value| json!({"op": op, "d": data, "s": null, "t": null});
    let event = json!({"op": 0, "t": "NEW_EVENT", "s": 3, "d": {"x": 1}});
    for (fault, expected) in [
        (GatewayFault::Close(4000), Err(4000)),
        (GatewayFault::Close(4009), Err(4009)),
        (GatewayFault::CloseWithoutCode, Err(0)),
        (GatewayFault::Drop, Err(0)),
        (GatewayFault::Reconnect, frame(op(7, Value::Null))),
        (GatewayFault::InvalidSession(true), frame(op(9, json!(true)))),
        (GatewayFault::InvalidSession(false), frame(op(9, json!(false)))),
        (GatewayFault::Event { name: "NEW_EVENT".to_owned(), data: json!({"x": 1}) }, frame(event)),
        (GatewayFault::Raw("{\"op\":11}".to_owned()), frame(json!({"op": 11}))),
    ] {
        let (mut socket, ready) = identified(&sandbox, QUIET).await;
        sandbox.gateway_fault(fault.clone());
        assert_eq!(next(&mut socket).await, expected, "{fault:?}");
        drop(socket);
        // Only an invalid session that may not be resumed is gone.
        let mut socket = connect(&sandbox).await;
        let session = &ready["d"]["session_id"];
        send(
            &mut socket,
            &json!({"op": 6, "d": {"token": sandbox.token(), "session_id": session, "seq": 3}}),
        )
        .await;
        let gone = matches!(fault, GatewayFault::InvalidSession(false));
        let resumed = next(&mut socket).await;
        assert_eq!(resumed == frame(op(9, json!(false))), gone, "{fault:?}: {resumed:?}");
    }
    let (mut socket, _) = identified(&sandbox, QUIET).await;
    sandbox.gateway_fault(GatewayFault::AcknowledgeHeartbeats(false));
    send(&mut socket, &json!({"op": 1, "d": null})).await;
    let silence = tokio::time::timeout(Duration::from_millis(50), socket.next()).await;
    assert!(silence.is_err(), "{silence:?}");
    sandbox.gateway_fault(GatewayFault::RefuseIdentify);
    let mut socket = connect(&sandbox).await;
    send(&mut socket, &identify(&sandbox, QUIET)).await;
    assert_eq!(next(&mut socket).await, Err(4004));
}

#[tokio::test]
async fn a_client_that_says_goodbye_cannot_resume() {
    use tokio_tungstenite::tungstenite::protocol::{CloseFrame, frame::coding::CloseCode};
    let sandbox = sandbox().await;
    let (mut socket, ready) = identified(&sandbox, QUIET).await;
    socket.close(Some(CloseFrame { code: CloseCode::Normal, reason: "".into() })).await.unwrap();
    while socket.next().await.is_some_and(|frame| frame.is_ok()) {}
    let mut socket = connect(&sandbox).await;
    let session = &ready["d"]["session_id"];
    send(&mut socket, &json!({"op": 6, "d": {"token": sandbox.token(), "session_id": session, "seq": 2}}))
        .await;
    assert_eq!(next(&mut socket).await.unwrap()["op"], json!(9));
}
