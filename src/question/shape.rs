//! The shape of a question: which of its frames says most, what is counted, the sides of a comparison, its subject as
//! a phrase.

use super::terms::Word;
use super::{QuestionTerm, Role};
use crate::lexicon::{Found, FrameKind, Lexicon};

/// Frames that say most about what is wanted win over longer ones that say less.
pub(super) fn priority(kind: FrameKind) -> u8 {
    match kind {
        FrameKind::Abbreviation => 3,
        FrameKind::Comparison => 2,
        FrameKind::Who | FrameKind::When | FrameKind::Count | FrameKind::Percent => 1,
        FrameKind::Money | FrameKind::List | FrameKind::How | FrameKind::Definition => 0,
    }
}

/// What is counted: the last word before the verb of "how many …", unless it is a vague word for people or things.
pub(super) fn counted(
    words: &[Word],
    frame: Option<&Found<FrameKind>>,
    places: &[Option<usize>],
    lexicon: &Lexicon,
) -> Option<usize> {
    let frame = frame.filter(|found| found.value == FrameKind::Count)?;
    let from = frame.words.iter().max()? + 1;
    let unit =
        |word: &str| lexicon.units.clock_words.contains(word) || lexicon.units.duration_words.contains(word);
    let noun = (from..words.len())
        .take_while(|index| {
            words.get(*index).is_some_and(|word| {
                let vague = lexicon.words.light.contains(&word.word);
                let counts = unit(&word.word) || lexicon.words.people.contains(&word.word);
                !lexicon.words.stop.contains(&word.word) && (*index == from || !vague || counts)
            })
        })
        .take(3)
        .last()?;
    let word = words.get(noun)?;
    let unit =
        lexicon.units.clock_words.contains(&word.word) || lexicon.units.duration_words.contains(&word.word);
    (unit || !lexicon.words.people.contains(&word.word))
        .then(|| places.get(noun).copied().flatten())
        .flatten()
}

/// The two sides of a comparison: subject words before and after a connector.
pub(super) fn sides(
    text: &str,
    words: &[Word],
    places: &[Option<usize>],
    terms: &[QuestionTerm],
    lexicon: &Lexicon,
) -> Vec<Vec<usize>> {
    let mut sides: Vec<Vec<usize>> = vec![Vec::new()];
    // What stands before a colon belongs to both sides.
    let from = text.find(':').unwrap_or(0);
    for (word, place) in words.iter().zip(places).filter(|(word, _)| word.token.span.start >= from) {
        if lexicon.words.connectors.contains(&word.word) {
            if sides.last().is_some_and(|side| !side.is_empty()) {
                sides.push(Vec::new());
            }
        } else if let (Some(place), Some(side)) = (place, sides.last_mut())
            && terms.get(*place).is_some_and(|term| term.role == Role::Subject)
            && !side.contains(place)
        {
            side.push(*place);
        }
    }
    sides.retain(|side| !side.is_empty());
    sides
}

/// The subject words in order, with the grammar words that join two of them.
pub(super) fn subject_phrase(words: &[Word], roles: &[Option<Role>], lexicon: &Lexicon) -> Option<String> {
    let is_subject = |index: usize| roles.get(index) == Some(&Some(Role::Subject));
    let mut phrase: Vec<&str> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let joins = roles.get(index) == Some(&None)
            && index > 0
            && is_subject(index - 1)
            && is_subject(index + 1)
            && lexicon.words.joining.contains(&word.word);
        if is_subject(index) || joins {
            phrase.push(&word.word);
        }
    }
    (!phrase.is_empty()).then(|| phrase.join(" "))
}
