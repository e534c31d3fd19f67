//! Heads that run into their text: "Patience. They must …", "**Patience.** They must …", "Patience: They must …". Several
//! such paragraphs, items or lines in a row are a list of what their heads name, besides being text.

use super::builder::Builder;
use super::keys;
use super::model::{Part, Span};
use super::shapes;
use crate::text::sentences::sentences;

/// Fewer such texts in a row are no list.
const MIN_HEADS: usize = 3;

/// A head of more words is a sentence.
const MAX_WORDS: usize = 5;

/// What marks a head off from its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A full stop.
    Stop,
    /// Bold letters.
    Bold,
    /// A colon.
    Colon,
}

/// A text with a head that runs into it.
#[derive(Debug, Clone)]
pub(super) struct Headed {
    pub(super) span: Span,
    pub(super) head: Span,
    /// The head as key, the rest of the text as value.
    pub(super) part: Part,
}

/// A text with its head, and how the head is marked off; `None` if it has none.
fn headed(builder: &Builder<'_>, span: &Span) -> Option<(Mark, Headed)> {
    let words = builder.slice(span);
    let found = bold(words).map(|found| (Mark::Bold, found));
    let found = found.or_else(|| Some((Mark::Colon, keys::key_value(words, builder.rules)?)));
    let (mark, (head, rest)) = match found {
        Some(found) => found,
        None => (Mark::Stop, stopped(builder, words)?),
    };
    let (named, told) = (words.get(head.clone())?, words.get(rest.clone())?);
    let first = named.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty())?;
    // "Wages." is a head, "The fee is small." is none.
    let opens = mark == Mark::Stop
        && builder.rules.abbreviations.opens_sentence(first)
        && named.split_whitespace().count() > 2;
    let fits = !opens
        && (1..=MAX_WORDS).contains(&named.split_whitespace().count())
        && named.len() <= 60
        && !first.starts_with(char::is_lowercase)
        && !builder.rules.polar_words.contains(&first.to_lowercase())
        && !shapes::is_bare_sentence(named, builder.rules)
        && told.split_whitespace().count() >= 4
        && told.starts_with(|c: char| !c.is_lowercase())
        && told.trim_end_matches(['*', '_', '"', '”', ')']).ends_with(['.', '!', '?']);
    let at = |range: &Span| span.start + range.start..span.start + range.end;
    fits.then(|| {
        let part = Part { label: Some(at(&head)), value: at(&rest) };
        (mark, Headed { span: span.clone(), head: at(&head), part })
    })
}

/// Whether a text has a head that runs into it.
pub(super) fn has_head(builder: &Builder<'_>, span: &Span) -> bool {
    headed(builder, span).is_some()
}

/// Where the text begins behind its head, if it has one even where no other text does: a bold one, or a few words.
pub(super) fn told_from(builder: &Builder<'_>, span: &Span) -> Option<usize> {
    let (mark, text) = headed(builder, span)?;
    let words = builder.slice(&text.head);
    let sure = mark == Mark::Bold
        || (words.split_whitespace().count() <= 4 && !words.contains(|c: char| c.is_ascii_digit()));
    sure.then_some(text.part.value.start)
}

/// As many texts as are headed alike, from the first on; `None` if they are too few for a list.
pub(super) fn run<'s>(
    builder: &Builder<'_>,
    spans: impl Iterator<Item = &'s Span>,
) -> Option<(Mark, Vec<Headed>)> {
    let mut alike: Option<Mark> = None;
    let mut found = Vec::new();
    for span in spans {
        match headed(builder, span) {
            Some((mark, entry)) if alike.is_none_or(|alike| alike == mark) => {
                alike = Some(mark);
                found.push(entry);
            }
            _ => break,
        }
    }
    alike.filter(|_| found.len() >= MIN_HEADS).map(|mark| (mark, found))
}

/// `**Head.** Text`, `**Head:** text`, `**Head** – text`.
fn bold(words: &str) -> Option<(Span, Span)> {
    let inner = words.strip_prefix("**")?;
    let end = inner.find("**")?;
    let rest_start = 2 + end + 2;
    let marks = |c: char| c.is_whitespace() || matches!(c, '.' | ':' | '–' | '—' | '-');
    let ends = |c: char| marks(c) || matches!(c, '!' | '?');
    let rest = words.get(rest_start..)?;
    let parted = inner.get(..end)?.trim_end().ends_with(['.', ':', '!', '?'])
        || rest.trim_start().starts_with(['.', ':', '–', '—', '-']);
    let head = keys::strip(words, 2..2 + end, ends)?;
    let told = rest.trim_start_matches(marks);
    (parted && !told.is_empty()).then(|| (head, words.len() - told.len()..words.len()))
}

/// A first sentence of a few words, without its full stop, and the sentences behind it.
fn stopped(builder: &Builder<'_>, words: &str) -> Option<(Span, Span)> {
    // A head ends early; a long text need not be read whole.
    let cut = words.char_indices().nth(200).map_or(words.len(), |(index, _)| index);
    let found = sentences(words.get(..cut)?, &builder.rules.abbreviations);
    let (first, second) = (found.first()?, found.get(1)?);
    let head = words.get(first.clone())?.strip_suffix('.')?;
    Some((first.start..first.start + head.len(), second.start..words.len()))
}
