//! The card: direct answer, quote, place, date and question, with the buttons that lead on. Also the way back, from a
//! card's text to its question.

use super::button::{ButtonAction, MAX_CHOICES, MAX_PAGES, MENU_ID, Menu};
use super::message::Card;
use super::pages::pages;
use super::{MAX_CONTENT, escape, unescape, units};
use crate::answer::{Answer, Outcome};
use crate::store::Vote;
use crate::text::{cut_at_character, one_line, strip_controls};

/// What comes before the question on a card.
const ASKED: &str = "-# Asked: ";
/// A question that takes more units than this is not repeated, and its card has no buttons.
const MAX_ASKED: usize = 450;
/// A sentence, the labels under it and their number are kept to these many characters and lines, so that a card without
/// an answer fits one message even if every character needs a backslash.
const MAX_SENTENCE: usize = 300;
const MAX_LABEL: usize = 80;
const MAX_TOPICS: usize = 5;

/// The first message of an answer, or of its abstention, question back or hint.
pub fn card(answer: &Answer) -> Card {
    match answer.outcome {
        Outcome::Answered => page(answer, 0).unwrap_or_else(|| sentence(answer, "")),
        Outcome::Abstained => sentence(answer, "You could ask about:"),
        Outcome::Clarify => sentence(answer, "Choose one, or reply with it:"),
        Outcome::Empty => Card::text(EMPTY_HINT),
    }
}

/// What an empty question gets.
const EMPTY_HINT: &str = "Ask me a whole question, with `/ask` or a mention of my name, and I will look for its answer in \
                          my sources. For example: *What does the program require?* `/help` shows more.";

/// One page of an answer, counted from 0; `None` behind the last one.
pub fn page(answer: &Answer, number: usize) -> Option<Card> {
    if answer.outcome != Outcome::Answered {
        return (number == 0).then(|| card(answer));
    }
    let asked = asked_line(answer);
    let date = format!("-# Indexed {}", date_of(answer.indexed_at));
    let reserved = units(&date) + asked.as_deref().map_or(0, units) + units(" · page 20 of 20") + 4;
    let all = pages(answer, MAX_CONTENT.saturating_sub(reserved));
    let body = all.get(number)?.render(answer);
    let count = all.len().min(MAX_PAGES);
    let numbered = if count > 1 { format!("{date} · page {} of {count}", number + 1) } else { date };
    let lines: Vec<&str> = [body.as_str(), &numbered].into_iter().chain(asked.as_deref()).collect();
    let mut buttons = Vec::new();
    let mut votes = Vec::new();
    if asked.is_some() {
        if number == 0 {
            buttons.push(ButtonAction::Why.button());
            votes.extend(Vote::ALL.map(|vote| ButtonAction::Vote(vote).button()));
        }
        if number + 1 < count {
            buttons.push(ButtonAction::More(number + 1).button());
        }
    }
    Some(Card { content: lines.join("\n"), menu: None, buttons, votes, file: None })
}

/// How the answer was found, for the "Why?" button.
pub fn why(answer: &Answer) -> Card {
    let mut content = "**How this answer was found**".to_owned();
    for line in answer.why.iter().map(|line| format!("\n{}", escape(&clean(line)))) {
        if units(&content) + units(&line) > MAX_CONTENT - 2 {
            content.push_str("\n…");
            break;
        }
        content.push_str(&line);
    }
    if answer.why.is_empty() {
        content.push_str("\nThere is nothing to explain: no passage was used.");
    }
    Card::text(content)
}

/// The question that a card names; `None` if the text is not a card of ours.
pub fn question_of(content: &str) -> Option<String> {
    let line = content.lines().rev().find_map(|line| line.strip_prefix(ASKED))?;
    Some(unescape(line)).filter(|question| !question.trim().is_empty())
}

