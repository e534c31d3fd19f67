//! `/corpus reindex` and `/corpus diff`: builds a new generation while the old one goes on answering, shows how far it is,
//! then what was read, changed and skipped, to the moderator alone. Its buttons check the presser's rights again.

use std::sync::{Arc, PoisonError};

use serenity::model::Permissions;

use super::deliver::{Audience, deliver};
use super::{gaps, log};
use crate::discord::bot::Bot;
use crate::discord::incoming::Incoming;
use crate::discord::job::Job;
use crate::discord::outbox::Reply;
use crate::discord::rest::RestError;
use crate::discord::rights::may_manage_corpus;
use crate::discord::wording;
use crate::library::{LibraryError, Order, Rebuild, ReindexReport};
use crate::render::discord::{
    Button, ButtonAction, Card, MAX_CONTENT, compared, escape, progress, refused, reindexed, units,
};
use crate::store::{Deed, Ending};
use crate::text::cut_at_character;

/// How long "do it anyway" may be pressed: as long as Discord lets the message be edited.
const FORCE_SECONDS: i64 = 15 * 60;

/// Runs a build and shows it.
pub(in crate::discord) async fn run(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    when: Rebuild,
) -> Result<(), RestError> {
    incoming.defer(&bot.rest, true).await?;
    let user = incoming.caller.user.get();
    let job = Arc::new(Job::new(incoming.id.get(), user));
    note(bot, &job);
    let missed = gaps::questions(bot, incoming).await;
    let (backend, now, working) = (Arc::clone(&bot.backend), bot.now(), Arc::clone(&job));
    let mut work = tokio::task::spawn_blocking(move || {
        let order = Order { by: &format!("<@{user}>"), when, now, missed: &missed };
        backend.reindex(order, &*working)
    });
    let mut watched = true;
    let outcome = loop {
        tokio::select! {
            outcome = &mut work => break outcome,
            () = tokio::time::sleep(bot.settings.timing.progress), if watched => {
                // What cannot be shown now is shown at the end; what is over stays so.
                let shown = incoming.update(&bot.rest, &shown(&job, when)).await;
                watched = !shown.is_err_and(|error| error.interaction_is_over());
            }
        }
    };
    forget(bot, &job);
    if when != Rebuild::Never {
        note_ending(bot, incoming, when, &outcome).await;
    }
    let switched = when != Rebuild::Never && matches!(&outcome, Ok(Ok(report)) if !report.unchanged);
    // What was stopped, or found nothing to do, is no news to others.
    let failed = matches!(&outcome, Ok(Err(LibraryError::Refused(_) | LibraryError::Failed(_))) | Err(_));
    let news = switched || failed && when != Rebuild::Never;
    let card = match outcome {
        Ok(outcome) => {
            let mut card = told(incoming, when, bot.now(), outcome);
            if switched {
                let line = gaps::answered_now(bot, incoming).await;
                if units(&card.content) + units(&line) <= MAX_CONTENT {
                    card.content.push_str(&line);
                }
            }
            card
        }
        Err(_) => {
            bot.note_panic();
            plain(wording::FAILED.to_owned())
        }
    };
    let audience = if news { Audience::LogChannel } else { Audience::Moderator };
    deliver(bot, incoming, card, audience).await
}

/// Notes for the moderators' log how a build ended.
async fn note_ending<E>(
    bot: &Bot,
    incoming: &Incoming,
    when: Rebuild,
    outcome: &Result<Result<ReindexReport, LibraryError>, E>,
) {
    let deed = if when == Rebuild::Always { Deed::Force } else { Deed::Reindex };
    let (ending, about) = match outcome {
        Ok(outcome) => ending_of(outcome),
        Err(_) => (Ending::Failed, ""),
    };
    log::note(bot, incoming, deed, ending, about).await;
}

/// How a build ended, for the moderators' log, and with which generation.
pub(in crate::discord) fn ending_of(outcome: &Result<ReindexReport, LibraryError>) -> (Ending, &str) {
    match outcome {
        Ok(report) if report.unchanged => (Ending::Unchanged, report.generation.as_str()),
        Ok(report) => (Ending::Done, report.generation.as_str()),
        Err(LibraryError::Refused(_)) => (Ending::Refused, ""),
        Err(LibraryError::Cancelled) => (Ending::Cancelled, ""),
        Err(LibraryError::Busy { .. }) => (Ending::Busy, ""),
        Err(LibraryError::Failed(_)) => (Ending::Failed, ""),
    }
}

