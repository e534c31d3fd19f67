//! A page as a row of tags and texts with their places in the file, from the tokenizer of the HTML standard. Which tags
//! matter is decided here, what they mean is not.

use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Token, Tokenizer};

use super::tags::{self, Tag};

/// A longer value of an attribute is no address, name or class of ours.
const MAX_VALUE: usize = 2_000;
/// The longest name of a character has 31 letters; a number may have leading zeros.
const MAX_ENTITY: usize = 40;

/// One step through the page.
#[derive(Debug)]
pub(super) enum Event {
    Open(Tag, Option<Box<Marks>>),
    Close(Tag),
    /// A text between tags, as bytes of the file; references to characters are still in it.
    Text(Range<u32>),
}

/// What a tag's attributes say.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Marks {
    /// It holds the page's main part.
    pub main: bool,
    /// It is not shown, or says by its role that it is no part of the text.
    pub aside: bool,
    /// Its class or id is the name of a menu, a footer and the like.
    pub named_aside: bool,
    /// It opens a text of the page when it is clicked.
    pub opens: bool,
    /// Columns and rows that a cell covers, if more than one.
    pub columns: u16,
    pub rows: u16,
}

/// What the page says about itself.
#[derive(Debug, Default)]
pub(super) struct About {
    pub title: String,
    pub address: Option<String>,
    pub site: Option<String>,
    pub date: Option<String>,
}

/// The attributes of the tag that is being read.
#[derive(Default)]
struct Opening {
    tag: Option<Tag>,
    attribute: Vec<u8>,
    marks: Marks,
    rel: String,
    property: String,
    content: String,
    href: String,
}

/// The events of a page, and what it says about itself.
pub(super) fn events(text: &str) -> (Vec<Event>, About) {
    let (mut found, mut about) = (Vec::new(), About::default());
    let mut opening = Opening::default();
    let mut in_title = false;
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<()> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                opening = Opening { tag: Some(tags::tag(name)), ..Opening::default() };
            }
            CallbackEvent::AttributeName { name } => {
                opening.attribute = name.to_ascii_lowercase();
                opening.attribute(b"");
            }
            CallbackEvent::AttributeValue { value } if value.len() <= MAX_VALUE => opening.attribute(value),
            CallbackEvent::CloseStartTag { .. } => {
                let opened = std::mem::take(&mut opening);
                let tag = opened.tag?;
                in_title = tag == Tag::Title && about.title.is_empty();
                about.learn(tag, &opened);
                let marks = (opened.marks != Marks::default()).then(|| Box::new(opened.marks));
                found.push(Event::Open(tag, marks));
            }
            CallbackEvent::EndTag { name } => found.push(Event::Close(tags::tag(name))),
            CallbackEvent::String { value } => {
                if std::mem::take(&mut in_title) {
                    about.title = one_line(value);
                }
                let (start, end) = (u32::try_from(span.start).ok()?, u32::try_from(span.end).ok()?);
                found.push(Event::Text(start..end));
            }
            CallbackEvent::Comment { value } if about.address.is_none() => {
                about.address = saved_from(value);
            }
            _ => {}
        }
        None
    });
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(text, emitter).for_each(|_| ());
    (found, about)
}

/// The characters that a reference such as `&eacute;` or `&#8211;` stands for, and the bytes it takes; nothing when the
/// text begins with no reference.
pub(super) fn reference(text: &str) -> Option<(String, usize)> {
    let body = text.strip_prefix('&')?;
    let letters = body
        .bytes()
        .take(MAX_ENTITY)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    let ended = body.as_bytes().get(letters) == Some(&b';');
    let length = 1 + letters + usize::from(ended);
    let written = text.get(..length)?;
    let Ok(mut tokens) = Tokenizer::new(written).collect::<Result<Vec<_>, _>>();
    tokens.retain(|token| matches!(token, Token::String(_)));
    let [Token::String(read)] = tokens.as_slice() else { return None };
    let read = std::str::from_utf8(&read.value).ok()?;
    (read != written).then(|| (read.to_owned(), length))
}

impl Opening {
    fn attribute(&mut self, value: &[u8]) {
        let value = String::from_utf8_lossy(value);
        let value = value.trim();
        match self.attribute.as_slice() {
            b"role" => {
                self.marks.main |= value.eq_ignore_ascii_case("main");
                self.marks.aside |= tags::is_aside_role(value);
            }
            b"hidden" => self.marks.aside |= !value.eq_ignore_ascii_case("until-found"),
            b"aria-hidden" => self.marks.aside |= value.eq_ignore_ascii_case("true"),
            b"style" => {
                let style: String = value.chars().filter(|c| !c.is_whitespace()).collect();
                self.marks.aside |= style.to_ascii_lowercase().contains("display:none");
            }
            b"class" | b"id" => {
                self.marks.named_aside |= tags::is_aside_name(value);
                self.marks.opens |= tags::is_opener_name(value);
            }
            b"aria-controls" => self.marks.opens = true,
            b"colspan" => self.marks.columns = value.parse().unwrap_or_default(),
            b"rowspan" => self.marks.rows = value.parse().unwrap_or_default(),
            b"rel" => self.rel = value.to_ascii_lowercase(),
            b"property" | b"name" => self.property = value.to_ascii_lowercase(),
            b"content" => self.content = value.to_owned(),
            b"href" => self.href = value.to_owned(),
            _ => {}
        }
    }
}

impl About {
    fn learn(&mut self, tag: Tag, opened: &Opening) {
        let web = |value: &str| {
            (value.starts_with("https://") || value.starts_with("http://")).then(|| value.to_owned())
        };
        match (tag, opened.property.as_str()) {
            (Tag::Link, _) if opened.rel == "canonical" => {
                self.address = web(&opened.href).or_else(|| self.address.take());
            }
            (Tag::Meta, "og:url") if self.address.is_none() => self.address = web(&opened.content),
            (Tag::Meta, "og:site_name") => {
                self.site = Some(one_line(opened.content.as_bytes())).filter(|site| !site.is_empty());
            }
            (Tag::Meta, "article:modified_time" | "article:published_time" | "date" | "dcterms.modified")
                if self.date.is_none() =>
            {
                self.date = opened.content.get(..10).filter(|date| is_date(date)).map(str::to_owned);
            }
            _ => {}
        }
    }
}

/// `2026-08-01`
fn is_date(text: &str) -> bool {
    text.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    })
}

/// The address in the comment that a browser writes into a page that it saves.
fn saved_from(comment: &[u8]) -> Option<String> {
    let comment = std::str::from_utf8(comment).ok().filter(|comment| comment.len() <= MAX_VALUE)?;
    let (_, rest) = comment.split_once("saved from url=")?;
    let address = rest.split_whitespace().next()?;
    let from = address.find("http")?;
    address.get(from..).map(str::to_owned)
}

fn one_line(bytes: &[u8]) -> String {
    crate::text::one_line(&String::from_utf8_lossy(bytes))
}
