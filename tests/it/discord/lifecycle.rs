//! From start to end: refused tokens and intents, reconnects, a dead gateway, leaving in order.

use std::time::Duration;

use registrar::discord::Stop;
use registrar::sandbox::{Fault, GatewayFault, MessageDraft, Recorded, world};
use secrecy::SecretString;

use super::backend::QUOTE;
use super::harness::{SOON, Stage, question};

#[tokio::test]
async fn a_token_that_the_gateway_refuses_ends_the_bot_with_the_steps_to_mend_it() {
    let mut stage = Stage::set(|_, _| {}).await;
    stage.discord.gateway_fault(GatewayFault::RefuseIdentify);
    stage.launch();
    let stop = stage.ended().await;
    expect_test::expect![[r#"
        Discord refused the bot's token (close code 4004 or HTTP 401).
        1. Open https://discord.com/developers/applications and choose your application.
        2. On the page "Bot", press "Reset Token" and copy the new token.
        3. Put it into DISCORD_TOKEN, or into the file that DISCORD_TOKEN_FILE names, and start registrar again."#]]
    .assert_eq(&stop.to_string());
    assert_eq!(stop.exit_code(), 78);
    assert!(stage.discord.identifies() <= 1, "no loop");
}

#[tokio::test]
async fn a_token_that_http_refuses_ends_the_bot_after_one_request() {
    let mut stage = Stage::set(|_, settings| settings.token = SecretString::from("another.token")).await;
    stage.launch();
    assert_eq!(stage.ended().await, Stop::TokenRefused);
    assert_eq!(stage.discord.requests().len(), 1);
    assert_eq!(stage.discord.identifies(), 0);
}

#[tokio::test]
async fn refused_intents_end_the_bot_with_the_steps_to_mend_it() {
    let mut stage = Stage::set(|options, _| options.intents_allowed = 0).await;
    stage.launch();
    let stop = stage.ended().await;
    expect_test::expect![[r#"
        Discord refused the bot's gateway intents (close code 4013 or 4014).
        1. Open https://discord.com/developers/applications and choose your application.
        2. On the page "Bot", under "Privileged Gateway Intents", switch on the intents you configured ("Message Content Intent" if registrar listens in channels) and save.
        3. Start registrar again. Mentions, direct messages and commands need no privileged intent."#]]
    .assert_eq(&stop.to_string());
    assert_eq!(stop.exit_code(), 78);
    assert!(stage.discord.identifies() <= 1, "no loop");
}

/// Loses the connection this way while a question comes in: it is answered once, in the same session.
async fn check_resume(fault: GatewayFault) {
    let stage = Stage::start().await;
    stage.reply(MessageDraft::question(&question("before"))).await;
    stage.discord.gateway_fault(fault);
    let away = stage.discord.say(MessageDraft::question(&question("while away")));
    assert!(stage.reply_to(away).await.content.contains(QUOTE));
    stage.reply(MessageDraft::question(&question("after"))).await;
    stage.assert_answers_settle(3).await;
    assert_eq!(stage.discord.identifies(), 1, "it should have resumed");
    assert_eq!(stage.sent("PUT", "/commands").len(), 1);
    stage.end().await;
}

#[tokio::test]
async fn a_question_while_away_is_answered_once_after_a_resume() {
    for fault in [
        GatewayFault::Close(4000),
        GatewayFault::Drop,
        GatewayFault::Reconnect,
        GatewayFault::InvalidSession(true),
    ] {
        check_resume(fault).await;
    }
}

#[tokio::test]
async fn a_new_session_registers_nothing_anew() {
    let stage = Stage::start().await;
    stage.discord.gateway_fault(GatewayFault::InvalidSession(false));
    let twice = async {
        while stage.discord.identifies() < 2 || !stage.discord.wait_ready(SOON).await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(2 * SOON, twice).await.expect("it identifies again");
    let reply = stage.reply(MessageDraft::question(&question("when"))).await;
    assert!(reply.content.contains(QUOTE));
    assert_eq!(stage.sent("PUT", "/commands").len(), 1);
    stage.end().await;
}

#[tokio::test]
async fn one_session_after_the_other_ends_the_bot() {
    let mut stage = Stage::set(|_, settings| settings.timing.sessions = 0).await;
    stage.launch();
    let stop = stage.ended().await;
    assert_eq!((stop.exit_code(), stop), (75, Stop::Flapping));
}

#[tokio::test]
async fn a_gateway_without_a_sign_of_life_ends_the_bot() {
    let mut stage = Stage::set(|_, settings| settings.timing.silence = Duration::from_millis(300)).await;
    stage.launch();
    let stop = stage.ended().await;
    assert!(matches!(stop, Stop::GatewayDead(_)) && stop.exit_code() == 75, "{stop:?}");
}

#[tokio::test]
async fn heartbeats_keep_the_watchdog_quiet() {
    let stage = Stage::with(|options, settings| {
        options.heartbeat_interval_ms = 100;
        settings.timing.silence = Duration::from_millis(1_000);
    })
    .await;
    // serenity looks at its clock every half second.
    tokio::time::sleep(Duration::from_millis(1_300)).await;
    stage.reply(MessageDraft::question(&question("when"))).await;
    stage.end().await;
}

#[tokio::test]
async fn a_discord_that_is_not_there_or_not_local_is_said_so() {
    let mut stage = Stage::set(|_, settings| {
        settings.timing.send = Duration::from_millis(500);
        // The discard port: nobody listens there.
        settings.local = Some("http://127.0.0.1:9".to_owned());
    })
    .await;
    stage.launch();
    let stop = stage.ended().await;
    assert!(stop.exit_code() == 75 && stop.to_string().starts_with("Discord cannot be reached"), "{stop}");
    stage.settings.local = Some("http://192.0.2.1".to_owned());
    stage.launch();
    assert_eq!(stage.ended().await, Stop::NotLocal);
}

#[tokio::test]
async fn a_gateway_address_that_cannot_be_asked_for_never_leads_elsewhere() {
    let mut stage = Stage::set(|_, _| {}).await;
    stage.discord.fault(Fault::status("GET", "/gateway", 9, 500));
    stage.launch();
    assert_eq!(stage.ended().await, Stop::NotLocal);
}

#[tokio::test]
async fn leaving_finishes_what_is_under_way_and_takes_nothing_new() {
    let mut stage = Stage::start().await;
    stage.backend.hold();
    let asked = stage.discord.say(MessageDraft::question(&question("hold")));
    while stage.backend.asked.load(std::sync::atomic::Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    let left = stage.tell_to_leave();
    // Told to leave: nothing new is taken in.
    tokio::time::sleep(Duration::from_millis(50)).await;
    stage.discord.say(MessageDraft::new(
        world::SECOND_ASKER,
        world::QUESTIONS,
        format!("<@{}> {}", world::BOT, question("too late")),
    ));
    stage.backend.release();
    assert!(stage.reply_to(asked).await.content.contains(QUOTE));
    assert_eq!(tokio::time::timeout(SOON, left).await.expect("it leaves").expect("no panic"), Ok(()));
    assert_eq!(stage.sent("POST", "/messages").len(), 1);
    stage.end().await;
}

#[tokio::test]
async fn leaving_does_not_wait_for_ever() {
    let mut stage = Stage::with(|_, settings| settings.timing.drain = Duration::from_millis(200)).await;
    stage.backend.hold();
    stage.discord.say(MessageDraft::question(&question("hold")));
    while stage.backend.asked.load(std::sync::atomic::Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(stage.leave().await, Ok(()));
    stage.backend.release();
    stage.end().await;
}

#[tokio::test]
async fn commands_appear_in_the_development_server_alone_if_there_is_one() {
    let stage = Stage::with(|_, settings| settings.discord.development_server = Some(world::GUILD)).await;
    let puts: Vec<Recorded> = stage.sent("PUT", "/commands");
    assert_eq!(puts.len(), 1);
    assert!(puts[0].path.ends_with(&format!("/guilds/{}/commands", world::GUILD)));
    stage.end().await;
}

/// serenity spins on a connection that was closed so (4003 and 4011 take the same way as 4010), which would starve its
/// whole runtime: the bot notices and ends, and goes on serving until then.
#[tokio::test]
async fn a_connection_that_serenity_spins_on_ends_the_bot() {
    for fault in [GatewayFault::CloseWithoutCode, GatewayFault::Close(4010)] {
        let mut stage = Stage::with(|options, settings| {
            // The spinning ends with the next heartbeat.
            options.heartbeat_interval_ms = 1_500;
            settings.timing.stuck = Duration::from_millis(300);
        })
        .await;
        stage.discord.gateway_fault(fault);
        let stop = stage.ended().await;
        assert_eq!(stop, Stop::GatewayDead("its reader is stuck".to_owned()));
        assert!(stage.discord.identifies() <= 2, "{} sessions", stage.discord.identifies());
        stage.assert_invariants();
    }
}
