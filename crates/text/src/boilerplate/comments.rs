//! Finds the comments of readers, which follow the text of a page in any language.

/// Minimum number of lines with the time of a comment.
const COMMENTS: usize = 3;

/// Maximum length of a line with the time of a comment, in words.
const HEADER: f32 = 25.0;

/// Returns the first line of the comments of a page, given the words of its lines and which lines
/// [have a time](has_time). That is the first short line with a time, if there are at least
/// [`COMMENTS`], and at least half of the words of the page are before it: the timetable of an
/// event and a report of a live event have times throughout.
pub(super) fn first_line(words: &[f32], has_time: &[bool]) -> Option<usize> {
    let is_header = |&at: &usize| has_time[at] && words[at] <= HEADER;
    let mut headers = (0..words.len()).filter(is_header);
    let first = headers.next()?;
    let before: f32 = words[..first].iter().sum();
    let all: f32 = words.iter().sum();
    (headers.count() + 1 >= COMMENTS && 2.0 * before >= all).then_some(first)
}

/// Returns whether a line contains a time of day and a date: `2014/01/01 20:31`, `30 Desember
/// 2015, 4:36`. A date is a year of this century or the last, or two numbers with a slash.
pub(super) fn has_time(line: &str) -> bool {
    let runs: Vec<&str> = line.split(|it: char| !it.is_ascii_digit()).collect();
    let is_year =
        |run: &&str| run.len() == 4 && (run.starts_with("19") || run.starts_with("20"));
    has_pair(line, ':', |hours, minutes| {
        (1..=2).contains(&hours) && minutes == 2
    }) && (runs.iter().any(is_year) || has_pair(line, '/', |a, b| a > 0 && b > 0))
}

/// Returns whether `sign` is between two numbers with these lengths.
fn has_pair(line: &str, sign: char, fits: impl Fn(usize, usize) -> bool) -> bool {
    line.match_indices(sign).any(|(at, _)| {
        let before = &line[..at];
        let after = &line[at + sign.len_utf8()..];
        let is_digit = |it: char| it.is_ascii_digit();
        let ahead = before.len() - before.trim_end_matches(is_digit).len();
        let behind = after.len() - after.trim_start_matches(is_digit).len();
        fits(ahead, behind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_a_comment_is_a_time_of_day_and_a_date() {
        for line in [
            "#1 小鳳 於 2013/12/28 10:28",
            "Ann on 30 Desember 2015 at 4:36 am said:",
            "Posted by Ben, 5/3/19 17:05",
        ] {
            assert!(has_time(line), "{line}");
        }
        for line in [
            "The bridge opened at 10:30.",
            "In 2019 they won 3:0.",
            "John 3:165, 1999",
        ] {
            assert!(!has_time(line), "{line}");
        }
    }

    #[test]
    fn comments_begin_with_the_first_of_three_times_behind_half_of_the_words() {
        let has =
            |times: &[usize]| (0..8).map(|at| times.contains(&at)).collect::<Vec<_>>();
        let words = [30.0, 30.0, 30.0, 5.0, 20.0, 5.0, 20.0, 5.0];
        assert_eq!(first_line(&words, &has(&[3, 5, 7])), Some(3));
        assert_eq!(first_line(&words, &has(&[3, 5])), None);
        assert_eq!(first_line(&words, &has(&[2, 3, 5, 7])), Some(3)); // too long for a header
        let early = [30.0, 5.0, 30.0, 5.0, 20.0, 5.0, 20.0, 5.0];
        assert_eq!(first_line(&early, &has(&[1, 3, 5, 7])), None);
        assert_eq!(first_line(&[], &[]), None);
    }
}
