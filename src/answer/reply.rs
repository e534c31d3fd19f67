//! Answers a message that has been understood: one question or several, a comparison, a question asked back, or an
//! honest "not in my sources".

use super::abbreviation::abbreviation;
use super::compose::{Draft, Judged, MAX_CITATIONS, compose, judge_all};
use super::model::{Answer, Outcome, Topic};
use super::{extract, messages, topics};
use crate::index::Snapshot;
use crate::lexicon::Lexicon;
use crate::question::{Kind, Question, Role, Turn};
use crate::retrieval::{Candidate, holds, retrieve};
use crate::text::{cut_at_sentence, terms};

/// The direct answer is at most this many characters.
const MAX_TEXT: usize = 2_000;
/// Two places fit equally when what decides between subjects differs by less than this, of 6 …
const EQUAL: f64 = 0.12;
/// … and their whole scores by less than this.
const EQUAL_SCORE: f64 = 0.8;

/// "what does CPC-H mean?" has at most this many words; a longer question asks for more than the letters.
const LETTERS_QUESTION: usize = 6;

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
        document: None,
    }
}

fn end(question: &Question, snapshot: &Snapshot, lexicon: &Lexicon, min_confidence: f64) -> Ending {
    let mut why = understood(question, lexicon);
    let letters = names_letters_only(question, snapshot) || asks_letters(question, snapshot);
    if question.kind == Kind::Abbreviation || letters {
        return match abbreviation(question, snapshot, lexicon) {
            Some(mut draft) => {
                why.push("answered from a definition in the text".to_owned());
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
    let nothing_asked = says_too_little(question);
    let judged = judge_all(question, candidates, snapshot, lexicon);
    why.extend(account(&judged, min_confidence));
    let best = judged.first().map_or(0.0, |judged| judged.verdict.confidence);
    let holds = best >= min_confidence && (min_confidence <= 0.0 || !nothing_asked);
    if holds
        && min_confidence > 0.0
        && let Some(choices) = equal_choices(question, &judged, snapshot, lexicon)
    {
        return Ending::Clarify(choices, why);
    }
    match compose(question, &judged, snapshot, lexicon).filter(|_| holds) {
        Some(mut draft) => {
            draft.why = why;
            Ending::Answered(draft)
        }
        None => Ending::Abstained { topics: nearest, confidence: best, why },
    }
}

/// Each side of a comparison answered on its own; both must hold.
fn compare(
    question: &Question,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
    min_confidence: f64,
) -> Option<Draft> {
    let mut joined = Draft { confidence: 1.0, ..Draft::default() };
    let all: Vec<usize> = question.sides.iter().flatten().copied().collect();
    for side in &question.sides {
        let mut one = question.clone();
        one.kind = if question.attribute.is_some() { Kind::Fact } else { Kind::Definition };
        one.sides = Vec::new();
        one.terms = question
            .terms
            .iter()
            .enumerate()
            .filter(|(index, _)| side.contains(index) || !all.contains(index))
            .map(|(_, term)| term.clone())
            .collect();
        let judged = judge_all(&one, retrieve(&one, snapshot, lexicon), snapshot, lexicon);
        let draft =
            compose(&one, &judged, snapshot, lexicon).filter(|draft| draft.confidence >= min_confidence)?;
        let name = side
            .iter()
            .filter_map(|index| question.terms.get(*index))
            .filter(|term| term.role == Role::Subject)
            .map(|term| term.word.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        if !joined.text.is_empty() {
            joined.text.push('\n');
        }
        joined.text.push_str(&format!("{name}: {}", draft.text));
        joined.confidence = joined.confidence.min(draft.confidence);
        joined.citations.extend(draft.citations.into_iter().take(1));
    }
    joined.why = understood(question, lexicon);
    Some(joined)
}

/// "what is a CPC?", "CPC meaning": nothing but letters that the corpus defines.
fn names_letters_only(question: &Question, snapshot: &Snapshot) -> bool {
    let sequence = terms(&question.text);
    let found: Vec<_> =
        (0..sequence.len()).flat_map(|position| snapshot.short_forms.at(position, &sequence)).collect();
    let one =
        found.windows(2).all(|pair| matches!(pair, [one, other] if one.words.first() == other.words.first()));
    let covered: Vec<u32> = found
        .into_iter()
        .flat_map(|found| found.words)
        .filter_map(|index| sequence.get(index).copied())
        .collect();
    matches!(question.kind, Kind::Fact | Kind::Definition | Kind::Who)
        && question.attribute.is_none()
        && one
        && sequence.len() <= LETTERS_QUESTION
        && question.subject_terms().next().is_some()
        && question.subject_terms().all(|term| covered.contains(&term.term))
}

/// "what does PSE mean for …": the word behind the question word is letters that the corpus defines.
fn asks_letters(question: &Question, snapshot: &Snapshot) -> bool {
    let means = terms("mean");
    question.kind == Kind::Definition
        && terms(&question.text).iter().any(|term| means.contains(term))
        && question.subject_terms().next().is_some_and(|first| {
            snapshot.short_forms.at(0, &[first.term]).iter().any(|found| {
                let short =
                    snapshot.catalog.abbreviations.get(found.value).map(|record| record.short.as_str());
                short.is_some_and(|short| question.text.contains(short))
            })
        })
}

/// Whether a question gives too little to go by: neither an attribute nor more than one word of a subject (a definition
/// asks with one), or nothing but words that had to be mended.
fn says_too_little(question: &Question) -> bool {
    if question.attribute.is_some() {
        return false;
    }
    let mended = |word: &str| question.corrections.iter().any(|(_, read)| read == word);
    let sure = question.subject_terms().filter(|term| !mended(&term.word)).count();
    let needed = match question.kind {
        Kind::Definition | Kind::List | Kind::Comparison => 1,
        _ => 2,
    };
    sure == 0 || question.subject_terms().count() < needed
}

/// The places between which nothing in the question decides, though they say different things; `None` when one is ahead.
fn equal_choices(
    question: &Question,
    judged: &[Judged<'_>],
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Option<Vec<Topic>> {
    if question.attribute.is_none()
        || !matches!(question.kind, Kind::Value | Kind::Count | Kind::When | Kind::List)
    {
        return None;
    }
    let first = judged.first()?;
    let said = |judged: &Judged<'_>| {
        let passage = judged.candidate.record()?;
        extract::value(question, judged.candidate.context.block.document, passage, snapshot, lexicon)
    };
    let place = |candidate: &Candidate<'_>| {
        let heading = candidate.context.headings.iter().find(|heading| !heading.names.is_empty());
        Topic {
            label: heading
                .map_or_else(|| candidate.context.document.title.clone(), |heading| heading.heading.clone()),
            document: candidate.context.document.path.clone(),
        }
    };
    // A place that the question names in full is no choice: nothing more could be said to pick it.
    let open = |candidate: &Candidate<'_>| {
        candidate.context.headings.iter().find(|heading| !heading.names.is_empty()).is_some_and(|heading| {
            heading
                .names
                .iter()
                .any(|name| !question.terms.iter().any(|term| holds(term, &|held| held == *name) > 0.0))
        })
    };
    if !open(&first.candidate) {
        return None;
    }
    let rank = |candidate: &Candidate<'_>| {
        let features = candidate.features;
        features.subject
            + features.attribute
            + features.value
            + features.literal
            + features.heading
            + features.near
    };
    let mut choices = vec![(place(&first.candidate), said(first))];
    for other in judged.iter().skip(1) {
        let equal = other.verdict.objection.is_none()
            && open(&other.candidate)
            && (rank(&first.candidate) - rank(&other.candidate)).abs() < EQUAL
            && (first.candidate.score - other.candidate.score).abs() < EQUAL_SCORE;
        let choice = (place(&other.candidate), said(other));
        if equal && choices.iter().all(|known| known.0 != choice.0 && known.1 != choice.1) {
            choices.push(choice);
        }
    }
    (choices.len() >= 2).then(|| choices.into_iter().map(|(topic, _)| topic).collect())
}

/// What was understood, for `--why`.
fn understood(question: &Question, lexicon: &Lexicon) -> Vec<String> {
    let words = |role: Role| {
        question
            .terms
            .iter()
            .filter(|term| term.role == role)
            .map(|term| term.word.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut why = vec![format!("kind: {}", question.kind.name())];
    if let Some(attribute) = question.attribute.and_then(|id| lexicon.attributes.get(id)) {
        why.push(format!("asked for: {} ({})", attribute.label, words(Role::Attribute)));
    }
    why.push(format!("subject: {}", words(Role::Subject)));
    for (typed, read) in &question.corrections {
        why.push(format!("read \"{typed}\" as \"{read}\""));
    }
    if !question.carried.is_empty() {
        why.push(format!("taken from before: {}", question.carried.join(", ")));
    }
    let synonyms: Vec<String> = question
        .subject_terms()
        .filter(|term| !term.alternatives.is_empty())
        .map(|term| {
            let ways: Vec<String> = term.alternatives.iter().map(|way| way.stems.join(" ")).collect();
            format!("{} = {}", term.word, ways.join(" | "))
        })
        .collect();
    if !synonyms.is_empty() {
        why.push(format!("also looked for: {}", synonyms.join("; ")));
    }
    why
}

/// The winner, the runner-up and the threshold, for `--why`.
fn account(judged: &[Judged<'_>], min_confidence: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for (rank, judged) in ["best", "next"].iter().zip(judged) {
        let candidate = &judged.candidate;
        let parts: Vec<String> =
            candidate.parts.iter().take(5).map(|(name, part)| format!("{name} {part:.2}")).collect();
        let place = candidate.record().map_or((0, 0), |passage| passage.lines);
        lines.push(format!(
            "{rank}: {}:{} score {:.2} ({}), confidence {:.2}{}",
            candidate.context.document.path,
            place.0,
            candidate.score,
            parts.join(", "),
            judged.verdict.confidence,
            judged.verdict.objection.as_ref().map(|why| format!(", but {why}")).unwrap_or_default()
        ));
    }
    lines.push(format!("threshold: {min_confidence:.2}"));
    lines
}
