//! `/program name: …`: shows everything that the sources state of a program, with a menu for the rest of its page.

use futures_util::FutureExt;
use serenity::all::{CreateCommand, InstallationContext, InteractionContext};

use super::{CommandEntry, Suggest, text_option};
use crate::discord::looking_up::{self, name_option, names};
use crate::lexicon::lookup::NameKind;
use crate::lookup::Wanted;

pub(super) const ENTRY: CommandEntry = CommandEntry {
    name: "program",
    describe,
    help: &[(
        "/program",
        "shows everything that the sources state of a program, with a menu for the rest of its page",
    )],
    useful_to: |_, _| true,
    run: |bot, incoming, data| {
        let options = data.options();
        let typed = text_option(&options, "name").unwrap_or_default().to_owned();
        looking_up::show(bot, incoming, typed, Wanted::Whole(NameKind::Program)).boxed()
    },
    suggest: Suggest::Names(|lookup, _, typed| {
        names(lookup, Wanted::Whole(NameKind::Program).kinds(), typed)
    }),
};

fn describe() -> CreateCommand {
    CreateCommand::new("program")
        .description("Look up a program: what the sources state of it")
        .add_integration_type(InstallationContext::Guild)
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
        .add_option(name_option("name", "The program", true))
}
