//! Judges one response: done, try again later, or never. Pure, so that every case is a line of a table.

use std::time::Duration;

/// Why a request failed for good. It holds neither an address nor a body, so it can be logged as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestError {
    /// Discord said no: HTTP status and Discord's own code (0 if it gave none).
    #[error("Discord refused it: HTTP {status}, code {code}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// Discord's code, as in its list of JSON error codes.
        code: i64,
    },
    /// No usable response within the deadline.
    #[error("no response in time ({0})")]
    NoResponse(&'static str),
    /// The bot is stopping because its token was refused; nothing is sent any more.
    #[error("the bot is stopping")]
    Stopping,
}

impl RestError {
    /// Discord's own code, if it gave one.
    pub fn code(&self) -> i64 {
        match self {
            Self::Refused { code, .. } => *code,
            Self::NoResponse(_) | Self::Stopping => 0,
        }
    }
}

/// Discord's codes for an interaction whose token is no longer valid: an invalid token, an unknown webhook.
const OVER: [i64; 2] = [50_027, 10_015];

impl RestError {
    /// Whether the token of the interaction that it was about has died.
    pub fn interaction_is_over(&self) -> bool {
        OVER.contains(&self.code())
    }
}

/// What to do after a response.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It worked.
    Done,
    /// Try again after a pause of our own choice.
    Again,
    /// Try again, but not before so long.
    AgainAfter(Duration),
    /// Trying again would not help.
    Never,
}

/// The longest pause that a header may ask for; beyond it the header is nonsense or the request is lost anyway.
const MAX_PAUSE: Duration = Duration::from_secs(3_600);

/// Judges a response by its status and its `Retry-After`.
pub(super) fn judge(status: u16, retry_after: Option<&str>) -> Verdict {
    match status {
        200..=299 => Verdict::Done,
        // Without a readable pause the request is given up: guessing would feed the invalid-request ban.
        429 => retry_after.and_then(seconds).map_or(Verdict::Never, Verdict::AgainAfter),
        500..=599 => Verdict::Again,
        _ => Verdict::Never,
    }
}

/// Reads a header's seconds; `None` for anything but a number from 0 to an hour.
pub(super) fn seconds(header: &str) -> Option<Duration> {
    let seconds: f64 = header.trim().parse().ok()?;
    let pause = Duration::try_from_secs_f64(seconds).ok()?;
    (pause <= MAX_PAUSE).then_some(pause)
}

/// Discord's own code in an error body; 0 if there is none (a page of HTML, for example).
pub(super) fn code_of(body: &[u8]) -> i64 {
    let value: Option<serde_json::Value> = serde_json::from_slice(body).ok();
    value.and_then(|value| value.get("code")?.as_i64()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_one_consequence() {
        let half_second = Verdict::AgainAfter(Duration::from_millis(500));
        let cases = [
            (200, None, Verdict::Done),
            (204, None, Verdict::Done),
            (400, None, Verdict::Never),
            (401, None, Verdict::Never),
            (403, Some("1"), Verdict::Never),
            (404, None, Verdict::Never),
            (429, Some("0.5"), half_second),
            (429, None, Verdict::Never),
            (429, Some("soon"), Verdict::Never),
            (429, Some("-1"), Verdict::Never),
            (429, Some("NaN"), Verdict::Never),
            (429, Some("1e300"), Verdict::Never),
            (429, Some("3601"), Verdict::Never),
            (500, None, Verdict::Again),
            (503, Some("9"), Verdict::Again),
        ];
        for (status, retry_after, expected) in cases {
            assert_eq!(judge(status, retry_after), expected, "{status} {retry_after:?}");
        }
    }

    #[test]
    fn a_dead_interaction_is_told_from_a_refused_bot() {
        for (status, code, over) in
            [(401, 50_027, true), (404, 10_015, true), (401, 0, false), (404, 10_062, false)]
        {
            assert_eq!(RestError::Refused { status, code }.interaction_is_over(), over, "{status} {code}");
        }
        assert!(!RestError::Stopping.interaction_is_over());
    }

    #[test]
    fn the_code_of_an_error_body() {
        assert_eq!(code_of(br#"{"code": 10062, "message": "Unknown interaction"}"#), 10062);
        for body in [&b""[..], b"<html>", b"[]", b"{\"code\": \"x\"}"] {
            assert_eq!(code_of(body), 0);
        }
    }
}
