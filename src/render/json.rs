//! Answers as JSON: one line of `ask --json` and `ask --batch`. The keys and their order are a contract with scripts;
//! what stands in them is the engine's.

use serde::Serialize;
use serde_json::Value;

use crate::answer::{Answer, Citation, Outcome};
use crate::text::cut_at_sentence;

/// Most characters of `answer`.
const MAX_ANSWER: usize = 2_000;
/// Most citations.
const MAX_CITATIONS: usize = 5;

#[derive(Serialize)]
struct Line<'a> {
    id: &'a Value,
    question: &'a str,
    answered: bool,
    confidence: f64,
    kind: &'a str,
    answer: &'a str,
    citations: Vec<Cited<'a>>,
    topics: Vec<&'a str>,
    generation: &'a str,
    elapsed_us: u64,
}

/// A citation as a script reads it.
#[derive(Serialize)]
pub(super) struct Cited<'a> {
    document: &'a str,
    title: &'a str,
    section: String,
    lines: [u32; 2],
    bytes: [usize; 2],
    quote: &'a str,
    source: &'a str,
    score: f64,
}

#[derive(Serialize)]
struct Refused<'a> {
    id: &'a Value,
    error: &'a str,
}

/// An answer as one line without its line end. `id` is echoed; `elapsed_us` is the time it took, in microseconds.
///
/// # Errors
/// Never for values of these types; the caller need not think so.
pub fn answer(id: &Value, answer: &Answer, elapsed_us: u64) -> serde_json::Result<String> {
    let answered = answer.outcome == Outcome::Answered;
    let shown = if answered { MAX_CITATIONS } else { 0 };
    serde_json::to_string(&Line {
        id,
        question: &answer.question,
        answered,
        confidence: finite(answer.confidence),
        kind: if answer.outcome == Outcome::Clarify { "clarify" } else { &answer.kind },
        answer: &cut_at_sentence(&answer.text, MAX_ANSWER),
        citations: answer.citations.iter().take(shown).map(cited).collect(),
        topics: answer.topics.iter().map(|topic| topic.label.as_str()).collect(),
        generation: &answer.generation,
        elapsed_us,
    })
}

/// What a line that holds no question gives, without its line end.
///
/// # Errors
/// As for [`answer`].
pub fn error(id: &Value, error: &str) -> serde_json::Result<String> {
    serde_json::to_string(&Refused { id, error })
}

/// Where a quote comes from: the source's address, else its name, else the document's path.
pub(super) fn source(citation: &Citation) -> &str {
    citation.url.as_deref().or(citation.source.as_deref()).unwrap_or(&citation.document)
}

/// The citation of the contract.
pub(super) fn cited(citation: &Citation) -> Cited<'_> {
    Cited {
        document: &citation.document,
        title: &citation.title,
        section: citation.breadcrumb.join(" › "),
        lines: citation.lines.into(),
        bytes: citation.bytes.into(),
        quote: &citation.quote,
        source: source(citation),
        score: finite(citation.score),
    }
}

/// JSON has no infinities.
fn finite(number: f64) -> f64 {
    if number.is_finite() { number } else { 0.0 }
}

#[cfg(test)]
pub(super) mod tests {
    use expect_test::expect;
    use serde_json::{Value, json};

    use super::{answer, error};
    use crate::answer::{Answer, Citation, Outcome, Topic, Turn};

    /// An answer with one citation.
    pub(in crate::render) fn sample() -> Answer {
        Answer {
            question: "How much?".to_owned(),
            standalone: "How much?".to_owned(),
            outcome: Outcome::Answered,
            confidence: 0.93,
            kind: "value".to_owned(),
            text: "$35,900 a year (median, 2014)".to_owned(),
            citations: vec![Citation {
                document: "a/records.md".to_owned(),
                title: "Records".to_owned(),
                breadcrumb: vec!["Records".to_owned(), "Pay".to_owned()],
                lines: (12, 13),
                bytes: (804, 931),
                quote: "The median was $35,900\nin 2014.".to_owned(),
                shown: None,
                items: Vec::new(),
                source: Some("Handbook".to_owned()),
                url: None,
                score: 7.5,
            }],
            topics: Vec::new(),
            generation: "g1".to_owned(),
            indexed_at: 1_700_000_000,
            why: vec!["kind: value".to_owned()],
            turn: Turn::default(),
        }
    }

    #[test]
    fn the_contract() {
        let line = answer(&json!("q1"), &sample(), 412).expect("JSON");
        expect![[r#"{"id":"q1","question":"How much?","answered":true,"confidence":0.93,"kind":"value","answer":"$35,900 a year (median, 2014)","citations":[{"document":"a/records.md","title":"Records","section":"Records › Pay","lines":[12,13],"bytes":[804,931],"quote":"The median was $35,900\nin 2014.","source":"Handbook","score":7.5}],"topics":[],"generation":"g1","elapsed_us":412}"#]]
        .assert_eq(&line);
        expect![[r#"{"id":null,"error":"no"}"#]].assert_eq(&error(&Value::Null, "no").expect("JSON"));
    }

    #[test]
    fn not_answered_has_no_citations_and_asking_back_is_a_kind() {
        let topics = vec![Topic { label: "Pay".to_owned(), document: "a.md".to_owned() }];
        for (outcome, kind) in
            [(Outcome::Abstained, "value"), (Outcome::Clarify, "clarify"), (Outcome::Empty, "value")]
        {
            let line =
                answer(&json!(7), &Answer { outcome, topics: topics.clone(), ..sample() }, 1).expect("JSON");
            let read: Value = serde_json::from_str(&line).expect("JSON");
            assert_eq!((&read["answered"], &read["kind"]), (&json!(false), &json!(kind)), "{line}");
            assert_eq!((&read["citations"], &read["topics"]), (&json!([]), &json!(["Pay"])), "{line}");
        }
    }

    #[test]
    fn source_is_the_address_then_the_name_then_the_document() {
        let mut citation = sample().citations.remove(0);
        assert_eq!(super::source(&citation), "Handbook");
        citation.url = Some("https://example.org".to_owned());
        assert_eq!(super::source(&citation), "https://example.org");
        (citation.url, citation.source) = (None, None);
        assert_eq!(super::source(&citation), "a/records.md");
    }

    #[test]
    fn long_answers_are_cut_and_numbers_are_finite() {
        let long = Answer { text: "Ünïcode. ".repeat(900), confidence: f64::NAN, ..sample() };
        let read: Value = serde_json::from_str(&answer(&Value::Null, &long, 1).expect("JSON")).expect("JSON");
        let text = read["answer"].as_str().expect("text");
        assert!(text.chars().count() <= 2_000 && text.ends_with("Ünïcode. …"), "{text}");
        assert_eq!(read["confidence"], json!(0.0));
    }
}
