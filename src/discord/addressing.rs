//! Whether a message speaks to the bot, and what it asks. Quiet by default: only an explicit mention, a direct message,
//! or a reply that pings; never bots, webhooks, system messages, or talk between other people. In a listened channel also
//! a question that is meant for nobody in particular.

use serenity::model::channel::{Message, MessageType};
use serenity::model::event::MessageUpdateEvent;
use serenity::model::id::{RoleId, UserId};
use serenity::model::user::User;

use crate::render::discord::question_of;

/// A message that asks the bot something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The question, without the mention.
    pub question: String,
    /// The question of the card it replies to.
    pub follows: Option<String>,
}

/// A message as far as it matters here: as it was posted, or as an edit left it.
#[derive(Debug, Clone, Copy)]
pub struct Spoken<'a> {
    /// Who wrote it.
    pub author: &'a User,
    /// Its text.
    pub content: &'a str,
    /// Whether it stands in a server.
    pub in_server: bool,
    webhook: bool,
    kind: MessageType,
    everyone: bool,
    mentions: &'a [User],
    mention_roles: &'a [RoleId],
    replies: bool,
    replied_to: Option<&'a Message>,
}

impl<'a> Spoken<'a> {
    /// A message that was posted.
    pub fn posted(message: &'a Message) -> Self {
        Self {
            author: &message.author,
            content: &message.content,
            in_server: message.guild_id.is_some(),
            webhook: message.webhook_id.is_some(),
            kind: message.kind,
            everyone: message.mention_everyone,
            mentions: &message.mentions,
            mention_roles: &message.mention_roles,
            replies: message.message_reference.is_some(),
            replied_to: message.referenced_message.as_deref(),
        }
    }

    /// A message that was edited; `None` if the event does not hold all of it.
    pub fn edited(event: &'a MessageUpdateEvent) -> Option<Self> {
        Some(Self {
            author: event.author.as_ref()?,
            content: event.content.as_deref()?,
            in_server: event.guild_id.is_some(),
            webhook: event.webhook_id.flatten().is_some(),
            kind: event.kind?,
            everyone: event.mention_everyone.unwrap_or_default(),
            mentions: event.mentions.as_deref()?,
            mention_roles: event.mention_roles.as_deref().unwrap_or_default(),
            replies: event.message_reference.as_ref().is_some_and(Option::is_some),
            replied_to: event.referenced_message.as_ref().and_then(Option::as_deref),
        })
    }

    fn by_a_person(&self, me: UserId) -> bool {
        let person = !self.author.bot && !self.author.system && self.author.id != me && !self.webhook;
        person && matches!(self.kind, MessageType::Regular | MessageType::InlineReply)
    }
}

/// What a message asks the bot whose id is `me` and whose own role in that server is `my_role`; `None`: nothing.
pub fn request(message: &Spoken<'_>, me: UserId, my_role: Option<RoleId>) -> Option<Request> {
    if !message.by_a_person(me) {
        return None;
    }
    let replied_to = message.replied_to.filter(|replied| replied.author.id == me);
    let pinged = message.mentions.iter().any(|user| user.id == me);
    let mut question = message.content.to_owned();
    if message.in_server {
        let mentions = mentions_in(message.content);
        let named = pinged && mentions.contains(&Mention::User(me.get()));
        let role_named = my_role.is_some_and(|role| message.mention_roles.contains(&role));
        // Written out, and a real mention: a reply's own ping is not written, and a made-up id is only text.
        let to_others = mentions.iter().any(|mention| match mention {
            Mention::User(id) => *id != me.get() && message.mentions.iter().any(|user| user.id.get() == *id),
            Mention::Role(id) => {
                my_role.is_none_or(|mine| *id != mine.get())
                    && message.mention_roles.iter().any(|role| role.get() == *id)
            }
        });
        let to_me = named || role_named || (pinged && replied_to.is_some());
        if !to_me || to_others {
            return None;
        }
    }
    for spelling in spellings(me, my_role) {
        question = question.replace(&spelling, " ");
    }
    let follows = replied_to.and_then(|card| question_of(&card.content));
    Some(Request { question: question.trim().to_owned(), follows })
}

/// A question that is longer than this many characters is a story, not a question to nobody in particular.
const LONGEST_OVERHEARD: usize = 300;

