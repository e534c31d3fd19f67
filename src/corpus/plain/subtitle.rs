//! Lines right below the title that are about the whole text: all its sections stand under them.

use super::super::shapes;
use super::scan::{Scan, is_date};
use super::units::{Shape, Unit, ends_sentence};

/// So many lines below a title may be about the whole text.
pub(super) const MAX_SUBTITLES: usize = 2;

impl Scan<'_, '_, '_> {
    pub(super) fn subtitle(&mut self, at: usize) -> usize {
        let Some(unit) = self.units.get(at) else { return 1 };
        let span = unit.span.clone();
        let told = unit.shape == Shape::Text;
        let level = if self.builder.document.sections.len() > 1 { 2 } else { 1 };
        self.open(level, span.clone());
        if told {
            self.builder.paragraph(span);
        }
        1
    }

    /// One of at most two lines right below the title, with a gap below them: it is about the whole document, so that all
    /// sections stand under it.
    pub(super) fn is_subtitle(&self, at: usize) -> bool {
        let near = |unit: &&Unit| unit.gap == 0 && (self.is_short(unit) || self.is_titled_row(unit));
        let lines = self.units.iter().take(3).take_while(near).count();
        let apart = self.unit(lines).is_some_and(|below| below.gap > 0);
        self.headings
            && self.titled
            && lines <= MAX_SUBTITLES
            && at < lines
            && apart
            && self.unit(at).is_some_and(|unit| self.heading_like(unit) || self.is_titled_row(unit))
            && self
                .unit(at)
                .is_some_and(|unit| !is_date(self.words(unit)) && !names_several(self.words(unit)))
    }

    /// "Name of the program: what the page tells": a title that looks like a row, though no fact is its key.
    fn is_titled_row(&self, unit: &Unit) -> bool {
        let Shape::KeyValue(key, value) = &unit.shape else { return false };
        let rules = self.builder.rules;
        let (key, value) = (self.builder.slice(key).to_lowercase(), self.builder.slice(value));
        let origin = [&rules.source_keys, &rules.url_keys, &rules.date_keys, &rules.title_keys];
        unit.lines == 1
            && value.split_whitespace().count() >= 3
            && !value.contains(|c: char| c.is_ascii_digit())
            && !ends_sentence(value)
            && !origin.iter().any(|keys| keys.contains(&key))
            && ![&rules.fact_words, &rules.title_keys].iter().any(|words| shapes::has_word(&key, words))
            && shapes::is_heading_like(self.words(unit), rules)
    }
}

/// "Nursing / Welding / Drafting": the several things that a text is about; none of its parts is about all of them.
pub(super) fn names_several(words: &str) -> bool {
    [" / ", " | ", " • ", " · "].iter().any(|sign| words.contains(sign))
}
