//! Answers a message that has been understood: one question or several, a comparison, a question asked back, or an
//! honest "not in my sources".

use super::abbreviation::{abbreviation, asks_letters, meanings, names_letters_only};
use super::account::{account, understood};
use super::choices::equal_choices;
use super::compare::compare;
use super::compose::{Breadth, Draft, Judged, MAX_CITATIONS, compose, judge_all};
use super::judge::judge_alone;
use super::model::{Answer, Outcome, Topic};
use super::{messages, topics};
use crate::corpus::PassageKind;
use crate::index::Snapshot;
use crate::lexicon::Lexicon;
use crate::question::{Kind, Question, Turn};
use crate::retrieval::{retrieve, support_of};
use crate::text::{Term, Token, cut_at_sentence, terms, tokens};

/// The direct answer is at most this many characters.
const MAX_TEXT: usize = 2_000;

/// Words of a title that a follow-up is given.
const PLACE: usize = 3;

/// A word with at least this support is what the answer is about.
const KNOWN: f64 = 0.5;

/// From this confidence on a question that says little has said enough.
const BEYOND_DOUBT: f64 = 0.9;

/// How one question ended.
enum Ending {
    Answered(Draft),
    Clarify(Vec<Topic>, Vec<String>),
    Abstained { topics: Vec<Topic>, confidence: f64, why: Vec<String> },
}

/// Answers the questions of a message; `message` is the message as it was sent.
pub fn reply(
    message: &str,
    questions: &[Question],
    snapshot: &Snapshot,
    lexicon: &Lexicon,
    min_confidence: f64,
) -> Answer {
    let mut answer = Answer {
        question: message.to_owned(),
        standalone: message.to_owned(),
        outcome: Outcome::Empty,
        confidence: 0.0,
        kind: Kind::Fact.name().to_owned(),
        text: messages::EMPTY.to_owned(),
        citations: Vec::new(),
        topics: Vec::new(),
        generation: snapshot.id.clone(),
        indexed_at: snapshot.built_at,
        why: Vec::new(),
        turn: Turn::default(),
    };
    let Some(first) = questions.first() else { return answer };
    answer.kind = first.kind.name().to_owned();
    let carried: Vec<&str> =
        questions.iter().flat_map(|question| &question.carried).map(String::as_str).collect();
    if !carried.is_empty() {
        answer.standalone = format!("{message} — {}", carried.join(", "));
    }
    let endings: Vec<Ending> =
        questions.iter().map(|question| end(question, snapshot, lexicon, min_confidence)).collect();
    answer.turn = turn(&answer.standalone, questions, lexicon);
    let answered = endings.iter().filter(|ending| matches!(ending, Ending::Answered(_))).count();
    let mut texts: Vec<String> = Vec::new();
    let mut confidences: Vec<f64> = Vec::new();
    for (question, ending) in questions.iter().zip(endings) {
        match ending {
            Ending::Answered(draft) => {
                texts.push(draft.text);
                confidences.push(draft.confidence);
                answer.why.extend(draft.why);
                if draft.about.is_some() {
                    answer.turn.subject = draft.about;
                }
                answer.citations.extend(draft.citations);
            }
            Ending::Clarify(choices, why) => {
                answer.why.extend(why);
                if answered == 0 {
                    answer.kind = "clarify".to_owned();
                    answer.outcome = Outcome::Clarify;
                    answer.topics = choices;
                }
            }
            Ending::Abstained { topics, confidence, why } => {
                answer.why.extend(why);
                if answered > 0 {
                    texts.push(messages::part_not_found(&question.text));
                } else {
                    answer.confidence = answer.confidence.max(confidence);
                    for topic in topics {
                        if !answer.topics.contains(&topic) {
                            answer.topics.push(topic);
                        }
                    }
                }
            }
        }
    }
    if answered > 0 {
        answer.outcome = Outcome::Answered;
        answer.topics.clear();
        answer.confidence = confidences.iter().copied().fold(1.0, f64::min);
        answer.text = cut_at_sentence(&texts.join("\n\n"), MAX_TEXT).into_owned();
        answer.citations.truncate(MAX_CITATIONS);
        answer.turn.document = answer.citations.first().map(|citation| citation.document.clone());
        answer.turn.place = answer.turn.document.as_deref().and_then(|path| place(path, snapshot, lexicon));
    } else if answer.outcome == Outcome::Clarify {
        answer.text = messages::WHICH.to_owned();
    } else {
        answer.outcome = Outcome::Abstained;
        let near = !answer.topics.is_empty();
        answer.text = if near { messages::NOT_FOUND_NEAR } else { messages::NOT_FOUND }.to_owned();
    }
    answer
}

