//! The card of a name: what the folder states of it, each field with its proof; and several cards side by side.

use super::directory::{Directory, Entry};
use super::fields::Filler;
use super::figures::Measure;
use super::read_off::read_off;
use crate::answer::Citation;
use crate::index::Snapshot;
use crate::lexicon::Lexicon;
use crate::lexicon::lookup::NameKind;
use crate::text::{one_line, terms};

/// What an open cell says.
pub const NOT_STATED: &str = "not stated in the source";

/// A value as the folder states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A value or a sentence.
    Text(String),
    /// A whole list, in order.
    Items(Vec<String>),
}

/// What a card can state of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name in the lexicon.
    pub name: String,
    /// What a person calls it.
    pub label: String,
}

impl Attribute {
    pub(super) fn of(name: &str, lexicon: &Lexicon) -> Self {
        let known = lexicon.attribute(name).and_then(|id| lexicon.attributes.get(id));
        let label = known.map_or_else(|| name.to_owned(), |attribute| attribute.label.clone());
        Self { name: name.to_owned(), label }
    }
}

/// One field of a card.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// What is stated.
    pub attribute: Attribute,
    /// Its value.
    pub value: Value,
    /// The year that the text names for it.
    pub year: Option<u32>,
    /// What it measures, if it is one figure.
    pub measure: Option<Measure>,
    /// Where it stands.
    pub citation: Citation,
}

/// What the folder states of one name.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The id of its entry.
    pub id: String,
    /// The name, as the documents write it.
    pub name: String,
    /// What it is.
    pub kind: NameKind,
    /// Path of the document that says most about it.
    pub document: String,
    /// The fields that are stated, in the order of the lexicon; an attribute may be stated several times, the surest first.
    pub fields: Vec<Field>,
}

impl Card {
    /// The surest field of that attribute.
    pub fn field(&self, attribute: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.attribute.name == attribute)
    }
}

impl Comparison {
    /// The cards that were found.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.sides.iter().filter_map(|side| match side {
            Found::Card(card) => Some(card),
            Found::Unknown { .. } => None,
        })
    }

    /// What each card states of an attribute, and whether the figures may be set side by side: of several statements those
    /// that measure the same are taken; where none do, each card's surest.
    pub fn row(&self, attribute: &str) -> (Vec<Option<&Field>>, bool) {
        let of = |card: &'_ Card| -> Vec<usize> {
            let fields = card.fields.iter().enumerate();
            fields.filter(|(_, field)| field.attribute.name == attribute).map(|(place, _)| place).collect()
        };
        let cards: Vec<(&Card, Vec<usize>)> = self.cards().map(|card| (card, of(card))).collect();
        let stating: Vec<&(&Card, Vec<usize>)> =
            cards.iter().filter(|(_, places)| !places.is_empty()).collect();
        let measures = |(card, places): &(&Card, Vec<usize>)| -> Vec<Option<Measure>> {
            places
                .iter()
                .filter_map(|place| card.fields.get(*place))
                .map(|field| field.measure.clone())
                .collect()
        };
        let shared = stating.first().and_then(|first| {
            let all = |measure: &Option<Measure>| stating.iter().all(|side| measures(side).contains(measure));
            measures(first).into_iter().find(all)
        });
        let pick = |(card, places): &(&'_ Card, Vec<usize>)| -> Option<usize> {
            let fits = |place: &&usize| {
                card.fields
                    .get(**place)
                    .is_some_and(|field| shared.as_ref().is_none_or(|shared| field.measure == *shared))
            };
            places.iter().find(fits).copied()
        };
        let picked: Vec<Option<usize>> = cards.iter().map(pick).collect();
        let row = self.cards().zip(picked).map(|(card, place)| card.fields.get(place?)).collect();
        (row, stating.len() < 2 || shared.is_some())
    }
}

/// Names side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Every attribute that one of the cards may show, in order; a card without it does not state it.
    pub attributes: Vec<Attribute>,
    /// What was found for each name, in the order given.
    pub sides: Vec<Found>,
}

