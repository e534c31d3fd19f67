//! "Helped", "Not what I asked", "Wrong": one vote a person and answer, after a restart as well, and nothing in the store that
//! names anybody.

use registrar::sandbox::{InteractionDraft, MessageDraft, Place, world};
use registrar::store::{Place as StorePlace, Votes, open};

use super::harness::{Stage, custom_id, labels, question};

const LABELS: [&str; 3] = ["Helped", "Not what I asked", "Wrong"];

async fn votes(stage: &Stage) -> Votes {
    stage.store.votes(0).await.expect("votes")
}

#[tokio::test]
async fn one_vote_a_person_and_answer_that_can_be_changed() {
    let mut stage = Stage::unhurried(|_, _| {}).await;
    let card = stage.reply(MessageDraft::question(&question("when"))).await;
    let rows: Vec<usize> =
        card.components.iter().map(|row| row["components"].as_array().map_or(0, Vec::len)).collect();
    assert_eq!(
        (rows.as_slice(), labels(&card.components)[2..].to_vec()),
        (&[2, 3][..], LABELS.map(str::to_owned).to_vec())
    );
    let mut said = Vec::new();
    for (user, label) in [
        (world::ASKER, "Helped"),
        (world::ASKER, "Helped"),
        (world::SECOND_ASKER, "Wrong"),
        (world::ASKER, "Not what I asked"),
    ] {
        let response = stage.press(user, card.id, &card.components, label).await;
        assert!(response.ephemeral);
        said.push(response.content);
    }
    expect_test::expect![[r#"
        Thank you, that is noted.
        You have said so already; it is noted.
        Thank you, that is noted. What I quote stands in my sources; please check them before you rely on it.
        Noted, in place of what you said before."#]]
    .assert_eq(&said.join("\n"));
    assert_eq!(votes(&stage).await, Votes { helped: 0, other: 1, wrong: 1 });
    stage.leave().await.expect("it leaves in order");
    stage.enter().await;
    let again = stage.press(world::SECOND_ASKER, card.id, &card.components, "Wrong").await;
    assert_eq!(again.content, "You have said so already; it is noted.", "after a restart");
    let place = Place::Guild { channel: world::STAFF };
    let status = InteractionDraft::new("corpus").subcommand("status").by(world::MODERATOR).at(place);
    let status = stage.response(status).await.content;
    let expected = "\nAnswers of the last 30 days: 0 helped, 1 not what was asked, 1 wrong.";
    assert!(status.ends_with(expected), "{status}");
    stage.end().await;
}

#[tokio::test]
async fn only_an_answer_can_be_voted_on() {
    let stage = Stage::unhurried(|_, _| {}).await;
    for text in ["unknown", "ambiguous"] {
        let card = stage.reply(MessageDraft::question(&question(text))).await;
        assert_eq!(custom_id(&card.components, "Helped"), None, "{text}");
    }
    let hint = stage.reply(MessageDraft::question("")).await;
    let press = stage.discord.press_raw(world::ASKER, hint.id, "vote:helped");
    assert!(stage.response_to(press).await.content.starts_with("There is no more to show"));
    let list = stage.reply(MessageDraft::question(&question("list"))).await;
    let second = stage.press(world::ASKER, list.id, &list.components, "More").await;
    assert_eq!(custom_id(&second.components, "Helped"), None, "a further page is the same answer");
    assert_eq!(votes(&stage).await, Votes::default());
    stage.end().await;
}

#[tokio::test]
async fn nobody_is_named_in_the_store() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store.sqlite");
    let mut stage = Stage::set(|_, _| {}).await;
    stage.store = open(&StorePlace::File(path)).await.expect("it opens");
    stage.enter().await;
    // Privately: nothing else is kept of such an answer.
    let draft = InteractionDraft::ask(&question("when")).option("private", serde_json::json!(true));
    let card = stage.response(draft).await;
    stage.press(world::ASKER, card.message.expect("a message"), &card.components, "Wrong").await;
    assert_eq!(votes(&stage).await, Votes { wrong: 1, ..Votes::default() });
    stage.end().await;
    let mut bytes = Vec::new();
    for file in std::fs::read_dir(folder.path()).expect("the folder") {
        bytes.extend(std::fs::read(file.expect("a file").path()).expect("readable"));
    }
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(holds(b"wrong") && !holds(&world::ASKER.to_be_bytes()), "in the form of SQLite");
    assert!(!holds(&world::ASKER.to_le_bytes()) && !holds(world::ASKER.to_string().as_bytes()));
}
