//! The generations of a data folder and which of them is live. Not how one is built (`staging`) or checked (`verify`).
//!
//! ```text
//! data/                    only its owner may enter (mode 0700)
//!   current.json           names the live generation and the one before it; replaced by one rename
//!   generations/<id>/      immutable: the index's files and manifest.json
//!   staging-…              what is being built; removed when the data folder is next opened
//!   lock                   held while something is built
//! ```
//! Killed or out of disk at any point, `current.json` names a complete generation: a generation is complete, verified
//! and on the disk before its name is written, and the one before it is removed only two builds later.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::files::{Call, Files};
use super::lock::{self, Holder, Lock};
use super::manifest::Manifest;
use super::staging::{self, Ingredients, Step};
use super::verify::{self, Depth, Sound};
use super::{IndexError, Snapshot, sealed};

const POINTER: &str = "current.json";
const STAGING: &str = "staging-";
/// Readers can meet a switch; after as many in a row something else is wrong.
const OPENING_TRIES: usize = 3;

/// A data folder.
#[derive(Clone)]
pub struct Generations {
    root: PathBuf,
    files: Files,
}

/// The content of `current.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Pointer {
    current: String,
    previous: Option<String>,
}

/// A generation that can serve.
pub struct Live {
    /// Its manifest.
    pub manifest: Manifest,
    /// Its index.
    pub snapshot: Arc<Snapshot>,
    /// Id of the one before it, kept for rollback.
    pub previous: Option<String>,
}

/// Asked of a complete generation, before it becomes the live one.
pub type Approve<'a> = &'a dyn Fn(&Live) -> bool;

/// A generation that is kept, usable or not.
pub struct Kept {
    /// Its id.
    pub id: String,
    /// Its manifest, or why there is none.
    pub manifest: Result<Manifest, IndexError>,
}

/// What a data folder keeps.
pub struct Census {
    /// The live generation, then the one before it.
    pub kept: Vec<Kept>,
    /// What is wrong with `current.json`; usually nothing.
    pub notices: Vec<String>,
}

/// What opening a data folder found.
pub struct Opening {
    /// What can serve, if anything.
    pub live: Option<Live>,
    /// What was found damaged and left aside, one sentence each.
    pub notices: Vec<String>,
    /// Whether `current.json` should be made to name what serves: what it names is damaged for good.
    mend: bool,
    /// What `current.json` said.
    seen: Option<Pointer>,
}

/// Which of several candidates to try, and where they come from.
struct Candidates {
    ids: Vec<String>,
    notices: Vec<String>,
    pointer: Option<Pointer>,
}

impl Generations {
    /// A data folder; nothing is read or made yet.
    pub fn new(root: PathBuf, files: Files) -> Self {
        Self { root, files }
    }

    /// Takes the right to write, making the folder if it is missing; `Ok(Err(holder))` if another has it.
    pub fn lock(&self, now: i64) -> Result<Result<Lock, Holder>, IndexError> {
        self.files.make_folder(&self.root)?;
        let path = self.root.join("lock");
        self.files.ask(Call::Write, &path).map_err(|source| IndexError::io(&path, source))?;
        lock::take(&path, now)
    }

    /// Opens what is live, or the best of what is left. It writes nothing.
    ///
    /// # Errors
    /// [`IndexError::Io`] if the folder is there but could not be read now: nothing may be concluded from that.
    pub fn open(&self) -> Result<Opening, IndexError> {
        let mut last = self.open_once()?;
        for _ in 1..OPENING_TRIES {
            // Another process may have switched, and removed what we were about to open.
            if last.notices.is_empty() || self.pointer().ok().flatten() == last.seen {
                break;
            }
            last = self.open_once()?;
        }
        Ok(last)
    }

    fn open_once(&self) -> Result<Opening, IndexError> {
        let Candidates { ids, mut notices, pointer: seen } = self.candidates()?;
        // What could not be read now, and what is whole but could not be opened, may be usable another time: then
        // nothing may be concluded that would remove it.
        let (mut refused, mut all_damaged) = (None, true);
        for (place, id) in ids.iter().enumerate() {
            // What the pointer does not vouch for is read in full before it is trusted.
            let depth = if seen.is_some() { Depth::Opening } else { Depth::Full };
            let error = match verify::open(&self.files, &self.folder(id), id, depth) {
                Ok(Sound { manifest, snapshot }) => {
                    let mend = all_damaged && (place > 0 || seen.is_none());
                    let previous = ids.get(place + 1).cloned();
                    let live = Some(Live { manifest, snapshot: Arc::new(snapshot), previous });
                    return Ok(Opening { live, notices, mend, seen });
                }
                Err(error) => error,
            };
            notices.push(format!("Generation {id} is unusable: {}.", error.reason()));
            all_damaged &= matches!(error, IndexError::Damaged(_)) && !self.is_whole(id);
            if let IndexError::Io { .. } = error {
                refused = refused.or(Some(error));
            }
        }
        refused.map_or(Ok(Opening { live: None, notices, mend: false, seen }), Err)
    }

