//! Joining and leaving servers: one greeting where the bot was just added, in the system channel if it may write there;
//! never on a reconnect, after an outage, or a second time. A server that was left meanwhile is missing at the next start.

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
    /// Notes the servers that a session began with, in place of those that it began with before.
    pub fn note(&self, session: &Session) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|server| !session.covers(*server));
        known.extend(&session.servers);
    }

    /// Notes a server; whether it was not known.
    fn add(&self, server: u64) -> bool {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(server)
    }

    fn has(&self, server: u64) -> bool {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).contains(&server)
    }

    fn remove(&self, server: u64) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&server);
    }
}

/// What a session began with: Discord's list of all servers that the bot is in, also of those with an outage.
pub struct Session {
    servers: HashSet<u64>,
    /// Its number and how many there are; it knows of its own part of the servers alone.
    shard: (u64, u64),
}

impl Session {
    /// A session's list; `shard` is its number and how many there are.
    pub fn new(servers: impl Iterator<Item = GuildId>, shard: Option<(u32, u32)>) -> Self {
        let (number, all) = shard.unwrap_or((0, 1));
        Self { servers: servers.map(GuildId::get).collect(), shard: (number.into(), u64::from(all).max(1)) }
    }

    /// Whether a server would be on its list, if the bot were in it; Discord spreads servers by their ids.
    fn covers(&self, server: u64) -> bool {
        (server >> 22) % self.shard.1 == self.shard.0
    }
}

/// A session began: what is stored of a server that is not on its list goes like that of any server that was left, and a
/// server that is on it was not left.
pub async fn began(bot: &Arc<Bot>, session: Session) {
    let now = bot.now();
    for (server, known_as_left) in bot.memory.known_servers().await {
        // One that the bot joined since then is not on the list either.
        match (bot.servers.has(server), known_as_left) {
            (true, true) => bot.memory.present(server).await,
            (false, false) if session.covers(server) => bot.memory.left(server, now).await,
            _ => {}
        }
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

#[cfg(test)]
mod tests {
    use super::{GuildId, Session};

    #[test]
    fn a_session_speaks_of_its_own_servers_alone() {
        let server = |number: u64| number << 22 | 5;
        let alone = Session::new([GuildId::new(server(4))].into_iter(), None);
        assert!((0..9).all(|number| alone.covers(server(number))));
        let one_of_three = Session::new(std::iter::empty(), Some((1, 3)));
        let covered: Vec<u64> = (0..9).filter(|number| one_of_three.covers(server(*number))).collect();
        assert_eq!(covered, [1, 4, 7]);
        assert!(!Session::new(std::iter::empty(), Some((1, 0))).covers(server(1)), "nonsense covers nothing");
    }
}
