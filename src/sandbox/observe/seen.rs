//! Requests, messages and responses as a test reads them: plain values, copied from the state.

use serde_json::Value;

use crate::sandbox::state::{State, StoredMessage};
use crate::sandbox::{ChannelId, InteractionId, MessageId};

/// One REST request and its answer.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// In capitals.
    pub method: String,
    /// Without `/api/v10` and without the query.
    pub path: String,
    /// The query, as sent.
    pub query: String,
    /// The JSON body (or the `payload_json` part); null when there is none.
    pub body: Value,
    /// Files that came with it: their names and texts.
    pub files: Vec<(String, String)>,
    /// Headers of the request in lower case, the authorization left out.
    pub headers: Vec<(String, String)>,
    /// The status of the answer; 0 while it is under way or when the connection was broken.
    pub status: u16,
    /// The JSON body of the answer; null when there was none.
    pub answer: Value,
    /// Sandbox milliseconds since 1970.
    pub at_ms: u64,
    /// What was wrong with the request.
    pub violations: Vec<String>,
}

/// A message of the bot, as people in the channel see it now.
#[derive(Debug, Clone)]
pub struct BotMessage {
    /// Its id.
    pub id: MessageId,
    /// Where it stands.
    pub channel: ChannelId,
    /// The text.
    pub content: String,
    /// Embeds in wire form.
    pub embeds: Vec<Value>,
    /// Action rows in wire form.
    pub components: Vec<Value>,
    /// Names of the files that come with it.
    pub files: Vec<String>,
    /// Message flags as bits.
    pub flags: u64,
    /// `allowed_mentions` of the body that created or last changed it.
    pub allowed_mentions: Value,
    /// The message that it replies to.
    pub reply_to: Option<MessageId>,
    /// The interaction that it answers.
    pub interaction: Option<InteractionId>,
    /// Only the interaction's user sees it.
    pub ephemeral: bool,
    /// How often it was edited.
    pub edits: u32,
    /// It was deleted.
    pub deleted: bool,
    /// Sandbox milliseconds since 1970.
    pub at_ms: u64,
}

impl BotMessage {
    pub(in crate::sandbox) fn new(stored: &StoredMessage) -> Self {
        let json = &stored.json;
        BotMessage {
            id: id_of(&json["id"]).unwrap_or_default(),
            channel: stored.channel,
            content: json["content"].as_str().unwrap_or_default().to_owned(),
            embeds: json["embeds"].as_array().cloned().unwrap_or_default(),
            files: json["attachments"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|file| file["filename"].as_str().map(str::to_owned))
                .collect(),
            components: json["components"].as_array().cloned().unwrap_or_default(),
            flags: json["flags"].as_u64().unwrap_or_default(),
            allowed_mentions: stored.body["allowed_mentions"].clone(),
            reply_to: id_of(&json["message_reference"]["message_id"]),
            interaction: stored.interaction,
            ephemeral: stored.ephemeral,
            edits: stored.edits,
            deleted: stored.deleted,
            at_ms: stored.at_ms,
        }
    }

    /// Everything readable on it: the text, then each embed's title, description, fields and footer.
    #[must_use]
    pub fn text(&self) -> String {
        readable(&self.content, &self.embeds)
    }

    /// The `custom_id` of the button with this label.
    #[must_use]
    pub fn button(&self, label: &str) -> Option<String> {
        button(&self.components, label)
    }
}

/// What the bot answered to an interaction.
#[derive(Debug, Clone)]
pub struct InteractionResponse {
    /// The callback type of the first answer: 4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 modal.
    pub kind: u64,
    /// Only the user sees it.
    pub ephemeral: bool,
    /// The text.
    pub content: String,
    /// Embeds in wire form.
    pub embeds: Vec<Value>,
    /// Action rows in wire form.
    pub components: Vec<Value>,
    /// Message flags as bits.
    pub flags: u64,
    /// `allowed_mentions` of the body.
    pub allowed_mentions: Value,
    /// The callback's `data` as it was sent.
    pub data: Value,
    /// The message that holds the answer (for an update: the message that was updated).
    pub message: Option<MessageId>,
    /// Milliseconds from dispatch to the first callback.
    pub ms: u64,
}

impl InteractionResponse {
    /// Everything readable in it, as [`BotMessage::text`].
    #[must_use]
    pub fn text(&self) -> String {
        readable(&self.content, &self.embeds)
    }

    /// The `custom_id` of the button with this label.
    #[must_use]
    pub fn button(&self, label: &str) -> Option<String> {
        button(&self.components, label)
    }
}

pub(in crate::sandbox) fn response(state: &State, id: InteractionId) -> Option<InteractionResponse> {
    let interaction = state.interactions.get(&id)?;
    let callback = interaction.callback.as_ref()?;
    if matches!(callback.kind, 5 | 6) && !callback.completed {
        return None;
    }
    let message = match callback.kind {
        // A deferred update may be answered by a follow-up alone.
        6 => interaction.followups.first().copied().or(interaction.source),
        7 => interaction.source,
        _ => interaction.original.or_else(|| interaction.followups.first().copied()),
    };
    let stored = message.and_then(|id| state.messages.get(&id));
    let view = stored.map(BotMessage::new);
    Some(InteractionResponse {
        kind: callback.kind,
        ephemeral: view.as_ref().is_some_and(|view| view.ephemeral),
        content: view.as_ref().map(|view| view.content.clone()).unwrap_or_default(),
        embeds: view.as_ref().map(|view| view.embeds.clone()).unwrap_or_default(),
        components: view.as_ref().map(|view| view.components.clone()).unwrap_or_default(),
        flags: view.as_ref().map(|view| view.flags).unwrap_or_default(),
        allowed_mentions: view.map(|view| view.allowed_mentions).unwrap_or_default(),
        data: callback.data.clone(),
        message,
        ms: callback.at_ms.saturating_sub(interaction.dispatched_ms),
    })
}

/// A snowflake in wire form.
pub(in crate::sandbox) fn id_of(value: &Value) -> Option<u64> {
    value.as_str().and_then(|text| text.parse().ok()).or_else(|| value.as_u64())
}

fn readable(content: &str, embeds: &[Value]) -> String {
    let mut lines: Vec<&str> = Vec::new();
    lines.extend(Some(content).filter(|text| !text.is_empty()));
    for embed in embeds {
        lines.extend(embed["author"]["name"].as_str());
        lines.extend(embed["title"].as_str());
        lines.extend(embed["description"].as_str());
        for field in embed["fields"].as_array().into_iter().flatten() {
            lines.extend(field["name"].as_str());
            lines.extend(field["value"].as_str());
        }
        lines.extend(embed["footer"]["text"].as_str());
    }
    lines.join("\n")
}

fn button(rows: &[Value], label: &str) -> Option<String> {
    rows.iter()
        .flat_map(|row| row["components"].as_array().into_iter().flatten())
        .find(|component| component["label"].as_str() == Some(label))
        .and_then(|component| component["custom_id"].as_str().map(str::to_owned))
}
