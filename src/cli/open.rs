//! From the config to a library that answers: which corpus, which index, which words. The work is `library`'s.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::index::counted;
use super::output::Failure;
use super::progress::Bar;
use crate::config::Config;
use crate::lexicon::Lexicon;
use crate::library::{FolderNow, Library, Places};

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

/// A library to ask: over the folder `corpus` as it is now, with its index in a cache, with a warning when
/// files were left out; else [`live`], with a warning when the folder is not what was indexed. `min_confidence` overrides the config's.
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
        let folder = config.corpus.path.display();
        match library.folder_now() {
            FolderNow::AsIndexed => {}
            FolderNow::Changed => tracing::warn!(
                "{folder} has changed since it was indexed; `registrar index build` takes the changes in"
            ),
            FolderNow::Other => tracing::warn!(
                "the index that is asked was built from other files than those in {folder}; \
                 `registrar index build` takes these in"
            ),
            FolderNow::Missing => tracing::warn!(
                "the folder {folder} is missing, so the index that was built before is asked; put it back, \
                 or correct `[corpus] path`"
            ),
        }
        return Ok(library);
    };
    let min_confidence = min_confidence.unwrap_or(config.answers.min_confidence);
    let bar = Bar::new();
    let library = Library::open_cached(corpus, &cache(config), lexicon(config)?, min_confidence, now(), &bar);
    bar.finish();
    let library = library?;
    let left_out = library.status().problems.iter().filter(|problem| problem.skipped).count() as u64;
    if left_out > 0 {
        let (files, were) = (counted(left_out, "file"), if left_out == 1 { "was" } else { "were" });
        let folder = corpus.display();
        tracing::warn!("{files} {were} left out; `registrar check --corpus {folder}` says which and why");
    }
    Ok(library)
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

/// The folder for caches: the user's; where that cannot be made, one for temporary files.
fn cache(config: &Config) -> PathBuf {
    let own = config.environment.cache.as_ref().map(|cache| cache.join("registrar"));
    own.filter(|cache| std::fs::create_dir_all(cache).is_ok())
        .unwrap_or_else(|| std::env::temp_dir().join("registrar-cache"))
}
