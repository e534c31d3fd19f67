//! `/help`: the ways to ask, and the commands that are of use to the one who asks, shown to them alone.

use std::sync::Arc;

use futures_util::FutureExt;
use serenity::all::{CreateCommand, InstallationContext, InteractionContext};
use serenity::model::application::CommandData;

use super::{COMMANDS, CommandEntry, Suggest};
use crate::discord::bot::Bot;
use crate::discord::incoming::{Caller, Incoming};
use crate::discord::outbox::Reply;
use crate::discord::rest::RestError;
use crate::store::Mode;

pub(super) const ENTRY: CommandEntry = CommandEntry {
    name: "help",
    describe,
    help: &[("/help", "shows this")],
    useful_to: |_, _| true,
    run: |bot, incoming, data| run(bot, incoming, data).boxed(),
    suggest: Suggest::Nothing,
};

fn describe() -> CreateCommand {
    CreateCommand::new("help")
        .description("How to ask, and what else I can do")
        .add_integration_type(InstallationContext::Guild)
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
}

async fn run(bot: &Arc<Bot>, incoming: &Incoming, _data: &CommandData) -> Result<(), RestError> {
    let caller = &incoming.caller;
    let useful = |command: &CommandEntry| (command.useful_to)(caller, &bot.settings);
    let text = help_for(caller, bot.settings.discord.listen, incoming.mode(bot).await, useful);
    incoming.reply(&bot.rest, &Reply::private(text)).await
}

/// What this caller may do where they ask, the channel being in that mode.
fn help_for(caller: &Caller, listening: bool, mode: Mode, useful: impl Fn(&CommandEntry) -> bool) -> String {
    let mut text =
        "I answer questions from a folder of texts, each answer with the words that prove it and where they \
                    stand. What is not in the texts I do not answer."
            .to_owned();
    text.push_str(match mode {
        _ if caller.server.is_none() => "\n- Write your question to me, here.",
        Mode::Off => {
            "\n- In this channel the moderators want me silent: commands are answered to you alone. You can also write to \
             me directly."
        }
        Mode::Listen if listening => {
            "\n- In this channel, just ask: I answer when I am sure. Mention me and I always answer, or write to me directly."
        }
        Mode::Mention | Mode::Listen => "\n- Mention me in a channel with your question, or write to me directly.",
    });
    if mode != Mode::Off {
        text.push_str(
            "\n- Reply to an answer of mine (with the ping) to ask on: \"and how long does it take?\"",
        );
    }
    for command in COMMANDS.into_iter().filter(|command| useful(command)) {
        for (usage, meaning) in command.help {
            text.push_str(&format!("\n- `{usage}` {meaning}."));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use serenity::model::id::{GuildId, UserId};

    use super::*;
    use crate::render::discord::{MAX_CONTENT, units};

    #[test]
    fn everything_fits_one_message() {
        for server in [None, Some(GuildId::new(7))] {
            let caller = Caller {
                user: UserId::new(1),
                server,
                bot_is_member: true,
                permissions: None,
                roles: Vec::new(),
            };
            for mode in [Mode::Off, Mode::Mention, Mode::Listen] {
                let text = help_for(&caller, true, mode, |_| true);
                assert!(units(&text) <= MAX_CONTENT, "{mode:?}: {} units", units(&text));
            }
        }
    }
}
