//! Markdown: headings, paragraphs, lists, tables with their byte ranges from pulldown-cmark. Paragraphs are read by the
//! rules of plain text as well, because people write `Key: value` lines in them. Links and HTML are never followed.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::builder::{Builder, Row};
use super::listing::Item;
use super::model::Span;
use super::{plain, run_in, shapes};
use crate::text::one_line;

/// The level of a question in bold letters.
const ASKED: u8 = 8;

/// A list that is still open.
struct OpenList {
    lead: Option<Span>,
    items: Vec<OpenItem>,
    /// Bytes of the lists inside it, to be added behind it.
    inner: Vec<ClosedList>,
}

struct OpenItem {
    span: Option<Span>,
    /// A list inside it has begun: what follows is no longer its own words.
    closed: bool,
}

struct ClosedList {
    lead: Option<Span>,
    items: Vec<Span>,
}

/// Reads a file's body into the builder.
pub(super) fn read(builder: &mut Builder<'_>, body: Span) {
    let base = body.start;
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST;
    let mut reader = Reader {
        builder,
        lists: Vec::new(),
        inline: None,
        words: String::new(),
        quotes: 0,
        table: None,
        bold: None,
        run_in: Vec::new(),
        defined: Vec::new(),
    };
    let source = reader.builder.slice(&body);
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        reader.event(event, base + range.start..base + range.end);
    }
    reader.paragraphs();
}

struct Reader<'a, 'b> {
    builder: &'a mut Builder<'b>,
    lists: Vec<OpenList>,
    /// Bytes of the inline text since the last block began.
    inline: Option<Span>,
    /// Its words without markup.
    words: String,
    quotes: usize,
    table: Option<Table>,
    /// Bytes of the last bold text.
    bold: Option<Span>,
    /// Paragraphs not yet read: heads that run into them may make them a list.
    run_in: Vec<Span>,
    /// Terms of a list of definitions, each with what stands behind its colons.
    defined: Vec<(Span, Option<Span>)>,
}

