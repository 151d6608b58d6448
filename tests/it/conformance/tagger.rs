//! The tagger against UD English-EWT test, which it was not trained on.

use epitome::text::{EnglishTagger, Tag};

use super::shared;

/// What the best other tagger of its size reaches, `harper-brill` 3.0.0 with unknown
/// words as nouns or names.
const BAR: f64 = 91.0;

#[test]
fn more_words_are_right_than_the_best_other_small_tagger_has() {
    let Some(treebank) = shared("corpora/treebank/en_ewt-ud-test.conllu") else {
        return;
    };
    let mut tagger = EnglishTagger::new();
    let (mut gold, mut said) = (Vec::new(), Vec::new());
    for sentence in treebank.split("\n\n") {
        let words: Vec<(&str, Tag)> = sentence.lines().filter_map(word).collect();
        gold.extend(words.iter().map(|&(_, tag)| tag));
        tagger.tag(words.iter().map(|&(form, _)| form), &mut said);
    }
    assert_eq!((gold.len(), said.len()), (25_094, 25_094), "words");
    let pairs = || gold.iter().copied().zip(said.iter().copied());
    let right = percent(
        pairs().filter(|(gold, said)| gold == said).count(),
        gold.len(),
    );
    let both = pairs()
        .filter(|&(gold, said)| is_content(gold) && is_content(said))
        .count();
    let of =
        |tags: &[Tag]| percent(both, tags.iter().filter(|&&t| is_content(t)).count());
    println!(
        "{right:.2} % right; NOUN, PROPN, ADJ: P {:.2}, R {:.2}",
        of(&said),
        of(&gold)
    );
    assert!(right >= BAR, "{right:.2} % right");
}

/// Form and tag of a line, unless it is a comment, a range or an empty node.
fn word(line: &str) -> Option<(&str, Tag)> {
    let mut columns = line.split('\t');
    let id = columns.next()?;
    let is_word = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let form = columns.next().filter(|_| is_word)?;
    Some((form, Tag::from_name(columns.nth(1)?)?))
}

fn is_content(tag: Tag) -> bool {
    matches!(tag, Tag::Noun | Tag::Propn | Tag::Adj)
}

fn percent(part: usize, all: usize) -> f64 {
    100.0 * part as f64 / all as f64
}
