//! What keeps the bot polite and bounded: each event once, not too many questions from one user or server, few notices,
//! and silence in channels that it may not write to. All of it is bounded in number and in age.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use moka::sync::Cache;

use crate::config::Discord;

/// Remembers what was seen lately.
pub struct Guard {
    events: Cache<u64, ()>,
    notices: Cache<u64, ()>,
    muted: Cache<u64, ()>,
    users: DefaultKeyedRateLimiter<u64>,
    servers: DefaultKeyedRateLimiter<u64>,
}

/// Events are remembered for so long; Discord replays missed ones within minutes.
const EVENT_MEMORY: Duration = Duration::from_secs(15 * 60);
/// A user gets at most one notice under plain messages in this time.
const NOTICE_PAUSE: Duration = Duration::from_secs(60);
/// A channel that refused a message is left alone for so long.
const MUTE: Duration = Duration::from_secs(10 * 60);
/// Entries of each kind.
const CAPACITY: u64 = 10_000;

impl Guard {
    /// A guard that has seen nothing, with the limits of the settings.
    pub fn new(limits: &Discord) -> Self {
        let memory = |age| Cache::builder().max_capacity(CAPACITY).time_to_live(age).build();
        Self {
            events: memory(EVENT_MEMORY),
            notices: memory(NOTICE_PAUSE),
            muted: memory(MUTE),
            users: RateLimiter::keyed(quota(limits.questions_per_user, limits.per_seconds)),
            servers: RateLimiter::keyed(quota(limits.questions_per_server, limits.per_seconds)),
        }
    }

    /// Whether this event was not seen before.
    pub fn first_time(&self, event: u64) -> bool {
        self.events.entry(event).or_insert(()).is_fresh()
    }

    /// Lets a question pass, or says after how many seconds the next one may.
    pub fn admit(&self, user: u64, server: Option<u64>) -> Result<(), u64> {
        let now = DefaultClock::default().now();
        let wait = |not_until: governor::NotUntil<_>| not_until.wait_time_from(now).as_secs() + 1;
        self.users.check_key(&user).map_err(wait)?;
        server.map_or(Ok(()), |server| self.servers.check_key(&server).map_err(wait))
    }

    /// Whether a notice may go to this user under a plain message; if so, the next minute's is used up.
    pub fn may_notice(&self, user: u64) -> bool {
        self.notices.entry(user).or_insert(()).is_fresh()
    }

    /// Leaves a channel alone for a while.
    pub fn mute(&self, channel: u64) {
        self.muted.insert(channel, ());
    }

    /// Whether a channel is being left alone.
    pub fn is_muted(&self, channel: u64) -> bool {
        self.muted.contains_key(&channel)
    }

    /// Forgets users and servers that have been quiet for long enough.
    pub fn tidy(&self) {
        self.users.retain_recent();
        self.servers.retain_recent();
    }
}

/// So many at once, and then each as its share of the time passes.
fn quota(questions: NonZeroU32, seconds: NonZeroU32) -> Quota {
    let share = Duration::from_secs(seconds.get().into()) / questions.get();
    Quota::with_period(share).unwrap_or(Quota::per_second(NonZeroU32::MAX)).allow_burst(questions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_counts_once() {
        let guard = Guard::new(&Discord::default());
        assert!(guard.first_time(1) && guard.first_time(2));
        assert!(!guard.first_time(1) && !guard.first_time(2));
    }

    #[test]
    fn five_questions_pass_then_a_wait_is_named() {
        let guard = Guard::new(&Discord::default());
        assert!((0..5).all(|_| guard.admit(1, Some(9)).is_ok()));
        let wait = guard.admit(1, Some(9)).unwrap_err();
        assert!((1..=3).contains(&wait), "{wait}");
        assert!(guard.admit(2, Some(9)).is_ok());
    }

    #[test]
    fn a_server_has_its_own_limit() {
        let guard = Guard::new(&Discord::default());
        assert!((0..50).all(|user| guard.admit(user, Some(9)).is_ok()));
        assert!(guard.admit(51, Some(9)).is_err());
        assert!(guard.admit(52, Some(8)).is_ok() && guard.admit(53, None).is_ok());
    }

    #[test]
    fn one_notice_a_minute() {
        let guard = Guard::new(&Discord::default());
        assert!(guard.may_notice(1) && !guard.may_notice(1) && guard.may_notice(2));
    }
}
