//! The buttons under a card: "Why?" and "More". The message they hang on names its question, so the answer is found
//! again from it; nothing is remembered, and a restart changes nothing. What they show is for the one who pressed.

use std::sync::Arc;

use serenity::model::application::{ComponentInteraction, ComponentInteractionDataKind};

use super::asking::ask;
use super::bot::Bot;
use super::incoming::Incoming;
use super::intake::reply_in_time;
use super::outbox::Reply;
use super::rest::RestError;
use super::wording;
use crate::answer::Answer;
use crate::render::discord::{ButtonAction, page, question_of, why};

/// Does what a pressed button says.
///
/// # Errors
/// [`RestError`] when the response could not be delivered.
pub async fn run(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    component: &ComponentInteraction,
) -> Result<(), RestError> {
    let is_button = matches!(component.data.kind, ComponentInteractionDataKind::Button);
    let on_my_message = component.message.author.id == bot.me;
    let action = ButtonAction::from_id(&component.data.custom_id).filter(|_| is_button && on_my_message);
    let Some(action) = action else {
        return incoming.reply(&bot.rest, &Reply::private(wording::UNKNOWN_BUTTON)).await;
    };
    let Some(question) = question_of(&component.message.content) else {
        return incoming.reply(&bot.rest, &Reply::private(wording::GONE)).await;
    };
    reply_in_time(bot, incoming, true, async {
        match ask(bot, question, None).await {
            Ok(answer) => show(&action, &answer),
            Err(reason) => Reply::private(wording::no_answer(reason)),
        }
    })
    .await
}

fn show(action: &ButtonAction, answer: &Answer) -> Reply {
    let card = match action {
        ButtonAction::Why => Some(why(answer)),
        ButtonAction::More(number) => page(answer, *number),
    };
    card.map_or_else(|| Reply::private(wording::GONE), |card| Reply { card, private: true })
}
