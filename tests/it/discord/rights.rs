//! Who may do what, as one table through one check: every command with its subcommands, every option that suggests, the menu
//! of messages, every button, line of a menu and form that this bot makes × where it is used × the caller's permissions ×
//! whose card it is. A command, option or button that is not in the table fails the test.

use std::collections::BTreeSet;

use registrar::sandbox::world::permission;
use registrar::sandbox::{InteractionDraft, InteractionResponse, Place, world};
use serde_json::{Value, json};

use super::harness::{Stage, question};

const HERE: Place = Place::Guild { channel: world::STAFF };
/// In the server, in direct messages, and in a server that the bot has not joined (the caller installed the app).
const PLACES: [Place; 3] = [HERE, Place::Dm, Place::ForeignGuild];
const MANAGE_MESSAGES: u64 = 1 << 13;
const ALL: u64 = !0 >> 14;
/// What a member may have: nothing, what everybody has, one right each, all of them.
const PERMISSIONS: [u64; 6] = [
    0,
    permission::MEMBER,
    permission::MEMBER | permission::MANAGE_GUILD,
    permission::ADMINISTRATOR,
    permission::MEMBER | MANAGE_MESSAGES,
    ALL,
];

/// Who is let in.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Right {
    /// Everybody, everywhere.
    All,
    /// Who has Manage Server in a server that the bot is a member of.
    Settings,
    /// Who has Manage Server in a server that the operator lists.
    Corpus,
}

/// A caller.
#[derive(Debug, Clone, Copy)]
struct Caller {
    place: Place,
    permissions: u64,
    /// The payload names no member, as a crafted one may.
    without_member: bool,
}

impl Caller {
    fn all() -> impl Iterator<Item = Self> {
        PLACES.into_iter().flat_map(|place| {
            PERMISSIONS.into_iter().flat_map(move |permissions| {
                [false, true].map(|without_member| Self { place, permissions, without_member })
            })
        })
    }

    fn manages(self) -> bool {
        !self.without_member && self.permissions & (permission::MANAGE_GUILD | permission::ADMINISTRATOR) != 0
    }

    /// How the refusal begins; `None` for who is let in. `listed` are the servers in which the corpus is looked after.
    fn refusal(self, right: Right, listed: &[u64]) -> Option<&'static str> {
        let server = match self.place {
            Place::Guild { .. } => Some(world::GUILD),
            Place::Dm => None,
            Place::ForeignGuild => Some(world::FOREIGN_GUILD),
        };
        match (right, server) {
            (Right::All, _) => None,
            (Right::Settings, None) => Some("`/settings` works only in a server"),
            (Right::Settings, Some(world::FOREIGN_GUILD)) => Some("I am no member of this server"),
            (Right::Settings, Some(_)) => {
                (!self.manages()).then_some("You need the permission Manage Server for `/settings`")
            }
            (Right::Corpus, None) => Some("`/corpus` works only in a server"),
            (Right::Corpus, Some(server)) if !listed.contains(&server) => {
                Some("The corpus is shared by all servers")
            }
            (Right::Corpus, Some(_)) => {
                (!self.manages()).then_some("You need the permission Manage Server for `/corpus`")
            }
        }
    }
}

/// How any refusal begins.
const REFUSALS: [&str; 6] = [
    "`/settings` works only",
    "`/corpus` works only",
    "I am no member",
    "The corpus is shared",
    "You need the permission",
    "I do not know",
];

