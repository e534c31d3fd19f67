//! Which words of a question make a name, as the folder writes names or by their form: they belong to its subject, however vague they are.

use super::roles::Asked;
use super::terms::Word;
use super::understand::Reader;
use crate::text::is_code_number;

impl Reader<'_> {
    /// Which words are part of a name: a vague or attribute word that makes one name with its neighbour, as the folder
    /// writes names, belongs to the subject ("information" in "information security analyst"). Words that are all vague
    /// or attributes make no name.
    pub(super) fn named(&self, words: &[Word], asked: &[Asked]) -> Vec<bool> {
        let attribute: Vec<usize> = asked.iter().flat_map(|asked| asked.words.iter().copied()).collect();
        let phrases: Vec<usize> =
            asked.iter().filter(|asked| asked.phrase).flat_map(|asked| asked.words.iter().copied()).collect();
        let carrying: Vec<(usize, &Word)> = words
            .iter()
            .enumerate()
            .filter(|(_, word)| !self.lexicon.words.stop.contains(&word.word))
            .collect();
        let mut named: Vec<bool> = words
            .iter()
            .enumerate()
            .map(|(index, word)| {
                self.lexicon.carries(&word.word) && !self.is_everyday(word) && !attribute.contains(&index)
            })
            .collect();
        // "Class D", "level 2", "LAW 130": a letter or a number behind such a word makes a name of both.
        for ((one, first), (other, second)) in words.iter().enumerate().zip(words.iter().enumerate().skip(1))
        {
            let ranked = self.lexicon.words.ranks.contains(&first.word)
                && self.lexicon.units.duration_words.contains(&second.word);
            let coded = first.token.all_capitals
                && (2..=5).contains(&first.word.len())
                && is_code_number(&second.word);
            let designated = self.lexicon.words.designated.contains(&first.word) && is_designator(second);
            // "Quarrel College": with a capital before such a word an everyday word is a name.
            let institutions = &self.lexicon.institutions;
            let school = first.token.capital && second.token.capital && institutions.contains(&second.term);
            if school
                && !institutions.contains(&first.term)
                && self.is_everyday(first)
                && let Some(slot) = named.get_mut(one)
            {
                *slot = true;
            }
            if ranked || coded || designated {
                for index in [one, other] {
                    if let Some(slot) = named.get_mut(index) {
                        *slot = true;
                    }
                }
            }
        }
        for _ in 0..2 {
            for ((one, first), (other, second)) in carrying.iter().zip(carrying.iter().skip(1)) {
                let either = named.get(*one) == Some(&true) || named.get(*other) == Some(&true);
                let pair = self.snapshot.name_pairs.contains(&(first.term, second.term));
                if either && pair {
                    // "The OTA program": a program is what everything here is.
                    let typical = |index: &usize| {
                        words.get(*index).is_some_and(|word| {
                            self.lexicon.words.typical.contains(&word.word)
                                && self.lexicon.words.light.contains(&word.word)
                        })
                    };
                    for index in [one, other] {
                        if let Some(slot) =
                            named.get_mut(*index).filter(|_| !phrases.contains(index) && !typical(index))
                        {
                            *slot = true;
                        }
                    }
                }
            }
        }
        named
    }
}

/// A single letter, a number or a small Roman numeral.
fn is_designator(word: &Word) -> bool {
    let roman = word.word.len() <= 4 && word.word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    let letter = word.word.len() == 1 && (word.token.capital || !matches!(word.word.as_str(), "a" | "i"));
    let number = word.word.len() <= 2 && word.word.bytes().all(|byte| byte.is_ascii_digit());
    roman || letter && word.word.bytes().all(|byte| byte.is_ascii_alphabetic()) || number
}
