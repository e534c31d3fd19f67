//! What a test or the terminal says: drafts of messages and interactions, as plain values.

use serde_json::{Value, json};

use super::world;
use super::{ChannelId, MessageId, UserId};

/// A message that somebody is about to post.
#[derive(Debug, Clone)]
pub struct MessageDraft {
    /// Who posts it. The author's kind (person, bot) follows from the world.
    pub author: UserId,
    /// Where: a channel of the world, a thread, or a direct channel ([`world::DM_ASKER`] and the like).
    pub channel: ChannelId,
    /// The text. `<@id>` of a known user fills the mentions, as in Discord.
    pub content: String,
    /// Whether it really pings everyone (the author had the right to).
    pub mention_everyone: bool,
    /// The message it replies to.
    pub reply_to: Option<MessageId>,
    /// Whether that reply pings its author (Discord's default).
    pub reply_ping: bool,
    /// Posted by the world's webhook instead of a user.
    pub webhook: bool,
    /// How often the event is delivered: 1, or more for a duplicate with the same id.
    pub times: u32,
    /// Discord's message type: 0 for an ordinary one (replies become 19), others for system messages.
    pub kind: u8,
}

impl MessageDraft {
    /// An ordinary message.
    #[must_use]
    pub fn new(author: UserId, channel: ChannelId, content: impl Into<String>) -> Self {
        MessageDraft {
            author,
            channel,
            content: content.into(),
            mention_everyone: false,
            reply_to: None,
            reply_ping: true,
            webhook: false,
            times: 1,
            kind: 0,
        }
    }

    /// The asker mentions the bot in #questions.
    #[must_use]
    pub fn question(text: &str) -> Self {
        Self::new(world::ASKER, world::QUESTIONS, format!("<@{}> {text}", world::BOT))
    }

    /// The asker writes to the bot directly.
    #[must_use]
    pub fn dm(text: &str) -> Self {
        Self::new(world::ASKER, world::DM_ASKER, text)
    }

    /// The asker replies to a message in #questions, with a ping.
    #[must_use]
    pub fn reply(to: MessageId, text: &str) -> Self {
        Self { reply_to: Some(to), ..Self::new(world::ASKER, world::QUESTIONS, text) }
    }
}

/// Where an interaction happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a channel of the server "Sandbox".
    Guild {
        /// One of the server's channels.
        channel: ChannelId,
    },
    /// In the user's direct messages with the bot: no `member`.
    Dm,
    /// In a server that the bot has not joined: its user installed the app. Permissions are that server's.
    ForeignGuild,
}

/// A slash command that somebody is about to use.
#[derive(Debug, Clone)]
pub struct InteractionDraft {
    /// Who uses it.
    pub user: UserId,
    /// Where.
    pub place: Place,
    /// The command's name without the slash.
    pub command: String,
    /// The subcommand, if the command has them.
    pub subcommand: Option<String>,
    /// Option values by name, as JSON: text, integer, number or boolean.
    pub options: Vec<(String, Value)>,
    /// Files that are attached, as Discord describes them, by id; an option's value names one.
    pub attachments: Vec<(String, Value)>,
    /// The member's permissions as bits, instead of those that the world gives.
    pub member_permissions: Option<u64>,
    /// Leaves `member` out although the place is a server, as crafted and future payloads may.
    pub without_member: bool,
    /// How often the event is delivered: 1, or more for a duplicate with the same id.
    pub times: u32,
    /// The user's language.
    pub locale: String,
}

impl InteractionDraft {
    /// The asker uses a command in #questions.
    #[must_use]
    pub fn new(command: &str) -> Self {
        InteractionDraft {
            user: world::ASKER,
            place: Place::Guild { channel: world::QUESTIONS },
            command: command.to_owned(),
            subcommand: None,
            options: Vec::new(),
            attachments: Vec::new(),
            member_permissions: None,
            without_member: false,
            times: 1,
            locale: "en-US".to_owned(),
        }
    }

    /// `/ask question:`, in #questions by the asker.
    #[must_use]
    pub fn ask(question: &str) -> Self {
        Self::new("ask").option("question", json!(question))
    }

    /// Adds an option's value.
    #[must_use]
    pub fn option(mut self, name: &str, value: Value) -> Self {
        self.options.push((name.to_owned(), value));
        self
    }

    /// Attaches a file as an option's value. Its bytes lie wherever `url` says: the local Discord keeps no files.
    #[must_use]
    pub fn attach(mut self, name: &str, filename: &str, size: u64, url: &str) -> Self {
        let id = (1_100_000_000_000_009_000 + self.attachments.len() as u64).to_string();
        let described = json!({
            "id": id, "filename": filename, "size": size, "url": url, "proxy_url": url, "ephemeral": true,
            "content_type": "text/plain",
        });
        self.attachments.push((id.clone(), described));
        self.option(name, json!(id))
    }

    /// Chooses the subcommand.
    #[must_use]
    pub fn subcommand(mut self, name: &str) -> Self {
        self.subcommand = Some(name.to_owned());
        self
    }

    /// Another user.
    #[must_use]
    pub fn by(mut self, user: UserId) -> Self {
        self.user = user;
        self
    }

    /// Another place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }
}
