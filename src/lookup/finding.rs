//! Finds what a document names, with the places that name it: its title, headings, abbreviations, cells of tables, and
//! what its sentences speak of.

use super::groups::people_in;
use super::naming::{Named, named, whole_named};
use super::words::{levels, singular};
use crate::corpus::{BlockKind, PassageKind};
use crate::index::Snapshot;
use crate::index::records::{
    AbbreviationRecord, AttributeSet, BlockRecord, DocumentRecord, PartRecord, PassageRecord, flag,
};
use crate::lexicon::Lexicon;
use crate::lexicon::lookup::NameKind;
use crate::text::{Term, Token, fold, term_id, terms, tokens};

/// What of a document bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Spot {
    /// The title: the document is about it.
    Title,
    /// A section's heading.
    Section(u32),
    /// The line above a list or a box of facts: its block.
    Lead(u32),
    /// A row of a table: block and passage.
    Row(u32, u32),
    /// A column of a table: block and place in its rows.
    Column(u32, u32),
    /// A sentence, an item or a value: block and passage.
    Said(u32, u32),
}

/// A name and where it stands in its document.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub named: Named,
    pub spot: Spot,
}

/// The first words of a sentence, among which people whom it tells of stand.
const OPENING: usize = 5;

/// A code in front of a name has at most this many bytes.
const CODE: usize = 8;

/// Finds names in one document.
pub(super) struct Finder<'a> {
    pub snapshot: &'a Snapshot,
    pub lexicon: &'a Lexicon,
    /// Its index.
    pub index: u32,
    pub document: &'a DocumentRecord,
    /// Attributes that are stated of people who do a job, one bit each.
    pub about_people: u64,
}

