//! Single words of names: plurals, people by what they do, levels of education.

use crate::lexicon::Lexicon;
use crate::text::{Term, stem, term_id, tokens};

/// A word without a plural's s.
pub(super) fn singular(word: &str) -> &str {
    word.strip_suffix('s').filter(|rest| rest.len() > 2 && !rest.ends_with('s')).unwrap_or(word)
}

/// Whether a folded word names a person by what they do.
pub(super) fn person(word: &str, lexicon: &Lexicon) -> bool {
    let rules = &lexicon.lookup;
    // An ending that is a word by itself ("clerks") is one, too.
    let whole = || word.len() > 3 && lexicon.words.person_endings.iter().any(|ending| ending == word);
    let further =
        || rules.job_endings.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending));
    // Some words are told apart by their plural alone: an assistant may be an adjective, assistants are people.
    let several = || !word.ends_with('s') && lexicon.names_person(&format!("{word}s"));
    let never = rules.not_jobs.contains(word) || rules.not_jobs.contains(&format!("{word}s"));
    !never && (lexicon.names_person(word) || several() || whole() || further())
}

/// Whether a literal word ends like a person's and names none: a semester, a shelter, a student of the program itself.
pub(super) fn no_person(word: Term, lexicon: &Lexicon) -> bool {
    let rules = &lexicon.lookup;
    let mut words = rules.not_jobs.iter().chain(&rules.learners).chain(&lexicon.units.duration_words);
    words.any(|known| term_id(known) == word)
}

/// The levels of education that a text names, each with the place of its first word. A stem alone is not enough: an
/// association is no associate.
pub(super) fn levels(terms: &[Term], words: &[Term], lexicon: &Lexicon) -> Vec<(usize, usize)> {
    let found = lexicon.level_words.find(terms).into_iter();
    found
        .filter_map(|found| {
            let at = found.words.first().copied()?;
            let name = lexicon.levels.get(found.value).map(|level| level.name.as_str())?;
            let word = words.get(at).copied()?;
            let literal = word == term_id(name) || word == term_id(&format!("{name}s"));
            (literal || terms.get(at).is_none_or(|term| *term != term_id(&stem(name))))
                .then_some((found.value, at))
        })
        .collect()
}

/// A phrase without what stands in brackets, and the letters in the first of them.
pub(super) fn bracketed(part: &str) -> (String, Option<String>) {
    let Some((before, rest)) = part.split_once('(') else { return (part.to_owned(), None) };
    let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
    let letters = inside.trim();
    let capitals = letters.chars().filter(|sign| sign.is_uppercase()).count();
    let short = capitals >= 2 && letters.chars().count() <= 12 && !letters.contains(' ');
    // "Associate of Applied Science (AAS) in Welding" goes on behind them.
    let base = format!("{} {}", before.trim(), after.trim());
    (base.trim().to_owned(), short.then(|| letters.to_owned()))
}

/// The level of education that letters like "A.A.S." stand for.
pub(super) fn level_of_letters(letters: &str, lexicon: &Lexicon) -> Option<usize> {
    let folded = tokens(letters);
    let [token] = folded.as_slice() else { return None };
    lexicon.level_letters.get(&token.word).copied()
}

#[cfg(test)]
mod tests {
    use super::{person, singular};
    use crate::lexicon::Lexicon;

    #[test]
    fn people_are_told_by_their_endings() {
        let lexicon = Lexicon::shipped().unwrap();
        for word in ["builders", "builder", "clerks", "nurses", "analysts", "assistant"] {
            assert!(person(word, &lexicon), "{word}");
        }
        for word in ["answers", "chamber", "paper", "lists", "career", "boat"] {
            assert!(!person(word, &lexicon), "{word}");
        }
        assert_eq!((singular("builders"), singular("glass"), singular("gas")), ("builder", "glass", "gas"));
    }
}
