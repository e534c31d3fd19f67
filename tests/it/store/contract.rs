//! What every backend of the store must do, as one list of cases; a second backend is one more line in `backends`. Each
//! case has servers and messages of its own, so that they share one store as they do in life.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use registrar::store::{
    ANSWER_AGE, AnswerRecord, AuditEntry, Change, Deed, Ending, GAP_AGE, Gap, GapCount, KnownOfPerson,
    Missed, Mode, Place, REPORT_AGE, Report, SERVER_GRACE, ServerSettings, Store, VOTE_AGE, Vote, Votes,
    open,
};

/// One promise of the interface.
type Case = (&'static str, fn(Arc<dyn Store>) -> BoxFuture<'static, ()>);

/// All of them.
const CASES: [Case; 16] = [
    ("a server that chose nothing has the defaults", |store| Box::pin(defaults(store))),
    ("settings are kept by server", |store| Box::pin(settings(store))),
    ("a reset leaves nothing and touches nobody else", |store| Box::pin(reset(store))),
    ("a server is greeted once, and again after it was left", |store| Box::pin(greeting(store))),
    ("what is known of a server that was left goes after the grace", |store| Box::pin(grace(store))),
    ("an answer is found by either message for a day", |store| Box::pin(answers(store))),
    ("a later answer to the same question replaces the earlier one", |store| Box::pin(replaced(store))),
    ("a forgotten answer is given back once", |store| Box::pin(forgotten(store))),
    ("what moderators did is kept, newest first, until it is too old", |store| Box::pin(audit(store))),
    ("the key for hashes is made once", |store| Box::pin(key(store))),
    ("one vote a voter, for 30 days", |store| Box::pin(votes(store))),
    ("gaps are counted by day, for 30 days, while they are wanted", |store| Box::pin(gaps(store))),
    ("what stands under a person's id is counted and forgotten", |store| Box::pin(person(store))),
    ("results that could not be told are kept until they are", |store| Box::pin(reports(store))),
    ("of which servers anything is stored, and which were left", |store| Box::pin(known(store))),
    ("ids of 64 bits and all times are kept as they are", |store| Box::pin(extremes(store))),
];

/// Every backend, empty, with what keeps its place alive.
async fn backends() -> Vec<(&'static str, Arc<dyn Store>, Option<tempfile::TempDir>)> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = Place::File(folder.path().join("store.sqlite"));
    vec![
        ("sqlite in memory", open(&Place::Memory).await.expect("it opens"), None),
        ("sqlite file", open(&file).await.expect("it opens"), Some(folder)),
    ]
}

#[tokio::test]
#[expect(clippy::print_stdout, reason = "a case that fails has no name of its own")]
async fn every_backend_keeps_the_contract() {
    for (backend, store, _folder) in backends().await {
        for (promise, case) in CASES {
            // The name of a case that fails stands above the panic.
            println!("{backend}: {promise}");
            case(Arc::clone(&store)).await;
        }
    }
}

fn record(question: u64, created_at: i64) -> AnswerRecord {
    AnswerRecord { question, answer: question + 1, channel: 70, asker: 80, created_at }
}

async fn defaults(store: Arc<dyn Store>) {
    assert_eq!(store.settings(100).await, Ok(ServerSettings::default()));
    assert_eq!(store.answer(100, 0).await, Ok(None));
    assert_eq!(store.forget(100).await, Ok(None));
    assert_eq!(
        (store.tidy(0).await, store.left(101, 5).await, store.present(102).await),
        (Ok(()), Ok(()), Ok(()))
    );
}