    fn is_whole(&self, id: &str) -> bool {
        verify::manifest(&self.files, &self.folder(id), id)
            .and_then(|manifest| self.faults(&manifest))
            .is_ok_and(|faults| faults.is_empty())
    }

    fn candidates(&self) -> Result<Candidates, IndexError> {
        let mut notices = Vec::new();
        match self.pointer() {
            Ok(Some(pointer)) => {
                let ids = std::iter::once(pointer.current.clone()).chain(pointer.previous.clone()).collect();
                return Ok(Candidates { ids, notices, pointer: Some(pointer) });
            }
            Ok(None) => {}
            Err(IndexError::Damaged(fault)) => notices.push(format!("{fault}.")),
            Err(error) => return Err(error),
        }
        let mut ids = self.files.list(&self.root.join("generations"))?;
        ids.reverse();
        Ok(Candidates { ids, notices, pointer: None })
    }

    /// Id of the live generation as `current.json` names it now; reads that small file alone.
    pub fn live_id(&self) -> Result<Option<String>, IndexError> {
        Ok(self.pointer()?.map(|pointer| pointer.current))
    }

    /// Whether [`Generations::tidy`] has anything to do.
    pub fn is_untidy(&self, opening: &Opening) -> bool {
        let staged = |name: &String| name.starts_with(STAGING);
        let kept = opening.live.as_ref().map_or(0, |live| 1 + usize::from(live.previous.is_some()));
        let names = |folder: &Path| self.files.list(folder).unwrap_or_default();
        opening.mend
            || names(&self.root).iter().any(staged)
            || names(&self.root.join("generations")).len() > kept
    }

    /// Makes `current.json` name what serves if what it named is damaged, and removes what no generation needs any more.
    pub fn tidy(&self, lock: &Lock, opening: &Opening) -> Result<(), IndexError> {
        let unchanged = self.pointer().ok().flatten() == opening.seen;
        if let (true, true, Some(live)) = (opening.mend, unchanged, &opening.live) {
            self.point(&Pointer { current: live.manifest.id.clone(), previous: live.previous.clone() })?;
        }
        self.clean(lock)
    }

    /// Builds a generation, and makes it the live one if `approve` says so of it; else it is removed again, and there is
    /// none. On any error the old one stays live.
    pub fn build(
        &self,
        lock: &Lock,
        made_of: Ingredients<'_>,
        built_at: i64,
        step: Step<'_>,
        approve: Approve<'_>,
    ) -> Result<Option<Live>, IndexError> {
        self.clean(lock)?;
        // Only what could serve again is worth keeping.
        let old = match made_of.served {
            Some(served) => Some(served.id.clone()),
            None => self.sound()?.map(|manifest| manifest.id),
        };
        let folder = self.root.join("generations");
        let id = staging::new_id(&self.files, &folder, built_at, &made_of.content())?;
        let staging = self.root.join(format!("{STAGING}{id}"));
        let kept_from = match &old {
            Some(old) if !made_of.kept.is_empty() => {
                let folder = self.folder(old);
                Some((verify::open(&self.files, &folder, old, Depth::Opening)?.snapshot, folder))
            }
            _ => None,
        };
        let base = kept_from.as_ref().map(|(snapshot, folder)| (snapshot, folder.as_path()));
        staging::stage(&self.files, &staging, &id, built_at, made_of, base, step)?;

        let moved = self
            .files
            .make_folder(&folder)
            .and_then(|()| self.files.rename(&staging, &self.folder(&id)))
            .and_then(|()| self.files.sync(&folder))
            .and_then(|()| self.files.sync(&self.root))
            .and_then(|()| verify::open(&self.files, &self.folder(&id), &id, Depth::Opening))
            .and_then(|Sound { manifest, snapshot }| {
                let live = Live { manifest, snapshot: Arc::new(snapshot), previous: old.clone() };
                if !approve(&live) {
                    return Ok(None);
                }
                self.point(&Pointer { current: id.clone(), previous: old })?;
                Ok(Some(live))
            });
        if let Ok(Some(_)) = &moved {
            self.try_to_clean(lock);
        } else {
            let _ = self.files.remove(&staging).and_then(|()| self.files.remove(&self.folder(&id)));
        }
        moved
    }

