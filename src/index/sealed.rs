//! Small files that know whether they are whole: one line of JSON, then one line with its BLAKE3. No secrecy, no
//! signature: it tells accidents, not attackers.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The bytes of a sealed file that holds `value`.
pub fn seal<T: Serialize>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec(value)?;
    let hash = blake3::hash(&bytes).to_hex();
    bytes.push(b'\n');
    bytes.extend_from_slice(hash.as_bytes());
    bytes.push(b'\n');
    Ok(bytes)
}

/// What a sealed file holds; else what is wrong with it.
pub fn unseal<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    let body = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let hash = blake3::hash(body).to_hex();
    let whole = bytes.len() == body.len() + hash.len() + 2
        && bytes.ends_with(b"\n")
        && bytes.get(body.len() + 1..bytes.len() - 1) == Some(hash.as_bytes());
    if !whole {
        return Err("its checksum does not match".to_owned());
    }
    serde_json::from_slice(body).map_err(|error| format!("another version of registrar wrote it ({error})"))
}

#[cfg(test)]
mod tests {
    use super::{seal, unseal};

    #[test]
    fn every_flipped_bit_and_every_cut_is_found() {
        let bytes = seal(&vec!["one", "two"]).expect("sealed");
        assert_eq!(unseal::<Vec<String>>(&bytes).expect("whole"), ["one", "two"]);
        for cut in 0..bytes.len() {
            assert!(unseal::<Vec<String>>(&bytes[..cut]).is_err(), "cut at {cut}");
        }
        for bit in 0..bytes.len() * 8 {
            let mut damaged = bytes.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert!(unseal::<Vec<String>>(&damaged).is_err(), "bit {bit}");
        }
    }
}
