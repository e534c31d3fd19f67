//! `/corpus rollback`: the generation before the live one serves again; a second one undoes the first.

use std::sync::Arc;

use super::deliver::{Audience, deliver};
use super::log;
use crate::discord::bot::Bot;
use crate::discord::incoming::Incoming;
use crate::discord::rest::RestError;
use crate::discord::wording;
use crate::render::discord::{Card, escape, rolled_back};
use crate::store::{Deed, Ending};
use crate::text::cut_at_character;

pub(super) async fn run(bot: &Arc<Bot>, incoming: &Incoming) -> Result<(), RestError> {
    incoming.defer(&bot.rest, true).await?;
    let (backend, now) = (Arc::clone(&bot.backend), bot.now());
    let outcome = tokio::task::spawn_blocking(move || backend.rollback(now)).await;
    let (ending, about) = match &outcome {
        Ok(Ok(report)) => (Ending::Done, report.generation.as_str()),
        Ok(Err(_)) | Err(_) => (Ending::Failed, ""),
    };
    let audience = if ending == Ending::Done { Audience::LogChannel } else { Audience::Moderator };
    log::note(bot, incoming, Deed::Rollback, ending, about).await;
    let text = match outcome {
        Ok(Ok(report)) => rolled_back(&report),
        Ok(Err(error)) => {
            tracing::warn!(%error, "a rollback from Discord failed");
            escape(&cut_at_character(&error.to_string(), 900))
        }
        Err(_) => {
            bot.note_panic();
            wording::FAILED.to_owned()
        }
    };
    deliver(bot, incoming, Card::text(text), audience).await
}
