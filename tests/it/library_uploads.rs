//! Uploads on disk: safe names whatever the original one is, versions, and what a reindex makes of them. How they come from
//! Discord is tested there.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use registrar::answer::Conversation;
use registrar::index::files::Files;
use registrar::library::{Quiet, UploadError, Uploads};

use crate::library::{Ground, NOW, ONE, THREE, TWO, lexicon, names};

fn uploads(ground: &Ground) -> Uploads {
    Uploads::new(&ground.places.corpus, Files::disk())
}

/// Stages and confirms; the stored name.
#[track_caller]
fn add(ground: &Ground, name: &str, text: &str) -> String {
    let uploads = uploads(ground);
    let preview = uploads.stage(name, text.as_bytes(), &lexicon(), NOW).expect("staged");
    let stored = uploads.confirm(&preview.key, NOW).expect("confirmed");
    assert_eq!(stored, preview.name);
    stored
}

/// What lies in the folder above the corpus: nothing may be added there.
fn around(ground: &Ground) -> Vec<String> {
    let above = ground.places.corpus.parent().expect("a folder");
    let mut all: Vec<String> = walkdir::WalkDir::new(above)
        .into_iter()
        .map(|entry| entry.expect("readable").path().display().to_string())
        .filter(|path| !path.contains("/.uploads"))
        .collect();
    all.sort();
    all
}

#[test]
fn whatever_a_file_is_called_it_lands_in_the_upload_folder() {
    let ground = Ground::with(&[("one.md", ONE)]);
    let before = around(&ground);
    let long = "a".repeat(300);
    let stems = [
        "",
        "x",
        "../x",
        "../../x",
        "/etc/x",
        "C:\\x",
        "\\\\host\\x",
        "..\\x",
        "a\0b",
        "CON",
        "nul",
        "LPT1",
        ".hidden",
        "..",
        "...",
        "x ",
        "x.",
        " x",
        "x\n",
        "x\t",
        "\u{202e}dm.x",
        "a\u{2215}b",
        "a\u{ff0f}b",
        "é",
        "e\u{301}",
        "X",
        "日本",
        "🙂",
        "%2e%2e%2fx",
        "$(x)",
        "`x`",
        "x;y",
        "-rf",
        "~",
        "*",
        "?",
        "<x>",
        "|",
        "\"",
        "'",
        "&",
        "#",
        "@everyone",
        "x:y",
        &long,
    ];
    let endings = ["md", "MD", "txt", "html", "Htm", "markdown", "text", "xhtml", "md.", "md  ", "md. ."];
    let mut stored = std::collections::BTreeSet::new();
    for stem in stems {
        for ending in endings {
            let name = add(&ground, &format!("{stem}.{ending}"), "Sailing takes three years.");
            let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
            assert!(name.len() <= 64 && name.chars().all(safe) && !name.starts_with('.'), "{stem:?}: {name}");
            assert!(stored.insert(name.clone()), "{stem:?}.{ending} and another are both {name}");
        }
    }
    assert_eq!(stored.len(), stems.len() * endings.len());
    assert_eq!(around(&ground), before);
    for name in ["x", "x.exe", "x.pdf", "x.md.exe", "x.docx", ""] {
        let error = uploads(&ground).stage(name, THREE.as_bytes(), &lexicon(), NOW).expect_err("refused");
        assert!(matches!(error, UploadError::Refused(_)), "{name}: {error}");
    }
}

#[test]
fn uploads_are_served_beside_the_folder_and_keep_their_versions() {
    let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
    let library = ground.open();
    let name = add(&ground, "Sailing.md", THREE);
    let ask = || {
        let answer = library.engine().ask("How long does sailing take?", &Conversation::default(), NOW);
        answer.citations.first().map(|citation| (answer.text.clone(), citation.document.clone()))
    };
    let report = library.reindex(NOW + 1, &Quiet).expect("reindexed");
    assert_eq!(report.added, [format!(".uploads/{name}")]);
    let (text, document) = ask().expect("answered");
    assert!(text.contains("three years") && document == format!(".uploads/{name}"), "{text} {document}");
    // What is cited lies where it is said to lie.
    assert!(ground.places.corpus.join(document).is_file());
    assert_eq!(add(&ground, "Sailing.md", &THREE.replace("three", "five")), name);
    library.reindex(NOW + 2, &Quiet).expect("reindexed");
    assert!(ask().expect("answered").0.contains("five years"));
    let uploads = uploads(&ground);
    uploads.remove(&name).expect("removed");
    assert_eq!(library.reindex(NOW + 3, &Quiet).expect("reindexed").removed, [format!(".uploads/{name}")]);
    assert_eq!(ask(), None);
    uploads.restore(&name).expect("restored");
    library.reindex(NOW + 4, &Quiet).expect("reindexed");
    assert!(ask().expect("answered").0.contains("five years"));
    for unknown in ["../one.md", "x.md", "", "."] {
        assert!(matches!(uploads.remove(unknown), Err(UploadError::Unknown)), "{unknown}");
        assert!(matches!(uploads.restore(unknown), Err(UploadError::Unknown)), "{unknown}");
    }
    for check in library.verify().expect("checked") {
        assert!(check.faults.is_empty(), "{check:?}");
    }
    assert_eq!(names(&ground.places.corpus), [".uploads", "one.md", "two.md"]);
}

