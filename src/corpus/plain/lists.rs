//! Lists among the units of a plain text: with bullets, nested or not, and without any.

use super::super::builder::{ends_with_colon, is_lead_in};
use super::super::bullets::Marker;
use super::super::listing::Item;
use super::super::model::Span;
use super::super::shapes;
use super::scan::Scan;
use super::units::{Shape, Unit, ends_sentence};
use super::{list_or_key_values, part_of};
use crate::text::begins_with_code;

/// A list while its bullets are read: the inner ones stand behind the outer ones.
struct Level {
    indent: usize,
    marker: Marker,
    list: usize,
}

impl Scan<'_, '_, '_> {
    /// Bullets: a list with the lists inside it, rows, or a numbered heading.
    pub(super) fn bullets(&mut self, at: usize) -> usize {
        if let Some(taken) = self.heads_as_bullet(at) {
            return taken;
        }
        let mut end = at;
        let mut open: Vec<Level> = Vec::new();
        let mut lists: Vec<(Option<Span>, Vec<Item>)> = Vec::new();
        while let Some(unit) = self.units.get(end) {
            let Shape::Bullet(marker, words) = &unit.shape else { break };
            if end > at && (!self.goes_on(at, end, *marker) || self.heads_inside(end)) {
                break;
            }
            let span = self.builder.trim(words.clone());
            let item = Item { part: part_of(self.builder, &span), span };
            let list = level(&mut open, &mut lists, unit.indent, *marker);
            if let Some((_, items)) = lists.get_mut(list) {
                items.push(item);
            }
            end += 1;
        }
        let lead = self.builder.lead_in();
        if let Some((outer, _)) = lists.first_mut() {
            *outer = lead;
        }
        for (lead, items) in lists {
            list_or_key_values(self.builder, lead, items);
        }
        end - at
    }

    /// Whether a bullet belongs to the list that began at `first`.
    fn goes_on(&self, first: usize, at: usize, marker: Marker) -> bool {
        let (Some(start), Some(unit)) = (self.unit(first), self.unit(at)) else { return false };
        let Shape::Bullet(begun, _) = start.shape else { return false };
        let counts_anew =
            unit.indent <= start.indent && marker == Marker::Number(1) && matches!(begun, Marker::Number(_));
        let heads = matches!(marker, Marker::Number(number) if number == self.next_number && number > 1)
            && self.could_head(at);
        !heads && unit.gap <= if counts_anew { 0 } else { 2 }
    }

    /// Lines without bullets that are a list: under a lead-in, or several in a row under a heading.
    pub(super) fn listed_lines(&mut self, at: usize) -> Option<usize> {
        let unit = self.units.get(at)?;
        if self.is_colon_heading(at) {
            return None;
        }
        let asks = |unit: &&Unit| unit.is_line() && self.words(unit).ends_with('?');
        let below = self.units.iter().skip(at + 1).take_while(|unit| unit.gap == 0).take_while(asks).count();
        if asks(&unit) && below >= 2 {
            // Questions that nothing answers.
            self.emit_list(at, at + 1 + below);
            return Some(1 + below);
        }
        let words = self.builder.slice(&unit.span);
        let lead = ends_with_colon(words)
            || ((self.is_running(unit) || !self.heading_like(unit))
                && is_lead_in(self.last_sentence(words), self.builder.rules))
            || self.leads_without_colon(unit)
            || self.is_open_sentence(unit)
            || self.dangles(at);
        if lead
            && self.record_name(at + 1).is_none()
            && !self.opens_pairs(at + 1)
            && !self.opens_pairs(at + 2)
        {
            return self.led_lines(at, unit.span.clone());
        }
        let after_heading = self.after_heading();
        if !self.headings || !self.is_short(unit) {
            return None;
        }
        if self.names_in_capitals(at) {
            return None;
        }
        let end = self.run_end(at, false);
        let spaced = self.unit(at + 1).is_some_and(|second| second.gap > 0);
        // "ABC - its name" above others of the same make is one of them.
        let paired = |unit: &Unit| self.words(unit).contains(" - ") || self.words(unit).contains(" – ");
        let headless =
            after_heading || !self.heading_like(unit) || self.units.get(at..end)?.iter().all(paired);
        // "Term 1" above its lines, and "Term 2" below them.
        let labels = self.labels_items(at) || self.is_counted_head(at) && self.counts_on(at, end);
        let headless = headless && !labels;
        let start = if headless { at } else { at + 1 };
        // One line below "Cons" is an item all the same.
        let side = || self.is_side(self.builder.heading_now());
        let needed = match after_heading && !spaced {
            true if side() => 1,
            true => 2,
            false => 3,
        };
        if end < start + needed {
            return None;
        }
        if !headless && self.has_counted_heads(at, end) {
            self.emit_lines(at, end);
            return Some(end - at);
        }
        if !headless {
            // The first of the lines heads the others.
            let level = self.level_inside(unit);
            self.open(level, unit.span.clone());
        }
        self.emit_lines(start, end);
        Some(end - at)
    }

    /// "NAME OF A PROGRAM" apart from what is above it, and right below it one line more, not in capitals: a name and what it is.
    fn names_in_capitals(&self, at: usize) -> bool {
        let (Some(unit), Some(below)) = (self.unit(at), self.unit(at + 1)) else { return false };
        let next = self.unit(at + 2);
        let one = next.is_none_or(|next| next.gap > 0 || !self.is_short(next));
        unit.gap > 0
            && below.gap == 0
            && one
            && self.is_short(below)
            && self.heading_like(unit)
            && shapes::is_caps(self.words(unit))
            && !shapes::is_caps(self.words(below))
    }

    /// Lines below a lead-in, which stands in the unit `at`.
    fn led_lines(&mut self, at: usize, lead: Span) -> Option<usize> {
        let (start, end) = (at + 1, self.run_end(at + 1, true));
        // One line that stands apart, or right above running text, is more likely a heading.
        let below = self.unit(end).is_some_and(|below| below.gap == 0 && self.is_running(below));
        let dangling = self.dangles(at);
        let lone = end == start + 1 && (below || self.unit(start).is_some_and(|item| item.gap > 0));
        if end == start
            || lone
            || self.names_in_capitals(start)
            || (end == start + 1 && !ends_with_colon(self.builder.slice(&lead)) && !dangling)
        {
            return None;
        }
        self.builder.paragraph(lead);
        self.emit_lines(start, end);
        Some(end - at)
    }

    /// The text behind `A:`, with the lines that its last sentence introduces.
    pub(super) fn answer(&mut self, at: usize, words: Span) -> usize {
        let last = self.last_sentence(self.builder.slice(&words));
        let open = !ends_sentence(last) && shapes::is_bare_sentence(last, self.builder.rules);
        if (is_lead_in(last, self.builder.rules) || open)
            && let Some(taken) = self.led_lines(at, words.clone())
        {
            return taken;
        }
        self.builder.paragraph(words);
        1
    }

    /// A sentence that lost its colon: long, in small letters, without an end.
    fn is_open_sentence(&self, unit: &Unit) -> bool {
        let words = self.words(unit);
        let count = words.split_whitespace().count();
        let sentence = shapes::is_bare_sentence(words, self.builder.rules) || count >= 8;
        unit.is_line()
            && !ends_sentence(words)
            && !words.ends_with([',', ')'])
            && count >= 5
            && sentence
            && !shapes::is_title_case(words)
    }

    /// A line that only the next ones end, each of which begins anew.
    fn dangles(&self, at: usize) -> bool {
        let (Some(unit), Some(below)) = (self.unit(at), self.unit(at + 1)) else { return false };
        let anew =
            self.is_short(below) && self.words(below).starts_with(char::is_uppercase) && below.gap == 0;
        unit.is_line() && anew && shapes::dangles(self.words(unit), self.builder.rules)
    }

    fn last_sentence<'t>(&self, words: &'t str) -> &'t str {
        let last = crate::text::sentences::sentences(words, &self.builder.rules.abbreviations).pop();
        last.and_then(|range| words.get(range)).unwrap_or_default()
    }

    /// Where a run of short lines ends: at another kind of line, at a wider gap, or before the heading of what follows.
    /// Under a lead-in, its lines may end like parts of a sentence, and like sentences if all do.
    fn run_end(&self, start: usize, introduced: bool) -> usize {
        let gap = self.unit(start + 1).map_or(0, |second| second.gap);
        let stops = |unit: &Unit| self.words(unit).ends_with('.');
        let sentences = introduced && gap == 0 && self.unit(start).is_some_and(stops);
        let mut end = start;
        while let Some(unit) = self.unit(end) {
            let words = self.words(unit);
            let listed = self.is_short(unit)
                || (end > start && (introduced || gap == 0) && self.is_long_item(unit))
                || (introduced && self.is_part(unit))
                || (sentences && unit.is_line() && stops(unit) && words.len() <= 100);
            // What introduces a list of its own is no item.
            let leads = end > start && (!introduced && self.leads_without_colon(unit) || self.dangles(end));
            if !listed
                || leads
                || end > start && (self.ranked(end).is_some() || self.parts.contains(&unit.span.start))
                || !introduced && end > start && self.counts_on(start, end)
                || end > start && gap == 0 && self.labels_items(end)
                || words.ends_with(['?', ':'])
                || (end > start && unit.gap != gap)
            {
                break;
            }
            end += 1;
        }
        let Some(below) = self.unit(end).filter(|_| end > start) else { return end };
        // A line that stands nearer to the next lines than to those above heads them.
        let nearer = gap > 0 && below.gap < gap && end > start + 1;
        if nearer {
            return end - 1;
        }
        // "Pros" again: the last line says of whom.
        if end > start + 1 && self.labels_anew(end) {
            return end - 1;
        }
        if !self.heads_what_follows(start, end, introduced) {
            return end;
        }
        // "Kinds of degrees", and right below it the name of the first of them: both head.
        let titled = |at: usize| {
            self.unit(at)
                .is_some_and(|unit| self.heading_like(unit) && shapes::is_title_case(self.words(unit)))
        };
        let both = gap == 0 && end >= start + 4 && titled(end - 2) && !(start..end - 2).any(titled);
        end - if both { 2 } else { 1 }
    }

    /// "Pros", where there were others before.
    pub(super) fn labels_anew(&self, at: usize) -> bool {
        let words = self.unit(at).map(|unit| self.words(unit)).unwrap_or_default();
        if !self.is_side(words) {
            return false;
        }
        // The first side is where each of those that are compared begins.
        let mut opened = self.builder.document.sections.iter().map(|section| section.heading.as_str());
        opened.find(|heading| self.is_side(heading)) == Some(words)
    }

    /// "Pros": a line that says which the lines below it are.
    pub(super) fn is_side(&self, words: &str) -> bool {
        self.builder.rules.side_words.contains(&words.to_lowercase())
    }

    /// "Pros", "NP" where it heads other lines as well: it says which the lines below it are.
    fn labels_items(&self, at: usize) -> bool {
        let (Some(unit), Some(below)) = (self.unit(at), self.unit(at + 1)) else { return false };
        let words = self.words(unit);
        let returns = self.repeated.contains(&words.to_lowercase()) && words.split_whitespace().count() <= 3;
        self.headings
            && below.gap == 0
            && self.is_short(below)
            && self.heading_like(unit)
            && (returns || self.is_side(words))
    }

    /// A line that is too long to begin a list, but no sentence either.
    fn is_long_item(&self, unit: &Unit) -> bool {
        let words = self.words(unit);
        unit.is_line()
            && words.len() <= 160
            && !ends_sentence(words)
            && !shapes::is_bare_sentence(words, self.builder.rules)
            && !is_lead_in(words, self.builder.rules)
    }

    /// A line of a list that is one long sentence: "…; and".
    fn is_part(&self, unit: &Unit) -> bool {
        let words = self.words(unit);
        let last = words.ends_with('.') && words.starts_with(char::is_lowercase);
        unit.is_line()
            && words.len() <= 160
            && (words.ends_with([';', ',']) || words.ends_with(" and") || last)
    }

    /// "Curriculum", "Where our graduates work": words that only name a part of a page, or that ask.
    pub(super) fn names_part(&self, at: usize) -> bool {
        let Some(unit) = self.unit(at) else { return false };
        let (words, rules) = (self.words(unit), self.builder.rules);
        let first = words.split_whitespace().next().unwrap_or_default().to_lowercase();
        let asks = rules.question_words.contains(&first) && words.split_whitespace().count() >= 3;
        asks || shapes::is_generic(words, rules) && shapes::has_heading_word(words, rules)
    }

    /// Whether the last line of a run is the heading of what stands below it.
    fn heads_what_follows(&self, start: usize, end: usize, introduced: bool) -> bool {
        let (Some(last), Some(below)) = (self.unit(end - 1), self.unit(end)) else { return false };
        let begun =
            self.parts.contains(&below.span.start) || self.counts_on(start, end) || self.labels_items(end);
        if !self.headings || end - start < 2 || !self.heading_like(last) || begun {
            return false;
        }
        // Copied from a page, a list has no gap below it: its last line heads the text, if it names a part of a page, as no item does.
        if last.gap == 0 && below.gap > 0 && self.names_part(end - 1) {
            return !(start..end - 1).any(|at| self.names_part(at))
                && (self.is_running(below) || ends_with_colon(self.words(below)));
        }
        // Lines without gaps are one list; a heading keeps its distance from it.
        if last.gap == 0 && (below.gap > 0 || self.marks.apart || ends_with_colon(self.words(below))) {
            return false;
        }
        let words = self.words(last);
        // The last course of a list is no heading of what is said of them all.
        let coded = |at: usize| self.unit(at).is_some_and(|unit| begins_with_code(self.words(unit)));
        if coded(end - 1) && coded(end - 2) {
            return false;
        }
        let titled = |at: usize| self.unit(at).is_some_and(|unit| shapes::is_title_case(self.words(unit)));
        let items = end - 1 - start;
        let titled_items = (start..end - 1).filter(|at| titled(*at)).count();
        shapes::has_heading_word(words, self.builder.rules)
            || (shapes::is_title_case(words) && titled_items * 2 < items)
            || (!introduced && shapes::is_title_case(words) && titled_items * 2 >= items && items >= 2)
            || (below.gap == 0 && self.is_running(below))
    }
}

