//! `/salary occupation: …`: shows what an occupation pays, with the year.

use futures_util::FutureExt;
use serenity::all::{CreateCommand, InstallationContext, InteractionContext};

use super::{CommandEntry, Suggest, text_option};
use crate::discord::looking_up::{self, name_option, names};
use crate::lookup::Wanted;

pub(super) const ENTRY: CommandEntry = CommandEntry {
    name: "salary",
    describe,
    help: &[("/salary", "shows what an occupation pays, with the year")],
    useful_to: |_, _| true,
    run: |bot, incoming, data| {
        let options = data.options();
        let typed = text_option(&options, "occupation").unwrap_or_default().to_owned();
        looking_up::show(bot, incoming, typed, Wanted::Salary).boxed()
    },
    suggest: Suggest::Names(|lookup, _, typed| names(lookup, Wanted::Salary.kinds(), typed)),
};

fn describe() -> CreateCommand {
    CreateCommand::new("salary")
        .description("Look up what an occupation pays")
        .add_integration_type(InstallationContext::Guild)
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
        .add_option(name_option("occupation", "The occupation", true))
}
