//! Outlines: `2. Title`, `2.1 Title or sentence`, `a. item`. Which lines bear such numbers follows from their counting;
//! what each line is, from what stands below it.

use std::collections::HashMap;

use super::super::builder::{Builder, Row};
use super::super::bullets::Marker;
use super::super::listing::Item;
use super::super::model::Span;
use super::super::run_in::{self, Mark};
use super::super::shapes;
use super::part_of;
use super::scan::Scan;
use super::units::{Line, Shape, Unit, ends_sentence};

/// The level of a heading that a Roman numeral counts, and of one with the code of a section.
const PART: u8 = 3;
const SECTION: u8 = 6;
/// … and of one that a number counts.
const CHAPTER: u8 = 4;

/// The lines that are numbered as parts of parts, by their start: how deep, and where their words begin. A figure at the
/// start of a line is such a number only if others count on from it.
pub(super) fn numbered<'s>(
    builder: &Builder<'_>,
    lines: impl Iterator<Item = &'s Span>,
) -> HashMap<usize, (u8, usize)> {
    let mut found = HashMap::new();
    // The last number under each number above it.
    let mut last: HashMap<Vec<u32>, u32> = HashMap::new();
    for span in lines {
        let Some((numbers, words)) = number_of(builder.slice(span)) else { continue };
        let Some((own, above)) = numbers.split_last() else { continue };
        let before = last.get(above).copied().unwrap_or(0);
        if *own != before + 1 {
            continue;
        }
        last.insert(above.to_vec(), *own);
        let depth = u8::try_from(above.len()).unwrap_or(2).min(2);
        found.insert(span.start, (depth, span.start + words));
    }
    if found.len() < 2 { HashMap::new() } else { found }
}

/// The lines `A. Words`, `B. Words` … that count on from one another at one indentation without an empty line between them, by their start:
/// the letter, and where their words begin. One such line alone may begin with somebody's initial.
pub(super) fn lettered(builder: &Builder<'_>, lines: &[Option<Line>]) -> HashMap<usize, (char, usize)> {
    /// Fewer lines are no list.
    const LEAST: usize = 3;
    let mut runs: Vec<Vec<(usize, (char, usize))>> = Vec::new();
    // The run that is counted on at each indentation.
    let mut open: HashMap<usize, usize> = HashMap::new();
    for line in lines {
        let Some(line) = line else {
            open.clear();
            continue;
        };
        let Some((letter, words)) = letter_of(builder.slice(&line.span)) else { continue };
        let entry = (line.span.start, (letter, line.span.start + words));
        let run = open.get(&line.indent).and_then(|at| runs.get_mut(*at));
        let counts_on = |run: &&mut Vec<(usize, (char, usize))>| {
            run.last().is_some_and(|(_, (last, _))| char::from_u32(u32::from(*last) + 1) == Some(letter))
        };
        if let Some(run) = run.filter(counts_on) {
            run.push(entry);
        } else if letter == 'A' {
            open.insert(line.indent, runs.len());
            runs.push(vec![entry]);
        }
    }
    runs.into_iter().filter(|run| run.len() >= LEAST).flatten().collect()
}

/// The lines that a Roman numeral counts ("II. Words") or a sign for a section or its number opens ("§ 61. Words.", "18-40-20. Words."), by
/// their start: their level, and where their words stand. Each stands below an empty line, and others count on.
pub(super) fn sections(builder: &Builder<'_>, lines: &[Option<Line>]) -> HashMap<usize, (u8, Span)> {
    let (mut roman, mut coded, mut counted) = (Vec::new(), Vec::new(), Vec::new());
    let apart = std::iter::once(true).chain(lines.iter().map(Option::is_none));
    let below = lines.iter().skip(1).chain([&None]);
    for ((line, apart), below) in lines.iter().zip(apart).zip(below) {
        let Some(line) = line.as_ref().filter(|_| apart) else { continue };
        let text = builder.slice(&line.span);
        let at = |words: &str| {
            let from = line.span.end - words.len();
            (line.span.start, from..from + words.trim_end_matches('.').len())
        };
        let counts = |numeral: &str| roman_number(numeral) == Some(roman.len() + 1);
        if let Some((_, words)) = text.split_once(". ").filter(|(numeral, _)| counts(numeral)) {
            let words = words.trim_start();
            if !ends_sentence(words) && shapes::is_heading_like(words, builder.rules) {
                roman.push(at(words));
            }
        } else if let Some(words) = coded_section(text)
            && shapes::is_heading_like(words.trim_end_matches('.'), builder.rules)
        {
            coded.push(at(words));
        } else if let Some((number, words)) = text.split_once("  ")
            && number.parse() == Ok(counted.len() + 1)
            && below.as_ref().is_none_or(|below| !builder.slice(&below.span).starts_with(char::is_numeric))
            && !words.trim_start().contains("  ")
            && !ends_sentence(words)
            && shapes::is_heading_like(words.trim_start(), builder.rules)
        {
            // "3  WHERE THE JOBS ARE".
            counted.push(at(words.trim_start()));
        }
    }
    let kept = [(PART, roman, 2), (SECTION, coded, 2), (CHAPTER, counted, 3)]
        .into_iter()
        .filter(|(_, found, least)| found.len() >= *least)
        .map(|(level, found, _)| (level, found));
    kept.flat_map(|(level, found)| found.into_iter().map(move |(at, words)| (at, (level, words)))).collect()
}

