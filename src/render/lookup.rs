//! Cards of looked-up names: as JSON, whose keys are a contract with scripts, and as text for a terminal.

use serde::Serialize;

use super::json::{Cited, cited};
use super::terminal::{BOLD, DIM, Style, place};
use crate::lexicon::lookup::NameKind;
use crate::lookup::{Card, Comparison, Field, Found, NOT_STATED, Value, side_text, value_text};

/// Behind the attribute of which the sides do not measure the same.
pub const NOT_ALIKE: &str = " (not measured alike; in the words of the texts)";

#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    Known { name: &'a str, kind: NameKind, document: &'a str, fields: Vec<Cell<'a>> },
    Unknown { name: &'a str, error: String, nearest: &'a [String] },
}

#[derive(Serialize)]
#[serde(untagged)]
enum Cell<'a> {
    Text { attribute: &'a str, value: &'a str, year: Option<u32>, citation: Cited<'a> },
    Items { attribute: &'a str, items: &'a [String], year: Option<u32>, citation: Cited<'a> },
    Open { attribute: &'a str, value: Option<&'a str>, note: &'a str },
}

/// A look-up as one line of JSON, without its line end.
///
/// # Errors
/// Never for values of these types; the caller need not think so.
pub fn json(found: &Found) -> serde_json::Result<String> {
    serde_json::to_string(&line(found, None))
}

/// A comparison as one line of JSON: a list with one object for each name, every attribute in each.
///
/// # Errors
/// As for [`json`].
pub fn comparison_json(comparison: &Comparison) -> serde_json::Result<String> {
    let mut place = 0;
    let lines: Vec<Line<'_>> = comparison
        .sides
        .iter()
        .map(|side| {
            let own = line(side, Some((comparison, place)));
            place += usize::from(matches!(side, Found::Card(_)));
            own
        })
        .collect();
    serde_json::to_string(&lines)
}

/// One name; of a comparison with its place among the cards.
fn line<'a>(found: &'a Found, comparison: Option<(&'a Comparison, usize)>) -> Line<'a> {
    match found {
        Found::Unknown { typed, nearest } => {
            Line::Unknown { name: typed, error: unknown(typed, nearest), nearest }
        }
        Found::Card(card) => {
            let fields = match comparison {
                None => card.fields.iter().map(cell).collect(),
                Some((comparison, place)) => comparison
                    .attributes
                    .iter()
                    .map(|attribute| match comparison.row(&attribute.name).0.get(place).copied().flatten() {
                        Some(field) => cell(field),
                        None => Cell::Open { attribute: &attribute.name, value: None, note: NOT_STATED },
                    })
                    .collect(),
            };
            Line::Known { name: &card.name, kind: card.kind, document: &card.document, fields }
        }
    }
}

fn cell(field: &Field) -> Cell<'_> {
    let (attribute, year, citation) = (field.attribute.name.as_str(), field.year, cited(&field.citation));
    match &field.value {
        Value::Text(value) => Cell::Text { attribute, value, year, citation },
        Value::Items(items) => Cell::Items { attribute, items, year, citation },
    }
}

/// What somebody reads who looked up a name that the folder does not know.
pub fn unknown(typed: &str, nearest: &[String]) -> String {
    let typed = typed.trim();
    match (typed.is_empty(), nearest.is_empty()) {
        (true, _) => "Name what you want to look up.".to_owned(),
        (false, true) => format!("My sources name nothing like \"{typed}\"."),
        (false, false) => {
            format!("My sources do not name \"{typed}\". The nearest names: {}.", nearest.join("; "))
        }
    }
}

/// A label at the start of a line.
pub fn label(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

impl Style {
    /// A card, or what is said without one. Ends with a line end.
    pub fn lookup(self, found: &Found) -> String {
        let mut text = String::new();
        match found {
            Found::Unknown { typed, nearest } => self.put(&mut text, "", "", &unknown(typed, nearest)),
            Found::Card(card) => self.looked_up(&mut text, card),
        }
        text
    }

    /// Names side by side, attribute after attribute. Ends with a line end.
    pub fn comparison(self, comparison: &Comparison) -> String {
        let mut text = String::new();
        let cards: Vec<&Card> = comparison.cards().collect();
        for side in &comparison.sides {
            if let Found::Unknown { typed, nearest } = side {
                self.put(&mut text, "", "", &unknown(typed, nearest));
            }
        }
        for attribute in comparison.attributes.iter().filter(|_| !cards.is_empty()) {
            let (row, agree) = comparison.row(&attribute.name);
            if row.iter().all(Option::is_none) {
                continue;
            }
            let note = if agree { "" } else { NOT_ALIKE };
            self.put(&mut text, BOLD, "", &format!("{}{note}", label(&attribute.label)));
            for (card, field) in cards.iter().zip(row) {
                let value = field.map_or_else(|| NOT_STATED.to_owned(), |field| side_text(field, agree));
                self.put(&mut text, "", "  ", &format!("{}: {value}", card.name));
                if let Some(field) = field {
                    self.put(&mut text, DIM, "    ", &place(&field.citation));
                }
            }
        }
        text
    }

    fn looked_up(self, text: &mut String, card: &Card) {
        self.put(text, BOLD, "", &card.name);
        self.put(text, DIM, "", &format!("{} · {}", card.kind.label(), card.document));
        if card.fields.is_empty() {
            self.put(text, "", "  ", &format!("That is {NOT_STATED}."));
        }
        for field in &card.fields {
            let name = label(&field.attribute.label);
            match &field.value {
                Value::Text(_) => self.put(text, "", "  ", &format!("{name}: {}", value_text(field))),
                Value::Items(items) => {
                    self.put(text, "", "  ", &format!("{name}:"));
                    items.iter().for_each(|item| self.put(text, "", "    • ", item));
                }
            }
            self.put(text, DIM, "    ", &place(&field.citation));
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::lookup::Attribute;
    use crate::render::json::tests::sample;

    fn card() -> Found {
        let citation = sample().citations.remove(0);
        let field = |name: &str, label: &str, value: Value, year: Option<u32>| Field {
            attribute: Attribute { name: name.to_owned(), label: label.to_owned() },
            value,
            year,
            measure: None,
            citation: citation.clone(),
        };
        Found::Card(Card {
            id: "o1".to_owned(),
            name: "Boat builders".to_owned(),
            kind: NameKind::Occupation,
            document: "a/records.md".to_owned(),
            fields: vec![
                field("salary", "pay", Value::Text("$35,900".to_owned()), Some(2014)),
                field("skills", "skills", Value::Items(vec!["a".to_owned(), "b".to_owned()]), None),
            ],
        })
    }

    fn nobody() -> Found {
        Found::Unknown { typed: "ghost".to_owned(), nearest: vec!["Boat builders".to_owned()] }
    }

    #[test]
    fn the_contract() {
        let cited = r#"{"document":"a/records.md","title":"Records","section":"Records › Pay","lines":[12,13],"bytes":[804,931],"quote":"The median was $35,900\nin 2014.","source":"Handbook","score":7.5}"#;
        let line = json(&card()).unwrap().replace(cited, "C");
        expect![[r#"{"name":"Boat builders","kind":"occupation","document":"a/records.md","fields":[{"attribute":"salary","value":"$35,900","year":2014,"citation":C},{"attribute":"skills","items":["a","b"],"year":null,"citation":C}]}"#]]
        .assert_eq(&line);
        expect![[r#"{"name":"ghost","error":"My sources do not name \"ghost\". The nearest names: Boat builders.","nearest":["Boat builders"]}"#]]
        .assert_eq(&json(&nobody()).unwrap());
        let cost = Attribute { name: "cost".to_owned(), label: "cost".to_owned() };
        let comparison = Comparison { attributes: vec![cost], sides: vec![card()] };
        expect![[r#"[{"name":"Boat builders","kind":"occupation","document":"a/records.md","fields":[{"attribute":"cost","value":null,"note":"not stated in the source"}]}]"#]]
        .assert_eq(&comparison_json(&comparison).unwrap());
    }

    #[test]
    fn a_card_in_the_terminal() {
        let style = Style { width: 60, colour: false };
        expect![[r#"
            Boat builders
            occupation · a/records.md
              Pay: $35,900 (2014)
                a/records.md, lines 12–13
              Skills:
                • a
                • b
                a/records.md, lines 12–13
        "#]]
        .assert_eq(&style.lookup(&card()));
        let pay = Attribute { name: "salary".to_owned(), label: "pay".to_owned() };
        let comparison = Comparison { attributes: vec![pay], sides: vec![card(), nobody()] };
        expect![[r#"
            My sources do not name "ghost". The nearest names: Boat
            builders.
            Pay
              Boat builders: $35,900 (2014)
                a/records.md, lines 12–13
        "#]]
        .assert_eq(&style.comparison(&comparison));
    }

    #[test]
    fn figures_that_measure_different_things_stand_in_the_words_of_the_texts() {
        let style = Style { width: 80, colour: false };
        let lexicon = crate::lexicon::Lexicon::shipped().unwrap();
        let side = |figures: &[&str]| {
            let Found::Card(mut card) = card() else { unreachable!() };
            let field = card.fields.remove(0);
            let stated = |figure: &&str| Field {
                value: Value::Text((*figure).to_owned()),
                measure: crate::lookup::Measure::of(figure, "", true, &lexicon),
                ..field.clone()
            };
            card.fields = figures.iter().map(stated).collect();
            Found::Card(card)
        };
        let pay = Attribute { name: "salary".to_owned(), label: "pay".to_owned() };
        let compared = |one: &[&str], other: &[&str]| {
            style.comparison(&Comparison {
                attributes: vec![pay.clone()],
                sides: vec![side(one), side(other)],
            })
        };
        expect![[r#"
            Pay (not measured alike; in the words of the texts)
              Boat builders: The median was $35,900 in 2014.
                a/records.md, lines 12–13
              Boat builders: The median was $35,900 in 2014.
                a/records.md, lines 12–13
        "#]]
        .assert_eq(&compared(&["$35,900"], &["$21 an hour"]));
        // Of several statements those that measure the same are set side by side.
        expect![[r#"
            Pay
              Boat builders: $21 an hour (2014)
                a/records.md, lines 12–13
              Boat builders: $22 an hour (2014)
                a/records.md, lines 12–13
        "#]]
        .assert_eq(&compared(&["$35,900", "$21 an hour"], &["$22 an hour"]));
    }
}
