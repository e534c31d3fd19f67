//! Answers as text for a terminal: the direct answer, the quote, where it stands. Pure text to text; whether there is a
//! terminal, and how wide it is, the caller knows.

use std::fmt::Write;

use super::json::source;
use crate::answer::{Answer, Citation, Outcome};
use crate::library::readable_time;

/// How to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Characters that fit on a line.
    pub width: usize,
    /// Whether escape sequences for bold and dim text are understood.
    pub colour: bool,
}

/// What goes before each line of a quote.
const QUOTE: &str = "  │ ";
pub(super) const BOLD: &str = "\u{1b}[1m";
pub(super) const DIM: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";
/// Narrower than this, lines are longer than the terminal.
const NARROWEST: usize = 20;

impl Style {
    /// The card of an answer: what was found first, and the places of the rest. Ends with a line end.
    pub fn card(self, answer: &Answer) -> String {
        let mut card = String::new();
        self.put(&mut card, BOLD, "", &answer.text);
        match (answer.outcome, answer.citations.split_first()) {
            (Outcome::Answered, Some((first, further))) => {
                card.push('\n');
                self.citation(&mut card, first);
                for citation in further {
                    self.put(&mut card, DIM, "  ", &format!("Also: {}", place(citation)));
                }
            }
            _ => self.topics(&mut card, answer),
        }
        if answer.indexed_at > 0 {
            let indexed = format!("Indexed {}", readable_time(answer.indexed_at));
            self.put(&mut card, DIM, "  ", &indexed);
        }
        card
    }

    /// All citations of an answer, whole. Ends with a line end.
    pub fn more(self, answer: &Answer) -> String {
        if answer.citations.is_empty() {
            return "There are no quotes for this answer.\n".to_owned();
        }
        let mut text = String::new();
        for (number, citation) in answer.citations.iter().enumerate() {
            if number > 0 {
                text.push('\n');
            }
            self.citation(&mut text, citation);
        }
        text
    }

    /// What was understood and why this won. Ends with a line end.
    pub fn why(self, answer: &Answer) -> String {
        let mut text = "Why\n".to_owned();
        if answer.standalone != answer.question {
            self.put(&mut text, "", "  ", &format!("understood as: {}", answer.standalone));
        }
        self.put(&mut text, "", "  ", &format!("confidence: {:.2}", answer.confidence));
        for line in &answer.why {
            self.put(&mut text, "", "  ", line);
        }
        text
    }

    fn citation(self, card: &mut String, citation: &Citation) {
        self.put(card, "", QUOTE, citation.words());
        self.put(card, DIM, "  ", &place(citation));
        if !citation.breadcrumb.is_empty() {
            self.put(card, DIM, "  ", &citation.breadcrumb.join(" › "));
        }
        if source(citation) != citation.document {
            self.put(card, DIM, "  ", &format!("Source: {}", source(citation)));
        }
    }

    fn topics(self, card: &mut String, answer: &Answer) {
        if answer.topics.is_empty() {
            return;
        }
        let lead = if answer.outcome == Outcome::Clarify { "You can ask about:" } else { "Nearest topics:" };
        self.put(card, "", "", lead);
        for topic in &answer.topics {
            self.put(card, "", "  • ", &format!("{} ({})", topic.label, topic.document));
        }
    }

    /// Adds text, wrapped, with `before` at the start of each line, in one look.
    pub(super) fn put(self, out: &mut String, look: &str, before: &str, text: &str) {
        let room = self.width.max(NARROWEST) - before.chars().count();
        for line in shown(text).lines() {
            for part in wrapped(line, room) {
                let line = format!("{before}{part}");
                // Writing to a string cannot fail.
                let _ = if self.colour && !look.is_empty() {
                    writeln!(out, "{look}{}{PLAIN}", line.trim_end())
                } else {
                    writeln!(out, "{}", line.trim_end())
                };
            }
        }
    }
}