    /// Makes the generation before the live one live again; the live one becomes the one before it. `None` if there is
    /// none.
    pub fn roll_back(&self, _lock: &Lock) -> Result<Option<Live>, IndexError> {
        let Some(Pointer { current, previous: Some(previous) }) = self.pointer()? else { return Ok(None) };
        let Sound { manifest, snapshot } =
            verify::open(&self.files, &self.folder(&previous), &previous, Depth::Full)?;
        self.point(&Pointer { current: previous, previous: Some(current.clone()) })?;
        Ok(Some(Live { manifest, snapshot: Arc::new(snapshot), previous: Some(current) }))
    }

    /// Every kept generation, the live one first, usable or not.
    pub fn census(&self) -> Result<Census, IndexError> {
        let Candidates { ids, notices, .. } = self.candidates()?;
        let manifest = |id: &String| verify::manifest(&self.files, &self.folder(id), id);
        let kept = ids.into_iter().map(|id| Kept { manifest: manifest(&id), id }).collect();
        Ok(Census { kept, notices })
    }

    /// Manifest of the live generation if all its bytes are as they were written, else of the one before it.
    pub fn sound(&self) -> Result<Option<Manifest>, IndexError> {
        for kept in self.census()?.kept {
            match kept.manifest {
                Ok(manifest) if self.faults(&manifest)?.is_empty() => return Ok(Some(manifest)),
                Ok(_) | Err(IndexError::Damaged(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// What is wrong with the files of a kept generation, one sentence each; every byte is read.
    pub fn faults(&self, manifest: &Manifest) -> Result<Vec<String>, IndexError> {
        verify::faults(&self.files, &self.folder(&manifest.id), manifest, true)
    }

    /// Opens a kept generation, every byte checked.
    pub fn open_kept(&self, id: &str) -> Result<Snapshot, IndexError> {
        Ok(verify::open(&self.files, &self.folder(id), id, Depth::Full)?.snapshot)
    }

    fn folder(&self, id: &str) -> PathBuf {
        self.root.join("generations").join(id)
    }

    /// What `current.json` says; `None` if there is none, [`IndexError::Damaged`] if it cannot be understood.
    fn pointer(&self) -> Result<Option<Pointer>, IndexError> {
        let path = self.root.join(POINTER);
        match self.files.read(&path) {
            Ok(bytes) => sealed::unseal(&bytes)
                .map(Some)
                .map_err(|fault| IndexError::Damaged(format!("{} is damaged: {fault}", path.display()))),
            Err(IndexError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The switch: once the rename has happened, it has happened.
    fn point(&self, pointer: &Pointer) -> Result<(), IndexError> {
        let bytes = sealed::seal(pointer).map_err(|error| IndexError::Damaged(error.to_string()))?;
        let staged = self.root.join(format!("{STAGING}{POINTER}"));
        let switched = self
            .files
            .write(&staged, &bytes)
            .and_then(|()| self.files.rename(&staged, &self.root.join(POINTER)));
        if switched.is_err() {
            let _ = self.files.remove(&staged);
        }
        switched?;
        // If the power fails before this is on the disk, the old pointer comes back; the generation that it names is
        // the new one's predecessor, which is kept.
        if let Err(error) = self.files.sync(&self.root) {
            tracing::warn!(%error, "the switch of generations may not survive a power failure");
        }
        Ok(())
    }

    /// Removes half-built generations and those that `current.json` does not name. If it cannot be understood,
    /// nothing that might still serve is removed.
    fn clean(&self, _lock: &Lock) -> Result<(), IndexError> {
        for name in self.files.list(&self.root)? {
            if name.starts_with(STAGING) {
                self.files.remove(&self.root.join(name))?;
            }
        }
        let Ok(Some(pointer)) = self.pointer() else { return Ok(()) };
        for id in self.files.list(&self.root.join("generations"))? {
            if id != pointer.current && Some(&id) != pointer.previous.as_ref() {
                self.files.remove(&self.folder(&id))?;
            }
        }
        Ok(())
    }

    fn try_to_clean(&self, lock: &Lock) {
        if let Err(error) = self.clean(lock) {
            tracing::warn!(%error, "an old generation could not be removed; the next start tries again");
        }
    }
}
