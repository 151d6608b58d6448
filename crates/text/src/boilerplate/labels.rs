//! Lines that say by their words what they are: teasers of other pages, credits and captions of
//! pictures, names of authors with a time, notes on authors, rights, messages of players and browsers.
//!
//! Their lists are short and exact, since a line that they fit is boilerplate whatever the
//! regressions compute. They are of the languages in which the labelled pages have such lines.

use std::sync::LazyLock;

use super::comments::has_time;

/// The words of the lists of `labels/lists.txt`.
#[derive(Debug, Default)]
struct Lists {
    teasers: Vec<&'static str>,
    credits: Vec<&'static str>,
    photos: Vec<&'static str>,
    agencies: Vec<&'static str>,
    captions: Vec<&'static str>,
    by: Vec<&'static str>,
    authors: Vec<&'static str>,
    rights: Vec<&'static str>,
    pages: Vec<&'static str>,
    uses: Vec<&'static str>,
    permissions: Vec<&'static str>,
    messages: Vec<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists = Lists::default();
    let lines = include_str!("labels/lists.txt").lines();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (kind, words) = line.split_once(": ").unwrap_or((line, ""));
        let list = match kind {
            "teaser" => &mut lists.teasers,
            "credit" => &mut lists.credits,
            "photo" => &mut lists.photos,
            "agency" => &mut lists.agencies,
            "caption" => &mut lists.captions,
            "by" => &mut lists.by,
            "author" => &mut lists.authors,
            "right" => &mut lists.rights,
            "page" => &mut lists.pages,
            "use" => &mut lists.uses,
            "permission" => &mut lists.permissions,
            "message" => &mut lists.messages,
            other => unreachable!("`{other}` is no kind of list; a test reads them"),
        };
        list.extend(words.split(", "));
    }
    lists
});

/// What follows the first words of a credit.
const AFTER_CREDIT: [&str; 8] = [
    ":",
    " by ",
    " credit",
    " courtesy",
    " copyright",
    " via ",
    "/",
    " ©",
];

/// Maximum number of words of a credit.
const CREDIT: usize = 12;

/// Maximum number of words of a caption that ends in a credit, and so of every line that says what
/// it is.
const CAPTION: usize = 60;

/// Maximum number of bytes of a line by the words that it may have.
const WORD: usize = 10;

/// Maximum number of words of a teaser, another caption, a name with a time, or a note on an author.
const LONGEST: usize = 35;

/// Returns whether a line says that it is no text. `is_late` tells whether it is in the last third
/// of the page, where notes on authors are.
pub(super) fn is_labelled(line: &str, is_late: bool) -> bool {
    let line = line
        .trim_start_matches(['(', '[', '|', '©', ' '])
        .trim_end();
    let words = line.split_whitespace().count();
    // text without spaces has few words, however long it is
    if words > CAPTION || line.len() > CAPTION * WORD {
        return false;
    }
    if words <= LONGEST && (is_byline(line) || is_late && is_on_author(line)) {
        return true;
    }

    let normal = normal(line);
    is_credit(&normal, words)
        || is_on_permission(&normal)
        || words <= LONGEST
            && (is_begun_by_teaser(&normal)
                || is_caption(&normal)
                || is_on_rights(&normal))
        || words <= CREDIT && is_message(&normal)
}

/// Returns a text in lower case with straight apostrophes, as the lists have it.
fn normal(text: &str) -> String {
    text.to_lowercase().replace('’', "'")
}

/// Returns whether a text is the words of a teaser, such as the name before the colon of *Read more:
/// The mill*.
pub(super) fn is_teaser(text: &str) -> bool {
    LISTS.teasers.contains(&normal(text).as_str())
}

/// Returns whether a line in lower case begins with the words of a teaser and a colon, or is
/// nothing but these words.
fn is_begun_by_teaser(line: &str) -> bool {
    let is_begun = |phrase: &&str| {
        line.strip_prefix(*phrase).is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.is_empty() || rest.starts_with([':', '>', '»', '→'])
        })
    };
    LISTS.teasers.iter().any(is_begun)
}

