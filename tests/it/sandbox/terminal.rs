//! The terminal front with the real client behind it: what is typed and what is shown.

use std::io;

use expect_test::expect;
use registrar::discord::{self, Settings};
use registrar::lexicon::Lexicon;
use registrar::library::{Library, Progress};
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
        │ echo: @registrar hello
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
        │ echo: @registrar last words
    "#]]
    .assert_eq(conversation);
    assert_eq!(sandbox.violations(), Vec::<String>::new());
}

/// Progress that nobody looks at.
struct Unwatched;

impl Progress for Unwatched {
    fn step(&self, _: &str, _: u64, _: u64) {}
}

#[tokio::test]
async fn the_real_bot_answers_from_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let page = "# Library\n\n## Opening hours\n\nThe library is open from 9 to 17 on weekdays.\n";
    std::fs::create_dir(folder.path().join("texts")).unwrap();
    std::fs::write(folder.path().join("texts/library.md"), page).unwrap();
    let lexicon = std::sync::Arc::new(Lexicon::load(None).unwrap());
    let (texts, cache) = (folder.path().join("texts"), folder.path().join("cache"));
    let library = Library::open_cached(&texts, &cache, lexicon, 0.0, 1_767_225_600, &Unwatched).unwrap();
    let sandbox = sandbox().await;
    let mut settings = Settings::new(sandbox.token().to_owned().into());
    settings.local = Some(sandbox.api_base());
    let (leave, left) = tokio::sync::oneshot::channel::<()>();
    let store = registrar::store::open(&registrar::store::Place::Memory).await.expect("it opens");
    let bot = tokio::spawn(discord::run(settings, std::sync::Arc::new(library), store, async {
        let _ = left.await;
    }));
    let lines = ["when is the library open?", "/press Why?", "/ask library hours private: true", "/help"];
    let input = futures_util::stream::iter(lines.map(|line| Ok::<_, io::Error>(line.to_owned())));
    let mut output = Vec::new();
    terminal(&sandbox, input, &mut output, Echo::Repeat).await.unwrap();
    let output = String::from_utf8(output).unwrap();
    assert!(output.matches("open from 9 to 17 on weekdays.").count() >= 2, "{output}");
    assert_eq!(output.matches("(only you see this)").count(), 3, "{output}");
    assert!(!output.contains("(no answer"), "{output}");
    assert_eq!(sandbox.violations(), Vec::<String>::new());
    drop(leave);
    bot.await.unwrap().unwrap();
}
