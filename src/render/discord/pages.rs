//! Lays an answer out on pages that each fit one message. A quote is never cut: what does not fit beside the answer
//! stands whole on the next page, a long list goes on item by item, and only a passage that fills a page by itself (all
//! of it markup) is continued between two characters. Joined together, the pages hold every byte of every quote.

use unicode_segmentation::UnicodeSegmentation;

use super::escape::escape;
use super::units;
use crate::answer::{Answer, Citation};
use crate::text::{cut_at_character, one_line};

/// A direct answer longer than this many units goes on line by line.
const MAX_HEADLINE: usize = 700;
/// A headline up to this many units on one line is set in bold.
const MAX_BOLD: usize = 200;
/// Addresses longer than this are left out; the source's name stands for them.
const MAX_URL: usize = 250;

/// What stands on one message, without its footer.
#[derive(Debug, Default, Clone)]
pub(super) struct Page {
    texts: Vec<String>,
    quotes: Vec<Quote>,
}

/// Neighbouring pieces of one citation's quote.
#[derive(Debug, Clone)]
struct Quote {
    citation: usize,
    text: String,
}

enum Piece {
    Text(String),
    Quote(Quote),
}

/// All pages of an answer; `room` is what a page may take, in UTF-16 units.
pub(super) fn pages(answer: &Answer, room: usize) -> Vec<Page> {
    let first_page = citations_needed(answer);
    let mut pages = vec![Page::default()];
    for text in headline_pieces(answer) {
        place(&mut pages, Piece::Text(text), answer, room);
    }
    for (index, citation) in answer.citations.iter().enumerate() {
        if index == first_page {
            pages.push(Page::default());
        }
        for text in quote_pieces(citation, room) {
            place(&mut pages, Piece::Quote(Quote { citation: index, text }), answer, room);
        }
    }
    pages
}

/// Puts a piece on the last page, or on a new one if it would no longer fit there.
fn place(pages: &mut Vec<Page>, piece: Piece, answer: &Answer, room: usize) {
    let mut page = pages.last().cloned().unwrap_or_default();
    page.add(&piece);
    if units(&page.render(answer)) <= room {
        pages.pop();
    } else {
        page = Page::default();
        page.add(&piece);
    }
    pages.push(page);
}

impl Page {
    fn add(&mut self, piece: &Piece) {
        match piece {
            Piece::Text(text) => self.texts.push(text.clone()),
            Piece::Quote(quote) => match self.quotes.last_mut() {
                Some(last) if last.citation == quote.citation => last.text.push_str(&quote.text),
                _ => self.quotes.push(quote.clone()),
            },
        }
    }

    /// The page as message content.
    pub(super) fn render(&self, answer: &Answer) -> String {
        let mut lines: Vec<String> = Vec::new();
        let bold = self.texts.len() == 1;
        for text in self.texts.iter().filter(|text| !text.trim().is_empty()) {
            let escaped = escape(text);
            let bold = bold && !text.contains('\n') && units(&escaped) <= MAX_BOLD;
            lines.push(if bold { format!("**{escaped}**") } else { escaped });
        }
        for quote in &self.quotes {
            let shown = quote.text.strip_suffix('\n').unwrap_or(&quote.text);
            lines.extend(escape(shown).split('\n').map(|line| format!("> {line}")));
            if let Some(citation) = answer.citations.get(quote.citation) {
                lines.extend(place_lines(citation));
            }
        }
        lines.join("\n")
    }
}

/// How many citations, from the best on, the first page needs: until every number of the direct answer stands in a
/// quote, and both sides of a comparison.
fn citations_needed(answer: &Answer) -> usize {
    let numbers: Vec<&str> = numbers(&answer.text).collect();
    let least = if answer.kind == "comparison" { 2 } else { 1 };
    let supported = (1..answer.citations.len()).find(|&count| {
        let shown = answer.citations.iter().take(count);
        let quotes: Vec<&str> = shown.map(|citation| citation.words()).collect();
        numbers.iter().all(|number| quotes.iter().any(|quote| quote.contains(number)))
    });
    supported.unwrap_or(answer.citations.len()).max(least)
}

fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !(character.is_ascii_digit() || matches!(character, ',' | '.')))
        .map(|word| word.trim_matches([',', '.']))
        .filter(|word| !word.is_empty())
}

/// The direct answer, without the items that the quote beneath it shows anyway; more than one piece if it is long.
fn headline_pieces(answer: &Answer) -> Vec<String> {
    let headline = without_the_quoted(answer);
    if units(&escape(&headline)) <= MAX_HEADLINE {
        return vec![headline];
    }
    headline
        .lines()
        .filter(|line| !line.trim().is_empty())
        .flat_map(|line| pieces_of(line, MAX_HEADLINE))
        .collect()
}

