//! What the engine says: an answer with its citations and its reasons. Plain data, no behaviour of Discord or a terminal.

use serde::{Deserialize, Serialize};

use crate::question::Turn;

/// How a question ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Answered, with citations.
    Answered,
    /// The folder does not hold the answer; [`Answer::topics`] are the nearest ones.
    Abstained,
    /// Two subjects fit equally; [`Answer::topics`] are the choices.
    Clarify,
    /// Nothing was asked (empty, only punctuation or mentions).
    Empty,
}

/// What the engine says to one question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The question as it was asked.
    pub question: String,
    /// The question with what a follow-up left out; asked alone it gives this same answer.
    pub standalone: String,
    /// How it ended.
    pub outcome: Outcome,
    /// Calibrated probability, 0 to 1, that the answer is right.
    pub confidence: f64,
    /// `value`, `list`, `yes-no`, `definition`, `abbreviation`, `comparison`, `who`, `when`, `count`, `how`, `fact`, or `clarify`.
    pub kind: String,
    /// The direct answer, or a sentence for the user; at most 2,000 characters.
    pub text: String,
    /// Up to five, best first; empty unless answered.
    pub citations: Vec<Citation>,
    /// Nearest topics or choices; empty when answered.
    pub topics: Vec<Topic>,
    /// Id of the generation that answered.
    pub generation: String,
    /// When that generation was built, seconds since 1970 (UTC).
    pub indexed_at: i64,
    /// What was understood and why this won, one readable line each: the text behind `--why`.
    pub why: Vec<String>,
    /// What the next question of the conversation may lean on.
    pub turn: Turn,
}

/// Where a quote stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// Path below the corpus folder.
    pub document: String,
    /// The document's title.
    pub title: String,
    /// Title › heading › heading.
    pub breadcrumb: Vec<String>,
    /// First and last line of the quote, inclusive, from 1.
    pub lines: (u32, u32),
    /// First byte and the byte after the last one, in the original file.
    pub bytes: (usize, usize),
    /// Those bytes, unchanged.
    pub quote: String,
    /// The quote as a reader sees it, where its bytes hold markup.
    pub shown: Option<String>,
    /// The items of a quoted list in order, so that a card can page through them; else empty.
    pub items: Vec<String>,
    /// Name of the source, if the document gives one.
    pub source: Option<String>,
    /// Address of the source, if the document gives one.
    pub url: Option<String>,
    /// Ranking score, comparable within one answer only.
    pub score: f64,
}

impl Citation {
    /// The quote as a reader sees it: its bytes, without markup if they hold any.
    pub fn words(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.quote)
    }

    /// Whether both quote some of the same bytes.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.document == other.document && self.bytes.0 < other.bytes.1 && other.bytes.0 < self.bytes.1
    }
}

/// A subject or heading of the folder that a user can ask about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// What to call it.
    pub label: String,
    /// Path of the document it stands in.
    pub document: String,
}
