//! The groups of people whom a sentence names, as far to the left as the words of each go: "tin, wood and steel boat builders".

use super::words::{person, singular};
use crate::lexicon::Lexicon;
use crate::text::{Token, stem, term_id, terms};

/// The groups of people whom a sentence names in the plural, each as far to the left as its words go, with the place of its
/// first word. Two groups that are named in one breath ("riggers and sail makers") are one name.
pub(super) fn people_in(text: &str, words: &[Token], lexicon: &Lexicon) -> Vec<(usize, String)> {
    let plural = |word: &str| singular(word) != word || word.ends_with("men");
    let gap = |one: &Token, next: &Token| text.get(one.span.end..next.span.start).unwrap_or(".");
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for (head, token) in words.iter().enumerate() {
        let job = lexicon.lookup.jobs.contains(singular(&token.word));
        // "in physicians' offices" speaks of offices, "three semesters" of time.
        let owning = text.get(token.span.end..).is_some_and(|rest| rest.starts_with(['\'', '’']));
        let time = lexicon.units.duration_words.contains(&token.word);
        // … and "the offices of physicians" of offices.
        let offices = head.checked_sub(2).and_then(|place| words.get(place)).is_some_and(|place| {
            words.get(head - 1).is_some_and(|of| of.word == "of")
                && lexicon.workplaces.contains(&term_id(&stem(&place.word)))
        });
        if owning || time || offices || !plural(&token.word) || !(person(&token.word, lexicon) || job) {
            continue;
        }
        let start = group_start(text, words, head, lexicon);
        // "the Guild of Boat Builders": capitals in the middle of a sentence make a name of its own.
        if words.get(start).is_some_and(|first| first.capital) && start > 0 {
            continue;
        }
        let before = start.checked_sub(1).and_then(|before| words.get(before));
        let opens = before.is_none_or(|before| {
            !lexicon.carries(&before.word)
                || lexicon.words.parting.contains(&before.word)
                || lexicon.lookup.qualities.contains(&before.word)
                || lexicon.units.numbers.contains_key(&before.word)
                || before.word.bytes().any(|byte| byte.is_ascii_digit())
                || words
                    .get(start)
                    .is_some_and(|first| gap(before, first).contains([',', ':', ';', '.', '(']))
        });
        if !opens {
            continue;
        }
        let joined = groups.last().is_some_and(|(_, last)| {
            let and = words.get(last + 1).filter(|and| and.word == "and" && start == last + 2);
            let around = words.get(*last).zip(and).zip(words.get(start));
            around.is_some_and(|((last, and), first)| {
                gap(last, and).trim().is_empty() && gap(and, first).trim().is_empty()
            })
        });
        match groups.last_mut().filter(|_| joined) {
            Some(group) => group.1 = head,
            None => groups.push((start, head)),
        }
    }
    let named = |(start, head): (usize, usize)| {
        let (first, last) = (words.get(start)?, words.get(head)?);
        Some((start, text.get(first.span.start..last.span.end)?.to_owned()))
    };
    groups.into_iter().filter_map(named).collect()
}

/// Where the words begin that narrow the person at `head`.
fn group_start(text: &str, words: &[Token], head: usize, lexicon: &Lexicon) -> usize {
    let narrows = |index: usize| {
        let (Some(word), Some(after)) = (words.get(index), words.get(index + 1)) else { return false };
        let close =
            text.get(word.span.end..after.span.start).is_some_and(|gap| gap.trim().is_empty() || gap == "-");
        let number = word.word.bytes().any(|byte| byte.is_ascii_digit());
        let states = !lexicon.attribute_evidence.at(0, &terms(&word.word)).is_empty();
        let counts = lexicon.units.numbers.contains_key(&word.word);
        let parts =
            lexicon.words.parting.contains(&word.word) || lexicon.lookup.qualities.contains(&word.word);
        close && !number && !counts && !states && !parts && !lexicon.words.stop.contains(&word.word)
    };
    let mut start = head;
    let mut listed = false;
    while let Some(before) = start.checked_sub(1) {
        let pair = before
            .checked_sub(1)
            .filter(|_| words.get(before).is_some_and(|word| word.word == "and"))
            .filter(|first| {
                let one = words.get(*first).is_some_and(|word| person(&word.word, lexicon));
                let carries = words.get(*first).is_some_and(|word| lexicon.carries(&word.word));
                // "degree and builders" are two things, "wood and steel builders" one.
                !one && carries && narrows(*first) && start < head
            });
        match pair {
            Some(first) => {
                start = first;
                listed = true;
            }
            None if narrows(before) && words.get(before).is_some_and(|word| lexicon.carries(&word.word)) => {
                start = before;
            }
            None => break,
        }
    }
    // "wood, tin and steel builders" are one name as well.
    let first =
        start.checked_sub(1).filter(|_| listed).and_then(|first| words.get(first).zip(words.get(start)));
    let goes_on = first.is_some_and(|(first, next)| {
        let comma = text.get(first.span.end..next.span.start).is_some_and(|gap| gap.trim() == ",");
        let plain = !first.capital
            && lexicon.carries(&first.word)
            && !first.word.contains(|c: char| c.is_ascii_digit());
        comma && plain && !person(&first.word, lexicon)
    });
    if goes_on { start - 1 } else { start }
}

#[cfg(test)]
mod tests {
    use super::people_in;
    use crate::lexicon::Lexicon;
    use crate::text::tokens;

    #[test]
    fn groups_go_as_far_as_their_words() {
        let lexicon = Lexicon::shipped().unwrap();
        for (text, expected) in [
            ("According to the office, boat builders earned $10.", "boat builders"),
            (
                "In 2015 there were 300 tin, wood and steel boat builders.",
                "tin, wood and steel boat builders",
            ),
            ("Boat builders and sail makers earned $10.", "Boat builders and sail makers"),
            ("Builders earned $10, whereas sail makers earned $12.", "Builders; sail makers"),
            ("It takes three semesters in physicians' offices.", ""),
            ("Most worked in the offices of dentists.", ""),
            ("One in five experienced builders left.", "builders"),
            ("The Guild of Boat Builders was founded.", ""),
        ] {
            let found = people_in(text, &tokens(text), &lexicon);
            let names: Vec<String> = found.into_iter().map(|(_, name)| name).collect();
            assert_eq!(names.join("; "), expected, "{text}");
        }
    }
}
