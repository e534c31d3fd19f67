//! The HTTP front: reads a request, records it, applies faults, checks the token, routes it, and adds rate-limit headers.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State as Extracted};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use axum::routing::get;
use serde_json::{Value, json};

use super::faults::Effect;
use super::observe::Recorded;
use super::routes::{self, Call, Reply};
use super::{Sandbox, gateway};

/// The largest request that Discord takes, in bytes.
const REQUEST_BYTES: usize = 25 * 1024 * 1024;

/// The routes: the gateway's socket, and one handler for everything else, so that nothing escapes the record.
pub(super) fn router(sandbox: Sandbox) -> Router {
    Router::new()
        .route("/gateway", get(gateway::upgrade))
        .route("/gateway/", get(gateway::upgrade))
        .fallback(rest)
        .with_state(sandbox)
}

async fn rest(Extracted(sandbox): Extracted<Sandbox>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let method = parts.method.as_str().to_owned();
    let full_path = parts.uri.path().to_owned();
    let query = parts.uri.query().unwrap_or_default().trim_start_matches('&').to_owned();
    let header =
        |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut violations = Vec::new();

    let path = match full_path.strip_prefix("/api/v10") {
        Some(path) => path.to_owned(),
        None => {
            violations.push(format!("unknown_route: {method} {full_path} is outside /api/v10"));
            full_path
        }
    };
    let bytes = to_bytes(body, REQUEST_BYTES).await.unwrap_or_else(|_| {
        violations.push("request_too_large: a body over 25 MiB or cut off".to_owned());
        Bytes::new()
    });
    let body = routes::body::parse(header("content-type"), &bytes);
    let files = routes::body::files(header("content-type"), &bytes);
    if let Err(problem) = &body {
        violations.push(format!("unparsable_body: {method} {path}: {problem}"));
    }
    // On a callback the message lies one level deeper.
    let message = body.as_ref().ok().map(|body| body.get("data").unwrap_or(body));
    let named = message.and_then(|body| body["attachments"].as_array()).map_or(0, Vec::len);
    if named != files.len() {
        violations.push(format!("attachments: {method} {path}: {named} named, {} sent", files.len()));
    }
    let authorization = header("authorization").to_owned();
    if !header("user-agent").starts_with("DiscordBot (") {
        violations.push("user_agent: a request without `User-Agent: DiscordBot (url, version)`".to_owned());
    }
    let headers = parts
        .headers
        .iter()
        .filter(|(name, _)| name.as_str() != "authorization")
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();

    let index = {
        let mut state = sandbox.lock();
        if state.unauthorized {
            violations.push(format!("request_after_401: {method} {path}"));
        }
        state.violations.extend(violations.iter().cloned());
        state.records.push(Recorded {
            method: method.clone(),
            path: path.clone(),
            query: query.clone(),
            body: body.as_ref().cloned().unwrap_or(Value::Null),
            files,
            headers,
            status: 0,
            answer: Value::Null,
            at_ms: sandbox.clock().now_ms(),
            violations,
        });
        state.records.len() - 1
    };
    sandbox.touch();

    let effect = sandbox.take_fault(&method, &path);
    let mut extra = Vec::new();
    let mut broken = false;
    let reply = match effect {
        Some(Effect::Status { code, headers, body }) => {
            let mut reply = Reply::json(code, body);
            reply.headers = headers;
            finish(&sandbox, index, &reply, &[]);
            return respond(sandbox.clock().now_ms(), &path, reply, &[]);
        }
        Some(Effect::Drop) => return connection_broken(),
        Some(Effect::Hang(time)) => {
            tokio::time::sleep(time).await;
            None
        }
        Some(Effect::StoreThenDrop) => {
            broken = true;
            None
        }
        Some(Effect::Headers(headers)) => {
            extra = headers;
            None
        }
        None => None,
    };
    let reply = reply.unwrap_or_else(|| {
        let call = Call { method, path: path.clone(), query, body, authorization, problems: Vec::new() };
        routes::handle(&sandbox, call)
    });
    if broken {
        finish(&sandbox, index, &Reply { status: 0, ..reply.0 }, &reply.1);
        return connection_broken();
    }
    finish(&sandbox, index, &reply.0, &reply.1);
    respond(sandbox.clock().now_ms(), &path, reply.0, &extra)
}

/// Completes the record of a request.
fn finish(sandbox: &Sandbox, index: usize, reply: &Reply, problems: &[String]) {
    let mut state = sandbox.lock();
    state.violations.extend(problems.iter().cloned());
    if let Some(record) = state.records.get_mut(index) {
        record.status = reply.status;
        record.answer = reply.body.clone();
        record.violations.extend(problems.iter().cloned());
    }
    drop(state);
    sandbox.touch();
}

/// Discord's headers on every answer; the bucket is named after the route without its ids.
fn respond(now_ms: u64, path: &str, reply: Reply, extra: &[(String, String)]) -> Response<Body> {
    let bucket = path
        .split('/')
        .map(|segment| if segment.bytes().all(|byte| byte.is_ascii_digit()) { "" } else { segment })
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, segment| {
            segment
                .bytes()
                .fold(hash ^ 47, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
        });
    let mut headers = vec![
        ("x-ratelimit-limit".to_owned(), "5".to_owned()),
        ("x-ratelimit-remaining".to_owned(), "4".to_owned()),
        ("x-ratelimit-reset-after".to_owned(), "1.000".to_owned()),
        ("x-ratelimit-bucket".to_owned(), format!("{bucket:016x}")),
    ];
    replace(&mut headers, &reply.headers);
    let reset_after = headers.iter().find(|(name, _)| name == "x-ratelimit-reset-after");
    let reset_after: f64 = reset_after.and_then(|(_, value)| value.parse().ok()).unwrap_or_default();
    let now = std::time::Duration::from_millis(now_ms).as_secs_f64();
    headers.push(("x-ratelimit-reset".to_owned(), format!("{:.3}", now + reset_after)));
    replace(&mut headers, extra);
    let body = if reply.body.is_null() { Body::empty() } else { Body::from(reply.body.to_string()) };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if !reply.body.is_null() {
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
    }
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Sets headers, whatever they were before.
fn replace(headers: &mut Vec<(String, String)>, with: &[(String, String)]) {
    for (name, value) in with {
        headers.retain(|(known, _)| known != name);
        headers.push((name.clone(), value.clone()));
    }
}

/// An answer that breaks off: the client sees a closed connection.
fn connection_broken() -> Response<Body> {
    let end = futures_util::stream::once(async {
        Err::<Bytes, std::io::Error>(std::io::Error::other("the sandbox breaks the connection"))
    });
    Response::new(Body::from_stream(end))
}

/// Discord's answer to a wrong token.
pub(super) fn unauthorized() -> Value {
    json!({"message": "401: Unauthorized", "code": 0})
}
