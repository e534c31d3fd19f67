//! What every subcommand shares of its way out: failures and their exit codes, the log, the style of the terminal.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use tracing_subscriber::Layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::check::{CONFIG, OTHER, STUCK};
use super::index::IndexCommandError;
use crate::config::{Config, ConfigError, LogFormat};
use crate::discord;
use crate::lexicon::LexiconError;
use crate::library::LibraryError;
use crate::render::terminal::Style;
use crate::store::StoreError;

/// Why the program ends early: an exit code and a text for standard error, empty when nothing is to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub code: u8,
    /// What is wrong and what to do.
    pub message: String,
}

impl Failure {
    /// A failure with its exit code and text.
    pub fn new(code: u8, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl From<io::Error> for Failure {
    /// A reader that has seen enough (`| head`) is no failure.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::new(0, ""),
            _ => Self::new(OTHER, format!("Input or output failed: {error}.")),
        }
    }
}

impl From<LibraryError> for Failure {
    fn from(error: LibraryError) -> Self {
        Self::new(OTHER, error.to_string())
    }
}

impl From<IndexCommandError> for Failure {
    fn from(error: IndexCommandError) -> Self {
        match error {
            IndexCommandError::Library(error) => error.into(),
            IndexCommandError::Output(error) => error.into(),
        }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(CONFIG, error.to_string())
    }
}

impl From<LexiconError> for Failure {
    fn from(error: LexiconError) -> Self {
        Self::new(CONFIG, error.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::new(STUCK, error.to_string())
    }
}

impl From<discord::Stop> for Failure {
    fn from(stop: discord::Stop) -> Self {
        Self::new(stop.exit_code(), stop.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::new(OTHER, format!("The answer could not be written as JSON: {error}."))
    }
}

impl From<clap::Error> for Failure {
    /// Help and version are no failures either; clap prints all of them itself, with its colours.
    fn from(error: clap::Error) -> Self {
        let code = u8::try_from(error.exit_code()).unwrap_or(OTHER);
        match error.print() {
            Ok(()) => Self::new(code, ""),
            Err(error) => error.into(),
        }
    }
}

/// Says what is to be said, and gives the exit code.
pub(super) fn exit_code(result: Result<u8, Failure>) -> ExitCode {
    let code = result.unwrap_or_else(|failure| {
        if !failure.message.is_empty() {
            // There is nobody left to tell when standard error is closed.
            let _ = writeln!(io::stderr(), "{}", failure.message);
        }
        failure.code
    });
    ExitCode::from(code)
}

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Logging {
    /// What the config says: for the bot, which runs unwatched.
    AsConfigured,
    /// Warnings: for commands whose output somebody reads.
    Warnings,
}

/// Starts the log on standard error.
pub(super) fn log(config: &Config, logging: Logging) -> Result<(), Failure> {
    let directives = match logging {
        Logging::AsConfigured => config.log.filter.as_str(),
        Logging::Warnings => "warn",
    };
    let filter = discord::filter(directives).map_err(|error| {
        let message = format!("log.filter = {directives:?} cannot be used: {error}. Try \"info\".");
        Failure::new(CONFIG, message)
    })?;
    let colour = io::stderr().is_terminal() && !config.environment.no_colour;
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(colour);
    let lines = match config.log.format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().boxed(),
    };
    // Fails only if a log was started before; then that one goes on.
    let _ = tracing_subscriber::registry().with(lines.with_filter(filter)).try_init();
    Ok(())
}

/// How to write answers to standard output.
pub(super) fn style(config: &Config) -> Style {
    const ELSEWHERE: usize = 100;
    let terminal = io::stdout().is_terminal();
    let width = terminal.then(terminal_size::terminal_size).flatten();
    Style {
        width: width.map_or(ELSEWHERE, |(width, _)| usize::from(width.0)),
        colour: terminal && !config.environment.no_colour,
    }
}
