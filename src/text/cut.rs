//! Cutting and tidying of our own text, at character and sentence boundaries only. Quotes are never cut.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::fold::is_invisible;

/// At most `limit` characters of `text`, cut between graphemes and marked with "…" when something was left out.
pub fn cut_at_character(text: &str, limit: usize) -> Cow<'_, str> {
    if text.chars().count() <= limit {
        return Cow::Borrowed(text);
    }
    let mut kept = String::new();
    let mut count = 0;
    for grapheme in text.graphemes(true) {
        count += grapheme.chars().count();
        if count + 1 > limit {
            break;
        }
        kept.push_str(grapheme);
    }
    kept.truncate(kept.trim_end().len());
    if limit > 0 {
        kept.push('…');
    }
    Cow::Owned(kept)
}

/// At most `limit` characters of `text`, cut after its last whole sentence that fits, else as [`cut_at_character`].
pub fn cut_at_sentence(text: &str, limit: usize) -> Cow<'_, str> {
    if text.chars().count() <= limit {
        return Cow::Borrowed(text);
    }
    let mut kept = String::new();
    let mut count = 0;
    for sentence in text.split_sentence_bounds() {
        count += sentence.chars().count();
        if count + 2 > limit {
            break;
        }
        kept.push_str(sentence);
    }
    kept.truncate(kept.trim_end().len());
    if kept.is_empty() {
        return cut_at_character(text, limit);
    }
    kept.push_str(" …");
    Cow::Owned(kept)
}

/// The text on one line: every run of white space becomes one space.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text without control and invisible formatting characters (bidirectional overrides among them); line
/// ends and tabs stay. For text that is echoed, never for quotes.
pub fn strip_controls(text: &str) -> String {
    text.chars()
        .filter(|character| {
            matches!(character, '\n' | '\t') || !(character.is_control() || is_invisible(*character))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{cut_at_character, cut_at_sentence, strip_controls};

    #[test]
    fn cuts_are_marked_and_whole() {
        assert_eq!(cut_at_character("abcdef", 6), "abcdef");
        assert_eq!(cut_at_character("abcdef", 5), "abcd…");
        assert_eq!(cut_at_sentence("One. Two. Three.", 12), "One. Two. …");
        assert_eq!(strip_controls("a\u{202E}b\u{0}c\n"), "abc\n");
    }

    proptest! {
        #[test]
        fn cuts_fit_and_never_panic(text in "\\PC{0,60}", limit in 0usize..50) {
            prop_assert!(cut_at_character(&text, limit).chars().count() <= limit);
            prop_assert!(cut_at_sentence(&text, limit).chars().count() <= limit);
        }
    }
}