/// The list to which a bullet belongs, opened if it is a new one.
fn level(
    open: &mut Vec<Level>,
    lists: &mut Vec<(Option<Span>, Vec<Item>)>,
    indent: usize,
    marker: Marker,
) -> usize {
    let fits = |level: &Level| match (level.marker, marker) {
        (Marker::Number(_), Marker::Number(_)) | (Marker::Sign(_), Marker::Sign(_)) => {
            level.indent.abs_diff(indent) <= 1
        }
        // "(a)" and "(A)" are of two lists.
        (Marker::Letter(one), Marker::Letter(other)) => {
            level.indent.abs_diff(indent) <= 1 && one.is_uppercase() == other.is_uppercase()
        }
        _ => false,
    };
    if let Some(depth) = open.iter().rposition(fits) {
        open.truncate(depth + 1);
    } else if open.first().is_some_and(|outer| indent + 1 < outer.indent) {
        open.truncate(1);
    } else {
        // Lists within lists within lists are given to the innermost of a few levels.
        if open.len() < 8 {
            let lead =
                open.last().and_then(|outer| lists.get(outer.list)).and_then(|(_, items)| items.last());
            let lead = lead.map(|item| item.span.clone());
            lists.push((lead, Vec::new()));
            open.push(Level { indent, marker, list: lists.len() - 1 });
        }
    }
    open.last().map_or(0, |level| level.list)
}
