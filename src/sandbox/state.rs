//! What the sandbox remembers while it runs: messages, interactions, commands, sessions, records. Plain data, no rules.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::faults::{Fault, GatewaySwitches};
use super::gateway::Session;
use super::observe::Recorded;
use super::{ChannelId, GuildId, InteractionId, MessageId, UserId};

/// Everything behind the one lock.
#[derive(Default)]
pub(super) struct State {
    pub(super) messages: BTreeMap<MessageId, StoredMessage>,
    pub(super) interactions: BTreeMap<InteractionId, Interaction>,
    pub(super) global_commands: Vec<Value>,
    pub(super) guild_commands: BTreeMap<GuildId, Vec<Value>>,
    pub(super) records: Vec<Recorded>,
    pub(super) violations: Vec<String>,
    pub(super) faults: Vec<Fault>,
    pub(super) gateway: GatewaySwitches,
    pub(super) sessions: Vec<Session>,
    /// How often a client identified itself since the start.
    pub(super) identifies: u32,
    /// Messages that `next_message` has already given out.
    pub(super) taken: BTreeSet<MessageId>,
    /// The bot's permissions where a test changed them.
    pub(super) bot_permissions: BTreeMap<ChannelId, u64>,
    /// Messages by channel and enforced nonce.
    pub(super) nonces: BTreeMap<(ChannelId, String), MessageId>,
    /// When messages were sent to a channel lately, for its rate limit, in sandbox milliseconds.
    pub(super) sent: BTreeMap<ChannelId, Vec<u64>>,
    /// When the bot last showed "typing" in a channel, with how often.
    pub(super) typing: BTreeMap<ChannelId, u32>,
    /// The server has an outage.
    pub(super) unavailable: bool,
    /// A request was answered with 401: nothing may follow.
    pub(super) unauthorized: bool,
}

/// A message as it stands now.
#[derive(Debug, Clone)]
pub(super) struct StoredMessage {
    /// The REST form.
    pub(super) json: Value,
    pub(super) author: UserId,
    pub(super) channel: ChannelId,
    pub(super) guild: Option<GuildId>,
    /// The body that created or last changed it, for the bot's own messages.
    pub(super) body: Value,
    /// Only its interaction's user sees it.
    pub(super) ephemeral: bool,
    pub(super) deleted: bool,
    /// The interaction that it answers.
    pub(super) interaction: Option<InteractionId>,
    /// How often it was edited.
    pub(super) edits: u32,
    /// Sandbox milliseconds of its creation.
    pub(super) at_ms: u64,
}

/// An interaction and what became of it.
#[derive(Debug, Clone)]
pub(super) struct Interaction {
    pub(super) token: String,
    /// Discord's interaction type: 2 command, 3 component, 4 autocomplete, 5 modal.
    pub(super) kind: u8,
    pub(super) user: UserId,
    pub(super) channel: ChannelId,
    pub(super) guild: Option<GuildId>,
    /// The message whose button was pressed.
    pub(super) source: Option<MessageId>,
    pub(super) dispatched_ms: u64,
    pub(super) callback: Option<Callback>,
    /// The message behind `@original`.
    pub(super) original: Option<MessageId>,
    pub(super) followups: Vec<MessageId>,
}

/// The first answer to an interaction.
#[derive(Debug, Clone)]
pub(super) struct Callback {
    /// Discord's callback type: 4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 modal.
    pub(super) kind: u64,
    pub(super) data: Value,
    pub(super) at_ms: u64,
    /// A deferred answer was filled in.
    pub(super) completed: bool,
}