/// Returns whether a line in lower case says whose picture it is, or ends in saying so, as a caption
/// does: *The bridge (Photo: Ann Miller)*, *The bridge | Photo: Ann Miller*, *The bridge Ann
/// Miller/Getty Images*.
fn is_credit(line: &str, words: usize) -> bool {
    let is_short = words <= CREDIT && !line.ends_with(['.', '?', '!']);
    let in_brackets = line
        .strip_suffix([')', ']'])
        .and_then(|line| line.rsplit_once(['(', '[']))
        .map(|(_, credit)| credit);
    let after_bar = line
        .rsplit_once('|')
        .map(|(_, credit)| credit.trim_start())
        .filter(|credit| credit.split_whitespace().count() <= CREDIT)
        .filter(|credit| LISTS.photos.iter().any(|photo| credit.starts_with(photo)));

    let open = line.trim_end_matches([')', ']']);
    let has_agency = LISTS.agencies.iter().any(|agency| {
        open.strip_suffix(agency).is_some_and(|rest| {
            (is_short && rest.is_empty())
                || (rest.ends_with('/') && !rest.contains("://"))
                || rest.trim_end().ends_with(['|', '©'])
        })
    });
    is_short && begins_with_credit(line)
        || has_agency
        || in_brackets.is_some_and(begins_with_credit)
        || after_bar.is_some_and(begins_with_credit)
}

/// Returns whether a text in lower case begins with the words of a credit.
fn begins_with_credit(text: &str) -> bool {
    LISTS.credits.iter().any(|credit| {
        text.strip_prefix(credit)
            .is_some_and(|rest| AFTER_CREDIT.iter().any(|after| rest.starts_with(after)))
    })
}

