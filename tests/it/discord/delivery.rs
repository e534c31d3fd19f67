//! What happens to answers when Discord's HTTP interface fails: retried where that is safe, given up where it is not,
//! never shown twice.

use std::time::Duration;

use registrar::sandbox::{Effect, Fault, GatewayFault, InteractionDraft, MessageDraft, Recorded, world};
use serde_json::json;

use super::backend::QUOTE;
use super::harness::{SOON, Stage, question};

const MESSAGES: &str = "/channels/*/messages";
const CALLBACKS: &str = "/interactions/*/*/callback";

/// A bot with little patience, so that failing takes little time.
async fn hasty() -> Stage {
    Stage::with(|_, settings| {
        settings.timing.attempt = Duration::from_millis(200);
        settings.timing.send = Duration::from_millis(1_500);
    })
    .await
}

/// Arms a fault and asks in #questions: how many requests the reply took, and whether it is there in the end.
async fn check_message(fault: Fault, tries: usize, delivered: bool) {
    let stage = hasty().await;
    let shown = format!("{fault:?}");
    stage.discord.fault(fault);
    let asked = stage.discord.say(MessageDraft::question(&question("when")));
    if delivered {
        assert!(stage.reply_to(asked).await.content.contains(QUOTE), "{shown}");
    }
    let all_tried =
        |all: &[Recorded]| all.iter().filter(|one| one.path.ends_with("/messages")).count() >= tries;
    assert!(
        stage.discord.wait_requests(all_tried, SOON).await,
        "{shown}: {:#?}",
        stage.sent("POST", "/messages")
    );
    // The next question is answered whatever happened to this one, and only once each is visible.
    let direct = stage.reply(MessageDraft::dm(&question("when"))).await;
    assert!(direct.content.contains(QUOTE), "{shown}");
    assert_eq!(stage.sent("POST", "/messages").len(), tries + 1, "{shown}");
    assert_eq!(stage.discord.bot_messages(world::QUESTIONS).len(), usize::from(delivered), "{shown}");
    stage.end().await;
}

#[tokio::test]
async fn server_errors_are_tried_again() {
    check_message(Fault::status("POST", MESSAGES, 1, 500), 2, true).await;
    check_message(Fault::status("POST", MESSAGES, 2, 503), 3, true).await;
}

#[tokio::test]
async fn three_server_errors_are_enough() {
    check_message(Fault::status("POST", MESSAGES, 3, 502), 3, false).await;
}

#[tokio::test]
async fn a_broken_connection_is_tried_again() {
    check_message(Fault::new("POST", MESSAGES, 1, Effect::Drop), 2, true).await;
}

#[tokio::test]
async fn a_hanging_request_is_tried_again() {
    check_message(Fault::new("POST", MESSAGES, 1, Effect::Hang(Duration::from_secs(30))), 2, true).await;
}

#[tokio::test]
async fn a_short_rate_limit_is_waited_out() {
    let headers = vec![("retry-after".to_owned(), "0.3".to_owned())];
    let effect = Effect::Status { code: 429, headers, body: json!({"message": "slow", "retry_after": 0.3}) };
    check_message(Fault::new("POST", MESSAGES, 1, effect), 2, true).await;
}

#[tokio::test]
async fn a_long_or_unreadable_rate_limit_is_given_up() {
    check_message(Fault::rate_limited("POST", MESSAGES, 1, 3_600.0, false), 1, false).await;
    for headers in [vec![], vec![("retry-after".to_owned(), "soon".to_owned())]] {
        let effect = Effect::Status { code: 429, headers, body: json!("<html>") };
        check_message(Fault::new("POST", MESSAGES, 1, effect), 1, false).await;
    }
}

#[tokio::test]
async fn unreadable_rate_limit_headers_never_send_a_message_twice() {
    let headers =
        ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset-after", "x-ratelimit-reset"];
    let headers = headers.map(|name| (name.to_owned(), "garbage".to_owned())).to_vec();
    check_message(Fault::new("POST", MESSAGES, 1, Effect::Headers(headers)), 1, true).await;
}

#[tokio::test]
async fn refusals_are_never_tried_again() {
    for (code, discord_code) in [(400, 50_035), (404, 10_003), (400, 200_000), (400, 240_000)] {
        let effect =
            Effect::Status { code, headers: vec![], body: json!({"code": discord_code, "message": "no"}) };
        check_message(Fault::new("POST", MESSAGES, 1, effect), 1, false).await;
    }
}

#[tokio::test]
async fn an_answer_whose_receipt_was_lost_is_shown_once() {
    let stage = hasty().await;
    stage.discord.fault(Fault::new("POST", MESSAGES, 1, Effect::StoreThenDrop));
    let reply = stage.reply(MessageDraft::question(&question("when"))).await;
    assert!(reply.content.contains(QUOTE));
    let twice = |all: &[Recorded]| {
        all.iter().filter(|one| one.path.ends_with("/messages") && one.status == 200).count() == 1
    };
    assert!(stage.discord.wait_requests(twice, SOON).await);
    assert_eq!(stage.discord.bot_messages(world::QUESTIONS).len(), 1);
    stage.end().await;
}

#[tokio::test]
async fn a_channel_that_may_not_be_written_to_is_left_alone() {
    let mut stage = Stage::start().await;
    stage.expected_violations = vec!["50013", "permission"];
    let mention = format!("<@{}> {}", world::BOT, question("when"));
    stage.discord.say(MessageDraft::new(world::ASKER, world::READ_ONLY, mention.clone()));
    let refused = |all: &[Recorded]| all.iter().any(|one| one.status == 403);
    assert!(stage.discord.wait_requests(refused, SOON).await);
    stage.discord.say(MessageDraft::new(world::SECOND_ASKER, world::READ_ONLY, mention));
    stage.reply(MessageDraft::dm(&question("when"))).await;
    assert_eq!(stage.sent("POST", "/messages").len(), 2, "one refused, one direct");
    stage.discord.clear_violations();
    stage.end().await;
}

