//! What is looked up by name, as data (`config/lexicon/lookup.toml`): the words that show what a name names, and what
//! a card shows of it. It only holds and validates them; `lookup` applies them.

use serde::{Deserialize, Serialize};

use crate::text::quick::HashSet;
use crate::text::tokens;

/// What is read off a name and its document, without an attribute of its own in the lexicon.
pub const READ_OFF: [&str; 3] = ["summary", "abbreviation", "field"];

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NameKind {
    /// A course of study.
    Program,
    /// What people do for a living.
    Occupation,
    /// A title, licence or credential that is awarded apart from a degree.
    Certification,
}

impl NameKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Program, Self::Occupation, Self::Certification];

    /// What a card and a message call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Occupation => "occupation",
            Self::Certification => "certification",
        }
    }
}

/// What a card of one kind shows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardForm {
    /// The kind.
    pub kind: NameKind,
    /// Attributes that the header of a column of such names has.
    #[serde(default)]
    pub columns: Vec<String>,
    /// What the card shows, in order.
    #[serde(default)]
    pub attributes: Vec<String>,
}

/// The words that show what a name names; folded, without a plural's s.
#[derive(Debug, Clone, Default)]
pub struct LookupRules {
    /// Last words of programs.
    pub programs: HashSet<String>,
    /// Keys above other keys that say which program those are told of.
    pub program_keys: HashSet<String>,
    /// Last words of credentials.
    pub credentials: HashSet<String>,
    /// Words before people that are no part of what they are called.
    pub qualities: HashSet<String>,
    /// Last words of examinations, which are looked up by their letters.
    pub exams: HashSet<String>,
    /// People of whom a sentence about a program speaks.
    pub learners: HashSet<String>,
    /// First words of credentials that name a person.
    pub holders: HashSet<String>,
    /// Last words of occupations that are vague alone.
    pub jobs: HashSet<String>,
    /// Further endings of words for people who do a job.
    pub job_endings: HashSet<String>,
    /// Words that end so and name nobody's job.
    pub not_jobs: HashSet<String>,
    /// Attributes that a sentence may show by its evidence alone.
    pub by_evidence: HashSet<String>,
    /// Attributes that may be stated in several places.
    pub several: HashSet<String>,
    /// What "of" leads to in the name of an award and is no field by itself.
    pub awards: HashSet<String>,
    /// First words of sentences that go on about what was named before.
    pub refers: HashSet<String>,
    /// Of several statements of an attribute, those with one of these words come first.
    pub leading: HashSet<String>,
    /// Words for what of many values a figure is, in groups that mean the same.
    pub statistics: Vec<Vec<String>>,
    /// Attributes by name of which a statement of the second is none of the first.
    pub apart: Vec<(String, String)>,
    /// Words with which a sentence asks something of somebody.
    pub obliging: HashSet<String>,
    /// Attributes that a sentence states of a program only if it speaks of it as a whole.
    pub of_whole: HashSet<String>,
    /// First words of sentences that speak to the reader of the page.
    pub addresses: HashSet<String>,
    /// Words behind a name that are no part of it.
    pub tails: HashSet<String>,
    /// One for each kind, in file order.
    pub cards: Vec<CardForm>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct LookupFile {
    programs: String,
    program_keys: String,
    credentials: String,
    holders: String,
    jobs: String,
    job_endings: String,
    not_jobs: String,
    by_evidence: String,
    several: String,
    awards: String,
    refers: String,
    leading: String,
    statistics: Vec<String>,
    apart: Vec<String>,
    obliging: String,
    addresses: String,
    exams: String,
    qualities: String,
    learners: String,
    of_whole: String,
    tails: String,
    card: Vec<CardForm>,
}

impl LookupRules {
    /// Adds a file to what is known; `known` says whether an attribute of that name exists.
    ///
    /// # Errors
    /// A sentence for whoever wrote the file.
    pub fn add(&mut self, file: &str, known: impl Fn(&str) -> bool) -> Result<(), String> {
        let file: LookupFile = toml::from_str(file).map_err(|error| error.to_string())?;
        for (list, text) in [
            (&mut self.programs, &file.programs),
            (&mut self.program_keys, &file.program_keys),
            (&mut self.credentials, &file.credentials),
            (&mut self.holders, &file.holders),
            (&mut self.jobs, &file.jobs),
            (&mut self.job_endings, &file.job_endings),
            (&mut self.not_jobs, &file.not_jobs),
            (&mut self.by_evidence, &file.by_evidence),
            (&mut self.several, &file.several),
            (&mut self.awards, &file.awards),
            (&mut self.refers, &file.refers),
            (&mut self.leading, &file.leading),
            (&mut self.obliging, &file.obliging),
            (&mut self.addresses, &file.addresses),
            (&mut self.qualities, &file.qualities),
            (&mut self.exams, &file.exams),
            (&mut self.learners, &file.learners),
            (&mut self.of_whole, &file.of_whole),
            (&mut self.tails, &file.tails),
        ] {
            list.extend(tokens(text).into_iter().map(|token| token.word));
        }
        let group = |text: &String| tokens(text).into_iter().map(|token| token.word).collect();
        self.statistics.extend(file.statistics.iter().map(group));
        for pair in &file.apart {
            match pair.split_once(' ').filter(|(one, other)| known(one) && known(other)) {
                Some((one, other)) => self.apart.push((one.to_owned(), other.to_owned())),
                None => {
                    return Err(format!(
                        "apart has \"{pair}\". Use two names of attributes.toml with a space between."
                    ));
                }
            }
        }
        for form in file.card {
            let names = form.columns.iter().chain(&form.attributes);
            if let Some(name) =
                names.into_iter().find(|name| !known(name) && !READ_OFF.contains(&name.as_str()))
            {
                return Err(format!(
                    "the card of a {} shows \"{name}\", which is no attribute. Use a name of attributes.toml, or {}.",
                    form.kind.label(),
                    READ_OFF.join(", ")
                ));
            }
            match self.cards.iter_mut().find(|card| card.kind == form.kind) {
                Some(card) => {
                    card.columns.extend(form.columns);
                    card.attributes.extend(form.attributes);
                }
                None => self.cards.push(form),
            }
        }
        Ok(())
    }

    /// What the card of a kind shows, in order.
    pub fn shown(&self, kind: NameKind) -> &[String] {
        self.cards.iter().find(|card| card.kind == kind).map_or(&[], |card| &card.attributes)
    }
}

#[cfg(test)]
mod tests {
    use super::{LookupRules, NameKind};

    #[test]
    fn a_file_adds_and_mistakes_are_named() {
        let mut rules = LookupRules::default();
        let known = |name: &str| name == "cost";
        rules
            .add("programs = \"minor\"\n[[card]]\nkind = \"program\"\nattributes = [\"cost\"]", known)
            .unwrap();
        rules.add("[[card]]\nkind = \"program\"\nattributes = [\"summary\"]", known).unwrap();
        assert!(rules.programs.contains("minor"));
        assert_eq!(rules.shown(NameKind::Program), ["cost", "summary"]);
        assert!(rules.shown(NameKind::Occupation).is_empty());
        for (file, message) in [
            (
                "[[card]]\nkind = \"program\"\nattributes = [\"price\"]",
                "shows \"price\", which is no attribute",
            ),
            ("[[card]]\nkind = \"course\"", "unknown variant `course`"),
            ("minors = \"\"", "unknown field `minors`"),
        ] {
            let error = rules.add(file, known).unwrap_err();
            assert!(error.contains(message), "{error}");
        }
    }
}
