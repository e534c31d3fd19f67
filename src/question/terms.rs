//! The words of a question as terms: their role, their rarity in the corpus, and other ways of saying them.

use super::{Alternative, QuestionTerm, Role, initials, spelling};
use crate::index::Snapshot;
use crate::lexicon::Lexicon;
use crate::text::{Term, Token, stem, term_id, tokens};

/// A synonym counts this share of the word itself.
const SYNONYM: f64 = 0.9;
/// A word that only stands near it counts this share: too little to say yes or no by.
const LOOSE: f64 = 0.75;
/// A word of the same family ("weld" for "welder") counts this share.
const RELATED: f64 = 0.8;
/// What is left of a word without its ending must have this many letters.
const SHORTEST_BASE: usize = 4;

/// More words of one beginning are not looked at.
const MOST_RELATIVES: usize = 200;
/// A word of as many letters is whole.
const SHORTEST_WORD: usize = 5;
/// So many words in capitals are no letters that stand for a name.
const SHOUTED: usize = 4;
/// A shortened word has at least this many letters.
const SHORTEST_START: usize = 3;
/// Two of them that are joined have no more.
const LONGEST_JOINED: usize = 20;

/// A token of the question after mending.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub token: Token,
    /// The folded word, mended.
    pub word: String,
    pub stem: String,
    pub term: Term,
}

/// The words of a question, mended, with what was mended.
pub(super) fn read(text: &str, snapshot: &Snapshot, lexicon: &Lexicon) -> (Vec<Word>, Vec<(String, String)>) {
    let mut corrections = Vec::new();
    let mut read = tokens(text);
    // A message that shouts throughout tells nothing by its capitals.
    let shouts =
        read.len() >= SHOUTED && read.iter().all(|token| token.all_capitals || token.word.len() == 1);
    read.iter_mut().filter(|_| shouts).for_each(|token| token.all_capitals = false);
    let words = read
        .into_iter()
        .map(|token| {
            let typed = lexicon.words.shorthand.get(&token.word).filter(|_| !token.all_capitals);
            let word = typed.unwrap_or(&token.word);
            let mended = if token.all_capitals { None } else { spelling::mend(word, snapshot, lexicon) };
            if let Some(mended) = &mended {
                corrections.push((token.word.clone(), mended.clone()));
            }
            let word = mended.unwrap_or_else(|| word.clone());
            let stem = stem(&word);
            Word { term: term_id(&stem), stem, word, token }
        })
        .collect();
    (words, corrections)
}

/// A question term for each word that has a role; `roles` has one entry for each word, `None` for grammar words.
/// Gives the terms and, for each word, the index of its term.
pub(super) fn terms_of(
    words: &[Word],
    roles: &[Option<Role>],
    snapshot: &Snapshot,
    lexicon: &Lexicon,
    most: usize,
) -> (Vec<QuestionTerm>, Vec<Option<usize>>) {
    let sequence: Vec<Term> = words.iter().map(|word| word.term).collect();
    let alternatives = alternatives(&sequence, snapshot, lexicon);
    let blocks = f64::from(snapshot.block_count().max(1));
    let mut terms: Vec<QuestionTerm> = Vec::new();
    let mut places = vec![None; words.len()];
    for (index, (word, role)) in words.iter().zip(roles).enumerate() {
        let Some(role) = role else { continue };
        if let Some(known) = terms.iter().position(|term| term.term == word.term) {
            if let Some(place) = places.get_mut(index) {
                *place = Some(known);
            }
            continue;
        }
        if terms.len() >= most {
            break;
        }
        // "IT" is not the "it" of the texts: it is said by what it stands for alone.
        let spelled = *role == Role::Subject && lexicon.words.stop.contains(&word.word);
        let (own_stem, own_term) = match spelled {
            true => (word.word.to_uppercase(), term_id(&word.word.to_uppercase())),
            false => (word.stem.clone(), word.term),
        };
        let frequency = snapshot.frequency(&own_stem);
        let mut ways: Vec<Alternative> = Vec::new();
        for (covered, way) in &alternatives {
            if covered.contains(&index) && !ways.contains(way) {
                ways.push(way.clone());
            }
        }
        if *role == Role::Subject {
            ways.extend(relatives(&word.word, &word.stem, snapshot, lexicon));
            ways.extend(same_level(word, lexicon));
            ways.extend(same_number(word, lexicon));
            let named = snapshot.names.contains(&word.term);
            if ways.is_empty() && !named {
                ways.extend(spelled_out(&word.word, spelled, snapshot, lexicon));
            }
            // "Sono tech": before a word for people a short one is cut, whatever else it may be.
            let cut = !named
                && word.word.chars().count() < SHORTEST_WORD
                && words.get(index + 1).is_some_and(|next| lexicon.names_person(&next.word));
            if ways.is_empty()
                && (frequency == 0 || cut || !named && !lexicon.words.english.contains(&word.word))
            {
                ways.extend(longer(&word.word, snapshot));
            }
            if ways.is_empty() && frequency == 0 && !lexicon.is_english(&word.word) {
                ways.extend(joined(&word.word, snapshot));
            }
        }
        let known =
            frequency > 0 || ways.iter().any(|way| way.stems.iter().all(|stem| snapshot.frequency(stem) > 0));
        if let Some(place) = places.get_mut(index) {
            *place = Some(terms.len());
        }
        terms.push(QuestionTerm {
            word: word.word.clone(),
            stem: own_stem,
            term: own_term,
            role: *role,
            strict: !lexicon.states.find(&[word.term]).is_empty()
                || ways
                    .iter()
                    .flat_map(|way| &way.stems)
                    .chain([&word.word])
                    .any(|stem| stem.bytes().all(|byte| byte.is_ascii_digit()))
                || *role == Role::Subject && word.word.len() == 1,
            modifier: !lexicon.states.find(&[word.term]).is_empty()
                || !lexicon.level_words.find(&[word.term]).is_empty()
                || word.word.parse::<u32>().is_ok(),
            person: lexicon.names_person(&word.word),
            weight: (1.0 + blocks / (frequency as f64 + 1.0)).ln(),
            known,
            carried: false,
            alternatives: ways,
        });
    }
    (terms, places)
}

