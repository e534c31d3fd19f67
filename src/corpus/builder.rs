//! Puts blocks, passages and sections together while a format's parser walks its file: sentences, lengths, lines and
//! indexes are settled here, once for all formats. It decides nothing about what a line is.

use super::lines::Lines;
use super::model::{
    Block, BlockKind, Document, MAX_PASSAGE_CHARS, Part, Passage, PassageKind, Section, Span,
};
use super::original::Original;
use super::run_in;
use crate::lexicon::text_rules::TextRules;
use crate::text::sentences::{cut_long, sentences};

/// One row: of a table or a key with its value.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) span: Span,
    pub(super) parts: Vec<Part>,
}

impl Row {
    /// A key and its value.
    pub(super) fn keyed(label: Span, value: Span) -> Self {
        Self { span: label.start..value.end, parts: vec![Part { label: Some(label), value }] }
    }
}

/// A document under construction.
pub(super) struct Builder<'a> {
    pub(super) text: &'a str,
    pub(super) lines: Lines,
    pub(super) rules: &'a TextRules,
    pub(super) document: Document,
    /// The lines of the file, where the text was taken out of one.
    file_lines: Option<Lines>,
    /// Open headings: level and section, from the title down.
    open: Vec<(u8, usize)>,
    /// The last sentence of the paragraph that was added last, while nothing stands below it.
    pub(super) last_sentence: Option<Span>,
    /// How many sentences that paragraph has.
    last_sentences: usize,
    /// The question that the next paragraphs answer.
    pub(super) question: Option<Span>,
}

/// A passage before it has a number.
pub(super) struct Draft {
    pub(super) kind: PassageKind,
    pub(super) span: Span,
    pub(super) parts: Vec<Part>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(path: &str, text: &'a str, rules: &'a TextRules) -> Self {
        let root = Section { heading: String::new(), parent: None, span: 0..0 };
        let document = Document {
            path: path.to_owned(),
            title: String::new(),
            banner: None,
            source: None,
            url: None,
            date: None,
            kind: None,
            level: None,
            field: None,
            text: String::new(),
            original: None,
            sections: vec![root],
            blocks: Vec::new(),
            passages: Vec::new(),
        };
        let lines = Lines::new(text);
        Self {
            text,
            lines,
            rules,
            document,
            file_lines: None,
            open: vec![(0, 0)],
            last_sentence: None,
            last_sentences: 0,
            question: None,
        }
    }

    /// For a text that was taken out of a file.
    pub(super) fn over(path: &str, text: &'a str, rules: &'a TextRules, original: Original) -> Self {
        let mut builder = Self::new(path, text, rules);
        builder.file_lines = Some(Lines::new(&original.text));
        builder.document.original = Some(original);
        builder
    }

    pub(super) fn slice(&self, span: &Span) -> &'a str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// A span without the white space around it.
    pub(super) fn trim(&self, span: Span) -> Span {
        trim(self.text, span)
    }

    /// Names the document; `span` is where the title stands, `0..0` if it is not in the file.
    pub(super) fn title(&mut self, title: &str, span: Span) {
        self.document.title = title.to_owned();
        if let Some(root) = self.document.sections.first_mut() {
            root.heading = title.to_owned();
            root.span = span;
        }
    }

    pub(super) fn has_title(&self) -> bool {
        !self.document.title.is_empty()
    }

    /// Opens a section under the nearest open one of a lower level; `level` counts from 1.
    pub(super) fn heading(&mut self, level: u8, heading: &str, span: Span) {
        let level = level.max(1);
        while self.open.len() > 1 && self.open.last().is_some_and(|(open, _)| *open >= level) {
            self.open.pop();
        }
        let parent = self.section();
        self.document.sections.push(Section { heading: heading.to_owned(), parent: Some(parent), span });
        self.open.push((level, self.document.sections.len() - 1));
        self.last_sentence = None;
        self.question = None;
    }

    /// The paragraphs until the next heading or question answer this one.
    pub(super) fn question(&mut self, question: Span) {
        self.question = Some(question);
        self.last_sentence = None;
    }

    /// The words of the nearest open heading.
    pub(super) fn heading_now(&self) -> &str {
        self.document.sections.get(self.section()).map_or("", |section| &section.heading)
    }

