//! What was looked up by name as Discord messages: cards, names side by side, the list of programs, a section of a
//! document. Plain text that reads well on a phone; longer ones go on by "More", whose id says where.

use super::button::{Button, ButtonAction, Menu};
use super::card::page;
use super::message::Card;
use super::pages::source_line;
use super::turn::{MAX_PAGES, Turn};
use super::{MAX_CONTENT, escape, units};
use crate::answer::{Answer, Citation, Outcome, Turn as Conversation};
use crate::lookup::{Comparison, Field, Found, NOT_STATED, Section, Value, Wanted, side_text, value_text};
use crate::render::lookup::{NOT_ALIKE, label, unknown};
use crate::text::{cut_at_character, cut_at_sentence, one_line, strip_controls};

/// A value takes at most this many characters on a card; the document has the rest.
const MAX_VALUE: usize = 500;
/// The line above a list.
const MAX_LEAD: usize = 240;
/// An item of a list, and a name.
const MAX_ITEM: usize = 120;
/// A name, and a value, among several side by side.
const MAX_SIDE_NAME: usize = 60;
const MAX_SIDE: usize = 160;
/// Names under an unknown one.
const MAX_UNKNOWN: usize = 1_500;
/// Room for the page's number.
const FOOT: usize = 24;

/// A page of a card, counted from 0; `None` behind the last one. `sections` of its document are offered in a menu.
pub fn looked_up(found: &Found, wanted: Wanted, number: usize, sections: &[Section]) -> Option<Card> {
    let card = match found {
        Found::Unknown { typed, nearest } => {
            let text = unknown(&cut_at_character(typed, MAX_ITEM), nearest);
            return (number == 0).then(|| sentence(&cut_at_character(&text, MAX_UNKNOWN)));
        }
        Found::Card(card) => card,
    };
    let head = format!("**{}**\n-# {} · {}", line(&card.name), card.kind.label(), line(&card.document));
    let mut blocks: Vec<String> =
        card.fields.iter().flat_map(|field| field_blocks(field, &card.document)).collect();
    if blocks.is_empty() {
        blocks.push(format!("That is {NOT_STATED}."));
    }
    let sources = card.fields.iter().filter_map(|field| source_line(&field.citation));
    blocks.extend(sources.take(1));
    let mut pages = packed(&head, &blocks);
    if card.id.is_empty() {
        // What the texts were asked about has no name of theirs to go on with.
        pages.truncate(1);
    }
    let more = |next| Turn::Card(wanted, card.id.clone(), next);
    let mut shown = numbered(&pages, number, more)?;
    if number == 0 && !sections.is_empty() {
        shown.menu = Some(Menu {
            id: ButtonAction::Turn(Turn::Section(card.id.clone(), String::new(), 0)).id(),
            placeholder: "More of this document".into(),
            options: sections
                .iter()
                .take(25)
                .map(|section| (cut_at_character(&section.heading, 100).into_owned(), section.key.clone()))
                .collect(),
        });
    }
    Some(shown)
}

/// A page of names side by side.
pub fn side_by_side(comparison: &Comparison, number: usize) -> Option<Card> {
    let cards: Vec<_> = comparison.cards().collect();
    let documents: Vec<&str> = cards.iter().map(|card| card.document.as_str()).collect();
    // The head names the document if there is but one.
    let one = documents.first().copied().filter(|first| documents.iter().all(|document| document == first));
    let head_document = one.unwrap_or_default();
    let mut blocks: Vec<String> = Vec::new();
    for side in &comparison.sides {
        if let Found::Unknown { typed, nearest } = side {
            let text = unknown(&cut_at_character(typed, MAX_ITEM), nearest);
            blocks.push(escape(&strip_controls(&cut_at_character(&text, MAX_UNKNOWN))));
        }
    }
    for attribute in &comparison.attributes {
        let (row, agree) = comparison.row(&attribute.name);
        if row.iter().all(Option::is_none) {
            continue;
        }
        let note = if agree { "" } else { NOT_ALIKE };
        let mut block = format!("**{}**{note}", line(&label(&attribute.label)));
        for (card, field) in cards.iter().zip(row) {
            let name = side_name(&card.name);
            match field {
                Some(field) => {
                    let value = short(&side_text(field, agree), MAX_SIDE);
                    block.push_str(&format!(
                        "\n- {name}: {value} · {}",
                        place(&field.citation, head_document)
                    ));
                }
                None => block.push_str(&format!("\n- {name}: {NOT_STATED}")),
            }
        }
        blocks.push(block);
    }
    let ids = cards.iter().map(|card| card.id.clone()).collect::<Vec<_>>();
    let names: Vec<String> = cards.iter().map(|card| side_name(&card.name)).collect();
    let head = match (names.is_empty(), one) {
        (true, _) => String::new(),
        (false, None) => format!("**{}**", names.join("** · **")),
        (false, Some(one)) => format!("**{}**\n-# {}", names.join("** · **"), line(one)),
    };
    let mut pages = packed(&head, &blocks);
    if ids.iter().any(String::is_empty) {
        pages.truncate(1);
    }
    numbered(&pages, number, |next| Turn::Compare(ids.clone(), next))
}

