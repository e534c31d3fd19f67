//! Bytes of all kinds: what is read, on which lines, and what is refused with which words.

use registrar::corpus::{RawFile, check, parse};
use registrar::lexicon::text_rules::TextRules;

/// The line of the passage that holds "here", or the message of the refusal.
fn outcome(bytes: &[u8]) -> String {
    let file = RawFile { path: "a.txt".to_owned(), bytes: bytes.to_vec() };
    let (document, problems) = parse(&file, &TextRules::shipped());
    match document {
        Some(document) => {
            check(&document).expect("the invariants hold");
            let passage =
                document.passages.iter().find(|passage| document.slice(&passage.span).contains("here"));
            passage.map_or_else(|| "not found".to_owned(), |passage| format!("line {}", passage.lines.0))
        }
        None => {
            let problem = problems.first().expect("a reason");
            assert!(problem.skipped && problem.path == "a.txt");
            let line = problem.line.map_or_else(String::new, |line| format!("line {line}: "));
            format!("{line}{}", problem.message)
        }
    }
}

#[test]
fn encodings_and_line_ends() {
    let utf16 = |text: &str, mark: bool, little: bool| -> Vec<u8> {
        let units = text.encode_utf16();
        let bytes = units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() });
        let start: &[u8] = if !mark {
            b""
        } else if little {
            b"\xff\xfe"
        } else {
            b"\xfe\xff"
        };
        start.iter().copied().chain(bytes).collect()
    };
    let utf16_marked = "The text is UTF-16. Save the file as UTF-8.";
    let utf16_bare =
        "The text seems to be UTF-16 or binary (every other byte is zero). Save the file as UTF-8.";
    let blank = "The file holds only white space. Put text in it, or remove it.";
    let empty = "The file is empty. Put text in it, or remove it.";
    let furniture =
        "No text was found in it besides headings and page furniture. Put text in it, or remove it.";
    let table: Vec<(Vec<u8>, &str)> = vec![
        (b"Title\n\nIt is here.".to_vec(), "line 3"),
        (b"Title\n\nIt is here.\n".to_vec(), "line 3"),
        (b"Title\r\n\r\nIt is here.\r\n".to_vec(), "line 3"),
        (b"Title\r\rIt is here.\r".to_vec(), "line 3"),
        (b"Title\r\n\n\rIt is here.".to_vec(), "line 4"),
        (b"Title\n\r\nIt is here.".to_vec(), "line 3"),
        (b"Title\n\n\xc2\xa0\nIt is here.".to_vec(), "line 4"),
        (b"\xef\xbb\xbfTitle\n\nIt is here.".to_vec(), "line 3"),
        (b"\xef\xbb\xbf\n\nTitle\n\nIt is here.".to_vec(), "line 5"),
        (b"\xef\xbb\xbf+++\ntitle = \"T\"\n+++\nIt is here.".to_vec(), "line 4"),
        (b"+++\r\ntitle = \"T\"\r\n+++\r\nIt is here.".to_vec(), "line 4"),
        ("Title\n\nOne\u{2028}line. It is here.".as_bytes().to_vec(), "line 3"),
        ("Title\n\nOne\u{85}line. It is here.".as_bytes().to_vec(), "line 3"),
        ("Title\n\u{c}\nIt is here.".as_bytes().to_vec(), "line 3"),
        ("Title\n\n\u{202e}It is here.".as_bytes().to_vec(), "line 3"),
        ("Title\n\nZ\u{351}\u{352}algo is here.".as_bytes().to_vec(), "line 3"),
        (b"It is here.".to_vec(), "line 1"),
        (b"\n\n\n\nIt is here.".to_vec(), "line 5"),
        (b"".to_vec(), empty),
        (b"\n \t\r\n".to_vec(), blank),
        (b"\xef\xbb\xbf".to_vec(), blank),
        ("\u{feff}\u{a0}\u{200b}".as_bytes().to_vec(), blank),
        (b"Back to top\n\nShare this page\n".to_vec(), furniture),
        (utf16("Title\n\nIt is here.", true, true), utf16_marked),
        (utf16("Title\n\nIt is here.", true, false), utf16_marked),
        (utf16("Title\n\nIt is here.", false, true), utf16_bare),
        (utf16("Title\n\nIt is here.", false, false), utf16_bare),
        (
            b"Title\n\nThe caf\xe9 is here.".to_vec(),
            "line 3: The text is not UTF-8: byte 14 is 0xE9, as in Latin-1 or Windows-1252. Save the file as UTF-8.",
        ),
        (
            b"Title\r\rThe \x93caf\xe9\x94 is here.".to_vec(),
            "line 3: The text is not UTF-8: byte 11 is 0x93, as in Latin-1 or Windows-1252. Save the file as UTF-8.",
        ),
        (
            b"Title\n\nCut off \xe2\x82".to_vec(),
            "line 3: The text is not UTF-8: byte 15 is 0xE2, as in Latin-1 or Windows-1252. Save the file as UTF-8.",
        ),
        (
            b"A title\n\nIt is\0 here, and it is a long enough text.".to_vec(),
            "line 3: A zero byte stands at byte 14: this is not plain text. Remove it, or save the text anew as UTF-8.",
        ),
        (
            b"%PDF-1.7\nhere".to_vec(),
            "This is a PDF document, not a text. Save its text as a .txt or .md file.",
        ),
        (
            b"\x7fELF\x02\x01".to_vec(),
            "This is a program (ELF), not a text. Save its text as a .txt or .md file.",
        ),
        (
            b"\x89PNG\r\n\x1a\n".to_vec(),
            "This is a PNG picture, not a text. Save its text as a .txt or .md file.",
        ),
        (
            b"PK\x03\x04word".to_vec(),
            "This is a ZIP archive or an Office document, not a text. Save its text as a .txt or .md file.",
        ),
        (
            b"\x01\x02\x03\x04a\x05\x06".to_vec(),
            "The file holds mostly control characters: this is not plain text. Save its text as UTF-8.",
        ),
    ];
    for (bytes, expected) in table {
        assert_eq!(outcome(&bytes), expected, "{:?}", String::from_utf8_lossy(&bytes));
    }
}
