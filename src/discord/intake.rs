//! Takes interactions in: each once, not while leaving, within the queue and the cooldowns; runs its handler, and turns a
//! panic or a failure there into one sentence for the user and one line for the log. Messages have their own way
//! (`messages`).

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures_util::FutureExt;
use serenity::model::application::{CommandInteraction, ComponentInteraction, ModalInteraction};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

use super::asking::look_up;
use super::bot::Bot;
use super::commands::Suggest;
use super::incoming::Incoming;
use super::outbox::{self, Reply};
use super::rest::RestError;
use super::{buttons, commands, follow_up, wording};
use crate::render::discord::Card;

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

/// Something is being typed into an option: names that fit, or none. It counts as no question.
pub async fn typing(bot: &Arc<Bot>, command: &CommandInteraction) {
    let incoming = Incoming::from_command(command, bot.settings.timing.first_response);
    if !is_new(bot, incoming.id.get()) {
        return;
    }
    let typed = command.data.autocomplete();
    let suggest = commands::find(&command.data.name).map(|entry| entry.suggest);
    let choices = match (typed, suggest, place_in_queue(bot)) {
        (Some(option), Some(Suggest::Names(suggest)), Some(_place)) => {
            let (name, value) = (option.name.to_owned(), option.value.to_owned());
            look_up(bot, move |lookup| suggest(&lookup, &name, &value)).await.unwrap_or_default()
        }
        (Some(option), Some(Suggest::Own(suggest)), Some(_place)) => {
            suggest(bot, &incoming, &command.data, option.value).await
        }
        _ => Vec::new(),
    };
    // The next letter asks again, so an answer that is lost is not missed.
    if let Err(error) = outbox::suggest(&bot.rest, &incoming, &choices).await {
        tracing::debug!(event = incoming.id.get(), %error, "suggestions were not delivered");
    }
}

/// A button was pressed, or a line of a menu chosen.
pub async fn component(bot: &Arc<Bot>, component: &ComponentInteraction) {
    let incoming = Incoming::from_component(component, bot.settings.timing.first_response);
    interaction(bot, &incoming, buttons::run(bot, &incoming, component)).await;
}

/// A form was sent back.
pub async fn form(bot: &Arc<Bot>, form: &ModalInteraction) {
    let incoming = Incoming::from_form(form, bot.settings.timing.first_response);
    interaction(bot, &incoming, follow_up::sent(bot, &incoming, form)).await;
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
    tokio::pin!(work);
    let reply = tokio::select! {
        reply = &mut work => reply,
        () = tokio::time::sleep_until(sign_due(bot, incoming)) => {
            incoming.defer(&bot.rest, private).await?;
            work.await
        }
    };
    incoming.reply(&bot.rest, &reply).await
}

/// Puts the card that `work` makes in the place of the message that was pressed: directly if it is there soon, else after
/// telling Discord so. What `work` gives instead is told to the user alone, and the message stays.
///
/// # Errors
/// [`RestError`] when neither could be delivered.
pub async fn replace_in_time(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    work: impl Future<Output = Result<Card, &'static str>>,
) -> Result<(), RestError> {
    tokio::pin!(work);
    let result = tokio::select! {
        result = &mut work => result,
        () = tokio::time::sleep_until(sign_due(bot, incoming)) => {
            incoming.take(&bot.rest).await?;
            work.await
        }
    };
    match result {
        Ok(card) => incoming.replace(&bot.rest, &card).await,
        Err(text) => incoming.reply(&bot.rest, &Reply::private(text)).await,
    }
}

/// When an interaction that is still being worked on needs a sign.
fn sign_due(bot: &Bot, incoming: &Incoming) -> Instant {
    let timing = &bot.settings.timing;
    let patience = timing.first_response.saturating_sub(timing.think);
    incoming.respond_by.checked_sub(patience).unwrap_or_else(Instant::now)
}

/// Lets a question pass the pause of its server, or gives the text that says how long to wait.
pub async fn pass_pause(bot: &Bot, incoming: &Incoming) -> Result<(), String> {
    let Some(server) = incoming.caller.server.map(|server| server.get()) else { return Ok(()) };
    let settings = bot.memory.settings(Some(server)).await;
    let Some(seconds) = settings.cooldown else { return Ok(()) };
    bot.guard.pause(server, incoming.caller.user.get(), seconds).map_err(|wait| {
        bot.counters.cooled_down.fetch_add(1, Ordering::Relaxed);
        wording::server_pause(wait.seconds)
    })
}

/// Whether an event is to be worked on: not while leaving, and not a second time.
pub fn is_new(bot: &Bot, event: u64) -> bool {
    if bot.leaving.load(Ordering::Acquire) {
        return false;
    }
    let new = bot.guard.first_time(event);
    let counter = if new { &bot.counters.taken } else { &bot.counters.duplicates };
    counter.fetch_add(1, Ordering::Relaxed);
    new
}

/// A place among the events that are worked on, if there is one; freed when it is dropped.
pub fn place_in_queue(bot: &Bot) -> Option<OwnedSemaphorePermit> {
    let place = Arc::clone(&bot.queue).try_acquire_owned().ok();
    if place.is_none() {
        bot.counters.shed.fetch_add(1, Ordering::Relaxed);
    }
    place
}
