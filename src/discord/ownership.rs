//! Whose an answer is, and its deletion: by the one who asked and by moderators. Whose it is stands on the message itself
//! where Discord says so, else in what is remembered for a day; a question that was deleted later leaves it to moderators.

use std::sync::Arc;

use serenity::model::application::MessageInteractionMetadata;
use serenity::model::channel::{Message, MessageFlags};
use serenity::model::id::{GuildId, UserId};

use super::bot::Bot;
use super::incoming::Incoming;
use super::outbox::{self, Reply};
use super::rest::RestError;
use super::rights::is_moderator;
use super::wording;
use crate::render::discord::ButtonAction;

/// Deletes an answer of the bot's, or says politely whose it is.
///
/// # Errors
/// [`RestError`] when the response could not be delivered or the answer not be deleted.
pub async fn delete(bot: &Arc<Bot>, incoming: &Incoming, answer: &Message) -> Result<(), RestError> {
    let settings = bot.memory.settings(incoming.caller.server.map(GuildId::get)).await;
    let direct = incoming.caller.server.is_none();
    if !direct && !is_moderator(&incoming.caller, &settings) && !is_asker(bot, incoming, answer).await {
        return incoming.reply(&bot.rest, &Reply::private(wording::NOT_YOURS_TO_DELETE)).await;
    }
    incoming.take(&bot.rest).await?;
    if let Err(error) = outbox::delete_pressed(&bot.rest, incoming).await {
        incoming.reply(&bot.rest, &Reply::private(wording::FAILED)).await?;
        return Err(error);
    }
    bot.memory.forget(answer.id.get()).await;
    Ok(())
}

/// Whether the caller is the one whose question this message answers.
pub async fn is_asker(bot: &Bot, incoming: &Incoming, answer: &Message) -> bool {
    let remembered = async {
        let record = bot.memory.answer(answer.id.get(), bot.now()).await;
        record.map(|record| record.asker)
    };
    let asker = match written(bot, answer) {
        Some(asker) => Some(asker.get()),
        None => remembered.await,
    };
    asker == Some(incoming.caller.user.get())
}

/// Who asked, as the message itself says: who used the command, or who wrote the message it replies to.
fn written(bot: &Bot, answer: &Message) -> Option<UserId> {
    let user = match answer.interaction_metadata.as_deref() {
        Some(MessageInteractionMetadata::Command(metadata)) => Some(&metadata.user),
        Some(MessageInteractionMetadata::Component(metadata)) => Some(&metadata.user),
        Some(MessageInteractionMetadata::ModalSubmit(metadata)) => Some(&metadata.user),
        Some(_) => return None,
        None => answer.referenced_message.as_deref().map(|question| &question.author),
    };
    user.map(|user| user.id).filter(|user| *user != bot.me)
}

/// Whether only one person sees this message.
pub fn is_private(message: &Message) -> bool {
    message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
}

/// What can be done with an answer that takes the place of this message.
pub fn offers(message: &Message) -> &'static [ButtonAction] {
    match (is_private(message), message.interaction_metadata.is_some()) {
        (true, _) => &[ButtonAction::FollowUp, ButtonAction::Share],
        (false, true) => &[ButtonAction::FollowUp, ButtonAction::Delete],
        // People reply to it.
        (false, false) => &[ButtonAction::Delete],
    }
}
