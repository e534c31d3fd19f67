//! What contradicts a question in a passage: another year, level, place or row than the one asked for, a thing or a figure
//! that is not meant; other people are `people`'s. Each gives its reason, for people; pure functions.

use std::cell::OnceCell;

use super::asked::Asked;
use super::constraints::Reason;
use super::context::BlockContext;
use super::features::Features;
use super::support::{Held, Sight, holds};
use crate::corpus::{PassageKind, ValueKind};
use crate::index::Snapshot;
use crate::index::records::{PassageRecord, flag, has};
use crate::lexicon::Lexicon;
use crate::question::{Kind, Question};
use crate::text::{Term, code_pieces, is_code_letters, is_code_number};

/// A word of the same family counts this much; more is the word itself or a synonym.
pub(super) const FAMILY: f64 = 0.85;

/// A passage where it stands, with the features that some constraints look at.
pub(super) struct Place<'a> {
    pub context: &'a BlockContext<'a>,
    pub held: &'a Held,
    pub sight: &'a Sight<'a>,
    pub features: &'a Features,
    /// The support of each of the question's terms.
    pub supports: &'a [f64],
}

impl<'a> Place<'a> {
    /// Whether a term that the question wants stands in the passage, in its lead-in or in the sentence that it leans on.
    pub fn says(&self, wanted: Term) -> bool {
        self.sight.says(wanted) || self.held.lead.contains(&wanted) || self.sight.leans_on(wanted)
    }

    /// The same, or it is what the letters before the passage stand for.
    pub fn tells_of(&self, wanted: Term) -> bool {
        self.says(wanted) || self.sight.goes_on_about(wanted)
    }

    /// The sentence that the passage leans on.
    pub fn leaned(&self) -> Option<&'a PassageRecord> {
        self.sight.before.map(|(record, _)| record)
    }
}

/// A sentence that states a figure of something it names itself is no figure of what only the document is about: "Parking
/// permits cost $45" is not what the course costs.
pub(super) fn other_thing(
    question: &Asked<'_>,
    place: &Place<'_>,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Option<Reason> {
    let passage = place.sight.passage;
    let sentence = passage.kind == PassageKind::Sentence && needs_value(question);
    if !sentence || question.subject_terms().next().is_none() {
        return None;
    }
    let named = place.features.near > 0.2 || place.leaned().is_some();
    let own = |wanted: Term| place.tells_of(wanted);
    let said = question.subject_terms().any(|term| !term.strict && holds(term, &own) > 0.0);
    if named && said {
        return None;
    }
    // Everything before the first figure; the figure's own words are not part of it.
    let value = passage.values.first().map_or(passage.terms.len(), |value| {
        let text = snapshot.value_text(place.context.block.document, value).unwrap_or_default();
        let words = text.split_whitespace().count();
        value.after.saturating_sub(words.max(1))
    });
    let vague = flag::STOP | flag::LIGHT | flag::LEANING | flag::DEFINING;
    let attribute: OnceCell<Vec<usize>> = OnceCell::new();
    let of_attribute = |index: &usize| {
        let found = || lexicon.attribute_words.find(&passage.terms).into_iter().flat_map(|found| found.words);
        attribute.get_or_init(|| found().collect()).contains(index)
    };
    // Words of its own before the figure; what the attribute is called by is looked for last, since that takes longest.
    let others = |fits: &dyn Fn(Term) -> bool| {
        passage.terms.iter().zip(&passage.flags).enumerate().take(value).any(|(index, (held, flags))| {
            flags & vague == 0
                && !question.names(*held)
                && fits(*held)
                && !lexicon.times.contains(held)
                && !of_attribute(&index)
        })
    };
    let strange = || others(&|_| true);
    // "18 in one program and 12 in the other": names of the folder, and not the one that is asked for.
    let named_elsewhere =
        || others(&|held| snapshot.names.contains(&held) && lexicon.level_words.find(&[held]).is_empty());
    (!named && strange() || !said && named_elsewhere())
        .then_some(Reason::Borrowed("it speaks of another thing"))
}

pub(super) fn needs_value(question: &Question) -> bool {
    !question.expects.is_empty() && question.expects.iter().all(|expect| !expect.is_worded())
}

/// A year that is asked for must stand in the passage, or in its surroundings where the passage names none.
pub(super) fn other_year(question: &Asked<'_>, place: &Place<'_>, snapshot: &Snapshot) -> Option<Reason> {
    if question.years.is_empty() && question.school_years.is_empty() {
        return None;
    }
    let passage = place.sight.passage;
    let document = place.context.block.document;
    let lead = place.context.block.lead.and_then(|lead| snapshot.text(document, lead)).unwrap_or_default();
    let years: Vec<&str> = passage
        .values
        .iter()
        .filter(|value| value.kind == ValueKind::Year)
        .filter_map(|value| snapshot.value_text(document, value))
        .collect();
    // "2026-27" is not said by a table of 2025-26, though that ends in 2026.
    if !question.school_years.is_empty() {
        let own = snapshot.text(document, passage.span).unwrap_or_default();
        let above = place.context.headings.iter().map(|heading| heading.heading.as_str());
        let said: Vec<u32> = [own, lead].into_iter().chain(above).flat_map(school_years).collect();
        if let Some(other) =
            said.first().filter(|_| !question.school_years.iter().any(|year| said.contains(year)))
        {
            return Some(format!("it speaks of the school year that begins in {other}").into());
        }
    }
    question
        .years
        .iter()
        .find(|year| {
            let wanted = year.to_string();
            // "2023-24" begins in 2023.
            !years.is_empty() && !years.iter().any(|year| year.contains(&wanted)) && !lead.contains(&wanted)
        })
        .map(|year| format!("it speaks of {}, not of {year}", years.join(" and ")).into())
}

