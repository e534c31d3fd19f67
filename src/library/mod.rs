//! A corpus folder and its generations on disk, behind one live engine: opening, reindexing, rolling back.
//! The one code path for the command line and for Discord. It does I/O; the engine below it does none.

mod background;
mod cache;
mod explain;
mod guard;
mod model;
mod opening;
mod reading;
mod report;
mod uploads;

use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError};

use crate::corpus::Problem;
use crate::engine::Engine;
use crate::index::IndexError;
use crate::index::files::Files;
use crate::index::generations::{Generations, Live};
use crate::index::lock::Lock;
use crate::index::manifest::Manifest;
use crate::index::staging::Ingredients;
use crate::lexicon::Lexicon;
use reading::Parsed;

pub use explain::time as readable_time;
pub use guard::{GoldenChange, GoldenReport};
pub use model::{LibraryError, Order, Places, Progress, Quiet, Rebuild, ReindexReport, Status};
pub use opening::Request;
pub use reading::Folder;
pub use report::{FolderNow, Verification, status_of, verify};
pub use uploads::{Preview, UploadError, Uploads};

/// A corpus folder, its generations and the engine that serves the live one.
pub struct Library {
    places: Places,
    files: Files,
    engine: Arc<Engine>,
    lexicon: Arc<Lexicon>,
    generations: Generations,
    // Standard locks: held for moments, never across an await.
    serving: Mutex<Serving>,
    building: Mutex<Option<Began>>,
    notices: Vec<String>,
    built_at_opening: Option<ReindexReport>,
}

/// What serves now.
#[derive(Clone)]
struct Serving {
    manifest: Manifest,
    previous: Option<String>,
}

/// Who began a reindex, and when.
struct Began {
    since: i64,
    by: String,
}

/// The turn of one reindex in this process; over when dropped.
struct Turn<'a>(&'a Mutex<Option<Began>>);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Library {
    /// The engine over the live generation; it stays the same when a reindex swaps what it serves.
    pub fn engine(&self) -> Arc<Engine> {
        Arc::clone(&self.engine)
    }

    /// Where it lives.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// What the opening found damaged and how it went on, one sentence each, for the operator; usually empty. They
    /// were logged as warnings, too.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// What was built because nothing could serve yet.
    pub fn built_at_opening(&self) -> Option<&ReindexReport> {
        self.built_at_opening.as_ref()
    }

    /// Builds a new generation beside the live one, verifies it, switches to it; nothing if nothing changed. On any
    /// error the old one goes on serving. `now`: seconds since 1970 (UTC).
    pub fn reindex(&self, now: i64, progress: &dyn Progress) -> Result<ReindexReport, LibraryError> {
        self.rebuild(Rebuild::IfNeeded, now, progress)
    }

    /// [`Library::reindex`], saying when to build.
    pub fn rebuild(
        &self,
        when: Rebuild,
        now: i64,
        progress: &dyn Progress,
    ) -> Result<ReindexReport, LibraryError> {
        self.rebuild_for(Order { by: "the command line", when, now, missed: &[] }, progress)
    }

    /// [`Library::rebuild`], saying who asked for it and which questions to ask before and after.
    ///
    /// # Errors
    /// [`LibraryError::Refused`] when too little would be left, or a golden question would no longer be answered right.
    pub fn rebuild_for(
        &self,
        order: Order<'_>,
        progress: &dyn Progress,
    ) -> Result<ReindexReport, LibraryError> {
        background::in_background(|| self.rebuild_here(order, progress))
    }

