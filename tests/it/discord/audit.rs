//! `/corpus log`: what moderators did is kept and shown, to those who may, for as long as the operator says.

use registrar::sandbox::world::permission;
use registrar::sandbox::{InteractionDraft, Place, world};
use registrar::store::{AuditEntry, Deed, Ending};

use super::harness::{Stage, custom_id};

fn corpus(subcommand: &str) -> InteractionDraft {
    let place = Place::Guild { channel: world::STAFF };
    InteractionDraft::new("corpus").subcommand(subcommand).by(world::MODERATOR).at(place)
}

/// The log without the times, which are the present.
fn without_times(text: &str) -> String {
    let parts = text.split("<t:").enumerate();
    parts
        .map(|(index, part)| if index == 0 { part } else { part.split_once("> ").expect("a time").1 })
        .collect()
}

#[tokio::test]
async fn what_moderators_did_is_told_with_how_it_ended() {
    let stage = Stage::unhurried(|_, _| {}).await;
    assert!(stage.response(corpus("reindex")).await.content.starts_with("**Reindexed**"));
    stage.response(corpus("rollback")).await;
    *stage.backend.refusing.lock().unwrap() = true;
    stage.response(corpus("reindex")).await;
    *stage.backend.busy.lock().unwrap() = Some("12:00".to_owned());
    stage.response(corpus("reindex")).await;
    // What changes nothing is not noted.
    stage.response(corpus("status")).await;
    stage.response(corpus("diff")).await;
    let log = stage.response(corpus("log")).await;
    assert!(log.ephemeral);
    let lines = without_times(&log.content);
    let mut lines: Vec<&str> = lines.lines().collect();
    // Within one second they may stand in any order.
    lines[1..5].sort_unstable();
    expect_test::expect![[r#"
        **What was done to the corpus**
        - <@1100000000000000303>: reindex (g2): done
        - <@1100000000000000303>: reindex: another one was running
        - <@1100000000000000303>: reindex: refused
        - <@1100000000000000303>: rollback (g0): done
        -# An entry is kept for 180 days."#]]
    .assert_eq(&lines.join("\n"));
    stage.end().await;
}

#[tokio::test]
async fn pages_are_turned_after_a_restart_by_those_who_may() {
    let mut stage = Stage::unhurried(|_, settings| settings.audit_days = 30).await;
    #[expect(
        clippy::disallowed_methods,
        reason = "the bot reads the clock, and the entries must be that old for it"
    )]
    let now =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs();
    let now = i64::try_from(now).expect("a time");
    for event in 1..=15_u64 {
        let age = i64::try_from(event).expect("small") * 24 * 3_600;
        // The last five are older than 30 days.
        let done_at = now - if event > 10 { 31 * 24 * 3_600 } else { age };
        let (deed, ending) = (Deed::Reindex, Ending::Done);
        let about = format!("g{event}");
        let entry = AuditEntry {
            event,
            deed,
            server: world::GUILD,
            moderator: world::MODERATOR,
            done_at,
            about,
            ending,
        };
        stage.store.note_deed(entry).await.expect("kept");
    }
    let log = stage.response(corpus("log")).await;
    assert!(log.content.contains("(g10)") && !log.content.contains("(g11)"), "{}", log.content);
    assert_eq!(custom_id(&log.components, "Older"), None, "what is too old is not shown");
    stage.leave().await.expect("it leaves in order");
    stage.settings.audit_days = 60;
    stage.enter().await;
    let log = stage.response(corpus("log")).await;
    let message = log.message.expect("a message");
    let older = custom_id(&log.components, "Older").expect("a second page");
    let press = |user, permissions| stage.discord.press_with(user, message, &older, Some(permissions));
    let refused = stage.response_to(press(world::MODERATOR, permission::MEMBER)).await;
    assert!(refused.content.starts_with("You need the permission Manage Server"), "{}", refused.content);
    let second = stage.response_to(press(world::MODERATOR, permission::MODERATOR)).await;
    assert!(second.content.starts_with("**What was done to the corpus** · page 2"), "{}", second.content);
    assert_eq!((second.kind, second.message), (7, Some(message)));
    assert!(second.content.contains("(g15)") && custom_id(&second.components, "Newer").is_some());
    stage.end().await;
}
