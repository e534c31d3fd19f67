//! Pages that open with what says nothing of them: the name of a site, its motto, its menu. The name of the page is the line below that
//! says what the file is called, or where the file's name says nothing, what the text speaks of.

use super::super::builder::Builder;
use super::super::shapes;
use super::banner::{LINES, alike, file_words, has_word, words_said};
use super::units::{Shape, Unit};

/// Among how many units the name of a page is looked for …
const HEAD: usize = 8;
/// … and where it says all of what the file is called, below a long menu.
const LONG_HEAD: usize = 40;

/// So often a word of a page's name stands in its text, its own place among them.
const OFTEN: usize = 3;

/// Among fewer words hardly any return.
const TEXT: usize = 200;

/// At which unit that name stands.
pub(super) fn name_below(
    builder: &Builder<'_>,
    units: &[Unit],
    line: &dyn Fn(&Unit) -> bool,
) -> Option<usize> {
    let rules = builder.rules;
    let covers = |word: &String| rules.cover_words.iter().any(|cover| alike(cover, word));
    let file: Vec<String> = file_words(builder).into_iter().filter(|word| !covers(word)).collect();
    let unnamed = file.is_empty();
    let text = if unnamed { builder.text.to_lowercase() } else { String::new() };
    // Of a short text it says nothing that some words return.
    if unnamed && text.split_whitespace().take(TEXT).count() < TEXT {
        return None;
    }
    let said = |unit: &Unit| match unnamed {
        true => words_returning(builder, unit, &text),
        false => words_said(builder, unit, &file),
    };
    // Nor does it of a long line.
    let told_by_text = |unit: &Unit| is_brief(builder, unit) && !has_word(builder, unit, &rules.award_words);
    let first = units
        .first()
        .filter(|first| !unnamed || told_by_text(first))
        .filter(|first| said(first) == 0 && shapes::is_heading_like(builder.slice(&first.span), rules))?;
    // A school's departments, and the parts of what it tells, stand below its name as well.
    let school = unnamed && has_word(builder, first, &rules.school_words);
    let division = |unit: &Unit| school && has_word(builder, unit, &rules.division_words);
    let most = if school { LINES } else { HEAD };
    let head = units.iter().enumerate().take(LONG_HEAD).skip(1).take_while(|(_, unit)| !tells(builder, unit));
    let names = |unit: &Unit| line(unit) && !is_part(builder, unit) && !division(unit);
    let whole = |unit: &Unit| file.len() >= 2 && said(unit) == file.len();
    head.filter(|(at, unit)| names(unit) && (*at < most || whole(unit)))
        .max_by_key(|(at, unit)| (said(unit), LONG_HEAD - at))
        .filter(|(_, unit)| said(unit) * 2 >= file.len() && said(unit) >= file.len().clamp(1, 2))
        .map(|(at, _)| at)
}

/// A few words, as a site is called.
fn is_brief(builder: &Builder<'_>, unit: &Unit) -> bool {
    /// More words are a sentence or a title.
    const WORDS: usize = 7;
    builder.slice(&unit.span).split_whitespace().count() <= WORDS
}

/// A text or a fact, which stands below the name already.
fn tells(builder: &Builder<'_>, unit: &Unit) -> bool {
    /// A motto has no more words.
    const MOTTO: usize = 12;
    let words = builder.slice(&unit.span);
    match unit.shape {
        Shape::Text => unit.lines > 1 || words.ends_with('.') && words.split_whitespace().count() > MOTTO,
        Shape::KeyValue(..) | Shape::Row(_) => words.contains(|c: char| c.is_ascii_digit()),
        Shape::Bullet(..) => false,
        _ => true,
    }
}

/// "2 Steps", "B. Fees": one of several parts.
fn is_part(builder: &Builder<'_>, unit: &Unit) -> bool {
    let words = builder.slice(&unit.span);
    let first = words.split_whitespace().next().unwrap_or_default();
    let counts = first.trim_end_matches(['.', ')']);
    let number = counts.len() <= 2 && counts.bytes().all(|byte| byte.is_ascii_digit());
    number || counts.len() == 1 && counts.len() < first.len()
}

/// How many of its longer words stand elsewhere in a text, given in small letters: a page speaks of what it is called.
fn words_returning(builder: &Builder<'_>, unit: &Unit, text: &str) -> usize {
    /// Shorter words return in any text.
    const LONG: usize = 5;
    let words = builder.slice(&unit.span).to_lowercase();
    let long = words.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= LONG);
    let told = long.filter(|word| !builder.rules.cover_words.contains(*word));
    told.filter(|word| text.matches(word.trim_end_matches('s')).take(OFTEN).count() == OFTEN).count()
}
