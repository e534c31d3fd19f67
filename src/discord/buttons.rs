//! The buttons under a card: "Why?", "More" and choices. The message they hang on names its question, so the answer is found
//! again from it; nothing is remembered, and a restart changes nothing. What they show is for the one who pressed.

use std::sync::Arc;

use serenity::model::application::{ComponentInteraction, ComponentInteractionDataKind};

use super::asking::{NoAnswer, ask};
use super::bot::Bot;
use super::commands::corpus::{reindex, upload};
use super::incoming::Incoming;
use super::intake::reply_in_time;
use super::outbox::Reply;
use super::rest::RestError;
use super::wording;
use crate::render::discord::{ButtonAction, Card, card, page, question_of, why};

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
    match action {
        ButtonAction::Cancel { user, job } => return reindex::cancel(bot, incoming, user, job).await,
        ButtonAction::Force { user, until } => return reindex::force(bot, incoming, user, until).await,
        ButtonAction::Keep { .. }
        | ButtonAction::Discard { .. }
        | ButtonAction::Remove { .. }
        | ButtonAction::Restore { .. } => return upload::pressed(bot, incoming, action).await,
        ButtonAction::Why | ButtonAction::More(_) | ButtonAction::Choose(_) => {}
    }
    let Some(question) = question_of(&component.message.content) else {
        return incoming.reply(&bot.rest, &Reply::private(wording::GONE)).await;
    };
    reply_in_time(bot, incoming, true, async {
        match show(bot, &action, question).await {
            Ok(Some(card)) => Reply { card, private: true },
            Ok(None) => Reply::private(wording::GONE),
            Err(reason) => Reply::private(wording::no_answer(reason)),
        }
    })
    .await
}

/// What a button shows for a card's question; `None` if it is no longer there.
async fn show(bot: &Arc<Bot>, action: &ButtonAction, question: String) -> Result<Option<Card>, NoAnswer> {
    let answer = ask(bot, question.clone(), None).await?;
    Ok(match action {
        ButtonAction::Why => Some(why(&answer)),
        ButtonAction::More(number) => page(&answer, *number),
        ButtonAction::Choose(choice) => match answer.topics.get(*choice) {
            // As if the user had replied with it.
            Some(topic) => Some(card(&ask(bot, topic.label.clone(), Some(question)).await?)),
            None => None,
        },
        _ => None,
    })
}