/// What somebody asks in a listened channel without naming anybody; `None`: it is no question, or is meant for somebody.
pub fn overheard(message: &Spoken<'_>, me: UserId) -> Option<Request> {
    let replies_to_me = message.replied_to.is_some_and(|replied| replied.author.id == me);
    let named_none = message.mentions.iter().all(|user| replies_to_me && user.id == me)
        && message.mention_roles.is_empty()
        && !message.everyone
        && mentions_in(message.content).is_empty();
    let to_nobody = named_none && (!message.replies || replies_to_me);
    let question = message.content.trim();
    let short = question.chars().count() <= LONGEST_OVERHEARD;
    if !message.in_server || !message.by_a_person(me) || !to_nobody || !short || !is_question(question) {
        return None;
    }
    let card = message.replied_to.filter(|_| replies_to_me);
    let follows = card.and_then(|card| question_of(&card.content));
    Some(Request { question: question.to_owned(), follows })
}

/// Whether somebody wrote a question mark behind a word: the only sign that holds for certain. An address may hold one, too.
fn is_question(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let word = word.trim_end_matches(['"', '\'', ')', '*', '_', '!', '\u{201d}', '\u{2019}']);
        let asked = word.trim_end_matches(['?', '\u{ff1f}', '!']);
        asked != word && asked.chars().any(char::is_alphanumeric) && !asked.contains("://")
    })
}

fn spellings(me: UserId, my_role: Option<RoleId>) -> Vec<String> {
    let user = [format!("<@{me}>"), format!("<@!{me}>")];
    user.into_iter().chain(my_role.map(|role| format!("<@&{role}>"))).collect()
}

/// A mention as it is written in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mention {
    User(u64),
    Role(u64),
}

