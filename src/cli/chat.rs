//! `registrar chat`: question after question in one conversation, with the cards of `render::terminal`. On a terminal
//! lines can be edited and repeated; else they are read as they come.
//!
//! ```text
//! > how long does it take?
//! Two years.
//! > /why
//! ```

use std::io::{self, BufRead, IsTerminal, Write};

use clap::Args;
use rustyline::error::ReadlineError;

use super::ask::FromArgs;
use super::open;
use super::output::{Failure, Logging, log, style};
use crate::answer::{Answer, Conversation};
use crate::config::Config;
use crate::engine::Engine;
use crate::render::terminal::Style;

/// Arguments of `registrar chat`.
#[derive(Debug, Args)]
#[command(after_help = "\
In the conversation: /why explains the last answer, /more shows all its quotes,
/quit (or Ctrl-D) leaves.

Example:
  registrar chat --corpus texts

Exit codes: 0 left, 1 could not be done, 2 wrong arguments, 4 config or lexicon.")]
pub struct ChatArgs {
    /// Where from, and how sure.
    #[command(flatten)]
    pub from: FromArgs,
}

const HELP: &str =
    "Ask a question. /why explains the last answer, /more shows all its quotes, /quit leaves.\n";

/// Runs `registrar chat`; the result is the exit code.
///
/// # Errors
/// If there is nothing to answer from, or input or output fail.
pub fn run(args: &ChatArgs, config: &Config) -> Result<u8, Failure> {
    log(config, Logging::Warnings)?;
    let library = open::library(config, args.from.corpus.as_deref(), args.from.min_confidence)?;
    let mut chat = Chat::new(library.engine(), style(config));
    let mut out = io::stdout().lock();
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        edited(&mut chat, &mut out)?;
    } else {
        plain(&mut chat, &mut io::stdin().lock(), &mut out)?;
    }
    Ok(0)
}

fn edited(chat: &mut Chat, out: &mut dyn Write) -> Result<(), Failure> {
    let mut editor = rustyline::DefaultEditor::new()
        .map_err(|error| Failure::new(1, format!("The terminal failed: {error}.")))?;
    out.write_all(HELP.as_bytes())?;
    loop {
        match editor.readline("> ") {
            Ok(line) => {
                // A line that cannot be remembered can still be answered.
                let _ = editor.add_history_entry(line.as_str());
                let Some(reply) = chat.reply(&line, open::now()) else { return Ok(()) };
                writeln!(out, "{reply}")?;
            }
            Err(ReadlineError::Interrupted | ReadlineError::Eof) => return Ok(()),
            Err(error) => return Err(Failure::new(1, format!("The terminal failed: {error}."))),
        }
    }
}

fn plain(chat: &mut Chat, input: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<()> {
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let Some(reply) = chat.reply(&String::from_utf8_lossy(&line), open::now()) else { break };
        writeln!(out, "{reply}")?;
        out.flush()?;
        line.clear();
    }
    Ok(())
}

/// One conversation.
struct Chat {
    engine: std::sync::Arc<Engine>,
    style: Style,
    conversation: Conversation,
    last: Option<Answer>,
}

impl Chat {
    fn new(engine: std::sync::Arc<Engine>, style: Style) -> Self {
        Self { engine, style, conversation: Conversation::default(), last: None }
    }

    /// What to say to a line, with its line end; `None` to leave.
    fn reply(&mut self, line: &str, now: i64) -> Option<String> {
        let line = line.trim();
        let nothing_yet = || "Ask a question first.\n".to_owned();
        Some(match line {
            "" => String::new(),
            "/quit" | "/exit" | "/q" => return None,
            "/why" => self.last.as_ref().map_or_else(nothing_yet, |answer| self.style.why(answer)),
            "/more" => self.last.as_ref().map_or_else(nothing_yet, |answer| self.style.more(answer)),
            command if command.starts_with('/') => HELP.to_owned(),
            question => {
                let answer = self.engine.ask(question, &self.conversation, now);
                self.conversation.push(answer.turn.clone());
                let card = self.style.card(&answer);
                self.last = Some(answer);
                card
            }
        })
    }
}
