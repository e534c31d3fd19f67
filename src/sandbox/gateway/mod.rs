//! The gateway: sessions, their replay buffers, and which event reaches which session in which form.

mod connection;

pub(super) use connection::upgrade;

use std::collections::VecDeque;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::options::intents;
use super::state::StoredMessage;
use super::{Sandbox, world};

/// How many events a session keeps for RESUME.
const REPLAY_EVENTS: usize = 5_000;

/// What a connection sends.
#[derive(Debug, Clone)]
pub(super) enum Outgoing {
    /// A text frame.
    Text(String),
    /// A close frame, with or without a code, then nothing.
    Close(Option<u16>),
    /// The end of the connection without a close frame.
    Drop,
}

/// One identified session; it outlives its connection so that it can be resumed.
pub(super) struct Session {
    pub(super) id: String,
    pub(super) intents: u64,
    pub(super) resumable: bool,
    /// The present connection.
    pub(super) sender: Option<UnboundedSender<Outgoing>>,
    sequence: u64,
    replay: VecDeque<(u64, String)>,
}

impl Session {
    fn new(id: String, intents: u64, sender: UnboundedSender<Outgoing>) -> Self {
        Session { id, intents, resumable: true, sender: Some(sender), sequence: 0, replay: VecDeque::new() }
    }

    /// Numbers an event, keeps it for RESUME and sends it if there is a connection.
    pub(super) fn send_event(&mut self, name: &str, data: Value) {
        self.sequence += 1;
        let text = json!({"op": 0, "t": name, "s": self.sequence, "d": data}).to_string();
        self.replay.push_back((self.sequence, text.clone()));
        if self.replay.len() > REPLAY_EVENTS {
            self.replay.pop_front();
        }
        if let Some(sender) = &self.sender {
            let _ = sender.send(Outgoing::Text(text));
        }
    }
}

/// An event that goes to sessions by their intents.
pub(super) enum Event<'a> {
    /// MESSAGE_CREATE, MESSAGE_UPDATE.
    Message { name: &'a str, message: &'a StoredMessage },
    /// MESSAGE_DELETE.
    Deleted { id: u64, message: &'a StoredMessage },
    /// MESSAGE_DELETE_BULK, for messages of one place.
    DeletedTogether { ids: &'a [u64], message: &'a StoredMessage },
    /// GUILD_CREATE, GUILD_DELETE.
    Server { name: &'a str, data: &'a Value },
    /// INTERACTION_CREATE: needs no intent.
    Interaction(&'a Value),
}

impl Sandbox {
    /// Sends an event to every session that asked for it.
    pub(super) fn dispatch(sessions: &mut [Session], event: &Event<'_>) {
        for session in sessions {
            match event {
                Event::Interaction(data) => session.send_event("INTERACTION_CREATE", (*data).clone()),
                Event::Message { name, message } => {
                    if wants_messages(session.intents, message) {
                        session.send_event(name, message_for(session.intents, message));
                    }
                }
                Event::Server { name, data } => {
                    if session.intents & intents::GUILDS != 0 {
                        session.send_event(name, (*data).clone());
                    }
                }
                Event::DeletedTogether { ids, message } => {
                    if wants_messages(session.intents, message) {
                        let ids: Vec<String> = ids.iter().map(u64::to_string).collect();
                        let guild = message.guild.map(|guild| guild.to_string());
                        let data =
                            json!({"ids": ids, "channel_id": message.channel.to_string(), "guild_id": guild});
                        session.send_event("MESSAGE_DELETE_BULK", data);
                    }
                }
                Event::Deleted { id, message } => {
                    if wants_messages(session.intents, message) {
                        let mut data =
                            json!({"id": id.to_string(), "channel_id": message.channel.to_string()});
                        if let Some(guild) = message.guild {
                            data["guild_id"] = json!(guild.to_string());
                        }
                        session.send_event("MESSAGE_DELETE", data);
                    }
                }
            }
        }
    }
}

fn wants_messages(asked: u64, message: &StoredMessage) -> bool {
    match message.guild {
        Some(world::GUILD) => asked & intents::GUILD_MESSAGES != 0,
        // The bot is no member of the foreign server: the gateway tells nothing of it.
        Some(_) => false,
        None => asked & intents::DIRECT_MESSAGES != 0,
    }
}

/// The gateway's form of a message: with server and member, and emptied where the content intent is missing.
fn message_for(asked: u64, message: &StoredMessage) -> Value {
    let mut data = message.json.clone();
    data["channel_type"] = json!(match message.channel {
        thread if world::is_thread(thread) => 11,
        _ if message.guild.is_none() => 1,
        _ => 0,
    });
    if let Some(guild) = message.guild {
        data["guild_id"] = json!(guild.to_string());
        if data.get("webhook_id").is_none() {
            data["member"] = world::member(message.author);
        }
        if let Some(mentions) = data["mentions"].as_array_mut() {
            for mention in mentions {
                if let Some(id) = super::observe::id_of(&mention["id"]) {
                    mention["member"] = world::member(id);
                }
            }
        }
    }
    if asked & intents::MESSAGE_CONTENT == 0 {
        if !content_is_public(message) {
            empty(&mut data);
        }
        // The message replied to is judged on its own: it may be a stranger's.
        let referenced = &data["referenced_message"];
        let own = referenced["author"]["id"] == json!(world::BOT.to_string());
        let mentioned = mentions_bot(referenced);
        if referenced.is_object() && message.guild.is_some() && !own && !mentioned {
            empty(&mut data["referenced_message"]);
        }
    }
    data
}

/// Without the content intent the bot reads its own messages, direct ones and those that mention it.
fn content_is_public(message: &StoredMessage) -> bool {
    message.guild.is_none() || message.author == world::BOT || mentions_bot(&message.json)
}

fn mentions_bot(message: &Value) -> bool {
    let bot = json!(world::BOT.to_string());
    message["mentions"].as_array().is_some_and(|users| users.iter().any(|user| user["id"] == bot))
}

fn empty(message: &mut Value) {
    message["content"] = json!("");
    for list in ["embeds", "attachments", "components"] {
        message[list] = json!([]);
    }
}