    fn section(&self) -> usize {
        self.open.last().map_or(0, |(_, section)| *section)
    }

    /// Running text; an answer while a question is open.
    pub(super) fn paragraph(&mut self, span: Span) {
        let span = self.trim(span);
        // "You take courses like:" above a line that counts them up.
        if let Some(lead) = self.lead_in().filter(|lead| ends_with_colon(self.slice(lead)))
            && let Some(items) = self.counted_items(&span)
        {
            return self.list(Some(lead), items);
        }
        // "**Can it be done online?** Yes, …": a question in bold above its answer.
        if let Some((asked, told)) = self.bold_question(&span) {
            self.question(asked);
            return self.paragraph(told);
        }
        let ranges = sentences(self.slice(&span), &self.rules.abbreviations);
        let last = ranges.last().map(|last| span.start + last.start..span.start + last.end);
        match last.filter(|_| self.question.is_none()).and_then(|last| self.inline_list(&last)) {
            Some((lead, items)) => {
                self.running(&(span.start..lead.start));
                self.list(Some(lead), items);
            }
            None => self.running(&span),
        }
    }

    /// The question and the answer of a paragraph that begins with a question in bold.
    fn bold_question(&self, span: &Span) -> Option<(Span, Span)> {
        let words = self.slice(span);
        let inner = words.strip_prefix("**")?;
        let end =
            inner.find("**").filter(|end| inner.get(..*end).is_some_and(|asked| asked.ends_with('?')))?;
        let told = self.trim(span.start + 2 + end + 2..span.end);
        (!told.is_empty()).then(|| (span.start + 2..span.start + 2 + end, told))
    }

    fn running(&mut self, span: &Span) {
        let span = self.trim(span.clone());
        let mut ranges = sentences(self.slice(&span), &self.rules.abbreviations);
        // A head that runs into the text is part of its first sentence.
        let told = run_in::told_from(self, &span).unwrap_or(span.start);
        if let [first, second, ..] = ranges.as_mut_slice()
            && span.start + first.end <= told
        {
            second.start = first.start;
            ranges.remove(0);
        }
        let drafts: Vec<Draft> = self
            .whole(ranges, span.start)
            .into_iter()
            .map(|range| Draft {
                kind: PassageKind::Sentence,
                span: span.start + range.start..span.start + range.end,
                parts: Vec::new(),
            })
            .collect();
        self.last_sentences = drafts.len();
        let last = drafts.last().map(|draft| draft.span.clone());
        match self.question.clone() {
            Some(question) => {
                let near = question.end <= span.start
                    && self.text.get(question.end..span.start).is_some_and(|gap| gap.len() < 200);
                let whole = if near { question.start..span.end } else { span };
                self.push(BlockKind::QuestionAnswer, whole, Some(question), drafts);
            }
            None => self.push(BlockKind::Paragraph, span, None, drafts),
        }
        self.last_sentence = last;
    }

    /// Sentences, as ranges from `start`; one that only says "Yes." or "No." is part of the next.
    pub(super) fn whole(&self, ranges: Vec<Span>, start: usize) -> Vec<Span> {
        let mut whole: Vec<Span> = Vec::new();
        for range in ranges {
            let polar = |last: &&mut Span| {
                let words = self.slice(&(start + last.start..start + last.end));
                let word = words.trim_matches(|c: char| !c.is_alphanumeric());
                // A longer one is not worth a look.
                word.len() <= 20
                    && self.rules.polar_words.contains(&word.to_lowercase())
                    && self.slice(&(start + last.start..start + range.end)).chars().count()
                        <= MAX_PASSAGE_CHARS
            };
            match whole.last_mut().filter(polar) {
                Some(last) => last.end = range.end,
                None => whole.push(range),
            }
        }
        whole
    }

    /// The last sentence of the paragraph directly above, if it introduces what comes next: it ends with a colon or
    /// holds a word of introduction, or it is all of a short paragraph.
    pub(super) fn lead_in(&self) -> Option<Span> {
        let span = self.last_sentence.clone()?;
        let sentence = self.slice(&span);
        let introduces = is_lead_in(sentence, self.rules)
            || (self.last_sentences == 1 && sentence.len() <= 200 && !sentence.ends_with('?'))
            // "An applicant shall": a sentence that breaks off goes on in the list below it.
            || (sentence.len() <= 200 && sentence.ends_with(char::is_alphabetic));
        introduces.then_some(span)
    }