/// All explicit mentions of a text; `@everyone` and `@here` are none.
fn mentions_in(text: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for part in text.split("<@").skip(1) {
        let Some((id, _)) = part.split_once('>') else { continue };
        let mention = match id.strip_prefix('&') {
            Some(role) => role.parse().map(Mention::Role),
            None => id.strip_prefix('!').unwrap_or(id).parse().map(Mention::User),
        };
        mentions.extend(mention);
    }
    mentions
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const ME: u64 = 100;
    const MY_ROLE: u64 = 101;

    /// A message of user 1 in a server; `changes` overwrites its fields.
    fn message(content: &str, mentions: &[u64], changes: Value) -> Message {
        let user = |id: u64| json!({ "id": id.to_string(), "username": "name", "discriminator": "0", "avatar": null });
        let mut message = json!({
            "id": "5", "channel_id": "6", "guild_id": "7", "author": user(1), "content": content,
            "timestamp": "2026-01-01T00:00:00.000000+00:00", "edited_timestamp": null, "tts": false,
            "mention_everyone": false, "mentions": mentions.iter().map(|id| user(*id)).collect::<Vec<_>>(),
            "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 0,
        });
        for (name, value) in changes.as_object().unwrap() {
            message[name] = value.clone();
        }
        serde_json::from_value(message).unwrap()
    }

    #[track_caller]
    fn check(content: &str, mentions: &[u64], changes: Value, expected: Option<(&str, Option<&str>)>) {
        let message = message(content, mentions, changes);
        let request = request(&Spoken::posted(&message), UserId::new(ME), Some(RoleId::new(MY_ROLE)));
        let expected = expected.map(|(question, follows)| Request {
            question: question.to_owned(),
            follows: follows.map(str::to_owned),
        });
        assert_eq!(request, expected, "{content}");
    }

    fn by_me(content: &str) -> Value {
        let me = json!({ "id": ME.to_string(), "username": "me", "discriminator": "0", "avatar": null, "bot": true });
        let card = message(content, &[], json!({ "author": me }));
        json!({ "type": 19, "referenced_message": card, "message_reference": { "channel_id": "6", "message_id": "5" } })
    }

    #[test]
    fn explicit_mentions_are_questions() {
        check("<@100> when?", &[ME], json!({}), Some(("when?", None)));
        check("when, <@!100>?", &[ME], json!({}), Some(("when,  ?", None)));
        check("<@100>", &[ME], json!({}), Some(("", None)));
        check("<@&101> when?", &[], json!({ "mention_roles": ["101"] }), Some(("when?", None)));
        check(
            "<@100> tell @everyone",
            &[ME],
            json!({ "mention_everyone": true }),
            Some(("tell @everyone", None)),
        );
    }

    #[test]
    fn everything_else_in_a_server_is_not() {
        check("when?", &[], json!({}), None);
        check("@everyone when?", &[], json!({ "mention_everyone": true }), None);
        check("@everyone when?", &[ME], json!({ "mention_everyone": true }), None);
        check("<@100> written, but not a mention", &[], json!({}), None);
        check("<@100> <@2> when?", &[ME, 2], json!({}), None);
        check("<@&55> when?", &[], json!({ "mention_roles": ["55"] }), None);
        check("<@100> <@&55> when?", &[ME], json!({ "mention_roles": ["55"] }), None);
    }

    #[test]
    fn bots_webhooks_and_system_messages_are_not() {
        let bot = json!({ "id": "1", "username": "b", "discriminator": "0", "avatar": null, "bot": true });
        check("<@100> when?", &[ME], json!({ "author": bot }), None);
        check("<@100> when?", &[ME], json!({ "webhook_id": "1" }), None);
        check("<@100> when?", &[ME], json!({ "type": 7 }), None);
        let me = json!({ "id": "100", "username": "me", "discriminator": "0", "avatar": null });
        check("<@100> when?", &[ME], json!({ "author": me }), None);
    }

    #[test]
    fn direct_messages_are_questions() {
        check("when?", &[], json!({ "guild_id": null }), Some(("when?", None)));
        check("when, <@2>?", &[2], json!({ "guild_id": null }), Some(("when, <@2>?", None)));
    }

    #[test]
    fn a_reply_that_pings_follows_its_card() {
        let card = "**9**\n-# Indexed 2026-01-01\n-# Asked: when \\*exactly\\*?";
        check("and where?", &[ME], by_me(card), Some(("and where?", Some("when *exactly*?"))));
        check("and where?", &[ME], by_me("not a card"), Some(("and where?", None)));
        check("and where?", &[], by_me(card), None);
        check("<@2> look", &[ME, 2], by_me(card), None);
    }

    #[track_caller]
    fn check_overheard(content: &str, mentions: &[u64], changes: Value, expected: Option<Option<&str>>) {
        let message = message(content, mentions, changes);
        let found = overheard(&Spoken::posted(&message), UserId::new(ME)).map(|request| request.follows);
        assert_eq!(found, expected.map(|follows| follows.map(str::to_owned)), "{content}");
    }

    #[test]
    fn questions_to_nobody_are_overheard() {
        for content in [
            "when does it open?",
            "Hello all. What does it cost? Thanks!",
            "\"how long?!\"",
            "(where?)",
            "how?? please",
        ] {
            check_overheard(content, &[], json!({}), Some(None));
        }
        let card = "**9**\n-# Asked: when?";
        check_overheard("and where?", &[], by_me(card), Some(Some("when?")));
    }

    #[test]
    fn what_is_no_question_or_for_somebody_is_not() {
        let long = "why ".repeat(100) + "?";
        for content in [
            "it opens at 9",
            "?",
            "???",
            "what the",
            "see https://a.example/?q=1",
            "https://a.example/b?",
            &long,
        ] {
            check_overheard(content, &[], json!({}), None);
        }
        check_overheard("when?", &[], json!({ "guild_id": null }), None);
        check_overheard("<@2> when?", &[2], json!({}), None);
        check_overheard("<@3> when?", &[], json!({}), None);
        check_overheard("<@&55> when?", &[], json!({ "mention_roles": ["55"] }), None);
        check_overheard("@everyone when?", &[], json!({ "mention_everyone": true }), None);
        let bot = json!({ "id": "1", "username": "b", "discriminator": "0", "avatar": null, "bot": true });
        check_overheard("when?", &[], json!({ "author": bot }), None);
        let to_other = message("it opens at 9", &[], json!({}));
        let reply = json!({
            "type": 19, "referenced_message": serde_json::to_value(to_other).unwrap(),
            "message_reference": { "channel_id": "6", "message_id": "5" },
        });
        check_overheard("really?", &[1], reply.clone(), None);
        check_overheard("really?", &[], reply, None);
        let gone = json!({ "type": 19, "message_reference": { "channel_id": "6", "message_id": "5" } });
        check_overheard("really?", &[], gone, None);
    }
}
