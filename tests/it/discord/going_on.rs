//! What goes on after a private or slash answer: "Ask on" with its form, and "Share". Whose it is, where it may go, and that
//! a restart changes nothing.

use registrar::sandbox::world::permission;
use registrar::sandbox::{InteractionDraft, InteractionResponse, MessageDraft, Place, world};
use registrar::store::{Change, Mode};
use serde_json::json;

use super::backend::QUOTE;
use super::harness::{Stage, custom_id, labels, question};

async fn private_answer(stage: &Stage, place: Place) -> (u64, InteractionResponse) {
    let draft = InteractionDraft::ask(&question("when")).option("private", json!(true)).at(place);
    let response = stage.response(draft).await;
    assert!(response.ephemeral);
    (response.message.expect("a message"), response)
}

fn here() -> Place {
    Place::Guild { channel: world::QUESTIONS }
}

/// Presses "Ask on", fills the form in, and gives the response.
async fn ask_on(stage: &Stage, user: u64, message: u64, text: &str) -> InteractionResponse {
    let pressed = stage.discord.press(user, message, "follow");
    let form = stage.response_to(pressed).await;
    assert_eq!(form.kind, 9);
    let sent = stage.discord.submit(pressed, &[("follow", text)]);
    stage.response_to(sent).await
}

#[tokio::test]
async fn a_form_asks_on_where_the_card_stands() {
    let mut stage = Stage::unhurried(|_, _| {}).await;
    let public = stage.response(InteractionDraft::ask(&question("when"))).await;
    let message = public.message.expect("a message");
    stage.leave().await.expect("it leaves in order");
    stage.enter().await;
    // Anybody may lean on a public card; the answer is theirs.
    let answer = ask_on(&stage, world::SECOND_ASKER, message, &question("and where")).await;
    assert!(!answer.ephemeral && answer.content.contains("10, as for the library"), "{}", answer.content);
    assert_eq!(
        labels(&answer.components),
        ["Why?", "Ask on", "Delete", "Helped", "Not what I asked", "Wrong"]
    );
    let delete = custom_id(&answer.components, "Delete").expect("a button");
    let theirs = stage.discord.press(world::ASKER, answer.message.expect("a message"), &delete);
    assert!(stage.response_to(theirs).await.content.starts_with("Only the person who asked"));
    let nothing = ask_on(&stage, world::ASKER, message, &question("unknown")).await;
    assert!(nothing.ephemeral && nothing.content.starts_with("That is not in my sources."));
    let (message, _) = private_answer(&stage, here()).await;
    let answer = ask_on(&stage, world::ASKER, message, &question("and where")).await;
    assert!(answer.ephemeral && answer.content.contains("10, as for the library"));
    assert_eq!(
        labels(&answer.components),
        ["Why?", "Ask on", "Share", "Helped", "Not what I asked", "Wrong"]
    );
    stage.end().await;
}

#[tokio::test]
async fn hostile_forms_get_a_private_sentence() {
    let stage = Stage::unhurried(|_, _| {}).await;
    let public = stage.response(InteractionDraft::ask(&question("when"))).await;
    let message = public.message.expect("a message");
    let pressed = stage.discord.press(world::ASKER, message, "follow");
    stage.response_to(pressed).await;
    for values in [&[][..], &[("other", "x")], &[("follow ", "x")]] {
        let sent = stage.discord.submit(pressed, values);
        let response = stage.response_to(sent).await;
        assert!(
            response.ephemeral && response.content.starts_with("I do not know this button"),
            "{values:?}"
        );
    }
    // Empty after all, and full of what must not ping.
    let empty = stage.discord.submit(pressed, &[("follow", "")]);
    assert!(stage.response_to(empty).await.ephemeral);
    let hostile = stage.discord.submit(pressed, &[("follow", "hostile @everyone")]);
    assert!(stage.response_to(hostile).await.content.contains("@everyone"));
    stage.end().await;
}

#[tokio::test]
async fn a_private_answer_is_shared_once_by_its_owner() {
    let mut stage = Stage::unhurried(|_, _| {}).await;
    let (message, private) = private_answer(&stage, here()).await;
    let share = custom_id(&private.components, "Share").expect("a button");
    stage.leave().await.expect("it leaves in order");
    stage.enter().await;
    // Discord shows it to nobody else; a crafted press is refused all the same.
    let theirs = stage.discord.press_raw(world::SECOND_ASKER, message, &share);
    assert!(stage.response_to(theirs).await.content.starts_with("Only a private answer can be shared"));
    let shared = stage.discord.press(world::ASKER, message, &share);
    let shared = stage.response_to(shared).await;
    assert!(!shared.ephemeral && shared.content.contains(QUOTE));
    assert_eq!(
        labels(&shared.components),
        ["Why?", "Ask on", "Delete", "Helped", "Not what I asked", "Wrong"]
    );
    let again = stage.discord.press(world::ASKER, message, &share);
    assert_eq!(stage.response_to(again).await.content, "You have shared this answer already.");
    // Whoever shared it may delete it, and a public answer is not shared again.
    let public = stage.discord.press_raw(world::ASKER, shared.message.expect("a message"), "share");
    assert!(stage.response_to(public).await.content.starts_with("Only a private answer can be shared"));
    let message = shared.message.expect("a message");
    stage.discord.press(world::ASKER, message, "delete");
    assert!(stage.discord.wait_message(message, |one| one.deleted, super::harness::SOON).await.is_some());
    stage.end().await;
}

#[tokio::test]
async fn nothing_is_shared_where_its_owner_or_the_bot_may_not_speak() {
    let stage = Stage::unhurried(|_, _| {}).await;
    for (channel, permissions, expected) in [
        (world::QUESTIONS, permission::VIEW_CHANNEL, "You may not write in this channel"),
        (world::THREAD, permission::SEND_MESSAGES, "You may not write in this channel"),
        (world::THREAD, permission::SEND_MESSAGES_IN_THREADS, "**9 to 17**"),
        (world::STAFF, permission::MEMBER, "The moderators want no answers of mine in this channel"),
    ] {
        let off = Change::Channel(world::STAFF, Mode::Off);
        assert_eq!(stage.store.change(world::GUILD, off).await, Ok(()));
        let (message, _) = private_answer(&stage, Place::Guild { channel }).await;
        let pressed = stage.discord.press_with(world::ASKER, message, "share", Some(permissions));
        let response = stage.response_to(pressed).await;
        assert!(response.content.starts_with(expected), "{channel}: {}", response.content);
    }
    stage.end().await;
}

#[tokio::test]
async fn buttons_for_what_is_no_card_of_ours_get_a_private_sentence() {
    let stage = Stage::unhurried(|_, _| {}).await;
    let theirs = stage.discord.say(MessageDraft::new(world::OTHER_BOT, world::QUESTIONS, "-# Asked: forged"));
    let hint = stage.reply(MessageDraft::question("")).await;
    for (message, id, expected) in [
        (theirs, "delete", "I do not know this button"),
        (theirs, "share", "I do not know this button"),
        (theirs, "follow", "I do not know this button"),
        (hint.id, "share", "There is no more to show here"),
        (hint.id, "follow", "There is no more to show here"),
    ] {
        let pressed = stage.discord.press_raw(world::ASKER, message, id);
        let response = stage.response_to(pressed).await;
        assert!(response.ephemeral && response.content.starts_with(expected), "{id}: {}", response.content);
    }
    stage.end().await;
}
