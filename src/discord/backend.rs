//! What the bot needs from the rest of the program: answers, and the corpus for moderators. Tests put slow, failing
//! and panicking ones here.

use crate::answer::{Answer, Conversation};
use crate::library::{
    Library, LibraryError, Order, Preview, Progress, ReindexReport, Status, UploadError, Uploads,
};
use crate::lookup::Lookup;

/// Answers questions and looks after the corpus; every call may take long and is made off the async threads.
pub trait Backend: Send + Sync + 'static {
    /// Answers one question; `now` in seconds since 1970 (UTC).
    fn ask(&self, question: &str, conversation: &Conversation, now: i64) -> Answer;

    /// Does something with the names of the folder, on one state of it.
    fn look_up(&self, work: &mut dyn FnMut(Lookup<'_>));

    /// What serves now.
    fn status(&self) -> Status;

    /// Builds a new generation and switches to it, while questions go on.
    ///
    /// # Errors
    /// A text for the person who asked, when there is something they can do.
    fn reindex(&self, order: Order<'_>, progress: &dyn Progress) -> Result<ReindexReport, LibraryError>;

    /// Understands and stages an upload.
    ///
    /// # Errors
    /// If it cannot be read, or not be stored.
    fn stage_upload(&self, name: &str, bytes: &[u8], now: i64) -> Result<Preview, UploadError>;

    /// The documents that moderators uploaded.
    fn uploads(&self) -> Uploads;

    /// Serves the generation before this one again.
    ///
    /// # Errors
    /// As for [`Backend::reindex`].
    fn rollback(&self, now: i64) -> Result<ReindexReport, LibraryError>;

    /// A number that changes when something in the folder does; asked often, and cheap.
    fn folder_stamp(&self) -> u64;

    /// Serves what another process has switched to, if it did; asked often, and cheap.
    ///
    /// # Errors
    /// If that cannot be opened.
    fn follow(&self) -> Result<Option<ReindexReport>, LibraryError>;
}

impl Backend for Library {
    fn ask(&self, question: &str, conversation: &Conversation, now: i64) -> Answer {
        self.engine().ask(question, conversation, now)
    }

    fn look_up(&self, work: &mut dyn FnMut(Lookup<'_>)) {
        self.engine().look_up(work);
    }

    fn status(&self) -> Status {
        Library::status(self)
    }

    fn reindex(&self, order: Order<'_>, progress: &dyn Progress) -> Result<ReindexReport, LibraryError> {
        self.rebuild_for(order, progress)
    }

    fn stage_upload(&self, name: &str, bytes: &[u8], now: i64) -> Result<Preview, UploadError> {
        Library::stage_upload(self, name, bytes, now)
    }

    fn uploads(&self) -> Uploads {
        Library::uploads(self)
    }

    fn rollback(&self, now: i64) -> Result<ReindexReport, LibraryError> {
        Library::rollback(self, now)
    }

    fn folder_stamp(&self) -> u64 {
        Library::folder_stamp(self)
    }

    fn follow(&self) -> Result<Option<ReindexReport>, LibraryError> {
        Library::follow(self)
    }
}
