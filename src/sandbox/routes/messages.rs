//! Messages in channels: create with enforced nonce, edit, delete, read.

use serde_json::{Value, json};

use super::channels::{allowed, posting};
use super::{Call, Reply, rate, snowflake};
use crate::sandbox::compose;
use crate::sandbox::gateway::Event;
use crate::sandbox::limits::Body;
use crate::sandbox::observe::id_of;
use crate::sandbox::world::{self, permission};
use crate::sandbox::{ChannelId, MessageId, Sandbox};

pub(super) fn create(sandbox: &Sandbox, call: &mut Call, channel: &str) -> Reply {
    let body = call.json();
    let channel = snowflake(channel);
    let mut wanted = posting(channel);
    if body["message_reference"].is_object() {
        wanted |= permission::READ_MESSAGE_HISTORY;
    }
    if body["embeds"].as_array().is_some_and(|embeds| !embeds.is_empty()) {
        wanted |= permission::EMBED_LINKS;
    }
    let channel = match allowed(sandbox, channel, wanted) {
        Ok(channel) => channel,
        Err(reply) => return reply,
    };
    if let Some(reply) = super::check_message(sandbox, call, &body, Body::New) {
        return reply;
    }
    match rate::spend(sandbox, channel) {
        Ok(headers) => Reply { headers, ..store(sandbox, channel, &body) },
        Err(reply) => reply,
    }
}

/// Stores a new message, or finds the one that was stored with its enforced nonce before.
fn store(sandbox: &Sandbox, channel: ChannelId, body: &Value) -> Reply {
    let mut state = sandbox.lock();
    if let Some(target) = id_of(&body["message_reference"]["message_id"]) {
        let stands = state.messages.get(&target).is_some_and(|m| !m.deleted && m.channel == channel);
        if !stands && body["message_reference"]["fail_if_not_exists"] != json!(false) {
            return super::form_error(
                &["message_reference"],
                "MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
                "Unknown message",
            );
        }
    }
    let nonce = match &body["nonce"] {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let enforced = nonce.filter(|_| body["enforce_nonce"] == json!(true));
    if let Some(first) = enforced.as_ref().and_then(|nonce| state.nonces.get(&(channel, nonce.clone())))
        && let Some(message) = state.messages.get(first)
    {
        return Reply::ok(message.json.clone());
    }
    let message = compose::by_bot(sandbox, &state, (channel, world::guild_of(channel)), body, None);
    let id = id_of(&message.json["id"]).unwrap_or_default();
    if let Some(nonce) = enforced {
        state.nonces.insert((channel, nonce), id);
    }
    let json = message.json.clone();
    Sandbox::dispatch(&mut state.sessions, &Event::Message { name: "MESSAGE_CREATE", message: &message });
    state.messages.insert(id, message);
    Reply::ok(json)
}

pub(super) fn edit(sandbox: &Sandbox, call: &mut Call, channel: &str, message: &str) -> Reply {
    let channel = match allowed(sandbox, snowflake(channel), 0) {
        Ok(channel) => channel,
        Err(reply) => return reply,
    };
    let Some(id) = standing(sandbox, channel, message) else { return unknown_message() };
    if sandbox.lock().messages.get(&id).is_some_and(|message| message.author != world::BOT) {
        return Reply::error(403, 50005, "Cannot edit a message authored by another user");
    }
    let body = call.json();
    if let Some(reply) = super::check_message(sandbox, call, &body, Body::Edit) {
        return reply;
    }
    change(sandbox, id, &body)
}

/// Changes a message of the bot and tells the gateway.
pub(super) fn change(sandbox: &Sandbox, id: MessageId, body: &Value) -> Reply {
    let now = sandbox.clock().timestamp();
    let mut state = sandbox.lock();
    let state = &mut *state;
    let Some(message) = state.messages.get_mut(&id).filter(|message| !message.deleted) else {
        return unknown_message();
    };
    let mut changed = message.json.clone();
    compose::apply(&mut changed, body);
    let nothing = changed["content"] == json!("")
        && ["embeds", "components", "attachments"].iter().all(|list| changed[list] == json!([]));
    if nothing {
        return Reply::error(400, 50006, "Cannot send an empty message");
    }
    changed["edited_timestamp"] = json!(now);
    message.json = changed.clone();
    message.body = body.clone();
    message.edits += 1;
    if !message.ephemeral {
        Sandbox::dispatch(&mut state.sessions, &Event::Message { name: "MESSAGE_UPDATE", message });
    }
    Reply::ok(changed)
}

pub(super) fn delete(sandbox: &Sandbox, channel: &str, message: &str) -> Reply {
    let channel = match allowed(sandbox, snowflake(channel), 0) {
        Ok(channel) => channel,
        Err(reply) => return reply,
    };
    let Some(id) = standing(sandbox, channel, message) else { return unknown_message() };
    if sandbox.lock().messages.get(&id).is_some_and(|message| message.author != world::BOT) {
        return Reply::error(403, 50013, "Missing Permissions");
    }
    remove(sandbox, id)
}

/// Deletes a message and tells the gateway.
pub(super) fn remove(sandbox: &Sandbox, id: MessageId) -> Reply {
    let mut state = sandbox.lock();
    let state = &mut *state;
    let Some(message) = state.messages.get_mut(&id).filter(|message| !message.deleted) else {
        return unknown_message();
    };
    message.deleted = true;
    if !message.ephemeral {
        Sandbox::dispatch(&mut state.sessions, &Event::Deleted { id, message });
    }
    Reply::empty()
}

pub(super) fn get(sandbox: &Sandbox, channel: &str, message: &str) -> Reply {
    let channel = match allowed(sandbox, snowflake(channel), permission::READ_MESSAGE_HISTORY) {
        Ok(channel) => channel,
        Err(reply) => return reply,
    };
    let Some(id) = standing(sandbox, channel, message) else { return unknown_message() };
    sandbox.lock().messages.get(&id).map_or_else(unknown_message, |message| Reply::ok(message.json.clone()))
}

pub(super) fn list(sandbox: &Sandbox, call: &Call, channel: &str) -> Reply {
    let channel = match allowed(sandbox, snowflake(channel), 0) {
        Ok(channel) => channel,
        Err(reply) => return reply,
    };
    let after = call.query("after").and_then(snowflake).unwrap_or_default();
    let before = call.query("before").and_then(snowflake).unwrap_or(u64::MAX);
    let limit = call.query("limit").and_then(|text| text.parse().ok()).unwrap_or(50_usize).min(100);
    let state = sandbox.lock();
    let visible = state.messages.iter().filter(|(id, message)| {
        message.channel == channel && !message.deleted && !message.ephemeral && **id > after && **id < before
    });
    let mut found: Vec<Value> = if call.query("after").is_some() {
        visible.take(limit).map(|(_, message)| message.json.clone()).collect::<Vec<_>>()
    } else {
        let mut newest: Vec<Value> =
            visible.rev().take(limit).map(|(_, message)| message.json.clone()).collect();
        newest.reverse();
        newest
    };
    // Newest first, as Discord lists them.
    found.reverse();
    Reply::ok(json!(found))
}

fn standing(sandbox: &Sandbox, channel: u64, message: &str) -> Option<MessageId> {
    let id = snowflake(message)?;
    let state = sandbox.lock();
    let found = state.messages.get(&id)?;
    (found.channel == channel && !found.deleted && !found.ephemeral).then_some(id)
}

pub(super) fn unknown_message() -> Reply {
    Reply::error(404, 10008, "Unknown Message")
}
