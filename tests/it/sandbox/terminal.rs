//! The terminal front with the real client behind it: what is typed and what is shown.

use std::io;

use expect_test::expect;
use registrar::sandbox::{Echo, terminal, world};

use super::client::{quiet_intents, start};
use super::sandbox;

#[tokio::test]
async fn a_conversation_through_a_pipe() {
    let sandbox = sandbox().await;
    start(&sandbox, quiet_intents()).await;
    let lines = [
        "hello",
        "/reply and more",
        "/dm psst",
        "/ask what?",
        "/press nothing",
        "/press why",
        "/as moderator",
        "/nonsense",
        "",
        "last words",
    ];
    let input = futures_util::stream::iter(lines.map(|line| Ok::<_, io::Error>(line.to_owned())));
    let mut output = Vec::new();
    terminal(&sandbox, input, &mut output, Echo::Repeat).await.unwrap();
    let output = String::from_utf8(output).unwrap().replace(&world::BOT.to_string(), "BOT");
    let (_, conversation) = output.split_once("/quit\n").unwrap();
    expect![[r#"
        > hello
        registrar in #questions
        │ echo: <@BOT> hello
        > /reply and more
        registrar in #questions
        │ echo: and more
        > /dm psst
        registrar in your direct messages
        │ echo: psst
        > /ask what?
        registrar in #questions (only you see this)
        │ what?
        │ [Why?]
        > /press nothing
        There is no such button on the last card. It has: Why?
        > /press why
        registrar in #questions (only you see this) (changed)
        │ pressed why
        > /as moderator
        You are the moderator now.
        > /nonsense
        There is no /nonsense. The bot has /ask.
        > 
        > last words
        registrar in #questions
        │ echo: <@BOT> last words
    "#]]
    .assert_eq(conversation);
    assert_eq!(sandbox.violations(), Vec::<String>::new());
}
