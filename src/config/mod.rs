//! All settings: one TOML file and a few environment variables, read once and validated once, then passed as values.
//! The only module that reads the environment; it opens no corpus and no connection.

mod environment;
mod file;
mod token;

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::engine::DEFAULT_MIN_CONFIDENCE;

pub use environment::Environment;
pub use token::{Token, looks_like_a_token};

/// The settings of one run. `Debug` shows no secret: the token is not kept here.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Config {
    /// The file they come from; `None`: no file, all defaults.
    pub file: Option<PathBuf>,
    /// The texts.
    pub corpus: Corpus,
    /// The index.
    pub data: Data,
    /// How answers are given.
    pub answers: Answers,
    /// The words.
    pub lexicon: LexiconFolder,
    /// What the bot remembers.
    pub store: Store,
    /// The bot.
    pub discord: Discord,
    /// The log.
    pub log: Log,
    /// What the environment says.
    pub environment: Environment,
}

/// `[corpus]`: the texts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Corpus {
    /// Folder of texts.
    pub path: PathBuf,
    /// Whether a running bot reads the folder again by itself when it has changed.
    pub watch: bool,
}

/// `[data]`: the index.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Data {
    /// Folder for the generations of the index; made if missing.
    pub path: PathBuf,
}

/// `[answers]`: how answers are given.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    /// Below this confidence, 0 to 1, the engine abstains.
    #[serde(deserialize_with = "file::probability")]
    pub min_confidence: f64,
}

/// `[lexicon]`: the words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LexiconFolder {
    /// Folder of files that extend the lexicon that is compiled in.
    pub path: Option<PathBuf>,
}

/// `[store]`: what the bot remembers: settings of servers, which message answers which, what moderators did.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Store {
    /// Its file, written as `sqlite:PATH`; `None`: `registrar.sqlite` in the data folder.
    #[serde(rename = "url", deserialize_with = "file::sqlite_file")]
    pub file: Option<PathBuf>,
    /// For so many days it is kept what moderators did to the corpus.
    pub audit_days: NonZeroU32,
}

/// `[discord]`: the bot.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Discord {
    /// Ids of the servers in which `/corpus` works.
    #[serde(deserialize_with = "file::ids")]
    pub corpus_servers: Vec<u64>,
    /// Id of the one server that the commands are registered in; `None`: everywhere.
    #[serde(deserialize_with = "file::optional_id")]
    pub development_server: Option<u64>,
    /// Whether the bot may listen in channels where a moderator says so; asks Discord for the message content intent.
    pub listen: bool,
    /// A listened channel gets an answer from this confidence on, 0 to 1.
    #[serde(deserialize_with = "file::probability")]
    pub listen_confidence: f64,
    /// Questions of one user within `per_seconds`.
    pub questions_per_user: NonZeroU32,
    /// Questions of one server's users together within `per_seconds`.
    pub questions_per_server: NonZeroU32,
    /// The time for both limits, in seconds.
    pub per_seconds: NonZeroU32,
}

/// `[log]`: the log on standard error.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// What is logged, in the syntax of tracing's `EnvFilter`.
    pub filter: String,
    /// How a line looks.
    pub format: LogFormat,
}

/// How a log line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: one JSON object a line.
    Json,
}

impl Default for Corpus {
    fn default() -> Self {
        Self { path: PathBuf::from("corpus"), watch: false }
    }
}

impl Default for Data {
    fn default() -> Self {
        Self { path: PathBuf::from(".registrar") }
    }
}

impl Default for Answers {
    fn default() -> Self {
        Self { min_confidence: DEFAULT_MIN_CONFIDENCE }
    }
}

impl Default for Store {
    fn default() -> Self {
        Self { file: None, audit_days: NonZeroU32::new(180).unwrap_or(NonZeroU32::MIN) }
    }
}

impl Default for Discord {
    fn default() -> Self {
        let number = |value| NonZeroU32::new(value).unwrap_or(NonZeroU32::MIN);
        Self {
            corpus_servers: Vec::new(),
            development_server: None,
            listen: false,
            listen_confidence: 0.9,
            questions_per_user: number(5),
            questions_per_server: number(50),
            per_seconds: number(10),
        }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self { filter: "info".to_owned(), format: LogFormat::Text }
    }
}

/// Settings that cannot be used: what is wrong and where, then what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub(crate) String);

/// Where a config file is looked for, below the current folder.
const PLACES: [&str; 2] = ["registrar.toml", "config/registrar.toml"];
/// The store's file in the data folder.
const STORE_FILE: &str = "registrar.sqlite";
/// How far above the program's folder its project is looked for (`target/debug/deps`).
const ABOVE_PROGRAM: usize = 5;

