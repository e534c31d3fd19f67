//! An interaction as the handlers see it: who, where, until when, and how to respond; the same for commands and
//! buttons, from the gateway or from an HTTP endpoint.

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use serenity::model::Permissions;
use serenity::model::application::{
    AuthorizingIntegrationOwner, AuthorizingIntegrationOwners, CommandInteraction, ComponentInteraction,
    ModalInteraction,
};
use serenity::model::channel::{ChannelType, PartialChannel};
use serenity::model::guild::Member;
use serenity::model::id::{ApplicationId, ChannelId, GuildId, InteractionId, RoleId, UserId};
use tokio::time::Instant;

use super::bot::Bot;
use super::outbox::{self, Form, Reply};
use super::rest::{Rest, RestError};
use crate::render::discord::Card;
use crate::store::Mode;

/// An interaction, without what is particular to its kind.
pub struct Incoming {
    /// Its id.
    pub id: InteractionId,
    /// Its token, valid for 15 minutes and secret.
    pub token: String,
    /// The application it is for.
    pub application: ApplicationId,
    /// Who did it.
    pub caller: Caller,
    /// Where.
    pub place: Place,
    /// When the first response must have been made.
    pub respond_by: Instant,
    progress: AtomicU8,
}

/// Who did something, and with which rights, as the payload says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The user.
    pub user: UserId,
    /// The server, if it happened in one.
    pub server: Option<GuildId>,
    /// Whether the bot is a member of that server, not only brought along by a user who installed it.
    pub bot_is_member: bool,
    /// Their permissions there; `None` without a member in the payload.
    pub permissions: Option<Permissions>,
    /// Their roles there.
    pub roles: Vec<RoleId>,
}

/// The channel in which something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The channel, thread or post.
    pub channel: ChannelId,
    /// The channel or forum that it is a thread or post of.
    pub parent: Option<ChannelId>,
}

impl Place {
    fn new(id: ChannelId, channel: Option<&PartialChannel>) -> Self {
        // A channel's parent is a category, which has no settings.
        let thread = channel.filter(|channel| {
            matches!(
                channel.kind,
                ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread
            )
        });
        Self { channel: id, parent: thread.and_then(|thread| thread.parent_id) }
    }
}

/// Nothing was said to the user yet.
const OPEN: u8 = 0;
/// The user sees a sign that an answer will come.
const DEFERRED: u8 = 1;
/// The user has an answer.
const ANSWERED: u8 = 2;
/// The press was taken; what happens to the message will be seen.
const TAKEN: u8 = 3;

impl Incoming {
    /// A command, to be responded to within `patience`.
    pub fn from_command(command: &CommandInteraction, patience: Duration) -> Self {
        let owners = &command.authorizing_integration_owners;
        let caller = caller(command.user.id, command.guild_id, command.member.as_deref(), owners);
        let place = Place::new(command.channel_id, command.channel.as_ref());
        Self::new(command.id, &command.token, command.application_id, (caller, place), patience)
    }

    /// A pressed button, to be responded to within `patience`.
    pub fn from_component(component: &ComponentInteraction, patience: Duration) -> Self {
        let owners = &component.authorizing_integration_owners;
        let caller = caller(component.user.id, component.guild_id, component.member.as_ref(), owners);
        let place = Place::new(component.channel_id, component.channel.as_ref());
        Self::new(component.id, &component.token, component.application_id, (caller, place), patience)
    }

    /// A form that was sent back, to be responded to within `patience`. Who installed the bot its payload does not say, so
    /// nobody is a moderator by it.
    pub fn from_form(form: &ModalInteraction, patience: Duration) -> Self {
        let owners = AuthorizingIntegrationOwners::default();
        let caller = caller(form.user.id, form.guild_id, form.member.as_ref(), &owners);
        let place = Place::new(form.channel_id, form.channel.as_ref());
        Self::new(form.id, &form.token, form.application_id, (caller, place), patience)
    }

    /// What the bot may do in the channel where it happened.
    pub async fn mode(&self, bot: &Bot) -> Mode {
        let settings = bot.memory.settings(self.caller.server.map(GuildId::get)).await;
        settings.mode(self.place.channel.get(), self.place.parent.map(ChannelId::get))
    }

    fn new(
        id: InteractionId,
        token: &str,
        application: ApplicationId,
        (caller, place): (Caller, Place),
        patience: Duration,
    ) -> Self {
        let respond_by = Instant::now() + patience;
        Self {
            id,
            token: token.to_owned(),
            application,
            caller,
            place,
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
            DEFERRED => outbox::complete(rest, self, &reply.card).await,
            // The message that was pressed stays as it is.
            TAKEN => outbox::add_private(rest, self, &reply.card).await,
            _ => Ok(()),
        }
    }

    /// Shows something in place of the sign that an answer will come; the answer is still to come.
    ///
    /// # Errors
    /// [`RestError`].
    pub async fn update(&self, rest: &Rest, shown: &Reply) -> Result<(), RestError> {
        outbox::complete(rest, self, &shown.card).await
    }

    /// Tells the user that the message they pressed a button of will change.
    ///
    /// # Errors
    /// [`RestError`].
    pub async fn take(&self, rest: &Rest) -> Result<(), RestError> {
        outbox::defer_update(rest, self).await?;
        self.progress.store(TAKEN, Ordering::Release);
        Ok(())
    }

    /// Puts a card in the place of the message that was pressed.
    ///
    /// # Errors
    /// [`RestError`].
    pub async fn replace(&self, rest: &Rest, card: &Card) -> Result<(), RestError> {
        match self.progress.swap(ANSWERED, Ordering::AcqRel) {
            OPEN => outbox::update(rest, self, card).await,
            TAKEN => outbox::complete(rest, self, card).await,
            _ => Ok(()),
        }
    }

    /// Shows a form, as the first response.
    ///
    /// # Errors
    /// [`RestError`].
    pub async fn ask_for(&self, rest: &Rest, form: &Form) -> Result<(), RestError> {
        self.progress.store(ANSWERED, Ordering::Release);
        outbox::show_form(rest, self, form).await
    }

    /// Gives the interaction back after Discord refused a reply's content, so that another one may be tried.
    pub fn reopen(&self) {
        self.progress.store(OPEN, Ordering::Release);
    }
}

fn caller(
    user: UserId,
    server: Option<GuildId>,
    member: Option<&Member>,
    owners: &AuthorizingIntegrationOwners,
) -> Caller {
    let bot_is_member = server.is_some_and(|server| {
        owners.0.iter().any(|owner| {
            matches!(owner, AuthorizingIntegrationOwner::GuildInstall(Some(installed)) if *installed == server)
        })
    });
    let permissions = member.and_then(|member| member.permissions);
    let roles = member.map(|member| member.roles.clone()).unwrap_or_default();
    Caller { user, server, bot_is_member, permissions, roles }
}
