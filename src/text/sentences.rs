//! Where sentences begin and end: the rules of UAX #29 in one forward pass (its look-ahead costs quadratic time on
//! hostile text), corrected by lists of abbreviations. It knows nothing of lines, bullets or headings.

use super::quick::HashSet;
use std::ops::Range;

/// A longer sentence is cut at clause or word borders.
const MAX_SENTENCE_CHARS: usize = 1_000;

/// Full stops that do not end a sentence; entries in lower case, with their full stop.
#[derive(Debug, Clone, Default)]
pub struct Abbreviations {
    never_end: HashSet<String>,
    before_number: HashSet<String>,
    may_end: HashSet<String>,
    /// As written, with a capital.
    starters: HashSet<String>,
}

impl Abbreviations {
    /// Abbreviations that never end a sentence, that end it unless a figure follows, that end it only before one of
    /// the `starters` (words that open a sentence).
    pub fn new(
        never_end: Vec<String>,
        before_number: Vec<String>,
        may_end: Vec<String>,
        starters: Vec<String>,
    ) -> Self {
        let folded = |list: Vec<String>| list.into_iter().map(|entry| entry.to_lowercase()).collect();
        Self {
            never_end: folded(never_end),
            before_number: folded(before_number),
            may_end: folded(may_end),
            starters: starters.into_iter().collect(),
        }
    }

    /// Whether a word is one whose full stop never ends a sentence ("Dr.").
    pub fn never_ends(&self, word: &str) -> bool {
        self.never_end.contains(&word.to_lowercase())
    }

    /// Whether a word (without its stop, in small letters) is one of them.
    pub fn contains(&self, word: &str) -> bool {
        let stopped = format!("{word}.");
        [&self.never_end, &self.before_number, &self.may_end]
            .into_iter()
            .any(|list| list.contains(word) || list.contains(stopped.as_str()))
    }

    /// Adds all that another set of lists says.
    pub fn merge(&mut self, other: Self) {
        self.never_end.extend(other.never_end);
        self.before_number.extend(other.before_number);
        self.may_end.extend(other.may_end);
        self.starters.extend(other.starters);
    }

    /// Whether a full stop after `word` (given with it), with `next` behind it, belongs to the word alone.
    fn holds(&self, word: &str, next: &str) -> bool {
        let folded = word.to_lowercase();
        if self.before_number.contains(&folded) {
            return next.starts_with(|first: char| first.is_ascii_digit() || first == '#');
        }
        if self.never_end.contains(&folded) {
            return true;
        }
        if self.may_end.contains(&folded) || is_dotted_letters(word) {
            let first_word = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            return !self.starters.contains(first_word);
        }
        false
    }

    /// Whether a line that ends with `word` may still be a heading: its full stop is an abbreviation's.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        let folded = word.to_lowercase();
        self.never_end.contains(&folded) || self.may_end.contains(&folded) || is_dotted_letters(word)
    }

    /// Whether a word, written with a capital, opens sentences.
    pub fn opens_sentence(&self, word: &str) -> bool {
        self.starters.contains(word)
    }
}

/// `B.S.`, `U.K.`, `J.`: letters that each carry a full stop.
fn is_dotted_letters(word: &str) -> bool {
    let mut letter_due = true;
    let mut letters = 0;
    for c in word.chars() {
        match (letter_due, c) {
            (true, c) if c.is_alphabetic() => letters += 1,
            (false, '.') => {}
            _ => return false,
        }
        letter_due = !letter_due;
    }
    // A lone small letter ("option a.") ends its sentence.
    letter_due && (letters > 1 || word.starts_with(char::is_uppercase))
}

/// The sentences of a text as byte ranges, in order, without surrounding white space. A blank line always ends a
/// sentence, a single line end never does. No range is longer than 1,000 characters.
pub fn sentences(text: &str, abbreviations: &Abbreviations) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        match next_border(rest) {
            Some(border) => {
                let (end, next) = (at + border.end, at + border.next);
                let ends = border.blank_line || ends_sentence(text, start, end, next, abbreviations);
                if ends {
                    push(text, start..end, &mut found);
                    start = next;
                }
                at = next.max(at + 1);
            }
            None => break,
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

/// A place where a sentence may end: behind the closing marks (`end`), and where the next one begins.
struct Border {
    end: usize,
    next: usize,
    blank_line: bool,
}

fn next_border(text: &str) -> Option<Border> {
    let mut chars = text.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        if c == '\n' || c == '\r' {
            // Line ends: two of them with only white space between are a blank line.
            let mut line_ends = 1;
            let mut previous = c;
            let mut next = index + c.len_utf8();
            while let Some((position, space)) = chars.next_if(|(_, space)| space.is_whitespace()) {
                if space == '\r' || (space == '\n' && previous != '\r') {
                    line_ends += 1;
                }
                previous = space;
                next = position + space.len_utf8();
            }
            if line_ends > 1 {
                return Some(Border { end: index, next, blank_line: true });
            }
            continue;
        }
        let wide = matches!(c, '。' | '！' | '？' | '｡');
        if !wide && !matches!(c, '.' | '!' | '?' | '…' | '؟' | '।' | '‼' | '⁇' | '⁈' | '⁉') {
            continue;
        }
        let mut end = index + c.len_utf8();
        while let Some((position, mark)) = chars.next_if(|(_, mark)| closes(*mark)) {
            end = position + mark.len_utf8();
        }
        let mut next = end;
        let mut line_ends = 0;
        let mut previous = ' ';
        while let Some((position, space)) = chars.next_if(|(_, space)| space.is_whitespace()) {
            if space == '\r' || (space == '\n' && previous != '\r') {
                line_ends += 1;
            }
            previous = space;
            next = position + space.len_utf8();
        }
        if next > end || wide {
            return Some(Border { end, next, blank_line: line_ends > 1 });
        }
    }
    None
}

