//! What all handlers share, and nothing else: settings, the ways in and out, and the counters.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use moka::sync::Cache;
use serenity::model::id::{RoleId, UserId};
use tokio::sync::{Semaphore, watch};
use tokio::time::Instant;

use super::backend::Backend;
use super::guard::Guard;
use super::job::Job;
use super::joining::Servers;
use super::memory::Memory;
use super::messages::Asked;
use super::places::Places;
use super::rest::Rest;
use super::settings::Settings;
use super::stop::Stop;
use super::under_way::UnderWay;

/// More panics than this within a minute stop the bot.
const MAX_PANICS: usize = 5;

/// The bot's state; one per process, shared by all handlers.
pub struct Bot {
    /// What the operator chose.
    pub settings: Settings,
    /// The engine and the corpus.
    pub backend: Arc<dyn Backend>,
    /// What outlives a restart.
    pub memory: Memory,
    /// The way out.
    pub rest: Rest,
    /// For downloads: it has no token, and follows nobody.
    pub http: reqwest::Client,
    /// Politeness and bounds.
    pub guard: Guard,
    /// Which channel a thread belongs to.
    pub places: Places,
    /// The bot's own user.
    pub me: UserId,
    /// Questions in messages that are being answered.
    pub under_way: UnderWay<Asked>,
    /// The servers that the bot is in.
    pub servers: Servers,
    /// The bot's own role by server, learnt from GUILD_CREATE.
    pub own_roles: Cache<u64, RoleId>,
    /// Places in the queue; all are free when nothing is under way.
    pub queue: Arc<Semaphore>,
    /// Questions that the engine works on at once; the others wait.
    pub engine_slots: Arc<Semaphore>,
    /// The reindex under way that a moderator began, if any. A std lock: no guard is held across an await.
    pub job: Mutex<Option<Arc<Job>>>,
    /// Set when the bot leaves: nothing new is taken in.
    pub leaving: AtomicBool,
    /// Set once the commands are registered.
    pub registered: AtomicBool,
    /// What happened, for the log.
    pub counters: Counters,
    /// Tells the lifecycle to end.
    pub stop: watch::Sender<Option<Stop>>,
    /// Std locks: no guard is held across an await.
    panics: Mutex<VecDeque<Instant>>,
    sessions: Mutex<VecDeque<Instant>>,
}

/// Numbers since the start.
#[derive(Debug, Default)]
pub struct Counters {
    /// Events that were taken in.
    pub taken: AtomicU64,
    /// Events that came a second time.
    pub duplicates: AtomicU64,
    /// Events turned away because the queue was full.
    pub shed: AtomicU64,
    /// Events turned away by a cooldown.
    pub cooled_down: AtomicU64,
    /// Replies that could not be delivered.
    pub undelivered: AtomicU64,
    /// Handlers that panicked.
    pub panics: AtomicU64,
}

impl Bot {
    /// A bot that has done nothing yet.
    pub fn new(
        settings: Settings,
        backend: Arc<dyn Backend>,
        memory: Memory,
        rest: Rest,
        http: reqwest::Client,
        me: UserId,
        stop: watch::Sender<Option<Stop>>,
    ) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            guard: Guard::new(&settings.discord),
            queue: Arc::new(Semaphore::new(settings.queue as usize)),
            settings,
            backend,
            memory,
            rest,
            http,
            places: Places::new(),
            me,
            under_way: UnderWay::default(),
            servers: Servers::default(),
            own_roles: Cache::new(10_000),
            engine_slots: Arc::new(Semaphore::new(cores)),
            job: Mutex::default(),
            leaving: AtomicBool::new(false),
            registered: AtomicBool::new(false),
            counters: Counters::default(),
            stop,
            panics: Mutex::default(),
            sessions: Mutex::default(),
        }
    }

    /// Counts a panic; too many in a minute stop the bot.
    pub fn note_panic(&self) {
        self.counters.panics.fetch_add(1, Ordering::Relaxed);
        if count_recent(&self.panics, Duration::from_secs(60)) > MAX_PANICS {
            self.end(Stop::TooManyPanics);
        }
    }

    /// Counts a new gateway session; too many in ten minutes stop the bot.
    pub fn note_session(&self) {
        if count_recent(&self.sessions, Duration::from_secs(600)) > self.settings.timing.sessions {
            self.end(Stop::Flapping);
        }
    }

    /// Ends the bot for a reason; the first one stands.
    pub fn end(&self, reason: Stop) {
        self.stop.send_if_modified(|stop| {
            let first = stop.is_none();
            stop.get_or_insert(reason);
            first
        });
    }

    /// Seconds since 1970 (UTC).
    pub fn now(&self) -> i64 {
        #[expect(clippy::disallowed_methods, reason = "this module is where Discord's side reads the clock")]
        let since_1970 =
            std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since_1970.as_secs()).unwrap_or(i64::MAX)
    }
}

/// Adds now to the times, forgets those older than `window`, and counts the rest.
fn count_recent(times: &Mutex<VecDeque<Instant>>, window: Duration) -> usize {
    let mut times = times.lock().unwrap_or_else(PoisonError::into_inner);
    let now = Instant::now();
    times.push_back(now);
    while times.front().is_some_and(|time| now.duration_since(*time) > window) {
        times.pop_front();
    }
    times.len()
}
