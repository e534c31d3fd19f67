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

/// A library to ask: over the folder `corpus` as it is now, with its index in a cache; else [`live`], with a warning
/// when the folder has changed since. `min_confidence` overrides the config's.
///
/// # Errors
/// If there is nothing to answer from; the text says what to do.
pub fn library(
    config: &Config,
    corpus: Option<&Path>,
    min_confidence: Option<f64>,
) -> Result<Library, Failure> {
    let Some(corpus) = corpus else {
        let library = live(config, min_confidence)?;
        if changed_since(&config.corpus.path, library.status().built_at) {
            let folder = config.corpus.path.display();
            tracing::warn!(
                "{folder} has changed since it was indexed; `registrar index build` takes the changes in"
            );
        }
        return Ok(library);
    };
    let min_confidence = min_confidence.unwrap_or(config.answers.min_confidence);
    let bar = Bar::new();
    let library = Library::open_cached(corpus, &cache(config), lexicon(config)?, min_confidence, now(), &bar);
    bar.finish();
    Ok(library?)
}

/// The library over the config's corpus with the live generation that the bot serves; the first one is built.
///
/// # Errors
/// As for [`library`].
pub fn live(config: &Config, min_confidence: Option<f64>) -> Result<Library, Failure> {
    let min_confidence = min_confidence.unwrap_or(config.answers.min_confidence);
    let bar = Bar::new();
    let library = Library::open(places(config), lexicon(config)?, min_confidence, now(), &bar);
    bar.finish();
    Ok(library?)
}

/// Whether a file or folder of the corpus was changed after `built_at` (seconds since 1970); by its times alone, so
/// that it costs no reading.
fn changed_since(corpus: &Path, built_at: i64) -> bool {
    let built =
        std::time::UNIX_EPOCH + std::time::Duration::from_secs(u64::try_from(built_at + 1).unwrap_or(0));
    let changed = |entry: walkdir::DirEntry| Some(entry.metadata().ok()?.modified().ok()? > built);
    walkdir::WalkDir::new(corpus).into_iter().flatten().filter_map(changed).any(|changed| changed)
}

/// The folder for caches: the user's; where that cannot be made, one for temporary files.
fn cache(config: &Config) -> PathBuf {
    let own = config.environment.cache.as_ref().map(|cache| cache.join("registrar"));
    own.filter(|cache| std::fs::create_dir_all(cache).is_ok())
        .unwrap_or_else(|| std::env::temp_dir().join("registrar-cache"))
}
