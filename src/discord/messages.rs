//! Messages of people: a question is answered, an edited one gets its answer edited, a deleted one takes its answer along.
//! Which message answers which is remembered for a day, by ids alone. What it never does: speak where it was not spoken
//! to, unless a moderator lets it listen and it is sure.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures_util::FutureExt;
use serenity::model::Timestamp;
use serenity::model::channel::Message;
use serenity::model::event::MessageUpdateEvent;
use serenity::model::id::{ChannelId, GuildId, MessageId, UserId};

use super::addressing::{self, Request, Spoken};
use super::asking::ask;
use super::bot::Bot;
use super::incoming::Incoming;
use super::intake::{is_new, place_in_queue};
use super::rest::RestError;
use super::{gaps, outbox, places, wording};
use crate::answer::{Answer, Outcome};
use crate::render::discord::{ButtonAction, Card, card};
use crate::store::{AnswerRecord, Mode, ServerSettings};

/// An edit later than this many seconds after the message is too late to change its answer.
const EDIT_WINDOW: i64 = 10 * 60;

/// A question in a message.
#[derive(Debug)]
pub struct Asked {
    message: MessageId,
    channel: ChannelId,
    server: Option<u64>,
    asker: UserId,
    request: Request,
    /// It was not asked of the bot, which listens there.
    overheard: bool,
    /// It was edited: its answer, if there is one, is to be edited.
    edited: bool,
}

/// A message was posted.
pub async fn posted(bot: &Arc<Bot>, message: &Message) {
    let spoken = Spoken::posted(message);
    let Some(asked) = hear(bot, &spoken, (message.id, message.channel_id, message.guild_id), false) else {
        return;
    };
    if is_new(bot, message.id.get()) {
        take_on(bot, asked, message.timestamp).await;
    }
}

/// A message was edited, or Discord added to it what it found behind a link.
pub async fn edited(bot: &Arc<Bot>, event: &MessageUpdateEvent) {
    let (Some(spoken), Some(at)) = (Spoken::edited(event), event.edited_timestamp) else { return };
    // Both are Discord's own times.
    if at.unix_timestamp() - event.id.created_at().unix_timestamp() > EDIT_WINDOW {
        return;
    }
    let Some(asked) = hear(bot, &spoken, (event.id, event.channel_id, event.guild_id), true) else { return };
    let mut edit = DefaultHasher::new();
    (event.id, at).hash(&mut edit);
    if is_new(bot, edit.finish()) {
        take_on(bot, asked, at).await;
    }
}

/// Messages were deleted: what answers them goes, too.
pub async fn deleted(bot: &Arc<Bot>, messages: &[MessageId]) {
    for message in messages.iter().map(|message| message.get()) {
        bot.guard.note_gone(message);
        if bot.memory.answer(message, bot.now()).await.is_some()
            && let Some(record) = bot.memory.forget(message).await
            && record.question == message
        {
            retract(bot, &record).await;
        }
    }
}

/// What a message asks, of the bot or of nobody in particular; `None`: it is none of the bot's business.
fn hear(
    bot: &Bot,
    spoken: &Spoken<'_>,
    (message, channel, server): (MessageId, ChannelId, Option<GuildId>),
    edited: bool,
) -> Option<Asked> {
    let server = server.map(GuildId::get);
    let my_role = server.and_then(|server| bot.own_roles.get(&server));
    let addressed = addressing::request(spoken, bot.me, my_role);
    let overheard = addressed.is_none();
    let request = match addressed {
        None if bot.settings.discord.listen => addressing::overheard(spoken, bot.me)?,
        addressed => addressed?,
    };
    Some(Asked { message, channel, server, asker: spoken.author.id, request, overheard, edited })
}

/// Works on a question and on the edits that come meanwhile, if the channel's mode lets it.
async fn take_on(bot: &Arc<Bot>, asked: Asked, at: Timestamp) {
    if bot.guard.is_muted(asked.channel.get()) {
        return;
    }
    let message = asked.message.get();
    let mut next = bot.under_way.enter(message, at, asked);
    while let Some(asked) = next {
        let settings = bot.memory.settings(asked.server).await;
        let mode = places::mode(bot, &settings, asked.channel).await;
        if mode == Mode::Listen || (mode == Mode::Mention && !asked.overheard) {
            work(bot, &asked, &settings).await;
        }
        next = bot.under_way.leave(message);
    }
}

async fn work(bot: &Arc<Bot>, asked: &Asked, settings: &ServerSettings) {
    let record = match asked.edited {
        true => bot.memory.answer(asked.message.get(), bot.now()).await,
        false => None,
    };
    // An edit of what was not answered asks nothing new.
    if asked.edited && record.is_none() {
        return;
    }
    // Nobody waits for an answer to what was overheard, so it costs nobody anything until there is one.
    if !asked.overheard && !admitted(bot, asked, settings).await {
        return;
    }
    let Some(_place) = place_in_queue(bot) else { return notice(bot, asked, wording::BUSY).await };
    match AssertUnwindSafe(answer(bot, asked, settings, record)).catch_unwind().await {
        Ok(()) => {}
        Err(_) => {
            bot.note_panic();
            notice(bot, asked, wording::FAILED).await;
        }
    }
}

