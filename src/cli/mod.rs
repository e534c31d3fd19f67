//! The command line: `registrar serve | sandbox | chat | ask | lookup | index | check | eval`. It reads arguments, calls one
//! plain function per subcommand and turns results into output and exit codes; it decides nothing about answers.

pub mod ask;
pub mod batch;
pub mod chat;
pub mod check;
pub mod eval;
pub mod index;
pub mod lookup;
pub mod open;
mod output;
pub mod progress;
mod serve;
mod token_argument;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::library::Places;

pub use output::Failure;

/// Answers questions about degree programs from a folder of texts, with the passage that proves each answer
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "\
Examples:
  registrar                      the bot; without a token: a local Discord to try it in
  registrar ask how long does the program take
  registrar ask --corpus texts --json \"what does it cost?\"
  registrar chat

The token comes from DISCORD_TOKEN, or from the file that DISCORD_TOKEN_FILE
names; never from an argument. NO_COLOR switches colours off.

Exit codes: 0 done (an `ask` that finds no answer is done, too)
  1 could not be done; the message says why
  2 wrong arguments, or `eval` below a threshold
  3 files of the corpus need attention (`check`)
  4 config, lexicon or token cannot be used
  5 the data folder cannot be used (`check`, `index verify`)
  75 Discord failed, a restart may help
  78 Discord refused, or the store cannot be used: a person must change something first"
)]
struct Arguments {
    /// Config file [default: registrar.toml, else config/registrar.toml, else all defaults]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// One subcommand each; none at all is `serve`.
#[derive(Debug, Subcommand)]
enum Command {
    /// Serve Discord; without a token, say so and open the sandbox (this is what `registrar` alone does)
    Serve,
    /// Talk to the bot over a local Discord in this process, with no account and no network
    Sandbox,
    /// Ask question after question in the terminal; follow-ups are understood
    Chat(chat::ChatArgs),
    /// Answer one question, or a batch of them as JSON lines
    Ask(ask::AskArgs),
    /// Look up a program, its courses or requirements, a salary, a certification; or compare
    Lookup(lookup::LookupArgs),
    /// Build, show, verify or roll back the index
    Index(index::IndexArgs),
    /// Check corpus, config, token and disk before the bot starts
    Check(check::CheckArgs),
    /// Score the engine on question files; fails below a threshold
    Eval(eval::EvalArgs),
}

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let result = match token_argument::refusal(&arguments) {
        Some(refusal) => Err(Failure::new(2, refusal)),
        None => Arguments::try_parse_from(arguments).map_err(Failure::from).and_then(run),
    };
    output::exit_code(result)
}

fn run(arguments: Arguments) -> Result<u8, Failure> {
    let command = arguments.command.unwrap_or(Command::Serve);
    let config = Config::load(arguments.config.as_deref());
    if let Command::Check(args) = command {
        return examine(&args, config);
    }
    let config = config?;
    match command {
        Command::Serve => serve::serve(&config),
        Command::Sandbox => serve::sandbox(&config),
        Command::Chat(args) => chat::run(&args, &config),
        Command::Ask(args) => ask::run(&args, &config),
        Command::Lookup(args) => lookup::run(&args, &config),
        Command::Index(args) => {
            output::log(&config, output::Logging::Warnings)?;
            let setup = index::Setup {
                places: open::places(&config),
                lexicon: open::lexicon(&config)?,
                min_confidence: config.answers.min_confidence,
                now: open::now(),
            };
            Ok(index::run(&args, &setup, &mut std::io::stdout().lock())?)
        }
        Command::Check(args) => examine(&args, Ok(config)),
        Command::Eval(args) => eval::run(&args, &config),
    }
}

/// `registrar check` says what is wrong with the config instead of ending because of it.
fn examine(
    args: &check::CheckArgs,
    config: Result<Config, crate::config::ConfigError>,
) -> Result<u8, Failure> {
    let defaults = Config::default();
    let usable = config.as_ref().unwrap_or(&defaults);
    let token = match usable.token() {
        Ok(Some(token)) => check::Token::Present(token.origin),
        Ok(None) => check::Token::Missing,
        Err(error) => check::Token::Unusable(error.to_string()),
    };
    let loaded = check::Loaded {
        places: Places { corpus: usable.corpus.path.clone(), data: usable.data.path.clone() },
        lexicon: open::lexicon(usable).map_err(|failure| failure.message),
        config: config.as_ref().map(Config::origin).map_err(ToString::to_string),
        token,
        store: usable.store_file(),
    };
    Ok(check::run(args, &loaded, &mut std::io::stdout().lock())?)
}
