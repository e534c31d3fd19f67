//! Faults on demand: what a test makes this Discord do wrong, in REST and on the gateway. Nothing happens unasked.

use std::time::Duration;

use serde_json::Value;

use super::Sandbox;
use super::gateway::Outgoing;

/// A fault of the REST side, for the next `times` requests that match.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The method, in capitals.
    pub method: String,
    /// A path without `/api/v10`; a segment `*` matches any one segment (`/channels/*/messages`).
    pub path: String,
    /// How many matching requests it hits.
    pub times: u32,
    /// What happens to them.
    pub effect: Effect,
}

/// What a fault does to a request.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Answers with this and does nothing else. An empty body when `body` is null.
    Status {
        /// The HTTP status.
        code: u16,
        /// Extra headers, such as `retry-after`.
        headers: Vec<(String, String)>,
        /// The JSON body.
        body: Value,
    },
    /// Waits this long before it handles the request as usual.
    Hang(Duration),
    /// Handles the request, then breaks the connection instead of answering.
    StoreThenDrop,
    /// Breaks the connection and does nothing.
    Drop,
    /// Handles the request and adds these headers to the answer, replacing those of the same name.
    Headers(Vec<(String, String)>),
}

impl Fault {
    /// The next `times` matching requests get this status with Discord's generic body.
    #[must_use]
    pub fn status(method: &str, path: &str, times: u32, code: u16) -> Self {
        let body = serde_json::json!({"message": format!("{code}: fault of the sandbox"), "code": 0});
        Self::new(method, path, times, Effect::Status { code, headers: Vec::new(), body })
    }

    /// The next `times` matching requests get Discord's 429 for this many seconds.
    #[must_use]
    pub fn rate_limited(method: &str, path: &str, times: u32, seconds: f64, global: bool) -> Self {
        let mut headers = vec![
            ("retry-after".to_owned(), format!("{}", seconds.ceil())),
            ("x-ratelimit-reset-after".to_owned(), format!("{seconds}")),
            ("x-ratelimit-scope".to_owned(), if global { "global" } else { "user" }.to_owned()),
        ];
        if global {
            headers.push(("x-ratelimit-global".to_owned(), "true".to_owned()));
        }
        let body = serde_json::json!({
            "message": "You are being rate limited.", "retry_after": seconds, "global": global,
        });
        Self::new(method, path, times, Effect::Status { code: 429, headers, body })
    }

    /// Any fault.
    #[must_use]
    pub fn new(method: &str, path: &str, times: u32, effect: Effect) -> Self {
        Fault { method: method.to_owned(), path: path.to_owned(), times, effect }
    }

    fn matches(&self, method: &str, path: &str) -> bool {
        let mut wanted = self.path.split('/');
        let mut given = path.split('/');
        self.times > 0
            && self.method == method
            && loop {
                match (wanted.next(), given.next()) {
                    (None, None) => break true,
                    (Some(left), Some(right)) if left == "*" || left == right => {}
                    _ => break false,
                }
            }
    }
}

/// A fault of the gateway.
#[derive(Debug, Clone)]
pub enum GatewayFault {
    /// Closes every connection with this code.
    Close(u16),
    /// Closes every connection with a close frame that carries no code.
    CloseWithoutCode,
    /// Breaks every connection without a close frame.
    Drop,
    /// Sends op 7: reconnect and resume.
    Reconnect,
    /// Sends op 9; `true` allows to resume.
    InvalidSession(bool),
    /// From now on heartbeats are acknowledged (`true`) or not.
    AcknowledgeHeartbeats(bool),
    /// Closes every IDENTIFY with 4004 from now on, as if the token had been reset.
    RefuseIdentify,
    /// Sends this event to every session, whether it makes sense or not.
    Event {
        /// The event's name (`t`).
        name: String,
        /// Its data (`d`).
        data: Value,
    },
    /// Sends this text frame, whatever it is.
    Raw(String),
}

/// The lasting faults of the gateway.
#[derive(Debug, Default)]
pub(super) struct GatewaySwitches {
    pub(super) silent_heartbeats: bool,
    pub(super) refuse_identify: bool,
}

impl Sandbox {
    /// Arms a fault of the REST side. Of several that match, the one armed first is used up first.
    pub fn fault(&self, fault: Fault) {
        self.lock().faults.push(fault);
    }

    /// Causes a fault of the gateway, at once.
    pub fn gateway_fault(&self, fault: GatewayFault) {
        let mut state = self.lock();
        let outgoing = match fault {
            GatewayFault::AcknowledgeHeartbeats(acknowledge) => {
                state.gateway.silent_heartbeats = !acknowledge;
                return;
            }
            GatewayFault::RefuseIdentify => {
                state.gateway.refuse_identify = true;
                return;
            }
            GatewayFault::Event { name, data } => {
                for session in &mut state.sessions {
                    session.send_event(&name, data.clone());
                }
                return;
            }
            GatewayFault::Close(code) => Outgoing::Close(Some(code)),
            GatewayFault::CloseWithoutCode => Outgoing::Close(None),
            GatewayFault::Drop => Outgoing::Drop,
            GatewayFault::Reconnect => {
                Outgoing::Text(serde_json::json!({"op": 7, "d": null, "s": null, "t": null}).to_string())
            }
            GatewayFault::InvalidSession(resumable) => {
                if !resumable {
                    for session in &mut state.sessions {
                        session.resumable = false;
                    }
                }
                Outgoing::Text(serde_json::json!({"op": 9, "d": resumable, "s": null, "t": null}).to_string())
            }
            GatewayFault::Raw(text) => Outgoing::Text(text),
        };
        for session in &state.sessions {
            if let Some(sender) = &session.sender {
                let _ = sender.send(outgoing.clone());
            }
        }
    }

    /// Takes the effect of the first armed fault that matches.
    pub(super) fn take_fault(&self, method: &str, path: &str) -> Option<Effect> {
        let mut state = self.lock();
        let position = state.faults.iter().position(|fault| fault.matches(method, path))?;
        let fault = state.faults.get_mut(position)?;
        fault.times -= 1;
        let effect = fault.effect.clone();
        if fault.times == 0 {
            state.faults.remove(position);
        }
        Some(effect)
    }
}

#[cfg(test)]
mod tests {
    use super::Fault;

    #[test]
    fn paths_match_by_segment() {
        let fault = Fault::status("POST", "/channels/*/messages", 1, 500);
        assert!(fault.matches("POST", "/channels/1/messages"));
        assert!(!fault.matches("GET", "/channels/1/messages"));
        assert!(!fault.matches("POST", "/channels/1/messages/2"));
    }
}
