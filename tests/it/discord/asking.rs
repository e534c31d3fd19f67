//! The doors: mention, direct message, `/ask`, ping-reply; and what is no answer.

use registrar::sandbox::{InteractionDraft, MessageDraft, Place, world};
use serde_json::json;

use super::backend::{CANARY, QUOTE};
use super::harness::{Stage, question};

#[tokio::test]
async fn a_mention_is_answered_with_a_card() {
    let stage = Stage::start().await;
    let asked = stage.discord.say(MessageDraft::question(&question("when is it open")));
    let reply = stage.reply_to(asked).await;
    expect_test::expect![[r#"
        **9 to 17**
        > The library is open from 9 to 17.
        -# Library › Hours · library.md, line 3
        -# Source: Gazette <https://gazette.example/hours>
        -# Indexed 2026-01-01
        -# Asked: when is it open zebracanary?"#]]
    .assert_eq(&reply.content);
    assert_eq!(reply.channel, world::QUESTIONS);
    assert!(reply.button("Why?").is_some() && reply.button("More").is_none());
    let sent = &stage.sent("POST", "/messages")[0].body;
    assert_eq!(sent["nonce"], json!(asked.to_string()));
    assert_eq!(sent["enforce_nonce"], json!(true));
    assert_eq!(sent["message_reference"]["fail_if_not_exists"], json!(false));
    stage.end().await;
}

#[tokio::test]
async fn a_direct_message_and_a_thread_are_answered_where_they_stand() {
    let stage = Stage::start().await;
    let direct = stage.reply(MessageDraft::dm(&question("when is it open"))).await;
    assert_eq!(direct.channel, world::DM_ASKER);
    assert!(direct.content.contains(QUOTE));
    let mention = format!("<@{}> {}", world::BOT, question("when"));
    let threaded = stage.reply(MessageDraft::new(world::SECOND_ASKER, world::THREAD, mention)).await;
    assert_eq!(threaded.channel, world::THREAD);
    stage.end().await;
}

#[tokio::test]
async fn ask_is_public_unless_private_is_asked_for() {
    let stage = Stage::start().await;
    let public = stage.response(InteractionDraft::ask(&question("when is it open"))).await;
    assert_eq!((public.kind, public.ephemeral, public.flags), (4, false, 4));
    assert!(public.content.contains(QUOTE));
    let draft = InteractionDraft::ask(&question("when is it open")).option("private", json!(true));
    let private = stage.response(draft).await;
    assert_eq!((private.kind, private.ephemeral, private.flags), (4, true, 68));
    let direct = stage.response(InteractionDraft::ask(&question("when")).at(Place::Dm)).await;
    assert!(direct.content.contains(QUOTE));
    stage.end().await;
}

#[tokio::test]
async fn a_reply_with_a_ping_follows_up_on_the_card() {
    let stage = Stage::start().await;
    let card = stage.reply(MessageDraft::question(&question("when is it open"))).await;
    let answer = stage.reply(MessageDraft::reply(card.id, &question("and on Sunday"))).await;
    assert!(answer.content.starts_with("**10, as for the library**"), "{}", answer.content);
    assert!(answer.content.ends_with(&format!("-# Asked: and on Sunday {CANARY}? (about the library)")));
    // A follow-up on the follow-up needs no more than its card.
    let third = stage.reply(MessageDraft::reply(answer.id, &question("and on Monday"))).await;
    assert!(third.content.starts_with("**10, as for the library**"), "{}", third.content);
    stage.end().await;
}

#[tokio::test]
async fn a_reply_without_a_ping_is_left_alone() {
    let stage = Stage::start().await;
    let card = stage.reply(MessageDraft::question(&question("when is it open"))).await;
    let mut draft = MessageDraft::reply(card.id, &question("thanks"));
    draft.reply_ping = false;
    stage.discord.say(draft);
    stage.assert_silent().await;
    stage.end().await;
}

#[tokio::test]
async fn a_reply_in_direct_messages_follows_up_too() {
    let stage = Stage::start().await;
    let card = stage.reply(MessageDraft::dm(&question("when is it open"))).await;
    let mut draft = MessageDraft::dm(&question("and on Sunday"));
    draft.reply_to = Some(card.id);
    let answer = stage.reply(draft).await;
    assert!(answer.content.starts_with("**10, as for the library**"), "{}", answer.content);
    stage.end().await;
}

#[tokio::test]
async fn what_is_not_in_the_sources_is_said_so_with_topics() {
    let stage = Stage::start().await;
    let reply = stage.reply(MessageDraft::question(&question("something unknown"))).await;
    expect_test::expect![[r#"
        That is not in my sources.
        You could ask about:
        - Opening hours
        - Fees
        -# Asked: something unknown zebracanary?"#]]
    .assert_eq(&reply.content);
    let private = stage.response(InteractionDraft::ask(&question("something unknown"))).await;
    assert!(private.ephemeral, "what was not found is shown to the asker alone");
    stage.end().await;
}

#[tokio::test]
async fn an_ambiguous_question_is_asked_back_and_an_empty_one_gets_a_hint() {
    let stage = Stage::start().await;
    let back = stage.reply(MessageDraft::question(&question("ambiguous"))).await;
    assert!(
        back.content.contains("Which one do you mean?") && back.content.contains("- Fees"),
        "{}",
        back.content
    );
    let hint = stage.reply(MessageDraft::question("")).await;
    assert!(hint.content.contains("Ask me a whole question"), "{}", hint.content);
    stage.end().await;
}

/// Discord does not show the bot what a message says that names only its role; the bot says how to ask instead.
#[tokio::test]
async fn naming_the_bots_own_role_gets_a_hint_and_another_role_nothing() {
    let stage = Stage::start().await;
    // The first answer shows that the server, and with it the role, is known.
    stage.reply(MessageDraft::question(&question("when"))).await;
    let naming = |role: u64| format!("<@&{role}> {}", question("when"));
    stage.discord.say(MessageDraft::new(world::ASKER, world::QUESTIONS, naming(world::MODERATOR_ROLE)));
    let hint = stage.reply(MessageDraft::new(world::ASKER, world::QUESTIONS, naming(world::BOT_ROLE))).await;
    assert!(hint.content.contains("Ask me a whole question"), "{}", hint.content);
    stage.assert_silent().await;
    stage.end().await;
}

#[tokio::test]
async fn long_questions_are_answered() {
    let stage = Stage::start().await;
    let long = question(&"word ".repeat(780));
    let reply = stage.reply(MessageDraft::question(&long)).await;
    assert!(reply.content.contains(QUOTE) && !reply.content.contains(CANARY));
    let response = stage.response(InteractionDraft::ask(&question(&"long ".repeat(1_190)))).await;
    assert!(response.content.contains(QUOTE));
    stage.end().await;
}

#[tokio::test]
async fn hostile_answers_stay_inert() {
    let stage = Stage::start().await;
    let reply = stage.reply(MessageDraft::question(&question("hostile @everyone <@1> \u{202e}"))).await;
    for active in ["<@1", "<@&", "```", "||x||", "<t:0>", " [click]", "\n# ", "https://evil", "\u{202e}"] {
        assert!(!reply.content.contains(active), "{active:?} in {}", reply.content);
    }
    stage.end().await;
}

#[tokio::test]
async fn help_lists_what_the_caller_may_use() {
    let stage = Stage::start().await;
    let asker = stage.response(InteractionDraft::new("help")).await;
    assert!(asker.ephemeral && asker.content.contains("`/ask`") && !asker.content.contains("/corpus"));
    let moderator = stage.response(InteractionDraft::new("help").by(world::MODERATOR)).await;
    assert!(moderator.content.contains("`/corpus reindex`"));
    let direct = stage.response(InteractionDraft::new("help").by(world::MODERATOR).at(Place::Dm)).await;
    assert!(!direct.content.contains("/corpus"));
    stage.end().await;
}
