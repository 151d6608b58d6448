//! Code page 437, in which names in old zip archives are.

/// The characters of the bytes from 128 on.
const UPPER: [char; 128] = [
    'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å', 'É',
    'æ', 'Æ', 'ô', 'ö', 'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', '¢', '£', '¥', '₧', 'ƒ', 'á', 'í',
    'ó', 'ú', 'ñ', 'Ñ', 'ª', 'º', '¿', '⌐', '¬', '½', '¼', '¡', '«', '»', '░', '▒', '▓',
    '│', '┤', '╡', '╢', '╖', '╕', '╣', '║', '╗', '╝', '╜', '╛', '┐', '└', '┴', '┬', '├',
    '─', '┼', '╞', '╟', '╚', '╔', '╩', '╦', '╠', '═', '╬', '╧', '╨', '╤', '╥', '╙', '╘',
    '╒', '╓', '╫', '╪', '┘', '┌', '█', '▄', '▌', '▐', '▀', 'α', 'ß', 'Γ', 'π', 'Σ', 'σ',
    'µ', 'τ', 'Φ', 'Θ', 'Ω', 'δ', '∞', 'φ', 'ε', '∩', '≡', '±', '≥', '≤', '⌠', '⌡', '÷',
    '≈', '°', '∙', '·', '√', 'ⁿ', '²', '■', '\u{a0}',
];

/// Returns the character of a byte. The bytes below 128 are those of ASCII.
pub(super) fn code_page_437(byte: u8) -> char {
    let upper = byte.checked_sub(128);
    upper.map_or(char::from(byte), |at| UPPER[usize::from(at)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_a_french_name_are_its_letters() {
        let bytes = b"R\x82sum\x82.txt";
        let name: String = bytes.iter().map(|&byte| code_page_437(byte)).collect();
        assert_eq!(name, "Résumé.txt");
    }
}
