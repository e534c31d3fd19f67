//! One WebSocket connection: HELLO, IDENTIFY or RESUME, heartbeats, Discord's close codes and send limits.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use axum::extract::State as Extracted;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::{Outgoing, Session};
use crate::sandbox::options::intents;
use crate::sandbox::{Sandbox, world};

/// The largest payload that a client may send, in bytes; above it 4002.
const PAYLOAD_BYTES: usize = 4096;
/// How many payloads a client may send in a minute; above it 4008.
const PAYLOADS_PER_MINUTE: usize = 120;

/// Answers the WebSocket handshake.
pub(in crate::sandbox) async fn upgrade(
    Extracted(sandbox): Extracted<Sandbox>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade.on_upgrade(move |socket| serve(sandbox, socket))
}

async fn serve(sandbox: Sandbox, socket: WebSocket) {
    let (sender, receiver) = unbounded_channel();
    let interval = sandbox.options().heartbeat_interval_ms;
    let hello =
        json!({"op": 10, "t": null, "s": null, "d": {"heartbeat_interval": interval, "_trace": ["sandbox"]}});
    let _ = sender.send(Outgoing::Text(hello.to_string()));
    let mut connection =
        Connection { sandbox: sandbox.clone(), sender, session: None, received: VecDeque::new() };
    connection.run(socket, receiver).await;
    connection.detach();
    sandbox.touch();
}

struct Connection {
    sandbox: Sandbox,
    sender: UnboundedSender<Outgoing>,
    session: Option<String>,
    /// When payloads came in during the last minute.
    received: VecDeque<Instant>,
}

impl Connection {
    async fn run(&mut self, socket: WebSocket, mut outgoing: UnboundedReceiver<Outgoing>) {
        let (mut sink, mut stream) = socket.split();
        let mut stopping = self.sandbox.shared.stopping.subscribe();
        loop {
            tokio::select! {
                // What is to be sent goes first, so that a close code is not overtaken by the client's end.
                biased;
                next = outgoing.recv() => match next {
                    Some(Outgoing::Text(text)) => {
                        if sink.send(Message::Text(text.into())).await.is_err() {
                            return;
                        }
                    }
                    Some(Outgoing::Close(code)) => {
                        let frame = code.map(|code| CloseFrame { code, reason: reason(code).into() });
                        let _ = sink.send(Message::Close(frame)).await;
                        // The client answers with its own close frame; a short wait lets ours arrive first.
                        let _ = tokio::time::timeout(Duration::from_millis(500), stream.next()).await;
                        return;
                    }
                    Some(Outgoing::Drop) | None => return,
                },
                frame = stream.next() => {
                    let text = match frame {
                        Some(Ok(Message::Text(text))) => text.to_string(),
                        Some(Ok(Message::Binary(bytes))) => String::from_utf8_lossy(&bytes).into_owned(),
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                        Some(Ok(Message::Close(frame))) => {
                            // 1000 and 1001 from the client end the session for good.
                            if frame.is_some_and(|frame| matches!(frame.code, 1000 | 1001)) {
                                self.forget();
                            }
                            return;
                        }
                        Some(Err(_)) | None => return,
                    };
                    self.receive(&text);
                }
                () = async { let _ = stopping.wait_for(|stop| *stop).await; } => return,
            }
        }
    }

    fn receive(&mut self, text: &str) {
        let now = Instant::now();
        self.received.push_back(now);
        while self.received.front().is_some_and(|first| now.duration_since(*first) > Duration::from_secs(60))
        {
            self.received.pop_front();
        }
        if self.received.len() > PAYLOADS_PER_MINUTE {
            return self.refuse(4008, "gateway_rate_limit: more than 120 payloads in 60 s");
        }
        if text.len() > PAYLOAD_BYTES {
            return self.refuse(4002, "gateway_payload: more than 4096 bytes");
        }
        let Ok(payload) = serde_json::from_str::<Value>(text) else {
            return self.refuse(4002, "gateway_payload: not JSON");
        };
        match payload["op"].as_u64() {
            Some(1) => self.heartbeat(),
            Some(2) => self.identify(&payload["d"]),
            Some(6) => self.resume(&payload["d"]),
            Some(3 | 4 | 8 | 31) if self.session.is_none() => {
                self.refuse(4003, "gateway_not_authenticated: a payload before IDENTIFY");
            }
            Some(3 | 4 | 8 | 31) => {}
            _ => self.refuse(4001, "gateway_opcode: unknown opcode"),
        }
    }

    fn heartbeat(&self) {
        if !self.sandbox.lock().gateway.silent_heartbeats {
            self.send(&json!({"op": 11, "t": null, "s": null, "d": null}));
        }
    }

