//! A reindex under way: how far it is, and whether somebody told it to stop. What is said about it is `render`'s.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::library::Progress;

/// A reindex that a moderator began; lives as long as it runs.
#[derive(Debug)]
pub struct Job {
    /// Id of the interaction that began it.
    pub id: u64,
    /// Who began it.
    pub user: u64,
    cancelled: AtomicBool,
    // A standard lock: held for a moment.
    stage: Mutex<Stage>,
}

/// How far a job is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stage {
    /// What is being done.
    pub name: String,
    /// Steps done.
    pub done: u64,
    /// Steps in all.
    pub total: u64,
}

impl Job {
    /// A job that has done nothing yet.
    pub fn new(id: u64, user: u64) -> Self {
        Self { id, user, cancelled: AtomicBool::new(false), stage: Mutex::default() }
    }

    /// Tells it to stop; it does so at its next step.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Release);
    }

    /// How far it is.
    pub fn stage(&self) -> Stage {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Progress for Job {
    fn step(&self, stage: &str, done: u64, total: u64) {
        let mut current = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        if current.name != stage {
            stage.clone_into(&mut current.name);
        }
        (current.done, current.total) = (done, total);
    }

    fn go_on(&self) -> bool {
        !self.cancelled.load(Ordering::Acquire)
    }
}
