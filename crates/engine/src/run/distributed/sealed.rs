//! Files that end in a digest of everything before it, so that no change of a byte goes
//! unnoticed.

use serde::{Deserialize, Serialize};

/// The last line of a sealed text: `{"end":true,"blake3":"…"}`.
#[derive(Serialize, Deserialize)]
struct Seal {
    end: bool,
    blake3: String,
}

/// Returns `text` with a last line that contains the BLAKE3 digest of the lines before
/// it.
///
/// # Panics
/// Never: a flag and a text are JSON.
#[must_use]
pub fn seal(mut text: String) -> String {
    let blake3 = blake3::hash(text.as_bytes()).to_hex().to_string();
    text += &serde_json::to_string(&Seal { end: true, blake3 }).expect("it is JSON");
    text.push('\n');
    text
}

/// Returns the part of a sealed text before its last line.
///
/// # Errors
/// Returns an error if the text was cut off, or is another than was sealed; the error
/// says which.
pub fn unsealed(text: &str) -> Result<&str, String> {
    let cut = "it was cut off: there is no end marker with a digest";
    let whole = text.strip_suffix('\n').ok_or(cut)?;
    let (content, last) = text.split_at(whole.rfind('\n').map_or(0, |at| at + 1));
    let seal: Seal = serde_json::from_str(last).map_err(|_| cut)?;
    let found = blake3::hash(content.as_bytes()).to_hex();
    match found.as_str() == seal.blake3 {
        true => Ok(content),
        false => Err(format!(
            "it is damaged: its BLAKE3 is {found}, and its end marker says {}",
            seal.blake3
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_byte_of_a_sealed_text_changes_unseen() {
        let sealed = seal("{\"a\":1}\n[2]\n".to_owned());
        assert_eq!(unsealed(&sealed), Ok("{\"a\":1}\n[2]\n"));
        assert_eq!(unsealed(&seal(String::new())), Ok(""));
        for at in 0..sealed.len() {
            assert!(unsealed(&sealed[..at]).is_err(), "{at} bytes were taken");
            let mut bytes = sealed.clone().into_bytes();
            bytes[at] ^= 1;
            let text = String::from_utf8(bytes).unwrap();
            // the letters of the marker's own names are not of the content
            let changed = unsealed(&text)
                .ok()
                .filter(|text| *text != "{\"a\":1}\n[2]\n");
            assert_eq!(changed, None, "byte {at}");
        }
    }
}