/// What a look-up finds.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// The card.
    Card(Card),
    /// The folder names nothing like it.
    Unknown {
        /// What was typed.
        typed: String,
        /// The nearest names that the folder does know.
        nearest: Vec<String>,
    },
}

/// What is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Everything that a card of this kind shows.
    Whole(NameKind),
    /// The courses of a program.
    Courses,
    /// What a program or a certification asks for.
    Requirements,
    /// What an occupation pays.
    Salary,
}

impl Wanted {
    /// The kinds of name that are looked for, the first before the others.
    pub fn kinds(self) -> &'static [NameKind] {
        use NameKind::{Certification, Occupation, Program};
        match self {
            Self::Whole(Program) | Self::Courses => &[Program],
            Self::Whole(Occupation) | Self::Salary => &[Occupation],
            Self::Whole(Certification) => &[Certification],
            Self::Requirements => &[Program, Certification, Occupation],
        }
    }

    /// The attributes that are wanted, in order.
    pub(super) fn attributes(self, lexicon: &Lexicon) -> Vec<&str> {
        match self {
            Self::Whole(kind) => lexicon.lookup.shown(kind).iter().map(String::as_str).collect(),
            Self::Courses => vec!["courses"],
            Self::Requirements => vec!["requirements"],
            Self::Salary => vec!["salary"],
        }
    }
}

/// A value with its year, on one line; the items of a list with commas.
pub fn value_text(field: &Field) -> String {
    let text = match &field.value {
        Value::Text(text) => text.clone(),
        Value::Items(items) => items.join(", "),
    };
    // A sentence that names its year need not be told it again.
    match field.year.map(|year| year.to_string()).filter(|year| !text.contains(year.as_str())) {
        Some(year) => format!("{text} ({year})"),
        None => text,
    }
}

/// What a side of a comparison says: its value, or, where figures do not measure the same, the statement with its words.
pub fn side_text(field: &Field, agree: bool) -> String {
    match (&field.value, &field.measure, agree) {
        (Value::Text(_), Some(_), false) => one_line(field.citation.words()),
        _ => value_text(field),
    }
}

/// What is a name itself: a sentence is none.
const NAMES: [&str; 2] = ["award", "level"];

fn summed_up(citation: Citation, lexicon: &Lexicon) -> Field {
    let value = Value::Text(one_line(citation.words()));
    Field { attribute: Attribute::of("summary", lexicon), value, year: None, measure: None, citation }
}

fn is_short(field: &Field) -> bool {
    const LONGEST: usize = 60;
    matches!(&field.value, Value::Text(text) if text.chars().count() <= LONGEST && !text.ends_with('.'))
}

/// The card of an entry, with those of the attributes that the folder states.
pub(super) fn card(
    entry: &Entry,
    attributes: &[&str],
    directory: &Directory,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Card {
    let filler = Filler::of(entry, directory, snapshot, lexicon);
    let mut card = Card {
        id: entry.id.clone(),
        name: entry.name.clone(),
        kind: entry.kind,
        document: snapshot.document(entry.document).map(|document| document.path.clone()).unwrap_or_default(),
        fields: Vec::new(),
    };
    for attribute in attributes.iter().copied() {
        let fields: Vec<Field> = match attribute {
            "summary" => filler.summary().map(|citation| summed_up(citation, lexicon)).into_iter().collect(),
            _ => match read_off(entry, attribute, snapshot, lexicon) {
                Some(field) => vec![field],
                None => lexicon.attribute(attribute).map(|id| filler.stated(id)).unwrap_or_default(),
            },
        };
        let leveled = |field: &Field| {
            let words = terms(field.citation.words());
            attribute != "level" || !lexicon.level_words.find(&words).is_empty() || is_short(field)
        };
        let fits = |field: &Field| match (NAMES.contains(&attribute), entry.kind) {
            (false, _) => true,
            (true, NameKind::Program) => is_short(field),
            (true, _) => leveled(field),
        };
        card.fields.extend(fields.into_iter().filter(fits));
    }
    card
}
