//! What the bot needs to know before it starts, as plain values. Where they come from is the config's business.

use std::time::Duration;

use secrecy::SecretString;

use crate::config::{self, Config};

/// A burst of a thousand questions finds room; what waits here is small.
const QUEUE: u32 = 1_024;

/// The bot's settings; `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The bot's token, without the `Bot ` prefix.
    pub token: SecretString,
    /// A local Discord's address (`http://127.0.0.1:PORT`) instead of the real one. Anything but loopback is refused.
    pub local: Option<String>,
    /// A stand-in on this machine for the host of attachments; their addresses must be Discord's all the same.
    pub local_cdn: Option<String>,
    /// Whether changes in the folder are taken up by themselves.
    pub watch: bool,
    /// For so many days it is kept what moderators did to the corpus.
    pub audit_days: u32,
    /// `[discord]` of the config.
    pub discord: config::Discord,
    /// So many events are worked on or wait at once; more are turned away visibly.
    pub queue: u32,
    /// Deadlines.
    pub timing: Timing,
    /// An HTTP client to use instead of the bot's own (a test that stands in for discord.com brings its certificate).
    pub client: Option<reqwest::Client>,
}

impl Settings {
    /// Settings for the real Discord with a token and defaults for everything else.
    pub fn new(token: SecretString) -> Self {
        Self {
            token,
            local: None,
            local_cdn: None,
            watch: false,
            audit_days: config::Store::default().audit_days.get(),
            discord: config::Discord::default(),
            queue: QUEUE,
            timing: Timing::default(),
            client: None,
        }
    }

    /// What the config says, with the token that came with it.
    pub fn from_config(token: SecretString, config: &Config) -> Self {
        let local = config.environment.local_discord.clone();
        let watch = config.corpus.watch;
        let audit_days = config.store.audit_days.get();
        Self { local, watch, audit_days, discord: config.discord.clone(), ..Self::new(token) }
    }

    /// What moderators did up to this time is no longer kept.
    pub fn deeds_since(&self, now: i64) -> i64 {
        now.saturating_sub(i64::from(self.audit_days) * 24 * 3_600)
    }
}

/// How long the bot waits for what.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// For a connection to Discord's HTTP interface.
    pub connect: Duration,
    /// For one HTTP request, from its first byte to its last.
    pub attempt: Duration,
    /// For a message to be sent, all tries and pauses together.
    pub send: Duration,
    /// From an interaction's arrival to its first response; Discord gives up after 3 s.
    pub first_response: Duration,
    /// How long an interaction may be worked on before it is told that an answer will come.
    pub think: Duration,
    /// For one answer of the engine.
    pub answer: Duration,
    /// For an attachment, from the first byte to the last.
    pub download: Duration,
    /// Between two looks at how far a reindex is.
    pub progress: Duration,
    /// Between two looks at whether another process has built a generation.
    pub follow: Duration,
    /// For work under way when the bot is told to leave.
    pub drain: Duration,
    /// For the gateway to be closed.
    pub close: Duration,
    /// The gateway's thread that does not react for so long is stuck.
    pub stuck: Duration,
    /// A shard that shows no sign of life for so long is dead.
    pub silence: Duration,
    /// More than this many new sessions in ten minutes are a loop, not a connection.
    pub sessions: usize,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            attempt: Duration::from_secs(4),
            send: Duration::from_secs(10),
            first_response: Duration::from_millis(2_800),
            think: Duration::from_millis(1_500),
            answer: Duration::from_secs(30),
            download: Duration::from_secs(30),
            progress: Duration::from_secs(2),
            follow: Duration::from_secs(15),
            drain: Duration::from_secs(5),
            close: Duration::from_secs(2),
            stuck: Duration::from_secs(5),
            // Discord's heartbeat interval is about 41 s, and serenity itself renews a connection after two of them.
            silence: Duration::from_secs(150),
            sessions: 10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_token() {
        let settings = Settings::new(SecretString::from("very.secret.token"));
        assert!(!format!("{settings:?}").contains("secret.token"));
    }
}
