//! Finds the question, or the two questions, in a message; the rest of the message is background that may name the
//! subject.

use unicode_segmentation::UnicodeSegmentation;

use crate::lexicon::Lexicon;
use crate::text::quick::HashSet;
use crate::text::{Token, terms, tokens};

/// More questions than this in one message are not answered.
const MAX_QUESTIONS: usize = 3;

/// A message cut into what it asks and what it tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Split {
    /// What is asked, in order; at least one entry unless the message is empty.
    pub questions: Vec<String>,
    /// Everything else.
    pub background: Vec<String>,
}

/// Cuts a cleaned message; orders to the bot itself are left out.
pub fn split(message: &str, lexicon: &Lexicon) -> Split {
    let sentences: Vec<&str> = whole_sentences(message, lexicon)
        .into_iter()
        .flat_map(|sentence| in_chat(sentence, lexicon))
        .flat_map(|sentence| sentence.split_inclusive(['?', ';', '\n']))
        .flat_map(|sentence| clauses(sentence, lexicon))
        .map(str::trim)
        .filter(|sentence| !tokens(sentence).is_empty() && lexicon.orders.find(&terms(sentence)).is_empty())
        .collect();
    let scored: Vec<(usize, u8)> =
        sentences.iter().enumerate().map(|(index, sentence)| (index, asking(sentence, lexicon))).collect();
    let best = scored.iter().map(|(_, score)| *score).max().unwrap_or(0);
    // A mark of interrogation is a strong sign; without one the best of the weaker signs counts, and one sentence
    // alone is the question whatever it looks like.
    let least = if best >= MARKED { MARKED } else { best };
    let mut split = Split::default();
    for (index, score) in scored {
        let Some(sentence) = sentences.get(index) else { continue };
        if score >= least && score > 0 && split.questions.len() < MAX_QUESTIONS {
            split.questions.push((*sentence).to_owned());
        } else {
            split.background.push((*sentence).to_owned());
        }
    }
    if split.questions.is_empty() && !split.background.is_empty() {
        let whole = std::mem::take(&mut split.background).join(" ");
        split.questions.push(whole);
    }
    let asks_twice = |question: &String| {
        let words = tokens(question);
        let skip =
            usize::from(words.first().is_some_and(|token| lexicon.words.openers.contains(&token.word)));
        words.get(skip).is_some_and(|token| {
            lexicon.words.question_words.contains(&token.word) || lexicon.words.yes_no.contains(&token.word)
        })
    };
    split.questions.iter_mut().for_each(|question| *question = without_chat(question, lexicon).to_owned());
    if best < MARKED && split.questions.len() > 1 && !split.questions.iter().skip(1).all(asks_twice) {
        // Several statements with equal signs are one question put in several breaths.
        split.questions = vec![split.questions.join(" ")];
    }
    split
}

/// "Ok, dumb question but what is …": a question without the vague words that lead up to it.
fn without_chat<'a>(question: &'a str, lexicon: &Lexicon) -> &'a str {
    let lists = &lexicon.words;
    let words = tokens(question);
    let is = |at: usize, list: &HashSet<String>| is_among(&words, at, list);
    let asks =
        |at: usize| is(at, &lists.question_words) || is(at, &lists.yes_no) && is(at + 1, &lists.asked_of);
    let Some(from) = (1..words.len()).find(|at| asks(*at)) else { return question };
    let vague = |at: usize| is(at, &lists.light) || is(at, &lists.stop);
    match words.get(from).filter(|_| is(from - 1, &lists.leading_up) && (0..from).all(vague)) {
        Some(first) => question.get(first.span.start..).unwrap_or(question),
        None => question,
    }
}

fn is_among(words: &[Token], at: usize, list: &HashSet<String>) -> bool {
    words.get(at).is_some_and(|token| list.contains(&token.word))
}

/// The sentences of a message; none ends behind an abbreviation ("did Dr. Glorb …").
fn whole_sentences<'a>(message: &'a str, lexicon: &Lexicon) -> Vec<&'a str> {
    let mut sentences = Vec::new();
    let mut from = 0;
    for (at, piece) in message.split_sentence_bound_indices() {
        let end = at + piece.len();
        let last =
            piece.trim_end().strip_suffix('.').and_then(|text| text.rsplit(char::is_whitespace).next());
        let short = last.is_some_and(|last| lexicon.text.abbreviations.contains(&last.to_lowercase()));
        if !short || end == message.len() {
            sentences.push(message.get(from..end).unwrap_or_default());
            from = end;
        }
    }
    sentences
}

