//! What people do with messages: post, edit and delete them; and what a test changes in the world.

use serde_json::{Value, json};

use super::draft::MessageDraft;
use super::gateway::Event;
use super::state::StoredMessage;
use super::{ChannelId, MessageId, Sandbox, compose, world};

impl Sandbox {
    /// Posts a message. Sessions get it by their intents, as often as the draft says.
    pub fn say(&self, draft: MessageDraft) -> MessageId {
        let id = self.clock().snowflake();
        let at_ms = self.clock().now_ms();
        let guild = world::guild_of(draft.channel);
        let author = if draft.webhook { world::WEBHOOK } else { draft.author };
        let mut json = compose::blank(id, at_ms, author, draft.channel, &draft.content);
        json["type"] = json!(draft.kind);
        json["mention_everyone"] = json!(draft.mention_everyone);
        if draft.webhook {
            json["webhook_id"] = json!(world::WEBHOOK.to_string());
            json["author"]["bot"] = json!(true);
        }
        let mut mentions: Vec<Value> = mentioned(&draft.content).map(world::user).collect();
        let mut state = self.lock();
        if let Some(target) = draft.reply_to {
            compose::reply_to(&state, &mut json, draft.channel, guild, target);
            let author = state.messages.get(&target).map(|message| message.author);
            if let Some(author) = author.filter(|_| draft.reply_ping).map(world::user)
                && !mentions.contains(&author)
            {
                mentions.push(author);
            }
        }
        json["mentions"] = json!(mentions);
        let roles = [world::BOT_ROLE, world::MODERATOR_ROLE].into_iter();
        let named = roles.filter(|role| guild.is_some() && draft.content.contains(&format!("<@&{role}>")));
        json["mention_roles"] = json!(named.map(|role| role.to_string()).collect::<Vec<_>>());
        let message = StoredMessage {
            json,
            author,
            channel: draft.channel,
            guild,
            body: Value::Null,
            ephemeral: false,
            deleted: false,
            interaction: None,
            edits: 0,
            at_ms,
        };
        for _ in 0..draft.times.max(1) {
            Self::dispatch(
                &mut state.sessions,
                &Event::Message { name: "MESSAGE_CREATE", message: &message },
            );
        }
        state.messages.insert(id, message);
        drop(state);
        self.touch();
        id
    }

    /// Its author changes a message.
    pub fn edit(&self, id: MessageId, content: &str) {
        let now = self.clock().timestamp();
        let mut state = self.lock();
        let state = &mut *state;
        if let Some(message) = state.messages.get_mut(&id) {
            message.json["content"] = json!(content);
            message.json["edited_timestamp"] = json!(now);
            message.json["mentions"] = json!(mentioned(content).map(world::user).collect::<Vec<_>>());
            Self::dispatch(&mut state.sessions, &Event::Message { name: "MESSAGE_UPDATE", message });
        }
        self.touch();
    }

    /// The message that this one replies to is no longer shown with it, as after its deletion long ago.
    pub fn hide_question(&self, reply: MessageId) {
        if let Some(message) = self.lock().messages.get_mut(&reply) {
            message.json["referenced_message"] = Value::Null;
        }
    }

    /// Somebody deletes a message.
    pub fn delete(&self, id: MessageId) {
        let mut state = self.lock();
        let state = &mut *state;
        if let Some(message) = state.messages.get_mut(&id) {
            message.deleted = true;
            Self::dispatch(&mut state.sessions, &Event::Deleted { id, message });
        }
        self.touch();
    }

    /// Somebody deletes several messages of one channel together, as moderators do.
    pub fn delete_together(&self, ids: &[MessageId]) {
        let mut state = self.lock();
        let state = &mut *state;
        for id in ids {
            if let Some(message) = state.messages.get_mut(id) {
                message.deleted = true;
            }
        }
        if let Some(message) = ids.first().and_then(|id| state.messages.get(id)) {
            Self::dispatch(&mut state.sessions, &Event::DeletedTogether { ids, message });
        }
        self.touch();
    }

    /// Changes the bot's permissions in a channel, as bits of [`world::permission`].
    pub fn set_bot_permissions(&self, channel: ChannelId, permissions: u64) {
        self.lock().bot_permissions.insert(channel, permissions);
    }

    /// The bot's permissions in a channel, as bits.
    #[must_use]
    pub fn bot_permissions(&self, channel: ChannelId) -> u64 {
        let changed = self.lock().bot_permissions.get(&channel).copied();
        changed.unwrap_or_else(|| world::bot_permissions(channel))
    }
}

/// The users that a text mentions, each once: `<@id>` and `<@!id>` of the world's users.
fn mentioned(content: &str) -> impl Iterator<Item = u64> + '_ {
    world::USERS
        .iter()
        .map(|(id, ..)| *id)
        .filter(move |id| content.contains(&format!("<@{id}>")) || content.contains(&format!("<@!{id}>")))
}
