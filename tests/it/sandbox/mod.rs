//! The sandbox's own tests: it is driven by plain HTTP and by the real client, and checked against Discord's own files.

mod client;
mod gateway;
mod lifecycle;
mod limits;
mod openapi_answers;
mod routes;
mod terminal;

use registrar::sandbox::Sandbox;
use reqwest::Method;
use serde_json::Value;

/// One REST call as a bot makes it: status and JSON body (null for none).
pub async fn call(sandbox: &Sandbox, method: Method, path: &str, body: &Value) -> (u16, Value) {
    let mut request = reqwest::Client::new()
        .request(method, format!("{}/api/v10{path}", sandbox.api_base()))
        .header("Authorization", format!("Bot {}", sandbox.token()))
        .header("User-Agent", "DiscordBot (https://example.org, 1)");
    if !body.is_null() {
        request = request.json(body);
    }
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or_default())
}

/// A sandbox with default options.
pub async fn sandbox() -> Sandbox {
    Sandbox::start(registrar::sandbox::SandboxOptions::default()).await.unwrap()
}
