//! The fixed sentences that users see when there is no answer. Each says what to do next; none shows a cause.

use super::asking::NoAnswer;
use crate::store::Vote;

/// Something failed that the user cannot mend.
pub const FAILED: &str = "Something went wrong on my side, and it was noted. Please ask again in a moment.";
/// The engine took too long.
pub const TOO_SLOW: &str =
    "That took too long, so I stopped looking. Please ask again, perhaps in fewer words.";
/// The queue is full.
pub const BUSY: &str = "I have too many questions to answer right now. Please ask again in a moment.";
/// A button that this version does not know.
pub const UNKNOWN_BUTTON: &str = "I do not know this button (any more). Please ask again with `/ask`.";
/// A command that this version does not know.
pub const UNKNOWN_COMMAND: &str = "I do not know this command (any more). `/help` shows what I can do.";
/// A card whose question cannot be read, or a page that is no longer there.
pub const GONE: &str =
    "There is no more to show here: the sources may have changed. Please ask again with `/ask`.";
/// Somebody else's answer.
pub const NOT_YOURS_TO_DELETE: &str =
    "Only the person who asked, and the moderators, can delete this answer.";
/// An answer that is not a private one of the caller's.
pub const NOT_YOURS_TO_SHARE: &str =
    "Only a private answer can be shared, and only by the person who got it.";
/// A share where the caller may not write.
pub const YOU_MAY_NOT_SPEAK: &str = "You may not write in this channel, so I cannot write it for you.";
/// A share where the bot is off.
pub const OFF_HERE: &str = "The moderators want no answers of mine in this channel, so it stays private.";
/// A second share of one answer.
pub const SHARED: &str = "You have shared this answer already.";
/// What a server reads when the bot has just been added.
pub const GREETING: &str = "Hello! I answer questions from a folder of texts, each answer with the words that prove it and where they \
     stand. Mention me with your question, or use `/ask`; otherwise I keep quiet.\n\
     For moderators: `/settings channel` decides where I speak, `/settings check` says whether I can. `/help` shows the rest.";
/// A setting that the store did not take.
pub const NOT_KEPT: &str = "That could not be kept: my memory fails. It was noted; please tell whoever runs me, and try again later.";
/// What the store does not give.
pub const NOT_READ: &str = "I cannot look that up right now: my memory fails. It was noted; please tell whoever runs me, and try again later.";
/// Discord's own filter refused an answer.
pub const FILTERED: &str =
    "This server's filters do not let my answer through. Ask me in a direct message instead.";

/// "Cancel" of a reindex or a comparison that is over.
pub const ENDED: &str = "That has ended already.";
/// A comparison that somebody stopped.
pub const COMPARED_NOT: &str = "The comparison was cancelled. Nothing was changed.";
/// "Cancel" of one that runs.
pub const CANCELLING: &str = "It ends at its next step; the old index goes on serving.";
/// A button under somebody else's message.
pub const NOT_YOURS: &str = "This button is for the one who began it. Use `/corpus reindex` yourself.";
/// "Do it anyway" without the right.
pub const ADMINISTRATORS_ONLY: &str =
    "Only an administrator of this server may switch in spite of the reasons above.";
/// "Do it anyway", too late.
pub const EXPIRED: &str = "This button has expired. Use `/corpus reindex` again.";
/// A message that is not here.
pub const NO_SUCH_MESSAGE: &str =
    "I cannot find that message in this channel. Copy its link here (`Copy Message Link`) and try again.";
/// The answer stands under the message.
pub const REPLIED: &str = "Answered, as a reply to that message.";
/// The answer could not be put under the message.
pub const NOT_REPLIED: &str = "I may not reply to that message here (it may be gone, or I lack the permission Send Messages), so only you see this:";

/// "Cancel" of an upload.
pub const DISCARDED: &str = "Nothing was added.";
/// There is nothing to name.
pub const NO_UPLOADS: &str = "Nothing was uploaded yet. `/corpus add` uploads a document.";

/// There are no gaps to show.
pub const GAPS_OFF: &str = "Questions that I could not answer are not kept in this server. `/settings gaps keep: on` changes that, from then on.";
/// The same vote again.
pub const VOTED_ALREADY: &str = "You have said so already; it is noted.";
/// Another vote than before.
pub const VOTE_CHANGED: &str = "Noted, in place of what you said before.";

/// What somebody reads who said what they think of an answer.
pub fn voted(vote: Vote) -> &'static str {
    match vote {
        Vote::Helped => "Thank you, that is noted.",
        Vote::Other => {
            "Thank you, that is noted. Naming the program and what you want to know about it helps me to find it."
        }
        Vote::Wrong => {
            "Thank you, that is noted. What I quote stands in my sources; please check them before you rely on it."
        }
    }
}

/// What a user reads instead of an answer.
pub fn no_answer(reason: NoAnswer) -> &'static str {
    match reason {
        NoAnswer::TooSlow => TOO_SLOW,
        NoAnswer::Panicked => FAILED,
    }
}

/// What a user reads who asks again before a server's own pause is over.
pub fn server_pause(seconds: u64) -> String {
    let unit = if seconds == 1 { "second" } else { "seconds" };
    format!(
        "The moderators of this server want a pause between two questions. You can ask again in {seconds} {unit}."
    )
}

/// What a user reads who asks too fast.
pub fn cooldown(seconds: u64) -> String {
    let unit = if seconds == 1 { "second" } else { "seconds" };
    format!("That was a lot of questions at once. You can ask again in {seconds} {unit}.")
}
