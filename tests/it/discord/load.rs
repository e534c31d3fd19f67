//! A busy day: thousands of servers with settings, suggestions while people type, and questions in a burst, for the program as a
//! process of its own against the local Discord. What is measured: the time to the first response of every interaction, and the
//! anonymous memory of the process before and after each round.
//!
//! A sample runs with all tests. The full size (2,000 servers, 10,000 suggestions and 1,000 questions a round, eight rounds):
//!
//! ```text
//! REGISTRAR_LOAD=full cargo test --release --test it a_busy_day -- --nocapture
//! ```

use std::time::{Duration, Instant};

use registrar::sandbox::{GatewayFault, InteractionDraft};
use registrar::store::{self, Change, Mode};
use serde_json::json;

use super::crowd::{FIRST, mention, tries};
use super::harness::Stage;
use super::logs::TOKEN;
use super::process::serve_with;
use crate::library::Ground;

/// Discord takes a first response for so long.
const DEADLINE_MS: u64 = 3_000;
/// The memory after the last round may differ from that after half of them by so much, in KiB: allocators keep what they
/// had.
const FLAT_KIB: u64 = 24 * 1_024;

/// How much of everything.
struct Size {
    servers: u64,
    suggestions: u64,
    questions: u64,
    rounds: u64,
}

#[expect(clippy::disallowed_methods, reason = "how much is done depends on who runs it")]
fn size() -> Size {
    match std::env::var("REGISTRAR_LOAD").as_deref() {
        Ok("full") => Size { servers: 2_000, suggestions: 10_000, questions: 1_000, rounds: 8 },
        _ => Size { servers: 60, suggestions: 200, questions: 60, rounds: 2 },
    }
}

/// What people type while they look for a name, and what they ask.
const TYPED: [&str; 10] =
    ["", "w", "weld", "nursng", "dental hyg", "BSN", "associate", "master of", "account", "zzz"];
const ASKED: [&str; 8] = [
    "How much does the structural welding certificate cost?",
    "what is the pay of sheet metal workers?",
    "Which courses are in the welding technology program?",
    "How long does the airframe diploma take?",
    "Is there a dormitory?",
    "what do i need for the practical nursing certificate",
    "who issues the CIA-X?",
    "What is the salary of an astronaut?",
];

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::print_stdout, reason = "the figures, with --nocapture")]
async fn a_busy_day() {
    let size = size();
    let ground = Ground::new();
    for set in ["dev", "dev-b", "dev-c", "dev-d", "dev-e", "dev-f", "dev-g"] {
        let folder = format!("{}/tests/fixtures/{set}/corpus", env!("CARGO_MANIFEST_DIR"));
        for file in std::fs::read_dir(folder).expect("texts").map(|file| file.expect("a file")) {
            let name = format!("{set}-{}", file.file_name().to_string_lossy());
            ground.put(&name, &std::fs::read_to_string(file.path()).expect("text"));
        }
    }
    let data = ground.places.corpus.parent().expect("a folder").join("data");
    std::fs::create_dir_all(&data).expect("a folder");
    let file = store::Place::File(data.join("registrar.sqlite"));
    let settings = store::open(&file).await.expect("it opens");
    for server in 0..size.servers {
        let (id, mode) = (FIRST + server, if server % 2 == 0 { Mode::Off } else { Mode::Mention });
        assert_eq!(settings.change(id, Change::Channel(id, mode)).await, Ok(()));
        assert_eq!(settings.change(id, Change::Cooldown(Some(1))).await, Ok(()));
    }
    drop(settings);
    let stage = Stage::set(|_, _| {}).await;
    let limits = "[discord]\nquestions_per_user = 1000000\nquestions_per_server = 1000000\n";
    let program = serve_with(&stage, &ground, TOKEN, limits);
    assert!(stage.discord.wait_commands(Duration::from_secs(120)).await, "{:#?}", stage.discord.violations());
    let mut memory = vec![program.anonymous_kib()];
    let mut user = 5_000_000;
    for round in 0..size.rounds {
        let began = Instant::now();
        for server in 0..size.servers {
            let event =
                GatewayFault::Event { name: "MESSAGE_CREATE".to_owned(), data: mention(server, round) };
            stage.discord.gateway_fault(event);
            if server % 100 == 99 || server + 1 == size.servers {
                // The sandbox refuses each answer (these channels are not its own); that is told once, never again.
                let due = usize::try_from(round * size.servers / 2 + server.div_ceil(2)).expect("a number");
                assert!(stage.discord.wait_requests(|all| tries(all) >= due, Duration::from_secs(120)).await);
            }
        }
        let servers = began.elapsed();
        let mut suggested = Vec::new();
        for (place, typed) in (0..size.suggestions).zip(TYPED.iter().cycle()) {
            user += 1;
            let (command, option) = [("program", "name"), ("salary", "occupation")][(place % 2) as usize];
            let draft = InteractionDraft::new(command).option(option, json!(typed)).by(user);
            suggested.push(stage.discord.autocomplete(draft, option));
            if suggested.len() % 100 == 0 {
                // People type at their own pace: a hundred letters at once, again and again.
                let last = *suggested.last().expect("one");
                stage.response_to(last).await;
            }
        }
        let suggestions = milliseconds(&stage, &suggested).await;
        let asked: Vec<u64> = ASKED
            .iter()
            .cycle()
            .zip(0..size.questions)
            .map(|(question, _)| {
                user += 1;
                stage.discord.slash(InteractionDraft::ask(question).by(user))
            })
            .collect();
        let questions = milliseconds(&stage, &asked).await;
        memory.push(program.anonymous_kib());
        println!(
            "round {round}: {} servers in {servers:?}\n  {} suggestions: {}\n  {} questions in a burst: {}\n  anonymous \
             memory {} → {} KiB",
            size.servers,
            suggestions.len(),
            figures(&suggestions),
            questions.len(),
            figures(&questions),
            memory[memory.len() - 2],
            memory[memory.len() - 1],
        );
        let slowest = suggestions.iter().chain(&questions).max();
        assert!(slowest.is_some_and(|ms| *ms < DEADLINE_MS), "{slowest:?} ms");
    }
    // The first half fills caches and pools (who asked when, which event was seen); from then on the memory stays as it is.
    let (middle, last) = (memory[memory.len() / 2], memory[memory.len() - 1]);
    assert!(last <= middle + FLAT_KIB, "{memory:?}");
    let busy = stage
        .discord
        .requests()
        .iter()
        .filter(|one| one.body.to_string().contains("too many questions to answer"))
        .count();
    println!("turned away because too many were under way: {busy}");
    assert_eq!(busy, 0, "a burst of this size finds room");
    program.stop().await;
    stage.end().await;
}

/// The time from each interaction to its first response.
async fn milliseconds(stage: &Stage, interactions: &[u64]) -> Vec<u64> {
    let mut found = Vec::with_capacity(interactions.len());
    for id in interactions {
        found.push(stage.response_to(*id).await.ms);
    }
    found.sort_unstable();
    found
}

fn figures(sorted: &[u64]) -> String {
    let at =
        |share: usize| sorted.get((sorted.len() * share / 100).min(sorted.len() - 1)).copied().unwrap_or(0);
    format!("first response p50 {} ms, p99 {} ms, max {} ms", at(50), at(99), at(100))
}
