//! `/corpus reindex`: builds a new generation while the old one goes on answering, then says what was read, changed and
//! skipped, to the moderator alone. Always takes a moment, so it says so first.

use std::sync::Arc;

use crate::discord::bot::Bot;
use crate::discord::incoming::Incoming;
use crate::discord::outbox::Reply;
use crate::discord::rest::RestError;
use crate::discord::wording;
use crate::library::LibraryError;
use crate::render::discord::{escape, reindexed};
use crate::text::cut_at_character;

pub(super) async fn run(bot: &Arc<Bot>, incoming: &Incoming) -> Result<(), RestError> {
    incoming.defer(&bot.rest, true).await?;
    let (backend, now) = (Arc::clone(&bot.backend), bot.now());
    let outcome = tokio::task::spawn_blocking(move || backend.reindex(now)).await;
    let text = match outcome {
        Ok(Ok(report)) => reindexed(&report),
        Ok(Err(error @ (LibraryError::Busy { .. } | LibraryError::Failed(_)))) => {
            tracing::warn!(%error, "a reindex from Discord failed");
            escape(&cut_at_character(&error.to_string(), 900))
        }
        Err(_) => {
            bot.note_panic();
            wording::FAILED.to_owned()
        }
    };
    incoming.reply(&bot.rest, &Reply::private(text)).await
}