async fn settings(store: Arc<dyn Store>) {
    for change in [
        Change::Channel(1, Mode::Off),
        Change::Channel(2, Mode::Listen),
        Change::Channel(1, Mode::Mention),
        Change::ModeratorRole(Some(9)),
        Change::Cooldown(Some(30)),
        Change::LogChannel(Some(8)),
    ] {
        assert_eq!(store.change(200, change).await, Ok(()));
    }
    assert_eq!(store.change(201, Change::Channel(1, Mode::Off)).await, Ok(()));
    let expected = ServerSettings {
        channels: [(1, Mode::Mention), (2, Mode::Listen)].into(),
        moderator_role: Some(9),
        cooldown: Some(30),
        gaps: false,
        log_channel: Some(8),
    };
    assert_eq!(store.settings(200).await, Ok(expected.clone()));
    assert_eq!(store.change(200, Change::ModeratorRole(None)).await, Ok(()));
    assert_eq!(store.change(200, Change::Cooldown(None)).await, Ok(()));
    assert_eq!(store.change(200, Change::LogChannel(None)).await, Ok(()));
    let fewer = ServerSettings { moderator_role: None, cooldown: None, log_channel: None, ..expected };
    assert_eq!(store.settings(200).await, Ok(fewer));
    assert_eq!(store.settings(201).await.map(|settings| settings.channels), Ok([(1, Mode::Off)].into()));
}

async fn reset(store: Arc<dyn Store>) {
    for server in [300, 301] {
        for change in [
            Change::Channel(1, Mode::Off),
            Change::ModeratorRole(Some(9)),
            Change::Cooldown(Some(1)),
            Change::LogChannel(Some(8)),
        ] {
            assert_eq!(store.change(server, change).await, Ok(()));
        }
    }
    assert_eq!(store.change(300, Change::Reset).await, Ok(()));
    assert_eq!(store.settings(300).await, Ok(ServerSettings::default()));
    assert_ne!(store.settings(301).await, Ok(ServerSettings::default()));
}

async fn reports(store: Arc<dyn Store>) {
    let report =
        |event, server, written_at| Report { event, server, written_at, content: format!("r{event}") };
    for one in [report(12, 1_200, 20), report(11, 1_200, 10), report(13, 1_201, 10), report(12, 1_200, 30)] {
        assert_eq!(store.keep_report(one).await, Ok(()));
    }
    let kept = [report(11, 1_200, 10), report(12, 1_200, 30)];
    assert_eq!(store.reports(1_200, 40).await, Ok(kept.to_vec()));
    assert_eq!(store.reports(1_200, 10 + REPORT_AGE).await, Ok(kept[1..].to_vec()), "too old");
    assert_eq!(store.forget_report(12).await, Ok(()));
    assert_eq!(store.reports(1_200, 40).await, Ok(kept[..1].to_vec()));
    assert_eq!(store.left(1_201, 50).await, Ok(()));
    assert_eq!(store.tidy(50 + SERVER_GRACE).await, Ok(()));
    assert_eq!(store.reports(1_201, 40).await, Ok(Vec::new()), "the server was left");
    assert_eq!(store.tidy(10 + REPORT_AGE).await, Ok(()));
    assert_eq!(store.reports(1_200, 40).await, Ok(Vec::new()));
}

async fn known(store: Arc<dyn Store>) {
    let known = |server: u64| {
        let store = Arc::clone(&store);
        async move {
            let all = store.known_servers().await.expect("servers");
            all.into_iter().find(|(id, _)| *id == server).map(|(_, left)| left)
        }
    };
    assert_eq!(known(1_300).await, None);
    assert_eq!(store.change(1_300, Change::Channel(1, Mode::Off)).await, Ok(()));
    assert_eq!(store.greet(1_301, 1).await, Ok(true));
    assert_eq!((known(1_300).await, known(1_301).await), (Some(false), Some(false)));
    assert_eq!(store.left(1_300, 5).await, Ok(()));
    assert_eq!((known(1_300).await, known(1_301).await), (Some(true), Some(false)));
    assert_eq!(store.present(1_300).await, Ok(()));
    assert_eq!(known(1_300).await, Some(false));
    assert_eq!((store.left(1_300, 5).await, store.tidy(5 + SERVER_GRACE).await), (Ok(()), Ok(())));
    assert_eq!(known(1_300).await, None);
}

