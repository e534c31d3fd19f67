//! The TOML file: from text to sections, or to the line that is wrong and the key that was probably meant.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, SeqAccess, Visitor};
use toml::de::DeTable;

use super::{Answers, ConfigError, Corpus, Data, Discord, LexiconFolder, Log, Store};

/// The file's sections.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Sections {
    pub(super) corpus: Corpus,
    pub(super) data: Data,
    pub(super) answers: Answers,
    pub(super) lexicon: LexiconFolder,
    pub(super) store: Store,
    pub(super) discord: Discord,
    pub(super) log: Log,
}

/// Every section and its keys: what an unknown one is compared with.
const KEYS: [(&str, &[&str]); 7] = [
    ("corpus", &["path", "watch"]),
    ("data", &["path"]),
    ("answers", &["min_confidence"]),
    ("lexicon", &["path"]),
    ("store", &["url", "audit_days"]),
    (
        "discord",
        &[
            "corpus_servers",
            "development_server",
            "listen",
            "listen_confidence",
            "questions_per_user",
            "questions_per_server",
            "per_seconds",
        ],
    ),
    ("log", &["filter", "format"]),
];

/// Reads the text of the file that is called `name`.
pub(super) fn parse(text: &str, name: &str) -> Result<Sections, ConfigError> {
    let at = |span: Option<Range<usize>>| format!("{name}:{}", line(text, span.map_or(0, |span| span.start)));
    let table = DeTable::parse(text).map_err(|error| {
        ConfigError(format!("{}: This is not TOML: {}.", at(error.span()), one_line(error.message())))
    })?;
    check_keys(table.get_ref(), &at)?;
    toml::from_str(text).map_err(|error| {
        let key = error.span().and_then(|span| key_at(table.get_ref(), &span)).unwrap_or_default();
        let message = one_line(error.message());
        ConfigError(format!(
            "{}: {key}{message}. The sample config/registrar.toml shows every key.",
            at(error.span())
        ))
    })
}

/// Refuses the first unknown section or key, with the one that was probably meant.
fn check_keys(table: &DeTable<'_>, at: &dyn Fn(Option<Range<usize>>) -> String) -> Result<(), ConfigError> {
    let sections: Vec<&str> = KEYS.iter().map(|(section, _)| *section).collect();
    for (section, value) in table {
        let Some((_, keys)) = KEYS.iter().find(|(known, _)| known == section.get_ref()) else {
            let hint = section_hint(section.get_ref(), &sections);
            let place = at(Some(section.span()));
            return Err(ConfigError(format!(
                "{place}: There is no section or key `{}`. {hint}",
                section.get_ref()
            )));
        };
        for (key, _) in value.get_ref().as_table().into_iter().flatten() {
            if !keys.contains(&key.get_ref().as_ref()) {
                let place = at(Some(key.span()));
                let hint = hint(nearest(key.get_ref(), keys), keys);
                let (section, key) = (section.get_ref(), key.get_ref());
                return Err(ConfigError(format!("{place}: There is no key `{key}` in [{section}]. {hint}")));
            }
        }
    }
    Ok(())
}

/// A key outside of any section may be a section's key or a section that is misspelt.
fn section_hint(word: &str, sections: &[&str]) -> String {
    let home = KEYS.iter().find(|(_, keys)| keys.contains(&word));
    match home {
        Some((section, _)) => format!("`{word}` belongs under [{section}]."),
        None => hint(nearest(word, sections), sections),
    }
}

fn hint(nearest: Option<&str>, known: &[&str]) -> String {
    match nearest {
        Some(nearest) => format!("Did you mean `{nearest}`?"),
        None => format!("Known are: {}.", known.join(", ")),
    }
}

/// The known word that is spelt most alike, if any is alike at all.
fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    const ALIKE: f64 = 0.5;
    let likeness = |known: &str| strsim::normalized_damerau_levenshtein(&word.to_lowercase(), known);
    let best = known.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(best) >= ALIKE).then_some(*best)
}

/// `section.key: ` of the value that a span lies in.
fn key_at(table: &DeTable<'_>, span: &Range<usize>) -> Option<String> {
    table.iter().find_map(|(section, value)| {
        let keys = value.get_ref().as_table()?;
        let inside = |value: Range<usize>| value.start <= span.start && span.end <= value.end;
        let (key, _) = keys.iter().find(|(_, value)| inside(value.span()))?;
        Some(format!("{}.{}: ", section.get_ref(), key.get_ref()))
    })
}

fn line(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}

fn one_line(message: &str) -> String {
    message.lines().collect::<Vec<_>>().join(", ")
}

/// A number from 0 to 1.
pub(super) fn probability<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let value = f64::deserialize(deserializer)?;
    if (0.0..=1.0).contains(&value) {
        Ok(value)
    } else {
        Err(D::Error::custom("expected a number from 0 to 1"))
    }
}

/// A file of SQLite, as `sqlite:PATH`.
pub(super) fn sqlite_file<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PathBuf>, D::Error> {
    let url = String::deserialize(deserializer)?;
    let path = url.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path));
    match path.filter(|path| !path.is_empty() && *path != ":memory:") {
        Some(path) => Ok(Some(PathBuf::from(path))),
        None => Err(D::Error::custom(
            "expected sqlite: and the path of a file, like \"sqlite:.registrar/registrar.sqlite\"",
        )),
    }
}

