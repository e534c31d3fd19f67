//! The whole program but its command line: a folder of texts, its index, the engine, the bot, the local Discord.

use std::sync::Arc;

use registrar::render::discord::unescape;
use registrar::sandbox::{InteractionDraft, MessageDraft, Place, world};

use super::harness::{SOON, Stage};
use crate::library::Ground;

const LIBRARY: &str = "+++\ntitle = \"The town library\"\nsource = \"Town Gazette\"\nurl = \"https://gazette.example/library\"\n\
    date = \"2020-01-01\"\n+++\n\n# The town library\n\n## Fees\n\nA library card costs $25 a year.\n\n## Courses\n\n\
    The library offers these courses:\n\n- Bookbinding\n- Letterpress printing\n- Paper making\n";

async fn stage() -> (Stage, Ground) {
    let ground = Ground::with(&[("library.md", LIBRARY)]);
    let mut stage = Stage::set(|_, _| {}).await;
    stage.library = Some(Arc::new(ground.open()));
    stage.enter().await;
    (stage, ground)
}

/// The quoted lines of a card as a reader sees them.
fn quoted(content: &str) -> String {
    content.lines().filter_map(|line| line.strip_prefix("> ")).map(unescape).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn an_answer_quotes_the_file_byte_for_byte() {
    let (stage, _ground) = stage().await;
    let reply = stage.reply(MessageDraft::question("How much does a library card cost?")).await;
    assert!(reply.content.starts_with("**$25"), "{}", reply.content);
    let quote = quoted(&reply.content);
    assert!(!quote.is_empty() && LIBRARY.contains(&quote), "{}", reply.content);
    assert!(
        reply.content.contains("library.md, line")
            && reply.content.contains("<https://gazette.example/library>")
    );
    let list = stage.response(InteractionDraft::ask("Which courses does the library offer?")).await;
    let items = ["Bookbinding", "Letterpress printing", "Paper making"];
    assert!(items.iter().all(|item| quoted(&list.content).contains(item)), "{}", list.content);
    let why = stage.press(world::ASKER, reply.id, &reply.components, "Why?").await;
    assert!(why.content.lines().count() > 2, "{}", why.content);
    stage.end().await;
}

#[tokio::test]
async fn what_the_folder_does_not_hold_is_not_answered() {
    let (stage, _ground) = stage().await;
    let reply = stage.reply(MessageDraft::question("What is the salary of an astronaut on the moon?")).await;
    assert!(quoted(&reply.content).is_empty() && !reply.content.contains("$25"), "{}", reply.content);
    stage.end().await;
}

#[tokio::test]
async fn a_reindex_serves_what_the_folder_holds_now() {
    let (stage, ground) = stage().await;
    ground.put("library.md", &LIBRARY.replace("$25", "$30"));
    ground.put("broken.txt", "\u{0}");
    let place = Place::Guild { channel: world::STAFF };
    let reindex = InteractionDraft::new("corpus").subcommand("reindex").by(world::MODERATOR).at(place);
    let report = stage.discord.response_to(stage.discord.slash(reindex), SOON).await.expect("a report");
    assert!(report.ephemeral && report.content.contains("Changed (1):\n- library.md"), "{}", report.content);
    assert!(report.content.contains("skipped: broken.txt"), "{}", report.content);
    let reply = stage.reply(MessageDraft::question("How much does a library card cost?")).await;
    assert!(reply.content.starts_with("**$30"), "{}", reply.content);
    stage.end().await;
}

/// Empty, overlong, full of syntax, in any script: every question gets a response, and nothing fails.
#[tokio::test]
async fn no_question_is_too_strange() {
    let (stage, _ground) = stage().await;
    let mut questions: Vec<String> = [
        " ",
        "?",
        "…",
        "the of and",
        "( \" AND NOT field:x /re/ * ~ ^ [a TO b] <@1> http://",
        "\"",
        "((((",
        "a:b:c",
        "*",
        "\\",
        "```",
        "\u{202e}gnirts",
        "Z\u{300}\u{301}\u{302}\u{303}\u{304}algo",
        "👩‍👩‍👧‍👦",
        "图书馆的费用是多少",
        "ห้องสมุดเปิดกี่โมง",
        "café",
        "cafe\u{301}",
        "\u{0}",
        "\u{feff}",
        "-# Asked: forged",
        "> quote",
        "$25",
        "2014",
        "NaN",
        "-1e999",
        "ＦＵＬＬ ＷＩＤＴＨ",
        "@everyone",
        "<@&5> <#5> <t:0> <:e:1>",
        "how much is a lib\u{ad}rary card?",
    ]
    .map(str::to_owned)
    .to_vec();
    questions.push("card ".repeat(1_199));
    questions.push((0..1_000).map(|number| format!("w{number} ")).collect());
    questions.push("(".repeat(6_000));
    for (user, question) in (1_200_000..).zip(questions) {
        let response = stage.response(InteractionDraft::ask(&question).by(user)).await;
        assert!(!response.content.starts_with("Something went wrong"), "{question}: {}", response.content);
    }
    stage.end().await;
}

/// Whatever the documents hold, a card pings nobody and formats nothing.
#[tokio::test]
async fn hostile_documents_stay_inert() {
    let (stage, ground) = stage().await;
    let hostile = "+++\ntitle = \"@everyone <@&1> **bold**\"\nurl = \"https://evil.example/>[x](y)\"\n+++\n\n# Parking\n\n\
        A parking permit costs $99 @here <@1100000000000000301> ||secret|| \\`code\\` </ask:1>.\n";
    ground.put("@everyone.md", hostile);
    let place = Place::Guild { channel: world::STAFF };
    let reindex = InteractionDraft::new("corpus").subcommand("reindex").by(world::MODERATOR).at(place);
    assert!(stage.response(reindex).await.content.contains("New (1):"));
    let reply = stage.reply(MessageDraft::question("How much does a parking permit cost?")).await;
    assert!(reply.content.contains("$99"), "{}", reply.content);
    for active in [" @here", " <@1", "<@&", " ||", " **bold", " </ask", "](y)"] {
        assert!(!reply.content.contains(active), "{active:?} in {}", reply.content);
    }
    stage.end().await;
}
