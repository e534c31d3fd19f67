//! `registrar serve` and `registrar sandbox`: the bot over Discord, or over the local one in this process.

use super::output::{Failure, Logging, log};
use crate::config::Config;

/// Runs `registrar serve`: Discord with a token, the sandbox without.
pub(super) fn serve(config: &Config) -> Result<u8, Failure> {
    log(config, Logging::AsConfigured)?;
    match config.token()? {
        Some(_) => {
            Err(Failure::new(1, "Serving Discord is not part of this build yet. Try `registrar chat`."))
        }
        None => sandbox(config),
    }
}

/// Runs `registrar sandbox`.
pub(super) fn sandbox(config: &Config) -> Result<u8, Failure> {
    log(config, Logging::AsConfigured)?;
    Err(Failure::new(1, "The sandbox is not part of this build yet. Try `registrar chat`."))
}
