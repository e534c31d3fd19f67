//! A message of the bot as plain text: its lines behind a rule, its buttons and menus in brackets.

use serde_json::Value;

use super::names::shown;
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
    lines.extend(message.files.iter().map(|name| format!("│ (a file: {})", plain(name))));
    for row in &message.components {
        let labels = labels(std::slice::from_ref(row));
        if !labels.is_empty() {
            let buttons: Vec<String> = labels.iter().map(|label| format!("[{label}]")).collect();
            lines.push(format!("│ {}", plain(&buttons.join(" "))));
        }
        let menu = choices(std::slice::from_ref(row));
        if !menu.is_empty() {
            let labels: Vec<&str> = menu.iter().map(|(_, label, _)| label.as_str()).collect();
            lines.push(format!("│ [▾ {}]", plain(&labels.join(" | "))));
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

/// The lines of all menus, in order: the menu's id, what the line says, its value.
pub(super) fn choices(rows: &[Value]) -> Vec<(String, String, String)> {
    let menus = rows.iter().flat_map(|row| row["components"].as_array().into_iter().flatten());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    menus
        .filter(|component| component["type"] == 3)
        .flat_map(|menu| {
            let options = menu["options"].as_array().into_iter().flatten();
            options.map(|option| (text(&menu["custom_id"]), text(&option["label"]), text(&option["value"])))
        })
        .collect()
}

/// Markdown as a terminal shows it: escapes undone, bold and small print without their marks, links bare. A tab
/// is shown as two spaces; other control characters, which a terminal would obey, are dropped.
fn plain(text: &str) -> String {
    text.lines().map(plain_line).collect::<Vec<_>>().join("\n")
}

fn plain_line(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line.strip_prefix("-# ").unwrap_or(line);
    while let Some(first) = rest.chars().next() {
        let after = rest.strip_prefix(first).unwrap_or_default();
        let link = rest.strip_prefix('<').and_then(|inner| inner.split_once('>'));
        let escaped = after.chars().next().filter(|_| first == '\\').filter(char::is_ascii_punctuation);
        rest = if let Some(literal) = escaped {
            plain.push(literal);
            after.strip_prefix(literal).unwrap_or_default()
        } else if let Some(marked) = rest.strip_prefix("**") {
            marked
        } else if let Some((name, beyond)) = link.and_then(|(inner, beyond)| Some((shown(inner)?, beyond))) {
            plain.push_str(&name);
            beyond
        } else if let Some((address, beyond)) = link.filter(|(inner, _)| is_address(inner)) {
            plain.push_str(address);
            beyond
        } else {
            match first {
                // Columns of a table stay apart.
                '\t' => plain.push_str("  "),
                control if control.is_control() => {}
                shown => plain.push(shown),
            }
            after
        };
    }
    plain
}

fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn markdown_is_read_and_control_characters_are_dropped() {
        for (text, expected) in [
            (r"\*not bold\*", "*not bold*"),
            (r"\*\*not bold\*\*", "**not bold**"),
            ("**bold**", "bold"),
            ("-# small\n> quoted", "small\n> quoted"),
            (r"\-# not small", "-# not small"),
            ("<https://example.org/a> and <@1>", "https://example.org/a and <@1>"),
            (r"a\\b", r"a\b"),
            (r"C:\x", r"C:\x"),
            ("\u{1b}[31mred\nend\\", "[31mred\nend\\"),
            ("> Tuition\t$6,480\t$11,900", "> Tuition  $6,480  $11,900"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
