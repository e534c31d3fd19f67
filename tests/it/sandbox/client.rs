//! The real serenity client against the sandbox: log in, receive, reply, answer commands, resume.

use std::sync::Arc;
use std::time::Duration;

use registrar::sandbox::{GatewayFault, InteractionDraft, MessageDraft, Sandbox, SandboxOptions, world};
use serenity::all::{
    CommandInteraction, Context, CreateActionRow, CreateAllowedMentions, CreateButton, CreateCommand,
    CreateCommandOption, CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage,
    EventHandler, GatewayIntents, Http, HttpBuilder, Interaction, Message, Ready,
};
use serenity::async_trait;

const SOON: Duration = Duration::from_secs(5);

/// Replies to what mentions it and answers `/ask`, as little as a bot can do.
struct Echo;

#[async_trait]
impl EventHandler for Echo {
    async fn ready(&self, ctx: Context, _: Ready) {
        let option =
            CreateCommandOption::new(serenity::all::CommandOptionType::String, "question", "What to ask")
                .required(true);
        let ask = CreateCommand::new("ask").description("Asks").add_option(option);
        ctx.http.create_global_commands(&vec![ask]).await.unwrap();
    }

    async fn message(&self, ctx: Context, message: Message) {
        if message.author.bot || !(message.guild_id.is_none() || message.mentions_user_id(world::BOT)) {
            return;
        }
        let reply = CreateMessage::new()
            .content(format!("echo: {}", message.content))
            .reference_message(&message)
            .allowed_mentions(CreateAllowedMentions::new().replied_user(false));
        message.channel_id.send_message(&ctx.http, reply).await.unwrap();
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        match interaction {
            Interaction::Command(command) => answer(&ctx, &command).await,
            Interaction::Component(press) => {
                let message = CreateInteractionResponseMessage::new()
                    .content(format!("pressed {}", press.data.custom_id))
                    .components(Vec::new())
                    .allowed_mentions(CreateAllowedMentions::new());
                press
                    .create_response(&ctx.http, CreateInteractionResponse::UpdateMessage(message))
                    .await
                    .unwrap();
            }
            _ => {}
        }
    }
}

async fn answer(ctx: &Context, command: &CommandInteraction) {
    let content = command.data.options[0].value.as_str().unwrap().to_owned();
    let message = CreateInteractionResponseMessage::new()
        .content(content)
        .ephemeral(true)
        .components(vec![CreateActionRow::Buttons(vec![CreateButton::new("why").label("Why?")])])
        .allowed_mentions(CreateAllowedMentions::new());
    command.create_response(&ctx.http, CreateInteractionResponse::Message(message)).await.unwrap();
}

fn http(sandbox: &Sandbox) -> Http {
    HttpBuilder::new(sandbox.token()).proxy(sandbox.api_base()).ratelimiter_disabled(true).build()
}

pub async fn start(sandbox: &Sandbox, intents: GatewayIntents) -> Arc<serenity::gateway::ShardManager> {
    let mut client = serenity::client::ClientBuilder::new_with_http(http(sandbox), intents)
        .event_handler(Echo)
        .await
        .unwrap();
    assert!(client.ws_url.lock().await.starts_with("ws://127.0.0.1"), "the test would leave the machine");
    let manager = client.shard_manager.clone();
    tokio::spawn(async move { client.start().await });
    assert!(sandbox.wait_ready(SOON).await, "not ready: {:?}", sandbox.violations());
    manager
}

pub fn quiet_intents() -> GatewayIntents {
    GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES
}

#[tokio::test]
async fn a_mention_is_received_and_replied_to() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    start(&sandbox, quiet_intents()).await;
    let question = sandbox.say(MessageDraft::question("hello"));
    let reply = sandbox.next_message(|_| true, SOON).await.expect("no reply");
    assert_eq!(reply.content, format!("echo: <@{}> hello", world::BOT));
    assert_eq!(reply.reply_to, Some(question));
    // Without the content intent the rest of the server is silent.
    sandbox.say(MessageDraft::new(world::ASKER, world::QUESTIONS, "not for the bot"));
    assert!(sandbox.next_message(|_| true, Duration::from_millis(100)).await.is_none());
    assert_eq!(sandbox.violations(), Vec::<String>::new());
    sandbox.stop().await;
}

#[tokio::test]
async fn a_command_is_registered_and_answered() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    start(&sandbox, quiet_intents()).await;
    assert!(sandbox.wait_commands(SOON).await);
    let id = sandbox.slash(InteractionDraft::ask("what?"));
    let response = sandbox.response_to(id, SOON).await.expect("no answer");
    assert_eq!((response.kind, response.ephemeral, response.content.as_str()), (4, true, "what?"));
    assert_eq!(sandbox.violations(), Vec::<String>::new());
    // What is not registered is not offered.
    sandbox.slash(InteractionDraft::new("nothing"));
    assert_eq!(sandbox.violations(), ["command_not_offered: /nothing: it is not registered"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_message_during_a_gap_is_replayed_on_resume() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    start(&sandbox, quiet_intents()).await;
    sandbox.gateway_fault(GatewayFault::Close(4000));
    sandbox.say(MessageDraft::question("while away"));
    let reply = sandbox.next_message(|_| true, SOON).await.expect("no reply");
    assert!(reply.content.ends_with("while away"));
    assert_eq!(sandbox.identifies(), 1, "it should have resumed");
    assert!(sandbox.next_message(|_| true, Duration::from_millis(100)).await.is_none(), "replied twice");
    sandbox.stop().await;
}
