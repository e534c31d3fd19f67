//! `/certification name: …`: shows everything that the sources state of a certification, also by its letters.

use futures_util::FutureExt;
use serenity::all::{CreateCommand, InstallationContext, InteractionContext};

use super::{CommandEntry, Suggest, text_option};
use crate::discord::looking_up::{self, name_option, names};
use crate::lexicon::lookup::NameKind;
use crate::lookup::Wanted;

pub(super) const ENTRY: CommandEntry = CommandEntry {
    name: "certification",
    describe,
    help: &[(
        "/certification",
        "shows everything that the sources state of a certification, also by its letters",
    )],
    useful_to: |_, _| true,
    run: |bot, incoming, data| {
        let options = data.options();
        let typed = text_option(&options, "name").unwrap_or_default().to_owned();
        looking_up::show(bot, incoming, typed, Wanted::Whole(NameKind::Certification)).boxed()
    },
    suggest: Suggest::Names(|lookup, _, typed| {
        names(lookup, Wanted::Whole(NameKind::Certification).kinds(), typed)
    }),
};

fn describe() -> CreateCommand {
    CreateCommand::new("certification")
        .description("Look up a certification, by its name or its letters")
        .add_integration_type(InstallationContext::Guild)
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
        .add_option(name_option("name", "The certification, or its letters", true))
}
