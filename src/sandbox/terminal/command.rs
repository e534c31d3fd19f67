//! What a typed line means: a question, a slash command as registered, or a command of the terminal itself.

use serde_json::{Value, json};

use super::names;
use crate::sandbox::draft::InteractionDraft;
use crate::sandbox::{Sandbox, UserId, world};

/// A line, understood.
pub(super) enum Line {
    Nothing,
    Quit,
    /// It cannot be done; the text says why and what can.
    Trouble(String),
    As(UserId, &'static str),
    Question(String),
    Direct(String),
    Reply(String),
    Press(String),
    Fill(String),
    Slash(Box<InteractionDraft>),
}

impl Sandbox {
    /// The slash commands that are offered in the server, in wire form.
    pub(super) fn commands_offered(&self) -> Vec<Value> {
        let state = self.lock();
        let own = state.guild_commands.get(&world::GUILD).into_iter().flatten();
        own.chain(&state.global_commands).filter(|command| command["type"] == json!(1)).cloned().collect()
    }
}

/// Reads a trimmed line, given the registered slash commands.
pub(super) fn read(line: &str, commands: &[Value]) -> Line {
    let Some(typed) = line.strip_prefix('/') else {
        return if line.is_empty() { Line::Nothing } else { Line::Question(line.to_owned()) };
    };
    let (word, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let rest = rest.trim();
    let text = |what: fn(String) -> Line| {
        if rest.is_empty() {
            Line::Trouble(format!("/{word} needs a text after it."))
        } else {
            what(rest.to_owned())
        }
    };
    match word {
        "quit" | "exit" => Line::Quit,
        "dm" => text(Line::Direct),
        "reply" => text(Line::Reply),
        "press" | "choose" => text(Line::Press),
        "fill" => text(Line::Fill),
        "as" => match rest {
            "member" => Line::As(world::ASKER, "member"),
            "moderator" => Line::As(world::MODERATOR, "moderator"),
            _ => Line::Trouble("Who? /as member, or /as moderator.".to_owned()),
        },
        _ => slash(word, rest, commands).map_or_else(Line::Trouble, |draft| Line::Slash(Box::new(draft))),
    }
}

fn slash(word: &str, rest: &str, commands: &[Value]) -> Result<InteractionDraft, String> {
    let Some(command) = commands.iter().find(|command| command["name"] == json!(word)) else {
        let known: Vec<String> = commands
            .iter()
            .filter_map(|command| command["name"].as_str())
            .map(|name| format!("/{name}"))
            .collect();
        return Err(format!("There is no /{word}. The bot has {}.", known.join(", ")));
    };
    let mut draft = InteractionDraft::new(word);
    let mut options = list(&command["options"]);
    let mut rest = rest;
    let subcommands: Vec<&Value> =
        options.iter().filter(|option| option["type"] == json!(1)).copied().collect();
    if !subcommands.is_empty() {
        let (name, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let Some(found) = subcommands.iter().find(|one| one["name"] == json!(name)) else {
            let known: Vec<&str> = subcommands.iter().filter_map(|one| one["name"].as_str()).collect();
            return Err(format!("/{word} needs one of: {}", known.join(", ")));
        };
        draft = draft.subcommand(name);
        options = list(&found["options"]);
        rest = after.trim();
    }
    for (option, text) in values(rest, &options) {
        let name = option["name"].as_str().unwrap_or_default();
        let value = match option["type"].as_u64() {
            Some(4) => {
                text.parse::<i64>().map(Value::from).map_err(|_| format!("{name} is a whole number."))?
            }
            Some(7) => {
                names::channel_id(&text).ok_or_else(|| format!("{name} is a channel, like #questions."))?
            }
            Some(8) => names::role_id(&text).ok_or_else(|| format!("{name} is a role, like @moderator."))?,
            Some(10) => text.parse::<f64>().map(Value::from).map_err(|_| format!("{name} is a number."))?,
            Some(5) => json!(matches!(text.to_lowercase().as_str(), "true" | "yes" | "on" | "1")),
            _ => json!(text),
        };
        draft = draft.option(name, value);
    }
    let missing = options
        .iter()
        .filter(|option| option["required"] == json!(true))
        .find(|option| !draft.options.iter().any(|(name, _)| option["name"] == json!(name)));
    match missing {
        Some(option) => Err(format!(
            "/{word} needs {}: {}",
            option["name"].as_str().unwrap_or_default(),
            option["description"].as_str().unwrap_or_default()
        )),
        None => Ok(draft),
    }
}

fn list(value: &Value) -> Vec<&Value> {
    value.as_array().into_iter().flatten().collect()
}

/// Splits `name: value name: value`; text before the first known name belongs to the first option, and so do the words
/// after a yes or no.
fn values<'a>(text: &str, options: &[&'a Value]) -> Vec<(&'a Value, String)> {
    let mut found: Vec<(&Value, Vec<&str>)> = Vec::new();
    for word in text.split_whitespace() {
        let named = options.iter().find_map(|option| {
            let rest = word.strip_prefix(option["name"].as_str()?)?.strip_prefix(':')?;
            Some((*option, rest))
        });
        let full =
            found.last().is_some_and(|(option, words)| option["type"] == json!(5) && !words.is_empty());
        // Where a word without a name goes.
        let open = match options.first() {
            Some(first) if full => found.iter_mut().find(|(option, _)| option["name"] == first["name"]),
            _ => found.last_mut(),
        };
        match (named, open, options.first()) {
            (Some((option, rest)), ..) => {
                found.push((option, Some(rest).filter(|r| !r.is_empty()).into_iter().collect()))
            }
            (None, Some((_, words)), _) => words.push(word),
            (None, None, Some(first)) => found.push((first, vec![word])),
            // No option takes it; Discord would not let it be typed.
            (None, None, None) => {}
        }
    }
    found
        .into_iter()
        .map(|(option, words)| (option, words.join(" ")))
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Line, read};
    use serde_json::{Value, json};

