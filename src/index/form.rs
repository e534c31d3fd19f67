//! How a passage is written, as flags of its last word: whether it is a sentence that ends, one that leads on, or one that lists
//! several things. By form alone.

use super::records::flag;

/// The flags of a passage's last word.
pub(super) fn form(text: &str) -> u32 {
    ending(text) | if lists(text) { flag::LISTING } else { 0 }
}

/// How a passage ends, as a flag of its last word.
fn ending(text: &str) -> u32 {
    let end = text.trim_end_matches(|last: char| {
        last.is_whitespace() || matches!(last, '"' | '\'' | '”' | '’' | ')' | '*' | '_')
    });
    match end.chars().next_back() {
        Some('?' | ':') => flag::ASKING,
        Some('.' | '!' | ';' | '…') => flag::CLOSED,
        _ => 0,
    }
}

/// Whether a sentence lists several things: "a, b and c", "these: a and b".
fn lists(text: &str) -> bool {
    let commas = text.matches(", ").count();
    commas >= 2 || commas >= 1 && text.contains(": ") || text.matches("; ").count() >= 2
}
