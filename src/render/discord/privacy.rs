//! What somebody reads about what is kept of them.

use super::notice::count;
use crate::store::KnownOfPerson;

/// What is kept of a person, and what of it cannot be found by who they are.
pub fn known_of_person(known: &KnownOfPerson, audit_days: u32) -> String {
    let mut text = "**What I keep about you**".to_owned();
    text.push_str(&match known.answers {
        0 => "\n- Of your questions of the last 24 hours: nothing.".to_owned(),
        answers => format!(
            "\n- {} of the last 24 hours: the ids of question, answer, channel and of you, and the time. No text.",
            count(answers, "answer")
        ),
    });
    if known.deeds > 0 {
        text.push_str(&format!(
            "\n- {} in the moderators' log (`/corpus log`): your id, what you did to the corpus, when, and how it ended; for \
             {}.",
            entries(known.deeds),
            count(audit_days.into(), "day")
        ));
    }
    text.push_str(
        "\nWhat I cannot find by who you are: votes on answers stand under a hash and go after 30 days; unanswered questions \
         (only where moderators want them) are kept without who asked. Your name I never keep, nor what you wrote besides.\n\
         `/privacy forget-me` removes the first.",
    );
    text
}

fn entries(number: u64) -> String {
    if number == 1 { "1 entry".to_owned() } else { format!("{number} entries") }
}

/// What was removed.
pub fn forgotten(answers: u64) -> String {
    let removed = match answers {
        0 => "There was nothing to remove.".to_owned(),
        answers => format!(
            "Removed: what I knew of {}. If you edit or delete those questions now, their answers stay as they are; `Delete` under them works on.",
            count(answers, "answer")
        ),
    };
    format!(
        "{removed}\nVotes on answers cannot be found by who you are; they go by themselves after 30 days. Entries in the \
         moderators' log stay until their time is over."
    )
}
