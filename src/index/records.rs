//! What a generation keeps of documents, blocks and passages, as it stands on disk. Plain data with terms worked out
//! once at build time, so that ranking a candidate tokenizes nothing.

use serde::{Deserialize, Serialize};

use crate::corpus::{BlockKind, PassageKind, Value};
use crate::lexicon::AttributeId;
use crate::text::Term;

/// A span in a document's text, in bytes, half-open.
pub type ByteSpan = (u32, u32);

/// A set of attributes, one bit each, by [`crate::lexicon::AttributeId`].
pub type AttributeSet = u64;

/// Whether an attribute is in a set.
pub fn has(set: AttributeSet, attribute: AttributeId) -> bool {
    set >> attribute & 1 == 1
}

/// A document without its text and blocks; all of them are held in memory.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Path below the corpus folder.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Name of its source.
    pub source: Option<String>,
    /// Address of its source.
    pub url: Option<String>,
    /// Date of its source.
    pub date: Option<String>,
    /// What it is about by its own front matter: kind, level, field.
    pub labels: [Option<String>; 3],
    /// Terms by which the document says at its head whose and what it is: capitalized words of its opening and source.
    pub identity: Vec<Term>,
    /// Terms of its title and of the lines below it that are no sentences, and its own names; sorted.
    pub opening: Vec<Term>,
    /// Where its text starts in the texts file.
    pub text_start: u64,
    /// How many bytes it has.
    pub text_length: u32,
    /// Its file, behind its text, where that was taken out of it.
    pub original: Option<OriginalRecord>,
    /// Its first block's id; the others follow.
    pub first_block: u32,
    /// How many blocks it has.
    pub blocks: u32,
    /// How many passages they hold.
    pub passages: u32,
    /// How many facts.
    pub facts: u32,
    /// In reading order; section 0 is the document itself.
    pub sections: Vec<SectionRecord>,
}

/// A file with markup, and the way from its text to its bytes.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct OriginalRecord {
    /// Where its bytes start in the texts file; its runs follow.
    pub start: u64,
    /// How many bytes it has.
    pub length: u32,
    /// How many runs there are, of twelve bytes each.
    pub runs: u32,
}

/// A section's heading and place.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SectionRecord {
    /// The heading's words.
    pub heading: String,
    /// The enclosing section; `None` for section 0 only.
    pub parent: Option<u32>,
    /// Terms of the heading that carry meaning (no grammar words).
    pub terms: Vec<Term>,
    /// Those of them that name a thing: neither vague nor words for an attribute.
    pub names: Vec<Term>,
    /// Neighbouring terms that make one name: neither grammar words nor words for an attribute.
    pub pairs: Vec<(Term, Term)>,
    /// Attributes that the heading names.
    pub attributes: AttributeSet,
    /// The level of education that the heading names, by its place in the lexicon.
    pub level: Option<u8>,
}

/// A block with its passages.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BlockRecord {
    /// Index of its document.
    pub document: u32,
    /// Index of its section in the document.
    pub section: u32,
    /// What it is.
    pub kind: BlockKind,
    /// Its lead-in, if it has one.
    pub lead: Option<ByteSpan>,
    /// Terms of the lead-in.
    #[serde(with = "super::packed")]
    pub lead_terms: Vec<Term>,
    /// Attributes that the lead-in names.
    pub lead_attributes: AttributeSet,
    /// Its passages in reading order.
    pub passages: Vec<PassageRecord>,
}

/// A passage with what ranking needs to know of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PassageRecord {
    /// What it is.
    pub kind: PassageKind,
    /// What is quoted.
    pub span: ByteSpan,
    /// First and last line, from 1.
    pub lines: (u32, u32),
    /// Items, cells or the value.
    pub parts: Vec<PartRecord>,
    /// Stemmed terms in order, grammar words included.
    #[serde(with = "super::packed")]
    pub terms: Vec<Term>,
    /// Unstemmed words in order, one for each term.
    #[serde(with = "super::packed")]
    pub words: Vec<Term>,
    /// One flag for each term.
    #[serde(with = "super::packed")]
    pub flags: Vec<u32>,
    /// Attributes whose words stand in it.
    pub attributes: AttributeSet,
    /// Attributes that its key or its row's columns name.
    pub key_attributes: AttributeSet,
    /// Attributes whose evidence stands in it.
    pub evidence: AttributeSet,
    /// The attributes that its words speak for, the likeliest first, each with its probability in 255ths.
    pub likely: Vec<(u8, u8)>,
    /// Typed values; their spans are bytes of the document's text.
    pub values: Vec<Value>,
    /// First eight bytes of the BLAKE3 hash of the quoted bytes.
    pub checksum: u64,
}

