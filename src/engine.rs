//! The one front of the pipeline: a question goes in, an answer with its proof comes out. Synchronous, without I/O
//! or a clock; a question runs on one immutable snapshot from start to end, and a reindex swaps that snapshot.

use std::sync::Arc;

use arc_swap::ArcSwap;

use crate::answer::{Answer, Conversation, reply};
use crate::index::Snapshot;
use crate::lexicon::Lexicon;
use crate::question::understand;

/// Below this confidence the engine abstains.
pub const DEFAULT_MIN_CONFIDENCE: f64 = 0.65;

/// Answers questions from the snapshot it holds.
pub struct Engine {
    snapshot: ArcSwap<Snapshot>,
    lexicon: Arc<Lexicon>,
    min_confidence: f64,
}

impl Engine {
    /// An engine over a snapshot; `min_confidence` from 0 (always the best candidates) to 1.
    pub fn new(snapshot: Arc<Snapshot>, lexicon: Arc<Lexicon>, min_confidence: f64) -> Self {
        Self { snapshot: ArcSwap::new(snapshot), lexicon, min_confidence }
    }

    /// The same engine over another snapshot.
    pub fn over(&self, snapshot: Arc<Snapshot>) -> Self {
        Self::new(snapshot, Arc::clone(&self.lexicon), self.min_confidence)
    }

    /// Answers one question; `now` is in seconds since 1970 (UTC).
    pub fn ask(&self, question: &str, conversation: &Conversation, now: i64) -> Answer {
        // `now` is part of the contract for answers that depend on the date; none does yet.
        let _ = now;
        let snapshot = self.snapshot.load();
        let questions = understand(question, conversation, &snapshot, &self.lexicon);
        reply(question, &questions, &snapshot, &self.lexicon, self.min_confidence)
    }

    /// The snapshot that the next question will run on.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }

    /// Swaps the snapshot; questions under way end on the one they began with.
    pub fn replace(&self, snapshot: Arc<Snapshot>) {
        self.snapshot.store(snapshot);
    }
}
