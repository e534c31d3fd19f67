//! Looking things up by name for the commands: names that fit what is being typed, cards, and their further pages.

use std::future::Future;
use std::sync::Arc;

use serenity::all::{CommandOptionType, CreateCommandOption};

use super::asking::{NoAnswer, look_up};
use super::bot::Bot;
use super::incoming::Incoming;
use super::intake::reply_in_time;
use super::outbox::Reply;
use super::rest::RestError;
use super::wording;
use crate::lexicon::lookup::NameKind;
use crate::lookup::{Found, Lookup, Narrowing, Wanted};
use crate::render::discord::{Card, Turn, looked_up, programs, section, side_by_side};
use crate::store::Mode;
use crate::text::{cut_at_character, one_line, strip_controls};

/// Discord takes at most this many choices …
pub const MAX_CHOICES: usize = 25;
/// … each with a name of at most so many characters.
const MAX_CHOICE: usize = 100;
/// A name that is typed in full is at most this long.
const MAX_TYPED: u16 = 200;

/// What may be typed into an option: what it says and its value.
pub type Choices = Vec<(String, String)>;

/// A text option whose names are suggested while it is typed.
pub fn name_option(name: &'static str, description: &'static str, required: bool) -> CreateCommandOption {
    CreateCommandOption::new(CommandOptionType::String, name, description)
        .required(required)
        .max_length(MAX_TYPED)
        .set_autocomplete(true)
}

/// The names of these kinds that fit; their values are their ids.
pub fn names(lookup: &Lookup<'_>, kinds: &[NameKind], typed: &str) -> Choices {
    let found = lookup.suggest(typed, kinds, MAX_CHOICES);
    found.into_iter().map(|entry| (choice(&entry.label), entry.id.clone())).collect()
}

/// Texts that are their own values.
pub fn texts(found: Vec<String>) -> Choices {
    let fitting = found.into_iter().filter(|text| text.chars().count() <= MAX_CHOICE).take(MAX_CHOICES);
    fitting.map(|text| (text.clone(), text)).collect()
}

fn choice(label: &str) -> String {
    cut_at_character(&one_line(&strip_controls(label)), MAX_CHOICE).into_owned()
}

/// Answers with the card that is wanted of a name: public when there is one.
///
/// # Errors
/// [`RestError`] when the response could not be delivered.
pub async fn show(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    typed: String,
    wanted: Wanted,
) -> Result<(), RestError> {
    respond(bot, incoming, false, look_up(bot, move |lookup| card_of(&lookup, &typed, wanted, 0))).await
}

/// Answers with names side by side.
///
/// # Errors
/// As [`show`].
pub async fn compare(bot: &Arc<Bot>, incoming: &Incoming, typed: Vec<String>) -> Result<(), RestError> {
    respond(bot, incoming, false, look_up(bot, move |lookup| comparison_of(&lookup, &typed, 0))).await
}

/// Answers with the programs that fit.
///
/// # Errors
/// As [`show`].
pub async fn list(bot: &Arc<Bot>, incoming: &Incoming, narrowing: Narrowing) -> Result<(), RestError> {
    respond(bot, incoming, false, look_up(bot, move |lookup| list_of(&lookup, &narrowing, 0))).await
}

/// Shows a further page to the one who pressed.
///
/// # Errors
/// As [`show`].
pub async fn turn(bot: &Arc<Bot>, incoming: &Incoming, turn: Turn) -> Result<(), RestError> {
    let work = look_up(bot, move |lookup| match &turn {
        Turn::Card(wanted, id, page) => card_of(&lookup, id, *wanted, *page),
        Turn::Compare(ids, page) => comparison_of(&lookup, ids, *page),
        Turn::Programs(narrowing, page) => list_of(&lookup, narrowing, *page),
        Turn::Section(id, key, page) => {
            let entry = lookup.directory.by_id(id)?;
            let found = lookup.section(entry, key)?;
            Some((section(id, key, found, lookup.snapshot.built_at, *page)?, true))
        }
    });
    respond(bot, incoming, true, work).await
}

/// A card and whether it tells something of the folder.
type Shown = Option<(Card, bool)>;

async fn respond(
    bot: &Arc<Bot>,
    incoming: &Incoming,
    private: bool,
    work: impl Future<Output = Result<Shown, NoAnswer>>,
) -> Result<(), RestError> {
    let private = private || incoming.mode(bot).await == Mode::Off;
    reply_in_time(bot, incoming, private, async {
        match work.await {
            Ok(Some((card, told))) => Reply { card, private: private || !told },
            Ok(None) => Reply::private(wording::GONE),
            Err(reason) => Reply::private(wording::no_answer(reason)),
        }
    })
    .await
}

fn card_of(lookup: &Lookup<'_>, typed: &str, wanted: Wanted, page: usize) -> Shown {
    let found = lookup.find(typed, wanted);
    let told = matches!(found, Found::Card(_));
    let sections = match (&found, wanted) {
        (Found::Card(card), Wanted::Whole(NameKind::Program)) => lookup
            .directory
            .by_id(&card.id)
            .map(|entry| lookup.sections(entry, MAX_CHOICES))
            .unwrap_or_default(),
        _ => Vec::new(),
    };
    Some((looked_up(&found, wanted, page, &sections)?, told))
}

fn comparison_of(lookup: &Lookup<'_>, typed: &[String], page: usize) -> Shown {
    let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
    let comparison = lookup.compare(&typed);
    let told = comparison.cards().next().is_some();
    Some((side_by_side(&comparison, page)?, told))
}

fn list_of(lookup: &Lookup<'_>, narrowing: &Narrowing, page: usize) -> Shown {
    let found: Vec<(String, Option<String>, String)> = lookup
        .programs(narrowing)
        .into_iter()
        .map(|entry| {
            let level = lookup.level_of(entry).map(str::to_owned);
            let document = lookup.snapshot.document(entry.document);
            (entry.name.clone(), level, document.map(|document| document.path.clone()).unwrap_or_default())
        })
        .collect();
    let more = |next| Turn::Programs(narrowing.clone(), next);
    Some((programs(&found, page, more)?, !found.is_empty()))
}