/// A card of one sentence and a list of topics.
fn sentence(answer: &Answer, lead: &str) -> Card {
    let mut content = escape(&strip_controls(&cut_at_character(answer.text.trim(), MAX_SENTENCE)));
    if content.is_empty() {
        content = "That is not in my sources.".to_owned();
    }
    let labels: Vec<String> = answer
        .topics
        .iter()
        .map(|topic| cut_at_character(&clean(&topic.label), MAX_LABEL).into_owned())
        .collect();
    // The engine's sentence may name the choices already.
    if !labels.is_empty() && !labels.iter().all(|label| answer.text.contains(label.as_str())) {
        content.push('\n');
        content.push_str(lead);
        for label in labels.iter().take(MAX_TOPICS) {
            content.push_str("\n- ");
            content.push_str(&escape(label));
        }
    }
    let mut card = Card::text(content);
    if let Some(asked) = asked_line(answer) {
        card.content.push('\n');
        card.content.push_str(&asked);
        card.menu = Some(labels).filter(|_| answer.outcome == Outcome::Clarify).and_then(menu);
        card.buttons.push(ButtonAction::Why.button());
    }
    card
}

/// The menu of the choices that a card asks back with; the empty ones cannot be shown.
fn menu(labels: Vec<String>) -> Option<Menu> {
    let shown = labels.into_iter().enumerate().take(MAX_CHOICES).filter(|(_, label)| !label.is_empty());
    let options: Vec<(String, String)> =
        shown.map(|(choice, label)| (label, ButtonAction::Choose(choice).id())).collect();
    let placeholder = "Which one do you mean?".into();
    (!options.is_empty()).then(|| Menu { id: MENU_ID.to_owned(), placeholder, options })
}

/// The line that names the question, if it is short enough to stand whole.
fn asked_line(answer: &Answer) -> Option<String> {
    let question = escape(&clean(&answer.standalone));
    let fits = !question.is_empty() && units(&question) <= MAX_ASKED;
    fits.then(|| format!("{ASKED}{question}"))
}

/// Text of a user, made fit to be echoed on one line.
fn clean(text: &str) -> String {
    one_line(&strip_controls(text)).trim().to_owned()
}

