//! The buttons and menus under a card. The message they hang on names its question, so the answer is found again from
//! it; nothing is remembered, and a restart changes nothing. What they show is for the one who pressed; only the one who
//! asked changes or removes what everybody sees.

use std::sync::Arc;

use serenity::model::application::{ComponentInteraction, ComponentInteractionDataKind};

use super::asking::{NoAnswer, ask};
use super::bot::Bot;
use super::commands::corpus::{log, reindex, upload};
use super::incoming::Incoming;
use super::intake::{replace_in_time, reply_in_time};
use super::outbox::Reply;
use super::rest::RestError;
use super::{feedback, follow_up, looking_up, ownership, sharing, wording};
use crate::answer::Outcome;
use crate::render::discord::{ButtonAction, Card, MENU_ID, Turn, card, page, question_of, why};

/// Does what a pressed button or a chosen line says.
///
/// # Errors
/// [`RestError`] when the response could not be delivered.
pub async fn run(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    component: &ComponentInteraction,
) -> Result<(), RestError> {
    let on_my_message = component.message.author.id == bot.me;
    let Some(action) = action(component).filter(|_| on_my_message) else {
        return incoming.reply(&bot.rest, &Reply::private(wording::UNKNOWN_BUTTON)).await;
    };
    // What is for moderators stands under messages that only one of them sees, or in the channel for results; elsewhere it was not
    // put there by this bot.
    if action.is_of_corpus()
        && !ownership::is_private(&component.message)
        && !(matches!(action, ButtonAction::Force { .. }) && in_log_channel(bot, component).await)
    {
        return incoming.reply(&bot.rest, &Reply::private(wording::UNKNOWN_BUTTON)).await;
    }
    // What needs no question of a card.
    match action {
        ButtonAction::Delete => return ownership::delete(bot, incoming, &component.message).await,
        ButtonAction::Cancel { user, job } => return reindex::cancel(bot, incoming, user, job).await,
        ButtonAction::Force { user, until } => return reindex::force(bot, incoming, user, until).await,
        ButtonAction::Log(page) => return log::turn(bot, incoming, page).await,
        ButtonAction::Turn(turn) => return looking_up::turn(bot, incoming, turn).await,
        ButtonAction::Keep { .. }
        | ButtonAction::Discard { .. }
        | ButtonAction::Remove { .. }
        | ButtonAction::Restore { .. } => return upload::pressed(bot, incoming, action).await,
        _ => {}
    }
    let Some(question) = question_of(&component.message.content) else {
        return incoming.reply(&bot.rest, &Reply::private(wording::GONE)).await;
    };
    match action {
        ButtonAction::Vote(vote) => {
            feedback::vote(bot, incoming, (&component.message, &question), vote).await
        }
        ButtonAction::FollowUp => follow_up::open(bot, incoming).await,
        ButtonAction::Share => sharing::share(bot, incoming, &component.message, question).await,
        ButtonAction::Choose(choice) => choose(bot, incoming, component, (choice, question)).await,
        _ => {
            reply_in_time(bot, incoming, true, async {
                match show(bot, &action, question).await {
                    Ok(Some(card)) => Reply { card, private: true },
                    Ok(None) => Reply::private(wording::GONE),
                    Err(reason) => Reply::private(wording::no_answer(reason)),
                }
            })
            .await
        }
    }
}

/// What was pressed or chosen; cards of earlier versions have their choices as buttons.
fn action(component: &ComponentInteraction) -> Option<ButtonAction> {
    match &component.data.kind {
        ComponentInteractionDataKind::Button => ButtonAction::from_id(&component.data.custom_id),
        ComponentInteractionDataKind::StringSelect { values } if component.data.custom_id == MENU_ID => {
            let chosen = values.first().filter(|_| values.len() == 1)?;
            ButtonAction::from_id(chosen).filter(|action| matches!(action, ButtonAction::Choose(_)))
        }
        // The menu of a document's sections: the value is the section.
        ComponentInteractionDataKind::StringSelect { values } => {
            let key = values.first().filter(|_| values.len() == 1)?;
            match ButtonAction::from_id(&component.data.custom_id)? {
                ButtonAction::Turn(Turn::Section(id, _, page)) => {
                    Some(ButtonAction::Turn(Turn::Section(id, key.clone(), page)))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// What a button shows for a card's question; `None` if it is no longer there.
async fn show(bot: &Arc<Bot>, action: &ButtonAction, question: String) -> Result<Option<Card>, NoAnswer> {
    let answer = ask(bot, question, None).await?;
    Ok(match action {
        ButtonAction::More(number) => page(&answer, *number),
        _ => Some(why(&answer)),
    })
}

/// Answers for a choice as if its user had replied with it: in place of the card for the one who was asked back, else
/// privately.
async fn choose(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    component: &ComponentInteraction,
    (choice, question): (usize, String),
) -> Result<(), RestError> {
    let answer = async {
        let asked_back = ask(bot, question.clone(), None).await.map_err(wording::no_answer)?;
        let topic = asked_back.topics.get(choice).filter(|_| asked_back.outcome == Outcome::Clarify);
        let topic = topic.map(|topic| topic.label.clone()).ok_or(wording::GONE)?;
        ask(bot, topic, Some(question)).await.map_err(wording::no_answer)
    };
    if ownership::is_asker(bot, incoming, &component.message).await {
        let offers = ownership::offers(&component.message);
        replace_in_time(bot, incoming, async { Ok(card(&answer.await?).offering(offers)) }).await
    } else {
        reply_in_time(bot, incoming, true, async {
            match answer.await {
                Ok(answer) => Reply { card: card(&answer), private: true },
                Err(text) => Reply::private(text),
            }
        })
        .await
    }
}

/// Whether a button stands in the channel for results of `/corpus` of its server.
async fn in_log_channel(bot: &Bot, component: &ComponentInteraction) -> bool {
    let results = bot.memory.settings(component.guild_id.map(|server| server.get())).await.log_channel;
    results.is_some_and(|channel| channel == component.channel_id.get())
}
