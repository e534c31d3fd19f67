//! The gateway side: the serenity client with the fewest intents, its events handed to the intake, the commands
//! registered once.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use secrecy::ExposeSecret;
use serde_json::{Value, json};
use serenity::async_trait;
use serenity::builder::CreateAllowedMentions;
use serenity::client::{Client, ClientBuilder, Context, EventHandler};
use serenity::gateway::ActivityData;
use serenity::http::{HttpBuilder, LightMethod, Route};
use serenity::model::application::Interaction;
use serenity::model::channel::{GuildChannel, Message};
use serenity::model::event::{MessageUpdateEvent, ResumedEvent, ThreadListSyncEvent};
use serenity::model::gateway::{GatewayIntents, Ready};
use serenity::model::guild::{Guild, UnavailableGuild};
use serenity::model::id::{ApplicationId, ChannelId, GuildId, MessageId};
use tokio::runtime::Handle;

use super::asking::look_up;
use super::bot::Bot;
use super::commands::COMMANDS;
use super::rest::Call;
use super::stop::Stop;
use super::{intake, joining, messages};

/// Messages that concern the bot, and the servers' roles (to know its own). None of them is privileged; the content of all
/// messages comes on top where the operator lets the bot listen.
const INTENTS: GatewayIntents =
    GatewayIntents::GUILDS.union(GatewayIntents::GUILD_MESSAGES).union(GatewayIntents::DIRECT_MESSAGES);

/// The serenity client for a bot. It sends nothing but its gateway's messages and `GET /gateway`: everything else goes
/// through the bot's own way out, so its rate limiter is off.
///
/// # Errors
/// [`Stop`] when there is no client, or when a local Discord leads away from this machine.
pub async fn client(
    bot: &Arc<Bot>,
    http_client: reqwest::Client,
    events_go_to: Handle,
) -> Result<Client, Stop> {
    let mut http = HttpBuilder::new(bot.settings.token.expose_secret())
        .client(http_client)
        .ratelimiter_disabled(true)
        .default_allowed_mentions(CreateAllowedMentions::new());
    if let Some(local) = &bot.settings.local {
        http = http.proxy(local);
    }
    let listening =
        if bot.settings.discord.listen { GatewayIntents::MESSAGE_CONTENT } else { GatewayIntents::empty() };
    let client = ClientBuilder::new_with_http(http.build(), INTENTS | listening)
        .event_handler(Events { bot: Arc::clone(bot), runtime: events_go_to })
        .activity(ActivityData::custom("/help"))
        .await
        .map_err(|_| Stop::Unreachable("the gateway's client cannot start".to_owned()))?;
    // Without an answer to `GET /gateway` serenity falls back to the real Discord.
    if bot.settings.local.is_some() && !is_on_this_machine(&client.ws_url.lock().await, "ws") {
        return Err(Stop::NotLocal);
    }
    Ok(client)
}

/// Whether an address with that scheme leads to this machine and to nothing else.
pub fn is_on_this_machine(address: &str, scheme: &str) -> bool {
    reqwest::Url::parse(address).is_ok_and(|url| {
        let local = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
        local && url.scheme() == scheme && url.username().is_empty() && url.password().is_none()
    })
}

/// Hands serenity's events over to the bot's own runtime.
struct Events {
    bot: Arc<Bot>,
    runtime: Handle,
}

#[async_trait]
impl EventHandler for Events {
    async fn ready(&self, _: Context, ready: Ready) {
        self.bot.note_session();
        let shard = ready.shard.map(|shard| (shard.id.0, shard.total));
        let session = joining::Session::new(ready.guilds.iter().map(|guild| guild.id), shard);
        self.bot.servers.note(&session);
        tracing::info!(servers = ready.guilds.len(), "connected to Discord");
        let bot = Arc::clone(&self.bot);
        self.runtime.spawn(async move { joining::began(&bot, session).await });
        let bot = Arc::clone(&self.bot);
        self.runtime.spawn(async move {
            // The names are read before somebody types; whatever goes wrong there is told when somebody does.
            let _ = look_up(&bot, |lookup| lookup.directory.entries.len()).await;
        });
        let bot = Arc::clone(&self.bot);
        self.runtime.spawn(async move {
            if !bot.registered.swap(true, Ordering::AcqRel) && !register(&bot, ready.application.id).await {
                // The next session tries again.
                bot.registered.store(false, Ordering::Release);
            }
        });
    }

