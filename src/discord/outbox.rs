//! The one helper through which everything is said. Every body mentions nobody, suppresses link previews, and replies
//! without a ping; a message carries its event's id as nonce, so that sending it twice shows it once.

use serde_json::{Value, json};
use serenity::http::{LightMethod, Route};
use serenity::model::id::{ChannelId, GuildId, InteractionId, MessageId, UserId};
use tokio::time::Instant;

use super::incoming::Incoming;
use super::rest::{Call, Rest, RestError};
use crate::render::discord::{Button, Card, Menu, TextFile};

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
        Self { card: Card::text(text), private: true }
    }
}

/// A form with one line of text.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// Its id, and that of its line.
    pub id: &'static str,
    /// What stands above it, at most 45 characters.
    pub title: &'static str,
    /// What stands beside the line, at most 45 characters.
    pub label: &'static str,
    /// How many characters the line takes at most.
    pub longest: u16,
}

/// Replies to a message in its channel; gives the id of the reply.
///
/// # Errors
/// [`RestError`], after the retries that the nonce makes safe.
pub async fn reply_to_message(
    rest: &Rest,
    channel: ChannelId,
    message: MessageId,
    card: &Card,
) -> Result<Option<MessageId>, RestError> {
    reply(rest, channel, message, (message.get(), false), card).await
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
) -> Result<Option<MessageId>, RestError> {
    reply(rest, channel, message, (event.get(), true), card).await
}

async fn reply(
    rest: &Rest,
    channel: ChannelId,
    message: MessageId,
    (nonce, must_exist): (u64, bool),
    card: &Card,
) -> Result<Option<MessageId>, RestError> {
    let mut body = message_body(card, nonce);
    body["message_reference"] =
        json!({ "message_id": message.to_string(), "fail_if_not_exists": must_exist });
    let call = in_channel("reply to a message", rest, channel, LightMethod::Post, None, Some(body));
    let sent = rest.call(call).await?;
    let id = sent.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok()).filter(|id| *id != 0);
    Ok(id.map(MessageId::new))
}

/// Says something in a channel that answers nothing, once for this server.
///
/// # Errors
/// As [`reply_to_message`].
pub async fn greet(rest: &Rest, channel: ChannelId, server: GuildId, card: &Card) -> Result<(), RestError> {
    let body = message_body(card, server.get());
    rest.call(in_channel("greeting", rest, channel, LightMethod::Post, None, Some(body))).await.map(drop)
}

/// Says in a channel what became of an event, once for it.
///
/// # Errors
/// As [`reply_to_message`].
pub async fn announce(rest: &Rest, channel: ChannelId, event: u64, card: &Card) -> Result<(), RestError> {
    let body = message_body(card, event);
    rest.call(in_channel("announce a result", rest, channel, LightMethod::Post, None, Some(body)))
        .await
        .map(drop)
}

/// The channel for direct messages to a user.
///
/// # Errors
/// [`RestError`].
pub async fn direct_channel(rest: &Rest, user: UserId) -> Result<ChannelId, RestError> {
    let body = json!({ "recipient_id": user.to_string() });
    let (route, deadline) = (Route::UserMeDmChannels, rest.send_deadline());
    let what = "open a direct channel";
    let call = Call {
        what,
        method: LightMethod::Post,
        route,
        body: Some(body),
        file: None,
        channel: None,
        deadline,
    };
    let opened = rest.call(call).await?;
    let id = opened.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok()).filter(|id| *id != 0);
    id.map(ChannelId::new).ok_or(RestError::NoResponse("its answer is not Discord's"))
}

/// Changes a message of the bot's own.
///
/// # Errors
/// [`RestError`].
pub async fn edit(rest: &Rest, channel: ChannelId, message: MessageId, card: &Card) -> Result<(), RestError> {
    let mut body = content(card);
    body["flags"] = json!(SUPPRESS_EMBEDS);
    let call = in_channel("change a message", rest, channel, LightMethod::Patch, Some(message), Some(body));
    rest.call(call).await.map(drop)
}

