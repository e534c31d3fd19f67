//! A result that is there only after its interaction's token has died (15 minutes): in the log channel, else as a direct
//! message, else kept for whoever looks next; never lost. And a gateway that is lost meanwhile.

use std::time::Duration;

use registrar::sandbox::world::permission;
use registrar::sandbox::{Fault, GatewayFault, InteractionDraft, InteractionResponse, Place, world};
use registrar::store::{Change, Report};
use serde_json::json;

use super::harness::{SOON, Stage, custom_id, labels};

const ADMINISTRATOR: u64 = permission::MODERATOR | 1 << 3;
/// A little longer than a token lives.
const TOO_LONG: Duration = Duration::from_secs(15 * 60 + 1);

fn corpus(subcommand: &str) -> InteractionDraft {
    let place = Place::Guild { channel: world::STAFF };
    let mut draft = InteractionDraft::new("corpus").subcommand(subcommand).by(world::MODERATOR).at(place);
    draft.member_permissions = Some(ADMINISTRATOR);
    draft
}

async fn stage() -> Stage {
    let mut stage =
        Stage::unhurried(|_, settings| settings.timing.progress = Duration::from_millis(20)).await;
    stage.expected_violations = vec!["interaction_token_expired"];
    stage
}

/// Runs a subcommand until its token is dead, then lets it end.
async fn outlived(stage: &Stage, subcommand: &str) -> InteractionResponse {
    stage.backend.hold();
    let id = stage.discord.slash(corpus(subcommand));
    let shown = stage.response_to(id).await;
    stage.discord.advance(TOO_LONG);
    // Several times what lies between two looks at how far it is.
    tokio::time::sleep(Duration::from_millis(200)).await;
    stage.backend.release();
    shown
}

async fn kept(stage: &Stage) -> Vec<Report> {
    stage.store.reports(world::GUILD, 0).await.expect("reports")
}

fn refused(stage: &Stage) -> usize {
    stage.discord.requests().iter().filter(|request| request.status == 401).count()
}

#[tokio::test]
async fn it_comes_as_a_direct_message() {
    let stage = stage().await;
    let shown = outlived(&stage, "reindex").await;
    let told =
        stage.discord.next_message(|one| one.channel == world::DM_MODERATOR, SOON).await.expect("told");
    assert!(told.content.starts_with("**Reindexed**\nRead 4 documents"), "{}", told.content);
    // The progress was no longer shown once nobody could see it, and the bot knows whose token died.
    assert!(refused(&stage) <= 2, "{} requests with a dead token", refused(&stage));
    let message = stage.discord.bot_message(shown.message.expect("a message")).expect("there");
    assert!(message.content.starts_with("**Reindexing**"), "nothing else could be shown");
    assert_eq!(kept(&stage).await, []);
    assert!(stage.response(corpus("status")).await.content.starts_with("**Corpus**"), "it lives");
    stage.end().await;
}

#[tokio::test]
async fn it_comes_into_the_log_channel_with_its_buttons() {
    let stage = stage().await;
    stage.store.change(world::GUILD, Change::LogChannel(Some(world::QUESTIONS))).await.expect("set");
    *stage.backend.refusing.lock().unwrap() = true;
    outlived(&stage, "reindex").await;
    let told = stage.discord.next_message(|one| one.channel == world::QUESTIONS, SOON).await.expect("told");
    let by = format!("\n-# Begun by <@{}>", world::MODERATOR);
    assert!(told.content.starts_with("**Not switched**") && told.content.ends_with(&by), "{}", told.content);
    assert_eq!(labels(&told.components), ["Do it anyway"]);
    // Everybody sees it; it still is for the one who began it.
    let force = custom_id(&told.components, "Do it anyway").expect("a button");
    for (user, permissions, expected) in [
        (world::ASKER, ADMINISTRATOR, "This button is for the one who began it."),
        (world::MODERATOR, permission::MODERATOR, "Only an administrator of this server"),
        (world::MODERATOR, ADMINISTRATOR, "**Reindexed**"),
    ] {
        let press = stage.discord.press_with(user, told.id, &force, Some(permissions));
        let said = stage.response_to(press).await;
        assert!(said.ephemeral && said.content.starts_with(expected), "{}", said.content);
    }
    stage.end().await;
}

