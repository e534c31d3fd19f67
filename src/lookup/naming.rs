//! What a phrase names, by its words alone: a program, an occupation, a certification, or nothing that is looked up.
//! Which words show that stands in the lexicon.

use super::awards::awarded;
use super::words::{bracketed, level_of_letters, levels, person, singular};
use crate::lexicon::Lexicon;
use crate::lexicon::lookup::NameKind;
use crate::text::{Term, Token, fold, one_line, stem, term_id, tokens};

/// A phrase that names something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub kind: NameKind,
    /// The phrase, as written, without what is no part of the name.
    pub name: String,
    /// Letters that stand in brackets behind it.
    pub letters: Option<String>,
    /// The level of education that it names.
    pub level: Option<usize>,
    /// The award as written ("Associate of Applied Science").
    pub award: Option<String>,
    /// The field as written ("Medical Billing and Coding").
    pub field: Option<String>,
    /// Terms of the field, or of the whole name where there is none.
    pub core: Vec<Term>,
}

/// A name has at most this many words.
const MOST_WORDS: usize = 14;
/// The name of an occupation at most this many.
const MOST_JOB_WORDS: usize = 8;

/// What a heading, a title or a cell names. Of several parts ("Jobs: Riggers") the first that names something.
pub(super) fn named(text: &str, lexicon: &Lexicon) -> Option<Named> {
    let text = one_line(text);
    let parts = text.split([':', ';', '|', '–', '—', '>']).flat_map(|part| part.split(" - "));
    parts.filter_map(|part| part_named(part, lexicon)).next()
}

/// What a phrase names that is one name as a whole, dashes included.
pub(super) fn whole_named(text: &str, lexicon: &Lexicon) -> Option<Named> {
    part_named(&one_line(text), lexicon)
}

/// What one part of a heading names.
fn part_named(part: &str, lexicon: &Lexicon) -> Option<Named> {
    let part =
        part.trim().trim_start_matches(|sign: char| !sign.is_alphabetic()).trim_end_matches(['.', '*']);
    if part.contains(['?', '!']) {
        return None;
    }
    let (base, letters) = bracketed(part);
    if let Some(named) = awarded(&base, letters.as_deref(), lexicon) {
        return Some(named);
    }
    let words = Words::of(&base, lexicon)?;
    let letters_level = letters.as_ref().and_then(|letters| level_of_letters(letters, lexicon));
    // Letters of a level ("A.S.") stand for many names, those of one degree for one.
    let tells = |letters: &str| letters_level.is_none() || lexicon.specific_letters.contains(&fold(letters));
    words
        .program(letters_level)
        .or_else(|| words.certification(letters.is_some()))
        .or_else(|| words.occupation())
        .map(|named| Named { letters: letters.clone().filter(|letters| tells(letters)), ..named })
}

/// The words of a phrase, read with the lexicon.
pub(super) struct Words<'a> {
    text: &'a str,
    pub(super) tokens: Vec<Token>,
    terms: Vec<Term>,
    lexicon: &'a Lexicon,
}

impl<'a> Words<'a> {
    /// The words up to the first that no name goes on with; `None` without any.
    pub(super) fn of(text: &'a str, lexicon: &'a Lexicon) -> Option<Self> {
        let stops = |token: &Token| lexicon.words.stop.contains(&token.word) && !token.all_capitals;
        let mut tokens = tokens(text);
        if tokens.first().is_some_and(|first| matches!(first.word.as_str(), "a" | "an" | "the")) {
            tokens.remove(0);
        }
        let end = tokens
            .iter()
            .position(|token| stops(token) && !lexicon.words.joining.contains(&token.word))
            .unwrap_or(tokens.len());
        tokens.truncate(end);
        while tokens.last().is_some_and(stops) {
            tokens.pop();
        }
        if tokens.is_empty() || tokens.len() > MOST_WORDS || tokens.first().is_some_and(stops) {
            return None;
        }
        let terms = tokens.iter().map(|token| term_id(&stem(&token.word))).collect();
        Some(Self { text, tokens, terms, lexicon })
    }

