//! A strict local Discord in this process, on loopback only: the subset of REST v10 and of the gateway that the bot uses.
//!
//! It serves the end-to-end tests, and `registrar` without a token. It speaks Discord's wire format with values of its
//! own and never names the client library, so a mistake of that library cannot hide in it. It is not a Discord for
//! people: it has no accounts, no history on disk and no network but 127.0.0.1.
//!
//! ```text
//! say / slash / press  →  gateway event  →  the bot  →  REST call  →  requests / next_message / response_to
//! ```

mod actions;
mod clock;
mod compose;
mod draft;
mod faults;
mod gateway;
mod interact;
mod limits;
mod membership;
mod observe;
pub mod options;
mod routes;
mod server;
mod state;
mod terminal;
pub mod world;

pub use draft::{InteractionDraft, MessageDraft, Place};
pub use faults::{Effect, Fault, GatewayFault};
pub use observe::{BotMessage, InteractionResponse, Recorded};
pub use options::SandboxOptions;
pub use terminal::{Echo, standard_input, terminal};

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::TcpListener;
use tokio::sync::watch;

use clock::Clock;
use state::State;

/// The id of a message: a snowflake.
pub type MessageId = u64;
/// The id of an interaction: a snowflake.
pub type InteractionId = u64;
/// The id of a user: a snowflake.
pub type UserId = u64;
/// The id of a channel: a snowflake.
pub type ChannelId = u64;
/// The id of a server: a snowflake.
pub type GuildId = u64;

/// A handle on a running local Discord. Clones share one world; the server ends with [`Sandbox::stop`] or the runtime.
#[derive(Clone)]
pub struct Sandbox {
    shared: Arc<Shared>,
}

/// What every connection and every handle shares.
struct Shared {
    options: SandboxOptions,
    port: u16,
    clock: Clock,
    /// A std lock: no guard is held across an await.
    state: Mutex<State>,
    /// Counts changes of the state, so that observers wait for events and never sleep.
    changed: watch::Sender<u64>,
    /// True once the sandbox stops.
    stopping: watch::Sender<bool>,
}

impl Sandbox {
    /// Binds a free port of 127.0.0.1 and serves on it until [`Sandbox::stop`].
    ///
    /// # Errors
    /// When loopback cannot be bound.
    pub async fn start(options: SandboxOptions) -> std::io::Result<Sandbox> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let clock = Clock::new(options.starts_at_ms);
        let shared = Arc::new(Shared {
            options,
            port,
            clock,
            state: Mutex::new(State::default()),
            changed: watch::Sender::new(0),
            stopping: watch::Sender::new(false),
        });
        let sandbox = Sandbox { shared };
        let router = sandbox.router();
        let mut stopping = sandbox.shared.stopping.subscribe();
        tokio::spawn(async move {
            let stopped = async move {
                // An error means that every handle is gone, which ends the server as well.
                let _ = stopping.wait_for(|stop| *stop).await;
            };
            tokio::select! {
                result = async { axum::serve(listener, router).await } => {
                    if let Err(error) = result {
                        tracing::error!(%error, "the sandbox's server ended");
                    }
                }
                () = stopped => {}
            }
        });
        Ok(sandbox)
    }

    /// The server's routes, for a test that serves them over another transport (TLS) as well.
    pub fn router(&self) -> axum::Router {
        server::router(self.clone())
    }

    /// The base address of the REST API without a trailing slash: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn api_base(&self) -> String {
        format!("http://127.0.0.1:{}", self.shared.port)
    }

    /// The address of the gateway, with no query of its own: `ws://127.0.0.1:PORT/gateway`.
    #[must_use]
    pub fn gateway_url(&self) -> String {
        format!("ws://127.0.0.1:{}/gateway", self.shared.port)
    }

    /// The only token that this Discord accepts.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.shared.options.token
    }

    /// Moves the sandbox's clock forward, for deadlines of minutes (an interaction's token) in a test of milliseconds.
    pub fn advance(&self, by: std::time::Duration) {
        self.shared.clock.advance(by);
        self.touch();
    }

    /// Closes every connection and stops listening. Further use of the handle still reads what was recorded.
    pub async fn stop(&self) {
        let connections = {
            let state = self.lock();
            state.sessions.iter().filter_map(|session| session.sender.clone()).collect::<Vec<_>>()
        };
        for connection in connections {
            let _ = connection.send(gateway::Outgoing::Close(Some(1000)));
        }
        self.shared.stopping.send_replace(true);
        tokio::task::yield_now().await;
    }

    fn options(&self) -> &SandboxOptions {
        &self.shared.options
    }

    fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere must not hide what was recorded before it.
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes the observers after a change.
    fn touch(&self) {
        self.shared.changed.send_modify(|count| *count += 1);
    }
}
