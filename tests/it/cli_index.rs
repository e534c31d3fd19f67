//! What `registrar index …` and `registrar check` say and return, over real folders. What they do is tested in `library`.

use expect_test::{Expect, expect};
use registrar::cli::check::{self, CheckArgs, Loaded, Token};
use registrar::cli::index::{self, Action, IndexArgs, PlaceArgs, Setup};

use crate::library::{Ground, NOW, ONE, THREE, TWO, lexicon};

/// Runs one action; exit code, output and error as one text with the paths of this run replaced.
fn said(ground: &Ground, action: Action) -> String {
    // A later generation has a later time, so that their ids sort by age.
    let age = crate::library::names(&ground.places.data.join("generations")).len() as i64;
    let setup =
        Setup { places: ground.places.clone(), lexicon: lexicon(), min_confidence: 0.5, now: NOW + age };
    let mut out = Vec::new();
    let result = index::run(&IndexArgs { action }, &setup, &mut out);
    let mut text = String::from_utf8(out).expect("text");
    match result {
        Ok(code) => text.push_str(&format!("exit {code}\n")),
        Err(error) => text.push_str(&format!("error: {error}\n")),
    }
    anonymous(ground, &text)
}

/// Replaces what differs from run to run or from one version of the index to the next: paths, ids, sizes.
fn anonymous(ground: &Ground, text: &str) -> String {
    let kept = crate::library::names(&ground.places.data.join("generations"));
    let word = |word: &str| match kept.iter().position(|id| id == word) {
        Some(place) => format!("G{}", place + 1),
        None if word.len() == "20231114T221320Z-0123456789ab".len() && word.contains("Z-") => "G-".to_owned(),
        None => word.to_owned(),
    };
    let mut line = |line: &str| {
        let sizes = line.contains(" bytes") || line.contains("MiB free");
        let mut result = String::new();
        for part in line.split_inclusive(['/', ' ', ',', '(', ')', ':']) {
            let end = part.len() - usize::from(part.ends_with(['/', ' ', ',', '(', ')', ':']));
            let (named, separator) = part.split_at(end);
            let number = named.parse::<u64>().is_ok() && sizes;
            result.push_str(&if number { "N".to_owned() } else { word(named) });
            result.push_str(separator);
        }
        result + "\n"
    };
    ground.anonymous(text).lines().map(&mut line).collect()
}

#[track_caller]
fn check(ground: &Ground, action: Action, expected: Expect) {
    expected.assert_eq(&said(ground, action));
}

fn build(force: bool) -> Action {
    Action::Build { places: PlaceArgs::default(), force }
}

fn status() -> Action {
    Action::Status { places: PlaceArgs::default() }
}

fn verify() -> Action {
    Action::Verify { places: PlaceArgs::default() }
}

fn rollback() -> Action {
    Action::Rollback { places: PlaceArgs::default() }
}

