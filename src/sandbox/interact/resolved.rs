//! What Discord sends along for ids among a command's options: the channels and roles themselves. Nothing of users and
//! attachments: no command takes any.

use serde_json::{Map, Value, json};

use crate::sandbox::observe::id_of;
use crate::sandbox::world;

/// The `resolved` of the data; nothing if no option names a channel or a role.
pub(super) fn of(definitions: &[Value], given: &[(String, Value)]) -> Option<Value> {
    let (mut channels, mut roles) = (Map::new(), Map::new());
    for (name, value) in given {
        let definition = definitions.iter().find(|one| one["name"] == json!(name))?;
        let id = value.as_str().unwrap_or_default().to_owned();
        match definition["type"].as_u64() {
            Some(7) => drop(partial(value).map(|channel| channels.insert(id, channel))),
            Some(8) => drop(role(value).map(|role| roles.insert(id, role))),
            _ => {}
        }
    }
    match (channels.is_empty(), roles.is_empty()) {
        (true, true) => None,
        (false, true) => Some(json!({"channels": channels})),
        (true, false) => Some(json!({"roles": roles})),
        (false, false) => Some(json!({"channels": channels, "roles": roles})),
    }
}

/// Whether Discord offers this channel for the option.
pub(super) fn channel_fits(definition: &Value, value: &Value) -> Result<(), String> {
    let channel = partial(value).ok_or("there is no such channel")?;
    let kinds = definition["channel_types"].as_array().filter(|kinds| !kinds.is_empty());
    if kinds.is_some_and(|kinds| !kinds.contains(&channel["type"])) {
        return Err("the channel is of another type".to_owned());
    }
    Ok(())
}

/// Whether Discord offers this role.
pub(super) fn role_fits(value: &Value) -> Result<(), String> {
    role(value).map(drop).ok_or_else(|| "there is no such role".to_owned())
}

/// A channel as interactions show it.
fn partial(id: &Value) -> Option<Value> {
    let channel = id_of(id).and_then(world::channel).filter(|channel| !channel["guild_id"].is_null())?;
    let mut partial = json!({"permissions": world::permission::MODERATOR.to_string()});
    for key in ["id", "name", "type", "flags", "parent_id", "thread_metadata"] {
        if let Some(value) = channel.get(key) {
            partial[key] = value.clone();
        }
    }
    Some(partial)
}

fn role(id: &Value) -> Option<Value> {
    let roles = world::roles();
    roles.as_array()?.iter().find(|role| role["id"] == *id).cloned()
}
