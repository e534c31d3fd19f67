//! What moderators read about their server's settings: what is set, what was changed, and what the bot lacks. Channels,
//! roles and people stand as mentions, which Discord shows by name; these messages ping nobody.

use super::{MAX_CONTENT, units};
use crate::store::{Mode, ServerSettings};

/// Room that is kept for the closing lines.
const RESERVED: usize = 400;

/// All settings of a server. `listening`: the operator allows it.
pub fn settings(settings: &ServerSettings, listening: bool) -> String {
    let mut text =
        "**Settings of this server**\nIn channels that are not listed I answer whoever mentions me."
            .to_owned();
    let lines = settings
        .channels
        .iter()
        .map(|(channel, mode)| format!("<#{channel}>: {}", mode_line(*mode, listening)));
    add_lines(&mut text, lines.collect());
    text.push_str("\nModerators: members with Manage Server");
    if let Some(role) = settings.moderator_role {
        text.push_str(&format!(", and members of <@&{role}>"));
    }
    text.push_str(&format!(".\n{}", cooldown_line(settings.cooldown)));
    if settings.gaps {
        text.push('\n');
        text.push_str(gaps_set(true));
    }
    if let Some(channel) = settings.log_channel {
        text.push('\n');
        text.push_str(&log_channel_line(Some(channel)));
    }
    text
}

/// Where results of `/corpus` are posted.
pub fn log_channel_line(channel: Option<u64>) -> String {
    match channel {
        Some(channel) => format!(
            "What becomes of `/corpus reindex`, `rollback` and uploads is posted in <#{channel}>, too. Everybody who sees \
             that channel sees it. `/settings check` says whether I can write there."
        ),
        None => "What becomes of `/corpus` is told to the moderator alone.".to_owned(),
    }
}

/// What a channel's mode means, for a list.
fn mode_line(mode: Mode, listening: bool) -> &'static str {
    match mode {
        Mode::Off => "off",
        Mode::Mention => "mention only",
        Mode::Listen if listening => "listen",
        Mode::Listen => "listen, but registrar's operator has not allowed it: so mention only",
    }
}

fn role_line(role: Role, listening: bool) -> &'static str {
    match role {
        Role::Answers(mode) => mode_line(mode, listening),
        Role::Log => "log of `/corpus`",
    }
}

/// What a channel's mode means from now on.
pub fn channel_set(channel: u64, mode: Mode, listening: bool) -> String {
    let meaning = match mode {
        Mode::Off => "I say nothing there; commands are answered privately.",
        Mode::Mention => "I answer there whoever mentions me.",
        Mode::Listen if listening => {
            "I answer there whoever mentions me, and also questions to nobody in particular when I am sure."
        }
        Mode::Listen => {
            "I answer there whoever mentions me. Listening needs `listen = true` in the configuration of registrar's \
             operator, too."
        }
    };
    format!("<#{channel}> is set to **{}**. {meaning} The same holds for its threads.", mode.name())
}

/// The pause between two questions of one person.
pub fn cooldown_line(cooldown: Option<u32>) -> String {
    match cooldown {
        None | Some(0) => {
            "Between two questions of one person there is no pause of this server's own.".to_owned()
        }
        Some(1) => "Between two questions of one person: 1 second.".to_owned(),
        Some(seconds) => format!("Between two questions of one person: {seconds} seconds."),
    }
}

/// Whether questions that were missed are kept.
pub fn gaps_set(on: bool) -> &'static str {
    if on {
        "Questions of this server that I could not answer, or that somebody called badly answered, are kept for 30 days: their \
         words and the day, no name and no channel. `/corpus gaps` shows them."
    } else {
        "Questions of this server that I could not answer are not kept; those that were are removed."
    }
}

/// What a channel is to the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It answers there.
    Answers(Mode),
    /// It posts results of `/corpus` there.
    Log,
}

/// One channel that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The channel.
    pub channel: u64,
    /// What it is.
    pub role: Role,
    /// The names of the permissions that the bot lacks there; `None`: there is no such channel any more.
    pub missing: Option<Vec<&'static str>>,
}

/// What the bot lacks in each channel, those with troubles first, and who can give it: the owner and members of roles.
pub fn checked(channels: &[Checked], owner: u64, roles: &[u64], listening: bool) -> String {
    let (fine, troubled): (Vec<_>, Vec<_>) =
        channels.iter().partition(|one| one.missing.as_ref().is_some_and(Vec::is_empty));
    let mut text = "**Check**".to_owned();
    let mut lines = Vec::new();
    for one in &troubled {
        lines.push(match &one.missing {
            Some(missing) => {
                format!(
                    "<#{}> ({}): I lack **{}**.",
                    one.channel,
                    role_line(one.role, listening),
                    missing.join("**, **")
                )
            }
            None => format!("Channel {}: it is no longer there; its setting does no harm.", one.channel),
        });
    }
    lines.extend(fine.iter().map(|one| {
        format!("<#{}> ({}): I have all that I need.", one.channel, role_line(one.role, listening))
    }));
    add_lines(&mut text, lines);
    if troubled.iter().any(|one| one.missing.is_some()) {
        let roles: Vec<String> = roles.iter().take(3).map(|role| format!("<@&{role}>")).collect();
        let members =
            if roles.is_empty() { String::new() } else { format!(" or a member of {}", roles.join(", ")) };
        text.push_str(&format!(
            "\nWho can give it: the owner (<@{owner}>){members}. In the channel: Edit Channel › Permissions › add me › allow it."
        ));
    }
    text
}

/// Adds a list; near the message's limit it says how many lines were left out.
fn add_lines(text: &mut String, lines: Vec<String>) {
    let total = lines.len();
    for (shown, line) in lines.iter().enumerate() {
        if units(text) + units(line) > MAX_CONTENT - 2 * RESERVED {
            text.push_str(&format!("\n- … and {} more", total - shown));
            return;
        }
        text.push_str("\n- ");
        text.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_texts_fit_one_message() {
        let channels = (0..500).map(|index| (u64::MAX - index, Mode::Listen)).collect();
        let all = ServerSettings {
            channels,
            moderator_role: Some(u64::MAX),
            cooldown: Some(u32::MAX),
            gaps: true,
            log_channel: Some(u64::MAX),
        };
        let shown = settings(&all, false);
        assert!(units(&shown) <= MAX_CONTENT && shown.contains("- … and "), "{shown}");
        let missing = vec!["Send Messages in Threads"; 5];
        let lacking: Vec<Checked> = all
            .channels
            .keys()
            .map(|channel| Checked {
                channel: *channel,
                role: Role::Answers(Mode::Listen),
                missing: Some(missing.clone()),
            })
            .collect();
        let shown = checked(&lacking, u64::MAX, &[u64::MAX; 50], true);
        assert!(units(&shown) <= MAX_CONTENT && shown.contains("Who can give it"), "{shown}");
    }
}
