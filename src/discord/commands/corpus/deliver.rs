//! How a moderator learns what became of something that may have taken longer than an interaction lives (15 minutes): as the
//! private answer; else in the server's log channel; else as a direct message; else it is kept until somebody looks at
//! `/corpus status`. Where there is a log channel, what changed the corpus is posted there anyway, also what the bot did by
//! itself.

use std::sync::Arc;

use serenity::model::id::ChannelId;

use crate::discord::bot::Bot;
use crate::discord::incoming::Incoming;
use crate::discord::outbox::{self, Reply};
use crate::discord::rest::RestError;
use crate::render::discord::{Card, kept_report, posted};
use crate::store::{NOBODY, Report};

/// Whom a result concerns besides the moderator who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    /// Nobody: it changed nothing, and did not fail.
    Moderator,
    /// Everybody in the log channel, if there is one.
    LogChannel,
}

/// Tells a result, one way or another.
///
/// # Errors
/// [`RestError`] when it could neither be told nor kept.
pub(super) async fn deliver(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    card: Card,
    audience: Audience,
) -> Result<(), RestError> {
    let private = incoming.reply(&bot.rest, &Reply { card: card.clone(), private: true }).await;
    let server = incoming.caller.server.map(|server| server.get());
    let log_channel = bot.memory.settings(server).await.log_channel;
    let wanted = private.is_err() || audience == Audience::LogChannel;
    if let Some(channel) = log_channel.filter(|_| wanted).and_then(channel) {
        let announced = posted(&card, incoming.caller.user.get(), private.is_err());
        if told(bot, incoming.id.get(), channel, &announced).await {
            return Ok(());
        }
    }
    let Err(error) = private else { return Ok(()) };
    tracing::info!(event = incoming.id.get(), %error, "a result outlived its interaction");
    if let Ok(channel) = outbox::direct_channel(&bot.rest, incoming.caller.user).await
        && told(bot, incoming.id.get(), channel, &card).await
    {
        return Ok(());
    }
    let report = Report {
        event: incoming.id.get(),
        server: server.unwrap_or_default(),
        written_at: bot.now(),
        content: card.content,
    };
    if bot.memory.keep_report(report).await { Ok(()) } else { Err(error) }
}

/// Posts what the bot did by itself in the log channel of every server that may look after the corpus.
pub(in crate::discord) async fn post(bot: &Bot, event: u64, card: &Card) {
    for server in &bot.settings.discord.corpus_servers {
        let log_channel = bot.memory.settings(Some(*server)).await.log_channel;
        if let Some(channel) = log_channel.and_then(channel) {
            told(bot, event, channel, &posted(card, NOBODY, false)).await;
        }
    }
}

fn channel(id: u64) -> Option<ChannelId> {
    (id != 0).then(|| ChannelId::new(id))
}

/// Whether a result could be posted in a channel.
async fn told(bot: &Bot, event: u64, channel: ChannelId, card: &Card) -> bool {
    let announced = outbox::announce(&bot.rest, channel, event, card).await;
    if let Err(error) = &announced {
        tracing::warn!(channel = channel.get(), %error, "a result could not be posted");
    }
    announced.is_ok()
}

/// Tells what was kept for the server, after the caller has been answered; what was told is forgotten.
pub(super) async fn catch_up(bot: &Arc<Bot>, incoming: &Incoming) -> Result<(), RestError> {
    let Some(server) = incoming.caller.server else { return Ok(()) };
    for report in bot.memory.reports(server.get(), bot.now()).await {
        outbox::add_private(&bot.rest, incoming, &kept_report(&report)).await?;
        bot.memory.forget_report(report.event).await;
    }
    Ok(())
}
