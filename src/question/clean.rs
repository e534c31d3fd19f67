//! Takes out of a message what is not asked: mentions, emoji codes, addresses, invisible characters, markup.

use crate::lexicon::Lexicon;
use crate::text::{fold, strip_controls, tokens};

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

/// The message with what is cut short written in full: "w/o", and "WI" behind an "in" or where the folder has no such word.
pub(super) fn in_full(message: &str, lexicon: &Lexicon, unknown: impl Fn(&str) -> bool) -> String {
    let mut whole: Vec<&str> = Vec::new();
    for word in message.split(' ') {
        let place = whole.last().is_some_and(|before| {
            before.ends_with(',') || lexicon.words.before_letters.contains(&before.to_lowercase())
        });
        let (bare, rest) = word.split_at(word.trim_end_matches(|c: char| !c.is_alphanumeric()).len());
        let short = word.to_lowercase();
        // Letters of a degree ("MA") are no state's.
        let state = lexicon.state_letters.get(bare).filter(|_| {
            let letters = fold(bare);
            let strange = || {
                !lexicon.is_english(&letters) && !lexicon.words.stop.contains(&letters) && unknown(&letters)
            };
            !lexicon.level_letters.contains_key(&letters) && (place || strange())
        });
        match lexicon.words.shorthand.get(&short).filter(|_| short.contains('/')) {
            Some(long) => whole.push(long),
            None => match state {
                Some(state) => {
                    whole.extend([state.as_str(), rest].into_iter().filter(|part| !part.is_empty()))
                }
                None => whole.push(word),
            },
        }
    }
    whole.join(" ")
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

    use super::{clean, in_full, is_empty};
    use crate::lexicon::Lexicon;

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

    #[test]
    fn strokes_are_written_out() {
        let lexicon = Lexicon::shipped().unwrap();
        assert_eq!(
            in_full("can I glorb w/o a card and/or W/ one", &lexicon, |_| true),
            "can I glorb without a card and/or with one"
        );
        assert_eq!(in_full("pay in WI?", &lexicon, |_| false), "pay in Wisconsin ?");
        assert_eq!(in_full("fees for WI residents", &lexicon, |_| true), "fees for Wisconsin residents");
        assert_eq!(in_full("fees for WI residents", &lexicon, |_| false), "fees for WI residents");
        assert_eq!(in_full("is it OK", &lexicon, |_| true), "is it OK");
        assert_eq!(in_full("an MA in MA", &lexicon, |_| true), "an MA in MA");
    }

    proptest! {
        #[test]
        fn never_panics(message in "\\PC{0,80}") {
            let _ = clean(&message);
        }
    }
}
