//! The rate limit of a channel: five messages in five seconds, told in headers and enforced when the options say so.

use serde_json::json;

use super::Reply;
use crate::sandbox::{ChannelId, Sandbox};

/// The window, in milliseconds.
const WINDOW_MS: u64 = 5_000;
/// How many messages fit into it.
const MESSAGES: usize = 5;

/// Counts one message to a channel: the headers that tell what is left, or the 429 that refuses it.
pub(super) fn spend(sandbox: &Sandbox, channel: ChannelId) -> Result<Vec<(String, String)>, Reply> {
    if !sandbox.options().channel_rate_limit {
        return Ok(Vec::new());
    }
    let now = sandbox.clock().now_ms();
    let mut state = sandbox.lock();
    let sent = state.sent.entry(channel).or_default();
    sent.retain(|at| now.saturating_sub(*at) < WINDOW_MS);
    let refused = sent.len() >= MESSAGES;
    if !refused {
        sent.push(now);
    }
    let wait_ms = sent.first().map_or(0, |first| WINDOW_MS.saturating_sub(now.saturating_sub(*first)));
    let (whole, thousandths) = (wait_ms / 1000, wait_ms % 1000);
    let exact = format!("{whole}.{thousandths:03}");
    let left = MESSAGES.saturating_sub(sent.len());
    let mut headers = vec![
        ("x-ratelimit-limit".to_owned(), MESSAGES.to_string()),
        ("x-ratelimit-remaining".to_owned(), left.to_string()),
        ("x-ratelimit-reset-after".to_owned(), exact.clone()),
    ];
    if !refused {
        return Ok(headers);
    }
    headers.push(("retry-after".to_owned(), (whole + 1).to_string()));
    headers.push(("x-ratelimit-scope".to_owned(), "user".to_owned()));
    let seconds: f64 = exact.parse().unwrap_or(5.0);
    let body = json!({"message": "You are being rate limited.", "retry_after": seconds, "global": false});
    Err(Reply { status: 429, body, headers })
}
