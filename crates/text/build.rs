//! Writes the stop list of each known language as one text: tens of thousands of separate
//! strings would each be moved by the loader whenever a program or a library starts.

use std::{env, error::Error, fmt::Write as _, fs, path::PathBuf};

/// The file with the table of languages, of which each has a line that begins with its code.
const KNOWN: &str = "src/language/known.rs";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={KNOWN}");
    let mut source = String::from(
        "/// Returns the stop list of a language code, a word in each line.\n\
         #[expect(clippy::unicode_not_nfc, reason = \"words are as the lists have them\")]\n\
         fn lines_of(code: &str) -> Option<&'static str> {\n    Some(match code {\n",
    );

    let known = fs::read_to_string(KNOWN)?;
    let is_known = |code: &&&str| known.contains(&format!("\n    {code:?} \""));
    for code in stop_words::available_languages().iter().filter(is_known) {
        let words = stop_words::lookup(code).ok_or("a language has no list")?;
        if words.iter().any(|word| word.contains('\n')) {
            return Err(format!("a stop word of `{code}` has a line end").into());
        }
        writeln!(source, "        {code:?} => {:?},", words.join("\n"))?;
    }

    source.push_str("        _ => return None,\n    })\n}\n");
    let path = PathBuf::from(env::var("OUT_DIR")?).join("stop_words.rs");
    Ok(fs::write(path, source)?)
}
