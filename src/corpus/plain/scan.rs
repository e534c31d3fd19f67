//! Reads units from the top: what each is follows from its shape and from those around it. It emits blocks and
//! sections; the shapes themselves are told in `shapes` and `units`.

use super::super::builder::{Builder, Item, Row, ends_with_colon, is_lead_in};
use super::super::model::{Part, Span};
use super::super::shapes::{self, Marker};
use super::units::{Shape, Unit, ends_sentence};
use super::{heading, list_or_key_values, part_of, row};

/// Reads units into the builder; `headings` tells whether bare lines may be headings.
pub(super) fn scan(builder: &mut Builder<'_>, units: &[Unit], headings: bool) {
    let mut caps = 0;
    let mut plain = 0;
    for unit in units.iter().filter(|unit| unit.is_line()) {
        let words = builder.slice(&unit.span);
        if shapes::is_heading_like(words, builder.rules) {
            if shapes::is_caps(words) { caps += 1 } else { plain += 1 }
        }
    }
    let mut scan =
        Scan { builder, units, headings, ranked_caps: caps >= 2 && plain >= 1, after_heading: true };
    let mut at = 0;
    while at < units.len() {
        // Every step takes at least one unit.
        at += scan.step(at).max(1);
    }
}

struct Scan<'u, 'a, 'b> {
    builder: &'a mut Builder<'b>,
    units: &'u [Unit],
    headings: bool,
    /// Capitals stand above other headings in this text.
    ranked_caps: bool,
    /// Nothing stands yet under the last heading.
    after_heading: bool,
}

