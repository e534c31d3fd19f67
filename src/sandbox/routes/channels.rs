//! Channels and servers: looking one up, opening a direct channel, typing.

use serde_json::{Value, json};

use super::{Call, Reply, snowflake};
use crate::sandbox::world::{self, permission};
use crate::sandbox::{ChannelId, Sandbox};

/// Checks that the bot may see the channel and has these permissions there.
pub(super) fn allowed(
    sandbox: &Sandbox,
    channel: Option<ChannelId>,
    wanted: u64,
) -> Result<ChannelId, Reply> {
    let known = channel.filter(|id| world::channel(*id).is_some());
    let Some(id) = known else { return Err(Reply::error(404, 10003, "Unknown Channel")) };
    if world::direct_partner(id).is_some() {
        return Ok(id);
    }
    let held = sandbox.bot_permissions(id);
    if held & permission::VIEW_CHANNEL == 0 {
        return Err(Reply::error(403, 50001, "Missing Access"));
    }
    if held & wanted != wanted {
        return Err(Reply::error(403, 50013, "Missing Permissions"));
    }
    Ok(id)
}

/// The permission to post in a channel: threads have their own.
pub(super) fn posting(channel: Option<ChannelId>) -> u64 {
    if channel.is_some_and(world::is_thread) {
        permission::SEND_MESSAGES_IN_THREADS
    } else {
        permission::SEND_MESSAGES
    }
}

pub(super) fn channel(sandbox: &Sandbox, id: &str) -> Reply {
    match allowed(sandbox, snowflake(id), 0) {
        Ok(id) => world::channel(id).map_or_else(|| Reply::error(404, 10003, "Unknown Channel"), Reply::ok),
        Err(reply) => reply,
    }
}

pub(super) fn guild(id: &str) -> Reply {
    match snowflake(id) {
        Some(world::GUILD) => Reply::ok(world::guild()),
        Some(_) => Reply::error(404, 10004, "Unknown Guild"),
        None => Reply::error(400, 50035, "Invalid Form Body"),
    }
}

/// The server's channels.
pub(super) fn of_guild(sandbox: &Sandbox, id: &str) -> Reply {
    if snowflake(id) != Some(world::GUILD) {
        return Reply::error(404, 10004, "Unknown Guild");
    }
    Reply::ok(json!(world::channels().filter_map(|id| described(sandbox, id)).collect::<Vec<_>>()))
}

/// A channel of the server with the overwrites that give the bot what it has there.
pub(in crate::sandbox) fn described(sandbox: &Sandbox, id: ChannelId) -> Option<Value> {
    let everywhere = permission::MEMBER | permission::INVITED;
    let held = sandbox.bot_permissions(id);
    let mut channel = world::channel(id)?;
    if held != everywhere {
        channel["permission_overwrites"] = json!([{
            "id": world::BOT.to_string(), "type": 1,
            "allow": (held & !everywhere).to_string(), "deny": (everywhere & !held).to_string(),
        }]);
    }
    Some(channel)
}

pub(super) fn member(id: &str, user: &str) -> Reply {
    match (snowflake(id), snowflake(user)) {
        (Some(world::GUILD), Some(user)) if world::USERS.iter().any(|(known, ..)| *known == user) => {
            let mut member = world::member(user);
            member["user"] = world::user(user);
            Reply::ok(member)
        }
        (Some(world::GUILD), Some(_)) => Reply::error(404, 10007, "Unknown Member"),
        _ => Reply::error(404, 10004, "Unknown Guild"),
    }
}

pub(super) fn typing(sandbox: &Sandbox, id: &str) -> Reply {
    let channel = snowflake(id);
    match allowed(sandbox, channel, posting(channel)) {
        Ok(id) => {
            *sandbox.lock().typing.entry(id).or_default() += 1;
            Reply::empty()
        }
        Err(reply) => reply,
    }
}

pub(super) fn open_direct(call: &Call) -> Reply {
    let partner = call.json()["recipient_id"].as_str().and_then(snowflake);
    match partner.and_then(world::direct_channel).and_then(world::channel) {
        Some(channel) => Reply::ok(channel),
        None => Reply::json(400, json!({"message": "Cannot send messages to this user", "code": 50007})),
    }
}
