//! From start to end: checks the token, connects, watches for a dead connection, and leaves in order when told to:
//! nothing new taken in, work under way finished, gateway closed with 1000.

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::Value;
use serenity::Error as SerenityError;
use serenity::gateway::{GatewayError, ShardManager};
use serenity::http::{LightMethod, Route};
use serenity::model::id::{ShardId, UserId};
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use super::backend::Backend;
use super::bot::{Bot, QUEUE};
use super::gateway::{self, is_on_this_machine};
use super::rest::{self, Call, Rest, RestError};
use super::settings::Settings;
use super::stop::Stop;

/// Runs the bot until `shutdown` resolves; then it drains its work and leaves.
///
/// The caller should end its runtime with `shutdown_background`: serenity may still hold a thread on a connection that
/// it could not close.
///
/// # Errors
/// [`Stop`] when it ended for another reason. Its text says how to mend it, its exit code whether to start again.
pub async fn run(
    settings: Settings,
    backend: Arc<dyn Backend>,
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
    let rest = Rest::new(http_client.clone(), &settings, stop.clone());
    let me = who_am_i(&rest).await?;
    let bot = Arc::new(Bot::new(settings, backend, rest, me, stop));
    let mut client = gateway::client(&bot, http_client).await?;
    let shards = Arc::clone(&client.shard_manager);
    let mut connection = tokio::spawn(async move { client.start_autosharded().await });
    let result = tokio::select! {
        () = shutdown => {
            drain(&bot).await;
            Ok(())
        }
        ended = &mut connection => Err(ended.map_or_else(|_| dead("the client failed"), gateway_ended)),
        reason = told_to_stop(&mut stopped) => Err(reason),
        reason = watch_shards(&bot, &shards) => Err(reason),
    };
    bot.leaving.store(true, Ordering::Release);
    // A client that ended by itself has closed its shards, and a dead connection cannot be closed (serenity waits for
    // its last frame without end). One that does not close in time is left to the process's end.
    if !connection.is_finished() && !matches!(result, Err(Stop::GatewayDead(_))) {
        let _ = timeout(bot.settings.timing.drain, shards.shutdown_all()).await;
    }
    connection.abort();
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
    if timeout(bot.settings.timing.drain, bot.queue.acquire_many(QUEUE)).await.is_err() {
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

fn gateway_ended(result: serenity::Result<()>) -> Stop {
    match result {
        Err(SerenityError::Gateway(GatewayError::InvalidAuthentication)) => Stop::TokenRefused,
        Err(SerenityError::Gateway(
            GatewayError::DisallowedGatewayIntents | GatewayError::InvalidGatewayIntents,
        )) => Stop::IntentsRefused,
        Err(SerenityError::Gateway(_)) => dead("Discord ended it"),
        Err(_) => dead("it could not be opened"),
        Ok(()) => dead("it ended"),
    }
}

fn dead(why: &str) -> Stop {
    Stop::GatewayDead(why.to_owned())
}

/// Watches every shard's heartbeats; ends when one has shown no sign of life for too long. serenity has no timeout on
/// opening a connection, so a half-open one would leave the bot deaf for ever.
async fn watch_shards(bot: &Bot, shards: &ShardManager) -> Stop {
    let silence = bot.settings.timing.silence;
    let mut signs: HashMap<ShardId, (Option<Duration>, Instant)> = HashMap::new();
    let mut latest = Instant::now();
    loop {
        tokio::time::sleep(silence / 10).await;
        bot.guard.tidy();
        let now = Instant::now();
        for (id, shard) in &*shards.runners.lock().await {
            // The measured latency changes with every acknowledged heartbeat, to the nanosecond.
            let sign = signs.entry(*id).or_insert((shard.latency, now));
            if sign.0 != shard.latency {
                *sign = (shard.latency, now);
            }
            latest = latest.max(sign.1);
        }
        let silent = |since: Instant| now.duration_since(since) > silence;
        if silent(latest) || signs.values().any(|(_, since)| silent(*since)) {
            return dead("no sign of life from Discord");
        }
    }
}
