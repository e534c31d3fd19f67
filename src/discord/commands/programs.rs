//! `/programs level: … field: … text: …`: the programs that the folder names, page by page.

use futures_util::FutureExt;
use serenity::all::{
    CommandOptionType, CreateCommand, CreateCommandOption, InstallationContext, InteractionContext,
};

use super::{CommandEntry, Suggest, text_option};
use crate::discord::looking_up::{self, texts};
use crate::lookup::Narrowing;

pub(super) const ENTRY: CommandEntry = CommandEntry {
    name: "programs",
    describe,
    help: &[("/programs", "lists the programs, of a level, a field, or with words in their name")],
    useful_to: |_, _| true,
    run: |bot, incoming, data| {
        let options = data.options();
        let text = |name| text_option(&options, name).unwrap_or_default().to_owned();
        let narrowing = Narrowing { level: text("level"), field: text("field"), text: text("text") };
        looking_up::list(bot, incoming, narrowing).boxed()
    },
    suggest: Suggest::Names(|lookup, option, typed| match option {
        "level" => texts(lookup.levels(typed)),
        "field" => texts(lookup.fields(typed)),
        _ => Vec::new(),
    }),
};

fn describe() -> CreateCommand {
    let option = |name, description, suggested| {
        CreateCommandOption::new(CommandOptionType::String, name, description)
            .required(false)
            .max_length(100)
            .set_autocomplete(suggested)
    };
    CreateCommand::new("programs")
        .description("List the programs that the sources name")
        .add_integration_type(InstallationContext::Guild)
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
        .add_option(option("level", "Only of this level", true))
        .add_option(option("field", "Only of this field", true))
        .add_option(option("text", "Only with these words in the name", false))
}
