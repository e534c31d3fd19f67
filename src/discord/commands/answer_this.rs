//! "Answer this" in the menu of a message: that message's question, answered to the caller alone; for somebody who may
//! manage messages there, as a reply to it.

use std::sync::Arc;

use futures_util::FutureExt;
use serenity::all::{CommandType, CreateCommand, InstallationContext, InteractionContext};
use serenity::model::application::CommandData;

use super::{CommandEntry, Suggest, ask};
use crate::discord::bot::Bot;
use crate::discord::incoming::Incoming;
use crate::discord::outbox::Reply;
use crate::discord::rest::RestError;
use crate::discord::rights::may_manage_messages;
use crate::discord::wording;

const NAME: &str = "Answer this";

pub(super) const ENTRY: CommandEntry = CommandEntry {
    name: NAME,
    describe,
    help: &[("Apps > Answer this", "in the menu of a message answers what it asks, to you alone")],
    useful_to: |_, _| true,
    run: |bot, incoming, data| run(bot, incoming, data).boxed(),
    suggest: Suggest::Nothing,
};

fn describe() -> CreateCommand {
    CreateCommand::new(NAME)
        .kind(CommandType::Message)
        .add_integration_type(InstallationContext::Guild)
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
}

async fn run(bot: &Arc<Bot>, incoming: &Incoming, data: &CommandData) -> Result<(), RestError> {
    let target = data.target_id.and_then(|id| data.resolved.messages.get(&id.to_message_id()));
    let Some(message) = target else {
        return incoming.reply(&bot.rest, &Reply::private(wording::NO_SUCH_MESSAGE)).await;
    };
    let me = bot.me;
    let question = message.content.replace(&format!("<@{me}>"), " ").replace(&format!("<@!{me}>"), " ");
    let question = question.trim().to_owned();
    if may_manage_messages(&incoming.caller) && message.author.id != me {
        return ask::reply_to(bot, incoming, question, message.id).await;
    }
    ask::show(bot, incoming, question, (true, false)).await
}
