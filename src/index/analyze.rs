//! From a document to its records: terms, flags, attributes and values of every passage, and the words that the search
//! engine indexes for every block. The only place where corpus text is tokenized.

use std::sync::Arc;

use super::form::form;
use super::labels::{is_measured, named_in, named_parts, people_of_keys};
use super::naming::{carrying_terms, identity, level_of, naming_pairs, naming_terms, opening};
use super::records::{
    AbbreviationRecord, AttributeSet, BlockRecord, PartRecord, PassageRecord, SectionRecord, flag,
};
use super::words::{Known, Vocabulary, Words, checksum, narrow, narrow_span, stated_by};
use crate::corpus::values::values;
use crate::corpus::{Block, BlockKind, Document, Passage, PassageKind, Span, Value, ValueKind};
use crate::lexicon::Lexicon;
use crate::text::Term;

/// A document's records and the words to index for each of its blocks.
pub(super) struct Analyzed {
    pub sections: Vec<SectionRecord>,
    pub identity: Vec<Term>,
    pub opening: Vec<Term>,
    pub blocks: Vec<(BlockRecord, BlockWords)>,
    /// Block numbers are relative to the document's first block.
    pub abbreviations: Vec<AbbreviationRecord>,
}

/// What the search engine is given of a block.
#[derive(Debug, Default)]
pub(super) struct BlockWords {
    /// Stems of the block itself, its lead-in included, each with [`END`] behind it.
    pub body: String,
    /// Stems of its headings and title, in the same way.
    pub context: String,
    /// Distinct unstemmed words of both, in the same way.
    pub words: String,
    /// Attributes that the block or its nearest heading names.
    pub attributes: AttributeSet,
}

/// Stands behind each word that the search engine is given; no word holds it.
pub(super) const END: char = '\0';

/// What is given of a block, while it is collected.
#[derive(Debug, Default)]
struct Collected {
    body: String,
    context: String,
    words: Vec<Arc<Known>>,
    attributes: AttributeSet,
}

/// A code in a table's first cell has at most this many bytes.
const CODE: usize = 12;

pub(super) struct Analyzer<'a> {
    pub document: &'a Document,
    pub lexicon: &'a Lexicon,
    pub vocabulary: &'a Vocabulary<'a>,
}

/// A heading without the number that only counts it: "2. Eligibility", "1.1 Scope".
fn unnumbered(heading: &str) -> &str {
    let rest = heading.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ')');
    let number = heading.strip_suffix(rest).unwrap_or_default();
    let counts = number.ends_with(['.', ')']) || number.contains('.');
    if counts && rest.starts_with(char::is_whitespace) { rest } else { heading }
}

pub(super) fn analyze(document: &Document, lexicon: &Lexicon, vocabulary: &Vocabulary<'_>) -> Analyzed {
    let analyzer = Analyzer { document, lexicon, vocabulary };
    let headings: Vec<Words> =
        document.sections.iter().map(|section| vocabulary.words_of(unnumbered(&section.heading))).collect();
    let mut sections: Vec<SectionRecord> = document
        .sections
        .iter()
        .zip(&headings)
        .map(|(section, words)| SectionRecord {
            heading: section.heading.clone(),
            parent: section.parent.map(narrow),
            terms: carrying_terms(words, lexicon),
            names: naming_terms(words, lexicon),
            pairs: naming_pairs(words, lexicon),
            // A heading may be a question ("How long does it take?").
            attributes: named_in(&words.terms, lexicon),
            level: level_of(words, lexicon),
        })
        .collect();
    // All that a page holds stands under its banner as well, though it is called otherwise.
    if let (Some(banner), Some(root)) = (&document.banner, sections.first_mut()) {
        root.terms.extend(carrying_terms(&vocabulary.words_of(banner), lexicon));
    }
    let mut found = Vec::new();
    let blocks: Vec<_> = document
        .blocks
        .iter()
        .enumerate()
        .map(|(index, block)| {
            let (record, mut words) = analyzer.block(block, index, &mut found);
            let mut section = Some(block.section);
            let mut nearest = true;
            while let Some(current) = section {
                let Some(heading) = headings.get(current) else { break };
                push_stems(&mut words.context, heading);
                words.words.extend(heading.tokens.iter().map(|token| Arc::clone(token)));
                if nearest {
                    words.attributes |= sections.get(current).map_or(0, |section| section.attributes);
                    nearest = false;
                }
                section = document
                    .sections
                    .get(current)
                    .and_then(|section| section.parent)
                    .filter(|parent| *parent < current);
            }
            for label in
                [&document.banner, &document.kind, &document.level, &document.field].into_iter().flatten()
            {
                push_stems(&mut words.context, &vocabulary.words_of(label));
            }
            (record, words.finish())
        })
        .collect();
    if let Some(root) = sections.first_mut() {
        let passages = blocks.iter().flat_map(|(block, _)| &block.passages);
        root.pairs.extend(passages.flat_map(people_of_keys).filter(|(kind, _)| !is_measured(*kind, lexicon)));
    }
    analyzer.headings_define(&mut found);
    let identity = identity(document, &blocks, vocabulary);
    let opening = opening(document, &blocks, vocabulary, lexicon);
    Analyzed { sections, identity, opening, blocks, abbreviations: found }
}

