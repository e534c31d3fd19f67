//! The first answer to an interaction: in time, once, with the right token.

use serde_json::{Value, json};

use super::{Call, Reply, snowflake};
use crate::sandbox::compose;
use crate::sandbox::gateway::Event;
use crate::sandbox::limits::{self, Body, Form};
use crate::sandbox::observe::id_of;
use crate::sandbox::state::{Callback, Interaction, State};
use crate::sandbox::{InteractionId, Sandbox};

/// How long the first answer may take, in milliseconds.
const FIRST_ANSWER_MS: u64 = 3_000;

pub(super) fn callback(sandbox: &Sandbox, call: &mut Call, id: &str, token: &str) -> Reply {
    let now = sandbox.clock().now_ms();
    let body = call.json();
    let known = {
        let state = sandbox.lock();
        snowflake(id)
            .and_then(|id| Some((id, state.interactions.get(&id)?)))
            .filter(|(_, interaction)| interaction.token == token)
            .map(|(id, interaction)| (id, interaction.clone()))
    };
    let Some((id, interaction)) = known else {
        call.problem("interaction_unknown", "no such interaction or another token (10062)");
        return unknown();
    };
    if interaction.callback.is_some() {
        call.problem("interaction_acknowledged", "a second callback (40060)");
        return Reply::error(400, 40060, "Interaction has already been acknowledged.");
    }
    if now.saturating_sub(interaction.dispatched_ms) > FIRST_ANSWER_MS {
        call.problem("interaction_late", "the first answer came after 3 s (10062)");
        return unknown();
    }
    let kind = body["type"].as_u64().unwrap_or_default();
    let data = body.get("data").cloned().unwrap_or_default();
    if let Some(reply) = fits(call, &interaction, kind) {
        return reply;
    }
    if matches!(kind, 4 | 7)
        && let Some(reply) =
            super::check_message(sandbox, call, &data, if kind == 4 { Body::New } else { Body::Edit })
    {
        return reply;
    }
    let mut form = Form::default();
    match kind {
        8 => limits::choices(&mut form, &["data", "choices"], &data["choices"]),
        9 => limits::modal(&mut form, &data),
        _ => {}
    }
    if let Some(reply) = super::refused(sandbox, call, &form) {
        return reply;
    }
    let message = {
        let mut state = sandbox.lock();
        let message = match kind {
            4 => Some(original(sandbox, &mut state, id, &interaction, &data)),
            5 => {
                let placeholder = json!({"flags": data["flags"].as_u64().unwrap_or_default() & 64});
                let created = original(sandbox, &mut state, id, &interaction, &placeholder);
                if let Some(stored) = state.messages.get_mut(&created) {
                    let flags = stored.json["flags"].as_u64().unwrap_or_default();
                    stored.json["flags"] = json!(flags | 128);
                }
                Some(created)
            }
            6 | 7 => interaction.source,
            _ => None,
        };
        if let Some(stored) = state.interactions.get_mut(&id) {
            stored.callback =
                Some(Callback { kind, data: data.clone(), at_ms: now, completed: !matches!(kind, 5 | 6) });
            stored.original = message;
        }
        message
    };
    if kind == 7
        && let Some(source) = interaction.source
    {
        let reply = super::messages::change(sandbox, source, &data);
        if reply.status != 200 {
            return reply;
        }
    }
    if call.query("with_response") != Some("true") {
        return Reply::empty();
    }
    with_response(&sandbox.lock(), id, &interaction, kind, message)
}

/// Which callback types an interaction of each type takes.
fn fits(call: &mut Call, interaction: &Interaction, kind: u64) -> Option<Reply> {
    let allowed: &[u64] = match interaction.kind {
        2 => &[4, 5, 9],
        4 => &[8],
        5 if interaction.source.is_none() => &[4, 5],
        5 => &[4, 5, 6, 7],
        _ => &[4, 5, 6, 7, 9],
    };
    if allowed.contains(&kind) {
        return None;
    }
    call.problem(
        "interaction_callback_type",
        &format!("type {kind} does not answer an interaction of type {}", interaction.kind),
    );
    Some(super::form_error(
        &["type"],
        "INTERACTION_APPLICATION_COMMAND_INVALID_TYPE",
        "Invalid callback type",
    ))
}

fn original(sandbox: &Sandbox, state: &mut State, id: InteractionId, of: &Interaction, body: &Value) -> u64 {
    let mut message = compose::by_bot(sandbox, state, (of.channel, of.guild), body, Some(id));
    if let (Some(source), 3) = (of.source, of.kind) {
        // An answer to a button shows the message that it stands under.
        compose::reply_to(state, &mut message.json, of.channel, of.guild, source);
    }
    let created = id_of(&message.json["id"]).unwrap_or_default();
    if !message.ephemeral {
        Sandbox::dispatch(&mut state.sessions, &Event::Message { name: "MESSAGE_CREATE", message: &message });
    }
    state.messages.insert(created, message);
    created
}

fn with_response(
    state: &State,
    id: InteractionId,
    of: &Interaction,
    kind: u64,
    message: Option<u64>,
) -> Reply {
    let stored = message.and_then(|id| state.messages.get(&id));
    let mut answer = json!({"interaction": {"id": id.to_string(), "type": of.kind}});
    if let Some(stored) = stored {
        answer["interaction"]["response_message_id"] = stored.json["id"].clone();
        answer["interaction"]["response_message_loading"] = json!(kind == 5);
        answer["interaction"]["response_message_ephemeral"] = json!(stored.ephemeral);
        // A deferred answer has no message to show yet.
        if matches!(kind, 4 | 7) {
            answer["resource"] = json!({"type": kind, "message": stored.json});
        }
    }
    Reply::ok(answer)
}

fn unknown() -> Reply {
    Reply::error(404, 10062, "Unknown interaction")
}
