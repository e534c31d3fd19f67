//! Notes questions that were missed, in servers whose moderators turned that on: in normal form, without who asked and where.
//! What somebody else wrote ("Answer this"), what was overheard, and direct messages are never kept.

use std::sync::Arc;

use serenity::model::id::GuildId;

use super::asking::on_a_worker;
use super::bot::Bot;
use super::incoming::Incoming;
use crate::answer::{Answer, Outcome};
use crate::store::{Gap, Missed, normal_form};

/// Notes a question that got no answer.
pub async fn unanswered(bot: &Bot, server: Option<u64>, answer: &Answer) {
    if answer.outcome != Outcome::Abstained {
        return;
    }
    if let Some(server) = keeping(bot, server).await {
        note(bot, server, &answer.standalone, Missed::Unanswered, answer.generation.clone()).await;
    }
}

/// Notes a question whose answer somebody called bad.
pub async fn voted(bot: &Arc<Bot>, incoming: &Incoming, question: &str, missed: Missed) {
    let Some(server) = keeping(bot, incoming.caller.server.map(GuildId::get)).await else { return };
    if let Ok(status) = on_a_worker(bot, |bot| bot.backend.status()).await {
        note(bot, server, question, missed, status.generation).await;
    }
}

/// The server, if its moderators want gaps to be kept.
async fn keeping(bot: &Bot, server: Option<u64>) -> Option<u64> {
    let settings = bot.memory.settings(server).await;
    server.filter(|_| settings.gaps)
}

async fn note(bot: &Bot, server: u64, question: &str, missed: Missed, generation: String) {
    if let Some(question) = normal_form(question) {
        bot.memory.note_gap(Gap { server, question, missed, generation }, bot.now()).await;
    }
}
