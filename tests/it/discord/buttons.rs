//! The buttons under a card, which need nothing but the card.

use std::time::Duration;

use registrar::sandbox::{InteractionDraft, MessageDraft, Recorded, world};

use super::harness::{SOON, Stage, custom_id, labels, question};

#[tokio::test]
async fn why_explains_to_the_one_who_pressed() {
    let stage = Stage::start().await;
    let card = stage.reply(MessageDraft::question(&question("when"))).await;
    let why = stage.press(world::ASKER, card.id, &card.components, "Why?").await;
    assert!(why.ephemeral);
    expect_test::expect![[r#"
        **How this answer was found**
        kind: value
        won: 3.2 for "open""#]]
    .assert_eq(&why.content);
    stage.end().await;
}

#[tokio::test]
async fn buttons_work_after_a_restart_for_anybody() {
    let mut stage = Stage::start().await;
    let card = stage.reply(MessageDraft::question(&question("list"))).await;
    stage.leave().await.expect("it leaves in order");
    stage.enter().await;
    let page = stage.press(world::SECOND_ASKER, card.id, &card.components, "More").await;
    assert!(page.ephemeral && page.content.contains("· page 2 of "), "{}", page.content);
    assert_eq!(stage.discord.bot_messages(world::QUESTIONS).iter().filter(|one| !one.ephemeral).count(), 1);
    stage.end().await;
}

#[tokio::test]
async fn more_pages_through_the_whole_list_in_order() {
    let stage = Stage::start().await;
    let mut shown = stage.response(InteractionDraft::ask(&question("list"))).await;
    let mut items = String::new();
    // A new user for each page: the cooldown is not what is tested here.
    for user in 500_000.. {
        items.extend(
            shown.content.lines().filter_map(|line| line.strip_prefix("> ")).map(|line| format!("{line}\n")),
        );
        if custom_id(&shown.components, "More").is_none() {
            break;
        }
        let message = shown.message.expect("it is a message");
        shown = stage.press(user, message, &shown.components, "More").await;
    }
    let expected: String = (1..=150).map(|number| format!("Course number {number}\n")).collect();
    assert_eq!(items, expected);
    stage.end().await;
}

#[tokio::test]
async fn a_choice_is_answered_in_place_as_if_it_were_the_reply() {
    let stage = Stage::start().await;
    let back = stage.response(InteractionDraft::ask(&question("ambiguous"))).await;
    assert!(back.ephemeral && back.content.contains("Choose one, or reply with it:"), "{}", back.content);
    let message = back.message.expect("it is a message");
    let answer = stage.choose(world::ASKER, message, &back.components, "Fees").await;
    assert_eq!((answer.kind, answer.message), (7, Some(message)));
    assert!(
        answer.ephemeral && answer.content.starts_with("**10, as for the library**"),
        "{}",
        answer.content
    );
    assert!(answer.content.ends_with("-# Asked: Fees (about the library)"), "{}", answer.content);
    assert_eq!(
        labels(&answer.components),
        ["Why?", "Ask on", "Share", "Helped", "Not what I asked", "Wrong"]
    );
    stage.end().await;
}

#[tokio::test]
async fn in_public_only_the_one_who_was_asked_back_chooses_for_all() {
    let mut stage = Stage::start().await;
    let back = stage.reply(MessageDraft::question(&question("ambiguous"))).await;
    stage.leave().await.expect("it leaves in order");
    stage.enter().await;
    let theirs = stage.choose(world::SECOND_ASKER, back.id, &back.components, "Fees").await;
    assert!(theirs.ephemeral && theirs.content.starts_with("**10, as for"), "{}", theirs.content);
    assert_eq!(stage.discord.bot_message(back.id).expect("it stands").edits, 0);
    // A card of an earlier version has buttons instead, and a choice that is gone leaves the card as it is.
    let gone = stage.discord.press_raw(world::ASKER, back.id, "choose:3");
    let gone = stage.response_to(gone).await;
    assert!(gone.ephemeral && gone.content.starts_with("There is no more to show"), "{}", gone.content);
    let mine = stage.choose(world::ASKER, back.id, &back.components, "Opening hours").await;
    assert_eq!((mine.kind, mine.message, mine.ephemeral), (7, Some(back.id), false));
    assert_eq!(labels(&mine.components), ["Why?", "Delete", "Helped", "Not what I asked", "Wrong"]);
    stage.end().await;
}

#[tokio::test]
async fn a_slow_choice_is_taken_in_time_and_changes_the_card_later() {
    let stage = Stage::with(|_, settings| settings.timing.think = Duration::from_millis(50)).await;
    let back = stage.reply(MessageDraft::question(&question("ambiguous hold"))).await;
    stage.backend.hold();
    let chosen = stage.discord.choose(world::ASKER, back.id, "choose", &["choose:1"]);
    let path = format!("/interactions/{chosen}/");
    let taken = |all: &[Recorded]| all.iter().any(|one| one.path.starts_with(&path) && one.body["type"] == 6);
    assert!(stage.discord.wait_requests(taken, SOON).await);
    stage.backend.release();
    let changed = stage.discord.wait_message(back.id, |message| message.edits == 1, SOON).await;
    assert!(changed.expect("it changes").content.starts_with("**10, as for"));
    stage.end().await;
}

#[tokio::test]
async fn hostile_button_ids_get_a_private_sentence() {
    let stage = Stage::start().await;
    let card = stage.reply(MessageDraft::question(&question("when"))).await;
    let long = "x".repeat(100);
    let ids = [
        "",
        "why:1",
        "more:",
        "more:99",
        "more:-1",
        "choose:25",
        "choose",
        "more:18446744073709551616",
        "@everyone",
        "🦓",
        &long,
    ];
    for (user, id) in (600_000..).zip(ids) {
        let interaction = stage.discord.press_raw(user, card.id, id);
        let response = stage.response_to(interaction).await;
        assert!(response.ephemeral && response.content.starts_with("I do not know this button"), "{id}");
    }
    for (user, values) in
        (610_000..).zip([&["choose:0", "choose:1"][..], &[], &["why"], &["delete"], &["choose:99"]])
    {
        let interaction = stage.discord.choose_raw(user, card.id, "choose", values);
        let response = stage.response_to(interaction).await;
        assert!(
            response.content.starts_with("I do not know this button"),
            "{values:?}: {}",
            response.content
        );
    }
    let interaction = stage.discord.choose_raw(world::SECOND_ASKER, card.id, "delete", &["choose:0"]);
    assert!(stage.response_to(interaction).await.content.starts_with("I do not know this button"));
    // A page that is not there.
    let interaction = stage.discord.press_raw(world::ASKER, card.id, "more:7");
    assert!(stage.response_to(interaction).await.content.starts_with("There is no more to show"));
    stage.end().await;
}

#[tokio::test]
async fn buttons_on_what_is_no_card_of_ours_get_a_private_sentence() {
    let stage = Stage::start().await;
    let theirs = stage.discord.say(MessageDraft::new(world::OTHER_BOT, world::QUESTIONS, "-# Asked: forged"));
    let interaction = stage.discord.press_raw(world::ASKER, theirs, "why");
    assert!(stage.response_to(interaction).await.content.starts_with("I do not know this button"));
    let hint = stage.reply(MessageDraft::question("")).await;
    let interaction = stage.discord.press_raw(world::ASKER, hint.id, "why");
    assert!(stage.response_to(interaction).await.content.starts_with("There is no more to show"));
    stage.end().await;
}
