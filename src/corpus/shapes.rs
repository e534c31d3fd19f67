//! What a single line looks like: bullet, key with value, row of cells, heading. Each function looks at one line alone;
//! what the lines around it make of it is decided by the formats.

use std::ops::Range;

use crate::lexicon::text_rules::TextRules;
use crate::text::quick::HashSet;

/// Up to six words without a mark behind them.
pub(super) fn is_short_title(words: &str) -> bool {
    words.split_whitespace().count() <= 6 && words.ends_with(|c: char| c.is_alphanumeric() || c == ')')
}

/// "By Ann Miller", "by Ann Miller, updated May 2020": a line that names who wrote a page.
pub(super) fn is_byline(line: &str) -> bool {
    let mut words = line.split_whitespace();
    if !words.next().is_some_and(|first| first.eq_ignore_ascii_case("by")) {
        return false;
    }
    let mut names: Vec<&str> = Vec::new();
    for word in words.take_while(|word| !matches!(*word, "|" | "·")) {
        names.push(word);
        if word.ends_with([',', '|', '·']) {
            break;
        }
    }
    let name =
        |word: &&str| word.starts_with(char::is_uppercase) && !word.contains(|c: char| c.is_ascii_digit());
    (1..=4).contains(&names.len())
        && names.iter().all(name)
        && line.split_whitespace().count() <= if line.contains('|') { 20 } else { 12 }
        && !line.ends_with(['.', '!', '?', ':', ';'])
}

/// "Published by the Guild of Printers": whom a line names as the source of a page, if it does nothing else.
pub(super) fn attributed_to<'t>(line: &'t str, rules: &TextRules) -> Option<&'t str> {
    let (at, _) = line.match_indices(" by ").next().filter(|(at, _)| *at <= 30)?;
    let key = line.get(..at + " by".len())?.to_lowercase();
    let source = line.get(at + " by ".len()..)?.trim();
    let fits = line.len() <= 160 && !line.ends_with(['.', '!', '?', ':']) && !source.is_empty();
    (fits && rules.source_keys.contains(&key)).then_some(source)
}

/// The cells of a row whose markup was lost: parted by tabs, by pipes, or by runs of two or more spaces.
pub(super) fn cells(line: &str) -> Option<Vec<Range<usize>>> {
    let by_tab = line.contains('\t');
    let by_pipe = !by_tab && (line.contains(" | ") || (line.starts_with('|') && line.ends_with('|')));
    let mut found = Vec::new();
    let mut start = 0;
    let bytes = line.as_bytes();
    let mut at = 0;
    while at <= bytes.len() {
        let here = bytes.get(at).copied();
        let width = match here {
            None => 1,
            Some(b'\t') if by_tab => 1,
            Some(b'|') if by_pipe => 1,
            Some(b' ') if !by_tab && !by_pipe => {
                let run = bytes.iter().skip(at).take_while(|b| **b == b' ').count();
                // Two spaces behind a full stop part sentences, not cells.
                let stop =
                    at > 0 && matches!(bytes.get(at - 1), Some(b'.' | b'!' | b'?' | b':' | b';' | b','));
                if stop { 0 } else { run }
            }
            _ => 0,
        };
        let parts = here.is_none() || width > 1 || (width == 1 && here != Some(b' '));
        if parts {
            let cell = super::keys::strip(line, start..at, char::is_whitespace);
            match cell {
                Some(cell) => found.push(cell),
                // Empty cells keep their place in a row with marks, except outside its borders.
                None if (by_tab || by_pipe) && start > 0 && here.is_some() => found.push(start..start),
                None => {}
            }
            start = at + width;
        }
        at += width.max(1);
    }
    (found.len() >= 2).then_some(found)
}

/// What stands inside the frame of a box: `|  Words  |`, `*   WORDS   *`. A row of several cells has signs between them.
pub(super) fn framed(line: &str) -> Option<Range<usize>> {
    let sign = line.chars().next().filter(|c| matches!(c, '|' | '│' | '║' | '┃' | '*' | '#'))?;
    let width = sign.len_utf8();
    let inner = line.get(width..)?.strip_suffix(sign)?;
    let apart = if sign == '*' || sign == '#' { "   " } else { " " };
    let alone = !inner.contains(['|', '│', '║', '┃']);
    let set = inner.starts_with(apart) || inner.ends_with(apart) && inner.starts_with(' ');
    (alone && set && inner.ends_with(' ')).then(|| width..width + inner.len())
}