async fn greeting(store: Arc<dyn Store>) {
    assert_eq!(store.greet(400, 1).await, Ok(true));
    assert_eq!(store.greet(400, 2).await, Ok(false));
    assert_eq!(store.greet(401, 2).await, Ok(true), "another server");
    // A reset of the settings is no reason to greet again.
    assert_eq!(store.change(400, Change::Reset).await, Ok(()));
    assert_eq!(store.greet(400, 3).await, Ok(false));
    assert_eq!(store.left(400, 4).await, Ok(()));
    assert_eq!(store.greet(400, 5).await, Ok(true));
    // Whoever chose something before is greeted all the same.
    assert_eq!(store.change(402, Change::Cooldown(Some(1))).await, Ok(()));
    assert_eq!((store.greet(402, 6).await, store.greet(402, 7).await), (Ok(true), Ok(false)));
}

async fn grace(store: Arc<dyn Store>) {
    let left_at = 1_000;
    for server in [500, 501, 502] {
        assert_eq!(store.change(server, Change::Channel(1, Mode::Off)).await, Ok(()));
    }
    assert_eq!((store.left(500, left_at).await, store.left(501, left_at).await), (Ok(()), Ok(())));
    assert_eq!(store.tidy(left_at + SERVER_GRACE - 1).await, Ok(()));
    assert_ne!(store.settings(500).await, Ok(ServerSettings::default()), "within the grace");
    assert_eq!(store.present(501).await, Ok(()), "it came back");
    assert_eq!(store.tidy(left_at + SERVER_GRACE).await, Ok(()));
    assert_eq!(store.settings(500).await, Ok(ServerSettings::default()));
    for server in [501, 502] {
        assert_ne!(store.settings(server).await, Ok(ServerSettings::default()), "{server}");
    }
}

async fn answers(store: Arc<dyn Store>) {
    let record = record(6_000, 10_000);
    assert_eq!(store.answered(record).await, Ok(()));
    let last = record.created_at + ANSWER_AGE - 1;
    for message in [record.question, record.answer] {
        assert_eq!(store.answer(message, record.created_at).await, Ok(Some(record)));
        assert_eq!(store.answer(message, last).await, Ok(Some(record)));
        assert_eq!(store.answer(message, last + 1).await, Ok(None), "after a day, tidied or not");
    }
    assert_eq!(store.tidy(last).await, Ok(()));
    assert_eq!(store.answer(record.question, last).await, Ok(Some(record)));
    assert_eq!(store.tidy(last + 1).await, Ok(()));
    assert_eq!(store.answer(record.question, record.created_at).await, Ok(None), "it is gone");
}

async fn replaced(store: Arc<dyn Store>) {
    let first = record(7_000, 20_000);
    let second = AnswerRecord { answer: 7_500, created_at: 20_001, ..first };
    assert_eq!((store.answered(first).await, store.answered(second).await), (Ok(()), Ok(())));
    assert_eq!(store.answer(first.question, 20_001).await, Ok(Some(second)));
    assert_eq!(store.answer(first.answer, 20_001).await, Ok(None));
}

async fn forgotten(store: Arc<dyn Store>) {
    for by_answer in [false, true] {
        let record = record(8_000 + u64::from(by_answer) * 100, 30_000);
        assert_eq!(store.answered(record).await, Ok(()));
        let message = if by_answer { record.answer } else { record.question };
        assert_eq!(store.forget(message).await, Ok(Some(record)));
        assert_eq!((store.forget(message).await, store.answer(message, 30_000).await), (Ok(None), Ok(None)));
    }
}

