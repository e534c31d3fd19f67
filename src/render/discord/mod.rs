//! Answers as Discord messages: plain values (text and buttons), nothing of a Discord library. A card is plain
//! content, so that link previews can be suppressed and it reads well without colours or boxes; it names its question,
//! so that a button or a reply can ask again without any memory.

mod button;
mod card;
mod escape;
mod gaps;
mod log;
mod looked_up;
mod message;
mod notice;
mod pages;
mod privacy;
mod settings;
mod turn;

pub use button::{Button, ButtonAction, MENU_ID, Menu, StoredName};
pub use card::{card, page, question_of, why};
pub use escape::{escape, unescape};
pub use gaps::{AskedAgain, gaps, gaps_answered, gaps_file};
pub use log::{ENTRIES, kept_report, last_builds, log, posted};
pub use looked_up::{looked_up, programs, section, side_by_side};
pub use message::{Card, TextFile};
pub use notice::{compared, previewed, problems, progress, refused, reindexed, rolled_back, status, thought};
pub use privacy::{forgotten, known_of_person};
pub use settings::{
    Checked, Role, channel_set, checked, cooldown_line, gaps_set, log_channel_line, settings,
};
pub use turn::Turn;

/// A message's content holds at most this many UTF-16 units (and so at most as many characters).
pub const MAX_CONTENT: usize = 2_000;

/// Length in UTF-16 units, never smaller than the number of characters.
pub fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}