    pub(super) fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| token.word.as_str())
    }

    pub(super) fn slice(&self, from: usize, to: usize) -> Option<String> {
        let (first, last) = (self.tokens.get(from)?, self.tokens.get(to.checked_sub(1)?)?);
        let text = self.text.get(first.span.start..last.span.end)?;
        // "A.A.S." ends in its dot.
        let dotted = text.rsplit(' ').next().is_some_and(|word| word.contains('.'));
        let dot = dotted && self.text.get(last.span.end..).is_some_and(|rest| rest.starts_with('.'));
        let text = one_line(&format!("{text}{}", if dot { "." } else { "" }));
        (!text.is_empty()).then_some(text)
    }

    pub(super) fn joins(&self, index: usize) -> bool {
        self.lexicon.words.joining.contains(self.word(index))
    }

    /// Whether a word carries meaning; the vague ones do so inside a name, in the company of another.
    pub(super) fn carrying(&self, from: usize, to: usize) -> Vec<Term> {
        let words = self.tokens.iter().zip(&self.terms).skip(from).take(to.saturating_sub(from));
        words
            .filter(|(token, _)| !self.lexicon.words.stop.contains(&token.word) || token.all_capitals)
            .map(|(_, term)| *term)
            .collect()
    }

    /// "Associate of Applied Science in …", "AAS in …", "Certificate in …", "… Diploma", "… (A.S.)".
    fn program(&self, letters_level: Option<usize>) -> Option<Named> {
        let rules = &self.lexicon.lookup;
        let count = self.tokens.len();
        let opening =
            self.lexicon.level_words.at(0, &self.terms).into_iter().next().filter(|_| self.is_level(0));
        let letters = self
            .tokens
            .first()
            .filter(|first| first.all_capitals || first.word.len() > 2)
            .and_then(|first| self.lexicon.level_letters.get(&first.word).copied());
        let opens = opening.map(|found| (found.value, found.words.len())).or(letters.map(|level| (level, 1)));
        let kind_word = |index: usize| rules.programs.contains(self.word(index));
        if let Some((level, mut after)) = opens.or_else(|| kind_word(0).then_some((usize::MAX, 1))) {
            while after < count && kind_word(after) {
                after += 1;
            }
            if self.joins(after) && self.word(after) != "and" && after + 1 < count {
                let (award_end, field) = self.after_level(after, count);
                let end = self.without_tail(count);
                // "Associate of Applied Science" alone is an award and no program.
                return (field < end).then(|| self.made(level, Some(award_end), field, end, 0, end));
            }
        }
        if let Some(level) = letters_level {
            let says = !self.carrying(0, count).is_empty();
            return says.then(|| self.made(level, None, 0, count, 0, count));
        }
        // "… Certificate": the word may be followed by words that say nothing.
        let mut end = count;
        while end > 1 && !kind_word(end - 1) && rules.tails.contains(self.word(end - 1)) {
            end -= 1;
        }
        let mut field_end = end;
        while field_end > 0 && (kind_word(field_end - 1) || self.level_at(field_end - 1).is_some()) {
            field_end -= 1;
        }
        let joined = (0..field_end).any(|index| self.joins(index) && self.word(index) != "and");
        let says = self.tokens.iter().take(field_end).enumerate().any(|(index, token)| {
            let names_level = kind_word(index) || self.is_level(index);
            !names_level && self.lexicon.carries(&token.word)
        });
        let kinded = (field_end..end).any(kind_word);
        if !kinded || field_end == 0 || joined || !says {
            return None;
        }
        let level = (field_end..end).find_map(|index| self.level_at(index)).unwrap_or(usize::MAX);
        Some(self.made(level, None, 0, field_end, 0, end))
    }

    /// Where the award ends and the field begins, behind a level's word: "of Applied Science in X", "of X", "in X".
    fn after_level(&self, joint: usize, count: usize) -> (usize, usize) {
        let inside = (joint..count).find(|index| self.word(*index) == "in");
        if let Some(inside) = inside {
            return (inside, inside + 1);
        }
        // "Associate of Applied Science" names no field.
        let field = (joint + 1..count)
            .find(|index| {
                !self.joins(*index) && !self.lexicon.lookup.awards.contains(singular(self.word(*index)))
            })
            .unwrap_or(count);
        (count, field)
    }

    fn without_tail(&self, count: usize) -> usize {
        let mut end = count;
        while end > 1 && self.lexicon.lookup.tails.contains(self.word(end - 1)) {
            end -= 1;
        }
        end
    }

    pub(super) fn level_at(&self, index: usize) -> Option<usize> {
        self.lexicon
            .level_words
            .at(index, &self.terms)
            .into_iter()
            .find(|found| found.words.len() == 1 && self.is_level(index))
            .map(|found| found.value)
    }

    pub(super) fn is_level(&self, index: usize) -> bool {
        let words: Vec<Term> = self.tokens.iter().map(|token| term_id(&token.word)).collect();
        levels(&self.terms, &words, self.lexicon).iter().any(|(_, at)| *at == index)
    }

    fn made(
        &self,
        level: usize,
        award_end: Option<usize>,
        field: usize,
        field_end: usize,
        from: usize,
        to: usize,
    ) -> Named {
        Named {
            kind: NameKind::Program,
            name: self.slice(from, to).unwrap_or_default(),
            letters: None,
            level: (level != usize::MAX).then_some(level),
            award: award_end.and_then(|end| self.slice(0, end.min(to))),
            field: self.slice(field, field_end),
            core: self.carrying(field, field_end),
        }
    }

    /// "Steel Rigger Qualification", "Certified Boat Builder", "Prudent Rigger (PR)".
    fn certification(&self, has_letters: bool) -> Option<Named> {
        let rules = &self.lexicon.lookup;
        let last = self.tokens.last()?;
        let core = self.carrying(0, self.tokens.len());
        let several = core.len() >= 2 && !self.is_level(0);
        let joined = self.tokens.len().checked_sub(2).is_some_and(|before| self.joins(before));
        let credential = !joined
            && rules.credentials.contains(&last.word)
            && self.tokens.iter().rev().skip(1).any(|token| self.lexicon.carries(&token.word));
        let held = self.tokens.first().is_some_and(|first| rules.holders.contains(&first.word));
        let head = self.head();
        let single =
            |index: usize| self.names_person(index) && singular(self.word(index)) == self.word(index);
        // "Certified Boat Builder - Steel": what follows only narrows it.
        let one = single(head) || held && (0..self.tokens.len()).any(single);
        let titled = self.tokens.iter().all(|token| token.capital || self.joins_word(token));
        // "Rigging Skills Test (RST)": what has letters of its own, one earns by it.
        let examined = has_letters && titled && rules.exams.contains(&last.word);
        // "Specialist in Sail Care (SSC)".
        let narrowed =
            has_letters && titled && head + 1 < self.tokens.len() && rules.jobs.contains(self.word(head));
        (several && (examined || narrowed || credential && titled || one && titled && (held || has_letters)))
            .then(|| Named {
                kind: NameKind::Certification,
                name: self.slice(0, self.tokens.len()).unwrap_or_default(),
                letters: None,
                level: None,
                award: None,
                field: None,
                core,
            })
    }

    fn joins_word(&self, token: &Token) -> bool {
        self.lexicon.words.joining.contains(&token.word)
    }

    /// "Wood and steel boat builders", "Sail workers", "Rigger".
    fn occupation(&self) -> Option<Named> {
        // "Rigger Training" is about riggers; "riggers, sailors" are two, "tin, wood and steel builders" one.
        let count = self.without_tail(self.tokens.len());
        let head = self.head().min(count.saturating_sub(1));
        let core = self.carrying(0, count);
        let listed = self.text.contains(',') && !self.text.contains(" and ");
        (head + 1 == count && count <= MOST_JOB_WORDS && !listed && self.names_person(head)).then(|| Named {
            kind: NameKind::Occupation,
            name: self.slice(0, count).unwrap_or_default(),
            letters: None,
            level: None,
            award: None,
            field: None,
            core,
        })
    }

    /// The word that the others only narrow: the last before "of", "in" …
    fn head(&self) -> usize {
        let joint = (1..self.tokens.len()).find(|index| self.joins(*index) && self.word(*index) != "and");
        joint.unwrap_or(self.tokens.len()).saturating_sub(1)
    }

    fn names_person(&self, index: usize) -> bool {
        let word = self.word(index);
        if self.lexicon.lookup.jobs.contains(singular(word)) {
            return (0..index).any(|before| self.lexicon.carries(self.word(before)));
        }
        // "Certificate and Associate's" are levels, an associate of a trade is not.
        let levels_alone = self.is_level(index)
            && (0..index).all(|before| {
                self.joins(before)
                    || self.is_level(before)
                    || self.lexicon.lookup.programs.contains(singular(self.word(before)))
            });
        person(word, self.lexicon) && self.lexicon.carries(word) && !levels_alone
    }
}

