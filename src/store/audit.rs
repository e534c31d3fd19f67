//! What moderators did to the corpus, as it is kept: who, what, when, and how it ended. Names of documents and ids, and
//! nothing that anybody wrote.

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// The folder was read again.
    Reindex,
    /// The same, in spite of reasons against the switch.
    Force,
    /// The generation before was served again.
    Rollback,
    /// An upload was confirmed.
    Add,
    /// An upload was taken away.
    Remove,
    /// An upload was brought back as it was before.
    Restore,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It was done.
    Done,
    /// There was nothing to do.
    Unchanged,
    /// Something spoke against it.
    Refused,
    /// Somebody stopped it.
    Cancelled,
    /// Another one was under way.
    Busy,
    /// It failed.
    Failed,
}

/// Stands for the moderator and the server of what the bot did by itself; nobody has this id.
pub const NOBODY: u64 = 0;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// The interaction that did it.
    pub event: u64,
    /// What.
    pub deed: Deed,
    /// In which server.
    pub server: u64,
    /// By whom.
    pub moderator: u64,
    /// When, in seconds since 1970 (UTC).
    pub done_at: i64,
    /// The stored name of a document, or a generation; empty if there is none to name.
    pub about: String,
    /// How it ended.
    pub ending: Ending,
}

const DEEDS: [(Deed, &str); 6] = [
    (Deed::Reindex, "reindex"),
    (Deed::Force, "forced reindex"),
    (Deed::Rollback, "rollback"),
    (Deed::Add, "add"),
    (Deed::Remove, "remove"),
    (Deed::Restore, "restore"),
];

const ENDINGS: [(Ending, &str); 6] = [
    (Ending::Done, "done"),
    (Ending::Unchanged, "nothing to do"),
    (Ending::Refused, "refused"),
    (Ending::Cancelled, "cancelled"),
    (Ending::Busy, "another one was running"),
    (Ending::Failed, "failed"),
];

impl Deed {
    /// Whether it read the folder again, or switched to another generation.
    pub fn builds(self) -> bool {
        matches!(self, Self::Reindex | Self::Force | Self::Rollback)
    }

    /// Its name, in the store and in the log that moderators read.
    pub fn name(self) -> &'static str {
        DEEDS.iter().find(|(deed, _)| *deed == self).map_or("", |(_, name)| name)
    }

    /// The deed of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        DEEDS.iter().find(|(_, known)| *known == name).map(|(deed, _)| *deed)
    }
}

impl Ending {
    /// Its name, in the store and in the log that moderators read.
    pub fn name(self) -> &'static str {
        ENDINGS.iter().find(|(ending, _)| *ending == self).map_or("", |(_, name)| name)
    }

    /// The ending of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        ENDINGS.iter().find(|(_, known)| *known == name).map(|(ending, _)| *ending)
    }
}

#[cfg(test)]
mod tests {
    use super::{DEEDS, Deed, ENDINGS, Ending};

    #[test]
    fn names_come_back() {
        assert!(DEEDS.iter().all(|(deed, _)| Deed::from_name(deed.name()) == Some(*deed)));
        assert!(ENDINGS.iter().all(|(ending, _)| Ending::from_name(ending.name()) == Some(*ending)));
        assert_eq!((Deed::from_name(""), Ending::from_name("DONE")), (None, None));
    }
}