    /// `Key: value` rows.
    pub(super) fn key_values(&mut self, rows: Vec<Row>) {
        let last = rows.last().map(|row| row.span.clone());
        self.rows(BlockKind::KeyValue, PassageKind::KeyValue, None, rows);
        // "Tracks: you pick one at the end of the year:" introduces the list below it.
        if let Some(last) = last.filter(|last| ends_with_colon(self.slice(last))) {
            self.last_sentences = 1;
            self.last_sentence = Some(last);
        }
    }

    /// Rows of a table; `header` is its header row.
    pub(super) fn table(&mut self, header: Option<Span>, rows: Vec<Row>) {
        self.rows(BlockKind::Table, PassageKind::Row, header, rows);
    }

    fn rows(&mut self, kind: BlockKind, passage: PassageKind, lead: Option<Span>, rows: Vec<Row>) {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return };
        let start = lead.as_ref().map_or(first.span.start, |lead| lead.start.min(first.span.start));
        let span = start..last.span.end;
        let mut drafts = Vec::new();
        for row in rows {
            let row_span = self.trim(row.span);
            let mut ranges = Vec::new();
            cut_long(self.text, row_span, MAX_PASSAGE_CHARS, &mut ranges);
            for span in ranges {
                // A part that was cut is found in no piece; the piece's own words still are.
                let within = |part: &&Part| span.start <= part.value.start && part.value.end <= span.end;
                let parts = row.parts.iter().filter(within).cloned().collect();
                drafts.push(Draft { kind: passage, span, parts });
            }
        }
        self.push(kind, span, lead, drafts);
        self.last_sentence = None;
    }

    pub(super) fn push(&mut self, kind: BlockKind, span: Span, lead: Option<Span>, drafts: Vec<Draft>) {
        let drafts: Vec<Draft> = drafts.into_iter().filter(|draft| !draft.span.is_empty()).collect();
        if drafts.is_empty() {
            return;
        }
        let section = self.section();
        let block = self.document.blocks.len();
        let first = self.document.passages.len();
        for draft in drafts {
            let lines = match &self.file_lines {
                Some(lines) => lines.of(&self.document.in_file(&draft.span)),
                None => self.lines.of(&draft.span),
            };
            self.document.passages.push(Passage {
                kind: draft.kind,
                block,
                section,
                span: draft.span,
                lines,
                parts: draft.parts,
            });
        }
        let passages = first..self.document.passages.len();
        self.document.blocks.push(Block { kind, section, span, lead, passages });
    }

    /// The document, with its text.
    pub(super) fn finish(mut self) -> Document {
        self.document.text = self.text.to_owned();
        self.document
    }
}

/// Whether a sentence introduces what stands below it.
pub(super) fn is_lead_in(sentence: &str, rules: &TextRules) -> bool {
    if ends_with_colon(sentence) {
        return true;
    }
    if sentence.len() > 600 || sentence.ends_with('?') {
        return false;
    }
    let mut words = String::with_capacity(sentence.len() + 2);
    for word in sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words.push(' ');
        words.push_str(word);
    }
    words.push(' ');
    let folded = words.to_lowercase();
    // Most words do not stand in it at all.
    let holds = |word: &String| folded.contains(word.as_str()) && folded.contains(&format!(" {word} "));
    rules.lead_words.iter().any(holds)
        || (!sentence.trim_end().ends_with(['.', '!'])
            && rules.lead_endings.iter().any(|word| folded.ends_with(&format!(" {word} "))))
}

/// Whether a text ends with a colon, behind closing marks or not.
pub(super) fn ends_with_colon(text: &str) -> bool {
    text.trim_end().trim_end_matches(['*', '_', ')', '"', '”']).ends_with([':', '：', '…'])
}

/// A span without the white space around it; zero-width marks at its borders count as white space.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
    let slice = text.get(span.clone()).unwrap_or_default();
    let left = slice.len() - slice.trim_start_matches(blank).len();
    let inner = slice.trim_matches(blank);
    span.start + left..span.start + left + inner.len()
}
