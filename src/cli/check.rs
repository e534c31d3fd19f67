//! `registrar check`, the doctor: everything that must be right before the bot starts, one line each, and an exit code
//! that says which kind of thing is wrong. It changes nothing, and asks nothing of Discord.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::index::{PlaceArgs, counted};
use crate::corpus::Problem;
use crate::lexicon::Lexicon;
use crate::library::{self, Places};
use crate::store::{self, Place};

/// Exit code: all is well, or done.
pub const OK: u8 = 0;
/// Exit code: anything that has no code of its own; clap uses 2 for wrong arguments.
pub const OTHER: u8 = 1;
/// Exit code: files of the corpus folder need attention.
pub const CORPUS: u8 = 3;
/// Exit code: the config, a lexicon file or the token cannot be used.
pub const CONFIG: u8 = 4;
/// Exit code: the data folder cannot be used, or what is in it is damaged.
pub const DATA_FOLDER: u8 = 5;

/// Exit code: a person must change something before another start can help; here: the store cannot be used.
pub const STUCK: u8 = 78;

/// Arguments of `registrar check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  registrar check
  registrar check --corpus texts

Exit codes: 0 all is well, 2 wrong arguments, 3 files of the corpus need attention, 4 config, lexicon or token,
5 data folder, 78 store. If several apply: the first of 4, 78, 5, 3.")]
pub struct CheckArgs {
    /// Where.
    #[command(flatten)]
    pub places: PlaceArgs,
}

/// Whether there is a Discord token; never the token itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// None is set: the bot opens the local sandbox instead.
    Missing,
    /// There is one, and where it comes from.
    Present(String),
    /// It is set and cannot be used: why, and what to do.
    Unusable(String),
}

/// What was loaded before the check began, or why it could not be.
pub struct Loaded {
    /// Where things are unless the arguments say otherwise.
    pub places: Places,
    /// Where the config comes from; else what is wrong with it.
    pub config: Result<String, String>,
    /// The lexicon; else what is wrong with it.
    pub lexicon: Result<Arc<Lexicon>, String>,
    /// Whether there is a token.
    pub token: Token,
    /// The file of the store.
    pub store: PathBuf,
}

/// How a finding is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grade {
    Good,
    Note,
    Bad(u8),
}

struct Finding {
    grade: Grade,
    about: &'static str,
    text: String,
}

/// Runs `registrar check`; the result is the exit code.
pub fn run(args: &CheckArgs, loaded: &Loaded, out: &mut dyn Write) -> io::Result<u8> {
    let places = args.places.or(&loaded.places);
    let mut findings = vec![config(&loaded.config), token(&loaded.token)];
    match &loaded.lexicon {
        Ok(lexicon) => {
            findings.push(finding(Grade::Good, "lexicon", "loaded".to_owned()));
            findings.extend(corpus(&places, lexicon));
        }
        Err(error) => findings.push(finding(Grade::Bad(CONFIG), "lexicon", error.clone())),
    }
    findings.push(data_folder(&places.data));
    findings.extend(free_space(&places));
    findings.extend(generations(&places));
    findings.push(store(&loaded.store, &places.data));
    for Finding { grade, about, text } in &findings {
        let mark = match grade {
            Grade::Good => "ok",
            Grade::Note => "note",
            Grade::Bad(_) => "BAD",
        };
        writeln!(out, "{mark:<4}  {about:<11}  {text}")?;
    }
    Ok(exit_code(&findings))
}

fn exit_code(findings: &[Finding]) -> u8 {
    let has = |code: &u8| findings.iter().any(|finding| finding.grade == Grade::Bad(*code));
    [CONFIG, STUCK, DATA_FOLDER, CORPUS].into_iter().find(has).unwrap_or(OK)
}

fn finding(grade: Grade, about: &'static str, text: String) -> Finding {
    Finding { grade, about, text }
}

fn config(config: &Result<String, String>) -> Finding {
    match config {
        Ok(source) => finding(Grade::Good, "config", source.clone()),
        Err(error) => finding(Grade::Bad(CONFIG), "config", error.clone()),
    }
}

fn token(token: &Token) -> Finding {
    match token {
        Token::Present(source) => finding(Grade::Good, "token", format!("set in {source}")),
        Token::Missing => {
            let text =
                "not set: `registrar` will open the local sandbox. Set DISCORD_TOKEN to serve Discord.";
            finding(Grade::Note, "token", text.to_owned())
        }
        Token::Unusable(error) => finding(Grade::Bad(CONFIG), "token", error.clone()),
    }
}

