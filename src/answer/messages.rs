//! Every sentence that the engine says of its own accord; what it quotes is the documents' own.

/// Nothing was asked.
pub const EMPTY: &str = "Ask me about a program, an occupation or a certification, for example: \"what are the entry requirements?\"";

/// The folder does not hold the answer.
pub const NOT_FOUND: &str = "That is not in my sources.";

/// The folder does not hold the answer, but near ones.
pub const NOT_FOUND_NEAR: &str = "That is not in my sources. The nearest topics I have are below.";

/// Two subjects fit equally.
pub const WHICH: &str = "Which one do you mean?";

/// One of two questions in a message has no answer.
pub fn part_not_found(question: &str) -> String {
    format!("Not in my sources: {question}")
}
