//! A message as Discord will show it: text, a menu, two rows of buttons. What stands in it is decided elsewhere (`card`,
//! `notice`, `settings`).

use super::button::{Button, ButtonAction, Menu};
use super::card::question_of;

/// A message: its text, its menu and its buttons.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// At most [`super::MAX_CONTENT`] UTF-16 units, never empty.
    pub content: String,
    /// Choices, above the buttons.
    pub menu: Option<Menu>,
    /// At most five, in one row.
    pub buttons: Vec<Button>,
    /// What somebody may think of it, in a row of their own.
    pub votes: Vec<Button>,
    /// A file that comes with it.
    pub file: Option<TextFile>,
}

/// A text to be kept rather than read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFile {
    /// Its name.
    pub name: &'static str,
    /// What is in it.
    pub text: String,
}

impl Card {
    /// A text without anything under it.
    pub fn text(content: impl Into<String>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// Adds buttons for what can be done with the card where it stands. Those that need its question are left out on a
    /// card that does not name one.
    #[must_use]
    pub fn offering(mut self, actions: &[ButtonAction]) -> Self {
        let asked = question_of(&self.content).is_some();
        let possible = actions.iter().filter(|action| asked || **action == ButtonAction::Delete);
        self.buttons.extend(possible.cloned().map(ButtonAction::button));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(content: &str, offered: &[ButtonAction], expected: &[&str]) {
        let card = Card::text(content).offering(offered);
        let labels: Vec<&str> = card.buttons.iter().map(|button| button.label.as_ref()).collect();
        assert_eq!(labels, expected, "{content}");
    }

    #[test]
    fn what_needs_the_question_is_not_offered_without_it() {
        let all = [ButtonAction::FollowUp, ButtonAction::Share, ButtonAction::Delete];
        check("**9**\n-# Asked: when?", &all, &["Ask on", "Share", "Delete"]);
        check("**9**", &all, &["Delete"]);
        check("**9**\n-# Asked: when?", &[], &[]);
    }
}
