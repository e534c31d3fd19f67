//! The rules of command definitions, and of autocomplete choices.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Form, Path, length};

/// Discord's languages.
const LOCALES: [&str; 34] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl",
    "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja",
    "zh-TW", "ko", "ar", "he",
];

/// Checks a list of definitions. `single` gives the errors without the list's index.
pub(in crate::sandbox) fn commands(form: &mut Form, definitions: &[Value], single: bool) {
    let root = Path::default();
    if definitions.len() > 100 {
        form.bad_length(&root, 0, 100);
    }
    let mut seen = BTreeSet::new();
    for (index, definition) in definitions.iter().enumerate() {
        let path = if single { root.clone() } else { root.at(index) };
        command(form, &path, definition);
        let kind = definition["type"].as_u64().unwrap_or(1);
        if !seen.insert((kind, definition["name"].as_str().unwrap_or_default())) {
            let message = "Application command names must be unique";
            form.error(&path.at("name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", message);
        }
    }
}

/// Checks the choices of an autocomplete answer.
pub(in crate::sandbox) fn choices(form: &mut Form, path: &[&str], value: &Value) {
    let path = path.iter().fold(Path::default(), |path, segment| path.at(segment));
    choice_list(form, &path, value);
}

fn command(form: &mut Form, path: &Path, definition: &Value) {
    form.one_of(&path.at("type"), &definition["type"], &[1, 2, 3]);
    let slash = definition["type"].as_u64().unwrap_or(1) == 1;
    localised(form, path, definition);
    if slash {
        name(form, &path.at("name"), &definition["name"]);
        form.text(&path.at("description"), &definition["description"], 1, 100);
        options(form, &path.at("options"), &definition["options"], 0);
        if characters(definition) > 8000 {
            let message = "Command exceeds maximum size (8000)";
            form.error(path, "APPLICATION_COMMAND_TOO_LARGE", message);
        }
    } else {
        form.text(&path.at("name"), &definition["name"], 1, 32);
        form.text(&path.at("description"), &definition["description"], 0, 0);
    }
    let permissions = &definition["default_member_permissions"];
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !permissions.is_null() && !permissions.as_str().is_some_and(digits) {
        let message = "Permissions are a string of digits.";
        form.error(&path.at("default_member_permissions"), "PERMISSION_TYPE_CONVERT", message);
    }
    for (key, allowed) in [("contexts", &[0, 1, 2][..]), ("integration_types", &[0, 1][..])] {
        for (index, value) in form.list(&path.at(key), &definition[key], 0, allowed.len()).iter().enumerate()
        {
            form.one_of(&path.at(key).at(index), value, allowed);
        }
    }
}

/// Options of a command (`depth` 0), of a group or of a subcommand.
fn options(form: &mut Form, path: &Path, value: &Value, depth: usize) {
    let list = form.list(path, value, 0, 25);
    let subcommands = list.iter().filter(|option| matches!(option["type"].as_u64(), Some(1 | 2))).count();
    if subcommands > 0 && (subcommands < list.len() || depth > 1) {
        let message =
            "Sub-command and sub-command group option types are mutually exclusive to all other types";
        form.error(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
    }
    let mut optional_seen = false;
    let mut names = BTreeSet::new();
    for (index, option) in list.iter().enumerate() {
        let path = path.at(index);
        localised(form, &path, option);
        name(form, &path.at("name"), &option["name"]);
        form.text(&path.at("description"), &option["description"], 1, 100);
        if option["type"].is_null() {
            form.error(&path.at("type"), "BASE_TYPE_REQUIRED", "This field is required");
        }
        form.one_of(&path.at("type"), &option["type"], &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        if !names.insert(option["name"].as_str().unwrap_or_default()) {
            let message = "Option names must be unique";
            form.error(&path.at("name"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", message);
        }
        match option["type"].as_u64() {
            Some(1 | 2) => options(form, &path.at("options"), &option["options"], depth + 1),
            _ => {
                let required = option["required"] == json!(true);
                if required && optional_seen {
                    let message = "Required options must be placed before non-required options";
                    form.error(&path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
                }
                optional_seen |= !required;
            }
        }
        choice_list(form, &path.at("choices"), &option["choices"]);
        let has_choices = option["choices"].as_array().is_some_and(|choices| !choices.is_empty());
        if has_choices && option["autocomplete"] == json!(true) {
            let message = "Options with autocomplete enabled cannot have choices";
            form.error(&path, "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE", message);
        }
    }
}

fn choice_list(form: &mut Form, path: &Path, value: &Value) {
    for (index, choice) in form.list(path, value, 0, 25).iter().enumerate() {
        let path = path.at(index);
        form.text(&path.at("name"), &choice["name"], 1, 100);
        if choice["value"].is_string() {
            form.text(&path.at("value"), &choice["value"], 1, 100);
        } else if !choice["value"].is_number() {
            form.error(&path.at("value"), "BASE_TYPE_REQUIRED", "This field is required");
        }
    }
}

/// A name of a slash command or option: 1-32 lower-case letters, digits, `-`, `_` or `'`.
fn name(form: &mut Form, path: &Path, value: &Value) {
    form.text(path, value, 1, 32);
    let Some(name) = value.as_str() else { return };
    let lower = |c: char| c.is_alphanumeric() && c.to_lowercase().eq([c]);
    if !name.chars().all(|c| lower(c) || matches!(c, '-' | '_' | '\'')) {
        form.error(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
}

fn localised(form: &mut Form, path: &Path, definition: &Value) {
    for key in ["name_localizations", "description_localizations"] {
        for locale in definition[key].as_object().into_iter().flat_map(|map| map.keys()) {
            if !LOCALES.contains(&locale.as_str()) {
                let message = "Value is not a locale of Discord.";
                form.error(&path.at(key).at(locale), "BASE_TYPE_CHOICES", message);
            }
        }
    }
}

/// Names, descriptions and values of a command together.
fn characters(definition: &Value) -> usize {
    let own =
        ["name", "description", "value"].into_iter().filter_map(|key| definition[key].as_str()).map(length);
    let nested = ["options", "choices"].into_iter().filter_map(|key| definition[key].as_array()).flatten();
    own.sum::<usize>() + nested.map(characters).sum::<usize>()
}