/// A line of signs that draws a rule or underlines what stands above; its sign.
pub(super) fn rule(line: &str) -> Option<char> {
    // The edge of a box that is drawn with signs for it.
    if line.chars().count() >= 3 && line.chars().all(|c| ('\u{2500}'..='\u{257f}').contains(&c)) {
        return Some('─');
    }
    // "|______|" closes a box.
    let line = line.strip_prefix('|').and_then(|inner| inner.strip_suffix('|')).unwrap_or(line);
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    let first = signs
        .next()
        .filter(|c| matches!(c, '-' | '=' | '_' | '*' | '~' | '–' | '—' | '─' | '═' | '#' | '.' | '+'))?;
    let same = signs.clone().all(|c| c == first);
    (same && signs.count() >= 2).then_some(first)
}

/// The words between the same signs at both ends of a line: `~~ Words ~~`, `=== Words ===`, `:: WORDS ::`, `<< Words >>`.
pub(super) fn decorated(line: &str) -> Option<Range<usize>> {
    // "[ Words ]" needs but one.
    if let Some(inner) = line.strip_prefix("[ ").and_then(|rest| rest.strip_suffix(" ]")) {
        let fits =
            inner.chars().filter(|c| c.is_alphabetic()).count() > 2 && inner.split_whitespace().count() <= 12;
        return (fits && !inner.contains(['[', ']'])).then(|| 2..2 + inner.len());
    }
    let sign = line.chars().next().filter(|c| is_decoration(*c))?;
    let mirrored = match sign {
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        same => same,
    };
    let opened = line.trim_start_matches(sign);
    let inner = opened.trim_end_matches(mirrored);
    let (start, end) = (line.len() - opened.len(), opened.len() - inner.len());
    let words = inner.trim();
    let apart = inner.starts_with(' ') && inner.ends_with(' ');
    let closed = start >= 2 * sign.len_utf8() && end >= 2 * mirrored.len_utf8();
    let fits = closed && apart && (1..=12).contains(&words.split_whitespace().count());
    let left = start + inner.find(words)?;
    (fits && words.chars().any(char::is_alphabetic)).then_some(left..left + words.len())
}

/// A sign that stands for nothing: no letter, no quote, no bracket, no money, and no end of a sentence.
fn is_decoration(c: char) -> bool {
    const SAYS: &str = ".,;!?…\"'`|#%&@()[]{}$€£¥¿¡©“”‘’";
    !c.is_alphanumeric() && !c.is_whitespace() && !SAYS.contains(c)
}

/// The signs in front of a line of words, where they are no bullet: "▌", "-->", "//". Of what any keyboard has, one is too few.
pub(super) fn front_signs(line: &str) -> Option<&str> {
    let end = line.find(|c: char| !is_decoration(c)).filter(|end| *end > 0)?;
    let (signs, rest) = line.split_at(end);
    let own = signs.chars().any(|c| !c.is_ascii() && !matches!(c, '–' | '—'));
    (own || signs.len() >= 2 && rest.starts_with(char::is_whitespace)).then_some(signs)
}

/// A row of `---|:--:|---`, as below a table's header.
pub(super) fn is_table_rule(line: &str) -> bool {
    line.contains('-')
        && line.contains(['|', '+'])
        && line.chars().all(|c| matches!(c, '-' | '|' | ':' | '+' | '=' | ' '))
}

/// Whether a line could be a heading: short, no sentence, beginning with a capital or a figure.
pub(super) fn is_heading_like(line: &str, rules: &TextRules) -> bool {
    // "🎓 SCHOOLS": a picture in front of a heading is no word of it.
    let bare =
        line.trim_start_matches(|c: char| is_picture(c) || c == ' ').trim_matches(['*', '_', '#', ' ', '\t']);
    let first = bare.chars().find(|c| !matches!(c, '"' | '\'' | '“' | '‘' | '(' | '[' | '¿'));
    let words = bare.split_whitespace().count();
    bare.chars().take(121).count() <= 120
        && (1..=16).contains(&words)
        && first.is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase())
        && !is_measure(bare)
        && !is_quoted_part(bare)
        && !is_cut(bare)
        && !(bare.starts_with('(') && bare.ends_with(')'))
        && !dangles(bare, rules)
        && bare.chars().any(char::is_alphabetic)
        && !bare.ends_with([',', ';', '…'])
        && (!bare.ends_with('.') || ends_with_abbreviation(bare, rules))
        && !bare.contains("://")
        && !bare.contains(['$', '€', '£'])
        && !is_bare_sentence(bare, rules)
        && !(bare.contains(". ") && sentence_inside(bare, rules))
}

/// A line that opens a quotation and does not close it, or the other way round.
fn is_quoted_part(line: &str) -> bool {
    line.matches('“').count() != line.matches('”').count()
        || line.starts_with('"') && line.matches('"').count() == 1
}

