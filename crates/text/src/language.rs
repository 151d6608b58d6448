//! Languages: their stemmers and stop lists, and the detection of a text's language.

mod detect;
mod known;
mod short;

pub use known::{LANGUAGES, Language, UnknownLanguage};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_sorted_with_und_last() {
        let codes: Vec<_> = LANGUAGES.iter().map(|entry| entry.code).collect();
        let (und, rest) = codes.split_last().unwrap();
        assert_eq!(*und, "und");
        assert!(rest.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn regions_are_ignored_and_unknown_codes_refused() {
        assert_eq!("pt-BR".parse(), "PT".parse::<Language>());
        assert_eq!("nb".parse::<Language>().unwrap().code(), "no");
        assert!(
            "xx".parse::<Language>()
                .unwrap_err()
                .to_string()
                .contains("`xx`")
        );
        assert!("".parse::<Language>().is_err());
    }

    #[test]
    fn a_text_is_detected_and_one_without_letters_is_not() {
        let german =
            "Der Kran hob am frühen Morgen die letzten Teile der alten Brücke an.";
        assert_eq!(Language::detect(german).code(), "de");
        assert_eq!(
            Language::detect("今日は天気がとても良いので、公園へ散歩に行きました。")
                .code(),
            "ja"
        );
        assert_eq!(Language::detect("12 34 …").code(), "und");
    }

    #[test]
    fn a_short_text_is_in_the_language_of_its_stop_words_or_in_none() {
        for (text, code) in [
            ("Graph models and neural networks learn ranking", "en"),
            ("Die Brücke wird im Herbst nicht mehr gesperrt", "de"),
            ("Le pont est fermé pour les travaux", "fr"),
            ("Fuzzy control", "und"),
            ("Barcelona Madrid 2012", "und"),
            ("港の新しい橋", "ja"),
        ] {
            assert_eq!(Language::detect(text).code(), code, "{text}");
        }
    }

    #[test]
    fn a_title_helps_a_short_text() {
        assert_eq!(Language::detect_with("", "Fuzzy control").code(), "und");
        let title = "The state of the art in fuzzy control";
        assert_eq!(Language::detect_with(title, "Fuzzy control").code(), "en");
    }

    #[test]
    fn a_text_without_words_is_undetermined() {
        assert_eq!(Language::detect(""), Language::undetermined());
    }
}