impl Analyzer<'_> {
    fn block(
        &self,
        block: &Block,
        index: usize,
        found: &mut Vec<AbbreviationRecord>,
    ) -> (BlockRecord, Collected) {
        let mut indexed = Collected::default();
        let lead = block.lead.as_ref().map(|span| self.vocabulary.words_of(self.document.slice(span)));
        let lead_attributes = lead.as_ref().map_or(0, |words| self.labelled(words));
        let lead_attributes = match block.kind {
            // "Some of them are:" says what the sentence before it speaks of.
            BlockKind::List if lead_attributes == 0 => self.sentence_before(block, index),
            _ => lead_attributes,
        };
        indexed.attributes |= lead_attributes;
        if let Some(lead) = &lead {
            indexed.add(lead);
        }
        let above = self.above(block, lead.as_ref());
        let mut passages = Vec::new();
        // What a list's own passage covers.
        let mut listed: Option<Span> = None;
        for passage in self.document.passages.get(block.passages.clone()).unwrap_or_default() {
            if self.is_metadata(passage) {
                continue;
            }
            let mut words = self.vocabulary.words_of(self.document.slice(&passage.span));
            // What a list holds is what it names; what is told of each stands in passages of its own.
            let told = passage.kind == PassageKind::List && words.keep(&named_parts(passage));
            let likely = self.likely(&above, passage.kind, &words);
            let record = PassageRecord { likely, ..self.passage(passage, &words) };
            indexed.attributes |= record.attributes | record.key_attributes;
            // Items repeat what the whole list holds already; only a list's own passage is indexed.
            let repeats = listed
                .as_ref()
                .is_some_and(|listed| listed.start <= passage.span.start && passage.span.end <= listed.end);
            if !repeats {
                indexed.add(&words);
            }
            if passage.kind == PassageKind::List && !told {
                listed = Some(passage.span.clone());
            }
            if passage.kind != PassageKind::List || passages.is_empty() {
                self.abbreviations(passage, index, found);
            }
            passages.push(record);
        }
        let record = BlockRecord {
            document: 0,
            section: narrow(block.section),
            kind: block.kind,
            lead: block.lead.as_ref().map(narrow_span),
            lead_terms: lead.map(|words| words.terms).unwrap_or_default(),
            lead_attributes,
            passages,
        };
        (record, indexed)
    }

    /// A row that says where the page comes from, not what it is about: "Source: …", "URL: …".
    fn is_metadata(&self, passage: &Passage) -> bool {
        let label = passage.parts.first().and_then(|part| part.label.as_ref());
        let rules = &self.lexicon.text;
        passage.kind == PassageKind::KeyValue
            && label.is_some_and(|label| {
                let key = self.document.slice(label).trim().to_lowercase();
                rules.source_keys.contains(&key) || rules.url_keys.contains(&key)
            })
    }

    /// The first cell of a row; with the next one where the first is a code ("BIO 101").
    fn row_key(&self, passage: &Passage) -> Option<Span> {
        let first = passage.parts.first()?.value.clone();
        let text = self.document.slice(&first);
        let code = text.len() <= CODE
            && text.chars().any(|character| character.is_ascii_digit())
            && text.chars().any(char::is_alphabetic);
        // "WLD | Welding": letters in front of a name are a code as well.
        let worded = passage.parts.get(1).is_some_and(|part| {
            let next = self.document.slice(&part.value);
            next.starts_with(char::is_alphabetic) && next.contains(char::is_lowercase)
        });
        let letters = (2..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase());
        let next = passage.parts.get(1).filter(|_| code || letters && worded).map(|part| part.value.end);
        Some(first.start..next.unwrap_or(first.end).max(first.end))
    }

    fn passage(&self, passage: &Passage, words: &Words) -> PassageRecord {
        let text = self.document.slice(&passage.span);
        let start = passage.span.start;
        let mut parts: Vec<PartRecord> = passage
            .parts
            .iter()
            .map(|part| PartRecord {
                label: part.label.as_ref().map(narrow_span),
                value: narrow_span(&part.value),
                attributes: part
                    .label
                    .as_ref()
                    .map_or(0, |label| self.labelled(&self.vocabulary.words_of(self.document.slice(label)))),
            })
            .collect();
        // In a table on its side the first cell of a row names what the row states.
        if passage.kind == PassageKind::Row
            && let (Some(first), Some(source)) = (parts.first_mut(), passage.parts.first())
        {
            first.attributes = self.named_by(&source.value);
        }
        let key = match passage.kind {
            PassageKind::KeyValue | PassageKind::Item => {
                passage.parts.first().and_then(|part| part.label.clone())
            }
            PassageKind::Row => self.row_key(passage),
            PassageKind::Sentence | PassageKind::List => None,
        };
        let mut flags: Vec<u32> = words
            .tokens
            .iter()
            .map(|token| {
                let at = token.span.start + start;
                let in_key = key.as_ref().is_some_and(|key| key.contains(&at));
                token.flags | if in_key { flag::KEY } else { 0 }
            })
            .collect();
        if let Some(last) = flags.last_mut() {
            *last |= form(text);
        }
        let key_attributes = match passage.kind {
            PassageKind::List => 0,
            _ => parts.iter().fold(0, |set, part| set | part.attributes),
        };
        let listed = !matches!(passage.kind, PassageKind::Sentence | PassageKind::List);
        let coded = if listed { self.coded(text) } else { 0 };
        let (attributes, shown) = stated_by(self.lexicon, &words.terms);
        PassageRecord {
            kind: passage.kind,
            span: narrow_span(&passage.span),
            lines: passage.lines,
            parts,
            words: words.tokens.iter().map(|token| token.word_term).collect(),
            flags,
            attributes,
            key_attributes,
            evidence: shown | self.placed(&words.terms) | coded,
            likely: Vec::new(),
            values: if words.tokens.iter().any(|token| token.begins_value) {
                self.values(passage, text)
            } else {
                Vec::new()
            },
            terms: words.terms.clone(),
            checksum: checksum(self.document.quote(&passage.span).as_bytes()),
        }
    }

    /// The passage's values; a number under a label with a sign ("Tuition ($)") has that sign's kind.
    fn values(&self, passage: &Passage, text: &str) -> Vec<Value> {
        let start = passage.span.start;
        let signed = |span: &Span| -> Option<ValueKind> {
            let part = passage
                .parts
                .iter()
                .find(|part| part.value.start <= span.start && span.end <= part.value.end)?;
            let label = self.document.slice(part.label.as_ref()?);
            if label.contains('%') {
                Some(ValueKind::Percent)
            } else {
                label
                    .contains(|sign| self.lexicon.units.currency_signs.contains(&sign))
                    .then_some(ValueKind::Money)
            }
        };
        values(text, &self.lexicon.units)
            .into_iter()
            .map(|value| {
                let span = value.span.start + start..value.span.end + start;
                let kind = match value.kind {
                    ValueKind::Count => signed(&span).unwrap_or(ValueKind::Count),
                    kind => kind,
                };
                Value { kind, span, after: value.after }
            })
            .collect()
    }
}

impl Collected {
    fn add(&mut self, words: &Words) {
        push_stems(&mut self.body, words);
        self.words.extend(words.tokens.iter().map(|token| Arc::clone(token)));
    }

    fn finish(mut self) -> BlockWords {
        self.words.sort_unstable_by_key(|known| known.id);
        self.words.dedup_by_key(|known| known.id);
        // A word may be written in several ways; its term tells most others apart without a look at the letters.
        self.words
            .sort_unstable_by(|one, other| (one.word_term, &one.word).cmp(&(other.word_term, &other.word)));
        self.words.dedup_by(|one, other| one.word == other.word);
        let mut words = String::with_capacity(self.words.len() * 8);
        for known in &self.words {
            words.push_str(&known.word);
            words.push(END);
        }
        BlockWords { body: self.body, context: self.context, words, attributes: self.attributes }
    }
}

fn push_stems(text: &mut String, words: &Words) {
    for token in &words.tokens {
        text.push_str(&token.stem);
        text.push(END);
    }
}
