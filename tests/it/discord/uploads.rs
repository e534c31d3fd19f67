//! Documents by upload, with the real client, a real library and a stand-in for Discord's file host that misbehaves: nothing
//! is served before "Confirm", nothing lands outside the upload folder, and every refusal says what to do.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use registrar::library::Quiet;
use registrar::sandbox::world::permission;
use registrar::sandbox::{InteractionDraft, InteractionResponse, MessageDraft, Place, world};
use registrar::store::{Change, Deed, Ending, NOBODY};

use super::harness::{SOON, Stage, custom_id};
use crate::library::{Ground, ONE, TWO, names};

const SAILING: &str = "# Sailing\n\nSailing takes three years.\n\n## Costs\n\nSailing costs $900.\n";
const OFFICIAL: &str = "https://cdn.discordapp.com/attachments/1/2";

/// A file host whose behaviour is the last part of the path.
struct Host {
    address: String,
    asked: Arc<AtomicUsize>,
    sent: Arc<AtomicU64>,
}

impl Host {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("bound");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let (asked, sent) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicU64::new(0)));
        let (count, bytes) = (Arc::clone(&asked), Arc::clone(&sent));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                count.fetch_add(1, Ordering::SeqCst);
                let bytes = Arc::clone(&bytes);
                std::thread::spawn(move || {
                    let mut request = [0; 4096];
                    let read = stream.read(&mut request).unwrap_or(0);
                    let request = String::from_utf8_lossy(&request[..read]).into_owned();
                    assert!(!request.to_lowercase().contains("authorization"), "the token went to the host");
                    let path = request.split(' ').nth(1).unwrap_or_default();
                    let behaviour = path
                        .split('?')
                        .next()
                        .and_then(|path| path.rsplit('/').next())
                        .unwrap_or_default()
                        .to_owned();
                    let _ = behave(&behaviour, &mut stream, &bytes);
                });
            }
        });
        Self { address, asked, sent }
    }
}

fn whole_bytes(stream: &mut impl Write, body: &[u8]) -> std::io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len())?;
    stream.write_all(body)
}

