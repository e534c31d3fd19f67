//! Which attributes a label names: a key, a column, the lead-in of a list. What a passage's own words state is `analyze`'s.

use super::analyze::Analyzer;
use super::records::AttributeSet;
use super::words::{Words, set_of};
use crate::corpus::{Block, BlockKind, Span};
use crate::lexicon::Lexicon;
use crate::text::Term;

/// The attributes that terms name, as words or as a question.
pub(super) fn named_in(terms: &[Term], lexicon: &Lexicon) -> AttributeSet {
    set_of(&lexicon.attribute_words, terms) | set_of(&lexicon.attribute_asks, terms)
}

impl Analyzer<'_> {
    /// The attributes that a key, a header or a first cell names, as words or as a question ("What they do").
    pub(super) fn named_by(&self, span: &Span) -> AttributeSet {
        named_in(&self.vocabulary.words_of(self.document.slice(span)).terms, self.lexicon)
    }

    /// The attributes that a text states by naming a place.
    pub(super) fn placed(&self, terms: &[Term]) -> AttributeSet {
        if self.lexicon.states.find(terms).is_empty() {
            return 0;
        }
        let attributes = self.lexicon.attributes.iter().enumerate();
        attributes.filter(|(_, attribute)| attribute.places).fold(0, |set, (id, _)| set | 1 << id)
    }

    /// The attributes that a lead-in or the label of a value or a column names ("Required courses:"); what is only shown counts where
    /// nothing is named ("Jobs").
    pub(super) fn labelled(&self, words: &Words) -> AttributeSet {
        let named = named_in(&words.terms, self.lexicon);
        if named == 0 { set_of(&self.lexicon.attribute_evidence, &words.terms) } else { named }
    }

    /// The attributes of the sentence that ends the block before, in the same section.
    pub(super) fn sentence_before(&self, block: &Block, index: usize) -> AttributeSet {
        let before = index.checked_sub(1).and_then(|before| self.document.blocks.get(before));
        let last = before
            .filter(|before| before.section == block.section && before.kind == BlockKind::Paragraph)
            .and_then(|before| self.document.passages.get(before.passages.clone()))
            .unwrap_or_default()
            .iter()
            .rev()
            .find(|passage| block.lead.as_ref().is_none_or(|lead| passage.span.end <= lead.start));
        last.map_or(0, |passage| {
            set_of(
                &self.lexicon.attribute_words,
                &self.vocabulary.words_of(self.document.slice(&passage.span)).terms,
            )
        })
    }
}
