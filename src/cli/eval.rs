//! `registrar eval FILE…`: scores the engine on question files and prints the report. The scoring is `eval`'s.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::ask::{FromArgs, probability};
use super::check::{OK, OTHER};
use super::open;
use super::output::{Failure, Logging, log};
use crate::config::Config;
use crate::engine::Engine;
use crate::eval::compare::{Run, changes};
use crate::eval::metrics::Totals;
use crate::eval::report::{Thresholds, report};
use crate::eval::truth::Files;
use crate::eval::{self, questions};

/// Exit code: a threshold was missed.
const BELOW: u8 = 2;

/// Arguments of `registrar eval`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  registrar eval questions.jsonl --corpus texts
  registrar eval questions.jsonl --corpus texts --json run.json
  registrar eval questions.jsonl --corpus texts --compare run.json --verbose
  registrar eval questions.jsonl --corpus texts --min-right 0.9 --max-false 0.03

A question file has one JSON object a line, or [[question]] tables when it is
called *.toml:
  {\"id\": \"q1\", \"question\": \"what does it cost?\", \"gold\": [\"$2,340\"],
   \"document\": \"welding.txt\", \"kind\": \"value\"}
(on one line). More keys: answerable (default true), list, forbidden, documents,
conversation, clarify, note.

Exit codes: 0 done, 1 could not be done, 2 below a threshold (or wrong
arguments), 4 config or lexicon.")]
pub struct EvalArgs {
    /// Question files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Where from, and how sure.
    #[command(flatten)]
    pub from: FromArgs,
    /// Write the run to a file, for a later --compare
    #[arg(long, value_name = "OUT")]
    pub json: Option<PathBuf>,
    /// Show what got better or worse since this run
    #[arg(long, value_name = "EARLIER")]
    pub compare: Option<PathBuf>,
    /// Fail below this share of right first answers
    #[arg(long, value_name = "F", value_parser = probability)]
    pub min_right: Option<f64>,
    /// Fail above this share of answers to what the folder cannot answer
    #[arg(long, value_name = "F", value_parser = probability)]
    pub max_false: Option<f64>,
    /// Fail below this share of true citations
    #[arg(long, value_name = "F", value_parser = probability)]
    pub min_citation_truth: Option<f64>,
    /// Fit the ranking weights to these questions and print them, instead of scoring; each file is asked over --corpus, else
    /// over the folder `corpus` beside it
    #[arg(long)]
    pub fit: bool,
    /// Fit the trees of confidence to these questions, asked as for --fit, and write them to a file
    #[arg(long, value_name = "OUT", conflicts_with = "fit")]
    pub trees: Option<PathBuf>,
    /// Show every failure
    #[arg(long)]
    pub verbose: bool,
}

/// Examples of each sort of failure.
const EXAMPLES: usize = 3;

/// Runs `registrar eval`; the result is the exit code.
///
/// # Errors
/// If a file cannot be read or written, or there is nothing to answer from.
pub fn run(args: &EvalArgs, config: &Config) -> Result<u8, Failure> {
    log(config, Logging::Warnings)?;
    let texts: Vec<(String, String)> = args
        .files
        .iter()
        .map(|file| Ok((file.display().to_string(), read(file)?)))
        .collect::<Result<_, Failure>>()?;
    let questions = questions::parse(&texts).map_err(|error| Failure::new(OTHER, error.to_string()))?;
    if args.fit || args.trees.is_some() {
        return fit(args, config, &texts);
    }
    let earlier = args.compare.as_deref().map(earlier).transpose()?;

    let library = open::library(config, args.from.corpus.as_deref(), args.from.min_confidence)?;
    let engine = library.engine();
    let candidates = Engine::new(engine.snapshot(), Arc::clone(&open::lexicon(config)?), 0.0);
    let files = Files::new(&library.places().corpus);
    let results = eval::run(&engine, &candidates, &questions, &files, open::now());

    let mut out = io::stdout().lock();
    let examples = if args.verbose { usize::MAX } else { EXAMPLES };
    out.write_all(report(&results, examples).as_bytes())?;
    let run = Run {
        min_confidence: args.from.min_confidence.unwrap_or(config.answers.min_confidence),
        generation: engine.snapshot().id.clone(),
        totals: Totals::of(&results),
        results,
    };
    if let Some(earlier) = &earlier {
        write!(out, "\n{}", changes(earlier, &run))?;
    }
    if let Some(path) = &args.json {
        let text = serde_json::to_string_pretty(&run)? + "\n";
        write(path, &text)?;
    }
    let thresholds = Thresholds {
        min_right: args.min_right,
        max_false: args.max_false,
        min_citation_truth: args.min_citation_truth,
    };
    let missed = thresholds.missed(&run.totals);
    for sentence in &missed {
        writeln!(out, "MISSED  {sentence}")?;
    }
    Ok(if missed.is_empty() { OK } else { BELOW })
}

/// Fits to every file over its folder: `--corpus`, else the folder `corpus` beside the file.
fn fit(args: &EvalArgs, config: &Config, texts: &[(String, String)]) -> Result<u8, Failure> {
    let lexicon = open::lexicon(config)?;
    let mut sets = Vec::new();
    for (file, text) in args.files.iter().zip(texts) {
        let questions = questions::parse(std::slice::from_ref(text))
            .map_err(|error| Failure::new(OTHER, error.to_string()))?;
        let beside = file.parent().unwrap_or(Path::new(".")).join("corpus");
        let corpus = args.from.corpus.as_deref().unwrap_or(&beside);
        let library = open::library(config, Some(corpus), args.from.min_confidence)?;
        sets.push((Engine::new(library.engine().snapshot(), Arc::clone(&lexicon), 0.0), questions));
    }
    let report = match &args.trees {
        None => eval::fit::weights(&sets, &lexicon, open::now()),
        Some(path) => {
            let (report, trees) = eval::fit::trees(&sets, &lexicon, open::now());
            write(path, &trees)?;
            report
        }
    };
    io::stdout().lock().write_all(report.as_bytes())?;
    Ok(OK)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| {
        Failure::new(OTHER, format!("{} cannot be written: {error}. Name another file.", path.display()))
    })
}

fn read(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file)
        .map_err(|error| Failure::new(OTHER, format!("{} cannot be read: {error}.", file.display())))
}

fn earlier(file: &Path) -> Result<Run, Failure> {
    serde_json::from_str(&read(file)?).map_err(|error| {
        let file = file.display();
        Failure::new(OTHER, format!("{file} is no run of `registrar eval --json`: {error}."))
    })
}