/// Other ways of saying stretches of the question: which words they cover, and the other way.
fn alternatives(sequence: &[Term], snapshot: &Snapshot, lexicon: &Lexicon) -> Vec<(Vec<usize>, Alternative)> {
    let mut found = Vec::new();
    for position in 0..sequence.len() {
        for group in lexicon.synonym_phrases.at(position, sequence) {
            let own: Vec<Term> =
                group.words.iter().filter_map(|index| sequence.get(*index).copied()).collect();
            let Some(synonyms) = lexicon.synonyms.get(group.value) else { continue };
            let trust = if synonyms.loose { LOOSE } else { SYNONYM };
            for member in &synonyms.members {
                if member.iter().map(|(_, term)| *term).ne(own.iter().copied()) {
                    found.push((group.words.clone(), alternative(member, trust)));
                }
            }
        }
        for short in snapshot.short_forms.at(position, sequence) {
            if let Some(record) = snapshot.catalog.abbreviations.get(short.value) {
                found.push((short.words, from_text(&record.long, lexicon)));
            }
        }
        for long in snapshot.long_forms.at(position, sequence) {
            if let Some(record) = snapshot.catalog.abbreviations.get(long.value) {
                found.push((long.words, from_text(&record.short, lexicon)));
            }
        }
    }
    found
}

/// Words of the corpus that are made from the same base by another ending.
fn relatives(word: &str, own: &str, snapshot: &Snapshot, lexicon: &Lexicon) -> Vec<Alternative> {
    let endings = &lexicon.words.derivations;
    let singular = word.strip_suffix('s').unwrap_or(word);
    let bases: Vec<&str> = std::iter::once(singular)
        .chain(endings.iter().filter_map(|ending| singular.strip_suffix(ending.as_str())))
        .filter(|base| base.chars().count() >= SHORTEST_BASE && base.chars().all(char::is_alphabetic))
        .collect();
    let Some(shortest) = bases.iter().min_by_key(|base| base.len()) else { return Vec::new() };
    let stems: Vec<String> = snapshot
        .words_beginning(shortest, MOST_RELATIVES)
        .into_iter()
        .filter(|other| {
            let other = other.strip_suffix('s').unwrap_or(other);
            bases
                .iter()
                .filter_map(|base| other.strip_prefix(base))
                .any(|ending| ending.is_empty() || endings.iter().any(|known| known == ending))
        })
        .map(|other| stem(&other))
        .filter(|stem| stem != own)
        .collect();
    singles(stems, RELATED)
}

/// Other words and letters for the level of education that a word names.
fn same_level(word: &Word, lexicon: &Lexicon) -> Vec<Alternative> {
    if lexicon.specific_letters.contains(&word.word) {
        return Vec::new();
    }
    let by_letters = lexicon
        .level_letters
        .get(&word.word)
        .copied()
        // "as" in small letters is no degree, "ms" is.
        .filter(|_| word.token.all_capitals || !lexicon.words.stop.contains(&word.word));
    let Some(level) =
        by_letters.or_else(|| lexicon.level_words.find(&[word.term]).first().map(|found| found.value))
    else {
        return Vec::new();
    };
    let letters = lexicon
        .level_letters
        .iter()
        .filter(|(_, known)| **known == level)
        // "MS" is no question for an MBA; "master" is.
        .filter(|(letters, _)| by_letters.is_none() || !lexicon.specific_letters.contains(*letters))
        .map(|(letters, _)| letters.clone());
    let name = lexicon.levels.get(level).map(|level| stem(&level.name));
    let stems: Vec<String> =
        letters.chain(name).filter(|stem| *stem != word.stem && !lexicon.words.stop.contains(stem)).collect();
    singles(stems, SYNONYM)
}

