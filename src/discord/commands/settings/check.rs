//! `/settings check`: what the bot lacks in each channel that somebody has set, and in the one where it is asked; and who
//! can give it. Discord is asked at that moment: nothing about the server's roles is kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use serenity::http::{LightMethod, Route};
use serenity::model::Permissions;
use serenity::model::id::GuildId;

use crate::discord::bot::Bot;
use crate::discord::incoming::Incoming;
use crate::discord::intake::reply_in_time;
use crate::discord::outbox::Reply;
use crate::discord::permissions::ServerView;
use crate::discord::rest::{Call, RestError};
use crate::discord::wording;
use crate::render::discord::{Checked, Role, checked};
use crate::store::Mode;

/// The permissions that the bot can lack, by the names that Discord shows.
const NAMES: [(Permissions, &str); 5] = [
    (Permissions::VIEW_CHANNEL, "View Channel"),
    (Permissions::SEND_MESSAGES, "Send Messages"),
    (Permissions::SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
    (Permissions::READ_MESSAGE_HISTORY, "Read Message History"),
    (Permissions::EMBED_LINKS, "Embed Links"),
];

/// What it takes to post results.
const LOGGING: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::SEND_MESSAGES);

pub(super) async fn run(bot: &Arc<Bot>, incoming: &Incoming, server: GuildId) -> Result<(), RestError> {
    reply_in_time(bot, incoming, true, async {
        match look(bot, incoming, server).await {
            Ok(Some(text)) => Reply::private(text),
            Ok(None) => Reply::private(wording::FAILED),
            Err(error) => {
                tracing::warn!(event = incoming.id.get(), %error, "a server could not be looked at");
                Reply::private(wording::FAILED)
            }
        }
    })
    .await
}

/// The text for the moderator; `None` if Discord's answers cannot be understood.
async fn look(bot: &Bot, incoming: &Incoming, server: GuildId) -> Result<Option<String>, RestError> {
    let (guild, channels, member) = tokio::try_join!(
        get(bot, Route::Guild { guild_id: server }),
        get(bot, Route::GuildChannels { guild_id: server }),
        get(bot, Route::GuildMember { guild_id: server, user_id: bot.me }),
    )?;
    let Some(view) = ServerView::read(bot.me.get(), &guild, &channels, &member) else { return Ok(None) };
    let settings = bot.memory.settings(Some(server.get())).await;
    let mut modes: BTreeMap<u64, Mode> = settings.channels.clone();
    let here = incoming.place.parent.unwrap_or(incoming.place.channel).get();
    modes.entry(here).or_default();
    let answers = modes.into_iter().map(|(channel, mode)| {
        let missing = view.missing(channel, mode).map(names);
        Checked { channel, role: Role::Answers(mode), missing }
    });
    let log = settings.log_channel.map(|channel| {
        let missing = view.lacking(channel, LOGGING).map(names);
        Checked { channel, role: Role::Log, missing }
    });
    let channels: Vec<Checked> = answers.chain(log).collect();
    let givers = view.givers();
    Ok(Some(checked(&channels, givers.owner, &givers.roles, bot.settings.discord.listen)))
}

async fn get(bot: &Bot, route: Route<'_>) -> Result<Value, RestError> {
    let deadline = bot.rest.send_deadline();
    let call = Call {
        what: "look at a server",
        method: LightMethod::Get,
        route,
        body: None,
        file: None,
        channel: None,
        deadline,
    };
    bot.rest.call(call).await
}

fn names(permissions: Permissions) -> Vec<&'static str> {
    NAMES
        .into_iter()
        .filter(|(permission, _)| permissions.contains(*permission))
        .map(|(_, name)| name)
        .collect()
}
