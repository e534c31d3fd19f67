//! Who may do what. Decided from the interaction's payload on every call: what Discord shows in its menus is only a
//! default that servers can change.

use serenity::model::Permissions;
use serenity::model::id::GuildId;

use super::incoming::Caller;
use crate::store::ServerSettings;

/// Why somebody may not; the text is for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not in a server.
    #[error("`{0}` works only in a server, not in direct messages.")]
    NotInServer(&'static str),
    /// A server that the operator did not list.
    #[error(
        "The corpus is shared by all servers, so `/corpus` works only where registrar's operator allows it \
         (`corpus_servers` in its configuration). This server is not on that list."
    )]
    ServerNotListed,
    /// A server in which the bot is no member.
    #[error("I am no member of this server, so there is nothing to set here. An administrator can add me.")]
    BotNotMember,
    /// A member without the right.
    #[error("You need the permission Manage Server for `{0}`. A server administrator can give it to you.")]
    NotManager(&'static str),
}

/// Whether the caller may look after the corpus. The server comes first: somebody else's permissions in another server
/// (the app can be installed by users) count for nothing here.
pub fn may_manage_corpus(caller: &Caller, corpus_servers: &[u64]) -> Result<(), Refusal> {
    let server = caller.server.ok_or(Refusal::NotInServer("/corpus"))?;
    if !corpus_servers.contains(&server.get()) {
        return Err(Refusal::ServerNotListed);
    }
    if manages_server(caller) { Ok(()) } else { Err(Refusal::NotManager("/corpus")) }
}

/// Whether the caller may change the settings of the server that they are in: that server.
pub fn may_change_settings(caller: &Caller) -> Result<GuildId, Refusal> {
    let server = caller.server.ok_or(Refusal::NotInServer("/settings"))?;
    if !caller.bot_is_member {
        return Err(Refusal::BotNotMember);
    }
    if manages_server(caller) { Ok(server) } else { Err(Refusal::NotManager("/settings")) }
}

/// Whether the caller is a moderator of the server that they are in: by Manage Server, or by the role that its settings
/// name. In a server that the bot is no member of nobody is.
pub fn is_moderator(caller: &Caller, settings: &ServerSettings) -> bool {
    let has_role = || {
        let role = settings.moderator_role;
        role.is_some_and(|role| caller.roles.iter().any(|own| own.get() == role))
    };
    caller.server.is_some() && caller.bot_is_member && (manages_server(caller) || has_role())
}

fn manages_server(caller: &Caller) -> bool {
    let rights = Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR;
    caller.permissions.is_some_and(|permissions| permissions.intersects(rights))
}

/// Whether the caller looks after the messages of the channel. Somebody who only has a permission in a server that the app
/// was not invited to cannot use this: what the bot may not write, Discord refuses.
pub fn may_manage_messages(caller: &Caller) -> bool {
    let managing = Permissions::MANAGE_MESSAGES | Permissions::ADMINISTRATOR;
    caller.server.is_some() && caller.permissions.is_some_and(|permissions| permissions.intersects(managing))
}

#[cfg(test)]
mod tests {
    use serenity::model::id::{GuildId, RoleId, UserId};

    use super::*;

    /// Permissions, and whether they make a manager.
    const SETS: [(Option<Permissions>, bool); 8] = [
        (None, false),
        (Some(Permissions::empty()), false),
        (Some(Permissions::MANAGE_GUILD), true),
        (Some(Permissions::ADMINISTRATOR), true),
        (Some(Permissions::MANAGE_GUILD.union(Permissions::SEND_MESSAGES)), true),
        (
            Some(Permissions::all().difference(Permissions::MANAGE_GUILD.union(Permissions::ADMINISTRATOR))),
            false,
        ),
        (Some(Permissions::MANAGE_CHANNELS), false),
        (Some(Permissions::all()), true),
    ];

    fn caller(server: Option<u64>, permissions: Option<Permissions>) -> Caller {
        let server = server.map(GuildId::new);
        Caller { user: UserId::new(1), server, bot_is_member: true, permissions, roles: Vec::new() }
    }

    #[test]
    fn the_whole_truth_table_of_the_corpus() {
        for (permissions, manager) in SETS {
            for server in [None, Some(7), Some(8)] {
                for listed in [&[][..], &[7], &[7, 8]] {
                    let caller = caller(server, permissions);
                    let expected = match server {
                        None => Err(Refusal::NotInServer("/corpus")),
                        Some(server) if !listed.contains(&server) => Err(Refusal::ServerNotListed),
                        Some(_) if manager => Ok(()),
                        Some(_) => Err(Refusal::NotManager("/corpus")),
                    };
                    assert_eq!(may_manage_corpus(&caller, listed), expected, "{caller:?} {listed:?}");
                }
            }
        }
    }

    #[test]
    fn only_who_manages_messages_answers_for_others() {
        for (server, permissions, may) in [
            (None, Some(Permissions::all()), false),
            (Some(7), None, false),
            (Some(7), Some(Permissions::empty()), false),
            (Some(7), Some(Permissions::MANAGE_GUILD), false),
            (Some(7), Some(Permissions::MANAGE_MESSAGES), true),
            (Some(7), Some(Permissions::ADMINISTRATOR), true),
        ] {
            let caller = caller(server, permissions);
            assert_eq!(may_manage_messages(&caller), may, "{caller:?}");
        }
    }

    #[test]
    fn the_whole_truth_table_of_settings_and_moderators() {
        for (permissions, manager) in SETS {
            for server in [None, Some(7)] {
                for bot_is_member in [false, true] {
                    for (role, has_role) in [(None, false), (Some(5), true), (Some(6), false)] {
                        let roles = vec![RoleId::new(4), RoleId::new(5)];
                        let caller = Caller { bot_is_member, roles, ..caller(server, permissions) };
                        let expected = match server {
                            None => Err(Refusal::NotInServer("/settings")),
                            Some(_) if !bot_is_member => Err(Refusal::BotNotMember),
                            Some(server) if manager => Ok(GuildId::new(server)),
                            Some(_) => Err(Refusal::NotManager("/settings")),
                        };
                        assert_eq!(may_change_settings(&caller), expected, "{caller:?}");
                        let settings = ServerSettings { moderator_role: role, ..ServerSettings::default() };
                        let moderator = server.is_some() && bot_is_member && (manager || has_role);
                        assert_eq!(is_moderator(&caller, &settings), moderator, "{caller:?} {role:?}");
                    }
                }
            }
        }
    }
}
