//! `registrar ask QUESTION`: one answer as a card or as JSON; `--batch` hands over to [`super::batch`].
//!
//! ```text
//! $ registrar ask how long does it take
//! Two years.
//! ```

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use serde_json::Value;

use super::output::{Failure, Logging, log, style};
use super::{batch, open};
use crate::answer::Conversation;
use crate::config::Config;
use crate::render::json;

/// Arguments of `registrar ask`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  registrar ask how long does the program take
  registrar ask --why \"what does it cost?\"
  registrar ask --corpus texts --json \"what does it cost?\"
  echo '{\"id\":\"q1\",\"question\":\"what does it cost?\"}' | registrar ask --batch -

A batch has one JSON object a line:
  {\"id\": …, \"question\": \"…\", \"conversation\": \"…\" or null}
Lines with the same conversation share its memory. Each gives one line, at once.
With --corpus, the folder is read as it is now and its index is kept in a cache;
without, the answer comes from the generation that `registrar index` built.

Exit codes: 0 handled (also without an answer, and when lines of a batch were no
questions), 1 could not be done, 2 wrong arguments, 4 config or lexicon.")]
pub struct AskArgs {
    /// The question; several words are joined
    #[arg(required_unless_present = "batch", conflicts_with = "batch", value_name = "QUESTION")]
    pub question: Vec<String>,
    /// Show what was understood and why this answer won
    #[arg(long, conflicts_with_all = ["json", "batch"])]
    pub why: bool,
    /// Print the answer as one line of JSON
    #[arg(long)]
    pub json: bool,
    /// Answer the questions of a file of JSON lines; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub batch: Option<PathBuf>,
    /// Where from, and how sure.
    #[command(flatten)]
    pub from: FromArgs,
}

/// Where answers come from, and how sure they must be.
#[derive(Debug, Clone, Args)]
pub struct FromArgs {
    /// Answer from this folder of texts as it is now [default: the config's corpus, as indexed]
    #[arg(long, value_name = "DIR")]
    pub corpus: Option<PathBuf>,
    /// Answer from this confidence on, 0 to 1; 0: always the best candidate [default: as in the config]
    #[arg(long, value_name = "F", value_parser = probability)]
    pub min_confidence: Option<f64>,
}

/// A number from 0 to 1.
pub(super) fn probability(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "this must be a number from 0 to 1".to_owned())
}

/// Runs `registrar ask`; the result is the exit code.
///
/// # Errors
/// If there is nothing to answer from, or input or output fail.
pub fn run(args: &AskArgs, config: &Config) -> Result<u8, Failure> {
    log(config, Logging::Warnings)?;
    // Opened before the library, so that a wrong name is told at once.
    let questions = args.batch.as_deref().map(questions).transpose()?;
    let library = open::library(config, args.from.corpus.as_deref(), args.from.min_confidence)?;
    let engine = library.engine();
    let mut out = BufWriter::new(io::stdout().lock());
    if let Some(mut questions) = questions {
        batch::run(&engine, &mut questions, &mut out, &open::now)?;
        return Ok(0);
    }
    let question = args.question.join(" ");
    let started = Instant::now();
    let answer = engine.ask(&question, &Conversation::default(), open::now());
    if args.json {
        writeln!(out, "{}", json::answer(&Value::Null, &answer, batch::microseconds(started))?)?;
    } else {
        let style = style(config);
        out.write_all(style.card(&answer).as_bytes())?;
        if args.why {
            write!(out, "\n{}", style.why(&answer))?;
        }
    }
    out.flush()?;
    Ok(0)
}

/// The lines of a batch.
fn questions(file: &std::path::Path) -> Result<Box<dyn io::BufRead>, Failure> {
    if file.as_os_str() == "-" {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let opened = File::open(file).and_then(|opened| match opened.metadata()?.is_dir() {
        true => Err(io::Error::other("it is a folder")),
        false => Ok(opened),
    });
    let opened = opened.map_err(|error| {
        let file = file.display();
        Failure::new(
            1,
            format!("The questions in {file} cannot be read: {error}. Name a file of JSON lines, or `-`."),
        )
    })?;
    Ok(Box::new(BufReader::new(opened)))
}