impl Scan<'_, '_, '_> {
    fn unit(&self, at: usize) -> Option<&Unit> {
        self.units.get(at)
    }

    fn words(&self, unit: &Unit) -> &str {
        self.builder.slice(&unit.span)
    }

    /// Reads what begins at a unit; gives the number of units taken.
    fn step(&mut self, at: usize) -> usize {
        let Some(unit) = self.units.get(at) else { return 1 };
        let after_heading = std::mem::replace(&mut self.after_heading, false);
        match &unit.shape {
            Shape::Rule(_) => {
                self.after_heading = after_heading;
                1
            }
            Shape::Marked(level, words) => {
                self.open(*level, words.clone());
                1
            }
            Shape::Bullet(..) => self.bullets(at),
            Shape::Row(_) => self.rows(at),
            Shape::KeyValue(..) => self.key_values(at),
            Shape::Asks(words) => {
                self.builder.question(words.clone());
                1
            }
            Shape::Answers(words) => {
                self.builder.paragraph(words.clone());
                1
            }
            Shape::Text => self.text(at, after_heading),
        }
    }

    fn open(&mut self, level: u8, span: Span) {
        let raw = self.builder.slice(&span);
        let words =
            raw.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | ':')).to_owned();
        let start = span.start + raw.find(words.as_str()).unwrap_or_default();
        heading(self.builder, level, &words, start..start + words.len());
        self.after_heading = true;
    }

    fn text(&mut self, at: usize, after_heading: bool) -> usize {
        let Some(unit) = self.units.get(at) else { return 1 };
        let span = unit.span.clone();
        if self.headings
            && unit.is_line()
            && let Some(below) = self.unit(at + 1)
            && let Shape::Rule(sign @ ('=' | '-' | '~' | '*' | '─' | '═')) = below.shape
            && below.gap == 0
            && self.heading_like(unit)
        {
            self.open(if matches!(sign, '=' | '═') { 2 } else { 3 }, span);
            return 2;
        }
        if let Some(taken) = self.label_pairs(at) {
            return taken;
        }
        if let Some(taken) = self.listed_lines(at, after_heading) {
            return taken;
        }
        if self.headings && self.is_heading(at) {
            let level = self.level(&self.units[at]);
            self.open(level, span);
            return 1;
        }
        self.builder.paragraph(span);
        1
    }

    fn level(&self, unit: &Unit) -> u8 {
        let words = self.words(unit);
        if words.ends_with('?') {
            8
        } else if self.ranked_caps && shapes::is_caps(words) {
            4
        } else if words.starts_with("**") {
            6
        } else {
            5
        }
    }

    fn heading_like(&self, unit: &Unit) -> bool {
        unit.is_line() && shapes::is_heading_like(self.words(unit), self.builder.rules)
    }

    /// A short line that is no sentence: an item of a list that lost its bullets, or a heading.
    fn is_short(&self, unit: &Unit) -> bool {
        let words = self.words(unit);
        unit.is_line()
            && words.len() <= 100
            && words.split_whitespace().count() <= 12
            && (!ends_sentence(words) || (self.builder.rules.abbreviations.is_abbreviation(words)))
    }

    /// Running text: it ends like a sentence, or it is too long for anything else.
    fn is_running(&self, unit: &Unit) -> bool {
        let words = self.words(unit);
        unit.shape == Shape::Text
            && (unit.lines > 1
                || words.len() > 120
                || (ends_sentence(words) && words.split_whitespace().count() >= 4 && !words.ends_with('?')))
    }

    fn is_heading(&self, at: usize) -> bool {
        let (Some(unit), Some(below)) = (self.unit(at), self.unit(at + 1)) else { return false };
        if !self.heading_like(unit) {
            return false;
        }
        let words = self.words(unit);
        let count = words.split_whitespace().count();
        if words.ends_with('!') || (count > 10 && !shapes::is_title_case(words) && !words.ends_with('?')) {
            return false;
        }
        // A line in the middle of a sentence goes on from the line above.
        let above = at.checked_sub(1).and_then(|above| self.unit(above));
        let broken = above.is_some_and(|above| {
            unit.gap == 0
                && above.shape == Shape::Text
                && above.lines > 1
                && !ends_sentence(self.words(above))
        });
        if broken {
            return false;
        }
        if ends_with_colon(words) {
            return self.is_running(below);
        }
        match &below.shape {
            Shape::Rule(_) => self.unit(at + 2).is_some(),
            // A heading stands nearer to what it heads than to what is above it.
            _ => unit.gap >= below.gap || unit.gap > 0 || self.is_running(below),
        }
    }

    /// Bullets: a list, rows, or numbered headings.
    fn bullets(&mut self, at: usize) -> usize {
        let mut end = at;
        let mut items: Vec<Item> = Vec::new();
        while let Some(unit) = self.unit(end) {
            match &unit.shape {
                Shape::Bullet(marker, words) if end == at || self.goes_on(at, end, *marker) => {
                    let span = self.builder.trim(words.clone());
                    items.push(Item { part: part_of(self.builder, &span), span });
                }
                _ => break,
            }
            end += 1;
        }
        if end == at + 1 && self.headings && self.numbered_heading(at) {
            return 1;
        }
        let lead = self.builder.lead_in();
        list_or_key_values(self.builder, lead, items);
        end - at
    }

    /// Whether a bullet belongs to the list that began at `first`.
    fn goes_on(&self, first: usize, at: usize, marker: Marker) -> bool {
        let (Some(start), Some(unit)) = (self.unit(first), self.unit(at)) else { return false };
        let Shape::Bullet(begun, _) = start.shape else { return false };
        // A list that counts from one again is another list.
        !(unit.gap > 0
            && unit.indent <= start.indent
            && marker == Marker::Number(1)
            && matches!(begun, Marker::Number(_)))
            && unit.gap <= 2
    }

    /// `2. Words` alone above running text.
    fn numbered_heading(&mut self, at: usize) -> bool {
        let (Some(unit), Some(below)) = (self.units.get(at), self.unit(at + 1)) else { return false };
        let Shape::Bullet(Marker::Number(_) | Marker::Letter(_), words) = &unit.shape else { return false };
        let text = self.builder.slice(words);
        let fits =
            unit.lines == 1 && shapes::is_heading_like(text, self.builder.rules) && !ends_with_colon(text);
        if !fits || matches!(below.shape, Shape::Rule(_)) {
            return false;
        }
        self.open(5, words.clone());
        true
    }

    /// Rows of cells; rows of two are keys with values, unless the first names the columns.
    fn rows(&mut self, at: usize) -> usize {
        let mut end = at;
        let mut found: Vec<Vec<Span>> = Vec::new();
        while let Some(unit) = self.unit(end) {
            match &unit.shape {
                Shape::Row(cells) if end == at || unit.gap <= 1 => found.push(cells.clone()),
                Shape::Rule(_) if end > at && unit.gap == 0 => {}
                _ => break,
            }
            end += 1;
        }
        let columns = found.iter().map(Vec::len).max().unwrap_or_default();
        let ruled =
            self.unit(at + 1).is_some_and(|unit| unit.gap == 0 && matches!(unit.shape, Shape::Rule(_)));
        let header = found.len() >= 2 && (ruled || self.names_columns(&found));
        if columns == 2 && !header {
            self.pairs(&found);
        } else {
            let names = if header { found.first().cloned().unwrap_or_default() } else { Vec::new() };
            let rows =
                found.iter().skip(usize::from(header)).filter_map(|cells| row(cells, &names)).collect();
            self.builder.table(super::hull(&names), rows);
        }
        end - at
    }

    fn pairs(&mut self, found: &[Vec<Span>]) {
        let rows = found.iter().filter_map(|cells| {
            let (key, value) = (cells.first()?, cells.last()?);
            let label = self.builder.slice(key).trim_end_matches([':', ' ', '.']);
            let label = key.start..key.start + label.len();
            Some(Row {
                span: key.start..value.end,
                parts: vec![Part { label: Some(label), value: value.clone() }],
            })
        });
        let rows = rows.filter(|row| !row.span.is_empty()).collect();
        self.builder.key_values(rows);
    }

    /// Whether the first row names the columns: no figures in it, while a column below is full of them; or there are
    /// more than two columns.
    fn names_columns(&self, rows: &[Vec<Span>]) -> bool {
        let figures = |cell: &Span| self.builder.slice(cell).chars().any(|c| c.is_ascii_digit());
        let Some((first, rest)) = rows.split_first() else { return false };
        if first.iter().any(figures) || first.iter().any(|cell| cell.len() > 60) {
            return false;
        }
        if first.len() > 2 {
            return true;
        }
        let counted = rest.iter().filter(|row| row.last().is_some_and(figures)).count();
        // Key and value look like that as well: only a first row that ends in a word like the others' keys tells.
        counted == rest.len()
            && rest.len() >= 2
            && first.iter().all(|cell| self.builder.slice(cell).split_whitespace().count() <= 3)
    }

    /// `Key: value` lines, one below the other.
    fn key_values(&mut self, at: usize) -> usize {
        let mut end = at;
        let mut rows: Vec<Row> = Vec::new();
        while let Some(unit) = self.unit(end) {
            let Shape::KeyValue(key, value) = &unit.shape else { break };
            if end > at && unit.gap > 1 {
                break;
            }
            let long = crate::text::sentences::sentences(
                self.builder.slice(value),
                &self.builder.rules.abbreviations,
            )
            .len()
                > 2;
            if long {
                let span = unit.span.clone();
                if rows.is_empty() {
                    self.builder.paragraph(span);
                    end += 1;
                }
                break;
            }
            let part = Part { label: Some(key.clone()), value: value.clone() };
            rows.push(Row { span: unit.span.clone(), parts: vec![part] });
            end += 1;
        }
        self.builder.key_values(rows);
        end - at
    }

    /// A key on one line and its value on the next, several times over.
    fn label_pairs(&mut self, at: usize) -> Option<usize> {
        let mut rows = Vec::new();
        let mut figures = 0;
        let mut colons = 0;
        let mut end = at;
        while let (Some(label), Some(value)) = (self.unit(end), self.unit(end + 1)) {
            let key = self.words(label);
            let told = self.words(value);
            let colon = ends_with_colon(key);
            let fits = label.is_line()
                && value.is_line()
                && value.gap == 0
                && shapes::is_key(key.trim_end_matches([':', ' ', '*']), self.builder.rules)
                && !key.chars().any(|c| c.is_ascii_digit())
                && !ends_with_colon(told)
                && told.len() <= 120
                && (!ends_sentence(told) || told.split_whitespace().count() <= 4);
            // A second value below the first makes it a list.
            let alone = self.unit(end + 2).is_none_or(|next| {
                next.gap > 0 || next.shape != Shape::Text || !colon || ends_with_colon(self.words(next))
            });
            if !fits || !alone || (end > at && label.gap > 1) {
                break;
            }
            figures += usize::from(told.chars().any(|c| c.is_ascii_digit()));
            colons += usize::from(colon);
            let label_span = label.span.start..label.span.start + key.trim_end_matches([':', ' ', '*']).len();
            rows.push(Row {
                span: label.span.start..value.span.end,
                parts: vec![Part { label: Some(label_span), value: value.span.clone() }],
            });
            end += 2;
        }
        let all_colons = colons == rows.len() && !rows.is_empty();
        let regular = rows.len() >= 2 && (all_colons || figures * 2 >= rows.len());
        if !regular {
            return None;
        }
        self.builder.key_values(rows);
        Some(end - at)
    }

    /// Lines without bullets that are a list: under a lead-in, or several in a row under a heading.
    fn listed_lines(&mut self, at: usize, after_heading: bool) -> Option<usize> {
        let unit = self.units.get(at)?;
        let words = self.builder.slice(&unit.span);
        let lead = ends_with_colon(words)
            || (self.is_running(unit) && is_lead_in(self.last_sentence(words), self.builder.rules));
        if lead {
            let (start, end) = (at + 1, self.run_end(at + 1));
            let needed = if ends_with_colon(words) { 1 } else { 2 };
            if end < start + needed || (end == start + 1 && self.unit(start).is_some_and(|item| item.gap > 0))
            {
                return None;
            }
            self.builder.paragraph(unit.span.clone());
            self.emit_lines(start, end);
            return Some(end - at);
        }
        if !self.headings || !self.is_short(unit) {
            return None;
        }
        let end = self.run_end(at);
        let start = if after_heading { at } else { at + 1 };
        if end < start + if after_heading { 2 } else { 3 } {
            return None;
        }
        if !after_heading {
            // The first of the lines heads the others.
            if !self.heading_like(unit) {
                return None;
            }
            let level = self.level(unit);
            self.open(level, unit.span.clone());
        }
        self.emit_lines(start, end);
        Some(end - at)
    }

    fn last_sentence<'t>(&self, words: &'t str) -> &'t str {
        let last = crate::text::sentences::sentences(words, &self.builder.rules.abbreviations).pop();
        last.and_then(|range| words.get(range)).unwrap_or_default()
    }

    fn emit_lines(&mut self, start: usize, end: usize) {
        let spans = self.units.iter().take(end).skip(start).map(|unit| unit.span.clone());
        let items = spans.map(|span| Item { part: part_of(self.builder, &span), span }).collect();
        let lead = self.builder.lead_in();
        self.builder.list(lead, items);
        self.after_heading = false;
    }

    /// Where a run of short lines ends: at another kind of line, at a wider gap, or before the heading of what follows.
    fn run_end(&self, start: usize) -> usize {
        let gap = self.unit(start + 1).map_or(0, |second| second.gap);
        let mut end = start;
        while let Some(unit) = self.unit(end) {
            let listed = self.is_short(unit) && !self.words(unit).ends_with('?');
            if !listed || (end > start && unit.gap != gap) {
                break;
            }
            end += 1;
        }
        if end > start
            && self
                .unit(end)
                .is_some_and(|next| next.gap > 0 || self.is_running(next) || next.shape != Shape::Text)
        {
            end -= usize::from(self.heads_what_follows(start, end));
        }
        end
    }

    /// Whether the last line of a run is the heading of what stands below it.
    fn heads_what_follows(&self, start: usize, end: usize) -> bool {
        let (Some(last), Some(below)) = (self.unit(end - 1), self.unit(end)) else { return false };
        if !self.headings || end - start < 2 || !self.heading_like(last) {
            return false;
        }
        // Lines without gaps are one list; a heading keeps its distance from it.
        if last.gap == 0 && below.gap > 0 {
            return false;
        }
        let words = self.words(last);
        let titled = |at: usize| self.unit(at).is_some_and(|unit| shapes::is_title_case(self.words(unit)));
        let items = end - 1 - start;
        let titled_items = (start..end - 1).filter(|at| titled(*at)).count();
        shapes::has_heading_word(words, self.builder.rules)
            || (shapes::is_title_case(words) && titled_items * 2 < items)
            || (shapes::is_title_case(words) && titled_items * 2 >= items && items >= 2)
            || (below.gap == 0 && self.is_running(below))
    }
}
