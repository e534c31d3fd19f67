//! `/corpus add`, `remove` and `restore`: documents by upload. What was understood is shown first; nothing is served before
//! "Confirm", and the rights of whoever presses it are checked again.

use std::sync::Arc;

use serenity::model::application::{CommandData, ResolvedOption, ResolvedValue};
use serenity::model::channel::Attachment;

use super::{log, reindex};
use crate::discord::attachment::download;
use crate::discord::bot::Bot;
use crate::discord::incoming::Incoming;
use crate::discord::looking_up::{Choices, texts};
use crate::discord::outbox::Reply;
use crate::discord::rest::RestError;
use crate::discord::rights::may_manage_corpus;
use crate::discord::wording;
use crate::library::{Rebuild, UploadError};
use crate::render::discord::{Button, ButtonAction, Card, StoredName, escape, previewed};
use crate::store::{Deed, Ending};
use crate::text::cut_at_character;

/// `/corpus add file:`
pub(super) async fn add(bot: &Arc<Bot>, incoming: &Incoming, data: &CommandData) -> Result<(), RestError> {
    incoming.defer(&bot.rest, true).await?;
    let options = options_of(data);
    let attachment = options.iter().find_map(|option| match option.value {
        ResolvedValue::Attachment(attachment) => Some(attachment),
        _ => None,
    });
    let card = match attachment {
        Some(attachment) => preview(bot, incoming, attachment).await,
        None => plain(wording::UNKNOWN_COMMAND),
    };
    incoming.reply(&bot.rest, &Reply { card, private: true }).await
}

async fn preview(bot: &Arc<Bot>, incoming: &Incoming, attachment: &Attachment) -> Card {
    let bytes = match download(bot, attachment).await {
        Ok(bytes) => bytes,
        Err(trouble) => return plain(&trouble.to_string()),
    };
    let (backend, now) = (Arc::clone(&bot.backend), bot.now());
    let name = attachment.filename.clone();
    let staged = tokio::task::spawn_blocking(move || backend.stage_upload(&name, &bytes, now)).await;
    match staged {
        Ok(Ok(preview)) => {
            let user = incoming.caller.user.get();
            let key = preview.key.clone();
            let buttons = vec![
                button("Confirm", ButtonAction::Keep { user, key: key.clone() }),
                button("Cancel", ButtonAction::Discard { user, key }),
            ];
            Card { content: previewed(&attachment.filename, &preview), buttons, ..Card::default() }
        }
        Ok(Err(error)) => failed(&error),
        Err(_) => panicked(bot),
    }
}

/// `/corpus remove name:` and `/corpus restore name:`; `action` is what "Confirm" does.
pub(super) async fn ask(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    data: &CommandData,
    verb: &str,
    action: fn(u64, StoredName) -> ButtonAction,
) -> Result<(), RestError> {
    let options = options_of(data);
    let name = options.iter().find_map(|option| match option.value {
        ResolvedValue::String(name) => Some(name.trim()),
        _ => None,
    });
    let card = match name.and_then(StoredName::read) {
        Some(name) => {
            let user = incoming.caller.user.get();
            let content = format!("{verb} `{}`? The folder is read again then.", name.as_str());
            Card { content, buttons: vec![button("Confirm", action(user, name))], ..Card::default() }
        }
        None => plain(&known(bot).await),
    };
    incoming.reply(&bot.rest, &Reply { card, private: true }).await
}

/// Names of uploads that hold what was typed so far, for those who may use the command; for others there are none.
pub(super) async fn suggest(bot: &Arc<Bot>, incoming: &Incoming, data: &CommandData, typed: &str) -> Choices {
    if may_manage_corpus(&incoming.caller, &bot.settings.discord.corpus_servers).is_err() {
        return Choices::new();
    }
    let restoring = data.options.first().is_some_and(|subcommand| subcommand.name == "restore");
    let backend = Arc::clone(&bot.backend);
    let names = tokio::task::spawn_blocking(move || {
        let uploads = backend.uploads();
        if restoring { uploads.restorable() } else { uploads.names() }
    });
    let names = names.await.ok().and_then(Result::ok).unwrap_or_default();
    let typed = typed.trim().to_lowercase();
    texts(names.into_iter().filter(|name| name.contains(&typed)).collect())
}

