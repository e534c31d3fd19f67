//! Searching a snapshot: BM25 over blocks, document frequencies, and words like a given one. Queries are built from
//! terms; no text of a user ever reaches a query grammar.

use tantivy::Term;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::Snapshot;
use crate::lexicon::AttributeId;

/// A query has at most this many terms.
pub const MAX_TERMS: usize = 64;

/// What to search for; every part is optional, the more of it a block holds the higher it ranks.
#[derive(Debug, Clone, Default)]
pub struct BlockQuery {
    /// Stems, looked for in the block and in its headings.
    pub stems: Vec<String>,
    /// Attributes that the block or its heading should name.
    pub attributes: Vec<AttributeId>,
    /// Stems of which a block must hold at least one, in itself or its headings; empty: no such demand.
    pub required: Vec<String>,
}

/// A block that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Its id.
    pub block: u32,
    /// Its BM25 score.
    pub score: f32,
}

impl Snapshot {
    /// The `limit` best blocks, best first; blocks of equal score in order of id.
    pub fn search(&self, query: &BlockQuery, limit: usize) -> Vec<Hit> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for stem in query.stems.iter().take(MAX_TERMS) {
            clauses.push((Occur::Should, term(self.fields.all, stem, IndexRecordOption::WithFreqs)));
            clauses.push((Occur::Should, term(self.fields.body, stem, IndexRecordOption::WithFreqs)));
        }
        for attribute in &query.attributes {
            let tag = format!("a{attribute}");
            clauses.push((Occur::Should, term(self.fields.attributes, &tag, IndexRecordOption::Basic)));
        }
        if !query.required.is_empty() {
            let any = query
                .required
                .iter()
                .take(MAX_TERMS)
                .map(|stem| (Occur::Should, term(self.fields.all, stem, IndexRecordOption::Basic)))
                .collect();
            clauses.push((Occur::Must, Box::new(BooleanQuery::new(any))));
        }
        if clauses.is_empty() || limit == 0 {
            return Vec::new();
        }
        // A damaged segment finds nothing; `verify` and the checksums at opening report the damage itself.
        self.searcher
            .search(&BooleanQuery::new(clauses), &TopDocs::with_limit(limit).order_by_score())
            .unwrap_or_default()
            .into_iter()
            .map(|(score, address)| Hit { block: address.doc_id, score })
            .collect()
    }

    /// How many blocks hold the stem, in themselves or in their headings.
    pub fn frequency(&self, stem: &str) -> u64 {
        self.searcher.doc_freq(&Term::from_field_text(self.fields.all, stem)).unwrap_or(0)
    }

    /// How many blocks hold the unstemmed word, in themselves or in their headings.
    pub fn word_frequency(&self, word: &str) -> u64 {
        self.searcher.doc_freq(&Term::from_field_text(self.fields.words, word)).unwrap_or(0)
    }

    /// Words of the corpus within `distance` (1 or 2) edits of a word, a swap of neighbours counting as one, with the
    /// number of blocks that hold each.
    pub fn similar_words(&self, word: &str, distance: u8) -> Vec<(String, u64)> {
        self.matching_words(FuzzyTermQuery::new(
            Term::from_field_text(self.fields.words, word),
            distance,
            true,
        ))
    }

    /// Words of the corpus that begin with `start`, in the order of the alphabet; at most `limit`.
    pub fn words_beginning(&self, start: &str, limit: usize) -> Vec<String> {
        let mut found = Vec::new();
        for segment in self.searcher.segment_readers() {
            let Ok(inverted) = segment.inverted_index(self.fields.words) else { continue };
            let Ok(mut stream) = inverted.terms().range().ge(start.as_bytes()).into_stream() else {
                continue;
            };
            while found.len() < limit && stream.advance() && stream.key().starts_with(start.as_bytes()) {
                found.extend(std::str::from_utf8(stream.key()).map(str::to_owned));
            }
        }
        found
    }

    fn matching_words(&self, query: FuzzyTermQuery) -> Vec<(String, u64)> {
        let mut found = Vec::new();
        for segment in self.searcher.segment_readers() {
            let (Ok(automaton), Ok(inverted)) =
                (query.automaton(), segment.inverted_index(self.fields.words))
            else {
                continue;
            };
            let Ok(mut stream) = inverted.terms().search(automaton).into_stream() else { continue };
            while stream.advance() {
                if let Ok(word) = std::str::from_utf8(stream.key()) {
                    found.push((word.to_owned(), u64::from(stream.value().doc_freq)));
                }
            }
        }
        found
    }
}

fn term(field: Field, text: &str, record: IndexRecordOption) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), record))
}
