//! Whether a text is a dialogue.

use epitome_text::Document;

/// The number of turns that a dialogue has at least.
const TURNS: usize = 4;

/// The number of words of the longest name of a speaker.
const NAME: usize = 4;

/// Returns whether most lines of a text are turns of speakers who come again: a line that
/// begins with a name of at most four words, a colon and a space, and names of which each
/// has two turns or more on average. A cluster of documents is no dialogue.
pub(super) fn is_dialogue(document: &Document) -> bool {
    if document.is_cluster() {
        return false;
    }

    let start = document.body_start() as usize;
    let body = document.full_text().get(start..).unwrap_or("");
    let mut lines = 0;
    let mut names: Vec<&str> = Vec::new();
    for line in body.lines().filter(|line| !line.trim().is_empty()) {
        lines += 1;
        names.extend(speaker(line));
    }

    let turns = names.len();
    names.sort_unstable();
    names.dedup();
    turns >= TURNS && 2 * turns > lines && 2 * names.len() <= turns
}

/// Returns the name of the speaker before a turn.
fn speaker(line: &str) -> Option<&str> {
    let (name, says) = line.split_once(':')?;
    let words = name.split_whitespace().count();
    let is_turn = says.starts_with(char::is_whitespace) && (1..=NAME).contains(&words);
    is_turn.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::{cluster, lines};

    const TALK: &str = "Ann: Hello.\nBo Li: Good morning.\nAnn: Tea?\nBo Li: Please.\n";

    #[test]
    fn turns_of_speakers_who_come_again_are_a_dialogue() {
        assert!(is_dialogue(&lines(TALK)));
        assert!(is_dialogue(&lines(&format!(
            "At noon.\n{TALK}They left.\n"
        ))));
    }

    #[test]
    fn a_list_is_no_dialogue() {
        assert!(!is_dialogue(&lines("")));
        assert!(!is_dialogue(&lines(
            "Time: noon\nPlace: Rome\nHost: Bo\nTea: yes\n"
        )));
        assert!(!is_dialogue(&lines("Ann: Hello.\nBo: Good morning.\n")));
        assert!(!is_dialogue(&lines("12:30\n12:30\n12:40\n12:40\n")));
        assert!(!is_dialogue(&cluster(TALK, &[0, 12])));
    }
}