/// The day (UTC) of a time in seconds since 1970.
pub(super) fn date_of(seconds: i64) -> String {
    match jiff::Timestamp::from_second(seconds) {
        Ok(time) => time.strftime("%Y-%m-%d").to_string(),
        Err(_) => "at an unknown time".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::answer::{Citation, Topic, Turn};

    fn citation(quote: &str, items: &[&str]) -> Citation {
        Citation {
            document: "library.md".to_owned(),
            title: "Library".to_owned(),
            breadcrumb: vec!["Library".to_owned(), "Hours".to_owned()],
            lines: (3, 4),
            bytes: (10, 10 + quote.len()),
            quote: quote.to_owned(),
            shown: None,
            items: items.iter().map(|item| (*item).to_owned()).collect(),
            source: Some("The *Gazette*".to_owned()),
            url: Some("https://gazette.example/a_b".to_owned()),
            score: 1.0,
        }
    }

    fn answer(question: &str, text: &str, citations: Vec<Citation>) -> Answer {
        Answer {
            question: question.to_owned(),
            standalone: question.to_owned(),
            outcome: Outcome::Answered,
            confidence: 0.9,
            kind: "value".to_owned(),
            text: text.to_owned(),
            citations,
            topics: Vec::new(),
            generation: "g1".to_owned(),
            indexed_at: 1_700_000_000,
            why: vec!["kind: value".to_owned()],
            turn: Turn::default(),
        }
    }

    fn all_pages(answer: &Answer) -> Vec<Card> {
        (0..).map_while(|number| page(answer, number)).collect()
    }

    /// The quotes of all pages as a reader sees them, without line ends (a page's end takes one along).
    fn quoted(cards: &[Card]) -> String {
        let lines = cards.iter().flat_map(|card| card.content.split('\n'));
        lines.filter_map(|line| line.strip_prefix("> ")).map(unescape).collect::<String>().replace('\n', "")
    }

    #[test]
    fn a_card_reads_from_the_answer_to_its_question() {
        let card =
            card(&answer("when does it open?", "9 to 17", vec![citation("Open from 9 to 17.\n", &[])]));
        expect_test::expect![[r#"
            **9 to 17**
            > Open from 9 to 17.
            -# Library › Hours · library.md, lines 3–4
            -# Source: The \*Gazette\* <https://gazette.example/a_b>
            -# Indexed 2023-11-14
            -# Asked: when does it open?"#]]
        .assert_eq(&card.content);
        assert_eq!(card.buttons, [ButtonAction::Why.button()]);
        assert_eq!(card.votes, Vote::ALL.map(|vote| ButtonAction::Vote(vote).button()));
        assert_eq!(question_of(&card.content).as_deref(), Some("when does it open?"));
    }

    #[test]
    fn a_list_is_shown_once_whole_and_in_order() {
        let quote = "You need:\n- a card\n- a photo\n";
        let text = "You need:\n• a card\n• a photo";
        let card = card(&answer("what do I need", text, vec![citation(quote, &["a card", "a photo"])]));
        expect_test::expect![[r#"
            > You need:
            > \- a card
            > \- a photo
            -# Library › Hours · library.md, lines 3–4
            -# Source: The \*Gazette\* <https://gazette.example/a_b>
            -# Indexed 2023-11-14
            -# Asked: what do I need"#]]
        .assert_eq(&card.content);
    }

    #[test]
    fn the_columns_of_a_table_keep_their_tabs() {
        let quote = "Tuition\t$6,480\t$11,900";
        let cards = all_pages(&answer("tuition?", "$6,480", vec![citation(quote, &[])]));
        assert_eq!(quoted(&cards), quote);
    }

    #[track_caller]
    fn check_headline(text: &str, quote: &str, items: &[&str], expected: &str) {
        let card = card(&answer("what?", text, vec![citation(quote, items)]));
        assert_eq!(card.content.split("> ").next(), Some(expected), "{}", card.content);
    }

    #[test]
    fn what_the_quote_says_is_not_said_twice() {
        check_headline("Open from 9 to 17.", "Open from 9 to 17.\n", &[], "");
        check_headline("Yes. Open from 9 to 17.", "Open from 9 to 17.", &[], "**Yes.**\n");
        check_headline("9 to 17", "Open from 9 to 17.", &[], "**9 to 17**\n");
        check_headline("a card\na photo", "- a card\n- a photo", &["a card", "a photo"], "**2 items:**\n");
        check_headline("a card, a photo", "Bring:\n- a card\n- a photo", &["a card", "a photo"], "");
        check_headline(
            "For a card: an id, a photo",
            "- an id\n- a photo",
            &["an id", "a photo"],
            "**For a card:**\n",
        );
    }

    #[test]
    fn a_long_list_goes_on_by_its_items() {
        let items: Vec<String> =
            (0..120).map(|number| format!("Item number {number} of the long list")).collect();
        let items: Vec<&str> = items.iter().map(String::as_str).collect();
        let quote = items.iter().map(|item| format!("* {item}\n")).collect::<String>();
        let cards = all_pages(&answer("all items?", &items.join("\n"), vec![citation(&quote, &items)]));
        assert!(cards.len() > 2);
        assert_eq!(quoted(&cards), quote.replace('\n', ""));
        for (number, card) in cards.iter().enumerate() {
            let more = ButtonAction::More(number + 1).button();
            assert_eq!(card.buttons.contains(&more), number + 1 < cards.len());
            let quotes = card.content.lines().filter_map(|line| line.strip_prefix("> "));
            assert!(quotes.clone().count() > 0 && quotes.clone().all(|line| line.starts_with("\\* Item")));
        }
    }

    #[test]
    fn an_answer_that_joins_two_places_shows_both_at_once() {
        let places = vec![citation("The fee is $10.", &[]), citation("In 2020 it was $12.", &[])];
        assert_eq!(all_pages(&answer("fee?", "$10; $12 in 2020", places.clone())).len(), 1);
        assert_eq!(all_pages(&answer("fee?", "$10", places)).len(), 2);
    }

    #[test]
    fn a_long_question_is_not_repeated_and_takes_its_buttons_along() {
        let card = card(&answer(&"why ".repeat(1_000), "9 to 17", vec![citation("Open from 9 to 17.", &[])]));
        assert!(card.buttons.is_empty() && question_of(&card.content).is_none());
    }

    #[test]
    fn topics_are_listed_and_escaped() {
        let mut abstained = answer("what is *x*?", "That is not in my sources.", Vec::new());
        abstained.outcome = Outcome::Abstained;
        abstained.topics = vec![Topic { label: "@everyone".to_owned(), document: "a.md".to_owned() }];
        expect_test::expect![[r#"
            That is not in my sources.
            You could ask about:
            - \@everyone
            -# Asked: what is \*x\*?"#]]
        .assert_eq(&card(&abstained).content);
    }

    #[test]
    fn choices_stand_in_a_menu() {
        let mut clarify = answer("which fee?", "Which one do you mean?", Vec::new());
        clarify.outcome = Outcome::Clarify;
        let labels = ["Card fee", "Copy fee", " ", "D", "E", "F"];
        clarify.topics =
            labels.map(|label| Topic { label: label.to_owned(), document: String::new() }).to_vec();
        let choices = card(&clarify).menu.map(|menu| menu.options).unwrap_or_default();
        let lines: Vec<String> = choices.iter().map(|(label, value)| format!("{value} {label}")).collect();
        assert_eq!(
            lines,
            ["choose:0 Card fee", "choose:1 Copy fee", "choose:3 D", "choose:4 E", "choose:5 F"]
        );
    }

    #[test]
    fn a_question_cannot_be_forged_inside_a_quote() {
        let forged = "\n-# Asked: something else\n";
        let card = card(&answer("mine?", "yes", vec![citation(forged, &[])]));
        assert_eq!(question_of(&card.content).as_deref(), Some("mine?"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_page_fits_and_no_quote_loses_a_byte(
            question in any::<String>(),
            text in any::<String>(),
            quotes in prop::collection::vec(prop_oneof!["[ -~\n]{1,1000}", "\\PC{1,1000}", "[*_:`😀]{1,1000}"], 1..4),
        ) {
            let citations: Vec<Citation> = quotes.iter().map(|quote| citation(quote, &[])).collect();
            let answer = answer(&question, &text, citations);
            let cards = all_pages(&answer);
            for card in &cards {
                prop_assert!(units(&card.content) <= MAX_CONTENT, "{} units", units(&card.content));
                prop_assert!(!card.content.trim().is_empty());
            }
            prop_assert_eq!(quoted(&cards), quotes.concat().replace('\n', ""));
            if let Some(asked) = question_of(&cards[0].content) {
                prop_assert_eq!(asked, clean(&question));
            }
        }

        #[test]
        fn cards_without_an_answer_fit_too(
            question in any::<String>(),
            text in prop_oneof![any::<String>(), "[*_:`😀]{1,900}"],
            labels in prop::collection::vec(prop_oneof![any::<String>(), "[*_:`😀]{1,200}"], 0..8),
            lines in prop::collection::vec("[*_:`😀a-z]{0,500}", 0..12),
        ) {
            let mut answer = answer(&question, &text, Vec::new());
            answer.topics = labels.into_iter().map(|label| Topic { label, document: String::new() }).collect();
            answer.why = lines;
            for outcome in [Outcome::Abstained, Outcome::Clarify, Outcome::Empty, Outcome::Answered] {
                answer.outcome = outcome;
                for card in [card(&answer), why(&answer)] {
                    prop_assert!(units(&card.content) <= MAX_CONTENT, "{} units", units(&card.content));
                    prop_assert!(!card.content.trim().is_empty());
                }
            }
        }
    }
}
