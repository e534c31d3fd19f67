//! `registrar ask --batch`: JSON lines in, JSON lines out, each answered and flushed before the next one is read. The
//! form of a line is `render::json`'s; a line that is no question is told so and the rest goes on.

use std::collections::HashMap;
use std::io::{self, BufRead, Read, Write};
use std::time::Instant;

use serde_json::{Map, Value};

use crate::answer::Conversation;
use crate::engine::Engine;
use crate::render::json;

/// Longer lines are not kept in memory.
const LONGEST_LINE: usize = 32 << 20;

/// Answers every line of `input` on `out`; `now` gives seconds since 1970 (UTC).
///
/// # Errors
/// If input or output fail; nothing in a line makes it fail.
pub fn run(
    engine: &Engine,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    now: &dyn Fn() -> i64,
) -> io::Result<()> {
    let mut conversations: HashMap<String, Conversation> = HashMap::new();
    let mut line = Vec::new();
    let mut first = true;
    while let Some(whole) = read_line(input, &mut line)? {
        if std::mem::take(&mut first) && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        let answered = match parse(&line, whole) {
            Ok(asked) => answer(engine, &asked, &mut conversations, now()),
            Err((id, problem)) => json::error(&id, &problem),
        };
        writeln!(out, "{}", answered?)?;
        out.flush()?;
    }
    Ok(())
}

/// The time since `started`, in microseconds.
pub(super) fn microseconds(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX)
}

/// A question of a batch.
#[derive(Debug, PartialEq)]
struct Asked {
    id: Value,
    question: String,
    conversation: Option<String>,
}

fn answer(
    engine: &Engine,
    asked: &Asked,
    conversations: &mut HashMap<String, Conversation>,
    now: i64,
) -> serde_json::Result<String> {
    let mut alone = Conversation::default();
    let conversation = match &asked.conversation {
        Some(name) => conversations.entry(name.clone()).or_default(),
        None => &mut alone,
    };
    let started = Instant::now();
    let answer = engine.ask(&asked.question, conversation, now);
    let elapsed = microseconds(started);
    let line = json::answer(&asked.id, &answer, elapsed);
    conversation.push(answer.turn);
    line
}

/// The next line without its end, and whether it is whole; `None` at the end of the input. What is too long is read
/// over.
fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<Option<bool>> {
    line.clear();
    let mut limited = input.take(LONGEST_LINE as u64 + 1);
    if limited.read_until(b'\n', line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        return Ok(Some(true));
    }
    if line.len() <= LONGEST_LINE {
        return Ok(Some(true));
    }
    line.clear();
    while !input.fill_buf()?.is_empty() {
        let buffer = input.fill_buf()?;
        match buffer.iter().position(|byte| *byte == b'\n') {
            Some(end) => {
                input.consume(end + 1);
                break;
            }
            None => {
                let all = buffer.len();
                input.consume(all);
            }
        }
    }
    Ok(Some(false))
}

/// The question in a line; else the line's id, if it has one, and what is wrong.
fn parse(line: &[u8], whole: bool) -> Result<Asked, (Value, String)> {
    let refuse = |problem: &str| (Value::Null, problem.to_owned());
    if !whole {
        return Err(refuse("this line is longer than 32 MiB"));
    }
    let text = std::str::from_utf8(line).map_err(|_| refuse("this line is not valid UTF-8"))?;
    if text.trim().is_empty() {
        return Err(refuse("this line is empty; expected an object with a question"));
    }
    let value: Value =
        serde_json::from_str(text).map_err(|error| refuse(&format!("this is not JSON: {error}")))?;
    let Value::Object(mut object) = value else {
        return Err(refuse("expected an object with a question"));
    };
    let id = object.remove("id").unwrap_or_default();
    match question(&mut object) {
        Ok((question, conversation)) => Ok(Asked { id, question, conversation }),
        Err(problem) => Err((id, problem.to_owned())),
    }
}

fn question(object: &mut Map<String, Value>) -> Result<(String, Option<String>), &'static str> {
    let Some(Value::String(question)) = object.remove("question") else {
        return Err("`question` must be a text");
    };
    let conversation = match object.remove("conversation") {
        None | Some(Value::Null) => None,
        Some(Value::String(name)) => Some(name),
        // Another program may number its conversations; the name is never shown.
        Some(Value::Number(number)) => Some(number.to_string()),
        Some(_) => return Err("`conversation` must be a text or null"),
    };
    Ok((question, conversation))
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};

    use serde_json::{Value, json};

    use super::{LONGEST_LINE, parse, read_line};

    #[test]
    fn lines_that_are_questions() {
        for (line, id, question, conversation) in [
            (r#"{"id":"q1","question":"a","conversation":"c"}"#, json!("q1"), "a", Some("c")),
            (r#"{"question":"","other":[1]}"#, Value::Null, "", None),
            (r#"{"id":7,"question":"a","conversation":null}"#, json!(7), "a", None),
            ("{\"question\":\"a\"}\r", Value::Null, "a", None),
        ] {
            let asked = parse(line.as_bytes(), true).expect(line);
            assert_eq!(
                (&asked.id, asked.question.as_str(), asked.conversation.as_deref()),
                (&id, question, conversation)
            );
        }
    }

    #[test]
    fn lines_that_are_none() {
        for (line, id, problem) in [
            (&b""[..], Value::Null, "this line is empty; expected an object with a question"),
            (b"[1]", Value::Null, "expected an object with a question"),
            (b"{\"id\":\"q\"}", json!("q"), "`question` must be a text"),
            (b"{\"id\":\"q\",\"question\":3}", json!("q"), "`question` must be a text"),
            (
                b"{\"id\":1,\"question\":\"a\",\"conversation\":[]}",
                json!(1),
                "`conversation` must be a text or null",
            ),
            (b"\xff{}", Value::Null, "this line is not valid UTF-8"),
            (b"{", Value::Null, "this is not JSON: EOF while parsing an object at line 1 column 1"),
        ] {
            assert_eq!(parse(line, true).expect_err(problem), (id, problem.to_owned()));
        }
        let deep = "[".repeat(100_000);
        assert!(parse(deep.as_bytes(), true).is_err());
    }

    #[test]
    fn a_line_that_is_too_long_is_read_over() {
        let text = format!("{}\nshort\nlast", "x".repeat(LONGEST_LINE + 10));
        let mut input = BufReader::new(Cursor::new(text));
        let mut line = Vec::new();
        let mut seen = Vec::new();
        while let Some(whole) = read_line(&mut input, &mut line).expect("no I/O") {
            seen.push((whole, String::from_utf8(line.clone()).expect("text")));
        }
        let expected = [(false, ""), (true, "short"), (true, "last")];
        assert_eq!(seen, expected.map(|(whole, text)| (whole, text.to_owned())));
    }
}
