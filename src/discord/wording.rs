//! The fixed sentences that users see when there is no answer. Each says what to do next; none shows a cause.

use super::asking::NoAnswer;

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
/// Discord's own filter refused an answer.
pub const FILTERED: &str =
    "This server's filters do not let my answer through. Ask me in a direct message instead.";

/// "Cancel" of a reindex that is over.
pub const ENDED: &str = "That reindex has ended already.";
/// "Cancel" of one that runs.
pub const CANCELLING: &str = "It ends at its next step; the old index goes on serving.";
/// A button under somebody else's message.
pub const NOT_YOURS: &str = "This button is for the one who began it. Use `/corpus reindex` yourself.";
/// "Do it anyway" without the right.
pub const ADMINISTRATORS_ONLY: &str =
    "Only an administrator of this server may switch in spite of the reasons above.";
/// "Do it anyway", too late.
pub const EXPIRED: &str = "This button has expired. Use `/corpus reindex` again.";

/// "Cancel" of an upload.
pub const DISCARDED: &str = "Nothing was added.";
/// There is nothing to name.
pub const NO_UPLOADS: &str = "Nothing was uploaded yet. `/corpus add` uploads a document.";

/// What a user reads instead of an answer.
pub fn no_answer(reason: NoAnswer) -> &'static str {
    match reason {
        NoAnswer::TooSlow => TOO_SLOW,
        NoAnswer::Panicked => FAILED,
    }
}

/// What a user reads who asks too fast.
pub fn cooldown(seconds: u64) -> String {
    let unit = if seconds == 1 { "second" } else { "seconds" };
    format!("That was a lot of questions at once. You can ask again in {seconds} {unit}.")
}
