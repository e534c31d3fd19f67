//! Question files, for curators. Either JSON lines, one object a line, or TOML with a `[[question]]` table each:
//!
//! ```text
//! {"id":"q1","question":"what does it cost?","answerable":true,"gold":["$2,340"],"document":"welding.txt","kind":"value"}
//! ```
//!
//! | key | meaning |
//! |---|---|
//! | `id` | unique over all files of a run |
//! | `question` | as a user would write it |
//! | `conversation` | questions of one file with the same name share memory, in order; left out or null: on its own |
//! | `answerable` | whether the folder states the answer (default true) |
//! | `gold` | alternatives: any one, in the answer or in the first quote, is right |
//! | `list` | the items of a whole list: all of them, in order, in the answer |
//! | `forbidden` | values that the answer must not give; `Yes.` or `No.`: that it must not open with |
//! | `document` | the document that states it, as a path below the corpus folder |
//! | `documents` | more documents that are right |
//! | `lookup` | look `question` up by name instead: `salary`, `courses`, `requirements`, or `program`, `occupation`, `certification`, `compare` (names between `;`) with the attribute that is scored (`program cost`) |
//! | `kind` | for the table per kind |
//! | `clarify` | asking back is right, too |
//! | `note` | for people; `polarity: yes` or `polarity: no` forbids to open with the other word |
//!
//! Case, spaces and punctuation do not count when texts are compared; see [`super::normal`].

use std::collections::HashSet;

use serde::Deserialize;

use super::lookups::Asked;

/// One question and what is right. The fields are the keys of the file.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Unique name.
    pub id: String,
    /// The question.
    pub question: String,
    /// Name of its conversation, with the file's place before it.
    #[serde(default)]
    pub conversation: Option<String>,
    /// Whether the folder states the answer.
    #[serde(default = "yes")]
    pub answerable: bool,
    /// Alternatives, any of which is right.
    #[serde(default)]
    pub gold: Vec<String>,
    /// Items of a whole list.
    #[serde(default)]
    pub list: Vec<String>,
    /// Values that are wrong.
    #[serde(default)]
    pub forbidden: Vec<String>,
    /// The right document, empty for any.
    #[serde(default)]
    pub document: String,
    /// More right documents.
    #[serde(default)]
    pub documents: Vec<String>,
    /// What is looked up by name, if it is no question.
    #[serde(default)]
    pub lookup: Option<String>,
    /// For the table per kind.
    #[serde(default)]
    pub kind: String,
    /// Whether asking back is right.
    #[serde(default)]
    pub clarify: bool,
    /// For people.
    #[serde(default)]
    pub note: String,
}

fn yes() -> bool {
    true
}

impl Question {
    /// What is right, in one line.
    pub fn expected(&self) -> String {
        let place = if self.document.is_empty() { String::new() } else { format!(" [{}]", self.document) };
        let content = match (&self.answerable, self.list.is_empty()) {
            (false, _) if self.clarify => "asking back".to_owned(),
            (false, _) => "silence".to_owned(),
            (true, false) => self.list.join("; "),
            (true, true) => self.gold.join(" | "),
        };
        content + &place
    }

    /// Whether a document is right; `None` when any is.
    pub fn document_right(&self, document: &str) -> Option<bool> {
        let mut right =
            std::iter::once(&self.document).chain(&self.documents).filter(|path| !path.is_empty()).peekable();
        right.peek()?;
        Some(right.any(|path| path == document))
    }
}

/// A question file that cannot be used: where, what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct QuestionError(String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    #[serde(default)]
    question: Vec<Question>,
}

