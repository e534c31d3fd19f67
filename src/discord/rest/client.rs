//! Sends requests: each within its deadline, at most three times, never after the token was refused.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use serenity::builder::CreateAttachment;
use serenity::http::{LightMethod, Multipart, MultipartUpload, Request, Route};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout, timeout_at};

use super::pace::{Pace, text};
use super::verdict::{RestError, Verdict, code_of, judge};
use crate::discord::Stop;
use crate::discord::settings::{Settings, Timing};
use crate::render::discord::TextFile;

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

/// One request. Doing it twice must be the same as doing it once: by its method, by a nonce, or because Discord takes only
/// the first one.
pub struct Call<'a> {
    /// What it is, for the log; no ids, no tokens.
    pub what: &'static str,
    /// GET, POST …
    pub method: LightMethod,
    /// Where to.
    pub route: Route<'a>,
    /// What is sent.
    pub body: Option<Value>,
    /// A file beside it, which the body names as its attachment 0.
    pub file: Option<&'a TextFile>,
    /// The channel whose pace it keeps to.
    pub channel: Option<u64>,
    /// When to give up, pauses and tries together.
    pub deadline: Instant,
}

/// A try that failed, and whether another one may help.
struct Failure {
    error: RestError,
    again: bool,
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
        let mut attempt = 1;
        loop {
            let left = self.wait_for_turn(*lane, call.deadline).await?;
            let failure = match self.attempt(&call, &mut lane, left).await {
                Ok(value) => return Ok(value),
                Err(failure) => failure,
            };
            tracing::debug!(what = call.what, attempt, error = %failure.error, "a request to Discord failed");
            if !failure.again || attempt == MAX_TRIES {
                return Err(self.give_up(&call, failure.error));
            }
            self.back_off(attempt).await;
            attempt += 1;
        }
    }

    /// Waits until Discord lets the lane's next request through; gives the time that is left then.
    async fn wait_for_turn(&self, lane: Option<Instant>, deadline: Instant) -> Result<Duration, RestError> {
        if let Some(earliest) = self.pace.earliest(lane) {
            if earliest >= deadline {
                return Err(RestError::NoResponse("Discord asked for too long a pause"));
            }
            sleep_until(earliest).await;
        }
        if self.stop.borrow().is_some() {
            return Err(RestError::Stopping);
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(RestError::NoResponse("too late")) } else { Ok(left) }
    }

    /// One try, its response judged and its headers noted.
    async fn attempt(
        &self,
        call: &Call<'_>,
        lane: &mut Option<Instant>,
        left: Duration,
    ) -> Result<Value, Failure> {
        let response = self.send(call, left.min(self.timing.attempt)).await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        self.pace.note(lane, &headers);
        let body = timeout(left, response.bytes()).await.ok().and_then(Result::ok).unwrap_or_default();
        let again = match judge(status, text(&headers, "retry-after")) {
            // Done is done, even if the receipt cannot be read.
            Verdict::Done => return Ok(serde_json::from_slice(&body).unwrap_or(Value::Null)),
            Verdict::AgainAfter(pause) => {
                self.pace.pause(lane, &headers, pause);
                true
            }
            Verdict::Again => true,
            Verdict::Never => false,
        };
        Err(Failure { error: RestError::Refused { status, code: code_of(&body) }, again })
    }

    async fn send(&self, call: &Call<'_>, patience: Duration) -> Result<reqwest::Response, Failure> {
        let failed = |reason, again| Err(Failure { error: RestError::NoResponse(reason), again });
        let Ok(body) = call.body.as_ref().map(serde_json::to_string).transpose() else {
            return failed("the body cannot be written", false);
        };
        let request = Request::new(call.route, call.method);
        let request = match call.file {
            Some(file) => request.multipart(Some(Multipart {
                upload: MultipartUpload::Attachments(vec![CreateAttachment::bytes(
                    file.text.as_bytes(),
                    file.name,
                )]),
                fields: Vec::new(),
                payload_json: body,
            })),
            None => request.body(body.map(String::into_bytes)),
        };
        let Ok(request) =
            request.build(&self.client, self.authorization.expose_secret(), self.local.as_deref())
        else {
            return failed("the request cannot be built", false);
        };
        match timeout(patience, request.send()).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) if error.is_connect() => failed("no connection", true),
            Ok(Err(_)) => failed("the connection broke", true),
            Err(_) => failed("timeout", true),
        }
    }

    fn give_up(&self, call: &Call<'_>, failure: RestError) -> RestError {
        // The token of an interaction dies after 15 minutes, which says nothing of the bot's own.
        if matches!(failure, RestError::Refused { status: 401, .. }) && !failure.interaction_is_over() {
            tracing::error!(what = call.what, "Discord refused the token; nothing more is sent");
            self.stop.send_if_modified(|stop| {
                let first = stop.is_none();
                stop.get_or_insert(Stop::TokenRefused);
                first
            });
        }
        failure
    }

    /// Waits 0.2, 0.4 s and up to as long again, so that many bots do not return at the same moment.
    async fn back_off(&self, attempt: u32) {
        let base = Duration::from_millis(100 << attempt.min(5));
        let random = RandomState::new().hash_one(attempt) % 1_000;
        let jitter = base.mul_f64(f64::from(u32::try_from(random).unwrap_or(0)) / 1_000.0);
        tokio::time::sleep(base + jitter).await;
    }
}
