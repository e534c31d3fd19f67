//! HTML, as a browser saves it: headings, paragraphs, lists, pairs and tables of the page's main part, without menus,
//! scripts and footers. What is read is readable text; every place of it leads back to the bytes of the file, and a quote
//! is those bytes. Nothing is fetched, run or followed.

mod assemble;
mod events;
mod flatten;
mod frames;
mod tags;
mod text;

use super::builder::Builder;
use super::model::Document;
use super::original::{Original, Run};
use super::title;
use crate::lexicon::text_rules::TextRules;
use events::About;
use flatten::{Scope, flatten};
use frames::Piece;
use text::Text;

/// A part of a page with fewer characters is not its main part, unless there is no other.
const LEAST: usize = 200;

/// Whether a file is a page: by its name, or because it begins like one.
pub(super) fn is_page(path: &str, text: &str) -> bool {
    let lower = path.to_lowercase();
    let named = [".html", ".htm", ".xhtml"].iter().any(|ending| lower.ends_with(ending));
    let start: String = text.trim_start_matches('\u{feff}').trim_start().chars().take(14).collect();
    named || ["<!doctype html", "<html"].iter().any(|begin| start.to_lowercase().starts_with(begin))
}

/// The document that a page is.
pub(super) fn read(path: &str, file: &str, rules: &TextRules) -> Document {
    let (events, about) = events::events(file);
    let (text, pieces, scope) = main_part(file, &events);
    let Text { written, mut runs, .. } = text;
    let end = runs.last().map_or(0, |last| last.file.1);
    runs.push(Run { at: u32::try_from(written.len()).unwrap_or(u32::MAX), file: (end, end) });
    let original = Original { text: file.to_owned(), runs };
    let mut builder = Builder::over(path, &written, rules, original);
    name(&mut builder, &pieces, about);
    assemble::assemble(&mut builder, pieces, scope);
    if !builder.has_title() {
        title::fall_back(&mut builder);
    }
    builder.finish()
}

/// The part of the page that is read: what the page marks as its main part, if that holds more than a few words.
fn main_part<'a>(file: &'a str, events: &[events::Event]) -> (Text<'a>, Vec<Piece>, Scope) {
    let read = |scope| {
        let (text, pieces) = flatten(file, events, scope);
        (text, pieces, scope)
    };
    let size = |part: &(Text<'_>, Vec<Piece>, Scope)| part.0.written.len();
    let main = read(Scope::Main);
    if size(&main) >= LEAST {
        return main;
    }
    let body = read(Scope::Body);
    let articles = read(Scope::Articles);
    if size(&articles) >= LEAST.max(size(&body) / 2) {
        return articles;
    }
    if size(&body) >= LEAST {
        return body;
    }
    // A short page, or one whose class names mislead.
    let all = read(Scope::Everything);
    if size(&all) > size(&body) * 4 { all } else { body }
}

/// Title, source, address and date, as far as the page says them.
fn name(builder: &mut Builder<'_>, pieces: &[Piece], about: About) {
    let headline = pieces.iter().find_map(|piece| match piece {
        Piece::Heading(1, words) => Some(words.span.clone()),
        _ => None,
    });
    let (title, site) = split(&about.title);
    match headline {
        Some(span) => {
            let words = crate::text::one_line(builder.slice(&span));
            if words.chars().any(char::is_alphanumeric) {
                builder.title(&words, span);
            }
        }
        None if !title.is_empty() => builder.title(title, 0..0),
        None => {}
    }
    builder.document.source = about.site.or_else(|| site.map(str::to_owned));
    builder.document.url = about.address;
    builder.document.date = about.date;
}

/// The page's own name and the site's: `Example Studies | Example College`.
fn split(title: &str) -> (&str, Option<&str>) {
    let parted = [" | ", " · ", " – ", " — ", " - ", " :: ", " » "]
        .iter()
        .filter_map(|mark| title.split_once(mark).map(|(own, site)| (own.trim(), site.trim())))
        .min_by_key(|(own, _)| own.len());
    match parted {
        Some((own, site)) if !own.is_empty() && !site.is_empty() => {
            (own, site.rsplit(['|', '·', '–', '—', '»']).next().map(str::trim))
        }
        _ => (title, None),
    }
}