/// The file and the lines of a citation.
pub(super) fn place(citation: &Citation) -> String {
    match citation.lines {
        (first, last) if first == last => format!("{}, line {first}", citation.document),
        (first, last) => format!("{}, lines {first}–{last}", citation.document),
    }
}

/// One line in pieces of at most `room` characters, cut between words; a longer word stays whole, so that an address
/// can be copied.
fn wrapped(line: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in line.split_whitespace() {
        let length = current.chars().count();
        if length > 0 && length + 1 + word.chars().count() > room {
            lines.push(std::mem::take(&mut current));
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    lines.push(current);
    lines
}

/// The text with every character that could steer a terminal made visible: a document must not clear the screen.
fn shown(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\n' => '\n',
            '\t' => ' ',
            '\r' => '\n',
            control @ '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(control)).unwrap_or('\u{fffd}'),
            control if control.is_control() => '\u{fffd}',
            '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                '\u{fffd}'
            }
            other => other,
        })
        .collect::<String>()
        .replace("\n\n", "\n")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::Style;
    use crate::answer::{Answer, Outcome, Topic};
    use crate::render::json::tests::sample;

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        expected.assert_eq(text);
    }

    const WIDE: Style = Style { width: 80, colour: false };

    #[test]
    fn a_card_has_answer_quote_and_place() {
        check(
            &WIDE.card(&sample()),
            expect![[r#"
                $35,900 a year (median, 2014)

                  │ The median was $35,900
                  │ in 2014.
                  a/records.md, lines 12–13
                  Records › Pay
                  Source: Handbook
                  Indexed 2023-11-14 22:13:20 UTC
            "#]],
        );
    }

    #[test]
    fn lines_fit_the_terminal() {
        let card = Style { width: 24, colour: false }.card(&sample());
        assert!(card.lines().all(|line| line.chars().count() <= 24), "{card}");
        check(
            &card,
            expect![[r#"
                $35,900 a year (median,
                2014)

                  │ The median was
                  │ $35,900
                  │ in 2014.
                  a/records.md, lines
                  12–13
                  Records › Pay
                  Source: Handbook
                  Indexed 2023-11-14
                  22:13:20 UTC
            "#]],
        );
    }

    #[test]
    fn silence_and_asking_back_show_topics() {
        let topics = vec![Topic { label: "Pay".to_owned(), document: "a.md".to_owned() }];
        let text = "That is not in my sources.".to_owned();
        let silent = Answer {
            outcome: Outcome::Abstained,
            topics,
            text,
            citations: vec![],
            indexed_at: 0,
            ..sample()
        };
        check(
            &WIDE.card(&silent),
            expect![[r#"
                That is not in my sources.
                Nearest topics:
                  • Pay (a.md)
            "#]],
        );
        let card = WIDE.card(&Answer { outcome: Outcome::Clarify, text: "Which one?".to_owned(), ..silent });
        assert!(card.contains("You can ask about:\n  • Pay (a.md)"), "{card}");
    }

    #[test]
    fn why_and_more() {
        let answer = Answer { standalone: "How much is it?".to_owned(), ..sample() };
        check(
            &WIDE.why(&answer),
            expect![[r#"
                Why
                  understood as: How much is it?
                  confidence: 0.93
                  kind: value
            "#]],
        );
        let quote = "  │ The median was $35,900\n  │ in 2014.\n  a/records.md, lines 12–13\n";
        assert_eq!(WIDE.more(&answer), format!("{quote}  Records › Pay\n  Source: Handbook\n"));
    }

    #[test]
    fn a_document_cannot_steer_the_terminal() {
        let mut answer = sample();
        answer.citations[0].quote = "a\u{1b}[2Jb\u{9b}2J\u{202e}c\r\nd".to_owned();
        let card = WIDE.card(&answer);
        assert!(card.contains("  │ a␛[2Jb\u{fffd}2J\u{fffd}c\n  │ d\n"), "{card}");
        let colourful = Style { colour: true, ..WIDE }.card(&answer);
        assert!(colourful.starts_with("\u{1b}[1m$35,900 a year (median, 2014)\u{1b}[0m\n"), "{colourful}");
    }
}
