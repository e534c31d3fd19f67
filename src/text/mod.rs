//! Text as the whole program sees it: folding, tokens with offsets, terms, and safe cutting.
//! It knows words and characters, not documents or questions.

pub mod quick;
pub mod sentences;

mod codes;
mod cut;
mod fold;
mod terms;

pub use codes::{begins_with_code, code_pieces, is_code_letters, is_code_number};
pub use cut::{cut_at_character, cut_at_sentence, one_line, strip_controls};
pub use fold::fold;
pub use terms::{Term, Token, stem, term_id, terms, token, tokens, written_words};
