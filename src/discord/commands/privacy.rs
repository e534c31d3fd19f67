//! `/privacy show | forget-me`: what is stored about the one who asks, and its removal. For everybody, everywhere, and shown
//! to them alone.

use std::sync::Arc;

use futures_util::FutureExt;
use serenity::all::{
    CommandOptionType, CreateCommand, CreateCommandOption, InstallationContext, InteractionContext,
};
use serenity::model::application::{CommandData, CommandDataOptionValue};

use super::{CommandEntry, Suggest};
use crate::discord::bot::Bot;
use crate::discord::incoming::Incoming;
use crate::discord::outbox::Reply;
use crate::discord::rest::RestError;
use crate::discord::wording;
use crate::render::discord::{forgotten, known_of_person};

pub(super) const ENTRY: CommandEntry = CommandEntry {
    name: "privacy",
    describe,
    help: &[("/privacy show, forget-me", "shows what I keep about you; removes it")],
    useful_to: |_, _| true,
    run: |bot, incoming, data| run(bot, incoming, data).boxed(),
    suggest: Suggest::Nothing,
};

fn describe() -> CreateCommand {
    let subcommand =
        |name, description| CreateCommandOption::new(CommandOptionType::SubCommand, name, description);
    CreateCommand::new("privacy")
        .description("What I keep about you, and its removal")
        .add_integration_type(InstallationContext::Guild)
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
        .add_option(subcommand("show", "Show what I keep about you"))
        .add_option(subcommand("forget-me", "Remove what I keep about you"))
}

async fn run(bot: &Arc<Bot>, incoming: &Incoming, data: &CommandData) -> Result<(), RestError> {
    let person = incoming.caller.user.get();
    let subcommand =
        data.options.first().filter(|option| matches!(option.value, CommandDataOptionValue::SubCommand(_)));
    let text = match subcommand.map(|option| option.name.as_str()) {
        Some("show") => {
            let now = bot.now();
            let known = bot.memory.known_of(person, now, bot.settings.deeds_since(now)).await;
            known.map(|known| known_of_person(&known, bot.settings.audit_days))
        }
        Some("forget-me") => bot.memory.forget_person(person).await.map(forgotten),
        _ => Some(wording::UNKNOWN_COMMAND.to_owned()),
    };
    let text = text.unwrap_or_else(|| wording::NOT_READ.to_owned());
    incoming.reply(&bot.rest, &Reply::private(text)).await
}
