//! "Helped", "Not what I asked", "Wrong": what somebody thinks of an answer. Whoever sees it may say so, once; a later press
//! takes the place of an earlier one. The message and the id of the button are all that it needs.

use std::sync::Arc;

use serenity::model::channel::Message;

use super::bot::Bot;
use super::incoming::Incoming;
use super::outbox::Reply;
use super::rest::RestError;
use super::{gaps, wording};
use crate::store::{Missed, Vote};

/// Keeps what the caller thinks of an answer.
///
/// # Errors
/// [`RestError`] when the response could not be delivered.
pub async fn vote(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    (answer, question): (&Message, &str),
    vote: Vote,
) -> Result<(), RestError> {
    let (person, answer) = (incoming.caller.user.get(), answer.id.get());
    let earlier = bot.memory.vote(person, answer, vote, bot.now()).await;
    // Who says the same again, or another thing that is wrong, counts once.
    if let (Some(earlier), Some(missed)) = (earlier, Missed::of_vote(vote))
        && earlier.and_then(Missed::of_vote).is_none()
    {
        gaps::voted(bot, incoming, question, missed).await;
    }
    let text = match earlier {
        None => wording::NOT_KEPT,
        Some(Some(earlier)) if earlier == vote => wording::VOTED_ALREADY,
        Some(Some(_)) => wording::VOTE_CHANGED,
        Some(None) => wording::voted(vote),
    };
    incoming.reply(&bot.rest, &Reply::private(text)).await
}
