//! What is remembered of a conversation: plain data, a few turns long. Who keeps it, and for how long, is not said here.

use serde::{Deserialize, Serialize};

/// One turn of a conversation, as far as a follow-up can lean on it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The turn's question in standalone form.
    pub question: String,
    /// Words for whom or what it was about, as a question would name it.
    pub subject: Option<String>,
    /// The subjects before it in the same conversation, oldest first ("the second", "the other one").
    pub mentioned: Vec<String>,
    /// The attribute asked for, by its lexicon name.
    pub attribute: Option<String>,
    /// What it asked when that is no attribute: "letters of recommendation".
    #[serde(default)]
    pub detail: Option<String>,
    /// The document that answered.
    pub document: Option<String>,
    /// What that document is about, by the names of its title: a short follow-up that it can answer stays with it.
    #[serde(default)]
    pub place: Option<String>,
}

/// What was said before, oldest turn first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// At most [`Conversation::MEMORY`] turns.
    pub turns: Vec<Turn>,
}

impl Conversation {
    /// How many turns are remembered.
    pub const MEMORY: usize = 6;

    /// Remembers an answer's turn and forgets the oldest one beyond [`Conversation::MEMORY`].
    pub fn push(&mut self, turn: Turn) {
        self.turns.push(turn);
        if self.turns.len() > Self::MEMORY {
            self.turns.remove(0);
        }
    }
}
