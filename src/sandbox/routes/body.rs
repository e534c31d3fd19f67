//! Reading a request's body: JSON, or the `payload_json` part of a form with files. Files are not kept.

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

fn boundary(parameters: &str) -> Option<&str> {
    parameters.split_once("boundary=").map(|(_, boundary)| boundary.trim_matches('"'))
}

fn payload_json(form: &str, boundary: &str) -> Result<Value, String> {
    let part = form
        .split(&format!("--{boundary}"))
        .filter_map(|part| part.split_once("\r\n\r\n"))
        .find(|(head, _)| head.contains("name=\"payload_json\""));
    match part {
        Some((_, text)) => serde_json::from_str(text.trim_end()).map_err(|error| error.to_string()),
        None => Err("a form without payload_json".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
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
    }
}
