//! What people do with the bot's commands and buttons, and the INTERACTION_CREATE that follows.

use serde_json::{Value, json};

use super::draft::{InteractionDraft, Place};
use super::gateway::Event;
use super::state::{Interaction, State};
use super::{ChannelId, GuildId, InteractionId, MessageId, Sandbox, UserId, world};

/// Discord's default upload limit, in bytes.
const UPLOAD_BYTES: u64 = 10 * 1024 * 1024;

/// Who does it, where, and with which rights.
struct Scene {
    user: UserId,
    channel: ChannelId,
    guild: Option<GuildId>,
    member_permissions: Option<u64>,
    without_member: bool,
    locale: String,
    times: u32,
}

impl Sandbox {
    /// Uses a slash command. A command that is not registered, or options that do not fit its definition, are a
    /// violation, and nothing is sent: Discord would not offer them.
    pub fn slash(&self, draft: InteractionDraft) -> InteractionId {
        let (channel, guild) = match draft.place {
            Place::Guild { channel } => (channel, world::guild_of(channel)),
            Place::Dm => (world::direct_channel(draft.user).unwrap_or(world::DM_ASKER), None),
            Place::ForeignGuild => (world::FOREIGN_CHANNEL, Some(world::FOREIGN_GUILD)),
        };
        let mut state = self.lock();
        let data = match command_data(&state, &draft, guild) {
            Ok(data) => data,
            Err(problem) => {
                state.violations.push(format!("command_not_offered: /{}: {problem}", draft.command));
                drop(state);
                self.touch();
                return self.clock().snowflake();
            }
        };
        let scene = Scene {
            user: draft.user,
            channel,
            guild,
            member_permissions: draft.member_permissions,
            without_member: draft.without_member,
            locale: draft.locale.clone(),
            times: draft.times,
        };
        self.interact(&mut state, &scene, 2, data, None)
    }

    /// Presses a button of a message. A button that is not there is a violation, and nothing is sent.
    pub fn press(&self, user: UserId, message: MessageId, custom_id: &str) -> InteractionId {
        let offered = {
            let state = self.lock();
            state.messages.get(&message).is_some_and(|stored| {
                let rows = stored.json["components"].as_array().into_iter().flatten();
                let mut all = rows.flat_map(|row| row["components"].as_array().into_iter().flatten());
                !stored.deleted
                    && all.any(|one| one["custom_id"] == json!(custom_id) && one["disabled"] != json!(true))
            })
        };
        if !offered {
            self.lock().violations.push(format!("button_not_offered: {custom_id} on message {message}"));
            self.touch();
            return self.clock().snowflake();
        }
        self.press_raw(user, message, custom_id)
    }

    /// Presses a button that need not be there, as a crafted client may.
    pub fn press_raw(&self, user: UserId, message: MessageId, custom_id: &str) -> InteractionId {
        let data = json!({"custom_id": custom_id, "component_type": 2, "id": 2});
        let mut state = self.lock();
        let (channel, guild) = state
            .messages
            .get(&message)
            .map_or((world::QUESTIONS, Some(world::GUILD)), |stored| (stored.channel, stored.guild));
        let scene = Scene {
            user,
            channel,
            guild,
            member_permissions: None,
            without_member: false,
            locale: "en-US".to_owned(),
            times: 1,
        };
        self.interact(&mut state, &scene, 3, data, Some(message))
    }

    fn interact(
        &self,
        state: &mut State,
        scene: &Scene,
        kind: u8,
        data: Value,
        source: Option<MessageId>,
    ) -> InteractionId {
        let id = self.clock().snowflake();
        let token = format!("sandbox-interaction-{id:x}-{:x}", id.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut payload = json!({
            "id": id.to_string(), "application_id": world::APPLICATION.to_string(), "type": kind, "token": token,
            "version": 1, "data": data, "channel_id": scene.channel.to_string(), "locale": scene.locale,
            "entitlements": [], "attachment_size_limit": UPLOAD_BYTES, "entitlement_sku_ids": [],
            "app_permissions": world::permission::INVITED.to_string(),
        });
        payload["channel"] = world::channel(scene.channel).unwrap_or_else(|| {
            json!({"id": scene.channel.to_string(), "type": 0, "name": "elsewhere", "flags": 0, "permissions": "0"})
        });
        let permissions = scene.member_permissions.unwrap_or_else(|| match scene.guild {
            // In a server of one's own everybody is an administrator.
            Some(world::FOREIGN_GUILD) => world::permission::MODERATOR | 8,
            _ => world::member_permissions(scene.user),
        });
        match scene.guild {
            Some(guild) => {
                payload["guild_id"] = json!(guild.to_string());
                payload["guild"] = json!({"id": guild.to_string(), "locale": "en-US", "features": []});
                payload["guild_locale"] = json!("en-US");
                payload["context"] = json!(0);
                payload["channel"]["permissions"] = json!(permissions.to_string());
                if scene.without_member {
                    payload["user"] = world::user(scene.user);
                } else {
                    payload["member"] = world::member(scene.user);
                    payload["member"]["user"] = world::user(scene.user);
                    payload["member"]["permissions"] = json!(permissions.to_string());
                }
                payload["authorizing_integration_owners"] = if guild == world::GUILD {
                    json!({"0": guild.to_string()})
                } else {
                    json!({"1": scene.user.to_string()})
                };
            }
            None => {
                payload["user"] = world::user(scene.user);
                payload["context"] = json!(1);
                payload["authorizing_integration_owners"] = json!({"0": "0"});
            }
        }
        if let Some(message) = source.and_then(|id| state.messages.get(&id)) {
            payload["message"] = message.json.clone();
        }
        state.interactions.insert(
            id,
            Interaction {
                token,
                kind,
                user: scene.user,
                channel: scene.channel,
                guild: scene.guild,
                source,
                dispatched_ms: self.clock().now_ms(),
                callback: None,
                original: None,
                followups: Vec::new(),
            },
        );
        for _ in 0..scene.times.max(1) {
            Self::dispatch(&mut state.sessions, &Event::Interaction(&payload));
        }
        self.touch();
        id
    }
}

/// The `data` of a slash command, checked against its registration.
fn command_data(state: &State, draft: &InteractionDraft, guild: Option<GuildId>) -> Result<Value, String> {
    let own = guild.and_then(|guild| state.guild_commands.get(&guild)).into_iter().flatten();
    let command = own
        .chain(&state.global_commands)
        .find(|command| command["type"] == json!(1) && command["name"] == json!(draft.command))
        .ok_or("it is not registered")?;
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
        option_fits(definition, value).map_err(|problem| format!("option {name}: {problem}"))?;
        options.push(json!({"name": name, "type": definition["type"], "value": value}));
    }
    for definition in definitions.iter().filter(|one| one["required"] == json!(true)) {
        if !given.iter().any(|(name, _)| definition["name"] == json!(name)) {
            return Err(format!("the option {} is required", definition["name"]));
        }
    }
    if let Some(name) = &draft.subcommand {
        options = vec![json!({"name": name, "type": 1, "options": options})];
    }
    let mut data = json!({"id": command["id"], "name": command["name"], "type": 1, "options": options});
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
