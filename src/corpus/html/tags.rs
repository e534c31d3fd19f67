//! The tags of HTML that matter to a reader of text, and the names by which pages mark what is no text of theirs: menus,
//! footers, banners. Names of the web, not of a subject matter.

/// A tag, as far as it is told from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Heading(u8),
    Summary,
    Button,
    Paragraph,
    Break,
    List,
    Item,
    Pairs,
    Key,
    Value,
    Table,
    Head,
    Row,
    /// `true`: of a header.
    Cell(bool),
    Caption,
    Bold,
    Link,
    Anchor,
    Preformatted,
    Title,
    Meta,
    /// Its text is never the page's.
    Skipped,
    /// Menus, footers and the like: no text of the main part.
    Aside,
    /// The site's head, or that of an article: its headings count.
    Header,
    Main,
    Article,
    Body,
    /// Any other that stands on lines of its own.
    Block,
    /// A line between blocks.
    Rule,
    /// Any other that has no content.
    Void,
    /// Any other, within a line.
    Inline,
}

/// The tag of that name; names may be in capitals.
pub(super) fn tag(name: &[u8]) -> Tag {
    match name.to_ascii_lowercase().as_slice() {
        b"h1" => Tag::Heading(1),
        b"h2" => Tag::Heading(2),
        b"h3" => Tag::Heading(3),
        b"h4" => Tag::Heading(4),
        b"h5" => Tag::Heading(5),
        b"h6" => Tag::Heading(6),
        b"summary" => Tag::Summary,
        b"button" => Tag::Button,
        b"p" => Tag::Paragraph,
        b"br" => Tag::Break,
        b"ul" | b"ol" | b"menu" | b"dir" => Tag::List,
        b"li" => Tag::Item,
        b"dl" => Tag::Pairs,
        b"dt" => Tag::Key,
        b"dd" => Tag::Value,
        b"table" => Tag::Table,
        b"thead" => Tag::Head,
        b"tr" => Tag::Row,
        b"th" => Tag::Cell(true),
        b"td" => Tag::Cell(false),
        b"caption" => Tag::Caption,
        b"b" | b"strong" => Tag::Bold,
        b"a" => Tag::Anchor,
        b"link" => Tag::Link,
        b"meta" => Tag::Meta,
        b"pre" | b"xmp" | b"listing" => Tag::Preformatted,
        b"title" => Tag::Title,
        b"script" | b"style" | b"noscript" | b"template" | b"svg" | b"math" | b"iframe" | b"object"
        | b"canvas" | b"select" | b"textarea" | b"datalist" | b"audio" | b"video" | b"noframes" | b"head" => {
            Tag::Skipped
        }
        b"nav" | b"footer" | b"aside" | b"dialog" => Tag::Aside,
        b"header" => Tag::Header,
        b"main" => Tag::Main,
        b"article" => Tag::Article,
        b"body" | b"html" => Tag::Body,
        b"div" | b"section" | b"form" | b"fieldset" | b"legend" | b"blockquote" | b"figure"
        | b"figcaption" | b"address" | b"center" | b"details" | b"hgroup" | b"search" | b"tbody"
        | b"tfoot" => Tag::Block,
        b"hr" => Tag::Rule,
        b"img" | b"input" | b"wbr" | b"col" | b"source" | b"area" | b"base" | b"embed" | b"param"
        | b"track" | b"basefont" | b"bgsound" | b"frame" | b"keygen" => Tag::Void,
        _ => Tag::Inline,
    }
}

impl Tag {
    /// Whether it opens nothing that would be closed.
    pub(super) fn is_void(self) -> bool {
        matches!(self, Self::Break | Self::Rule | Self::Link | Self::Meta | Self::Void)
    }

    /// Whether it stands within a line.
    pub(super) fn is_inline(self) -> bool {
        matches!(self, Self::Inline | Self::Bold | Self::Anchor | Self::Button)
    }

    /// Whether an end tag from inside goes no further up than here.
    pub(super) fn is_border(self) -> bool {
        matches!(self, Self::Table | Self::Cell(_) | Self::Main | Self::Body)
    }

    /// Whether it is a part of a table.
    pub(super) fn is_of_table(self) -> bool {
        matches!(self, Self::Table | Self::Head | Self::Row | Self::Cell(_) | Self::Caption)
    }
}

/// Roles of what stands around the text.
pub(super) fn is_aside_role(role: &str) -> bool {
    matches!(
        role.to_ascii_lowercase().as_str(),
        "navigation"
            | "banner"
            | "contentinfo"
            | "complementary"
            | "search"
            | "menu"
            | "menubar"
            | "dialog"
            | "alertdialog"
            | "alert"
            | "toolbar"
    )
}

/// Whether a class names what opens the text below it: `accordion-button`, `collapsible`.
pub(super) fn is_opener_name(names: &str) -> bool {
    let lower = names.to_ascii_lowercase();
    ["accordion", "collaps"].iter().any(|word| lower.contains(word))
}

/// Words of a class or an id that make the element one of those around the text.
const ASIDE: [&str; 21] = [
    "nav",
    "navbar",
    "navigation",
    "menu",
    "submenu",
    "breadcrumb",
    "breadcrumbs",
    "footer",
    "sidebar",
    "cookie",
    "cookies",
    "skip",
    "share",
    "sharing",
    "social",
    "pagination",
    "pager",
    "advert",
    "advertisement",
    "popup",
    "newsletter",
];

/// Words that say of a page whether it has such an element beside it.
const HAVING: [&str; 8] = ["no", "not", "has", "with", "without", "is", "show", "hide"];

/// Words for the whole to which such an element belongs.
const WHOLE: [&str; 5] = ["layout", "page", "content", "template", "body"];

/// Whether one of the classes, or the id, names what stands around the text: `site-nav`, `footer__links`; not
/// `has-sidebar`, which says it of the page.
pub(super) fn is_aside_name(names: &str) -> bool {
    let is = |list: &[&str], word: &str| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    names.split_whitespace().any(|name| {
        let words: Vec<&str> =
            name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
        !words.iter().any(|word| is(&HAVING, word))
            && (is(&ASIDE, last) || is(&ASIDE, first) && !is(&WHOLE, last))
    })
}
