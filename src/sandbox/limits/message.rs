//! The limits of a message's body: text, embeds, nonce, flags; and that it pings nobody.

use serde_json::{Value, json};

use super::{Form, Path, components, length};

/// What a message's body is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) enum Body {
    /// A new message.
    New,
    /// A change: fields that are left out stay.
    Edit,
}

/// Every key that a message, webhook or callback body may have.
const KEYS: [&str; 16] = [
    "content",
    "nonce",
    "enforce_nonce",
    "tts",
    "embeds",
    "allowed_mentions",
    "message_reference",
    "components",
    "sticker_ids",
    "attachments",
    "flags",
    "poll",
    "username",
    "avatar_url",
    "thread_name",
    "applied_tags",
];
/// SUPPRESS_EMBEDS, EPHEMERAL, LOADING is not settable, SUPPRESS_NOTIFICATIONS.
const FLAGS: u64 = 4 | 64 | 4096;
const EMBED_KEYS: [&str; 13] = [
    "title",
    "type",
    "description",
    "url",
    "timestamp",
    "color",
    "footer",
    "image",
    "thumbnail",
    "video",
    "provider",
    "author",
    "fields",
];

/// Checks a message's body against the hard limits. `Err` is an empty message (code 50006).
pub(in crate::sandbox) fn message(form: &mut Form, body: &Value, purpose: Body) -> Result<(), ()> {
    let root = Path::default();
    let Some(fields) = body.as_object() else {
        form.error(&root, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
        return Ok(());
    };
    for key in fields.keys().filter(|key| !KEYS.contains(&key.as_str())) {
        form.error(&root.at(key), "SANDBOX_UNKNOWN_PROPERTY", "Discord has no such field.");
    }
    form.text(&root.at("content"), &body["content"], 0, 2000);
    if let Some(nonce) = body["nonce"].as_str() {
        form.text(&root.at("nonce"), &json!(nonce), 0, 25);
    }
    if let Some(flags) = body.get("flags").filter(|flags| !flags.is_null())
        && flags.as_u64().is_none_or(|flags| flags & !FLAGS != 0)
    {
        form.error(&root.at("flags"), "MESSAGE_FLAGS_INVALID", "Only 4, 64 and 4096 can be set here.");
    }
    embeds(form, &root.at("embeds"), &body["embeds"]);
    components::rows(form, &root.at("components"), &body["components"]);
    let empty = |key: &str| body[key].as_array().is_none_or(Vec::is_empty);
    let blank = body["content"].as_str().is_none_or(|text| text.trim().is_empty());
    let lists_empty = ["embeds", "components", "attachments", "sticker_ids"].into_iter().all(empty);
    if purpose == Body::New && blank && lists_empty && body["poll"].is_null() {
        return Err(());
    }
    Ok(())
}

/// What would ping somebody; nothing when the body names its mentions and names none.
pub(in crate::sandbox) fn mentions(body: &Value) -> Option<String> {
    let allowed = &body["allowed_mentions"];
    let named = |key: &str| allowed[key].as_array().is_some_and(|list| !list.is_empty());
    if !allowed["parse"].is_array() {
        return Some("allowed_mentions_missing: the body has no allowed_mentions.parse".to_owned());
    }
    let pings = ["parse", "users", "roles"].into_iter().any(named) || allowed["replied_user"] == json!(true);
    pings.then(|| format!("allowed_mentions_ping: {allowed}"))
}

fn embeds(form: &mut Form, path: &Path, value: &Value) {
    let mut total = 0;
    for (index, embed) in form.list(path, value, 0, 10).iter().enumerate() {
        total += one_embed(form, &path.at(index), embed);
    }
    if total > 6000 {
        form.error(path, "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
    }
}

/// Checks one embed and gives the characters that count towards the 6000.
fn one_embed(form: &mut Form, path: &Path, embed: &Value) -> usize {
    let unknown = embed.as_object().into_iter().flat_map(|fields| fields.keys());
    for key in unknown.filter(|key| !EMBED_KEYS.contains(&key.as_str())) {
        form.error(&path.at(key), "SANDBOX_UNKNOWN_PROPERTY", "Discord has no such field.");
    }
    let texts = [
        (path.at("title"), &embed["title"], 256),
        (path.at("description"), &embed["description"], 4096),
        (path.at("footer").at("text"), &embed["footer"]["text"], 2048),
        (path.at("author").at("name"), &embed["author"]["name"], 256),
    ];
    let mut total = 0;
    for (path, value, most) in &texts {
        form.text(path, value, 0, *most);
        total += value.as_str().map_or(0, length);
    }
    let fields = form.list(&path.at("fields"), &embed["fields"], 0, 25);
    for (index, field) in fields.iter().enumerate() {
        for (key, most) in [("name", 256), ("value", 1024)] {
            form.text(&path.at("fields").at(index).at(key), &field[key], 1, most);
            total += field[key].as_str().map_or(0, length);
        }
    }
    for address in [
        (path.at("url"), &embed["url"]),
        (path.at("image").at("url"), &embed["image"]["url"]),
        (path.at("thumbnail").at("url"), &embed["thumbnail"]["url"]),
        (path.at("footer").at("icon_url"), &embed["footer"]["icon_url"]),
    ] {
        web_address(form, &address.0, address.1);
    }
    if embed["color"].as_u64().is_some_and(|color| color > 0xFF_FFFF) {
        form.error(
            &path.at("color"),
            "NUMBER_TYPE_MAX",
            "int value should be less than or equal to 16777215.",
        );
    }
    let pictures = embed["image"].is_object() || embed["thumbnail"].is_object();
    if total == 0 && !pictures {
        form.error(&path.at("description"), "BASE_TYPE_REQUIRED", "This field is required");
    }
    total
}

/// An address that Discord takes in an embed or a button: http or https with a host, without spaces.
pub(super) fn web_address(form: &mut Form, path: &Path, value: &Value) {
    let Some(text) = value.as_str() else { return };
    let host = ["https://", "http://", "attachment://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    let good = host.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && !text.contains(char::is_whitespace)
    });
    if !good {
        form.error(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
    } else if length(text) > 2048 {
        form.bad_length(path, 0, 2048);
    }
}
