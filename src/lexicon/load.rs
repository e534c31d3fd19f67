//! Reads and validates the lexicon files: the shipped ones, then those of a folder that extend them.

use std::path::Path;

use serde::de::DeserializeOwned;

use super::Lexicon;
use super::text_rules::TextRules;

/// The shipped files, in the order in which they are read.
const SHIPPED: [(&str, &str); 12] = [
    ("text.toml", include_str!("../../config/lexicon/text.toml")),
    ("english.toml", include_str!("../../config/lexicon/english.toml")),
    ("units.toml", include_str!("../../config/lexicon/units.toml")),
    ("words.toml", include_str!("../../config/lexicon/words.toml")),
    ("attributes.toml", include_str!("../../config/lexicon/attributes.toml")),
    ("asking.toml", include_str!("../../config/lexicon/asking.toml")),
    ("stating.toml", include_str!("../../config/lexicon/stating.toml")),
    ("frames.toml", include_str!("../../config/lexicon/frames.toml")),
    ("synonyms.toml", include_str!("../../config/lexicon/synonyms.toml")),
    ("levels.toml", include_str!("../../config/lexicon/levels.toml")),
    ("places.toml", include_str!("../../config/lexicon/places.toml")),
    ("lookup.toml", include_str!("../../config/lexicon/lookup.toml")),
];

/// A lexicon file that cannot be used: what is wrong, where, and what to do.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{file}: {message}")]
pub struct LexiconError {
    /// The file's path or name.
    pub file: String,
    /// What is wrong, with the line where there is one.
    pub message: String,
}

impl Lexicon {
    /// The shipped lexicon alone.
    pub fn shipped() -> Result<Self, LexiconError> {
        Self::load(None)
    }

    /// The shipped lexicon, extended by the `*.toml` files of `directory` if one is given. A file there has the
    /// name and the form of a shipped one and adds to it.
    pub fn load(directory: Option<&Path>) -> Result<Self, LexiconError> {
        let mut lexicon = Self::default();
        let mut hasher = blake3::Hasher::new();
        for (name, text) in SHIPPED {
            hasher.update(text.as_bytes());
            lexicon.add(name, name, text)?;
        }
        for (name, path) in directory.map(toml_files).transpose()?.unwrap_or_default() {
            let shown = path.display().to_string();
            let text = std::fs::read_to_string(&path).map_err(|error| LexiconError {
                file: shown.clone(),
                message: format!("cannot be read ({error}). Check its permissions and that it is UTF-8."),
            })?;
            hasher.update(text.as_bytes());
            lexicon.add(&name, &shown, &text)?;
        }
        lexicon.collect_vocabulary();
        lexicon.fingerprint = hasher.finalize().to_hex().chars().take(16).collect();
        Ok(lexicon)
    }

    fn add(&mut self, name: &str, shown: &str, text: &str) -> Result<(), LexiconError> {
        let fail = |message: String| LexiconError { file: shown.to_owned(), message };
        match name {
            "text.toml" => {
                let rules = TextRules::parse(text).map_err(|error| fail(error.to_string()))?;
                self.text.merge(rules);
            }
            "english.toml" => self.add_english(parse(shown, text)?),
            "units.toml" => self.add_units(parse(shown, text)?),
            "words.toml" => self.add_words(parse(shown, text)?),
            "attributes.toml" => self.add_attributes(parse(shown, text)?).map_err(fail)?,
            "asking.toml" | "stating.toml" => {
                let attributes = &self.attributes;
                let known = |name: &str| attributes.iter().position(|known| known.name == name);
                let wordings = if name == "asking.toml" { &mut self.asking } else { &mut self.stating };
                wordings.add(parse(shown, text)?, known).map_err(fail)?;
            }
            "frames.toml" => self.add_frames(parse(shown, text)?).map_err(fail)?,
            "synonyms.toml" => self.add_synonyms(parse(shown, text)?).map_err(fail)?,
            "levels.toml" => self.add_levels(parse(shown, text)?),
            "places.toml" => self.add_places(parse(shown, text)?),
            "lookup.toml" => {
                let attributes = &self.attributes;
                let known = |name: &str| attributes.iter().any(|attribute| attribute.name == name);
                self.lookup.add(text, known).map_err(fail)?;
            }
            _ => {
                let known: Vec<_> = SHIPPED.iter().map(|(name, _)| *name).collect();
                return Err(fail(format!(
                    "is no lexicon file. Name it after the file it extends: {}.",
                    known.join(", ")
                )));
            }
        }
        Ok(())
    }
}

fn toml_files(directory: &Path) -> Result<Vec<(String, std::path::PathBuf)>, LexiconError> {
    let unreadable = |error: std::io::Error| LexiconError {
        file: directory.display().to_string(),
        message: format!("cannot be read ({error}). Check `path` under [lexicon], or remove it."),
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(directory).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            files.push((name, path));
        }
    }
    files.sort();
    Ok(files)
}

fn parse<T: DeserializeOwned>(shown: &str, text: &str) -> Result<T, LexiconError> {
    toml::from_str(text).map_err(|error| LexiconError { file: shown.to_owned(), message: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    #[test]
    fn the_shipped_lexicon_is_valid() {
        let lexicon = Lexicon::shipped().unwrap();
        assert!(lexicon.attribute("salary").is_some());
        assert!(lexicon.names_person("technicians") && !lexicon.names_person("number"));
    }

    #[track_caller]
    fn refused(name: &str, text: &str, message: &str) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();
        let error = Lexicon::load(Some(folder.path())).unwrap_err();
        assert!(error.message.contains(message), "{error}");
    }

    #[test]
    fn mistakes_are_named() {
        refused("attributes.toml", "[[attribute]]\nname = \"x\"\nexpects = [\"gold\"]", "no kind of value");
        refused("frames.toml", "[[frame]]\nkind = \"x\"\npatterns = []", "no kind of question");
        refused("synonyms.toml", "groups = [[\"alone\"]]", "fewer than two words");
        refused("other.toml", "", "is no lexicon file");
        refused("words.toml", "stpo = \"a\"", "unknown field `stpo`");
    }

    #[test]
    fn a_file_on_disk_extends() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("synonyms.toml"), "groups = [[\"froobish\", \"grobnik\"]]")
            .unwrap();
        let (shipped, extended) = (Lexicon::shipped().unwrap(), Lexicon::load(Some(folder.path())).unwrap());
        assert_eq!(extended.synonyms.len(), shipped.synonyms.len() + 1);
        assert_ne!(extended.fingerprint, shipped.fingerprint);
    }
}
