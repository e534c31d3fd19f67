//! What may be logged. The library's own lines can hold whole messages and interaction tokens, so only its errors pass;
//! ours hold ids and codes, never what somebody wrote.

use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::filter::{EnvFilter, FilterExt, FilterFn, ParseError};
use tracing_subscriber::layer::Filter;

/// Libraries whose warnings and traces can hold payloads, addresses or tokens (`log`: those that use the log crate).
const LIBRARIES: [&str; 10] = [
    "serenity",
    "tokio_tungstenite",
    "tungstenite",
    "reqwest",
    "hyper",
    "hyper_util",
    "rustls",
    "h2",
    "axum",
    "log",
];

/// The log filter for an operator's `directives` (the syntax of [`EnvFilter`]): whatever they ask for, Discord's
/// libraries stay at errors.
///
/// # Errors
/// When the directives cannot be read.
pub fn filter<S: Subscriber>(directives: &str) -> Result<impl Filter<S> + use<S>, ParseError> {
    Ok(EnvFilter::try_new(directives)?.and(FilterFn::new(may_be_logged)))
}

fn may_be_logged(metadata: &Metadata<'_>) -> bool {
    let crate_name = metadata.target().split("::").next().unwrap_or_default();
    *metadata.level() == Level::ERROR || !LIBRARIES.contains(&crate_name)
}

/// From now on a panic logs only where it happened: its message can hold what somebody wrote. For the whole process.
pub fn hide_panic_payloads() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "unknown place".to_owned(), ToString::to_string);
        tracing::error!(place, "a part of the program failed and was stopped; the rest goes on");
    }));
}