/// Returns whether a line in lower case describes a picture.
fn is_caption(line: &str) -> bool {
    LISTS.captions.iter().any(|caption| {
        line.strip_prefix(caption)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// Returns whether a line in lower case reserves rights: whether the words for it are all of the line,
/// or follow the holder or the end of a sentence (*© 2019 The Paper. All rights reserved.*).
fn is_on_rights(line: &str) -> bool {
    let bare = line.trim_end_matches(['.', '!', ' ']);
    LISTS.rights.iter().any(|right| {
        bare.strip_suffix(right).is_some_and(|holder| {
            let holder = holder.trim_end();
            holder.is_empty()
                || holder.ends_with(['.', ',', '|', '©', ')', '-', '–'])
                || holder.ends_with(|it: char| it.is_ascii_digit())
                || holder.contains('©')
                || holder.starts_with("copyright")
        })
    })
}

/// Returns whether a line in lower case says what may not be done without permission in writing, or
/// what may not be done with the page without any.
fn is_on_permission(line: &str) -> bool {
    let contains = |list: &[&str]| list.iter().any(|words| line.contains(words));
    let is_on_page = LISTS.pages.iter().any(|page| line.starts_with(page));
    contains(&LISTS.uses)
        && contains(&LISTS.permissions)
        && (is_on_page || line.contains("written"))
}

/// Returns whether a line in lower case begins with a message of a player of videos or of a browser.
fn is_message(line: &str) -> bool {
    LISTS
        .messages
        .iter()
        .any(|message| line.starts_with(message))
}

/// Returns whether a line, which is no sentence, names an author and a date with a time.
fn is_byline(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or("").to_lowercase();
    let is_named = words
        .next()
        .is_some_and(|it| it.starts_with(char::is_uppercase));
    let is_sentence =
        line.ends_with(['!', '?']) || line.ends_with('.') && !line.ends_with(".m.");
    LISTS.by.contains(&first.as_str()) && is_named && !is_sentence && has_time(line)
}

/// Returns whether a line says of somebody with a name of two to five words that they are a
/// journalist: *Ann Miller is a reporter for the paper*.
fn is_on_author(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let name: Vec<&str> = words
        .by_ref()
        .take_while(|word| !["is", "ist", "est"].contains(word))
        .take(6)
        .collect();
    let is_name = (2..=5).contains(&name.len())
        && !["The", "But", "And", "In", "When", "If"].contains(&name[0])
        && name[..2]
            .iter()
            .all(|it| it.starts_with(char::is_uppercase));
    if !is_name {
        return false;
    }

    // an article and at most three adjectives, which no comma ends, may be before the word
    for word in words.take(5) {
        let bare = word
            .trim_matches(|it: char| !it.is_alphabetic())
            .to_lowercase();
        if LISTS.authors.contains(&bare.as_str()) {
            return true;
        }
        if word.ends_with([',', ';', ':']) {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_that_it_is_no_text_is_labelled() {
        for line in [
            "Read more: The bridge is shut",
            "RELATED: Ferries on the river",
            "Leia também: A ponte",
            "Advertisement",
            "Photo by Ann Miller",
            "(Photo: Ann Miller/AFP)",
            "| Foto: Reuters",
            "Ann Miller/The Paper/Getty Images",
            "The bridge, seen from the mill. Ann Miller/AP",
            "The bridge over the river, which was built a hundred years ago. (Photos by Ann Miller, left, and Ben Weir)",
            "The bridge after the flood. | Foto: Reuters",
            "The mill Ben Weir | Getty Images",
            "Getty",
            "A stock image of a bridge.",
            "An artist’s impression of the new bridge",
            "By Ann Miller on Monday, 18 November 2019 at 11:08",
            "© 2019 The Paper. All rights reserved.",
            "Alle Rechte vorbehalten",
            "The material on this site may not be reproduced or cached, except with the prior written permission of the paper.",
            "Media playback is unsupported on your device",
            "Your browser does not support the video tag.",
        ] {
            assert!(is_labelled(line, false), "{line}");
        }
    }

    #[test]
    fn a_note_on_an_author_is_at_the_end() {
        for note in [
            "Ann Miller is a reporter for the paper.",
            "Ann B. Miller is a senior political correspondent in London.",
            "Ben Weir ist Redakteur der Zeitung.",
        ] {
            assert!(is_labelled(note, true), "{note}");
            assert!(!is_labelled(note, false), "{note}");
        }
        assert!(!is_labelled("He is a reporter who was shot.", true));
        for text in [
            "The suspect is a former editor of the paper.",
            "A man from Ohio is a writer.",
            "The Paper is a producer of lists.",
            "But Miller is the author of the plan.",
            "Donald Miller is a liar, the editor said.",
            "Ann Miller of the old mill by the weir is a reporter.",
        ] {
            assert!(!is_labelled(text, true), "{text}");
        }
    }

    #[test]
    fn text_is_not_labelled() {
        for line in [
            "Read more books, the teacher said.",
            "Related companies were fined: they knew.",
            "Photos show that the bridge was cracked for years.",
            "The image was made by a satellite.",
            "The pictures are from Reuters",
            "The bridge was shut (Reuters).",
            "By 10 in the morning the road was shut.",
            "By 10:30 on 5 May 2019 the town was flooded.",
            "Di Jakarta pada 5 Mei 2019 pukul 10:30 jalan ditutup.",
            "In this file, you set the name of the bridge.",
            "This image is made of pixels.",
            "In this picture of the economy, nobody works.",
            "https://bridge.example/photos/ap",
            "Watch out for the ferry.",
            "Pictures from the river",
            "Images from the river, where the bridge fell, were seen by millions.",
            "This picturesque town has a mill.",
            "With all rights reserved to the miller, the weir was sold.",
            "All rights reserved by the seller passed to the miller in 1953.",
            "The band's third album is called All Rights Reserved.",
            "Photographs of minors may not be published without the consent of their parents.",
            "Personal data may not be distributed without consent, the court ruled.",
            "JavaScript is disabled by default in the Tor Browser, which protects its users.",
            "This video is unavailable in Germany because of a dispute over fees, the broadcaster said.",
            "Display: 6.1 inch | Video: 4K at 60 fps",
            "The agencies that objected: NASA / NOAA / EPA",
            "The plans may not be reproduced, the court ruled.",
            "The mill | the weir | the bridge",
            "The board said the book may not be printed.",
            "He asked for the written permission of the owner.",
        ] {
            assert!(!is_labelled(line, true), "{line}");
        }
    }
}
