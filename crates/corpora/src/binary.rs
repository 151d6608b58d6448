//! Files that are no text: what they are, and what makes a text of them.

/// A kind of file that is not read, which its first bytes show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    /// A page description.
    Pdf,
    /// A text of an office program or a book that `pandoc` reads, by its ending.
    Document(&'static str),
    /// Slides, which `pandoc` may not read.
    Slides,
    /// A text of Word before 2007.
    OldWord,
    /// An archive.
    Archive(&'static str),
    /// A table in columns.
    Parquet,
}

impl Binary {
    /// Returns the kind of a file of this name that begins with these bytes; `None` if it
    /// may be a text.
    pub fn of(name: &str, beginning: &[u8]) -> Option<Self> {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let ending = ending.to_ascii_lowercase();
        let begins = |magic: &[u8]| beginning.starts_with(magic);
        let contains = |part: &[u8]| beginning.windows(part.len()).any(|it| it == part);
        match () {
            () if begins(b"%PDF-") => Some(Self::Pdf),
            () if begins(b"PAR1") => Some(Self::Parquet),
            () if begins(b"{\\rtf") => Some(Self::Document("rtf")),
            () if begins(&[0xD0, 0xCF, 0x11, 0xE0]) => Some(Self::OldWord),
            () if begins(b"PK\x03\x04") => Some(match ending.as_str() {
                "docx" => Self::Document("docx"),
                "odt" => Self::Document("odt"),
                "epub" => Self::Document("epub"),
                "pptx" | "odp" => Self::Slides,
                _ if contains(b"application/epub+zip") => Self::Document("epub"),
                _ if contains(b"opendocument.text") => Self::Document("odt"),
                _ if contains(b"word/") => Self::Document("docx"),
                _ if contains(b"ppt/") => Self::Slides,
                _ => Self::Archive("zip"),
            }),
            () if beginning.get(257..262) == Some(b"ustar") => Some(Self::Archive("tar")),
            () => None,
        }
    }

    /// Returns whether an importer reads such a file, in a build with these features.
    pub(super) fn is_imported(self) -> bool {
        match self {
            Self::Archive(_) => cfg!(feature = "archives"),
            Self::Parquet => cfg!(feature = "parquet"),
            _ => false,
        }
    }

    /// Returns what the file is, in words.
    pub fn what(self) -> String {
        match self {
            Self::Pdf => "a PDF".to_owned(),
            Self::Document(ending) => format!("a document of the kind .{ending}"),
            Self::Slides => "a presentation".to_owned(),
            Self::OldWord => "a document of Word before 2007".to_owned(),
            Self::Archive(kind) => format!("a {kind} archive"),
            Self::Parquet => "a Parquet file".to_owned(),
        }
    }

    /// Returns the command that makes a text of the file at `path`; `None` if the file is
    /// no text at all.
    pub fn command(self, path: &str) -> Option<String> {
        match self {
            Self::Pdf => Some(format!("pdftotext {path} text.txt")),
            Self::Document(ending) => Some(format!(
                "pandoc --from {ending} --to plain --wrap none {path} --output text.txt"
            )),
            Self::Slides => Some(format!("soffice --headless --convert-to pdf {path}")),
            Self::OldWord => {
                Some(format!("soffice --headless --convert-to txt:Text {path}"))
            }
            Self::Archive(_) | Self::Parquet => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_known_by_first_bytes_and_by_a_name_only_inside_an_archive() {
        let entry =
            |name: &str| [b"PK\x03\x04".as_slice(), &[0; 26], name.as_bytes()].concat();
        for (name, bytes, wanted) in [
            ("a.txt", b"%PDF-1.7".to_vec(), Some(Binary::Pdf)),
            ("a.pdf", b"a text".to_vec(), None),
            ("a.docx", entry("x"), Some(Binary::Document("docx"))),
            (
                "a",
                entry("word/document.xml"),
                Some(Binary::Document("docx")),
            ),
            (
                "a",
                entry("mimetypeapplication/epub+zip"),
                Some(Binary::Document("epub")),
            ),
            ("a.zip", entry("a.txt"), Some(Binary::Archive("zip"))),
            (
                "a.doc",
                vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1],
                Some(Binary::OldWord),
            ),
        ] {
            assert_eq!(Binary::of(name, &bytes), wanted, "{name}");
        }
    }
}
