//! Refuses a token that is given as an argument, before anything else can repeat it: arguments are seen by every user
//! of the machine and stay in the shell's history.
//!
//! `registrar serve --token abc` → "A token cannot be given as an argument (`--token`): …"

use std::ffi::OsString;

use crate::config::looks_like_a_token;

/// Options under which people look for it.
const NAMES: [&str; 5] = ["--token", "--discord-token", "--bot-token", "--discord_token", "--bot_token"];

/// What to answer if one of the arguments is a token or announces one; the token itself is not repeated.
pub(super) fn refusal(arguments: &[OsString]) -> Option<String> {
    let found = arguments.iter().skip(1).find_map(|argument| {
        let argument = argument.to_string_lossy();
        let (name, value) = argument.split_once('=').unwrap_or((&argument, ""));
        if NAMES.contains(&name.to_lowercase().as_str()) {
            Some(format!("`{name}`"))
        } else {
            (looks_like_a_token(&argument) || looks_like_a_token(value))
                .then(|| "it looks like one".to_owned())
        }
    })?;
    Some(format!(
        "A token cannot be given as an argument ({found}): every user of this machine could read it there.\n\
         Set the variable DISCORD_TOKEN, or put the token into a file of mode 0600 and name that file in \
         DISCORD_TOKEN_FILE.\n\
         The one that was just given may be in the shell's history: reset it at \
         https://discord.com/developers/applications, page \"Bot\"."
    ))
}

#[cfg(test)]
mod tests {
    use super::refusal;

    const TOKEN: &str = "MTAwMDAwMDAwMDAwMDAwMDAw.GabcdE.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    #[test]
    fn tokens_are_refused_and_not_repeated() {
        let option = format!("--token={TOKEN}");
        let other = format!("--key={TOKEN}");
        for arguments in [vec!["serve", "--token", "x"], vec![&option], vec![TOKEN], vec!["serve", &other]] {
            let all: Vec<_> = std::iter::once("registrar").chain(arguments).map(Into::into).collect();
            let refusal = refusal(&all).expect("refused");
            assert!(refusal.starts_with("A token cannot be given as an argument ("), "{refusal}");
            assert!(!refusal.contains("Gabcd"), "{refusal}");
        }
        assert_eq!(refusal(&["registrar".into(), "ask".into(), "what is a token?".into()]), None);
    }
}
