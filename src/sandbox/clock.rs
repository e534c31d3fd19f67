//! The sandbox's own time: it starts where the options say, runs with the monotonic clock, and can be moved forward.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Discord's epoch, 2015-01-01, in milliseconds since 1970.
const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

/// Time and ids of one sandbox.
#[derive(Debug)]
pub(super) struct Clock {
    start_ms: u64,
    started: Instant,
    advanced_ms: AtomicU64,
    /// The last id given, so that ids grow even within one millisecond.
    last_id: AtomicU64,
}

impl Clock {
    pub(super) fn new(start_ms: u64) -> Self {
        Clock {
            start_ms,
            started: Instant::now(),
            advanced_ms: AtomicU64::new(0),
            last_id: AtomicU64::new(0),
        }
    }

    /// Milliseconds since 1970 by the sandbox's time.
    pub(super) fn now_ms(&self) -> u64 {
        let elapsed = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.start_ms.saturating_add(elapsed).saturating_add(self.advanced_ms.load(Ordering::Relaxed))
    }

    pub(super) fn advance(&self, by: Duration) {
        self.advanced_ms.fetch_add(u64::try_from(by.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// A new id that carries the present time, larger than every id before it.
    pub(super) fn snowflake(&self) -> u64 {
        let fresh = self.now_ms().saturating_sub(DISCORD_EPOCH_MS) << 22;
        let previous = self
            .last_id
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |last| Some(fresh.max(last + 1)))
            .unwrap_or(fresh);
        fresh.max(previous + 1)
    }

    /// The present time in Discord's form.
    pub(super) fn timestamp(&self) -> String {
        timestamp(self.now_ms())
    }
}

/// Milliseconds since 1970 in Discord's form: `2026-01-01T00:00:00.000000+00:00`.
pub(super) fn timestamp(ms: u64) -> String {
    let time = i64::try_from(ms)
        .ok()
        .and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok())
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}

#[cfg(test)]
mod tests {
    use super::{Clock, timestamp};
    use std::time::Duration;

    #[test]
    fn timestamps_have_microseconds_and_an_offset() {
        assert_eq!(timestamp(1_767_225_600_123), "2026-01-01T00:00:00.123000+00:00");
    }

    #[test]
    fn ids_grow_and_carry_the_time() {
        let clock = Clock::new(1_767_225_600_000);
        let first = clock.snowflake();
        let second = clock.snowflake();
        assert!(second > first);
        clock.advance(Duration::from_secs(60));
        assert!((clock.snowflake() >> 22) - (first >> 22) >= 60_000);
    }
}
