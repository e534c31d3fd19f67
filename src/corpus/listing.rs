//! Lists in the builder: items with their lead-in, texts whose heads are a list, and sentences that count up what they
//! name. A list has a passage as a whole, as far as one may reach, and passages of its own parts behind it.

use super::builder::{Builder, Draft, ends_with_colon};
use super::model::{BlockKind, MAX_PASSAGE_CHARS, Part, PassageKind, Span};
use super::run_in::{Headed, Mark};
use super::shapes;
use crate::text::sentences::{cut_long, sentences};

/// Fewer things behind a colon are no list.
const MIN_COUNTED: usize = 3;

/// A thing of more words is a clause.
const MAX_COUNTED_WORDS: usize = 7;

/// One item of a list, bullet excluded.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) span: Span,
    /// Its key and value, if it has them.
    pub(super) part: Option<Part>,
}

/// What a list is made of: bytes that its own passage covers, what they are called in it, and passages of their own.
struct Piece {
    span: Span,
    named: Part,
    drafts: Vec<Draft>,
}

impl Builder<'_> {
    /// A list; `lead` is its lead-in.
    pub(super) fn list(&mut self, lead: Option<Span>, items: Vec<Item>) {
        let mut pieces = Vec::new();
        for item in items {
            let span = self.trim(item.span);
            let mut ranges = Vec::new();
            cut_long(self.text, span, MAX_PASSAGE_CHARS, &mut ranges);
            let whole = ranges.len() == 1;
            for span in ranges {
                // A key and its value must stand in one piece.
                let part = item.part.clone().filter(|part| whole && part.value.end <= span.end);
                let named = part.clone().unwrap_or_else(|| Part { label: None, value: span.clone() });
                let parts = part.into_iter().collect();
                let draft = Draft { kind: PassageKind::Item, span: span.clone(), parts };
                pieces.push(Piece { span, named, drafts: vec![draft] });
            }
        }
        self.pieces(BlockKind::List, lead, pieces);
    }

    /// Texts with heads that run into them: the heads are a list, the texts stand behind it.
    pub(super) fn headed(&mut self, mark: Mark, lead: Option<Span>, texts: Vec<Headed>) {
        let kind = if mark == Mark::Colon { BlockKind::KeyValue } else { BlockKind::List };
        let mut pieces = Vec::new();
        for text in texts {
            let drafts = self.headed_drafts(kind, &text);
            // "Step 2" names nothing; what is done does.
            let counts = self.slice(&text.head).ends_with(|c: char| c.is_ascii_digit());
            let told = drafts.first().and_then(|draft| draft.parts.first()).filter(|_| counts);
            let head = Part { label: None, value: text.head.clone() };
            let named = told.cloned().unwrap_or(head);
            let short = self.slice(&text.span).chars().count() <= MAX_PASSAGE_CHARS;
            let first = drafts.first().map_or(text.head.clone(), |draft| draft.span.clone());
            pieces.push(Piece { span: if short { text.span } else { first }, named, drafts });
        }
        // What one head is told says nothing of the others.
        let told: Vec<Vec<Draft>> =
            pieces.iter_mut().map(|piece| std::mem::take(&mut piece.drafts)).collect();
        self.pieces(kind, lead.clone(), pieces);
        for drafts in told {
            let (Some(first), Some(last)) = (drafts.first(), drafts.last()) else { continue };
            let span = first.span.start..last.span.end;
            self.push(kind, span, lead.clone(), drafts);
        }
    }

    /// A list of what heads texts that stand below it, each from its head to its end.
    pub(super) fn heads(&mut self, texts: &[(Span, Span)]) {
        let lead = self.lead_in();
        let piece = |(span, head): &(Span, Span)| {
            let whole = self.slice(span).chars().count() <= MAX_PASSAGE_CHARS;
            let named = Part { label: None, value: head.clone() };
            Piece { span: if whole { span.clone() } else { head.clone() }, named, drafts: Vec::new() }
        };
        let pieces = texts.iter().map(piece).collect();
        self.pieces(BlockKind::List, lead, pieces);
    }

    /// The sentences of a text with a head; the head goes with the first of them.
    fn headed_drafts(&self, kind: BlockKind, text: &Headed) -> Vec<Draft> {
        let value = &text.part.value;
        let mut found = sentences(self.slice(value), &self.rules.abbreviations);
        // What little a head is told stays in one piece with it.
        if let [first, second] = found.as_mut_slice() {
            first.end = second.end;
            found.truncate(1);
        }
        let mut drafts = Vec::new();
        for range in self.whole(found, value.start) {
            let told = value.start + range.start..value.start + range.end;
            let span = text.span.start..told.end;
            let fits = self.slice(&span).chars().count() <= MAX_PASSAGE_CHARS;
            if fits && drafts.is_empty() {
                let parts = vec![Part { label: text.part.label.clone(), value: told }];
                let kind =
                    if kind == BlockKind::KeyValue { PassageKind::KeyValue } else { PassageKind::Item };
                drafts.push(Draft { kind, span, parts });
            } else {
                drafts.push(Draft { kind: PassageKind::Sentence, span: told, parts: Vec::new() });
            }
        }
        drafts
    }

    fn pieces(&mut self, kind: BlockKind, lead: Option<Span>, pieces: Vec<Piece>) {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
        let joined = lead.clone().filter(|lead| {
            lead.end <= first.span.start
                && self.slice(&(lead.end..first.span.start)).chars().filter(|c| c.is_alphanumeric()).count()
                    <= 3
        });
        let start = joined.as_ref().map_or(first.span.start, |lead| lead.start);
        let end = last.drafts.last().map_or(last.span.end, |draft| draft.span.end.max(last.span.end));
        let span = start..end;
        let mut drafts: Vec<Draft> = Vec::new();
        let mut run: Vec<Piece> = Vec::new();
        let mut run_start = start;
        let mut run_chars = 0;
        let mut run_end = start;
        for piece in pieces {
            let grown = self.slice(&(run_end..piece.span.end)).chars().count();
            if run_chars + grown > MAX_PASSAGE_CHARS {
                close_run(&mut drafts, run_start, &mut run, lead.is_some());
                run_start = piece.span.start;
                run_end = run_start;
                run_chars = 0;
            }
            run_chars += self.slice(&(run_end..piece.span.end)).chars().count();
            run_end = piece.span.end;
            run.push(piece);
        }
        close_run(&mut drafts, run_start, &mut run, lead.is_some());
        self.push(kind, span, lead, drafts);
        self.last_sentence = None;
    }

    /// Lead and items of a sentence that counts up capitalized things behind a colon: "The courses are: Law; Ethics; Torts."
    pub(super) fn inline_list(&self, sentence: &Span) -> Option<(Span, Vec<Item>)> {
        let words = self.slice(sentence);
        let (lead, rest) = words.split_once(": ")?;
        if lead.split_whitespace().count() < 2 || ends_with_colon(words) {
            return None;
        }
        let items = self.counted_items(&(sentence.end - rest.len()..sentence.end))?;
        Some((sentence.start..sentence.start + lead.len() + 1, items))
    }

    /// Several capitalized things, parted by semicolons or commas.
    pub(super) fn counted_items(&self, span: &Span) -> Option<Vec<Item>> {
        let words = self.slice(span);
        if words.len() > MAX_PASSAGE_CHARS {
            return None;
        }
        let sign = if words.contains(';') { ';' } else { ',' };
        let mut items = Vec::new();
        let mut at = span.start;
        for piece in words.split(sign) {
            let whole = at..at + piece.len();
            at = whole.end + sign.len_utf8();
            // The last two of a sentence may be parted by "and" alone.
            let joint = [" and ", " or "].iter().find_map(|joint| Some((piece.rfind(joint)?, joint.len())));
            let halves = joint.filter(|(start, width)| {
                let capital = piece.get(start + width..).unwrap_or_default().starts_with(char::is_uppercase);
                at > span.end && sign == ',' && capital && words.ends_with('.')
            });
            let spans = match halves {
                Some((start, width)) => {
                    vec![whole.start..whole.start + start, whole.start + start + width..whole.end]
                }
                None => vec![whole],
            };
            let counted = spans.into_iter().map(|span| self.counted(span)).filter(|span| !span.is_empty());
            items.extend(counted.map(|span| Item { span, part: None }));
        }
        let named = items.iter().all(|item| {
            let words = self.slice(&item.span);
            words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                && words.split_whitespace().count() <= MAX_COUNTED_WORDS
                && !words.contains([':', '"', '“'])
                && !words.contains(". ")
                && !shapes::is_bare_sentence(words, self.rules)
        });
        // Days, months and years are one date.
        let figures = |item: &&Item| self.slice(&item.span).contains(|c: char| c.is_ascii_digit());
        let dated = items.iter().filter(figures).count() * 2 >= items.len();
        (named && !dated && items.len() >= MIN_COUNTED).then_some(items)
    }

    /// One of several things, without the marks and the joining word around it.
    fn counted(&self, span: Span) -> Span {
        let mut span = self.trim(span);
        for joint in ["and ", "or "] {
            if self.slice(&span).starts_with(joint) {
                span.start += joint.len();
            }
        }
        let bare = self.slice(&span).trim_end_matches(['.', '!', ',', ';']).len();
        self.trim(span.start..span.start + bare)
    }
}

/// A list's own passage, and those of its pieces.
fn close_run(drafts: &mut Vec<Draft>, start: usize, run: &mut Vec<Piece>, lead: bool) {
    if let Some(last) = run.last()
        && (run.len() > 1 || lead)
    {
        let parts = run.iter().map(|piece| piece.named.clone()).collect();
        drafts.push(Draft { kind: PassageKind::List, span: start..last.span.end, parts });
    }
    drafts.extend(run.drain(..).flat_map(|piece| piece.drafts));
}