/// The first years of the school years that a text names: "2025-26", "2025–2026", "2025/26".
pub(super) fn school_years(text: &str) -> Vec<u32> {
    let number =
        |piece: &str| piece.parse::<u32>().ok().filter(|_| piece.bytes().all(|byte| byte.is_ascii_digit()));
    let signs = text.char_indices().filter(|(_, c)| matches!(c, '-' | '–' | '/'));
    let year = |(at, sign): (usize, char)| {
        let first = number(text.get(at.checked_sub(4)?..at)?)?;
        let rest = text.get(at + sign.len_utf8()..)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let next = number(rest.get(..digits)?)?;
        let follows = next == first + 1 || digits == 2 && next == (first + 1) % 100;
        follows.then_some(first)
    };
    signs.filter_map(year).collect()
}

/// A state that is asked for must be in the passage, or in what it stands under, where the passage names another one.
pub(super) fn other_place(question: &Asked<'_>, place: &Place<'_>, lexicon: &Lexicon) -> Option<Reason> {
    if question.states.is_empty() {
        return None;
    }
    let passage = place.sight.passage;
    let named = |terms: &[Term]| -> Vec<usize> {
        lexicon.states.find(terms).into_iter().map(|found| found.value).collect()
    };
    let own = named(&passage.terms);
    let asked = |states: &[usize]| question.states.iter().any(|state| states.contains(state));
    let above = || {
        place.context.headings.iter().any(|heading| asked(&named(&heading.terms)))
            || asked(&named(&place.context.block.lead_terms))
    };
    (!own.is_empty() && !asked(&own) && !above()).then_some(Reason::Borrowed("it speaks of another place"))
}

/// A level that is asked for must not be contradicted by the nearest heading that names one.
pub(super) fn other_level(question: &Question, place: &Place<'_>, lexicon: &Lexicon) -> Option<Reason> {
    let passage = place.sight.passage;
    let wanted = question.level?;
    let name = |level: usize| lexicon.levels.get(level).map(|level| level.name.clone()).unwrap_or_default();
    // Where the level that is asked for has a section of its own, another level's section speaks of it as a condition.
    let context = &place.context;
    let near = context.headings.iter().take(1).find_map(|heading| heading.level).map(usize::from);
    let elsewhere = || {
        let sections = context.document.sections.iter().skip(1);
        sections.filter(|section| section.level.map(usize::from) == Some(wanted)).count() > 0
    };
    if let Some(near) = near.filter(|near| *near != wanted && context.headings.len() > 1 && elsewhere()) {
        return Some(
            format!("it stands in the section of level {}, not {}", name(near), name(wanted)).into(),
        );
    }
    let written = passage.words.iter().zip(&passage.flags).filter_map(|(word, flags)| {
        // "Ph.D." is written with a small letter.
        let written = flags & (flag::ALL_CAPITALS | flag::PROPER) != 0;
        lexicon.letter_levels.get(word).copied().filter(|_| written)
    });
    let named = lexicon.level_words.find(&passage.terms).into_iter().map(|found| found.value);
    let own: Vec<usize> = named.chain(written).collect();
    if own.contains(&wanted) {
        return None;
    }
    let lead = &place.context.block.lead_terms;
    let above = place.context.headings.iter().any(|heading| heading.level.map(usize::from) == Some(wanted))
        || lexicon.level_words.find(lead).iter().any(|found| found.value == wanted);
    // "Average master's tuition: …" names its level as a sentence does; the value of a row may name several.
    let keyed = || {
        let key: Vec<u32> = passage.key_terms().collect();
        !lexicon.level_words.find(&key).is_empty()
    };
    let says = passage.kind == PassageKind::Sentence || passage.kind == PassageKind::KeyValue && keyed();
    if let Some(other) = own.first().filter(|_| says && !above) {
        return Some(format!("it speaks of level {}, not {}", name(*other), name(wanted)).into());
    }
    let nearest = place.context.headings.iter().find_map(|heading| heading.level).map(usize::from)?;
    if nearest == wanted {
        return None;
    }
    Some(format!("it stands under a heading of level {}, not {}", name(nearest), name(wanted)).into())
}