fn closes(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | ')'
            | ']'
            | '}'
            | '"'
            | '\''
            | '”'
            | '’'
            | '»'
            | '›'
            | '*'
            | '_'
            | '`'
            | '。'
            | '」'
            | '』'
            | '）'
    )
}

/// Whether the sentence that began at `start` really ends at `end`, with the next one from `next`.
fn ends_sentence(text: &str, start: usize, end: usize, next: usize, abbreviations: &Abbreviations) -> bool {
    let sentence = text.get(start..end).unwrap_or_default();
    let Some(following) = text.get(next..).filter(|following| !following.is_empty()) else { return true };
    let opening =
        following.trim_start_matches(['"', '\'', '“', '‘', '(', '[', '«', '*', '_', '`', '¿', '¡', '>', '#']);
    let Some(first) = opening.chars().next() else { return true };
    if first.is_lowercase() {
        return false;
    }
    let bare = sentence.trim_end_matches([')', ']', '}', '"', '\'', '”', '’', '»', '›', '*', '_', '`']);
    // The last word is short or no abbreviation: looking at a few characters keeps this linear.
    let last_word = last_word(bare);
    if bare.len() == last_word.len() && is_enumerator(last_word) {
        return false;
    }
    if !bare.ends_with('.') {
        return true;
    }
    if bare.ends_with("..") && bare.len() <= 3 {
        return false;
    }
    !abbreviations.holds(last_word.trim_start_matches(['(', '[', '"', '“', '‘', '\'', '*', '_']), opening)
}

/// The text behind the last white space, opening bracket or dash; at most 24 characters of it.
fn last_word(text: &str) -> &str {
    let from = text
        .char_indices()
        .rev()
        .take(24)
        .take_while(|(_, c)| !c.is_whitespace() && !matches!(c, '(' | '[' | '/' | '—' | '–' | ','))
        .last()
        .map_or(text.len(), |(index, _)| index);
    text.get(from..).unwrap_or_default()
}

/// `1.`, `12.`, `a.`, `iv.` at the start of a text: a number of what follows.
fn is_enumerator(word: &str) -> bool {
    let body = word.trim_end_matches('.');
    word.ends_with('.')
        && !body.is_empty()
        && body.len() <= 3
        && (body.chars().all(|c| c.is_ascii_digit()) || body.chars().count() == 1)
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let slice = text.get(range.clone()).unwrap_or_default();
    let begin = range.start + (slice.len() - slice.trim_start().len());
    let trimmed = slice.trim();
    if trimmed.is_empty() {
        return;
    }
    // Marks alone ("…", ")") belong to the sentence before them.
    if !trimmed.chars().any(char::is_alphanumeric)
        && let Some(last) = found.last_mut()
        && let Some(joined) = text.get(last.start..begin + trimmed.len())
        && trimmed.len() < 8
        && !has_blank_line(text.get(last.end..begin).unwrap_or_default())
        && joined.chars().count() <= MAX_SENTENCE_CHARS
    {
        last.end = begin + trimmed.len();
        return;
    }
    cut_long(text, begin..begin + trimmed.len(), MAX_SENTENCE_CHARS, found);
}

fn has_blank_line(gap: &str) -> bool {
    gap.matches('\n').count() > 1 || gap.matches('\r').count() > 1
}

/// Adds a range, cut into pieces of at most `limit` characters at the last clause border, else the last space, else
/// anywhere between two characters.
pub fn cut_long(text: &str, range: Range<usize>, limit: usize, pieces: &mut Vec<Range<usize>>) {
    let mut start = range.start;
    loop {
        let rest = text.get(start..range.end).unwrap_or_default();
        let skipped = rest.len() - rest.trim_start().len();
        start += skipped;
        let rest = rest.get(skipped..).unwrap_or_default();
        let Some((limit_at, _)) = rest.char_indices().nth(limit) else {
            let end = start + rest.trim_end().len();
            if end > start {
                pieces.push(start..end);
            }
            return;
        };
        let window = rest.get(..limit_at).unwrap_or_default();
        let mut clause = None;
        let mut space = None;
        let mut previous = ' ';
        for (index, c) in window.char_indices() {
            if c.is_whitespace() && index > 0 {
                space = Some(index);
                if matches!(previous, ',' | ';' | ':' | '.' | '!' | '?') && index > limit_at / 2 {
                    clause = Some(index);
                }
            }
            previous = c;
        }
        let cut = clause.or(space).unwrap_or(limit_at).max(1);
        let piece = window.get(..cut).unwrap_or(window);
        let end = start + piece.trim_end().len();
        if end > start {
            pieces.push(start..end);
        }
        start += piece.len().max(1);
    }
}
