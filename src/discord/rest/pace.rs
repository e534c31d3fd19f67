//! Keeps to Discord's pace: one request at a time in each lane (a channel), none before Discord's headers allow it.
//! Times are monotonic; a jump of the wall clock changes nothing.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use moka::sync::Cache;
use reqwest::header::HeaderMap;
use tokio::sync::Mutex as AsyncMutex;
use tokio::time::Instant;

use super::verdict::seconds;

/// A lane's earliest next request; locked while a request of it is under way (hence the async lock).
pub(super) type Lane = Arc<AsyncMutex<Option<Instant>>>;

/// All lanes, and the pause that holds for all of them.
pub(super) struct Pace {
    lanes: Cache<u64, Lane>,
    /// A std lock: no guard is held across an await.
    everywhere: Mutex<Option<Instant>>,
}

impl Pace {
    pub(super) fn new() -> Self {
        let lanes = Cache::builder().max_capacity(10_000).time_to_idle(Duration::from_secs(3_600)).build();
        Self { lanes, everywhere: Mutex::new(None) }
    }

    /// The lane of a channel; requests without a channel share nothing and get a lane of their own.
    pub(super) fn lane(&self, channel: Option<u64>) -> Lane {
        channel.map_or_else(Lane::default, |channel| self.lanes.get_with(channel, Lane::default))
    }

    /// When the next request of a lane may leave.
    pub(super) fn earliest(&self, lane: Option<Instant>) -> Option<Instant> {
        let everywhere = *self.everywhere.lock().unwrap_or_else(PoisonError::into_inner);
        lane.max(everywhere)
    }

    /// Notes a pause that Discord asked for: in this lane, or everywhere if it said so.
    pub(super) fn pause(&self, lane: &mut Option<Instant>, headers: &HeaderMap, pause: Duration) {
        let until = Some(Instant::now() + pause);
        if headers.contains_key("x-ratelimit-global") || text(headers, "x-ratelimit-scope") == Some("global")
        {
            *self.everywhere.lock().unwrap_or_else(PoisonError::into_inner) = until;
        } else {
            *lane = until;
        }
    }

    /// Notes what a response says about the lane's next request; headers that cannot be read say nothing.
    pub(super) fn note(&self, lane: &mut Option<Instant>, headers: &HeaderMap) {
        let exhausted = text(headers, "x-ratelimit-remaining") == Some("0");
        if let Some(pause) = text(headers, "x-ratelimit-reset-after").and_then(seconds).filter(|_| exhausted)
        {
            *lane = Some(Instant::now() + pause);
        }
    }
}

/// A header as text.
pub(super) fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
