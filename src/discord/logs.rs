//! What may be logged. The library's own lines can hold whole messages and interaction tokens, so only its errors pass;
//! ours hold ids and codes, never what somebody wrote.

use tracing_subscriber::EnvFilter;

/// Libraries whose warnings and traces can hold payloads, addresses or tokens.
const LIBRARIES: [&str; 9] = [
    "serenity",
    "tokio_tungstenite",
    "tungstenite",
    "reqwest",
    "hyper",
    "hyper_util",
    "rustls",
    "h2",
    "axum",
];

/// The log filter for a level (`error`, `warn`, `info`, `debug`, `trace`) of this program's own lines; libraries stay at
/// errors whatever it is. An unknown level counts as `info`.
pub fn filter(level: &str) -> EnvFilter {
    let level = match level.to_ascii_lowercase().as_str() {
        known @ ("error" | "warn" | "info" | "debug" | "trace") => known.to_owned(),
        _ => "info".to_owned(),
    };
    let libraries = LIBRARIES.iter().map(|library| format!("{library}=error"));
    let directives: Vec<String> = [format!("warn,registrar={level}")].into_iter().chain(libraries).collect();
    EnvFilter::new(directives.join(","))
}

/// From now on a panic logs only where it happened: its message can hold what somebody wrote. For the whole process.
pub fn hide_panic_payloads() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "unknown place".to_owned(), ToString::to_string);
        tracing::error!(place, "a part of the program failed and was stopped; the rest goes on");
    }));
}
