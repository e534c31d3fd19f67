//! The ready-made world: one server "Sandbox" with its channels and people, a foreign server, and their wire forms.

use serde_json::{Value, json};

use super::clock::timestamp;
use super::{ChannelId, GuildId, UserId};

/// The application; its bot user has the same id.
pub const APPLICATION: u64 = 1_100_000_000_000_000_001;
/// The bot's user.
pub const BOT: UserId = APPLICATION;
/// The application's owner.
pub const OWNER: UserId = 1_100_000_000_000_000_009;
/// The server that the bot has joined.
pub const GUILD: GuildId = 1_100_000_000_000_000_100;
/// A server that the bot has not joined; interactions of a user who installed the app come from it.
pub const FOREIGN_GUILD: GuildId = 1_100_000_000_000_000_200;
/// #questions, where people ask.
pub const QUESTIONS: ChannelId = 1_100_000_000_000_000_101;
/// #staff, where moderators are.
pub const STAFF: ChannelId = 1_100_000_000_000_000_102;
/// A public thread of #questions.
pub const THREAD: ChannelId = 1_100_000_000_000_000_103;
/// #announcements: the bot sees it and may not write there.
pub const READ_ONLY: ChannelId = 1_100_000_000_000_000_104;
/// #council: the bot may not even see it.
pub const HIDDEN: ChannelId = 1_100_000_000_000_000_105;
/// #ideas, a forum.
pub const FORUM: ChannelId = 1_100_000_000_000_000_106;
/// A post of that forum; old, so that the gateway does not announce it.
pub const POST: ChannelId = 1_100_000_000_000_000_107;
/// A channel of the foreign server.
pub const FOREIGN_CHANNEL: ChannelId = 1_100_000_000_000_000_201;
/// A person who asks.
pub const ASKER: UserId = 1_100_000_000_000_000_301;
/// Another person who asks.
pub const SECOND_ASKER: UserId = 1_100_000_000_000_000_302;
/// A person with Manage Server.
pub const MODERATOR: UserId = 1_100_000_000_000_000_303;
/// Somebody else's bot.
pub const OTHER_BOT: UserId = 1_100_000_000_000_000_304;
/// A webhook of #questions.
pub const WEBHOOK: u64 = 1_100_000_000_000_000_305;
/// The direct channel of the asker and the bot.
pub const DM_ASKER: ChannelId = 1_100_000_000_000_000_401;
/// The direct channel of the second asker and the bot.
pub const DM_SECOND_ASKER: ChannelId = 1_100_000_000_000_000_402;
/// The direct channel of the moderator and the bot.
pub const DM_MODERATOR: ChannelId = 1_100_000_000_000_000_403;
/// The bot's own role, given to it when it joined.
pub const BOT_ROLE: u64 = 1_100_000_000_000_000_501;
/// The administrators' role; nobody but the owner has it.
pub const ADMINISTRATOR_ROLE: u64 = 1_100_000_000_000_000_503;
/// The moderators' role.
pub const MODERATOR_ROLE: u64 = 1_100_000_000_000_000_502;

/// The people and bots whose ids fit in `<@id>`.
pub(super) const USERS: [(UserId, &str, &str, bool); 6] = [
    (BOT, "registrar", "registrar", true),
    (OWNER, "owner", "Olive Owner", false),
    (ASKER, "asker", "Avery Asker", false),
    (SECOND_ASKER, "second_asker", "Sam Second", false),
    (MODERATOR, "moderator", "Morgan Moderator", false),
    (OTHER_BOT, "otherbot", "Other Bot", true),
];

/// The direct channels and whose they are.
pub(super) const DIRECT: [(ChannelId, UserId); 3] =
    [(DM_ASKER, ASKER), (DM_SECOND_ASKER, SECOND_ASKER), (DM_MODERATOR, MODERATOR)];

