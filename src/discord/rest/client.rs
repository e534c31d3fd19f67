//! Sends requests: each within its deadline, at most three times, never after the token was refused.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use serenity::http::{LightMethod, Request, Route};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout, timeout_at};

use super::pace::{Pace, text};
use super::verdict::{RestError, Verdict, code_of, judge};
use crate::discord::Stop;
use crate::discord::settings::{Settings, Timing};

/// At most so many tries for one request.
const MAX_TRIES: u32 = 3;

/// The one way to Discord's HTTP interface.
pub struct Rest {
    client: reqwest::Client,
    authorization: SecretString,
    local: Option<String>,
    timing: Timing,
    pace: Pace,
    stop: watch::Sender<Option<Stop>>,
}

/// One request.
pub struct Call<'a> {
    /// What it is, for the log; no ids, no tokens.
    pub what: &'static str,
    /// GET, POST …
    pub method: LightMethod,
    /// Where to.
    pub route: Route<'a>,
    /// What is sent.
    pub body: Option<Value>,
    /// Which failures it may be repeated after.
    pub repeat: Repeat,
    /// The channel whose pace it keeps to.
    pub channel: Option<u64>,
    /// When to give up, pauses and tries together.
    pub deadline: Instant,
}

/// Which failures a request may be repeated after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Any: doing it twice is the same as doing it once (a nonce sees to that, or the method).
    Freely,
    /// Only those that show that nothing was done.
    IfNotDone,
}

/// The HTTP client of the bot: with timeouts, which serenity's own lacks, and without redirects.
///
/// # Errors
/// When the TLS back end cannot start.
pub fn client(timing: &Timing) -> Result<reqwest::Client, Stop> {
    reqwest::Client::builder()
        .connect_timeout(timing.connect)
        .timeout(timing.send)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|error| Stop::Unreachable(error.without_url().to_string()))
}

impl Rest {
    /// The way to Discord, or to the local Discord of the settings; a refused token is told to `stop`.
    pub fn new(client: reqwest::Client, settings: &Settings, stop: watch::Sender<Option<Stop>>) -> Self {
        let authorization = SecretString::from(format!("Bot {}", settings.token.expose_secret().trim()));
        let (local, timing) = (settings.local.clone(), settings.timing);
        Self { client, authorization, local, timing, pace: Pace::new(), stop }
    }

    /// When a message that is sent from now on is given up.
    pub fn send_deadline(&self) -> Instant {
        Instant::now() + self.timing.send
    }

    /// Sends a request until it is done or lost; gives the response's JSON (null if it has none).
    ///
    /// # Errors
    /// [`RestError`]; a refused token also stops the bot.
    pub async fn call(&self, call: Call<'_>) -> Result<Value, RestError> {
        let lane = self.pace.lane(call.channel);
        let Ok(mut lane) = timeout_at(call.deadline, lane.lock()).await else {
            return Err(RestError::NoResponse("the channel is busy"));
        };
        let mut failure = RestError::NoResponse("too late");
        for attempt in 1..=MAX_TRIES {
            if self.stop.borrow().is_some() {
                return Err(RestError::Stopping);
            }
            if let Some(earliest) = self.pace.earliest(*lane) {
                if earliest >= call.deadline {
                    return Err(RestError::NoResponse("Discord asked for too long a pause"));
                }
                sleep_until(earliest).await;
            }
            let left = call.deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(failure);
            }
            match self.attempt(&call, left).await {
                Ok(response) => {
                    let (status, headers) = (response.status().as_u16(), response.headers().clone());
                    self.pace.note(&mut lane, &headers);
                    let body = timeout(left, response.bytes()).await;
                    match judge(status, text(&headers, "retry-after")) {
                        Verdict::Done => {
                            let body = body.ok().and_then(Result::ok).unwrap_or_default();
                            return Ok(serde_json::from_slice(&body).unwrap_or(Value::Null));
                        }
                        verdict => {
                            let code = body.ok().and_then(Result::ok).map_or(0, |body| code_of(&body));
                            failure = RestError::Refused { status, code };
                            match verdict {
                                Verdict::AgainAfter(pause) => self.pace.pause(&mut lane, &headers, pause),
                                Verdict::Again if call.repeat == Repeat::Freely => {
                                    self.back_off(attempt).await
                                }
                                _ => return Err(self.give_up(&call, failure)),
                            }
                        }
                    }
                }
                Err((reason, surely_not_done)) => {
                    failure = RestError::NoResponse(reason);
                    if call.repeat == Repeat::IfNotDone && !surely_not_done {
                        return Err(failure);
                    }
                    self.back_off(attempt).await;
                }
            }
            tracing::debug!(what = call.what, attempt, %failure, "a request to Discord failed");
        }
        Err(failure)
    }

    /// One try; on failure, why, and whether Discord surely did nothing.
    async fn attempt(
        &self,
        call: &Call<'_>,
        left: Duration,
    ) -> Result<reqwest::Response, (&'static str, bool)> {
        let body = match call.body.as_ref().map(serde_json::to_vec).transpose() {
            Ok(body) => body,
            Err(_) => return Err(("the body cannot be written", true)),
        };
        let request = Request::new(call.route, call.method).body(body);
        let Ok(request) =
            request.build(&self.client, self.authorization.expose_secret(), self.local.as_deref())
        else {
            return Err(("the request cannot be built", true));
        };
        match timeout(left.min(self.timing.attempt), request.send()).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) if error.is_connect() => Err(("no connection", true)),
            Ok(Err(_)) => Err(("the connection broke", false)),
            Err(_) => Err(("timeout", false)),
        }
    }

    fn give_up(&self, call: &Call<'_>, failure: RestError) -> RestError {
        if matches!(failure, RestError::Refused { status: 401, .. }) {
            tracing::error!(what = call.what, "Discord refused the token; nothing more is sent");
            self.stop.send_if_modified(|stop| {
                let first = stop.is_none();
                stop.get_or_insert(Stop::TokenRefused);
                first
            });
        }
        failure
    }

    /// Waits 0.2, 0.4 s and up to as long again, so that many bots do not return at the same moment; not after the last.
    async fn back_off(&self, attempt: u32) {
        if attempt == MAX_TRIES {
            return;
        }
        let base = Duration::from_millis(100 << attempt.min(5));
        let random = RandomState::new().hash_one(attempt) % 1_000;
        let jitter = base.mul_f64(f64::from(u32::try_from(random).unwrap_or(0)) / 1_000.0);
        tokio::time::sleep(base + jitter).await;
    }
}
