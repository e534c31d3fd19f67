//! Downloads what a moderator attached: from Discord's own hosts alone, without following anybody elsewhere, up to a
//! size and within a time. It knows nothing of what is in it.

use reqwest::Url;
use serenity::model::channel::Attachment;

use super::bot::Bot;

/// Discord's hosts for attachments; nothing is ever fetched from another.
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];
/// Larger documents are refused, in bytes.
pub const MAX_BYTES: u64 = 8 << 20;

/// Why there is no file; the text is for the moderator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// It says so itself, or it turned out so.
    #[error("The file is too large: 8 MiB is the limit. Split it into several documents.")]
    TooLarge,
    /// It lies somewhere else.
    #[error("I take files from Discord alone. Attach the file itself to the command.")]
    ElseWhere,
    /// It is gone, or the link has expired.
    #[error("Discord no longer has the file. Please upload it again.")]
    Gone,
    /// It did not come in time, or not whole.
    #[error("The file could not be fetched from Discord. Please upload it again in a moment.")]
    Broken,
}

/// All bytes of an attachment.
///
/// # Errors
/// [`Trouble`].
pub async fn download(bot: &Bot, attachment: &Attachment) -> Result<Vec<u8>, Trouble> {
    if u64::from(attachment.size) > MAX_BYTES {
        return Err(Trouble::TooLarge);
    }
    let mut url = official(&attachment.url).ok_or(Trouble::ElseWhere)?;
    if let Some(local) = &bot.settings.local_cdn {
        let mut stand_in = Url::parse(local).map_err(|_| Trouble::Broken)?;
        stand_in.set_path(url.path());
        stand_in.set_query(url.query());
        url = stand_in;
    }
    let fetched = tokio::time::timeout(bot.settings.timing.download, fetch(bot, url)).await;
    fetched.unwrap_or(Err(Trouble::Broken))
}

async fn fetch(bot: &Bot, url: Url) -> Result<Vec<u8>, Trouble> {
    let request = bot.http.get(url).timeout(bot.settings.timing.download);
    let mut response = request.send().await.map_err(|_| Trouble::Broken)?;
    match response.status().as_u16() {
        200 => {}
        403 | 404 | 410 => return Err(Trouble::Gone),
        // A redirect, too: nobody is followed.
        _ => return Err(Trouble::Broken),
    }
    if response.content_length().is_some_and(|length| length > MAX_BYTES) {
        return Err(Trouble::TooLarge);
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Trouble::Broken)? {
        if (bytes.len() + chunk.len()) as u64 > MAX_BYTES {
            return Err(Trouble::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The address if it is one of Discord's own for attachments.
fn official(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
    let path = ["/attachments/", "/ephemeral-attachments/"].iter().any(|start| url.path().starts_with(start));
    let host = url.host_str().is_some_and(|host| HOSTS.contains(&host));
    (url.scheme() == "https" && plain && path && host).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::official;

    #[test]
    fn only_discords_own_addresses_are_fetched() {
        for address in [
            "https://cdn.discordapp.com/attachments/1/2/a.md?ex=1&is=2&hm=3",
            "https://media.discordapp.net/ephemeral-attachments/1/2/a.md",
            "https://CDN.discordapp.com:443/attachments/1/2/a.md",
        ] {
            assert!(official(address).is_some(), "{address}");
        }
        for address in [
            "",
            "/attachments/1/2/a.md",
            "//cdn.discordapp.com/attachments/1/2/a.md",
            "http://cdn.discordapp.com/attachments/1/2/a.md",
            "ftp://cdn.discordapp.com/attachments/1/2/a.md",
            "file:///attachments/etc/passwd",
            "https://cdn.discordapp.com:8443/attachments/1/2/a.md",
            "https://user@cdn.discordapp.com/attachments/1/2/a.md",
            "https://user:word@cdn.discordapp.com/attachments/1/2/a.md",
            "https://cdn.discordapp.com@evil.example/attachments/1/2/a.md",
            "https://evil.example/https://cdn.discordapp.com/attachments/1/2/a.md",
            "https://cdn.discordapp.com.evil.example/attachments/1/2/a.md",
            "https://evil.example#cdn.discordapp.com/attachments/1/2/a.md",
            "https://127.0.0.1/attachments/1/2/a.md",
            "https://[::1]/attachments/1/2/a.md",
            "https://localhost/attachments/1/2/a.md",
            "https://169.254.169.254/attachments/latest/meta-data",
            "https://discord.com/attachments/1/2/a.md",
            "https://cdn.discordapp.com./attachments/1/2/a.md",
            "https://cdn.discordapp.com/avatars/1/2.png",
            "https://cdn.discordapp.com/attachments/../avatars/1/2.png",
            "https://cdn\u{2024}discordapp.com.evil.example/attachments/1/2/a.md",
        ] {
            assert!(official(address).is_none(), "{address}");
        }
    }
}
