//! A compact picture of a document, for expected texts.

use registrar::corpus::{BlockKind, Document, Part, PassageKind, RawFile, check, parse};
use registrar::lexicon::text_rules::TextRules;

/// How a file of that name and text is understood; every invariant is checked on the way.
pub fn dump(path: &str, text: &str) -> String {
    let file = RawFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    let (document, problems) = parse(&file, &TextRules::shipped());
    let mut out = String::new();
    if let Some(document) = document {
        check(&document).expect("the invariants hold");
        out.push_str(&picture(&document));
    }
    for problem in problems {
        let line = problem.line.map_or_else(String::new, |line| format!("{line}: "));
        out.push_str(&format!(
            "! {line}{}{}\n",
            problem.message,
            if problem.skipped { " (skipped)" } else { "" }
        ));
    }
    out
}

/// Title, sections, blocks and passages, one a line; `@` is followed by lines.
pub fn picture(document: &Document) -> String {
    let mut out = format!("= {}\n", document.title);
    let facts = [
        ("source", &document.source),
        ("url", &document.url),
        ("date", &document.date),
        ("kind", &document.kind),
        ("level", &document.level),
        ("field", &document.field),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            out.push_str(&format!("  {name}: {value}\n"));
        }
    }
    // A section without text of its own is shown where it stands among the others.
    let mut shown = 1;
    for block in &document.blocks {
        while shown <= block.section {
            out.push_str(&format!("# {}\n", document.breadcrumb(shown)[1..].join(" › ")));
            shown += 1;
        }
        let lead =
            block.lead.as_ref().map_or_else(String::new, |lead| format!(" ← {}", flat(document.slice(lead))));
        let kind = match block.kind {
            BlockKind::Paragraph => "p",
            BlockKind::List => "list",
            BlockKind::KeyValue => "keys",
            BlockKind::Table => "table",
            BlockKind::QuestionAnswer => "answer",
        };
        out.push_str(&format!(" {kind}{lead}\n"));
        for passage in &document.passages[block.passages.clone()] {
            let (first, last) = passage.lines;
            let at = if first == last { format!("@{first}") } else { format!("@{first}-{last}") };
            let words = match passage.kind {
                PassageKind::List => format!("[{}]", passage.parts.len()),
                PassageKind::Sentence => flat(document.slice(&passage.span)),
                _ if passage.parts.is_empty() => flat(document.slice(&passage.span)),
                _ => passage.parts.iter().map(|part| cell(document, part)).collect::<Vec<_>>().join(" | "),
            };
            let sign = match passage.kind {
                PassageKind::Sentence => "",
                PassageKind::List => "all ",
                PassageKind::Item => "- ",
                PassageKind::KeyValue => "k ",
                PassageKind::Row => "r ",
            };
            out.push_str(&format!("  {sign}{words} {at}\n"));
        }
    }
    while shown < document.sections.len() {
        out.push_str(&format!("# {}\n", document.breadcrumb(shown)[1..].join(" › ")));
        shown += 1;
    }
    out
}

fn cell(document: &Document, part: &Part) -> String {
    let value = flat(document.slice(&part.value));
    part.label.as_ref().map_or(value.clone(), |label| format!("{}={value}", flat(document.slice(label))))
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
