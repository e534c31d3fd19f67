//! From a folder of files to documents with sections, blocks and passages, and a list of problems.
//! One file per format. It knows nothing of questions or of the index.

pub mod model;

pub use model::{Block, BlockKind, Document, Part, Passage, PassageKind, Problem, Section, Span};