/// "Prereq: BIO 150" below "BIO 210 …" says what the latter needs: the heading bears another code than the one that is asked for.
pub(super) fn other_code(question: &Asked<'_>, context: &BlockContext<'_>) -> Option<Reason> {
    if question.codes.is_empty() {
        return None;
    }
    let (letters, number) = code(&context.headings.first()?.heading)?;
    let heads = |(one, other): &(&str, &str)| letters.eq_ignore_ascii_case(one) && number == *other;
    (!question.codes.iter().any(heads)).then_some(Reason::Borrowed("it stands under another code"))
}

/// The letters and the number that a heading begins with ("BIO 210").
fn code(heading: &str) -> Option<(&str, &str)> {
    let mut words = code_pieces(heading);
    let (letters, number) = (words.next()?, words.next()?);
    let number = number.trim_end_matches([':', '.', ',']);
    (is_code_letters(letters) && is_code_number(number)).then_some((letters, number))
}

/// The codes that a question names; its words are folded.
pub(super) fn codes(question: &Question) -> Vec<(&str, &str)> {
    let pairs = question.terms.windows(2).filter_map(|pair| match pair {
        [letters, number] => Some((letters.word.as_str(), number.word.as_str())),
        _ => None,
    });
    pairs.filter(|(letters, number)| is_code(letters, number)).collect()
}

fn is_code(letters: &str, number: &str) -> bool {
    (2..=5).contains(&letters.len())
        && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
        && is_code_number(number)
}

/// How much of a key that states what is asked the question names, from one half on: "Vice president" is not quite "President".
fn key_fit(question: &Asked<'_>, passage: &PassageRecord, lexicon: &Lexicon) -> f64 {
    let stated = question.attribute.filter(|id| has(passage.key_attributes, *id));
    let Some(attribute) = stated else { return 1.0 };
    let key: Vec<(usize, Term)> = passage
        .terms
        .iter()
        .zip(&passage.flags)
        .enumerate()
        .filter(|(_, (_, flags))| **flags & flag::KEY != 0 && **flags & (flag::STOP | flag::LIGHT) == 0)
        .map(|(index, (term, _))| (index, *term))
        .collect();
    let said: Vec<usize> = [&lexicon.attribute_words, &lexicon.attribute_asks]
        .into_iter()
        .flat_map(|phrases| phrases.find(&passage.terms))
        .filter(|found| found.value == attribute)
        .flat_map(|found| found.words)
        .collect();
    let named = key.iter().filter(|(index, term)| said.contains(index) || question.names(*term)).count();
    if key.is_empty() { 1.0 } else { 0.5 + 0.5 * named as f64 / key.len() as f64 }
}

/// The fit of a row that names all that is asked about, though not in its first cell.
const BESIDE: f64 = 0.7;

/// How much of what a row's key names the question names as well: 1 for all of it, and for what is no row; 0 where the row is
/// about something else.
pub(super) fn row_fit(question: &Asked<'_>, passage: &PassageRecord, lexicon: &Lexicon) -> f64 {
    let names_attribute = passage.parts.first().is_some_and(|key| key.attributes != 0);
    if passage.kind == PassageKind::KeyValue {
        return key_fit(question, passage, lexicon);
    }
    if passage.kind != PassageKind::Row || names_attribute || question.subject_terms().next().is_none() {
        return 1.0;
    }
    let key: Vec<u32> = passage
        .terms
        .iter()
        .zip(&passage.flags)
        .filter(|(_, flags)| *flags & flag::KEY != 0 && *flags & (flag::STOP | flag::LIGHT) == 0)
        .map(|(term, _)| *term)
        .collect();
    // "… College" says which one by its other words.
    let own: Vec<u32> = key.iter().copied().filter(|term| !lexicon.institutions.contains(term)).collect();
    let key = if own.is_empty() { key } else { own };
    if key.is_empty() {
        return 1.0;
    }
    // A course, named by its code and its title: either the code is asked for, or all of the title.
    let code = passage
        .values
        .iter()
        .any(|value| passage.parts.first().is_some_and(|cell| value.span.end <= cell.value.1 as usize));
    let least = if code { key.len().div_ceil(2) } else { 1 };
    // Letters beside what they stand for are one name.
    let spelled: Vec<u32> = question
        .terms
        .iter()
        .flat_map(|term| &term.alternatives)
        .filter(|way| way.terms.iter().all(|wanted| key.contains(wanted)))
        .flat_map(|way| way.terms.iter().copied())
        .collect();
    let named = key.iter().filter(|key| question.names(**key) || spelled.contains(key)).count();
    // A row with its school first and the program second is about the program as well.
    let whole = || {
        let mut subject = question.subject_terms().filter(|term| !term.carried).peekable();
        subject.peek().is_some()
            && subject.all(|term| holds(term, &|wanted| passage.terms.contains(&wanted)) > 0.0)
    };
    match named {
        few if few < least && !code && whole() => BESIDE,
        // The rows of a table that names none of them are a list.
        0 if question.kind == Kind::List => 1.0,
        few if few < least => 0.0,
        _ if code => 1.0,
        named => named as f64 / key.len() as f64,
    }
}
