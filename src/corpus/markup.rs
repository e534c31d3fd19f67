//! Whether a text is written in Markdown: told by its headings, before anything reads it.

/// A line that nests deeper is no text that someone wrote; plain text reads it in bounded time.
const MAX_NESTING: usize = 40;

/// Whether a text is written in Markdown: it has several `#` headings. A raw text with another name is read as what it is.
pub(super) fn has_structure(text: &str) -> bool {
    let mut headings = 0;
    for line in text.lines() {
        let nesting = line
            .chars()
            .take_while(|c| matches!(c, '>' | '-' | '*' | '+' | ' ' | '\t'))
            .filter(|c| !matches!(c, ' ' | '\t' | '-' | '*'));
        if nesting.count() > MAX_NESTING || deep_bullets(line) {
            return false;
        }
        let bare = line.trim_start_matches(' ');
        let hashes = bare.len() - bare.trim_start_matches('#').len();
        if line.len() - bare.len() < 4
            && (1..=6).contains(&hashes)
            && bare.get(hashes..).is_some_and(|rest| rest.starts_with(' '))
        {
            headings += 1;
        }
    }
    headings >= 2
}

fn deep_bullets(line: &str) -> bool {
    let counts = |word: &str| {
        let number = word.strip_suffix(['.', ')']);
        number.is_some_and(|number| {
            (1..=9).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
        })
    };
    line.split(' ')
        .take_while(|word| matches!(*word, "-" | "*" | "+" | "" | ">") || counts(word))
        .filter(|word| !word.is_empty())
        .count()
        > MAX_NESTING
}
