//! What people thought of answers: one vote a person and answer, known only by a keyed hash of both. Whoever has the key can
//! test a guess; nobody can read from it who voted.

/// What somebody thought of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vote {
    /// It helped.
    Helped,
    /// It answers another question.
    Other,
    /// It is wrong.
    Wrong,
}

/// How many thought what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Votes {
    /// It helped.
    pub helped: u64,
    /// It answers another question.
    pub other: u64,
    /// It is wrong.
    pub wrong: u64,
}

/// A vote is kept for so many seconds.
pub const VOTE_AGE: i64 = 30 * 24 * 3_600;

/// Random, made once for each store.
pub type HashKey = [u8; 32];

impl Vote {
    /// All of them, in the order of their buttons.
    pub const ALL: [Self; 3] = [Self::Helped, Self::Other, Self::Wrong];

    /// Its name, in the store and in the ids of buttons.
    pub fn name(self) -> &'static str {
        match self {
            Self::Helped => "helped",
            Self::Other => "other",
            Self::Wrong => "wrong",
        }
    }

    /// The vote of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|vote| vote.name() == name)
    }
}

/// What stands for a person and an answer in the store.
pub fn voter(key: &HashKey, person: u64, answer: u64) -> String {
    let mut hasher = blake3::Hasher::new_keyed(key);
    hasher.update(&person.to_le_bytes()).update(&answer.to_le_bytes());
    hasher.finalize().to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::{Vote, voter};

    #[test]
    fn person_answer_and_key_make_a_voter() {
        let (key, other) = ([1; 32], [2; 32]);
        let one = voter(&key, 10, 20);
        assert_eq!((one.len(), &one), (64, &voter(&key, 10, 20)));
        for another in [voter(&key, 20, 10), voter(&key, 10, 21), voter(&key, 11, 20), voter(&other, 10, 20)]
        {
            assert_ne!(one, another);
        }
        assert!(Vote::ALL.into_iter().all(|vote| Vote::from_name(vote.name()) == Some(vote)));
    }
}
