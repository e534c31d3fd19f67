//! Reads units from the top: what each is follows from its shape and from those around it. It emits blocks and
//! sections; the shapes themselves are told in `shapes` and `units`.

use std::collections::HashSet;

use super::super::builder::Builder;
use super::super::model::Span;
use super::super::shapes;
use super::marks::{Marks, names_award};
use super::subtitle::{MAX_SUBTITLES, names_several};
use super::units::{Shape, Unit, ends_sentence};
use super::{contents, heading};

/// Reads units into the builder; bare lines may be headings if it is told which ones a table of contents names.
pub(super) fn scan(builder: &mut Builder<'_>, units: &[Unit], named: Option<&HashSet<String>>) {
    let headings = named.is_some();
    let mut caps = 0;
    let mut plain = 0;
    let (mut seen, mut repeated) = (HashSet::new(), HashSet::new());
    for (at, unit) in units.iter().enumerate().filter(|(_, unit)| unit.is_line()) {
        let words = builder.slice(&unit.span);
        let heading = shapes::is_heading_like(words, builder.rules);
        if heading {
            if shapes::is_caps(words) { caps += 1 } else { plain += 1 }
        }
        let words = words.to_lowercase();
        // Lines of a menu repeat headings and are none; where texts stand without gaps, a heading has its text right below it and the
        // end of another one right above.
        let below = units.get(at + 1).is_some_and(|below| {
            matches!(below.shape, Shape::Bullet(..))
                || below.lines > 1
                || ends_sentence(builder.slice(&below.span))
        });
        let above = at.checked_sub(1).and_then(|above| units.get(above));
        let ended = above.is_some_and(|above| {
            matches!(above.shape, Shape::Bullet(..) | Shape::Rule(_))
                || ends_sentence(builder.slice(&above.span))
        });
        // The first line of a list that a colon introduces heads nothing.
        let listed = above.is_some_and(|above| builder.slice(&above.span).ends_with(':'))
            && units.get(at + 1).is_some_and(|below| below.gap == 0 && below.is_line());
        let heads = unit.gap > 0 && !listed || heading && below && ended;
        if heads && !seen.insert(words.clone()) {
            repeated.insert(words);
        }
    }
    let titled = builder.document.sections.first().is_some_and(|root| !root.span.is_empty());
    let opened_at = builder.document.blocks.len();
    let mut scan = Scan {
        titled,
        builder,
        units,
        headings,
        next_number: 1,
        ranked_caps: caps >= 2 && plain >= 1,
        listed: 0,
        opened_at,
        repeated,
        under_name: false,
        under_award: false,
        columns: Vec::new(),
        columns_below: None,
        grouped: false,
        parts: HashSet::new(),
        parted: false,
        marks: Marks::default(),
    };
    if let Some(named) = named {
        scan.parts = contents::parts(&scan, named);
        scan.marks = Marks::of(&scan);
    }
    let mut at = 0;
    while at < units.len() {
        // Every step takes at least one unit.
        at += scan.step(at).max(1);
    }
}

pub(super) struct Scan<'u, 'a, 'b> {
    pub(super) builder: &'a mut Builder<'b>,
    pub(super) units: &'u [Unit],
    pub(super) headings: bool,
    /// The number that the next numbered heading bears.
    pub(super) next_number: u32,
    /// The title stood right above the first unit.
    pub(super) titled: bool,
    /// Capitals stand above other headings in this text.
    pub(super) ranked_caps: bool,
    /// Where the entries end that are already a list.
    pub(super) listed: usize,
    /// How many blocks there were when the last heading was opened.
    opened_at: usize,
    /// Lines that stand in the text more than once, in small letters.
    pub(super) repeated: HashSet<String>,
    /// The last heading above the parts of a record is no title.
    under_name: bool,
    /// The last heading that is no part of another names an award.
    under_award: bool,
    /// The names of the columns of all the tables that follow, where a row of them stands alone.
    pub(super) columns: Vec<Span>,
    /// How many blocks there are below them, until the first of those tables is read.
    pub(super) columns_below: Option<usize>,
    /// The last heading only groups rows of one table.
    grouped: bool,
    /// Where the lines begin that a table of contents names, those that are still to come.
    pub(super) parts: HashSet<usize>,
    /// The last of them was opened right above another heading, which stands inside it, as do those that follow.
    parted: bool,
    /// The marks of headings that this text uses; none where bare lines are no headings.
    pub(super) marks: Marks,
}

/// The level of a line in capitals where other headings are not …
pub(super) const CAPS: u8 = 4;
/// … and of one that names what those stand under that return.
pub(super) const NAME: u8 = 3;
/// The level of a bare line that heads.
pub(super) const PLAIN: u8 = 5;
/// The level of a heading that returns, inside what the heading above it names.
pub(super) const INSIDE: u8 = 9;