/// A number written the other way: "ten" and "10".
fn same_number(word: &Word, lexicon: &Lexicon) -> Vec<Alternative> {
    let numbers = &lexicon.units.numbers;
    let other = match (numbers.get(&word.word), word.word.parse::<u32>()) {
        (Some(number), _) => vec![number.to_string()],
        (None, Ok(number)) => {
            let mut words: Vec<String> =
                numbers.iter().filter(|(_, known)| **known == number).map(|(word, _)| stem(word)).collect();
            words.sort();
            words
        }
        _ => Vec::new(),
    };
    singles(other, SYNONYM)
}

/// The names that letters stand for by their first letters.
fn spelled_out(letters: &str, capitals: bool, snapshot: &Snapshot, lexicon: &Lexicon) -> Vec<Alternative> {
    let names = if capitals { initials::names_of_capitals } else { initials::names_of };
    names(letters, snapshot, lexicon)
        .into_iter()
        .map(|stems| Alternative {
            terms: stems.iter().map(|stem| term_id(stem)).collect(),
            stems,
            trust: SYNONYM,
        })
        .collect()
}

/// Longer words of the corpus's names that an unknown word begins ("vet" for "veterinary").
fn longer(word: &str, snapshot: &Snapshot) -> Vec<Alternative> {
    if word.chars().count() < SHORTEST_START || word.chars().any(char::is_numeric) {
        return Vec::new();
    }
    let names = |stem: &String| snapshot.names.contains(&term_id(stem));
    singles(stems_beginning(word, snapshot).filter(names).collect(), SYNONYM)
}

/// The stems of the corpus's words with a beginning.
fn stems_beginning(start: &str, snapshot: &Snapshot) -> impl Iterator<Item = String> {
    snapshot.words_beginning(start, MOST_RELATIVES).into_iter().map(|word| stem(&word))
}

/// Two words of one name that an unknown word begins one behind the other ("glorbtech" for "glorbic technology").
fn joined(word: &str, snapshot: &Snapshot) -> Vec<Alternative> {
    let mut found: Vec<Alternative> = Vec::new();
    if word.len() > LONGEST_JOINED {
        return found;
    }
    let beginning = |part: &str| singles(stems_beginning(part, snapshot).collect(), SYNONYM);
    for at in SHORTEST_START..word.len().saturating_sub(SHORTEST_START - 1) {
        let (Some(one), Some(other)) = (word.get(..at), word.get(at..)) else { continue };
        let seconds = beginning(other);
        if seconds.is_empty() {
            continue;
        }
        for first in beginning(one) {
            let pairs = seconds.iter().filter(|second| {
                let ends = first.terms.first().zip(second.terms.first());
                ends.is_some_and(|(one, other)| snapshot.name_pairs.contains(&(*one, *other)))
            });
            found.extend(pairs.map(|second| Alternative {
                stems: [first.stems.as_slice(), &second.stems].concat(),
                terms: [first.terms.as_slice(), &second.terms].concat(),
                trust: SYNONYM,
            }));
        }
    }
    found
}

/// One alternative for each distinct stem, in the order of the alphabet.
fn singles(mut stems: Vec<String>, trust: f64) -> Vec<Alternative> {
    stems.sort();
    stems.dedup();
    stems
        .into_iter()
        .map(|stem| Alternative { terms: vec![term_id(&stem)], stems: vec![stem], trust })
        .collect()
}

fn alternative(member: &[(String, Term)], trust: f64) -> Alternative {
    Alternative {
        stems: member.iter().map(|(stem, _)| stem.clone()).collect(),
        terms: member.iter().map(|(_, term)| *term).collect(),
        trust,
    }
}

/// An abbreviation's other form, without grammar words.
fn from_text(text: &str, lexicon: &Lexicon) -> Alternative {
    let stems: Vec<String> = tokens(text)
        .into_iter()
        .filter(|token| token.all_capitals || !lexicon.words.stop.contains(&token.word))
        .map(|token| stem(&token.word))
        .collect();
    Alternative { terms: stems.iter().map(|stem| term_id(stem)).collect(), stems, trust: 1.0 }
}
