//! `registrar index build | diff | status | verify | rollback`: the generations of a data folder, for operators. The work is
//! `library`'s; here it is asked for and put into words.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::check::{DATA_FOLDER, OK, OTHER};
use super::progress::Bar;
use crate::corpus::Problem;
use crate::lexicon::Lexicon;
use crate::library::{self, Library, LibraryError, Places, Rebuild, ReindexReport, readable_time};
use crate::text::cut_at_character;

/// How many paths of one kind of change are named.
const NAMED: usize = 10;
/// An answer is shown up to so many characters.
const SHOWN: usize = 200;

/// Arguments of `registrar index`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  registrar index build                         read the corpus folder, build, check, switch
  registrar index build --corpus texts --force  build although nothing changed
  registrar index diff                          what a build would change
  registrar index status
  registrar index verify                        every byte and every quote
  registrar index rollback                      the generation before the live one; again: forth

A bot that is running notices a new generation by itself within half a minute.
Exit codes: 0 done, 1 could not be done (the message says why), 2 wrong arguments, 5 `verify` found damage.")]
pub struct IndexArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// What to do with the generations.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Build a generation beside the live one, verify it, then switch to it
    Build {
        /// Where.
        #[command(flatten)]
        places: PlaceArgs,
        /// Build even if nothing changed, and switch even if golden questions fail or half of the documents are gone
        #[arg(long)]
        force: bool,
    },
    /// Show what a build would change, and change nothing
    Diff {
        /// Where.
        #[command(flatten)]
        places: PlaceArgs,
    },
    /// Show what is live
    Status {
        /// Where.
        #[command(flatten)]
        places: PlaceArgs,
    },
    /// Check every byte of the kept generations, and every quote of the live one against the corpus folder
    Verify {
        /// Where.
        #[command(flatten)]
        places: PlaceArgs,
    },
    /// Make the generation before the live one live again
    Rollback {
        /// Where.
        #[command(flatten)]
        places: PlaceArgs,
    },
}