async fn audit(store: Arc<dyn Store>) {
    let entry = |event: u64, deed, done_at| AuditEntry {
        event,
        deed,
        server: 900 + event,
        moderator: u64::MAX,
        done_at,
        about: "a name.md".to_owned(),
        ending: Ending::Done,
    };
    let [first, second, third] =
        [entry(1, Deed::Add, 100), entry(1, Deed::Reindex, 101), entry(2, Deed::Rollback, 101)];
    for one in [&first, &second, &third] {
        assert_eq!(store.note_deed(one.clone()).await, Ok(()));
    }
    let all = vec![third.clone(), second.clone(), first];
    assert_eq!(store.deeds(0, 0, 9).await, Ok(all.clone()));
    assert_eq!(store.deeds(0, 1, 1).await, Ok(all[1..2].to_vec()), "a page");
    assert_eq!(store.deeds(100, 0, 9).await, Ok(all[..2].to_vec()), "too old, removed or not");
    assert_eq!((store.forget_deeds(100).await, store.deeds(0, 0, 9).await), (Ok(()), Ok(all[..2].to_vec())));
    // Told twice, the later one holds.
    let failed = AuditEntry { ending: Ending::Failed, ..second };
    assert_eq!(store.note_deed(failed.clone()).await, Ok(()));
    assert_eq!(store.deeds(0, 0, 9).await, Ok(vec![third.clone(), failed]));
    assert_eq!((store.left(901, 5).await, store.tidy(5 + SERVER_GRACE).await), (Ok(()), Ok(())));
    assert_eq!(store.deeds(0, 0, 9).await, Ok(vec![third]), "the server was left");
}

async fn key(store: Arc<dyn Store>) {
    assert_eq!(store.hash_key([7; 32]).await, Ok([7; 32]));
    assert_eq!(store.hash_key([8; 32]).await, Ok([7; 32]));
}

async fn votes(store: Arc<dyn Store>) {
    let vote = |voter: &str, vote, now| store.vote(voter.to_owned(), vote, now);
    assert_eq!(store.votes(0).await, Ok(Votes::default()));
    assert_eq!(vote("a", Vote::Helped, 100).await, Ok(None));
    assert_eq!(vote("b", Vote::Wrong, 100).await, Ok(None));
    assert_eq!(vote("a", Vote::Other, 101).await, Ok(Some(Vote::Helped)));
    assert_eq!(store.votes(101).await, Ok(Votes { helped: 0, other: 1, wrong: 1 }));
    let late = 100 + VOTE_AGE;
    assert_eq!(store.votes(late).await, Ok(Votes { other: 1, ..Votes::default() }), "one is too old");
    assert_eq!(vote("b", Vote::Helped, late).await, Ok(None), "nor is it remembered");
    assert_eq!(store.tidy(late + 1).await, Ok(()));
    assert_eq!(store.votes(101).await, Ok(Votes { helped: 1, ..Votes::default() }), "it is gone");
}

