//! cli

pub mod check;
pub mod index;
pub mod progress;