    fn identify(&mut self, data: &Value) {
        if self.session.is_some() {
            return self.refuse(4005, "gateway_already_authenticated: a second IDENTIFY");
        }
        let options = self.sandbox.options().clone();
        let mut state = self.sandbox.lock();
        state.identifies += 1;
        let token = data["token"].as_str().unwrap_or_default();
        if state.gateway.refuse_identify || token.trim_start_matches("Bot ") != options.token {
            drop(state);
            self.sandbox.touch();
            // A wrong token is the operator's mistake, not the bot's: no violation.
            let _ = self.sender.send(Outgoing::Close(Some(4004)));
            return;
        }
        let Some(asked) = data["intents"].as_u64().filter(|asked| asked & !intents::ALL == 0) else {
            drop(state);
            return self.refuse(4013, "gateway_invalid_intents: IDENTIFY with intents that do not exist");
        };
        if asked & !options.intents_allowed != 0 {
            drop(state);
            self.sandbox.touch();
            let _ = self.sender.send(Outgoing::Close(Some(4014)));
            return;
        }
        let id = format!("{:032x}", self.sandbox.clock().snowflake());
        let mut session = Session::new(id.clone(), asked, self.sender.clone());
        session.send_event("READY", ready(&id, &self.sandbox.gateway_url(), data));
        if asked & intents::GUILDS != 0 && !state.unavailable {
            session.send_event("GUILD_CREATE", world::guild_create());
        }
        // A bot that identifies anew has given its older, broken sessions up.
        state.sessions.retain(|session| session.sender.is_some());
        state.sessions.push(session);
        drop(state);
        self.session = Some(id);
        self.sandbox.touch();
    }

    fn resume(&mut self, data: &Value) {
        if self.session.is_some() {
            return self.refuse(4005, "gateway_already_authenticated: RESUME in a session");
        }
        let token = data["token"].as_str().unwrap_or_default();
        if token.trim_start_matches("Bot ") != self.sandbox.options().token {
            return self.refuse(4004, "gateway_token: RESUME with another token");
        }
        let wanted = data["session_id"].as_str().unwrap_or_default().to_owned();
        let seen = data["seq"].as_u64().unwrap_or_default();
        let mut state = self.sandbox.lock();
        let found = state.sessions.iter_mut().find(|session| session.id == wanted && session.resumable);
        let Some(session) = found else {
            drop(state);
            return self.send(&json!({"op": 9, "t": null, "s": null, "d": false}));
        };
        if seen > session.sequence {
            drop(state);
            return self.refuse(4007, "gateway_sequence: RESUME with a sequence that was never sent");
        }
        for (sequence, text) in &session.replay {
            if *sequence > seen {
                let _ = self.sender.send(Outgoing::Text(text.clone()));
            }
        }
        session.sender = Some(self.sender.clone());
        session.send_event("RESUMED", json!({"_trace": ["sandbox"]}));
        drop(state);
        self.session = Some(wanted);
        self.sandbox.touch();
    }

    fn send(&self, payload: &Value) {
        let _ = self.sender.send(Outgoing::Text(payload.to_string()));
    }

    /// Records a breach and closes with its code.
    fn refuse(&self, code: u16, violation: &str) {
        self.sandbox.lock().violations.push(format!("{violation} (closed with {code})"));
        self.sandbox.touch();
        let _ = self.sender.send(Outgoing::Close(Some(code)));
    }

    /// The connection is gone, its session waits to be resumed.
    fn detach(&self) {
        let mut state = self.sandbox.lock();
        for session in &mut state.sessions {
            let ours = session.sender.as_ref().is_some_and(|sender| sender.same_channel(&self.sender));
            if ours {
                session.sender = None;
            }
        }
    }

    /// The session ends with its connection.
    fn forget(&self) {
        if let Some(id) = &self.session {
            self.sandbox.lock().sessions.retain(|session| session.id != *id);
        }
    }
}

fn ready(session: &str, gateway_url: &str, identify: &Value) -> Value {
    let mut ready = json!({
        "v": 10, "user": world::current_user(),
        "guilds": [{"id": world::GUILD.to_string(), "unavailable": true}],
        "session_id": session, "resume_gateway_url": gateway_url, "session_type": "normal",
        "application": {"id": world::APPLICATION.to_string(), "flags": 0},
        "private_channels": [], "presences": [], "relationships": [], "user_settings": {}, "_trace": ["sandbox"],
    });
    if identify["shard"].is_array() {
        ready["shard"] = identify["shard"].clone();
    }
    ready
}

fn reason(code: u16) -> &'static str {
    match code {
        4001 => "Unknown opcode.",
        4002 => "Error while decoding payload.",
        4003 => "Not authenticated.",
        4004 => "Authentication failed.",
        4005 => "Already authenticated.",
        4007 => "Invalid seq.",
        4008 => "You are being rate limited.",
        4009 => "Session timed out.",
        4013 => "Invalid intent(s).",
        4014 => "Disallowed intent(s).",
        _ => "",
    }
}
