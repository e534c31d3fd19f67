//! `registrar lookup program|courses|requirements|salary|certification|compare NAME…`: what the folder states of a
//! name, as a card or as JSON.
//!
//! ```text
//! $ registrar lookup salary NAME
//! ```

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::check::{OK, OTHER};
use super::open;
use super::output::{Failure, Logging, log, style};
use crate::config::Config;
use crate::lexicon::lookup::NameKind;
use crate::lookup::{Found, Wanted};
use crate::render::lookup::{comparison_json, json};

/// Arguments of `registrar lookup`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  registrar lookup program NAME
  registrar lookup salary --corpus texts --json NAME
  registrar lookup compare \"ONE NAME\" \"ANOTHER NAME\"

A name may be given in part, by its letters, or with a typing error. Every value
has its place; a value that the folder does not state is left out, and in a
comparison it is \"not stated in the source\".

Exit codes: 0 done, 1 no such name (or it could not be done), 2 wrong arguments,
4 config or lexicon.")]
pub struct LookupArgs {
    #[command(subcommand)]
    what: What,
    /// Look it up in this folder of texts as it is now [default: the config's corpus, as indexed]
    #[arg(long, value_name = "DIR", global = true)]
    corpus: Option<PathBuf>,
    /// Print it as one line of JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Everything about a program
    Program(NameArgs),
    /// The courses of a program
    Courses(NameArgs),
    /// What a program or a certification asks for
    Requirements(NameArgs),
    /// What an occupation pays
    Salary(NameArgs),
    /// Everything about a certification, also by its letters
    Certification(NameArgs),
    /// Two or more names side by side; quote a name of several words
    Compare {
        /// The names
        #[arg(required = true, num_args = 2.., value_name = "NAME")]
        names: Vec<String>,
    },
}

#[derive(Debug, Args)]
struct NameArgs {
    /// The name; several words are joined
    #[arg(required = true, value_name = "NAME")]
    name: Vec<String>,
}

/// Runs `registrar lookup`; the result is the exit code.
///
/// # Errors
/// If there is nothing to look it up in, or output fails.
pub fn run(args: &LookupArgs, config: &Config) -> Result<u8, Failure> {
    log(config, Logging::Warnings)?;
    let library = open::library(config, args.corpus.as_deref(), None)?;
    let engine = library.engine();
    let mut out = BufWriter::new(io::stdout().lock());
    let (name, wanted) = match &args.what {
        What::Compare { names } => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let comparison = engine.look_up(|lookup| lookup.compare(&names));
            if args.json {
                writeln!(out, "{}", comparison_json(&comparison)?)?;
            } else {
                out.write_all(style(config).comparison(&comparison).as_bytes())?;
            }
            out.flush()?;
            return Ok(if comparison.cards().count() == names.len() { OK } else { OTHER });
        }
        What::Program(name) => (name, Wanted::Whole(NameKind::Program)),
        What::Courses(name) => (name, Wanted::Courses),
        What::Requirements(name) => (name, Wanted::Requirements),
        What::Salary(name) => (name, Wanted::Salary),
        What::Certification(name) => (name, Wanted::Whole(NameKind::Certification)),
    };
    let found = engine.look_up(|lookup| lookup.find(&name.name.join(" "), wanted));
    if args.json {
        writeln!(out, "{}", json(&found)?)?;
    } else {
        out.write_all(style(config).lookup(&found).as_bytes())?;
    }
    out.flush()?;
    Ok(match found {
        Found::Card(_) => OK,
        Found::Unknown { .. } => OTHER,
    })
}