impl Scan<'_, '_, '_> {
    pub(super) fn unit(&self, at: usize) -> Option<&Unit> {
        self.units.get(at)
    }

    pub(super) fn words(&self, unit: &Unit) -> &str {
        self.builder.slice(&unit.span)
    }

    /// Reads what begins at a unit; gives the number of units taken.
    fn step(&mut self, at: usize) -> usize {
        let Some(unit) = self.units.get(at) else { return 1 };
        self.list_entries(at);
        if self.parts.remove(&unit.span.start) {
            self.parted = false;
            let level = self.level(unit).min(PLAIN);
            self.open(level, unit.span.clone());
            self.parted =
                self.unit(at + 1).is_some_and(|below| self.heading_like(below)) && self.is_heading(at + 1);
            return 1;
        }
        if let Some(taken) = self.set_off(at) {
            return taken;
        }
        match &unit.shape {
            Shape::Rule(_) => 1,
            Shape::Marked(level, words) => {
                self.open(*level, words.clone());
                1
            }
            Shape::Bullet(..) => self.bullets(at),
            Shape::Outline(..) => self.outline(at),
            Shape::Row(_) => self.rows(at),
            Shape::KeyValue(..) if self.is_subtitle(at) => self.subtitle(at),
            Shape::KeyValue(..) => match self.run_in_heads(at) {
                0 => self.key_values(at),
                taken => taken,
            },
            Shape::Asks(words) => {
                let words = words.clone();
                self.builder.question(words.clone());
                // A question above anything but text would stand nowhere.
                let answered = self
                    .unit(at + 1)
                    .is_some_and(|below| matches!(below.shape, Shape::Answers(_)) || self.is_running(below));
                if !answered {
                    self.builder.paragraph(words);
                }
                1
            }
            Shape::Answers(words) => {
                let words = words.clone();
                self.answer(at, words)
            }
            Shape::Text => self.text(at),
        }
    }

    pub(super) fn open(&mut self, level: u8, span: Span) {
        let level = if self.parted && matches!(level, CAPS | PLAIN) { level.max(PLAIN) + 1 } else { level };
        let raw = self.builder.slice(&span);
        let bare = raw.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | ':'));
        let bare = bare.strip_suffix("[edit]").unwrap_or(bare);
        let at = span.start + raw.find(bare).unwrap_or_default();
        let within = at..at + bare.len();
        self.grouped = false;
        let words = bare.split_whitespace().collect::<Vec<_>>().join(" ");
        if level < INSIDE {
            self.under_name = level >= PLAIN && !self.repeated.contains(&words.to_lowercase());
            self.under_award = level == PLAIN && names_award(bare, self.builder.rules);
        }
        heading(self.builder, level, &words, within);
        self.opened_at = self.builder.document.blocks.len();
    }

    /// Nothing stands yet under the last heading.
    pub(super) fn after_heading(&self) -> bool {
        self.opened_at == self.builder.document.blocks.len()
    }

    fn text(&mut self, at: usize) -> usize {
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
        if self.is_subtitle(at) {
            return self.subtitle(at);
        }
        if !self.columns.is_empty() && self.columns_below.is_none() && self.groups_rows(at) {
            let nested = self.grouped || self.stands_below_columns(at);
            self.open(if nested { INSIDE + 1 } else { self.level_inside(&self.units[at]) }, span);
            self.grouped = nested;
            return 1;
        }
        if let Some(name) = self.record_name(at).filter(|_| !self.after_heading()) {
            self.open(PLAIN, name);
            return 2;
        }
        // Right below the title, they are no heading of what follows either.
        if self.titled && at < MAX_SUBTITLES && unit.gap == 0 && names_several(self.words(unit)) {
            self.builder.paragraph(span);
            return 1;
        }
        let taken = self.run_in_heads(at);
        if taken > 0 {
            return taken;
        }
        if self.is_priced_name(at) {
            let level = self.level_inside(&self.units[at]);
            self.open(level, span);
            return 1;
        }
        if let Some(taken) = self.card(at) {
            return taken;
        }
        let opens = self.units[at].gap > 0 || self.after_heading();
        if opens && let Some(taken) = self.records(at).or_else(|| self.flat_table(at)) {
            return taken;
        }
        if let Some(taken) = self.label_pairs(at) {
            return taken;
        }
        let heads_box = self.headings
            && self.heading_like(&self.units[at])
            && self.unit(at + 1).is_some_and(Unit::is_line)
            && (self.opens_box(at + 1) || self.opens_flat(at + 1) || self.opens_records(at + 1));
        if heads_box {
            let level = self.level_inside(&self.units[at]);
            self.open(level, span);
            return 1;
        }
        if let Some(taken) = self.listed_lines(at) {
            return taken;
        }
        if self.headings && self.is_heading(at) {
            let level = self.level_inside(&self.units[at]);
            self.open(level, span);
            return 1;
        }
        self.builder.paragraph(span);
        1
    }

    /// Paragraphs whose heads run into them.
    fn run_in_heads(&mut self, at: usize) -> usize {
        let units = self.units.iter().skip(at).enumerate().take_while(|(index, unit)| {
            matches!(unit.shape, Shape::Text | Shape::KeyValue(..)) && (*index == 0 || unit.gap <= 2)
        });
        super::headed(self.builder, units.map(|(_, unit)| &unit.span))
    }

    /// A heading that returns ("Courses" of one program, "Courses" of the next) is a part of what stands above it.
    pub(super) fn level_inside(&self, unit: &Unit) -> u8 {
        let level = self.level(unit);
        let words = self.words(unit);
        let returns = self.repeated.contains(&words.to_lowercase());
        // "Pros" are those of what was named above.
        if self.is_side(words) {
            return INSIDE;
        }
        // "REQUIREMENTS" of one program, "REQUIREMENTS" of the next: what names them stands above.
        if level == CAPS && self.marks.names.contains(words) {
            return NAME;
        }
        // What stands between the records of several programs is told of the one above it.
        let start = unit.span.start;
        let keyed = self.marks.keyed.as_ref().is_some_and(|keyed| keyed.contains(&start));
        if keyed && !self.marks.above_keyed.contains(&start) {
            return INSIDE + 1;
        }
        if let Some(awarded) =
            self.marks.awarded.as_ref().filter(|_| level == PLAIN && self.marks.indents.is_empty())
        {
            // What stands between the names of awards is told of the one above it.
            let taught = self.under_award && shapes::has_word(words, &self.builder.rules.taught_words);
            let between =
                awarded.start < unit.span.start && (unit.span.start < awarded.end || returns || taught);
            return if between && !names_award(words, self.builder.rules) { INSIDE } else { PLAIN };
        }
        // Parts with numbers stand above all of them.
        let inside = self.under_name && returns && level == PLAIN && !self.marks.parted;
        if inside { INSIDE } else { level }
    }

    /// Whether words name a fact ("length", "deadline").
    pub(super) fn names_fact(&self, words: &str) -> bool {
        shapes::has_word(words, &self.builder.rules.fact_words)
    }

    pub(super) fn level(&self, unit: &Unit) -> u8 {
        let words = self.words(unit);
        if words.trim_end_matches(['*', '_']).ends_with('?') {
            8
        } else if self.ranked_caps && shapes::is_caps(words) {
            if self.marks.small_caps { PLAIN + 1 } else { CAPS }
        } else if let Some(depth) = shapes::dotted_number(words) {
            5 + depth
        } else if words.starts_with("**") {
            6
        } else {
            let further_in = self.marks.indents.iter().filter(|indent| **indent < unit.indent).count();
            PLAIN + u8::try_from(further_in.min(3)).unwrap_or_default()
        }
    }

    pub(super) fn heading_like(&self, unit: &Unit) -> bool {
        unit.is_line() && shapes::is_heading_like(self.words(unit), self.builder.rules)
    }

    /// A short line that is no sentence: an item of a list that lost its bullets, or a heading.
    pub(super) fn is_short(&self, unit: &Unit) -> bool {
        let words = self.words(unit);
        unit.is_line()
            && words.len() <= 100
            && words.split_whitespace().count() <= 12
            && (!ends_sentence(words) || shapes::ends_with_abbreviation(words, self.builder.rules))
    }

    /// Running text: it ends like a sentence, or it is too long for anything else.
    pub(super) fn is_running(&self, unit: &Unit) -> bool {
        let words = self.words(unit);
        unit.shape == Shape::Text
            && (unit.lines > 1
                || words.len() > 120
                || (ends_sentence(words) && words.split_whitespace().count() >= 4 && !words.ends_with('?')))
    }
}

