//! What a document is called when nothing in it is its title: the name of its file, or else its first words.

use super::builder::Builder;
use super::model::BlockKind;

/// A title made of a first sentence is at most this many characters.
const MAX_TITLE_CHARS: usize = 90;

/// Names a document that has no title of its own.
pub(super) fn fall_back(builder: &mut Builder<'_>) {
    let title = from_path(builder).or_else(|| from_text(builder)).unwrap_or_else(|| "Untitled".to_owned());
    builder.title(&title, 0..0);
}

/// `health/medical-records.txt` → `Medical records`; nothing for names such as `page-12.txt`.
fn from_path(builder: &Builder<'_>) -> Option<String> {
    let stem = builder.document.file_stem();
    let words: Vec<&str> =
        stem.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let telling = |word: &&str| {
        let folded = word.to_lowercase();
        let bare = folded.trim_end_matches(|c: char| c.is_ascii_digit());
        bare.chars().count() >= 4
            && bare.chars().all(char::is_alphabetic)
            && !builder.rules.plain_names.contains(bare)
    };
    words.iter().any(telling).then(|| capitalised(&words.join(" ")))
}

/// The first words of the first passage, or the question that it answers.
fn from_text(builder: &Builder<'_>) -> Option<String> {
    let first = builder.document.passages.first()?;
    let question = builder.document.blocks.first().filter(|block| block.kind == BlockKind::QuestionAnswer);
    let span = question.and_then(|block| block.lead.as_ref()).unwrap_or(&first.span);
    let words: Vec<&str> = builder.slice(span).split_whitespace().collect();
    let whole = words.join(" ");
    if whole.chars().count() <= MAX_TITLE_CHARS {
        return Some(capitalised(whole.trim_end_matches([':', '.', ' ']))).filter(|title| !title.is_empty());
    }
    let mut title = String::new();
    for word in words {
        if title.chars().count() + word.chars().count() >= MAX_TITLE_CHARS {
            break;
        }
        title.push_str(word);
        title.push(' ');
    }
    let title = title.trim_end();
    (!title.is_empty()).then(|| format!("{}…", capitalised(title)))
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
