//! `/corpus`: who may, what it says, and that questions go on meanwhile.

use std::sync::atomic::Ordering;

use registrar::sandbox::world::permission;
use registrar::sandbox::{InteractionDraft, MessageDraft, Place, world};

use super::backend::QUOTE;
use super::harness::{SOON, Stage, question};

/// Places × members × permissions × allow-lists: who is let in, and what the others read.
#[tokio::test]
async fn the_whole_truth_table() {
    let here = Place::Guild { channel: world::STAFF };
    let places =
        [(here, Some(world::GUILD)), (Place::Dm, None), (Place::ForeignGuild, Some(world::FOREIGN_GUILD))];
    let permissions = [
        0,
        permission::MEMBER,
        permission::MANAGE_GUILD,
        1 << 3,
        permission::MODERATOR,
        1 << 4,
        1 << 13,
        !0 >> 14,
    ];
    let lists =
        [vec![], vec![world::GUILD], vec![world::FOREIGN_GUILD], vec![world::GUILD, world::FOREIGN_GUILD]];
    let mut user = 700_000;
    for list in lists {
        let stage = Stage::with(|_, settings| settings.discord.corpus_servers = list.clone()).await;
        for (place, server) in places {
            for bits in permissions {
                for without_member in [false, true] {
                    // A new user each time: the cooldown is not what is tested here.
                    user += 1;
                    let mut draft = InteractionDraft::new("corpus").subcommand("status").by(user).at(place);
                    draft.member_permissions = Some(bits);
                    draft.without_member = without_member;
                    let shown = format!("{draft:?}, allowed in {list:?}");
                    let response = stage.response(draft).await;
                    let manager = !without_member && bits & (permission::MANAGE_GUILD | 1 << 3) != 0;
                    let expected = match server {
                        None => "`/corpus` works only in a server",
                        Some(server) if !list.contains(&server) => "The corpus is shared by all servers",
                        Some(_) if manager => "**Corpus**",
                        Some(_) => "You need the permission Manage Server",
                    };
                    assert!(response.ephemeral, "{shown}");
                    assert!(response.content.starts_with(expected), "{shown}: {}", response.content);
                }
            }
        }
        stage.end().await;
    }
}

fn moderator(subcommand: &str) -> InteractionDraft {
    let place = Place::Guild { channel: world::STAFF };
    InteractionDraft::new("corpus").subcommand(subcommand).by(world::MODERATOR).at(place)
}

#[tokio::test]
async fn status_and_reindex_report_what_matters() {
    let stage = Stage::start().await;
    let status = stage.response(moderator("status")).await;
    expect_test::expect![[r#"
        **Corpus**
        3 documents, 42 passages and 17 facts are served, indexed on 2026-01-01, <t:1767225600:R> (generation g1).
        The previous generation (g0) is kept for a rollback.
        1 problem (1 file skipped):
        - skipped: broken.txt\:7: It is not UTF-8. Save it as UTF-8."#]]
    .assert_eq(&status.content);
    let report = stage.response(moderator("reindex")).await;
    assert_eq!((report.kind, report.ephemeral), (5, true));
    expect_test::expect![[r#"
        **Reindexed**
        Read 4 documents, 50 passages; generation g2 serves now.
        New (1):
        - new\_page.md
        Changed (1):
        - changed.md
        1 problem (1 file skipped):
        - skipped: broken.txt\:7: It is not UTF-8. Save it as UTF-8."#]]
    .assert_eq(&report.content);
    let status = stage.response(moderator("status")).await.content;
    let builds = status.split("\nLast builds:\n- <t:").nth(1).expect("the last builds");
    let expected = format!(":f> <@{}>: reindex (g2): done", world::MODERATOR);
    assert!(builds.ends_with(&expected) && !builds.contains('\n'), "{status}");
    stage.end().await;
}

#[tokio::test]
async fn questions_are_answered_while_a_reindex_runs() {
    let stage = Stage::start().await;
    stage.backend.hold();
    let reindex = stage.discord.slash(moderator("reindex"));
    let deferred = |all: &[registrar::sandbox::Recorded]| all.iter().any(|one| one.body["type"] == 5);
    assert!(stage.discord.wait_requests(deferred, SOON).await);
    for _ in 0..3 {
        let reply = stage.reply(MessageDraft::question(&question("when"))).await;
        assert!(reply.content.contains(QUOTE));
    }
    assert_eq!(stage.backend.reindexed.load(Ordering::SeqCst), 0, "it is still held");
    stage.backend.release();
    assert!(stage.response_to(reindex).await.content.starts_with("**Reindexed**"));
    stage.end().await;
}

#[tokio::test]
async fn a_second_reindex_is_told_about_the_first() {
    let stage = Stage::start().await;
    *stage.backend.busy.lock().unwrap() = Some("12:00".to_owned());
    let response = stage.response(moderator("reindex")).await;
    let expected = "A reindex is already running (started by <@1100000000000000301>, 12:00). Wait for it to end, then try again.";
    assert_eq!(response.content, expected);
    stage.end().await;
}

#[tokio::test]
async fn an_unknown_command_gets_a_private_sentence() {
    let stage = Stage::start().await;
    // Discord still offers what an older version registered.
    let commands: Vec<&str> = vec![
        "ask",
        "program",
        "programs",
        "courses",
        "requirements",
        "salary",
        "certification",
        "compare",
        "Answer this",
        "corpus",
        "settings",
        "privacy",
        "help",
    ];
    let names: Vec<String> = stage
        .discord
        .commands()
        .iter()
        .filter_map(|command| command["name"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(names, commands);
    stage.end().await;
}
