//! The REST routes: one table from method and path to a handler, and the token check before it.

mod applications;
pub(super) mod body;
pub(super) mod channels;
mod interactions;
mod messages;
mod rate;
mod webhooks;

use serde_json::{Value, json};

use super::limits::{self, Body, Form};
use super::observe::id_of;
use super::{Sandbox, world};

/// A request, read and recorded.
pub(super) struct Call {
    pub(super) method: String,
    /// Without `/api/v10`.
    pub(super) path: String,
    pub(super) query: String,
    /// The JSON body; null when there is none.
    pub(super) body: Result<Value, String>,
    pub(super) authorization: String,
    /// Breaches found while handling it.
    pub(super) problems: Vec<String>,
}

impl Call {
    fn json(&self) -> Value {
        self.body.as_ref().cloned().unwrap_or_default()
    }

    fn query(&self, name: &str) -> Option<&str> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    fn problem(&mut self, name: &str, detail: &str) {
        self.problems.push(format!("{name}: {} {}: {detail}", self.method, self.path));
    }
}

/// An answer.
pub(super) struct Reply {
    pub(super) status: u16,
    /// Null for no body.
    pub(super) body: Value,
    pub(super) headers: Vec<(String, String)>,
}

impl Reply {
    pub(super) fn json(status: u16, body: Value) -> Self {
        Reply { status, body, headers: Vec::new() }
    }

    fn ok(body: Value) -> Self {
        Self::json(200, body)
    }

    fn empty() -> Self {
        Self::json(204, Value::Null)
    }

    /// Discord's error body.
    fn error(status: u16, code: u64, message: &str) -> Self {
        Self::json(status, json!({"message": message, "code": code}))
    }
}

/// Answers a request; the second part is what was wrong with it.
pub(super) fn handle(sandbox: &Sandbox, mut call: Call) -> (Reply, Vec<String>) {
    let reply = route(sandbox, &mut call);
    (reply, call.problems)
}

fn route(sandbox: &Sandbox, call: &mut Call) -> Reply {
    let path = call.path.clone();
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    // The token in the path authorises these; everything else wants the bot's.
    let by_interaction = matches!(segments.first(), Some(&("interactions" | "webhooks")));
    if !by_interaction && call.authorization != format!("Bot {}", sandbox.token()) {
        sandbox.lock().unauthorized = true;
        return Reply::json(401, super::server::unauthorized());
    }
    if call.body.is_err() {
        return Reply::error(400, 50109, "The request body contains invalid JSON.");
    }
    let method = call.method.clone();
    match (method.as_str(), segments.as_slice()) {
        ("GET", ["gateway"]) => Reply::ok(json!({"url": sandbox.gateway_url()})),
        ("GET", ["gateway", "bot"]) => Reply::ok(json!({
            "url": sandbox.gateway_url(), "shards": 1,
            "session_start_limit": {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1},
        })),
        ("GET", ["users", "@me"]) => Reply::ok(world::current_user()),
        ("POST", ["users", "@me", "channels"]) => channels::open_direct(call),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
            Reply::ok(world::application())
        }
        ("GET", ["guilds", id]) => channels::guild(id),
        ("GET", ["guilds", id, "channels"]) => channels::of_guild(sandbox, id),
        ("GET", ["guilds", id, "members", user]) => channels::member(id, user),
        ("GET", ["channels", id]) => channels::channel(sandbox, id),
        ("POST", ["channels", id, "typing"]) => channels::typing(sandbox, id),
        ("GET", ["channels", id, "messages"]) => messages::list(sandbox, call, id),
        ("POST", ["channels", id, "messages"]) => messages::create(sandbox, call, id),
        ("GET", ["channels", id, "messages", message]) => messages::get(sandbox, id, message),
        ("PATCH", ["channels", id, "messages", message]) => messages::edit(sandbox, call, id, message),
        ("DELETE", ["channels", id, "messages", message]) => messages::delete(sandbox, id, message),
        (_, ["applications", application, "commands", rest @ ..]) if is(application, world::APPLICATION) => {
            applications::commands(sandbox, call, None, rest)
        }
        (_, ["applications", application, "guilds", guild, "commands", rest @ ..])
            if is(application, world::APPLICATION) =>
        {
            applications::commands(sandbox, call, snowflake(guild), rest)
        }
        ("POST", ["interactions", id, token, "callback"]) => interactions::callback(sandbox, call, id, token),
        (_, ["webhooks", application, token, rest @ ..]) if is(application, world::APPLICATION) => {
            webhooks::handle(sandbox, call, token, rest)
        }
        _ => unknown_route(call),
    }
}

fn unknown_route(call: &mut Call) -> Reply {
    call.problem("unknown_route", "the sandbox does not have it");
    Reply::json(404, json!({"message": "404: Not Found", "code": 0}))
}

fn snowflake(segment: &str) -> Option<u64> {
    id_of(&json!(segment))
}

fn is(segment: &str, id: u64) -> bool {
    snowflake(segment) == Some(id)
}

/// Discord's nested form error (50035) for one field.
fn form_error(path: &[&str], code: &str, message: &str) -> Reply {
    let mut errors = json!({"_errors": [{"code": code, "message": message}]});
    for segment in path.iter().rev() {
        errors = json!({(*segment): errors});
    }
    Reply::json(400, json!({"code": 50035, "message": "Invalid Form Body", "errors": errors}))
}

/// Checks a message's body: the hard limits, and that it pings nobody.
fn check_message(sandbox: &Sandbox, call: &mut Call, body: &Value, purpose: Body) -> Option<Reply> {
    if let Some(ping) = limits::mentions(body) {
        call.problems.push(format!("{ping} in {} {}", call.method, call.path));
    }
    let mut form = Form::default();
    let empty = limits::message(&mut form, body, purpose).is_err();
    if let Some(reply) = refused(sandbox, call, &form) {
        return Some(reply);
    }
    if empty {
        call.problem("message_empty", "nothing to show (50006)");
        return sandbox.options().strict.then(|| Reply::error(400, 50006, "Cannot send an empty message"));
    }
    None
}

/// Records the errors of a form; the answer that refuses it, unless the sandbox is lenient.
fn refused(sandbox: &Sandbox, call: &mut Call, form: &Form) -> Option<Reply> {
    if form.is_valid() {
        return None;
    }
    for line in form.lines() {
        call.problem("form_invalid", &line);
    }
    sandbox.options().strict.then(|| Reply::json(400, form.answer()))
}
