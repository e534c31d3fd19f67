//! The pieces of a page while they are collected: which heading, list, pair or cell the words that are written belong
//! to. A heading or a table inside a list or a cell shows that it only lays the page out: then it dissolves into texts.

use super::events::Marks;
use super::tags::Tag;
use super::text::{Text, Words};

/// Cells beyond this one stand in no table that someone wrote.
pub(super) const MAX_COLUMNS: usize = 200;

/// A piece of the page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Heading(u8, Words),
    Text(Words),
    /// Items, and the item of another list that they stand in.
    List(Option<Words>, Vec<Words>),
    /// Keys, and the values of all of them.
    Pairs(Vec<(Vec<Words>, Vec<Words>)>),
    Table(Vec<Row>),
}

/// A row of a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// It stands in the table's head.
    pub head: bool,
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub column: usize,
    /// How many columns it covers.
    pub columns: usize,
    pub header: bool,
    /// Nothing if it is empty.
    pub words: Option<Words>,
}

#[derive(Default)]
struct List {
    items: Vec<Words>,
    /// An item is open, and its own words are not yet complete.
    in_item: bool,
    /// Lists inside it with the items that hold them; they stand behind it.
    inner: Vec<(Option<Words>, Vec<Words>)>,
}

#[derive(Default)]
struct Pairs {
    groups: Vec<(Vec<Words>, Vec<Words>)>,
    open: Option<Tag>,
}

#[derive(Default)]
struct Table {
    rows: Vec<Row>,
    in_head: bool,
    cell: Option<Cell>,
    column: usize,
    /// How many more rows the cells above cover, by column.
    covered: Vec<u16>,
    in_caption: bool,
}

/// What is open, and what was finished.
#[derive(Default)]
pub(super) struct Frames {
    pieces: Vec<Piece>,
    heading: Option<u8>,
    /// The level of the last heading, for summaries that stand under it.
    level: u8,
    lists: Vec<List>,
    pairs: Option<Pairs>,
    table: Option<Table>,
}

impl Frames {
    /// The pieces, in order.
    pub(super) fn finish(mut self, text: &mut Text<'_>) -> Vec<Piece> {
        self.dissolve(text);
        self.text(text);
        self.pieces
    }

    pub(super) fn void(&mut self, tag: Tag, text: &mut Text<'_>) {
        match tag {
            Tag::Break => text.line_end(),
            Tag::Rule => self.border(text),
            _ => {}
        }
    }

    /// A block begins or ends: within an item, a cell or a value that is a line end.
    pub(super) fn border(&mut self, text: &mut Text<'_>) {
        if self.is_within() { text.line_end() } else { self.text(text) }
    }

    fn is_within(&self) -> bool {
        let in_cell = self.table.as_ref().is_some_and(|table| table.cell.is_some() || table.in_caption);
        self.heading.is_some()
            || in_cell
            || self.is_in_pair()
            || self.lists.last().is_some_and(|list| list.in_item)
    }

    fn is_in_pair(&self) -> bool {
        self.pairs.as_ref().is_some_and(|pairs| pairs.open.is_some())
    }

    fn is_in_cell(&self) -> bool {
        self.table.as_ref().is_some_and(|table| table.cell.is_some())
    }

    fn text(&mut self, text: &mut Text<'_>) {
        self.pieces.extend(text.take("\n\n").map(Piece::Text));
    }

    pub(super) fn enter(&mut self, tag: Tag, marks: Option<&Marks>, text: &mut Text<'_>) {
        match tag {
            Tag::Heading(level) => {
                self.open_heading(level, text);
                self.level = level;
            }
            // Under the heading above, and beside the other summaries.
            Tag::Summary => self.open_heading((self.level + 1).clamp(2, 7), text),
            Tag::List if self.is_in_cell() || self.is_in_pair() || self.heading.is_some() => text.line_end(),
            Tag::List => {
                self.end_item(text);
                self.border(text);
                self.lists.push(List::default());
            }
            Tag::Item if !self.is_in_cell() && !self.is_in_pair() && !self.lists.is_empty() => {
                self.text(text);
                text.part_by("\n");
                if let Some(list) = self.lists.last_mut() {
                    list.in_item = true;
                }
            }
            Tag::Pairs if !self.is_within() => {
                self.text(text);
                self.pairs = Some(Pairs::default());
            }
            Tag::Key | Tag::Value if self.pairs.is_some() && !self.is_in_cell() => self.open_pair(tag, text),
            Tag::Table => {
                self.dissolve(text);
                self.text(text);
                self.table = Some(Table::default());
            }
            Tag::Head => self.table_mut(|table| table.in_head = true),
            Tag::Row if self.table.is_some() => {
                self.text(text);
                text.part_by("\n");
                self.table_mut(Table::open_row);
            }
            Tag::Caption if self.table.is_some() => {
                self.text(text);
                self.table_mut(|table| table.in_caption = true);
            }
            Tag::Cell(header) if self.table.is_some() => {
                self.text(text);
                self.table_mut(|table| {
                    let first = table.rows.last().is_none_or(|row| row.cells.is_empty());
                    text.part_by(if first { "\n" } else { "\t" });
                    table.open_cell(header, marks);
                });
            }
            tag if tag.is_inline() => {}
            _ => self.border(text),
        }
    }