/// "Cancel" was pressed.
pub(in crate::discord) async fn cancel(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    user: u64,
    id: u64,
) -> Result<(), RestError> {
    let running = bot.job.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let text = match (may_press(bot, incoming, user), running.filter(|job| job.id == id)) {
        (Err(refusal), _) => refusal,
        (Ok(()), None) => wording::ENDED.to_owned(),
        (Ok(()), Some(job)) => {
            job.cancel();
            wording::CANCELLING.to_owned()
        }
    };
    incoming.reply(&bot.rest, &Reply::private(text)).await
}

/// "Do it anyway" was pressed.
pub(in crate::discord) async fn force(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    user: u64,
    until: i64,
) -> Result<(), RestError> {
    let refusal = match may_press(bot, incoming, user) {
        Err(refusal) => Some(refusal),
        Ok(()) if !is_administrator(incoming) => Some(wording::ADMINISTRATORS_ONLY.to_owned()),
        Ok(()) if bot.now() > until => Some(wording::EXPIRED.to_owned()),
        Ok(()) => None,
    };
    match refusal {
        Some(refusal) => incoming.reply(&bot.rest, &Reply::private(refusal)).await,
        None => run(bot, incoming, Rebuild::Always).await,
    }
}

/// Whether the presser is the one whom the button is for, and still has the right.
pub(super) fn may_press(bot: &Bot, incoming: &Incoming, user: u64) -> Result<(), String> {
    may_manage_corpus(&incoming.caller, &bot.settings.discord.corpus_servers)
        .map_err(|refusal| refusal.to_string())?;
    if incoming.caller.user.get() == user { Ok(()) } else { Err(wording::NOT_YOURS.to_owned()) }
}

fn is_administrator(incoming: &Incoming) -> bool {
    incoming.caller.permissions.is_some_and(|held| held.contains(Permissions::ADMINISTRATOR))
}

fn note(bot: &Bot, job: &Arc<Job>) {
    let mut running = bot.job.lock().unwrap_or_else(PoisonError::into_inner);
    // A second one is told so by the library; the first one keeps its button.
    running.get_or_insert_with(|| Arc::clone(job));
}

fn forget(bot: &Bot, job: &Job) {
    let mut running = bot.job.lock().unwrap_or_else(PoisonError::into_inner);
    if running.as_ref().is_some_and(|other| other.id == job.id) {
        *running = None;
    }
}

fn shown(job: &Job, when: Rebuild) -> Reply {
    let stage = job.stage();
    let action = ButtonAction::Cancel { user: job.user, job: job.id };
    let buttons = vec![Button { label: "Cancel".into(), action }];
    let what = if when == Rebuild::Never { "Comparing with the folder" } else { "Reindexing" };
    let content = progress(what, &stage.name, stage.done, stage.total);
    Reply { card: Card { content, buttons, ..Card::default() }, private: true }
}

fn plain(content: String) -> Card {
    Card::text(content)
}

fn told(incoming: &Incoming, when: Rebuild, now: i64, outcome: Result<ReindexReport, LibraryError>) -> Card {
    match outcome {
        Ok(report) if when == Rebuild::Never => plain(compared(&report)),
        Err(LibraryError::Cancelled) if when == Rebuild::Never => plain(wording::COMPARED_NOT.to_owned()),
        Ok(report) => plain(reindexed(&report)),
        Err(LibraryError::Refused(report)) => {
            let user = incoming.caller.user.get();
            let mut buttons = Vec::new();
            if is_administrator(incoming) {
                let action = ButtonAction::Force { user, until: now + FORCE_SECONDS };
                buttons.push(Button { label: "Do it anyway".into(), action });
            }
            Card { content: refused(&report), buttons, ..Card::default() }
        }
        // Who began it is a mention of ours, which pings nobody.
        Err(error @ LibraryError::Busy { .. }) => plain(error.to_string()),
        Err(error) => {
            tracing::warn!(%error, "a reindex from Discord failed");
            plain(refusal(&error))
        }
    }
}

/// Why a build failed, for moderators.
pub(in crate::discord) fn refusal(error: &LibraryError) -> String {
    escape(&cut_at_character(&error.to_string(), 900))
}
