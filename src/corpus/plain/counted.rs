//! Lists of lines without bullets, and lists among them whose heads count what stands below: "Core courses (18 credits)".

use super::super::listing::Item;
use super::super::shapes;
use super::part_of;
use super::scan::Scan;

impl Scan<'_, '_, '_> {
    /// Lines of a list, or of several: "Core courses (18 credits)" heads the lines below it that count nothing.
    pub(super) fn emit_lines(&mut self, start: usize, end: usize) {
        if let Some(rows) = self.figured_pairs(start, end) {
            return self.builder.key_values(rows);
        }
        if !self.has_counted_heads(start, end) {
            return self.emit_list(start, end);
        }
        let mut at = start;
        while at < end {
            let next = (at + 1..end).find(|index| self.is_counted(*index)).unwrap_or(end);
            if next > at + 2
                && let Some(head) = self.unit(at).map(|unit| unit.span.clone())
            {
                self.builder.paragraph(head);
                self.emit_list(at + 1, next);
                at = next;
                continue;
            }
            // Heads without lines of their own stand together.
            let mut last = next;
            while last < end {
                let more = (last + 1..end).find(|index| self.is_counted(*index)).unwrap_or(end);
                if more > last + 2 {
                    break;
                }
                last = more;
            }
            self.emit_list(at, last);
            at = last;
        }
    }

    /// Whether the first line counts what the lines below it are, as others may do.
    pub(super) fn has_counted_heads(&self, start: usize, end: usize) -> bool {
        let mut heads = (start..end).filter(|at| self.is_counted(*at)).peekable();
        let first = heads.peek() == Some(&start);
        let rest: Vec<usize> = heads.chain([end]).collect();
        let parents = rest.windows(2).filter(|pair| matches!(pair, [one, next] if *next > one + 2)).count();
        let named = self
            .unit(start)
            .is_some_and(|unit| shapes::has_heading_word(self.words(unit), self.builder.rules));
        first && parents >= if named { 1 } else { 2 } && rest.get(1).is_some_and(|next| *next > start + 2)
    }

    /// A line with a figure and its unit in brackets at its end.
    fn is_counted(&self, at: usize) -> bool {
        let words = self.unit(at).map(|unit| self.words(unit)).unwrap_or_default();
        let inner = words.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
        inner.is_some_and(|(_, inner)| {
            inner.starts_with(|c: char| c.is_ascii_digit()) && inner.split_whitespace().count() >= 2
        })
    }

    pub(super) fn emit_list(&mut self, start: usize, end: usize) {
        let spans = self.units.iter().take(end).skip(start).map(|unit| unit.span.clone());
        let items = spans.map(|span| Item { part: part_of(self.builder, &span), span }).collect();
        let lead = self.builder.lead_in();
        self.builder.list(lead, items);
    }
}
