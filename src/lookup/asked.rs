//! What the texts say of a name that no document bears as a title, a heading or a cell: the engine is asked for each attribute,
//! as a person would ask. Only answers whose proof names it are shown.

use super::card::{Attribute, Card, Field, Value, Wanted};
use super::figures::Measure;
use crate::answer::{Answer, Citation, Outcome, reply};
use crate::index::Snapshot;
use crate::lexicon::Lexicon;
use crate::lexicon::lookup::NameKind;
use crate::question::{Conversation, understand};
use crate::text::{one_line, stem, tokens};

/// A name of more words is a sentence.
const MOST_WORDS: usize = 8;

/// The engine's answers about a name.
pub(super) struct Asked<'a> {
    pub snapshot: &'a Snapshot,
    pub lexicon: &'a Lexicon,
    /// Below this confidence there is no answer.
    pub min_confidence: f64,
}

impl Asked<'_> {
    /// The card of what somebody typed; `None` when the texts do not say anything that is wanted of it.
    pub fn card(
        &self,
        typed: &str,
        kind: NameKind,
        attributes: &[&str],
        wanted: Option<Wanted>,
    ) -> Option<Card> {
        let typed = one_line(typed);
        let words: Vec<String> = tokens(&typed)
            .into_iter()
            .filter(|token| self.lexicon.carries(&token.word))
            .map(|token| stem(&token.word))
            .collect();
        if words.is_empty() || words.len() > MOST_WORDS {
            return None;
        }
        let whole = matches!(wanted, Some(Wanted::Whole(_)) | None);
        let mut fields: Vec<Field> = Vec::new();
        for name in attributes {
            let Some(attribute) = self.lexicon.attribute(name).and_then(|id| self.lexicon.attributes.get(id))
            else {
                continue;
            };
            // Of the whole of a card only what a value says: a sentence that is found by words may be about anything.
            if whole && attribute.expects.first().is_none_or(|expect| expect.is_worded()) {
                continue;
            }
            let question = format!("What is the {} of {typed}?", attribute.label);
            let parts = understand(&question, &Conversation::default(), self.snapshot, self.lexicon);
            let answer = reply(&question, &parts, self.snapshot, self.lexicon, self.min_confidence);
            let named = |citation: &Citation| names(citation, &words);
            if answer.outcome != Outcome::Answered || !answer.citations.first().is_some_and(named) {
                continue;
            }
            fields.extend(field(
                Attribute::of(name, self.lexicon),
                answer,
                attribute.about_people,
                self.lexicon,
            ));
        }
        let document = fields.first()?.citation.document.clone();
        Some(Card { id: String::new(), name: typed, kind, document, fields })
    }
}

/// Whether a quote, its headings or its document's title hold all the words.
fn names(citation: &Citation, words: &[String]) -> bool {
    let mut text = citation.breadcrumb.join(" ");
    text.push(' ');
    text.push_str(citation.words());
    let held: Vec<String> = tokens(&text).into_iter().map(|token| stem(&token.word)).collect();
    words.iter().all(|word| held.contains(word))
}

fn field(attribute: Attribute, answer: Answer, of_people: bool, lexicon: &Lexicon) -> Option<Field> {
    let citation = answer.citations.into_iter().next()?;
    let value = match citation.items.is_empty() {
        true => Value::Text(one_line(&answer.text)),
        false => Value::Items(citation.items.clone()),
    };
    let measure = match &value {
        Value::Text(text) => Measure::of(text, citation.words(), of_people, lexicon),
        Value::Items(_) => None,
    };
    Some(Field { attribute, value, year: None, measure, citation })
}
