//! The limits of action rows, buttons, selects and modals.

use std::collections::BTreeSet;

use serde_json::Value;

use super::message::web_address;
use super::{Form, Path};

/// Checks the action rows of a message.
pub(super) fn rows(form: &mut Form, path: &Path, value: &Value) {
    let mut ids = BTreeSet::new();
    for (index, row) in form.list(path, value, 0, 5).iter().enumerate() {
        let path = path.at(index);
        if row["type"].as_u64() != Some(1) {
            form.error(
                &path.at("type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1,).",
            );
        }
        let path = path.at("components");
        let items = form.list(&path, &row["components"], 1, 5);
        for (index, item) in items.iter().enumerate() {
            let path = path.at(index);
            match item["type"].as_u64() {
                Some(2) => button(form, &path, item),
                Some(3 | 5..=8) => {
                    select(form, &path, item);
                    if items.len() > 1 {
                        form.error(&path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A select fills its row alone.");
                    }
                }
                _ => form.error(
                    &path.at("type"),
                    "UNION_TYPE_CHOICES",
                    "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).",
                ),
            }
            unique(form, &path, item, &mut ids);
        }
    }
}

/// Checks the data of a modal callback.
pub(in crate::sandbox) fn modal(form: &mut Form, data: &Value) {
    let root = Path::default().at("data");
    form.text(&root.at("custom_id"), &data["custom_id"], 1, 100);
    form.text(&root.at("title"), &data["title"], 1, 45);
    let mut ids = BTreeSet::new();
    let path = root.at("components");
    for (index, row) in form.list(&path, &data["components"], 1, 5).iter().enumerate() {
        let path = path.at(index).at("components");
        for (index, input) in form.list(&path, &row["components"], 1, 1).iter().enumerate() {
            let path = path.at(index);
            form.text(&path.at("custom_id"), &input["custom_id"], 1, 100);
            form.text(&path.at("label"), &input["label"], 1, 45);
            form.text(&path.at("placeholder"), &input["placeholder"], 0, 100);
            form.text(&path.at("value"), &input["value"], 0, 4000);
            unique(form, &path, input, &mut ids);
        }
    }
}

fn button(form: &mut Form, path: &Path, button: &Value) {
    form.text(&path.at("label"), &button["label"], 0, 80);
    if button["style"].is_null() {
        form.error(&path.at("style"), "BASE_TYPE_REQUIRED", "This field is required");
    }
    form.one_of(&path.at("style"), &button["style"], &[1, 2, 3, 4, 5]);
    let link = button["style"].as_u64() == Some(5);
    if link {
        form.text(&path.at("url"), &button["url"], 1, 512);
        web_address(form, &path.at("url"), &button["url"]);
        if !button["custom_id"].is_null() {
            form.error(&path.at("custom_id"), "COMPONENT_CUSTOM_ID_FORBIDDEN", "A link has no custom id");
        }
    } else {
        form.text(&path.at("custom_id"), &button["custom_id"], 1, 100);
        if !button["url"].is_null() {
            form.error(&path.at("url"), "COMPONENT_URL_FORBIDDEN", "Only a link has a URL");
        }
    }
    let labelled =
        button["label"].as_str().is_some_and(|label| !label.is_empty()) || button["emoji"].is_object();
    if !labelled {
        form.error(
            &path.at("label"),
            "BUTTON_COMPONENT_NO_LABEL_OR_EMOJI",
            "A button needs a label or an emoji",
        );
    }
}

fn select(form: &mut Form, path: &Path, select: &Value) {
    form.text(&path.at("custom_id"), &select["custom_id"], 1, 100);
    form.text(&path.at("placeholder"), &select["placeholder"], 0, 150);
    if select["type"].as_u64() != Some(3) {
        return;
    }
    let path = path.at("options");
    let mut values = BTreeSet::new();
    for (index, option) in form.list(&path, &select["options"], 1, 25).iter().enumerate() {
        let path = path.at(index);
        form.text(&path.at("label"), &option["label"], 1, 100);
        form.text(&path.at("value"), &option["value"], 1, 100);
        form.text(&path.at("description"), &option["description"], 0, 100);
        if option["value"].as_str().is_some_and(|value| !values.insert(value)) {
            form.error(&path.at("value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "A value occurs twice");
        }
    }
}

fn unique<'a>(form: &mut Form, path: &Path, item: &'a Value, ids: &mut BTreeSet<&'a str>) {
    if item["custom_id"].as_str().is_some_and(|id| !ids.insert(id)) {
        let message = "Component custom id cannot be duplicated";
        form.error(&path.at("custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message);
    }
}
