//! Many servers at once: each with settings of its own, all of them heard in a burst.

use std::time::{Duration, Instant};

use registrar::sandbox::{GatewayFault, MessageDraft, Recorded, world};
use registrar::store::{Change, Mode};
use serde_json::{Value, json};

use super::backend::QUOTE;
use super::harness::{SOON, Stage, question};

const SERVERS: u64 = 2_000;
/// Id of the first server, its channel and its member.
pub const FIRST: u64 = 1_200_000_000_000_000_000;

/// A mention of the bot in the one channel of a server; a round has other ids than the one before.
pub fn mention(server: u64, round: u64) -> Value {
    let user = |id: u64, bot: bool| json!({ "id": id.to_string(), "username": "name", "discriminator": "0", "avatar": null, "bot": bot });
    json!({
        "id": (FIRST * 2 + round * SERVERS + server).to_string(), "channel_id": (FIRST + server).to_string(),
        "guild_id": (FIRST + server).to_string(), "author": user(FIRST + server, false),
        "content": format!("<@{}> {}", world::BOT, question("when")), "timestamp": "2026-01-01T00:00:00.000000+00:00",
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [user(world::BOT, true)],
        "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 0,
    })
}

/// In every second server the channel is off. Of two rounds of 2,000 questions exactly the other half is answered. Prints
/// its figures (`--nocapture`); the memory is that of the whole test, in which the local Discord keeps every request.
#[tokio::test]
#[expect(clippy::print_stdout, reason = "the figures, with --nocapture")]
async fn two_thousand_servers_with_settings() {
    let stage = Stage::unhurried(|_, _| {}).await;
    for server in 0..SERVERS {
        let mode = if server % 2 == 0 { Mode::Off } else { Mode::Mention };
        let id = FIRST + server;
        assert_eq!(stage.store.change(id, Change::Channel(id, mode)).await, Ok(()));
    }
    for round in 0..2 {
        let (began, before) = (Instant::now(), resident());
        for server in 0..SERVERS {
            let name = "MESSAGE_CREATE".to_owned();
            stage.discord.gateway_fault(GatewayFault::Event { name, data: mention(server, round) });
            if server % 100 == 99 {
                // The queue takes so many at once; what is more is turned away, which is not what is tested here.
                let due = usize::try_from(round * SERVERS / 2 + server / 2).expect("a number");
                assert!(stage.discord.wait_requests(|all| tries(all) >= due, Duration::from_secs(60)).await);
            }
        }
        println!(
            "round {round}: {SERVERS} servers in {:?}, resident {before} → {} KiB",
            began.elapsed(),
            resident()
        );
    }
    let due = usize::try_from(SERVERS).expect("a number");
    assert!(stage.discord.wait_requests(|all| tries(all) >= due, SOON).await);
    // None of these channels is the sandbox's, so it refuses each answer: 404, told once, never again.
    let requests = stage.discord.requests();
    let odd = |one: &Recorded| {
        one.path.split('/').nth(2).and_then(|id| id.parse().ok()).is_some_and(|id: u64| (id - FIRST) % 2 == 1)
    };
    assert!(requests.iter().filter(|one| one.path.ends_with("/messages")).all(odd));
    assert_eq!(tries(&requests), due);
    let reply = stage.reply(MessageDraft::question(&question("when"))).await;
    assert!(reply.content.contains(QUOTE));
    stage.end().await;
}

/// How many messages the bot tried to send.
pub fn tries(requests: &[Recorded]) -> usize {
    requests.iter().filter(|one| one.method == "POST" && one.path.ends_with("/messages")).count()
}

/// Resident memory of the tests' process in KiB; 0 where the system does not tell.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
