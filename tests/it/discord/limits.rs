//! Slow, failing and far too many: the deadline of interactions, panics, the queue.

use std::time::Duration;

use registrar::discord::Stop;
use registrar::sandbox::{InteractionDraft, MessageDraft, Recorded, world};
use serde_json::json;

use super::backend::QUOTE;
use super::harness::{SOON, Stage, question};

#[tokio::test]
async fn a_slow_answer_is_announced_in_time_and_comes_later() {
    let stage = Stage::with(|_, settings| settings.timing.think = Duration::from_millis(50)).await;
    for (user, private) in [(world::ASKER, false), (world::SECOND_ASKER, true)] {
        stage.backend.hold();
        let draft = InteractionDraft::ask(&question("hold")).option("private", json!(private)).by(user);
        let asked = stage.discord.slash(draft);
        let path = format!("/interactions/{asked}/");
        let announced =
            |all: &[Recorded]| all.iter().any(|one| one.path.starts_with(&path) && one.body["type"] == 5);
        assert!(stage.discord.wait_requests(announced, SOON).await);
        stage.backend.release();
        let response = stage.response_to(asked).await;
        assert_eq!((response.kind, response.ephemeral), (5, private));
        assert!(response.content.contains(QUOTE) && response.ms < 3_000);
        assert!(response.button("Why?").is_some());
    }
    stage.end().await;
}

#[tokio::test]
async fn an_engine_that_takes_too_long_is_not_waited_for() {
    let stage = Stage::with(|_, settings| settings.timing.answer = Duration::from_millis(100)).await;
    stage.backend.hold();
    let response = stage.response(InteractionDraft::ask(&question("hold"))).await;
    assert!(response.ephemeral && response.content.starts_with("That took too long"));
    let reply = stage.reply(MessageDraft::question(&question("hold"))).await;
    assert!(reply.content.starts_with("That took too long"));
    stage.backend.release();
    stage.end().await;
}

#[tokio::test]
async fn a_panic_becomes_one_sentence_and_the_bot_lives_on() {
    let stage = Stage::start().await;
    let reply = stage.reply(MessageDraft::question(&question("panic"))).await;
    assert!(reply.content.starts_with("Something went wrong on my side"), "{}", reply.content);
    let response = stage.response(InteractionDraft::ask(&question("panic"))).await;
    assert!(response.ephemeral && response.content.starts_with("Something went wrong on my side"));
    // A second one within the minute is met with silence under a plain message.
    stage.discord.say(MessageDraft::question(&question("panic")));
    let reply = stage.reply(MessageDraft::question(&question("when"))).await;
    assert!(reply.content.contains(QUOTE));
    stage.assert_silent().await;
    stage.end().await;
}

#[tokio::test]
async fn too_many_panics_in_a_minute_end_the_bot() {
    let mut stage = Stage::start().await;
    for user in 900_000..900_006 {
        stage.discord.slash(InteractionDraft::ask(&question("panic")).by(user));
    }
    let stop = stage.ended().await;
    assert_eq!((stop.exit_code(), stop), (75, Stop::TooManyPanics));
    stage.assert_invariants();
}

/// 300 users at once, with room for 256, against an engine that stands still: every one hears something within Discord's three seconds.
#[tokio::test]
async fn a_flood_is_acknowledged_in_time_and_shed_visibly() {
    const FLOOD: u64 = 300;
    let stage = Stage::with(|_, settings| {
        settings.queue = 256;
        settings.timing.think = Duration::from_millis(300);
        settings.discord.questions_per_server = std::num::NonZeroU32::new(1_000).unwrap();
    })
    .await;
    stage.backend.hold();
    let asked: Vec<u64> = (0..FLOOD)
        .map(|user| stage.discord.slash(InteractionDraft::ask(&question("hold")).by(1_000_000 + user)))
        .collect();
    let all_heard = |all: &[Recorded]| {
        all.iter().filter(|one| one.path.ends_with("/callback") && one.status == 204).count() as u64 == FLOOD
    };
    assert!(stage.discord.wait_requests(all_heard, SOON).await);
    stage.backend.release();
    let mut shed = 0;
    for id in asked {
        let response = stage.response_to(id).await;
        assert!(response.ms < 3_000, "{} ms", response.ms);
        shed += u64::from(response.ephemeral && response.content.starts_with("I have too many questions"));
    }
    assert_eq!(shed, FLOOD - 256);
    stage.end().await;
}
