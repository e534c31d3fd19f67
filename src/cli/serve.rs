//! `registrar serve` and `registrar sandbox`: the bot over Discord, or over the local Discord of this process with a
//! plain terminal as its front. The bot is `discord`'s, the local Discord `sandbox`'s; here they are put together.

use std::future::Future;
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroU32;
use std::sync::Arc;

use secrecy::SecretString;
use tokio::sync::oneshot;

use super::open;
use super::output::{Failure, Logging, log};
use super::progress::Bar;
use crate::config::{Config, Token};
use crate::discord::{self, Settings};
use crate::library::Library;
use crate::sandbox::{self, Echo, Sandbox, SandboxOptions, world};
use crate::store::{self, Place};

/// Runs `registrar serve`: Discord with a token, the sandbox without.
pub(super) fn serve(config: &Config) -> Result<u8, Failure> {
    let Some(token) = config.token()? else {
        let notice =
            "There is no token (DISCORD_TOKEN is not set), so this is not Discord but the local sandbox.";
        writeln!(io::stderr(), "{notice}")?;
        return sandbox(config);
    };
    log(config, Logging::AsConfigured)?;
    discord::hide_panic_payloads();
    let library = open::library(config, None, None)?;
    let runtime = runtime()?;
    let result = runtime.block_on(discord(config, token, library));
    // A question that is still being answered after the time to drain is not waited for.
    runtime.shutdown_background();
    result
}

async fn discord(config: &Config, token: Token, library: Library) -> Result<u8, Failure> {
    tracing::info!(token = token.origin, config = config.origin(), "connecting to Discord");
    let settings = Settings::from_config(token.secret, config);
    let store = store::open(&Place::File(config.store_file())).await?;
    discord::run(settings, Arc::new(library), store, told_to_leave()?).await?;
    Ok(0)
}

/// Runs `registrar sandbox`.
pub(super) fn sandbox(config: &Config) -> Result<u8, Failure> {
    log(config, Logging::Warnings)?;
    discord::hide_panic_payloads();
    let library = open::live(config, None)?;
    // Whoever tries the bot out expects the folder as it is; what cannot be reindexed is served as it was.
    let bar = Bar::new();
    if let Err(error) = library.reindex(open::now(), &bar) {
        tracing::warn!("{error}");
    }
    bar.finish();
    let runtime = runtime()?;
    let result = runtime.block_on(conversation(config, library));
    // A thread may still be waiting for a line of standard input.
    runtime.shutdown_background();
    result
}

/// The bot and the terminal, until one of them ends.
async fn conversation(config: &Config, library: Library) -> Result<u8, Failure> {
    let local = Sandbox::start(SandboxOptions::default()).await?;
    let mut settings = Settings::from_config(SecretString::from(local.token()), config);
    settings.local = Some(local.api_base());
    settings.discord.development_server = None;
    // Here everybody may try everything.
    settings.discord.corpus_servers = vec![world::GUILD];
    let echo = if io::stdin().is_terminal() { Echo::Prompt } else { Echo::Repeat };
    if matches!(echo, Echo::Repeat) {
        // Lines of a file come faster than anybody types; the cooldown is for people.
        settings.discord.questions_per_user = NonZeroU32::MAX;
        settings.discord.questions_per_server = NonZeroU32::MAX;
    }
    let (leave, left) = oneshot::channel::<()>();
    // An error means that the sender is gone, which is as good as being told.
    let shutdown = async { left.await.unwrap_or(()) };
    // A server of make-believe: what is chosen in it ends with it.
    let store = store::open(&Place::Memory).await?;
    let mut bot = tokio::spawn(discord::run(settings, Arc::new(library), store, shutdown));
    let leaving = told_to_leave()?;
    let said = tokio::select! {
        said = sandbox::terminal(&local, sandbox::standard_input(), io::stdout(), echo) => said,
        ended = &mut bot => {
            let stop = ended.map_err(|_| Failure::new(1, "The bot failed. Report the lines above."))?;
            return stop.map(|()| 0).map_err(Failure::from);
        }
        () = leaving => Ok(()),
    };
    let _ = leave.send(());
    // How it leaves does not matter any more: the conversation is over.
    let _ = bot.await;
    local.stop().await;
    Ok(said.map(|()| 0)?)
}

fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

/// Resolves when the process is told to end: Ctrl-C, or SIGTERM where there is one.
#[cfg(unix)]
fn told_to_leave() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Resolves when the process is told to end: Ctrl-C, or SIGTERM where there is one.
#[cfg(not(unix))]
fn told_to_leave() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
