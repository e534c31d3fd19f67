//! Questions that look something up by name: the field of a card, as an answer that is scored like any other.

use crate::answer::{Answer, Outcome, Turn};
use crate::engine::Engine;
use crate::lexicon::lookup::NameKind;
use crate::lookup::{Card, Field, Found, Lookup, NOT_STATED, Wanted, value_text};

/// Between the names of a comparison.
const BETWEEN: char = ';';

/// The look-up that a question file names: what is looked up, and the attribute that is scored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    wanted: Option<Wanted>,
    attribute: String,
}

impl Asked {
    /// `salary`, `courses`, `requirements`, or `program`, `occupation`, `certification`, `compare` with an attribute.
    ///
    /// # Errors
    /// A sentence for the curator.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (what, attribute) = text.split_once(' ').unwrap_or((text, ""));
        let kind = NameKind::ALL.into_iter().find(|kind| kind.label() == what);
        let (wanted, attribute) = match (what, kind) {
            (_, Some(kind)) => (Some(Wanted::Whole(kind)), attribute),
            ("compare", _) => (None, attribute),
            ("courses", _) => (Some(Wanted::Courses), "courses"),
            ("requirements", _) => (Some(Wanted::Requirements), "requirements"),
            ("salary", _) => (Some(Wanted::Salary), "salary"),
            _ => (None, ""),
        };
        match attribute.is_empty() {
            true => Err(format!(
                "`lookup` is \"{text}\". Use salary, courses or requirements; or program, occupation, certification or \
                 compare with an attribute behind it."
            )),
            false => Ok(Self { wanted, attribute: attribute.to_owned() }),
        }
    }
}

/// The answer to a question that looks up `typed`.
pub fn answer(typed: &str, asked: &Asked, engine: &Engine) -> Answer {
    engine.look_up(|lookup| {
        let sides: Vec<Found> = match asked.wanted {
            Some(wanted) => vec![lookup.find(typed, wanted)],
            None => {
                let names: Vec<&str> = typed.split(BETWEEN).map(str::trim).collect();
                lookup.compare(&names).sides
            }
        };
        said(typed, asked, &sides, &lookup)
    })
}

fn said(typed: &str, asked: &Asked, sides: &[Found], lookup: &Lookup<'_>) -> Answer {
    let cards: Vec<&Card> = sides
        .iter()
        .filter_map(|side| match side {
            Found::Card(card) => Some(card),
            Found::Unknown { .. } => None,
        })
        .collect();
    let of = |card: &Card| -> Vec<Field> {
        card.fields.iter().filter(|field| field.attribute.name == asked.attribute).cloned().collect()
    };
    let fields: Vec<Field> = cards.iter().flat_map(|card| of(card)).collect();
    let values: Vec<String> = cards
        .iter()
        .map(|card| {
            let values: Vec<String> = of(card).iter().map(value_text).collect();
            if values.is_empty() { NOT_STATED.to_owned() } else { values.join("\n") }
        })
        .collect();
    let answered = !fields.is_empty() && cards.len() == sides.len();
    Answer {
        question: typed.to_owned(),
        standalone: typed.to_owned(),
        outcome: if answered { Outcome::Answered } else { Outcome::Abstained },
        confidence: f64::from(u8::from(answered)),
        kind: "lookup".to_owned(),
        text: values.join("\n"),
        citations: fields.iter().map(|field| field.citation.clone()).collect(),
        topics: Vec::new(),
        generation: lookup.snapshot.id.clone(),
        indexed_at: lookup.snapshot.built_at,
        why: Vec::new(),
        turn: Turn::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn what_is_looked_up_is_named_with_its_attribute() {
        for text in
            ["salary", "courses", "requirements", "program cost", "compare duration", "certification issuer"]
        {
            assert!(Asked::parse(text).is_ok(), "{text}");
        }
        for text in ["", "program", "compare", "price", "price cost"] {
            let error = Asked::parse(text).expect_err(text);
            assert!(error.contains("Use salary, courses"), "{error}");
        }
    }
}
