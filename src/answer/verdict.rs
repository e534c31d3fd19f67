//! The verdict of a yes/no question: "Yes." or "No." in front of the quote, only where the text says so plainly.

use std::collections::BTreeSet;

use crate::corpus::PassageKind;
use crate::index::records::{PassageRecord, flag};
use crate::lexicon::Lexicon;
use crate::question::{Question, QuestionTerm, Role};
use crate::retrieval::{CLEARLY, Candidate, holds};
use crate::text::{Term, tokens};

/// "Yes." or "No." only when a sentence, with its lead-in and heading, says every word of the question, the vague ones too
/// ("open"), and says it without an "unless" or a "but"; else the passage alone.
pub(super) fn yes_no(
    question: &Question,
    candidate: &Candidate<'_>,
    (passage, text): (&PassageRecord, &str),
    quote: &str,
    lexicon: &Lexicon,
) -> String {
    let hedged = passage.flags.iter().any(|flags| flags & flag::HEDGE != 0);
    let here = |wanted: Term| candidate.says_here(wanted);
    let own = |wanted: Term| passage.terms.contains(&wanted);
    let words: Vec<_> = question.terms.iter().filter(|term| term.role != Role::Frame).collect();
    let carrying = words.iter().any(|term| term.role != Role::Light && holds(term, &own) >= CLEARLY);
    let plain = passage.kind == PassageKind::Sentence
        && !hedged
        && carrying
        && words.iter().all(|term| holds(term, &here) >= CLEARLY);
    let denied = denied(question, passage, text, lexicon);
    match denied.filter(|_| plain) {
        // "Yes, we accept …" says so itself.
        Some(_) if opens_with_verdict(quote, lexicon) => quote.to_owned(),
        Some(true) => format!("No. {quote}"),
        Some(false) => format!("Yes. {quote}"),
        None => quote.to_owned(),
    }
}

/// Whether an answer begins with "yes" or "no".
fn opens_with_verdict(quote: &str, lexicon: &Lexicon) -> bool {
    tokens(quote).first().is_some_and(|first| lexicon.text.polar_words.contains(&first.word))
}

/// Whether a passage denies what is asked: a negation stands in the clause that says most of the question's words. `None` when several
/// clauses say as much, and not all of them deny it.
fn denied(question: &Question, passage: &PassageRecord, text: &str, lexicon: &Lexicon) -> Option<bool> {
    let negates = |flags: u32| flags & flag::NEGATION != 0;
    if !passage.flags.iter().any(|flags| negates(*flags)) {
        return Some(false);
    }
    let carrying = |term: &&QuestionTerm| !matches!(term.role, Role::Frame | Role::Light);
    let asked: Vec<&QuestionTerm> = question.terms.iter().filter(carrying).collect();
    let lists = &lexicon.words;
    let parts = |word: &String| lists.parting.contains(word) && !lists.joining_lists.contains(word);
    // For each clause the words that it says, and whether it denies them. What a colon announces begins none.
    let mut clauses: Vec<(BTreeSet<usize>, bool)> = vec![Default::default()];
    let mut end = 0;
    for ((word, term), flags) in tokens(text).iter().zip(&passage.terms).zip(&passage.flags) {
        let between = text.get(end..word.span.start).unwrap_or_default();
        if between.contains([',', ';', '—', '–']) || parts(&word.word) {
            clauses.push(Default::default());
        }
        end = word.span.end;
        let says = |asked: &QuestionTerm| holds(asked, &|wanted| wanted == *term) >= CLEARLY;
        let said = asked.iter().enumerate().filter(|(_, asked)| says(asked)).map(|(index, _)| index);
        if let Some((saying, denies)) = clauses.last_mut() {
            saying.extend(said);
            *denies |= negates(*flags);
        }
    }
    let most = clauses.iter().map(|(saying, _)| saying.len()).max()?;
    let mut best = clauses.iter().filter(|(saying, _)| saying.len() == most).map(|(_, denies)| *denies);
    let first = best.next()?;
    best.all(|denies| denies == first).then_some(first)
}
