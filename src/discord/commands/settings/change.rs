//! The subcommands of `/settings` that change something. What Discord's menus would not offer is refused here all the
//! same; each gives the text for the moderator.

use serenity::all::ChannelType;
use serenity::model::application::{ResolvedOption, ResolvedValue};
use serenity::model::id::GuildId;

use super::MAX_COOLDOWN;
use crate::discord::bot::Bot;
use crate::discord::commands::text_option;
use crate::discord::wording;
use crate::render::discord::{channel_set, cooldown_line, gaps_set, log_channel_line, settings};
use crate::store::{Change, Mode};

/// `/settings channel channel: mode:`.
pub(super) async fn channel(bot: &Bot, server: GuildId, options: &[ResolvedOption<'_>]) -> String {
    let channel = options.iter().find_map(|option| match option.value {
        ResolvedValue::Channel(channel) if option.name == "channel" => Some(channel),
        _ => None,
    });
    let mode = text_option(options, "mode").and_then(Mode::from_name);
    let (Some(channel), Some(mode)) = (channel, mode) else { return wording::UNKNOWN_COMMAND.to_owned() };
    if !matches!(
        channel.kind,
        ChannelType::Text | ChannelType::News | ChannelType::Voice | ChannelType::Forum
    ) {
        return "That is neither a channel nor a forum. A thread has the setting of the channel it belongs to.".to_owned();
    }
    let text = channel_set(channel.id.get(), mode, bot.settings.discord.listen);
    keep(bot, server, Change::Channel(channel.id.get(), mode), text).await
}

/// `/settings role role:`.
pub(super) async fn role(bot: &Bot, server: GuildId, options: &[ResolvedOption<'_>]) -> String {
    let role = options.iter().find_map(|option| match option.value {
        ResolvedValue::Role(role) => Some(role.id.get()),
        _ => None,
    });
    // Everybody's role has the server's id.
    if role == Some(server.get()) {
        return "That role is everybody's, so it cannot be the moderators'. Choose another one.".to_owned();
    }
    let text = match role {
        Some(role) => format!("Members of <@&{role}> moderate from now on, beside those with Manage Server."),
        None => "From now on only members with Manage Server moderate.".to_owned(),
    };
    keep(bot, server, Change::ModeratorRole(role), text).await
}

/// `/settings cooldown seconds:`.
pub(super) async fn cooldown(bot: &Bot, server: GuildId, options: &[ResolvedOption<'_>]) -> String {
    let seconds = options.iter().find_map(|option| match option.value {
        ResolvedValue::Integer(seconds) => u32::try_from(seconds).ok(),
        _ => None,
    });
    let Some(seconds) = seconds.filter(|seconds| *seconds <= MAX_COOLDOWN) else {
        return format!("The pause is a number of seconds from 0 to {MAX_COOLDOWN}.");
    };
    let cooldown = Some(seconds).filter(|seconds| *seconds > 0);
    keep(bot, server, Change::Cooldown(cooldown), cooldown_line(cooldown)).await
}

/// `/settings gaps keep:`.
pub(super) async fn gaps(bot: &Bot, server: GuildId, options: &[ResolvedOption<'_>]) -> String {
    let on = match text_option(options, "keep") {
        Some("on") => true,
        Some("off") => false,
        _ => return wording::UNKNOWN_COMMAND.to_owned(),
    };
    keep(bot, server, Change::Gaps(on), gaps_set(on).to_owned()).await
}

/// `/settings log channel:`.
pub(super) async fn log_channel(bot: &Bot, server: GuildId, options: &[ResolvedOption<'_>]) -> String {
    let channel = options.iter().find_map(|option| match option.value {
        ResolvedValue::Channel(channel) => Some(channel),
        _ => None,
    });
    if channel.is_some_and(|channel| !matches!(channel.kind, ChannelType::Text | ChannelType::News)) {
        return "That is no channel with messages. Choose a text channel.".to_owned();
    }
    let channel = channel.map(|channel| channel.id.get());
    keep(bot, server, Change::LogChannel(channel), log_channel_line(channel)).await
}

/// `/settings reset`; shows what was set, so that it can be set again.
pub(super) async fn reset(bot: &Bot, server: GuildId) -> String {
    let before = bot.memory.settings(Some(server.get())).await;
    let text =
        format!("Everything is as it was before anybody chose. Until now:\n{}", settings(&before, true));
    keep(bot, server, Change::Reset, text).await
}

/// Keeps a change; `text` is what the moderator reads if that worked.
async fn keep(bot: &Bot, server: GuildId, change: Change, text: String) -> String {
    if bot.memory.change(server.get(), change).await { text } else { wording::NOT_KEPT.to_owned() }
}
