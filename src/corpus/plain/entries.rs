//! Entries of a catalog, one below another: "ABC 101 Name of the course" with what is said of it. Each has a section of its own, which
//! `set_off` opens; what they head together is a list, and only that is told here.

use super::super::model::Span;
use super::scan::Scan;
use super::units::{Shape, Unit};
use crate::text::begins_with_code;

/// Fewer entries are no list.
const LEAST: usize = 2;

impl Scan<'_, '_, '_> {
    /// Emits the list of the entries that begin at a unit, unless they are part of one already.
    pub(super) fn list_entries(&mut self, at: usize) {
        if at < self.listed || !self.headings {
            return;
        }
        let (mut texts, mut described, mut end) = (Vec::new(), 0, at);
        while let Some((text, head, next)) =
            self.entry(end).filter(|_| end == at || self.stands_near(at, end))
        {
            described += usize::from(text.end > head.end);
            texts.push((text, head));
            end = next;
        }
        // What is no list here is none from its second line on either.
        self.listed = self.listed.max(end);
        if texts.len() >= LEAST && described > 0 {
            self.builder.heads(&texts);
        }
    }

    /// Whether an entry stands no further from the one above it than the first one's neighbours do.
    fn stands_near(&self, first: usize, at: usize) -> bool {
        let indent = |at: usize| self.unit(at).map(|unit| unit.indent);
        indent(first) == indent(at) && self.unit(at).is_some_and(|unit| unit.gap <= 1)
    }

    /// An entry with all that is said of it, its head, and the unit behind it.
    fn entry(&self, at: usize) -> Option<(Span, Span, usize)> {
        if let Some((head, told)) = self.run_in_entry(at).filter(|_| self.marks.entries) {
            return Some((head.start..told.end, head, at + 1));
        }
        let coded = |unit: &&Unit| {
            unit.is_one_line()
                && matches!(unit.shape, Shape::Row(_) | Shape::Text)
                && begins_with_code(self.words(unit))
        };
        let unit = self.unit(at).filter(coded)?;
        let told = |below: &&Unit| {
            below.gap == 0 && !coded(below) && (below.indent > unit.indent || self.is_running(below))
        };
        let below = self.units.get(at + 1..)?;
        let lines = below.iter().take_while(told).count();
        let end = below.iter().take(lines).next_back().map_or(unit.span.end, |last| last.span.end);
        Some((unit.span.start..end, unit.span.clone(), at + 1 + lines))
    }
}
