//! Abbreviations that a text defines itself: "Long Form (LF)" and "LF (Long Form)". After Schwartz and Hearst,
//! "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003).

use super::initials::{
    initials_start, is_letters, is_short_form, last_word_start, letters_of, nearby, shuffled_start, spelled,
    word_starts,
};
use super::model::Span;

/// A short form, its long form, and where both stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abbreviation {
    /// The letters, as written.
    pub short: String,
    /// The words, as written.
    pub long: String,
    /// From the first byte of the one to the last of the other, in the text given.
    pub span: Span,
}

/// More pieces of what letters stand for are not looked at.
const MOST_COMMAS: usize = 6;

/// More characters behind letters, and what is said of them, are not looked at …
const BEHIND: usize = 120;
/// … and no more words.
const LONG_WORDS: usize = 8;

/// What words are set off by.
const MARKS: [char; 8] = ['"', '\'', '“', '”', '‘', '’', '*', '_'];

/// The abbreviations that a text defines, in order; `spelled_by` is what may stand between the letters and what they stand for.
pub fn abbreviations(text: &str, spelled_by: &[String]) -> Vec<Abbreviation> {
    let lines = text.lines().flat_map(|line| [equated(line, spelled_by), for_short(line)]);
    let mut found: Vec<Abbreviation> = lines.flatten().collect();
    for said in said(text, spelled_by) {
        if !found.iter().any(|known| known.short == said.short && known.long == said.long) {
            found.push(said);
        }
    }
    found.extend(apposed(text));
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find('(')).map(|at| from + at) {
        let inside_start = open + 1;
        let Some(close) =
            text.get(inside_start..).and_then(|rest| rest.find([')', '('])).map(|at| inside_start + at)
        else {
            break;
        };
        from = inside_start;
        if !text.get(close..).is_some_and(|rest| rest.starts_with(')')) {
            continue;
        }
        let (Some(before), Some(inside)) = (text.get(..open), text.get(inside_start..close)) else {
            continue;
        };
        let before = before.trim_end();
        let first_part = inside.split([';', ',']).next().unwrap_or(inside);
        // "or" and "formerly" inside the parentheses still leave the letters first.
        let short = first_part.trim().trim_matches(['"', '\'', '“', '”', '‘', '’']);
        // "licensed rope layers (LRLs)"
        let one = short.strip_suffix('s').filter(|short| is_letters(short));
        let short = one.unwrap_or(short);
        if is_short_form(short) {
            let start = long_form_start(before, short).or_else(|| shuffled_start(before, &letters_of(short)));
            if let Some(start) = start
                && let Some(long) = before.get(start..)
            {
                let long = one.and_then(|_| long.strip_suffix('s')).unwrap_or(long);
                found.push(Abbreviation {
                    short: short.to_owned(),
                    long: long.to_owned(),
                    span: start..close + 1,
                });
            } else if let Some((_, long)) = inside.split_once(',')
                && let Some(defined) = spelled(short, long.trim())
            {
                found.push(Abbreviation { span: open..close + 1, ..defined });
            }
        } else if let Some(start) = last_word_start(before)
            && let Some(short) = before.get(start..)
            && is_short_form(short)
            && long_form_start(inside.trim(), short) == Some(0)
        {
            let long = inside.trim().to_owned();
            found.push(Abbreviation { short: short.to_owned(), long, span: start..close + 1 });
        }
    }
    for near in nearby(text) {
        if !found.iter().any(|known| known.short == near.short) {
            found.push(near);
        }
    }
    found
}

/// The abbreviation that two neighbouring cells make, or a key and its value ("RN | Registered Nurse"); its span is
/// empty. Only initials count: two cells stand side by side for many reasons.
pub fn paired(one: &str, other: &str) -> Option<Abbreviation> {
    let (one, other) = (one.trim(), other.trim());
    let made = |short: &str, long: &str| {
        // "service level agreement, the time in which …" goes on to explain.
        spelled(short, long.split([',', ';', '(', ':', '.']).next().unwrap_or(long).trim())
    };
    made(one, other).or_else(|| made(other, one))
}

/// The letters in a question that its answer spells first: "What is an LF?", "Long form. It is …"; the span is empty.
pub fn answered(question: &str, answer: &str) -> Option<Abbreviation> {
    let long = answer.split(['.', ',', ';', ':', '(']).next()?.trim();
    let letters = question.split(|c: char| !c.is_alphanumeric()).filter(|word| is_letters(word));
    letters.filter_map(|short| spelled(short, long)).next()
}

/// "LF = long form", "\"LF\" means long form" on a line of its own or at its start.
fn equated(text: &str, spelled_by: &[String]) -> Option<Abbreviation> {
    // What stands first in the line parts it.
    let parted = spelled_by.iter().filter_map(|by| text.split_once(by.as_str()));
    let (short, long) = parted.min_by_key(|(short, _)| short.len())?;
    let short = short.trim().trim_matches(MARKS);
    let found = paired(short, long.trim_end_matches('.')).or_else(|| {
        // "reading, talking and counting. They …": a comma may be part of it.
        let ends = long.match_indices([',', '.', ';', ':', '(']).map(|(at, _)| at).chain([long.len()]);
        ends.filter_map(|end| long.get(..end)).take(MOST_COMMAS).find_map(|long| spelled(short, long.trim()))
    });
    found.map(|found| Abbreviation { span: 0..text.len(), ..found })
}