/// Values of a command's options by name.
type Options = Vec<(&'static str, Value)>;

/// The table of commands: command, subcommand, options, who may.
fn commands() -> Vec<(&'static str, &'static str, Options, Right)> {
    let id = |id: u64| json!(id.to_string());
    vec![
        ("ask", "", vec![("question", json!(question("when")))], Right::All),
        ("program", "", vec![("name", json!("structural welding"))], Right::All),
        ("programs", "", vec![("level", json!("associate"))], Right::All),
        ("courses", "", vec![("program", json!("AAS welding technology"))], Right::All),
        ("requirements", "", vec![("program", json!("practical nursing certificate"))], Right::All),
        ("salary", "", vec![("occupation", json!("tax preparers"))], Right::All),
        ("certification", "", vec![("name", json!("NDA-1"))], Right::All),
        ("compare", "", vec![("a", json!("airframe")), ("b", json!("powerplant"))], Right::All),
        ("help", "", vec![], Right::All),
        ("privacy", "show", vec![], Right::All),
        ("privacy", "forget-me", vec![], Right::All),
        ("settings", "show", vec![], Right::Settings),
        (
            "settings",
            "channel",
            vec![("channel", id(world::STAFF)), ("mode", json!("mention"))],
            Right::Settings,
        ),
        ("settings", "role", vec![("role", id(world::MODERATOR_ROLE))], Right::Settings),
        ("settings", "cooldown", vec![("seconds", json!(0))], Right::Settings),
        ("settings", "gaps", vec![("keep", json!("off"))], Right::Settings),
        ("settings", "log", vec![("channel", id(world::STAFF))], Right::Settings),
        ("settings", "reset", vec![], Right::Settings),
        ("settings", "check", vec![], Right::Settings),
        ("corpus", "status", vec![], Right::Corpus),
        ("corpus", "problems", vec![], Right::Corpus),
        ("corpus", "diff", vec![], Right::Corpus),
        ("corpus", "add", vec![("file", json!("1100000000000009000"))], Right::Corpus),
        ("corpus", "remove", vec![("name", json!("nothing.md"))], Right::Corpus),
        ("corpus", "restore", vec![("name", json!("nothing.md"))], Right::Corpus),
        ("corpus", "gaps", vec![], Right::Corpus),
        ("corpus", "log", vec![], Right::Corpus),
        ("corpus", "rollback", vec![], Right::Corpus),
        ("corpus", "reindex", vec![], Right::Corpus),
    ]
}

fn draft(
    command: &str,
    subcommand: &str,
    options: &[(&str, Value)],
    user: u64,
    caller: Caller,
) -> InteractionDraft {
    let mut draft = InteractionDraft::new(command).by(user).at(caller.place);
    draft.subcommand = Some(subcommand.to_owned()).filter(|name| !name.is_empty());
    draft.member_permissions = Some(caller.permissions);
    draft.without_member = caller.without_member;
    for (name, value) in options {
        // A host that Discord's are not: whoever is let in is told so, and nothing is fetched.
        draft = match *name {
            "file" => draft.attach("file", "a.md", 10, "https://files.example/a.md"),
            _ => draft.option(name, value.clone()),
        };
    }
    draft
}

/// Every way to use a command that is registered: its name, and that of its subcommand.
fn registered(stage: &Stage, kind: u64) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for command in
        stage.discord.commands().iter().filter(|command| command["type"].as_u64().unwrap_or(1) == kind)
    {
        let name = command["name"].as_str().unwrap_or_default().to_owned();
        let options = command["options"].as_array().cloned().unwrap_or_default();
        let subcommands: Vec<&Value> = options.iter().filter(|option| option["type"] == json!(1)).collect();
        if subcommands.is_empty() {
            found.insert((name.clone(), String::new()));
        }
        found.extend(
            subcommands
                .iter()
                .map(|option| (name.clone(), option["name"].as_str().unwrap_or_default().to_owned())),
        );
    }
    found
}

#[track_caller]
fn check(response: &InteractionResponse, refusal: Option<&str>, shown: &str) {
    match refusal {
        Some(text) => {
            assert!(response.ephemeral, "{shown}: in public");
            assert!(response.content.starts_with(text), "{shown}: {}", response.content);
        }
        None => {
            let refused = REFUSALS.iter().any(|text| response.content.starts_with(text));
            assert!(!refused, "{shown}: {}", response.content);
        }
    }
}

#[tokio::test]
async fn every_command_by_everybody_everywhere() {
    let mut user = 20_000_000;
    for listed in [vec![world::GUILD], vec![world::FOREIGN_GUILD]] {
        let stage = Stage::unhurried(|_, settings| settings.discord.corpus_servers = listed.clone()).await;
        let table = commands();
        let named =
            table.iter().map(|(command, subcommand, ..)| ((*command).to_owned(), (*subcommand).to_owned()));
        assert_eq!(
            named.collect::<BTreeSet<_>>(),
            registered(&stage, 1),
            "a command is missing in the table"
        );
        for caller in Caller::all() {
            for (command, subcommand, options, right) in &table {
                user += 1;
                let shown = format!("/{command} {subcommand} {caller:?} {listed:?}");
                let response = stage.response(draft(command, subcommand, options, user, caller)).await;
                check(&response, caller.refusal(*right, &listed), &shown);
                // What is for moderators, and what is personal, is never shown to others.
                let private = *right != Right::All || matches!(*command, "help" | "privacy");
                assert!(response.ephemeral || !private, "{shown}: in public");
            }
        }
        stage.end().await;
    }
}