fn behave(behaviour: &str, stream: &mut impl Write, sent: &AtomicU64) -> std::io::Result<()> {
    let mut whole = |body: &str| {
        write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
    };
    match behaviour {
        "sailing" => whole(SAILING),
        "sailing-again" => whole(&SAILING.replace("three", "four")),
        "page" => whole("<h1>Glazing</h1><p>Glazing <b>takes</b> nine months.</p>"),
        "binary" => whole("\u{7f}ELF\0\0\0"),
        "png" => whole_bytes(stream, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        "zip" => whole_bytes(stream, b"PK\x03\x04\x14\0\0\0\x08\0"),
        "pdf" => whole_bytes(stream, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"),
        "utf16" => {
            let text = "\u{feff}# Sailing\n\nSailing takes three years.\n";
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            whole_bytes(stream, &bytes)
        }
        "latin1" => whole_bytes(stream, b"# Caf\xe9\n\nIt takes three years.\n"),
        "zero" => whole("# Sailing\n\nSailing takes\0 three years.\n"),
        "headings" => whole("# One\n\n## Two\n\n### Three\n"),
        "line" => whole(&"word ".repeat(100_000)),
        "nested" => whole(&format!("{}Sailing takes three years.", "<div>".repeat(100_000))),
        "empty" => whole(" \n"),
        "gone" => write!(stream, "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"),
        "redirect" => write!(
            stream,
            "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        ),
        "cut" => write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 9999\r\nconnection: close\r\n\r\n# Sail"),
        "declares" => {
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\nconnection: close\r\n\r\n")
        }
        "endless" => {
            write!(stream, "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")?;
            let chunk = vec![b'a'; 65_536];
            loop {
                stream.write_all(&chunk)?;
                sent.fetch_add(chunk.len() as u64, Ordering::SeqCst);
            }
        }
        "slow" => {
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 500\r\nconnection: close\r\n\r\n")?;
            for _ in 0..500 {
                stream.write_all(b"a")?;
                stream.flush()?;
                std::thread::sleep(Duration::from_millis(50));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

struct Set {
    stage: Stage,
    host: Host,
    ground: Ground,
}

impl Set {
    async fn start() -> Self {
        let host = Host::start();
        let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
        let mut stage = Stage::set(|_, settings| {
            settings.local_cdn = Some(host.address.clone());
            settings.timing.download = Duration::from_millis(1_500);
            settings.discord.questions_per_user = std::num::NonZeroU32::MAX;
            settings.discord.questions_per_server = std::num::NonZeroU32::MAX;
        })
        .await;
        stage.library = Some(Arc::new(ground.open()));
        stage.enter().await;
        Self { stage, host, ground }
    }

    async fn add(&self, filename: &str, size: u64, url: &str) -> InteractionResponse {
        self.stage.response(corpus("add").attach("file", filename, size, url)).await
    }

    async fn press(&self, shown: &InteractionResponse, label: &str) -> InteractionResponse {
        self.press_as(shown, label, world::MODERATOR, permission::MODERATOR).await
    }

    async fn press_as(
        &self,
        shown: &InteractionResponse,
        label: &str,
        user: u64,
        permissions: u64,
    ) -> InteractionResponse {
        let id = custom_id(&shown.components, label).unwrap_or_else(|| panic!("{label}: {}", shown.content));
        let message = shown.message.expect("a message");
        let press = self.stage.discord.press_with(user, message, &id, Some(permissions));
        self.stage.response_to(press).await
    }

    /// What the bot answers in a channel.
    async fn answer(&self, question: &str) -> String {
        self.stage.reply(MessageDraft::question(question)).await.content
    }

    fn uploads(&self) -> Vec<String> {
        names(&self.ground.places.corpus.join(".uploads"))
            .into_iter()
            .filter(|name| !name.starts_with('.'))
            .collect()
    }
}

fn corpus(subcommand: &str) -> InteractionDraft {
    let place = Place::Guild { channel: world::STAFF };
    InteractionDraft::new("corpus").subcommand(subcommand).by(world::MODERATOR).at(place)
}

#[tokio::test]
async fn a_document_is_previewed_confirmed_replaced_removed_and_restored() {
    let set = Set::start().await;
    let question = "How long does sailing take?";
    let shown = set.add("Sailing Handbook.md", 80, &format!("{OFFICIAL}/sailing?ex=1")).await;
    expect_test::expect![[r#"
        **Sailing**
        Sailing Handbook.md, to be stored as `sailing-handbook-8aed6b34.md`. 2 passages found, 1 fact in them.
        Headings (1):
        - Costs
        No problems were found.
        Confirm within 15 minutes to serve it."#]]
    .assert_eq(&shown.content);
    assert!(set.answer(question).await.contains("not in my sources"), "served before it was confirmed");
    // Somebody else, and somebody who lost the right in the meantime.
    for (user, permissions, expected) in [
        (world::ASKER, permission::MODERATOR, "This button is for the one who began it."),
        (world::MODERATOR, permission::MEMBER, "You need the permission Manage Server"),
    ] {
        let said = set.press_as(&shown, "Confirm", user, permissions).await;
        assert!(said.content.starts_with(expected), "{}", said.content);
    }
    assert!(set.press(&shown, "Confirm").await.content.starts_with("**Reindexed**"));
    let answer = set.answer(question).await;
    assert!(answer.contains("three years"), "{answer}");
    // A second press finds nothing staged.
    assert!(set.press(&shown, "Confirm").await.content.starts_with("There is no such upload"));
    let again = set.add("Sailing Handbook.md", 80, &format!("{OFFICIAL}/sailing-again")).await;
    assert!(again.content.contains("in place of the one of that name"), "{}", again.content);
    set.press(&again, "Confirm").await;
    assert!(set.answer(question).await.contains("four years"));
    let [stored] = set.uploads().try_into().expect("one upload");
    for (subcommand, expected) in
        [("restore", "three years"), ("restore", "four years"), ("remove", "not in my sources")]
    {
        let shown = set.stage.response(corpus(subcommand).option("name", stored.as_str().into())).await;
        assert!(set.press(&shown, "Confirm").await.content.starts_with("**Reindexed**"), "{subcommand}");
        let answer = set.answer(question).await;
        assert!(answer.contains(expected), "{subcommand}: {answer}");
    }
    let deeds = set.stage.store.deeds(0, 0, 99).await.expect("deeds").into_iter().rev();
    let deeds = deeds.filter(|entry| entry.deed != Deed::Reindex).map(|entry| {
        assert!(entry.about == stored || entry.ending == Ending::Failed, "{entry:?}");
        (entry.deed, entry.ending)
    });
    let mut deeds: Vec<String> =
        deeds.map(|(deed, ending)| format!("{} {}", deed.name(), ending.name())).collect();
    deeds.sort_unstable();
    assert_eq!(deeds, ["add done", "add done", "add failed", "remove done", "restore done", "restore done"]);
    set.stage.end().await;
}

#[tokio::test]
async fn a_cancelled_upload_leaves_nothing() {
    let set = Set::start().await;
    let shown = set.add("page.html", 80, &format!("{OFFICIAL}/page")).await;
    assert!(shown.content.starts_with("**Glazing**"), "{}", shown.content);
    assert_eq!(set.press(&shown, "Cancel").await.content, "Nothing was added.");
    assert!(set.press(&shown, "Confirm").await.content.starts_with("There is no such upload"));
    assert_eq!(set.uploads(), [""; 0]);
    assert_eq!(names(&set.ground.places.corpus.join(".uploads/.staged")), [""; 0]);
    set.stage.end().await;
}

/// What is suggested for the name: for a moderator, or for whoever has these permissions.
async fn suggested(set: &Set, subcommand: &str, typed: &str, permissions: Option<u64>) -> Vec<String> {
    let mut draft = corpus(subcommand).option("name", typed.into());
    draft.member_permissions = permissions;
    let response = set.stage.response_to(set.stage.discord.autocomplete(draft, "name")).await;
    assert_eq!(response.kind, 8);
    let choices = response.data["choices"].as_array().expect("choices").clone();
    choices.iter().map(|choice| choice["value"].as_str().expect("a name").to_owned()).collect()
}

#[tokio::test]
async fn names_of_uploads_are_suggested_to_moderators_alone() {
    let set = Set::start().await;
    for (name, behaviour) in [("Sailing.md", "sailing"), ("Glass.html", "page")] {
        let shown = set.add(name, 80, &format!("{OFFICIAL}/{behaviour}")).await;
        set.press(&shown, "Confirm").await;
    }
    let [glass, sailing] = set.uploads().try_into().expect("two uploads");
    assert_eq!(suggested(&set, "remove", "", None).await, [glass.clone(), sailing.clone()]);
    assert_eq!(suggested(&set, "remove", " SAIL", None).await, std::slice::from_ref(&sailing));
    assert_eq!(suggested(&set, "remove", "../", None).await, [""; 0]);
    assert_eq!(suggested(&set, "restore", "", None).await, [""; 0], "nothing was there before");
    let shown = set.stage.response(corpus("remove").option("name", glass.as_str().into())).await;
    set.press(&shown, "Confirm").await;
    assert_eq!(suggested(&set, "remove", "", None).await, [sailing]);
    assert_eq!(suggested(&set, "restore", "", None).await, [glass]);
    // The menu may have been opened to everybody; the names stay the moderators'.
    for subcommand in ["remove", "restore"] {
        for permissions in [0, permission::MEMBER, 1 << 13] {
            assert_eq!(suggested(&set, subcommand, "", Some(permissions)).await, [""; 0]);
        }
    }
    set.stage.end().await;
}

/// Every button under an upload, pressed by somebody else, by one who lost the right, and by the moderator.
#[tokio::test]
async fn each_button_of_an_upload_checks_who_presses_it() {
    let set = Set::start().await;
    let shown = set.add("Sailing.md", 80, &format!("{OFFICIAL}/sailing")).await;
    set.press(&shown, "Confirm").await;
    let shown = set.add("Sailing.md", 80, &format!("{OFFICIAL}/sailing-again")).await;
    set.press(&shown, "Confirm").await;
    let [stored] = set.uploads().try_into().expect("one upload");
    let named = |subcommand: &str| corpus(subcommand).option("name", stored.as_str().into());
    let served = || {
        let place = set.ground.places.corpus.join(".uploads").join(&stored);
        std::fs::read_to_string(place).unwrap_or_default()
    };
    for (what, label, expected) in [
        ("add", "Confirm", "**Reindexed**"),
        ("add", "Cancel", "Nothing was added."),
        ("restore", "Confirm", "**Reindexed**"),
        ("remove", "Confirm", "**Reindexed**"),
    ] {
        let shown = match what {
            "add" => set.add("Sailing.md", 80, &format!("{OFFICIAL}/sailing")).await,
            _ => set.stage.response(named(what)).await,
        };
        let before = served();
        for (user, permissions, refusal) in [
            (world::ASKER, permission::MODERATOR, "This button is for the one who began it."),
            (world::MODERATOR, permission::MEMBER, "You need the permission Manage Server"),
            (world::MODERATOR, 0, "You need the permission Manage Server"),
        ] {
            let said = set.press_as(&shown, label, user, permissions).await;
            assert!(said.ephemeral && said.content.starts_with(refusal), "{what} {label}: {}", said.content);
            assert_eq!(served(), before, "{what} {label}");
        }
        let said = set.press(&shown, label).await;
        assert!(said.content.starts_with(expected), "{what} {label}: {}", said.content);
    }
    assert_eq!(served(), "");
    set.stage.end().await;
}

#[tokio::test]
async fn a_host_that_misbehaves_costs_little_and_is_told() {
    let set = Set::start().await;
    for (behaviour, size, expected) in [
        ("gone", 80, "Discord no longer has the file. Please upload it again."),
        ("redirect", 80, "The file could not be fetched"),
        ("cut", 80, "The file could not be fetched"),
        ("declares", 80, "The file is too large: 8 MiB is the limit."),
        ("endless", 80, "The file is too large: 8 MiB is the limit."),
        ("slow", 500, "The file could not be fetched"),
        ("nothing", 80, "The file could not be fetched"),
        ("binary", 7, "This is a program (ELF), not a text."),
        ("empty", 2, "The file holds only white space."),
    ] {
        let started = Instant::now();
        let said = set.add("a.md", size, &format!("{OFFICIAL}/{behaviour}")).await;
        assert!(
            said.ephemeral && said.content.replace('\\', "").starts_with(expected),
            "{behaviour}: {}",
            said.content
        );
        assert!(said.components.is_empty() && started.elapsed() < Duration::from_secs(5), "{behaviour}");
    }
    // The system's own buffers take some more than was read.
    assert!(set.host.sent.load(Ordering::SeqCst) < 24 << 20, "{:?}", set.host.sent);
    assert_eq!(set.uploads(), [""; 0]);
    set.stage.end().await;
}

#[tokio::test]
async fn what_is_no_text_is_refused_with_what_to_do() {
    let set = Set::start().await;
    for (name, behaviour, expected) in [
        ("a.md", "png", "This is a PNG picture, not a text. Save its text as a .txt or .md file."),
        ("a.txt", "zip", "archive"),
        ("a.html", "pdf", "PDF"),
        ("a.txt", "utf16", "UTF-8"),
        ("a.md", "latin1", "UTF-8"),
        ("a.md", "zero", "zero byte"),
        ("a.md", "headings", "No text was found"),
        ("a.pdf", "sailing", "Only Markdown (.md), text (.txt) and saved pages (.html) can be uploaded."),
        ("a.docx", "sailing", "Only Markdown"),
        ("a", "sailing", "Only Markdown"),
        (".md.exe", "sailing", "Only Markdown"),
    ] {
        let said = set.add(name, 80, &format!("{OFFICIAL}/{behaviour}")).await;
        let text = said.content.replace('\\', "");
        assert!(said.ephemeral && text.contains(expected), "{name} {behaviour}: {text}");
        assert!(said.components.is_empty(), "{name} {behaviour}: nothing to confirm");
    }
    // What is only unusual is understood, in bounded time; its name lands nowhere else.
    for (name, behaviour) in [
        ("../../up.md", "sailing"),
        ("/etc/passwd.txt", "sailing"),
        ("C:\\con.md", "sailing"),
        ("\u{202e}dm.exe.md", "sailing"),
        ("long.txt", "line"),
        ("deep.html", "nested"),
    ] {
        let began = Instant::now();
        let shown = set.add(name, 80, &format!("{OFFICIAL}/{behaviour}")).await;
        assert!(custom_id(&shown.components, "Confirm").is_some(), "{name}: {}", shown.content);
        assert!(began.elapsed() < Duration::from_secs(30), "{name}: {:?}", began.elapsed());
        assert_eq!(set.press(&shown, "Cancel").await.content, "Nothing was added.");
    }
    assert_eq!(names(&set.ground.places.corpus), [".uploads", "one.md", "two.md"]);
    assert_eq!(
        (set.uploads(), names(&set.ground.places.corpus.join(".uploads"))),
        (vec![], vec![".staged".to_owned()])
    );
    set.stage.end().await;
}

#[tokio::test]
async fn buttons_work_on_after_a_restart_and_expire() {
    let mut set = Set::start().await;
    let kept = set.add("Sailing.md", 80, &format!("{OFFICIAL}/sailing")).await;
    let later = set.add("Glass.html", 80, &format!("{OFFICIAL}/page")).await;
    set.stage.leave().await.expect("it leaves in order");
    set.stage.enter().await;
    // Whoever presses it is looked at as before.
    let said = set.press_as(&kept, "Confirm", world::ASKER, permission::MODERATOR).await;
    assert!(said.content.starts_with("This button is for the one who began it."), "{}", said.content);
    let said = set.press_as(&kept, "Confirm", world::MODERATOR, permission::MEMBER).await;
    assert!(said.content.starts_with("You need the permission Manage Server"), "{}", said.content);
    assert!(set.press(&kept, "Confirm").await.content.starts_with("**Reindexed**"));
    // As if a quarter of an hour had gone by.
    let staged = set.ground.places.corpus.join(".uploads/.staged");
    for name in names(&staged) {
        let file = std::fs::File::options().append(true).open(staged.join(name)).expect("open");
        file.set_modified(std::time::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).expect("set");
    }
    assert!(set.press(&later, "Confirm").await.content.starts_with("There is no such upload (any more)."));
    set.stage.end().await;
}

#[tokio::test]
async fn a_reindex_says_which_missed_questions_are_answered_otherwise() {
    let set = Set::start().await;
    let place = Place::Guild { channel: world::STAFF };
    let gaps = InteractionDraft::new("settings").subcommand("gaps").by(world::MODERATOR).at(place);
    set.stage.response(gaps.option("keep", "on".into())).await;
    assert!(set.answer("How long does sailing take?").await.contains("not in my sources"));
    set.ground.put("three.md", SAILING);
    for subcommand in ["diff", "reindex"] {
        let said = set.stage.response(corpus(subcommand)).await.content;
        let expected = "\nMissed so far, and otherwise now (1):\n- how long does sailing take (answered now): That is not in my sources";
        assert!(said.contains(expected), "{subcommand}: {said}");
        assert!(said.contains("three years"), "{subcommand}: {said}");
    }
    set.stage.end().await;
}

#[tokio::test]
async fn nothing_is_fetched_that_is_too_large_or_lies_elsewhere() {
    let set = Set::start().await;
    for (size, url, expected) in [
        (8 << 20 | 1, format!("{OFFICIAL}/sailing"), "The file is too large"),
        (80, format!("{}/attachments/1/2/sailing", set.host.address), "I take files from Discord alone."),
        (
            80,
            "http://cdn.discordapp.com/attachments/1/2/sailing".to_owned(),
            "I take files from Discord alone.",
        ),
        (
            80,
            "https://cdn.discordapp.com@127.0.0.1/attachments/1".to_owned(),
            "I take files from Discord alone.",
        ),
        (80, "https://evil.example/attachments/1/2/sailing".to_owned(), "I take files from Discord alone."),
    ] {
        let said = set.add("a.md", size, &url).await;
        assert!(said.content.starts_with(expected), "{url}: {}", said.content);
    }
    assert_eq!(set.host.asked.load(Ordering::SeqCst), 0);
    set.stage.end().await;
}

#[tokio::test]
async fn a_watched_folder_is_taken_up_and_so_is_what_another_process_builds() {
    let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
    for watch in [true, false] {
        let mut stage = Stage::set(|_, settings| {
            settings.watch = watch;
            settings.timing.follow = Duration::from_millis(40);
            settings.discord.questions_per_user = std::num::NonZeroU32::MAX;
            settings.discord.questions_per_server = std::num::NonZeroU32::MAX;
        })
        .await;
        stage.library = Some(Arc::new(ground.open()));
        stage.store.change(world::GUILD, Change::LogChannel(Some(world::STAFF))).await.expect("set");
        stage.enter().await;
        let (name, word) = if watch { ("three.md", "sailing") } else { ("four.md", "glazing") };
        ground.put(name, &SAILING.replace("Sailing", word));
        if !watch {
            ground
                .try_open(crate::library::NOW + 9)
                .expect("another process")
                .reindex(9, &Quiet)
                .expect("built");
        }
        let question = format!("How long does {word} take?");
        let began = Instant::now();
        while !stage.reply(MessageDraft::question(&question)).await.content.contains("three years") {
            assert!(began.elapsed() < Duration::from_secs(10), "never taken up (watch: {watch})");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        if watch {
            // Nobody asked for it, so it is told where moderators read what happens.
            let posted = stage.discord.next_message(|one| one.channel == world::STAFF, SOON).await;
            let posted = posted.expect("posted").content;
            assert!(posted.contains("New (1):\n- three.md"), "{posted}");
            assert!(posted.ends_with("\n-# Begun by the folder's watcher"), "{posted}");
            let deeds = stage.store.deeds(0, 0, 9).await.expect("deeds");
            assert!(deeds.iter().any(|entry| entry.moderator == NOBODY && entry.ending == Ending::Done));
            let log = stage.response(corpus("log")).await.content;
            assert!(log.contains("> the folder's watcher: reindex (") && log.contains("): done"), "{log}");
        }
        stage.end().await;
    }
}

#[tokio::test]
async fn remove_and_restore_take_no_paths() {
    let set = Set::start().await;
    for name in ["../one.md", "one.md/..", "/etc/passwd", ".staged", "nothing.md", "A.md"] {
        for subcommand in ["remove", "restore"] {
            let shown = set.stage.response(corpus(subcommand).option("name", name.into())).await;
            let said = match custom_id(&shown.components, "Confirm") {
                Some(_) => set.press(&shown, "Confirm").await.content,
                None => shown.content,
            };
            let expected = ["There is no such upload", "Nothing was uploaded yet."];
            assert!(expected.iter().any(|start| said.starts_with(start)), "{subcommand} {name}: {said}");
        }
    }
    assert_eq!(names(&set.ground.places.corpus), ["one.md", "two.md"]);
    set.stage.end().await;
}
