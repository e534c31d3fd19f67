//! What a test or the program may choose about the local Discord. No choice makes it kinder than Discord by default.

/// The start of the sandbox's own time when none is given: 2026-01-01T00:00:00Z, in milliseconds since 1970.
const DEFAULT_START_MS: u64 = 1_767_225_600_000;

/// The settings of one local Discord.
#[derive(Debug, Clone)]
pub struct SandboxOptions {
    /// The only token that is accepted, without the `Bot ` prefix.
    pub token: String,
    /// The intents that the application may ask for, as bits. Asking for more closes the gateway with 4014.
    pub intents_allowed: u64,
    /// The heartbeat interval announced in HELLO, in milliseconds.
    pub heartbeat_interval_ms: u64,
    /// Whether a breach of Discord's rules is refused as Discord refuses it. It is recorded either way.
    pub strict: bool,
    /// Whether more than 5 messages in 5 seconds to one channel are answered with 429, as on Discord.
    pub channel_rate_limit: bool,
    /// The sandbox's time at its start, in milliseconds since 1970. It runs on with the monotonic clock.
    pub starts_at_ms: u64,
}

impl Default for SandboxOptions {
    fn default() -> Self {
        SandboxOptions {
            token: "sandbox.local.token".to_owned(),
            intents_allowed: intents::ALL & !intents::PRIVILEGED,
            heartbeat_interval_ms: 41_250,
            strict: true,
            channel_rate_limit: false,
            starts_at_ms: DEFAULT_START_MS,
        }
    }
}

/// The gateway intents that the sandbox knows, as bits.
pub mod intents {
    /// Servers, channels, threads and roles.
    pub const GUILDS: u64 = 1;
    /// Messages in servers.
    pub const GUILD_MESSAGES: u64 = 1 << 9;
    /// Direct messages.
    pub const DIRECT_MESSAGES: u64 = 1 << 12;
    /// The content of messages that do not concern the bot (privileged).
    pub const MESSAGE_CONTENT: u64 = 1 << 15;
    /// Members, presences and message content.
    pub const PRIVILEGED: u64 = (1 << 1) | (1 << 8) | MESSAGE_CONTENT;
    /// Every intent that exists: bits 0-16, 20, 21, 24 and 25.
    pub const ALL: u64 = 0x1_FFFF | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);
}
