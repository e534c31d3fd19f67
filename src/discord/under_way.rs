//! Questions that are being worked on, so that an edit that comes meanwhile waits for its turn and none is lost: of several
//! edits the newest one counts, in whatever order they arrive.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serenity::model::Timestamp;

/// Work by the message that asked; `T` is what may come meanwhile.
pub struct UnderWay<T> {
    /// A std lock: no guard is held across an await.
    work: Mutex<HashMap<u64, Option<Waiting<T>>>>,
}

struct Waiting<T> {
    at: Timestamp,
    next: T,
}

impl<T> Default for UnderWay<T> {
    fn default() -> Self {
        Self { work: Mutex::default() }
    }
}

impl<T> UnderWay<T> {
    /// Begins work on a message and gives `next` back to be done now; or, if somebody works on it already, leaves it to them.
    /// `at` is when it was written.
    pub fn enter(&self, message: u64, at: Timestamp, next: T) -> Option<T> {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        match work.get_mut(&message) {
            Some(waiting) => {
                if waiting.as_ref().is_none_or(|waiting| waiting.at <= at) {
                    *waiting = Some(Waiting { at, next });
                }
                None
            }
            None => {
                work.insert(message, None);
                Some(next)
            }
        }
    }

    /// Ends one piece of work on a message: gives what came meanwhile, or nothing, and then nobody works on it any more.
    pub fn leave(&self, message: u64) -> Option<T> {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = work.get_mut(&message).and_then(Option::take);
        if waiting.is_none() {
            work.remove(&message);
        }
        waiting.map(|waiting| waiting.next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_of_what_came_meanwhile_is_done_next() {
        let work = UnderWay::default();
        let enter = |message, at: i64| {
            let time = Timestamp::from_unix_timestamp(at).expect("a time");
            work.enter(message, time, at)
        };
        assert_eq!(enter(1, 10), Some(10));
        assert_eq!((enter(1, 12), enter(1, 13), enter(1, 11)), (None, None, None));
        assert_eq!(enter(2, 10), Some(10));
        assert_eq!(work.leave(1), Some(13));
        assert_eq!(enter(1, 14), None);
        assert_eq!((work.leave(1), work.leave(1)), (Some(14), None));
        assert_eq!(enter(1, 15), Some(15));
        assert_eq!(work.leave(2), None);
    }
}
