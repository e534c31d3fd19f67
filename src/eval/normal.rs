//! The normal form in which texts are compared: case, spaces and punctuation do not count, words and numbers do.

use crate::text::fold;

/// Words and numbers of a text, with one space before, between and after them, so that a part of the text is found only
/// at the borders of its words. `$35,900.` → ` 35900 `, `2.75` stays `2.75`.
pub fn normal(text: &str) -> String {
    let folded: Vec<char> = fold(text).chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| folded.get(at)).is_some_and(char::is_ascii_digit);
    let mut result = " ".to_owned();
    for (at, &character) in folded.iter().enumerate() {
        let within_a_number = digit(at.checked_sub(1)) && digit(Some(at + 1));
        match character {
            '\'' => {}
            ',' if within_a_number => {}
            '.' if within_a_number => result.push('.'),
            word if word.is_alphanumeric() => result.push(word),
            _ if result.ends_with(' ') => {}
            _ => result.push(' '),
        }
    }
    if !result.ends_with(' ') {
        result.push(' ');
    }
    result
}

/// Whether the normal form `text` holds `part`; a part without words is held by none.
pub fn holds(text: &str, part: &str) -> bool {
    let part = normal(part);
    !part.trim().is_empty() && text.contains(&part)
}

/// Whether the normal form `text` holds all `items` in order.
pub fn holds_in_order(text: &str, items: &[String]) -> bool {
    let mut rest = text;
    for item in items {
        let item = normal(item);
        let Some((_, after)) = rest.split_once(item.trim_end()).filter(|_| !item.trim().is_empty()) else {
            return false;
        };
        if !after.starts_with(' ') {
            return false;
        }
        rest = after;
    }
    true
}

/// The first word of a normal form.
pub fn opening(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{holds, holds_in_order, normal, opening};

    #[test]
    fn normal_forms() {
        for (text, expected) in [
            ("$35,900 a year.", " 35900 a year "),
            ("a GPA of 2.75.", " a gpa of 2.75 "),
            ("Associate’s — degree", " associates degree "),
            ("", " "),
            ("2012–2022", " 2012 2022 "),
        ] {
            assert_eq!(normal(text), expected);
        }
    }

    #[test]
    fn parts_are_found_at_the_borders_of_words() {
        let text = normal("About $90,000 a year; no evening option.");
        for (part, found) in [
            ("$90,000", true),
            ("90000", true),
            ("90", false),
            ("evening  option", true),
            ("even", false),
            ("…", false),
        ] {
            assert_eq!(holds(&text, part), found, "{part}");
        }
        assert_eq!(opening(&normal("No. There is")), "no");
    }

    #[test]
    fn lists_are_found_in_order() {
        let text = normal("• Pipe welding\n• Shop safety\n• Metallurgy");
        let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
        assert!(holds_in_order(&text, &list(&["Pipe welding", "Shop safety", "metallurgy"])));
        assert!(!holds_in_order(&text, &list(&["Shop safety", "Pipe welding"])));
        assert!(!holds_in_order(&text, &list(&["Pipe weld"])));
    }
}
