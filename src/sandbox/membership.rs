//! The bot's own membership: it is removed from the server, comes (back) into it, or the server has an outage.

use serde_json::json;

use super::gateway::Event;
use super::routes::channels::described;
use super::{Sandbox, world};

impl Sandbox {
    /// Somebody removes the bot from the server.
    pub fn remove_bot(&self) {
        let data = json!({"id": world::GUILD.to_string()});
        self.tell("GUILD_DELETE", &data);
    }

    /// Somebody adds the bot to the server: it learns everything about it at once.
    pub fn add_bot(&self) {
        let mut data = world::guild_create();
        let channels =
            world::channels().filter(|id| self.bot_permissions(*id) & world::permission::VIEW_CHANNEL != 0);
        data["channels"] = json!(channels.filter_map(|id| described(self, id)).collect::<Vec<_>>());
        data["joined_at"] = json!(self.clock().timestamp());
        self.tell("GUILD_CREATE", &data);
    }

    /// The server cannot be reached for a moment; the bot stays in it.
    pub fn outage(&self) {
        self.tell("GUILD_DELETE", &json!({"id": world::GUILD.to_string(), "unavailable": true}));
        self.tell("GUILD_CREATE", &world::guild_create());
    }

    /// From now on the server has an outage (or none): sessions are told that it is there, and nothing more of it.
    pub fn set_unavailable(&self, unavailable: bool) {
        self.lock().unavailable = unavailable;
    }

    fn tell(&self, name: &str, data: &serde_json::Value) {
        Self::dispatch(&mut self.lock().sessions, &Event::Server { name, data });
        self.touch();
    }
}
