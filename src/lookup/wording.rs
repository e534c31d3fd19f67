//! From the passages that state an attribute to the fields of a card: a value alone where it says everything, the whole
//! statement where a value alone would mislead (several amounts in one sentence, the pay of a few, a row of one place).

use super::card::{Attribute, Field, Value};
use super::choosing::Chosen;
use super::fields::Filler;
use super::figures::Measure;
use super::finding::Spot;
use crate::answer::Citation;
use crate::corpus::{PassageKind, Value as Stated, ValueKind};
use crate::index::Snapshot;
use crate::index::records::{ByteSpan, PartRecord, PassageRecord};
use crate::lexicon::AttributeId;
use crate::question::{Kind, Question};
use crate::retrieval::Candidate;
use crate::text::{one_line, term_id, tokens};

impl Filler<'_> {
    /// The fields that a card shows of an attribute.
    pub(super) fn fields_of(
        &self,
        attribute: AttributeId,
        asked: &Question,
        chosen: Vec<Chosen<'_>>,
    ) -> Vec<Field> {
        let amounts = self.states_several(attribute) && self.is_money(asked);
        let mut fields: Vec<Field> = Vec::new();
        for chosen in chosen {
            let found = match amounts {
                true => self.amounts(attribute, asked, &chosen, fields.is_empty()),
                false => self.field(attribute, asked, &chosen).into_iter().collect(),
            };
            if amounts && !fields.is_empty() && !self.adds_an_amount(&chosen, &fields) {
                continue;
            }
            fields.extend(found);
        }
        fields
    }

    /// Whether a statement has an amount that no field says yet.
    fn adds_an_amount(&self, chosen: &Chosen<'_>, fields: &[Field]) -> bool {
        let document = chosen.candidate.context.block.document;
        let said = |amount: &str| {
            fields.iter().any(|field| match &field.value {
                Value::Text(text) => text.contains(amount),
                Value::Items(_) => false,
            })
        };
        let money = |value: &&Stated| value.kind == ValueKind::Money;
        chosen.candidate.record().is_some_and(|record| {
            record.values.iter().filter(money).any(|value| {
                let text = self.snapshot.value_text(document, value).unwrap_or_default();
                let amount = text.split_whitespace().next().unwrap_or_default();
                !amount.is_empty() && !said(amount)
            })
        })
    }

    /// What a statement of amounts says: the first its value alone, for itself and for a comparison, and behind it, or where a
    /// value alone would mislead, the statement.
    fn amounts(
        &self,
        attribute: AttributeId,
        asked: &Question,
        chosen: &Chosen<'_>,
        first: bool,
    ) -> Vec<Field> {
        let Some(record) = chosen.candidate.record() else { return Vec::new() };
        let Some(value) = self.field(attribute, asked, chosen) else { return Vec::new() };
        let money = |value: &&Stated| value.kind == ValueKind::Money;
        let several = record.values.iter().filter(money).count() > 1;
        let of_people =
            self.lexicon.attributes.get(attribute).is_some_and(|attribute| attribute.about_people);
        let whole = Field {
            value: Value::Text(one_line(value.citation.words())),
            year: None,
            measure: None,
            ..value.clone()
        };
        match record.kind {
            PassageKind::Sentence if chosen.few => vec![whole],
            // Of a wage by the hour and by the year either stands alone; of two places or years neither does.
            PassageKind::Sentence
                if several && of_people && first && self.apart_by_rate(&chosen.candidate, record) =>
            {
                vec![value, whole]
            }
            // "This track costs …": of which one is for its own sentence to say.
            PassageKind::Sentence if !first && !of_people && chosen.leaning => Vec::new(),
            PassageKind::Sentence if several || !first => vec![whole],
            PassageKind::Row => self.cells(attribute, &chosen.candidate, record, &value, first),
            PassageKind::KeyValue | PassageKind::Item => {
                vec![self.keyed(attribute, &chosen.candidate, record, value, first)]
            }
            _ => vec![value],
        }
    }

    /// Whether the amounts of a sentence all measure different things: "$20.84 an hour, or $43,350 a year".
    fn apart_by_rate(&self, candidate: &Candidate<'_>, record: &PassageRecord) -> bool {
        let money = record.values.iter().filter(|value| value.kind == ValueKind::Money);
        let measures: Vec<Option<Measure>> = money
            .map(|value| {
                let text = self.snapshot.value_text(candidate.context.block.document, value);
                Measure::of(text.unwrap_or_default(), "", true, self.lexicon)
            })
            .collect();
        measures
            .iter()
            .enumerate()
            .all(|(place, measure)| !measures.iter().skip(place + 1).any(|other| other == measure))
    }

    /// The cells of a row that state amounts: the one under "median" first, the others with the heads of their columns.
    fn cells(
        &self,
        attribute: AttributeId,
        candidate: &Candidate<'_>,
        record: &PassageRecord,
        value: &Field,
        first: bool,
    ) -> Vec<Field> {
        let document = candidate.context.block.document;
        let text = |span: ByteSpan| self.snapshot.text(document, span).map(one_line).unwrap_or_default();
        let head = |part: &PartRecord| part.label.map(text).unwrap_or_default();
        let holds = |part: &PartRecord| {
            let within = |stated: &Stated| {
                stated.kind == ValueKind::Money
                    && stated.span.start >= part.value.0 as usize
                    && stated.span.end <= part.value.1 as usize
            };
            record.values.iter().any(within)
        };
        let Some((key, cells)) = record.parts.split_first() else { return Vec::new() };
        let cells: Vec<&PartRecord> = cells.iter().filter(|part| holds(part)).collect();
        let told = !self.is_strange(attribute, candidate, key);
        let foreign = self.is_foreign(attribute, candidate);
        // A figure as a key ("0 to 2") says little without the head of its column.
        let key_head =
            key.label.map(text).filter(|_| text(key.value).contains(|sign: char| sign.is_ascii_digit()));
        let key_text = key_head.map_or_else(|| text(key.value), |head| format!("{head} {}", text(key.value)));
        let leading = |part: &&&PartRecord| {
            let words = part.label.map(|label| self.words_of(document, label)).unwrap_or_default();
            self.lexicon.lookup.leading.iter().any(|known| words.contains(&term_id(known)))
        };
        let main = match cells.as_slice() {
            [only] => Some(*only),
            several => several.iter().find(leading).copied(),
        };
        // One figure of the name's own says enough by itself.
        let plain = self.has_row(candidate) || told && first && main.is_some();
        let prefix = if plain { String::new() } else { format!("{key_text}: ") };
        let year = value.year.or_else(|| self.year_above(candidate));
        let cell = |value_text: String, part: Option<&PartRecord>| {
            let bare = part.map(|part| text(part.value)).unwrap_or_default();
            let around = format!("{} {} {value_text}", part.map(head).unwrap_or_default(), text(key.value));
            Field {
                value: Value::Text(format!("{prefix}{value_text}")),
                year,
                measure: part.filter(|_| !foreign).and_then(|_| self.measure(attribute, &bare, &around)),
                ..value.clone()
            }
        };
        let others: Vec<String> = cells
            .iter()
            .filter(|part| main.is_none_or(|main| main.value != part.value))
            .map(|part| match head(part) {
                head if head.is_empty() => text(part.value),
                head => format!("{head}: {}", text(part.value)),
            })
            .collect();
        let mut fields: Vec<Field> =
            main.map(|part| cell(text(part.value), Some(part))).into_iter().collect();
        if !others.is_empty() && (first || main.is_none()) {
            fields.push(cell(others.join("; "), None));
        }
        fields
    }

    /// The value of a key, with the key where it says more than what is asked for ("Retake fee").
    fn keyed(
        &self,
        attribute: AttributeId,
        candidate: &Candidate<'_>,
        record: &PassageRecord,
        value: Field,
        first: bool,
    ) -> Field {
        let document = candidate.context.block.document;
        let key = record
            .parts
            .first()
            .and_then(|part| part.label)
            .and_then(|label| self.snapshot.text(document, label));
        let strange = record.parts.first().is_some_and(|part| {
            part.label.is_some_and(|label| {
                let key = PartRecord { value: label, ..part.clone() };
                self.is_strange(attribute, candidate, &key)
            })
        });
        match (key, &value.value) {
            (Some(key), Value::Text(text)) if strange || !first => {
                Field { value: Value::Text(format!("{}: {text}", one_line(key))), ..value }
            }
            _ => value,
        }
    }

    /// Whether a key has words beside those for what is asked for, years and grammar.
    fn is_strange(&self, attribute: AttributeId, candidate: &Candidate<'_>, key: &PartRecord) -> bool {
        let text = self.snapshot.text(candidate.context.block.document, key.value).unwrap_or_default();
        let words = tokens(text);
        let terms = crate::text::terms(text);
        let of_attribute: Vec<usize> = [&self.lexicon.attribute_words, &self.lexicon.attribute_evidence]
            .into_iter()
            .flat_map(|phrases| phrases.find(&terms))
            .filter(|found| found.value == attribute || self.of_its_exam() >> found.value & 1 == 1)
            .flat_map(|found| found.words)
            .collect();
        words.iter().enumerate().any(|(index, word)| {
            !of_attribute.contains(&index)
                && self.lexicon.carries(&word.word)
                && !word.word.bytes().all(|byte| byte.is_ascii_digit())
        })
    }

    /// The words of a key.
    pub(super) fn key_words(&self, candidate: &Candidate<'_>, key: &PartRecord) -> Vec<u32> {
        let text = self.snapshot.text(candidate.context.block.document, key.value).unwrap_or_default();
        crate::text::terms(text)
    }

    /// The literal words of a span.
    pub(super) fn words_of(&self, document: u32, span: ByteSpan) -> Vec<u32> {
        let text = self.snapshot.text(document, span).unwrap_or_default();
        tokens(text).iter().map(|token| term_id(&token.word)).collect()
    }

    /// Whether the candidate is a row of the name, or holds but its column.
    pub(super) fn has_row(&self, candidate: &Candidate<'_>) -> bool {
        let block = &candidate.context.block;
        self.entry.places.iter().any(|(document, spot)| {
            *document == block.document
                && matches!(spot, Spot::Row(id, row) if *id == candidate.context.id && *row as usize == candidate.passage)
        })
    }

    fn measure(&self, attribute: AttributeId, figure: &str, context: &str) -> Option<Measure> {
        let of_people =
            self.lexicon.attributes.get(attribute).is_some_and(|attribute| attribute.about_people);
        Measure::of(figure, context, of_people, self.lexicon)
    }

    fn field(&self, attribute: AttributeId, asked: &Question, chosen: &Chosen<'_>) -> Option<Field> {
        let known = self.lexicon.attributes.get(attribute)?;
        let named = Attribute::of(&known.name, self.lexicon);
        let draft = &chosen.draft;
        let mut citation = whole(&draft.citations, self.snapshot)?;
        let items: Vec<String> = std::mem::take(&mut citation.items)
            .into_iter()
            .map(|item| item.trim_end_matches([',', ';', '.', ' ']).to_owned())
            .collect();
        if asked.kind == Kind::List && !items.is_empty() {
            citation.items.clone_from(&items);
            let value = Value::Items(items);
            return Some(Field { attribute: named, value, year: None, measure: None, citation });
        }
        let (text, year) = split_year(&draft.text);
        let year = year.or_else(|| self.year_of(&chosen.candidate, &text));
        let measure = self.measure(attribute, &text, citation.words());
        if measure.is_some() && known.expects.iter().all(|expect| expect.is_worded()) {
            // A price in a row that mentions "online" is no format.
            return None;
        }
        Some(Field { attribute: named, value: Value::Text(text), year, measure, citation })
    }

    /// The one year that a passage names, alone or in a date; of several the one that follows the figure, before the next.
    fn year_of(&self, candidate: &Candidate<'_>, figure: &str) -> Option<u32> {
        let record = candidate.record()?;
        let document = candidate.context.block.document;
        let dated = |value: &&Stated| matches!(value.kind, ValueKind::Year | ValueKind::Date);
        let text = |value: &Stated| self.snapshot.value_text(document, value);
        let year = |value: &Stated| text(value).and_then(year_in);
        if let Some(year) = one(record.values.iter().filter(dated).filter_map(year)) {
            return Some(year);
        }
        let at =
            record.values.iter().position(|value| text(value).is_some_and(|text| figure.contains(text)))?;
        record.values.iter().skip(at + 1).take(1).filter(dated).find_map(year)
    }

    /// The one year of the heading above a table.
    fn year_above(&self, candidate: &Candidate<'_>) -> Option<u32> {
        let heading = candidate.context.headings.first()?;
        one(heading.heading.split_whitespace().filter_map(year_in))
    }
}

