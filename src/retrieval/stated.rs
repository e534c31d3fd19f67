//! Whether a passage states what is asked for: the attribute, by key, words, lead-in or heading; a value of the expected
//! kind, of the thing that is counted; the name of someone; what its subject is. Pure functions, each from 0 to 1.

use super::asked::Asked;
use super::context::BlockContext;
use super::features::share;
use super::support::holds;
use crate::corpus::{PassageKind, Value, ValueKind};
use crate::index::Snapshot;
use crate::index::records::{AttributeSet, ByteSpan, PassageRecord, flag, has};
use crate::lexicon::{AttributeId, Expect, Lexicon};
use crate::question::{Kind, Question, Role};
use crate::text::Term;

/// The attribute's own words in the passage, its lead-in or its headings.
pub(super) fn literal(question: &Question, passage: &PassageRecord, supports: &[f64]) -> f64 {
    let words = || {
        let terms = question.terms.iter().zip(supports);
        terms.filter(|(term, _)| matches!(term.role, Role::Attribute | Role::Topic))
    };
    if words().next().is_none() {
        return NO_WORDS;
    }
    let own = |set: AttributeSet| question.attribute.is_some_and(|attribute| has(set, attribute));
    // A measured attribute's words say the same thing: "cost" is what a row "Tuition: …" states.
    let measured = question.expects.first().is_some_and(|expect| !expect.is_worded());
    let stated: f64 = match (measured, own(passage.key_attributes), own(passage.attributes)) {
        (true, true, _) => 0.75,
        (true, false, true) => 0.5,
        _ => 0.0,
    };
    share(words().map(|(term, literal)| {
        let literal = *literal;
        (term.weight.max(1.0), if term.role == Role::Attribute { literal.max(stated) } else { literal })
    }))
}

/// The value of [`Features::literal`] when there is nothing to compare.
const NO_WORDS: f64 = 0.75;

/// How surely a passage states the attribute: by its key, by its words, by its lead-in, by its heading.
pub(super) fn attribute(
    question: &Asked<'_>,
    passage: &PassageRecord,
    context: &BlockContext<'_>,
    value: f64,
    lexicon: &Lexicon,
) -> f64 {
    let Some(wanted) = question.attribute else { return 0.5 };
    let fits = value > 0.5;
    let list_wanted = question.expects.contains(&Expect::List);
    let whole = matches!(passage.kind, PassageKind::List);
    let heading = context.headings.first().is_some_and(|heading| has(heading.attributes, wanted));
    let lead = has(context.block.lead_attributes, wanted);
    let above = context.headings.iter().any(|heading| has(heading.attributes, wanted));
    let described = lexicon.attributes.get(wanted).is_some_and(|attribute| attribute.described);
    // A length of time or a share speaks for itself more than an amount or a number does.
    let timed = question.expects.iter().any(|expect| {
        matches!(expect, Expect::Duration | Expect::Percent | Expect::Hours)
            && passage.values.iter().any(|value| self::fits(*expect, value.kind))
    });
    let people = lexicon.attributes.get(wanted).is_some_and(|attribute| attribute.about_people);
    // An amount of money that nothing in the sentence calls pay is a price, and the other way round.
    let only = !people
        && question.expects.first() == Some(&Expect::Money)
        && passage.values.iter().any(|value| value.kind == ValueKind::Money)
        && (passage.attributes | passage.evidence) & question.priced == 0;
    // A row that is called "pay" states no price, though people pay those too.
    let named = passage.attributes | passage.key_attributes;
    let rival = !matches!(passage.kind, PassageKind::Sentence | PassageKind::List)
        && !has(named, wanted)
        && named & question.same_figures != 0;
    // "Most employers want a license": words that name it by the way state no list of it.
    let doubted = list_wanted
        && self::likely(passage, wanted) < 0.1
        && passage
            .likely
            .first()
            .is_some_and(|(id, probability)| usize::from(*id) != wanted && *probability >= SURELY);
    let evidence = has(passage.evidence, wanted) && !rival && !doubted;
    // What is asked by the word that leads a question ("why") is answered by a word for it alone ("because").
    let leads = lexicon.attributes.get(wanted).is_some_and(|attribute| attribute.leads);
    if leads && !has(passage.evidence | passage.attributes, wanted) {
        return 0.0;
    }
    // What states another figure by its name does not state the one of the heading.
    let elsewhere = !has(named, wanted) && passage.attributes & question.other_figures != 0;
    let likely = likely(passage, wanted);
    // What the words ask for by examples is as good as what a phrase names.
    let mut best: f64 =
        question.likely.iter().map(|(id, asked)| asked * self::likely(passage, *id)).fold(0.0, f64::max);
    for (holds, strength) in [
        (likely >= 0.5 && fits && !rival && !elsewhere, 0.8),
        (likely >= 0.5, 0.6),
        (likely >= 0.25, 0.45),
        (has(passage.key_attributes, wanted), 1.0),
        (has(passage.attributes, wanted) && fits, if doubted { 0.75 } else { 0.95 }),
        (whole && list_wanted && (lead || heading), 1.0),
        (lead && !whole, 0.85),
        (evidence && fits, 0.85),
        (has(passage.attributes, wanted), 0.7),
        (heading && fits && !elsewhere, if people { 0.75 } else { 0.8 }),
        (above && fits && !elsewhere, 0.7),
        (
            described
                && passage.kind == PassageKind::Sentence
                && !states_figures(passage)
                && (defines(question, passage) > 0.2 || opens_plainly(question, passage)),
            0.8,
        ),
        (counted(question, passage), 0.9),
        (timed && !elsewhere, 0.55),
        (only, 0.55),
        (heading, if elsewhere { 0.3 } else { 0.6 }),
        (evidence, 0.45),
    ] {
        if holds {
            best = best.max(strength);
        }
    }
    best
}

