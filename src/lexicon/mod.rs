//! General English as data: synonyms, attribute words, question words, abbreviations, from `config/lexicon/*.toml`.
//! The shipped files are compiled in; files on disk extend them. It knows no program, college or occupation.

mod files;
mod fill;
mod load;
pub mod lookup;
mod phrases;
pub mod text_rules;
mod units;
mod wordings;

pub use load::LexiconError;
use lookup::LookupRules;
pub use phrases::{Found, Phrases};
use text_rules::TextRules;
pub use units::Units;
pub use wordings::Wordings;

use crate::text::quick::{HashMap, HashSet};
use crate::text::{Term, terms};

/// Of [`Lexicon::sides`]: the opposites of where people live …
pub const HOMES: usize = 0;
/// … and those of them who come from outside ("out of state").
pub const OUTSIDE: (usize, usize) = (HOMES, 0);

/// A kind of value that a text states and a question can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Expect {
    /// An amount of money.
    Money,
    /// A percentage.
    Percent,
    /// A plain number.
    Count,
    /// A length of time.
    Duration,
    /// An amount of time worked: hours, days.
    Hours,
    /// A year.
    Year,
    /// A date or a time of the year.
    Date,
    /// A time of the day or the week.
    Time,
    /// A whole list.
    List,
    /// A name or any words.
    Name,
    /// The name of a person or a body.
    Someone,
}

impl Expect {
    /// Whether any words may answer: a list, a name, someone.
    pub fn is_worded(self) -> bool {
        matches!(self, Self::List | Self::Name | Self::Someone)
    }

    /// Whether a measure answers: an amount, a share, a length of time.
    pub fn is_measure(self) -> bool {
        matches!(self, Self::Money | Self::Percent | Self::Duration)
    }
}

/// Something that people ask about a subject: pay, length, courses …
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name in the lexicon file.
    pub name: String,
    /// What a message to a person calls it.
    pub label: String,
    /// The first of its words: what a question calls it that takes it from the one before.
    pub called: String,
    /// The kinds of value that answer it.
    pub expects: Vec<Expect>,
    /// Whether it is stated of people who do a job.
    pub about_people: bool,
    /// Whether a sentence that opens with the subject and says what it does is an answer.
    pub described: bool,
    /// Whether its words do not stand for one another: one of those asked for must be there.
    pub literal: bool,
    /// Whether it is a thing with a cost, a length or a number of its own, which are not those of the whole.
    pub own_figures: bool,
    /// Whether a question that opens with its words asks for it, whatever else it names ("why …").
    pub leads: bool,
    /// Whether a text that names a state or country states it.
    pub places: bool,
    /// Whether what a code names ("ABC 101") is one of it.
    pub coded: bool,
    /// Names of the things with figures of their own that it is always a part of: a passing score is an exam's.
    pub implies: Vec<String>,
}

/// Index of an attribute in [`Lexicon::attributes`].
pub type AttributeId = usize;

/// More attributes than this cannot be told apart in a passage's record (one bit each).
pub const MAX_ATTRIBUTES: usize = 64;

/// What a question wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FrameKind {
    /// What letters stand for, or the letters of a name.
    Abbreviation,
    /// How two subjects differ.
    Comparison,
    /// What something is.
    Definition,
    /// Who did, said or offers something.
    Who,
    /// When something was or is.
    When,
    /// How many.
    Count,
    /// How much money.
    Money,
    /// What share.
    Percent,
    /// A whole list.
    List,
    /// How something is done.
    How,
}

/// Phrases that stand for one another, each as stems with their terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonyms {
    /// Whether they only stand near one another.
    pub loose: bool,
    /// The phrases.
    pub members: Vec<Vec<(String, Term)>>,
}

/// A level of education.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its name in the lexicon file.
    pub name: String,
}

