//! Looking things up by name: what the folder names, the name that somebody means, and the card of what the folder
//! states of it. Pure, over one snapshot; it phrases nothing for Discord or a terminal, and knows no name itself.

mod asked;
mod awards;
mod card;
mod choosing;
mod directory;
mod fields;
mod figures;
mod finding;
mod groups;
mod listing;
mod merging;
mod naming;
mod owner;
mod people;
mod read_off;
mod search;
mod stating;
mod tables;
mod wording;
mod words;

use asked::Asked;
pub use card::{Attribute, Card, Comparison, Field, Found, NOT_STATED, Value, Wanted, side_text, value_text};
pub use directory::{Directory, Entry};
pub use figures::Measure;
pub use listing::{Narrowing, Section};
pub use search::Fit;

use crate::index::Snapshot;
use crate::lexicon::Lexicon;
use crate::lexicon::lookup::NameKind;
use crate::text::tokens;

/// Near names that are offered, at the most.
const NEAREST: usize = 5;

/// One snapshot with its directory.
#[derive(Clone, Copy)]
pub struct Lookup<'a> {
    /// The names.
    pub directory: &'a Directory,
    /// The texts.
    pub snapshot: &'a Snapshot,
    /// The words.
    pub lexicon: &'a Lexicon,
    /// Below this confidence, 0 to 1, an answer of the engine is none.
    pub min_confidence: f64,
}

impl<'a> Lookup<'a> {
    /// The card that is wanted of a name, given by its id or as somebody types it.
    pub fn find(&self, typed: &str, wanted: Wanted) -> Found {
        match self.resolve(typed, wanted.kinds()) {
            Some(entry) => Found::Card(self.card(entry, &wanted.attributes(self.lexicon))),
            None => {
                let kind = wanted.kinds().first().copied().unwrap_or(NameKind::Program);
                let asked = self.asked().card(typed, kind, &wanted.attributes(self.lexicon), Some(wanted));
                asked.map_or_else(|| self.unknown(typed, wanted.kinds()), Found::Card)
            }
        }
    }

    fn asked(&self) -> Asked<'a> {
        Asked { snapshot: self.snapshot, lexicon: self.lexicon, min_confidence: self.min_confidence }
    }

    /// Names of any kind side by side: every attribute that a card of their kinds shows, for each of them.
    pub fn compare(&self, typed: &[&str]) -> Comparison {
        let entries: Vec<Option<&Entry>> =
            typed.iter().map(|typed| self.resolve(typed, &NameKind::ALL)).collect();
        let mut attributes: Vec<&str> = Vec::new();
        if entries.iter().all(Option::is_none) {
            attributes = Wanted::Whole(NameKind::Program).attributes(self.lexicon);
        }
        for entry in entries.iter().flatten() {
            for attribute in Wanted::Whole(entry.kind).attributes(self.lexicon) {
                if !attributes.contains(&attribute) {
                    attributes.push(attribute);
                }
            }
        }
        let sides: Vec<Found> = typed
            .iter()
            .zip(&entries)
            .map(|(typed, entry)| match entry {
                Some(entry) => Found::Card(self.card(entry, &attributes)),
                None => {
                    let asked = self.asked().card(typed, NameKind::Program, &attributes, None);
                    asked.map_or_else(|| self.unknown(typed, &NameKind::ALL), Found::Card)
                }
            })
            .collect();
        let attributes = attributes.into_iter().map(|name| Attribute::of(name, self.lexicon)).collect();
        Comparison { attributes, sides }
    }

    /// Names that fit what is being typed, of all the kinds, best first: at most `limit`.
    pub fn suggest(&self, typed: &str, kinds: &[NameKind], limit: usize) -> Vec<&'a Entry> {
        let directory = self.directory;
        let mut found: Vec<(Fit, &Entry)> =
            kinds.iter().flat_map(|kind| directory.search(typed, *kind, self.lexicon, limit)).collect();
        found.sort_by_key(|(fit, _)| *fit);
        if typed.trim().is_empty() {
            found.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.popularity));
        }
        found.into_iter().take(limit).map(|(_, entry)| entry).collect()
    }

    fn card(&self, entry: &Entry, attributes: &[&str]) -> Card {
        card::card(entry, attributes, self.directory, self.snapshot, self.lexicon)
    }

    /// The entry that is meant, of the kind that it fits best; earlier kinds before later ones.
    pub fn resolve(&self, typed: &str, kinds: &[NameKind]) -> Option<&'a Entry> {
        let directory = self.directory;
        let by_id = directory.by_id(typed.trim()).filter(|entry| kinds.contains(&entry.kind));
        by_id.or_else(|| {
            let typed = typed.trim();
            let found = kinds
                .iter()
                .filter_map(|kind| directory.search(typed, *kind, self.lexicon, 1).into_iter().next());
            found.filter(|_| !tokens(typed).is_empty()).min_by_key(|(fit, _)| *fit).map(|(_, entry)| entry)
        })
    }

    fn unknown(&self, typed: &str, kinds: &[NameKind]) -> Found {
        let found = kinds.iter().flat_map(|kind| self.directory.nearest(typed, *kind, self.lexicon, NEAREST));
        let nearest = found.map(|entry| entry.label.clone()).take(NEAREST).collect();
        Found::Unknown { typed: typed.to_owned(), nearest }
    }
}
