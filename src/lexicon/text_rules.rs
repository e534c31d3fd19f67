//! The rules by which raw text is read, as data: abbreviations, lead-ins, keys, boilerplate (`config/lexicon/text.toml`).
//! It only holds and validates them; `text::sentences` and `corpus` apply them.

use serde::Deserialize;

use crate::text::quick::HashSet;
use crate::text::sentences::Abbreviations;

/// What a reader of raw text knows about English pages, in lower case unless said otherwise.
#[derive(Debug, Clone, Default)]
pub struct TextRules {
    /// What does not end a sentence.
    pub abbreviations: Abbreviations,
    /// Words or phrases by which a sentence introduces a list.
    pub lead_words: Vec<String>,
    /// Words or phrases that do so at the end of a sentence.
    pub lead_endings: Vec<String>,
    /// Words that no line ends with unless the next one goes on.
    pub dangling: HashSet<String>,
    /// Words that show that what stands before a colon is a sentence, not a key.
    pub not_in_key: HashSet<String>,
    /// Keys whose value names the source of the page.
    pub source_keys: HashSet<String>,
    /// Keys whose value is the address of the page.
    pub url_keys: HashSet<String>,
    /// Keys whose value is the date of the page.
    pub date_keys: HashSet<String>,
    /// Keys whose value is the title of the page.
    pub title_keys: HashSet<String>,
    /// Words of file names that tell nothing about the text.
    pub plain_names: HashSet<String>,
    /// What stands between letters and what they stand for.
    pub spelled_by: Vec<String>,
    /// What stands before the colon of a question.
    pub question_marks: HashSet<String>,
    /// What stands before the colon of an answer.
    pub answer_marks: HashSet<String>,
    /// Words that alone answer a question.
    pub polar_words: HashSet<String>,
    /// Words of keys whose values are told on the next line.
    pub fact_words: HashSet<String>,
    /// Words that name a part of a page.
    pub heading_words: HashSet<String>,
    /// Words of headings that tell what an award above them teaches or asks for.
    pub taught_words: HashSet<String>,
    /// Words that a name has in small letters.
    pub small_words: HashSet<String>,
    /// Words of schools' names.
    pub school_words: HashSet<String>,
    /// Words of a part of a school ("Department of …").
    pub division_words: HashSet<String>,
    /// Words of what kind of paper a text is ("Fact sheet").
    pub cover_words: HashSet<String>,
    /// Lines that say which the lines below them are ("Pros").
    pub side_words: HashSet<String>,
    /// Words of what a school awards.
    pub award_words: HashSet<String>,
    /// Words that count the parts of a whole text, before a number.
    pub part_words: HashSet<String>,
    /// Words that count steps or areas inside a part.
    pub step_words: HashSet<String>,
    /// Words that, in small letters, make a line a sentence and not a heading.
    pub sentence_words: HashSet<String>,
    /// First words of headings that may hold them all the same.
    pub question_words: HashSet<String>,
    /// Words before such a word that make it a part of a heading ("Words you will hear").
    pub relative_words: HashSet<String>,
    /// Whole lines that are not content.
    pub dropped_lines: HashSet<String>,
    /// Beginnings of short lines that are not content.
    pub dropped_starts: Vec<String>,
    /// What a line that is not content holds.
    pub dropped_parts: Vec<String>,
    /// Lines at the foot of a page below which nothing but links stands.
    pub related_lines: HashSet<String>,
    /// What stands above a list of the headings of a text.
    pub contents_lines: HashSet<String>,
    /// Words of menus.
    pub menu_words: HashSet<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RulesFile {
    abbreviations: AbbreviationLists,
    lead_in: LeadIn,
    key_values: KeyValues,
    definitions: Definitions,
    files: Files,
    questions: Questions,
    headings: Headings,
    boilerplate: Boilerplate,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct AbbreviationLists {
    never_end: Vec<String>,
    before_number: Vec<String>,
    may_end: Vec<String>,
    starters: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct LeadIn {
    words: Vec<String>,
    endings: Vec<String>,
    dangling: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Files {
    plain_names: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct KeyValues {
    not_in_key: Vec<String>,
    source: Vec<String>,
    url: Vec<String>,
    date: Vec<String>,
    title: Vec<String>,
    fact_words: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Definitions {
    spelled_by: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Questions {
    question: Vec<String>,
    answer: Vec<String>,
    polar: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Headings {
    words: Vec<String>,
    taught: Vec<String>,
    small: Vec<String>,
    schools: Vec<String>,
    divisions: Vec<String>,
    covers: Vec<String>,
    sides: Vec<String>,
    awards: Vec<String>,
    parts: Vec<String>,
    steps: Vec<String>,
    sentence_words: Vec<String>,
    question_words: Vec<String>,
    relative_words: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Boilerplate {
    lines: Vec<String>,
    starts: Vec<String>,
    contains: Vec<String>,
    related: Vec<String>,
    contents: Vec<String>,
    menu: Vec<String>,
}

impl TextRules {
    /// The rules that are compiled in.
    pub fn shipped() -> Self {
        // A test holds that the shipped file parses, so the default never stands in for it.
        Self::parse(include_str!("../../config/lexicon/text.toml")).unwrap_or_default()
    }

    /// Reads one rules file; the error names line and column.
    pub fn parse(file: &str) -> Result<Self, toml::de::Error> {
        let file: RulesFile = toml::from_str(file)?;
        let lists = file.abbreviations;
        Ok(Self {
            abbreviations: Abbreviations::new(
                lists.never_end,
                lists.before_number,
                lists.may_end,
                lists.starters,
            ),
            lead_words: folded(file.lead_in.words),
            lead_endings: folded(file.lead_in.endings),
            dangling: folded(file.lead_in.dangling),
            not_in_key: folded(file.key_values.not_in_key),
            source_keys: folded(file.key_values.source),
            url_keys: folded(file.key_values.url),
            date_keys: folded(file.key_values.date),
            title_keys: folded(file.key_values.title),
            spelled_by: file.definitions.spelled_by,
            plain_names: folded(file.files.plain_names),
            question_marks: folded(file.questions.question),
            answer_marks: folded(file.questions.answer),
            polar_words: folded(file.questions.polar),
            fact_words: folded(file.key_values.fact_words),
            heading_words: folded(file.headings.words),
            taught_words: folded(file.headings.taught),
            small_words: folded(file.headings.small),
            school_words: folded(file.headings.schools),
            division_words: folded(file.headings.divisions),
            cover_words: folded(file.headings.covers),
            side_words: folded(file.headings.sides),
            award_words: folded(file.headings.awards),
            part_words: folded(file.headings.parts),
            step_words: folded(file.headings.steps),
            sentence_words: folded(file.headings.sentence_words),
            question_words: folded(file.headings.question_words),
            relative_words: folded(file.headings.relative_words),
            dropped_lines: folded(file.boilerplate.lines),
            dropped_starts: folded(file.boilerplate.starts),
            dropped_parts: folded(file.boilerplate.contains),
            contents_lines: folded(file.boilerplate.contents),
            related_lines: folded(file.boilerplate.related),
            menu_words: folded(file.boilerplate.menu),
        })
    }

    /// Adds all that another file says.
    pub fn merge(&mut self, other: Self) {
        self.abbreviations.merge(other.abbreviations);
        self.lead_words.extend(other.lead_words);
        self.lead_endings.extend(other.lead_endings);
        self.dangling.extend(other.dangling);
        self.not_in_key.extend(other.not_in_key);
        self.source_keys.extend(other.source_keys);
        self.url_keys.extend(other.url_keys);
        self.date_keys.extend(other.date_keys);
        self.title_keys.extend(other.title_keys);
        self.spelled_by.extend(other.spelled_by);
        self.plain_names.extend(other.plain_names);
        self.question_marks.extend(other.question_marks);
        self.answer_marks.extend(other.answer_marks);
        self.polar_words.extend(other.polar_words);
        self.fact_words.extend(other.fact_words);
        self.heading_words.extend(other.heading_words);
        self.taught_words.extend(other.taught_words);
        self.small_words.extend(other.small_words);
        self.school_words.extend(other.school_words);
        self.division_words.extend(other.division_words);
        self.cover_words.extend(other.cover_words);
        self.side_words.extend(other.side_words);
        self.award_words.extend(other.award_words);
        self.part_words.extend(other.part_words);
        self.step_words.extend(other.step_words);
        self.sentence_words.extend(other.sentence_words);
        self.question_words.extend(other.question_words);
        self.relative_words.extend(other.relative_words);
        self.dropped_lines.extend(other.dropped_lines);
        self.dropped_starts.extend(other.dropped_starts);
        self.dropped_parts.extend(other.dropped_parts);
        self.related_lines.extend(other.related_lines);
        self.contents_lines.extend(other.contents_lines);
        self.menu_words.extend(other.menu_words);
    }
}

fn folded<C: FromIterator<String>>(entries: Vec<String>) -> C {
    // An empty entry would match every line.
    entries.into_iter().map(|entry| entry.to_lowercase()).filter(|entry| !entry.trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_parses() {
        let rules =
            TextRules::parse(include_str!("../../config/lexicon/text.toml")).expect("text.toml parses");
        assert!(rules.lead_words.contains(&"as follows".to_owned()));
        assert!(rules.menu_words.contains("contact us"));
    }

    #[test]
    fn another_file_adds_to_it() {
        let mut rules = TextRules::shipped();
        rules.merge(TextRules::parse("[boilerplate]\nlines = [\"Buy Now\", \"\"]").expect("parses"));
        assert!(rules.dropped_lines.contains("buy now"));
        assert!(!rules.dropped_lines.contains(""));
        assert!(rules.dropped_lines.contains("back to top"));
    }

    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let error = TextRules::parse("[boilerplate]\nline = []").expect_err("refused").to_string();
        assert!(error.contains("line 2") && error.contains("unknown field `line`"), "{error}");
    }
}
