//! The spoken text of subtitles: `SubRip` (`.srt`) and `WebVTT` (`.vtt`).

use crate::import::without_tags;

/// Returns what is spoken, as running text: counters, times, marks and notes go. A line
/// that begins with a dash is another speaker's and begins a line; what a cue repeats of
/// the one before it, as captions that roll do, comes once.
pub(super) fn spoken(subtitles: &str) -> String {
    let text = subtitles
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n");
    let mut spoken = String::new();
    let mut last = String::new();
    for cue in text.split("\n\n") {
        let mut lines = cue.lines().map(str::trim);
        // a cue without a time is the header or a note
        if !lines.by_ref().any(|line| line.contains("-->")) {
            continue;
        }
        for line in lines {
            let line = without_tags(&without_marks(line)).trim().to_owned();
            if line.is_empty() || is_no_speech(&line) || line == last {
                continue;
            }
            let begun = line.strip_prefix(['-', '–', '—']).map(str::trim_start);
            match (spoken.is_empty(), begun) {
                (true, _) => {}
                (false, Some(_)) => spoken.push('\n'),
                (false, None) => spoken.push(' '),
            }
            spoken.push_str(begun.unwrap_or(&line));
            last = line;
        }
    }
    spoken
}

/// Returns a line without the marks of positions and times: `{\an8}`, `<00:02.500>`.
fn without_marks(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['{', '<']) {
        let (before, mark) = rest.split_at(at);
        plain.push_str(before);
        let close = match mark.as_bytes() {
            [b'{', b'\\', ..] => Some('}'),
            [b'<', digit, ..] if digit.is_ascii_digit() => Some('>'),
            _ => None,
        };
        let end = close.and_then(|close| mark.find(close));
        if end.is_none() {
            plain.push_str(&mark[..1]);
        }
        rest = &mark[end.unwrap_or_default() + 1..];
    }
    plain + rest
}

/// Returns whether a line is a sound and no word: `[Music]`, `♪`.
fn is_no_speech(line: &str) -> bool {
    let is_in = |open: char, close: char| {
        let inside = line
            .strip_prefix(open)
            .and_then(|it| it.strip_suffix(close));
        inside.is_some_and(|it| !it.contains([open, close]))
    };
    is_in('[', ']') || is_in('(', ')') || !line.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_spoken_stays() {
        let srt = "1\r\n00:00:01,000 --> 00:00:04,200\r\nThe board met on Monday\r\nto discuss {\\an8}a <i>line</i>.\r\n\r\n2\r\n00:00:04,500 --> 00:00:07,000\r\n- Will boats run at night?\r\n- No.\r\n\r\n3\r\n00:00:08,000 --> 00:00:09,000\r\n[Applause]\r\n";
        let wanted =
            "The board met on Monday to discuss a line.\nWill boats run at night?\nNo.";
        assert_eq!(spoken(srt), wanted);
        let vtt = "WEBVTT - A title\n\nNOTE\nnot said\n\nfirst\n00:01.000 --> 00:02.000 align:start\n<v Ana>Fish &amp; chips\n\n00:02.000 --> 00:03.000\nFish &amp; chips\nare <00:02.500><c>dear.</c>\n";
        assert_eq!(spoken(vtt), "Fish & chips are dear.");
        assert_eq!(spoken(""), "");
    }
}