async fn gaps(store: Arc<dyn Store>) {
    let day = 24 * 3_600;
    let gap = |server: u64, question: &str, missed| Gap {
        server,
        question: question.to_owned(),
        missed,
        generation: "g1".to_owned(),
    };
    let count =
        |question: &str, missed, times, days| GapCount { question: question.to_owned(), missed, times, days };
    for (gap, now) in [
        (gap(950, "what", Missed::Unanswered), day + 5),
        (gap(950, "what", Missed::Unanswered), day + 9),
        (gap(950, "what", Missed::Unanswered), 3 * day + 9),
        (gap(950, "what", Missed::Wrong), day),
        (gap(950, "who", Missed::Other), 2 * day),
        (gap(951, "what", Missed::Unanswered), day),
    ] {
        assert_eq!(store.note_gap(gap, now).await, Ok(()));
    }
    let expected = [
        count("what", Missed::Unanswered, 3, (day, 3 * day)),
        count("who", Missed::Other, 1, (2 * day, 2 * day)),
        count("what", Missed::Wrong, 1, (day, day)),
    ];
    assert_eq!(store.gaps(950, 3 * day, 9).await, Ok(expected.to_vec()));
    assert_eq!(store.gaps(950, 3 * day, 1).await, Ok(expected[..1].to_vec()));
    // Each day goes by itself, tidied or not.
    let late = day + GAP_AGE;
    let left = [count("what", Missed::Unanswered, 1, (3 * day, 3 * day)), expected[1].clone()];
    assert_eq!(store.gaps(950, late, 9).await, Ok(left.to_vec()));
    assert_eq!((store.tidy(late).await, store.gaps(950, 0, 9).await), (Ok(()), Ok(left.to_vec())));
    assert_eq!(store.gaps(951, 0, 9).await, Ok(Vec::new()));
    for (server, change) in [(950, Change::Gaps(false)), (952, Change::Reset)] {
        assert_eq!(store.change(server, Change::Gaps(true)).await, Ok(()));
        assert!(store.settings(server).await.expect("settings").gaps);
        assert_eq!(store.note_gap(gap(server, "why", Missed::Wrong), late).await, Ok(()));
        assert_eq!(store.change(server, change).await, Ok(()));
        assert_eq!(
            (store.gaps(server, late, 9).await, store.settings(server).await),
            (Ok(Vec::new()), Ok(ServerSettings::default()))
        );
    }
    assert_eq!(store.note_gap(gap(953, "why", Missed::Wrong), 9).await, Ok(()));
    assert_eq!((store.left(953, 0).await, store.tidy(SERVER_GRACE).await), (Ok(()), Ok(())));
    assert_eq!(store.gaps(953, 9, 9).await, Ok(Vec::new()), "the server was left");
}

async fn person(store: Arc<dyn Store>) {
    let mine = |question| AnswerRecord { asker: 8_881, ..record(question, 50_000) };
    for one in [mine(9_000), mine(9_010), record(9_020, 50_000)] {
        assert_eq!(store.answered(one).await, Ok(()));
    }
    let deed = AuditEntry {
        event: 9_100,
        deed: Deed::Reindex,
        server: 960,
        moderator: 8_881,
        done_at: 50_000,
        about: String::new(),
        ending: Ending::Done,
    };
    assert_eq!(store.note_deed(deed).await, Ok(()));
    let known = |answers, deeds| Ok(KnownOfPerson { answers, deeds });
    assert_eq!(store.known_of(8_881, 50_000, 0).await, known(2, 1));
    assert_eq!(store.known_of(8_881, 50_000 + ANSWER_AGE, 50_000).await, known(0, 0), "all is too old");
    assert_eq!(store.known_of(8_882, 50_000, 0).await, known(0, 0));
    assert_eq!((store.forget_person(8_881).await, store.forget_person(8_881).await), (Ok(2), Ok(0)));
    assert_eq!(store.known_of(8_881, 50_000, 0).await, known(0, 1));
    assert_eq!(store.answer(9_020, 50_000).await, Ok(Some(record(9_020, 50_000))), "somebody else's");
}

async fn extremes(store: Arc<dyn Store>) {
    let (large, larger) = (i64::MAX.cast_unsigned(), u64::MAX);
    let change = Change::Channel(larger, Mode::Off);
    assert_eq!(store.change(large, change).await, Ok(()));
    assert_eq!(store.change(large, Change::Cooldown(Some(u32::MAX))).await, Ok(()));
    let settings = store.settings(large).await.expect("settings");
    assert_eq!((settings.mode(larger, None), settings.cooldown), (Mode::Off, Some(u32::MAX)));
    let record =
        AnswerRecord { question: larger, answer: large, channel: 1, asker: larger, created_at: i64::MAX };
    assert_eq!(store.answered(record).await, Ok(()));
    assert_eq!(store.answer(larger, 0).await, Ok(Some(record)));
    assert_eq!((store.tidy(i64::MIN).await, store.answer(large, i64::MIN).await), (Ok(()), Ok(Some(record))));
}