/// A page of the list of programs: name, level and document of each.
pub fn programs(
    found: &[(String, Option<String>, String)],
    number: usize,
    more: impl Fn(usize) -> Turn,
) -> Option<Card> {
    let blocks: Vec<String> = found
        .iter()
        .map(|(name, level, document)| {
            let level = level.as_deref().map(|level| format!("{} · ", line(level))).unwrap_or_default();
            format!("- {}\n-# {level}{}", line(name), line(document))
        })
        .collect();
    if blocks.is_empty() {
        return (number == 0)
            .then(|| sentence("My sources name no such program. Try fewer words, or leave the level out."));
    }
    let count = found.len();
    let head = format!("**{count} {}**", if count == 1 { "program" } else { "programs" });
    numbered(&packed(&head, &blocks), number, more)
}

/// A page of a section of a document, word for word.
pub fn section(
    id: &str,
    key: &str,
    (heading, quotes): (String, Vec<Citation>),
    indexed: i64,
    number: usize,
) -> Option<Card> {
    let answer = Answer {
        question: String::new(),
        standalone: String::new(),
        outcome: Outcome::Answered,
        confidence: 1.0,
        kind: "section".to_owned(),
        text: heading,
        citations: quotes,
        topics: Vec::new(),
        generation: String::new(),
        indexed_at: indexed,
        why: Vec::new(),
        turn: Conversation::default(),
    };
    let mut card = page(&answer, number)?;
    let goes_on = number + 1 < MAX_PAGES && page(&answer, number + 1).is_some();
    if goes_on {
        card.buttons = vec![more_button(Turn::Section(id.to_owned(), key.to_owned(), number + 1))];
    }
    Some(card)
}

/// A field with its place; the items of a long list may stand on several pages.
fn field_blocks(field: &Field, document: &str) -> Vec<String> {
    let name = line(&label(&field.attribute.label));
    match &field.value {
        Value::Text(_) => {
            let value = short(&value_text(field), MAX_VALUE);
            vec![format!("**{name}:** {value} · {}", place(&field.citation, document))]
        }
        Value::Items(items) => {
            let head = match lead(&field.citation, items) {
                Some(lead) => format!("**{name}:** {}", short(&lead, MAX_LEAD)),
                None => format!("**{name}:**"),
            };
            let mut blocks: Vec<String> =
                items.iter().map(|item| format!("- {}", short(item, MAX_ITEM * 2))).collect();
            if let Some(first) = blocks.first_mut() {
                *first = format!("{head}\n{first}");
            }
            if let Some(last) = blocks.last_mut() {
                last.push_str(&format!("\n-# {}", place(&field.citation, document)));
            }
            blocks
        }
    }
}

/// What stands above the items of a quoted list: without it they may say less than the text does.
fn lead(citation: &Citation, items: &[String]) -> Option<String> {
    let (before, _) = citation.words().split_once(items.first()?.as_str())?;
    // The mark or number of the item itself begins after the last line end.
    let before = before.rsplit_once('\n').map_or(before, |(before, _)| before);
    let lead =
        before.trim_end_matches(|sign: char| !sign.is_alphanumeric() && !matches!(sign, ':' | '.' | ')'));
    (!lead.is_empty()).then(|| one_line(lead))
}

/// Blocks in pages that fit a message, each under the head.
fn packed(head: &str, blocks: &[String]) -> Vec<String> {
    let room = MAX_CONTENT.saturating_sub(units(head) + FOOT + 2);
    let mut pages: Vec<String> = Vec::new();
    let mut body = String::new();
    // A block that no page takes whole is cut between its lines.
    let fits = |block: &String| units(block) <= room;
    let parts = blocks.iter().flat_map(|block| match fits(block) {
        true => vec![block.as_str()],
        false => block.lines().collect(),
    });
    for block in parts {
        if !body.is_empty() && units(&body) + 1 + units(block) > room {
            pages.push(std::mem::take(&mut body));
        }
        if !body.is_empty() {
            body.push('\n');
        }
        body.push_str(block);
    }
    pages.push(body);
    pages.retain(|body| !body.is_empty());
    pages.into_iter().map(|body| if head.is_empty() { body } else { format!("{head}\n{body}") }).collect()
}

/// One of several pages, with the button to the next.
fn numbered(pages: &[String], number: usize, more: impl Fn(usize) -> Turn) -> Option<Card> {
    let count = pages.len().min(MAX_PAGES);
    let body = pages.get(number).filter(|_| number < count)?;
    let mut card = Card { content: body.clone(), ..Card::default() };
    if count > 1 {
        card.content.push_str(&format!("\n-# Page {} of {count}", number + 1));
    }
    if number + 1 < count {
        card.buttons.push(more_button(more(number + 1)));
    }
    Some(card)
}

fn more_button(turn: Turn) -> Button {
    Button { label: "More".into(), action: ButtonAction::Turn(turn) }
}

fn sentence(text: &str) -> Card {
    Card { content: escape(&strip_controls(text)), ..Card::default() }
}

/// The lines of a citation, with its file where it is not the one that stands at the head.
fn place(citation: &Citation, head: &str) -> String {
    let lines = match citation.lines {
        (first, last) if first == last => format!("line {first}"),
        (first, last) => format!("lines {first}–{last}"),
    };
    if citation.document == head { lines } else { format!("{}, {lines}", line(&citation.document)) }
}

fn side_name(name: &str) -> String {
    line(&cut_at_character(name, MAX_SIDE_NAME))
}

/// A name on one line, inert.
fn line(text: &str) -> String {
    escape(&cut_at_character(&one_line(&strip_controls(text)), MAX_ITEM))
}

/// A value on one line, inert; a longer one is cut after a sentence and marked.
fn short(text: &str, most: usize) -> String {
    escape(&cut_at_sentence(&one_line(&strip_controls(text)), most))
}