    pub(super) fn leave(&mut self, tag: Tag, text: &mut Text<'_>) {
        match tag {
            Tag::Heading(_) | Tag::Summary => {
                let level = self.heading.take();
                if let (Some(level), Some(words)) = (level, text.take("\n\n")) {
                    self.pieces.push(Piece::Heading(level, words));
                }
            }
            Tag::Item if !self.is_in_cell() && !self.is_in_pair() && !self.lists.is_empty() => {
                self.end_item(text);
                // What stands between items belongs to none.
                self.text(text);
                text.part_by("\n");
            }
            Tag::List if !self.is_in_cell() && !self.is_in_pair() && !self.lists.is_empty() => {
                self.end_item(text);
                self.text(text);
                self.close_list();
            }
            Tag::Key | Tag::Value if self.is_in_pair() => self.close_pair(text),
            Tag::Pairs if !self.is_in_cell() => self.dissolve_pairs(text),
            Tag::Cell(_) if self.is_in_cell() => {
                let words = text.take("\t");
                self.table_mut(|table| table.close_cell(words));
            }
            Tag::Caption => {
                self.table_mut(|table| table.in_caption = false);
                self.text(text);
            }
            Tag::Head => self.table_mut(|table| table.in_head = false),
            Tag::Table => {
                self.text(text);
                if let Some(table) = self.table.take() {
                    self.pieces.push(Piece::Table(table.rows));
                }
            }
            tag if tag.is_inline() => {}
            _ => self.border(text),
        }
    }

    fn open_heading(&mut self, level: u8, text: &mut Text<'_>) {
        self.dissolve(text);
        self.text(text);
        self.heading = Some(level);
    }

    fn table_mut(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(table) = &mut self.table {
            change(table);
        }
    }

    /// The item's own words are complete.
    fn end_item(&mut self, text: &mut Text<'_>) {
        if let Some(list) = self.lists.last_mut().filter(|list| list.in_item) {
            list.in_item = false;
            list.items.extend(text.take("\n"));
        }
    }

    fn close_list(&mut self) {
        let Some(list) = self.lists.pop() else { return };
        match self.lists.last_mut() {
            Some(outer) => {
                outer.inner.push((outer.items.last().cloned(), list.items));
                outer.inner.extend(list.inner);
            }
            None => self.list_pieces(list),
        }
    }

    fn list_pieces(&mut self, list: List) {
        let lists = std::iter::once((None, list.items)).chain(list.inner);
        let filled = lists.filter(|(_, items)| !items.is_empty());
        self.pieces.extend(filled.map(|(holder, items)| Piece::List(holder, items)));
    }

    fn open_pair(&mut self, tag: Tag, text: &mut Text<'_>) {
        self.close_pair(text);
        self.text(text);
        let Some(pairs) = &mut self.pairs else { return };
        text.part_by(if tag == Tag::Key { "\n" } else { " " });
        let begins = tag == Tag::Key && pairs.groups.last().is_none_or(|(_, values)| !values.is_empty());
        if begins || pairs.groups.is_empty() {
            pairs.groups.push((Vec::new(), Vec::new()));
        }
        pairs.open = Some(tag);
    }

    fn close_pair(&mut self, text: &mut Text<'_>) {
        let Some(pairs) = &mut self.pairs else { return };
        let Some(tag) = pairs.open.take() else { return };
        let Some((keys, values)) = pairs.groups.last_mut() else { return };
        let side = if tag == Tag::Key { keys } else { values };
        side.extend(text.take("\n"));
    }

    fn dissolve_pairs(&mut self, text: &mut Text<'_>) {
        self.close_pair(text);
        if let Some(pairs) = self.pairs.take() {
            self.text(text);
            self.pieces.push(Piece::Pairs(pairs.groups));
        }
    }

    /// Ends what is open as it is: what follows inside it is text.
    fn dissolve(&mut self, text: &mut Text<'_>) {
        self.heading = None;
        self.end_item(text);
        while !self.lists.is_empty() {
            self.close_list();
        }
        self.dissolve_pairs(text);
        if let Some(mut table) = self.table.take() {
            if table.cell.is_some() {
                table.close_cell(text.take("\n\n"));
            }
            let words = table.rows.into_iter().flat_map(|row| row.cells).filter_map(|cell| cell.words);
            self.pieces.extend(words.map(Piece::Text));
        }
    }
}

impl Table {
    fn open_row(&mut self) {
        self.rows.push(Row { head: self.in_head, cells: Vec::new() });
        self.column = 0;
        for rows in &mut self.covered {
            *rows = rows.saturating_sub(1);
        }
    }

    fn open_cell(&mut self, header: bool, marks: Option<&Marks>) {
        if self.rows.is_empty() {
            self.open_row();
        }
        while self.covered.get(self.column).is_some_and(|rows| *rows > 0) {
            self.column += 1;
        }
        let columns = usize::from(marks.map_or(1, |marks| marks.columns.max(1))).min(MAX_COLUMNS);
        let cell = Cell { column: self.column, columns, header, words: None };
        let rows = marks.map_or(1, |marks| marks.rows.max(1));
        let end = (self.column + columns).min(MAX_COLUMNS);
        if rows > 1 {
            self.covered.resize(self.covered.len().max(end), 0);
            if let Some(covered) = self.covered.get_mut(self.column..end) {
                covered.fill(rows);
            }
        }
        self.column = end.max(self.column);
        self.cell = Some(cell);
    }

    fn close_cell(&mut self, words: Option<Words>) {
        if let (Some(cell), Some(row)) = (self.cell.take(), self.rows.last_mut()) {
            row.cells.push(Cell { words, ..cell });
        }
    }
}
