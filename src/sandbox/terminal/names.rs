//! Channels, roles and people by name, as a person types and reads them; the wire knows ids alone.

use serde_json::Value;

use crate::sandbox::observe::id_of;
use crate::sandbox::world;

/// The id of the channel called so, with or without its `#`, in wire form.
pub(super) fn channel_id(name: &str) -> Option<Value> {
    let name = name.trim_start_matches('#');
    let found = world::channels().filter_map(world::channel).find(|channel| channel["name"] == name);
    found.map(|channel| channel["id"].clone())
}

/// The id of the role called so, with or without its `@`, in wire form.
pub(super) fn role_id(name: &str) -> Option<Value> {
    let name = name.trim_start_matches('@');
    let roles = world::roles();
    let found = roles.as_array()?.iter().find(|role| role["name"].as_str().map(bare) == Some(name));
    found.map(|role| role["id"].clone())
}

/// What Discord shows for a mention, given without its angle brackets; nothing for what is none of the world's.
pub(super) fn shown(mention: &str) -> Option<String> {
    let name = |value: &Value| value["name"].as_str().map(str::to_owned);
    if let Some(id) = mention.strip_prefix('#') {
        return name(&world::channel(id.parse().ok()?)?).map(|name| format!("#{name}"));
    }
    let id = mention.strip_prefix('@')?;
    if let Some(role) = id.strip_prefix('&') {
        let (id, roles) = (role.parse().ok(), world::roles());
        let found = roles.as_array()?.iter().find(|known| id_of(&known["id"]) == id)?;
        return name(found).map(|name| format!("@{}", bare(&name)));
    }
    let id: u64 = id.parse().ok()?;
    let (_, _, display, _) = world::USERS.iter().find(|(known, ..)| *known == id)?;
    Some(format!("@{display}"))
}

fn bare(name: &str) -> &str {
    name.trim_start_matches('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_ids_belong_together() {
        let staff = channel_id("#staff").expect("a channel");
        assert_eq!(shown(&format!("#{}", staff.as_str().expect("text"))).as_deref(), Some("#staff"));
        let role = role_id("@moderator").expect("a role");
        assert_eq!(shown(&format!("@&{}", role.as_str().expect("text"))).as_deref(), Some("@moderator"));
        assert_eq!(shown(&format!("@{}", world::OWNER)).as_deref(), Some("@Olive Owner"));
        assert_eq!(
            (channel_id("nowhere"), role_id("nobody"), shown("@1"), shown("#x")),
            (None, None, None, None)
        );
    }
}
