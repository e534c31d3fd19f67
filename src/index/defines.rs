//! The abbreviations that a document defines: in its passages, in the cells of a row, in a question with its answer, in headings. How they are
//! told is `corpus::abbreviations`'.

use super::analyze::Analyzer;
use super::naming::carrying_terms;
use super::records::AbbreviationRecord;
use super::words::{checksum, narrow, narrow_span};
use crate::corpus::abbreviations::{Abbreviation, abbreviations, answered, paired};
use crate::corpus::{BlockKind, Passage, PassageKind, Span};

impl Analyzer<'_> {
    pub(super) fn abbreviations(&self, passage: &Passage, block: usize, found: &mut Vec<AbbreviationRecord>) {
        let cells = passage.parts.iter().flat_map(|part| {
            part.label.iter().filter(|_| passage.kind != PassageKind::Row).chain([&part.value])
        });
        let cells: Vec<&str> = cells.map(|span| self.document.slice(span)).collect();
        let paired = cells.iter().zip(cells.iter().skip(1)).filter_map(|(one, other)| paired(one, other));
        let words = self.document.slice(&passage.span);
        // "What does LF stand for?", and the answer begins with it.
        let asked = self.document.blocks.get(block).filter(|block| block.kind == BlockKind::QuestionAnswer);
        let lead = asked.and_then(|block| block.lead.as_ref()).map(|lead| self.document.slice(lead));
        let defined = abbreviations(words, &self.lexicon.text.spelled_by)
            .into_iter()
            .chain(paired)
            .chain(lead.and_then(|lead| answered(lead, words)))
            .collect();
        self.define(defined, &passage.span, block, found);
    }

    /// What headings define ("Licensed Appraiser (LA)"), each with the first block that stands under it.
    pub(super) fn headings_define(&self, found: &mut Vec<AbbreviationRecord>) {
        for (index, section) in self.document.sections.iter().enumerate() {
            let under = self.document.blocks.iter().position(|block| block.section >= index);
            if let Some(block) = under.filter(|_| !section.span.is_empty()) {
                let defined =
                    abbreviations(self.document.slice(&section.span), &self.lexicon.text.spelled_by);
                self.define(defined, &section.span, block, found);
            }
        }
    }

    fn define(
        &self,
        defined: Vec<Abbreviation>,
        span: &Span,
        block: usize,
        found: &mut Vec<AbbreviationRecord>,
    ) {
        for abbreviation in defined {
            let known = found
                .iter()
                .any(|known| known.short == abbreviation.short && known.long == abbreviation.long);
            if !known {
                found.push(AbbreviationRecord {
                    terms: carrying_terms(&self.vocabulary.words_of(&abbreviation.long), self.lexicon),
                    short: abbreviation.short,
                    long: abbreviation.long,
                    block: narrow(block),
                    span: narrow_span(span),
                    checksum: checksum(self.document.quote(span).as_bytes()),
                });
            }
        }
    }
}
