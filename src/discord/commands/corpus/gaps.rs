//! `/corpus gaps`: what was missed in this server, asked again at that moment: what it is about, and whether it is answered
//! now. With `export: True` as a question file.

use std::sync::Arc;

use serenity::model::application::{CommandData, ResolvedValue};

use crate::answer::Conversation;
use crate::discord::asking::on_a_worker;
use crate::discord::bot::Bot;
use crate::discord::commands::flag_option;
use crate::discord::incoming::Incoming;
use crate::discord::intake::reply_in_time;
use crate::discord::outbox::Reply;
use crate::discord::rest::RestError;
use crate::discord::wording;
use crate::render::discord::{AskedAgain, gaps, gaps_answered, gaps_file};

/// So many different questions are asked again.
const MOST: u32 = 200;

/// Shows the gaps of the server.
pub(super) async fn run(bot: &Arc<Bot>, incoming: &Incoming, data: &CommandData) -> Result<(), RestError> {
    let options = data.options();
    let export = options.first().is_some_and(|option| match &option.value {
        ResolvedValue::SubCommand(options) => flag_option(options, "export").unwrap_or(false),
        _ => false,
    });
    reply_in_time(bot, incoming, true, async {
        match asked_again(bot, incoming).await {
            Ok(None) => Reply::private(wording::GAPS_OFF),
            Ok(Some(found)) if export => Reply { card: gaps_file(&found), private: true },
            Ok(Some(found)) => Reply::private(gaps(&found)),
            Err(text) => Reply::private(text),
        }
    })
    .await
}

/// A line for the report of a reindex; nothing where no gaps are kept, or none were found.
pub(super) async fn answered_now(bot: &Arc<Bot>, incoming: &Incoming) -> String {
    let found = asked_again(bot, incoming).await.ok().flatten();
    found.map(|found| gaps_answered(&found)).unwrap_or_default()
}

/// The questions that were missed in the server, where they are kept.
pub(super) async fn questions(bot: &Arc<Bot>, incoming: &Incoming) -> Vec<String> {
    let server = incoming.caller.server.map(|server| server.get());
    let settings = bot.memory.settings(server).await;
    let Some(server) = server.filter(|_| settings.gaps) else { return Vec::new() };
    let gaps = bot.memory.gaps(server, bot.now(), MOST).await.unwrap_or_default();
    let mut questions: Vec<String> = gaps.into_iter().map(|gap| gap.question).collect();
    questions.sort_unstable();
    questions.dedup();
    questions
}

/// The server's gaps with what is answered now; `None` where they are not kept.
async fn asked_again(bot: &Arc<Bot>, incoming: &Incoming) -> Result<Option<Vec<AskedAgain>>, &'static str> {
    let server = incoming.caller.server.map(|server| server.get());
    let settings = bot.memory.settings(server).await;
    let Some(server) = server.filter(|_| settings.gaps) else { return Ok(None) };
    let now = bot.now();
    let counted = bot.memory.gaps(server, now, MOST).await.ok_or(wording::NOT_READ)?;
    let asked = on_a_worker(bot, move |bot| {
        let again = counted.into_iter().map(|gap| {
            let answer = bot.backend.ask(&gap.question, &Conversation::default(), now);
            AskedAgain { gap, answer }
        });
        again.collect()
    });
    asked.await.map(Some).map_err(wording::no_answer)
}