/// How likely the passage states what the question asks for: over all attributes, how likely the one asks for it and the other
/// states it. An attribute that a phrase names is asked for at least as likely as not.
pub(super) fn alike(question: &Question, passage: &PassageRecord) -> f64 {
    const NAMED: f64 = 0.5;
    let stated = |attribute: AttributeId| likely(passage, attribute);
    let guessed: f64 = question.likely.iter().map(|(id, probability)| probability * stated(*id)).sum();
    question.attribute.map_or(guessed, |wanted| NAMED * stated(wanted) + (1.0 - NAMED) * guessed)
}

/// How likely the passage's words state an attribute, by examples of how texts do.
fn likely(passage: &PassageRecord, wanted: AttributeId) -> f64 {
    let known = passage.likely.iter().find(|(id, _)| usize::from(*id) == wanted);
    known.map_or(0.0, |(_, probability)| f64::from(*probability) / 255.0)
}

/// In 255ths: from here on the words of a passage surely speak for an attribute.
const SURELY: u8 = 204;

/// Whether the passage holds a value of an expected kind, and of the thing that is counted.
pub(super) fn value(
    question: &Asked<'_>,
    passage: &PassageRecord,
    context: &BlockContext<'_>,
    cell: Option<ByteSpan>,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> f64 {
    if question.expects.is_empty() {
        return if question.polar { polar_value(question, passage, lexicon) } else { 0.5 };
    }
    // A figure under another header than the one that is asked for is none.
    let inside = |value: &Value| {
        cell.is_none_or(|(start, end)| value.span.start >= start as usize && value.span.end <= end as usize)
    };
    // "The lowest ten percent" is a part of a scale, and one number alone is no share.
    let ends = || question.stems.iter().any(|term| lexicon.extremes.contains(term));
    let scale = |value: &Value| {
        value.kind == ValueKind::Percent && !ends() && {
            let words = snapshot
                .value_text(context.block.document, value)
                .map_or(1, |text| text.split_whitespace().count());
            let at = value.after.saturating_sub(words);
            at.checked_sub(1)
                .and_then(|at| passage.terms.get(at))
                .is_some_and(|term| lexicon.extremes.contains(term))
        }
    };
    let share = question.expects.first() == Some(&Expect::Percent);
    let counts = passage.values.iter().filter(|value| value.kind == ValueKind::Count).count();
    let fits = |value: &Value| {
        answers(question, value.kind)
            && inside(value)
            && !scale(value)
            && !(share && value.kind == ValueKind::Count && counts < 2)
    };
    if passage.values.iter().any(fits) {
        return match counts_that(question, passage, context) {
            true => 1.0,
            // "How many seats?", "we take 18 people": people are counted by many words.
            false if counts_people(question, passage) => 0.6,
            false => 0.3,
        };
    }
    // "Deadline: rolling", "Cost: free": what a row tells under just that key is its value, whatever its form.
    if keyed_alone(question, passage) {
        return 0.75;
    }
    if question.expects.contains(&Expect::List) {
        let listing = passage.flags.last().is_some_and(|flags| flags & flag::LISTING != 0);
        match passage.kind {
            PassageKind::List => return 1.0,
            // "The subjects of the first year are knots, theory and tools."
            PassageKind::Sentence if listing => return 0.9,
            // "Concentrations: Ropes, Nets, Sails".
            PassageKind::KeyValue if listing && keyed(question, passage) => return 0.9,
            _ => {}
        }
    }
    let name = question.expects.contains(&Expect::Name);
    match question.kind {
        Kind::Who if question.attribute.is_some() || says_source(passage) => names_someone(question, passage),
        Kind::Who => 0.1 + 0.6 * names_someone(question, passage),
        _ if name => 0.75,
        _ if question.expects.contains(&Expect::List) => 0.5,
        _ => 0.0,
    }
}

/// Whether the key of a row names what is asked for.
fn keyed(question: &Question, passage: &PassageRecord) -> bool {
    question.attribute.is_some_and(|id| has(passage.key_attributes, id))
}

/// Whether a row has few words under a key for what is asked, and no figure.
fn keyed_alone(question: &Question, passage: &PassageRecord) -> bool {
    const WORDS: usize = 6;
    // "Credits: to be announced" tells nothing.
    let told = passage.flags.iter().all(|flags| flags & flag::UNKNOWING == 0);
    keyed(question, passage)
        && told
        && matches!(question.kind, Kind::Value | Kind::When)
        && matches!(passage.kind, PassageKind::KeyValue | PassageKind::Item)
        && passage.values.is_empty()
        && passage.terms.len() <= WORDS
}

/// "Will there be work?": what is measured is best answered by its measure.
pub(super) fn polar_value(question: &Question, passage: &PassageRecord, lexicon: &Lexicon) -> f64 {
    let expects = question
        .attribute
        .and_then(|id| lexicon.attributes.get(id))
        .map(|attribute| attribute.expects.as_slice())
        .unwrap_or_default();
    let measured = expects.first().is_some_and(|expect| expect.is_measure() || *expect == Expect::Count);
    let given = passage.values.iter().any(|value| expects.iter().any(|expect| fits(*expect, value.kind)));
    if measured && !given { 0.6 } else { 1.0 }
}

/// Whether the passage gives a number of just what is counted: "15,100 fire inspectors".
fn counted(question: &Asked<'_>, passage: &PassageRecord) -> bool {
    const NEAR: usize = 4;
    let Some(counted) = question.counted.and_then(|index| question.terms.get(index)) else { return false };
    passage.values.iter().filter(|value| answers(question, value.kind)).any(|value| {
        let from = value.after.saturating_sub(1);
        passage
            .terms
            .iter()
            .skip(from)
            .take(NEAR + 1)
            .any(|held| holds(counted, &|wanted| wanted == *held) > 0.0)
    })
}

/// Whether what is counted stands in the passage, or in what it stands under.
fn counts_that(question: &Asked<'_>, passage: &PassageRecord, context: &BlockContext<'_>) -> bool {
    let Some(counted) = question.counted.and_then(|index| question.terms.get(index)) else { return true };
    let labelled = |wanted: Term| {
        passage.terms.contains(&wanted)
            || context.block.lead_terms.contains(&wanted)
            || context.headings.first().is_some_and(|heading| heading.terms.contains(&wanted))
    };
    holds(counted, &labelled) > 0.0
}

/// Whether what the passage counts is people at large, or another vague word: "95 students apply".
fn counts_people(question: &Question, passage: &PassageRecord) -> bool {
    passage
        .values
        .iter()
        .filter(|value| value.kind == ValueKind::Count && answers(question, value.kind))
        .any(|value| passage.flags.get(value.after).is_some_and(|flags| flags & flag::LIGHT != 0))
}

fn says_source(passage: &PassageRecord) -> bool {
    passage.flags.iter().any(|flags| flags & flag::REPORTING != 0)
}

/// How surely the passage names someone whom the question does not: by a name of several words or by letters 1, by another
/// capitalized word 0.8. What a list names is seldom someone.
fn names_someone(question: &Asked<'_>, passage: &PassageRecord) -> f64 {
    let new = |(held, flags): (&Term, &u32), bit: u32| {
        flags & bit != 0 && flags & (flag::STOP | flag::LIGHT) == 0 && !question.names(*held)
    };
    let words = || passage.terms.iter().zip(&passage.flags);
    let full = words().zip(words().skip(1)).any(|(one, next)| {
        new(one, flag::PROPER) && next.1 & flag::CAPITAL != 0
            || new(next, flag::PROPER) && one.1 & flag::CAPITAL != 0
    });
    let named = if full || words().any(|word| new(word, flag::ALL_CAPITALS)) {
        1.0
    } else if words().any(|word| new(word, flag::PROPER))
        || words().skip(1).any(|word| new(word, flag::CAPITAL))
    {
        0.8
    } else {
        0.0
    };
    if passage.kind == PassageKind::List { LISTED * named } else { named }
}

/// What is left of the certainty that a list names someone.
const LISTED: f64 = 0.6;

/// Whether a value of this kind is among what the question expects.
pub fn answers(question: &Question, kind: ValueKind) -> bool {
    question.expects.iter().any(|expect| fits(*expect, kind))
}

/// Whether a value answers an expectation.
fn fits(expect: Expect, kind: ValueKind) -> bool {
    matches!(
        (expect, kind),
        (Expect::Money, ValueKind::Money)
            | (Expect::Percent, ValueKind::Percent)
            | (Expect::Duration, ValueKind::Duration)
            | (Expect::Hours, ValueKind::Hours)
            | (Expect::Time, ValueKind::Time)
            | (Expect::Year | Expect::Date, ValueKind::Year | ValueKind::Date)
            | (Expect::Count, ValueKind::Count)
    )
}

/// Whether the passage gives amounts, shares or lengths of time: it measures its subject and does not describe it.
pub(super) fn states_figures(passage: &PassageRecord) -> bool {
    let measures = [ValueKind::Money, ValueKind::Percent, ValueKind::Duration];
    passage.values.iter().any(|value| measures.contains(&value.kind))
}

/// Whether the passage opens with the subject and states no figure and no other attribute: "Plumbers install pipes."
fn opens_plainly(question: &Asked<'_>, passage: &PassageRecord) -> bool {
    const OPENING: usize = 6;
    let mut subject = question.subject_terms().filter(|term| !term.modifier).peekable();
    let opening = passage.terms.get(..OPENING.min(passage.terms.len())).unwrap_or_default();
    let figures = passage.values.iter().any(|value| !matches!(value.kind, ValueKind::Count));
    !figures
        && passage.attributes & !question.attributes == 0
        && subject.peek().is_some()
        && passage.terms.first().is_some_and(|first| question.names(*first))
        && subject.all(|term| holds(term, &|wanted| opening.contains(&wanted)) > 0.0)
}

/// Whether the passage opens with its subject and goes on to say what it is: 1 when nothing but the subject stands
/// before the verb, less when other words do.
pub(super) fn defines(question: &Asked<'_>, passage: &PassageRecord) -> f64 {
    const OPENING: usize = 12;
    // "Plat   a drawn map of a piece of land": the entry of a glossary.
    if passage.kind == PassageKind::KeyValue && passage.values.is_empty() {
        let key: Vec<Term> = passage.key_terms().collect();
        let whole = || {
            let mut subject = question.subject_terms().peekable();
            subject.peek().is_some() && subject.all(|term| holds(term, &|wanted| key.contains(&wanted)) > 0.0)
        };
        if !key.is_empty() && key.iter().all(|term| question.says_subject(*term)) && whole() {
            return 1.0;
        }
    }
    let verb = passage.flags.iter().take(OPENING).position(|flags| flags & flag::DEFINING != 0);
    let opening = verb.unwrap_or(OPENING.min(passage.terms.len()) / 2);
    let mut held = 0;
    let mut strange = 0;
    for (term, flags) in passage.terms.iter().zip(&passage.flags).take(opening) {
        if question.says_subject(*term) {
            held += 1;
        } else if flags & flag::STOP == 0 {
            strange += 1;
        }
    }
    let negated_at = passage.flags.iter().position(|flags| flags & flag::NEGATION != 0);
    if held == 0 || negated_at.is_some_and(|at| at < 2) {
        return 0.0;
    }
    let denied = if negated_at.is_some_and(|at| at < OPENING) { 0.5 } else { 1.0 };
    let pure = denied * f64::from(held) / f64::from(held + strange);
    if verb.is_some() { pure } else { 0.5 * pure }
}
