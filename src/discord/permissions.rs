//! What the bot may do in the channels of a server, worked out from the server as REST describes it; and who could give
//! it more. Pure: it asks nobody, and reads only the fields that it needs.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serenity::model::Permissions;

use crate::store::Mode;

/// A server: its roles, its channels, and the bot's own roles.
#[derive(Debug)]
pub struct ServerView {
    id: u64,
    me: u64,
    owner: u64,
    roles: Vec<Role>,
    channels: Vec<Channel>,
    mine: Vec<u64>,
}

#[derive(Debug, Deserialize)]
struct Guild {
    #[serde(deserialize_with = "id")]
    id: u64,
    #[serde(deserialize_with = "id")]
    owner_id: u64,
    roles: Vec<Role>,
}

#[derive(Debug, Deserialize)]
struct Role {
    #[serde(deserialize_with = "id")]
    id: u64,
    permissions: Permissions,
    #[serde(default)]
    managed: bool,
}

#[derive(Debug, Deserialize)]
struct Channel {
    #[serde(deserialize_with = "id")]
    id: u64,
    #[serde(rename = "type")]
    kind: u8,
    #[serde(default)]
    permission_overwrites: Vec<Overwrite>,
}

#[derive(Debug, Deserialize)]
struct Overwrite {
    #[serde(deserialize_with = "id")]
    id: u64,
    allow: Permissions,
    deny: Permissions,
}

#[derive(Debug, Deserialize)]
struct Member {
    #[serde(default)]
    roles: Vec<Value>,
}

/// Discord's channel types that hold nothing but posts.
const FORUMS: [u8; 2] = [15, 16];

/// Who could give the bot a permission in a channel.
#[derive(Debug, PartialEq, Eq)]
pub struct Givers {
    /// The server's owner.
    pub owner: u64,
    /// Roles whose members may, without those of bots.
    pub roles: Vec<u64>,
}

impl ServerView {
    /// Reads a server, its channels and the bot's member as REST gives them; `None` if they cannot be understood.
    pub fn read(me: u64, guild: &Value, channels: &Value, member: &Value) -> Option<Self> {
        let guild = Guild::deserialize(guild).ok()?;
        let channels =
            channels.as_array()?.iter().filter_map(|channel| Channel::deserialize(channel).ok()).collect();
        let mine = Member::deserialize(member).ok()?.roles;
        let mine = mine.iter().filter_map(|role| role.as_str()?.parse().ok()).collect();
        Some(Self { id: guild.id, me, owner: guild.owner_id, roles: guild.roles, channels, mine })
    }

    /// What the bot lacks in a channel to do what its mode says, there and in the threads below; `None`: there is no such
    /// channel.
    pub fn missing(&self, channel: u64, mode: Mode) -> Option<Permissions> {
        let channel = self.channels.iter().find(|known| known.id == channel)?;
        let mut wanted = match mode {
            Mode::Off => return Some(Permissions::empty()),
            Mode::Mention | Mode::Listen => {
                Permissions::VIEW_CHANNEL
                    | Permissions::SEND_MESSAGES
                    | Permissions::SEND_MESSAGES_IN_THREADS
                    | Permissions::READ_MESSAGE_HISTORY
                    | Permissions::EMBED_LINKS
            }
        };
        if FORUMS.contains(&channel.kind) {
            // There it stands for opening posts, which the bot never does.
            wanted -= Permissions::SEND_MESSAGES;
        }
        Some(wanted - self.held(channel))
    }

    /// What of `wanted` the bot lacks in a channel; `None`: there is no such channel.
    pub fn lacking(&self, channel: u64, wanted: Permissions) -> Option<Permissions> {
        let channel = self.channels.iter().find(|known| known.id == channel)?;
        Some(wanted - self.held(channel))
    }

    /// Who may change what the bot may do in a channel.
    pub fn givers(&self) -> Givers {
        let may = Permissions::ADMINISTRATOR | Permissions::MANAGE_ROLES;
        let roles = self.roles.iter().filter(|role| !role.managed && role.permissions.intersects(may));
        Givers { owner: self.owner, roles: roles.map(|role| role.id).collect() }
    }