    fn rebuild_here(&self, order: Order<'_>, progress: &dyn Progress) -> Result<ReindexReport, LibraryError> {
        let Order { by, when, now, missed } = order;
        let (_turn, lock, before) = self.begin(by, now)?;
        let kept = explain::still_serving(&before.manifest.id);
        let failed = |error| explain::data_folder(&error, &self.places.data, &kept);
        // Only what is whole, and was understood as it would be now, is taken over.
        let current = match when {
            Rebuild::IfNeeded | Rebuild::Never => self.generations.sound().map_err(failed)?,
            Rebuild::Always => None,
        };
        let served = current.as_ref().filter(|current| {
            current.lexicon == self.lexicon.fingerprint && current.program == env!("CARGO_PKG_VERSION")
        });
        let parsed = read((&self.files, &self.places), &self.lexicon, None, served, &kept, progress)?;
        let made_of = Ingredients { served: current.as_ref(), ..ingredients(&parsed, &self.lexicon) };
        if let Some(current) = &current
            && current.content == made_of.content()
        {
            if current.id == before.manifest.id {
                let report = report::between(&before.manifest, &before.manifest);
                return Ok(ReindexReport { unchanged: true, ..report });
            }
            // Another process has built just this.
            if let Some(live) = self.generations.open().map_err(failed)?.live {
                return Ok(self.switch(live, &before.manifest));
            }
        }
        if !progress.go_on() {
            return Err(LibraryError::Cancelled);
        }
        let golden = guard::golden(&self.files, &self.places.corpus);
        let found = RefCell::new(ReindexReport::default());
        let approve = |live: &Live| {
            progress.step("comparing", 0, 1);
            let mut report = report::between(&before.manifest, &live.manifest);
            let after = self.engine.over(Arc::clone(&live.snapshot));
            guard::examine(&mut report, &self.engine, &after, &golden, now);
            report.missed = guard::changed(&self.engine, &after, missed, now);
            let approved = match when {
                Rebuild::IfNeeded => report.refusals.is_empty() && progress.go_on(),
                Rebuild::Always => true,
                Rebuild::Never => false,
            };
            found.replace(report);
            approved
        };
        let step = |stage: &str, done, total| {
            progress.step(stage, done, total);
            progress.go_on()
        };
        let built = match self.generations.build(&lock, made_of, now, &step, &approve) {
            Err(IndexError::Cancelled) => return Err(LibraryError::Cancelled),
            built => built.map_err(failed)?,
        };
        let report = found.into_inner();
        match built {
            Some(live) => {
                self.serve(live);
                Ok(report)
            }
            None if when == Rebuild::Never => Ok(report),
            None if report.refusals.is_empty() => Err(LibraryError::Cancelled),
            None => Err(LibraryError::Refused(Box::new(report))),
        }
    }

    /// Serves what another process has switched to meanwhile, if it did; costs next to nothing if not.
    ///
    /// # Errors
    /// If it cannot be opened; the one that serves goes on.
    pub fn follow(&self) -> Result<Option<ReindexReport>, LibraryError> {
        let before = self.serving();
        let failed = |error: IndexError| {
            let kept = explain::still_serving(&before.manifest.id);
            explain::data_folder(&error, &self.places.data, &kept)
        };
        let building = self.building.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        let named = self.generations.live_id().map_err(failed)?;
        if building || named.is_none_or(|named| named == before.manifest.id) {
            return Ok(None);
        }
        let live = self.generations.open().map_err(failed)?.live;
        // One built with another lexicon numbers its attributes otherwise.
        let usable = live.filter(|live| {
            live.manifest.id != before.manifest.id && live.manifest.lexicon == self.lexicon.fingerprint
        });
        Ok(usable.map(|live| self.switch(live, &before.manifest)))
    }

    /// Serves the generation before the live one again; the live one is kept, so that a second rollback undoes the
    /// first. `now`: seconds since 1970 (UTC).
    pub fn rollback(&self, now: i64) -> Result<ReindexReport, LibraryError> {
        let (_turn, lock, before) = self.begin("a rollback", now)?;
        let kept = explain::still_serving(&before.manifest.id);
        let failed = |error| explain::data_folder(&error, &self.places.data, &kept);
        let earlier = self.generations.census().map_err(failed)?.kept.into_iter().nth(1);
        if let Some(Ok(earlier)) = earlier.map(|earlier| earlier.manifest)
            && earlier.lexicon != self.lexicon.fingerprint
        {
            return Err(explain::other_lexicon(&earlier.id, &kept));
        }
        let live = self
            .generations
            .roll_back(&lock)
            .map_err(failed)?
            .ok_or_else(|| explain::nothing_to_roll_back_to(&kept))?;
        Ok(self.switch(live, &before.manifest))
    }

