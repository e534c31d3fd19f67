//! Whether a message speaks to the bot, and what it asks. Quiet by default: only an explicit mention, a direct message,
//! or a reply that pings; never bots, webhooks, system messages, or talk between other people.

use serenity::model::channel::{Message, MessageType};
use serenity::model::id::{RoleId, UserId};

use crate::render::discord::question_of;

/// A message that asks the bot something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The question, without the mention.
    pub question: String,
    /// The question of the card it replies to.
    pub follows: Option<String>,
}

/// What a message asks the bot whose id is `me` and whose own role in that server is `my_role`; `None`: nothing.
pub fn request(message: &Message, me: UserId, my_role: Option<RoleId>) -> Option<Request> {
    let author = &message.author;
    let from_a_person = !author.bot && !author.system && author.id != me && message.webhook_id.is_none();
    let ordinary = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    if !from_a_person || !ordinary {
        return None;
    }
    let replied_to = message.referenced_message.as_deref().filter(|replied| replied.author.id == me);
    let pinged = message.mentions.iter().any(|user| user.id == me);
    let mut question = message.content.clone();
    if message.guild_id.is_some() {
        let mentions = mentions_in(&message.content);
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
        let request = request(&message, UserId::new(ME), Some(RoleId::new(MY_ROLE)));
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
}
