//! What a test sees: the requests, the bot's messages, the answers to interactions, and every breach of the rules.

use std::time::Duration;

use serde_json::Value;

use super::state::{State, StoredMessage};
use super::{ChannelId, InteractionId, MessageId, Sandbox, UserId, world};

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
    pub(super) fn new(stored: &StoredMessage) -> Self {
        let json = &stored.json;
        BotMessage {
            id: id_of(&json["id"]).unwrap_or_default(),
            channel: stored.channel,
            content: json["content"].as_str().unwrap_or_default().to_owned(),
            embeds: json["embeds"].as_array().cloned().unwrap_or_default(),
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

impl Sandbox {
    /// Every REST request so far, in order of arrival.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.lock().records.clone()
    }

    /// Every breach of Discord's rules so far, each with its name first. A test asserts that there is none.
    #[must_use]
    pub fn violations(&self) -> Vec<String> {
        self.lock().violations.clone()
    }

    /// Forgets the violations, for a test that caused them on purpose.
    pub fn clear_violations(&self) {
        self.lock().violations.clear();
    }

    /// The global commands as registered, in wire form.
    #[must_use]
    pub fn commands(&self) -> Vec<Value> {
        self.lock().global_commands.clone()
    }

    /// How often a client identified itself.
    #[must_use]
    pub fn identifies(&self) -> u32 {
        self.lock().identifies
    }

    /// The bot's messages in a channel that still stand, ephemeral ones included, in order.
    #[must_use]
    pub fn bot_messages(&self, channel: ChannelId) -> Vec<BotMessage> {
        let state = self.lock();
        own(&state)
            .filter(|stored| stored.channel == channel && !stored.deleted)
            .map(BotMessage::new)
            .collect()
    }

    /// A message of the bot by its id, deleted or not.
    #[must_use]
    pub fn bot_message(&self, id: MessageId) -> Option<BotMessage> {
        let state = self.lock();
        state.messages.get(&id).filter(|stored| stored.author == world::BOT).map(BotMessage::new)
    }

    /// Waits until the bot has identified itself and got its server.
    pub async fn ready(&self) {
        self.wait(|state| state.sessions.iter().any(|session| session.sender.is_some()).then_some(())).await;
    }

    /// As [`Sandbox::ready`], at most this long; false when the time is over.
    pub async fn wait_ready(&self, timeout: Duration) -> bool {
        tokio::time::timeout(timeout, self.ready()).await.is_ok()
    }

    /// Waits until commands are registered, globally or in the server.
    pub async fn wait_commands(&self, timeout: Duration) -> bool {
        let registered = self.wait(|state| {
            (!state.global_commands.is_empty() || !state.guild_commands.is_empty()).then_some(())
        });
        tokio::time::timeout(timeout, registered).await.is_ok()
    }

    /// The first message of the bot that fits and was not given out before. Ephemeral ones and deferred ones that
    /// are still empty do not count.
    pub async fn next_message(
        &self,
        fits: impl Fn(&BotMessage) -> bool,
        timeout: Duration,
    ) -> Option<BotMessage> {
        let next = self.wait(|state| {
            let found = own(state)
                .filter(|stored| !stored.ephemeral && !stored.deleted && !loading(stored))
                .map(BotMessage::new)
                .find(|message| !state.taken.contains(&message.id) && fits(message))?;
            state.taken.insert(found.id);
            Some(found)
        });
        tokio::time::timeout(timeout, next).await.ok()
    }

    /// Waits until a message of the bot is as wanted: edited, stripped of buttons, deleted.
    pub async fn wait_message(
        &self,
        id: MessageId,
        fits: impl Fn(&BotMessage) -> bool,
        timeout: Duration,
    ) -> Option<BotMessage> {
        let wanted = self.wait(|state| {
            let message = BotMessage::new(state.messages.get(&id)?);
            fits(&message).then_some(message)
        });
        tokio::time::timeout(timeout, wanted).await.ok()
    }

    /// Waits until the recorded requests are as wanted.
    pub async fn wait_requests(&self, fits: impl Fn(&[Recorded]) -> bool, timeout: Duration) -> bool {
        let wanted = self.wait(|state| fits(&state.records).then_some(()));
        tokio::time::timeout(timeout, wanted).await.is_ok()
    }

    /// The answer to an interaction: the callback, or what fills a deferred one. Nothing within the time: `None`.
    pub async fn response_to(
        &self,
        interaction: InteractionId,
        timeout: Duration,
    ) -> Option<InteractionResponse> {
        let answered = self.wait(|state| response(state, interaction));
        tokio::time::timeout(timeout, answered).await.ok()
    }

    /// The follow-up messages of an interaction that stand by now, in order.
    #[must_use]
    pub fn followups(&self, interaction: InteractionId) -> Vec<BotMessage> {
        let state = self.lock();
        let Some(interaction) = state.interactions.get(&interaction) else { return Vec::new() };
        let ids = interaction.followups.iter();
        ids.filter_map(|id| state.messages.get(id)).filter(|m| !m.deleted).map(BotMessage::new).collect()
    }

    /// The token of an interaction, for a test that answers it by plain HTTP or looks for it in logs.
    #[must_use]
    pub fn interaction_token(&self, interaction: InteractionId) -> Option<String> {
        self.lock().interactions.get(&interaction).map(|interaction| interaction.token.clone())
    }

    /// Who used an interaction.
    #[must_use]
    pub fn interaction_user(&self, interaction: InteractionId) -> Option<UserId> {
        self.lock().interactions.get(&interaction).map(|interaction| interaction.user)
    }

    /// Looks at the state until it yields something; wakes with every change.
    pub(super) async fn wait<T>(&self, mut look: impl FnMut(&mut State) -> Option<T>) -> T {
        let mut changed = self.shared.changed.subscribe();
        loop {
            changed.mark_unchanged();
            if let Some(found) = look(&mut self.lock()) {
                return found;
            }
            if changed.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}

pub(super) fn own(state: &State) -> impl Iterator<Item = &StoredMessage> {
    state.messages.values().filter(|stored| stored.author == world::BOT)
}

/// A deferred answer that nothing has filled yet (flag LOADING).
pub(super) fn loading(stored: &StoredMessage) -> bool {
    stored.json["flags"].as_u64().unwrap_or_default() & 128 != 0
}

pub(super) fn response(state: &State, id: InteractionId) -> Option<InteractionResponse> {
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
pub(super) fn id_of(value: &Value) -> Option<u64> {
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
