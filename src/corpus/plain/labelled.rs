//! Headings that say which part of a text they begin: "SECTION II: ADMISSION", "§340.23. Fees.", "Step 1: Earn a degree". Which words
//! count parts is knowledge in `text.toml`; bare numbers are `outline`'s.

use std::collections::HashSet;

use super::super::model::Span;
use super::super::shapes;
use super::scan::Scan;
use super::units::Shape;
use crate::lexicon::text_rules::TextRules;

/// The level of a part, above other headings of a text …
const PART: u8 = 4;
/// … and of a step of something that another heading names.
const STEP: u8 = 6;

/// What a line says before its title.
struct Label<'t> {
    word: String,
    outer: bool,
    title: &'t str,
}

impl Scan<'_, '_, '_> {
    /// Opens a section under such a line; a step can be quoted as well.
    pub(super) fn labelled(&mut self, at: usize) -> Option<usize> {
        let (outer, words) = self.part_heading(at)?;
        self.open(if outer || self.marks.stepped { PART } else { STEP }, words.clone());
        if !outer {
            self.builder.paragraph(words);
        }
        Some(1)
    }

    /// Whether such a line heads a part of the whole text, and its words.
    pub(super) fn part_heading(&self, at: usize) -> Option<(bool, Span)> {
        let (unit, below) = (self.unit(at)?, self.unit(at + 1)?);
        let label = label(self.words(unit), &self.marks.counted, self.builder.rules)?;
        // Several in a row are a list of parts.
        let next = label_of(self.words(below), &self.marks.counted, self.builder.rules);
        let plain = matches!(unit.shape, Shape::Text | Shape::KeyValue(..) | Shape::Row(_));
        let heads = self.headings
            && plain
            && unit.lines == 1
            && !matches!(below.shape, Shape::Rule(_))
            && next.is_none_or(|next| next.word != label.word)
            && shapes::is_heading_like(label.title, self.builder.rules);
        let end = unit.span.start + self.words(unit).trim_end_matches('.').len();
        heads.then_some((label.outer, unit.span.start..end))
    }
}

/// The label of a line whose title is no sentence.
fn label<'t>(line: &'t str, counted: &HashSet<String>, rules: &TextRules) -> Option<Label<'t>> {
    let label = label_of(line, counted, rules)?;
    let title = label.title.trim_end_matches('.');
    let cells = title.contains(['\t', '|']) || title.contains("   ");
    (!title.contains(". ") && !cells).then_some(Label { title, ..label })
}

fn label_of<'t>(line: &'t str, counted: &HashSet<String>, rules: &TextRules) -> Option<Label<'t>> {
    let pieces = || line.split_whitespace();
    let first = pieces().next()?;
    if let Some(number) = first.strip_prefix('§').filter(|number| is_number(number)) {
        let title = line.get(first.len()..)?.trim_start();
        return number.ends_with('.').then(|| Label { word: "§".into(), outer: true, title });
    }
    let word = first.to_lowercase();
    let outer = rules.part_words.contains(&word);
    let known = rules.step_words.contains(&word) || counted.contains(&word);
    if !outer && !known {
        return None;
    }
    // "Task Statement 1.1": a second word may stand before the number.
    let number = pieces().skip(1).take(2).find(|piece| is_number(piece))?;
    let end = line.find(number)? + number.len();
    let rest = line.get(end..)?.trim_start();
    let parted = rest.strip_prefix(['-', '–', '—', ':']);
    let title = parted.unwrap_or(rest).trim_start();
    // "SECTION 3    ATTENDANCE": a wide gap parts them as well.
    let gap = line.get(end..)?.starts_with("  ") || line.get(end..)?.starts_with('\t');
    let wide = gap && outer && !title.contains("  ");
    (parted.is_some() || wide || number.ends_with([':', '.'])).then_some(Label { word, outer, title })
}

/// "Agreement 2: …": the word and the number of a line that counts, whatever its word is.
pub(super) fn counted_word(line: &str) -> Option<(String, u32)> {
    let mut pieces = line.split_whitespace();
    let word = pieces.next().filter(|word| word.chars().all(char::is_alphabetic))?;
    let number = pieces.next()?.strip_suffix(':')?;
    let title = pieces.next()?;
    let opens = word.starts_with(char::is_uppercase) && !title.starts_with(char::is_lowercase);
    let number = number.parse().ok().filter(|_| opens)?;
    Some((word.to_lowercase(), number))
}

/// "3", "1.2", "IV", "B", with the sign behind it.
fn is_number(piece: &str) -> bool {
    let bare = piece.trim_end_matches([':', '.', '-', '–', '—']);
    let figures = bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.chars().all(|c| c.is_ascii_digit() || c == '.');
    let roman = !bare.is_empty() && bare.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let letter = bare.len() == 1 && bare.chars().all(|c| c.is_ascii_uppercase());
    bare.len() <= 8 && (figures || roman || letter)
}
