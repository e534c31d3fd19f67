//! Looks now and then at what happens outside: another process has built a generation; the folder has changed, and the
//! operator wants that taken up. Looking is cheap; what it leads to goes the way of every reindex.

use std::sync::Arc;

use super::bot::Bot;
use crate::library::{LibraryError, Quiet, Rebuild};

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
            if watch && watched.rests(shared.backend.folder_stamp()) {
                reindex(&shared, now);
            }
            watched
        });
        match looked.await {
            Ok(seen) => watched = seen,
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

fn reindex(bot: &Bot, now: i64) {
    match bot.backend.reindex("the folder's watcher", Rebuild::IfNeeded, now, &Quiet) {
        Ok(report) if report.unchanged => {}
        Ok(report) => {
            tracing::info!(generation = report.generation, "the folder has changed and was read again")
        }
        // Whoever builds now sees the change, too.
        Err(LibraryError::Busy { .. }) => {}
        Err(error) => tracing::warn!(%error, "the folder has changed and could not be taken up"),
    }
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