/// The server's channels: id, name, Discord's channel type.
const CHANNELS: [(ChannelId, &str, u8); 7] = [
    (QUESTIONS, "questions", 0),
    (STAFF, "staff", 0),
    (READ_ONLY, "announcements", 0),
    (HIDDEN, "council", 0),
    (THREAD, "a thread", 11),
    (FORUM, "ideas", 15),
    (POST, "a post", 11),
];

/// Permission bits that the sandbox checks.
pub mod permission {
    /// Administrator: everything.
    pub const ADMINISTRATOR: u64 = 1 << 3;
    /// Manage Server.
    pub const MANAGE_GUILD: u64 = 1 << 5;
    /// View Channel.
    pub const VIEW_CHANNEL: u64 = 1 << 10;
    /// Send Messages; without effect in threads.
    pub const SEND_MESSAGES: u64 = 1 << 11;
    /// Embed Links.
    pub const EMBED_LINKS: u64 = 1 << 14;
    /// Attach Files.
    pub const ATTACH_FILES: u64 = 1 << 15;
    /// Read Message History; needed to reply.
    pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
    /// Send Messages in Threads.
    pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
    /// What the bot asks for when it is invited.
    pub const INVITED: u64 =
        VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | READ_MESSAGE_HISTORY | SEND_MESSAGES_IN_THREADS;
    /// What an ordinary member has.
    pub const MEMBER: u64 = INVITED | ATTACH_FILES;
    /// What a moderator has.
    pub const MODERATOR: u64 = MEMBER | MANAGE_GUILD;
}

/// When the world began, for the fields that want a date: 2025-06-01.
fn began() -> String {
    timestamp(1_748_736_000_000)
}

/// The server of a channel, if it is one of the world's.
pub(super) fn guild_of(channel: ChannelId) -> Option<GuildId> {
    match channel {
        FOREIGN_CHANNEL => Some(FOREIGN_GUILD),
        _ if CHANNELS.iter().any(|(id, ..)| *id == channel) => Some(GUILD),
        _ => None,
    }
}

/// Whether it is a thread, or a post of a forum.
pub(super) fn is_thread(channel: ChannelId) -> bool {
    CHANNELS.iter().any(|(id, _, kind)| *id == channel && *kind == 11)
}

/// The server's channels without its threads, as REST lists them: hidden ones, too.
pub(super) fn channels() -> impl Iterator<Item = ChannelId> {
    CHANNELS.iter().filter(|(.., kind)| *kind != 11).map(|(id, ..)| *id)
}

/// The server's roles by id; the first one is everybody's.
pub(super) fn roles() -> Value {
    json!([
        role(GUILD, "@everyone", permission::MEMBER, false, 0),
        role(BOT_ROLE, "registrar", permission::INVITED, true, 1),
        role(MODERATOR_ROLE, "moderator", permission::MODERATOR, false, 2),
        role(ADMINISTRATOR_ROLE, "administrator", permission::ADMINISTRATOR, false, 3),
    ])
}

/// Whose direct channel it is.
pub(super) fn direct_partner(channel: ChannelId) -> Option<UserId> {
    DIRECT.iter().find(|(id, _)| *id == channel).map(|(_, user)| *user)
}

/// The direct channel of a user.
pub(super) fn direct_channel(user: UserId) -> Option<ChannelId> {
    DIRECT.iter().find(|(_, owner)| *owner == user).map(|(channel, _)| *channel)
}

/// The bot's permissions in a channel before a test changes them.
pub(super) fn bot_permissions(channel: ChannelId) -> u64 {
    match channel {
        READ_ONLY => permission::VIEW_CHANNEL | permission::READ_MESSAGE_HISTORY,
        HIDDEN => 0,
        _ => permission::INVITED,
    }
}

/// A member's permissions in the server "Sandbox".
pub(super) fn member_permissions(user: UserId) -> u64 {
    if user == MODERATOR { permission::MODERATOR } else { permission::MEMBER }
}