/// A Discord id, as a number or as a string of digits.
struct Id(u64);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IdVisitor)
    }
}

struct IdVisitor;

impl<'de> Visitor<'de> for IdVisitor {
    type Value = Id;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(
            "a Discord id: digits, as a number or in quotes (in Discord: right-click, \"Copy Server ID\")",
        )
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Id, E> {
        let unexpected = || E::invalid_value(serde::de::Unexpected::Signed(value), &self);
        u64::try_from(value).ok().filter(|id| *id > 0).map(Id).ok_or_else(unexpected)
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Id, E> {
        let digits = value.bytes().all(|byte| byte.is_ascii_digit());
        let id = value.parse().ok().filter(|id| digits && *id > 0);
        id.map(Id).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(value), &self))
    }
}

/// A list of Discord ids.
pub(super) fn ids<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u64>, D::Error> {
    struct Ids;
    impl<'de> Visitor<'de> for Ids {
        type Value = Vec<u64>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a list of Discord ids")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Vec<u64>, A::Error> {
            let mut ids = Vec::new();
            while let Some(Id(id)) = sequence.next_element()? {
                ids.push(id);
            }
            Ok(ids)
        }
    }
    deserializer.deserialize_seq(Ids)
}

/// A Discord id, if the key is there.
pub(super) fn optional_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Id::deserialize(deserializer).map(|Id(id)| Some(id))
}

#[cfg(test)]
mod tests {
    use super::KEYS;
    use crate::config::Config;

    #[track_caller]
    fn refuses(text: &str, message: &str) {
        assert_eq!(Config::parse(text, "r.toml").expect_err(text).to_string(), message);
    }

    #[test]
    fn unknown_keys_are_refused_with_the_line_and_the_nearest_one() {
        refuses(
            "[corpus]\n\npahts = \"x\"",
            "r.toml:3: There is no key `pahts` in [corpus]. Did you mean `path`?",
        );
        refuses(
            "# x\n[discrod]\n",
            "r.toml:2: There is no section or key `discrod`. Did you mean `discord`?",
        );
        refuses(
            "filter = \"x\"",
            "r.toml:1: There is no section or key `filter`. `filter` belongs under [log].",
        );
        refuses("[log]\nxyzzy = 1", "r.toml:2: There is no key `xyzzy` in [log]. Known are: filter, format.");
    }

    #[test]
    fn wrong_values_are_refused_with_the_line_and_the_key() {
        let sample = "The sample config/registrar.toml shows every key.";
        for (text, place) in [
            ("[data]\npath = 3", "r.toml:2: data.path: invalid type: integer `3`, expected path string"),
            (
                "[store]\nurl = \"postgres://x\"",
                "r.toml:2: store.url: expected sqlite: and the path of a file, like \"sqlite:.registrar/registrar.sqlite\"",
            ),
            (
                "[answers]\n\nmin_confidence = 1.5",
                "r.toml:3: answers.min_confidence: expected a number from 0 to 1",
            ),
            (
                "[answers]\nmin_confidence = nan",
                "r.toml:2: answers.min_confidence: expected a number from 0 to 1",
            ),
            (
                "[log]\nformat = \"xml\"",
                "r.toml:2: log.format: unknown variant `xml`, expected `text` or `json`",
            ),
            (
                "[discord]\nquestions_per_user = 0",
                "r.toml:2: discord.questions_per_user: invalid value: integer `0`, expected a nonzero u32",
            ),
            (
                "[discord]\ncorpus_servers = [\n  1,\n  \"x\",\n]",
                "r.toml:4: discord.corpus_servers: invalid value: string \"x\", expected a Discord id: digits, as a \
                 number or in quotes (in Discord: right-click, \"Copy Server ID\")",
            ),
        ] {
            refuses(text, &format!("{place}. {sample}"));
        }
    }

    #[test]
    fn what_is_no_toml_is_refused_with_the_line() {
        let error = Config::parse("[log]\nfilter = info", "r.toml").expect_err("no TOML").to_string();
        assert!(error.starts_with("r.toml:2: This is not TOML: "), "{error}");
    }

    #[test]
    fn ids_are_numbers_or_strings() {
        let config =
            Config::parse("[discord]\ncorpus_servers = [1, \"2\"]\ndevelopment_server = \"3\"", "r.toml");
        let discord = config.expect("it parses").discord;
        assert_eq!((discord.corpus_servers, discord.development_server), (vec![1, 2], Some(3)));
    }

    #[test]
    fn the_sample_documents_every_key() {
        let sample = include_str!("../../config/registrar.toml");
        for (section, keys) in KEYS {
            let (_, rest) = sample.split_once(&format!("[{section}]\n")).expect(section);
            let here = rest.split("\n[").next().unwrap_or_default();
            for key in keys {
                let written = |line: &str| line.trim_start_matches("# ").starts_with(&format!("{key} = "));
                assert!(here.lines().any(written), "[{section}] {key}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,80}") {
            let _ = Config::parse(&text, "r.toml");
        }
    }
}