/// What the answer says beyond the quote under it: a quoted list is shown once, with its lead-in; so is a sentence.
fn without_the_quoted(answer: &Answer) -> String {
    let text = answer.text.trim();
    let Some(citation) = answer.citations.first() else { return text.to_owned() };
    if let Some(rest) = text.strip_suffix(citation.words().trim()) {
        return rest.trim().to_owned();
    }
    let items = citation.items.as_slice();
    let repeats = items.len() > 1 && items.iter().all(|item| text.contains(item.trim()));
    let lead = items.first().filter(|_| repeats).and_then(|first| text.split_once(first.trim()));
    let Some((lead, _)) = lead else { return text.to_owned() };
    let lead = lead.trim_end_matches(|character: char| !character.is_alphanumeric() && character != ')');
    let quoted_lead = items.first().and_then(|first| citation.words().split_once(first.trim()));
    let has_lead = quoted_lead.is_some_and(|(lead, _)| lead.chars().any(char::is_alphanumeric));
    match (lead.is_empty() || citation.words().contains(lead), has_lead) {
        (true, true) => String::new(),
        (true, false) => format!("{} items:", items.len()),
        (false, _) => format!("{}:", one_line(lead)),
    }
}

/// The quote in pieces that may stand on different pages: a list by its items, anything else whole if a page takes it.
fn quote_pieces(citation: &Citation, room: usize) -> Vec<String> {
    let quote = citation.words();
    // A page must take a piece with its place lines.
    let limit = room.saturating_sub(units(&place_lines(citation).join("\n")) + 1);
    let parts =
        if citation.items.len() > 1 { split_before(quote, &citation.items) } else { vec![quote.to_owned()] };
    let fits = |part: &String| units(&escape(part)) + 2 * part.split('\n').count() <= limit;
    parts
        .into_iter()
        .flat_map(|part| if fits(&part) { vec![part] } else { pieces_of(&part, limit) })
        .collect()
}

/// Cuts the quote before each item's first line; joined, the parts are the quote again.
fn split_before(quote: &str, items: &[String]) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = quote;
    for item in items.iter().skip(1) {
        // An item's line begins after the last line end before the item.
        let cut = rest
            .find(item.trim())
            .and_then(|found| rest.split_at_checked(found))
            .and_then(|(head, _)| head.rfind('\n').and_then(|line_end| rest.split_at_checked(line_end + 1)));
        if let Some((part, after)) = cut.filter(|(part, _)| !part.is_empty()) {
            parts.push(part.to_owned());
            rest = after;
        }
    }
    parts.push(rest.to_owned());
    parts
}

/// The text in pieces that take at most `limit` units each in a quote, cut between graphemes.
fn pieces_of(text: &str, limit: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    // The mark of the first line.
    let mut size = 2;
    for grapheme in text.graphemes(true) {
        // What escaping adds depends on the neighbours, so every sign counts as two, and a line end brings a mark.
        let signs = grapheme.chars().filter(char::is_ascii_punctuation).count();
        let cost = units(grapheme) + signs + if grapheme.contains('\n') { 2 } else { 0 };
        if size + cost > limit && !piece.is_empty() {
            pieces.push(std::mem::take(&mut piece));
            size = 2;
        }
        piece.push_str(grapheme);
        size += cost;
    }
    pieces.push(piece);
    pieces
}

/// Where a quote stands: its path through the document, file and lines; then its source.
fn place_lines(citation: &Citation) -> Vec<String> {
    let breadcrumb = cut_at_character(&one_line(&citation.breadcrumb.join(" › ")), 140).into_owned();
    let document = cut_at_character(&one_line(&citation.document), 80).into_owned();
    let lines = match citation.lines {
        (first, last) if first == last => format!("line {first}"),
        (first, last) => format!("lines {first}–{last}"),
    };
    let mut shown = vec![format!("-# {} · {}, {lines}", escape(&breadcrumb), escape(&document))];
    shown.extend(source_line(citation));
    shown
}

/// The source of a quote, with its address.
pub(super) fn source_line(citation: &Citation) -> Option<String> {
    let name = citation.source.as_deref().map(|name| escape(&cut_at_character(&one_line(name), 80)));
    let url = citation.url.as_deref().filter(|url| is_plain_url(url)).map(|url| format!("<{url}>"));
    let source: Vec<String> = [name, url].into_iter().flatten().collect();
    (!source.is_empty()).then(|| format!("-# Source: {}", source.join(" ")))
}

/// Whether an address can stand between `<` and `>` as a link and nothing else.
fn is_plain_url(url: &str) -> bool {
    let scheme = url.starts_with("https://") || url.starts_with("http://");
    let plain = |character: char| {
        character.is_ascii_graphic() && !matches!(character, '<' | '>' | '"' | '`' | '\\' | '@' | '|' | '*')
    };
    scheme && url.len() <= MAX_URL && url.chars().all(plain)
}
