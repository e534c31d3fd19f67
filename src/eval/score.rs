//! One answer against one question: right, or wrong in which way. Pure.

use serde::{Deserialize, Serialize};

use super::normal::{holds, holds_in_order, normal, opening};
use super::questions::Question;
use crate::answer::{Answer, Citation, Outcome};

/// Citations that count for "right in three".
const THREE: usize = 3;

/// How a question went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Right first; or rightly silent; or rightly asked back.
    Right,
    /// Not first, but in the first three citations.
    RightInThree,
    /// The right content from a document that does not state it.
    WrongDocument,
    /// A value that must not be given.
    Forbidden,
    /// Answered, and it is not the answer.
    WrongContent,
    /// Asked back although there is one answer.
    AskedBack,
    /// Silent although the folder states it.
    WronglySilent,
    /// Answered although the folder does not state it.
    FalseAnswer,
}

impl Verdict {
    /// All of them, best first.
    pub const ALL: [Self; 8] = [
        Self::Right,
        Self::RightInThree,
        Self::WrongDocument,
        Self::Forbidden,
        Self::WrongContent,
        Self::AskedBack,
        Self::WronglySilent,
        Self::FalseAnswer,
    ];

    /// What to call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::RightInThree => "right in three, not first",
            Self::WrongDocument => "right words, wrong document",
            Self::Forbidden => "gave a forbidden value",
            Self::WrongContent => "wrong answer",
            Self::AskedBack => "asked back",
            Self::WronglySilent => "wrongly silent",
            Self::FalseAnswer => "false answer",
        }
    }
}

/// How an answer went.
pub fn verdict(question: &Question, answer: &Answer) -> Verdict {
    if question.clarify && answer.outcome == Outcome::Clarify {
        return Verdict::Right;
    }
    match (question.answerable, answer.outcome) {
        (false, Outcome::Answered) => Verdict::FalseAnswer,
        (false, _) => Verdict::Right,
        (true, Outcome::Clarify) => Verdict::AskedBack,
        (true, Outcome::Abstained | Outcome::Empty) => Verdict::WronglySilent,
        (true, Outcome::Answered) if right_first(question, answer) => Verdict::Right,
        (true, Outcome::Answered) if gives_forbidden(question, answer) => Verdict::Forbidden,
        (true, Outcome::Answered) if right_in_three(question, answer) => Verdict::RightInThree,
        (true, Outcome::Answered) if content_first(question, answer) => Verdict::WrongDocument,
        (true, Outcome::Answered) => Verdict::WrongContent,
    }
}

/// Whether what stands first is right: content, no forbidden value, document. Never so for what cannot be answered.
pub fn right_first(question: &Question, answer: &Answer) -> bool {
    question.answerable
        && answer.outcome == Outcome::Answered
        && content_first(question, answer)
        && !gives_forbidden(question, answer)
        && answer.citations.first().is_some_and(|citation| from_right_document(question, citation))
}

fn content_first(question: &Question, answer: &Answer) -> bool {
    let text = normal(&answer.text);
    if !question.list.is_empty() {
        return holds_in_order(&text, &question.list);
    }
    let quote = answer.citations.first().map(|citation| normal(citation.words())).unwrap_or_default();
    question.gold.iter().any(|gold| holds(&text, gold) || holds(&quote, gold))
}

fn right_in_three(question: &Question, answer: &Answer) -> bool {
    answer.citations.iter().take(THREE).any(|citation| {
        let quote = normal(citation.words());
        let content = if question.list.is_empty() {
            question.gold.iter().any(|gold| holds(&quote, gold))
        } else {
            holds_in_order(&quote, &question.list)
        };
        content && from_right_document(question, citation)
    })
}

fn from_right_document(question: &Question, citation: &Citation) -> bool {
    question.document_right(&citation.document).unwrap_or(true)
}

