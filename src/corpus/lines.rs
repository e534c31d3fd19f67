//! The lines of a file, and the line of a byte. LF, CRLF and CR end a line, in any mixture; U+2028 does not.

use super::model::Span;

/// Where each line stands, without its line end.
#[derive(Debug)]
pub(super) struct Lines {
    ranges: Vec<Span>,
}

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut ranges = Vec::new();
        // A byte order mark belongs to no line.
        let mut start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut at = start;
        while let Some(byte) = bytes.get(at) {
            let width = match (byte, bytes.get(at + 1)) {
                (b'\r', Some(b'\n')) => 2,
                (b'\r' | b'\n', _) => 1,
                _ => {
                    at += 1;
                    continue;
                }
            };
            ranges.push(start..at);
            at += width;
            start = at;
        }
        if start < bytes.len() {
            ranges.push(start..bytes.len());
        }
        Self { ranges }
    }

    /// The lines' ranges, in order.
    pub(super) fn ranges(&self) -> &[Span] {
        &self.ranges
    }

    /// Index of the line that holds a byte, from 0.
    pub(super) fn index(&self, byte: usize) -> usize {
        self.ranges.partition_point(|range| range.start <= byte).saturating_sub(1)
    }

    /// Number of the line that holds a byte, from 1.
    pub(super) fn number(&self, byte: usize) -> u32 {
        u32::try_from(self.index(byte) + 1).unwrap_or(u32::MAX)
    }

    /// First and last line of a span, from 1.
    pub(super) fn of(&self, span: &Span) -> (u32, u32) {
        (self.number(span.start), self.number(span.end.saturating_sub(1).max(span.start)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let lines = Lines::new(text);
        let found: Vec<&str> =
            lines.ranges().iter().map(|range| text.get(range.clone()).expect("a range")).collect();
        assert_eq!(found, expected, "{text:?}");
        for (index, range) in lines.ranges().iter().enumerate() {
            assert_eq!(lines.number(range.start) as usize, index + 1, "{text:?}");
        }
    }

    #[test]
    fn every_line_end_counts_once() {
        check("", &[]);
        check("a", &["a"]);
        check("a\nb\n", &["a", "b"]);
        check("a\r\nb\r\n", &["a", "b"]);
        check("a\rb\rc", &["a", "b", "c"]);
        check("a\n\rb\r\n\nc", &["a", "", "b", "", "c"]);
        check("\u{feff}a\nb", &["a", "b"]);
        check("a\u{2028}b\u{85}c\nd", &["a\u{2028}b\u{85}c", "d"]);
    }
}
