//! From a question to ranked candidates: passages with the reasons for their place. It decides nothing and writes
//! no answer.

mod candidates;
mod context;
mod features;
mod score;
mod support;

pub use candidates::{Candidate, retrieve};
pub use context::BlockContext;
pub use features::{Features, fits, matching_value};
pub use score::{NAMES, WEIGHTS, score};
pub use support::{holds, support_of};