    /// The documents that moderators uploaded.
    pub fn uploads(&self) -> Uploads {
        Uploads::new(&self.places.corpus, self.files.clone())
    }

    /// Understands and stages an upload, as [`Uploads::stage`] does.
    ///
    /// # Errors
    /// If it cannot be read, or not be stored.
    pub fn stage_upload(&self, name: &str, bytes: &[u8], now: i64) -> Result<Preview, UploadError> {
        self.uploads().stage(name, bytes, &self.lexicon, now)
    }

    /// What serves now.
    pub fn status(&self) -> Status {
        let Serving { manifest, previous } = self.serving();
        report::status(manifest, previous)
    }

    /// A number that changes with the names, sizes and times of the folder's files.
    pub fn folder_stamp(&self) -> u64 {
        report::stamp(&self.places.corpus)
    }

    /// How the corpus folder stands now to what serves.
    pub fn folder_now(&self) -> FolderNow {
        report::folder_now(&self.places.corpus, &self.serving().manifest)
    }

    /// Checks every byte of the kept generations, and every quote of the live one against the corpus folder.
    pub fn verify(&self) -> Result<Vec<Verification>, LibraryError> {
        report::verify(&self.places)
    }

    /// One reindex at a time: in this process, then among processes.
    fn begin(&self, by: &str, now: i64) -> Result<(Turn<'_>, Lock, Serving), LibraryError> {
        let mut building = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(began) = &*building {
            return Err(LibraryError::Busy { since: explain::time(began.since), by: began.by.clone() });
        }
        *building = Some(Began { since: now, by: by.to_owned() });
        drop(building);
        let turn = Turn(&self.building);
        let before = self.serving();
        let kept = explain::still_serving(&before.manifest.id);
        let lock = self
            .generations
            .lock(now)
            .map_err(|error| explain::data_folder(&error, &self.places.data, &kept))?
            .map_err(|holder| explain::held(&holder, &self.places.data))?;
        Ok((turn, lock, before))
    }

    fn serving(&self) -> Serving {
        self.serving.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn switch(&self, live: Live, before: &Manifest) -> ReindexReport {
        let report = report::between(before, &live.manifest);
        self.serve(live);
        report
    }

    fn serve(&self, live: Live) {
        self.engine.replace(live.snapshot);
        *self.serving.lock().unwrap_or_else(PoisonError::into_inner) =
            Serving { manifest: live.manifest, previous: live.previous };
    }
}

/// Documents and problems of the corpus folder, without building anything; for a check.
pub fn examine(places: &Places, lexicon: &Lexicon) -> Result<(usize, Vec<Problem>), LibraryError> {
    let parsed = read((&Files::disk(), places), lexicon, None, None, "", &Quiet)?;
    Ok((parsed.documents.len(), parsed.problems))
}

/// Reads and parses the corpus folder, unless it was read already, without the files that are as they were for `served`;
/// an empty one is an error.
fn read(
    (files, places): (&Files, &Places),
    lexicon: &Lexicon,
    folder: Option<Folder>,
    served: Option<&Manifest>,
    kept: &str,
    progress: &dyn Progress,
) -> Result<Parsed, LibraryError> {
    progress.step("reading", 0, 1);
    folder
        .map_or_else(|| Folder::read(files, &places.corpus), Ok)
        .and_then(|folder| {
            let step = |done, total| progress.step("reading", done, total);
            folder.parse(&places.corpus, &lexicon.text, served, &step)
        })
        .map_err(|error| explain::corpus(&error, kept))
}

fn ingredients<'a>(parsed: &'a Parsed, lexicon: &'a Lexicon) -> Ingredients<'a> {
    let Parsed { files, documents, kept, problems } = parsed;
    Ingredients { documents, kept, served: None, files, problems, lexicon }
}
