//! The text of a page while it is written: white space as a browser shows it, references read, and for each piece the
//! bytes of the file that it stands for. It knows nothing of tags.

use std::ops::Range;

use super::events::reference;
use crate::corpus::model::Span;
use crate::corpus::original::Run;

/// White space that is due before the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    Nothing,
    /// As it stands in the file.
    Space(u32, u32),
    /// Between blocks, items, cells: not in the file, or not as it is shown.
    Mark(&'static str),
}

/// A text with its way back.
#[derive(Debug)]
pub(super) struct Text<'a> {
    file: &'a str,
    pub(super) written: String,
    pub(super) runs: Vec<Run>,
    due: Due,
    /// Where the words since the last [`Text::take`] begin.
    start: Option<usize>,
    /// A tag stands before the next word.
    seam: bool,
    /// Whether some of them stand outside of bold text, or of links.
    plain: bool,
    unlinked: bool,
}

/// Words that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub span: Span,
    /// All of them are bold.
    pub bold: bool,
    /// All of them are links.
    pub linked: bool,
}

/// How the words that are being written are set.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style {
    pub bold: bool,
    pub linked: bool,
    /// Line ends are line ends.
    pub preformatted: bool,
}

impl<'a> Text<'a> {
    pub(super) fn new(file: &'a str) -> Self {
        Self {
            file,
            written: String::new(),
            runs: Vec::new(),
            due: Due::Nothing,
            start: None,
            seam: false,
            plain: false,
            unlinked: false,
        }
    }

    /// Bytes of the file, as text.
    pub(super) fn push(&mut self, bytes: &Range<u32>, style: Style) {
        let mut at = bytes.start;
        while let Some(rest) = self.file.get(at as usize..bytes.end as usize).filter(|rest| !rest.is_empty())
        {
            let Some(first) = rest.chars().next() else { break };
            let length = if first.is_whitespace() {
                let length = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
                let lines = style.preformatted && rest.get(..length).is_some_and(|gap| gap.contains('\n'));
                self.gap(at..at + length as u32, lines);
                length
            } else if let Some((read, length)) = reference(rest) {
                if read.chars().all(char::is_whitespace) {
                    self.gap(at..at + length as u32, false);
                } else {
                    self.word(&read, at..at + length as u32, style);
                }
                length
            } else {
                // A sign that begins no reference is a word like any other.
                let sign = first.len_utf8();
                let tail = rest.get(sign..).unwrap_or_default();
                let length = sign + tail.find(|c: char| c.is_whitespace() || c == '&').unwrap_or(tail.len());
                self.word(rest.get(..length).unwrap_or_default(), at..at + length as u32, style);
                length
            };
            at += length as u32;
        }
    }

    fn gap(&mut self, file: Range<u32>, line: bool) {
        match self.due {
            Due::Mark(_) => {}
            _ if line => self.due = Due::Mark("\n"),
            Due::Nothing => self.due = Due::Space(file.start, file.end),
            Due::Space(start, _) => self.due = Due::Space(start, file.end),
        }
    }

    fn word(&mut self, words: &str, file: Range<u32>, style: Style) {
        let due = std::mem::replace(&mut self.due, Due::Nothing);
        match due {
            Due::Space(start, end) if self.start.is_some() => self.run(" ", (start, end)),
            Due::Mark(mark) if !self.written.is_empty() => self.run(mark, (file.start, file.start)),
            Due::Nothing if self.seam && self.start.is_some() && self.is_glued(words) => {
                self.run(" ", (file.start, file.start));
            }
            _ => {}
        }
        self.seam = false;
        self.start.get_or_insert(self.written.len());
        self.plain |= !style.bold;
        self.unlinked |= !style.linked;
        self.run(words, (file.start, file.end));
    }

    /// A tag begins or ends.
    pub(super) fn seam(&mut self) {
        self.seam = true;
    }

    /// Whether no words were written since the last [`Text::take`].
    pub(super) fn is_empty(&self) -> bool {
        self.start.is_none()
    }

    /// "94%" and "Job placement", "Credits" and "88": what a page sets apart though no space does.
    fn is_glued(&self, words: &str) -> bool {
        let Some(last) = self.written.chars().next_back() else { return false };
        let mut letters = words.chars();
        let next = letters.next();
        let figure = next.is_some_and(|next| next.is_ascii_digit());
        let capital = next.is_some_and(char::is_uppercase);
        // "H", "2" and "O" are one word.
        let word = capital && letters.next().is_some_and(char::is_lowercase);
        last.is_lowercase() && (capital || figure) || (last.is_ascii_digit() || last == '%') && word
    }

    fn run(&mut self, text: &str, file: (u32, u32)) {
        let Ok(at) = u32::try_from(self.written.len()) else { return };
        // What goes on as it stands in the file needs no run of its own.
        let follows = self.runs.last().is_some_and(|last| {
            last.file.1 == file.0
                && last.file.1 - last.file.0 == at - last.at
                && file.1 - file.0 == text.len() as u32
        });
        match self.runs.last_mut() {
            Some(last) if follows => last.file.1 = file.1,
            _ => self.runs.push(Run { at, file }),
        }
        self.written.push_str(text);
    }

    /// A line ends within a block, an item or a cell.
    pub(super) fn line_end(&mut self) {
        if self.start.is_some() {
            self.due = Due::Mark("\n");
        }
    }

    /// The words since the last call; `mark` parts them from what follows.
    pub(super) fn take(&mut self, mark: &'static str) -> Option<Words> {
        let (plain, unlinked) = (std::mem::take(&mut self.plain), std::mem::take(&mut self.unlinked));
        self.due = Due::Mark(mark);
        let start = self.start.take()?;
        Some(Words { span: start..self.written.len(), bold: !plain, linked: !unlinked })
    }

    /// Changes what parts the words taken last from those that follow.
    pub(super) fn part_by(&mut self, mark: &'static str) {
        if self.start.is_none() {
            self.due = Due::Mark(mark);
        }
    }
}
