//! The bot: events in, answers out. The only module that names serenity; it decides who is spoken to, when and how
//! politely, and leaves every answer to the engine behind [`Backend`] and every wording to `render`.
//!
//! ```text
//! gateway event → intake (once? not too many? not while leaving?) → message | command | button | typing
//!               → asking (the engine, off the async threads) → render → outbox → rest (deadlines, retries) → Discord
//! ```
//! Handlers take an interaction wherever it came from; nothing that must outlive the process is kept in it.

mod addressing;
mod asking;
mod attachment;
mod backend;
mod bot;
mod buttons;
mod commands;
mod connection;
mod feedback;
mod follow;
mod follow_up;
mod gaps;
mod gateway;
mod guard;
mod incoming;
mod intake;
mod job;
mod joining;
mod lifecycle;
mod logs;
mod looking_up;
mod memory;
mod messages;
mod outbox;
mod ownership;
mod permissions;
mod places;
mod rest;
mod rights;
mod settings;
mod sharing;
mod stop;
mod under_way;
mod wording;

pub use backend::Backend;
pub use lifecycle::run;
pub use logs::{filter, hide_panic_payloads};
pub use settings::{Settings, Timing};
pub use stop::Stop;
