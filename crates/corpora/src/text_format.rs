//! Texts in files: which format a file has, and the plain text in it.

#[cfg(feature = "markup")]
mod html;
#[cfg(feature = "markup")]
mod markdown;
mod subtitles;

/// The format of a file that is a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFormat {
    /// Text without marks, which is left as it is.
    Plain,
    /// A page of HTML.
    Html,
    /// Markdown as `CommonMark` has it, with tables, footnotes and a YAML header.
    Markdown,
    /// Subtitles in `SubRip` or `WebVTT`.
    Subtitles,
}

impl TextFormat {
    /// Returns the format of a file of this name, by its ending; a file without a known
    /// ending, or with that of a plain text, is HTML or subtitles if it begins like them.
    pub fn of(name: &str, text: &str) -> Self {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending.to_ascii_lowercase().as_str() {
            "html" | "htm" | "xhtml" => Self::Html,
            "md" | "markdown" => Self::Markdown,
            "srt" | "vtt" => Self::Subtitles,
            "conllu" | "conll" => Self::Plain,
            _ => Self::of_beginning(text),
        }
    }

    fn of_beginning(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let begins = |wanted: &str| {
            let beginning = text.get(..wanted.len());
            beginning.is_some_and(|it| it.eq_ignore_ascii_case(wanted))
        };
        match () {
            () if begins("<!doctype html") || begins("<html") => Self::Html,
            () if begins("WEBVTT") || begins_with_a_cue(text) => Self::Subtitles,
            () => Self::Plain,
        }
    }

    /// Returns the format in words; `None` for plain text.
    pub fn what(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Html => Some("HTML"),
            Self::Markdown => Some("Markdown"),
            Self::Subtitles => Some("subtitles"),
        }
    }

    /// Returns whether a file may be a scraped page or a mail, parts of which are
    /// boilerplate. What an author wrote in Markdown and subtitles are neither.
    pub fn may_be_page(self) -> bool {
        matches!(self, Self::Plain | Self::Html)
    }

    /// Returns the plain text in a file.
    ///
    /// # Errors
    /// Returns an error if the crate is built without the feature that reads the format.
    pub fn plain(self, text: String) -> Result<String, String> {
        match self {
            Self::Plain => Ok(text),
            Self::Subtitles => Ok(subtitles::spoken(&text)),
            #[cfg(feature = "markup")]
            Self::Html => Ok(html::plain(&text)),
            #[cfg(feature = "markup")]
            Self::Markdown => Ok(markdown::plain(&text)),
            #[cfg(not(feature = "markup"))]
            Self::Html | Self::Markdown => {
                Err("epitome is built without the feature `markup`".to_owned())
            }
        }
    }
}

/// Returns whether a text begins with the number and the times of a subtitle in `SubRip`.
fn begins_with_a_cue(text: &str) -> bool {
    let mut lines = text.lines();
    let number = lines.next().unwrap_or_default().trim();
    let times = lines.next().unwrap_or_default();
    let is_number =
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number && times.contains(" --> ") && times.contains(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_ending_decides_and_otherwise_the_beginning() {
        assert_eq!(TextFormat::of("a.txt", "<html>"), TextFormat::Html);
        let cue = "1\r\n00:00:01,000 --> 00:00:02,000\r\nHello.\r\n";
        assert_eq!(TextFormat::of("-", cue), TextFormat::Subtitles);
        assert_eq!(TextFormat::of("a.txt", "1\nOne --> two"), TextFormat::Plain);
        assert_eq!(TextFormat::of("a.MD", ""), TextFormat::Markdown);
        assert_eq!(TextFormat::of("-", "\n<!DOCTYPE HTML>"), TextFormat::Html);
        assert_eq!(TextFormat::of("-", "WEBVTT\n"), TextFormat::Subtitles);
        assert_eq!(TextFormat::of("-", "# A title"), TextFormat::Plain);
    }
}
