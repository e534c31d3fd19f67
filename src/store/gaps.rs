//! Questions that were not answered, or not well: in normal form, by server and day, and only where a moderator wants it. Who
//! asked, where and at what time of the day is not in them.

use super::Vote;
use crate::text::tokens;

/// A gap is kept for so many seconds, counted from the beginning of its day.
pub const GAP_AGE: i64 = 30 * DAY;
const DAY: i64 = 24 * 3_600;
/// A normal form has at most so many words; what is longer is no question.
const MAX_WORDS: usize = 40;
/// A number with more digits is an id or a telephone number.
const MAX_DIGITS: usize = 6;

/// What was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missed {
    /// There was no answer.
    Unanswered,
    /// Somebody said that the answer is not to their question.
    Other,
    /// Somebody said that the answer is wrong.
    Wrong,
}

/// One question that was missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// In which server.
    pub server: u64,
    /// In [`normal_form`].
    pub question: String,
    /// What was wrong.
    pub missed: Missed,
    /// The generation that was asked.
    pub generation: String,
}

/// A question that was missed, with how often and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapCount {
    /// In [`normal_form`].
    pub question: String,
    /// What was wrong.
    pub missed: Missed,
    /// How often.
    pub times: u64,
    /// The beginning of the first and of the last day.
    pub days: (i64, i64),
}

impl Missed {
    const ALL: [Self; 3] = [Self::Unanswered, Self::Other, Self::Wrong];

    /// Its name in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::Other => "other",
            Self::Wrong => "wrong",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|missed| missed.name() == name)
    }

    /// What a vote says was wrong, if anything.
    pub fn of_vote(vote: Vote) -> Option<Self> {
        match vote {
            Vote::Helped => None,
            Vote::Other => Some(Self::Other),
            Vote::Wrong => Some(Self::Wrong),
        }
    }
}

/// The question as folded words, without long numbers; `None` if nothing is left, or too much.
pub fn normal_form(question: &str) -> Option<String> {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).count();
    let words = tokens(question).into_iter().map(|token| token.word);
    let words: Vec<String> = words.filter(|word| digits(word) <= MAX_DIGITS).collect();
    (1..=MAX_WORDS).contains(&words.len()).then(|| words.join(" "))
}

/// When the day of a time began (UTC).
pub(super) fn day_of(now: i64) -> i64 {
    now.div_euclid(DAY).saturating_mul(DAY)
}

#[cfg(test)]
mod tests {
    use super::{day_of, normal_form};

    #[test]
    fn a_normal_form_has_no_marks_and_no_ids() {
        for (question, expected) in [
            ("What does the Welding CERTIFICATE cost?!", Some("what does the welding certificate cost")),
            ("<@1100000000000000301> fees in 2014?", Some("fees in 2014")),
            ("call 5551234567", Some("call")),
            ("?!", None),
            ("", None),
        ] {
            assert_eq!(normal_form(question).as_deref(), expected, "{question}");
        }
        assert_eq!(normal_form(&"word ".repeat(41)), None);
    }

    #[test]
    fn a_day_is_all_that_is_known_of_a_time() {
        assert_eq!([day_of(0), day_of(86_399), day_of(86_400), day_of(-1)], [0, 0, 86_400, -86_400]);
    }
}
