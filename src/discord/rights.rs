//! Who may do what to the corpus and to other people's messages. Decided from the interaction's payload on every call: what Discord shows in its
//! menus is only a default that servers can change.

use serenity::model::Permissions;

use super::incoming::Caller;

/// Why somebody may not; the text is for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not in a server.
    #[error("`/corpus` works only in a server, not in direct messages.")]
    NotInServer,
    /// A server that the operator did not list.
    #[error(
        "The corpus is shared by all servers, so `/corpus` works only where registrar's operator allows it \
         (`corpus_servers` in its configuration). This server is not on that list."
    )]
    ServerNotListed,
    /// A member without the right.
    #[error(
        "You need the permission Manage Server for `/corpus`. A server administrator can give it to you."
    )]
    NotManager,
}

/// Whether the caller may look after the corpus. The server comes first: somebody else's permissions in another server
/// (the app can be installed by users) count for nothing here.
pub fn may_manage_corpus(caller: &Caller, corpus_servers: &[u64]) -> Result<(), Refusal> {
    let server = caller.server.ok_or(Refusal::NotInServer)?;
    if !corpus_servers.contains(&server.get()) {
        return Err(Refusal::ServerNotListed);
    }
    let permissions = caller.permissions.ok_or(Refusal::NotManager)?;
    if permissions.intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR) {
        Ok(())
    } else {
        Err(Refusal::NotManager)
    }
}

/// Whether the caller looks after the messages of the channel. Somebody who only has a permission in a server that the app
/// was not invited to cannot use this: what the bot may not write, Discord refuses.
pub fn may_manage_messages(caller: &Caller) -> bool {
    let managing = Permissions::MANAGE_MESSAGES | Permissions::ADMINISTRATOR;
    caller.server.is_some() && caller.permissions.is_some_and(|permissions| permissions.intersects(managing))
}

#[cfg(test)]
mod tests {
    use serenity::model::id::{GuildId, UserId};

    use super::*;

    #[test]
    fn the_whole_truth_table() {
        let sets = [
            (None, false),
            (Some(Permissions::empty()), false),
            (Some(Permissions::MANAGE_GUILD), true),
            (Some(Permissions::ADMINISTRATOR), true),
            (Some(Permissions::MANAGE_GUILD | Permissions::SEND_MESSAGES), true),
            (Some(Permissions::all() - Permissions::MANAGE_GUILD - Permissions::ADMINISTRATOR), false),
            (Some(Permissions::MANAGE_CHANNELS), false),
            (Some(Permissions::all()), true),
        ];
        for (permissions, manager) in sets {
            for server in [None, Some(7), Some(8)] {
                for listed in [&[][..], &[7], &[7, 8]] {
                    let caller =
                        Caller { user: UserId::new(1), server: server.map(GuildId::new), permissions };
                    let expected = match server {
                        None => Err(Refusal::NotInServer),
                        Some(server) if !listed.contains(&server) => Err(Refusal::ServerNotListed),
                        Some(_) if manager => Ok(()),
                        Some(_) => Err(Refusal::NotManager),
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
            let caller = Caller { user: UserId::new(1), server: server.map(GuildId::new), permissions };
            assert_eq!(may_manage_messages(&caller), may, "{caller:?}");
        }
    }
}
