//! The environment, read in this one place. Nothing here is validated beyond being text and being local.

use std::fmt;
use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};

use super::ConfigError;

/// The variables that registrar knows, as they were when it started. `Debug` shows no secret.
#[derive(Clone, Default)]
pub struct Environment {
    /// `DISCORD_TOKEN`, or `DISCORD_BOT_TOKEN`.
    pub token: Option<SecretString>,
    /// `DISCORD_TOKEN_FILE`: a file with the token, mode 0600.
    pub token_file: Option<PathBuf>,
    /// `REGISTRAR_API_BASE`: a local Discord instead of the real one, for tests; loopback only.
    pub local_discord: Option<String>,
    /// `NO_COLOR` is set and not empty.
    pub no_colour: bool,
    /// Folder for caches: `XDG_CACHE_HOME`, else `.cache` in `HOME`; `None` where neither is set.
    pub cache: Option<PathBuf>,
}

impl Environment {
    /// Reads the process's variables; empty ones are as good as unset.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
    pub(super) fn of_the_process() -> Result<Self, ConfigError> {
        Self::from_variables(|name| std::env::var_os(name).map(PathBuf::from))
    }

    /// Reads variables through `get`.
    ///
    /// # Errors
    /// If one cannot be used; the text names it and says what to do, and never shows a token.
    pub fn from_variables(get: impl Fn(&str) -> Option<PathBuf>) -> Result<Self, ConfigError> {
        let get = |name: &str| get(name).filter(|value| !value.as_os_str().is_empty());
        let text = |name: &str| {
            let not_text = || ConfigError(format!("{name} is not valid UTF-8. Set it again, or unset it."));
            get(name).map(|value| value.into_os_string().into_string().map_err(|_| not_text())).transpose()
        };
        let token = text("DISCORD_TOKEN")?.or(text("DISCORD_BOT_TOKEN")?);
        let local_discord = text("REGISTRAR_API_BASE")?;
        if let Some(address) = local_discord.as_deref().filter(|address| !is_loopback(address)) {
            return Err(ConfigError(format!(
                "REGISTRAR_API_BASE is {address:?}, which is not on this machine. It is for tests and must be an \
                 http:// address of 127.0.0.1, [::1] or localhost. Unset it to use the real Discord."
            )));
        }
        let home_cache = || get("HOME").map(|home| home.join(".cache"));
        Ok(Self {
            token: token.map(SecretString::from),
            token_file: get("DISCORD_TOKEN_FILE"),
            local_discord,
            no_colour: get("NO_COLOR").is_some(),
            cache: get("XDG_CACHE_HOME").filter(|path| path.is_absolute()).or_else(home_cache),
        })
    }
}

impl PartialEq for Environment {
    fn eq(&self, other: &Self) -> bool {
        let parts = |it: &Self| {
            let token = it.token.as_ref().map(|token| token.expose_secret().to_owned());
            (token, it.token_file.clone(), it.local_discord.clone(), it.no_colour, it.cache.clone())
        };
        parts(self) == parts(other)
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Environment")
            .field("token", &self.token.as_ref().map(|_| "[REDACTED]"))
            .field("token_file", &self.token_file)
            .field("local_discord", &self.local_discord)
            .field("no_colour", &self.no_colour)
            .field("cache", &self.cache)
            .finish()
    }
}

/// `http://` and a host that is this machine, whatever follows. A user part could hide another host.
fn is_loopback(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("http://") else { return false };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        Some(_) | None => authority,
    };
    matches!(host, "127.0.0.1" | "[::1]" | "localhost")
}

#[cfg(test)]
mod tests {
    use super::{Environment, is_loopback};

    #[test]
    fn only_this_machine_is_local() {
        for address in ["http://127.0.0.1:8080", "http://[::1]:1/api", "http://localhost", "http://[::1]"] {
            assert!(is_loopback(address), "{address}");
        }
        for address in [
            "https://discord.com",
            "http://127.0.0.1.example.com",
            "http://127.0.0.1@example.com",
            "http://127.0.0.1:80@example.com",
            "http://localhost:80:80x",
            "http://example.com/127.0.0.1",
            "http://example.com\\127.0.0.1",
            "http://",
            "127.0.0.1",
        ] {
            assert!(!is_loopback(address), "{address}");
        }
        let foreign = |name: &str| (name == "REGISTRAR_API_BASE").then(|| "http://example.com".into());
        let error = Environment::from_variables(foreign).expect_err("not local").to_string();
        assert!(
            error.starts_with("REGISTRAR_API_BASE is \"http://example.com\", which is not on this machine.")
        );
    }

    #[test]
    fn nothing_secret_in_debug() {
        let secret = |name: &str| (name == "DISCORD_TOKEN").then(|| "canary-4f1b".into());
        let environment = Environment::from_variables(secret).expect("usable");
        let shown = format!("{environment:?} {environment:#?}");
        assert!(!shown.contains("canary") && shown.contains("[REDACTED]"), "{shown}");
    }

    #[test]
    fn an_empty_variable_is_an_unset_one() {
        let empty = Environment::from_variables(|_| Some("".into())).expect("usable");
        assert_eq!(empty, Environment::default());
    }
}
