//! Which phrases may become keyphrases.

use std::ops::Range;

use crate::{
    spec::{Kind, Parameter, Params},
    text::{Document, Term, Token, TokenKind},
};

/// The parameter that every extractor on runs takes.
pub(super) const MAX_WORDS: Parameter = Parameter {
    name: "max-words",
    kind: Kind::Integer(1, 100),
    default: "4",
    about: "longest phrase, in words; longer runs are no candidates",
};

/// Longest runs of content words: between stop words, numbers and punctuation.
///
/// A hyphen inside a word does not end a run, and neither does a line end when the
/// next line goes on in lower case, as in hard-wrapped text. Runs of more than
/// `max_words` words and of fewer than three characters are left out.
///
/// The candidates of Rose et al. (2010), *Automatic keyword extraction from individual
/// documents*, with a length limit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Runs {
    max_words: usize,
}

/// A phrase: a sequence of stems, and where it stands.
#[derive(Debug)]
pub(super) struct Candidate {
    /// The tokens of its first occurrence.
    pub first: Range<usize>,
    /// How often it occurs.
    pub occurrences: usize,
    /// How probable it is that it occurs in page furniture only: the least
    /// [`Sentence::furniture`](crate::text::Sentence::furniture) of its occurrences.
    pub furniture: f32,
}

impl Candidate {
    /// The surface form of the first occurrence, white space runs as one space.
    pub(super) fn text(&self, document: &Document) -> String {
        let tokens = document.tokens();
        let start = tokens[self.first.start].span.start as usize;
        let end = tokens[self.first.end - 1].span.end as usize;
        let words: Vec<&str> =
            document.full_text()[start..end].split_whitespace().collect();
        words.join(" ")
    }

    /// The stems of its words; hyphens are none.
    pub(super) fn terms<'a>(
        &self,
        document: &'a Document,
    ) -> impl Iterator<Item = Term> + 'a {
        words(document, self.first.clone())
    }
}

fn words(document: &Document, tokens: Range<usize>) -> impl Iterator<Item = Term> + '_ {
    document.tokens()[tokens]
        .iter()
        .filter(|token| token.is_content())
        .map(|token| token.term)
}

impl From<&Params> for Runs {
    fn from(params: &Params) -> Self {
        Self { max_words: params.integer(MAX_WORDS.name) as usize }
    }
}

impl Runs {
    #[cfg(test)]
    pub(super) fn from_max_words(max_words: usize) -> Self {
        Self { max_words }
    }

    /// The candidates of a document in order of first occurrence. `O(n log n)`.
    pub(super) fn of(self, document: &Document) -> Vec<Candidate> {
        let mut occurrences: Vec<Range<usize>> = Vec::new();
        let tokens = document.tokens();
        let mut start = 0;
        while start < tokens.len() {
            let end = run_end(document, start);
            if self.is_candidate(document, start..end) {
                occurrences.push(start..end);
            }
            start = end.max(start + 1);
        }
        group(document, occurrences)
    }

    fn is_candidate(self, document: &Document, run: Range<usize>) -> bool {
        let Some(last) = run.clone().last() else { return false };
        let tokens = document.tokens();
        let bytes = tokens[run.start].span.start as usize..tokens[last].span.end as usize;
        let count = words(document, run).count();
        let text = &document.full_text()[bytes];
        count <= self.max_words
            && (text.len() > 3 || text.chars().count() >= 3 || !text.is_ascii())
    }
}

/// One past the run of content words at `start`; `start` where there is none.
fn run_end(document: &Document, start: usize) -> usize {
    let tokens = document.tokens();
    let mut end = start;
    loop {
        let next = if end > start && is_hyphen(document, end) { end + 1 } else { end };
        let goes_on = tokens.get(next).is_some_and(Token::is_content)
            && (end == start || next > end || is_joined(document, end));
        if !goes_on {
            return end;
        }
        end = next + 1;
    }
}

/// Whether token `at` is a hyphen with a word close on both sides.
fn is_hyphen(document: &Document, at: usize) -> bool {
    let tokens = document.tokens();
    let (Some(hyphen), Some(after)) = (tokens.get(at), tokens.get(at + 1)) else {
        return false;
    };
    let before = &tokens[at - 1];
    hyphen.kind == TokenKind::Punctuation
        && matches!(hyphen.span.of(document.full_text()), "-" | "‐" | "‑")
        && before.span.end == hyphen.span.start
        && hyphen.span.end == after.span.start
}

/// Whether token `at` goes on with the line of the one before it.
fn is_joined(document: &Document, at: usize) -> bool {
    let tokens = document.tokens();
    let text = document.full_text();
    let gap = &text[tokens[at - 1].span.end as usize..tokens[at].span.start as usize];
    let goes_on = || tokens[at].span.of(text).starts_with(char::is_lowercase);
    !gap.contains('\n') || (!gap.contains("\n\n") && goes_on())
}

/// Occurrences of the same stems become one candidate.
fn group(document: &Document, mut occurrences: Vec<Range<usize>>) -> Vec<Candidate> {
    let key = |run: &Range<usize>| words(document, run.clone());
    occurrences.sort_by(|a, b| key(a).cmp(key(b)).then(a.start.cmp(&b.start)));
    let mut candidates: Vec<Candidate> = occurrences
        .chunk_by(|a, b| key(a).eq(key(b)))
        .map(|same| Candidate {
            first: same[0].clone(),
            occurrences: same.len(),
            furniture: furniture(document, same),
        })
        .collect();
    candidates.sort_unstable_by_key(|candidate| candidate.first.start);
    candidates
}

fn furniture(document: &Document, occurrences: &[Range<usize>]) -> f32 {
    let of = |run: &Range<usize>| document.furniture_at(run.start as u32);
    occurrences.iter().map(of).fold(1.0, f32::min)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Analyser, Source, Split};

    fn phrases(text: &str) -> Vec<(String, usize)> {
        let language = "en".parse().unwrap();
        let source =
            Source { id: "d", title: "", text, language, split: Split::Sentences };
        let document = Analyser::default().analyse(source);
        let runs = Runs { max_words: 3 };
        let pair = |c: &Candidate| (c.text(&document), c.occurrences);
        runs.of(&document).iter().map(pair).collect()
    }

    fn texts(text: &str) -> Vec<String> {
        phrases(text).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn stop_words_and_punctuation_end_a_run() {
        assert_eq!(
            texts("Stone bridges, and the old toll house of 1820."),
            ["Stone bridges", "old toll house"]
        );
    }

    #[test]
    fn a_hyphen_inside_a_word_does_not() {
        assert_eq!(
            texts("a real-time system - fast code"),
            ["real-time system", "fast code"]
        );
    }

    #[test]
    fn a_wrapped_line_goes_on_in_lower_case() {
        assert_eq!(texts("digital\nlibraries"), ["digital libraries"]);
        assert_eq!(texts("Introduction\nBridges fall"), ["Introduction", "Bridges fall"]);
    }

    #[test]
    fn inflections_are_one_candidate_in_the_form_met_first() {
        assert_eq!(
            phrases("Bridges. A bridge. One hull."),
            [("Bridges".to_owned(), 2), ("One hull".to_owned(), 1)]
        );
    }

    #[test]
    fn long_runs_and_very_short_words_are_left_out() {
        assert_eq!(texts("very large stone arch bridges collapse. ox."), [""; 0]);
    }
}
