//! From start to end: checks the token, connects, watches for a dead connection, and leaves in order when told to:
//! nothing new taken in, work under way finished, gateway closed with 1000.

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::Value;
use serenity::http::{LightMethod, Route};
use serenity::model::id::{ShardId, UserId};
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use super::backend::Backend;
use super::bot::Bot;
use super::connection::Connection;
use super::follow;
use super::gateway::is_on_this_machine;
use super::memory::Memory;
use super::rest::{self, Call, Rest, RestError};
use super::settings::Settings;
use super::stop::Stop;
use crate::store::Store;

/// How often what is remembered is looked through for what is too old.
const TIDY_EVERY: Duration = Duration::from_secs(3_600);

/// Runs the bot until `shutdown` resolves; then it drains its work and leaves.
///
/// # Errors
/// [`Stop`] when it ended for another reason. Its text says how to mend it, its exit code whether to start again.
pub async fn run(
    settings: Settings,
    backend: Arc<dyn Backend>,
    store: Arc<dyn Store>,
    shutdown: impl Future<Output = ()>,
) -> Result<(), Stop> {
    if settings.local.as_deref().is_some_and(|address| !is_on_this_machine(address, "http")) {
        return Err(Stop::NotLocal);
    }
    let http_client = match &settings.client {
        Some(client) => client.clone(),
        None => rest::client(&settings.timing)?,
    };
    let (stop, mut stopped) = watch::channel(None);
    if settings.local_cdn.as_deref().is_some_and(|address| !is_on_this_machine(address, "http")) {
        return Err(Stop::NotLocal);
    }
    let rest = Rest::new(http_client.clone(), &settings, stop.clone());
    let me = who_am_i(&rest).await?;
    let memory = Memory::new(store);
    let bot = Arc::new(Bot::new(settings, backend, memory, rest, http_client, me, stop));
    let connection = Connection::open(&bot).await?;
    let result = tokio::select! {
        () = shutdown => {
            drain(&bot).await;
            Ok(())
        }
        reason = told_to_stop(&mut stopped) => Err(reason),
        reason = watch_connection(&bot, &connection) => Err(reason),
        () = follow::follow(&bot) => Ok(()),
    };
    bot.leaving.store(true, Ordering::Release);
    connection.close(bot.settings.timing.close).await;
    tracing::info!(counters = ?bot.counters, "left Discord");
    result
}

/// Asks Discord who the bot is; the token's first test.
async fn who_am_i(rest: &Rest) -> Result<UserId, Stop> {
    let call = Call {
        what: "who am I",
        method: LightMethod::Get,
        route: Route::UserMe,
        body: None,
        file: None,
        channel: None,
        deadline: rest.send_deadline(),
    };
    let user = match rest.call(call).await {
        Ok(user) => user,
        Err(RestError::Refused { status: 401, .. }) => return Err(Stop::TokenRefused),
        Err(error) => return Err(Stop::Unreachable(error.to_string())),
    };
    let id = user.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok()).filter(|id| *id != 0);
    id.map(UserId::new).ok_or_else(|| Stop::Unreachable("its answer is not Discord's".to_owned()))
}

/// Takes nothing new in and waits until nothing is under way, for a while.
async fn drain(bot: &Bot) {
    bot.leaving.store(true, Ordering::Release);
    if timeout(bot.settings.timing.drain, bot.queue.acquire_many(bot.settings.queue)).await.is_err() {
        tracing::warn!("some questions were still being answered when the bot had to leave");
    }
}

async fn told_to_stop(stopped: &mut watch::Receiver<Option<Stop>>) -> Stop {
    let reason = stopped.wait_for(Option::is_some).await.ok().and_then(|reason| (*reason).clone());
    match reason {
        Some(reason) => reason,
        // The sender lives as long as the bot.
        None => std::future::pending().await,
    }
}

/// Watches the connection; ends when a shard has shown no sign of life for too long (serenity has no timeout on opening a
/// connection, so a half-open one would leave the bot deaf for ever), or when the connection's thread is stuck.
async fn watch_connection(bot: &Bot, connection: &Connection) -> Stop {
    let timing = &bot.settings.timing;
    let mut signs: HashMap<ShardId, (Option<Duration>, Instant)> = HashMap::new();
    let mut latest = Instant::now();
    let mut tidied: Option<Instant> = None;
    loop {
        tokio::time::sleep(timing.stuck.min(timing.silence / 10)).await;
        bot.guard.tidy();
        if tidied.is_none_or(|tidied| tidied.elapsed() > TIDY_EVERY) {
            let now = bot.now();
            bot.memory.tidy(now, bot.settings.deeds_since(now)).await;
            tidied = Some(Instant::now());
        }
        if !connection.reacts(timing.stuck).await {
            return Stop::GatewayDead("its reader is stuck".to_owned());
        }
        let now = Instant::now();
        for (id, latency) in connection.latencies().await {
            // The measured latency changes with every acknowledged heartbeat, to the nanosecond.
            let sign = signs.entry(id).or_insert((latency, now));
            if sign.0 != latency {
                *sign = (latency, now);
            }
            latest = latest.max(sign.1);
        }
        let silent = |since: Instant| now.duration_since(since) > timing.silence;
        if silent(latest) || signs.values().any(|(_, since)| silent(*since)) {
            return Stop::GatewayDead("no sign of life from Discord".to_owned());
        }
    }
}
