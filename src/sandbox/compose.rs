//! From a request's body to the message that Discord would show: defaults, ids of components, the message replied to.

use serde_json::{Value, json};

use super::clock::timestamp;
use super::observe::id_of;
use super::state::{Interaction, State, StoredMessage};
use super::{ChannelId, GuildId, InteractionId, Sandbox, UserId, world};

/// Flags that a bot may set itself: SUPPRESS_EMBEDS, EPHEMERAL, SUPPRESS_NOTIFICATIONS.
const SETTABLE_FLAGS: u64 = 4 | 64 | 4096;

/// A new message in REST form, with Discord's defaults.
pub(super) fn blank(id: u64, at_ms: u64, author: UserId, channel: ChannelId, content: &str) -> Value {
    json!({
        "id": id.to_string(), "channel_id": channel.to_string(), "type": 0, "content": content,
        "author": world::user(author), "mentions": [], "mention_roles": [], "mention_everyone": false,
        "attachments": [], "embeds": [], "components": [], "timestamp": timestamp(at_ms), "edited_timestamp": null,
        "flags": 0, "pinned": false, "tts": false,
    })
}

/// A message of the bot from a body that was checked before.
pub(super) fn by_bot(
    sandbox: &Sandbox,
    state: &State,
    place: (ChannelId, Option<GuildId>),
    body: &Value,
    interaction: Option<InteractionId>,
) -> StoredMessage {
    let (channel, guild) = place;
    let id = sandbox.clock().snowflake();
    let at_ms = sandbox.clock().now_ms();
    let mut json = blank(id, at_ms, world::BOT, channel, "");
    let flags = body["flags"].as_u64().unwrap_or_default() & SETTABLE_FLAGS;
    json["flags"] = json!(flags);
    apply(&mut json, body);
    if let Some(nonce) = body.get("nonce").filter(|nonce| !nonce.is_null()) {
        json["nonce"] = nonce.clone();
    }
    if let Some(target) = id_of(&body["message_reference"]["message_id"]) {
        reply_to(state, &mut json, channel, guild, target);
    }
    if let Some((id, of)) = interaction.and_then(|id| Some((id, state.interactions.get(&id)?))) {
        json["webhook_id"] = json!(world::APPLICATION.to_string());
        json["application_id"] = json!(world::APPLICATION.to_string());
        let mut metadata = json!({
            "id": id.to_string(), "type": of.kind, "user": world::user(of.user),
            "authorizing_integration_owners": {"0": of.guild.unwrap_or_default().to_string()},
        });
        if of.kind == 2 {
            json["type"] = json!(20);
        }
        if of.kind == 5 {
            metadata["triggering_interaction_metadata"] = triggering(state, of);
        } else if let Some(source) = of.source {
            metadata["interacted_message_id"] = json!(source.to_string());
        }
        json["interaction_metadata"] = metadata;
    }
    StoredMessage {
        json,
        author: world::BOT,
        channel,
        guild,
        body: body.clone(),
        ephemeral: flags & 64 != 0,
        deleted: false,
        interaction,
        edits: 0,
        at_ms,
    }
}

/// What a message says of the press or command that opened the form which it answers.
fn triggering(state: &State, sent: &Interaction) -> Value {
    let opened = state.interactions.iter().rev().find(|(_, of)| {
        let form = of.callback.as_ref().is_some_and(|callback| callback.kind == 9);
        form && of.user == sent.user && of.source == sent.source
    });
    let Some((id, of)) = opened else { return Value::Null };
    let mut metadata = json!({
        "id": id.to_string(), "type": of.kind, "user": world::user(of.user),
        "authorizing_integration_owners": {"0": of.guild.unwrap_or_default().to_string()},
    });
    if let Some(source) = of.source {
        metadata["interacted_message_id"] = json!(source.to_string());
    }
    metadata
}

/// Fills in what a reply shows of the message it answers.
pub(super) fn reply_to(
    state: &State,
    json: &mut Value,
    channel: ChannelId,
    guild: Option<GuildId>,
    target: u64,
) {
    let Some(original) = state.messages.get(&target).filter(|message| !message.deleted) else { return };
    let mut referenced = original.json.clone();
    if let Some(fields) = referenced.as_object_mut() {
        // Discord shows one level.
        fields.remove("referenced_message");
    }
    json["type"] = json!(19);
    json["message_reference"] =
        json!({"type": 0, "message_id": target.to_string(), "channel_id": channel.to_string()});
    if let Some(guild) = guild {
        json["message_reference"]["guild_id"] = json!(guild.to_string());
    }
    json["referenced_message"] = referenced;
}

/// Changes what the body names and leaves the rest.
pub(super) fn apply(json: &mut Value, body: &Value) {
    if let Some(content) = body.get("content") {
        json["content"] = json!(content.as_str().unwrap_or_default());
    }
    if let Some(embeds) = body.get("embeds") {
        let mut embeds = embeds.as_array().cloned().unwrap_or_default();
        for embed in &mut embeds {
            embed["type"] = json!("rich");
            strip_nulls(embed);
        }
        json["embeds"] = json!(embeds);
    }
    if let Some(files) = body.get("attachments").and_then(Value::as_array) {
        let shown = files.iter().enumerate().map(|(number, file)| {
            let name = file["filename"].as_str().unwrap_or_default();
            let url = format!("https://cdn.discordapp.com/ephemeral-attachments/1/{number}/{name}");
            json!({"id": (number + 1).to_string(), "filename": name, "size": 1, "url": url, "proxy_url": url})
        });
        json["attachments"] = shown.collect();
    }
    if let Some(rows) = body.get("components") {
        let mut rows = rows.as_array().cloned().unwrap_or_default();
        let mut number = 0;
        for row in &mut rows {
            strip_nulls(row);
            number += 1;
            row["id"] = json!(number);
            for component in row["components"].as_array_mut().into_iter().flatten() {
                number += 1;
                component["id"] = json!(number);
                strip_nulls(component);
                if component["type"] == json!(3) {
                    for (key, default) in [("min_values", 1), ("max_values", 1)] {
                        if component.get(key).is_none() {
                            component[key] = json!(default);
                        }
                    }
                }
            }
        }
        json["components"] = json!(rows);
    }
    if let Some(flags) = body.get("flags").and_then(Value::as_u64) {
        // On an edit only SUPPRESS_EMBEDS can change.
        let kept = json["flags"].as_u64().unwrap_or_default() & !4;
        json["flags"] = json!(kept | (flags & 4));
    }
}

/// Discord leaves out what was sent as null.
pub(super) fn strip_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(strip_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(strip_nulls),
        _ => {}
    }
}
