//! `/requirements program: …`: shows what a program or a certification asks for.

use futures_util::FutureExt;
use serenity::all::{CreateCommand, InstallationContext, InteractionContext};

use super::{CommandEntry, Suggest, text_option};
use crate::discord::looking_up::{self, name_option, names};
use crate::lookup::Wanted;

pub(super) const ENTRY: CommandEntry = CommandEntry {
    name: "requirements",
    describe,
    help: &[("/requirements", "shows what a program or a certification asks for")],
    useful_to: |_, _| true,
    run: |bot, incoming, data| {
        let options = data.options();
        let typed = text_option(&options, "program").unwrap_or_default().to_owned();
        looking_up::show(bot, incoming, typed, Wanted::Requirements).boxed()
    },
    suggest: Suggest::Names(|lookup, _, typed| names(lookup, Wanted::Requirements.kinds(), typed)),
};

fn describe() -> CreateCommand {
    CreateCommand::new("requirements")
        .description("Look up what a program or a certification asks for")
        .add_integration_type(InstallationContext::Guild)
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
        .add_option(name_option("program", "The program or certification", true))
}
