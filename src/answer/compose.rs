//! Puts an answer together from the candidates that hold: the direct answer, the quotes, where they stand.

use std::collections::BTreeSet;

use super::cite::citation;
use super::extract;
use super::judge::{Behind, Lead, Verdict, judge};
use super::model::Citation;
use super::signals::signals;
use super::verdict::yes_no;
use crate::corpus::model::MAX_PASSAGE_CHARS;
use crate::corpus::{BlockKind, PassageKind};
use crate::index::Snapshot;
use crate::index::records::{BlockRecord, ByteSpan, PassageRecord, flag};
use crate::lexicon::{Expect, Lexicon};
use crate::question::{Kind, Question};
use crate::retrieval::{Candidate, chosen_cell, holds, tabled};
use crate::text::{Term, fold, one_line};

/// Citations of an answer, at the most.
pub const MAX_CITATIONS: usize = 5;
/// Candidates that are judged; the others are too far behind.
const JUDGED: usize = 60;
/// Candidates whose confidence is worked out: the best one, and the next for the account.
const SHOWN: usize = 2;
/// An answer of so many words needs its question.
const BARE: usize = 2;
/// Two passages that share this part of their words say the same.
const ALIKE: f64 = 0.6;
/// A further citation must have at least this share of the best one's score.
const NEAR_BEST: f64 = 0.8;

/// An answer to one question, before it is dressed for the user.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The direct answer.
    pub text: String,
    /// Best first.
    pub citations: Vec<Citation>,
    /// 0 to 1.
    pub confidence: f64,
    /// Readable account.
    pub why: Vec<String>,
    /// What it is about, for a follow-up, where that is not all that was asked about.
    pub about: Option<String>,
}

/// A candidate with its verdict.
pub struct Judged<'a> {
    /// The candidate.
    pub candidate: Candidate<'a>,
    /// What is thought of it.
    pub verdict: Verdict,
}

/// Judges the best candidates, in the order of their score.
pub fn judge_all<'a>(
    question: &Question,
    candidates: Vec<Candidate<'a>>,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Vec<Judged<'a>> {
    let lead = lead(question, &candidates, snapshot, lexicon);
    candidates
        .into_iter()
        .take(JUDGED)
        .enumerate()
        .map(|(rank, candidate)| {
            let lead = if rank == 0 { lead } else { Lead::default() };
            let objection = candidate.broken.first().map(|broken| broken.told(question));
            let signals = (rank < SHOWN).then(|| Box::new(signals(question, &candidate, lead)));
            let confidence =
                signals.as_deref().map_or(0.0, |signals| judge(question, &candidate, signals, lexicon));
            Judged { candidate, verdict: Verdict { confidence, objection, signals } }
        })
        .collect()
}

/// How far the first candidate is ahead of those that say something else.
fn lead(question: &Question, candidates: &[Candidate<'_>], snapshot: &Snapshot, lexicon: &Lexicon) -> Lead {
    let Some(first) = candidates.first() else { return Lead::default() };
    let said = |candidate: &Candidate<'_>| {
        let passage = candidate.record()?;
        extract::value(question, &candidate.context, passage, snapshot, lexicon).map(|value| fold(&value))
    };
    let answer = said(first);
    // What is needed, taught or hired for is told in several places: one more of them takes nothing from the first.
    let several = question.expects.first() == Some(&Expect::List);
    let adds = |other: &Candidate<'_>| several && other.broken.is_empty() && other.features.states();
    let agrees = |other: &Candidate<'_>| match (&answer, said(other)) {
        (Some(one), Some(other)) => one.contains(&other) || other.contains(one.as_str()),
        (None, None) => alike(first, other),
        _ => false,
    };
    Lead::of(candidates.iter().skip(1).take(JUDGED).map(|other| Behind {
        points: first.score - other.score,
        agrees: adds(other) || is_part(first, other) || same_answer(question, first, other) || agrees(other),
        ruled_out: first.broken.is_empty() && !other.broken.is_empty(),
        elsewhere: other.context.block.document != first.context.block.document,
    }))
}

/// Whether one of two passages is a list and the other an item of it: both say the same, the list more of it.
fn is_part(one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
    let listed = |list: &Candidate<'_>, item: &Candidate<'_>| {
        let (Some(list), Some(item)) = (list.record(), item.record()) else { return false };
        list.kind == PassageKind::List && list.span.0 <= item.span.0 && item.span.1 <= list.span.1
    };
    one.context.id == other.context.id && (listed(one, other) || listed(other, one))
}

/// Whether two sentences answer one question of the text, and no single value is asked for: they are one answer.
fn same_answer(question: &Question, one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
    one.context.id == other.context.id && is_told_whole(question, &one.context.block)
}

