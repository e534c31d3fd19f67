//! `/corpus log`: who did what to the corpus, when, and how it ended; and the one place that notes it. A page is turned by
//! whoever still has the right.

use std::sync::Arc;

use crate::discord::bot::Bot;
use crate::discord::incoming::Incoming;
use crate::discord::outbox::Reply;
use crate::discord::rest::RestError;
use crate::discord::rights::may_manage_corpus;
use crate::discord::wording;
use crate::render::discord::{Card, ENTRIES, log};
use crate::store::{AuditEntry, Deed, Ending};

/// Shows the newest entries.
pub(super) async fn run(bot: &Arc<Bot>, incoming: &Incoming) -> Result<(), RestError> {
    let reply = match page_of(bot, 0).await {
        Some(card) => Reply { card, private: true },
        None => Reply::private(wording::NOT_READ),
    };
    incoming.reply(&bot.rest, &reply).await
}

/// "Older" or "Newer" was pressed.
pub(in crate::discord) async fn turn(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    page: u32,
) -> Result<(), RestError> {
    if let Err(refusal) = may_manage_corpus(&incoming.caller, &bot.settings.discord.corpus_servers) {
        return incoming.reply(&bot.rest, &Reply::private(refusal.to_string())).await;
    }
    match page_of(bot, page).await {
        Some(card) => incoming.replace(&bot.rest, &card).await,
        None => incoming.reply(&bot.rest, &Reply::private(wording::NOT_READ)).await,
    }
}

async fn page_of(bot: &Bot, page: u32) -> Option<Card> {
    let entries = u32::try_from(ENTRIES).unwrap_or(u32::MAX);
    let since = bot.settings.deeds_since(bot.now());
    let found = bot.memory.deeds(since, page.saturating_mul(entries), entries.saturating_add(1)).await?;
    Some(log(&found, page, bot.settings.audit_days))
}

/// Notes what the caller did.
pub(super) async fn note(bot: &Bot, incoming: &Incoming, deed: Deed, ending: Ending, about: &str) {
    let entry = AuditEntry {
        event: incoming.id.get(),
        deed,
        server: incoming.caller.server.map_or(0, |server| server.get()),
        moderator: incoming.caller.user.get(),
        done_at: bot.now(),
        about: about.to_owned(),
        ending,
    };
    bot.memory.note_deed(entry).await;
}
