//! What the bot remembers beyond a restart, as the handlers see it: the store with a cache before it. Where the store
//! fails, the bot goes on with defaults, and the log has one line when that begins and one when it ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use moka::sync::Cache;
use tokio::sync::OnceCell;

use crate::store::{
    AnswerRecord, AuditEntry, Change, Gap, GapCount, HashKey, KnownOfPerson, Report, ServerSettings, Store,
    StoreError, Vote, Votes, voter,
};

/// The store, made forgiving.
pub struct Memory {
    store: Arc<dyn Store>,
    settings: Cache<u64, Arc<ServerSettings>>,
    /// Counts changes, so that settings read before one are not cached after it.
    changes: AtomicU64,
    failing: AtomicBool,
    /// Hides who voted.
    key: OnceCell<HashKey>,
}

/// So many servers' settings are kept at hand, for so long after their last use.
const SERVERS: u64 = 10_000;
const IDLE: Duration = Duration::from_secs(3_600);

impl Memory {
    /// A memory over a store.
    pub fn new(store: Arc<dyn Store>) -> Self {
        let settings = Cache::builder().max_capacity(SERVERS).time_to_idle(IDLE).build();
        Self {
            store,
            settings,
            changes: AtomicU64::new(0),
            failing: AtomicBool::new(false),
            key: OnceCell::new(),
        }
    }

    /// A server's settings; the defaults in direct messages, and while the store fails.
    pub async fn settings(&self, server: Option<u64>) -> Arc<ServerSettings> {
        let Some(server) = server else { return Arc::default() };
        if let Some(known) = self.settings.get(&server) {
            return known;
        }
        let changes = self.changes.load(Ordering::Acquire);
        let Some(settings) = self.heed(self.store.settings(server).await) else { return Arc::default() };
        let settings = Arc::new(settings);
        if self.changes.load(Ordering::Acquire) == changes {
            self.settings.insert(server, Arc::clone(&settings));
        }
        settings
    }

    /// Changes a server's settings; `false`: it could not be kept.
    pub async fn change(&self, server: u64, change: Change) -> bool {
        let result = self.store.change(server, change).await;
        self.changes.fetch_add(1, Ordering::AcqRel);
        self.settings.invalidate(&server);
        self.heed(result).is_some()
    }

    /// The bot is in this server.
    pub async fn present(&self, server: u64) {
        self.heed(self.store.present(server).await);
    }

    /// Whether a server that the bot has just joined is to be greeted; not if that cannot be remembered.
    pub async fn greet(&self, server: u64, now: i64) -> bool {
        self.heed(self.store.greet(server, now).await).unwrap_or(false)
    }

    /// The bot was removed from this server.
    pub async fn left(&self, server: u64, now: i64) {
        self.settings.invalidate(&server);
        self.heed(self.store.left(server, now).await);
    }

    /// The servers of which anything is stored, each with whether the bot is known to have left.
    pub async fn known_servers(&self) -> Vec<(u64, bool)> {
        self.heed(self.store.known_servers().await).unwrap_or_default()
    }

    /// Keeps a result that could not be told; `false`: it could not be kept either.
    pub async fn keep_report(&self, report: Report) -> bool {
        self.heed(self.store.keep_report(report).await).is_some()
    }

    /// The results that were kept for a server, the oldest first.
    pub async fn reports(&self, server: u64, now: i64) -> Vec<Report> {
        self.heed(self.store.reports(server, now).await).unwrap_or_default()
    }

    /// Forgets a result that was told.
    pub async fn forget_report(&self, event: u64) {
        self.heed(self.store.forget_report(event).await);
    }

    /// Remembers which message answers which.
    pub async fn answered(&self, record: AnswerRecord) {
        self.heed(self.store.answered(record).await);
    }

    /// What is known of an answer, by the message that asked or by the answer itself.
    pub async fn answer(&self, message: u64, now: i64) -> Option<AnswerRecord> {
        self.heed(self.store.answer(message, now).await).flatten()
    }

    /// Forgets an answer, by either message, and gives what was known of it.
    pub async fn forget(&self, message: u64) -> Option<AnswerRecord> {
        self.heed(self.store.forget(message).await).flatten()
    }

    /// Notes what a moderator did to the corpus.
    pub async fn note_deed(&self, entry: AuditEntry) {
        self.heed(self.store.note_deed(entry).await);
    }

    /// What moderators did after `since`, the newest first; `None`: it cannot be read.
    pub async fn deeds(&self, since: i64, skip: u32, most: u32) -> Option<Vec<AuditEntry>> {
        self.heed(self.store.deeds(since, skip, most).await)
    }

    /// Keeps what a person thinks of an answer, and gives what they thought before; `None`: it could not be kept.
    pub async fn vote(&self, person: u64, answer: u64, vote: Vote, now: i64) -> Option<Option<Vote>> {
        let key = self.key.get_or_try_init(|| async {
            let mut fresh = HashKey::default();
            let random = getrandom::fill(&mut fresh);
            let random = random.map_err(|error| StoreError::Failed(error.to_string()));
            let kept = match random {
                Ok(()) => self.store.hash_key(fresh).await,
                Err(error) => Err(error),
            };
            self.heed(kept).ok_or(())
        });
        let voter = voter(key.await.ok()?, person, answer);
        self.heed(self.store.vote(voter, vote, now).await)
    }

    /// How many thought what of answers lately.
    pub async fn votes(&self, now: i64) -> Votes {
        self.heed(self.store.votes(now).await).unwrap_or_default()
    }

    /// Counts a question that was missed.
    pub async fn note_gap(&self, gap: Gap, now: i64) {
        self.heed(self.store.note_gap(gap, now).await);
    }

    /// The questions that were missed in a server, the most frequent first; `None`: they cannot be read.
    pub async fn gaps(&self, server: u64, now: i64, most: u32) -> Option<Vec<GapCount>> {
        self.heed(self.store.gaps(server, now, most).await)
    }

    /// How much is stored under a person's id; `None`: that cannot be read.
    pub async fn known_of(&self, person: u64, now: i64, deeds_since: i64) -> Option<KnownOfPerson> {
        self.heed(self.store.known_of(person, now, deeds_since).await)
    }

    /// Forgets which answers were a person's, and gives how many; `None`: that failed.
    pub async fn forget_person(&self, person: u64) -> Option<u64> {
        self.heed(self.store.forget_person(person).await)
    }

    /// Removes what is older than it may be, and what moderators did up to `deeds_since`.
    pub async fn tidy(&self, now: i64, deeds_since: i64) {
        self.heed(self.store.tidy(now).await);
        self.heed(self.store.forget_deeds(deeds_since).await);
    }

    fn heed<T>(&self, result: Result<T, StoreError>) -> Option<T> {
        match result {
            Ok(value) => {
                if self.failing.swap(false, Ordering::AcqRel) {
                    tracing::info!("the store works again");
                }
                Some(value)
            }
            Err(error) => {
                if !self.failing.swap(true, Ordering::AcqRel) {
                    tracing::error!(%error, "servers have the default settings until it works again");
                }
                None
            }
        }
    }
}
