//! Folding: two spellings that a reader takes for the same word become the same string (Unicode NFKC, lower case,
//! no diacritics, no invisible characters, plain quotes and dashes). Offsets are not kept; see `terms` for those.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The folded form of a word or a text.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for character in text.nfkc().flat_map(char::to_lowercase).nfd() {
        match character {
            mark if is_combining_mark(mark) => {}
            invisible if is_invisible(invisible) => {}
            '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BC}' | '\u{2032}' => folded.push('\''),
            '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{2033}' => folded.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
            other => folded.push(other),
        }
    }
    // Hangul and the like are put together again, so that canonically equal texts fold to equal strings.
    folded.nfc().collect()
}

/// Characters without width or meaning of their own: soft hyphen, zero-width and bidirectional controls, BOM.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}'
            | '\u{034F}'
            | '\u{061C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::fold;

    #[test]
    fn what_reads_alike_folds_alike() {
        for (text, folded) in [
            ("Associate’s", "associate's"),
            ("ＣＰＣ", "cpc"),
            ("Résumé", "resume"),
            ("co\u{00AD}der", "coder"),
            ("2012–2022", "2012-2022"),
            ("ﬁeld", "field"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    proptest! {
        #[test]
        fn canonically_equal_texts_fold_alike(text in "\\PC{0,40}") {
            let composed: String = text.nfc().collect();
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(fold(&composed), fold(&decomposed));
        }
    }
}
