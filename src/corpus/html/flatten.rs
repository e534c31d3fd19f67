//! From tags and texts to the pieces of a page: headings, texts, lists, pairs, tables, each as places of one readable
//! text. Tags may be unclosed, misnested or nested to any depth. What a piece means is decided in `assemble`.

use super::events::{Event, Marks};
use super::frames::{Frames, Piece};
use super::tags::Tag;
use super::text::{Style, Text};

/// Elements within elements that are told apart; deeper ones are read as if they stood here.
const MAX_DEPTH: usize = 200;

/// Which part of a page is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// `main`, or what has that role.
    Main,
    /// All articles.
    Articles,
    /// Everything but menus, footers and the like.
    Body,
    /// Also what has only the class of such.
    Everything,
}

/// An element that is open.
#[derive(Debug, Clone, Copy)]
struct Open {
    tag: Tag,
    /// It began what is read.
    begins: bool,
    /// It began what is left out.
    leaves_out: bool,
}

struct Reader<'a> {
    scope: Scope,
    text: Text<'a>,
    frames: Frames,
    open: Vec<Open>,
    /// How many open elements began what is read, and what is left out.
    read: usize,
    left_out: usize,
    bold: usize,
    anchors: usize,
    preformatted: usize,
}

/// A page's readable text and its pieces, in order.
pub(super) fn flatten<'a>(file: &'a str, events: &[Event], scope: Scope) -> (Text<'a>, Vec<Piece>) {
    let mut reader = Reader {
        scope,
        text: Text::new(file),
        frames: Frames::default(),
        open: Vec::new(),
        read: usize::from(matches!(scope, Scope::Body | Scope::Everything)),
        left_out: 0,
        bold: 0,
        anchors: 0,
        preformatted: 0,
    };
    for event in events {
        match event {
            Event::Open(tag, marks) => reader.enter(*tag, marks.as_deref()),
            Event::Close(tag) => reader.close(*tag),
            Event::Text(bytes) if reader.is_reading() => {
                let style = reader.style();
                reader.text.push(bytes, style);
            }
            Event::Text(_) => {}
        }
    }
    while let Some(top) = reader.open.pop() {
        reader.left(top);
    }
    let pieces = reader.frames.finish(&mut reader.text);
    (reader.text, pieces)
}

