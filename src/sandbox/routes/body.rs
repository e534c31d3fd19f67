//! Reading a request's body: JSON, or the `payload_json` part of a form with files.

use serde_json::Value;

/// The JSON of a body; null for an empty one, an explanation for one that cannot be read.
pub(in crate::sandbox) fn parse(content_type: &str, bytes: &[u8]) -> Result<Value, String> {
    if bytes.is_empty() {
        return Ok(Value::Null);
    }
    if let Some(boundary) = content_type.strip_prefix("multipart/form-data").and_then(boundary) {
        return payload_json(&String::from_utf8_lossy(bytes), boundary);
    }
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}

/// The files of a form by their names; others than texts are not kept whole.
pub(in crate::sandbox) fn files(content_type: &str, bytes: &[u8]) -> Vec<(String, String)> {
    let Some(boundary) = content_type.strip_prefix("multipart/form-data").and_then(boundary) else {
        return Vec::new();
    };
    let form = String::from_utf8_lossy(bytes);
    let file = |(head, text): (&str, &str)| {
        let name = head.split_once("filename=\"")?.1.split_once('"')?.0;
        Some((name.to_owned(), text.strip_suffix("\r\n").unwrap_or(text).to_owned()))
    };
    parts(&form, boundary).filter_map(file).collect()
}

fn boundary(parameters: &str) -> Option<&str> {
    parameters.split_once("boundary=").map(|(_, boundary)| boundary.trim_matches('"'))
}

/// The parts of a form: head and content.
fn parts<'a>(form: &'a str, boundary: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let mark = format!("--{boundary}");
    let parts: Vec<&str> = form.split(mark.as_str()).collect();
    parts.into_iter().filter_map(|part| part.split_once("\r\n\r\n"))
}

fn payload_json(form: &str, boundary: &str) -> Result<Value, String> {
    match parts(form, boundary).find(|(head, _)| head.contains("name=\"payload_json\"")) {
        Some((_, text)) => serde_json::from_str(text.trim_end()).map_err(|error| error.to_string()),
        None => Err("a form without payload_json".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{files, parse};
    use serde_json::{Value, json};

    #[test]
    fn bodies() {
        assert_eq!(parse("application/json", b""), Ok(Value::Null));
        assert_eq!(parse("application/json", b"{\"content\":\"x\"}"), Ok(json!({"content": "x"})));
        assert!(parse("application/json", b"{").is_err());
        let form = "--b\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a\"\r\n\r\n{}\r\n\
                    --b\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{\"content\":\"y\"}\r\n--b--\r\n";
        assert_eq!(parse("multipart/form-data; boundary=b", form.as_bytes()), Ok(json!({"content": "y"})));
        assert!(parse("multipart/form-data; boundary=c", form.as_bytes()).is_err());
        let found = files("multipart/form-data; boundary=b", form.as_bytes());
        assert_eq!(found, [("a".to_owned(), "{}".to_owned())]);
        assert!(files("application/json", b"{}").is_empty());
    }
}