impl Finder<'_> {
    /// Every name, in the order in which places count: title, headings, tables, abbreviations, sentences.
    pub fn all(&self, abbreviations: &[&AbbreviationRecord]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        found.extend(self.title().map(|named| Found { named, spot: Spot::Title }));
        for (section, record) in (0u32..).zip(&self.document.sections).skip(1) {
            let named = named(&record.heading, self.lexicon);
            found.extend(named.map(|named| Found { named, spot: Spot::Section(section) }));
        }
        for record in abbreviations {
            // Letters of a level ("A.A.S.") stand for many names.
            let folded = fold(&record.short).replace('.', "");
            let level = self.lexicon.level_letters.contains_key(&folded);
            if level && !self.lexicon.specific_letters.contains(&folded) {
                continue;
            }
            let whole = format!("{} ({})", record.long, record.short);
            let named = whole_named(&whole, self.lexicon).filter(|named| named.kind != NameKind::Occupation);
            let spot = self.defining(record);
            found.extend(named.zip(spot).map(|(named, spot)| Found { named, spot }));
        }
        for id in self.document.first_block..self.document.first_block + self.document.blocks {
            let Some(block) = self.snapshot.block(id) else { continue };
            match block.kind {
                BlockKind::Table => self.table(id, &block, &mut found),
                BlockKind::List | BlockKind::KeyValue => {
                    let lead = block.lead.and_then(|lead| self.snapshot.text(self.index, lead));
                    let named = lead.and_then(|lead| whole_named(lead, self.lexicon));
                    found.extend(named.map(|named| Found { named, spot: Spot::Lead(id) }));
                    found.extend(self.boxed(id, &block).filter(|_| block.kind == BlockKind::KeyValue));
                }
                BlockKind::Paragraph | BlockKind::QuestionAnswer => {}
            }
            for (index, passage) in (0u32..).zip(&block.passages) {
                if passage.kind != PassageKind::List && passage.kind != PassageKind::Row {
                    let heading = self.document.sections.get(block.section as usize);
                    let above = heading.map_or(0, |heading| heading.attributes);
                    self.said(passage, above, Spot::Said(id, index), &mut found);
                }
            }
        }
        found
    }

    /// What the title names; a document that says what it is about ("kind") is believed.
    fn title(&self) -> Option<Named> {
        let [kind, level, field] = &self.document.labels;
        let read = named(&self.document.title, self.lexicon);
        let said = kind
            .as_deref()
            .map(fold)
            .and_then(|said| NameKind::ALL.into_iter().find(|kind| said.starts_with(kind.label())));
        let Some(said) = said else { return read };
        let core = terms(&self.document.title);
        let level = level
            .as_deref()
            .and_then(|level| self.lexicon.level_words.find(&terms(level)).first().map(|found| found.value));
        match read.filter(|read| read.kind == said) {
            Some(read) => {
                Some(Named { level: read.level.or(level), field: read.field.or(field.clone()), ..read })
            }
            None => Some(Named {
                kind: said,
                name: self.document.title.split(':').next().unwrap_or_default().trim().to_owned(),
                letters: None,
                level,
                award: None,
                field: field.clone(),
                core,
            }),
        }
    }

    /// The names of a table's rows, and of its columns where it lies on its side.
    fn table(&self, id: u32, block: &BlockRecord, found: &mut Vec<Found>) {
        let text = |part: &PartRecord| self.snapshot.text(block.document, part.value).unwrap_or_default();
        let label = |part: &PartRecord| {
            part.label.and_then(|label| self.snapshot.text(block.document, label)).unwrap_or_default()
        };
        let rows = || (0u32..).zip(&block.passages).filter(|(_, passage)| passage.kind == PassageKind::Row);
        for (index, passage) in rows() {
            let Some(first) = passage.parts.first() else { continue };
            // "WLD | Welding": behind its code stands the name.
            let code = |text: &str| text.len() <= CODE && !text.contains(char::is_lowercase);
            let named_by = passage.parts.get(1).filter(|next| {
                code(text(first)) && text(next).contains(char::is_lowercase) && self.heads_names(label(next))
            });
            let first = named_by.unwrap_or(first);
            let header = terms(label(first));
            let kind = self.lexicon.lookup.cards.iter().find(|card| {
                let asked = |name: &String| self.lexicon.attribute(name);
                let of =
                    |id| self.lexicon.attribute_words.find(&header).iter().any(|found| found.value == id);
                card.columns.iter().filter_map(asked).any(of)
            });
            // "Certificate" or "Program" above the cells says what they name.
            let program = self.heads_names(label(first))
                && passage.parts.iter().skip(1).all(|part| named(label(part), self.lexicon).is_none())
                && !self.is_attribute(text(first));
            let kind = kind.map(|card| card.kind).or(program.then_some(NameKind::Program));
            let mut cell = named(text(first), self.lexicon);
            if let Some(kind) = kind
                && cell.as_ref().is_none_or(|cell| cell.kind != kind)
            {
                cell = self.plain(text(first), kind);
                let level = self.lexicon.level_words.find(&header).first().map(|found| found.value);
                if let Some(cell) = cell.as_mut().filter(|_| program) {
                    cell.level = cell.level.or(level);
                }
            }
            found.extend(cell.map(|named| Found { named, spot: Spot::Row(id, index) }));
        }
        if let Some((_, row)) = rows().next() {
            // What the rows state of programs (credits, a length, a cost), they state of programs.
            let stated = rows().filter_map(|(_, row)| row.parts.first()).map(|key| terms(text(key)));
            let of_programs = self.of_programs(stated);
            for (place, part) in (0u32..).zip(&row.parts).skip(1) {
                let spot = Spot::Column(id, place);
                let named = named(label(part), self.lexicon);
                let plain = || self.plain(label(part), NameKind::Program);
                match named.and_then(|named| match named.kind {
                    NameKind::Occupation if of_programs => plain(),
                    _ => Some(named),
                }) {
                    Some(named) => found.push(Found { named, spot }),
                    None => {
                        found.extend(self.of_level(label(part), found).map(|named| Found { named, spot }))
                    }
                }
            }
        }
    }

    /// Whether a column is headed by a word for programs.
    fn heads_names(&self, label: &str) -> bool {
        let words = tokens(label);
        words.len() == 1
            && words.iter().any(|word| self.lexicon.lookup.programs.contains(singular(&word.word)))
    }

    /// Whether a text is nothing but words for attributes.
    fn is_attribute(&self, text: &str) -> bool {
        let terms = terms(text);
        let found = self.lexicon.attribute_words.find(&terms);
        found.iter().map(|found| found.words.len()).sum::<usize>() >= terms.len()
    }

    /// The program that a box of facts is about by its first row: "Program: Rope Making". The other rows tell its level.
    fn boxed(&self, id: u32, block: &BlockRecord) -> Option<Found> {
        /// Rows among which the level stands.
        const ROWS: usize = 6;
        let text = |span| self.snapshot.text(block.document, span).unwrap_or_default();
        let part = block.passages.first()?.parts.first()?;
        let key = tokens(text(part.label?));
        let tells = |word: &Token| self.lexicon.lookup.program_keys.contains(singular(&word.word));
        let name = text(part.value);
        let names = matches!(key.as_slice(), [only] if tells(only))
            && block.passages.iter().all(|passage| passage.kind == PassageKind::KeyValue)
            && !self.is_attribute(name)
            && name.contains(char::is_lowercase);
        let cell = named(name, self.lexicon).filter(|named| named.kind == NameKind::Program);
        let mut named = cell.or_else(|| self.plain(name, NameKind::Program)).filter(|_| names)?;
        let rows = block.passages.iter().skip(1).take(ROWS).filter_map(|row| row.parts.first());
        let level = |part: &PartRecord| {
            let value = tokens(text(part.value));
            let words: Vec<Term> = value.iter().map(|token| term_id(&token.word)).collect();
            levels(&terms(text(part.value)), &words, self.lexicon).first().map(|(level, _)| *level)
        };
        named.level = named.level.or_else(|| rows.into_iter().find_map(level));
        let heading = self.document.sections.get(block.section as usize);
        let headed = heading.is_some_and(|heading| block.section > 0 && fold(&heading.heading) == fold(name));
        let spot = if headed { Spot::Section(block.section) } else { Spot::Lead(id) };
        Some(Found { named, spot })
    }

    /// Whether keys name at least two attributes that a card of a program shows and one of people does not.
    fn of_programs(&self, keys: impl Iterator<Item = Vec<Term>>) -> bool {
        let shown = |kind: NameKind| {
            let names = self.lexicon.lookup.shown(kind).iter();
            names.filter_map(|name| self.lexicon.attribute(name)).fold(0u64, |set, id| set | 1 << id)
        };
        let (of_program, of_people) = (shown(NameKind::Program), shown(NameKind::Occupation));
        let named = keys.flat_map(|key| self.lexicon.attribute_words.find(&key));
        let set = named.fold(0u64, |set, found| set | 1 << found.value);
        (set & of_program & !of_people).count_ones() >= 2 && set & self.about_people == 0
    }

    /// The one program of the document so far that has the level a column is headed with.
    fn of_level(&self, header: &str, found: &[Found]) -> Option<Named> {
        let words: Vec<Term> = tokens(header).iter().map(|token| term_id(&token.word)).collect();
        let (level, _) = levels(&terms(header), &words, self.lexicon).first().copied()?;
        let mut fitting =
            found.iter().filter(|found| found.named.level == Some(level)).map(|found| &found.named);
        let first = fitting.next()?;
        fitting.all(|other| other.core == first.core).then(|| first.clone())
    }

    /// A cell that is a name because of its column.
    fn plain(&self, cell: &str, kind: NameKind) -> Option<Named> {
        const MOST_WORDS: usize = 8;
        let (name, letters) = match cell.split_once('(') {
            Some((name, rest)) => (name.trim(), rest.split(')').next().map(str::to_owned)),
            None => (cell.trim(), None),
        };
        let words = tokens(name);
        let fits = !words.is_empty()
            && words.len() <= MOST_WORDS
            && words.iter().any(|word| self.lexicon.carries(&word.word))
            && !name.contains(|sign: char| sign.is_ascii_digit());
        fits.then(|| Named {
            kind,
            name: name.to_owned(),
            letters,
            level: None,
            award: None,
            field: None,
            core: terms(name),
        })
    }

    /// Where an abbreviation is defined: a passage of its block, or a heading that this stands under.
    fn defining(&self, record: &AbbreviationRecord) -> Option<Spot> {
        let block = self.snapshot.block(record.block)?;
        if let Some(passage) = (0u32..).zip(&block.passages).find(|(_, passage)| passage.span == record.span)
        {
            return Some(Spot::Said(record.block, passage.0));
        }
        let mut section = Some(block.section);
        while let Some(current) = section {
            let under = self.document.sections.get(current as usize)?;
            if under.heading.contains(&record.short) {
                return Some(if current == 0 { Spot::Title } else { Spot::Section(current) });
            }
            section = under.parent.filter(|parent| *parent < current);
        }
        None
    }

    /// What a sentence, a value or an item speaks of; `above` are the attributes that its heading names.
    fn said(&self, passage: &PassageRecord, above: AttributeSet, spot: Spot, found: &mut Vec<Found>) {
        let has = |bit: u32| passage.flags.iter().any(|flags| flags & bit != 0);
        let people = has(flag::PERSON)
            && !passage.values.is_empty()
            && (passage.attributes | passage.evidence | above) & self.about_people != 0;
        // "Riggers set up …": what a sentence opens with is what it tells of.
        let opens = passage.kind == PassageKind::Sentence && passage.flags.len() > 3;
        let people_first = opens && passage.flags.iter().take(OPENING).any(|flags| flags & flag::PERSON != 0);
        let leveled = has(flag::CAPITAL) && !levels(&passage.terms, &passage.words, self.lexicon).is_empty();
        if !people && !leveled && !people_first {
            return;
        }
        let Some(text) = self.snapshot.text(self.index, passage.span) else { return };
        let words = tokens(text);
        if leveled {
            for run in capital_runs(text, &words, self.lexicon) {
                let named = named(&run, self.lexicon).filter(|named| {
                    named.kind == NameKind::Program && named.level.is_some() && named.award.is_some()
                });
                found.extend(named.map(|named| Found { named, spot }));
            }
        }
        if people || people_first {
            for (start, run) in people_in(text, &words, self.lexicon) {
                if !people && start > 0 {
                    continue;
                }
                let named = named(&run, self.lexicon).filter(|named| named.kind == NameKind::Occupation);
                found.extend(named.map(|named| Found { named, spot }));
            }
        }
    }
}