#[tokio::test]
async fn it_is_kept_where_it_can_be_told_nowhere() {
    let stage = stage().await;
    stage.store.change(world::GUILD, Change::LogChannel(Some(world::READ_ONLY))).await.expect("set");
    stage.discord.fault(Fault::status("POST", "/users/@me/channels", 2, 403));
    for _ in 0..2 {
        outlived(&stage, "reindex").await;
        let before = kept(&stage).await.len();
        let began = std::time::Instant::now();
        while kept(&stage).await.len() == before && began.elapsed() < SOON {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    assert_eq!(kept(&stage).await.len(), 2);
    // Whoever looks next reads both, once.
    for expected in [2, 0] {
        let status = stage.discord.slash(corpus("status"));
        assert!(stage.response_to(status).await.content.starts_with("**Corpus**"));
        let began = std::time::Instant::now();
        while stage.discord.followups(status).len() < expected && began.elapsed() < SOON {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let told = stage.discord.followups(status);
        assert_eq!(told.len(), expected);
        for one in told {
            assert!(one.ephemeral && one.content.starts_with("Kept since <t:"), "{}", one.content);
            assert!(one.content.contains("\n**Reindexed**\nRead 4 documents"), "{}", one.content);
        }
        while !kept(&stage).await.is_empty() && began.elapsed() < SOON {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    stage.end().await;
}

#[tokio::test]
async fn what_changes_the_corpus_is_posted_in_the_log_channel_too() {
    let stage = Stage::unhurried(|_, _| {}).await;
    let place = Place::Guild { channel: world::STAFF };
    let log = |draft: InteractionDraft| draft.subcommand("log").by(world::MODERATOR).at(place);
    let set = log(InteractionDraft::new("settings")).option("channel", json!(world::STAFF.to_string()));
    let said = stage.response(set).await.content;
    assert!(said.starts_with("What becomes of `/corpus reindex`"), "{said}");
    let shown = InteractionDraft::new("settings").subcommand("show").by(world::MODERATOR).at(place);
    assert!(stage.response(shown).await.content.contains(&format!("is posted in <#{}>, too.", world::STAFF)));
    let check = InteractionDraft::new("settings").subcommand("check").by(world::MODERATOR).at(place);
    let checked = stage.response(check.clone()).await.content;
    assert!(checked.contains("(log of `/corpus`): I have all that I need."), "{checked}");
    for (subcommand, expected) in [("reindex", "**Reindexed**"), ("rollback", "**Rolled back**")] {
        let private = stage.response(corpus(subcommand)).await;
        assert!(private.ephemeral && private.content.starts_with(expected), "{}", private.content);
        let posted =
            stage.discord.next_message(|one| one.channel == world::STAFF, SOON).await.expect("posted");
        assert!(posted.content.starts_with(expected) && posted.components.is_empty(), "{}", posted.content);
    }
    // What changes nothing, and what is merely looked at, is nobody else's business.
    for subcommand in ["diff", "status", "problems", "log"] {
        stage.response(corpus(subcommand)).await;
    }
    *stage.backend.busy.lock().unwrap() = Some("12:00".to_owned());
    stage.response(corpus("reindex")).await;
    stage.assert_silent().await;
    // Where it may not write, `/settings check` says so.
    stage.discord.set_bot_permissions(world::STAFF, permission::VIEW_CHANNEL);
    let checked = stage.response(check).await.content;
    assert!(checked.contains("(log of `/corpus`): I lack **Send Messages**."), "{checked}");
    stage.response(log(InteractionDraft::new("settings"))).await;
    assert_eq!(stage.store.settings(world::GUILD).await.expect("settings").log_channel, None);
    stage.end().await;
}

#[tokio::test]
async fn a_gateway_that_is_lost_meanwhile_costs_no_result() {
    let stage = stage().await;
    stage.backend.hold();
    let id = stage.discord.slash(corpus("reindex"));
    let shown = stage.response_to(id).await;
    for fault in [GatewayFault::Drop, GatewayFault::InvalidSession(false)] {
        stage.discord.gateway_fault(fault);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    stage.backend.release();
    let message = shown.message.expect("a message");
    let over =
        stage.discord.wait_message(message, |one| one.content.starts_with("**Reindexed**"), SOON).await;
    assert!(over.is_some(), "{:?}", stage.discord.bot_message(message));
    assert!(stage.discord.wait_ready(SOON).await);
    stage.end().await;
}
