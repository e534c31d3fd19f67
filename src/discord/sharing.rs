//! "Share": a private answer, asked again and posted for everybody, by the one who got it, where that person and the bot
//! may speak.

use std::sync::Arc;

use serenity::model::Permissions;
use serenity::model::channel::Message;

use super::asking::ask;
use super::bot::Bot;
use super::incoming::{Caller, Incoming};
use super::intake::reply_in_time;
use super::outbox::Reply;
use super::ownership::{is_asker, is_private};
use super::rest::RestError;
use super::wording;
use crate::answer::Outcome;
use crate::render::discord::{ButtonAction, card};
use crate::store::Mode;

/// Posts the answer to a private card's question for everybody, once.
///
/// # Errors
/// [`RestError`] when the response could not be delivered.
pub async fn share(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    private: &Message,
    question: String,
) -> Result<(), RestError> {
    let refusal = if !is_private(private) || !is_asker(bot, incoming, private).await {
        Some(wording::NOT_YOURS_TO_SHARE)
    } else if !may_speak(&incoming.caller, incoming.place.parent.is_some()) {
        Some(wording::YOU_MAY_NOT_SPEAK)
    } else if incoming.mode(bot).await == Mode::Off {
        Some(wording::OFF_HERE)
    } else if !bot.guard.first_share(private.id.get()) {
        Some(wording::SHARED)
    } else {
        None
    };
    if let Some(text) = refusal {
        return incoming.reply(&bot.rest, &Reply::private(text)).await;
    }
    reply_in_time(bot, incoming, false, async {
        match ask(bot, question, None).await {
            Ok(answer) if answer.outcome == Outcome::Answered => {
                let offers = [ButtonAction::FollowUp, ButtonAction::Delete];
                Reply { card: card(&answer).offering(&offers), private: false }
            }
            Ok(_) => Reply::private(wording::GONE),
            Err(reason) => Reply::private(wording::no_answer(reason)),
        }
    })
    .await
}

/// Whether somebody could say it themselves: what they may not write, the bot does not write for them.
fn may_speak(caller: &Caller, in_thread: bool) -> bool {
    let right = if in_thread { Permissions::SEND_MESSAGES_IN_THREADS } else { Permissions::SEND_MESSAGES };
    let may = |permissions: Permissions| permissions.intersects(right | Permissions::ADMINISTRATOR);
    caller.server.is_none() || caller.permissions.is_some_and(may)
}
