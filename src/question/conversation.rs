//! What a follow-up leaves out, taken from the turns before it: the subject, the attribute, "the second".
//! The result is text: the question with the missing words behind a dash, which asked alone means the same.

use super::{Conversation, Turn};
use crate::lexicon::Lexicon;
use crate::text::tokens;

/// Between a question and the words that it left out.
const DASH: &str = " — ";

/// A message of at most this many words may be a fragment.
const FRAGMENT: usize = 3;

/// What a question has of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Own {
    /// It names a subject other than a level, a year or a place.
    pub subject: bool,
    /// It names only modifiers: a level, a year or a place.
    pub modifier: bool,
    /// Which kinds of modifiers it names.
    pub kinds: [bool; 3],
    /// It names an attribute.
    pub attribute: bool,
    /// It asks for something of its own (who, when, which letters), so that no attribute is missing.
    pub frame: bool,
    /// It names a subject before any pronoun.
    pub explained: bool,
}

/// The words that complete a follow-up; empty when nothing is missing or nothing is remembered.
pub(super) fn carried(
    text: &str,
    own: Own,
    conversation: &Conversation,
    lexicon: &Lexicon,
    kind_of_modifier: impl Fn(&str) -> Option<usize>,
    answered_there: impl Fn(&Turn) -> bool,
) -> Vec<String> {
    let Some(last) = conversation.turns.last() else { return Vec::new() };
    let words: Vec<String> = tokens(text).into_iter().map(|token| token.word).collect();
    let pronoun = !own.explained && words.iter().any(|word| lexicon.words.pronouns.contains(word));
    // "Per hour?", "technicians?": a few words that ask nothing by themselves lean on the question before.
    let rate = |word: &String| lexicon.units.rate_groups.iter().any(|group| group.contains(word));
    let says = own.attribute || own.modifier || own.subject || text.contains('?') || words.iter().any(rate);
    let fragment = says
        && words.len() <= FRAGMENT
        && !own.frame
        && !words.iter().take(2).any(|word| lexicon.words.question_words.contains(word));
    let opening = opens_as_follow_up(&words, lexicon) || fragment;
    let there = words.iter().any(|word| word == "there");
    let asks = own.attribute || own.frame || own.modifier || own.subject;
    if !(asks || pronoun || opening) {
        // "thanks!" asks nothing.
        return Vec::new();
    }
    let mut carried = Vec::new();
    if let Some(picked) = pick(&words, last, lexicon) {
        carried.push(picked);
    } else if let Some(subject) = last.subject.as_ref().filter(|_| own.subject && (opening || there)) {
        // "and nurses there?" has its own subject and keeps the place and the year; "and at Ashwood?" keeps all that was not said to be
        // at another place.
        let elsewhere = replaced(&words, &last.question, subject, lexicon);
        let kept: Vec<String> = tokens(subject)
            .into_iter()
            .map(|token| token.word)
            .filter(|word| {
                let kind = kind_of_modifier(word);
                let fresh = kind.and_then(|kind| own.kinds.get(kind)) != Some(&true);
                fresh
                    && (kind.is_some_and(|kind| kind > 0)
                        || elsewhere.as_ref().is_some_and(|elsewhere| !elsewhere.contains(word)))
            })
            .collect();
        if !kept.is_empty() {
            carried.push(kept.join(" "));
        }
    } else if let Some(subject) = last.subject.as_ref().filter(|_| !own.subject || pronoun) {
        let kept: Vec<String> = tokens(subject)
            .into_iter()
            .map(|token| token.word)
            .filter(|word| {
                // "and in 2019?" replaces a year and keeps the place.
                kind_of_modifier(word).and_then(|kind| own.kinds.get(kind)) != Some(&true)
            })
            .collect();
        if !kept.is_empty() {
            carried.push(kept.join(" "));
        }
    }
    // "And WT4?" takes the place of "WT3".
    for subject in &mut carried {
        let kept =
            tokens(subject).into_iter().filter(|old| !words.iter().any(|new| counts_alike(&old.word, new)));
        *subject = kept.map(|old| old.word).collect::<Vec<_>>().join(" ");
    }
    carried.retain(|subject| !subject.is_empty());
    // A short follow-up that the last answer's document can answer stays with that document.
    let stays = opening && (own.subject || own.modifier && carried.is_empty());
    if let Some(place) = last.place.as_ref().filter(|_| stays && answered_there(last)) {
        carried.push(place.clone());
    }
    if !own.attribute
        && !own.frame
        && (opening || carried.is_empty() || own.modifier)
        && let Some(attribute) = last.attribute.as_ref().and_then(|name| lexicon.attribute(name))
        && let Some(words) = lexicon.asked_as(attribute)
    {
        carried.push(words.to_owned());
    }
    if !own.attribute
        && !own.frame
        && opening
        && own.subject
        && last.attribute.is_none()
        && let Some(detail) = &last.detail
    {
        carried.push(detail.clone());
    }
    carried
}

/// What "and at Ashwood?" takes the place of: the words of the last question behind the same "at". `None` where the follow-up names no place
/// in this way, or what it names takes the place of all that was asked about.
fn replaced(words: &[String], last: &str, subject: &str, lexicon: &Lexicon) -> Option<Vec<String>> {
    let lists = &lexicon.words;
    // "And at …", "what about in …": only what opens the question.
    let at = words.iter().take(4).position(|word| lists.placing.contains(word))?;
    let led = words.iter().take(at).all(|word| lists.stop.contains(word) || lists.follow_ups.contains(word));
    let sign = words.get(at).filter(|_| led)?;
    let before: Vec<String> = tokens(last).into_iter().map(|token| token.word).collect();
    let from = before.iter().rposition(|word| word == sign);
    let names: Vec<String> = from
        .map(|from| before.iter().skip(from + 1).skip_while(|word| lists.stop.contains(*word)))
        .into_iter()
        .flatten()
        .take_while(|word| !lists.stop.contains(*word))
        .cloned()
        .collect();
    let others = tokens(subject).into_iter().any(|token| !names.contains(&token.word));
    others.then_some(names)
}

/// Whether two different words count the same things: "wt3" and "wt4", "ii" and "iii".
fn counts_alike(one: &str, other: &str) -> bool {
    let letters = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let coded = |word: &str| letters(word).len() < word.len() && !letters(word).is_empty();
    let roman = |word: &str| word.len() <= 4 && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    one != other
        && (coded(one) && coded(other) && letters(one) == letters(other) || roman(one) && roman(other))
}

/// The question in standalone form.
pub(super) fn standalone(question: &str, carried: &[String]) -> String {
    if carried.is_empty() {
        return question.to_owned();
    }
    format!("{question}{DASH}{}", carried.join(", "))
}

/// "and …", "what about …", "same for …": a question that leans on the one before it.
fn opens_as_follow_up(words: &[String], lexicon: &Lexicon) -> bool {
    let lists = &lexicon.words;
    words.first().is_some_and(|first| lists.follow_ups.contains(first))
        || words.get(..2).is_some_and(|pair| lists.follow_up_pairs.contains(pair))
}

/// The subject that "the first", "the second" or "the other one" picks.
fn pick(words: &[String], last: &Turn, lexicon: &Lexicon) -> Option<String> {
    for (rank, ordinal) in lexicon.words.ordinals.iter().enumerate() {
        if words.iter().any(|word| ordinal.contains(word)) {
            return last.mentioned.get(rank).cloned();
        }
    }
    None
}
