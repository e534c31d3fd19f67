//! Mends typing errors against the words of the corpus and of the lexicon. A word that either knows is never touched,
//! a number neither.

use crate::index::Snapshot;
use crate::lexicon::Lexicon;
use crate::text::{stem, term_id};

/// Words of this many letters or fewer are left as they are: too many words are one edit away from them.
const SHORTEST: usize = 4;
/// From this many letters on, two edits are tried.
const LONG: usize = 7;

/// The word that was meant, if `word` is unknown and one word is near enough.
pub fn mend(word: &str, snapshot: &Snapshot, lexicon: &Lexicon) -> Option<String> {
    let letters = word.chars().count();
    if letters < SHORTEST || word.chars().any(|character| !character.is_alphabetic()) {
        return None;
    }
    // "availible": a form that no text has, of a word that one has.
    let stemmed = stem(word);
    let strange = !lexicon.is_english(word) && snapshot.word_frequency(word) == 0;
    let form = strange && snapshot.frequency(&stemmed) > 0;
    if is_known(word, snapshot, lexicon) && !form || begins_a_name(word, snapshot) {
        return None;
    }
    (1..=if letters >= LONG { 2 } else { 1 }).find_map(|distance| {
        let corpus = snapshot.similar_words(word, distance);
        let listed = lexicon
            .vocabulary
            .iter()
            .filter(|known| may_be_near(word, letters, known, distance))
            // A vague word is only read where one letter is off: "pension" is no "person".
            .filter(|known| {
                let vague = !lexicon.carries(known);
                strsim::osa_distance(known, word) <= if vague { 1 } else { usize::from(distance) }
            })
            .map(|known| (known.clone(), 1));
        corpus
            .into_iter()
            .chain(listed)
            .filter(|(candidate, _)| {
                // A word for people that lacks a letter is meant, though it looks like a form of another word.
                let person = distance == 1 && lexicon.names_person(word) && lexicon.names_person(candidate);
                plausible(word, candidate) && (!form || person || stem(candidate) == stemmed)
            })
            .max_by(|(one, one_count), (other, other_count)| {
                let rank = |candidate: &str, count: u64| {
                    (
                        same_start(word, candidate),
                        std::cmp::Reverse(strsim::osa_distance(candidate, word)),
                        count,
                    )
                };
                // The alphabet decides last, so that the same corpus always gives the same word.
                rank(one, *one_count).cmp(&rank(other, *other_count)).then_with(|| other.cmp(one))
            })
            .map(|(candidate, _)| candidate)
    })
}

/// Whether a word of the lexicon may be [`plausible`] within a distance, by its ends and its length alone: a quick look before the
/// distance is worked out. Where one edit makes another first letter, the last one is the same.
fn may_be_near(word: &str, letters: usize, known: &str, distance: u8) -> bool {
    let ends =
        same_start(word, known) || letters >= LONG && word.chars().next_back() == known.chars().next_back();
    ends && letters.abs_diff(known.chars().count()) <= usize::from(distance)
}

/// Whether a longer word of a title or heading begins with it ("pharm"): it is short for that one, not mistyped.
fn begins_a_name(word: &str, snapshot: &Snapshot) -> bool {
    /// Words of one beginning that are looked at.
    const MOST: usize = 20;
    let longer = snapshot.words_beginning(word, MOST);
    longer.iter().any(|longer| {
        longer.chars().count() > word.chars().count() + 1 && snapshot.names.contains(&term_id(&stem(longer)))
    })
}

/// Whether the corpus or the lexicon knows the word in some form.
pub fn is_known(word: &str, snapshot: &Snapshot, lexicon: &Lexicon) -> bool {
    lexicon.is_english(word)
        || snapshot.word_frequency(word) > 0
        || snapshot.frequency(&stem(word)) > 0
        || !snapshot.short_forms.at(0, &[term_id(&stem(word))]).is_empty()
}

fn plausible(word: &str, candidate: &str) -> bool {
    let (letters, others) = (word.chars().count(), candidate.chars().count());
    others >= SHORTEST
        && letters.abs_diff(others) <= 2
        && (same_start(word, candidate) || letters >= LONG && strsim::osa_distance(word, candidate) == 1)
}

fn same_start(word: &str, candidate: &str) -> bool {
    word.chars().next() == candidate.chars().next()
}
