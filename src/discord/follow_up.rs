//! "Ask on": a form for a question that leans on a card's. Messages without a mention do not reach the bot, so this is how
//! a conversation goes on after a command. The form hangs on the card, and the card names what was asked: no memory.

use std::sync::Arc;

use serenity::model::application::{ActionRowComponent, ModalInteraction};
use serenity::model::id::GuildId;

use super::asking::ask;
use super::bot::Bot;
use super::incoming::Incoming;
use super::intake::{pass_pause, reply_in_time};
use super::outbox::{Form, Reply};
use super::ownership::is_private;
use super::rest::RestError;
use super::{gaps, wording};
use crate::answer::Outcome;
use crate::render::discord::{ButtonAction, card, question_of};
use crate::store::Mode;

/// The form.
const FORM: Form =
    Form { id: "follow", title: "Ask on", label: "And what would you like to know?", longest: 400 };

/// Shows the form.
///
/// # Errors
/// [`RestError`] when it could not be delivered.
pub async fn open(bot: &Arc<Bot>, incoming: &Incoming) -> Result<(), RestError> {
    incoming.ask_for(&bot.rest, &FORM).await
}

/// Answers what somebody wrote into the form: privately under a private card, else as a command would be answered.
///
/// # Errors
/// [`RestError`] when the response could not be delivered.
pub async fn sent(bot: &Arc<Bot>, incoming: &Incoming, form: &ModalInteraction) -> Result<(), RestError> {
    let card_of = form.message.as_deref().filter(|message| message.author.id == bot.me);
    let question = written(form).filter(|_| form.data.custom_id == FORM.id);
    let (Some(on), Some(question)) = (card_of, question) else {
        return incoming.reply(&bot.rest, &Reply::private(wording::UNKNOWN_BUTTON)).await;
    };
    if let Err(text) = pass_pause(bot, incoming).await {
        return incoming.reply(&bot.rest, &Reply::private(text)).await;
    }
    let private = is_private(on) || incoming.mode(bot).await == Mode::Off;
    let follows = question_of(&on.content);
    reply_in_time(bot, incoming, private, async {
        match ask(bot, question, follows).await {
            Ok(answer) => {
                gaps::unanswered(bot, incoming.caller.server.map(GuildId::get), &answer).await;
                let private = private || answer.outcome != Outcome::Answered;
                Reply { card: card(&answer).offering(offers(private, answer.outcome)), private }
            }
            Err(reason) => Reply::private(wording::no_answer(reason)),
        }
    })
    .await
}

/// What can be done with the answer to a command or a form.
pub fn offers(private: bool, outcome: Outcome) -> &'static [ButtonAction] {
    match (private, outcome) {
        (true, Outcome::Answered) => &[ButtonAction::FollowUp, ButtonAction::Share],
        (true, _) => &[],
        (false, _) => &[ButtonAction::FollowUp, ButtonAction::Delete],
    }
}

/// What stands in the form's line.
fn written(form: &ModalInteraction) -> Option<String> {
    let lines = form.data.components.iter().flat_map(|row| &row.components);
    lines
        .filter_map(|line| match line {
            ActionRowComponent::InputText(line) if line.custom_id == FORM.id => line.value.clone(),
            _ => None,
        })
        .next()
}
