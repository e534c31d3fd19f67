//! From ranked candidates to an answer: pick, extract, compose, abstain or ask back.

mod abbreviation;
mod account;
mod choices;
pub mod cite;
mod compare;
pub mod compose;
mod extract;
pub mod judge;
pub mod messages;
pub mod model;
mod reply;
mod segments;
pub mod signals;
mod topics;
pub mod trees;
mod verdict;

pub use crate::question::{Conversation, Turn};
pub use model::{Answer, Citation, Outcome, Topic};
pub use reply::reply;
