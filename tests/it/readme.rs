//! What the README shows and says is so: its conversations are what the program prints, its invite asks for what the bot
//! needs, its links lead somewhere. `UPDATE_EXPECT=1` writes the conversations anew.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serenity::model::Permissions;

use crate::cli::Ground;

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    std::fs::read_to_string(top().join("README.md")).expect("the README")
}

/// Blocks between these two are conversations; what stands around them is kept.
const START: &str = "```text\n> ";
const END: &str = "\n```\n";

/// The README in pieces: text, conversation, text, conversation …, text.
fn pieces(readme: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = readme;
    while let Some(at) = rest.find(START) {
        let (before, from) = rest.split_at(at + "```text\n".len());
        let (conversation, after) = from.split_at(from.find(END).expect("its end"));
        pieces.extend([before, conversation]);
        rest = after;
    }
    pieces.push(rest);
    assert!(pieces.len() > 1, "a conversation");
    pieces
}

/// The day of a line "Indexed 2026-01-31 · …" is that of the build, and a generation is named after it; any will do.
fn without_days(text: &str) -> String {
    let generation =
        |line: &str| line.split_once(", indexed on ").map(|(before, _)| format!("{before}, indexed on DAY"));
    let lines = text.lines().map(|line| generation(line).unwrap_or_else(|| line.to_owned()));
    let lines = lines.map(|line| match line.split_once("Indexed ") {
        Some((before, rest)) => {
            let after: String = rest.chars().skip("2026-01-31".len()).collect();
            format!("{before}Indexed DAY{after}")
        }
        None => line.clone(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What `registrar` prints, in a folder with the sample corpus alone, when these lines are typed.
fn printed(typed: &str) -> String {
    let ground = Ground::new();
    for entry in walkdir::WalkDir::new(top().join("corpus")).into_iter().map(|entry| entry.expect("readable"))
    {
        if entry.file_type().is_file() {
            let name = format!("corpus/{}", entry.file_name().to_string_lossy());
            ground.write(&name, std::fs::read(entry.path()).expect("a file"));
        }
    }
    let mut command = ground.registrar(&[]);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().expect("it starts");
    child.stdin.take().expect("a pipe").write_all(typed.as_bytes()).expect("typed");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the variable that expect-test uses for the same purpose")]
fn the_conversations_are_what_the_program_prints() {
    let readme = readme();
    let mut new = String::new();
    for (place, piece) in pieces(&readme).into_iter().enumerate() {
        if place % 2 == 0 {
            new.push_str(piece);
            continue;
        }
        let typed: String = piece
            .lines()
            .filter_map(|line| line.strip_prefix("> "))
            .map(|line| format!("{line}\n"))
            .collect();
        let printed = printed(&typed);
        let conversation = printed.find("\n> ").map(|at| printed.split_at(at + 1).1);
        new.push_str(conversation.expect("a conversation").trim_end());
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(top().join("README.md"), new).expect("written");
        return;
    }
    assert_eq!(
        without_days(&readme),
        without_days(&new),
        "run `UPDATE_EXPECT=1 cargo test --test it readme` if the new answers are better"
    );
}

#[test]
fn the_invite_asks_for_what_the_table_explains() {
    let readme = readme();
    let wanted = Permissions::VIEW_CHANNEL
        | Permissions::SEND_MESSAGES
        | Permissions::SEND_MESSAGES_IN_THREADS
        | Permissions::READ_MESSAGE_HISTORY
        | Permissions::EMBED_LINKS;
    assert!(readme.contains(&format!("permissions={}`", wanted.bits())), "{}", wanted.bits());
    let names =
        ["View Channels", "Send Messages", "Send Messages in Threads", "Read Message History", "Embed Links"];
    for name in names {
        assert!(readme.contains(&format!("| {name} |")), "{name}");
    }
}

#[test]
fn links_between_the_documents_lead_somewhere() {
    let mut missing = Vec::new();
    for name in ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "PRIVACY.md", "docs/QUESTIONS.md"] {
        let path = top().join(name);
        let text = std::fs::read_to_string(&path).expect(name);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target: PathBuf =
                path.parent().expect("a folder").join(link.split('#').next().unwrap_or_default());
            if !link.contains("://") && !target.exists() {
                missing.push(format!("{name}: {link}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

/// Whoever changes a name in `src/` is told that the map still has the old one.
#[test]
fn the_map_names_what_is_there() {
    let map = std::fs::read_to_string(top().join("ARCHITECTURE.md")).expect("the map");
    let mut missing = Vec::new();
    for named in map.split('`').skip(1).step_by(2) {
        let is_path =
            named.starts_with("src/") || named.starts_with("tests/") || named.starts_with("config/");
        if is_path && !named.contains(['<', '*', ' ']) && !top().join(named).exists() {
            missing.push(named);
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
    let library = std::fs::read_to_string(top().join("src/lib.rs")).expect("src/lib.rs");
    let modules = library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let absent: Vec<&str> = modules.filter(|module| !map.contains(&format!("## {module}"))).collect();
    assert!(absent.is_empty(), "no chapter for {absent:?}");
}