/// Whether the cooldowns let a question pass; if not, its author hears so at most once.
async fn admitted(bot: &Arc<Bot>, asked: &Asked, settings: &ServerSettings) -> bool {
    let user = asked.asker.get();
    if let Err(seconds) = bot.guard.admit(user, asked.server) {
        bot.counters.cooled_down.fetch_add(1, Ordering::Relaxed);
        notice(bot, asked, &wording::cooldown(seconds)).await;
        return false;
    }
    let pause = asked.server.zip(settings.cooldown).filter(|_| !asked.edited);
    match pause.map_or(Ok(()), |(server, seconds)| bot.guard.pause(server, user, seconds)) {
        Ok(()) => true,
        Err(wait) => {
            bot.counters.cooled_down.fetch_add(1, Ordering::Relaxed);
            if !wait.told {
                notice(bot, asked, &wording::server_pause(wait.seconds)).await;
            }
            false
        }
    }
}

async fn answer(bot: &Arc<Bot>, asked: &Asked, settings: &ServerSettings, record: Option<AnswerRecord>) {
    let Request { question, follows } = asked.request.clone();
    let found = match ask(bot, question, follows).await {
        Ok(answer) => answer,
        Err(reason) => return notice(bot, asked, wording::no_answer(reason)).await,
    };
    if !asked.overheard && !asked.edited {
        gaps::unanswered(bot, asked.server, &found).await;
    }
    let say = !asked.overheard || is_sure(bot, &found);
    match record {
        Some(record) if say => change(bot, &record, &shown(&found)).await,
        // What was overheard is no longer a question that can be answered.
        Some(record) => {
            bot.memory.forget(record.question).await;
            retract(bot, &record).await;
        }
        None if say && (!asked.overheard || admitted(bot, asked, settings).await) => {
            deliver(bot, asked, &shown(&found)).await;
        }
        None => {}
    }
}

fn is_sure(bot: &Bot, answer: &Answer) -> bool {
    answer.outcome == Outcome::Answered && answer.confidence >= bot.settings.discord.listen_confidence
}

fn shown(answer: &Answer) -> Card {
    card(answer).offering(&[ButtonAction::Delete])
}

/// Replies to a question, and remembers the reply's id; a channel that may not be written to is left alone for a while.
async fn deliver(bot: &Arc<Bot>, asked: &Asked, card: &Card) {
    let answer = match outbox::reply_to_message(&bot.rest, asked.channel, asked.message, card).await {
        Ok(answer) => answer,
        Err(error) => return undelivered(bot, asked.message, asked.channel, &error),
    };
    if let Some(answer) = answer {
        remember(bot, asked.message, asked.channel, asked.asker, answer).await;
    }
}

/// Remembers which message answers which.
async fn remember(bot: &Arc<Bot>, question: MessageId, channel: ChannelId, asker: UserId, answer: MessageId) {
    let record = AnswerRecord {
        question: question.get(),
        answer: answer.get(),
        channel: channel.get(),
        asker: asker.get(),
        created_at: bot.now(),
    };
    bot.memory.answered(record).await;
    // Deleted while it was being answered.
    if bot.guard.is_gone(record.question) {
        bot.memory.forget(record.question).await;
        retract(bot, &record).await;
    }
}

/// Replies to a message because somebody asked for it with a command; the reply goes when the message does.
///
/// # Errors
/// [`RestError`] when the reply could not be delivered.
pub async fn answer_for(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    message: MessageId,
    answer: &Answer,
) -> Result<(), RestError> {
    let channel = incoming.place.channel;
    let reply = outbox::reply_on_behalf(&bot.rest, channel, message, incoming.id, &shown(answer)).await?;
    // The answer to whoever wrote the message stays the one that goes along with it.
    if let Some(reply) = reply
        && bot.memory.answer(message.get(), bot.now()).await.is_none()
    {
        remember(bot, message, channel, incoming.caller.user, reply).await;
    }
    Ok(())
}

/// Says under a plain message why there is no answer: once per user and minute, else nothing; never to an edit, nor to
/// somebody who did not ask the bot.
async fn notice(bot: &Arc<Bot>, asked: &Asked, text: &str) {
    if !asked.edited && !asked.overheard && bot.guard.may_notice(asked.asker.get()) {
        deliver(bot, asked, &Card::text(text)).await;
    }
}

async fn change(bot: &Arc<Bot>, record: &AnswerRecord, card: &Card) {
    let (channel, answer) = (ChannelId::new(record.channel), MessageId::new(record.answer));
    if let Err(error) = outbox::edit(&bot.rest, channel, answer, card).await {
        undelivered(bot, answer, channel, &error);
    }
}

/// Deletes an answer that is forgotten already.
async fn retract(bot: &Arc<Bot>, record: &AnswerRecord) {
    let (channel, answer) = (ChannelId::new(record.channel), MessageId::new(record.answer));
    if let Err(error) = outbox::delete(&bot.rest, channel, answer).await {
        undelivered(bot, answer, channel, &error);
    }
}

fn undelivered(bot: &Bot, message: MessageId, channel: ChannelId, error: &RestError) {
    bot.counters.undelivered.fetch_add(1, Ordering::Relaxed);
    if matches!(error, RestError::Refused { status: 403, .. }) {
        bot.guard.mute(channel.get());
    }
    tracing::warn!(event = message.get(), channel = channel.get(), %error, "a reply was not delivered");
}