fn one(mut years: impl Iterator<Item = u32>) -> Option<u32> {
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

/// The year in "2014", "May 2014" or "2014,".
fn year_in(text: &str) -> Option<u32> {
    let numbers = text.split(|sign: char| !sign.is_ascii_digit());
    numbers
        .filter(|number| number.len() == 4)
        .filter_map(|number| number.parse().ok())
        .find(|year| (1900..=2100).contains(year))
}

/// One citation of what was quoted in parts: a long list is quoted from its first item to its last.
fn whole(citations: &[Citation], snapshot: &Snapshot) -> Option<Citation> {
    let mut first = citations.first()?.clone();
    if first.items.is_empty() {
        return Some(first);
    }
    for next in
        citations.iter().skip(1).filter(|next| !next.items.is_empty() && next.document == first.document)
    {
        if next.bytes.0 < first.bytes.1 || next.breadcrumb != first.breadcrumb {
            continue;
        }
        let (index, _) = snapshot.document_at(&first.document)?;
        let span = (u32::try_from(first.bytes.0).ok()?, u32::try_from(next.bytes.1).ok()?);
        snapshot.file_text(index, span)?.clone_into(&mut first.quote);
        if let (Some(shown), Some(more)) = (first.shown.as_mut(), &next.shown) {
            shown.push('\n');
            shown.push_str(more);
        }
        first.bytes.1 = next.bytes.1;
        first.lines.1 = next.lines.1;
        first.items.extend(next.items.iter().cloned());
    }
    Some(first)
}

/// "$35,900 (2014)" is a value and its year; a span of years stays with the value.
fn split_year(text: &str) -> (String, Option<u32>) {
    let split = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    match split.and_then(|(value, year)| Some((value, year.parse::<u32>().ok()?))) {
        Some((value, year)) if (1900..=2100).contains(&year) => (value.to_owned(), Some(year)),
        _ => (text.to_owned(), None),
    }
}
