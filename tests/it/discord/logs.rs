//! Everything that the tests' process logs, as the program would log it: through the bot's own filter, at its most
//! talkative level. The bot's token is searched in the lines of all libraries at TRACE as well.

use std::io::Write;
use std::sync::{Mutex, OnceLock, PoisonError};

use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{EnvFilter, Layer, Registry};

/// The bot's token in these tests.
pub const TOKEN: &str = "canary.bot.token";

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static TOKEN_HITS: Mutex<Vec<String>> = Mutex::new(Vec::new());
static CAPTURING: OnceLock<bool> = OnceLock::new();

/// Begins to capture, once for the process.
pub fn capture() {
    let capturing = CAPTURING.get_or_init(|| {
        let ours = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(AsLogged);
        let all = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(TokenSearch);
        let subscriber = Registry::default()
            .with(ours.with_filter(
                registrar::discord::filter("trace,serenity::gateway=trace").expect("it is a filter"),
            ))
            .with(all.with_filter(EnvFilter::new("trace")));
        tracing::subscriber::set_global_default(subscriber).is_ok()
    });
    assert!(*capturing, "another test captures the log");
    tracing::info!(target: "registrar::discord", "a test begins");
}

/// How many lines hold this text so far, of all tests.
pub fn count(text: &str) -> usize {
    let lines = LINES.lock().unwrap_or_else(PoisonError::into_inner).clone();
    String::from_utf8_lossy(&lines).lines().filter(|line| line.contains(text)).count()
}

/// Asserts that the bot logged something, and none of these words.
pub fn assert_clean(words: &[&str]) {
    let lines = LINES.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let log = String::from_utf8_lossy(&lines);
    assert!(log.contains("a test begins"), "nothing was captured");
    for word in words {
        let hit = log.lines().find(|line| line.contains(word));
        assert!(hit.is_none(), "{word} in the log: {hit:?}");
    }
    let hits = TOKEN_HITS.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(hits.is_empty(), "the token at TRACE: {hits:#?}");
}

/// Keeps what passes the bot's own filter.
struct AsLogged;

impl<'a> MakeWriter<'a> for AsLogged {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        Self
    }
}

impl Write for AsLogged {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        LINES.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Keeps only lines that hold the token.
struct TokenSearch;

impl<'a> MakeWriter<'a> for TokenSearch {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        Self
    }
}

impl Write for TokenSearch {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        let text = String::from_utf8_lossy(line);
        if text.contains(TOKEN) {
            TOKEN_HITS.lock().unwrap_or_else(PoisonError::into_inner).push(text.into_owned());
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