#[tokio::test]
async fn suggestions_for_everybody_everywhere() {
    let stage = Stage::unhurried(|_, _| {}).await;
    let table = [
        ("program", vec!["name"]),
        ("programs", vec!["level", "field"]),
        ("courses", vec!["program"]),
        ("requirements", vec!["program"]),
        ("salary", vec!["occupation"]),
        ("certification", vec!["name"]),
        ("compare", vec!["a", "b", "c", "d"]),
    ];
    let suggesting = |command: &Value| -> Vec<(String, String)> {
        let options = command["options"].as_array().cloned().unwrap_or_default();
        let own = options.iter().filter(|option| option["autocomplete"] == json!(true));
        own.map(|option| (command["name"].to_string(), option["name"].to_string())).collect()
    };
    let known: BTreeSet<(String, String)> = table
        .iter()
        .flat_map(|(command, options)| {
            options.iter().map(move |option| (json!(command).to_string(), json!(option).to_string()))
        })
        .collect();
    let all: BTreeSet<(String, String)> = stage.discord.commands().iter().flat_map(suggesting).collect();
    assert_eq!(known, all, "an option that suggests is missing in the table");
    for caller in Caller::all() {
        for (command, options) in &table {
            for option in options {
                let shown = format!("/{command} {option} {caller:?}");
                let typing = draft(command, "", &[(option, json!(""))], world::ASKER, caller);
                let response = stage.response_to(stage.discord.autocomplete(typing, option)).await;
                assert_eq!(response.kind, 8, "{shown}");
                let choices = response.data["choices"].as_array().map_or(0, Vec::len);
                assert!((1..=25).contains(&choices), "{shown}: {choices}");
            }
        }
    }
    stage.end().await;
}

/// The menu of a message: an answer for the caller alone, or, for who manages messages where the bot may write, a reply.
#[tokio::test]
async fn the_menu_of_a_message_everywhere() {
    let stage = Stage::unhurried(|_, _| {}).await;
    assert_eq!(registered(&stage, 2).len() + registered(&stage, 3).len(), 1, "{:?}", registered(&stage, 3));
    for place in PLACES {
        for permissions in PERMISSIONS {
            let card = stage.response(InteractionDraft::ask(&question("when")).at(place)).await;
            let target = card.message.expect("a message");
            let chosen = stage.discord.menu_with(world::ASKER, Some(permissions), "Answer this", target);
            let response = stage.response_to(chosen).await;
            assert!(response.ephemeral, "{place:?} {permissions}: {}", response.content);
            check(&response, None, "the menu");
        }
    }
    stage.end().await;
}

/// Whose card it is that somebody presses.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Who {
    /// The one who asked.
    Asker,
    /// Somebody else.
    Other,
}

/// What a press does.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Press {
    /// It is answered to whoever presses, alone.
    Private,
    /// It deletes the card for the asker, for moderators of the bot's servers and in direct messages.
    Delete,
    /// It is for the one who asked, under a private card; for nobody under a public one.
    Share,
    /// It opens a form for whoever presses.
    Form,
    /// It is for those who look after the corpus, and of them for the one whom the id names.
    Corpus,
}

/// Every button that this bot makes, by its id: `{me}` is the one who presses, `{other}` somebody else.
const BUTTONS: [(&str, Press); 22] = [
    ("why", Press::Private),
    ("more:1", Press::Private),
    ("vote:helped", Press::Private),
    ("vote:other", Press::Private),
    ("vote:wrong", Press::Private),
    ("card|0|p|p00000000", Press::Private),
    ("compare|0|p00000000,p00000001", Press::Private),
    ("programs|0|||", Press::Private),
    ("section|0|p00000000|1-00000000", Press::Private),
    ("follow", Press::Form),
    ("share", Press::Share),
    ("log:0", Press::Corpus),
    ("cancel:{me}:7", Press::Corpus),
    ("cancel:{other}:7", Press::Corpus),
    ("force:{me}:99999999999", Press::Corpus),
    ("force:{other}:99999999999", Press::Corpus),
    ("keep:{me}:0123456789abcdef", Press::Corpus),
    ("discard:{other}:0123456789abcdef", Press::Corpus),
    ("remove:{me}:nothing.md", Press::Corpus),
    ("remove:{other}:nothing.md", Press::Corpus),
    ("restore:{me}:nothing.md", Press::Corpus),
    ("delete", Press::Delete),
];