fn corpus(places: &Places, lexicon: &Lexicon) -> Vec<Finding> {
    let (documents, problems) = match library::examine(places, lexicon) {
        Ok(found) => found,
        Err(error) => return vec![finding(Grade::Bad(CORPUS), "corpus", error.to_string())],
    };
    let grade = if problems.is_empty() { Grade::Good } else { Grade::Note };
    let (found, count) = (counted(documents as u64, "document"), counted(problems.len() as u64, "problem"));
    let text = format!("{}: {found}, {count}", places.corpus.display());
    let mut findings = vec![finding(grade, "corpus", text)];
    findings.extend(problems.iter().map(|problem| finding(Grade::Bad(CORPUS), "corpus", sentence(problem))));
    findings
}

fn sentence(problem: &Problem) -> String {
    let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
    let left_out = if problem.skipped { " (left out)" } else { "" };
    format!("{}{line}{left_out}: {}", problem.path, problem.message)
}

/// Writing is tried, not guessed from permissions: a read-only mount has the same ones.
fn data_folder(data: &Path) -> Finding {
    let place = nearest(data);
    let probe = place.join(format!(".registrar-check-{}", std::process::id()));
    match std::fs::write(&probe, b"").and_then(|()| std::fs::remove_file(&probe)) {
        Ok(()) if place == data => {
            finding(Grade::Good, "data folder", format!("{}: writable", data.display()))
        }
        Ok(()) => finding(Grade::Good, "data folder", format!("{}: will be made", data.display())),
        Err(error) => {
            let text = format!(
                "{} cannot be written ({error}). Let the account that runs registrar write there, or choose another \
                 data folder.",
                place.display()
            );
            finding(Grade::Bad(DATA_FOLDER), "data folder", text)
        }
    }
}

/// The store is read through and compared with what this program knows; that it can be written is tried without writing.
fn store(file: &Path, data: &Path) -> Finding {
    let about = "store";
    let bad = |text: String| finding(Grade::Bad(STUCK), about, text);
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let examined = match runtime {
        Ok(runtime) => runtime.block_on(store::examine(&Place::File(file.to_path_buf()))),
        Err(error) => return bad(format!("{} could not be looked at: {error}.", file.display())),
    };
    match examined {
        Err(error) => bad(error.to_string().replace('\n', " ")),
        Ok(true) => match std::fs::OpenOptions::new().append(true).open(file) {
            Ok(_) => finding(Grade::Good, about, format!("{}: whole", file.display())),
            Err(error) => bad(format!(
                "{} cannot be written ({error}). Let the account that runs registrar write it and its folder, or name \
                 another file as `url` under [store] in the config.",
                file.display()
            )),
        },
        // The data folder is made at the start; whether it can be is found above.
        Ok(false) if folder == data || folder.is_dir() => {
            finding(Grade::Note, about, format!("{}: none yet, the first start makes it", file.display()))
        }
        Ok(false) => bad(format!(
            "The folder {} for the store does not exist. Make it, or name another file as `url` under [store] in the config.",
            folder.display()
        )),
    }
}

/// The folder itself, or the nearest one above it that exists.
fn nearest(data: &Path) -> PathBuf {
    let above = data.ancestors().find(|folder| folder.exists());
    above.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf()
}

fn free_space(places: &Places) -> Option<Finding> {
    let free = fs4::available_space(nearest(&places.data)).ok()?;
    let live = library::verify(places).ok()?.iter().map(|check| check.bytes).max().unwrap_or(0);
    // Old, previous and new generation lie side by side for a moment; the new one may be larger.
    let wanted = (live * 2).max(64 << 20);
    let mebibytes = free >> 20;
    Some(if free < wanted {
        let text =
            format!("{mebibytes} MiB free, the next build may need {} MiB. Free some space.", wanted >> 20);
        finding(Grade::Bad(DATA_FOLDER), "disk", text)
    } else {
        finding(Grade::Good, "disk", format!("{mebibytes} MiB free"))
    })
}

fn generations(places: &Places) -> Vec<Finding> {
    let about = "generations";
    let found = match library::verify(places) {
        Ok(found) => found,
        Err(error) => return vec![finding(Grade::Bad(DATA_FOLDER), about, error.to_string())],
    };
    if found.is_empty() {
        let text = "none yet: the first start builds one, or `registrar index build`.";
        return vec![finding(Grade::Note, about, text.to_owned())];
    }
    let mut findings = Vec::new();
    for (place, check) in found.iter().enumerate() {
        let id = format!("{}{}", check.generation, if place == 0 { " (live)" } else { " (the one before)" });
        if !check.faults.is_empty() {
            let faults = check.faults.join("; ");
            let text = format!("{id} is damaged: {faults}. Run `registrar index build`.");
            findings.push(finding(Grade::Bad(DATA_FOLDER), about, text));
        } else if check.changed_since.is_empty() {
            findings.push(finding(Grade::Good, about, format!("{id}: whole")));
        } else {
            let files = counted(check.changed_since.len() as u64, "file");
            let text = format!("{id}: whole; {files} changed since. Run `registrar index build`.");
            findings.push(finding(Grade::Note, about, text));
        }
    }
    findings
}
