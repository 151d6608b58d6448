//! Classes of characters that are relevant to segmentation.

/// Class of a mark that may end a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A full stop, which may also belong to an abbreviation or a number.
    Stop,
    /// Two or more full stops, or `…`.
    Ellipsis,
    /// An exclamation or question mark.
    Call,
    /// A colon or semicolon in a language that does not write a capital after it.
    Pause,
    /// A mark with no other use, of a script that writes white space after it: `। ؟ ።`.
    Full,
    /// A mark of a script without spaces: `。 ！ ？`.
    Wide,
}

impl Mark {
    /// Returns the class of a character; `None` if it is no mark.
    pub(crate) fn of(c: char) -> Option<Self> {
        Some(match c {
            '.' | '․' | '﹒' => Self::Stop,
            '…' | '‥' => Self::Ellipsis,
            '!' | '?' | '‼' | '‽' | '⁇' | '⁈' | '⁉' | '⸮' | '؟' | '՜' | '՞' => {
                Self::Call
            }
            // Armenian, Urdu, Syriac, N'Ko, Devanagari, Tibetan, Burmese, Ethiopic, Khmer,
            // Mongolian, Limbu, Sundanese, Santali, Meetei.
            '։' | '۔' | '܀' | '܁' | '܂' | '߹' | '।' | '॥' | '།' | '༎' | '၊' | '။'
            | '።' | '፧' | '፨' | '។' | '៕' | '᠃' | '᠉' | '᥄' | '᥅' | '᱾' | '᱿' | '꯫' => {
                Self::Full
            }
            '。' | '｡' | '．' | '！' | '？' | '﹗' | '﹖' => Self::Wide,
            _ => return None,
        })
    }

    /// Returns the class of a run of two marks.
    pub(super) fn joined(self, next: Self) -> Self {
        match (self, next) {
            (Self::Wide, _) | (_, Self::Wide) => Self::Wide,
            (Self::Full, _) | (_, Self::Full) => Self::Full,
            (Self::Call, _) | (_, Self::Call) => Self::Call,
            (Self::Pause, other) | (other, Self::Pause) => other,
            _ => Self::Ellipsis,
        }
    }
}

/// Returns whether a character is a mandatory line break by Unicode Standard Annex 14.
pub(super) fn is_line_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Returns whether a character is white space inside a line.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() && !is_line_break(c)
}

/// Returns whether a character is a bullet of a list.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '‣'
            | '⁃'
            | '◦'
            | '∙'
            | '▪'
            | '▫'
            | '■'
            | '□'
            | '●'
            | '○'
            | '►'
            | '▶'
    )
}

/// Returns whether a character directly after a mark is a closing quote or bracket.
pub(crate) fn is_closer(c: char) -> bool {
    is_wide_closer(c) || matches!(c, ')' | ']' | '}' | '»' | '›' | '″' | '′')
}

/// Returns whether a character may be a closing quote, or an opening one before the next word.
pub(crate) fn is_closer_or_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '‹' | '`' | '´' | '*')
}

/// Quotes and brackets of Chinese and Japanese, each opener before its closer.
const WIDE_PAIRS: [(char, char); 10] = [
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('（', '）'),
    ('【', '】'),
    ('〔', '〕'),
    ('［', '］'),
    ('“', '”'),
    ('‘', '’'),
];

/// Returns whether a character closes a quotation or bracket of Chinese or Japanese.
pub(super) fn is_wide_closer(c: char) -> bool {
    WIDE_PAIRS.iter().any(|&(_, closer)| closer == c)
}

/// Returns the closing character for an opening quote or bracket of Chinese or Japanese; `None` for
/// other characters.
pub(super) fn wide_closer(opener: char) -> Option<char> {
    WIDE_PAIRS
        .iter()
        .find(|&&(known, _)| known == opener)
        .map(|&(_, closer)| closer)
}

/// Returns whether a character before a word may begin the sentence.
pub(super) fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '(' | '[' | '{' | '“' | '‘' | '„' | '‚' | '”' | '’' | '«' | '»'
    ) || matches!(
        c,
        '‹' | '›' | '`' | '´' | '¿' | '¡' | '「' | '『' | '（' | '《' | '*' | '_'
    )
}

/// Returns whether a character is Hiragana, in which the particles of Japanese are written.
pub(super) fn is_hiragana(c: char) -> bool {
    ('ぁ'..='ゟ').contains(&c)
}

/// Returns whether a character is of Chinese or Japanese, which write no spaces between sentences.
pub(crate) fn is_wide(c: char) -> bool {
    ('\u{3005}'..='\u{30ff}').contains(&c) || ('\u{3400}'..='\u{9fff}').contains(&c)
}

/// Returns whether a character is a dash or a hyphen.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '‐' | '‑')
}