fn turn(standalone: &str, questions: &[Question], lexicon: &Lexicon) -> Turn {
    let last = questions.last();
    let mentioned = questions
        .iter()
        .flat_map(|question| {
            let side = |side: &Vec<usize>| {
                side.iter()
                    .filter_map(|index| question.terms.get(*index))
                    .map(|term| term.word.as_str())
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            if question.sides.is_empty() {
                question.subject.clone().into_iter().collect()
            } else {
                question.sides.iter().map(side).collect::<Vec<_>>()
            }
        })
        .collect();
    Turn {
        question: standalone.to_owned(),
        subject: questions.iter().rev().find_map(|question| question.topic_words.clone()),
        mentioned,
        attribute: last
            .and_then(|question| question.attribute)
            .and_then(|id| lexicon.attributes.get(id))
            .map(|attribute| attribute.name.clone()),
        detail: last.filter(|question| question.attribute.is_none()).and_then(|question| question.detail()),
        document: None,
        place: None,
    }
}

/// The names of a document's title, at most [`PLACE`], without what only narrows them (a level, a state, a year); `None` when it has none.
fn place(path: &str, snapshot: &Snapshot, lexicon: &Lexicon) -> Option<String> {
    let (_, document) = snapshot.document_at(path)?;
    let names = &document.sections.first()?.names;
    let narrows = |term: &Term| {
        !lexicon.level_words.find(&[*term]).is_empty() || !lexicon.states.find(&[*term]).is_empty()
    };
    let named = |term: &Term| names.contains(term) && !narrows(term);
    let number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<String> = tokens(&document.title)
        .into_iter()
        .map(|token| token.word)
        .filter(|word| lexicon.carries(word) && !number(word) && terms(word).iter().all(named))
        .take(PLACE)
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn end(question: &Question, snapshot: &Snapshot, lexicon: &Lexicon, min_confidence: f64) -> Ending {
    let mut why = understood(question, lexicon);
    let letters = names_letters_only(question, snapshot, lexicon) || asks_letters(question, snapshot);
    let abbreviated = question.kind == Kind::Abbreviation || letters;
    // "Who issues the LF?", where LF is two things.
    let lone = question.carried.is_empty() && question.subject_terms().count() == 1;
    if abbreviated || lone {
        let choices = meanings(question, snapshot, lexicon);
        if !choices.is_empty() {
            return Ending::Clarify(choices, why);
        }
    }
    if abbreviated {
        return match abbreviation(question, snapshot, lexicon) {
            Some(mut draft) => {
                why.push("answered from a definition in the text".to_owned());
                if question.kind != Kind::Abbreviation {
                    say_what_it_is(&mut draft, question, snapshot, lexicon);
                }
                draft.why = why;
                Ending::Answered(draft)
            }
            None => Ending::Abstained {
                topics: topics::nearest(question, &retrieve(question, snapshot, lexicon)),
                confidence: 0.0,
                why,
            },
        };
    }
    if question.kind == Kind::Comparison
        && let Some(draft) = compare(question, snapshot, lexicon, min_confidence)
    {
        return Ending::Answered(draft);
    }
    let candidates = retrieve(question, snapshot, lexicon);
    let nearest = topics::nearest(question, &candidates);
    let judged = judge_all(question, candidates, snapshot, lexicon);
    why.extend(account(&judged, min_confidence));
    let best = judged.first().map_or(0.0, |judged| judged.verdict.confidence);
    let nothing_asked = best < BEYOND_DOUBT && says_too_little(question, snapshot, lexicon);
    let holds = best >= min_confidence && (min_confidence <= 0.0 || !nothing_asked);
    // Two that fit equally take the lead from one another: either would be believed if it stood alone.
    let alone = judged.first().map_or(0.0, |best| judge_alone(question, &best.candidate, lexicon));
    let either = alone >= min_confidence && !nothing_asked;
    if either
        && min_confidence > 0.0
        && let Some(choices) = equal_choices(question, &judged, snapshot, lexicon)
    {
        return Ending::Clarify(choices, why);
    }
    match compose(question, &judged, Breadth::Whole, snapshot, lexicon).filter(|_| holds) {
        Some(mut draft) => {
            draft.why = why;
            draft.about = judged.first().and_then(|best| about(question, best));
            Ending::Answered(draft)
        }
        None => Ending::Abstained { topics: nearest, confidence: best, why },
    }
}

/// Adds the sentence that says what letters name to what they stand for, where a text has one.
fn say_what_it_is(draft: &mut Draft, question: &Question, snapshot: &Snapshot, lexicon: &Lexicon) {
    let judged = judge_all(question, retrieve(question, snapshot, lexicon), snapshot, lexicon);
    let defines = judged.first().is_some_and(|best| {
        let sentence = best.candidate.record().is_some_and(|record| record.kind == PassageKind::Sentence);
        sentence && best.verdict.objection.is_none() && best.candidate.features.defines >= DEFINES
    });
    let said = compose(question, &judged, Breadth::Passage, snapshot, lexicon).filter(|_| defines);
    let Some((said, citation)) = said.and_then(|said| Some((said.text, said.citations.into_iter().next()?)))
    else {
        return;
    };
    if !draft.citations.iter().any(|known| known.overlaps(&citation)) {
        draft.text = format!("{} {said}", draft.text);
        draft.citations.push(citation);
    }
}

/// From this on a sentence says what its subject is.
const DEFINES: f64 = 0.9;

/// The words that a follow-up will be about, without those that the answer does not know.
fn about(question: &Question, best: &Judged<'_>) -> Option<String> {
    let candidate = &best.candidate;
    let passage = candidate.record()?;
    let known = |word: &&str| {
        if question.years.iter().any(|year| year.to_string() == **word) {
            return true;
        }
        question
            .terms
            .iter()
            .filter(|term| term.word == **word)
            .any(|term| support_of(term, passage, candidate.passage, &candidate.context) >= KNOWN)
    };
    let words: Vec<&str> = question.topic_words.as_deref()?.split(' ').filter(known).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Whether a question gives too little to go by: neither an attribute nor more than one word of a subject (a definition
/// asks with one), or nothing but words that had to be mended.
fn says_too_little(question: &Question, snapshot: &Snapshot, lexicon: &Lexicon) -> bool {
    /// More words than this without any sign of a question tell something.
    const KEYWORDS: usize = 6;
    /// A question of this many words says what it wants.
    const WHOLE: usize = 5;
    /// … and of so many words, where its kind says what.
    const SAYS: usize = 3;
    /// A mended word of this many letters is sure.
    const SURE: usize = 7;
    if question.attribute.is_some() {
        return false;
    }
    let words = tokens(&question.text);
    let asks = question.text.contains('?')
        || question.kind != Kind::Fact
        || words.iter().any(|token| lexicon.words.question_words.contains(&token.word))
        || words.first().is_some_and(|token| lexicon.words.yes_no.contains(&token.word));
    // "Max civil penalty board of examiners": names one after another.
    let plain = |token: &Token| {
        !lexicon.words.stop.contains(&token.word) || lexicon.words.joining.contains(&token.word)
    };
    if !asks && words.len() > KEYWORDS && !words.iter().all(plain) {
        return true;
    }
    let names = |question: &Question| {
        let mut terms = question.subject_terms();
        terms.any(|term| snapshot.names.contains(&term.term) && lexicon.carries(&term.word))
    };
    // A long word with one letter wrong can be no other one.
    let mended = |word: &str| {
        let doubtful = |typed: &str| typed.chars().count() < SURE || strsim::osa_distance(typed, word) > 1;
        question.corrections.iter().any(|(typed, read)| read == word && doubtful(typed))
    };
    let sure = question.subject_terms().filter(|term| !mended(&term.word)).count();
    // Letters, or a word that is none of English, are no chance hit.
    let strange = || {
        question
            .subject_terms()
            .any(|term| term.known && !mended(&term.word) && !lexicon.is_english(&term.word))
    };
    let needed = match question.kind {
        Kind::Definition | Kind::List | Kind::Comparison => 1,
        // A whole question about one name of the folder asks enough.
        _ if asks && words.len() >= WHOLE && (names(question) || strange()) => 1,
        // "When's graduation held?" says what is wanted of it.
        Kind::When | Kind::Who | Kind::Count if words.len() >= SAYS && (names(question) || strange()) => 1,
        _ => 2,
    };
    sure == 0 || question.subject_terms().count() < needed
}
