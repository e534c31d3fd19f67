//! `/settings show | channel | role | cooldown | gaps | log | reset | check`: where and how the bot speaks in a server, for those with
//! Manage Server there. Their right is checked here, from the payload, before any subcommand.

mod change;
mod check;

use std::sync::Arc;

use futures_util::FutureExt;
use serenity::all::{
    ChannelType, CommandOptionType, CreateCommand, CreateCommandOption, InstallationContext,
    InteractionContext,
};
use serenity::model::Permissions;
use serenity::model::application::{CommandData, ResolvedValue};

use super::{CommandEntry, Suggest};
use crate::discord::bot::Bot;
use crate::discord::incoming::Incoming;
use crate::discord::outbox::Reply;
use crate::discord::rest::RestError;
use crate::discord::rights::may_change_settings;
use crate::discord::wording;
use crate::render::discord::settings;
use crate::store::Mode;

pub(super) const ENTRY: CommandEntry = CommandEntry {
    name: "settings",
    describe,
    help: &[
        ("/settings show, reset", "shows where I speak in this server; puts everything back"),
        ("/settings channel", "sets a channel or forum to off, mention only, or listen"),
        ("/settings role", "names a role whose members moderate, too"),
        ("/settings cooldown", "sets a pause between two questions of one person"),
        ("/settings gaps, log", "keeps what I could not answer; posts results of /corpus"),
        ("/settings check", "names what I lack, and who can give it"),
    ],
    useful_to: |caller, _| may_change_settings(caller).is_ok(),
    run: |bot, incoming, data| run(bot, incoming, data).boxed(),
    suggest: Suggest::Nothing,
};

/// The longest pause that a server may set, in seconds.
const MAX_COOLDOWN: u32 = 3_600;

fn describe() -> CreateCommand {
    let subcommand =
        |name, description| CreateCommandOption::new(CommandOptionType::SubCommand, name, description);
    let channel = CreateCommandOption::new(
        CommandOptionType::Channel,
        "channel",
        "A channel or forum, with its threads",
    )
    .channel_types(vec![ChannelType::Text, ChannelType::News, ChannelType::Voice, ChannelType::Forum])
    .required(true);
    let mode = CreateCommandOption::new(CommandOptionType::String, "mode", "When I speak there")
        .add_string_choice("off: I say nothing", Mode::Off.name())
        .add_string_choice("mention only: I answer whoever mentions me", Mode::Mention.name())
        .add_string_choice("listen: I also answer questions when I am sure", Mode::Listen.name())
        .required(true);
    let role = CreateCommandOption::new(
        CommandOptionType::Role,
        "role",
        "Its members moderate, too; left out: no role",
    );
    let seconds =
        CreateCommandOption::new(CommandOptionType::Integer, "seconds", "The pause in seconds; 0: none")
            .min_int_value(0)
            .max_int_value(u64::from(MAX_COOLDOWN))
            .required(true);
    let gaps =
        CreateCommandOption::new(CommandOptionType::String, "keep", "Whether they are kept for 30 days")
            .add_string_choice("on: their words, without names", "on")
            .add_string_choice("off: none, and those that are kept are removed", "off")
            .required(true);
    let log_channel = CreateCommandOption::new(
        CommandOptionType::Channel,
        "channel",
        "Results of /corpus are posted there, too; left out: nowhere",
    )
    .channel_types(vec![ChannelType::Text, ChannelType::News]);
    CreateCommand::new("settings")
        .description("Decide where and how I speak in this server")
        .add_integration_type(InstallationContext::Guild)
        .contexts(vec![InteractionContext::Guild])
        .default_member_permissions(Permissions::MANAGE_GUILD)
        .add_option(subcommand("show", "Show all settings"))
        .add_option(
            subcommand("channel", "Set when I speak in a channel")
                .add_sub_option(channel)
                .add_sub_option(mode),
        )
        .add_option(subcommand("role", "Name a role whose members moderate, too").add_sub_option(role))
        .add_option(
            subcommand("cooldown", "Set a pause between two questions of one person").add_sub_option(seconds),
        )
        .add_option(subcommand("gaps", "Keep questions that I could not answer, or not").add_sub_option(gaps))
        .add_option(subcommand("log", "Name a channel for results of /corpus").add_sub_option(log_channel))
        .add_option(subcommand("reset", "Put everything back as it was"))
        .add_option(subcommand("check", "Name each permission that I lack, and who can give it"))
}

async fn run(bot: &Arc<Bot>, incoming: &Incoming, data: &CommandData) -> Result<(), RestError> {
    let server = match may_change_settings(&incoming.caller) {
        Ok(server) => server,
        Err(refusal) => return incoming.reply(&bot.rest, &Reply::private(refusal.to_string())).await,
    };
    let options = data.options();
    let subcommand = options.first().and_then(|option| match &option.value {
        ResolvedValue::SubCommand(options) => Some((option.name, options.as_slice())),
        _ => None,
    });
    let text = match subcommand {
        Some(("show", _)) => {
            let current = bot.memory.settings(Some(server.get())).await;
            settings(&current, bot.settings.discord.listen)
        }
        Some(("channel", options)) => change::channel(bot, server, options).await,
        Some(("role", options)) => change::role(bot, server, options).await,
        Some(("cooldown", options)) => change::cooldown(bot, server, options).await,
        Some(("gaps", options)) => change::gaps(bot, server, options).await,
        Some(("log", options)) => change::log_channel(bot, server, options).await,
        Some(("reset", _)) => change::reset(bot, server).await,
        Some(("check", _)) => return check::run(bot, incoming, server).await,
        _ => wording::UNKNOWN_COMMAND.to_owned(),
    };
    incoming.reply(&bot.rest, &Reply::private(text)).await
}
