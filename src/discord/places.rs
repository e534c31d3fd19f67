//! Which channel a thread belongs to. Messages do not say it, so it is learnt from the gateway, and asked for where the
//! gateway has not told: once for a channel, and only in servers that have settings.

use std::time::Duration;

use moka::sync::Cache;
use serde_json::Value;
use serenity::http::{LightMethod, Route};
use serenity::model::channel::GuildChannel;
use serenity::model::id::ChannelId;
use tokio::time::Instant;

use super::bot::Bot;
use super::rest::Call;
use crate::store::{Mode, ServerSettings};

/// The parents of channels, `None` for those that are no threads.
pub struct Places {
    parents: Cache<u64, Option<u64>>,
}

/// So many channels and threads are known at once, for so long after their last use.
const CAPACITY: u64 = 50_000;
const IDLE: Duration = Duration::from_secs(24 * 3_600);
/// How long Discord is waited for; without its answer a channel is taken for no thread.
const PATIENCE: Duration = Duration::from_secs(3);
/// Discord's channel types that are threads.
const THREADS: [u64; 3] = [10, 11, 12];

impl Places {
    /// Places that know nothing yet.
    pub fn new() -> Self {
        Self { parents: Cache::builder().max_capacity(CAPACITY).time_to_idle(IDLE).build() }
    }

    /// Notes a thread that the gateway told of.
    pub fn learn(&self, thread: &GuildChannel) {
        self.parents.insert(thread.id.get(), thread.parent_id.map(ChannelId::get));
    }

    /// The channel's parent, if it is known and has one.
    fn known(&self, channel: u64) -> Option<Option<u64>> {
        self.parents.get(&channel)
    }
}

/// The mode of a channel of a server with these settings.
pub async fn mode(bot: &Bot, settings: &ServerSettings, channel: ChannelId) -> Mode {
    let id = channel.get();
    // Without settings, or with one of its own, the parent does not matter.
    if settings.channels.is_empty() || settings.channels.contains_key(&id) {
        return settings.mode(id, None);
    }
    let parent = match bot.places.known(id) {
        Some(parent) => parent,
        None => ask_for(bot, channel).await,
    };
    settings.mode(id, parent)
}

async fn ask_for(bot: &Bot, channel: ChannelId) -> Option<u64> {
    let call = Call {
        what: "what a channel is",
        method: LightMethod::Get,
        route: Route::Channel { channel_id: channel },
        body: None,
        file: None,
        channel: None,
        deadline: Instant::now() + PATIENCE,
    };
    // A channel that cannot be looked at now may be later, so nothing is noted then.
    let found = bot.rest.call(call).await.ok()?;
    let thread = found.get("type").and_then(Value::as_u64).is_some_and(|kind| THREADS.contains(&kind));
    let parent = found.get("parent_id").and_then(Value::as_str).and_then(|id| id.parse().ok());
    let parent = parent.filter(|_| thread);
    bot.places.parents.insert(channel.get(), parent);
    parent
}
