//! A user's query, in the terms of a document.

use epitome_text::{Analyser, Document, LineEnds, Segmenter, Source};

/// Returns how often each term of `document` occurs in `query`, without stop words.
///
/// An empty query is replaced by the title. If there is no title either, or if no word of
/// it is in the document, all counts are 0.
pub fn query_counts(query: &str, document: &Document) -> Vec<f64> {
    let mut counts = vec![0.0; document.term_count()];
    if query.trim().is_empty() {
        let first = document.sentences().first();
        let title = first.map_or(0, |sentence| sentence.tokens.start as usize);
        for token in document.tokens()[..title]
            .iter()
            .filter(|token| token.is_content())
        {
            counts[token.term.index()] += 1.0;
        }
        return counts;
    }

    let asked = Analyser::default().analyse(Source {
        id: "query",
        title: "",
        text: query,
        language: document.language(),
        segmenter: Segmenter::Lines,
        line_ends: LineEnds::Auto,
    });

    let mut stems: Vec<&str> = asked
        .sentences()
        .iter()
        .flat_map(|sentence| asked.content(sentence))
        .map(|term| asked.stem(term))
        .collect();
    stems.sort_unstable();

    let contents = document.tokens().iter().filter(|token| token.is_content());
    for term in contents.map(|token| token.term) {
        // a term occurs many times in the document and is looked up once
        if counts[term.index()] == 0.0 {
            let stem = document.stem(term);
            let from = stems.partition_point(|known| *known < stem);
            let equal = stems[from..]
                .iter()
                .take_while(|known| **known == stem)
                .count();
            counts[term.index()] = equal as f64;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::titled;

    fn asked(query: &str) -> Vec<(String, f64)> {
        let document = titled("On whales", "ships fear whales\n");
        let counts = query_counts(query, &document);
        let content = document.tokens().iter().filter(|token| token.is_content());
        let pair = |term| (document.stem(term).to_owned(), counts[term.index()]);
        content.skip(1).map(|token| pair(token.term)).collect()
    }

    #[test]
    fn a_query_is_counted_by_stems() {
        let wanted = [("ship", 2.0), ("fear", 0.0), ("whale", 0.0)];
        assert_eq!(
            asked("the ship of ships"),
            wanted.map(|(s, n)| (s.to_owned(), n))
        );
    }

    #[test]
    fn without_a_query_the_title_asks() {
        assert_eq!(asked(" ")[2], ("whale".to_owned(), 1.0));
    }
}
