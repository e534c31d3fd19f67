//! From bytes to text, or to the reason why not and what to do: UTF-8 with or without a byte order mark is read,
//! anything else is refused by name. It never guesses an encoding.

/// Why bytes are not a text that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// Line from 1, when there is one.
    pub(super) line: Option<u32>,
    /// What is wrong and what to do.
    pub(super) message: String,
}

/// Beginnings of files that are no text.
const MAGIC: [(&[u8], &str); 30] = [
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"RIFF", "a picture or a sound (RIFF)"),
    (b"%PDF-", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program (ELF)"),
    (b"MZ\x90", "a program (Windows)"),
    (b"\xca\xfe\xba\xbe", "a program (Java or macOS)"),
    (b"\xcf\xfa\xed\xfe", "a program (macOS)"),
    (b"\x00asm", "a WebAssembly module"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"OggS", "a sound (Ogg)"),
    (b"ID3", "a sound (MP3)"),
    (b"fLaC", "a sound (FLAC)"),
    (b"wOFF", "a font"),
    (b"bplist00", "a binary property list"),
];

/// The text of a file, its byte order mark included.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Refusal> {
    let refuse = |message: String| Err(Refusal { line: None, message });
    if bytes.is_empty() {
        return refuse("The file is empty. Put text in it, or remove it.".to_owned());
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return refuse("The text is UTF-16. Save the file as UTF-8.".to_owned());
    }
    if let Some((_, name)) =
        MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic) && !is_word(magic, bytes))
    {
        return refuse(format!("This is {name}, not a text. Save its text as a .txt or .md file."));
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let zeros = bytes.iter().take(512).filter(|byte| **byte == 0).count();
        if zeros * 3 > bytes.len().min(512) {
            return refuse(
                "The text seems to be UTF-16 or binary (every other byte is zero). Save the file as UTF-8."
                    .to_owned(),
            );
        }
        let message = format!(
            "A zero byte stands at byte {at}: this is not plain text. Remove it, or save the text anew as UTF-8."
        );
        return Err(Refusal { line: Some(line(bytes, at)), message });
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let message = format!(
                "The text is not UTF-8: byte {at} is 0x{:02X}, as in Latin-1 or Windows-1252. Save the file as UTF-8.",
                bytes.get(at).copied().unwrap_or_default()
            );
            return Err(Refusal { line: Some(line(bytes, at)), message });
        }
    };
    if !text.chars().any(|c| !c.is_whitespace() && !matches!(c, '\u{feff}' | '\u{200b}')) {
        return refuse("The file holds only white space. Put text in it, or remove it.".to_owned());
    }
    let controls = text.chars().take(4096).filter(|c| c.is_control() && !c.is_whitespace()).count();
    if controls * 10 > text.len().min(4096) {
        return refuse(
            "The file holds mostly control characters: this is not plain text. Save its text as UTF-8."
                .to_owned(),
        );
    }
    Ok(text)
}

/// Whether a beginning made of letters is only the beginning of a word ("ID3" of "ID3 Tags", "RIFF" of "RIFFLES").
fn is_word(magic: &[u8], bytes: &[u8]) -> bool {
    magic.iter().all(u8::is_ascii_alphanumeric) && std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0)
}

fn line(bytes: &[u8], at: usize) -> u32 {
    let before = bytes.get(..at).unwrap_or_default();
    let mut line = 1_u32;
    for (index, byte) in before.iter().enumerate() {
        // CRLF counts once, at its LF.
        if *byte == b'\n' || (*byte == b'\r' && bytes.get(index + 1) != Some(&b'\n')) {
            line = line.saturating_add(1);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_encodings_are_refused_with_their_place() {
        let latin = decode(b"one\r\ntwo\rcaf\xe9").expect_err("refused");
        assert_eq!(latin.line, Some(3));
        assert_eq!(
            latin.message,
            "The text is not UTF-8: byte 12 is 0xE9, as in Latin-1 or Windows-1252. Save the file as UTF-8."
        );
        assert_eq!(decode(b"a\nb\0c").expect_err("refused").line, Some(2));
        for bytes in [b"\xff\xfea\0".as_slice(), b"a\0b\0c\0d\0", b"\0a\0b"] {
            assert!(decode(bytes).expect_err("refused").message.contains("UTF-16"), "{bytes:?}");
        }
    }

    #[test]
    fn files_that_are_no_text_are_named() {
        for (magic, name) in MAGIC {
            let mut bytes = magic.to_vec();
            bytes.extend([0xde, 0xad, 0, 1, 2]);
            assert!(decode(&bytes).expect_err("refused").message.contains(name), "{name}");
        }
        assert!(decode(b"ID3 is a tag format.").is_ok());
    }

    #[test]
    fn nothing_is_not_a_text() {
        for bytes in [b"".as_slice(), b" \n\t\r\n", "\u{feff}".as_bytes(), "\u{feff}\u{a0}\n".as_bytes()] {
            assert!(decode(bytes).is_err(), "{bytes:?}");
        }
        assert!(decode("\u{feff}text".as_bytes()).is_ok());
    }
}
