//! From ranked candidates to an answer: pick, extract, compose, abstain or ask back.

mod abbreviation;
pub mod compose;
mod extract;
pub mod judge;
pub mod messages;
pub mod model;
mod reply;
mod topics;

pub use model::{Answer, Citation, Conversation, Outcome, Topic, Turn};
pub use reply::reply;
