//! Slash commands, autocomplete and message menus: what Discord would offer, and the data it would send.

use serde_json::{Value, json};

use super::Scene;
use super::resolved;
use crate::sandbox::draft::{InteractionDraft, Place};
use crate::sandbox::state::State;
use crate::sandbox::{GuildId, InteractionId, MessageId, Sandbox, UserId, world};

impl Sandbox {
    /// Uses a slash command. A command that is not registered, or options that do not fit its definition, are a
    /// violation, and nothing is sent: Discord would not offer them.
    pub fn slash(&self, draft: InteractionDraft) -> InteractionId {
        let scene = scene(&draft);
        let data = command_data(&self.lock(), &draft, scene.guild, None);
        match data {
            Ok(data) => self.interact(&mut self.lock(), &scene, 2, data, None),
            Err(problem) => self.not_offered(format!("command_not_offered: /{}: {problem}", draft.command)),
        }
    }

    /// Types into an option with autocomplete; the draft's value of `focused` is what was typed so far.
    pub fn autocomplete(&self, draft: InteractionDraft, focused: &str) -> InteractionId {
        let scene = scene(&draft);
        let data = command_data(&self.lock(), &draft, scene.guild, Some(focused));
        match data {
            Ok(data) => self.interact(&mut self.lock(), &scene, 4, data, None),
            Err(problem) => {
                self.not_offered(format!("autocomplete_not_offered: /{}: {problem}", draft.command))
            }
        }
    }

    /// Uses a command of the message menu ("Apps") on a message.
    pub fn menu(&self, user: UserId, command: &str, target: MessageId) -> InteractionId {
        self.menu_with(user, None, command, target)
    }

    /// As [`Sandbox::menu`], with these permissions instead of those that the world gives.
    pub fn menu_with(
        &self,
        user: UserId,
        member_permissions: Option<u64>,
        command: &str,
        target: MessageId,
    ) -> InteractionId {
        let mut state = self.lock();
        let found = offered(&state, Some(world::GUILD), 3, command);
        let message = state.messages.get(&target).filter(|message| !message.deleted).cloned();
        let (Some(found), Some(message)) = (found, message) else {
            drop(state);
            return self.not_offered(format!("menu_not_offered: {command} on message {target}"));
        };
        let id = target.to_string();
        let data = json!({
            "id": found["id"], "name": command, "type": 3, "target_id": id,
            "resolved": {"messages": {id.clone(): message.json}},
        });
        let scene = Scene { member_permissions, ..Scene::plain(user, message.channel, message.guild) };
        self.interact(&mut state, &scene, 2, data, None)
    }
}

fn scene(draft: &InteractionDraft) -> Scene {
    let (channel, guild) = match draft.place {
        Place::Guild { channel } => (channel, world::guild_of(channel)),
        Place::Dm => (world::direct_channel(draft.user).unwrap_or(world::DM_ASKER), None),
        Place::ForeignGuild => (world::FOREIGN_CHANNEL, Some(world::FOREIGN_GUILD)),
    };
    Scene {
        member_permissions: draft.member_permissions,
        without_member: draft.without_member,
        locale: draft.locale.clone(),
        times: draft.times,
        ..Scene::plain(draft.user, channel, guild)
    }
}

/// The registered command of a type and name; the server's own goes first.
fn offered(state: &State, guild: Option<GuildId>, kind: u8, name: &str) -> Option<Value> {
    let own = guild.and_then(|guild| state.guild_commands.get(&guild)).into_iter().flatten();
    let mut all = own.chain(&state.global_commands);
    all.find(|command| command["type"] == json!(kind) && command["name"] == json!(name)).cloned()
}

/// The `data` of a slash command, checked against its registration. While an option is `focused` it is being typed:
/// the others may still be missing.
fn command_data(
    state: &State,
    draft: &InteractionDraft,
    guild: Option<GuildId>,
    focused: Option<&str>,
) -> Result<Value, String> {
    let command = offered(state, guild, 1, &draft.command).ok_or("it is not registered")?;
    let definitions = command["options"].as_array().cloned().unwrap_or_default();
    let has_subcommands = definitions.iter().any(|option| option["type"] == json!(1));
    let (definitions, given) = match &draft.subcommand {
        Some(name) => {
            let found = definitions.iter().find(|one| one["type"] == json!(1) && one["name"] == json!(name));
            let subcommand = found.ok_or_else(|| format!("it has no subcommand {name}"))?;
            (subcommand["options"].as_array().cloned().unwrap_or_default(), &draft.options)
        }
        None if has_subcommands => return Err("it needs a subcommand".to_owned()),
        None => (definitions, &draft.options),
    };
    let mut options = Vec::new();
    for (name, value) in given {
        let definition = definitions.iter().find(|one| one["name"] == json!(name));
        let definition = definition.ok_or_else(|| format!("it has no option {name}"))?;
        let mut option = json!({"name": name, "type": definition["type"], "value": value});
        if focused == Some(name.as_str()) {
            if definition["autocomplete"] != json!(true) {
                return Err(format!("option {name}: it has no autocomplete"));
            }
            option["focused"] = json!(true);
        } else {
            option_fits(definition, value).map_err(|problem| format!("option {name}: {problem}"))?;
        }
        options.push(option);
    }
    for definition in definitions.iter().filter(|one| focused.is_none() && one["required"] == json!(true)) {
        if !given.iter().any(|(name, _)| definition["name"] == json!(name)) {
            return Err(format!("the option {} is required", definition["name"]));
        }
    }
    if let Some(name) = &draft.subcommand {
        options = vec![json!({"name": name, "type": 1, "options": options})];
    }
    let mut data = json!({"id": command["id"], "name": command["name"], "type": 1, "options": options});
    if let Some(resolved) = resolved::of(&definitions, given) {
        data["resolved"] = resolved;
    }
    for (id, described) in &draft.attachments {
        data["resolved"]["attachments"][id] = described.clone();
    }
    if let Some(guild) = command.get("guild_id") {
        data["guild_id"] = guild.clone();
    }
    Ok(data)
}

fn option_fits(definition: &Value, value: &Value) -> Result<(), String> {
    let right_type = match definition["type"].as_u64() {
        Some(3) => value.is_string(),
        Some(4) => value.is_i64(),
        Some(5) => value.is_boolean(),
        Some(10) => value.is_number(),
        Some(7) => return resolved::channel_fits(definition, value),
        Some(8) => return resolved::role_fits(value),
        _ => value.is_string(),
    };
    if !right_type {
        return Err("the value has the wrong type".to_owned());
    }
    let choices = definition["choices"].as_array().filter(|choices| !choices.is_empty());
    if choices.is_some_and(|choices| !choices.iter().any(|choice| choice["value"] == *value)) {
        return Err("the value is none of the choices".to_owned());
    }
    let length = value.as_str().map(|text| text.encode_utf16().count() as u64);
    let most = definition["max_length"].as_u64().unwrap_or(6000);
    let least = definition["min_length"].as_u64().unwrap_or(0);
    if length.is_some_and(|length| length > most || length < least) {
        return Err("the text has the wrong length".to_owned());
    }
    let number = value.as_f64();
    let below = definition["min_value"].as_f64().zip(number).is_some_and(|(least, number)| number < least);
    let above = definition["max_value"].as_f64().zip(number).is_some_and(|(most, number)| number > most);
    if below || above {
        return Err("the number is out of range".to_owned());
    }
    Ok(())
}
