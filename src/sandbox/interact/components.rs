//! Buttons, menus and forms: using what is offered, using what is not, and sending a form back.

use serde_json::{Value, json};

use super::Scene;
use crate::sandbox::{InteractionId, MessageId, Sandbox, UserId, world};

impl Sandbox {
    /// Presses a button of a message. A button that is not there is a violation, and nothing is sent.
    pub fn press(&self, user: UserId, message: MessageId, custom_id: &str) -> InteractionId {
        if self.offered(message, 2, custom_id).is_none() {
            return self.not_offered(format!("button_not_offered: {custom_id} on message {message}"));
        }
        self.press_raw(user, message, custom_id)
    }

    /// Presses a button that need not be there, as a crafted client may.
    pub fn press_raw(&self, user: UserId, message: MessageId, custom_id: &str) -> InteractionId {
        self.press_with(user, message, custom_id, None)
    }

    /// [`Sandbox::press_raw`] by a member who has these permissions now; `None`: the user's usual ones.
    pub fn press_with(
        &self,
        user: UserId,
        message: MessageId,
        custom_id: &str,
        member_permissions: Option<u64>,
    ) -> InteractionId {
        let data = json!({"custom_id": custom_id, "component_type": 2, "id": 2});
        self.use_component(user, message, data, member_permissions)
    }

    /// Chooses lines of a menu of a message, by their values. A menu that is not there, or values that it does not offer
    /// or not so many of, are a violation, and nothing is sent.
    pub fn choose(
        &self,
        user: UserId,
        message: MessageId,
        custom_id: &str,
        values: &[&str],
    ) -> InteractionId {
        let fits = self.offered(message, 3, custom_id).is_some_and(|menu| {
            let options = menu["options"].as_array().cloned().unwrap_or_default();
            let count = values.len() as u64;
            let least = menu["min_values"].as_u64().unwrap_or(1);
            let most = menu["max_values"].as_u64().unwrap_or(1);
            let held = |value: &&str| options.iter().any(|option| option["value"] == json!(value));
            (least..=most).contains(&count) && values.iter().all(held)
        });
        if !fits {
            return self
                .not_offered(format!("choice_not_offered: {custom_id} {values:?} on message {message}"));
        }
        self.choose_raw(user, message, custom_id, values)
    }

    /// Chooses lines that need not be offered, as a crafted client may.
    pub fn choose_raw(
        &self,
        user: UserId,
        message: MessageId,
        custom_id: &str,
        values: &[&str],
    ) -> InteractionId {
        let data = json!({"custom_id": custom_id, "component_type": 3, "id": 2, "values": values});
        self.use_component(user, message, data, None)
    }

    /// The component of a type that a message offers under a custom id.
    fn offered(&self, message: MessageId, kind: u8, custom_id: &str) -> Option<Value> {
        let state = self.lock();
        let stored = state.messages.get(&message).filter(|stored| !stored.deleted)?;
        let rows = stored.json["components"].as_array().into_iter().flatten();
        let mut all = rows.flat_map(|row| row["components"].as_array().into_iter().flatten());
        let wanted = |one: &&Value| {
            one["type"] == json!(kind)
                && one["custom_id"] == json!(custom_id)
                && one["disabled"] != json!(true)
        };
        all.find(wanted).cloned()
    }

    fn use_component(
        &self,
        user: UserId,
        message: MessageId,
        data: Value,
        member_permissions: Option<u64>,
    ) -> InteractionId {
        let mut state = self.lock();
        let (channel, guild) = state
            .messages
            .get(&message)
            .map_or((world::QUESTIONS, Some(world::GUILD)), |stored| (stored.channel, stored.guild));
        let scene = Scene { member_permissions, ..Scene::plain(user, channel, guild) };
        self.interact(&mut state, &scene, 3, data, Some(message))
    }

    /// Fills in the form that answered an interaction and sends it: values by the inputs' `custom_id`.
    pub fn submit(&self, form: InteractionId, values: &[(&str, &str)]) -> InteractionId {
        let shown = self.lock().interactions.get(&form).cloned();
        let shown =
            shown.and_then(|of| Some((of.callback.clone().filter(|callback| callback.kind == 9)?, of)));
        let Some((callback, of)) = shown else {
            return self.not_offered(format!("form_not_offered: interaction {form} shows none"));
        };
        let rows: Vec<Value> = values
            .iter()
            .enumerate()
            .map(|(index, (custom_id, value))| {
                let input = json!({"type": 4, "id": 2 * index + 2, "custom_id": custom_id, "value": value});
                json!({"type": 1, "id": 2 * index + 1, "components": [input]})
            })
            .collect();
        let data = json!({"custom_id": callback.data["custom_id"], "components": rows});
        self.interact(&mut self.lock(), &Scene::plain(of.user, of.channel, of.guild), 5, data, of.source)
    }
}
