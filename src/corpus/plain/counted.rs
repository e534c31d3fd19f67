//! Lists of lines without bullets, and lists among them whose heads count what stands below: "Core courses (18 credits)".

use super::super::builder::Row;
use super::super::listing::Item;
use super::super::shapes;
use super::part_of;
use super::scan::{INSIDE, Scan};

impl Scan<'_, '_, '_> {
    /// Lines of a list, or of several: "Core courses (18 credits)" heads the lines below it that count nothing.
    pub(super) fn emit_lines(&mut self, start: usize, end: usize) {
        if let Some(rows) = self.counted_pairs(start, end).or_else(|| self.figured_pairs(start, end)) {
            return self.builder.key_values(rows);
        }
        // "Fall 2025", and below it what is due and when, in turn.
        let head = self
            .unit(start)
            .filter(|unit| self.headings && self.heading_like(unit))
            .map(|unit| unit.span.clone());
        if let Some((head, rows)) = head.zip(self.figured_pairs(start + 1, end)) {
            self.open(INSIDE, head);
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

    /// "Year 2" below the heading "Year 1", or below that line, which heads the others.
    pub(super) fn counts_on(&self, start: usize, at: usize) -> bool {
        let own = self.unit(at).and_then(|unit| counted(self.words(unit)));
        let first = self.unit(start).map(|unit| self.words(unit)).unwrap_or_default();
        let mut above = [self.builder.heading_now(), first].into_iter().filter_map(counted);
        self.headings && own.is_some_and(|own| above.any(|above| follows(&above, &own)))
    }

    /// "Year 2".
    pub(super) fn is_counted_head(&self, at: usize) -> bool {
        self.unit(at).is_some_and(|unit| counted(self.words(unit)).is_some())
    }

    /// "Year 1", and below it what is taught, "Year 2" …: rows of keys that count on.
    fn counted_pairs(&self, start: usize, end: usize) -> Option<Vec<Row>> {
        let lines = self.in_pairs(start, end)?;
        let keys: Option<Vec<_>> = lines.iter().step_by(2).map(|unit| counted(self.words(unit))).collect();
        keys?.windows(2).all(|pair| follows(&pair[0], &pair[1])).then(|| self.pair_rows(lines))
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

/// "Year 2": a word, in small letters, and a number.
fn counted(words: &str) -> Option<(String, u32)> {
    let (word, number) = words.rsplit_once(' ')?;
    Some((word.to_lowercase(), number.parse().ok()?))
}

fn follows(above: &(String, u32), below: &(String, u32)) -> bool {
    above.0 == below.0 && above.1.checked_add(1) == Some(below.1)
}
