//! Asks the backend, off the async threads: at most as many questions at once as there are cores, each on a deadline,
//! and a panic there is an error here.

use std::sync::Arc;

use tokio::time::timeout;

use super::bot::Bot;
use crate::answer::{Answer, Conversation};
use crate::lookup::Lookup;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// It took too long.
    #[error("the engine took too long")]
    TooSlow,
    /// The engine failed; counted where it happened.
    #[error("the engine panicked")]
    Panicked,
}

/// Asks a question. `follows` is the question that it leans on: asking that one again gives back what the conversation
/// was about, so nothing needs to be remembered.
pub async fn ask(bot: &Arc<Bot>, question: String, follows: Option<String>) -> Result<Answer, NoAnswer> {
    let now = bot.now();
    on_a_worker(bot, move |bot| {
        let mut conversation = Conversation::default();
        if let Some(earlier) = follows {
            let earlier = bot.backend.ask(&earlier, &Conversation::default(), now);
            conversation.push(earlier.turn);
        }
        bot.backend.ask(&question, &conversation, now)
    })
    .await
}

/// Looks something up by name.
pub async fn look_up<T: Send + 'static>(
    bot: &Arc<Bot>,
    work: impl FnOnce(Lookup<'_>) -> T + Send + 'static,
) -> Result<T, NoAnswer> {
    let found = on_a_worker(bot, move |bot| {
        let (mut work, mut found) = (Some(work), None);
        bot.backend.look_up(&mut |lookup| found = work.take().map(|work| work(lookup)));
        found
    });
    found.await?.ok_or(NoAnswer::Panicked)
}

/// Runs work of the backend off the async threads, when one of the engine's slots is free.
pub async fn on_a_worker<T: Send + 'static>(
    bot: &Arc<Bot>,
    work: impl FnOnce(&Bot) -> T + Send + 'static,
) -> Result<T, NoAnswer> {
    let shared = Arc::clone(bot);
    let result = timeout(bot.settings.timing.answer, async {
        let slot = Arc::clone(&bot.engine_slots).acquire_owned().await;
        tokio::task::spawn_blocking(move || {
            // Kept until the work is really done: work cannot be stopped, even if nobody waits for it any more.
            let _slot = slot;
            work(&shared)
        })
        .await
    })
    .await;
    match result {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(_)) => {
            bot.note_panic();
            Err(NoAnswer::Panicked)
        }
        Err(_) => Err(NoAnswer::TooSlow),
    }
}
