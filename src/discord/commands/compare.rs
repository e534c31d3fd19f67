//! `/compare a: … b: … c: … d: …`: two to four names side by side, with "not stated in the source" in the cells that the folder
//! leaves open.

use futures_util::FutureExt;
use serenity::all::{CreateCommand, InstallationContext, InteractionContext};

use super::{CommandEntry, Suggest, text_option};
use crate::discord::looking_up::{self, name_option, names};
use crate::lexicon::lookup::NameKind;

/// The names of its options.
const SIDES: [&str; 4] = ["a", "b", "c", "d"];

pub(super) const ENTRY: CommandEntry = CommandEntry {
    name: "compare",
    describe,
    help: &[("/compare", "sets two to four programs, occupations or certifications side by side")],
    useful_to: |_, _| true,
    run: |bot, incoming, data| {
        let options = data.options();
        let typed = SIDES.iter().filter_map(|side| text_option(&options, side).map(str::to_owned)).collect();
        looking_up::compare(bot, incoming, typed).boxed()
    },
    suggest: Suggest::Names(|lookup, _, typed| names(lookup, &NameKind::ALL, typed)),
};

fn describe() -> CreateCommand {
    let [a, b, c, d] = SIDES;
    CreateCommand::new("compare")
        .description("Set programs, occupations or certifications side by side")
        .add_integration_type(InstallationContext::Guild)
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
        .add_option(name_option(a, "The first", true))
        .add_option(name_option(b, "The second", true))
        .add_option(name_option(c, "A third", false))
        .add_option(name_option(d, "A fourth", false))
}