/// Word lists; folded words, not stemmed.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Grammar words, never searched for.
    pub stop: HashSet<String>,
    /// Vague words, never missed.
    pub light: HashSet<String>,
    /// Vague words that an answer never repeats ("get").
    pub hollow: HashSet<String>,
    /// Short ways of typing a word, and the word.
    pub shorthand: HashMap<String, String>,
    /// Verbs, adjectives and adverbs of English at large: vague unless the folder names something by them.
    pub everyday: HashSet<String>,
    /// Other words of English at large: no typing errors.
    pub english: HashSet<String>,
    /// `it`, `they` …
    pub pronouns: HashSet<String>,
    /// Words for the first, second and third thing mentioned.
    pub ordinals: [HashSet<String>; 3],
    /// `no`, `not` …
    pub negations: HashSet<String>,
    /// `second` …: before a stretch of time they name one ("second year").
    pub ranks: HashSet<String>,
    /// `spring` …
    pub seasons: HashSet<String>,
    /// `class`, `level` …: with a letter or a number behind them they are names.
    pub designated: HashSet<String>,
    /// Words that open a yes/no question.
    pub yes_no: HashSet<String>,
    /// Verbs that put a question behind "when" and "why" into the past.
    pub past: HashSet<String>,
    /// Words for whoever asks, other than "I".
    pub second_person: HashSet<String>,
    /// Articles before a thing of which there are several.
    pub indefinite: HashSet<String>,
    /// First words of a sentence that leans on the one before it.
    pub leaning: HashSet<String>,
    /// Behind "the" at the start of a sentence they point back.
    pub definite: HashSet<String>,
    /// Endings of words for people who do a job.
    pub person_endings: Vec<String>,
    /// Words with such an ending that name nobody's job.
    pub not_persons: HashSet<String>,
    /// Endings by which one word is made from another.
    pub derivations: Vec<String>,
    /// Words that ask for what a word means.
    pub meaning: HashSet<String>,
    /// Behind one of these, letters in capitals may stand for a state.
    pub before_letters: HashSet<String>,
    /// What stands between a thing and what it is.
    pub defining: HashSet<String>,
    /// Endings that make another English word of an English one.
    pub suffixes: Vec<String>,
    /// Words for people and posts at large.
    pub people: HashSet<String>,
    /// With a negation: the text says that something is not known or does not exist.
    pub unknowing: HashSet<String>,
    /// First words of a question that leans on the one before it.
    pub follow_ups: HashSet<String>,
    /// First two words of such a question.
    pub follow_up_pairs: HashSet<Vec<String>>,
    /// What may stand before the verb of a question.
    pub openers: HashSet<String>,
    /// Before the place that a follow-up asks about instead: "and at Ashwood?".
    pub placing: HashSet<String>,
    /// What stands last in vague words that lead up to a question: "dumb question but".
    pub leading_up: HashSet<String>,
    /// Words between the sides of a comparison.
    pub connectors: HashSet<String>,
    /// Words between the words of one name.
    pub joining: HashSet<String>,
    /// `only` …: leaves no room for anything else.
    pub exclusive: HashSet<String>,
    /// `average`, `annual` …: words before a figure's name that any figure of that name fits.
    pub typical: HashSet<String>,
    /// `more`, `less` …: behind "how much" they compare, they are not what is measured.
    pub comparing: HashSet<String>,
    /// `can`, `does` …: behind "what" they ask what someone does, not what something is.
    pub modal: HashSet<String>,
    /// `what`, `how` …: words that open a question wherever they stand.
    pub question_words: HashSet<String>,
    /// `i`, `my` …: a clause with one of them is about the one who asks.
    pub first_person: HashSet<String>,
    /// What follows the verb that opens a yes/no question inside a sentence ("is there", "can I").
    pub asked_of: HashSet<String>,
    /// Words between the parts of a sentence that speak of different things.
    pub parting: HashSet<String>,
    /// Those of them that also stand between the things of one list.
    pub joining_lists: HashSet<String>,
    /// A sentence with one of these says neither plainly yes nor plainly no.
    pub hedges: HashSet<String>,
    /// Words by which a text names its source.
    pub reporting: HashSet<String>,
}

