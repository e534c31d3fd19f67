//! The buttons and menus under a card and their ids on Discord. An id says only what to do: everything else stands on the
//! card, or is short enough to stand in the id ([`Turn`]).

use std::borrow::Cow;

use super::turn::Turn;
use crate::store::Vote;

/// A button under a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What it says, at most 80 characters.
    pub label: Cow<'static, str>,
    /// What it does.
    pub action: ButtonAction,
}

/// A menu under a card, from which one line is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// Its id: [`MENU_ID`], or that of what choosing does; the value chosen comes with it.
    pub id: String,
    /// What it says while nothing is chosen, at most 150 characters.
    pub placeholder: Cow<'static, str>,
    /// Its lines, 1 to 25: what each says and its value, at most 100 characters each.
    pub options: Vec<(String, String)>,
}

/// What a button or a line of a menu does; all else that it needs stands in the message it hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ButtonAction {
    /// Explains how the answer was found.
    Why,
    /// Shows a further page of the answer, counted from 0.
    More(usize),
    /// Answers for one of the choices that a card asks back with, counted from 0.
    Choose(usize),
    /// Ends a reindex, for the one who began it.
    Cancel {
        /// Who began it.
        user: u64,
        /// The interaction that began it.
        job: u64,
    },
    /// Switches in spite of the reasons against it, for the one who was told them.
    Force {
        /// Who was told.
        user: u64,
        /// Until when, in seconds since 1970 (UTC).
        until: i64,
    },
    /// Turns to another page of what was looked up by name.
    Turn(Turn),
    /// Opens a form for a question that leans on the card's.
    FollowUp,
    /// Turns to a page of what moderators did, counted from 0.
    Log(u32),
    /// Says what somebody thinks of the answer.
    Vote(Vote),
    /// Posts a private answer for everybody.
    Share,
    /// Deletes the answer.
    Delete,
    /// Serves what was uploaded.
    Keep {
        /// Who uploaded it.
        user: u64,
        /// What it is known by while it is staged.
        key: String,
    },
    /// Forgets what was uploaded.
    Discard {
        /// Who uploaded it.
        user: u64,
        /// What it is known by while it is staged.
        key: String,
    },
    /// Takes an uploaded document away.
    Remove {
        /// Who asked for it.
        user: u64,
        /// Which.
        name: StoredName,
    },
    /// Brings an uploaded document back as it was before.
    Restore {
        /// Who asked for it.
        user: u64,
        /// Which.
        name: StoredName,
    },
}

/// A name as uploads are stored under; nothing else fits into a button's id, or into a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredName(String);

