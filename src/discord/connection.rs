//! The gateway's connection on a thread of its own. serenity 0.12.5 spins without a pause on a connection that was closed
//! without a code (or with 4003, 4010 or 4011), which would starve every other task of its runtime, signals included.
//! Here it starves only this thread, and that is noticed.

use std::sync::Arc;
use std::time::Duration;

use serenity::Error;
use serenity::client::Client;
use serenity::gateway::{GatewayError, ShardManager};
use serenity::model::id::ShardId;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::bot::Bot;
use super::{gateway, rest};
use crate::discord::Stop;

/// An open connection, or one that is being opened.
pub struct Connection {
    shards: Arc<ShardManager>,
    thread: Handle,
    leave: oneshot::Sender<()>,
    closed: oneshot::Receiver<()>,
}

impl Connection {
    /// Starts the thread and connects; events come back to the runtime that this is called on. A connection that ends by
    /// itself ends the bot.
    ///
    /// # Errors
    /// [`Stop`] when there is no client to connect with.
    pub async fn open(bot: &Arc<Bot>) -> Result<Self, Stop> {
        let (bot, events_go_to) = (Arc::clone(bot), Handle::current());
        let (opened, opening) = oneshot::channel();
        let (leave, told_to_leave) = oneshot::channel();
        let (report, closed) = oneshot::channel();
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Stop::GatewayDead(format!("no runtime: {error}")))?;
        let thread = runtime.handle().clone();
        let closing = bot.settings.timing.close;
        std::thread::spawn(move || {
            runtime.block_on(async move {
                // Nobody listens any more to what is sent here when the bot is gone.
                match client(&bot, events_go_to).await {
                    Err(stop) => drop(opened.send(Err(stop))),
                    Ok(client) => {
                        let _ = opened.send(Ok(Arc::clone(&client.shard_manager)));
                        if let Some(reason) = stay(client, told_to_leave, closing).await {
                            bot.end(reason);
                        }
                        let _ = report.send(());
                    }
                }
            });
            runtime.shutdown_background();
        });
        let shards = opening.await.map_err(|_| Stop::GatewayDead("its thread failed".to_owned()))??;
        Ok(Self { shards, thread, leave, closed })
    }

    /// Whether the thread still does what it is asked to within so long.
    pub async fn reacts(&self, patience: Duration) -> bool {
        let probe = self.thread.spawn(async {});
        // A probe that fails says that the runtime is gone, and why is told elsewhere.
        timeout(patience, probe).await.is_ok()
    }

    /// The heartbeat latency of every shard.
    pub async fn latencies(&self) -> Vec<(ShardId, Option<Duration>)> {
        let runners = self.shards.runners.lock().await;
        runners.iter().map(|(id, runner)| (*id, runner.latency)).collect()
    }

    /// Closes the connection with 1000, and waits for that so long; a stuck thread is left to the process's end.
    pub async fn close(self, patience: Duration) {
        // An error means that the thread has ended already.
        let _ = self.leave.send(());
        let _ = timeout(patience, self.closed).await;
    }
}

async fn client(bot: &Arc<Bot>, events_go_to: Handle) -> Result<Client, Stop> {
    // A client of its own: connections that this thread holds open must not matter to anything else.
    let http_client = match &bot.settings.client {
        Some(client) => client.clone(),
        None => rest::client(&bot.settings.timing)?,
    };
    gateway::client(bot, http_client, events_go_to).await
}

/// Stays connected until told to leave, or until the connection ends by itself: then says why.
async fn stay(mut client: Client, told_to_leave: oneshot::Receiver<()>, closing: Duration) -> Option<Stop> {
    let shards = Arc::clone(&client.shard_manager);
    tokio::select! {
        result = client.start_autosharded() => Some(why_it_ended(result)),
        _ = told_to_leave => {
            let _ = timeout(closing, shards.shutdown_all()).await;
            None
        }
    }
}

fn why_it_ended(result: serenity::Result<()>) -> Stop {
    let why = match result {
        Err(Error::Gateway(GatewayError::InvalidAuthentication)) => return Stop::TokenRefused,
        Err(Error::Gateway(GatewayError::DisallowedGatewayIntents | GatewayError::InvalidGatewayIntents)) => {
            return Stop::IntentsRefused;
        }
        Err(Error::Gateway(_)) => "Discord ended it",
        Err(_) => "it could not be opened",
        Ok(()) => "it ended",
    };
    Stop::GatewayDead(why.to_owned())
}