    fn commands() -> Vec<Value> {
        let option = |name: &str, kind: u8, required: bool| json!({"name": name, "type": kind, "description": "What to ask", "required": required});
        vec![
            json!({"name": "ask", "type": 1, "options": [option("question", 3, true), option("private", 5, false)]}),
            json!({"name": "corpus", "type": 1, "options": [{"name": "status", "type": 1, "description": "d"}]}),
        ]
    }

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let found = match read(line, &commands()) {
            Line::Nothing => "nothing".to_owned(),
            Line::Quit => "quit".to_owned(),
            Line::Trouble(text) => text,
            Line::As(_, name) => format!("as {name}"),
            Line::Question(text) => format!("question {text}"),
            Line::Direct(text) => format!("dm {text}"),
            Line::Reply(text) => format!("reply {text}"),
            Line::Press(label) => format!("press {label}"),
            Line::Fill(text) => format!("fill {text}"),
            Line::Slash(draft) => {
                format!("{} {:?} {}", draft.command, draft.subcommand, json!(draft.options))
            }
        };
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn lines() {
        for (line, expected) in [
            ("", "nothing"),
            ("how long?", "question how long?"),
            ("/quit", "quit"),
            ("/as moderator", "as moderator"),
            ("/as owner", "Who? /as member, or /as moderator."),
            ("/dm hello", "dm hello"),
            ("/dm", "/dm needs a text after it."),
            ("/press Why?", "press Why?"),
            ("/choose Fees", "press Fees"),
            ("/fill and then?", "fill and then?"),
            ("/ask how long?", r#"ask None [["question","how long?"]]"#),
            ("/ask how long? private: true", r#"ask None [["question","how long?"],["private",true]]"#),
            (
                "/ask question:how long? private:no",
                r#"ask None [["question","how long?"],["private",false]]"#,
            ),
            ("/ask private: True how long?", r#"ask None [["private",true],["question","how long?"]]"#),
            ("/ask how private:yes long?", r#"ask None [["question","how long?"],["private",true]]"#),
            ("/ask private: true", "/ask needs question: What to ask"),
            ("/ask", "/ask needs question: What to ask"),
            ("/corpus status", r#"corpus Some("status") []"#),
            ("/corpus", "/corpus needs one of: status"),
            ("/other", "There is no /other. The bot has /ask, /corpus."),
        ] {
            check(line, expected);
        }
    }
}