/// A plain "yes" or "no" is given by opening with it; the words alone stand in many right sentences.
fn gives_forbidden(question: &Question, answer: &Answer) -> bool {
    let text = normal(&answer.text);
    let polarity = match question.note.to_lowercase() {
        note if note.contains("polarity: yes") => Some("no"),
        note if note.contains("polarity: no") => Some("yes"),
        _ => None,
    };
    let given = |forbidden: &String| match normal(forbidden).trim() {
        word @ ("yes" | "no") => opening(&text) == word,
        _ => holds(&text, forbidden),
    };
    question.forbidden.iter().any(given) || polarity == Some(opening(&text))
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Verdict, verdict};
    use crate::answer::{Answer, Citation, Outcome, Turn};
    use crate::eval::questions::Question;

    /// An answer with citations given as (document, quote).
    pub(in crate::eval) fn answer(outcome: Outcome, text: &str, citations: &[(&str, &str)]) -> Answer {
        let citation = |(document, quote): &(&str, &str)| Citation {
            document: (*document).to_owned(),
            title: String::new(),
            breadcrumb: Vec::new(),
            lines: (1, 1),
            bytes: (0, quote.len()),
            quote: (*quote).to_owned(),
            shown: None,
            items: Vec::new(),
            source: None,
            url: None,
            score: 1.0,
        };
        Answer {
            question: String::new(),
            standalone: String::new(),
            outcome,
            confidence: 0.9,
            kind: "value".to_owned(),
            text: text.to_owned(),
            citations: citations.iter().map(citation).collect(),
            topics: Vec::new(),
            generation: String::new(),
            indexed_at: 0,
            why: Vec::new(),
            turn: Turn::default(),
        }
    }

    fn strings(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    /// A question with one gold value in `a.md`.
    pub(in crate::eval) fn question(gold: &str) -> Question {
        Question {
            id: "q".to_owned(),
            answerable: true,
            gold: strings(&[gold]),
            document: "a.md".to_owned(),
            ..Question::default()
        }
    }

    #[track_caller]
    fn check(question: &Question, answer: &Answer, expected: Verdict) {
        assert_eq!(verdict(question, answer), expected);
    }

    #[test]
    fn values() {
        use Outcome::Answered;
        let asked = Question {
            forbidden: strings(&["$92,810"]),
            documents: strings(&["b.md"]),
            ..question("$35,900")
        };
        let cites = |document| answer(Answered, "35900 a year", &[(document, "x")]);
        check(&asked, &cites("a.md"), Verdict::Right);
        check(&asked, &cites("b.md"), Verdict::Right);
        check(&asked, &cites("c.md"), Verdict::WrongDocument);
        check(&asked, &answer(Answered, "See below.", &[("a.md", "was $35,900.")]), Verdict::Right);
        check(&asked, &answer(Answered, "$92,810, not $35,900", &[("a.md", "$35,900")]), Verdict::Forbidden);
        check(&asked, &answer(Answered, "$1", &[("a.md", "$1")]), Verdict::WrongContent);
        check(
            &asked,
            &answer(Answered, "$1", &[("a.md", "$1"), ("a.md", "x"), ("a.md", "$35,900")]),
            Verdict::RightInThree,
        );
        let fourth = [("a.md", "1"), ("a.md", "2"), ("a.md", "3"), ("a.md", "$35,900")];
        check(&asked, &answer(Answered, "$1", &fourth), Verdict::WrongContent);
        check(&asked, &answer(Answered, "$35,900", &[]), Verdict::WrongDocument);
        check(&asked, &answer(Outcome::Abstained, "$35,900", &[]), Verdict::WronglySilent);
        check(&asked, &answer(Outcome::Clarify, "Which?", &[]), Verdict::AskedBack);
    }

    #[test]
    fn lists_must_be_whole_and_in_order() {
        let asked = Question { gold: vec![], list: strings(&["One", "Two", "Three"]), ..question("") };
        let says = |text| answer(Outcome::Answered, text, &[("a.md", "x")]);
        check(&asked, &says("• One\n• Two\n• Three"), Verdict::Right);
        check(&asked, &says("• Two\n• One\n• Three"), Verdict::WrongContent);
        check(&asked, &says("• One\n• Two"), Verdict::WrongContent);
        let quoted = answer(Outcome::Answered, "One", &[("a.md", "One, two, three")]);
        check(&asked, &quoted, Verdict::RightInThree);
    }

    #[test]
    fn polarity_is_how_an_answer_opens() {
        let asked = Question { forbidden: strings(&["Yes."]), ..question("no evening option") };
        let says = |text| answer(Outcome::Answered, text, &[("a.md", "There is no evening option, yes.")]);
        check(&asked, &says("No. There is none."), Verdict::Right);
        check(&asked, &says("Yes. There is one."), Verdict::Forbidden);
        check(&asked, &says("There is no evening option, yes."), Verdict::Right);
        let noted = Question { forbidden: vec![], note: "Polarity: no".to_owned(), ..asked };
        check(&noted, &says("Yes."), Verdict::Forbidden);
        check(&noted, &says("No."), Verdict::Right);
    }

    #[test]
    fn silence() {
        let asked = Question { answerable: false, ..Question::default() };
        check(&asked, &answer(Outcome::Abstained, "", &[]), Verdict::Right);
        check(&asked, &answer(Outcome::Clarify, "", &[]), Verdict::Right);
        check(&asked, &answer(Outcome::Empty, "", &[]), Verdict::Right);
        check(&asked, &answer(Outcome::Answered, "$1", &[("a.md", "$1")]), Verdict::FalseAnswer);
        let back = Question { clarify: true, ..question("1") };
        check(&back, &answer(Outcome::Clarify, "", &[]), Verdict::Right);
        check(&back, &answer(Outcome::Answered, "1", &[("a.md", "1")]), Verdict::Right);
    }
}
