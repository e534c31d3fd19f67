//! Looks now and then at what happens outside: another process has built a generation; the folder has changed, and the
//! operator wants that taken up. Looking is cheap; what it leads to goes the way of every reindex.

use std::sync::Arc;

use super::bot::Bot;
use super::commands::corpus::deliver::post;
use super::commands::corpus::reindex::{ending_of, refusal};
use crate::library::{LibraryError, Order, Quiet, Rebuild, ReindexReport};
use crate::render::discord::{Card, refused, reindexed};
use crate::store::{AuditEntry, Deed, NOBODY};

/// What the folder looked like.
#[derive(Debug, Default)]
struct Watched {
    /// At the last look.
    last: Option<u64>,
    /// When it was last taken up, or could not be.
    handled: Option<u64>,
}

impl Watched {
    /// Whether a change has come to rest: it was seen at the last look as well, and nothing was done about it yet.
    fn rests(&mut self, stamp: u64) -> bool {
        let rests = self.last == Some(stamp) && self.handled != Some(stamp);
        self.last = Some(stamp);
        if rests {
            self.handled = Some(stamp);
        }
        rests
    }
}

/// Looks for ever.
pub(super) async fn follow(bot: &Arc<Bot>) {
    let mut watched = Watched::default();
    loop {
        tokio::time::sleep(bot.settings.timing.follow).await;
        let (shared, now, watch) = (Arc::clone(bot), bot.now(), bot.settings.watch);
        let looked = tokio::task::spawn_blocking(move || {
            take_up(&shared);
            let changed = watch && watched.rests(shared.backend.folder_stamp());
            let outcome = if changed { reindex(&shared, now) } else { None };
            (watched, outcome)
        });
        match looked.await {
            Ok((seen, outcome)) => {
                watched = seen;
                if let Some(outcome) = outcome {
                    tell(bot, now, &outcome).await;
                }
            }
            Err(_) => {
                bot.note_panic();
                watched = Watched::default();
            }
        }
    }
}

fn take_up(bot: &Bot) {
    match bot.backend.follow() {
        Ok(None) => {}
        Ok(Some(report)) => {
            tracing::info!(generation = report.generation, "serves what another process has built");
        }
        Err(error) => tracing::warn!(%error, "what another process has built cannot be served"),
    }
}

type Outcome = Result<ReindexReport, LibraryError>;

/// What came of it; nothing if there was nothing to do, or whoever builds now sees the change, too.
fn reindex(bot: &Bot, now: i64) -> Option<Outcome> {
    let order = Order { by: "the folder's watcher", when: Rebuild::IfNeeded, now, missed: &[] };
    let outcome = bot.backend.reindex(order, &Quiet);
    match &outcome {
        Ok(report) if report.unchanged => return None,
        Err(LibraryError::Busy { .. }) => return None,
        Ok(report) => {
            tracing::info!(generation = report.generation, "the folder has changed and was read again");
        }
        Err(error) => tracing::warn!(%error, "the folder has changed and could not be taken up"),
    }
    Some(outcome)
}

/// Notes it for the moderators' log, and posts it where moderators want to read it.
async fn tell(bot: &Bot, now: i64, outcome: &Outcome) {
    let (ending, about) = ending_of(outcome);
    let entry = AuditEntry {
        event: now.unsigned_abs(),
        deed: Deed::Reindex,
        server: NOBODY,
        moderator: NOBODY,
        done_at: now,
        about: about.to_owned(),
        ending,
    };
    let event = entry.event;
    bot.memory.note_deed(entry).await;
    let text = match outcome {
        Ok(report) => reindexed(report),
        Err(LibraryError::Refused(report)) => refused(report),
        Err(error) => refusal(error),
    };
    post(bot, event, &Card::text(text)).await;
}

#[cfg(test)]
mod tests {
    use super::Watched;

    #[test]
    fn a_change_is_taken_up_once_and_when_it_rests() {
        let mut watched = Watched::default();
        let looks = [
            (1, false),
            (1, true),
            (1, false),
            (2, false),
            (3, false),
            (3, true),
            (3, false),
            (1, false),
            (1, true),
        ];
        for (number, (stamp, expected)) in looks.into_iter().enumerate() {
            assert_eq!(watched.rests(stamp), expected, "look {number}");
        }
    }
}
