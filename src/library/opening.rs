//! Opening a library: serve what is there; fall back to the generation before it if it is damaged; build if nothing can
//! serve. Serving needs neither the corpus folder nor a writable data folder.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::reading::Folder;
use super::{Library, LibraryError, Places, Progress, Serving, explain, ingredients, read, report};
use crate::engine::Engine;
use crate::index::files::Files;
use crate::index::generations::{Approve, Generations, Live, Opening};
use crate::index::lock::{Holder, Lock};
use crate::lexicon::Lexicon;

/// How long to wait for another process that is building what we need.
const PATIENCE: Duration = Duration::from_secs(300);
const LOOK_AGAIN: Duration = Duration::from_millis(25);

/// What to open, and with what.
pub struct Request {
    /// The file system.
    pub files: Files,
    /// Where the library lives.
    pub places: Places,
    /// The corpus, if it was read already.
    pub folder: Option<Folder>,
    /// What to build and to understand questions with.
    pub lexicon: Arc<Lexicon>,
    /// As for [`Engine::new`].
    pub min_confidence: f64,
    /// Seconds since 1970 (UTC).
    pub now: i64,
}

impl Library {
    /// Opens the live generation, or builds the first one. `min_confidence` as for [`Engine::new`]; `now` in seconds
    /// since 1970 (UTC).
    ///
    /// # Errors
    /// If nothing can serve: the text says what is wrong and what to do.
    pub fn open(
        places: Places,
        lexicon: Arc<Lexicon>,
        min_confidence: f64,
        now: i64,
        progress: &dyn Progress,
    ) -> Result<Self, LibraryError> {
        let files = Files::disk();
        Self::request(Request { files, places, folder: None, lexicon, min_confidence, now }, progress)
    }

    /// [`Library::open`], saying everything.
    pub fn request(mut request: Request, progress: &dyn Progress) -> Result<Self, LibraryError> {
        let generations = Generations::new(request.places.data.clone(), request.files.clone());
        let (opening, lock) = look(&generations, &request)?;
        if let Some(lock) = &lock
            && let Err(error) = generations.tidy(lock, &opening)
        {
            tracing::warn!(%error, "leftovers in the data folder could not be removed; the next start tries again");
        }
        let mut notices = Notices::default();
        opening.notices.into_iter().for_each(|notice| notices.say(notice));
        let live = opening.live;
        let mut built_at_opening = None;
        let live = match (live, lock) {
            (Some(live), lock) => {
                if !notices.0.is_empty() {
                    notices.say(format!("Generation {} serves instead.", live.manifest.id));
                }
                if live.manifest.lexicon == request.lexicon.fingerprint {
                    live
                } else {
                    let renewed = renew(&generations, lock.as_ref(), &live, &mut request, progress);
                    notices.say(renewed.notice);
                    built_at_opening =
                        renewed.live.as_ref().map(|new| report::between(&live.manifest, &new.manifest));
                    renewed.live.unwrap_or(live)
                }
            }
            (None, Some(lock)) => {
                let kept = notices.0.iter().map(|notice| format!(" {notice}")).collect::<String>();
                if !notices.0.is_empty() {
                    notices.say(format!("Rebuilding from {}.", request.places.corpus.display()));
                }
                let live = first(&generations, &lock, &mut request, &kept, progress, &|_| true)?;
                built_at_opening = Some(report::first(&live.manifest));
                live
            }
            (None, None) => return Err(explain::held(&UNKNOWN, &request.places.data)),
        };
        let engine = Engine::new(live.snapshot, Arc::clone(&request.lexicon), request.min_confidence);
        Ok(Library {
            places: request.places,
            files: request.files,
            engine: Arc::new(engine),
            lexicon: request.lexicon,
            generations,
            serving: Mutex::new(Serving { manifest: live.manifest, previous: live.previous }),
            building: Mutex::new(None),
            notices: notices.0,
            built_at_opening,
        })
    }
}

/// What the operator should know, kept and logged at once: what follows may take a while.
#[derive(Default)]
struct Notices(Vec<String>);

impl Notices {
    fn say(&mut self, notice: String) {
        tracing::warn!("{notice}");
        self.0.push(notice);
    }
}

const UNKNOWN: Holder = Holder { pid: None, since: None };

/// What is there, and the right to write if we can have it; if nothing is there, always the right to write, unless
/// another process builds what we need while we wait for it.
fn look(generations: &Generations, request: &Request) -> Result<(Opening, Option<Lock>), LibraryError> {
    let failed = |error| explain::data_folder(&error, &request.places.data, "");
    let began = Instant::now();
    loop {
        let opening = generations.open().map_err(failed)?;
        let current = |live: &Live| live.manifest.lexicon == request.lexicon.fingerprint;
        if opening.live.as_ref().is_some_and(current) && !generations.is_untidy(&opening) {
            // Nothing to write: a reindex that another process begins now must not find the lock taken.
            return Ok((opening, None));
        }
        match (generations.lock(request.now), opening.live.is_some()) {
            // What serves is served, whoever else is writing and whether or not we may write.
            (lock, true) => return Ok((opening, lock.ok().and_then(Result::ok))),
            (Err(error), false) => return Err(failed(error)),
            // Looked at again under the lock: another process may have built it since.
            (Ok(Ok(lock)), false) => return Ok((generations.open().map_err(failed)?, Some(lock))),
            (Ok(Err(holder)), false) if began.elapsed() > PATIENCE => {
                return Err(explain::held(&holder, &request.places.data));
            }
            (Ok(Err(_)), false) => std::thread::sleep(LOOK_AGAIN),
        }
    }
}

/// Builds where nothing serves; `kept` ends the message of a failure.
fn first(
    generations: &Generations,
    lock: &Lock,
    request: &mut Request,
    kept: &str,
    progress: &dyn Progress,
    approve: Approve<'_>,
) -> Result<Live, LibraryError> {
    let folder = request.folder.take();
    let parsed = read((&request.files, &request.places), &request.lexicon, folder, None, kept, progress)?;
    generations
        .build(lock, ingredients(&parsed, &request.lexicon), request.now, &|stage, done, total| {
            progress.step(stage, done, total);
            progress.go_on()
        }, approve)
        .map_err(|error| explain::data_folder(&error, &request.places.data, kept))?
        .ok_or_else(|| {
            LibraryError::Failed("Less than half of the documents would be left; `registrar index build --force` does it anyway.".to_owned())
        })
}

/// What became of a generation that was built with another lexicon.
struct Renewed {
    live: Option<Live>,
    notice: String,
}

/// Rebuilds what was built with another lexicon. If that cannot be done now, the old one is better than none.
fn renew(
    generations: &Generations,
    lock: Option<&Lock>,
    old: &Live,
    request: &mut Request,
    progress: &dyn Progress,
) -> Renewed {
    let id = &old.manifest.id;
    let had = old.manifest.documents;
    let approve = |new: &Live| new.manifest.documents * 2 >= had;
    let built = match lock {
        Some(lock) => {
            first(generations, lock, request, "", progress, &approve).map_err(|error| error.to_string())
        }
        None => Err("The data folder cannot be written now.".to_owned()),
    };
    match built {
        Ok(live) => Renewed {
            live: Some(live),
            notice: format!("The lexicon has changed since generation {id} was built: it was built anew."),
        },
        Err(error) => Renewed {
            live: None,
            notice: format!(
                "Generation {id} was built with another lexicon, and could not be built anew: {error} It serves as it \
                 is; answers may be missed until `registrar index build` succeeds."
            ),
        },
    }
}