/// How it is told that a button is another's, or that what it was for is over.
const NOT_THEIRS: [&str; 5] = [
    "This button is for",
    "Only an administrator",
    "That reindex has ended",
    "This button has expired",
    "Only the one",
];

#[tokio::test]
async fn every_button_by_everybody_everywhere_and_after_a_restart() {
    let mut user = 30_000_000;
    let mut stage = Stage::unhurried(|_, _| {}).await;
    // Cards of before the restart: a public one for each press, since some are deleted.
    let mut cards = Vec::new();
    for place in PLACES {
        for permissions in PERMISSIONS {
            for who in [Who::Asker, Who::Other] {
                for (id, press) in BUTTONS {
                    // For what asks for no permission, none and all of them are enough.
                    let asks = !matches!(press, Press::Private | Press::Form);
                    if !asks && !matches!(permissions, 0 | ALL) {
                        continue;
                    }
                    user += 2;
                    // What is for moderators stands under private messages.
                    let ask = InteractionDraft::ask(&question("list"));
                    let ask = ask.option("private", json!(press == Press::Corpus));
                    let card = stage.response(ask.by(user).at(place)).await;
                    cards.push((place, permissions, who, id, press, user, card.message.expect("a message")));
                }
            }
        }
    }
    stage.leave().await.expect("it leaves in order");
    stage.enter().await;
    for (place, permissions, who, id, press, asker, card) in cards {
        let presser = if who == Who::Asker { asker } else { asker + 1 };
        let id = id.replace("{me}", &presser.to_string()).replace("{other}", "42");
        let shown = format!("{id} {place:?} {permissions:b} {who:?}");
        let caller = Caller { place, permissions, without_member: false };
        let pressed = stage.discord.press_with(presser, card, &id, Some(permissions));
        let gone = || stage.discord.bot_message(card).is_none_or(|message| message.deleted);
        match press {
            Press::Delete => {
                let moderates = place == HERE && caller.manages();
                if who == Who::Asker || place == Place::Dm || moderates {
                    let deleted =
                        stage.discord.wait_message(card, |message| message.deleted, super::harness::SOON);
                    assert!(deleted.await.is_some(), "{shown}: it stands");
                } else {
                    let response = stage.response_to(pressed).await;
                    assert!(
                        response.content.starts_with("Only the person who asked"),
                        "{shown}: {}",
                        response.content
                    );
                    assert!(response.ephemeral && !gone(), "{shown}");
                }
            }
            Press::Form => {
                let form = stage.response_to(pressed).await;
                assert_eq!(form.kind, 9, "{shown}");
                let sent = stage.discord.submit(pressed, &[("follow", &question("when"))]);
                check(&stage.response_to(sent).await, None, &shown);
            }
            Press::Share => {
                let response = stage.response_to(pressed).await;
                assert!(
                    response.ephemeral && response.content.starts_with("Only a private answer can be shared"),
                    "{shown}: {}",
                    response.content
                );
            }
            Press::Private => {
                let response = stage.response_to(pressed).await;
                assert!(response.ephemeral && !gone(), "{shown}");
                check(&response, None, &shown);
            }
            Press::Corpus => {
                let response = stage.response_to(pressed).await;
                assert!(response.ephemeral && !gone(), "{shown}: {}", response.content);
                let theirs = !id.contains(":42:");
                match caller.refusal(Right::Corpus, &[world::GUILD]) {
                    Some(text) => {
                        let told = response.content.starts_with(text)
                            || NOT_THEIRS.iter().any(|text| response.content.starts_with(text));
                        assert!(told, "{shown}: {}", response.content);
                    }
                    None if !theirs => {
                        let told = NOT_THEIRS.iter().any(|text| response.content.starts_with(text));
                        assert!(told, "{shown}: {}", response.content);
                    }
                    None => check(&response, None, &shown),
                }
            }
        }
    }
    stage.end().await;
}