    /// Discord's rule: the roles' permissions together, then the channel's overwrites for everybody, for the bot's roles,
    /// and for the bot.
    fn held(&self, channel: &Channel) -> Permissions {
        let is_mine = |id: u64| id == self.id || self.mine.contains(&id);
        let own = self.roles.iter().filter(|role| is_mine(role.id));
        let everywhere = own.fold(Permissions::empty(), |sum, role| sum | role.permissions);
        if self.owner == self.me || everywhere.contains(Permissions::ADMINISTRATOR) {
            return Permissions::all();
        }
        let step = |held: Permissions, concerns: &dyn Fn(u64) -> bool| {
            let overwrites =
                || channel.permission_overwrites.iter().filter(|overwrite| concerns(overwrite.id));
            let denied = overwrites().fold(Permissions::empty(), |sum, overwrite| sum | overwrite.deny);
            let allowed = overwrites().fold(Permissions::empty(), |sum, overwrite| sum | overwrite.allow);
            (held - denied) | allowed
        };
        let held = step(everywhere, &|id| id == self.id);
        let held = step(held, &|id| id != self.id && self.mine.contains(&id));
        let held = step(held, &|id| id == self.me);
        // Who cannot see a channel can do nothing there.
        if held.contains(Permissions::VIEW_CHANNEL) { held } else { Permissions::empty() }
    }
}

/// An id in wire form.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const VIEW: u64 = 1 << 10;
    const SEND: u64 = 1 << 11;
    const NEEDED: u64 = VIEW | SEND | 1 << 14 | 1 << 16 | 1 << 38;

    /// Server 1 with the roles 1 (everybody), 2 (the bot's) and 3; channel 10 is text, 11 a forum.
    fn view(everybody: u64, bot: u64, overwrites: Value) -> ServerView {
        let role = |id: u64, bits: u64, managed: bool| json!({"id": id.to_string(), "permissions": bits.to_string(), "managed": managed, "name": "x"});
        let guild = json!({"id": "1", "owner_id": "50", "roles": [
            role(1, everybody, false), role(2, bot, true), role(3, 1 << 28, false), role(4, 1 << 3, false),
        ]});
        let channels = json!([
            {"id": "10", "type": 0, "permission_overwrites": overwrites},
            {"id": "11", "type": 15, "permission_overwrites": overwrites},
            {"id": "broken"},
        ]);
        ServerView::read(9, &guild, &channels, &json!({"roles": ["2"]})).expect("it can be read")
    }

    #[track_caller]
    fn check(everybody: u64, role: u64, overwrites: Value, missing: u64) {
        let shown = overwrites.to_string();
        let found = view(everybody, role, overwrites).missing(10, Mode::Mention).expect("a channel");
        assert_eq!(found.bits(), missing, "{shown}: {found}");
    }

    fn overwrite(id: u64, kind: u8, allow: u64, deny: u64) -> Value {
        json!({"id": id.to_string(), "type": kind, "allow": allow.to_string(), "deny": deny.to_string()})
    }

    #[test]
    fn overwrites_apply_in_discords_order() {
        check(NEEDED, 0, json!([]), 0);
        check(VIEW, NEEDED, json!([]), 0);
        check(VIEW, 0, json!([]), NEEDED - VIEW);
        check(0, 0, json!([]), NEEDED);
        check(0, 1 << 3, json!([overwrite(9, 1, 0, NEEDED)]), 0);
        check(NEEDED, 0, json!([overwrite(1, 0, 0, SEND)]), SEND);
        check(NEEDED, 0, json!([overwrite(1, 0, 0, SEND), overwrite(2, 0, SEND, 0)]), 0);
        check(NEEDED, 0, json!([overwrite(2, 0, SEND, 0), overwrite(9, 1, 0, SEND)]), SEND);
        check(NEEDED, 0, json!([overwrite(3, 0, 0, SEND)]), 0);
        check(NEEDED, 0, json!([overwrite(9, 1, 0, VIEW)]), NEEDED);
    }

    #[test]
    fn what_is_wanted_depends_on_the_mode_and_the_channel() {
        let view = view(0, 0, json!([]));
        assert_eq!(view.missing(10, Mode::Off), Some(Permissions::empty()));
        assert_eq!(view.missing(10, Mode::Listen).map(|lacking| lacking.bits()), Some(NEEDED));
        assert_eq!(view.missing(11, Mode::Mention).map(|lacking| lacking.bits()), Some(NEEDED - SEND));
        assert_eq!(view.missing(12, Mode::Mention), None);
        assert_eq!(view.givers(), Givers { owner: 50, roles: vec![3, 4] });
    }

    #[test]
    fn what_cannot_be_understood_is_no_view() {
        let good = json!({"id": "1", "owner_id": "2", "roles": []});
        for (guild, channels, member) in [
            (json!(null), json!([]), json!({})),
            (json!({"id": "x", "owner_id": "2", "roles": []}), json!([]), json!({})),
            (good.clone(), json!({}), json!({})),
            (good, json!([]), json!(null)),
        ] {
            assert!(ServerView::read(9, &guild, &channels, &member).is_none());
        }
    }
}