/// Whether a short answer to a question of the text, or a short paragraph, is told as a whole: what is said beside a sentence belongs to it,
/// unless a single value is asked for.
fn is_told_whole(question: &Question, block: &BlockRecord) -> bool {
    /// Bytes of an answer, and of a paragraph, that is read at a glance.
    const SHORT: u32 = 320;
    const PARAGRAPH: u32 = 240;
    let open = matches!(question.kind, Kind::Fact | Kind::How | Kind::YesNo) && question.years.is_empty();
    let valued = matches!(question.kind, Kind::Value | Kind::Count | Kind::When | Kind::Who | Kind::List)
        || !question.years.is_empty();
    let (Some(first), Some(last)) = (block.passages.first(), block.passages.last()) else { return false };
    let most = match block.kind {
        BlockKind::QuestionAnswer if !valued => SHORT,
        BlockKind::Paragraph if open => PARAGRAPH,
        _ => return false,
    };
    last.span.1 - first.span.0 <= most
}

/// Whether two passages say much the same: most of the carrying words of the shorter one stand in the other.
fn alike(one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
    let words = |candidate: &Candidate<'_>| -> BTreeSet<Term> {
        let carrying = |record: &PassageRecord| -> Vec<Term> {
            let terms = record.terms.iter().zip(&record.flags);
            terms
                .filter(|(_, flags)| *flags & (flag::STOP | flag::LIGHT) == 0)
                .map(|(term, _)| *term)
                .collect()
        };
        candidate.record().map(carrying).unwrap_or_default().into_iter().collect()
    };
    let (one, other) = (words(one), words(other));
    let shorter = one.len().min(other.len());
    shorter > 0 && one.intersection(&other).count() as f64 >= ALIKE * shorter as f64
}

/// How much of a text an answer quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breadth {
    /// A passage, with the sentence that it leans on.
    Passage,
    /// All of a short answer or paragraph that it stands in, where no single value is asked for.
    Whole,
}

