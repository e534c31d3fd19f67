//! Takes events in: each once, not while leaving, within the queue and the cooldowns; runs its handler, and turns a panic
//! or a failure there into one sentence for the user and one line for the log.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures_util::FutureExt;
use serenity::model::application::{CommandInteraction, ComponentInteraction};
use serenity::model::channel::Message;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

use super::addressing::{self, Request};
use super::asking::ask;
use super::bot::Bot;
use super::incoming::Incoming;
use super::outbox::{self, Reply};
use super::rest::RestError;
use super::{buttons, commands, places, wording};
use crate::render::discord::{Card, card};
use crate::store::Mode;

/// A message was posted.
pub async fn message(bot: &Arc<Bot>, message: &Message) {
    let server = message.guild_id.map(|server| server.get());
    let my_role = server.and_then(|server| bot.own_roles.get(&server));
    let Some(request) = addressing::request(message, bot.me, my_role) else { return };
    let channel = message.channel_id.get();
    if !is_new(bot, message.id.get()) || bot.guard.is_muted(channel) {
        return;
    }
    let settings = bot.memory.settings(server).await;
    if places::mode(bot, &settings, message.channel_id).await == Mode::Off {
        return;
    }
    if let Err(seconds) = bot.guard.admit(message.author.id.get(), server) {
        bot.counters.cooled_down.fetch_add(1, Ordering::Relaxed);
        return notice(bot, message, &wording::cooldown(seconds)).await;
    }
    let Some(_place) = place_in_queue(bot) else { return notice(bot, message, wording::BUSY).await };
    match AssertUnwindSafe(answer(bot, message, request)).catch_unwind().await {
        Ok(()) => {}
        Err(_) => {
            bot.note_panic();
            notice(bot, message, wording::FAILED).await;
        }
    }
}

async fn answer(bot: &Arc<Bot>, message: &Message, request: Request) {
    match ask(bot, request.question, request.follows).await {
        Ok(answer) => deliver(bot, message, &card(&answer)).await,
        Err(reason) => notice(bot, message, wording::no_answer(reason)).await,
    }
}

/// Replies to a message; a channel that may not be written to is left alone for a while.
async fn deliver(bot: &Arc<Bot>, message: &Message, card: &Card) {
    let result = outbox::reply_to_message(&bot.rest, message.channel_id, message.id, card).await;
    if let Err(error) = result {
        bot.counters.undelivered.fetch_add(1, Ordering::Relaxed);
        if matches!(error, RestError::Refused { status: 403, .. }) {
            bot.guard.mute(message.channel_id.get());
        }
        tracing::warn!(event = message.id.get(), channel = message.channel_id.get(), %error, "a reply was not delivered");
    }
}

/// Says under a plain message why there is no answer: once per user and minute, else nothing.
async fn notice(bot: &Arc<Bot>, message: &Message, text: &str) {
    if bot.guard.may_notice(message.author.id.get()) {
        deliver(bot, message, &Card { content: text.to_owned(), buttons: Vec::new() }).await;
    }
}

/// A command was used.
pub async fn command(bot: &Arc<Bot>, command: &CommandInteraction) {
    let incoming = Incoming::from_command(command, bot.settings.timing.first_response);
    interaction(bot, &incoming, async {
        match commands::find(&command.data.name) {
            Some(entry) => (entry.run)(bot, &incoming, &command.data).await,
            None => incoming.reply(&bot.rest, &Reply::private(wording::UNKNOWN_COMMAND)).await,
        }
    })
    .await;
}

/// A button was pressed.
pub async fn component(bot: &Arc<Bot>, component: &ComponentInteraction) {
    let incoming = Incoming::from_component(component, bot.settings.timing.first_response);
    interaction(bot, &incoming, buttons::run(bot, &incoming, component)).await;
}

/// Runs an interaction's handler, or says privately why not.
async fn interaction(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    handler: impl Future<Output = Result<(), RestError>>,
) {
    if !is_new(bot, incoming.id.get()) {
        return;
    }
    let server = incoming.caller.server.map(|server| server.get());
    let result = match (bot.guard.admit(incoming.caller.user.get(), server), place_in_queue(bot)) {
        (Err(seconds), _) => {
            bot.counters.cooled_down.fetch_add(1, Ordering::Relaxed);
            incoming.reply(&bot.rest, &Reply::private(wording::cooldown(seconds))).await
        }
        (Ok(()), None) => incoming.reply(&bot.rest, &Reply::private(wording::BUSY)).await,
        (Ok(()), Some(_place)) => match AssertUnwindSafe(handler).catch_unwind().await {
            Ok(result) => result,
            Err(_) => {
                bot.note_panic();
                incoming.reply(&bot.rest, &Reply::private(wording::FAILED)).await
            }
        },
    };
    if let Err(error) = result {
        bot.counters.undelivered.fetch_add(1, Ordering::Relaxed);
        tracing::warn!(event = incoming.id.get(), %error, "an interaction was not answered");
        if BLOCKED_BY_FILTERS.contains(&error.code()) {
            incoming.reopen();
            // If even this is refused there is nobody left to tell.
            let _ = incoming.reply(&bot.rest, &Reply::private(wording::FILTERED)).await;
        }
    }
}

/// Discord's codes for content that AutoMod or the filter for harmful links refused.
const BLOCKED_BY_FILTERS: [i64; 2] = [200_000, 240_000];

/// Replies with the result of `work`: directly if it is there soon, else after a sign that an answer will come.
///
/// # Errors
/// [`RestError`] when the reply could not be delivered.
pub async fn reply_in_time(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    private: bool,
    work: impl Future<Output = Reply>,
) -> Result<(), RestError> {
    let timing = &bot.settings.timing;
    let patience = timing.first_response.saturating_sub(timing.think);
    let sign_due = incoming.respond_by.checked_sub(patience).unwrap_or_else(Instant::now);
    tokio::pin!(work);
    let reply = tokio::select! {
        reply = &mut work => reply,
        () = tokio::time::sleep_until(sign_due) => {
            incoming.defer(&bot.rest, private).await?;
            work.await
        }
    };
    incoming.reply(&bot.rest, &reply).await
}

/// Whether an event is to be worked on: not while leaving, and not a second time.
fn is_new(bot: &Bot, event: u64) -> bool {
    if bot.leaving.load(Ordering::Acquire) {
        return false;
    }
    let new = bot.guard.first_time(event);
    let counter = if new { &bot.counters.taken } else { &bot.counters.duplicates };
    counter.fetch_add(1, Ordering::Relaxed);
    new
}

fn place_in_queue(bot: &Bot) -> Option<OwnedSemaphorePermit> {
    let place = Arc::clone(&bot.queue).try_acquire_owned().ok();
    if place.is_none() {
        bot.counters.shed.fetch_add(1, Ordering::Relaxed);
    }
    place
}
