//! Listening: only with the operator's switch, only where a moderator says so, and then only to questions for nobody in
//! particular that are answered with confidence. Everything else is met with silence.

use registrar::discord::Stop;
use registrar::sandbox::options::intents;
use registrar::sandbox::{MessageDraft, world};
use registrar::store::{Change, Mode};

use super::backend::QUOTE;
use super::harness::{SOON, Stage, question};

/// A bot that may listen, and does in #questions and #ideas.
async fn listening() -> Stage {
    let stage = Stage::unhurried(|options, settings| {
        options.intents_allowed |= intents::MESSAGE_CONTENT;
        settings.discord.listen = true;
    })
    .await;
    for channel in [world::QUESTIONS, world::FORUM] {
        let listen = Change::Channel(channel, Mode::Listen);
        assert_eq!(stage.store.change(world::GUILD, listen).await, Ok(()));
    }
    stage
}

fn plain(channel: u64, text: &str) -> MessageDraft {
    MessageDraft::new(world::ASKER, channel, text)
}

#[tokio::test]
async fn a_sure_answer_to_a_question_for_nobody_is_given() {
    let stage = listening().await;
    for channel in [world::QUESTIONS, world::THREAD, world::POST] {
        let reply = stage.reply(plain(channel, &question("when"))).await;
        assert!(reply.content.contains(QUOTE), "{channel}");
    }
    // A reply to a card without a ping is a follow-up.
    let card = stage.reply(plain(world::QUESTIONS, &question("when"))).await;
    let follow_up =
        MessageDraft { reply_ping: false, ..MessageDraft::reply(card.id, &question("and where")) };
    assert!(stage.reply(follow_up).await.content.contains("10, as for the library"));
    stage.end().await;
}

#[tokio::test]
async fn everything_else_is_met_with_silence() {
    let stage = listening().await;
    let other = format!("<@{}> {}", world::SECOND_ASKER, question("when"));
    let theirs = stage.discord.say(plain(world::QUESTIONS, "It opens at nine."));
    let mut everyone = plain(world::QUESTIONS, &question("@everyone when"));
    everyone.mention_everyone = true;
    let by_bot = MessageDraft::new(world::OTHER_BOT, world::QUESTIONS, question("when"));
    let reply =
        MessageDraft { author: world::SECOND_ASKER, ..MessageDraft::reply(theirs, &question("when")) };
    let quiet_reply = MessageDraft { reply_ping: false, ..reply.clone() };
    for draft in [
        plain(world::STAFF, &question("when")),
        plain(world::QUESTIONS, "I wonder when it opens"),
        plain(world::QUESTIONS, &question("unknown")),
        plain(world::QUESTIONS, &question("ambiguous")),
        plain(world::QUESTIONS, &question("doubtful")),
        plain(world::QUESTIONS, &question("panic")),
        plain(world::QUESTIONS, &question(&"long ".repeat(100))),
        plain(world::QUESTIONS, &other),
        everyone,
        by_bot,
        reply,
        quiet_reply,
    ] {
        stage.discord.say(draft);
    }
    stage.assert_silent().await;
    // Asked by its name, it answers as ever.
    let named = format!("<@{}> {}", world::BOT, question("doubtful"));
    assert!(stage.reply(plain(world::QUESTIONS, &named)).await.content.contains(QUOTE));
    stage.end().await;
}

#[tokio::test]
async fn cooldowns_are_kept_without_a_word() {
    let stage = listening().await;
    assert_eq!(stage.store.change(world::GUILD, Change::Cooldown(Some(600))).await, Ok(()));
    stage.reply(plain(world::QUESTIONS, &question("when"))).await;
    for _ in 0..3 {
        stage.discord.say(plain(world::QUESTIONS, &question("when")));
    }
    stage.assert_silent().await;
    stage.end().await;
}

#[tokio::test]
async fn an_edit_that_is_no_longer_sure_takes_the_answer_away() {
    let stage = listening().await;
    let asked = stage.discord.say(plain(world::QUESTIONS, &question("when")));
    let answer = stage.reply_to(asked).await;
    stage.discord.edit(asked, &question("list"));
    assert!(
        stage.discord.wait_message(answer.id, |one| one.content.contains("Course"), SOON).await.is_some()
    );
    stage.discord.edit(asked, &question("doubtful"));
    assert!(stage.discord.wait_message(answer.id, |one| one.deleted, SOON).await.is_some());
    stage.assert_answers_settle(1).await;
    stage.end().await;
}

#[tokio::test]
async fn without_the_operators_switch_nothing_is_heard() {
    let stage = Stage::unhurried(|options, _| options.intents_allowed |= intents::MESSAGE_CONTENT).await;
    let listen = Change::Channel(world::QUESTIONS, Mode::Listen);
    assert_eq!(stage.store.change(world::GUILD, listen).await, Ok(()));
    stage.discord.say(plain(world::QUESTIONS, &question("when")));
    stage.assert_silent().await;
    assert_eq!(stage.backend.asked.load(std::sync::atomic::Ordering::SeqCst), 0);
    let named = format!("<@{}> {}", world::BOT, question("when"));
    stage.reply(plain(world::QUESTIONS, &named)).await;
    stage.end().await;
}

#[tokio::test]
async fn without_discords_permission_it_says_what_to_do() {
    let mut stage = Stage::set(|_, settings| settings.discord.listen = true).await;
    stage.launch();
    let stop = stage.ended().await;
    assert_eq!((stop.clone(), stop.exit_code()), (Stop::IntentsRefused, 78));
    assert!(stop.to_string().contains("\"Message Content Intent\" if registrar listens in channels"));
    stage.end().await;
}
