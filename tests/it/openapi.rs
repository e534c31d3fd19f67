//! Discord's official OpenAPI file as an oracle: what the bot sends and what the sandbox answers, checked body by body.
//!
//! The file is not part of the project. `REGISTRAR_OPENAPI` names it; without it every check here prints SKIPPED.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use jsonschema::Validator;
use registrar::sandbox::Recorded;
use serde_json::{Value, json};

/// What the recorded requests' bodies break, one line each; empty (and a SKIPPED line) without the file.
pub fn check(requests: &[Recorded]) -> Vec<String> {
    checked(requests, Side::Request)
}

/// What the sandbox's own answers break.
pub fn check_answers(requests: &[Recorded]) -> Vec<String> {
    checked(requests, Side::Answer)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Request,
    Answer,
}

fn checked(requests: &[Recorded], side: Side) -> Vec<String> {
    let Some(spec) = spec() else { return Vec::new() };
    requests.iter().flat_map(|request| spec.problems(request, side)).collect()
}

struct Spec {
    /// The components with every object closed, for requests: a misspelt key is an error.
    closed: Value,
    /// The components as they are, for answers.
    open: Value,
    paths: Vec<(Vec<String>, Value)>,
    validators: Mutex<BTreeMap<String, Arc<Validator>>>,
}

fn spec() -> Option<&'static Spec> {
    static SPEC: OnceLock<Option<Spec>> = OnceLock::new();
    SPEC.get_or_init(|| {
        let path = reference("REGISTRAR_OPENAPI")?;
        let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let open = file["components"].clone();
        let mut closed = open.clone();
        close(&mut closed);
        let paths = file["paths"].as_object().unwrap().iter();
        let paths =
            paths.map(|(path, item)| (path.split('/').map(str::to_owned).collect(), item.clone())).collect();
        Some(Spec { closed, open, paths, validators: Mutex::default() })
    })
    .as_ref()
}

#[expect(clippy::disallowed_methods, reason = "tests take paths of reference files from the environment")]
#[expect(clippy::print_stdout, reason = "a skipped check says so")]
fn reference(variable: &str) -> Option<String> {
    let path = std::env::var(variable).ok();
    if path.is_none() {
        println!("SKIPPED: {variable} does not name Discord's OpenAPI file");
    }
    path
}

/// Forbids properties that an object schema does not name.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.values_mut().for_each(close);
            let named = fields.get("properties").is_some_and(Value::is_object);
            if named && fields.get("type").is_some() {
                fields.insert("additionalProperties".to_owned(), json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

impl Spec {
    fn problems(&self, request: &Recorded, side: Side) -> Vec<String> {
        let label = format!("{} {}", request.method, request.path);
        let given = match side {
            Side::Request => &request.body,
            Side::Answer => &request.answer,
        };
        if given.is_null() {
            return Vec::new();
        }
        let Some((template, item)) = self.path(&request.path) else {
            return vec![format!("{label}: no such path")];
        };
        let operation = &item[request.method.to_lowercase()];
        if operation.is_null() {
            return vec![format!("{label}: no such method")];
        }
        let mut body = given.clone();
        let content = match side {
            Side::Request => {
                normalise(&mut body);
                &operation["requestBody"]["content"]
            }
            Side::Answer => {
                let status = request.status.to_string();
                // Errors are the table tests' business; a fault answers what it likes.
                if !status.starts_with('2') {
                    return Vec::new();
                }
                &operation["responses"][status]["content"]
            }
        };
        let schema = branch(&content["application/json"]["schema"], &body);
        if schema.is_null() {
            return vec![format!("{label}: the file has no schema for this body")];
        }
        let key = format!(
            "{side} {template} {} {} {}",
            request.method,
            request.status,
            body["type"],
            side = side as u8
        );
        let validator = self.validator(key, &schema, side);
        validator
            .iter_errors(&body)
            .map(|error| {
                let text: String = error.to_string().chars().take(400).collect();
                format!("{label}: at {}: {text}", error.instance_path())
            })
            .collect()
    }

    fn validator(&self, key: String, schema: &Value, side: Side) -> Arc<Validator> {
        let mut known = self.validators.lock().unwrap();
        let build = || {
            let components = if side == Side::Request { &self.closed } else { &self.open };
            let whole = json!({"components": components, "allOf": [schema]});
            Arc::new(jsonschema::options().should_validate_formats(true).build(&whole).unwrap())
        };
        known.entry(key).or_insert_with(build).clone()
    }

    /// The path item with the most literal segments that fits.
    fn path(&self, path: &str) -> Option<(String, &Value)> {
        let given: Vec<&str> = path.split('/').collect();
        let literal = |segment: &str| !segment.starts_with('{');
        self.paths
            .iter()
            .filter(|(template, _)| template.len() == given.len())
            .filter(|(template, _)| template.iter().zip(&given).all(|(t, g)| !literal(t) || t == g))
            .max_by_key(|(template, _)| template.iter().filter(|segment| literal(segment)).count())
            .map(|(template, item)| (template.join("/"), item))
    }
}

/// A callback's schema is one of several; the branch of its type gives readable errors.
fn branch(schema: &Value, body: &Value) -> Value {
    let name = match body["type"].as_u64() {
        Some(4 | 5) => "CreateMessageInteractionCallbackRequest",
        Some(6 | 7) => "UpdateMessageInteractionCallbackRequest",
        Some(8) => "ApplicationCommandAutocompleteCallbackRequest",
        Some(9) => "ModalInteractionCallbackRequest",
        _ => return schema.clone(),
    };
    let wanted = format!("#/components/schemas/{name}");
    let found = schema["anyOf"].as_array().into_iter().flatten().find(|one| one["$ref"] == json!(wanted));
    found.unwrap_or(schema).clone()
}

/// Undoes what the client library sends by Discord's documentation and the file has differently: permissions as a
/// string, attachment ids as numbers, and empty extras of commands.
fn normalise(body: &mut Value) {
    match body {
        Value::Object(fields) => {
            if let Some(permissions) = fields.get_mut("default_member_permissions")
                && let Some(number) = permissions.as_str().and_then(|text| text.parse::<u64>().ok())
            {
                *permissions = json!(number);
            }
            if let Some(attachments) = fields.get_mut("attachments").and_then(Value::as_array_mut) {
                for attachment in attachments {
                    if let Some(number) = attachment["id"].as_u64() {
                        attachment["id"] = json!(number.to_string());
                    }
                }
            }
            if fields.contains_key("name") && fields.contains_key("description") {
                fields.remove("nsfw");
                fields.retain(|_, value| !value.is_null() && *value != json!([]) && *value != json!(false));
            }
            fields.values_mut().for_each(normalise);
        }
        Value::Array(items) => items.iter_mut().for_each(normalise),
        _ => {}
    }
}
