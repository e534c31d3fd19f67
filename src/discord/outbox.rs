//! The one helper through which everything is said. Every body mentions nobody, suppresses link previews, and replies
//! without a ping; a message carries its event's id as nonce, so that sending it twice shows it once.

use serde_json::{Value, json};
use serenity::http::{LightMethod, Route};
use serenity::model::id::{ChannelId, InteractionId, MessageId};
use tokio::time::Instant;

use super::incoming::Incoming;
use super::rest::{Call, Rest, RestError};
use crate::render::discord::{Button, Card, Menu};

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
        Self { card: Card { content: text.into(), ..Card::default() }, private: true }
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
    reply(rest, channel, message, &message.to_string(), false, card).await
}

/// Replies to a message because somebody asked for it with the interaction `event`; the message must be there.
///
/// # Errors
/// As [`reply_to_message`].
pub async fn reply_on_behalf(
    rest: &Rest,
    channel: ChannelId,
    message: MessageId,
    event: InteractionId,
    card: &Card,
) -> Result<(), RestError> {
    reply(rest, channel, message, &event.to_string(), true, card).await
}

async fn reply(
    rest: &Rest,
    channel: ChannelId,
    message: MessageId,
    nonce: &str,
    must_exist: bool,
    card: &Card,
) -> Result<(), RestError> {
    let mut body = content(card);
    body["flags"] = json!(SUPPRESS_EMBEDS);
    body["nonce"] = json!(nonce);
    body["enforce_nonce"] = json!(true);
    body["message_reference"] =
        json!({ "message_id": message.to_string(), "fail_if_not_exists": must_exist });
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

/// Answers an interaction that asks what could be typed, with names and their values.
///
/// # Errors
/// As [`respond`].
pub async fn suggest(
    rest: &Rest,
    incoming: &Incoming,
    choices: &[(String, String)],
) -> Result<(), RestError> {
    let choices: Vec<Value> =
        choices.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    callback(rest, incoming, json!({ "type": 8, "data": { "choices": choices } }), incoming.respond_by).await
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

/// What every body has: the text, the menu, the buttons, and nobody mentioned.
fn content(card: &Card) -> Value {
    let buttons: Vec<Value> = card.buttons.iter().map(button).collect();
    let menu: Vec<Value> = card.menu.iter().map(menu).collect();
    let rows: Vec<Value> = [menu, buttons]
        .into_iter()
        .filter(|row| !row.is_empty())
        .map(|row| json!({ "type": 1, "components": row }))
        .collect();
    json!({
        "content": card.content,
        "components": rows,
        "allowed_mentions": { "parse": [], "replied_user": false },
    })
}

fn button(button: &Button) -> Value {
    json!({ "type": 2, "style": 2, "label": button.label, "custom_id": button.action.id() })
}

fn menu(menu: &Menu) -> Value {
    let options: Vec<Value> =
        menu.options.iter().map(|(label, value)| json!({ "label": label, "value": value })).collect();
    json!({ "type": 3, "custom_id": menu.action.id(), "placeholder": menu.placeholder, "options": options })
}
