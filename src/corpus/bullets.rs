//! How the item of a list is marked: by a sign, a number, a letter. Each function looks at one line alone.

/// How a list item is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// A sign such as `•` or `-`.
    Sign(char),
    /// `3.` or `(3)`, with its number.
    Number(u32),
    /// `b)` or `B.`
    Letter(char),
}

/// The marker of a line and the byte where its words begin, counted from the start of `line` (which is trimmed).
pub(super) fn bullet(line: &str) -> Option<(Marker, usize)> {
    let mut chars = line.char_indices();
    let (_, first) = chars.next()?;
    let after = |width: usize| {
        let rest = line.get(width..)?;
        let words = rest.trim_start();
        (words.len() < rest.len() && !words.is_empty()).then_some(line.len() - words.len())
    };
    // "=> Words", "-> Words".
    if let Some(rest) = line.strip_prefix("=>").or_else(|| line.strip_prefix("->")) {
        let words = rest.trim_start();
        let apart = words.len() < rest.len() && !words.is_empty();
        return apart.then(|| (Marker::Sign('→'), line.len() - words.len()));
    }
    if matches!(first, '-' | '*' | '+' | '–' | '—' | 'o' | '>' | '~' | '=' | '¤' | '»' | '›')
        && !line.get(first.len_utf8()..).is_some_and(|rest| rest.starts_with(first))
    {
        return Some((Marker::Sign(first), after(first.len_utf8())?));
    }
    // "-- Words" and ">> Words": the sign is doubled, as the line's only decoration.
    let run = line.len() - line.trim_start_matches(first).len();
    if matches!(first, '-' | '>' | '*' | '+' | '»') && (2..=3).contains(&(run / first.len_utf8())) {
        let sign = if first == '>' { '»' } else { first };
        return Some((Marker::Sign(sign), after(run)?));
    }
    if is_sign(first) {
        // Pure bullets need no space behind them; pages often lose it, or double the sign.
        let words = line.trim_start_matches(|c: char| is_sign(c) || c.is_whitespace() || c == '\u{fe0f}');
        return (!words.is_empty()).then(|| (Marker::Sign(first), line.len() - words.len()));
    }
    // "[ ] Transcript": a box to tick.
    if let Some(rest) = ["[ ]", "[x]", "[X]", "( )"].iter().find_map(|open| line.strip_prefix(open)) {
        let words = rest.trim_start();
        let apart = words.len() < rest.len() && !words.is_empty();
        return apart.then(|| (Marker::Sign('☐'), line.len() - words.len()));
    }
    let inner = line.strip_prefix(['(', '[']).unwrap_or(line);
    let opened = inner.len() < line.len();
    let body: &str = inner.get(..inner.find(['.', ')', ']'])?)?;
    let end = line.len() - inner.len() + body.len();
    let closer = inner.get(body.len()..)?.chars().next()?;
    if (opened && closer == '.') || body.is_empty() || body.len() > 3 {
        return None;
    }
    let words = after(end + 1)?;
    if body.chars().all(|c| c.is_ascii_digit()) {
        // "(555) 309-2218" is a telephone number.
        let phone = body.len() == 3 && line.get(words..)?.starts_with(|c: char| c.is_ascii_digit());
        if phone {
            return None;
        }
        return Some((Marker::Number(body.parse().ok()?), words));
    }
    // "(ii)", "(iv)" among "(a)", "(i)".
    if body.len() >= 2 && body.chars().all(|c| matches!(c, 'i' | 'v' | 'x')) {
        return Some((Marker::Letter('i'), words));
    }
    let mut letters = body.chars();
    match (letters.next(), letters.next()) {
        // "A. Smith" is a name: a capital with a full stop is no marker.
        (Some(letter), None)
            if letter.is_ascii_lowercase() || (letter.is_ascii_uppercase() && closer != '.') =>
        {
            Some((Marker::Letter(letter), words))
        }
        _ => None,
    }
}

/// The sign of a line that is nothing but one bullet.
pub(super) fn lone_sign(line: &str) -> Option<char> {
    let mut chars = line.trim().chars();
    chars.next().filter(|sign| is_sign(*sign) && chars.next().is_none())
}

fn is_sign(c: char) -> bool {
    matches!(
        c,
        '•' | '·'
            | '▪'
            | '▫'
            | '◦'
            | '●'
            | '○'
            | '■'
            | '□'
            | '◆'
            | '◇'
            | '►'
            | '▶'
            | '▸'
            | '‣'
            | '⁃'
            | '∙'
            | '➢'
            | '➤'
            | '✓'
            | '✔'
            | '☑'
            | '☐'
            | '★'
            | '☆'
            | '→'
            | '⇒'
            | '❖'
            | '✦'
            | '✧'
            | '❯'
            | '✅'
            | '\u{f0b7}'
            | '\u{f0a7}'
    )
}
