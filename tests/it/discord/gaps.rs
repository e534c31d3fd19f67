//! Questions that were missed: kept only where a moderator wants it, without who asked and where; shown, exported, and asked
//! again after a reindex.

use std::sync::atomic::Ordering;

use registrar::eval::questions;
use registrar::sandbox::{InteractionDraft, MessageDraft, Place, world};
use registrar::store::{GapCount, Missed, Place as StorePlace, open};
use serde_json::json;

use super::harness::Stage;

fn moderator(command: &str, subcommand: &str) -> InteractionDraft {
    let place = Place::Guild { channel: world::STAFF };
    InteractionDraft::new(command).subcommand(subcommand).by(world::MODERATOR).at(place)
}

async fn kept(stage: &Stage) -> Vec<GapCount> {
    stage.store.gaps(world::GUILD, 0, 99).await.expect("gaps")
}

/// Without the days, which are the present.
fn without_days(text: &str) -> String {
    text.lines().map(|line| line.split(" (20").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn nothing_is_kept_until_a_moderator_wants_it() {
    let stage = Stage::unhurried(|_, _| {}).await;
    stage.reply(MessageDraft::question("an unknown thing?")).await;
    let card = stage.reply(MessageDraft::question("when?")).await;
    stage.press(world::ASKER, card.id, &card.components, "Wrong").await;
    assert_eq!(kept(&stage).await, []);
    let off = stage.response(moderator("corpus", "gaps")).await;
    assert!(off.ephemeral && off.content.contains("`/settings gaps keep: on`"), "{}", off.content);
    let on = stage.response(moderator("settings", "gaps").option("keep", json!("on"))).await;
    assert!(on.content.contains("are kept for 30 days"), "{}", on.content);
    let none = stage.response(moderator("corpus", "gaps")).await;
    assert_eq!(none.content, "**What I could not answer here**\nNothing within the last 30 days.");
    stage.reply(MessageDraft::question("an unknown thing?")).await;
    assert_eq!(kept(&stage).await.len(), 1);
    stage.response(moderator("settings", "gaps").option("keep", json!("off"))).await;
    assert_eq!(kept(&stage).await, [], "what was kept is gone");
    stage.end().await;
}

#[tokio::test]
async fn gaps_are_counted_shown_exported_and_asked_again() {
    let stage = Stage::unhurried(|_, _| {}).await;
    stage.response(moderator("settings", "gaps").option("keep", json!("on"))).await;
    stage.reply(MessageDraft::question("An unknown THING?")).await;
    stage.response(InteractionDraft::ask("an unknown thing").by(world::SECOND_ASKER)).await;
    // In direct messages nothing is kept.
    stage.reply(MessageDraft::dm("an unknown secret?")).await;
    let card = stage.reply(MessageDraft::question("When?")).await;
    // Helped is no gap; one person counts once.
    for (user, label) in [
        (world::SECOND_ASKER, "Helped"),
        (world::ASKER, "Not what I asked"),
        (world::ASKER, "Wrong"),
        (world::ASKER, "Wrong"),
    ] {
        stage.press(user, card.id, &card.components, label).await;
    }
    let counted: Vec<_> =
        kept(&stage).await.into_iter().map(|gap| (gap.question, gap.missed, gap.times)).collect();
    let expected =
        [("an unknown thing".to_owned(), Missed::Unanswered, 2), ("when".to_owned(), Missed::Other, 1)];
    assert_eq!(counted, expected);
    let shown = stage.response(moderator("corpus", "gaps")).await;
    assert!(shown.ephemeral);
    expect_test::expect![[r#"
        **What I could not answer here**
        - 2× an unknown thing: unanswered
        - 1× when: said not to be what was asked
        Of 1 unanswered question, 0 now answered.
        -# Kept for 30 days. `/corpus gaps export: True` gives a question file."#]]
    .assert_eq(&without_days(&shown.content));
    let told = stage.response(moderator("corpus", "gaps").option("export", json!(true))).await;
    assert!(told.ephemeral);
    expect_test::expect!["2 questions in a question file for `registrar eval`. Once your texts answer one, replace `answerable` by `gold`, the right answer, and `kind` by `value`."].assert_eq(&told.content);
    let sent =
        stage.discord.requests().into_iter().find(|request| !request.files.is_empty()).expect("a file");
    let [(name, lines)] = sent.files.as_slice() else { panic!("{:?}", sent.files) };
    assert_eq!(name, "gaps.jsonl");
    let parsed = questions::parse(&[(name.clone(), lines.clone())]).expect("a question file");
    assert_eq!(
        parsed.iter().map(|one| one.question.as_str()).collect::<Vec<_>>(),
        ["an unknown thing", "when"]
    );
    accepted_by_eval(name, lines);
    stage.backend.learned.store(true, Ordering::SeqCst);
    let report = stage.response(moderator("corpus", "reindex")).await.content;
    assert!(report.ends_with("\nOf 1 unanswered question, 1 now answered."), "{report}");
    let shown = stage.response(moderator("corpus", "gaps")).await.content;
    assert!(shown.contains("- 2× an unknown thing: answered now"), "{shown}");
    stage.end().await;
}

/// The program takes the file as it came, and scores it over a folder that still does not say it.
fn accepted_by_eval(name: &str, lines: &str) {
    let ground = crate::library::Ground::with(&[("one.md", crate::library::ONE)]);
    let file = ground.places.data.with_file_name(name);
    std::fs::write(&file, lines).expect("saved");
    let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("registrar"));
    let told = command
        .arg("eval")
        .arg(&file)
        .arg("--corpus")
        .arg(&ground.places.corpus)
        .args(["--max-false", "0"])
        .env("XDG_CACHE_HOME", &ground.places.data)
        .output()
        .expect("it runs");
    let out = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.status.success() && out.contains("unanswerable-gap"), "{out}{told:?}");
}

#[tokio::test]
async fn who_asked_and_where_is_not_in_the_store() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = Stage::set(|_, _| {}).await;
    stage.store = open(&StorePlace::File(folder.path().join("store.sqlite"))).await.expect("it opens");
    stage.enter().await;
    stage.response(moderator("settings", "gaps").option("keep", json!("on"))).await;
    stage.response(InteractionDraft::ask(&format!("<@{}> an unknown thing", world::SECOND_ASKER))).await;
    let [gap] = kept(&stage).await.try_into().expect("one gap");
    assert_eq!((gap.question.as_str(), gap.days.0 % (24 * 3_600)), ("an unknown thing", 0));
    stage.end().await;
    let mut bytes = Vec::new();
    for file in std::fs::read_dir(folder.path()).expect("the folder") {
        bytes.extend(std::fs::read(file.expect("a file").path()).expect("readable"));
    }
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(holds(b"an unknown thing"));
    for id in [world::ASKER, world::SECOND_ASKER, world::QUESTIONS] {
        assert!(!holds(&id.to_be_bytes()) && !holds(id.to_string().as_bytes()), "{id}");
    }
}
