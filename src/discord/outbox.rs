//! The one helper through which everything is said. Every body mentions nobody, suppresses link previews, and replies
//! without a ping; a message carries its event's id as nonce, so that sending it twice shows it once.

use serde_json::{Value, json};
use serenity::http::{LightMethod, Route};
use serenity::model::id::{ChannelId, MessageId};
use tokio::time::Instant;

use super::incoming::Incoming;
use super::rest::{Call, Rest, RestError};
use crate::render::discord::{Button, Card};

/// Discord's flag for "show no link previews".
const SUPPRESS_EMBEDS: u64 = 1 << 2;
/// Discord's flag for "only this user sees it".
const EPHEMERAL: u64 = 1 << 6;

/// Something to say to the user of an interaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Text and buttons.
    pub card: Card,
    /// Whether only that user sees it.
    pub private: bool,
}

impl Reply {
    /// A sentence that only the user sees.
    pub fn private(text: impl Into<String>) -> Self {
        Self { card: Card { content: text.into(), buttons: Vec::new() }, private: true }
    }
}

/// Replies to a message in its channel.
///
/// # Errors
/// [`RestError`], after the retries that the nonce makes safe.
pub async fn reply_to_message(
    rest: &Rest,
    channel: ChannelId,
    message: MessageId,
    card: &Card,
) -> Result<(), RestError> {
    let mut body = content(card);
    body["flags"] = json!(SUPPRESS_EMBEDS);
    body["nonce"] = json!(message.to_string());
    body["enforce_nonce"] = json!(true);
    body["message_reference"] = json!({ "message_id": message.to_string(), "fail_if_not_exists": false });
    let call = Call {
        what: "reply to a message",
        method: LightMethod::Post,
        route: Route::ChannelMessages { channel_id: channel },
        body: Some(body),
        channel: Some(channel.get()),
        deadline: rest.send_deadline(),
    };
    rest.call(call).await.map(drop)
}

/// The first response to an interaction: the reply itself.
///
/// # Errors
/// [`RestError`]; "already acknowledged" after a lost response is none.
pub async fn respond(rest: &Rest, incoming: &Incoming, reply: &Reply) -> Result<(), RestError> {
    let mut data = content(&reply.card);
    data["flags"] = json!(flags(reply.private));
    callback(rest, incoming, json!({ "type": 4, "data": data }), incoming.respond_by).await
}

/// The first response to an interaction whose answer takes longer: a sign that it is being worked on.
///
/// # Errors
/// As [`respond`].
pub async fn defer(rest: &Rest, incoming: &Incoming, private: bool) -> Result<(), RestError> {
    let flags = if private { EPHEMERAL } else { 0 };
    callback(rest, incoming, json!({ "type": 5, "data": { "flags": flags } }), incoming.respond_by).await
}

/// Replaces the sign of [`defer`] with the reply.
///
/// # Errors
/// [`RestError`].
pub async fn complete(rest: &Rest, incoming: &Incoming, reply: &Reply) -> Result<(), RestError> {
    let mut body = content(&reply.card);
    body["flags"] = json!(SUPPRESS_EMBEDS);
    let route = Route::WebhookOriginalInteractionResponse {
        application_id: incoming.application,
        token: &incoming.token,
    };
    let call = Call {
        what: "answer after thinking",
        method: LightMethod::Patch,
        route,
        body: Some(body),
        channel: None,
        deadline: rest.send_deadline(),
    };
    rest.call(call).await.map(drop)
}

async fn callback(rest: &Rest, incoming: &Incoming, body: Value, deadline: Instant) -> Result<(), RestError> {
    let route = Route::InteractionResponse { interaction_id: incoming.id, token: &incoming.token };
    let call = Call {
        what: "response to an interaction",
        method: LightMethod::Post,
        route,
        body: Some(body),
        channel: None,
        deadline,
    };
    match rest.call(call).await {
        Ok(_) => Ok(()),
        Err(error) if error.code() == ALREADY_ACKNOWLEDGED => Ok(()),
        Err(error) => Err(error),
    }
}

/// Discord's code for a second response to one interaction.
const ALREADY_ACKNOWLEDGED: i64 = 40_060;

fn flags(private: bool) -> u64 {
    if private { SUPPRESS_EMBEDS | EPHEMERAL } else { SUPPRESS_EMBEDS }
}

/// What every body has: the text, the buttons, and nobody mentioned.
fn content(card: &Card) -> Value {
    let buttons: Vec<Value> = card.buttons.iter().map(button).collect();
    let rows: Vec<Value> =
        if buttons.is_empty() { Vec::new() } else { vec![json!({ "type": 1, "components": buttons })] };
    json!({
        "content": card.content,
        "components": rows,
        "allowed_mentions": { "parse": [], "replied_user": false },
    })
}

fn button(button: &Button) -> Value {
    json!({ "type": 2, "style": 2, "label": button.label, "custom_id": button.action.id() })
}
