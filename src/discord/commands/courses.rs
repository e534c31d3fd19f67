//! `/courses program: …`: lists the courses of a program.

use futures_util::FutureExt;
use serenity::all::{CreateCommand, InstallationContext, InteractionContext};

use super::{CommandEntry, Suggest, text_option};
use crate::discord::looking_up::{self, name_option, names};
use crate::lookup::Wanted;

pub(super) const ENTRY: CommandEntry = CommandEntry {
    name: "courses",
    describe,
    help: &[("/courses", "lists the courses of a program")],
    useful_to: |_, _| true,
    run: |bot, incoming, data| {
        let options = data.options();
        let typed = text_option(&options, "program").unwrap_or_default().to_owned();
        looking_up::show(bot, incoming, typed, Wanted::Courses).boxed()
    },
    suggest: Suggest::Names(|lookup, _, typed| names(lookup, Wanted::Courses.kinds(), typed)),
};

fn describe() -> CreateCommand {
    CreateCommand::new("courses")
        .description("Look up the courses of a program")
        .add_integration_type(InstallationContext::Guild)
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
        .add_option(name_option("program", "The program", true))
}