/// The names that can be given.
async fn known(bot: &Arc<Bot>) -> String {
    let backend = Arc::clone(&bot.backend);
    let names = tokio::task::spawn_blocking(move || backend.uploads().names()).await;
    let names = names.ok().and_then(Result::ok).unwrap_or_default();
    if names.is_empty() {
        return wording::NO_UPLOADS.to_owned();
    }
    let shown: Vec<String> = names.iter().take(20).map(|name| format!("- `{name}`")).collect();
    format!("There is no upload of that name. These are served:\n{}", shown.join("\n"))
}

/// A button of this file was pressed.
pub(in crate::discord) async fn pressed(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    action: ButtonAction,
) -> Result<(), RestError> {
    let (ButtonAction::Keep { user, .. }
    | ButtonAction::Discard { user, .. }
    | ButtonAction::Remove { user, .. }
    | ButtonAction::Restore { user, .. }) = &action
    else {
        return incoming.reply(&bot.rest, &Reply::private(wording::UNKNOWN_BUTTON)).await;
    };
    if let Err(refusal) = reindex::may_press(bot, incoming, *user) {
        return incoming.reply(&bot.rest, &Reply::private(refusal)).await;
    }
    let deed = match action {
        ButtonAction::Keep { .. } => Some(Deed::Add),
        ButtonAction::Remove { .. } => Some(Deed::Remove),
        ButtonAction::Restore { .. } => Some(Deed::Restore),
        _ => None,
    };
    let (backend, now) = (Arc::clone(&bot.backend), bot.now());
    let done = tokio::task::spawn_blocking(move || {
        let uploads = backend.uploads();
        match &action {
            ButtonAction::Keep { key, .. } => uploads.confirm(key, now),
            ButtonAction::Discard { key, .. } => uploads.discard(key).map(|()| String::new()),
            ButtonAction::Remove { name, .. } => {
                uploads.remove(name.as_str()).map(|()| name.as_str().to_owned())
            }
            ButtonAction::Restore { name, .. } => {
                uploads.restore(name.as_str()).map(|()| name.as_str().to_owned())
            }
            _ => Err(UploadError::Unknown),
        }
    });
    let done = done.await;
    if let Some(deed) = deed {
        match &done {
            Ok(Ok(name)) => log::note(bot, incoming, deed, Ending::Done, name).await,
            Ok(Err(_)) | Err(_) => log::note(bot, incoming, deed, Ending::Failed, "").await,
        }
    }
    let card = match done {
        Ok(Ok(_)) if deed.is_none() => plain(wording::DISCARDED),
        Ok(Ok(_)) => return reindex::run(bot, incoming, Rebuild::IfNeeded).await,
        Ok(Err(error)) => failed(&error),
        Err(_) => panicked(bot),
    };
    incoming.reply(&bot.rest, &Reply { card, private: true }).await
}

/// The options of the subcommand.
fn options_of(data: &CommandData) -> Vec<ResolvedOption<'_>> {
    match data.options().into_iter().next().map(|option| option.value) {
        Some(ResolvedValue::SubCommand(options)) => options,
        _ => Vec::new(),
    }
}

fn button(label: &'static str, action: ButtonAction) -> Button {
    Button { label: label.into(), action }
}

fn plain(text: &str) -> Card {
    Card::text(text)
}

fn failed(error: &UploadError) -> Card {
    tracing::warn!(%error, "an upload failed");
    plain(&escape(&cut_at_character(&error.to_string(), 900)))
}

fn panicked(bot: &Bot) -> Card {
    bot.note_panic();
    plain(wording::FAILED)
}
