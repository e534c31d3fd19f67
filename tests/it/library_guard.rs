//! What a reindex refuses to switch to, and what it says would change; and that a running library follows another
//! process. What is answered from a generation is tested elsewhere.

use expect_test::{Expect, expect};
use registrar::answer::Conversation;
use registrar::cli::index::{self, Action, IndexArgs, PlaceArgs, Setup};
use registrar::library::{Library, LibraryError, Order, Progress, Quiet, Rebuild, ReindexReport};

use crate::library::{Ground, NOW, ONE, THREE, TWO, lexicon};

const GOLDEN: &str = r#"{"id":"weld","question":"How long does welding take?","gold":["two years"],"document":"one.md"}
{"id":"bake","question":"How long does baking take?","gold":["one year"],"document":"two.md"}
{"id":"sail","question":"How long does sailing take?","answerable":false}
"#;

fn ground() -> Ground {
    Ground::with(&[("one.md", ONE), ("two.md", TWO), ("golden.jsonl", GOLDEN)])
}

#[track_caller]
fn refused(library: &Library, now: i64) -> ReindexReport {
    let before = library.status();
    let error = library.reindex(now, &Quiet).expect_err("refused");
    assert_eq!(library.status(), before);
    match error {
        LibraryError::Refused(report) => *report,
        error => panic!("{error}"),
    }
}

#[test]
fn a_golden_question_that_goes_wrong_stops_the_switch() {
    let ground = ground();
    let library = ground.open();
    assert_eq!(library.status().problems, [], "question files are no texts");
    ground.put("two.md", "# Baking\n\nBaking takes five years.\n");
    let report = refused(&library, NOW + 1);
    assert_eq!(report.refusals, ["1 golden question would no longer be answered right: bake."]);
    assert_eq!((report.golden.questions, report.golden.right), (3, 2));
    assert_eq!(report.golden.changed.len(), 1);
    assert_eq!(report.golden.changed[0].right, (true, false));
    // Nothing is left over, and the old one still answers.
    assert_eq!(ground.listing().1.len(), 1);
    let answer = library.engine().ask("How long does baking take?", &Conversation::default(), NOW);
    assert!(answer.text.contains("one year"), "{}", answer.text);
    // Whoever means it changes the question, too; or forces it.
    let forced = library.rebuild(Rebuild::Always, NOW + 2, &Quiet).expect("forced");
    assert_eq!(forced.refusals.len(), 1);
    assert_eq!(library.status().generation, forced.generation);
}

#[test]
fn questions_that_were_missed_are_asked_before_and_after() {
    let ground = ground();
    let library = ground.open();
    ground.put("three.md", THREE);
    ground.put("one.md", "# Welding\n\nWelding takes two years and three months.\n");
    let missed = ["how long does sailing take", "how long does welding take", "how long does whaling take"]
        .map(str::to_owned);
    // One of the golden ones must stay without an answer.
    std::fs::remove_file(ground.places.corpus.join("golden.jsonl")).expect("removed");
    // A dry run says the same as the reindex itself.
    for when in [Rebuild::Never, Rebuild::IfNeeded] {
        let order = Order { by: "<@7>", when, now: NOW + 1, missed: &missed };
        let report = library.rebuild_for(order, &Quiet).expect("built");
        let told: Vec<String> = report
            .missed
            .iter()
            .map(|change| {
                format!("{} {:?}: {} → {}", change.question, change.right, change.before, change.after)
            })
            .collect();
        expect![[r#"
            how long does sailing take (false, true): That is not in my sources. → three years [three.md]
            how long does welding take (true, true): two years [one.md] → two years and three months [one.md]"#]]
        .assert_eq(&told.join("\n"));
    }
}

#[test]
fn more_than_half_of_the_documents_gone_stops_the_switch() {
    let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO), ("three.md", THREE)]);
    let library = ground.open();
    for name in ["one.md", "two.md"] {
        std::fs::remove_file(ground.places.corpus.join(name)).expect("removed");
    }
    let report = refused(&library, NOW + 1);
    assert_eq!(report.refusals, ["Only 1 of 3 documents would be left."]);
    assert_eq!(report.lost, ["Baking", "Welding"]);
    ground.put("two.md", TWO);
    assert_eq!(library.reindex(NOW + 2, &Quiet).expect("two of three").lost, ["Welding"]);
}

#[test]
fn a_question_file_that_cannot_be_read_guards_nothing_and_says_so() {
    let ground = ground();
    let library = ground.open();
    ground.put("golden.jsonl", "{\"id\":1}\n");
    ground.put("three.md", THREE);
    let report = refused(&library, NOW + 1);
    let [reason] = report.refusals.as_slice() else { panic!("{report:?}") };
    assert!(reason.starts_with("The golden questions cannot be asked: golden.jsonl:1: "), "{reason}");
}

