//! A reindex from Discord while it runs: how far it is, "Cancel", "Do it anyway", and rights that change between the
//! command and the button.

use std::sync::atomic::Ordering;
use std::time::Duration;

use registrar::sandbox::world::permission;
use registrar::sandbox::{InteractionDraft, InteractionResponse, Place, world};

use super::harness::{SOON, Stage, custom_id};

const ADMINISTRATOR: u64 = permission::MODERATOR | 1 << 3;

fn corpus(subcommand: &str, permissions: u64) -> InteractionDraft {
    let place = Place::Guild { channel: world::STAFF };
    let mut draft = InteractionDraft::new("corpus").subcommand(subcommand).by(world::MODERATOR).at(place);
    draft.member_permissions = Some(permissions);
    draft
}

async fn stage() -> Stage {
    Stage::with(|_, settings| settings.timing.progress = Duration::from_millis(30)).await
}

/// A reindex that waits in its middle; its message shows how far it is.
async fn held(stage: &Stage) -> (u64, InteractionResponse) {
    stage.backend.hold();
    let id = stage.discord.slash(corpus("reindex", permission::MODERATOR));
    let shown = stage.response_to(id).await;
    assert_eq!(shown.content, "**Reindexing** · indexing ▰▰▰▰▰▰▱▱▱▱\nQuestions are answered meanwhile.");
    (id, shown)
}

async fn pressed(
    stage: &Stage,
    user: u64,
    shown: &InteractionResponse,
    label: &str,
    permissions: u64,
) -> InteractionResponse {
    let id = custom_id(&shown.components, label).expect("the button");
    let message = shown.message.expect("a message");
    stage.response_to(stage.discord.press_with(user, message, &id, Some(permissions))).await
}

/// Waits until the message of an interaction is no longer about progress.
async fn ended(stage: &Stage, shown: &InteractionResponse) -> String {
    let message = shown.message.expect("a message");
    let over =
        stage.discord.wait_message(message, |one| !one.content.starts_with("**Reindexing**"), SOON).await;
    over.expect("it ends").content
}

/// Cancel is refused to others, and to the one who began it without the permission; then it is taken.
async fn cancelled_by_whom(stage: &Stage, shown: &InteractionResponse) {
    for (user, permissions, expected) in [
        (world::ASKER, permission::MODERATOR, "This button is for the one who began it."),
        (world::MODERATOR, permission::MEMBER, "You need the permission Manage Server"),
        (world::MODERATOR, permission::MODERATOR, "It ends at its next step"),
    ] {
        let said = pressed(stage, user, shown, "Cancel", permissions).await;
        assert!(said.ephemeral && said.content.starts_with(expected), "{}", said.content);
    }
}

#[tokio::test]
async fn cancel_is_for_the_one_who_began_it_and_still_may() {
    let stage = stage().await;
    let (_, shown) = held(&stage).await;
    cancelled_by_whom(&stage, &shown).await;
    stage.backend.release();
    assert!(ended(&stage, &shown).await.starts_with("The reindex was cancelled. Nothing was changed"));
    assert_eq!(stage.backend.reindexed.load(Ordering::SeqCst), 0);
    stage.end().await;
}

#[tokio::test]
async fn a_comparison_is_called_one_and_can_be_cancelled() {
    let stage = stage().await;
    stage.backend.hold();
    let shown = stage.response_to(stage.discord.slash(corpus("diff", permission::MODERATOR))).await;
    assert_eq!(
        shown.content,
        "**Comparing with the folder** · indexing ▰▰▰▰▰▰▱▱▱▱\nQuestions are answered meanwhile."
    );
    cancelled_by_whom(&stage, &shown).await;
    stage.backend.release();
    let message = shown.message.expect("a message");
    let over = stage.discord.wait_message(message, |one| !one.content.contains('▰'), SOON).await;
    assert_eq!(over.expect("it ends").content, "The comparison was cancelled. Nothing was changed.");
    stage.end().await;
}

