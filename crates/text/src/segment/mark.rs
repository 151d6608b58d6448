//! The characters that matter to a segmenter.

/// What a mark that may end a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A full stop, which may also belong to an abbreviation or a number.
    Stop,
    /// Two stops or more, or `…`.
    Ellipsis,
    /// An exclamation or question mark.
    Call,
    /// A colon or semicolon, where a capital behind it is no habit of the language.
    Pause,
    /// A mark with no other use, followed by white space in its script: `। ؟ ።`.
    Full,
    /// A mark of a script that writes no white space: `。 ！ ？`.
    Wide,
}

impl Mark {
    /// The mark a character is, if it is one.
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

    /// The mark that this one and the next one of a run make together.
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

/// Whether a line ends here, as Unicode's mandatory breaks have it.
pub(super) fn is_line_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Whether a character is white space inside a line.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() && !is_line_break(c)
}

/// Whether a character is a bullet of a list.
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

/// Whether a character directly behind a mark closes what the sentence opened.
pub(crate) fn is_closer(c: char) -> bool {
    is_wide_closer(c) || matches!(c, ')' | ']' | '}' | '»' | '›' | '″' | '′')
}

/// Whether a character may close what the sentence opened, or open the next word.
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

/// Whether a character closes a quotation or bracket of Chinese or Japanese.
pub(super) fn is_wide_closer(c: char) -> bool {
    WIDE_PAIRS.iter().any(|&(_, closer)| closer == c)
}

/// What closes a quotation or bracket of Chinese or Japanese.
pub(super) fn wide_closer(opener: char) -> Option<char> {
    WIDE_PAIRS
        .iter()
        .find(|&&(known, _)| known == opener)
        .map(|&(_, closer)| closer)
}

/// Whether a character in front of a word opens a sentence with it.
pub(super) fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '(' | '[' | '{' | '“' | '‘' | '„' | '‚' | '”' | '’' | '«' | '»'
    ) || matches!(
        c,
        '‹' | '›' | '`' | '´' | '¿' | '¡' | '「' | '『' | '（' | '《' | '*' | '_'
    )
}

/// Whether a character is Hiragana, which writes the particles of Japanese.
pub(super) fn is_hiragana(c: char) -> bool {
    ('ぁ'..='ゟ').contains(&c)
}

/// Whether a character belongs to a script that writes no white space between sentences.
pub(crate) fn is_wide(c: char) -> bool {
    ('\u{3005}'..='\u{30ff}').contains(&c) || ('\u{3400}'..='\u{9fff}').contains(&c)
}

/// Whether a character is a dash.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '‐' | '‑')
}
