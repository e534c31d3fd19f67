//! `/ask question: what does the program require? private: True`: the answer as a card, public unless asked otherwise.
//! What is not an answer (nothing found, a question back, a hint) is private.

use std::sync::Arc;

use futures_util::FutureExt;
use serenity::all::{
    CommandOptionType, CreateCommand, CreateCommandOption, InstallationContext, InteractionContext,
};
use serenity::model::application::CommandData;

use super::{CommandEntry, flag_option, text_option};
use crate::answer::Outcome;
use crate::discord::asking::ask;
use crate::discord::bot::Bot;
use crate::discord::follow_up::offers;
use crate::discord::incoming::Incoming;
use crate::discord::intake::{pass_pause, reply_in_time};
use crate::discord::outbox::Reply;
use crate::discord::rest::RestError;
use crate::discord::wording;
use crate::render::discord::card;
use crate::store::Mode;

pub(super) const ENTRY: CommandEntry = CommandEntry {
    name: "ask",
    describe,
    help: &[(
        "/ask",
        "answers a question from the sources, with the quote that proves it; `private` shows it to you alone",
    )],
    useful_to: |_, _| true,
    run: |bot, incoming, data| run(bot, incoming, data).boxed(),
};

fn describe() -> CreateCommand {
    let question = CreateCommandOption::new(CommandOptionType::String, "question", "What you want to know")
        .required(true);
    let private =
        CreateCommandOption::new(CommandOptionType::Boolean, "private", "Show the answer to me alone")
            .required(false);
    CreateCommand::new("ask")
        .description("Ask a question and get the answer with its source")
        .add_integration_type(InstallationContext::Guild)
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
        .add_option(question)
        .add_option(private)
}

async fn run(bot: &Arc<Bot>, incoming: &Incoming, data: &CommandData) -> Result<(), RestError> {
    let options = data.options();
    let question = text_option(&options, "question").unwrap_or_default().to_owned();
    let private = flag_option(&options, "private").unwrap_or(false);
    let private = private || incoming.mode(bot).await == Mode::Off;
    if let Err(text) = pass_pause(bot, incoming).await {
        return incoming.reply(&bot.rest, &Reply::private(text)).await;
    }
    reply_in_time(bot, incoming, private, async {
        match ask(bot, question, None).await {
            Ok(answer) => {
                let private = private || answer.outcome != Outcome::Answered;
                Reply { card: card(&answer).offering(offers(private, answer.outcome)), private }
            }
            Err(reason) => Reply::private(wording::no_answer(reason)),
        }
    })
    .await
}