/// A user object; an unknown id is a person of that number.
pub(super) fn user(id: UserId) -> Value {
    let known = USERS.iter().find(|(known, ..)| *known == id);
    let (name, display, bot) = known
        .map_or((format!("user{id}"), format!("User {id}"), false), |(_, name, display, bot)| {
            ((*name).to_owned(), (*display).to_owned(), *bot)
        });
    let mut user = json!({
        "id": id.to_string(), "username": name, "global_name": display, "discriminator": "0",
        "avatar": null, "banner": null, "accent_color": null, "avatar_decoration_data": null,
        "collectibles": null, "display_name_styles": null, "primary_guild": null, "clan": null,
        "public_flags": 0, "flags": 0,
    });
    if bot {
        user["bot"] = json!(true);
    }
    user
}

/// The bot's own user as `/users/@me` and READY show it.
pub(super) fn current_user() -> Value {
    let mut user = user(BOT);
    user["verified"] = json!(true);
    user["mfa_enabled"] = json!(true);
    user["locale"] = json!("en-US");
    user["email"] = Value::Null;
    user
}

/// A member object, without its user.
pub(super) fn member(id: UserId) -> Value {
    let roles = match id {
        BOT => vec![BOT_ROLE.to_string()],
        MODERATOR => vec![MODERATOR_ROLE.to_string()],
        _ => Vec::new(),
    };
    json!({
        "nick": null, "avatar": null, "banner": null, "roles": roles, "joined_at": began(),
        "premium_since": null, "deaf": false, "mute": false, "flags": 0, "pending": false,
        "communication_disabled_until": null,
    })
}

/// A role object.
fn role(id: u64, name: &str, permissions: u64, managed: bool, position: u64) -> Value {
    let mut role = json!({
        "id": id.to_string(), "name": name, "color": 0, "hoist": false, "icon": null, "unicode_emoji": null,
        "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
        "position": position, "permissions": permissions.to_string(), "managed": managed,
        "mentionable": false, "flags": 0, "description": null,
    });
    if id == BOT_ROLE {
        role["tags"] = json!({"bot_id": BOT.to_string()});
    }
    role
}

/// A channel object, or nothing for an id that the bot does not know.
pub(super) fn channel(id: ChannelId) -> Option<Value> {
    if let Some(partner) = direct_partner(id) {
        return Some(json!({
            "id": id.to_string(), "type": 1, "last_message_id": null, "flags": 0, "recipients": [user(partner)],
        }));
    }
    let (_, name, kind) = CHANNELS.iter().find(|(known, ..)| *known == id)?;
    let mut channel = json!({
        "id": id.to_string(), "type": kind, "guild_id": GUILD.to_string(), "name": name,
        "flags": 0, "last_message_id": null, "rate_limit_per_user": 0,
    });
    if *kind == 11 {
        channel["parent_id"] = json!(if id == POST { FORUM } else { QUESTIONS }.to_string());
        channel["owner_id"] = json!(ASKER.to_string());
        channel["message_count"] = json!(0);
        channel["member_count"] = json!(1);
        channel["total_message_sent"] = json!(0);
        channel["thread_metadata"] = json!({
            "archived": false, "auto_archive_duration": 1440, "archive_timestamp": began(),
            "locked": false, "create_timestamp": began(),
        });
    } else {
        channel["parent_id"] = Value::Null;
        channel["position"] = json!(0);
        channel["topic"] = Value::Null;
        channel["nsfw"] = json!(false);
        channel["permission_overwrites"] = json!([]);
    }
    Some(channel)
}

