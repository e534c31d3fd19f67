//! What is asked: kind, attribute, subject, modifiers and terms, with typing errors mended against the corpus's own
//! words and with what a follow-up leaves out. It finds no answers.

mod clean;
mod conversation;
mod deed;
mod initials;
mod named;
mod read;
mod roles;
mod shape;
mod spelling;
mod split;
mod terms;
mod turn;
mod understand;

pub use clean::{clean, is_empty};
pub use turn::{Conversation, Turn};
pub use understand::understand;

use crate::lexicon::{AttributeId, Expect, Lexicon};
use crate::text::Term;

/// The kind of answer that a question wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A figure: money, a percentage, a length of time.
    Value,
    /// A whole list.
    List,
    /// Yes or no.
    YesNo,
    /// What something is.
    Definition,
    /// What letters stand for, or the letters of a name.
    Abbreviation,
    /// How two subjects differ.
    Comparison,
    /// Who did, said or offers something.
    Who,
    /// When something was or is.
    When,
    /// How many.
    Count,
    /// How something is done.
    How,
    /// Anything else that a sentence can state.
    Fact,
}

impl Kind {
    /// The kind of a question for an attribute that is answered by such a value first.
    pub fn expecting(expect: Expect) -> Self {
        match expect {
            Expect::Money | Expect::Percent | Expect::Duration | Expect::Hours => Self::Value,
            Expect::Count => Self::Count,
            Expect::Year | Expect::Date | Expect::Time => Self::When,
            Expect::List => Self::List,
            Expect::Someone => Self::Who,
            Expect::Name => Self::Fact,
        }
    }

    /// Its name in the JSON contract.
    pub fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::List => "list",
            Self::YesNo => "yes-no",
            Self::Definition => "definition",
            Self::Abbreviation => "abbreviation",
            Self::Comparison => "comparison",
            Self::Who => "who",
            Self::When => "when",
            Self::Count => "count",
            Self::How => "how",
            Self::Fact => "fact",
        }
    }
}

/// What a word does in its question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It carries the question: its subject, a name, a number. An answer must support it.
    Subject,
    /// It names the attribute asked for.
    Attribute,
    /// It names a second attribute, which narrows the first ("exam" in "exam fee").
    Topic,
    /// It is vague: it may stand in an answer, or not.
    Light,
    /// It only shapes the question ("how much", "stand for").
    Frame,
}

/// A word of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionTerm {
    /// The folded word, mended.
    pub word: String,
    /// Its stem.
    pub stem: String,
    /// The stem's hash.
    pub term: Term,
    /// What it does.
    pub role: Role,
    /// Whether it must stand in the passage, its lead-in or its headings: a place, a number.
    pub strict: bool,
    /// Whether it only narrows a subject: a level, a place, a number.
    pub modifier: bool,
    /// Whether it names a person by what they do.
    pub person: bool,
    /// Whether it was taken from the conversation and is not of the question itself.
    pub carried: bool,
    /// Its rarity in the corpus: ln(1 + blocks / (blocks that hold it + 1)).
    pub weight: f64,
    /// Whether any block holds it or one of its alternatives.
    pub known: bool,
    /// Other ways of saying it (synonyms, abbreviations); each is a set of terms that must all be there.
    pub alternatives: Vec<Alternative>,
}

/// Another way of saying a word.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Its stems.
    pub stems: Vec<String>,
    /// Their hashes.
    pub terms: Vec<Term>,
    /// How much it counts beside the word itself, 0 to 1: an abbreviation that the corpus defines counts in full.
    pub trust: f64,
}

/// One question, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The words of this question alone, cleaned.
    pub text: String,
    /// What it wants.
    pub kind: Kind,
    /// Whether it is put as a yes/no question, whatever else it wants.
    pub polar: bool,
    /// The attribute asked for.
    pub attribute: Option<AttributeId>,
    /// A second attribute that narrows it.
    pub topic: Option<AttributeId>,
    /// The attributes that its words speak for, with their probability, the likeliest first.
    pub likely: Vec<(AttributeId, f64)>,
    /// The kinds of value that would answer it; empty when any sentence may.
    pub expects: Vec<Expect>,
    /// Its words, in order, without grammar words; at most 64.
    pub terms: Vec<QuestionTerm>,
    /// What is counted ("how many credits"), as an index into [`Question::terms`]: the value must be of that.
    pub counted: Option<usize>,
    /// What it takes for done ("when did it reopen"), as an index into [`Question::terms`]: an answer must tell of it.
    pub deed: Option<usize>,
    /// Every attribute that its words name, one bit each.
    pub attributes: u64,
    /// Years that it names.
    pub years: Vec<u32>,
    /// The level of education that it names, by its place in the lexicon.
    pub level: Option<usize>,
    /// For a comparison: the words of each side, as indexes into [`Question::terms`].
    pub sides: Vec<Vec<usize>>,
    /// The subject as a phrase of the question, for the next turn and for messages.
    pub subject: Option<String>,
    /// The part of the subject that names something in the folder, or that the folder does not know: what a follow-up
    /// is about.
    pub topic_words: Option<String>,
    /// Words that were mended: what was typed, what was read.
    pub corrections: Vec<(String, String)>,
    /// What was taken from the conversation, as words that make the question complete.
    pub carried: Vec<String>,
}

impl Question {
    /// The carrying words that are no part of what the question is about; `None` when there is none.
    pub fn detail(&self) -> Option<String> {
        let about: Vec<&str> = self.topic_words.as_deref().unwrap_or_default().split(' ').collect();
        let words: Vec<&str> = self
            .terms
            .iter()
            .filter(|term| matches!(term.role, Role::Subject | Role::Topic) && !term.modifier)
            .map(|term| term.word.as_str())
            .filter(|word| !about.contains(word))
            .collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// Whether what is asked for is stated of people who do a job.
    pub fn about_people(&self, lexicon: &Lexicon) -> bool {
        self.attribute
            .and_then(|id| lexicon.attributes.get(id))
            .is_some_and(|attribute| attribute.about_people)
    }

    /// The terms that carry the question.
    pub fn subject_terms(&self) -> impl Iterator<Item = &QuestionTerm> {
        self.terms.iter().filter(|term| term.role == Role::Subject)
    }
}
