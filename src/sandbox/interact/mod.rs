//! What people do with the bot's commands, buttons and forms, and the INTERACTION_CREATE that follows.

mod commands;
mod components;
mod resolved;

use serde_json::{Value, json};

use super::gateway::Event;
use super::state::{Interaction, State};
use super::{ChannelId, GuildId, InteractionId, MessageId, Sandbox, UserId, world};

/// Discord's default upload limit, in bytes.
const UPLOAD_BYTES: u64 = 10 * 1024 * 1024;

/// Who does it, where, and with which rights.
#[derive(Clone)]
struct Scene {
    user: UserId,
    channel: ChannelId,
    guild: Option<GuildId>,
    member_permissions: Option<u64>,
    without_member: bool,
    locale: String,
    times: u32,
}

impl Scene {
    /// An ordinary user in a channel.
    fn plain(user: UserId, channel: ChannelId, guild: Option<GuildId>) -> Self {
        Scene {
            user,
            channel,
            guild,
            member_permissions: None,
            without_member: false,
            locale: "en-US".to_owned(),
            times: 1,
        }
    }
}

impl Sandbox {
    /// Records that something was used which Discord would not have offered; nothing is sent for the id.
    fn not_offered(&self, violation: String) -> InteractionId {
        self.lock().violations.push(violation);
        self.touch();
        self.clock().snowflake()
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