#[cfg(test)]
mod tests {
    use super::{named, whole_named};
    use crate::lexicon::Lexicon;

    #[test]
    fn phrases_name_what_their_words_say() {
        let lexicon = Lexicon::shipped().unwrap();
        let table = [
            (
                "Associate of Applied Science in Boat Building",
                "program Associate of Applied Science in Boat Building [associate] <Boat Building>",
            ),
            (
                "Associate of Applied Science (AAS) in Boat Building",
                "program Associate of Applied Science in Boat Building [associate] <Boat Building>",
            ),
            ("Boat Building (A.S.)", "program Boat Building [associate] <Boat Building>"),
            ("AAS in Boat Building", "program AAS in Boat Building [associate] <Boat Building>"),
            (
                "Certificate in Boat Building",
                "program Certificate in Boat Building [certificate] <Boat Building>",
            ),
            ("Rigging Diploma", "program Rigging Diploma [] <Rigging>"),
            ("Master of Rigging (MR)", "program Master of Rigging [master] <Rigging> MR"),
            (
                "Bachelor of Boat Work Degree Program Information",
                "program Bachelor of Boat Work [bachelor] <Boat Work>",
            ),
            ("Boat Building, A.A.S.", "program Boat Building, A.A.S [associate] <Boat Building>"),
            ("Rigging, Certificate (RIG)", "program Rigging, Certificate [certificate] <Rigging> RIG"),
            ("Boat Builder Training", "occupation Boat Builder [] <>"),
            ("Boat Skills Test (BST)", "certification Boat Skills Test [] <> BST"),
            ("Certificate and Associate's Degree", ""),
            ("Associate of Applied Science", ""),
            ("Degrees", ""),
            ("Boat and Rigging Association", ""),
            ("Office clerks", "occupation Office clerks [] <>"),
            ("Questions and Answers", ""),
            ("Certified Boat Builder (CBB)", "certification Certified Boat Builder [] <> CBB"),
            ("Boat Builder License", "certification Boat Builder License [] <>"),
            ("Prudent Boat Builder (PBB)", "certification Prudent Boat Builder [] <> PBB"),
            ("Boat builders", "occupation Boat builders [] <>"),
            ("Sheet Metal Workers", "occupation Sheet Metal Workers [] <>"),
            ("Quick facts: Boat builders", "occupation Boat builders [] <>"),
            ("Builder and Repairers of Boats", ""),
            ("What does a boat builder do?", ""),
            ("Board of Boat Builders (BBB)", ""),
            ("Salary", ""),
            ("", ""),
        ];
        for (text, expected) in table {
            let found = named(text, &lexicon).map(|named| {
                let level = named.level.and_then(|level| lexicon.levels.get(level));
                format!(
                    "{} {} [{}] <{}> {}",
                    named.kind.label(),
                    named.name,
                    level.map(|level| level.name.as_str()).unwrap_or_default(),
                    named.field.unwrap_or_default(),
                    named.letters.unwrap_or_default()
                )
            });
            assert_eq!(found.unwrap_or_default().trim(), expected, "{text}");
        }
        let whole = whole_named("Certified Boat Builder - Steel (CBB-S)", &lexicon).expect("a name");
        assert_eq!(
            (whole.name.as_str(), whole.letters.as_deref()),
            ("Certified Boat Builder - Steel", Some("CBB-S"))
        );
    }
}