/// "The title is LF, which stands for long form": said inside a sentence, whatever line its words stand in.
fn said(text: &str, spelled_by: &[String]) -> Vec<Abbreviation> {
    let mut found = Vec::new();
    for by in spelled_by.iter().map(|by| by.trim()).filter(|by| by.contains(char::is_alphabetic)) {
        for (at, _) in text.match_indices(by) {
            let (Some(before), Some(behind)) = (text.get(..at), text.get(at + by.len()..)) else { continue };
            if !before.ends_with(char::is_whitespace) || !behind.starts_with(char::is_whitespace) {
                continue;
            }
            let before = before.trim_end().trim_end_matches(',');
            let start = last_word_start(before).unwrap_or(0);
            let short = before.get(start..).unwrap_or_default().trim_matches(MARKS);
            let behind = behind.trim_start().trim_start_matches(MARKS);
            let from = text.len() - behind.len();
            let ends = behind.char_indices().take(BEHIND).filter(|(_, c)| !c.is_alphanumeric() && *c != '-');
            let long = ends.map(|(end, _)| end).chain([behind.len()]).filter_map(|end| behind.get(..end));
            let defined = long.take(LONG_WORDS * 2).find_map(|long| spelled(short, long));
            let defined = defined.or_else(|| said_to_be(short, behind));
            found.extend(
                defined.map(|defined| Abbreviation { span: start..from + defined.long.len(), ..defined }),
            );
        }
    }
    found
}

/// "HAZMAT stands for Hazardous Materials.": whatever is in the letters, in order, where the text says so.
fn said_to_be(short: &str, behind: &str) -> Option<Abbreviation> {
    if !is_letters(short) {
        return None;
    }
    let mut ends = behind.char_indices().take(BEHIND);
    let end = ends.find(|(_, sign)| matches!(sign, '.' | ':' | ';' | ',' | '(' | '\n')).map(|(end, _)| end);
    let end = end.or((behind.len() <= BEHIND).then_some(behind.len()))?;
    let long = behind.get(..end)?.trim();
    let mut letters = long.chars().flat_map(char::to_lowercase);
    let within = letters_of(short).into_iter().all(|letter| letters.any(|other| other == letter));
    let named =
        long.starts_with(char::is_uppercase) && (2..=LONG_WORDS).contains(&long.split_whitespace().count());
    let first = letters_of(short).first().copied() == long.chars().flat_map(char::to_lowercase).next();
    (within && named && first).then(|| Abbreviation {
        short: short.to_owned(),
        long: long.to_owned(),
        span: 0..0,
    })
}

/// "Long Form, LF for short".
fn for_short(text: &str) -> Option<Abbreviation> {
    let (before, _) = text.split_once(" for short")?;
    let start = last_word_start(before)?;
    let short = before.get(start..).filter(|short| is_short_form(short))?;
    let before = before.get(..start)?.trim_end().strip_suffix(',')?;
    let start = long_form_start(before, short)?;
    let long = before.get(start..)?.to_owned();
    Some(Abbreviation { short: short.to_owned(), long, span: start..text.len() })
}

/// "This is called LF, long form." and "the Long Form, or LF,": the one stands behind the other and a comma.
fn apposed(text: &str) -> Vec<Abbreviation> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(", ") {
        let (Some(before), Some(after)) = (text.get(..at), text.get(at + 2..)) else { continue };
        let start = last_word_start(before).unwrap_or(at);
        let short = before.get(start..).unwrap_or_default();
        let ends =
            after.char_indices().filter(|(_, c)| !c.is_alphanumeric() && *c != '-').map(|(end, _)| end);
        let long = ends.chain([after.len()]).take(LONG_WORDS).filter_map(|end| after.get(..end));
        if is_letters(short)
            && let Some(defined) = long.filter_map(|long| spelled(short, long)).next()
        {
            found.push(Abbreviation { span: start..at + 2 + defined.long.len(), ..defined });
        }
        let joined = after.strip_prefix("or ");
        let rest = joined.unwrap_or(after);
        let short = rest.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
        // "the title Registered Glass Cutter, RGC, to …": without "or" the letters stand between commas.
        let set_off = joined.is_some()
            || short.len() >= 3
                && rest
                    .get(short.len()..)
                    .is_some_and(|next| next.is_empty() || next.starts_with([',', '.', ';', ')']));
        if set_off
            && is_letters(short)
            && let Some(start) = initials_start(before, word_starts(before).rev(), &letters_of(short))
            && let Some(long) = before.get(start..)
        {
            let joint = if joined.is_some() { ", or " } else { ", " };
            let span = start..at + joint.len() + short.len();
            found.push(Abbreviation { short: short.to_owned(), long: long.to_owned(), span });
        }
    }
    found
}