/// "May 19", "19 May 2025", "May 19, 2025".
pub(super) fn is_day(words: &str) -> bool {
    let pieces: Vec<&str> = words.split([' ', ',']).filter(|piece| !piece.is_empty()).collect();
    let figure = |piece: &&&str| piece.len() <= 4 && piece.bytes().all(|byte| byte.is_ascii_digit());
    let month =
        |piece: &&&str| piece.starts_with(char::is_uppercase) && piece.chars().all(char::is_alphabetic);
    let figures = pieces.iter().filter(figure).count();
    (2..=3).contains(&pieces.len())
        && pieces.iter().filter(month).count() == 1
        && figures + 1 == pieces.len()
        && pieces.iter().any(|piece| piece.len() <= 2)
}

/// "May 19, 2025".
pub(super) fn is_date(words: &str) -> bool {
    let pieces: Vec<&str> = words.split([' ', ',']).filter(|piece| !piece.is_empty()).collect();
    let figure =
        |piece: &str, most: usize| piece.len() <= most && piece.bytes().all(|byte| byte.is_ascii_digit());
    match pieces.as_slice() {
        [month, day, year] => {
            !month.contains(|c: char| c.is_ascii_digit()) && figure(day, 2) && figure(year, 4)
        }
        _ => false,
    }
}
