//! Makes any text inert in a Discord message, so that it shows exactly as it is, and undoes that again. It adds
//! backslashes and nothing else: no character of the text is changed, dropped or cut.

/// The text with a backslash before every character that Discord would read as markup: emphasis, code, spoilers,
/// links, mentions, emoji, timestamps, headings, lists and quotes. [`unescape`] gives the text back.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
    let mut line = LinePlace::Start;
    let mut previous = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        let special = match character {
            '\\' | '*' | '_' | '`' | '[' | '<' | '@' => true,
            // Only pairs of these are markup (spoilers, strikethrough); tables are full of single ones.
            '|' | '~' => previous == Some(character) || next == Some(character),
            // `https://` would become a link and `:name:` an emoji; a colon before a space is neither.
            ':' => next.is_some_and(|next| !next.is_whitespace()),
            '#' | '-' | '+' | '>' => line == LinePlace::Start,
            '.' | ')' => line == LinePlace::Number,
            _ => false,
        };
        if special {
            escaped.push('\\');
        }
        escaped.push(character);
        line = line.after(character);
        previous = Some(character);
    }
    escaped
}

/// What a reader sees of an escaped text: a backslash before anything but a letter, a digit or white space vanishes.
pub fn unescape(escaped: &str) -> String {
    let mut text = String::with_capacity(escaped.len());
    let mut characters = escaped.chars().peekable();
    while let Some(character) = characters.next() {
        let hidden = character == '\\'
            && characters.peek().is_some_and(|next| !next.is_ascii_alphanumeric() && !next.is_whitespace());
        match characters.next_if(|_| hidden) {
            Some(shown) => text.push(shown),
            None => text.push(character),
        }
    }
    text
}

/// Where on its line a character stands, as far as block markup (headings, lists, quotes) can begin there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LinePlace {
    /// Nothing but white space stands before it.
    Start,
    /// Nothing but a number stands before it (`1.` begins a list).
    Number,
    /// Anything else.
    Inside,
}

impl LinePlace {
    fn after(self, character: char) -> Self {
        // Everything that some regular expression engine takes for a line end counts as one.
        let ends_line =
            matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        match self {
            _ if ends_line => Self::Start,
            Self::Start if character.is_whitespace() => Self::Start,
            Self::Start | Self::Number if character.is_ascii_digit() => Self::Number,
            _ => Self::Inside,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{escape, unescape};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(escape(text), expected);
        assert_eq!(unescape(expected), text);
    }

    /// A second reading of Discord's rules, independent of `escape`: the markup that would be active in `escaped`.
    fn active_markup(escaped: &str) -> Vec<String> {
        let characters: Vec<char> = escaped.chars().collect();
        let at = |index: usize| characters.get(index).copied().unwrap_or('\0');
        let mut found = Vec::new();
        let (mut index, mut line_start) = (0, true);
        while index < characters.len() {
            let (here, next) = (at(index), at(index + 1));
            if here == '\\' && next != '\0' && !next.is_ascii_alphanumeric() && !next.is_whitespace() {
                (index, line_start) = (index + 2, false);
                continue;
            }
            if line_start {
                let digits = (index..).take_while(|&place| at(place).is_ascii_digit()).count();
                let marker = at(index + digits);
                if matches!(here, '#' | '>' | '-' | '+') || (digits > 0 && matches!(marker, '.' | ')')) {
                    found.push(format!("block {here:?} at {index}"));
                }
            }
            let pair = matches!(here, '|' | '~') && here == next;
            let colon = here == ':' && next != '\0' && !next.is_whitespace();
            if pair || colon || matches!(here, '*' | '_' | '`' | '[' | '<' | '@' | '\\') {
                found.push(format!("{here:?} at {index}"));
            }
            line_start = here == '\n' || (line_start && here.is_whitespace());
            index += 1;
        }
        found
    }

    #[test]
    fn markup_becomes_text() {
        check("**bold** and _more_", r"\*\*bold\*\* and \_more\_");
        check("[text](https://evil.example)", r"\[text](https\://evil.example)");
        check("```\nfence\n```", "\\`\\`\\`\nfence\n\\`\\`\\`");
        check("# a\n  - b\n-# c\n> d\n1. e\n12) f", "\\# a\n  \\- b\n\\-# c\n\\> d\n1\\. e\n12\\) f");
        check("||spoiler|| | cell | ~~x~~ ~5", r"\|\|spoiler\|\| | cell | \~\~x\~\~ ~5");
        check("</ask:1> <t:0> <:e:1> <id:guide>", r"\</ask\:1> \<t\:0> \<\:e\:1> \<id\:guide>");
        check("9:30, C:\\x", r"9\:30, C\:\\x");
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        for text in ["$35,900 a year (median, 2014).", "B.S. - 120 credits", "Note: 3 + 4 > 5 # 6", ""] {
            check(text, text);
        }
    }

    /// 200 spellings of a mention: nothing of them may stay active, and each is shown unchanged.
    #[test]
    fn two_hundred_mention_spellings() {
        let ids = ["1", "0", "100000000000000001", "18446744073709551616", "x"];
        let forms = ["<@{}>", "<@!{}>", "<@&{}>", "<#{}>", "@{}", "<@ {}>", "\\<@{}>", "<\u{200b}@{}>"];
        let wraps = ["{}", "`{}`", "**{}**", "> {}", "\\{}"];
        let mut spellings = Vec::new();
        for id in ids {
            for form in forms {
                for wrap in wraps {
                    spellings.push(wrap.replace("{}", &form.replace("{}", id)));
                }
            }
        }
        let words =
            ["@everyone", "@here", "\u{ff20}everyone", "@\u{200b}everyone", "@EVERYONE", "@\u{2060}here"];
        spellings.extend(words.map(str::to_owned));
        assert!(spellings.len() >= 200);
        for spelling in spellings {
            let escaped = escape(&spelling);
            assert_eq!(active_markup(&escaped), Vec::<String>::new(), "{escaped}");
            assert_eq!(unescape(&escaped), spelling);
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>()) {
            prop_assert_eq!(unescape(&escape(&text)), text);
        }

        #[test]
        fn any_markup_is_inert_and_comes_back(text in r"[\\*_`~|<>@#&:/()\[\]{}.+\-0-9a-z \n]{0,80}") {
            let escaped = escape(&text);
            prop_assert_eq!(active_markup(&escaped), Vec::<String>::new());
            prop_assert_eq!(unescape(&escaped), text);
        }
    }
}
