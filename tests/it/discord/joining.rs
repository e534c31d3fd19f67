//! One greeting on joining a server, and the bot without its memory: it works on with defaults.

use registrar::sandbox::world::permission;
use registrar::sandbox::{GatewayFault, InteractionDraft, MessageDraft, Place, world};
use registrar::store::{Change, Mode};
use serde_json::json;

use super::backend::QUOTE;
use super::harness::{SOON, Stage, question};

/// A bot in a Discord whose clock shows the present: a membership of today is news.
async fn today() -> Stage {
    Stage::unhurried(|options, _| options.starts_at_ms = now_ms()).await
}

fn now_ms() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "the bot compares Discord's times with its own clock")]
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    u64::try_from(now.as_millis()).expect("before the year 500 million")
}

/// Waits until the bot has heard of everything before: an answer comes after it.
async fn settle(stage: &Stage) {
    stage.reply(MessageDraft::question(&question("when"))).await;
}

#[tokio::test]
async fn a_server_is_greeted_once_where_it_was_joined() {
    let mut stage = today().await;
    settle(&stage).await;
    stage.discord.outage();
    settle(&stage).await;
    stage.assert_silent().await;
    stage.discord.remove_bot();
    tokio::time::sleep(super::harness::QUIET).await;
    stage.discord.add_bot();
    let greeting = stage.discord.next_message(|_| true, SOON).await.expect("a greeting");
    assert_eq!((greeting.channel, greeting.reply_to), (world::QUESTIONS, None));
    expect_test::expect![[r#"
        Hello! I answer questions from a folder of texts, each answer with the words that prove it and where they stand. Mention me with your question, or use `/ask`; otherwise I keep quiet.
        For moderators: `/settings channel` decides where I speak, `/settings check` says whether I can. `/help` shows the rest."#]].assert_eq(&greeting.content);
    // Told twice, after an outage, a new session, a restart: not a second time.
    stage.discord.add_bot();
    stage.discord.outage();
    stage.discord.gateway_fault(GatewayFault::Reconnect);
    stage.leave().await.expect("it leaves in order");
    stage.enter().await;
    stage.discord.add_bot();
    settle(&stage).await;
    stage.assert_silent().await;
    stage.end().await;
}

#[tokio::test]
async fn where_it_may_not_write_it_says_nothing() {
    let stage = today().await;
    stage.discord.remove_bot();
    stage.discord.set_bot_permissions(world::QUESTIONS, permission::VIEW_CHANNEL);
    tokio::time::sleep(super::harness::QUIET).await;
    stage.discord.add_bot();
    stage.assert_silent().await;
    assert!(stage.sent("POST", "/messages").is_empty());
    stage.end().await;
}

#[tokio::test]
async fn a_removed_server_keeps_its_settings_for_a_while() {
    let stage = today().await;
    assert_eq!(stage.store.change(world::GUILD, Change::Channel(1, Mode::Off)).await, Ok(()));
    stage.discord.remove_bot();
    tokio::time::sleep(super::harness::QUIET).await;
    assert_eq!(stage.store.tidy(i64::MAX).await, Ok(()), "as if the grace were over");
    assert!(stage.store.settings(world::GUILD).await.expect("settings").channels.is_empty());
    stage.end().await;
}

/// Whether a server is known as left; waits a while for it.
async fn known_as_left(stage: &Stage, server: u64, expected: bool) {
    let began = std::time::Instant::now();
    loop {
        let known = stage.store.known_servers().await.expect("servers");
        let left = known.iter().find(|(id, _)| *id == server).map(|(_, left)| *left);
        if left == Some(expected) || began.elapsed() > SOON {
            assert_eq!(left, Some(expected), "{server}");
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_server_that_was_left_while_the_bot_was_away_is_found_missing() {
    const LEFT: u64 = 424_242 << 22;
    let mut stage = today().await;
    stage.leave().await.expect("it leaves in order");
    for server in [LEFT, world::GUILD] {
        assert_eq!(stage.store.change(server, Change::Cooldown(Some(9))).await, Ok(()));
    }
    // READY lists the servers, those with an outage as well, and tells nothing else of them.
    stage.discord.set_unavailable(true);
    stage.enter().await;
    known_as_left(&stage, LEFT, true).await;
    known_as_left(&stage, world::GUILD, false).await;
    // Its grace goes by; an outage costs nothing.
    let now = i64::try_from(now_ms() / 1_000).expect("a time");
    assert_eq!(stage.store.tidy(now + registrar::store::SERVER_GRACE + 60).await, Ok(()));
    let cooldown = |server| {
        let store = std::sync::Arc::clone(&stage.store);
        async move { store.settings(server).await.expect("settings").cooldown }
    };
    assert_eq!((cooldown(LEFT).await, cooldown(world::GUILD).await), (None, Some(9)));
    stage.end().await;
}

#[tokio::test]
async fn a_server_that_was_taken_for_left_and_is_there_is_kept() {
    let mut stage = today().await;
    assert_eq!(stage.store.change(world::GUILD, Change::Cooldown(Some(9))).await, Ok(()));
    stage.leave().await.expect("it leaves in order");
    // It was removed, and added again while the bot was away and the server has an outage.
    assert_eq!(stage.store.left(world::GUILD, 1).await, Ok(()));
    stage.discord.set_unavailable(true);
    stage.enter().await;
    known_as_left(&stage, world::GUILD, false).await;
    stage.end().await;
}

/// A store that fails: everything is answered with defaults, moderators are told that nothing is kept, and the log has one
/// line.
#[tokio::test]
async fn without_its_memory_it_works_on() {
    let mut stage = Stage::set(|_, _| {}).await;
    stage.store = std::sync::Arc::new(Broken);
    stage.enter().await;
    let reply = stage.reply(MessageDraft::question(&question("when"))).await;
    assert!(reply.content.contains(QUOTE));
    let response = stage.response(InteractionDraft::ask(&question("when"))).await;
    assert!(!response.ephemeral && response.content.contains(QUOTE));
    let place = Place::Guild { channel: world::STAFF };
    let draft = InteractionDraft::new("settings").subcommand("cooldown").by(world::MODERATOR).at(place);
    let kept = stage.response(draft.option("seconds", json!(5))).await;
    assert!(kept.content.starts_with("That could not be kept: my memory fails."), "{}", kept.content);
    // Whose the answer is stands on the message.
    stage.discord.press(world::ASKER, reply.id, "delete");
    assert!(stage.discord.wait_message(reply.id, |one| one.deleted, SOON).await.is_some());
    // No other test breaks its store.
    assert_eq!(super::logs::count("servers have the default settings until it works again"), 1);
    stage.end().await;
}

/// A store whose disk is gone.
struct Broken;

fn broken<'a, T: Send + 'static>() -> registrar::store::Storing<'a, T> {
    Box::pin(async { Err(registrar::store::StoreError::Failed("disk I/O error".to_owned())) })
}

impl registrar::store::Store for Broken {
    fn settings(&self, _: u64) -> registrar::store::Storing<'_, registrar::store::ServerSettings> {
        broken()
    }

    fn change(&self, _: u64, _: Change) -> registrar::store::Storing<'_, ()> {
        broken()
    }

    fn present(&self, _: u64) -> registrar::store::Storing<'_, ()> {
        broken()
    }

    fn greet(&self, _: u64, _: i64) -> registrar::store::Storing<'_, bool> {
        broken()
    }

    fn left(&self, _: u64, _: i64) -> registrar::store::Storing<'_, ()> {
        broken()
    }

    fn known_servers(&self) -> registrar::store::Storing<'_, Vec<(u64, bool)>> {
        broken()
    }

    fn keep_report(&self, _: registrar::store::Report) -> registrar::store::Storing<'_, ()> {
        broken()
    }

    fn reports(&self, _: u64, _: i64) -> registrar::store::Storing<'_, Vec<registrar::store::Report>> {
        broken()
    }

    fn forget_report(&self, _: u64) -> registrar::store::Storing<'_, ()> {
        broken()
    }

    fn answered(&self, _: registrar::store::AnswerRecord) -> registrar::store::Storing<'_, ()> {
        broken()
    }

    fn answer(
        &self,
        _: u64,
        _: i64,
    ) -> registrar::store::Storing<'_, Option<registrar::store::AnswerRecord>> {
        broken()
    }

    fn forget(&self, _: u64) -> registrar::store::Storing<'_, Option<registrar::store::AnswerRecord>> {
        broken()
    }

    fn note_deed(&self, _: registrar::store::AuditEntry) -> registrar::store::Storing<'_, ()> {
        broken()
    }

    fn deeds(
        &self,
        _: i64,
        _: u32,
        _: u32,
    ) -> registrar::store::Storing<'_, Vec<registrar::store::AuditEntry>> {
        broken()
    }

    fn forget_deeds(&self, _: i64) -> registrar::store::Storing<'_, ()> {
        broken()
    }

    fn hash_key(
        &self,
        _: registrar::store::HashKey,
    ) -> registrar::store::Storing<'_, registrar::store::HashKey> {
        broken()
    }

    fn vote(
        &self,
        _: String,
        _: registrar::store::Vote,
        _: i64,
    ) -> registrar::store::Storing<'_, Option<registrar::store::Vote>> {
        broken()
    }

    fn votes(&self, _: i64) -> registrar::store::Storing<'_, registrar::store::Votes> {
        broken()
    }

    fn note_gap(&self, _: registrar::store::Gap, _: i64) -> registrar::store::Storing<'_, ()> {
        broken()
    }

    fn gaps(&self, _: u64, _: i64, _: u32) -> registrar::store::Storing<'_, Vec<registrar::store::GapCount>> {
        broken()
    }

    fn known_of(
        &self,
        _: u64,
        _: i64,
        _: i64,
    ) -> registrar::store::Storing<'_, registrar::store::KnownOfPerson> {
        broken()
    }

    fn forget_person(&self, _: u64) -> registrar::store::Storing<'_, u64> {
        broken()
    }

    fn tidy(&self, _: i64) -> registrar::store::Storing<'_, ()> {
        broken()
    }
}
