//! Bonus and stigma words of languages.

use epitome_text::Document;

/// The code of a language with its bonus words and its stigma words.
const CUES: &[(&str, &str, &str)] = &[(
    "en",
    "significant significantly important importantly main major greatest largest \
     primary primarily purpose aim result results conclude concluded conclusion found \
     finding show shows shown propose therefore summary overall announced",
    "hardly impossible perhaps possibly maybe example incidentally aside unclear \
     unlikely",
)];

/// Returns the bonus and the stigma words: those that are given, or else those of the
/// language.
pub(super) fn cue_lists<'a>(
    document: &Document,
    bonus: &'a str,
    stigma: &'a str,
) -> (&'a str, &'a str) {
    let code = document.language().code();
    let known = CUES.iter().find(|(language, ..)| *language == code);
    let (_, known_bonus, known_stigma) = known.copied().unwrap_or(("", "", ""));
    let or_known = |given: &'a str, known| if given.is_empty() { known } else { given };
    (or_known(bonus, known_bonus), or_known(stigma, known_stigma))
}