/// In chat a sentence may begin with a small letter: "it is boring lol. what would I learn".
fn in_chat<'a>(sentence: &'a str, lexicon: &Lexicon) -> Vec<&'a str> {
    /// A shorter word before a full stop may be an abbreviation.
    const LEAST_LETTERS: usize = 3;
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, _) in sentence.match_indices(". ") {
        let before = sentence.get(from..at).unwrap_or_default();
        let last = before.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        if last.chars().count() >= LEAST_LETTERS && !lexicon.text.abbreviations.contains(&last.to_lowercase())
        {
            pieces.push(sentence.get(from..at + 1).unwrap_or_default());
            from = at + 2;
        }
    }
    pieces.push(sentence.get(from..).unwrap_or_default());
    pieces
}

/// A sentence cut where a question begins inside it: behind a clause about the one who asks ("I never went to college, how long
/// …"), and before a second question ("… and what does it cost").
fn clauses<'a>(sentence: &'a str, lexicon: &Lexicon) -> Vec<&'a str> {
    let words = tokens(sentence);
    let lists = &lexicon.words;
    let is = |index: usize, list: &HashSet<String>| is_among(&words, index, list);
    let mut cuts = vec![0];
    let mut from = 0;
    for index in 1..words.len() {
        let (Some(before), Some(word)) = (words.get(index - 1), words.get(index)) else { continue };
        let comma = sentence.get(before.span.end..word.span.start).is_some_and(|between| {
            between.contains(',') || between.contains(" - ") || between.contains("..")
        });
        let and = is(index, &lists.openers);
        let first = if and { index + 1 } else { index };
        let asks = is(first, &lists.question_words)
            || is(first, &lists.yes_no) && is(first + 1, &lists.asked_of) && (comma || and);
        let told = (from..index).any(|index| is(index, &lists.first_person));
        let asked =
            (from..index).take(2).any(|index| is(index, &lists.question_words) || is(index, &lists.yes_no));
        if asks && (comma && told && !asked || and && is(first, &lists.question_words)) && index > from + 1 {
            cuts.push(word.span.start);
            from = index;
        }
    }
    let ends = cuts.iter().skip(1).copied().chain([sentence.len()]);
    cuts.iter().copied().zip(ends).filter_map(|(start, end)| sentence.get(start..end)).collect()
}

/// Signs that are worth as much as a question mark on words that ask for something.
const MARKED: u8 = 4;

/// How much a sentence looks like a question.
fn asking(sentence: &str, lexicon: &Lexicon) -> u8 {
    let words = tokens(sentence);
    let sequence = terms(sentence);
    let marked = sentence.trim_end().ends_with('?');
    let carries = words.iter().any(|token| lexicon.carries(&token.word));
    let attribute = !lexicon.attribute_asks.find(&sequence).is_empty()
        || !lexicon.attribute_words.find(&sequence).is_empty();
    let frame = !lexicon.frames.find(&sequence).is_empty();
    let mut score = 0;
    let lists = &lexicon.words;
    let skip = usize::from(words.first().is_some_and(|token| lists.openers.contains(&token.word)));
    let opens = words.get(skip).is_some_and(|first| {
        lists.question_words.contains(&first.word) || lists.yes_no.contains(&first.word)
    });
    // "What exactly should I have done before I apply" asks without a mark.
    if (marked || opens && words.len() > 2) && (carries || attribute || frame) {
        score += MARKED;
    }
    if frame {
        score += 2;
    }
    if attribute {
        score += 1;
    }
    score
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::lexicon::Lexicon;

    #[track_caller]
    fn check(message: &str, questions: &[&str]) {
        let lexicon = Lexicon::shipped().unwrap();
        assert_eq!(split(message, &lexicon).questions, questions);
    }

    #[test]
    fn the_question_is_found() {
        check("hello! what does a glorb earn? thanks", &["what does a glorb earn?"]);
        check("glorb wages", &["glorb wages"]);
        check(
            "My sister is a glorb. How long is the course? And what does it cost?",
            &["How long is the course?", "And what does it cost?"],
        );
        check("I never went to college, how long is the glorb course?", &["how long is the glorb course?"]);
        check(
            "what does a glorb earn and how long is the course",
            &["what does a glorb earn", "and how long is the course"],
        );
        check("glorb or snarl, which pays more?", &["glorb or snarl, which pays more?"]);
        check("ok dumb question but whats a glorb lol", &["whats a glorb lol"]);
        check("and in which year?", &["and in which year?"]);
        check("I want to be a glorb. Tell me about the tuition.", &["Tell me about the tuition."]);
    }
}
