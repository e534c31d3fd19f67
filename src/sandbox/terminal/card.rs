//! A message of the bot as plain text: its lines behind a rule, its buttons in brackets.

use serde_json::Value;

use crate::sandbox::observe::BotMessage;
use crate::sandbox::world;

/// The text of a message with its head line; `again` when it was printed before.
pub(super) fn text(message: &BotMessage, again: bool) -> String {
    let place = match message.channel {
        world::QUESTIONS => "#questions",
        world::STAFF => "#staff",
        world::THREAD => "the thread",
        _ => "your direct messages",
    };
    if message.deleted {
        return format!("registrar in {place} deleted its message\n");
    }
    let mut head = format!("registrar in {place}");
    if message.ephemeral {
        head.push_str(" (only you see this)");
    }
    if again {
        head.push_str(" (changed)");
    }
    let mut lines = vec![head];
    let body = message.text();
    lines.extend(plain(&body).lines().map(|line| format!("│ {line}")));
    for embed in &message.embeds {
        lines.extend(embed["url"].as_str().map(|url| format!("│ {}", plain(url))));
    }
    for row in &message.components {
        let labels = labels(std::slice::from_ref(row));
        if !labels.is_empty() {
            let buttons: Vec<String> = labels.iter().map(|label| format!("[{label}]")).collect();
            lines.push(format!("│ {}", plain(&buttons.join(" "))));
        }
    }
    lines.join("\n") + "\n"
}

/// The labels of all buttons that can be pressed, in order.
pub(super) fn labels(rows: &[Value]) -> Vec<String> {
    rows.iter()
        .flat_map(|row| row["components"].as_array().into_iter().flatten())
        .filter(|component| component["custom_id"].is_string())
        .filter_map(|component| component["label"].as_str().map(str::to_owned))
        .collect()
}

/// Undoes the escaping of Markdown, and drops control characters, which a terminal would obey.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let escapes = character == '\\' && characters.peek().is_some_and(char::is_ascii_punctuation);
        if escapes {
            plain.extend(characters.next());
        } else if character == '\n' || !character.is_control() {
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn markdown_escapes_are_undone_and_control_characters_dropped() {
        for (text, expected) in [
            (r"\*not bold\*", "*not bold*"),
            (r"a\\b", r"a\b"),
            (r"C:\x", r"C:\x"),
            ("\u{1b}[31mred\nend\\", "[31mred\nend\\"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