impl PassageRecord {
    /// The terms of its key, in order.
    pub fn key_terms(&self) -> impl Iterator<Item = Term> {
        let terms = self.terms.iter().zip(&self.flags);
        terms.filter(|(_, flags)| **flags & flag::KEY != 0).map(|(term, _)| *term)
    }

    /// Whether it is an item of a list with a head of its own that names this attribute: "Equipment. A press, a knife …".
    pub fn heads_itself(&self, attribute: Option<AttributeId>) -> bool {
        self.kind == PassageKind::Item && attribute.is_some_and(|id| has(self.key_attributes, id))
    }

    /// The attributes that it names, its key among it, or shows.
    pub fn spoken_of(&self) -> AttributeSet {
        self.attributes | self.key_attributes | self.evidence
    }
}

/// Flags of a passage's term.
pub mod flag {
    /// The word starts with a capital.
    pub const CAPITAL: u32 = 1;
    /// The word is all capitals.
    pub const ALL_CAPITALS: u32 = 2;
    /// A grammar word.
    pub const STOP: u32 = 4;
    /// A word for a person who does a job.
    pub const PERSON: u32 = 8;
    /// A word that turns the statement round.
    pub const NEGATION: u32 = 16;
    /// A vague word.
    pub const LIGHT: u32 = 32;
    /// Stands in the passage's key or in its row's first cell.
    pub const KEY: u32 = 64;
    /// A word that leans on the sentence before it.
    pub const LEANING: u32 = 128;
    /// Stands between a thing and what it is.
    pub const DEFINING: u32 = 256;
    /// Makes a statement neither plainly yes nor plainly no.
    pub const HEDGE: u32 = 2048;
    /// With a negation: says that something is not known.
    pub const UNKNOWING: u32 = 1024;
    /// Says where a statement comes from.
    pub const REPORTING: u32 = 512;
    /// Written with a capital and no word of English at large: the name of someone or something.
    pub const PROPER: u32 = 65536;
    /// Behind "the" at the start of a sentence it speaks of what was named before.
    pub const DEFINITE: u32 = 131_072;
    /// Leaves no room for anything else ("only").
    pub const EXCLUSIVE: u32 = 16384;
    /// On the last word: the sentence lists several things.
    pub const LISTING: u32 = 32768;
    /// On the last word: the passage ends with a full stop or its like.
    pub const CLOSED: u32 = 4096;
    /// On the last word: it ends with a question mark or a colon, and leads on to something else.
    pub const ASKING: u32 = 8192;
}

/// A list item, a cell or a value.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PartRecord {
    /// Its key or column header.
    pub label: Option<ByteSpan>,
    /// Its words.
    pub value: ByteSpan,
    /// Attributes that the label names.
    pub attributes: AttributeSet,
}

/// A short form that a document defines, and its long form.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AbbreviationRecord {
    /// The letters as written.
    pub short: String,
    /// The words as written.
    pub long: String,
    /// Terms of the long form.
    pub terms: Vec<Term>,
    /// The block that defines it, or the first one under the heading that does.
    pub block: u32,
    /// The passage or heading that defines it.
    pub span: ByteSpan,
    /// First eight bytes of the BLAKE3 hash of the quoted bytes.
    pub checksum: u64,
}

/// Everything that is held in memory while a generation serves.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Catalog {
    /// Form of the files; another number cannot be read.
    pub format: u32,
    /// Id of the generation.
    pub id: String,
    /// When it was built, seconds since 1970 (UTC).
    pub built_at: i64,
    /// Passages in all.
    pub passages: u64,
    /// Facts in all: passages that state a typed value or a list for an attribute.
    pub facts: u64,
    /// In order of path.
    pub documents: Vec<DocumentRecord>,
    /// In order of document.
    pub abbreviations: Vec<AbbreviationRecord>,
}
