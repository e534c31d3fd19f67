//! Where a passage names a group of people, and whether another group is meant by the same word: "boat builders"
//! are not the "small house builders" of the same sentence.

use super::directory::Entry;
use super::owner::Owner;
use crate::corpus::PassageKind;
use crate::index::records::{PassageRecord, flag};
use crate::retrieval::holds;
use crate::text::{Term, Token, tokens};

/// A group of people must be named within so many words to the left of the one that names the person.
const FURTHEST: usize = 6;

/// Where a passage names someone or something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention {
    /// The first word.
    pub from: usize,
    /// The last one.
    pub at: usize,
    /// How many of the words that narrow the name are there.
    pub matched: usize,
    /// Whether it is the name's own word, not another word for such people.
    pub literal: bool,
}

impl Owner<'_> {
    /// People are named by the word for them, and by words in front of it that are all the name's own.
    pub(super) fn names_people(&self, entry: &Entry, passage: &PassageRecord) -> Option<Mention> {
        let (head, narrowing) = entry.core.split_last()?;
        let own = entry.id == self.entry.id;
        let same = |term: Term, wanted: Term| {
            term == wanted
                || own
                    && self
                        .terms
                        .iter()
                        .any(|known| known.term == wanted && holds(known, &|way| way == term) > 0.0)
        };
        let found = (0..passage.terms.len()).filter_map(|at| {
            let held = passage.terms.get(at).copied()?;
            let person = passage.flags.get(at).is_some_and(|flags| flags & flag::PERSON != 0);
            // Accounting is no accountant: the word itself, or another word for such people.
            let it = passage.words.get(at).is_some_and(|word| entry.head.contains(word));
            if !(it || person && same(held, *head)) || is_longer_name(passage, at) {
                return None;
            }
            let (mut from, mut matched) = (at, 0);
            let mut tokens = None;
            while let Some(before) = from.checked_sub(1).filter(|before| at - before <= FURTHEST) {
                let (term, flags) =
                    (passage.terms.get(before).copied()?, passage.flags.get(before).copied()?);
                if narrowing.iter().any(|wanted| same(term, *wanted)) {
                    matched += 1;
                } else if flags & flag::STOP != 0 {
                    // "wood and steel builders" goes on before the "and".
                    let goes_on = before
                        .checked_sub(1)
                        .and_then(|further| passage.terms.get(further))
                        .is_some_and(|term| narrowing.iter().any(|wanted| same(*term, *wanted)));
                    if !goes_on {
                        break;
                    }
                } else if flags & flag::LIGHT != 0
                    || self.states_something(term)
                    || is_number(passage, before)
                {
                    break;
                } else if self.apart(passage, before, &mut tokens) {
                    // "According to the office, riggers earn …"
                    break;
                } else {
                    // Other people: "underwater riggers" are not all riggers.
                    return None;
                }
                from = before;
            }
            // Another word for such people is theirs only where a word that narrows them stands by it.
            let whole = it && (narrowing.is_empty() || entry.short_in.contains(&self.document));
            (whole || matched > 0).then_some(Mention { from, at, matched, literal: it })
        });
        let mentions: Vec<Mention> = found.collect();
        mentions.iter().find(|mention| mention.literal).or_else(|| mentions.first()).copied()
    }

    /// Whether a mark stands between a word and the next one. The words are read from the text once for a passage.
    fn apart(&self, passage: &PassageRecord, word: usize, read: &mut Option<Vec<Token>>) -> bool {
        const MARKS: [char; 6] = [',', ':', ';', '.', '(', ')'];
        let Some(text) = self.snapshot.text(self.document, passage.span) else { return false };
        let words = read.get_or_insert_with(|| tokens(text));
        let gap = words
            .get(word)
            .zip(words.get(word + 1))
            .filter(|_| words.len() == passage.terms.len())
            .and_then(|(one, next)| text.get(one.span.end..next.span.start));
        gap.is_some_and(|gap| gap.contains(MARKS))
    }

    fn states_something(&self, term: Term) -> bool {
        !self.lexicon.attribute_evidence.at(0, &[term]).is_empty()
            || !self.lexicon.attribute_words.at(0, &[term]).is_empty()
    }
}

/// Whether a word for people goes on as the name of something else: "the Riggers Guild", "Prudent Rigger Specialist".
fn is_longer_name(passage: &PassageRecord, at: usize) -> bool {
    let capital = |index: usize| {
        let flags = passage.flags.get(index);
        flags
            .is_some_and(|flags| flags & flag::CAPITAL != 0 && flags & (flag::STOP | flag::ALL_CAPITALS) == 0)
    };
    passage.kind == PassageKind::Sentence && at > 0 && capital(at) && capital(at + 1)
}

fn is_number(passage: &PassageRecord, at: usize) -> bool {
    passage.values.iter().any(|value| value.after == at + 1 || value.after == at)
}
