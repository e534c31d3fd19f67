//! From ranked candidates to an answer: pick, extract, compose, abstain or ask back.

mod abbreviation;
mod compose;
mod extract;
mod judge;
pub mod messages;
pub mod model;
mod reply;
mod topics;

pub use model::{Answer, Citation, Conversation, Outcome, Topic, Turn};
pub use reply::reply;
