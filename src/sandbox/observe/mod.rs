//! What a test sees: the requests, the bot's messages, the answers to interactions, and every breach of the rules.

mod seen;

pub use seen::{BotMessage, InteractionResponse, Recorded};
pub(super) use seen::{id_of, response};

use std::time::Duration;

use serde_json::Value;

use super::state::{State, StoredMessage};
use super::{ChannelId, InteractionId, MessageId, Sandbox, UserId, world};

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
