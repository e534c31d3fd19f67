//! `/ask question: what does the program require? private: True`: the answer as a card, public unless asked otherwise; with
//! `reply_to:` as a reply to a message. What is not an answer (nothing found, a question back, a hint) is private.

use std::sync::Arc;

use futures_util::FutureExt;
use serenity::all::{
    CommandOptionType, CreateCommand, CreateCommandOption, InstallationContext, InteractionContext,
};
use serenity::model::application::CommandData;
use serenity::model::id::{GuildId, MessageId};

use super::{CommandEntry, Suggest, flag_option, text_option};
use crate::answer::Outcome;
use crate::discord::asking::ask;
use crate::discord::bot::Bot;
use crate::discord::follow_up::offers;
use crate::discord::gaps;
use crate::discord::incoming::Incoming;
use crate::discord::intake::{pass_pause, reply_in_time};
use crate::discord::messages;
use crate::discord::outbox::Reply;
use crate::discord::rest::RestError;
use crate::discord::wording;
use crate::render::discord::{MAX_CONTENT, card};
use crate::store::Mode;

pub(super) const ENTRY: CommandEntry = CommandEntry {
    name: "ask",
    describe,
    help: &[(
        "/ask",
        "answers a question from the sources, with the quote that proves it; `private` shows it to you alone, \
         `reply_to` answers a message",
    )],
    useful_to: |_, _| true,
    run: |bot, incoming, data| run(bot, incoming, data).boxed(),
    suggest: Suggest::Nothing,
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
        .add_option(
            CreateCommandOption::new(
                CommandOptionType::String,
                "reply_to",
                "Answer as a reply to a message here: its link or id",
            )
            .required(false)
            .max_length(120),
        )
}

async fn run(bot: &Arc<Bot>, incoming: &Incoming, data: &CommandData) -> Result<(), RestError> {
    let options = data.options();
    let question = text_option(&options, "question").unwrap_or_default().to_owned();
    let private = flag_option(&options, "private").unwrap_or(false);
    let target = text_option(&options, "reply_to").filter(|_| !private);
    match target.map(|text| message_of(text, incoming)) {
        None => show(bot, incoming, question, (private, true)).await,
        Some(Some(message)) => reply_to(bot, incoming, question, message).await,
        Some(None) => incoming.reply(&bot.rest, &Reply::private(wording::NO_SUCH_MESSAGE)).await,
    }
}

/// Answers to the caller: to everybody's eyes when there is an answer, unless they wish otherwise. `own`: the question is
/// theirs, not another person's message.
///
/// # Errors
/// [`RestError`] when the response could not be delivered.
pub(super) async fn show(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    question: String,
    (private, own): (bool, bool),
) -> Result<(), RestError> {
    let private = private || incoming.mode(bot).await == Mode::Off;
    if let Err(text) = pass_pause(bot, incoming).await {
        return incoming.reply(&bot.rest, &Reply::private(text)).await;
    }
    reply_in_time(bot, incoming, private, async {
        match ask(bot, question, None).await {
            Ok(answer) => {
                if own {
                    gaps::unanswered(bot, incoming.caller.server.map(GuildId::get), &answer).await;
                }
                let private = private || answer.outcome != Outcome::Answered;
                Reply { card: card(&answer).offering(offers(private, answer.outcome)), private }
            }
            Err(reason) => Reply::private(wording::no_answer(reason)),
        }
    })
    .await
}

/// Answers as a reply to a message, and tells the caller so; what is no answer is told to them alone.
///
/// # Errors
/// As [`show`].
pub(super) async fn reply_to(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    question: String,
    message: MessageId,
) -> Result<(), RestError> {
    if incoming.mode(bot).await == Mode::Off {
        return show(bot, incoming, question, (true, false)).await;
    }
    if let Err(text) = pass_pause(bot, incoming).await {
        return incoming.reply(&bot.rest, &Reply::private(text)).await;
    }
    reply_in_time(bot, incoming, true, async {
        let answer = match ask(bot, question, None).await {
            Ok(answer) if answer.outcome == Outcome::Answered => answer,
            Ok(answer) => return Reply { card: card(&answer), private: true },
            Err(reason) => return Reply::private(wording::no_answer(reason)),
        };
        match messages::answer_for(bot, incoming, message, &answer).await {
            Ok(()) => Reply::private(wording::REPLIED),
            // The answer is there; only its place is not to be had.
            Err(RestError::Refused { .. }) => {
                let mut shown = card(&answer);
                shown.content = format!("{}\n{}", wording::NOT_REPLIED, shown.content);
                match shown.content.encode_utf16().count() <= MAX_CONTENT {
                    true => Reply { card: shown, private: true },
                    false => Reply { card: card(&answer), private: true },
                }
            }
            Err(_) => Reply::private(wording::FAILED),
        }
    })
    .await
}

/// The message that a link or an id names, if it can stand in the channel of the command.
fn message_of(text: &str, incoming: &Incoming) -> Option<MessageId> {
    let text = text.trim().trim_end_matches('/');
    let id = match text.rsplit_once('/') {
        None => text,
        Some((place, id)) => {
            let channel = place.rsplit('/').next()?;
            (channel == incoming.place.channel.to_string()).then_some(id)?
        }
    };
    id.parse().ok().filter(|id| *id > 0).map(MessageId::new)
}
