//! `/corpus status` and `/corpus problems`: what serves now and what is wrong with its files, shown to the moderator alone.

use std::sync::Arc;

use crate::discord::asking::on_a_worker;
use crate::discord::bot::Bot;
use crate::discord::incoming::Incoming;
use crate::discord::intake::reply_in_time;
use crate::discord::outbox::Reply;
use crate::discord::rest::RestError;
use crate::discord::wording;
use crate::library::Status;
use crate::render::discord::{last_builds, thought};

/// So many entries of the log are looked through for the last builds.
const RECENT: u32 = 50;

/// The last builds, and what people thought of answers lately.
pub(super) async fn lately(bot: &Bot) -> String {
    let since = bot.settings.deeds_since(bot.now());
    let deeds = bot.memory.deeds(since, 0, RECENT).await.unwrap_or_default();
    last_builds(&deeds) + &thought(&bot.memory.votes(bot.now()).await)
}

/// Shows what `text` makes of the status, with `below` under it.
pub(super) async fn run(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    text: fn(&Status) -> String,
    below: String,
) -> Result<(), RestError> {
    reply_in_time(bot, incoming, true, async {
        match on_a_worker(bot, |bot| bot.backend.status()).await {
            Ok(current) => Reply::private(text(&current) + &below),
            Err(reason) => Reply::private(wording::no_answer(reason)),
        }
    })
    .await
}