#[test]
fn the_life_of_an_index() {
    let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
    check(
        &ground,
        status(),
        expect![[r#"
        There is no generation in DATA yet. Run `registrar index build`.
        exit 1
    "#]],
    );
    check(
        &ground,
        verify(),
        expect![[r#"
        There is no generation in DATA yet. Run `registrar index build`.
        exit 1
    "#]],
    );
    check(
        &ground,
        rollback(),
        expect![[r#"
        There is no generation in DATA yet. Run `registrar index build`.
        exit 1
    "#]],
    );
    check(
        &ground,
        build(false),
        expect![[r#"
        Generation G1 is live: 2 documents, 2 passages.
          added 2: one.md, two.md
        exit 0
    "#]],
    );
    check(
        &ground,
        build(false),
        expect![[r#"
        Nothing has changed: generation G1 stays (2 documents, 2 passages).
        exit 0
    "#]],
    );
    ground.put("one.md", THREE);
    ground.put("bad.md", "\0");
    check(
        &ground,
        verify(),
        expect![[r#"
            G1 (live): whole, N files, N bytes
              2 quotes checked, byte for byte.
              Changed or gone since it was built, so not compared with: one.md. Run `registrar index build`.
            exit 0
        "#]],
    );
    check(
        &ground,
        build(false),
        expect![[r#"
            Generation G2 is live: 2 documents, 2 passages.
              changed 1: one.md
              no longer there 1: Welding
            1 problem, 1 file left out; `registrar check` lists them.
            exit 0
        "#]],
    );
    check(
        &ground,
        status(),
        expect![[r#"
            Live:      G2
            Built:     2023-11-14 22:13:21 UTC
            Documents: 2
            Passages:  2
            Before it: G1
            1 problem, 1 file left out; `registrar check` lists them.
            exit 0
        "#]],
    );
    check(
        &ground,
        verify(),
        expect![[r#"
            G2 (live): whole, N files, N bytes
              2 quotes checked, byte for byte.
            G1 (the one before): whole, N files, N bytes
            exit 0
        "#]],
    );
    check(
        &ground,
        rollback(),
        expect![[r#"
            Generation G1 is live again: 2 documents.
              changed 1: one.md
            exit 0
        "#]],
    );
    check(
        &ground,
        rollback(),
        expect![[r#"
            Generation G2 is live again: 2 documents.
              changed 1: one.md
            exit 0
        "#]],
    );
}

#[test]
fn damage_has_its_exit_code() {
    let ground = Ground::with(&[("one.md", ONE)]);
    said(&ground, build(false));
    let live = ground.open().status().generation;
    let manifest = ground.places.data.join("generations").join(live).join("manifest.json");
    std::fs::write(manifest, "{}").expect("written");
    check(
        &ground,
        verify(),
        expect![[r#"
        G1 (live): DAMAGED, N files, N bytes
          DATA/generations/G1/manifest.json: its checksum does not match
        Run `registrar index build` to replace what is damaged.
        exit 5
    "#]],
    );
    check(
        &ground,
        status(),
        expect![[r#"
        error: Generation G1 is unusable: DATA/generations/G1/manifest.json: its checksum does not match. Run `registrar index build` to replace it.
    "#]],
    );
    check(
        &ground,
        build(false),
        expect![[r#"
            Generation G1 is live: 1 document, 1 passage.
              added 1: one.md
            exit 0
        "#]],
    );
}

#[test]
fn places_of_the_arguments_come_first() {
    let (ground, other) =
        (Ground::with(&[("one.md", ONE)]), Ground::with(&[("one.md", ONE), ("two.md", TWO)]));
    let places = PlaceArgs { corpus: Some(other.places.corpus.clone()), data: None };
    assert!(said(&ground, Action::Build { places, force: false }).contains("2 documents"));
    assert_eq!(ground.open().status().documents, 2);
}

#[track_caller]
fn doctor(ground: &Ground, change: impl Fn(&mut Loaded), expected: Expect) {
    let mut loaded = Loaded {
        places: ground.places.clone(),
        config: Ok("defaults".to_owned()),
        lexicon: Ok(lexicon()),
        token: Token::Missing,
        store: ground.places.data.join("registrar.sqlite"),
    };
    change(&mut loaded);
    let mut out = Vec::new();
    let args = CheckArgs { places: PlaceArgs::default() };
    let code = check::run(&args, &loaded, &mut out).expect("said");
    let text = String::from_utf8(out).expect("text");
    expected.assert_eq(&format!("{}exit {code}\n", anonymous(ground, &text)));
}

#[test]
fn the_doctor_names_each_thing_and_its_class() {
    let ground = Ground::with(&[("one.md", ONE)]);
    doctor(
        &ground,
        |_| {},
        expect![[r#"
            ok    config       defaults
            note  token        not set: `registrar` will open the local sandbox. Set DISCORD_TOKEN to serve Discord.
            ok    lexicon      loaded
            ok    corpus       CORPUS: 1 document, 0 problems
            ok    data folder  DATA: will be made
            ok    disk         N MiB free
            note  generations  none yet: the first start builds one, or `registrar index build`.
            note  store        DATA/registrar.sqlite: none yet, the first start makes it
            exit 0
        "#]],
    );
    said(&ground, build(false));
    doctor(
        &ground,
        |loaded| loaded.token = Token::Present("DISCORD_TOKEN".to_owned()),
        expect![[r#"
            ok    config       defaults
            ok    token        set in DISCORD_TOKEN
            ok    lexicon      loaded
            ok    corpus       CORPUS: 1 document, 0 problems
            ok    data folder  DATA: writable
            ok    disk         N MiB free
            ok    generations  G1 (live): whole
            note  store        DATA/registrar.sqlite: none yet, the first start makes it
            exit 0
        "#]],
    );
    ground.put("one.md", TWO);
    ground.put("bad.md", "+++\ntitle = \n+++\n# Bad\n\nText that is served all the same.\n");
    ground.put("worse.txt", "Text\0");
    doctor(
        &ground,
        |_| {},
        expect![[r#"
            ok    config       defaults
            note  token        not set: `registrar` will open the local sandbox. Set DISCORD_TOKEN to serve Discord.
            ok    lexicon      loaded
            note  corpus       CORPUS: 2 documents, 2 problems
            BAD   corpus       bad.md:2: The front matter is not TOML (string values must be quoted, expected literal string). Write lines like title = "…"; text stands in quotes.
            BAD   corpus       worse.txt:1 (left out): A zero byte stands at byte 4: this is not plain text. Remove it, or save the text anew as UTF-8.
            ok    data folder  DATA: writable
            ok    disk         N MiB free
            note  generations  G1 (live): whole; 1 file changed since. Run `registrar index build`.
            note  store        DATA/registrar.sqlite: none yet, the first start makes it
            exit 3
        "#]],
    );
    let live = ground.open().status().generation;
    std::fs::write(ground.places.data.join("generations").join(live).join("manifest.json"), "{}")
        .expect("written");
    doctor(
        &ground,
        |_| {},
        expect![[r#"
            ok    config       defaults
            note  token        not set: `registrar` will open the local sandbox. Set DISCORD_TOKEN to serve Discord.
            ok    lexicon      loaded
            note  corpus       CORPUS: 2 documents, 2 problems
            BAD   corpus       bad.md:2: The front matter is not TOML (string values must be quoted, expected literal string). Write lines like title = "…"; text stands in quotes.
            BAD   corpus       worse.txt:1 (left out): A zero byte stands at byte 4: this is not plain text. Remove it, or save the text anew as UTF-8.
            ok    data folder  DATA: writable
            ok    disk         N MiB free
            BAD   generations  G1 (live) is damaged: DATA/generations/G1/manifest.json: its checksum does not match. Run `registrar index build`.
            note  store        DATA/registrar.sqlite: none yet, the first start makes it
            exit 5
        "#]],
    );
    let worst = |loaded: &mut Loaded| {
        loaded.config = Err("registrar.toml:3: unknown key `dat`. Did you mean `data`?".to_owned());
        loaded.lexicon = Err("extra.toml: line 2: not a list".to_owned());
        loaded.token =
            Token::Unusable("The token file may be read by others. Run chmod 600 on it.".to_owned());
    };
    doctor(
        &ground,
        worst,
        expect![[r#"
            BAD   config       registrar.toml:3: unknown key `dat`. Did you mean `data`?
            BAD   token        The token file may be read by others. Run chmod 600 on it.
            BAD   lexicon      extra.toml: line 2: not a list
            ok    data folder  DATA: writable
            ok    disk         N MiB free
            BAD   generations  G1 (live) is damaged: DATA/generations/G1/manifest.json: its checksum does not match. Run `registrar index build`.
            note  store        DATA/registrar.sqlite: none yet, the first start makes it
            exit 4
        "#]],
    );
}

/// The doctor's line on the store, and its exit code.
fn store_line(ground: &Ground, store: &std::path::Path) -> (String, u8) {
    let loaded = Loaded {
        places: ground.places.clone(),
        config: Ok("defaults".to_owned()),
        lexicon: Ok(lexicon()),
        token: Token::Missing,
        store: store.to_path_buf(),
    };
    let mut out = Vec::new();
    let code = check::run(&CheckArgs { places: PlaceArgs::default() }, &loaded, &mut out).expect("said");
    let text = anonymous(ground, &String::from_utf8(out).expect("text"));
    (text.lines().last().unwrap_or_default().to_owned(), code)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_looks_into_the_store_and_changes_nothing() {
    use sqlx::Connection;
    let ground = Ground::with(&[("one.md", ONE)]);
    said(&ground, build(false));
    let file = ground.places.data.join("registrar.sqlite");
    let look = |file: &std::path::Path| tokio::task::block_in_place(|| store_line(&ground, file));
    assert_eq!(
        look(&file),
        ("note  store        DATA/registrar.sqlite: none yet, the first start makes it".to_owned(), 0)
    );
    assert!(!file.exists(), "it changes nothing");
    let store = registrar::store::open(&registrar::store::Place::File(file.clone())).await.expect("a store");
    store.change(1, registrar::store::Change::Gaps(true)).await.expect("written");
    // While the bot runs, and when it does not.
    assert_eq!(look(&file), ("ok    store        DATA/registrar.sqlite: whole".to_owned(), 0));
    drop(store);
    assert_eq!(look(&file), ("ok    store        DATA/registrar.sqlite: whole".to_owned(), 0));

    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
    let mut beside = sqlx::sqlite::SqliteConnection::connect_with(&options).await.expect("open");
    sqlx::query(
        "insert into _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) \
         values (99, 'later', '2030-01-01', true, x'00', 0)",
    )
    .execute(&mut beside)
    .await
    .expect("written");
    let (line, code) = look(&file);
    expect!["BAD   store        The store DATA/registrar.sqlite was written by a newer registrar (its schema has version 99, this program knows 5). Start the newer program again, or name another file as `url` under [store] in the config."].assert_eq(&line);
    assert_eq!(code, 78);
    sqlx::query("delete from _sqlx_migrations where version = 99")
        .execute(&mut beside)
        .await
        .expect("written");
    // Everything is in the file itself then.
    sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut beside).await.expect("written");
    beside.close().await.expect("closed");

    let whole = std::fs::read(&file).expect("read");
    let mut cut = whole.clone();
    cut.truncate(whole.len() / 4096 / 2 * 4096);
    let mut garbled = whole.clone();
    garbled[4096..].fill(0xa5);
    for (bytes, expected) in [
        (cut, "The store DATA/registrar.sqlite"),
        (garbled, "The store DATA/registrar.sqlite"),
        (b"a text, and no database at all; long enough to have a header of its own, and more than that of it".to_vec(), "The store DATA/registrar.sqlite cannot be opened: file is not a database."),
    ] {
        std::fs::write(&file, &bytes).expect("written");
        let (line, code) = look(&file);
        assert!(line.starts_with(&format!("BAD   store        {expected}")) && code == 78, "{line}");
        assert!(line.contains("put a copy of the file") || line.contains("name another file"), "{line}");
        assert_eq!(std::fs::read(&file).expect("read"), bytes, "it changes nothing");
    }
    let (line, code) = look(&ground.places.data.join("missing/registrar.sqlite"));
    expect!["BAD   store        The folder DATA/missing for the store does not exist. Make it, or name another file as `url` under [store] in the config."].assert_eq(&line);
    assert_eq!(code, 78);
    let (line, code) = look(&ground.places.data.join("current.json/registrar.sqlite"));
    assert!(line.starts_with("BAD   store        ") && code == 78, "{line}");
}

#[test]
fn help_has_examples_and_exit_codes() {
    #[derive(clap::Parser)]
    enum Program {
        Index(IndexArgs),
        Check(CheckArgs),
    }
    let mut command = <Program as clap::CommandFactory>::command();
    command.build();
    for name in ["index", "check"] {
        let help = command.find_subcommand_mut(name).expect("there").render_long_help().to_string();
        assert!(help.contains("Examples:") && help.contains("Exit codes:"), "{help}");
    }
    command.debug_assert();
}