/// Stretches of capitalized words, with the small words between them and past letters in brackets.
fn capital_runs(text: &str, words: &[Token], lexicon: &Lexicon) -> Vec<String> {
    let between = |one: &Token, other: &Token| text.get(one.span.end..other.span.start).unwrap_or(".");
    let mut runs = Vec::new();
    let mut index = 0;
    while let Some(first) = words.get(index) {
        if !first.capital || lexicon.words.stop.contains(&first.word) {
            index += 1;
            continue;
        }
        let (mut last, mut next) = (index, index + 1);
        while let (Some(before), Some(word)) = (words.get(next - 1), words.get(next)) {
            let gap = between(before, word).trim();
            let bracket = gap == "(" && word.all_capitals || matches!(gap, ")" | ".)");
            if !(gap.is_empty() || gap == "-" || bracket) {
                break;
            }
            if word.capital {
                last = next;
            } else if !lexicon.words.joining.contains(&word.word) {
                break;
            }
            next += 1;
        }
        let end = words.get(last).map_or(first.span.end, |last| last.span.end);
        if let Some(run) = text.get(first.span.start..end).filter(|_| last > index) {
            // The bracket of letters that end the run was left behind.
            runs.push(if run.contains('(') && !run.contains(')') {
                format!("{run})")
            } else {
                run.to_owned()
            });
        }
        index = last + 1;
    }
    runs
}