/// The questions of files, given as (name, text), in order. Files called `….toml` are TOML, all others JSON lines.
///
/// # Errors
/// For the curator: the file, the line where there is one, and what is wrong there.
pub fn parse(files: &[(String, String)]) -> Result<Vec<Question>, QuestionError> {
    let mut ids = HashSet::new();
    let mut all = Vec::new();
    for (place, (name, text)) in files.iter().enumerate() {
        let questions = if name.ends_with(".toml") { tables(name, text)? } else { lines(name, text)? };
        for mut question in questions {
            if !ids.insert(question.id.clone()) {
                return Err(QuestionError(format!(
                    "{name}: The id `{}` is used twice. Give each question its own.",
                    question.id
                )));
            }
            if question.answerable && question.gold.is_empty() && question.list.is_empty() {
                return Err(QuestionError(format!(
                    "{name}: Question `{}` is answerable and has neither `gold` nor `list`. Say what is right.",
                    question.id
                )));
            }
            if let Some(error) = question.lookup.as_deref().and_then(|lookup| Asked::parse(lookup).err()) {
                return Err(QuestionError(format!("{name}: Question `{}`: {error}", question.id)));
            }
            question.conversation = question.conversation.map(|name| format!("{place}:{name}"));
            all.push(question);
        }
    }
    match all.is_empty() {
        true => Err(QuestionError(
            "The files hold no question. Write one JSON object a line, or [[question]] tables.".to_owned(),
        )),
        false => Ok(all),
    }
}

fn lines(name: &str, text: &str) -> Result<Vec<Question>, QuestionError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let written = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    written
        .map(|(index, line)| {
            serde_json::from_str(line).map_err(|error| {
                // The line within the one line that was read says nothing.
                let message = error.to_string();
                let reason = message.split(" at line ").next().unwrap_or_default();
                QuestionError(format!("{name}:{}: {reason}.", index + 1))
            })
        })
        .collect()
}

fn tables(name: &str, text: &str) -> Result<Vec<Question>, QuestionError> {
    let tables: Tables = toml::from_str(text).map_err(|error| {
        let before = error.span().map_or(0, |span| span.start);
        let line = 1 + text.bytes().take(before).filter(|byte| *byte == b'\n').count();
        QuestionError(format!("{name}:{line}: {}.", error.message()))
    })?;
    Ok(tables.question)
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn read(name: &str, text: &str) -> Result<Vec<super::Question>, String> {
        parse(&[(name.to_owned(), text.to_owned())]).map_err(|error| error.to_string())
    }

    #[test]
    fn both_forms_say_the_same() {
        let line = r#"{"id":"a","question":"q","gold":["1"],"conversation":"c","document":"d.md"}"#;
        let table = "[[question]]\nid = \"a\"\nquestion = \"q\"\ngold = [\"1\"]\nconversation = \"c\"\ndocument = \"d.md\"";
        let questions = read("a.jsonl", line).expect("lines");
        assert_eq!(questions, read("a.toml", table).expect("tables"));
        let question = &questions[0];
        assert!(question.answerable && question.conversation.as_deref() == Some("0:c"));
        assert_eq!(question.expected(), "1 [d.md]");
        assert_eq!(
            (question.document_right("d.md"), question.document_right("x")),
            (Some(true), Some(false))
        );
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        let good = r#"{"id":"a","question":"q","answerable":false}"#;
        for (text, error) in [
            (
                format!("{good}\n\n{{\"id\":\"b\",\"question\":\"q\",\"godl\":[]}}"),
                "f:3: unknown field `godl`, expected one of `id`, `question`, `conversation`, `answerable`, `gold`, \
                 `list`, `forbidden`, `document`, `documents`, `lookup`, `kind`, `clarify`, `note`.",
            ),
            (format!("{good}\n{good}"), "f: The id `a` is used twice. Give each question its own."),
            (
                r#"{"id":"a","question":"q"}"#.to_owned(),
                "f: Question `a` is answerable and has neither `gold` nor `list`. Say what is right.",
            ),
            (
                "\n".to_owned(),
                "The files hold no question. Write one JSON object a line, or [[question]] tables.",
            ),
        ] {
            assert_eq!(read("f", &text).expect_err(error), error);
        }
        assert_eq!(
            read("f.toml", "[[question]]\nid = 3").expect_err("wrong type"),
            "f.toml:2: invalid type: integer `3`, expected a string."
        );
    }
}
