//! From ranked candidates to an answer: pick, extract, compose, abstain or ask back.

pub mod model;

pub use model::{Answer, Citation, Conversation, Outcome, Topic, Turn};
