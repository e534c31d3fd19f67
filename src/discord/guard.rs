//! What keeps the bot polite and bounded: each event once, not too many questions from one user or server, few notices,
//! and silence in channels that it may not write to. All of it is bounded in number and in age.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use moka::ops::compute::Op;
use moka::sync::Cache;

use crate::config::Discord;

/// Remembers what was seen lately.
pub struct Guard {
    events: Cache<u64, ()>,
    notices: Cache<u64, ()>,
    muted: Cache<u64, ()>,
    gone: Cache<u64, ()>,
    shared: Cache<u64, ()>,
    pauses: Cache<(u64, u64), Pause>,
    users: DefaultKeyedRateLimiter<u64>,
    servers: DefaultKeyedRateLimiter<u64>,
}

/// When a user last asked in a server with a pause of its own, and whether they were told of it since.
#[derive(Clone, Copy)]
struct Pause {
    since: Instant,
    told: bool,
}

/// Why a question has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// After so many seconds the next one may be asked.
    pub seconds: u64,
    /// Whether the user has heard so already.
    pub told: bool,
}

/// The longest pause of a server that is kept to.
const LONGEST_PAUSE: Duration = Duration::from_secs(3_600);
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
            gone: memory(EVENT_MEMORY),
            shared: memory(EVENT_MEMORY),
            pauses: Cache::builder().max_capacity(5 * CAPACITY).time_to_live(LONGEST_PAUSE).build(),
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

    /// Keeps a user to the pause that a server wants between two questions: lets one pass, or says how long to wait.
    pub fn pause(&self, server: u64, user: u64, seconds: u32) -> Result<(), Wait> {
        let (now, pause) = (Instant::now(), Duration::from_secs(seconds.into()).min(LONGEST_PAUSE));
        let mut wait = None;
        self.pauses.entry((server, user)).and_compute_with(|last| {
            let last = last.map(moka::Entry::into_value);
            let left =
                last.map_or(Duration::ZERO, |last| pause.saturating_sub(now.duration_since(last.since)));
            match last.filter(|_| !left.is_zero()) {
                Some(last) => {
                    wait = Some(Wait { seconds: left.as_secs() + 1, told: last.told });
                    Op::Put(Pause { told: true, ..last })
                }
                None => Op::Put(Pause { since: now, told: false }),
            }
        });
        wait.map_or(Ok(()), Err)
    }

    /// Notes that a message was deleted.
    pub fn note_gone(&self, message: u64) {
        self.gone.insert(message, ());
    }

    /// Whether a message was deleted lately.
    pub fn is_gone(&self, message: u64) -> bool {
        self.gone.contains_key(&message)
    }

    /// Whether a private answer was not shared yet; from now on it was.
    pub fn first_share(&self, message: u64) -> bool {
        self.shared.entry(message).or_insert(()).is_fresh()
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
    fn a_servers_pause_is_told_once() {
        let guard = Guard::new(&Discord::default());
        assert_eq!(guard.pause(9, 1, 30), Ok(()));
        let waits = [guard.pause(9, 1, 30).unwrap_err(), guard.pause(9, 1, 30).unwrap_err()];
        assert!(waits.iter().all(|wait| (29..=31).contains(&wait.seconds)), "{waits:?}");
        assert_eq!(waits.map(|wait| wait.told), [false, true]);
        assert_eq!((guard.pause(9, 2, 30), guard.pause(8, 1, 30)), (Ok(()), Ok(())));
        // A pause that was taken away holds nobody back.
        assert_eq!(guard.pause(9, 1, 0), Ok(()));
    }

    #[test]
    fn one_notice_a_minute() {
        let guard = Guard::new(&Discord::default());
        assert!(guard.may_notice(1) && !guard.may_notice(1) && guard.may_notice(2));
    }
}