/// A picture that people put in front of a line, or what joins it to the next.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{fe0f}' | '\u{200d}')
}

/// "1 percent", "12 to 15 months": a figure with what it measures, in small letters. "1 Introduction" has a number in front.
fn is_measure(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let figure = words
        .next()
        .is_some_and(|word| word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '–')));
    figure && words.next().is_some_and(|word| word.starts_with(char::is_lowercase))
}

/// A line of several words whose last one stands before something: "The program meets the requirements in".
pub(super) fn dangles(line: &str, rules: &TextRules) -> bool {
    let mut words = line.split_whitespace();
    let asks = words.clone().next().is_some_and(|first| rules.question_words.contains(&first.to_lowercase()));
    words.clone().count() >= 5 && !asks && words.next_back().is_some_and(|last| rules.dangling.contains(last))
}

/// Whether brackets open in a line and close in another, or the other way about; "a) Words" and "2) Words" are marked.
fn is_cut(line: &str) -> bool {
    match (line.rfind('('), line.rfind(')')) {
        (Some(open), Some(close)) => close < open,
        (Some(_), None) => true,
        (None, Some(close)) => close > 2,
        (None, None) => false,
    }
}

/// Whether the full stop of a short line is an abbreviation's.
pub(super) fn ends_with_abbreviation(line: &str, rules: &TextRules) -> bool {
    let last = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    let last = last.trim_matches(['(', ')', '[', ']']);
    line.split_whitespace().count() <= 8 && rules.abbreviations.is_abbreviation(last)
}

/// A full stop inside a line parts sentences, except behind a number ("Step 1. Words").
fn sentence_inside(line: &str, rules: &TextRules) -> bool {
    let found = crate::text::sentences::sentences(line, &rules.abbreviations);
    let first = found.first().and_then(|range| line.get(range.clone())).unwrap_or_default();
    let numbered = first.split_whitespace().count() <= 2
        && first.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit());
    found.len() > if numbered { 2 } else { 1 }
}

/// A sentence whose full stop was lost: it holds a verb in small letters, and not in a relative clause of a short line.
pub(super) fn is_bare_sentence(line: &str, rules: &TextRules) -> bool {
    let mut words =
        line.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return false };
    if rules.question_words.contains(&first.to_lowercase()) || line.ends_with('?') {
        return false;
    }
    let noun = line.split_whitespace().take(8).count() <= 7
        && first.starts_with(char::is_uppercase)
        && (!rules.abbreviations.opens_sentence(first)
            || rules.heading_words.contains(&first.to_lowercase()));
    let mut before = first;
    for (index, word) in words.enumerate() {
        let relative = noun && index > 0 && rules.relative_words.contains(before);
        if rules.sentence_words.contains(word) && !relative {
            return true;
        }
        before = word;
    }
    false
}

/// Whether all letters are capitals, and there are several; what stands in brackets behind them does not count.
pub(super) fn is_caps(line: &str) -> bool {
    let bracket = line.trim_end().strip_suffix(')').and_then(|rest| rest.rfind('('));
    let line = bracket.and_then(|at| line.get(..at)).filter(|bare| !bare.trim().is_empty()).unwrap_or(line);
    line.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !line.chars().any(char::is_lowercase)
}

/// Whether the longer words begin with capitals, as in a heading; a single word counts.
pub(super) fn is_title_case(line: &str) -> bool {
    let long: Vec<&str> = line
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| word.chars().count() > 3)
        .collect();
    let capital = long.iter().filter(|word| !word.starts_with(char::is_lowercase)).count();
    !long.is_empty() && capital * 4 >= long.len() * 3
}

/// Whether all words of a line name parts of a page: it tells nothing about the page itself.
pub(super) fn is_generic(line: &str, rules: &TextRules) -> bool {
    line.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 3)
        .all(|word| rules.heading_words.contains(word))
}

/// Whether a line holds a word that names a part of a page.
pub(super) fn has_heading_word(line: &str, rules: &TextRules) -> bool {
    has_word(line, &rules.heading_words)
}

/// Whether a line holds one of these words, which are in small letters.
pub(super) fn has_word(line: &str, words: &HashSet<String>) -> bool {
    line.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(word))
}

/// How many full stops stand inside the number that begins a line (`3.1 Words`: 1).
pub(super) fn dotted_number(line: &str) -> Option<u8> {
    let number = line.split(char::is_whitespace).next()?.trim_end_matches('.');
    let dots = number.matches('.').count();
    let parts = number
        .split('.')
        .all(|part| !part.is_empty() && part.len() <= 2 && part.chars().all(|c| c.is_ascii_digit()));
    (dots > 0 && parts).then(|| u8::try_from(dots.min(2)).unwrap_or(2))
}
