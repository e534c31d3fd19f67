//! Why the bot stopped by itself: what is wrong, how to mend it, and the exit code that tells a supervisor whether
//! starting again can help.

/// An end that was not asked for; its text is for the operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// Discord does not know the token.
    #[error(
        "Discord refused the bot's token (close code 4004 or HTTP 401).\n\
         1. Open https://discord.com/developers/applications and choose your application.\n\
         2. On the page \"Bot\", press \"Reset Token\" and copy the new token.\n\
         3. Put it into DISCORD_TOKEN, or into the file that DISCORD_TOKEN_FILE names, and start registrar again."
    )]
    TokenRefused,
    /// Discord does not let the application use the intents it asked for.
    #[error(
        "Discord refused the bot's gateway intents (close code 4013 or 4014).\n\
         1. Open https://discord.com/developers/applications and choose your application.\n\
         2. On the page \"Bot\", under \"Privileged Gateway Intents\", switch on the intents you configured \
         (\"Message Content Intent\" if registrar listens in channels) and save.\n\
         3. Start registrar again. Mentions, direct messages and commands need no privileged intent."
    )]
    IntentsRefused,
    /// A local Discord was configured that is not on this machine.
    #[error(
        "The address of the local Discord is not on this machine, so nothing was sent there.\n\
         Use an http:// address of 127.0.0.1, or remove the setting to use the real Discord."
    )]
    NotLocal,
    /// Discord could not be reached at the start.
    #[error(
        "Discord cannot be reached ({0}).\nCheck the network and https://discordstatus.com, then start registrar again."
    )]
    Unreachable(String),
    /// The gateway gave up or shows no sign of life.
    #[error(
        "The connection to Discord's gateway is dead ({0}).\nStart registrar again; a supervisor does so by itself."
    )]
    GatewayDead(String),
    /// One new session after the other.
    #[error(
        "Discord's gateway ends every session soon after it began.\n\
         Wait some minutes, check https://discordstatus.com and that no second registrar uses this token, then start again."
    )]
    Flapping,
    /// Handlers panic again and again.
    #[error(
        "More than five handlers failed within a minute.\nStart registrar again and report the log lines above."
    )]
    TooManyPanics,
}

impl Stop {
    /// 78 when a person must change something first (a supervisor should not restart), 75 when a restart may help.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::TokenRefused | Self::IntentsRefused | Self::NotLocal => 78,
            Self::Unreachable(_) | Self::GatewayDead(_) | Self::Flapping | Self::TooManyPanics => 75,
        }
    }
}
