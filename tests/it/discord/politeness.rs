//! When the bot keeps silent, and how often it speaks at most.

use registrar::sandbox::{GatewayFault, InteractionDraft, MessageDraft, world};

use super::backend::QUOTE;
use super::harness::{Stage, question};

/// Posts each message, then one real question: only that one is answered.
async fn check_ignored(drafts: Vec<MessageDraft>) {
    let stage = Stage::start().await;
    for draft in drafts {
        stage.discord.say(draft);
    }
    let reply = stage.reply(MessageDraft::question(&question("when"))).await;
    assert!(reply.content.contains(QUOTE));
    stage.assert_silent().await;
    assert_eq!(stage.sent("POST", "/messages").len(), 1);
    stage.end().await;
}

fn in_channel(author: u64, text: String) -> MessageDraft {
    MessageDraft::new(author, world::QUESTIONS, text)
}

#[tokio::test]
async fn everyone_is_not_the_bot() {
    let mut everyone = in_channel(world::MODERATOR, question("@everyone when"));
    everyone.mention_everyone = true;
    let mut here = in_channel(world::MODERATOR, question("@here when"));
    here.mention_everyone = true;
    check_ignored(vec![everyone, here, in_channel(world::ASKER, question("when"))]).await;
}

#[tokio::test]
async fn talk_between_others_is_left_alone() {
    let to_other = format!("<@{}> {}", world::SECOND_ASKER, question("when"));
    let to_both = format!("<@{}> <@{}> {}", world::BOT, world::SECOND_ASKER, question("when"));
    check_ignored(vec![in_channel(world::ASKER, to_other), in_channel(world::ASKER, to_both)]).await;
}

#[tokio::test]
async fn bots_webhooks_and_system_messages_are_ignored() {
    let mention = format!("<@{}> {}", world::BOT, question("when"));
    let mut webhook = in_channel(world::ASKER, mention.clone());
    webhook.webhook = true;
    let mut system = in_channel(world::ASKER, mention.clone());
    system.kind = 7;
    check_ignored(vec![in_channel(world::OTHER_BOT, mention), webhook, system]).await;
}

#[tokio::test]
async fn two_bots_never_talk_to_each_other() {
    let stage = Stage::start().await;
    let mention = format!("<@{}> {}", world::BOT, question("when"));
    let mut last = stage.reply(in_channel(world::ASKER, mention.clone())).await.id;
    for _ in 0..5 {
        // The other bot answers whatever it sees, with a ping.
        let draft = MessageDraft { reply_to: Some(last), ..in_channel(world::OTHER_BOT, mention.clone()) };
        last = stage.discord.say(draft);
    }
    stage.assert_silent().await;
    stage.end().await;
}

#[tokio::test]
async fn an_event_is_handled_once_however_often_it_comes() {
    let stage = Stage::start().await;
    let mut draft = MessageDraft::question(&question("when"));
    draft.times = 3;
    stage.reply(draft).await;
    let mut draft = InteractionDraft::ask(&question("when"));
    draft.times = 3;
    stage.response(draft).await;
    stage.assert_answers_settle(1).await;
    assert_eq!(stage.sent("POST", "/callback").len(), 1);
    stage.end().await;
}

#[tokio::test]
async fn a_fast_user_gets_one_notice_then_silence() {
    let stage = Stage::start().await;
    for _ in 0..12 {
        stage.discord.say(MessageDraft::question(&question("when")));
    }
    // Somebody else is answered all the same, and after everything before.
    let other = format!("<@{}> {}", world::BOT, question("when"));
    stage.reply(in_channel(world::SECOND_ASKER, other)).await;
    assert!(stage.discord.wait_requests(|all| said(all).len() == 7, super::harness::SOON).await);
    stage.assert_answers_settle(7).await;
    let texts: Vec<String> =
        stage.discord.bot_messages(world::QUESTIONS).into_iter().map(|one| one.content).collect();
    assert_eq!(texts.iter().filter(|text| text.contains(QUOTE)).count(), 6, "{texts:#?}");
    assert_eq!(texts.iter().filter(|text| text.starts_with("That was a lot of questions")).count(), 1);
    stage.end().await;
}

fn said(requests: &[registrar::sandbox::Recorded]) -> Vec<&registrar::sandbox::Recorded> {
    requests
        .iter()
        .filter(|one| one.method == "POST" && one.path.ends_with("/messages") && one.status == 200)
        .collect()
}

#[tokio::test]
async fn a_fast_user_of_commands_is_told_privately_how_long_to_wait() {
    let stage = Stage::start().await;
    for _ in 0..5 {
        stage.response(InteractionDraft::ask(&question("when"))).await;
    }
    let refused = stage.response(InteractionDraft::ask(&question("when"))).await;
    assert!(refused.ephemeral);
    let told = refused.content.as_str();
    assert!(told.starts_with("That was a lot of questions at once. You can ask again in "), "{told}");
    let other = stage.response(InteractionDraft::ask(&question("when")).by(world::MODERATOR)).await;
    assert!(other.content.contains(QUOTE));
    stage.end().await;
}

#[tokio::test]
async fn malformed_and_unknown_events_are_survived_and_never_logged() {
    let stage = Stage::start().await;
    let canary = super::backend::CANARY;
    let raw = [
        format!(r#"{{"op":0,"s":900,"t":"MESSAGE_CREATE","d":{{"content":"{canary}"}}}}"#),
        format!(r#"{{"op":0,"s":901,"t":"MESSAGE_CREATE","d":"{canary}"}}"#),
        format!(r#"{{"op":0,"s":902,"t":"INTERACTION_CREATE","d":{{"type":99,"token":"{canary}"}}}}"#),
        format!(r#"{{"op":0,"s":903,"t":"SOMETHING_NEW","d":{{"content":"{canary}"}}}}"#),
        format!(r#"{{"op":77,"d":"{canary}"}}"#),
        format!("{{ not json {canary}"),
    ];
    for text in raw {
        stage.discord.gateway_fault(GatewayFault::Raw(text));
    }
    let reply = stage.reply(MessageDraft::question(&question("when"))).await;
    assert!(reply.content.contains(QUOTE));
    stage.end().await;
}