/// The server's own fields, as REST and GUILD_CREATE share them.
pub(super) fn guild() -> Value {
    let identity = json!({
        "id": GUILD.to_string(), "name": "Sandbox", "icon": null, "icon_hash": null, "description": null,
        "home_header": null, "splash": null, "discovery_splash": null, "features": [], "banner": null,
        "owner_id": OWNER.to_string(), "application_id": null, "region": "us-east", "afk_channel_id": null,
        "afk_timeout": 300, "system_channel_id": QUESTIONS.to_string(), "system_channel_flags": 0,
        "widget_enabled": false, "widget_channel_id": null, "verification_level": 1,
    });
    let rules = json!({
        "roles": roles(),
        "default_message_notifications": 1, "mfa_level": 0, "explicit_content_filter": 2,
        "max_presences": null, "max_members": 500_000, "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25, "vanity_url_code": null, "premium_tier": 0,
        "premium_subscription_count": 0, "preferred_locale": "en-US", "rules_channel_id": null,
        "safety_alerts_channel_id": null, "public_updates_channel_id": null,
        "premium_progress_bar_enabled": false, "premium_progress_bar_enabled_user_updated_at": null,
        "nsfw": false, "nsfw_level": 0, "emojis": [], "stickers": [], "incidents_data": null,
        "hub_type": null, "latest_onboarding_question_id": null,
    });
    merged(identity, rules)
}

/// The `d` of GUILD_CREATE: the server with everything that only the gateway sends.
pub(super) fn guild_create() -> Value {
    let mut guild = guild();
    let channels: Vec<Value> = CHANNELS
        .iter()
        .filter(|(id, _, kind)| *kind != 11 && *id != HIDDEN)
        .filter_map(|(id, ..)| channel(*id))
        .collect();
    let members: Vec<Value> = USERS
        .iter()
        .map(|(id, ..)| {
            let mut member = member(*id);
            member["user"] = user(*id);
            member
        })
        .collect();
    guild["joined_at"] = json!(began());
    guild["large"] = json!(false);
    guild["unavailable"] = json!(false);
    guild["member_count"] = json!(members.len());
    guild["voice_states"] = json!([]);
    guild["members"] = json!(members);
    guild["channels"] = json!(channels);
    guild["threads"] = json!(channel(THREAD).into_iter().collect::<Vec<_>>());
    guild["presences"] = json!([]);
    guild["stage_instances"] = json!([]);
    guild["guild_scheduled_events"] = json!([]);
    guild["soundboard_sounds"] = json!([]);
    guild
}

/// The application object.
pub(super) fn application() -> Value {
    let identity = json!({
        "id": APPLICATION.to_string(), "name": "registrar", "icon": null, "description": "The local sandbox.",
        "summary": "", "type": null, "is_monetized": false, "is_verified": false,
        "is_discoverable": false, "storefront_available": false, "discoverability_state": 1,
        "discovery_eligibility_flags": 0, "creator_monetization_state": 1, "monetization_eligibility_flags": 0,
        "monetization_state": 1, "verification_state": 1, "store_application_state": 1, "rpc_application_state": 0,
        "internal_guild_restriction": 1,
    });
    let integration = json!({
        "integration_public": true, "integration_require_code_grant": false,
        "interactions_event_types": [], "interactions_version": 1, "event_webhooks_status": 1,
        "explicit_content_filter": 0, "approximate_guild_count": 1, "approximate_user_install_count": 1,
        "approximate_user_authorization_count": 0, "redirect_uris": [],
        "eligible_oauth2_scopes": ["bot", "applications.commands"],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null, "tags": [], "integration_types_config": {"0": {}, "1": {}},
        "bot_public": true, "bot_require_code_grant": false, "verify_key": "0".repeat(64), "flags": 0,
        "flags_new": "0", "owner": user(OWNER), "team": null, "bot": user(BOT), "max_participants": null, "hook": true,
    });
    merged(identity, integration)
}

/// Two objects as one; long ones are written in parts because the `json!` macro recurses.
fn merged(mut left: Value, right: Value) -> Value {
    if let (Value::Object(left), Value::Object(right)) = (&mut left, right) {
        left.extend(right);
    }
    left
}
