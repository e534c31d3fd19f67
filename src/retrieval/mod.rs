//! From a question to ranked candidates: passages with the reasons for their place. It decides nothing and writes
//! no answer.

mod asked;
mod candidates;
mod columns;
mod constraints;
mod context;
mod contradictions;
mod features;
mod figures;
mod people;
mod rivals;
mod scales;
mod score;
mod stated;
mod support;
mod tabled;
mod titles;

pub use candidates::{Candidate, retrieve};
pub use columns::chosen_cell;
pub use constraints::{Constraint, Objection, Reason, Why};
pub use context::BlockContext;
pub use features::{Features, features};
pub use score::{NAMES, WEIGHTS, parts_of, score};
pub use stated::answers;
pub use support::{CLEARLY, holds, names, support_of};
pub use tabled::tabled;
