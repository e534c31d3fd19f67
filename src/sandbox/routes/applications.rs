//! The application's commands: registered globally or in one server, in one list or one by one.

use serde_json::{Value, json};

use super::{Call, Reply, snowflake};
use crate::sandbox::limits::{self, Form};
use crate::sandbox::{GuildId, Sandbox, compose, world};

pub(super) fn commands(sandbox: &Sandbox, call: &mut Call, guild: Option<GuildId>, rest: &[&str]) -> Reply {
    if guild.is_some_and(|guild| guild != world::GUILD) {
        return Reply::error(403, 50001, "Missing Access");
    }
    let body = call.json();
    let method = call.method.clone();
    match (method.as_str(), rest) {
        ("GET", []) => Reply::ok(json!(current(sandbox, guild))),
        ("PUT", []) => {
            let definitions = body.as_array().cloned().unwrap_or_default();
            if !body.is_array() {
                return super::form_error(
                    &["_root"],
                    "LIST_TYPE_CONVERT",
                    "Only iterables may be used in a ListType",
                );
            }
            let mut form = Form::default();
            limits::commands(&mut form, &definitions, false);
            if let Some(reply) = super::refused(sandbox, call, &form) {
                return reply;
            }
            let old = current(sandbox, guild);
            let new: Vec<Value> =
                definitions.iter().map(|one| registered(sandbox, guild, one, &old)).collect();
            store(sandbox, guild, new.clone());
            Reply::ok(json!(new))
        }
        ("POST", []) => {
            let mut form = Form::default();
            limits::commands(&mut form, std::slice::from_ref(&body), true);
            if let Some(reply) = super::refused(sandbox, call, &form) {
                return reply;
            }
            let mut all = current(sandbox, guild);
            let new = registered(sandbox, guild, &body, &all);
            let known = all.len();
            all.retain(|command| !same(command, &new));
            let status = if all.len() == known { 201 } else { 200 };
            all.push(new.clone());
            store(sandbox, guild, all);
            Reply::json(status, new)
        }
        ("GET", [id]) => find(sandbox, guild, id).map_or_else(unknown, Reply::ok),
        ("DELETE", [id]) => {
            let Some(found) = find(sandbox, guild, id) else { return unknown() };
            let mut all = current(sandbox, guild);
            all.retain(|command| command["id"] != found["id"]);
            store(sandbox, guild, all);
            Reply::empty()
        }
        _ => super::unknown_route(call),
    }
}

fn current(sandbox: &Sandbox, guild: Option<GuildId>) -> Vec<Value> {
    let state = sandbox.lock();
    match guild {
        None => state.global_commands.clone(),
        Some(guild) => state.guild_commands.get(&guild).cloned().unwrap_or_default(),
    }
}

fn store(sandbox: &Sandbox, guild: Option<GuildId>, commands: Vec<Value>) {
    let mut state = sandbox.lock();
    match guild {
        None => state.global_commands = commands,
        Some(guild) => {
            state.guild_commands.insert(guild, commands);
        }
    }
}

fn find(sandbox: &Sandbox, guild: Option<GuildId>, id: &str) -> Option<Value> {
    let id = snowflake(id)?.to_string();
    current(sandbox, guild).into_iter().find(|command| command["id"] == json!(id))
}

fn same(left: &Value, right: &Value) -> bool {
    left["name"] == right["name"] && left["type"] == right["type"]
}

/// The command as Discord gives it back: with ids and defaults. A known name keeps its id.
fn registered(sandbox: &Sandbox, guild: Option<GuildId>, definition: &Value, old: &[Value]) -> Value {
    let mut command = definition.clone();
    compose::strip_nulls(&mut command);
    if command.get("type").is_none() {
        command["type"] = json!(1);
    }
    let known = old.iter().find(|candidate| same(candidate, &command));
    command["id"] =
        known.map_or_else(|| json!(sandbox.clock().snowflake().to_string()), |known| known["id"].clone());
    command["application_id"] = json!(world::APPLICATION.to_string());
    command["version"] = json!(sandbox.clock().snowflake().to_string());
    if let Some(guild) = guild {
        command["guild_id"] = json!(guild.to_string());
    }
    for (key, default) in [
        ("description", json!("")),
        ("default_member_permissions", Value::Null),
        ("integration_types", json!([0])),
        ("contexts", Value::Null),
        ("nsfw", json!(false)),
    ] {
        if command.get(key).is_none() {
            command[key] = default;
        }
    }
    command
}

fn unknown() -> Reply {
    Reply::error(404, 10063, "Unknown application command")
}