impl Config {
    /// Reads the file `path`, else the first of `registrar.toml` and `config/registrar.toml` in the current folder,
    /// else no file, and the process's environment. Relative paths are resolved.
    ///
    /// # Errors
    /// If a file was named and is missing, or a file or variable cannot be used; the text says where and what to do.
    pub fn load(path: Option<&Path>) -> Result<Self, ConfigError> {
        let environment = Environment::of_the_process()?;
        let here = std::env::current_dir().map_err(|error| {
            ConfigError(format!("The current folder cannot be read: {error}. Go to another folder."))
        })?;
        let found = path
            .map(|path| here.join(path))
            .or_else(|| PLACES.iter().map(|place| here.join(place)).find(|place| place.is_file()));
        let mut config = match &found {
            None => Self { environment, ..Self::default() },
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|error| {
                    let file = path.display();
                    ConfigError(format!(
                        "The config file {file} cannot be read: {error}. Name an existing file with --config FILE, or \
                         leave --config out to use the defaults."
                    ))
                })?;
                Self { environment, ..Self::parse(&text, &path.display().to_string())? }
            }
        };
        let home = found.as_deref().map_or_else(|| home_without_file(&here), home_of_file);
        // Without `..`, which people would have to work out in messages.
        config.resolve(&home.canonicalize().unwrap_or(home));
        config.file = found;
        Ok(config)
    }

    /// All defaults, an empty environment, paths as in the sample file: nothing of the machine that tests run on.
    pub fn for_testing() -> Self {
        Self::default()
    }

    /// The settings in `text`; `name` is how errors call the file. Relative paths stay relative.
    ///
    /// # Errors
    /// For the person who wrote the file: `name:line: ` and what is wrong there.
    pub fn parse(text: &str, name: &str) -> Result<Self, ConfigError> {
        let sections = file::parse(text, name)?;
        let file::Sections { corpus, data, answers, lexicon, store, discord, log } = sections;
        Ok(Self { corpus, data, answers, lexicon, store, discord, log, ..Self::default() })
    }

    /// The bot's token, `None` when none is set.
    ///
    /// # Errors
    /// If it is set and cannot be used; the text says what to do and never shows it.
    pub fn token(&self) -> Result<Option<Token>, ConfigError> {
        token::read(&self.environment)
    }

    /// The file of what the bot remembers.
    pub fn store_file(&self) -> PathBuf {
        self.store.file.clone().unwrap_or_else(|| self.data.path.join(STORE_FILE))
    }

    /// Where the settings come from, for people.
    pub fn origin(&self) -> String {
        let file = |path: &PathBuf| path.display().to_string();
        self.file.as_ref().map_or_else(|| "no config file, all defaults".to_owned(), file)
    }

    fn resolve(&mut self, home: &Path) {
        let paths = [
            Some(&mut self.corpus.path),
            Some(&mut self.data.path),
            self.lexicon.path.as_mut(),
            self.store.file.as_mut(),
        ];
        for path in paths.into_iter().flatten() {
            *path = home.join(&*path);
        }
    }
}

/// Where the relative paths of a config file start: its folder, or the one above a folder called `config`.
fn home_of_file(file: &Path) -> PathBuf {
    let folder = file.parent().unwrap_or(Path::new("."));
    let above = folder.parent().filter(|_| folder.ends_with("config"));
    above.unwrap_or(folder).to_path_buf()
}

/// Without a file: the current folder if it holds a corpus, else the project that the program was built in, so that
/// every command works from any directory.
fn home_without_file(here: &Path) -> PathBuf {
    let corpus = Corpus::default().path;
    let has_corpus = |folder: &&Path| folder.join(&corpus).is_dir();
    let program = std::env::current_exe().and_then(|program| program.canonicalize()).unwrap_or_default();
    std::iter::once(here)
        .chain(program.ancestors().skip(1).take(ABOVE_PROGRAM))
        .find(has_corpus)
        .unwrap_or(here)
        .to_path_buf()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Config, home_of_file};

    #[test]
    fn the_sample_holds_the_defaults() {
        let text = include_str!("../../config/registrar.toml");
        assert_eq!(Config::parse(text, "sample").expect("it parses"), Config::for_testing());
        assert_eq!(Config::parse("", "empty").expect("it parses"), Config::for_testing());
    }

    #[test]
    fn paths_start_beside_the_file() {
        assert_eq!(home_of_file(Path::new("/a/registrar.toml")), Path::new("/a"));
        assert_eq!(home_of_file(Path::new("/a/config/registrar.toml")), Path::new("/a"));
    }
}