#[tokio::test]
async fn callbacks_are_tried_again_within_three_seconds() {
    for effect in [Effect::Drop, Effect::Hang(Duration::from_secs(30)), Effect::StoreThenDrop] {
        let mut stage = hasty().await;
        // The second try after a lost receipt is refused as a second response; that is how it is known to be there.
        stage.expected_violations = vec!["interaction_acknowledged"];
        stage.discord.fault(Fault::new("POST", CALLBACKS, 1, effect));
        let response = stage.response(InteractionDraft::ask(&question("when"))).await;
        assert!(response.content.contains(QUOTE) && response.ms < 3_000);
        assert!(stage.discord.wait_requests(|all| callbacks(all) == 2, SOON).await);
        stage.end().await;
    }
    let stage = hasty().await;
    stage.discord.fault(Fault::status("POST", CALLBACKS, 2, 500));
    let response = stage.response(InteractionDraft::ask(&question("when"))).await;
    assert!(response.content.contains(QUOTE) && response.ms < 3_000);
    stage.end().await;
}

fn callbacks(requests: &[Recorded]) -> usize {
    requests.iter().filter(|one| one.path.ends_with("/callback")).count()
}

#[tokio::test]
async fn refused_callbacks_are_not_tried_again() {
    for (code, discord_code) in [(404, 10_062), (400, 40_060), (400, 50_035), (403, 50_001)] {
        let stage = hasty().await;
        let effect =
            Effect::Status { code, headers: vec![], body: json!({"code": discord_code, "message": "no"}) };
        stage.discord.fault(Fault::new("POST", CALLBACKS, 1, effect));
        stage.discord.slash(InteractionDraft::ask(&question("when")));
        assert!(stage.discord.wait_requests(|all| callbacks(all) == 1, SOON).await);
        stage.reply(MessageDraft::dm(&question("when"))).await;
        assert_eq!(stage.sent("POST", "/callback").len(), 1, "{discord_code}");
        stage.end().await;
    }
}

#[tokio::test]
async fn an_answer_that_filters_refuse_becomes_one_private_notice() {
    let stage = hasty().await;
    let effect =
        Effect::Status { code: 400, headers: vec![], body: json!({"code": 200_000, "message": "blocked"}) };
    stage.discord.fault(Fault::new("POST", CALLBACKS, 1, effect));
    let response = stage.response(InteractionDraft::ask(&question("when"))).await;
    assert!(
        response.ephemeral && response.content.starts_with("This server's filters"),
        "{}",
        response.content
    );
    assert_eq!(stage.sent("POST", "/callback").len(), 2);
    stage.end().await;
}

#[tokio::test]
async fn after_a_401_nothing_more_is_sent() {
    let mut stage = hasty().await;
    stage.discord.fault(Fault::status("POST", MESSAGES, 1, 401));
    stage.discord.say(MessageDraft::question(&question("when")));
    let stop = stage.ended().await;
    assert_eq!((stop.exit_code(), stop), (78, registrar::discord::Stop::TokenRefused));
    stage.assert_invariants();
}

#[tokio::test]
async fn an_exhausted_channel_is_not_written_to_before_its_time() {
    let stage = Stage::start().await;
    let headers = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset-after", "0.4")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    stage.discord.fault(Fault::new("POST", MESSAGES, 1, Effect::Headers(headers)));
    let first = stage.reply(MessageDraft::question(&question("when"))).await;
    let second = stage.discord.say(MessageDraft::question(&question("when")));
    let elsewhere = stage.reply(MessageDraft::dm(&question("when"))).await;
    let second = stage.reply_to(second).await;
    assert!(second.at_ms - first.at_ms >= 400 && elsewhere.at_ms < second.at_ms);
    stage.end().await;
}

/// Duplicates, broken connections and server errors at once: every question is answered exactly once, where it was asked.
#[tokio::test]
async fn a_storm_loses_and_doubles_nothing() {
    let stage = Stage::with(|_, settings| settings.timing.attempt = Duration::from_millis(500)).await;
    let gateway = [
        GatewayFault::Close(4000),
        GatewayFault::Reconnect,
        GatewayFault::Drop,
        GatewayFault::InvalidSession(true),
    ];
    let mut asked = Vec::new();
    for (round, gateway) in (0..).zip(gateway) {
        stage.discord.fault(Fault::status("POST", MESSAGES, 1, 500));
        stage.discord.fault(Fault::new("POST", MESSAGES, 1, Effect::StoreThenDrop));
        stage.discord.fault(Fault::new("POST", MESSAGES, 1, Effect::Drop));
        for user in 0..6 {
            if user == 3 {
                stage.discord.gateway_fault(gateway.clone());
            }
            let channel = if user % 2 == 0 { world::QUESTIONS } else { world::THREAD };
            let text = format!("<@{}> {}", world::BOT, question("when"));
            let mut draft = MessageDraft::new(1_300_000 + 10 * round + user, channel, text);
            draft.times = 1 + u32::try_from(user % 3).unwrap();
            asked.push((channel, stage.discord.say(draft)));
        }
        for (channel, id) in asked.iter().rev().take(6) {
            let reply = stage.reply_to(*id).await;
            assert!(reply.channel == *channel && reply.content.contains(QUOTE));
        }
    }
    let shown = [world::QUESTIONS, world::THREAD].map(|channel| stage.discord.bot_messages(channel)).concat();
    assert_eq!(shown.len(), asked.len());
    assert_eq!(stage.discord.identifies(), 1);
    stage.end().await;
}