    async fn resume(&self, _: Context, _: ResumedEvent) {
        tracing::info!("connected to Discord again");
    }

    async fn guild_create(&self, _: Context, guild: Guild, _: Option<bool>) {
        let mine = |role: &&serenity::model::guild::Role| role.tags.bot_id == Some(self.bot.me);
        if let Some(role) = guild.roles.values().find(mine) {
            self.bot.own_roles.insert(guild.id.get(), role.id);
        }
        guild.threads.iter().for_each(|thread| self.bot.places.learn(thread));
        let bot = Arc::clone(&self.bot);
        self.runtime.spawn(async move { joining::arrived(&bot, &guild).await });
    }

    async fn guild_delete(&self, _: Context, guild: UnavailableGuild, _: Option<Guild>) {
        let bot = Arc::clone(&self.bot);
        self.runtime.spawn(async move { joining::left(&bot, guild).await });
    }

    async fn thread_create(&self, _: Context, thread: GuildChannel) {
        self.bot.places.learn(&thread);
    }

    async fn thread_list_sync(&self, _: Context, sync: ThreadListSyncEvent) {
        sync.threads.iter().for_each(|thread| self.bot.places.learn(thread));
    }

    async fn message(&self, _: Context, message: Message) {
        let bot = Arc::clone(&self.bot);
        self.runtime.spawn(async move { messages::posted(&bot, &message).await });
    }

    async fn message_update(
        &self,
        _: Context,
        _: Option<Message>,
        _: Option<Message>,
        event: MessageUpdateEvent,
    ) {
        let bot = Arc::clone(&self.bot);
        self.runtime.spawn(async move { messages::edited(&bot, &event).await });
    }

    async fn message_delete(&self, _: Context, _: ChannelId, message: MessageId, _: Option<GuildId>) {
        let bot = Arc::clone(&self.bot);
        self.runtime.spawn(async move { messages::deleted(&bot, &[message]).await });
    }

    async fn message_delete_bulk(&self, _: Context, _: ChannelId, all: Vec<MessageId>, _: Option<GuildId>) {
        let bot = Arc::clone(&self.bot);
        self.runtime.spawn(async move { messages::deleted(&bot, &all).await });
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        let bot = Arc::clone(&self.bot);
        self.runtime.spawn(async move {
            match interaction {
                Interaction::Command(command) => intake::command(&bot, &command).await,
                Interaction::Component(component) => intake::component(&bot, &component).await,
                Interaction::Autocomplete(command) => intake::typing(&bot, &command).await,
                Interaction::Modal(form) => intake::form(&bot, &form).await,
                // Pings come only over HTTP.
                _ => {}
            }
        });
    }
}

/// Registers all commands with one request that replaces what was there: everywhere, or in the development server alone.
async fn register(bot: &Bot, application_id: ApplicationId) -> bool {
    let commands: Vec<Value> = COMMANDS
        .iter()
        .map(|command| {
            let mut definition = json!((command.describe)());
            // serenity says of every command that it is fit for all ages; Discord asks that of slash commands only.
            if let Some(menu) = definition.as_object_mut().filter(|one| one.get("type") != Some(&json!(1))) {
                menu.remove("nsfw");
            }
            definition
        })
        .collect();
    let route = match bot.settings.discord.development_server {
        Some(server) => Route::GuildCommands { application_id, guild_id: GuildId::new(server) },
        None => Route::Commands { application_id },
    };
    let call = Call {
        what: "register the commands",
        method: LightMethod::Put,
        route,
        body: Some(Value::Array(commands)),
        file: None,
        channel: None,
        deadline: bot.rest.send_deadline(),
    };
    match bot.rest.call(call).await {
        Ok(_) => true,
        Err(error) => {
            tracing::error!(%error, "the commands could not be registered; mentions and direct messages work");
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_on_this_machine;

    #[test]
    fn only_this_machine_is_local() {
        for address in ["http://127.0.0.1:1", "http://[::1]:80/x", "http://localhost"] {
            assert!(is_on_this_machine(address, "http"), "{address}");
        }
        let others = [
            "https://127.0.0.1",
            "http://127.0.0.1.example.com",
            "http://127.0.0.1@example.com",
            "http://example.com",
            "http://a:b@127.0.0.1",
            "//127.0.0.1",
            "",
            "http://localhost.example",
            "http://0.0.0.0",
            "file:///etc",
        ];
        for address in others {
            assert!(!is_on_this_machine(address, "http"), "{address}");
        }
    }
}
