//! What must outlive the process: the settings of servers, and for a day which message answers which. One small interface,
//! [`Store`], and one backend behind it; nothing else knows that there is SQL. Of what people write it sees one thing:
//! questions that were missed, as bare words, where moderators want that.
//!
//! A backend is held by the contract in `tests/it/store/`. A later table gets a migration and a method here, and nothing
//! else changes.

mod audit;
mod gaps;
mod reports;
mod schema;
mod sqlite;
mod votes;

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;

pub use audit::{AuditEntry, Deed, Ending, NOBODY};
pub use gaps::{GAP_AGE, Gap, GapCount, Missed, normal_form};
pub use reports::{REPORT_AGE, Report};
pub use votes::{HashKey, VOTE_AGE, Vote, Votes, voter};

/// Where the store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a SQLite file; made if it is missing.
    File(std::path::PathBuf),
    /// In memory, gone with the process: for the sandbox and for tests.
    Memory,
}

/// What the bot may do in a channel or forum, and in the threads below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Mode {
    /// It says nothing; commands are answered privately.
    Off,
    /// It answers who mentions it.
    #[default]
    Mention,
    /// It also answers questions to nobody in particular, if it is sure.
    Listen,
}

/// What the moderators of one server chose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServerSettings {
    /// By channel or forum; what is not here has the default mode.
    pub channels: BTreeMap<u64, Mode>,
    /// The role whose members count as moderators, beside those with Manage Server.
    pub moderator_role: Option<u64>,
    /// Seconds that one user waits between two questions there.
    pub cooldown: Option<u32>,
    /// Whether questions that were missed are kept.
    pub gaps: bool,
    /// Where results of what moderators do to the corpus are posted, too.
    pub log_channel: Option<u64>,
}

/// One change of a server's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A channel or forum gets a mode.
    Channel(u64, Mode),
    /// The moderators' role; `None`: no role.
    ModeratorRole(Option<u64>),
    /// The pause between two questions of a user; `None`: no pause.
    Cooldown(Option<u32>),
    /// Whether questions that were missed are kept; if not, those that are kept go.
    Gaps(bool),
    /// Where results of what moderators do to the corpus are posted, too; `None`: nowhere.
    LogChannel(Option<u64>),
    /// Everything as it was before anybody chose.
    Reset,
}

/// Which message answers which, without a word of either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerRecord {
    /// The message that asked.
    pub question: u64,
    /// The bot's message.
    pub answer: u64,
    /// Where both stand.
    pub channel: u64,
    /// Who asked.
    pub asker: u64,
    /// Seconds since 1970 (UTC).
    pub created_at: i64,
}

/// How much the store holds under a person's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KnownOfPerson {
    /// Answers to their questions.
    pub answers: u64,
    /// Entries of the moderators' log.
    pub deeds: u64,
}

/// An answer is remembered for so many seconds.
pub const ANSWER_AGE: i64 = 24 * 3_600;
/// So many seconds after the bot was removed from a server, what is known of that server goes.
pub const SERVER_GRACE: i64 = 7 * 24 * 3_600;

/// What a call gives back while it works.
pub type Storing<'a, T> = BoxFuture<'a, Result<T, StoreError>>;

/// The interface of every backend. Times are arguments; a call either happens whole or not at all.
pub trait Store: Send + Sync + 'static {
    /// A server's settings; one that never changed anything has the defaults.
    fn settings(&self, server: u64) -> Storing<'_, ServerSettings>;

    /// Changes a server's settings.
    fn change(&self, server: u64, change: Change) -> Storing<'_, ()>;

    /// The bot is in a server: what is known of it is kept.
    fn present(&self, server: u64) -> Storing<'_, ()>;

    /// Whether a server that the bot has joined is to be greeted: the first time only, until the bot leaves.
    fn greet(&self, server: u64, now: i64) -> Storing<'_, bool>;

    /// The bot was removed from a server.
    fn left(&self, server: u64, now: i64) -> Storing<'_, ()>;

    /// The servers of which anything is stored, each with whether the bot is known to have left.
    fn known_servers(&self) -> Storing<'_, Vec<(u64, bool)>>;

    /// Remembers an answer, in place of an earlier one to the same question.
    fn answered(&self, record: AnswerRecord) -> Storing<'_, ()>;

    /// What is known of an answer, by the message that asked or by the answer itself.
    fn answer(&self, message: u64, now: i64) -> Storing<'_, Option<AnswerRecord>>;

    /// Forgets an answer, by either message, and gives what was known of it.
    fn forget(&self, message: u64) -> Storing<'_, Option<AnswerRecord>>;

    /// Notes what a moderator did to the corpus.
    fn note_deed(&self, entry: AuditEntry) -> Storing<'_, ()>;

    /// What moderators did after `since`, the newest first: `most` entries after the first `skip`.
    fn deeds(&self, since: i64, skip: u32, most: u32) -> Storing<'_, Vec<AuditEntry>>;

    /// Removes what moderators did up to `since`.
    fn forget_deeds(&self, since: i64) -> Storing<'_, ()>;

    /// Keeps a result that could not be told.
    fn keep_report(&self, report: Report) -> Storing<'_, ()>;

    /// The results that were kept for a server, the oldest first.
    fn reports(&self, server: u64, now: i64) -> Storing<'_, Vec<Report>>;

    /// Forgets a result, by the interaction that began it.
    fn forget_report(&self, event: u64) -> Storing<'_, ()>;

    /// The key for [`voter`]: `fresh` at the first call, and the same one ever after.
    fn hash_key(&self, fresh: HashKey) -> Storing<'_, HashKey>;

    /// Keeps the vote of a [`voter`] in place of an earlier one, and gives that one.
    fn vote(&self, voter: String, vote: Vote, now: i64) -> Storing<'_, Option<Vote>>;

    /// How many thought what lately.
    fn votes(&self, now: i64) -> Storing<'_, Votes>;

    /// Counts a question that was missed.
    fn note_gap(&self, gap: Gap, now: i64) -> Storing<'_, ()>;

    /// The questions that were missed in a server, at most so many, the most frequent first.
    fn gaps(&self, server: u64, now: i64, most: u32) -> Storing<'_, Vec<GapCount>>;

    /// How much is stored under a person's id; entries of the moderators' log after `deeds_since`.
    fn known_of(&self, person: u64, now: i64, deeds_since: i64) -> Storing<'_, KnownOfPerson>;

    /// Forgets which answers were a person's; gives how many there were.
    fn forget_person(&self, person: u64) -> Storing<'_, u64>;

    /// Removes what is older than it may be.
    fn tidy(&self, now: i64) -> Storing<'_, ()>;
}

