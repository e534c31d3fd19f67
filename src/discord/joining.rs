//! Joining and leaving servers: one greeting where the bot was just added, in the system channel if it may write there;
//! never on a reconnect, after an outage, or a second time.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use serenity::model::Permissions;
use serenity::model::guild::{Guild, UnavailableGuild};
use serenity::model::id::{ChannelId, GuildId};

use super::bot::Bot;
use super::{outbox, wording};
use crate::render::discord::Card;

/// A membership older than this many seconds is no news.
const NEWS: i64 = 10 * 60;

/// The servers that the bot is in, as the gateway told.
#[derive(Default)]
pub struct Servers {
    /// A std lock: no guard is held across an await.
    known: Mutex<HashSet<u64>>,
}

impl Servers {
    /// Notes the servers that a session began with.
    pub fn note(&self, servers: impl Iterator<Item = GuildId>) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).extend(servers.map(GuildId::get));
    }

    /// Notes a server; whether it was not known.
    fn add(&self, server: u64) -> bool {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(server)
    }

    fn remove(&self, server: u64) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&server);
    }
}

/// Discord told of a server: of one that the bot was in before, or of one that it was just added to.
pub async fn arrived(bot: &Arc<Bot>, guild: &Guild) {
    let server = guild.id.get();
    let now = bot.now();
    let new = bot.servers.add(server);
    bot.memory.present(server).await;
    if !new || now - guild.joined_at.unix_timestamp() > NEWS || !bot.memory.greet(server, now).await {
        return;
    }
    let Some(channel) = place_to_greet(bot, guild) else { return };
    if let Err(error) = outbox::greet(&bot.rest, channel, guild.id, &Card::text(wording::GREETING)).await {
        tracing::warn!(channel = channel.get(), %error, "a server was not greeted");
    }
}

/// The bot was removed from a server; an outage is no removal.
pub async fn left(bot: &Arc<Bot>, guild: UnavailableGuild) {
    if !guild.unavailable {
        bot.servers.remove(guild.id.get());
        bot.memory.left(guild.id.get(), bot.now()).await;
    }
}

/// The system channel, if there is one and the bot may write there.
fn place_to_greet(bot: &Bot, guild: &Guild) -> Option<ChannelId> {
    let channel = guild.channels.get(&guild.system_channel_id?)?;
    let member = guild.members.get(&bot.me)?;
    let needed = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    guild.user_permissions_in(channel, member).contains(needed).then_some(channel.id)
}
