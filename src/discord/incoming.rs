//! An interaction as the handlers see it: who, where, until when, and how to respond; the same for commands and
//! buttons, from the gateway or from an HTTP endpoint.

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use serenity::model::Permissions;
use serenity::model::application::{CommandInteraction, ComponentInteraction};
use serenity::model::guild::Member;
use serenity::model::id::{ApplicationId, ChannelId, GuildId, InteractionId, UserId};
use tokio::time::Instant;

use super::outbox::{self, Reply};
use super::rest::{Rest, RestError};

/// An interaction, without what is particular to its kind.
pub struct Incoming {
    /// Its id.
    pub id: InteractionId,
    /// Its token, valid for 15 minutes and secret.
    pub token: String,
    /// The application it is for.
    pub application: ApplicationId,
    /// Where it happened.
    pub channel: ChannelId,
    /// Who did it.
    pub caller: Caller,
    /// When the first response must have been made.
    pub respond_by: Instant,
    progress: AtomicU8,
}

/// Who did something, and with which rights, as the payload says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// The user.
    pub user: UserId,
    /// The server, if it happened in one.
    pub server: Option<GuildId>,
    /// Their permissions there; `None` without a member in the payload.
    pub permissions: Option<Permissions>,
}

/// Nothing was said to the user yet.
const OPEN: u8 = 0;
/// The user sees a sign that an answer will come.
const DEFERRED: u8 = 1;
/// The user has an answer.
const ANSWERED: u8 = 2;

impl Incoming {
    /// A command, to be responded to within `patience`.
    pub fn from_command(command: &CommandInteraction, patience: Duration) -> Self {
        let caller = caller(command.user.id, command.guild_id, command.member.as_deref());
        let place = (command.application_id, command.channel_id);
        Self::new(command.id, &command.token, place, caller, patience)
    }

    /// A pressed button, to be responded to within `patience`.
    pub fn from_component(component: &ComponentInteraction, patience: Duration) -> Self {
        let caller = caller(component.user.id, component.guild_id, component.member.as_ref());
        let place = (component.application_id, component.channel_id);
        Self::new(component.id, &component.token, place, caller, patience)
    }

    fn new(
        id: InteractionId,
        token: &str,
        (application, channel): (ApplicationId, ChannelId),
        caller: Caller,
        patience: Duration,
    ) -> Self {
        let respond_by = Instant::now() + patience;
        Self {
            id,
            token: token.to_owned(),
            application,
            channel,
            caller,
            respond_by,
            progress: AtomicU8::new(OPEN),
        }
    }

    /// Tells the user that an answer will come, and who will see it.
    ///
    /// # Errors
    /// [`RestError`].
    pub async fn defer(&self, rest: &Rest, private: bool) -> Result<(), RestError> {
        outbox::defer(rest, self, private).await?;
        self.progress.store(DEFERRED, Ordering::Release);
        Ok(())
    }

    /// Says something to the user, once: as the first response, or in place of the sign that an answer will come.
    ///
    /// # Errors
    /// [`RestError`].
    pub async fn reply(&self, rest: &Rest, reply: &Reply) -> Result<(), RestError> {
        match self.progress.swap(ANSWERED, Ordering::AcqRel) {
            OPEN => outbox::respond(rest, self, reply).await,
            DEFERRED => outbox::complete(rest, self, reply).await,
            _ => Ok(()),
        }
    }

    /// Shows something in place of the sign that an answer will come; the answer is still to come.
    ///
    /// # Errors
    /// [`RestError`].
    pub async fn update(&self, rest: &Rest, shown: &Reply) -> Result<(), RestError> {
        outbox::complete(rest, self, shown).await
    }

    /// Gives the interaction back after Discord refused a reply's content, so that another one may be tried.
    pub fn reopen(&self) {
        self.progress.store(OPEN, Ordering::Release);
    }
}

fn caller(user: UserId, server: Option<GuildId>, member: Option<&Member>) -> Caller {
    Caller { user, server, permissions: member.and_then(|member| member.permissions) }
}
