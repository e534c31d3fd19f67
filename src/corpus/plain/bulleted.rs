//! Bullets that are no items of a list: they head what stands below them, because it is their text, their rows, or the answer to what
//! they ask.

use super::super::builder::ends_with_colon;
use super::super::bullets::Marker;
use super::super::model::Span;
use super::super::shapes;
use super::scan::{INSIDE, PLAIN, Scan};
use super::units::{Shape, Unit};

/// The level of a bullet in capitals that heads.
const CAPITALS: u8 = 4;

impl Scan<'_, '_, '_> {
    /// Opens a section or a question where a bullet heads what follows; gives the number of units taken.
    pub(super) fn heads_as_bullet(&mut self, at: usize) -> Option<usize> {
        if self.numbered_name(at) {
            // "Master of Science" between the name and its rows is told of it.
            let below = self.unit(at + 1).filter(|below| below.is_line()).map(|below| below.span.clone());
            let rows = self
                .unit(at + 2)
                .is_some_and(|row| row.gap == 0 && matches!(row.shape, Shape::KeyValue(..) | Shape::Row(_)));
            let told = below.filter(|_| rows);
            let taken = if told.is_some() { 2 } else { 1 };
            if let Some(span) = told {
                self.builder.paragraph(span);
            }
            return Some(taken);
        }
        let heads = self.numbered_part(at)
            || self.numbered_heading(at)
            || self.asking_bullet(at)
            || self.naming_bullet(at)
            || self.shouting_bullet(at);
        heads.then_some(1)
    }

    /// "1. Name of a school" right above lines that are no further in and no bullets, as others that count on from it.
    fn numbered_name(&mut self, at: usize) -> bool {
        let number = self.named_by_number(at).filter(|_| self.headings && self.marks.numbered);
        if let Some(number) = number {
            self.next_number = number + 1;
        }
        self.open_bullet(at, number.is_some(), PLAIN)
    }

    /// "2. NAME OF AN OCCUPATION" alone above headings of its own, as others that count on from it.
    fn numbered_part(&mut self, at: usize) -> bool {
        let number = self.part_number(at).filter(|_| self.headings && self.marks.parted);
        if let Some(number) = number {
            self.next_number = number + 1;
        }
        self.open_bullet(at, number.is_some(), CAPITALS)
    }

    /// The number of a bullet that stands alone and could head.
    pub(super) fn part_number(&self, at: usize) -> Option<u32> {
        let (unit, below) = (self.unit(at)?, self.unit(at + 1)?);
        let Shape::Bullet(Marker::Number(number), _) = unit.shape else { return None };
        let alone = (unit.gap > 0 || at == 0) && below.gap > 0;
        (alone && self.could_head(at)).then_some(number)
    }

    /// Whether the line below another one is a heading as well.
    pub(super) fn heads_headings(&self, at: usize) -> bool {
        let (Some(below), Some(next)) = (self.unit(at + 1), self.unit(at + 2)) else { return false };
        below.is_line()
            && self.heading_like(below)
            && (next.gap == 0 && self.is_running(next) || next.gap <= 1)
    }

    /// Opens a section under a bullet that heads.
    fn open_bullet(&mut self, at: usize, heads: bool, level: u8) -> bool {
        if let Some(Unit { shape: Shape::Bullet(_, words), .. }) = self.units.get(at).filter(|_| heads) {
            self.open(level, words.clone());
        }
        heads
    }

    /// A bullet of one line like a heading, right above what is no further in: its marker, its words, and what is below it.
    fn above_near(&self, at: usize) -> Option<(Marker, &str, &Unit)> {
        let (unit, below) = (self.unit(at)?, self.unit(at + 1)?);
        let Shape::Bullet(marker, words) = &unit.shape else { return None };
        let words = self.builder.slice(words);
        let near = unit.lines == 1 && below.gap == 0 && below.indent <= unit.indent;
        (near && shapes::is_heading_like(words, self.builder.rules)).then_some((*marker, words, below))
    }

    pub(super) fn named_by_number(&self, at: usize) -> Option<u32> {
        let (Marker::Number(number), words, below) = self.above_near(at)? else { return None };
        let told = matches!(below.shape, Shape::Text | Shape::KeyValue(..) | Shape::Row(_));
        let apart = self.unit(at).is_some_and(|unit| unit.gap > 0);
        (told && apart && !words.ends_with([':', '?'])).then_some(number)
    }

    /// "~ Name of an award" right above text that is no further in, as several bullets of a page: each heads its text.
    fn naming_bullet(&mut self, at: usize) -> bool {
        let heads = self.headings && self.marks.naming && self.names_text(at);
        self.open_bullet(at, heads, INSIDE)
    }

    pub(super) fn names_text(&self, at: usize) -> bool {
        self.above_near(at).is_some_and(|(marker, words, below)| {
            matches!(marker, Marker::Sign(_)) && self.is_running(below) && !words.contains(':')
        })
    }

    /// "+ Will I work nights?" above running text is a question with its answer, and so is "3. What does it cost?" above what stands
    /// further in.
    fn asking_bullet(&mut self, at: usize) -> bool {
        let asked = self.asked_in(at);
        if let Some(words) = &asked {
            self.builder.question(words.clone());
        }
        asked.is_some()
    }

    fn asked_in(&self, at: usize) -> Option<Span> {
        let (unit, below) = (self.unit(at)?, self.unit(at + 1)?);
        let Shape::Bullet(marker, words) = &unit.shape else { return None };
        let further_in = matches!(marker, Marker::Number(_)) && below.indent > unit.indent;
        let answered = below.gap <= 1 && (matches!(below.shape, Shape::Text) || further_in);
        (answered && self.builder.slice(words).trim_end().ends_with('?')).then(|| words.clone())
    }

    /// "• TUITION AT A GLANCE" apart from what is above it, among bullets that do not shout.
    fn shouting_bullet(&mut self, at: usize) -> bool {
        let heads = self.headings && self.marks.shouting && self.shouts(at);
        self.open_bullet(at, heads, CAPITALS)
    }

    pub(super) fn shouts(&self, at: usize) -> bool {
        let (Some(unit), Some(below)) = (self.unit(at), self.unit(at + 1)) else { return false };
        let Shape::Bullet(Marker::Sign(_), words) = &unit.shape else { return false };
        let (words, alone) = (self.builder.slice(words), unit.lines == 1 && (unit.gap > 0 || at == 0));
        let fits =
            words.split_whitespace().count() >= 2 && shapes::is_heading_like(words, self.builder.rules);
        alone && fits && shapes::is_caps(words) && !matches!(below.shape, Shape::Rule(_))
    }

    /// Whether a bullet inside a list begins something else.
    pub(super) fn heads_inside(&self, at: usize) -> bool {
        let part = || self.marks.parted && self.part_number(at).is_some();
        self.headings && (part() || self.marks.shouting && self.shouts(at) || self.asked_in(at).is_some())
    }

    /// `2. Words` above running text, counted on from the last such heading.
    fn numbered_heading(&mut self, at: usize) -> bool {
        let Some(Unit { shape: Shape::Bullet(marker, words), .. }) = self.units.get(at) else { return false };
        if !self.could_head(at) {
            return false;
        }
        let counted = matches!(marker, Marker::Number(number) if *number == self.next_number);
        let arrow = matches!(marker, Marker::Sign(_));
        let alone = self.unit(at + 1).is_some_and(|below| {
            self.is_running(below)
                || matches!(below.shape, Shape::Outline(..))
                || self.heads_rows(at)
                || self.heads_table(at)
                || self.marks.ranking && self.part_number(at).is_some()
                || (arrow && !matches!(below.shape, Shape::Bullet(..)))
        });
        if !counted && !alone {
            return false;
        }
        if let Marker::Number(number) = marker {
            // The first number needs text below it; later ones follow from it.
            if *number == 1 && !alone {
                return false;
            }
            self.next_number = number + 1;
        }
        self.open(PLAIN, words.clone());
        true
    }

    /// Whether rows stand right below a bullet and nothing of its list does: "1. Name", "Fee: …", "Length: …".
    fn heads_rows(&self, at: usize) -> bool {
        let rows = self.units.iter().skip(at + 1).take(2);
        rows.filter(|row| row.gap == 0 && matches!(row.shape, Shape::KeyValue(..))).count() == 2
    }

    /// Whether a table stands below a bullet, apart from it.
    fn heads_table(&self, at: usize) -> bool {
        let rows = self.units.iter().skip(at + 1).take(3);
        rows.filter(|row| matches!(row.shape, Shape::Row(_))).count() >= 2
            && self.unit(at + 1).is_some_and(|row| row.gap > 0)
    }

    /// Whether a bullet could be the number of a heading: one line, with something else below it.
    pub(super) fn could_head(&self, at: usize) -> bool {
        let (Some(unit), Some(below)) = (self.unit(at), self.unit(at + 1)) else { return false };
        let Shape::Bullet(Marker::Number(_) | Marker::Letter(_) | Marker::Sign('»'), words) = &unit.shape
        else {
            return false;
        };
        let text = self.builder.slice(words);
        self.headings
            && unit.lines == 1
            && shapes::is_heading_like(text, self.builder.rules)
            && !ends_with_colon(text)
            && !matches!(below.shape, Shape::Rule(_) | Shape::Bullet(Marker::Number(_), _))
    }
}