/// Where corpus and generations are, if not where the config says.
#[derive(Debug, Clone, Default, Args)]
pub struct PlaceArgs {
    /// Folder of texts [default: as in the config]
    #[arg(long, value_name = "DIR")]
    pub corpus: Option<PathBuf>,
    /// Folder for the generations [default: as in the config]
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

impl PlaceArgs {
    /// These places, and `otherwise` where they say nothing.
    pub fn or(&self, otherwise: &Places) -> Places {
        Places {
            corpus: self.corpus.clone().unwrap_or_else(|| otherwise.corpus.clone()),
            data: self.data.clone().unwrap_or_else(|| otherwise.data.clone()),
        }
    }
}

/// What the config says, and the time.
pub struct Setup {
    /// Where things are unless the arguments say otherwise.
    pub places: Places,
    /// What to build with.
    pub lexicon: Arc<Lexicon>,
    /// As for the engine that serves: golden questions are asked as users ask.
    pub min_confidence: f64,
    /// Seconds since 1970 (UTC).
    pub now: i64,
}

/// Why it could not be done.
#[derive(Debug, thiserror::Error)]
pub enum IndexCommandError {
    /// For the person who asked.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// The output could not be written.
    #[error("The output could not be written: {0}.")]
    Output(#[from] io::Error),
}

/// Runs `registrar index …`; the result is the exit code.
///
/// # Errors
/// If it could not be done; the text is for the operator, the exit code is [`OTHER`].
pub fn run(args: &IndexArgs, setup: &Setup, out: &mut dyn Write) -> Result<u8, IndexCommandError> {
    match &args.action {
        Action::Build { places, force } => build(places.or(&setup.places), *force, setup, out),
        Action::Diff { places } => diff(places.or(&setup.places), setup, out),
        Action::Status { places } => status(&places.or(&setup.places), out),
        Action::Verify { places } => verify(&places.or(&setup.places), out),
        Action::Rollback { places } => roll_back(places.or(&setup.places), setup, out),
    }
}

fn open(places: Places, setup: &Setup, bar: &Bar) -> Result<Library, LibraryError> {
    Library::open(places, Arc::clone(&setup.lexicon), setup.min_confidence, setup.now, bar)
}

fn build(places: Places, force: bool, setup: &Setup, out: &mut dyn Write) -> Result<u8, IndexCommandError> {
    let bar = Bar::new();
    let library = open(places, setup, &bar)?;
    let when = if force { Rebuild::Always } else { Rebuild::IfNeeded };
    let report = match library.built_at_opening() {
        Some(report) => report.clone(),
        None => match library.rebuild(when, setup.now, &bar) {
            Err(LibraryError::Refused(report)) => {
                bar.finish();
                return refused(&report, out);
            }
            report => report?,
        },
    };
    bar.finish();
    let id = &report.generation;
    let size = format!("{}, {}", counted(report.documents, "document"), counted(report.passages, "passage"));
    if report.unchanged {
        writeln!(out, "Nothing has changed: generation {id} stays ({size}).")?;
    } else {
        writeln!(out, "Generation {id} is live: {size}.")?;
        changes(&report, out)?;
        consequences(&report, out)?;
    }
    problems(&report.problems, out)?;
    Ok(OK)
}

fn refused(report: &ReindexReport, out: &mut dyn Write) -> Result<u8, IndexCommandError> {
    writeln!(out, "Nothing was switched:")?;
    for reason in &report.refusals {
        writeln!(out, "  {reason}")?;
    }
    writeln!(
        out,
        "The old generation still serves. Mend the folder, or run `registrar index build --force`."
    )?;
    changes(report, out)?;
    consequences(report, out)?;
    problems(&report.problems, out)?;
    Ok(OTHER)
}

fn diff(places: Places, setup: &Setup, out: &mut dyn Write) -> Result<u8, IndexCommandError> {
    if library::status_of(&places)?.is_none() {
        return none_yet(&places, out);
    }
    let bar = Bar::new();
    let report = open(places, setup, &bar)?.rebuild(Rebuild::Never, setup.now, &bar)?;
    bar.finish();
    if report.unchanged {
        writeln!(out, "A build would change nothing.")?;
    } else {
        let documents = counted(report.documents, "document");
        writeln!(out, "A build would serve {documents}, {}:", counted(report.passages, "passage"))?;
        changes(&report, out)?;
        consequences(&report, out)?;
        for reason in &report.refusals {
            writeln!(out, "It would be refused: {reason}")?;
        }
    }
    problems(&report.problems, out)?;
    Ok(OK)
}

/// What is no longer there, and what is answered otherwise.
fn consequences(report: &ReindexReport, out: &mut dyn Write) -> io::Result<()> {
    if !report.lost.is_empty() {
        writeln!(out, "  no longer there {}: {}", report.lost.len(), named(&report.lost))?;
    }
    let golden = &report.golden;
    if golden.questions > 0 {
        let (right, all) = (golden.right, golden.questions);
        writeln!(
            out,
            "  golden questions right: {right} of {all}, answered otherwise: {}",
            golden.changed.len()
        )?;
    }
    for change in golden.changed.iter().take(NAMED) {
        let verdict = match change.right {
            (true, false) => "no longer right",
            (false, true) => "right now",
            _ => "changed",
        };
        writeln!(out, "    {} ({verdict}): {}", change.id, change.question)?;
        writeln!(out, "      before: {}", cut_at_character(&change.before, SHOWN))?;
        writeln!(out, "      after:  {}", cut_at_character(&change.after, SHOWN))?;
    }
    Ok(())
}

fn none_yet(places: &Places, out: &mut dyn Write) -> Result<u8, IndexCommandError> {
    writeln!(out, "There is no generation in {} yet. Run `registrar index build`.", places.data.display())?;
    Ok(OTHER)
}

fn status(places: &Places, out: &mut dyn Write) -> Result<u8, IndexCommandError> {
    let Some(status) = library::status_of(places)? else {
        return none_yet(places, out);
    };
    writeln!(out, "Live:      {}", status.generation)?;
    writeln!(out, "Built:     {}", readable_time(status.built_at))?;
    writeln!(out, "Documents: {}", status.documents)?;
    writeln!(out, "Passages:  {}", status.passages)?;
    writeln!(out, "Before it: {}", status.previous.as_deref().unwrap_or("none"))?;
    problems(&status.problems, out)?;
    Ok(OK)
}

fn verify(places: &Places, out: &mut dyn Write) -> Result<u8, IndexCommandError> {
    let found = library::verify(places)?;
    if found.is_empty() {
        return none_yet(places, out);
    }
    for (place, check) in found.iter().enumerate() {
        let role = if place == 0 { "live" } else { "the one before" };
        let result = if check.faults.is_empty() { "whole" } else { "DAMAGED" };
        let (id, files, bytes) = (&check.generation, check.files, check.bytes);
        let files = counted(files, "file");
        writeln!(out, "{id} ({role}): {result}, {files}, {bytes} bytes")?;
        for fault in &check.faults {
            writeln!(out, "  {fault}")?;
        }
        if place == 0 && check.faults.is_empty() {
            let quotes = counted(check.quotes, "quote");
            writeln!(out, "  {quotes} checked, byte for byte.")?;
        }
        if !check.changed_since.is_empty() {
            let files = named(&check.changed_since);
            writeln!(
                out,
                "  Changed or gone since it was built, so not compared with: {files}. Run `registrar index build`."
            )?;
        }
    }
    let damaged = found.iter().any(|check| !check.faults.is_empty());
    if damaged {
        writeln!(out, "Run `registrar index build` to replace what is damaged.")?;
    }
    Ok(if damaged { DATA_FOLDER } else { OK })
}

fn roll_back(places: Places, setup: &Setup, out: &mut dyn Write) -> Result<u8, IndexCommandError> {
    if library::status_of(&places)?.is_none() {
        return none_yet(&places, out);
    }
    let bar = Bar::new();
    let report = open(places, setup, &bar)?.rollback(setup.now)?;
    bar.finish();
    let documents = counted(report.documents, "document");
    writeln!(out, "Generation {} is live again: {documents}.", report.generation)?;
    changes(&report, out)?;
    Ok(OK)
}

fn changes(report: &ReindexReport, out: &mut dyn Write) -> io::Result<()> {
    let kinds = [("added", &report.added), ("changed", &report.changed), ("removed", &report.removed)];
    for (kind, paths) in kinds.into_iter().filter(|(_, paths)| !paths.is_empty()) {
        writeln!(out, "  {kind} {}: {}", paths.len(), named(paths))?;
    }
    Ok(())
}

fn problems(problems: &[Problem], out: &mut dyn Write) -> io::Result<()> {
    if !problems.is_empty() {
        let left_out = problems.iter().filter(|problem| problem.skipped).count() as u64;
        let (found, left_out) = (counted(problems.len() as u64, "problem"), counted(left_out, "file"));
        writeln!(out, "{found}, {left_out} left out; `registrar check` lists them.")?;
    }
    Ok(())
}

/// `1 file`, `2 files`.
pub(super) fn counted(number: u64, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

fn named(paths: &[String]) -> String {
    let shown = paths.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    let more = paths.len().saturating_sub(NAMED);
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}