/// Where in `before` the long form of `short` starts: each letter of the short form stands in it in order, the
/// first one at the start of a word; at most `min(letters + 5, letters × 2)` words are looked at.
fn long_form_start(before: &str, short: &str) -> Option<usize> {
    let letters = letters_of(short);
    let most_words = (letters.len() + 5).min(letters.len() * 2).max(2);
    let blank_line = before.rfind("\n\n").max(before.rfind("\r\n\r\n"));
    let sentence_start =
        before.rfind(['.', ';', ':', '(', ')', '|', '\t']).max(blank_line).map_or(0, |at| at + 1);
    // A line break inside a wrapped sentence does not end the long form, a full stop after a capital neither.
    let window_start = word_starts(before).rev().take(most_words).last()?;
    let floor =
        if before.get(sentence_start..)?.split_whitespace().count() >= 2 { sentence_start } else { 0 };
    let start = window_start.max(floor);
    let starts = word_starts(before).rev().take_while(|at| *at >= start);
    if let Some(at) = initials_start(before, starts, &letters) {
        return Some(at);
    }
    let window: Vec<(usize, char)> = before.char_indices().filter(|(at, _)| *at >= start).collect();
    let mut position = window.len();
    for (rank, letter) in letters.iter().enumerate().rev() {
        loop {
            position = position.checked_sub(1)?;
            let (_, character) = *window.get(position)?;
            let same = character.to_lowercase().eq(std::iter::once(*letter));
            let word_start = position == 0
                || window.get(position - 1).is_some_and(|(_, previous)| !previous.is_alphanumeric());
            if same && (rank > 0 || word_start) {
                break;
            }
        }
    }
    let (at, _) = *window.get(position)?;
    let long = before.get(at..)?;
    // "Glazier-in-Training" is written as one word and read as three.
    let words = long.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty()).count();
    (words >= 2 && long.chars().count() > short.chars().count()).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::{abbreviations, paired};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let spelled_by = [" = ", " means ", " stands for ", " which stands for "].map(str::to_owned);
        let found: Vec<_> = abbreviations(text, &spelled_by)
            .into_iter()
            .map(|found| format!("{}={}", found.short, found.long))
            .collect();
        assert_eq!(found.join("; "), expected);
    }

    #[test]
    fn definitions_are_found() {
        check("the Certified Professional Coder (CPC), the", "CPC=Certified Professional Coder");
        check("Certified Professional Coder - Payer (CPC-P).", "CPC-P=Certified Professional Coder - Payer");
        check("by the U.S. Bureau of Labor Statistics (BLS) in", "BLS=Bureau of Labor Statistics");
        check(
            "An RHIT (Registered Health Information Technician) may",
            "RHIT=Registered Health Information Technician",
        );
        check(
            "through the American Academy of Professional Coders (AAPC).",
            "AAPC=American Academy of Professional Coders",
        );
        check("a degree (two years) and (see below)", "");
        check(
            "the American Speech and\nSwallowing Association (ASSA)",
            "ASSA=American Speech and\nSwallowing Association",
        );
        check("called Glazier-in-Training (GIT).", "GIT=Glazier-in-Training");
        check("GDD = game design document", "GDD=game design document");
        check("\"LST\" means Land Surveyor in Training, a person who", "LST=Land Surveyor in Training");
        check("RTC stands for reading, talking and counting. They", "RTC=reading, talking and counting");
        check(
            "The title is **COT-A**, which stands for Certified\nOptics Technician – Associate. It",
            "COT-A=Certified\nOptics Technician – Associate",
        );
        check("**RKT** stands for *Registered Keyboard Tuner*. It", "RKT=Registered Keyboard Tuner");
        check("the Registered Records Technician, RRT for short.", "RRT=Registered Records Technician");
        check("a master's (MHA, Master of Health Administration) is", "MHA=Master of Health Administration");
        check("This is called SAP, satisfactory academic progress.", "SAP=satisfactory academic progress");
        check("by the National Board of Printers, or NBP, in", "NBP=National Board of Printers");
        check("the CPR, first aid and EMT cards", "");
        check(
            "PACS stands for Picture Archiving and Communication System: the",
            "PACS=Picture Archiving and Communication System",
        );
        check("HAZWOP stands for Hazardous Waste Operations.", "HAZWOP=Hazardous Waste Operations");
        check("The Doctor of Occupational Therapy (OTD) is", "OTD=Doctor of Occupational Therapy");
        check(
            "the Fundamentals of Land Measurement, known to all as the FLM, which",
            "FLM=Fundamentals of Land Measurement",
        );
        check("in Rope and Net Making. The RNM is", "");
        check("known as licensed rope layers (LRLs).", "LRL=licensed rope layer");
        check("nothing (NASA", "");
    }

    #[test]
    fn a_key_defines_what_its_value_begins_with() {
        let long = |short: &str, value: &str| paired(short, value).map(|found| found.long);
        assert_eq!(
            long("SLA", "service level agreement, the time in which an answer is due.").as_deref(),
            Some("service level agreement")
        );
        assert_eq!(long("SLA", "agreed in writing, service level included"), None);
    }
}
