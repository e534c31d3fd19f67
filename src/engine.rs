//! The one front of the pipeline: a question goes in, an answer with its proof comes out. Synchronous, without I/O
//! or a clock; a question runs on one immutable snapshot from start to end, and a reindex swaps that snapshot.

use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwap;

use crate::answer::{Answer, Conversation, reply};
use crate::index::Snapshot;
use crate::lexicon::Lexicon;
use crate::lookup::{Directory, Lookup};
use crate::question::understand;

/// Below this confidence the engine abstains.
pub const DEFAULT_MIN_CONFIDENCE: f64 = 0.6;

/// Answers questions from the snapshot it holds.
pub struct Engine {
    serving: ArcSwap<Serving>,
    lexicon: Arc<Lexicon>,
    min_confidence: f64,
}

/// A snapshot and what is worked out from it once.
struct Serving {
    snapshot: Arc<Snapshot>,
    directory: OnceLock<Directory>,
}

impl Serving {
    fn of(snapshot: Arc<Snapshot>) -> Self {
        Self { snapshot, directory: OnceLock::new() }
    }
}

impl Engine {
    /// An engine over a snapshot; `min_confidence` from 0 (always the best candidates) to 1.
    pub fn new(snapshot: Arc<Snapshot>, lexicon: Arc<Lexicon>, min_confidence: f64) -> Self {
        Self { serving: ArcSwap::from_pointee(Serving::of(snapshot)), lexicon, min_confidence }
    }

    /// The same engine over another snapshot.
    pub fn over(&self, snapshot: Arc<Snapshot>) -> Self {
        Self::new(snapshot, Arc::clone(&self.lexicon), self.min_confidence)
    }

    /// Answers one question; `now` is in seconds since 1970 (UTC).
    pub fn ask(&self, question: &str, conversation: &Conversation, now: i64) -> Answer {
        // `now` is part of the contract for answers that depend on the date; none does yet.
        let _ = now;
        let snapshot = &self.serving.load().snapshot;
        let questions = understand(question, conversation, snapshot, &self.lexicon);
        reply(question, &questions, snapshot, &self.lexicon, self.min_confidence)
    }

    /// Looks something up by name, on one snapshot from start to end. The first look-up of a snapshot reads all its
    /// names, once.
    pub fn look_up<T>(&self, work: impl FnOnce(Lookup<'_>) -> T) -> T {
        let serving = self.serving.load();
        let snapshot = &serving.snapshot;
        let directory = serving.directory.get_or_init(|| Directory::of(snapshot, &self.lexicon));
        work(Lookup { directory, snapshot, lexicon: &self.lexicon, min_confidence: self.min_confidence })
    }

    /// The snapshot that the next question will run on.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.serving.load().snapshot)
    }

    /// Swaps the snapshot; questions under way end on the one they began with.
    pub fn replace(&self, snapshot: Arc<Snapshot>) {
        let next = Serving::of(snapshot);
        if self.serving.load().directory.get().is_some() {
            // Whoever looks things up does not wait for the names of a new snapshot.
            next.directory.get_or_init(|| Directory::of(&next.snapshot, &self.lexicon));
        }
        self.serving.store(Arc::new(next));
    }
}
