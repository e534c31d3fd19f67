//! From the config to a library that answers: which corpus, which index, which words. The work is `library`'s.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::output::Failure;
use super::progress::Bar;
use crate::config::Config;
use crate::lexicon::Lexicon;
use crate::library::{Library, Places};

/// Seconds since 1970 (UTC).
#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
pub fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

/// Where corpus and generations are, as the config says.
pub fn places(config: &Config) -> Places {
    Places { corpus: config.corpus.path.clone(), data: config.data.path.clone() }
}

/// The lexicon, with the config's folder.
///
/// # Errors
/// If a lexicon file cannot be used.
pub fn lexicon(config: &Config) -> Result<Arc<Lexicon>, Failure> {
    Ok(Arc::new(Lexicon::load(config.lexicon.path.as_deref())?))
}

/// A library to ask: over the folder `corpus` as it is now, with its index in a cache; else over the config's corpus,
/// with the live generation that the bot serves, too. `min_confidence` overrides the config's.
///
/// # Errors
/// If there is nothing to answer from; the text says what to do.
pub fn library(
    config: &Config,
    corpus: Option<&Path>,
    min_confidence: Option<f64>,
) -> Result<Library, Failure> {
    let lexicon = lexicon(config)?;
    let min_confidence = min_confidence.unwrap_or(config.answers.min_confidence);
    let bar = Bar::new();
    let library = match corpus {
        Some(corpus) => Library::open_cached(corpus, &cache(config), lexicon, min_confidence, now(), &bar),
        None => Library::open(places(config), lexicon, min_confidence, now(), &bar),
    };
    bar.finish();
    Ok(library?)
}

/// The folder for caches: the user's; where that cannot be made, one for temporary files.
fn cache(config: &Config) -> PathBuf {
    let own = config.environment.cache.as_ref().map(|cache| cache.join("registrar"));
    own.filter(|cache| std::fs::create_dir_all(cache).is_ok())
        .unwrap_or_else(|| std::env::temp_dir().join("registrar-cache"))
}
