//! "Answer this" in the menu of a message, and `reply_to:` of `/ask`: who sees the answer, and under which message.

use registrar::sandbox::{InteractionDraft, MessageDraft, world};
use registrar::store::{Change, Mode};
use serde_json::json;

use super::backend::QUOTE;
use super::harness::{SOON, Stage, question};

/// Manage Messages.
const MANAGING: Option<u64> = Some(1 << 13);

#[tokio::test]
async fn answer_this_is_private_for_anybody_and_a_reply_by_a_moderator() {
    let stage = Stage::start().await;
    let asked = stage.discord.say(MessageDraft::new(world::SECOND_ASKER, world::QUESTIONS, question("when")));
    let private = stage.response_to(stage.discord.menu(world::ASKER, "Answer this", asked)).await;
    assert!(private.ephemeral && private.content.contains(QUOTE), "{}", private.content);
    stage.assert_silent().await;
    // Manage Server alone is another right.
    let manager = stage.response_to(stage.discord.menu(world::MODERATOR, "Answer this", asked)).await;
    assert!(manager.ephemeral && manager.content.contains(QUOTE), "{}", manager.content);
    stage.assert_silent().await;
    let told =
        stage.response_to(stage.discord.menu_with(world::MODERATOR, MANAGING, "Answer this", asked)).await;
    assert!(told.ephemeral && told.content == "Answered, as a reply to that message.", "{}", told.content);
    let reply = stage.reply_to(asked).await;
    assert!(reply.content.contains(QUOTE));
    stage.discord.delete(asked);
    assert!(stage.discord.wait_message(reply.id, |message| message.deleted, SOON).await.is_some());
    // What is no answer goes to nobody else.
    let unknown = stage.discord.say(MessageDraft::new(world::ASKER, world::QUESTIONS, question("unknown")));
    let told =
        stage.response_to(stage.discord.menu_with(world::MODERATOR, MANAGING, "Answer this", unknown)).await;
    assert!(told.ephemeral && told.content.starts_with("That is not in my sources."), "{}", told.content);
    stage.assert_silent().await;
    stage.end().await;
}

#[tokio::test]
async fn ask_can_reply_to_a_message_of_the_channel() {
    let stage = Stage::start().await;
    let asked = stage.discord.say(MessageDraft::new(world::SECOND_ASKER, world::QUESTIONS, "no question"));
    let link = format!("https://discord.com/channels/{}/{}/{asked}", world::GUILD, world::QUESTIONS);
    let ask = |target: &str| InteractionDraft::ask(&question("when")).option("reply_to", json!(target));
    let told = stage.response(ask(&link)).await;
    assert!(told.ephemeral && told.content.starts_with("Answered"), "{}", told.content);
    assert!(stage.reply_to(asked).await.content.contains(QUOTE));
    let elsewhere = format!("https://discord.com/channels/{}/{}/{asked}", world::GUILD, world::STAFF);
    for (user, target) in
        (750_000..).zip([elsewhere.as_str(), "yesterday", "-1", "0", "<@1>", "18446744073709551616"])
    {
        let told = stage.response(ask(target).by(user)).await;
        assert!(
            told.ephemeral && told.content.starts_with("I cannot find that message"),
            "{target}: {}",
            told.content
        );
    }
    let private = stage.response(ask(&link).option("private", json!(true)).by(760_000)).await;
    assert!(private.ephemeral && private.content.contains(QUOTE));
    stage.end().await;
}

#[tokio::test]
async fn where_the_bot_is_off_it_answers_nobody_else() {
    let stage = Stage::start().await;
    let off = Change::Channel(world::QUESTIONS, Mode::Off);
    assert_eq!(stage.store.change(world::GUILD, off).await, Ok(()));
    let asked = stage.discord.say(MessageDraft::new(world::SECOND_ASKER, world::QUESTIONS, "no question"));
    let told = stage
        .response(InteractionDraft::ask(&question("when")).option("reply_to", json!(asked.to_string())))
        .await;
    assert!(told.ephemeral && told.content.contains(QUOTE), "{}", told.content);
    let listed = stage.response(InteractionDraft::new("programs").by(world::SECOND_ASKER)).await;
    assert!(listed.ephemeral, "{}", listed.content);
    stage.assert_silent().await;
    stage.end().await;
}
