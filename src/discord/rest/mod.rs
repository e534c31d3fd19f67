//! Discord's HTTP interface: one way for every request, with deadlines, few retries, pacing by Discord's own headers,
//! and errors that hold no address (an interaction's address holds its token). serenity builds the requests; its rate
//! limiter stays off, because it waits without end and repeats a request whose headers it cannot read.

mod client;
mod pace;
mod verdict;

pub use client::{Call, Rest, client};
pub use verdict::RestError;
