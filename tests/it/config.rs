//! Where settings come from, as the program sees it: the folder, the file, the environment, the token.

use std::path::Path;

use assert_cmd::assert::OutputAssertExt;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;

use crate::cli::{Ground, TEXT};

const TOKEN: &str = "MTAwMDAwMDAwMDAwMDAwMDAw.canary.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

#[test]
fn an_unknown_key_ends_with_its_place_and_the_nearest_key() {
    let ground = Ground::new();
    ground.write("registrar.toml", "[answers]\n\nmin_confidance = 1\n");
    let place = ground.path("registrar.toml").display().to_string();
    ground.registrar(&["ask", "x"]).assert().code(4).stderr(format!(
        "{place}:3: There is no key `min_confidance` in [answers]. Did you mean `min_confidence`?\n"
    ));
}

#[test]
fn a_named_file_must_exist() {
    let ground = Ground::new();
    ground
        .registrar(&["--config", "none.toml", "ask", "x"])
        .assert()
        .code(4)
        .stderr(contains("The config file ").and(contains("none.toml cannot be read")));
}

#[test]
fn paths_start_beside_the_file_and_commands_work_from_any_folder() {
    let ground = Ground::new();
    ground.write("home/config/registrar.toml", "[corpus]\npath = \"texts\"\n[data]\npath = \"index\"\n");
    ground.write("home/texts/a.md", TEXT);
    ground.write("elsewhere/x", "");
    let mut command = ground.registrar(&["--config", "../home/config/registrar.toml", "index", "status"]);
    command.current_dir(ground.path("elsewhere")).assert().code(1).stdout(contains("home/index yet"));
    let mut command = ground.registrar(&["--config", "../home/config/registrar.toml", "index", "build"]);
    command.current_dir(ground.path("elsewhere")).assert().success().stdout(contains("is live: 1 document"));
    assert!(ground.path("home/index/generations").is_dir());
}

#[test]
fn the_file_in_the_current_folder_counts() {
    let ground = Ground::new();
    ground.write("config/registrar.toml", "[corpus]\npath = \"texts\"\n");
    ground.write("texts/a.md", TEXT);
    ground.registrar(&["index", "build"]).assert().success();
    assert!(ground.path(".registrar").is_dir());
}

#[test]
fn a_missing_corpus_says_what_to_do() {
    let ground = Ground::new();
    ground.write("registrar.toml", "");
    ground.registrar(&["ask", "x"]).assert().code(1).stderr(contains("corpus"));
}

#[test]
fn a_local_discord_must_be_local() {
    let ground = Ground::new();
    let mut command = ground.registrar(&["ask", "x"]);
    command.env("REGISTRAR_API_BASE", "http://example.com").assert().code(4).stderr(
        "REGISTRAR_API_BASE is \"http://example.com\", which is not on this machine. It is for tests and must be an \
         http:// address of 127.0.0.1, [::1] or localhost. Unset it to use the real Discord.\n",
    );
}

#[cfg(unix)]
#[test]
fn a_token_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let ground = Ground::new();
    ground.write("corpus/a.md", TEXT);
    ground.write("token", TOKEN);
    let file = ground.path("token");
    let mode = |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).expect("a mode");
    let serve = |file: &Path| {
        let mut command = ground.registrar(&[]);
        // Nothing listens there, so that the bot ends at once when the token can be read.
        command.env("DISCORD_TOKEN_FILE", file).env("REGISTRAR_API_BASE", "http://127.0.0.1:1").assert()
    };
    mode(0o640);
    let file = ground.path("token");
    serve(&file).code(4).stderr(format!(
        "The token file {0} can be read by others (mode 0640). Type this, then start again:\n  chmod 600 {0}\n",
        file.display()
    ));
    mode(0o600);
    serve(&file).code(75).stderr(contains("Discord cannot be reached").and(contains("canary").not()));
    serve(&ground.path("none")).code(4).stderr(contains("cannot be read"));
}

#[test]
fn a_token_is_never_shown() {
    let ground = Ground::new();
    ground.write("corpus/a.md", TEXT);
    let mut command = ground.registrar(&["check"]);
    let shown = command.env("DISCORD_TOKEN", TOKEN).assert().success();
    shown
        .stdout(contains("set in DISCORD_TOKEN").and(contains("canary").not()))
        .stderr(contains("canary").not());
    for arguments in [&["serve", "--token", TOKEN][..], &[TOKEN], &["--discord-token=canary"]] {
        let shown = ground.registrar(arguments).assert().code(2);
        shown.stderr(contains("A token cannot be given as an argument").and(contains("canary").not()));
    }
}
