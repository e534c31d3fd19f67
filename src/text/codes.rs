//! The letters and the number by which a course is called: "ABC 101". What stands around them is not looked at here.

/// Two to five capitals.
pub fn is_code_letters(word: &str) -> bool {
    (2..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Two to four digits.
pub fn is_code_number(word: &str) -> bool {
    (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}
