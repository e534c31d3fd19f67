//! The bot's token: from the environment or from a file that only its owner can read, and never shown. It is not
//! checked against Discord here.

use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use super::{ConfigError, Environment};

/// A token and where it comes from; `Debug` does not show it.
#[derive(Debug, Clone)]
pub struct Token {
    /// The token, without the `Bot ` prefix.
    pub secret: SecretString,
    /// Where it comes from, for people.
    pub origin: String,
}

/// No token is nearly as long; a longer file is another file.
const LONGEST: u64 = 4096;

/// The token that the environment gives or names; `None` when it does neither.
pub(super) fn read(environment: &Environment) -> Result<Option<Token>, ConfigError> {
    match (&environment.token, &environment.token_file) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) => Err(ConfigError(
            "DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set. Unset one of them, so that it is clear which token is \
             used."
                .to_owned(),
        )),
        (Some(token), None) => clean(token.expose_secret(), "DISCORD_TOKEN".to_owned()).map(Some),
        (None, Some(path)) => from_file(path).map(Some),
    }
}

fn from_file(path: &Path) -> Result<Token, ConfigError> {
    let file = path.display();
    let unreadable = |error: std::io::Error| {
        ConfigError(format!(
            "The token file {file} cannot be read: {error}. Put the token into it, or name another file in \
             DISCORD_TOKEN_FILE."
        ))
    };
    let metadata = path.metadata().map_err(unreadable)?;
    if !metadata.is_file() || metadata.len() > LONGEST {
        return Err(ConfigError(format!(
            "The token file {file} is not a small file with one line. Put the token into it and nothing else."
        )));
    }
    only_for_its_owner(path, &metadata)?;
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    clean(&text, format!("the file {file}"))
}

#[cfg(unix)]
fn only_for_its_owner(path: &Path, metadata: &std::fs::Metadata) -> Result<(), ConfigError> {
    use std::os::unix::fs::PermissionsExt;

    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let file = path.display();
    Err(ConfigError(format!(
        "The token file {file} can be read by others (mode {mode:04o}). Type this, then start again:\n  chmod 600 {}",
        quoted_for_a_shell(&file.to_string())
    )))
}

#[cfg(not(unix))]
fn only_for_its_owner(_path: &Path, _metadata: &std::fs::Metadata) -> Result<(), ConfigError> {
    Ok(())
}

/// The path as one word of a shell.
#[cfg(unix)]
fn quoted_for_a_shell(path: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || "/._-+@".contains(character);
    if path.chars().all(plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

/// Without white space around it and without the prefix that people copy along.
fn clean(text: &str, origin: String) -> Result<Token, ConfigError> {
    let trimmed = text.trim();
    let token = trimmed.strip_prefix("Bot ").unwrap_or(trimmed).trim();
    if token.is_empty() || token.chars().any(|character| !character.is_ascii_graphic()) {
        return Err(ConfigError(format!(
            "The token in {origin} is empty or has spaces or line ends in it. Copy it again from \
             https://discord.com/developers/applications, page \"Bot\"."
        )));
    }
    Ok(Token { secret: SecretString::from(token), origin })
}

/// Whether a word has the form of a bot's token: three parts of base64 joined by dots. Such a word is not echoed.
pub fn looks_like_a_token(word: &str) -> bool {
    let word = word.trim().trim_start_matches("Bot ");
    let parts: Vec<&str> = word.split('.').collect();
    let base64 =
        |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte));
    matches!(parts.as_slice(), [id, time, key] if id.len() >= 17 && (5..=8).contains(&time.len()) && key.len() >= 25)
        && parts.iter().all(base64)
}

#[cfg(test)]
mod tests {
    use super::{clean, looks_like_a_token};

    #[test]
    fn tokens_are_tidied_or_refused_unseen() {
        use secrecy::ExposeSecret;
        let token = clean(" Bot abc.def\n", "DISCORD_TOKEN".to_owned()).expect("usable");
        assert_eq!(token.secret.expose_secret(), "abc.def");
        assert!(!format!("{token:?}").contains("abc"), "{token:?}");
        let error = clean("abc def", "DISCORD_TOKEN".to_owned()).expect_err("a space").to_string();
        assert!(
            error.starts_with("The token in DISCORD_TOKEN is empty or has spaces") && !error.contains("abc")
        );
    }

    #[test]
    fn the_form_of_a_token() {
        assert!(looks_like_a_token("MTAwMDAwMDAwMDAwMDAwMDAw.GabcdE.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
        for word in ["what", "www.example.com", "registrar.toml", "a.b.c", ""] {
            assert!(!looks_like_a_token(word), "{word}");
        }
    }
}
