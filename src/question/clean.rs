//! Takes out of a message what is not asked: mentions, emoji codes, addresses, invisible characters, markup.

use crate::text::{strip_controls, tokens};

/// More characters than this are not read: the rest of a longer message is left out.
const MAX_CHARS: usize = 4_000;

/// The message as plain words.
pub fn clean(message: &str) -> String {
    let message: String = strip_controls(message).chars().take(MAX_CHARS).collect();
    let mut plain = String::with_capacity(message.len());
    let mut rest = message.as_str();
    while let Some((before, from)) = rest.split_once('<') {
        plain.push_str(before);
        match from.split_once('>') {
            Some((inside, after)) if is_discord_code(inside) => {
                plain.push(' ');
                rest = after;
            }
            _ => {
                plain.push('<');
                rest = from;
            }
        }
    }
    plain.push_str(rest);
    let words: Vec<&str> = plain.split_whitespace().filter(|word| !is_address(word)).collect();
    words.join(" ").replace(['`', '*', '~', '|'], " ").trim().to_owned()
}

/// Whether nothing was asked: no letter or digit is left.
pub fn is_empty(cleaned: &str) -> bool {
    tokens(cleaned).is_empty()
}

/// `@123`, `#123`, `:name:123`, `t:123` and their like between angle brackets.
fn is_discord_code(inside: &str) -> bool {
    inside.starts_with(['@', '#', ':', '/'])
        || ["a:", "t:", "id:", "http:", "https:"].iter().any(|start| inside.starts_with(start))
}

fn is_address(word: &str) -> bool {
    word.contains("://") || matches!(word, "@everyone" | "@here")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{clean, is_empty};

    #[test]
    fn what_is_not_asked_goes() {
        for (message, plain) in [
            ("<@123> what is it?", "what is it?"),
            ("<@!123><:wave:99> hi", "hi"),
            ("see https://example.org/a now @everyone", "see now"),
            ("is 3 < 4 or **bold**", "is 3 < 4 or   bold"),
            ("\u{202E}abc", "abc"),
        ] {
            assert_eq!(clean(message), plain);
        }
        assert!(is_empty(&clean("<@123> ?!…")));
    }

    proptest! {
        #[test]
        fn never_panics(message in "\\PC{0,80}") {
            let _ = clean(&message);
        }
    }
}
