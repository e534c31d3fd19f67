//! `registrar serve` as a process of its own: exit codes, signals, and what it shows of secrets (nothing).

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use registrar::sandbox::{GatewayFault, InteractionDraft, MessageDraft, Place, world};
use registrar::store;
use serde_json::json;
use sqlx::Connection;

use super::backend::CANARY;
use super::harness::{SOON, Stage};
use super::logs::TOKEN;
use crate::library::Ground;

const LIBRARY: &str = "# The town library\n\n## Fees\n\nA library card costs $25 a year.\n";

/// The running program; killed when a test gives up on it.
pub struct Program {
    child: Child,
    output: PathBuf,
}

/// Starts the program, with its log at its most talkative, towards the local Discord.
fn serve(stage: &Stage, ground: &Ground, token: &str) -> Program {
    serve_with(stage, ground, token, "[log]\nfilter = \"trace,serenity=trace\"\n")
}

/// Starts the program towards the local Discord, with more lines for its config.
pub fn serve_with(stage: &Stage, ground: &Ground, token: &str, more: &str) -> Program {
    let folder = ground.places.corpus.parent().expect("a folder");
    let (config, output) = (folder.join("registrar.toml"), folder.join("output.txt"));
    let text = format!("[corpus]\npath = \"corpus\"\n[data]\npath = \"data\"\n{more}");
    std::fs::write(&config, text).expect("written");
    let file = File::create(&output).expect("a file");
    let child = Command::new(env!("CARGO_BIN_EXE_registrar"))
        .arg("serve")
        .arg("--config")
        .arg(&config)
        .env("DISCORD_TOKEN", token)
        .env("REGISTRAR_API_BASE", stage.discord.api_base())
        .stdin(Stdio::null())
        .stdout(file.try_clone().expect("a file"))
        .stderr(file)
        .spawn()
        .expect("the program starts");
    Program { child, output }
}