impl Reader<'_> {
    fn is_reading(&self) -> bool {
        self.read > 0 && self.left_out == 0
    }

    fn style(&self) -> Style {
        Style { bold: self.bold > 0, linked: self.anchors > 0, preformatted: self.preformatted > 0 }
    }

    fn enter(&mut self, tag: Tag, marks: Option<&Marks>) {
        let tag = self.button(tag, marks);
        self.close_implied(tag);
        let begins = match self.scope {
            Scope::Main => tag == Tag::Main || marks.is_some_and(|marks| marks.main),
            Scope::Articles => tag == Tag::Article,
            Scope::Body | Scope::Everything => false,
        };
        // The site's own head stands outside of articles; an article's head is its title.
        let site_head = tag == Tag::Header && self.scope == Scope::Body && !self.is_in(Tag::Article);
        let named = marks.is_some_and(|marks| marks.named_aside)
            && self.scope != Scope::Everything
            && !matches!(tag, Tag::Body | Tag::Main | Tag::Article);
        let leaves_out = matches!(tag, Tag::Skipped | Tag::Title | Tag::Aside)
            || site_head
            || named
            || marks.is_some_and(|marks| marks.aside) && tag != Tag::Body;
        if tag.is_void() {
            if self.is_reading() && !leaves_out {
                self.frames.void(tag, &mut self.text);
            }
            return;
        }
        // A paragraph closes by itself, and only its borders matter.
        if tag == Tag::Paragraph && !leaves_out {
            if self.is_reading() {
                self.frames.border(&mut self.text);
            }
            return;
        }
        if self.is_reading() && leaves_out && !tag.is_inline() && tag != Tag::Skipped {
            self.frames.border(&mut self.text);
        }
        if self.open.len() >= MAX_DEPTH {
            return;
        }
        self.open.push(Open { tag, begins, leaves_out });
        self.read += usize::from(begins);
        self.left_out += usize::from(leaves_out);
        if self.is_reading() {
            self.text.seam();
            self.frames.enter(tag, marks, &mut self.text);
        }
        match tag {
            Tag::Bold => self.bold += 1,
            Tag::Anchor => self.anchors += 1,
            Tag::Preformatted => self.preformatted += 1,
            _ => {}
        }
    }

    /// A button that opens a text is a heading, and one that is all of a heading is its words; others are no text.
    fn button(&self, tag: Tag, marks: Option<&Marks>) -> Tag {
        if tag != Tag::Button {
            return tag;
        }
        let headed = self.open.iter().any(|open| matches!(open.tag, Tag::Heading(_) | Tag::Summary));
        match headed {
            true if self.text.is_empty() => Tag::Button,
            false if marks.is_some_and(|marks| marks.opens) => Tag::Summary,
            _ => Tag::Skipped,
        }
    }

    /// An end tag closes the nearest element of its name, and all that were left open inside it.
    fn close(&mut self, tag: Tag) {
        if tag == Tag::Paragraph && self.is_reading() {
            self.frames.border(&mut self.text);
        }
        let stops = |open: &Open| {
            !tag.is_of_table() && open.tag.is_border() || tag.is_inline() && !open.tag.is_inline()
        };
        // A heading may be closed by the tag of another level.
        let same = |open: &Open| {
            open.tag == tag
                || matches!(
                    (open.tag, tag),
                    (Tag::Heading(_), Tag::Heading(_))
                        | (Tag::Cell(_), Tag::Cell(_))
                        | (Tag::Summary | Tag::Skipped, Tag::Button)
                )
        };
        let mut found = None;
        for (index, open) in self.open.iter().enumerate().rev() {
            if same(open) {
                found = Some(index);
                break;
            }
            if stops(open) {
                break;
            }
        }
        if let Some(index) = found {
            self.close_down_to(index);
        }
    }

    /// Items, rows and the like close those before them by beginning.
    fn close_implied(&mut self, tag: Tag) {
        let closes = |open: Tag| match tag {
            Tag::Item => open == Tag::Item,
            Tag::Key | Tag::Value => matches!(open, Tag::Key | Tag::Value),
            Tag::Cell(_) => matches!(open, Tag::Cell(_) | Tag::Caption),
            Tag::Row | Tag::Head => matches!(open, Tag::Row | Tag::Cell(_) | Tag::Caption | Tag::Head),
            Tag::Heading(_) => matches!(open, Tag::Heading(_)),
            _ => false,
        };
        let stops = |open: Tag| match tag {
            Tag::Item => matches!(open, Tag::List | Tag::Table | Tag::Cell(_)),
            Tag::Key | Tag::Value => matches!(open, Tag::Pairs | Tag::Table | Tag::Cell(_)),
            Tag::Cell(_) | Tag::Row | Tag::Head => open == Tag::Table,
            _ => !open.is_inline(),
        };
        // A row of the head does not close the head.
        let keeps = |open: Tag| tag == Tag::Row && open == Tag::Head;
        let mut found = None;
        for (index, open) in self.open.iter().enumerate().rev() {
            if closes(open.tag) && !keeps(open.tag) {
                found = Some(index);
            } else if stops(open.tag) || keeps(open.tag) {
                break;
            }
        }
        if let Some(index) = found {
            self.close_down_to(index);
        }
    }

    fn close_down_to(&mut self, index: usize) {
        while self.open.len() > index {
            let Some(top) = self.open.pop() else { break };
            self.left(top);
        }
    }

    fn left(&mut self, top: Open) {
        if self.is_reading() {
            self.text.seam();
            self.frames.leave(top.tag, &mut self.text);
        }
        self.read -= usize::from(top.begins);
        self.left_out -= usize::from(top.leaves_out);
        match top.tag {
            Tag::Bold => self.bold -= 1,
            Tag::Anchor => self.anchors -= 1,
            Tag::Preformatted => self.preformatted -= 1,
            _ => {}
        }
    }

    fn is_in(&self, tag: Tag) -> bool {
        self.open.iter().any(|open| open.tag == tag)
    }
}