/// The answer that the judged candidates give, best first; `None` when none can be quoted.
pub fn compose(
    question: &Question,
    judged: &[Judged<'_>],
    breadth: Breadth,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Option<Draft> {
    let best = judged.first()?;
    let passage = best.candidate.record()?;
    let block = &best.candidate.context.block;
    let document = block.document;
    let mut citations = cite(question, &best.candidate, breadth, snapshot)?;
    let quote = citations.first().map(|citation| one_line(citation.words())).unwrap_or_default();
    let text = match question.kind {
        Kind::List if of_table(question, &best.candidate) => {
            list_of(&extract::column(document, block, snapshot))
        }
        Kind::List if passage.heads_itself(question.attribute) => {
            extract::value(question, &best.candidate.context, passage, snapshot, lexicon)
        }
        Kind::List => list_text(document, block, passage, snapshot)
            // One row of a table is not the list that its columns make.
            .or_else(|| extract::value(question, &best.candidate.context, passage, snapshot, lexicon))
            .filter(|_| passage.kind != PassageKind::Row),
        Kind::Value | Kind::Count | Kind::When => {
            extract::value(question, &best.candidate.context, passage, snapshot, lexicon)
        }
        Kind::Who | Kind::Fact => chosen_cell(question, passage, &best.candidate.context, snapshot)
            .and_then(|cell| snapshot.text(document, cell))
            .map(one_line),
        Kind::YesNo => {
            let text = snapshot.text(document, passage.span).unwrap_or_default();
            Some(yes_no(question, &best.candidate, (passage, text), &quote, lexicon))
        }
        _ => None,
    }
    .unwrap_or(quote);
    // The quote keeps the marks of bold letters; the answer above it is words.
    let text = text.replace("**", "");
    if passage.kind == PassageKind::Row {
        // What a cell means stands in the header.
        citations.extend(header(&best.candidate, snapshot));
    }
    for other in judged.iter().skip(1) {
        if citations.len() >= MAX_CITATIONS || other.verdict.objection.is_some() {
            break;
        }
        let near = other.candidate.score >= NEAR_BEST * best.candidate.score;
        let Some(further) = cite(question, &other.candidate, breadth, snapshot).filter(|_| near) else {
            continue;
        };
        for citation in further {
            let known = citations.iter().any(|known| known.overlaps(&citation));
            if !known && citations.len() < MAX_CITATIONS {
                citations.push(citation);
            }
        }
    }
    Some(Draft { text, citations, confidence: best.verdict.confidence, why: Vec::new(), about: None })
}

/// The citation of a table's header row.
fn header(candidate: &Candidate<'_>, snapshot: &Snapshot) -> Option<Citation> {
    let block = &candidate.context.block;
    let span = block.lead?;
    let lines = snapshot.lines(block.document, span)?;
    citation(block, span, lines, candidate.score, snapshot).filter(|header| !header.quote.is_empty())
}

/// The items one under another, if the passage is (part of) a list that was asked for.
fn list_text(
    document: u32,
    block: &BlockRecord,
    passage: &PassageRecord,
    snapshot: &Snapshot,
) -> Option<String> {
    if !matches!(passage.kind, PassageKind::List | PassageKind::Item) {
        return None;
    }
    list_of(&extract::items(document, block, snapshot))
}

fn list_of(items: &[String]) -> Option<String> {
    (!items.is_empty()).then(|| items.iter().map(|item| format!("• {item}")).collect::<Vec<_>>().join("\n"))
}

/// Whether the passage is one of several rows that are the list that is asked for.
pub fn of_table(question: &Question, candidate: &Candidate<'_>) -> bool {
    candidate.record().is_some_and(|passage| passage.kind.is_row()) && tabled(question, &candidate.context)
}

/// The sentence that a candidate's passage leans on, if it cannot be understood without it: a pronoun stands for what it says, or it says
/// a word of the question that nothing nearer does.
fn leaned_on<'a>(question: &Question, candidate: &'a Candidate<'_>) -> Option<&'a PassageRecord> {
    let context = &candidate.context;
    let before = context.leans_on(candidate.passage)?;
    if !context.speaks_of_named(candidate.passage) {
        return Some(before);
    }
    let nearer = |wanted: Term| candidate.says_here(wanted);
    let said = |wanted: Term| before.terms.contains(&wanted);
    let needed = question.subject_terms().any(|term| holds(term, &nearer) < holds(term, &said));
    needed.then_some(before)
}

/// The citations of a candidate: its quote, with the sentence it leans on in front; for a list that was cut, all of it.
pub fn cite(
    question: &Question,
    candidate: &Candidate<'_>,
    breadth: Breadth,
    snapshot: &Snapshot,
) -> Option<Vec<Citation>> {
    let passage = candidate.record()?;
    let block = &candidate.context.block;
    let whole_list = question.kind == Kind::List
        && matches!(passage.kind, PassageKind::List | PassageKind::Item)
        && !passage.heads_itself(question.attribute);
    if of_table(question, candidate) {
        return cite_rows(candidate, snapshot);
    }
    let mut passages: Vec<&PassageRecord> = block
        .passages
        .iter()
        .filter(|other| whole_list && other.kind == PassageKind::List)
        .take(MAX_CITATIONS)
        .collect();
    if passages.is_empty() {
        // A list of one item has no passage as a whole.
        passages.push(passage);
    }
    let mut citations = Vec::new();
    for passage in passages {
        // Each part of the quote is checked against the bytes that were indexed.
        snapshot.quote(block.document, passage.span, passage.checksum)?;
        let (mut span, mut lines) = (passage.span, passage.lines);
        if breadth == Breadth::Whole
            && is_told_whole(question, block)
            // Further on another verdict may be given than at its head.
            && (question.kind != Kind::YesNo || candidate.passage == 0)
            && let (Some(first), Some(last)) = (block.passages.first(), block.passages.last())
        {
            (span, lines) = ((first.span.0, last.span.1), (first.lines.0, last.lines.1));
        } else if let Some(before) = leaned_on(question, candidate).filter(|_| !whole_list)
            && snapshot.quote(block.document, before.span, before.checksum).is_some()
            && passage.span.1 - before.span.0 <= crate::corpus::model::MAX_PASSAGE_CHARS as u32
        {
            span.0 = before.span.0;
            lines.0 = before.lines.0;
        }
        // "No." alone says nothing: the question that it answers is quoted with it.
        let bare = block.kind == BlockKind::QuestionAnswer && passage.terms.len() <= BARE;
        if let Some(asked) = block.lead.filter(|asked| bare && asked.1 <= span.0)
            && span.1 - asked.0 <= MAX_PASSAGE_CHARS as u32
            && let Some(first) = snapshot.lines(block.document, asked)
        {
            span.0 = asked.0;
            lines.0 = first.0;
        }
        let mut cited = citation(block, span, lines, candidate.score, snapshot)?;
        if passage.kind == PassageKind::List {
            let values = passage.parts.iter().filter_map(|part| snapshot.text(block.document, part.value));
            cited.items = values.map(one_line).collect();
        }
        citations.push(cited);
    }
    Some(citations)
}

/// The rows of a table, in as few quotes as the length of a passage allows.
fn cite_rows(candidate: &Candidate<'_>, snapshot: &Snapshot) -> Option<Vec<Citation>> {
    let block = &candidate.context.block;
    let mut spans: Vec<(ByteSpan, (u32, u32))> = Vec::new();
    for row in block.passages.iter().filter(|row| row.kind.is_row()) {
        snapshot.quote(block.document, row.span, row.checksum)?;
        match spans.last_mut() {
            Some((span, lines)) if row.span.1 - span.0 <= MAX_PASSAGE_CHARS as u32 => {
                (span.1, lines.1) = (row.span.1, row.lines.1);
            }
            _ => spans.push((row.span, row.lines)),
        }
    }
    spans
        .into_iter()
        .take(MAX_CITATIONS)
        .map(|(span, lines)| citation(block, span, lines, candidate.score, snapshot))
        .collect()
}