/// Everything the lexicon files say, validated.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Changes when any file changes: a generation built with another lexicon is out of date.
    pub fingerprint: String,
    /// How texts are cut into sentences, and what in them is boilerplate.
    pub text: TextRules,
    /// Word lists.
    pub words: Words,
    /// All attributes, in file order.
    pub attributes: Vec<Attribute>,
    /// Words that mean an attribute in questions and texts.
    pub attribute_words: Phrases<AttributeId>,
    /// Phrases that mean an attribute in questions only.
    pub attribute_asks: Phrases<AttributeId>,
    /// Words that show an attribute in texts only.
    pub attribute_evidence: Phrases<AttributeId>,
    /// How people ask for an attribute in words of any kind.
    pub asking: Wordings,
    /// How texts state one.
    pub stating: Wordings,
    /// How questions are put.
    pub frames: Phrases<FrameKind>,
    /// Groups of phrases that stand for one another.
    pub synonyms: Vec<Synonyms>,
    /// Where in [`Lexicon::synonyms`] a phrase stands.
    pub synonym_phrases: Phrases<usize>,
    /// Levels of education, in file order (lowest first).
    pub levels: Vec<Level>,
    /// Words for a level.
    pub level_words: Phrases<usize>,
    /// Letters for a level, folded; they count only when written in capitals.
    pub level_letters: HashMap<String, usize>,
    /// The same by the hash of the letters.
    pub letter_levels: HashMap<Term, usize>,
    /// Those of the letters that name one degree of their level.
    pub specific_letters: HashSet<String>,
    /// States, as phrases of terms.
    pub states: Phrases<usize>,
    /// What stands for a state, in capitals, with its name.
    pub state_letters: HashMap<String, String>,
    /// Names of the states, as indexed by [`Lexicon::states`].
    pub state_names: Vec<String>,
    /// Terms of words for institutions: "… College".
    pub institutions: HashSet<Term>,
    /// Phrases of orders to the bot itself.
    pub orders: Phrases<()>,
    /// Phrases of which some exclude others ("fall", "spring"): which opposites they are of, and which side of them.
    pub sides: Phrases<(usize, usize)>,
    /// What the sides are called.
    pub side_names: Vec<Vec<String>>,
    /// Terms of words for the ends of a scale: "the lowest paid tenth".
    pub extremes: HashSet<Term>,
    /// Words that ask which of several is at an end of a scale ("cheapest"), by their place in [`Lexicon::superlative_says`].
    pub superlatives: Phrases<usize>,
    /// Words by which a text says so.
    pub superlative_says: Vec<Phrases<()>>,
    /// Terms of words for a price that is asked for one thing ("fee").
    pub fee_words: HashSet<Term>,
    /// Terms of what such a price is asked for when it is a part of the whole ("application").
    pub partial_fees: HashSet<Term>,
    /// Words that decide a yes/no question ("may", "required", "not").
    pub deciding: HashSet<Term>,
    /// Terms of words for places where people work: "the offices of …".
    pub workplaces: HashSet<Term>,
    /// Terms of words for stretches of time: months, semesters, seasons.
    pub times: HashSet<Term>,
    /// Words of values.
    pub units: Units,
    /// What is looked up by name.
    pub lookup: LookupRules,
    /// Stems of the grammar words.
    pub stop_terms: HashSet<Term>,
    /// Every folded word of every file: a word of a question that stands here is not a typing error.
    pub vocabulary: HashSet<String>,
}

impl Lexicon {
    /// The attribute of that name.
    pub fn attribute(&self, name: &str) -> Option<AttributeId> {
        self.attributes.iter().position(|attribute| attribute.name == name)
    }

    /// The words by which a question that is asked alone names an attribute: its label, where that does.
    pub fn asked_as(&self, attribute: AttributeId) -> Option<&str> {
        let known = self.attributes.get(attribute)?;
        let label = terms(&known.label);
        let found = self.attribute_words.find(&label);
        let named = found.iter().any(|found| found.value == attribute && found.words.len() == label.len());
        Some(if named { &known.label } else { &known.called })
    }

    /// Whether the first attribute is always a part of the other one.
    pub fn implies(&self, attribute: Option<AttributeId>, whole: AttributeId) -> bool {
        let part = attribute.and_then(|id| self.attributes.get(id));
        let whole = self.attributes.get(whole);
        part.zip(whole).is_some_and(|(part, whole)| part.implies.contains(&whole.name))
    }

    /// Whether a folded word carries meaning of its own: neither grammar nor vague.
    pub fn carries(&self, word: &str) -> bool {
        !self.words.stop.contains(word) && !self.words.light.contains(word)
    }

    /// Whether a folded word is one of English at large, or of these files.
    pub fn is_english(&self, word: &str) -> bool {
        let known = |word: &str| {
            self.words.english.contains(word)
                || self.words.everyday.contains(word)
                || self.vocabulary.contains(word)
        };
        known(word)
            || self
                .words
                .suffixes
                .iter()
                .filter_map(|ending| word.strip_suffix(ending.as_str()).filter(|base| base.len() > 2))
                .any(|base| known(base) || known(&format!("{base}e")))
    }

    /// Whether a folded word is a verb, an adjective or an adverb of English at large.
    pub fn is_everyday(&self, word: &str) -> bool {
        self.words.everyday.contains(word) || word.ends_with("ly") && self.is_english(word)
    }

    /// Whether a folded word names a person by what they do ("technicians"), judged by its ending.
    pub fn names_person(&self, word: &str) -> bool {
        word.len() > 4
            && !word.bytes().any(|byte| byte.is_ascii_digit())
            && !self.words.not_persons.contains(word)
            && self.words.person_endings.iter().any(|ending| word.ends_with(ending.as_str()))
    }
}
