//! Lines with cells or a key that head what stands below them because they stand between two rules, or alone in capitals. It reads no
//! other headings; those are `scan`'s.

use super::scan::Scan;
use super::units::{Shape, Unit};

/// The level of such a line.
const SET_OFF: u8 = 3;

impl Scan<'_, '_, '_> {
    /// Opens a section under such a line, and keeps what it tells besides its name; gives the number of units taken.
    pub(super) fn set_off(&mut self, at: usize) -> Option<usize> {
        let taken = if self.is_ruled_off(at) {
            2
        } else if self.is_coded(at) {
            1
        } else {
            return None;
        };
        let span = self.unit(at)?.span.clone();
        self.open(SET_OFF, span.clone());
        self.builder.paragraph(span);
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
            && name.split_whitespace().count() >= 2
            && name.chars().filter(|c| c.is_alphabetic()).count() > 6
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