/// A private card is shared by the one who got it, where that person and the bot may write, and by nobody else.
#[tokio::test]
async fn a_private_card_is_shared_by_its_owner_alone() {
    let mut stage = Stage::unhurried(|_, _| {}).await;
    let mut cards = Vec::new();
    let mut user = 40_000_000;
    for place in PLACES {
        for permissions in PERMISSIONS {
            for who in [Who::Asker, Who::Other] {
                user += 2;
                let private = InteractionDraft::ask(&question("when")).option("private", json!(true));
                let card = stage.response(private.by(user).at(place)).await;
                cards.push((place, permissions, who, user, card.message.expect("a message")));
            }
        }
    }
    stage.leave().await.expect("it leaves in order");
    stage.enter().await;
    for (place, permissions, who, asker, card) in cards {
        let presser = if who == Who::Asker { asker } else { asker + 1 };
        let shown = format!("{place:?} {permissions:b} {who:?}");
        let pressed = stage.discord.press_with(presser, card, "share", Some(permissions));
        let response = stage.response_to(pressed).await;
        let speaks =
            place == Place::Dm || permissions & (permission::SEND_MESSAGES | permission::ADMINISTRATOR) != 0;
        match (who, speaks) {
            (Who::Other, _) => {
                assert!(response.ephemeral && response.content.starts_with("Only a private"), "{shown}")
            }
            (Who::Asker, false) => {
                assert!(response.ephemeral && response.content.starts_with("You may not write"), "{shown}")
            }
            (Who::Asker, true) => assert!(!response.ephemeral, "{shown}: {}", response.content),
        }
    }
    stage.end().await;
}

/// Ids that no version ever made, and forms that answer nothing: one private sentence each, whatever they hang on.
#[tokio::test]
async fn hostile_ids_of_every_component() {
    let stage = Stage::unhurried(|_, _| {}).await;
    let card = stage.response(InteractionDraft::ask(&question("list"))).await.message.expect("a message");
    let long = "x".repeat(100);
    let mut ids: Vec<String> = BUTTONS
        .iter()
        .map(|(id, _)| id.replace("{me}", "7").replace("{other}", "7"))
        .flat_map(|id| [format!("{id}:"), format!("{id}|x|y|z"), format!(" {id}"), id.to_uppercase()])
        .collect();
    ids.extend(
        [
            "",
            "@everyone",
            "🦓",
            &long,
            "more:-1",
            "more:1e3",
            "log:999999",
            "vote:",
            "vote:best",
            "keep:7:../../etc/passwd",
            "remove:7:../x",
            "remove:7:.hidden",
            "cancel:x:y",
            "cancel:99999999999999999999999:1",
            "force::",
            "card|0|p|../../etc",
            "card|99|p|p00000000",
            "compare|0|",
            "section|0|p00000000|<@1>",
            "programs|0|a",
        ]
        .map(str::to_owned),
    );
    let mut user = 50_000_000;
    for id in &ids {
        user += 1;
        let id: String = id.chars().take(100).collect();
        let pressed = stage.response_to(stage.discord.press_raw(user, card, &id)).await;
        assert!(pressed.ephemeral && !pressed.content.contains("@everyone"), "{id}: {}", pressed.content);
        let known = [
            "I do not know this button",
            "There is no more to show",
            "Only ",
            "This button",
            "My sources name",
            "That reindex",
            // A page of the list of programs is all that such an id can reach.
            "**32 programs**",
        ];
        assert!(
            known.iter().any(|text| pressed.content.starts_with(text))
                || pressed.content.starts_with("You need the permission"),
            "{id}: {}",
            pressed.content
        );
        for values in [&["choose:0"][..], &[&id], &[]] {
            user += 1;
            let chosen = stage.response_to(stage.discord.choose_raw(user, card, &id, values)).await;
            assert!(chosen.ephemeral, "{id} {values:?}: {}", chosen.content);
            assert!(
                ["I do not know this button", "There is no more to show"]
                    .iter()
                    .any(|text| chosen.content.starts_with(text)),
                "{id} {values:?}: {}",
                chosen.content
            );
        }
    }
    stage.end().await;
}

/// The user guide shows each command as the program answers it (`readme` keeps the text of it true).
#[tokio::test]
async fn the_user_guide_shows_every_command() {
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("the README");
    let stage = Stage::start().await;
    let missing: Vec<String> = registered(&stage, 1)
        .into_iter()
        .map(|(command, _)| command)
        .filter(|command| !readme.lines().any(|line| line.starts_with(&format!("> /{command}"))))
        .collect();
    assert!(missing.is_empty(), "no card of {missing:?}");
    let menus = registered(&stage, 3);
    assert!(menus.iter().all(|(name, _)| readme.contains(&format!("**{name}**"))), "{menus:?}");
    stage.end().await;
}