impl Program {
    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status();
        assert!(sent.expect("kill").success());
    }

    /// Its anonymous memory in KiB; 0 where the system does not tell.
    pub fn anonymous_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
    }

    /// Ends the program in order.
    pub async fn stop(self) {
        self.signal("-TERM");
        let (code, text) = self.end().await;
        assert_eq!(code, Some(0), "{text}");
    }

    /// Waits for the program's end: its exit code and all that it wrote, which holds no secret.
    async fn end(mut self) -> (Option<i32>, String) {
        let status = tokio::time::timeout(SOON, async {
            loop {
                match self.child.try_wait().expect("a child") {
                    Some(status) => break status,
                    None => tokio::time::sleep(Duration::from_millis(10)).await,
                }
            }
        });
        let code = status.await.expect("it ends").code();
        let text = std::fs::read_to_string(&self.output).expect("output");
        for secret in [TOKEN, CANARY, "sandbox-interaction-"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        (code, text)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It has ended already, unless a test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_signal_ends_the_process_in_order() {
    let ground = Ground::with(&[("library.md", LIBRARY)]);
    for signal in ["-TERM", "-INT"] {
        let stage = Stage::set(|_, _| {}).await;
        let program = serve(&stage, &ground, TOKEN);
        assert!(stage.discord.wait_commands(SOON).await, "{:#?}", stage.discord.requests());
        #[cfg(target_os = "linux")]
        {
            let arguments =
                std::fs::read(format!("/proc/{}/cmdline", program.child.id())).expect("arguments");
            assert!(!String::from_utf8_lossy(&arguments).contains(TOKEN));
        }
        let question = format!("How much does a library card cost? {CANARY}");
        let reply = stage.reply(MessageDraft::dm(&question)).await;
        assert!(!reply.content.is_empty());
        program.signal(signal);
        let (code, text) = program.end().await;
        assert_eq!(code, Some(0), "{signal}: {text}");
        assert!(text.contains("left Discord"), "{text}");
        stage.end().await;
    }
}

#[tokio::test]
async fn a_refused_token_is_explained_with_exit_code_78() {
    let ground = Ground::with(&[("library.md", LIBRARY)]);
    let stage = Stage::set(|_, _| {}).await;
    let (code, text) = serve(&stage, &ground, "another.token.entirely").end().await;
    assert_eq!(code, Some(78), "{text}");
    assert!(
        text.contains("Discord refused the bot's token") && text.contains("3. Put it into DISCORD_TOKEN"),
        "{text}"
    );
    assert!(!text.contains("another.token.entirely"), "{text}");
    stage.end().await;
}

/// Serenity cannot close a connection that it spins on; the process must end all the same.
#[cfg(unix)]
#[tokio::test]
async fn a_signal_ends_the_process_even_on_a_connection_that_spins() {
    let ground = Ground::with(&[("library.md", LIBRARY)]);
    let stage = Stage::set(|_, _| {}).await;
    let program = serve(&stage, &ground, TOKEN);
    assert!(stage.discord.wait_commands(SOON).await);
    stage.discord.gateway_fault(GatewayFault::CloseWithoutCode);
    tokio::time::sleep(Duration::from_millis(100)).await;
    program.signal("-TERM");
    assert_eq!(program.end().await.0, Some(0));
    stage.end().await;
}

/// Killed without a warning, it knows afterwards what moderators chose and which message answers which.
#[cfg(unix)]
#[tokio::test]
async fn what_is_remembered_outlives_a_kill() {
    let ground = Ground::with(&[("library.md", LIBRARY)]);
    let stage = Stage::set(|_, _| {}).await;
    let program = serve(&stage, &ground, TOKEN);
    assert!(stage.discord.wait_commands(SOON).await);
    let text = format!("<@{}> How much does a library card cost? {CANARY}", world::BOT);
    let asked = stage.discord.say(MessageDraft::new(world::ASKER, world::QUESTIONS, &text));
    let answer = stage.reply_to(asked).await;
    let off = InteractionDraft::new("settings").subcommand("channel").by(world::MODERATOR);
    let off =
        off.at(Place::Guild { channel: world::STAFF }).option("channel", json!(world::STAFF.to_string()));
    assert!(stage.response(off.option("mode", json!("off"))).await.content.contains("is set to **off**"));
    program.signal("-KILL");
    assert_eq!(program.end().await.0, None);
    let program = serve(&stage, &ground, TOKEN);
    let twice = stage.discord.identifies() + 1;
    for _ in 0..1_000 {
        if stage.discord.identifies() >= twice && stage.discord.wait_ready(SOON).await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    stage.discord.say(MessageDraft::new(world::ASKER, world::STAFF, &text));
    stage.discord.delete(asked);
    assert!(stage.discord.wait_message(answer.id, |one| one.deleted, SOON).await.is_some());
    stage.assert_silent().await;
    program.signal("-TERM");
    assert_eq!(program.end().await.0, Some(0));
    stage.end().await;
}

#[tokio::test]
async fn a_store_of_a_newer_program_is_refused_with_exit_code_5() {
    let ground = Ground::with(&[("library.md", LIBRARY)]);
    let data = ground.places.corpus.parent().expect("a folder").join("data");
    std::fs::create_dir_all(&data).expect("a folder");
    let file = data.join("registrar.sqlite");
    drop(store::open(&store::Place::File(file.clone())).await.expect("it opens"));
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
    let mut beside = sqlx::sqlite::SqliteConnection::connect_with(&options).await.expect("it opens");
    let later = "update _sqlx_migrations set version = 99 where version = (select max(version) from _sqlx_migrations)";
    sqlx::query(later).execute(&mut beside).await.expect("changed");
    drop(beside);
    let stage = Stage::set(|_, _| {}).await;
    let (code, text) = serve(&stage, &ground, TOKEN).end().await;
    assert_eq!(code, Some(78), "{text}");
    assert!(text.contains("was written by a newer registrar") && text.contains("[store]"), "{text}");
    assert!(stage.discord.requests().is_empty(), "Discord is not asked for anything");
    stage.end().await;
}