#[derive(Default)]
struct Table {
    header: Vec<Span>,
    cells: Vec<Span>,
    rows: Vec<Row>,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(words) | Event::Code(words) => {
                self.words.push_str(&words);
                self.grow(range);
            }
            Event::SoftBreak | Event::HardBreak => self.words.push(' '),
            Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => self.grow(range),
            Event::Html(_) => self.html(range),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn grow(&mut self, range: Span) {
        let own = match self.lists.last_mut().and_then(|list| list.items.last_mut()) {
            Some(item) if item.closed => return,
            Some(item) => &mut item.span,
            None => &mut self.inline,
        };
        match own {
            Some(span) => {
                span.start = span.start.min(range.start);
                span.end = span.end.max(range.end);
            }
            None => *own = Some(range),
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Span) {
        let other = matches!(
            tag,
            Tag::Heading { .. }
                | Tag::CodeBlock(_)
                | Tag::BlockQuote(_)
                | Tag::List(_)
                | Tag::Table(_)
                | Tag::DefinitionList
                | Tag::HtmlBlock
        );
        if other {
            self.paragraphs();
        }
        match tag {
            // A definition may have several.
            Tag::Paragraph if !self.defined.is_empty() => {}
            Tag::Heading { .. }
            | Tag::Paragraph
            | Tag::CodeBlock(_)
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => {
                self.inline = None;
                self.words.clear();
                self.bold = None;
            }
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::List(_) => {
                let lead = match self.lists.last_mut().and_then(|list| list.items.last_mut()) {
                    Some(item) => {
                        item.closed = true;
                        item.span.clone()
                    }
                    None => self.builder.lead_in(),
                };
                self.lists.push(OpenList { lead, items: Vec::new(), inner: Vec::new() });
            }
            Tag::Item => {
                if let Some(list) = self.lists.last_mut() {
                    list.items.push(OpenItem { span: None, closed: false });
                }
            }
            Tag::Table(_) => self.table = Some(Table::default()),
            Tag::TableCell => {
                self.inline = None;
                self.words.clear();
            }
            Tag::Strong => {
                self.grow(range.clone());
                self.bold = Some(range);
            }
            Tag::Emphasis | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. } => self.grow(range),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Span) {
        match tag {
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::Paragraph if !self.defined.is_empty() => {}
            TagEnd::Paragraph if self.lists.is_empty() => self.paragraph(&range),
            TagEnd::DefinitionListTitle => {
                let title = self.inline.take();
                self.defined.extend(title.map(|title| (title, None)));
            }
            TagEnd::DefinitionListDefinition => {
                let told = self.inline.take();
                if let (Some(told), Some((_, known))) = (told, self.defined.last_mut()) {
                    let start = known.as_ref().map_or(told.start, |known| known.start);
                    *known = Some(start..told.end);
                }
            }
            TagEnd::DefinitionList => self.definitions(),
            TagEnd::CodeBlock if self.lists.is_empty() => {
                if let Some(span) = self.inline.take() {
                    plain::read_part(self.builder, span);
                }
            }
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::List(_) => self.close_list(),
            TagEnd::TableCell => {
                let empty = range.start..range.start;
                let cell = self.inline.take().unwrap_or(empty);
                if let Some(table) = &mut self.table {
                    table.cells.push(cell);
                }
            }
            TagEnd::TableHead => {
                if let Some(table) = &mut self.table {
                    table.header = std::mem::take(&mut table.cells);
                }
            }
            TagEnd::TableRow => {
                if let Some(table) = &mut self.table {
                    let cells = std::mem::take(&mut table.cells);
                    table.rows.extend(plain::row(&cells, &table.header));
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    let header = plain::hull(&table.header);
                    self.builder.table(header, table.rows);
                }
            }
            _ => {}
        }
    }

    fn heading(&mut self, level: HeadingLevel) {
        let Some(span) = self.inline.take() else { return };
        let words = one_line(&self.words);
        // A paragraph above a rule is a heading to Markdown, not to its reader.
        if words.chars().count() > 200 {
            self.builder.paragraph(span);
            return;
        }
        if words.is_empty() {
            return;
        }
        plain::heading(self.builder, level as u8, &words, span);
    }

    /// A list of terms, each with its definition; a question with what answers it.
    fn definitions(&mut self) {
        let mut rows: Vec<Row> = Vec::new();
        for (term, told) in std::mem::take(&mut self.defined) {
            let Some(told) = told else {
                self.builder.paragraph(term);
                continue;
            };
            let words = self.builder.slice(&term).to_owned();
            if words.ends_with('?') {
                self.builder.key_values(std::mem::take(&mut rows));
                plain::heading(self.builder, ASKED, &words, term);
                plain::read_part(self.builder, told);
            } else {
                rows.push(Row::keyed(term, told));
            }
        }
        self.builder.key_values(rows);
    }

    /// "**What does it cost?** $40.": a question in bold letters with what answers it behind it.
    fn asked(&mut self, span: &Span) -> bool {
        let Some(bold) = self.bold.clone().filter(|bold| bold.start == span.start && bold.end < span.end)
        else {
            return false;
        };
        let words = self.builder.slice(&bold);
        let bare = words.trim_matches(['*', '_', ' ']);
        if !bare.ends_with('?') || !words.ends_with(['*', '_']) {
            return false;
        }
        let at = bold.start + words.find(bare).unwrap_or_default();
        let question = one_line(bare);
        let within = at..at + bare.len();
        let rest = self.builder.trim(bold.end..span.end);
        plain::heading(self.builder, ASKED, &question, within);
        plain::read_part(self.builder, rest);
        true
    }

    fn paragraph(&mut self, range: &Span) {
        let span = self.builder.trim(range.clone());
        if self.quotes == 0 && self.run_in.is_empty() && self.asked(&span) {
            return;
        }
        let all_bold = self.bold.as_ref().is_some_and(|bold| *bold == span);
        let words = one_line(&self.words);
        if self.quotes == 0 && run_in::has_head(self.builder, &span) {
            self.run_in.push(span);
            return;
        }
        self.paragraphs();
        if self.quotes > 0 {
            self.builder.paragraph(span);
        } else if all_bold && shapes::is_heading_like(&words, self.builder.rules) && !words.ends_with(':') {
            plain::heading(self.builder, 7, &words, span);
        } else {
            plain::read_part(self.builder, span);
        }
    }

    /// Reads the paragraphs that waited for those below them.
    fn paragraphs(&mut self) {
        let spans = std::mem::take(&mut self.run_in);
        let mut rest = spans.as_slice();
        while let Some(span) = rest.first() {
            let taken = plain::headed(self.builder, rest.iter());
            if taken == 0 {
                plain::read_part(self.builder, span.clone());
            }
            rest = rest.get(taken.max(1)..).unwrap_or_default();
        }
    }

    fn close_list(&mut self) {
        let Some(list) = self.lists.pop() else { return };
        let items: Vec<Span> = list.items.into_iter().filter_map(|item| item.span).collect();
        let closed = ClosedList { lead: list.lead, items };
        match self.lists.last_mut() {
            Some(outer) => {
                outer.inner.push(closed);
                outer.inner.extend(list.inner);
            }
            None => {
                for list in std::iter::once(closed).chain(list.inner) {
                    let items = list.items.into_iter().map(|span| self.item(span)).collect();
                    plain::list_or_key_values(self.builder, list.lead, items);
                }
            }
        }
    }

    fn item(&self, span: Span) -> Item {
        let span = self.builder.trim(span);
        let part = plain::part_of(self.builder, &span);
        Item { span, part }
    }

    /// A line of an HTML block: its words if they stand between tags, nothing else.
    fn html(&mut self, range: Span) {
        let line = self.builder.slice(&range);
        let mut start = 0;
        let mut end = line.trim_end().len();
        while let Some(tag) = line.get(start..end).filter(|rest| rest.trim_start().starts_with('<')) {
            let Some(close) = tag.find('>') else { return };
            start += close + 1;
        }
        while let Some(inner) = line.get(start..end).filter(|rest| rest.ends_with('>')) {
            let Some(open) = inner.rfind('<') else { return };
            end = start + inner.get(..open).unwrap_or_default().trim_end().len();
        }
        let inner = line.get(start..end).unwrap_or_default();
        if inner.chars().any(char::is_alphanumeric)
            && !inner.contains(['<', '>', '{'])
            && self.lists.is_empty()
        {
            let within = range.start + start..range.start + end;
            if line.trim_start().starts_with("<summary") || line.trim_start().starts_with("<details><summary")
            {
                let words = inner.trim().to_owned();
                plain::heading(self.builder, ASKED, &words, within);
            } else {
                self.builder.paragraph(within);
            }
        }
    }
}