#[test]
fn a_dry_run_changes_nothing() {
    let ground = ground();
    let library = ground.open();
    let before = (library.status(), ground.listing());
    ground.put("three.md", THREE);
    let report = library.rebuild(Rebuild::Never, NOW + 1, &Quiet).expect("compared");
    assert_eq!(report.added, ["three.md"]);
    // The folder answers now what it did not: the golden question has to be changed with it.
    assert_eq!(report.refusals, ["1 golden question would no longer be answered right: sail."]);
    assert_eq!((library.status(), ground.listing()), before);
}

#[test]
fn a_cancelled_reindex_changes_nothing_at_whatever_step() {
    struct Until(std::sync::atomic::AtomicUsize);
    impl Progress for Until {
        fn step(&self, _stage: &str, _done: u64, _total: u64) {}
        fn go_on(&self) -> bool {
            self.0.fetch_sub(1, std::sync::atomic::Ordering::SeqCst) > 1
        }
    }
    let ground = ground();
    let library = ground.open();
    let before = (library.status(), ground.listing());
    ground.put("one.md", &format!("{ONE}\nMore.\n"));
    let mut cancelled = 0;
    for steps in 1.. {
        match library.reindex(NOW + 1, &Until(steps.into())) {
            Err(LibraryError::Cancelled) => cancelled += 1,
            Ok(report) => {
                assert_eq!(report.changed, ["one.md"]);
                break;
            }
            Err(error) => panic!("{error}"),
        }
        assert_eq!((library.status(), ground.listing()), before, "cancelled at step {steps}");
    }
    assert!(cancelled >= 4, "{cancelled}");
}

#[test]
fn a_second_reindex_is_told_who_began_the_first() {
    struct Inside<'a>(&'a Library);
    impl Progress for Inside<'_> {
        fn step(&self, _stage: &str, _done: u64, _total: u64) {
            let error = self.0.reindex(NOW + 5, &Quiet).expect_err("busy");
            assert_eq!(
                error.to_string(),
                "A reindex is already running (started by <@7>, 2023-11-14 22:13:21 UTC). Wait for it to end, then \
                 try again."
            );
        }
    }
    let ground = ground();
    let library = ground.open();
    let order = Order { by: "<@7>", when: Rebuild::Always, now: NOW + 1, missed: &[] };
    library.rebuild_for(order, &Inside(&library)).expect("built");
}

#[test]
fn a_running_library_follows_what_another_process_builds() {
    let ground = Ground::with(&[("one.md", ONE), ("two.md", TWO)]);
    let (running, other) = (ground.open(), ground.open());
    assert_eq!(running.follow().expect("looked"), None);
    ground.put("three.md", THREE);
    let built = other.reindex(NOW + 1, &Quiet).expect("built");
    let followed = running.follow().expect("looked").expect("followed");
    assert_eq!((&followed.generation, &followed.added), (&built.generation, &built.added));
    assert_eq!(running.status().generation, built.generation);
    assert_eq!(running.follow().expect("looked"), None);
    let answer = running.engine().ask("How long does sailing take?", &Conversation::default(), NOW);
    assert!(answer.text.contains("three years"), "{}", answer.text);
}

#[track_caller]
fn check(ground: &Ground, action: Action, expected: Expect) {
    let setup =
        Setup { places: ground.places.clone(), lexicon: lexicon(), min_confidence: 0.5, now: NOW + 1 };
    let mut out = Vec::new();
    let code = index::run(&IndexArgs { action }, &setup, &mut out).expect("done");
    expected.assert_eq(&format!("{}exit {code}\n", String::from_utf8(out).expect("text")));
}

#[test]
fn the_command_line_says_what_would_change_and_what_was_refused() {
    let ground = ground();
    drop(ground.open());
    let places = PlaceArgs::default;
    check(
        &ground,
        Action::Diff { places: places() },
        expect![[r#"
        A build would change nothing.
        exit 0
    "#]],
    );
    ground.put("two.md", "# Baking\n\nBaking takes five years.\n");
    std::fs::remove_file(ground.places.corpus.join("one.md")).expect("removed");
    check(
        &ground,
        Action::Diff { places: places() },
        expect![[r#"
        A build would serve 1 document, 1 passage:
          changed 1: two.md
          removed 1: one.md
          no longer there 1: Welding
          golden questions right: 1 of 3, answered otherwise: 2
            weld (no longer right): How long does welding take?
              before: two years [one.md]
              after:  That is not in my sources.
            bake (no longer right): How long does baking take?
              before: one year [two.md]
              after:  five years [two.md]
        It would be refused: 2 golden questions would no longer be answered right: weld, bake.
        exit 0
    "#]],
    );
    check(
        &ground,
        Action::Build { places: places(), force: false },
        expect![[r#"
        Nothing was switched:
          2 golden questions would no longer be answered right: weld, bake.
        The old generation still serves. Mend the folder, or run `registrar index build --force`.
          changed 1: two.md
          removed 1: one.md
          no longer there 1: Welding
          golden questions right: 1 of 3, answered otherwise: 2
            weld (no longer right): How long does welding take?
              before: two years [one.md]
              after:  That is not in my sources.
            bake (no longer right): How long does baking take?
              before: one year [two.md]
              after:  five years [two.md]
        exit 1
    "#]],
    );
}
