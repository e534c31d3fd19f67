//! Discord's hard limits, written by hand: the official OpenAPI file does not hold most of them.
//!
//! A check fills a [`Form`]; a form with errors is answered with 400, code 50035, in Discord's nested shape.

mod commands;
mod components;
mod message;

pub(super) use commands::{choices, commands};
pub(super) use components::modal;
pub(super) use message::{Body, mentions, message};

use serde_json::{Value, json};

/// Errors of a request's body by path, in the order in which they were found.
#[derive(Default)]
pub(super) struct Form {
    errors: Vec<(Vec<String>, &'static str, String)>,
}

impl Form {
    /// No error so far.
    pub(super) fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    /// One line for each error: `embeds.0.title BASE_TYPE_BAD_LENGTH Must be …`.
    pub(super) fn lines(&self) -> Vec<String> {
        self.errors
            .iter()
            .map(|(path, code, message)| format!("{} {code} {message}", path.join(".")))
            .collect()
    }

    /// The body of Discord's answer.
    pub(super) fn answer(&self) -> Value {
        let mut errors = json!({});
        for (path, code, message) in &self.errors {
            let mut place = &mut errors;
            for segment in path {
                place = &mut place[segment.as_str()];
            }
            let error = json!({"code": code, "message": message});
            match place["_errors"].as_array_mut() {
                Some(list) => list.push(error),
                None => place["_errors"] = json!([error]),
            }
        }
        json!({"code": 50035, "message": "Invalid Form Body", "errors": errors})
    }

    fn error(&mut self, path: &Path, code: &'static str, message: impl Into<String>) {
        self.errors.push((path.0.clone(), code, message.into()));
    }

    /// A text of `least` to `most` characters. A missing one counts as empty; null as well.
    fn text(&mut self, path: &Path, value: &Value, least: usize, most: usize) {
        let length = match value {
            Value::Null => 0,
            Value::String(text) => length(text),
            _ => return self.error(path, "STRING_TYPE_CONVERT", "Could not interpret value as string."),
        };
        if length == 0 && least > 0 {
            self.error(path, "BASE_TYPE_REQUIRED", "This field is required");
        } else if length < least || length > most {
            self.bad_length(path, least, most);
        }
    }

    /// A list of `least` to `most` items; a missing one counts as empty.
    fn list<'a>(&mut self, path: &Path, value: &'a Value, least: usize, most: usize) -> &'a [Value] {
        let items: &[Value] = match value {
            Value::Null => &[],
            Value::Array(items) => items,
            _ => {
                self.error(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
                &[]
            }
        };
        if items.len() < least || items.len() > most {
            self.bad_length(path, least, most);
        }
        items
    }

    fn bad_length(&mut self, path: &Path, least: usize, most: usize) {
        let message = if least == 0 {
            format!("Must be {most} or fewer in length.")
        } else {
            format!("Must be between {least} and {most} in length.")
        };
        self.error(path, "BASE_TYPE_BAD_LENGTH", message);
    }

    /// One of these numbers; a missing one is fine.
    fn one_of(&mut self, path: &Path, value: &Value, allowed: &[u64]) {
        if !value.is_null() && !value.as_u64().is_some_and(|number| allowed.contains(&number)) {
            self.error(path, "BASE_TYPE_CHOICES", format!("Value must be one of {allowed:?}."));
        }
    }
}

/// Where in a body a value stands.
#[derive(Clone, Default)]
struct Path(Vec<String>);

impl Path {
    fn at(&self, segment: impl ToString) -> Path {
        let mut path = self.0.clone();
        path.push(segment.to_string());
        Path(path)
    }
}

/// The length that no reading of Discord's limits makes longer: UTF-16 units, never fewer than code points.
pub(super) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::{Form, Path, length};
    use serde_json::json;

    #[test]
    fn errors_nest_by_path() {
        let mut form = Form::default();
        form.text(&Path::default().at("embeds").at(0).at("title"), &json!("x".repeat(257)), 0, 256);
        assert_eq!(
            form.answer(),
            json!({"code": 50035, "message": "Invalid Form Body", "errors": {"embeds": {"0": {"title": {"_errors": [
                {"code": "BASE_TYPE_BAD_LENGTH", "message": "Must be 256 or fewer in length."}
            ]}}}}})
        );
    }

    #[test]
    fn astral_characters_count_twice() {
        assert_eq!(length("a😀"), 3);
    }
}
