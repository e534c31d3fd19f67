//! Answers what letters stand for, and which letters a name has, from the definitions that the documents give.

use super::cite::citation;
use super::compose::Draft;
use super::model::{Citation, Topic};
use crate::index::Snapshot;
use crate::index::records::AbbreviationRecord;
use crate::lexicon::Lexicon;
use crate::question::{Kind, Question};
use crate::text::{Term, fold, terms, tokens};

/// Confidence of a definition that the document itself gives.
const DEFINED: f64 = 0.97;

/// The definition that the question asks for, if the corpus gives one.
pub fn abbreviation(question: &Question, snapshot: &Snapshot, lexicon: &Lexicon) -> Option<Draft> {
    let sequence = terms(&question.text);
    let meant = |record: &AbbreviationRecord| is_meant(question, record, lexicon);
    let short = longest(&snapshot.short_forms, &sequence, snapshot, meant);
    let (record, text) = match short {
        Some(record) => (record, format!("{} stands for {}.", record.short, record.long)),
        None => {
            let record = longest(&snapshot.long_forms, &sequence, snapshot, |_| true)?;
            (record, format!("{} is abbreviated {}.", record.long, record.short))
        }
    };
    let citation = cite(record, snapshot)?;
    Some(Draft { text, citations: vec![citation], confidence: DEFINED, why: Vec::new(), about: None })
}

/// Whether a question means these letters: a short form that is an everyday word must be written in capitals to count.
fn is_meant(question: &Question, record: &AbbreviationRecord, lexicon: &Lexicon) -> bool {
    question.text.contains(&record.short) || lexicon.carries(&fold(&record.short))
}

/// The names that the letters of a question stand for, one each, where the documents give them several that share less than half of their
/// words.
pub(super) fn meanings(question: &Question, snapshot: &Snapshot, lexicon: &Lexicon) -> Vec<Topic> {
    let sequence = terms(&question.text);
    let found = (0..sequence.len()).flat_map(|position| snapshot.short_forms.at(position, &sequence));
    let records: Vec<&AbbreviationRecord> = found
        .filter_map(|found| snapshot.catalog.abbreviations.get(found.value))
        .filter(|record| is_meant(question, record, lexicon))
        .collect();
    let mut kept: Vec<&AbbreviationRecord> = Vec::new();
    for record in records {
        let shares = |known: &&AbbreviationRecord| {
            // "Certified Rope Layer" and "Certified Rescue Leader" share but a word.
            let shared = known.terms.iter().filter(|term| record.terms.contains(term)).count();
            known.short != record.short || shared * 2 >= known.terms.len().min(record.terms.len())
        };
        // "CLE for hotels": what else is named picks one.
        let picked = question.subject_terms().any(|term| record.terms.contains(&term.term));
        if picked {
            return Vec::new();
        }
        if !kept.iter().any(shares) {
            kept.push(record);
        }
    }
    let topic = |record: &&AbbreviationRecord| {
        let document = snapshot.block(record.block).and_then(|block| snapshot.document(block.document))?;
        Some(Topic { label: record.long.clone(), document: document.path.clone() })
    };
    let topics: Vec<Topic> = kept.iter().filter_map(topic).collect();
    if topics.len() >= 2 { topics } else { Vec::new() }
}

/// "what does CPC-H mean?" has at most this many words; a longer question asks for more than the letters.
const LETTERS_QUESTION: usize = 6;

/// "what is a CPC?", "CPC meaning": nothing but letters that the corpus defines.
pub(super) fn names_letters_only(question: &Question, snapshot: &Snapshot, lexicon: &Lexicon) -> bool {
    if names_letters_first(question, snapshot, lexicon) {
        return true;
    }
    if !matches!(question.kind, Kind::Fact | Kind::Definition | Kind::Who) || question.attribute.is_some() {
        return false;
    }
    let sequence = terms(&question.text);
    let found: Vec<_> =
        (0..sequence.len()).flat_map(|position| snapshot.short_forms.at(position, &sequence)).collect();
    let one =
        found.windows(2).all(|pair| matches!(pair, [one, other] if one.words.first() == other.words.first()));
    let covered: Vec<u32> = found
        .into_iter()
        .flat_map(|found| found.words)
        .filter_map(|index| sequence.get(index).copied())
        .collect();
    one && sequence.len() <= LETTERS_QUESTION
        && question.subject_terms().next().is_some()
        && question.subject_terms().all(|term| covered.contains(&term.term))
}

/// "what's PSE in …", "what is PSE, …": letters that the corpus defines right behind the question word, and what follows tells only of which
/// field they are.
fn names_letters_first(question: &Question, snapshot: &Snapshot, lexicon: &Lexicon) -> bool {
    let Some(first) = question.subject_terms().next() else {
        return false;
    };
    let Some(found) = snapshot.short_forms.at(0, &[first.term]).into_iter().next() else { return false };
    let Some(record) = snapshot.catalog.abbreviations.get(found.value) else { return false };
    let Some((before, behind)) = question.text.split_once(record.short.as_str()) else { return false };
    let words = &lexicon.words;
    let asking: Vec<String> = tokens(before).into_iter().map(|token| token.word).collect();
    let asks = asking.split_first().is_some_and(|(what, rest)| {
        words.question_words.contains(what) && rest.iter().all(|word| words.stop.contains(word))
    });
    let leans = asking.get(..2).is_some_and(|pair| words.follow_up_pairs.contains(pair));
    let behind = behind.trim_start();
    let placed = tokens(behind).first().is_some_and(|token| words.placing.contains(&token.word));
    asks && !leans && (behind.starts_with(',') || placed)
}

/// "what does PSE mean for …": the word behind the question word is letters that the corpus defines.
pub(super) fn asks_letters(question: &Question, snapshot: &Snapshot) -> bool {
    let says_mean = || {
        let means = terms("mean");
        terms(&question.text).iter().any(|term| means.contains(term))
    };
    matches!(question.kind, Kind::Definition | Kind::Fact)
        && says_mean()
        && question.subject_terms().next().is_some_and(|first| {
            snapshot.short_forms.at(0, &[first.term]).iter().any(|found| {
                let short =
                    snapshot.catalog.abbreviations.get(found.value).map(|record| record.short.as_str());
                short.is_some_and(|short| question.text.contains(short))
            })
        })
}

fn longest<'a>(
    forms: &crate::lexicon::Phrases<usize>,
    sequence: &[Term],
    snapshot: &'a Snapshot,
    meant: impl Fn(&AbbreviationRecord) -> bool,
) -> Option<&'a AbbreviationRecord> {
    (0..sequence.len())
        .flat_map(|position| forms.at(position, sequence))
        .filter_map(|found| Some((snapshot.catalog.abbreviations.get(found.value)?, found)))
        .filter(|(record, _)| meant(record))
        .max_by_key(|(_, found)| (found.words.len(), std::cmp::Reverse(found.value)))
        .map(|(record, _)| record)
}

fn cite(record: &AbbreviationRecord, snapshot: &Snapshot) -> Option<Citation> {
    let block = snapshot.block(record.block)?;
    snapshot.quote(block.document, record.span, record.checksum)?;
    let lines = snapshot.lines(block.document, record.span)?;
    citation(&block, record.span, lines, 1.0, snapshot)
}
