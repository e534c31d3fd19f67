//! Markdown: headings, paragraphs, lists, tables with their byte ranges from pulldown-cmark. Paragraphs are read by the
//! rules of plain text as well, because people write `Key: value` lines in them. Links and HTML are never followed.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::builder::{Builder, Row};
use super::listing::Item;
use super::model::Span;
use super::{plain, run_in, shapes};

/// A line that nests deeper is no text that someone wrote; plain text reads it in bounded time.
const MAX_NESTING: usize = 40;

/// Whether a text is written in Markdown: it has several `#` headings. A raw text with another name is read as what it is.
pub(super) fn has_structure(text: &str) -> bool {
    let mut headings = 0;
    for line in text.lines() {
        let nesting = line
            .chars()
            .take_while(|c| matches!(c, '>' | '-' | '*' | '+' | ' ' | '\t'))
            .filter(|c| !matches!(c, ' ' | '\t' | '-' | '*'));
        if nesting.count() > MAX_NESTING || deep_bullets(line) {
            return false;
        }
        let bare = line.trim_start_matches(' ');
        let hashes = bare.len() - bare.trim_start_matches('#').len();
        if line.len() - bare.len() < 4
            && (1..=6).contains(&hashes)
            && bare.get(hashes..).is_some_and(|rest| rest.starts_with(' '))
        {
            headings += 1;
        }
    }
    headings >= 2
}

fn deep_bullets(line: &str) -> bool {
    let counts = |word: &str| {
        let number = word.strip_suffix(['.', ')']);
        number.is_some_and(|number| {
            (1..=9).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
        })
    };
    line.split(' ')
        .take_while(|word| matches!(*word, "-" | "*" | "+" | "" | ">") || counts(word))
        .filter(|word| !word.is_empty())
        .count()
        > MAX_NESTING
}

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
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader {
        builder,
        lists: Vec::new(),
        inline: None,
        words: String::new(),
        quotes: 0,
        table: None,
        bold: None,
        run_in: Vec::new(),
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
                | Tag::HtmlBlock
        );
        if other {
            self.paragraphs();
        }
        match tag {
            Tag::Heading { .. } | Tag::Paragraph | Tag::CodeBlock(_) => {
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
            TagEnd::Paragraph if self.lists.is_empty() => self.paragraph(&range),
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
        let words = self.words.split_whitespace().collect::<Vec<_>>().join(" ");
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

    fn paragraph(&mut self, range: &Span) {
        let span = self.builder.trim(range.clone());
        let all_bold = self.bold.as_ref().is_some_and(|bold| *bold == span);
        let words = self.words.split_whitespace().collect::<Vec<_>>().join(" ");
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
            self.builder.paragraph(range.start + start..range.start + end);
        }
    }
}