#[test]
#[cfg(unix)]
fn nothing_is_written_to_where_a_link_leads() {
    for link in [".uploads", ".uploads/.staged", ".uploads/.versions"] {
        let ground = Ground::with(&[("one.md", ONE)]);
        let elsewhere = ground.places.corpus.with_file_name("elsewhere");
        std::fs::create_dir(&elsewhere).expect("made");
        let place = ground.places.corpus.join(link);
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("made");
        std::os::unix::fs::symlink(&elsewhere, &place).expect("linked");
        let uploads = uploads(&ground);
        let results = [
            uploads.stage("a.md", THREE.as_bytes(), &lexicon(), NOW).map(drop),
            uploads.confirm("0123456789abcdef", NOW).map(drop),
            uploads.remove("a.md"),
            uploads.restore("a.md"),
        ];
        for result in results {
            let error = result.expect_err("refused").to_string();
            assert!(error.starts_with("The folder .uploads is a link"), "{link}: {error}");
        }
        assert_eq!(names(&elsewhere), [""; 0], "{link}");
    }
}

#[test]
fn what_is_not_confirmed_in_time_is_forgotten() {
    let ground = Ground::with(&[("one.md", ONE)]);
    let uploads = uploads(&ground);
    let preview = uploads.stage("a.md", THREE.as_bytes(), &lexicon(), NOW).expect("staged");
    assert!(matches!(uploads.confirm(&preview.key, NOW + 901), Err(UploadError::Unknown)));
    uploads.stage("b.md", TWO.as_bytes(), &lexicon(), NOW + 902).expect("staged");
    assert_eq!(names(&ground.places.corpus.join(".uploads/.staged")).len(), 1);
    for key in ["", "x", "../..", "0123456789abcdef"] {
        assert!(matches!(uploads.confirm(key, NOW), Err(UploadError::Unknown)), "{key}");
    }
}

/// What is served under a name, and whether it can be brought back.
fn state(ground: &Ground, name: &str) -> (Option<String>, bool) {
    let text = std::fs::read_to_string(ground.places.corpus.join(".uploads").join(name)).ok();
    (text, uploads(ground).restorable().expect("listed").iter().any(|known| known == name))
}

/// What is done to an upload that has a version before the present one.
type Act = (&'static str, fn(&Uploads, &str) -> Result<(), UploadError>);

const ACTS: [Act; 3] = [
    ("replace", |uploads, _| {
        let preview = uploads.stage("Sailing.md", TWO.as_bytes(), &lexicon(), NOW)?;
        uploads.confirm(&preview.key, NOW).map(drop)
    }),
    ("remove", Uploads::remove),
    ("restore", Uploads::restore),
];

#[test]
fn whatever_call_fails_no_upload_is_lost() {
    // A disk that fails once, and one that is gone from there on, as if the process had been killed.
    for (act, run) in ACTS {
        for for_good in [false, true] {
            for call in 0.. {
                let ground = Ground::with(&[("one.md", ONE)]);
                add(&ground, "Sailing.md", ONE);
                let name = add(&ground, "Sailing.md", THREE);
                let calls = Arc::new(AtomicUsize::new(0));
                let counting = Arc::clone(&calls);
                let gate = move |_, _: &Path| {
                    let number = counting.fetch_add(1, Ordering::SeqCst);
                    let fails = number == call || for_good && number > call;
                    if fails { Err(std::io::ErrorKind::StorageFull.into()) } else { Ok(()) }
                };
                let failing = Uploads::new(&ground.places.corpus, Files::gated(Arc::new(gate)));
                let result = run(&failing, &name);
                let what = format!("{act}, call {call}, for good {for_good}: {result:?}");
                let (served, restorable) = state(&ground, &name);
                assert!(restorable, "{what}");
                match (act, served.as_deref()) {
                    (_, Some(THREE)) | ("replace", Some(TWO)) | ("restore", Some(ONE)) => {}
                    // What went away comes back.
                    ("remove", None) => {
                        uploads(&ground).restore(&name).expect("restored");
                        assert_eq!(state(&ground, &name).0.as_deref(), Some(THREE), "{what}");
                    }
                    (_, served) => panic!("{what}: {served:?}"),
                }
                if call >= calls.load(Ordering::SeqCst) {
                    assert!(result.is_ok() && call > 3, "{what}");
                    break;
                }
                assert!(!matches!(result, Err(UploadError::Unknown | UploadError::Refused(_))), "{what}");
            }
        }
    }
}