impl StoredName {
    /// The name, if it is such a one.
    pub fn read(name: &str) -> Option<Self> {
        let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
        let fits = !name.is_empty() && name.len() <= 64 && name.chars().all(safe) && !name.starts_with('.');
        fits.then(|| Self(name.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The id of the menu of choices; its lines have the ids of [`ButtonAction::Choose`] as values.
pub const MENU_ID: &str = "choose";
/// Pages beyond this are not offered.
pub(super) const MAX_PAGES: usize = 20;
/// Choices beyond this are not offered: a menu holds so many.
pub(super) const MAX_CHOICES: usize = 25;

impl ButtonAction {
    /// Whether it is for those who look after the corpus.
    pub fn is_of_corpus(&self) -> bool {
        matches!(
            self,
            Self::Cancel { .. }
                | Self::Force { .. }
                | Self::Log(_)
                | Self::Keep { .. }
                | Self::Discard { .. }
                | Self::Remove { .. }
                | Self::Restore { .. }
        )
    }

    /// The button's id on Discord; it survives a restart.
    pub fn id(&self) -> String {
        match self {
            Self::Why => "why".to_owned(),
            Self::More(page) => format!("more:{page}"),
            Self::Choose(choice) => format!("choose:{choice}"),
            Self::Cancel { user, job } => format!("cancel:{user}:{job}"),
            Self::Force { user, until } => format!("force:{user}:{until}"),
            Self::Turn(turn) => turn.id(),
            Self::Vote(vote) => format!("vote:{}", vote.name()),
            Self::Log(page) => format!("log:{page}"),
            Self::FollowUp => "follow".to_owned(),
            Self::Share => "share".to_owned(),
            Self::Delete => "delete".to_owned(),
            Self::Keep { user, key } => format!("keep:{user}:{key}"),
            Self::Discard { user, key } => format!("discard:{user}:{key}"),
            Self::Remove { user, name } => format!("remove:{user}:{}", name.0),
            Self::Restore { user, name } => format!("restore:{user}:{}", name.0),
        }
    }

    /// What an id means; `None` for one that this program never made.
    pub fn from_id(id: &str) -> Option<Self> {
        let number = |text: &str| {
            let plain = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|_: &usize| plain)
        };
        match id.split_once(':') {
            None => {
                let plain = [Self::Why, Self::FollowUp, Self::Share, Self::Delete];
                let plain = plain.into_iter().find(|one| one.id() == id);
                plain.or_else(|| Turn::from_id(id).map(Self::Turn))
            }
            Some(("more", page)) => number(page).filter(|&page| page < MAX_PAGES).map(Self::More),
            Some(("choose", choice)) => {
                number(choice).filter(|&choice| choice < MAX_CHOICES).map(Self::Choose)
            }
            Some(("vote", vote)) => Vote::from_name(vote).map(Self::Vote),
            Some(("log", page)) => number(page).and_then(|page| u32::try_from(page).ok()).map(Self::Log),
            Some(("cancel", rest)) => {
                let (user, job) = numbers(rest)?;
                Some(Self::Cancel { user, job })
            }
            Some(("force", rest)) => {
                let (user, until) = numbers(rest)?;
                Some(Self::Force { user, until: i64::try_from(until).ok()? })
            }
            Some((verb @ ("keep" | "discard" | "remove" | "restore"), rest)) => {
                let (user, name) = rest.split_once(':')?;
                let (user, _) = numbers(&format!("{user}:0"))?;
                let hexadecimal = name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
                match verb {
                    "keep" => hexadecimal.then(|| Self::Keep { user, key: name.to_owned() }),
                    "discard" => hexadecimal.then(|| Self::Discard { user, key: name.to_owned() }),
                    "remove" => Some(Self::Remove { user, name: StoredName::read(name)? }),
                    _ => Some(Self::Restore { user, name: StoredName::read(name)? }),
                }
            }
            _ => Turn::from_id(id).map(Self::Turn),
        }
    }

    /// A button for it, for the actions that are always called the same.
    pub(super) fn button(self) -> Button {
        let label = match self {
            Self::Why => "Why?",
            Self::More(_) => "More",
            Self::Choose(_) => "This one",
            Self::Cancel { .. } | Self::Discard { .. } => "Cancel",
            Self::Force { .. } => "Do it anyway",
            Self::Turn(_) | Self::Log(_) => "More",
            Self::Vote(Vote::Helped) => "Helped",
            Self::Vote(Vote::Other) => "Not what I asked",
            Self::Vote(Vote::Wrong) => "Wrong",
            Self::Keep { .. } | Self::Remove { .. } | Self::Restore { .. } => "Confirm",
            Self::FollowUp => "Ask on",
            Self::Share => "Share",
            Self::Delete => "Delete",
        };
        Button { label: label.into(), action: self }
    }
}

/// Two plain numbers with a colon between them.
fn numbers(text: &str) -> Option<(u64, u64)> {
    let number = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten()
    };
    let (one, other) = text.split_once(':')?;
    Some((number(one)?, number(other)?))
}

#[cfg(test)]
mod tests {
    use super::{ButtonAction, StoredName, Vote};

    #[test]
    fn only_our_own_button_ids_mean_something() {
        for action in [
            ButtonAction::Why,
            ButtonAction::More(0),
            ButtonAction::More(19),
            ButtonAction::Choose(24),
            ButtonAction::Vote(Vote::Helped),
            ButtonAction::Vote(Vote::Other),
            ButtonAction::Vote(Vote::Wrong),
            ButtonAction::Log(0),
            ButtonAction::Log(99),
            ButtonAction::FollowUp,
            ButtonAction::Share,
            ButtonAction::Delete,
            ButtonAction::Cancel { user: u64::MAX, job: 1 },
            ButtonAction::Force { user: 1, until: i64::MAX },
            ButtonAction::Keep { user: u64::MAX, key: "0123456789abcdef".to_owned() },
            ButtonAction::Discard { user: 1, key: "0123456789abcdef".to_owned() },
            ButtonAction::Remove { user: u64::MAX, name: StoredName::read(&"a".repeat(64)).expect("safe") },
            ButtonAction::Restore { user: 1, name: StoredName::read("a-1.md").expect("safe") },
        ] {
            assert!(action.id().len() <= 100);
            assert_eq!(ButtonAction::from_id(&action.id()), Some(action));
        }
        let hostile = [
            "",
            "why:",
            "why:1",
            "more",
            "more:",
            "more:-1",
            "more:20",
            "more:999999",
            "more:1:2",
            "WHY",
            "more:+1",
            "choose",
            "choose:",
            "choose:25",
            "choose:-1",
            "choose:+1",
            "delete:1",
            "Delete",
            "share ",
            "më:1",
            "vote:",
            "vote:Helped",
            "vote:helped:1",
            "log:",
            "log:100",
            "log:-1",
            "cancel:1",
            "cancel:1:+2",
            "cancel:1:2:3",
            "force::2",
            "force:1:18446744073709551615",
            "force:-1:2",
            "keep:1:../../x",
            "keep:1:0123456789abcde",
            "discard:x:0123456789abcdef",
            "remove:1:",
            "remove:1:../a.md",
            "remove:1:.staged",
            "restore:1:A.md",
        ];
        for id in hostile {
            assert_eq!(ButtonAction::from_id(id), None, "{id}");
        }
    }
}