/// Deletes a message of the bot's own; one that is gone already is as good.
///
/// # Errors
/// [`RestError`].
pub async fn delete(rest: &Rest, channel: ChannelId, message: MessageId) -> Result<(), RestError> {
    let call = in_channel("delete a message", rest, channel, LightMethod::Delete, Some(message), None);
    gone(rest.call(call).await)
}

/// The first response to an interaction: the reply itself.
///
/// # Errors
/// [`RestError`]; "already acknowledged" after a lost response is none.
pub async fn respond(rest: &Rest, incoming: &Incoming, reply: &Reply) -> Result<(), RestError> {
    let mut data = content(&reply.card);
    data["flags"] = json!(flags(reply.private));
    callback(rest, incoming, json!({ "type": 4, "data": data }), reply.card.file.as_ref()).await
}

/// The first response to a press: the message that the button hangs on becomes this card.
///
/// # Errors
/// As [`respond`].
pub async fn update(rest: &Rest, incoming: &Incoming, card: &Card) -> Result<(), RestError> {
    let mut data = content(card);
    data["flags"] = json!(SUPPRESS_EMBEDS);
    callback(rest, incoming, json!({ "type": 7, "data": data }), None).await
}

/// The first response to a press: a form to fill in.
///
/// # Errors
/// As [`respond`].
pub async fn show_form(rest: &Rest, incoming: &Incoming, form: &Form) -> Result<(), RestError> {
    let line = json!({
        "type": 4, "custom_id": form.id, "style": 1, "label": form.label, "min_length": 1,
        "max_length": form.longest, "required": true,
    });
    let rows = json!([{ "type": 1, "components": [line] }]);
    let data = json!({ "custom_id": form.id, "title": form.title, "components": rows });
    callback(rest, incoming, json!({ "type": 9, "data": data }), None).await
}

/// The first response to an interaction whose answer takes longer: a sign that it is being worked on.
///
/// # Errors
/// As [`respond`].
pub async fn defer(rest: &Rest, incoming: &Incoming, private: bool) -> Result<(), RestError> {
    let flags = if private { EPHEMERAL } else { 0 };
    callback(rest, incoming, json!({ "type": 5, "data": { "flags": flags } }), None).await
}

/// The first response to a press that will change the message it was made on, or delete it.
///
/// # Errors
/// As [`respond`].
pub async fn defer_update(rest: &Rest, incoming: &Incoming) -> Result<(), RestError> {
    callback(rest, incoming, json!({ "type": 6 }), None).await
}

/// Replaces the sign of [`defer`] with the reply, or the message of [`defer_update`] with the card.
///
/// # Errors
/// [`RestError`].
pub async fn complete(rest: &Rest, incoming: &Incoming, card: &Card) -> Result<(), RestError> {
    let mut body = content(card);
    body["flags"] = json!(SUPPRESS_EMBEDS);
    let call = by_token("answer after thinking", rest, original(incoming), LightMethod::Patch, Some(body));
    rest.call(Call { file: card.file.as_ref(), ..call }).await.map(drop)
}

/// Deletes the message of [`defer_update`]; one that is gone already is as good.
///
/// # Errors
/// [`RestError`].
pub async fn delete_pressed(rest: &Rest, incoming: &Incoming) -> Result<(), RestError> {
    let method = LightMethod::Delete;
    gone(rest.call(by_token("delete an answer", rest, original(incoming), method, None)).await)
}

/// What a deletion comes to: a second one, after a lost response, finds nothing.
fn gone(result: Result<Value, RestError>) -> Result<(), RestError> {
    match result {
        Err(error) if error.code() == UNKNOWN_MESSAGE => Ok(()),
        result => result.map(drop),
    }
}

