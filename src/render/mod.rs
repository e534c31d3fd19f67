//! What the user sees: answers as text for a terminal, as JSON, and as Discord messages. Plain values, no I/O.

pub mod discord;
pub mod json;
pub mod lookup;
pub mod terminal;
