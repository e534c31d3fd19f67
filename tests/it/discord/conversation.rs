//! A question that is edited or deleted takes its answer along, and an answer can be deleted by the one who asked and by
//! moderators: before and after a restart, and whether or not the question still stands.

use std::time::Duration;

use registrar::sandbox::{BotMessage, Effect, Fault, InteractionDraft, MessageDraft, Place, world};
use registrar::store::{AnswerRecord, Change};
use serde_json::json;

use super::backend::QUOTE;
use super::harness::{QUIET, SOON, Stage, custom_id, labels, question};

fn mention(text: &str) -> String {
    format!("<@{}> {}", world::BOT, question(text))
}

async fn changed(stage: &Stage, answer: &BotMessage, edits: u32) -> BotMessage {
    let found = stage.discord.wait_message(answer.id, |message| message.edits == edits, SOON).await;
    found.unwrap_or_else(|| panic!("not edited: {:#?}", stage.discord.requests()))
}

async fn assert_gone(stage: &Stage, answer: u64) {
    let gone = stage.discord.wait_message(answer, |message| message.deleted, SOON).await;
    assert!(gone.is_some(), "it still stands: {:#?}", stage.discord.requests());
}

/// Waits until the bot remembers the answer to a question.
async fn remembered(stage: &Stage, question: u64) -> AnswerRecord {
    for _ in 0..200 {
        if let Some(record) = stage.store.answer(question, 0).await.expect("the store") {
            return record;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("not remembered");
}

#[tokio::test]
async fn an_edited_question_gets_its_answer_edited() {
    let mut stage = Stage::unhurried(|_, _| {}).await;
    let asked = stage.discord.say(MessageDraft::question(&question("when")));
    let answer = stage.reply_to(asked).await;
    remembered(&stage, asked).await;
    stage.discord.edit(asked, &mention("unknown"));
    assert!(changed(&stage, &answer, 1).await.content.starts_with("That is not in my sources."));
    // The same edit again, as Discord may tell it, changes nothing; the next one does, after a restart too.
    stage.leave().await.expect("it leaves in order");
    stage.enter().await;
    stage.discord.edit(asked, &mention("when"));
    assert!(changed(&stage, &answer, 2).await.content.contains(QUOTE));
    stage.assert_answers_settle(1).await;
    stage.end().await;
}

#[tokio::test]
async fn what_is_edited_too_late_or_was_not_asked_stays() {
    let stage = Stage::unhurried(|_, _| {}).await;
    let asked = stage.discord.say(MessageDraft::question(&question("when")));
    let answer = stage.reply_to(asked).await;
    remembered(&stage, asked).await;
    let chatter = stage.discord.say(MessageDraft::new(world::ASKER, world::QUESTIONS, "no question"));
    stage.discord.edit(chatter, &mention("when"));
    // Edited so that it no longer speaks to the bot.
    stage.discord.edit(asked, "never mind");
    stage.discord.advance(Duration::from_secs(601));
    stage.discord.edit(asked, &mention("unknown"));
    stage.assert_silent().await;
    assert_eq!(stage.discord.bot_message(answer.id).expect("it stands").edits, 0);
    stage.assert_answers_settle(1).await;
    stage.end().await;
}

#[tokio::test]
async fn an_edit_while_the_answer_is_sought_is_not_lost() {
    let stage = Stage::unhurried(|_, _| {}).await;
    stage.backend.hold();
    let asked = stage.discord.say(MessageDraft::question(&question("hold")));
    tokio::time::sleep(Duration::from_millis(50)).await;
    stage.discord.edit(asked, &mention("list"));
    stage.discord.advance(Duration::from_millis(5));
    stage.discord.edit(asked, &mention("unknown"));
    tokio::time::sleep(Duration::from_millis(50)).await;
    stage.backend.release();
    let answer = stage.reply_to(asked).await;
    let last =
        stage.discord.wait_message(answer.id, |one| one.content.starts_with("That is not in"), SOON).await;
    assert!(last.is_some(), "{:#?}", stage.discord.bot_messages(world::QUESTIONS));
    stage.end().await;
}

#[tokio::test]
async fn a_deleted_question_takes_its_answer_along() {
    let mut stage = Stage::unhurried(|_, _| {}).await;
    let mut answers = Vec::new();
    for _ in 0..3 {
        let asked = stage.discord.say(MessageDraft::question(&question("when")));
        let answer = stage.reply_to(asked).await;
        remembered(&stage, asked).await;
        answers.push((asked, answer.id));
    }
    stage.discord.delete(answers[0].0);
    assert_gone(&stage, answers[0].1).await;
    stage.leave().await.expect("it leaves in order");
    stage.enter().await;
    stage.discord.delete_together(&[answers[1].0, answers[2].0]);
    for (_, answer) in &answers[1..] {
        assert_gone(&stage, *answer).await;
    }
    for (asked, _) in answers {
        assert_eq!(stage.store.answer(asked, 0).await, Ok(None));
    }
    stage.end().await;
}

#[tokio::test]
async fn a_question_that_is_deleted_while_it_is_answered_leaves_nothing() {
    let stage = Stage::unhurried(|_, _| {}).await;
    stage.backend.hold();
    let asked = stage.discord.say(MessageDraft::question(&question("hold")));
    tokio::time::sleep(Duration::from_millis(50)).await;
    stage.discord.delete(asked);
    tokio::time::sleep(Duration::from_millis(50)).await;
    stage.backend.release();
    let sent = |all: &[registrar::sandbox::Recorded]| {
        all.iter().any(|one| one.method == "DELETE" && one.status == 204)
    };
    assert!(stage.discord.wait_requests(sent, SOON).await);
    assert!(stage.discord.bot_messages(world::QUESTIONS).is_empty());
    stage.end().await;
}

#[tokio::test]
async fn an_answer_that_moderators_deleted_by_hand_is_forgotten() {
    let stage = Stage::unhurried(|_, _| {}).await;
    let asked = stage.discord.say(MessageDraft::question(&question("when")));
    let answer = stage.reply_to(asked).await;
    remembered(&stage, asked).await;
    stage.discord.delete(answer.id);
    for _ in 0..200 {
        if stage.store.answer(asked, 0).await == Ok(None) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(stage.store.answer(asked, 0).await, Ok(None));
    stage.discord.delete(asked);
    stage.assert_silent().await;
    assert!(stage.sent("DELETE", "").is_empty(), "nothing is left to delete");
    stage.end().await;
}

/// Who may delete an answer: the asker, moderators by right and by role, and nobody else; however it came about.
#[tokio::test]
async fn the_asker_and_moderators_delete_an_answer() {
    let mut stage = Stage::unhurried(|_, _| {}).await;
    let role = Change::ModeratorRole(Some(world::MODERATOR_ROLE));
    assert_eq!(stage.store.change(world::GUILD, role).await, Ok(()));
    for (by_command, question_stands) in [(false, true), (false, false), (true, true)] {
        for (who, may) in [
            (world::ASKER, true),
            (world::MODERATOR, true),
            (world::SECOND_ASKER, false),
            (world::OWNER, false),
        ] {
            let shown = format!("{who}, by command: {by_command}, question stands: {question_stands}");
            let (answer, components) = if by_command {
                let response = stage.response(InteractionDraft::ask(&question("when"))).await;
                (response.message.expect("a message"), response.components)
            } else {
                let asked = stage.discord.say(MessageDraft::question(&question("when")));
                let answer = stage.reply_to(asked).await;
                remembered(&stage, asked).await;
                (answer.id, answer.components)
            };
            if who == world::ASKER {
                stage.leave().await.expect("it leaves in order");
                stage.enter().await;
            }
            let id = custom_id(&components, "Delete").expect("a button");
            if !question_stands {
                stage.discord.hide_question(answer);
            }
            let pressed = stage.discord.press(who, answer, &id);
            if may {
                assert_gone(&stage, answer).await;
            } else {
                let response = stage.response_to(pressed).await;
                let refusal = "Only the person who asked, and the moderators, can delete this answer.";
                assert_eq!((response.ephemeral, response.content.as_str()), (true, refusal), "{shown}");
                assert!(!stage.discord.bot_message(answer).expect("it").deleted, "{shown}");
            }
        }
    }
    stage.end().await;
}

/// In a server that the bot is no member of, everybody there may be an administrator: that counts for nothing.
#[tokio::test]
async fn somebody_elses_server_has_no_moderators() {
    let stage = Stage::unhurried(|_, _| {}).await;
    let role = Change::ModeratorRole(Some(world::MODERATOR_ROLE));
    assert_eq!(stage.store.change(world::FOREIGN_GUILD, role).await, Ok(()));
    let answer = stage.response(InteractionDraft::ask(&question("when")).at(Place::ForeignGuild)).await;
    let message = answer.message.expect("a message");
    for who in [world::MODERATOR, world::SECOND_ASKER] {
        let pressed = stage.discord.press(who, message, "delete");
        assert!(stage.response_to(pressed).await.content.starts_with("Only the person who asked"), "{who}");
    }
    stage.discord.press(world::ASKER, message, "delete");
    assert_gone(&stage, message).await;
    stage.end().await;
}

/// An answer that is gone already is as good as deleted; one that Discord does not delete is said to stand.
#[tokio::test]
async fn a_deletion_that_fails_says_so() {
    let stage = Stage::unhurried(|_, _| {}).await;
    let path = "/webhooks/*/*/messages/@original";
    for (fault, told) in [
        (Fault::status("DELETE", path, 1, 403), 1),
        (Fault::new("DELETE", path, 1, Effect::StoreThenDrop), 0),
    ] {
        let answer = stage.response(InteractionDraft::ask(&question("when"))).await;
        let message = answer.message.expect("a message");
        stage.discord.fault(fault);
        let pressed = stage.discord.press(world::ASKER, message, "delete");
        if told == 0 {
            assert_gone(&stage, message).await;
        } else {
            stage.discord.wait_requests(|all| all.iter().any(|one| one.body["flags"] == 68), SOON).await;
        }
        tokio::time::sleep(QUIET).await;
        let said = stage.discord.followups(pressed);
        assert_eq!(said.len(), told);
        assert!(said.iter().all(|one| one.ephemeral && one.content.starts_with("Something went wrong")));
        assert_eq!(stage.discord.bot_message(message).expect("it").deleted, told == 0);
    }
    stage.end().await;
}

#[tokio::test]
async fn every_answer_offers_what_can_be_done_with_it() {
    let stage = Stage::unhurried(|_, _| {}).await;
    let reply = stage.reply(MessageDraft::question(&question("list"))).await;
    assert_eq!(labels(&reply.components), ["Why?", "More", "Delete", "Helped", "Not what I asked", "Wrong"]);
    let direct = stage.reply(MessageDraft::dm(&question("when"))).await;
    assert_eq!(labels(&direct.components), ["Why?", "Delete", "Helped", "Not what I asked", "Wrong"]);
    stage.discord.press(world::ASKER, direct.id, &custom_id(&direct.components, "Delete").expect("it"));
    assert_gone(&stage, direct.id).await;
    let public = stage.response(InteractionDraft::ask(&question("list"))).await;
    assert_eq!(
        labels(&public.components),
        ["Why?", "More", "Ask on", "Delete", "Helped", "Not what I asked", "Wrong"]
    );
    let private =
        stage.response(InteractionDraft::ask(&question("list")).option("private", json!(true))).await;
    assert_eq!(
        labels(&private.components),
        ["Why?", "More", "Ask on", "Share", "Helped", "Not what I asked", "Wrong"]
    );
    let nothing = stage.response(InteractionDraft::ask(&question("unknown"))).await;
    assert_eq!(labels(&nothing.components), ["Why?"]);
    stage.end().await;
}

/// A server with a pause of its own: told once under messages, privately and each time for commands, in no other place.
#[tokio::test]
async fn a_servers_pause_is_kept() {
    let stage = Stage::unhurried(|_, _| {}).await;
    assert_eq!(stage.store.change(world::GUILD, Change::Cooldown(Some(600))).await, Ok(()));
    stage.reply(MessageDraft::question(&question("when"))).await;
    let told = stage.reply(MessageDraft::question(&question("when"))).await.content;
    assert!(told.starts_with(
        "The moderators of this server want a pause between two questions. You can ask again in "
    ));
    stage.discord.say(MessageDraft::question(&question("when")));
    stage.assert_silent().await;
    for _ in 0..2 {
        let response = stage.response(InteractionDraft::ask(&question("when"))).await;
        assert!(
            response.ephemeral && response.content.starts_with("The moderators of this server want a pause")
        );
    }
    let direct = InteractionDraft::ask(&question("when")).at(Place::Dm);
    assert!(stage.response(direct).await.content.contains(QUOTE));
    let other = InteractionDraft::ask(&question("when")).by(world::SECOND_ASKER);
    assert!(stage.response(other).await.content.contains(QUOTE));
    stage.end().await;
}
