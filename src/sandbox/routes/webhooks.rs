//! What follows the first answer to an interaction: `@original` and follow-ups, for as long as the token lives.

use serde_json::{Value, json};

use super::messages::{self, unknown_message};
use super::{Call, Reply, snowflake};
use crate::sandbox::compose;
use crate::sandbox::gateway::Event;
use crate::sandbox::limits::Body;
use crate::sandbox::observe::id_of;
use crate::sandbox::state::Interaction;
use crate::sandbox::{InteractionId, MessageId, Sandbox};

/// How long an interaction's token lives, in milliseconds.
const TOKEN_MS: u64 = 15 * 60 * 1000;

pub(super) fn handle(sandbox: &Sandbox, call: &mut Call, token: &str, rest: &[&str]) -> Reply {
    let now = sandbox.clock().now_ms();
    let known = {
        let state = sandbox.lock();
        let found = state.interactions.iter().find(|(_, interaction)| interaction.token == token);
        found.map(|(id, interaction)| (*id, interaction.clone()))
    };
    let Some((id, interaction)) = known else {
        call.problem("webhook_unknown", "no interaction has this token (10015)");
        return unknown();
    };
    if now.saturating_sub(interaction.dispatched_ms) > TOKEN_MS {
        call.problem("interaction_token_expired", "the token is older than 15 min (50027)");
        return Reply::error(401, 50027, "Invalid Webhook Token");
    }
    let Some(callback) = &interaction.callback else {
        call.problem("webhook_before_callback", "before the first answer (10015)");
        return unknown();
    };
    let deferred = matches!(callback.kind, 5 | 6) && !callback.completed;
    let method = call.method.clone();
    match (method.as_str(), rest) {
        ("POST", []) => follow_up(sandbox, call, id, &interaction, deferred),
        ("GET", ["messages", which]) => match target(sandbox, &interaction, which) {
            Some(message) => {
                let state = sandbox.lock();
                state
                    .messages
                    .get(&message)
                    .map_or_else(unknown_message, |stored| Reply::ok(stored.json.clone()))
            }
            None => unknown_message(),
        },
        ("PATCH", ["messages", which]) => {
            let body = call.json();
            let Some(message) = target(sandbox, &interaction, which) else { return unknown_message() };
            if let Some(reply) = super::check_message(sandbox, call, &body, Body::Edit) {
                return reply;
            }
            let reply = fill(sandbox, message, &body);
            if reply.status == 200 && *which == "@original" {
                complete(sandbox, id);
            }
            reply
        }
        ("DELETE", ["messages", which]) => match target(sandbox, &interaction, which) {
            Some(message) => {
                complete(sandbox, id);
                messages::remove(sandbox, message)
            }
            None => unknown_message(),
        },
        _ => super::unknown_route(call),
    }
}

fn follow_up(
    sandbox: &Sandbox,
    call: &mut Call,
    id: InteractionId,
    of: &Interaction,
    deferred: bool,
) -> Reply {
    let body = call.json();
    if let Some(reply) = super::check_message(sandbox, call, &body, Body::New) {
        return reply;
    }
    let placeholder = of.original.filter(|_| deferred && of.callback.as_ref().is_some_and(|c| c.kind == 5));
    if let Some(original) = placeholder {
        // The first follow-up to a deferred answer takes its place.
        let reply = fill(sandbox, original, &body);
        if reply.status == 200 {
            complete(sandbox, id);
        }
        return reply;
    }
    let mut state = sandbox.lock();
    let message = compose::by_bot(sandbox, &state, (of.channel, of.guild), &body, Some(id));
    let created = id_of(&message.json["id"]).unwrap_or_default();
    let json = message.json.clone();
    if !message.ephemeral {
        Sandbox::dispatch(&mut state.sessions, &Event::Message { name: "MESSAGE_CREATE", message: &message });
    }
    state.messages.insert(created, message);
    if let Some(interaction) = state.interactions.get_mut(&id) {
        interaction.followups.push(created);
    }
    drop(state);
    complete(sandbox, id);
    Reply::ok(json)
}

/// Changes a message; a deferred one stops loading.
fn fill(sandbox: &Sandbox, message: MessageId, body: &Value) -> Reply {
    if let Some(stored) = sandbox.lock().messages.get_mut(&message) {
        let flags = stored.json["flags"].as_u64().unwrap_or_default();
        stored.json["flags"] = json!(flags & !128);
    }
    messages::change(sandbox, message, body)
}

fn complete(sandbox: &Sandbox, id: InteractionId) {
    if let Some(callback) = sandbox.lock().interactions.get_mut(&id).and_then(|found| found.callback.as_mut())
    {
        callback.completed = true;
    }
    sandbox.touch();
}

/// The message that `@original` or an id names, if it belongs to the interaction and stands.
fn target(sandbox: &Sandbox, of: &Interaction, which: &str) -> Option<MessageId> {
    let id = if which == "@original" { of.original } else { snowflake(which) }?;
    let belongs = of.original == Some(id) || of.followups.contains(&id);
    let stands = sandbox.lock().messages.get(&id).is_some_and(|message| !message.deleted);
    (belongs && stands).then_some(id)
}

fn unknown() -> Reply {
    Reply::error(404, 10015, "Unknown Webhook")
}
