//! What a file of the corpus folder becomes: a document of sections, blocks and passages, each with the bytes
//! and lines it covers in the file. Plain data; parsing lives beside it, ranking elsewhere.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::original::Original;

/// Half-open byte range in a document's text, from 0; both ends stand on character boundaries.
pub type Span = Range<usize>;

/// A passage is at most this many characters; longer text becomes several passages.
pub const MAX_PASSAGE_CHARS: usize = 1_000;

/// One file of the corpus folder, understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Path below the corpus folder, with `/` between its parts.
    pub path: String,
    /// What the file calls itself: front matter, first heading, or else its first line.
    pub title: String,
    /// What stands above its name, if anything: its school, the office that issues it, its site.
    pub banner: Option<String>,
    /// Name of the source, from front matter or a "Source: …" line.
    pub source: Option<String>,
    /// Address of the source.
    pub url: Option<String>,
    /// Date of the source as the file writes it (`2014-05-01`).
    pub date: Option<String>,
    /// Front matter `kind` (program, occupation, certification …), if given.
    pub kind: Option<String>,
    /// Front matter `level` (certificate, associate, bachelor …), if given.
    pub level: Option<String>,
    /// Front matter `field` (health, business …), if given.
    pub field: Option<String>,
    /// What spans are offsets into: the whole file, unchanged (a byte order mark included), or the text that was taken
    /// out of it.
    pub text: String,
    /// The file, where the text was taken out of it; the way back to its bytes.
    pub original: Option<Original>,
    /// In reading order; section 0 is the document itself (its heading is the title, its parent `None`).
    pub sections: Vec<Section>,
    /// In reading order.
    pub blocks: Vec<Block>,
    /// In reading order; a list's own passage stands before those of its items.
    pub passages: Vec<Passage>,
}

/// A heading and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The heading's words, without markup.
    pub heading: String,
    /// Index of the enclosing section in [`Document::sections`]; `None` for section 0 only.
    pub parent: Option<usize>,
    /// Where the heading's words stand; empty (`0..0`) when the title is not in the file.
    pub span: Span,
}

/// What kind of block a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// Items under an optional lead-in line.
    List,
    /// `Key: value` rows.
    KeyValue,
    /// Rows of cells, usually under a header row.
    Table,
    /// A question and the text that answers it.
    QuestionAnswer,
}

/// A paragraph, a whole list, a run of key-value rows, a table, or a question with its answer: the unit of context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Index in [`Document::sections`].
    pub section: usize,
    /// Everything it covers, its lead-in included.
    pub span: Span,
    /// Its lead-in: the line above a list, the question above an answer, the header row of a table.
    pub lead: Option<Span>,
    /// Its passages, as a range of indexes into [`Document::passages`].
    pub passages: Range<usize>,
}

/// What kind of passage a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PassageKind {
    /// One sentence of a paragraph or of an answer.
    Sentence,
    /// A whole list with its lead-in, or as many of its items as fit in [`MAX_PASSAGE_CHARS`].
    List,
    /// One item of a list.
    Item,
    /// One `Key: value` row.
    KeyValue,
    /// One table row.
    Row,
}

impl PassageKind {
    /// Whether it is a row, of a table or of keys with their values.
    pub fn is_row(self) -> bool {
        matches!(self, Self::Row | Self::KeyValue)
    }
}

/// The unit of an answer: what can be quoted as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// Index in [`Document::blocks`].
    pub block: usize,
    /// Index in [`Document::sections`].
    pub section: usize,
    /// What is quoted: no surrounding white space, no bullet of its own at the start.
    pub span: Span,
    /// First and last line of the file, inclusive, from 1.
    pub lines: (u32, u32),
    /// A list's items, a row's cells, the one value of a key-value row; empty for sentences and items, except
    /// that an item which is itself `Key: value` has one part.
    pub parts: Vec<Part>,
}

/// A list item, a table cell or a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its key or its column's header, when it has one.
    pub label: Option<Span>,
    /// Its words, without bullet, key or cell marks.
    pub value: Span,
}

/// Something wrong with a file: it is reported, and the rest is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Path below the corpus folder.
    pub path: String,
    /// Line from 1, when the problem has one.
    pub line: Option<u32>,
    /// What is wrong, and what to do about it; one sentence each.
    pub message: String,
    /// Whether the file was left out because of it (else it is served all the same).
    pub skipped: bool,
}

impl Document {
    /// The text of a span; empty if the span is not one of this document's.
    pub fn slice(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// The name of its file, without folders and ending.
    pub fn file_stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The whole file, unchanged.
    pub fn file(&self) -> &str {
        self.original.as_ref().map_or(&self.text, |original| &original.text)
    }

    /// The bytes of the file that a span stands for.
    pub fn in_file(&self, span: &Span) -> Span {
        self.original.as_ref().map_or_else(|| span.clone(), |original| original.in_file(span))
    }

    /// What is quoted of a span: the file's own bytes.
    pub fn quote(&self, span: &Span) -> &str {
        self.file().get(self.in_file(span)).unwrap_or_default()
    }

    /// Title › heading › heading of a section.
    pub fn breadcrumb(&self, section: usize) -> Vec<String> {
        let mut trail = Vec::new();
        let mut next = Some(section);
        while let Some(section) = next.and_then(|index| self.sections.get(index)) {
            trail.push(section.heading.clone());
            // A parent always stands before its child; anything else would loop.
            next = section.parent.filter(|parent| Some(*parent) < next);
        }
        trail.reverse();
        trail
    }
}