/// Says something more after the first response, to the user alone.
///
/// # Errors
/// [`RestError`].
pub async fn add_private(rest: &Rest, incoming: &Incoming, card: &Card) -> Result<(), RestError> {
    let mut body = content(card);
    body["flags"] = json!(flags(true));
    let route =
        Route::WebhookFollowupMessages { application_id: incoming.application, token: &incoming.token };
    rest.call(by_token("say more", rest, route, LightMethod::Post, Some(body))).await.map(drop)
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
    callback(rest, incoming, json!({ "type": 8, "data": { "choices": choices } }), None).await
}

fn original(incoming: &Incoming) -> Route<'_> {
    Route::WebhookOriginalInteractionResponse { application_id: incoming.application, token: &incoming.token }
}

fn by_token<'a>(
    what: &'static str,
    rest: &Rest,
    route: Route<'a>,
    method: LightMethod,
    body: Option<Value>,
) -> Call<'a> {
    Call { what, method, route, body, file: None, channel: None, deadline: rest.send_deadline() }
}

fn in_channel(
    what: &'static str,
    rest: &Rest,
    channel: ChannelId,
    method: LightMethod,
    message: Option<MessageId>,
    body: Option<Value>,
) -> Call<'static> {
    let route = match message {
        Some(message_id) => Route::ChannelMessage { channel_id: channel, message_id },
        None => Route::ChannelMessages { channel_id: channel },
    };
    let deadline = rest.send_deadline();
    Call { what, method, route, body, file: None, channel: Some(channel.get()), deadline }
}

async fn callback(
    rest: &Rest,
    incoming: &Incoming,
    body: Value,
    file: Option<&TextFile>,
) -> Result<(), RestError> {
    let route = Route::InteractionResponse { interaction_id: incoming.id, token: &incoming.token };
    let what = "response to an interaction";
    let deadline: Instant = incoming.respond_by;
    let call =
        Call { what, method: LightMethod::Post, route, body: Some(body), file, channel: None, deadline };
    match rest.call(call).await {
        Ok(_) => Ok(()),
        Err(error) if error.code() == ALREADY_ACKNOWLEDGED => Ok(()),
        Err(error) => Err(error),
    }
}

/// Discord's code for a second response to one interaction.
const ALREADY_ACKNOWLEDGED: i64 = 40_060;
/// Discord's code for a message that is not there (any more).
const UNKNOWN_MESSAGE: i64 = 10_008;

fn flags(private: bool) -> u64 {
    if private { SUPPRESS_EMBEDS | EPHEMERAL } else { SUPPRESS_EMBEDS }
}

/// The body of a message that shows once however often it is sent.
fn message_body(card: &Card, nonce: u64) -> Value {
    let mut body = content(card);
    body["flags"] = json!(SUPPRESS_EMBEDS);
    body["nonce"] = json!(nonce.to_string());
    body["enforce_nonce"] = json!(true);
    body
}

/// What every body has: the text, what can be pressed, and nobody mentioned.
fn content(card: &Card) -> Value {
    let buttons: Vec<Value> = card.buttons.iter().map(button).collect();
    let votes: Vec<Value> = card.votes.iter().map(button).collect();
    let menu = card.menu.as_ref().map(|menu| vec![self::menu(menu)]).unwrap_or_default();
    let rows = [menu, buttons, votes].into_iter().filter(|row| !row.is_empty());
    let rows: Vec<Value> = rows.map(|items| json!({ "type": 1, "components": items })).collect();
    let mut body = json!({
        "content": card.content,
        "components": rows,
        "allowed_mentions": { "parse": [], "replied_user": false },
    });
    if let Some(file) = &card.file {
        body["attachments"] = json!([{ "id": 0, "filename": file.name }]);
    }
    body
}

fn button(button: &Button) -> Value {
    json!({ "type": 2, "style": 2, "label": button.label, "custom_id": button.action.id() })
}

fn menu(menu: &Menu) -> Value {
    let options: Vec<Value> =
        menu.options.iter().map(|(label, value)| json!({ "label": label, "value": value })).collect();
    json!({ "type": 3, "custom_id": menu.id, "placeholder": menu.placeholder, "options": options })
}