/// The value of a Roman numeral up to 20, in capitals.
fn roman_number(numeral: &str) -> Option<usize> {
    const ROMAN: [&str; 20] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
        "XVII", "XVIII", "XIX", "XX",
    ];
    ROMAN.iter().position(|known| *known == numeral).map(|at| at + 1)
}

/// The words behind "§ 61." and "18VAR40-12-20.": a title of a few words.
fn coded_section(line: &str) -> Option<&str> {
    /// A longer line tells something.
    const WORDS: usize = 9;
    let bare = line.strip_prefix('§').map(str::trim_start);
    let (code, words) = bare.unwrap_or(line).split_once(". ")?;
    let coded = code.len() <= 20
        && code.contains(|c: char| c.is_ascii_digit())
        && code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':'))
        && (bare.is_some() || code.matches('-').count() >= 2);
    let words = words.trim();
    let title = words.strip_suffix('.').unwrap_or(words);
    (coded && !title.contains(". ") && title.split_whitespace().count() <= WORDS).then_some(words)
}

/// The letter of `B. Words` and the byte where the words begin.
fn letter_of(line: &str) -> Option<(char, usize)> {
    let letter = line.chars().next().filter(char::is_ascii_uppercase)?;
    let rest = line.get(1..)?.strip_prefix('.')?;
    let words = rest.trim_start();
    (words.len() < rest.len() && !words.is_empty()).then_some((letter, line.len() - words.len()))
}

/// The numbers of `3.1.2 Words` and the byte where the words begin.
fn number_of(line: &str) -> Option<(Vec<u32>, usize)> {
    let number = line.split(char::is_whitespace).next()?;
    let words = line.get(number.len()..)?;
    let inner = words.trim_start();
    let bare = number.trim_end_matches(['.', ')']);
    let opens = inner.chars().find(|c| c.is_alphanumeric()).is_some_and(|first| !first.is_lowercase());
    // "7a. Words": the letter counts as well.
    if let (Some(letter), Some(figure)) =
        (bare.bytes().last(), bare.strip_suffix(|c: char| c.is_ascii_lowercase()))
        && (1..=2).contains(&figure.len())
        && let Ok(figure) = figure.parse()
    {
        return opens.then(|| (vec![figure, u32::from(letter - b'a') + 1], line.len() - inner.len()));
    }
    let parts: Vec<&str> = bare.split('.').collect();
    let counts = |part: &&str| (1..=2).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
    if !(2..=4).contains(&parts.len()) || !parts.iter().all(counts) {
        return None;
    }
    let numbers = parts.iter().filter_map(|part| part.parse().ok()).collect();
    opens.then_some((numbers, line.len() - inner.len()))
}

impl Scan<'_, '_, '_> {
    /// A numbered line: a heading above what is numbered or lettered below it, a row, an item, or running text.
    pub(super) fn outline(&mut self, at: usize) -> usize {
        let Some(Unit { shape: Shape::Outline(depth, words), .. }) = self.units.get(at) else { return 1 };
        let (depth, words) = (*depth, words.clone());
        if self.heads_outline(at, depth) {
            let told = self.builder.slice(&words).contains(|c: char| c.is_ascii_digit());
            self.open(5 + depth, words.clone());
            if told {
                // A heading that tells figures can be quoted as well.
                self.builder.paragraph(words);
            }
            return 1;
        }
        let alike = self.units.iter().enumerate().skip(at).map_while(|(index, unit)| match &unit.shape {
            Shape::Outline(same, words) if *same == depth && !self.heads_outline(index, depth) => {
                Some(words.clone())
            }
            _ => None,
        });
        if let Some((mark, texts)) = run_in::run(self.builder, alike.clone().collect::<Vec<_>>().iter())
            .filter(|(mark, _)| *mark != Mark::Colon)
        {
            let taken = texts.len();
            let lead = self.builder.lead_in();
            self.builder.headed(mark, lead, texts);
            return taken;
        }
        let rows: Vec<Row> = alike
            .clone()
            .map_while(|span| Some(Row { parts: vec![part_of(self.builder, &span)?], span }))
            .collect();
        if !rows.is_empty() {
            let taken = rows.len();
            self.builder.key_values(rows);
            return taken;
        }
        let items: Vec<Item> = alike
            .take_while(|span| !ends_sentence(self.builder.slice(span)))
            .map(|span| Item { span, part: None })
            .collect();
        if items.len() >= 2 {
            let taken = items.len();
            let lead = self.builder.lead_in();
            self.builder.list(lead, items);
            return taken;
        }
        self.builder.paragraph(words);
        1
    }

    /// Whether a numbered line stands above numbers of its own, letters, bullets or running text, and is no sentence.
    fn heads_outline(&self, at: usize, depth: u8) -> bool {
        let (Some(unit), Some(below)) = (self.unit(at), self.unit(at + 1)) else { return false };
        let Shape::Outline(_, words) = &unit.shape else { return false };
        let words = self.builder.slice(words);
        let numbered = |at: usize| self.unit(at).is_some_and(|unit| matches!(unit.shape, Shape::Outline(..)));
        let above = match &below.shape {
            Shape::Outline(deeper, _) => *deeper > depth,
            // The next number of the level above begins another part.
            Shape::Bullet(Marker::Number(_), _) => below.indent >= unit.indent && below.gap == 0,
            Shape::Bullet(..) => true,
            // What stands apart from other numbers, with anything but a number below it, begins a part.
            _ => self.is_running(below) || (unit.gap > 0 && !at.checked_sub(1).is_some_and(numbered)),
        };
        self.headings
            && unit.lines == 1
            && above
            && shapes::is_heading_like(words, self.builder.rules)
            && !ends_sentence(words)
    }
}
