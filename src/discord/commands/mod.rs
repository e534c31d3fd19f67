//! The one table of commands: how Discord shows each, who may use it, and what it does. One file per command.

mod answer_this;
mod ask;
mod certification;
mod compare;
pub(super) mod corpus;
mod courses;
mod help;
mod privacy;
mod program;
mod programs;
mod requirements;
mod salary;
mod settings;

use std::sync::Arc;

use futures_util::future::BoxFuture;
use serenity::builder::CreateCommand;
use serenity::model::application::{CommandData, ResolvedOption, ResolvedValue};

use super::bot::Bot;
use super::incoming::{Caller, Incoming};
use super::looking_up::Choices;
use super::rest::RestError;
use super::settings::Settings;
use crate::lookup::Lookup;

/// What a handler gives back while it works.
type Running<'a> = BoxFuture<'a, Result<(), RestError>>;

/// One command.
pub struct CommandEntry {
    /// Its name, without the slash; of a command of the message menu, as the menu shows it.
    pub name: &'static str,
    /// How Discord shows it.
    pub describe: fn() -> CreateCommand,
    /// What `/help` says about it, one line for each way to use it.
    pub help: &'static [(&'static str, &'static str)],
    /// Whether it is of any use to this caller; decides what `/help` lists, not what the command does.
    pub useful_to: fn(&Caller, &Settings) -> bool,
    /// Does it.
    pub run: for<'a> fn(&'a Arc<Bot>, &'a Incoming, &'a CommandData) -> Running<'a>,
    /// What could be typed into its options.
    pub suggest: Suggest,
}

/// What could be typed into the options of a command.
#[derive(Clone, Copy)]
pub enum Suggest {
    /// Nothing that could be known here.
    Nothing,
    /// Names of the folder, given the option's name and what was typed so far.
    Names(fn(&Lookup<'_>, &str, &str) -> Choices),
    /// Something that depends on who is typing, given the command as far as it is written and what was typed so far.
    Own(for<'a> fn(&'a Arc<Bot>, &'a Incoming, &'a CommandData, &'a str) -> BoxFuture<'a, Choices>),
}

/// All commands, in the order of `/help`.
pub const COMMANDS: [&CommandEntry; 13] = [
    &ask::ENTRY,
    &program::ENTRY,
    &programs::ENTRY,
    &courses::ENTRY,
    &requirements::ENTRY,
    &salary::ENTRY,
    &certification::ENTRY,
    &compare::ENTRY,
    &answer_this::ENTRY,
    &corpus::ENTRY,
    &settings::ENTRY,
    &privacy::ENTRY,
    &help::ENTRY,
];

/// The command of that name.
pub fn find(name: &str) -> Option<&'static CommandEntry> {
    COMMANDS.into_iter().find(|command| command.name == name)
}

/// The text option of that name.
fn text_option<'a>(options: &[ResolvedOption<'a>], name: &str) -> Option<&'a str> {
    options.iter().find(|option| option.name == name).and_then(|option| match option.value {
        ResolvedValue::String(text) => Some(text),
        _ => None,
    })
}

/// The yes-or-no option of that name.
fn flag_option(options: &[ResolvedOption<'_>], name: &str) -> Option<bool> {
    options.iter().find(|option| option.name == name).and_then(|option| match option.value {
        ResolvedValue::Boolean(flag) => Some(flag),
        _ => None,
    })
}
