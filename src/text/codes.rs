//! The letters and the number by which a course is called: "ABC 101". What stands around them is not looked at here.

/// Two to five capitals.
pub fn is_code_letters(word: &str) -> bool {
    (2..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Two to four digits.
pub fn is_code_number(word: &str) -> bool {
    (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The pieces of a line among which the letters and the number of a code are the first two.
pub fn code_pieces(words: &str) -> impl Iterator<Item = &str> {
    words.split(|c: char| c.is_whitespace() || c == '-').filter(|piece| !piece.is_empty())
}

/// Whether a line begins with the letters and the number of a course and goes on with its name.
pub fn begins_with_code(words: &str) -> bool {
    let mut pieces = code_pieces(words);
    let (Some(letters), Some(number), Some(_)) = (pieces.next(), pieces.next(), pieces.next()) else {
        return false;
    };
    let digits = number.trim_end_matches(|c: char| c.is_ascii_uppercase() || matches!(c, ':' | '.'));
    is_code_letters(letters) && is_code_number(digits)
}