#[tokio::test]
async fn a_button_of_a_reindex_that_is_over_says_so() {
    let stage = stage().await;
    let (_, shown) = held(&stage).await;
    stage.backend.release();
    assert!(ended(&stage, &shown).await.starts_with("**Reindexed**"));
    let said = pressed(&stage, world::MODERATOR, &shown, "Cancel", permission::MODERATOR).await;
    assert_eq!(said.content, "That has ended already.");
    stage.end().await;
}

#[tokio::test]
async fn a_refused_switch_can_be_forced_by_an_administrator_alone() {
    let stage = stage().await;
    *stage.backend.refusing.lock().unwrap() = true;
    let refused = stage.response(corpus("reindex", permission::MODERATOR)).await;
    assert_eq!(custom_id(&refused.components, "Do it anyway"), None, "offered to a moderator");
    expect_test::expect![[r#"
        **Not switched**; the old index goes on serving.
        - Only 1 of 9 documents would be left.
        No file has changed.
        No problems were found."#]]
    .assert_eq(&refused.content);
    let refused = stage.response(corpus("reindex", ADMINISTRATOR)).await;
    for (user, permissions, expected) in [
        (world::ASKER, ADMINISTRATOR, "This button is for the one who began it."),
        (world::MODERATOR, permission::MEMBER, "You need the permission Manage Server"),
        (world::MODERATOR, permission::MODERATOR, "Only an administrator of this server"),
        (world::MODERATOR, ADMINISTRATOR, "**Reindexed**"),
    ] {
        let said = pressed(&stage, user, &refused, "Do it anyway", permissions).await;
        assert!(said.ephemeral && said.content.starts_with(expected), "{}", said.content);
    }
    assert_eq!(stage.backend.reindexed.load(Ordering::SeqCst), 1);
    stage.end().await;
}

#[tokio::test]
async fn an_old_or_forged_button_forces_nothing() {
    let stage = stage().await;
    *stage.backend.refusing.lock().unwrap() = true;
    let refused = stage.response(corpus("reindex", ADMINISTRATOR)).await;
    let message = refused.message.expect("a message");
    for (id, expected) in [
        (format!("force:{}:1", world::MODERATOR), "This button has expired."),
        (format!("force:{}:99999999999999999999", world::MODERATOR), "I do not know this button"),
        ("force:".to_owned(), "I do not know this button"),
        (format!("cancel:{}:1", world::MODERATOR), "That has ended already."),
    ] {
        let press = stage.discord.press_with(world::MODERATOR, message, &id, Some(ADMINISTRATOR));
        let said = stage.response_to(press).await;
        assert!(said.content.starts_with(expected), "{id}: {}", said.content);
    }
    assert_eq!(stage.backend.reindexed.load(Ordering::SeqCst), 0);
    stage.end().await;
}

#[tokio::test]
async fn diff_rollback_and_problems_are_told() {
    let stage = Stage::start().await;
    for (subcommand, expected) in [
        (
            "diff",
            expect_test::expect![[r#"
                **A reindex would change this**
                4 documents and 50 passages would be served.
                New (1):
                - new\_page.md
                Changed (1):
                - changed.md
                1 problem (1 file skipped):
                - skipped: broken.txt\:7: It is not UTF-8. Save it as UTF-8."#]],
        ),
        (
            "rollback",
            expect_test::expect![[r#"
                **Rolled back**
                Generation g0 with 3 documents serves again.
                No file has changed.
                No problems were found."#]],
        ),
        (
            "problems",
            expect_test::expect![[r#"
                **Problems**
                1 problem (1 file skipped):
                - skipped: broken.txt\:7: It is not UTF-8. Save it as UTF-8."#]],
        ),
    ] {
        let said = stage.response(corpus(subcommand, permission::MODERATOR)).await;
        assert!(said.ephemeral, "{subcommand}");
        expected.assert_eq(&said.content);
    }
    stage.end().await;
}
