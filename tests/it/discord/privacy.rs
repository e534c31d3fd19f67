//! `/privacy`: what is kept of the one who asks, to them alone, and its removal.

use registrar::sandbox::{InteractionDraft, MessageDraft, Place, world};

use super::harness::{Stage, question};

fn privacy(subcommand: &str) -> InteractionDraft {
    InteractionDraft::new("privacy").subcommand(subcommand)
}

#[tokio::test]
async fn what_is_kept_of_a_person_is_shown_and_removed() {
    let stage = Stage::unhurried(|_, _| {}).await;
    let here = Place::Guild { channel: world::STAFF };
    let nothing = stage.response(privacy("show")).await;
    assert!(
        nothing.ephemeral && nothing.content.contains("of the last 24 hours: nothing."),
        "{}",
        nothing.content
    );
    let mine = stage.reply(MessageDraft::question(&question("when"))).await;
    let theirs = MessageDraft { author: world::MODERATOR, ..MessageDraft::question(&question("when")) };
    let theirs = stage.reply(theirs).await;
    stage.response(InteractionDraft::new("corpus").subcommand("reindex").by(world::MODERATOR).at(here)).await;
    let moderator = stage.response(privacy("show").by(world::MODERATOR).at(here)).await;
    expect_test::expect![[r#"
        **What I keep about you**
        - 1 answer of the last 24 hours: the ids of question, answer, channel and of you, and the time. No text.
        - 1 entry in the moderators' log (`/corpus log`): your id, what you did to the corpus, when, and how it ended; for 180 days.
        What I cannot find by who you are: votes on answers stand under a hash and go after 30 days; unanswered questions (only where moderators want them) are kept without who asked. Your name I never keep, nor what you wrote besides.
        `/privacy forget-me` removes the first."#]].assert_eq(&moderator.content);
    let forgotten = stage.response(privacy("forget-me")).await;
    expect_test::expect![[r#"
        Removed: what I knew of 1 answer. If you edit or delete those questions now, their answers stay as they are; `Delete` under them works on.
        Votes on answers cannot be found by who you are; they go by themselves after 30 days. Entries in the moderators' log stay until their time is over."#]].assert_eq(&forgotten.content);
    assert_eq!(stage.store.answer(mine.id, 0).await, Ok(None));
    assert!(
        stage.store.answer(theirs.id, 0).await.is_ok_and(|record| record.is_some()),
        "another person's stays"
    );
    let again = stage.response(privacy("forget-me").at(Place::Dm)).await;
    assert!(
        again.ephemeral && again.content.starts_with("There was nothing to remove."),
        "{}",
        again.content
    );
    stage.end().await;
}

#[tokio::test]
async fn a_server_that_was_left_takes_all_of_it_along() {
    use registrar::store::{AuditEntry, Change, Deed, Ending, Gap, Missed, SERVER_GRACE, ServerSettings};
    let mut stage = Stage::unhurried(|_, _| {}).await;
    let server = world::GUILD;
    stage.store.change(server, Change::Gaps(true)).await.expect("kept");
    let (question, generation) = ("what".to_owned(), "g1".to_owned());
    stage.store.note_gap(Gap { server, question, missed: Missed::Wrong, generation }, 0).await.expect("kept");
    let (deed, ending, about) = (Deed::Add, Ending::Done, "a.md".to_owned());
    let entry = AuditEntry { event: 1, deed, server, moderator: 2, done_at: 1, about, ending };
    stage.store.note_deed(entry).await.expect("kept");
    stage.leave().await.expect("it leaves in order");
    let left_at = 100;
    stage.store.left(server, left_at).await.expect("kept");
    for (now, gone) in [(left_at + SERVER_GRACE - 1, false), (left_at + SERVER_GRACE, true)] {
        stage.store.tidy(now).await.expect("tidied");
        assert_eq!(stage.store.gaps(server, 0, 9).await.expect("gaps").is_empty(), gone);
        assert_eq!(stage.store.deeds(0, 0, 9).await.expect("deeds").is_empty(), gone);
        assert_eq!(stage.store.settings(server).await == Ok(ServerSettings::default()), gone);
    }
    stage.end().await;
}
