//! Letters and the words whose initials they are. What stands between them in a text is `abbreviations`'.

use super::abbreviations::Abbreviation;

/// Short forms are this long, in characters.
const SHORT_LENGTH: std::ops::RangeInclusive<usize> = 2..=12;

/// Words that join others; letters leave them out, or not.
const JOINING: [&str; 10] = ["of", "and", "the", "for", "in", "to", "&", "-", "–", "—"];

/// More words than this between letters and a name have nothing to do with it.
const BETWEEN: usize = 8;

/// Letters with the words whose initials they are, all of them; the span is empty.
pub(super) fn spelled(short: &str, long: &str) -> Option<Abbreviation> {
    let whole = initials_start(long, word_starts(long).rev(), &letters_of(short)) == Some(0);
    (is_short_form(short) && short.split_whitespace().count() == 1 && whole).then(|| Abbreviation {
        short: short.to_owned(),
        long: long.to_owned(),
        span: 0..0,
    })
}

/// Names near letters that are their initials, in the same sentence, whatever is said between them: "the Guild of Rope Layers, known to all
/// as the GRL".
pub(super) fn nearby(text: &str) -> Vec<Abbreviation> {
    let mut found = Vec::new();
    let starts: Vec<usize> = word_starts(text).collect();
    let word = |at: usize| text.get(at..).and_then(|rest| rest.split_whitespace().next()).unwrap_or_default();
    let bare = |at: usize| word(at).trim_matches(|c: char| !c.is_alphanumeric());
    let ends = |at: usize| word(at).ends_with(['.', ';', '!', '?']) && word(at).chars().count() > 3;
    for (rank, at) in starts.iter().enumerate() {
        let short = bare(*at);
        if short.len() < 3 || !is_letters(short) {
            continue;
        }
        let letters = letters_of(short);
        // The name ends at one of the words before the letters.
        let before = starts.get(..rank).unwrap_or_default();
        for (last, start) in
            before.iter().enumerate().rev().take(BETWEEN).take_while(|(_, start)| !ends(**start))
        {
            let end = start + word(*start).trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            let name = text.get(..end).unwrap_or_default();
            let words = before.iter().copied().take(last + 1).rev();
            if let Some(start) = initials_start(name, words, &letters)
                && let Some(long) = name.get(start..).filter(|long| is_name(long))
            {
                let span = start..at + word(*at).len();
                found.push(Abbreviation { short: short.to_owned(), long: long.to_owned(), span });
                break;
            }
        }
    }
    found
}

/// Whether each word of a name begins with a capital, those that join others left out.
fn is_name(words: &str) -> bool {
    let whole =
        !words.contains(['.', ';', ':', '?', '!', '|', '\t', '(', ')', ',']) && !words.contains("\n\n");
    whole
        && words
            .split_whitespace()
            .filter(|word| !JOINING.contains(word))
            .all(|word| word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase))
}

/// Two or more capitals and nothing else.
pub(super) fn is_letters(short: &str) -> bool {
    short.len() >= 2 && short.chars().all(|c| c.is_ascii_uppercase()) && is_short_form(short)
}

pub(super) fn last_word_start(text: &str) -> Option<usize> {
    text.char_indices().rev().take_while(|(_, character)| !character.is_whitespace()).last().map(|(at, _)| at)
}

pub(super) fn is_short_form(text: &str) -> bool {
    let count = text.chars().count();
    SHORT_LENGTH.contains(&count)
        && text.split_whitespace().count() <= 2
        && text.chars().next().is_some_and(char::is_alphanumeric)
        && text.chars().filter(|character| character.is_uppercase()).count() * 2
            >= text.chars().filter(|character| character.is_alphabetic()).count()
        && text.chars().any(char::is_uppercase)
}

/// Where the last words start whose initials are just these letters, words that join others left out where no letter is theirs; `starts`
/// are the last word's and those before it. Taken before any other reading, since a letter inside a word may come first: the second A of
/// AAPC stands in "Academy", too.
pub(super) fn initials_start(
    text: &str,
    starts: impl Iterator<Item = usize>,
    letters: &[char],
) -> Option<usize> {
    if letters.len() < 2 {
        return None;
    }
    let starts: Vec<usize> = starts.take(letters.len() * 2).collect();
    // For so many words and letters from the end, whether and where the others begin; each is worked out once.
    let width = letters.len() + 1;
    let mut known = vec![None; (starts.len() + 1) * width];
    initials_from(text, &starts, letters, width, &mut known)
}

fn initials_from(
    text: &str,
    starts: &[usize],
    letters: &[char],
    width: usize,
    known: &mut [Option<Option<usize>>],
) -> Option<usize> {
    let ((at, before), (last, left)) = (starts.split_first()?, letters.split_last()?);
    let place = starts.len() * width + letters.len();
    if let Some(found) = known.get(place).copied().flatten() {
        return found;
    }
    let word = text.get(*at..)?.split_whitespace().next()?;
    // "and" may be one of the letters, or not.
    let skipped =
        JOINING.contains(&word).then(|| initials_from(text, before, letters, width, known)).flatten();
    let initial = word.chars().next().is_some_and(|first| first.to_lowercase().eq(std::iter::once(*last)));
    let found = match skipped {
        Some(start) => Some(start),
        None if initial && left.is_empty() => Some(*at),
        None if initial => initials_from(text, before, left, width, known),
        None => None,
    };
    if let Some(slot) = known.get_mut(place) {
        *slot = Some(found);
    }
    found
}

/// Where the words start whose initials are these letters in another order: "Doctor of Rope Technology (RTD)". Only words with capitals
/// count, and as many of them as there are letters.
pub(super) fn shuffled_start(text: &str, letters: &[char]) -> Option<usize> {
    let mut wanted = letters.to_vec();
    wanted.sort_unstable();
    let mut found: Vec<char> = Vec::new();
    for at in word_starts(text).rev().take(letters.len() * 2) {
        let word = text.get(at..)?.split_whitespace().next()?;
        if JOINING.contains(&word) {
            continue;
        }
        found.extend(word.chars().next().filter(|first| first.is_uppercase())?.to_lowercase());
        if found.len() == wanted.len() {
            found.sort_unstable();
            return (letters.len() >= 3 && found == wanted).then_some(at);
        }
    }
    None
}

/// What is written of a short form, letters and figures alone, in small letters.
pub(super) fn letters_of(short: &str) -> Vec<char> {
    short.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Where words start, read only as far as it is asked for from either end.
pub(super) fn word_starts(text: &str) -> impl DoubleEndedIterator<Item = usize> {
    let opens = |at: usize| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(char::is_whitespace)
    };
    text.char_indices()
        .filter(move |(at, character)| !character.is_whitespace() && opens(*at))
        .map(|(at, _)| at)
}
