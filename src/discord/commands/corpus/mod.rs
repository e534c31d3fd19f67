//! `/corpus …`: the corpus, for moderators of the servers that the operator listed. The
//! caller's rights are checked here, from the payload, before any subcommand.

pub(in crate::discord) mod deliver;
mod gaps;
pub(in crate::discord) mod log;
pub(in crate::discord) mod reindex;
mod rollback;
mod status;
pub(in crate::discord) mod upload;

use std::sync::Arc;

use futures_util::FutureExt;
use serenity::all::{
    CommandOptionType, CreateCommand, CreateCommandOption, InstallationContext, InteractionContext,
};
use serenity::model::Permissions;
use serenity::model::application::{CommandData, CommandDataOptionValue};

use super::{CommandEntry, Suggest};
use crate::discord::bot::Bot;
use crate::discord::incoming::Incoming;
use crate::discord::outbox::Reply;
use crate::discord::rest::RestError;
use crate::discord::rights::may_manage_corpus;
use crate::discord::wording;
use crate::library::Rebuild;
use crate::render::discord::{ButtonAction, problems, status};

pub(super) const ENTRY: CommandEntry = CommandEntry {
    name: "corpus",
    describe,
    help: &[
        ("/corpus status, problems", "shows what is served, and what is wrong with files"),
        ("/corpus reindex", "reads the folder again"),
        ("/corpus add, remove, restore", "look after documents that you attach, after a preview"),
        ("/corpus diff, rollback", "shows what that would change; goes back by one"),
        ("/corpus gaps, log", "shows what I could not answer; who did what"),
    ],
    useful_to: |caller, settings| may_manage_corpus(caller, &settings.discord.corpus_servers).is_ok(),
    run: |bot, incoming, data| run(bot, incoming, data).boxed(),
    suggest: Suggest::Own(|bot, incoming, data, typed| upload::suggest(bot, incoming, data, typed).boxed()),
};

fn describe() -> CreateCommand {
    let subcommand =
        |name, description| CreateCommandOption::new(CommandOptionType::SubCommand, name, description);
    let name = |description| {
        CreateCommandOption::new(CommandOptionType::String, "name", description)
            .required(true)
            .max_length(64)
            .set_autocomplete(true)
    };
    let file = CreateCommandOption::new(CommandOptionType::Attachment, "file", "A .md, .txt or .html file")
        .required(true);
    let file_too = CreateCommandOption::new(
        CommandOptionType::Boolean,
        "export",
        "As a question file for `registrar eval`",
    );
    CreateCommand::new("corpus")
        .description("Look after the texts that I answer from")
        .add_integration_type(InstallationContext::Guild)
        .contexts(vec![InteractionContext::Guild])
        .default_member_permissions(Permissions::MANAGE_GUILD)
        .add_option(subcommand("status", "Show what is served, and the problems in its files"))
        .add_option(subcommand("problems", "List what is wrong with files, and what to do about it"))
        .add_option(subcommand("diff", "Show what a reindex would change, and change nothing"))
        .add_option(
            subcommand("add", "Serve a document that you attach, after a preview").add_sub_option(file),
        )
        .add_option(
            subcommand("remove", "Take an uploaded document away").add_sub_option(name("Its stored name")),
        )
        .add_option(
            subcommand("restore", "Bring back an uploaded document as it was before")
                .add_sub_option(name("Its stored name")),
        )
        .add_option(
            subcommand("gaps", "Show what I could not answer in this server").add_sub_option(file_too),
        )
        .add_option(subcommand("log", "Show who did what to the corpus, and when"))
        .add_option(subcommand("rollback", "Serve the generation before this one again"))
        .add_option(subcommand("reindex", "Read the folder again and serve what it holds now"))
}

async fn run(bot: &Arc<Bot>, incoming: &Incoming, data: &CommandData) -> Result<(), RestError> {
    if let Err(refusal) = may_manage_corpus(&incoming.caller, &bot.settings.discord.corpus_servers) {
        return incoming.reply(&bot.rest, &Reply::private(refusal.to_string())).await;
    }
    let subcommand =
        data.options.first().filter(|option| matches!(option.value, CommandDataOptionValue::SubCommand(_)));
    match subcommand.map(|option| option.name.as_str()) {
        Some("status") => {
            status::run(bot, incoming, status, status::lately(bot).await).await?;
            deliver::catch_up(bot, incoming).await
        }
        Some("problems") => status::run(bot, incoming, problems, String::new()).await,
        Some("gaps") => gaps::run(bot, incoming, data).await,
        Some("log") => log::run(bot, incoming).await,
        Some("diff") => reindex::run(bot, incoming, Rebuild::Never).await,
        Some("reindex") => reindex::run(bot, incoming, Rebuild::IfNeeded).await,
        Some("add") => upload::add(bot, incoming, data).await,
        Some("remove") => {
            let action = |user, name| ButtonAction::Remove { user, name };
            upload::ask(bot, incoming, data, "Remove", action).await
        }
        Some("restore") => {
            let action = |user, name| ButtonAction::Restore { user, name };
            upload::ask(bot, incoming, data, "Bring back the version before the present one of", action).await
        }
        Some("rollback") => rollback::run(bot, incoming).await,
        _ => incoming.reply(&bot.rest, &Reply::private(wording::UNKNOWN_COMMAND)).await,
    }
}
