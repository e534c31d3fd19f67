//! Lines that head what stands below them by how they are set off: between two rules or above one, alone in capitals, behind a sign or
//! a rank that several lines have, or as an entry of a catalog. Lines without any such mark are `bare`'s.

use super::super::bullets::Marker;
use super::super::model::Span;
use super::super::shapes;
use super::row;
use super::rows::is_figure;
use super::scan::{PLAIN, Scan};
use super::units::{Shape, Unit};
use crate::text::begins_with_code;
use crate::text::sentences::sentences;

/// The level of such a line.
const SET_OFF: u8 = 3;
/// … and of an entry of a catalog, below all other headings.
const ENTRY: u8 = 6;
/// More lines between two rules are no heading.
const MAX_RULED: usize = 3;

impl Scan<'_, '_, '_> {
    /// Opens a section under such a line, and keeps what it tells besides its name; gives the number of units taken.
    pub(super) fn set_off(&mut self, at: usize) -> Option<usize> {
        if let Some(lines) = self.ruled_lines(at) {
            let (first, last) = (self.unit(at)?.span.clone(), self.unit(at + lines - 1)?.span.clone());
            self.open(SET_OFF, first.start..last.end);
            for line in at + 1..at + lines {
                let span = self.unit(line)?.span.clone();
                self.builder.paragraph(span);
            }
            return Some(lines + 1);
        }
        if let Some((level, words)) = self.underlined(at) {
            self.open(level, words);
            return Some(2);
        }
        if let Some(taken) = self.labelled(at) {
            return Some(taken);
        }
        if let Some(words) = self.signed(at) {
            self.open(PLAIN, words);
            return Some(1);
        }
        if let Some(name) = self.ranked(at) {
            self.open(PLAIN, name);
            let mut line = at + 2;
            while let Some(span) = self.below_name(line).filter(|_| line < at + 2 + MAX_BELOW_NAME) {
                self.builder.paragraph(span);
                line += 1;
            }
            return Some(line - at);
        }
        if let Some((head, told)) = self.run_in_entry(at).filter(|_| self.marks.entries) {
            self.open(ENTRY, head);
            self.builder.paragraph(told);
            return Some(1);
        }
        let (level, taken) = if self.is_ruled_off(at) {
            (SET_OFF, 2)
        } else if self.is_coded(at) {
            (SET_OFF, 1)
        } else if self.is_entry(at) {
            (ENTRY, 1)
        } else {
            return None;
        };
        let span = self.unit(at)?.span.clone();
        self.open(level, span.clone());
        match &self.unit(at)?.shape {
            Shape::Row(cells) if level == ENTRY => {
                let row = row(cells, &[]);
                self.builder.table(None, row.into_iter().collect());
            }
            _ => self.builder.paragraph(span),
        }
        Some(taken)
    }

    /// "CODE   NAME OF THE PROGRAM": a line of two cells, all in capitals, that stands alone above rows, lines or text.
    fn is_coded(&self, at: usize) -> bool {
        let (Some(unit), Some((code, name))) = (self.unit(at), self.lone_pair(at)) else { return false };
        let (code, name) = (self.builder.slice(&code), self.builder.slice(&name));
        let lower = |words: &str| words.contains(char::is_lowercase);
        unit.lines == 1
            && !self.builder.slice(&unit.span).contains(':')
            && !code.contains(char::is_whitespace)
            && !lower(code)
            && !lower(name)
            && (name.split_whitespace().count() >= 2 || code.bytes().all(|byte| byte.is_ascii_digit()))
            && name.chars().filter(|c| c.is_alphabetic()).count() > 5
    }

    /// "3.1 Purpose", "1. HOW TO APPLY" above a rule: its level and its words.
    fn underlined(&self, at: usize) -> Option<(u8, Span)> {
        let (unit, below) = (self.unit(at)?, self.unit(at + 1)?);
        let sign = match below.shape {
            Shape::Rule(sign @ ('=' | '-' | '~' | '*' | '─' | '═')) if below.gap == 0 => sign,
            _ => return None,
        };
        let words = match &unit.shape {
            Shape::Outline(_, words) | Shape::Bullet(Marker::Number(_), words) => words.clone(),
            _ => return None,
        };
        let heads = self.headings && unit.lines == 1 && self.unit(at + 2).is_some();
        let level = if matches!(sign, '=' | '═') { 2 } else { 3 };
        (heads && shapes::is_heading_like(self.builder.slice(&words), self.builder.rules))
            .then_some((level, words))
    }

    /// "▌ What it costs": a line that stands alone with a sign in front that several such lines have, and no list.
    fn signed(&self, at: usize) -> Option<Span> {
        let unit = self.unit(at)?;
        let signs = shapes::front_signs(self.words(unit)).filter(|_| self.headings && stands_alone(unit))?;
        if !self.marks.signs.contains(signs) {
            return None;
        }
        let words = self.builder.trim(unit.span.start + signs.len()..unit.span.end);
        shapes::is_heading_like(self.builder.slice(&words), self.builder.rules).then_some(words)
    }

    /// "#3", and below it "Name of the school", in a page that counts them: the name.
    pub(super) fn ranked(&self, at: usize) -> Option<Span> {
        self.rank(at).filter(|_| self.headings && self.marks.ranked)?;
        self.unit(at + 1).filter(|name| self.heading_like(name)).map(|name| name.span.clone())
    }

    /// The number of a line that holds nothing else.
    pub(super) fn rank(&self, at: usize) -> Option<u32> {
        let unit = self.unit(at).filter(|unit| unit.is_line())?;
        let words = self.words(unit);
        let bare = words.strip_prefix('#');
        let figure = bare.unwrap_or(words).trim_end_matches('.').parse::<u32>().ok();
        figure.filter(|figure| *figure < 1000 && (unit.gap > 0 || bare.is_some()))
    }

    /// Where a school is, or of which kind it is, before what is told of it in pairs of lines.
    fn below_name(&self, at: usize) -> Option<Span> {
        let figure = |at: usize| self.unit(at).is_some_and(|unit| is_figure(self.words(unit)));
        let unit = self.unit(at).filter(|unit| self.is_short(unit) && !figure(at) && !figure(at + 1))?;
        let apart = unit.gap == 0 || self.unit(at + 1).is_some_and(|below| below.gap > 0);
        (apart && self.words(unit).contains(", ") || figure(at + 2) || self.opens_box(at + 1))
            .then(|| unit.span.clone())
    }

    /// How many lines stand between two rules that are one heading: "NAME OF THE PROGRAM", and below it its degree.
    fn ruled_lines(&self, at: usize) -> Option<usize> {
        let rule = |unit: Option<&Unit>| unit.is_some_and(|unit| matches!(unit.shape, Shape::Rule(_)));
        let above = at.checked_sub(1).and_then(|above| self.unit(above));
        let lines = self.units.get(at..)?.iter().take(MAX_RULED + 1);
        let lines = lines.take_while(|unit| unit.gap == 0 && self.is_short(unit)).count();
        let below = self.unit(at + lines);
        let fits = (2..=MAX_RULED).contains(&lines) && below.is_some_and(|below| below.gap == 0);
        (self.headings && fits && rule(above) && rule(below)).then_some(lines)
    }

    /// "ABC 101  Name of the course  3 cr.", and right below it what is said of the course: an entry of a catalog, not a row of a table.
    fn is_entry(&self, at: usize) -> bool {
        let (Some(unit), Some(below)) = (self.unit(at), self.unit(at + 1)) else { return false };
        let starts = |unit: &Unit| begins_with_code(self.words(unit));
        self.headings
            && unit.lines == 1
            && matches!(unit.shape, Shape::Row(_) | Shape::Text)
            && starts(unit)
            && below.gap == 0
            && !starts(below)
            && (below.indent > unit.indent
                || matches!(below.shape, Shape::KeyValue(..))
                || self.is_running(below))
    }

    /// "ABC 101 NAME OF THE COURSE (3). What it is about …": the head of such a paragraph and what is told below it.
    pub(super) fn run_in_entry(&self, at: usize) -> Option<(Span, Span)> {
        let unit = self.unit(at).filter(|unit| unit.shape == Shape::Text && self.headings)?;
        let words = self.words(unit);
        let mut found =
            begins_with_code(words).then(|| sentences(words, &self.builder.rules.abbreviations))?;
        // "ABC 101. Name of the course": the code is no sentence.
        if let [code, name, ..] = found.as_mut_slice()
            && words.get(code.clone()).is_some_and(|code| code.split_whitespace().count() <= 2)
        {
            name.start = code.start;
            found.remove(0);
        }
        let (first, last) = (found.first()?, found.last().filter(|_| found.len() > 1)?);
        let head = words.get(first.clone())?;
        let bare = head.trim_end_matches('.');
        let fits = bare.split_whitespace().count() <= 14
            && !shapes::is_bare_sentence(bare, self.builder.rules)
            && (shapes::is_caps(bare) || shapes::is_title_case(bare));
        let at = |place: usize| unit.span.start + place;
        fits.then(|| (at(first.start)..at(first.start) + bare.len(), at(first.end)..at(last.end)))
    }

    /// "CODE   Name of the program   66 credits" or "PROGRAM: its name" between two rules.
    fn is_ruled_off(&self, at: usize) -> bool {
        let rule = |unit: Option<&Unit>| unit.is_some_and(|unit| matches!(unit.shape, Shape::Rule(_)));
        let above = at.checked_sub(1).and_then(|above| self.unit(above));
        let Some(unit) = self.unit(at).filter(|unit| unit.lines == 1) else { return false };
        let close = unit.gap == 0 && self.unit(at + 1).is_some_and(|below| below.gap == 0);
        let below = |row: bool| {
            self.unit(at + 2).is_some_and(|below| {
                !(matches!(below.shape, Shape::Rule(_)) || row && matches!(below.shape, Shape::Row(_)))
            })
        };
        // A header between two rules has rows below it.
        let heads = match unit.shape {
            Shape::Row(_) => below(true),
            Shape::KeyValue(..) => below(false),
            _ => false,
        };
        heads && close && rule(above) && rule(self.unit(at + 1))
    }
}

/// So many lines at most stand between a school's name and what is told of it.
const MAX_BELOW_NAME: usize = 3;

/// A line of text apart from what is above it.
pub(super) fn stands_alone(unit: &Unit) -> bool {
    unit.is_line() && unit.gap > 0
}