/// Why the store does not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// A newer program has changed it.
    #[error(
        "The store {place} was written by a newer registrar (its schema has version {found}, this program knows {known}).\n\
         Start the newer program again, or name another file as `url` under [store] in the config."
    )]
    Newer {
        /// The file.
        place: String,
        /// The version that was found.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// It cannot be opened.
    #[error(
        "The store {place} cannot be opened: {reason}.\n\
         Check that its folder exists and can be written to, or name another file as `url` under [store] in the config."
    )]
    Unusable {
        /// The file.
        place: String,
        /// What the database says.
        reason: String,
    },
    /// Some of its bytes are not what was written.
    #[error(
        "The store {place} is damaged: {reason}.\n\
         Stop registrar and put a copy of the file from before in its place; or move the file away: servers then have their \
         default settings."
    )]
    Damaged {
        /// The file.
        place: String,
        /// What the database says.
        reason: String,
    },
    /// It failed while the program runs. The text is the database's own; it holds no values.
    #[error("the store failed: {0}")]
    Failed(String),
}

/// Opens the store and brings its tables up to date.
///
/// # Errors
/// [`StoreError`], as a text for the operator.
pub async fn open(place: &Place) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(sqlite::Sqlite::open(place).await?))
}

/// Whether the store could be opened, without changing anything; `false`: there is none yet.
///
/// # Errors
/// [`StoreError`], as for [`open`], and if it is damaged.
pub async fn examine(place: &Place) -> Result<bool, StoreError> {
    match place {
        Place::File(path) if path.exists() => sqlite::examine::examine(path).await.map(|()| true),
        Place::File(_) | Place::Memory => Ok(false),
    }
}

impl ServerSettings {
    /// The mode of a channel: its own, else that of the channel or forum it is a thread of, else the default.
    pub fn mode(&self, channel: u64, parent: Option<u64>) -> Mode {
        let own = self.channels.get(&channel);
        let inherited = || parent.and_then(|parent| self.channels.get(&parent));
        own.or_else(inherited).copied().unwrap_or_default()
    }
}

impl Mode {
    /// All of them, from silent to talkative.
    pub const ALL: [Self; 3] = [Self::Off, Self::Mention, Self::Listen];

    /// Its name, in the store and in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Mention => "mention",
            Self::Listen => "listen",
        }
    }

    /// The mode of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => write!(formatter, "{}", path.display()),
            Self::Memory => formatter.write_str("in memory"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Mode, ServerSettings};

    #[test]
    fn a_thread_has_the_mode_of_its_parent() {
        let channels = [(1, Mode::Off), (2, Mode::Listen)].into();
        let settings = ServerSettings { channels, ..ServerSettings::default() };
        let cases = [
            (1, None, Mode::Off),
            (2, None, Mode::Listen),
            (3, None, Mode::Mention),
            (3, Some(1), Mode::Off),
            (3, Some(2), Mode::Listen),
            (3, Some(4), Mode::Mention),
            (2, Some(1), Mode::Listen),
        ];
        for (channel, parent, expected) in cases {
            assert_eq!(settings.mode(channel, parent), expected, "{channel} {parent:?}");
        }
    }

    #[test]
    fn names_come_back() {
        assert!(Mode::ALL.into_iter().all(|mode| Mode::from_name(mode.name()) == Some(mode)));
        assert_eq!(Mode::from_name("OFF"), None);
    }
}
