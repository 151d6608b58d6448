//! Documents that lack some of the sentences of the whole.

use std::sync::OnceLock;

use super::{Document, Sentence, Term, Token, document::Numbers};

/// A term that has not occurred in the sentences kept so far.
const NONE: u32 = u32::MAX;

impl Document {
    /// Returns the document that there would be if the body had only the sentences for
    /// which `keeps` is true: neither the others nor words that only they contain are in
    /// it. The title is kept; spans and paragraphs are those of the whole.
    ///
    /// Takes time linear in the tokens and terms.
    #[must_use]
    pub(super) fn keeping(&self, keeps: impl Fn(&Sentence) -> bool) -> Self {
        let mut part = Self {
            counted: OnceLock::new(),
            id: self.id.clone(),
            language: self.language,
            text: self.text.clone(),
            body_start: self.body_start,
            sentences: Vec::with_capacity(self.sentences.len()),
            title_sentences: self.title_sentences,
            documents: Vec::new(),
            tokens: Vec::with_capacity(self.tokens.len()),
            stems: String::with_capacity(self.stems.len()),
            stem_ends: Vec::with_capacity(self.stem_ends.len()),
            cue_words: Vec::with_capacity(self.cue_words.len()),
            tags: self.tags.as_ref().map(|_| Vec::new()),
            given_tags: self.given_tags.as_ref().map(|_| Vec::new()),
            numbers: None,
            seams: self.seams.clone(),
            has_sentence_lines: self.has_sentence_lines,
        };

        let mut terms = vec![NONE; self.term_count()];
        let mut numbers = Vec::with_capacity(self.sentences().len());
        for (at, sentence) in self.sentences.iter().enumerate() {
            let body = at.checked_sub(self.title_sentences);
            if body.is_some_and(|body| self.documents.contains(&body)) {
                part.documents
                    .push(part.sentences.len() - part.title_sentences);
            }

            if at < self.title_sentences || keeps(sentence) {
                part.take(self, sentence, &mut terms);
                if let Some(body) = body {
                    numbers.push(self.number_of(body as u32));
                }
            }
        }

        if numbers.len() < self.given_sentences() {
            part.numbers = Some(Numbers {
                of: numbers,
                whole: self.given_sentences(),
            });
        }
        part
    }

    /// Returns the document without the sentences of the body for which `drops` is true,
    /// which are blanks in its text, so that every offset is that of the whole text.
    ///
    /// Takes time linear in the tokens and terms.
    #[must_use]
    pub fn without(&self, drops: impl Fn(&Sentence) -> bool) -> Self {
        let mut part = self.keeping(|sentence| !drops(sentence));
        let mut text = part.text.into_bytes();
        for sentence in self.sentences().iter().filter(|sentence| drops(sentence)) {
            text[sentence.span.start as usize..sentence.span.end as usize].fill(b' ');
        }
        // only whole characters were replaced
        part.text = String::from_utf8(text).unwrap_or_default();
        part
    }

    /// Appends a sentence of `whole`. `terms` contains the numbers that its terms have in
    /// this part.
    fn take(&mut self, whole: &Self, sentence: &Sentence, terms: &mut [u32]) {
        let first = self.tokens.len() as u32;
        let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
        for token in &whole.tokens[tokens.clone()] {
            let known = &mut terms[token.term.index()];
            if *known == NONE {
                *known = self.stem_ends.len() as u32;
                self.stems.push_str(whole.stem(token.term));
                self.stem_ends.push(self.stems.len() as u32);
                self.cue_words.push(whole.cue_words[token.term.index()]);
            }
            self.tokens.push(Token {
                term: Term(*known),
                ..*token
            });
        }

        let both = [
            (&mut self.tags, &whole.tags),
            (&mut self.given_tags, &whole.given_tags),
        ];
        for (part, whole) in both {
            if let (Some(part), Some(whole)) = (part, whole) {
                part.extend_from_slice(&whole[tokens.clone()]);
            }
        }

        let tokens = first..self.tokens.len() as u32;
        self.sentences.push(Sentence {
            tokens,
            ..sentence.clone()
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::{Analyser, Document, LineEnds, Segmenter, Source};

    fn document(text: &str) -> Document {
        let language = "en".parse().unwrap();
        let segmenter = Segmenter::Lines;
        Analyser::default().analyse(Source {
            id: "",
            title: "On cats",
            text,
            language,
            segmenter,
            line_ends: LineEnds::Auto,
        })
    }

    /// Sentences as words, which say nothing of spans.
    fn read(document: &Document) -> Vec<Vec<String>> {
        let of = |sentence| {
            let tokens = document.tokens_of(sentence).iter();
            tokens
                .map(|token| format!("{:?} {}", token.term, document.stem(token.term)))
                .collect()
        };
        document.sentences().iter().map(of).collect()
    }

    #[test]
    fn what_is_kept_reads_as_if_the_rest_had_never_been() {
        let whole = document("cats sleep\nsubscribe now\nthe cat sat now");
        let at = whole.sentences()[1].span;
        let part = whole.keeping(|sentence| sentence.span != at);
        assert_eq!(read(&part), read(&document("cats sleep\nthe cat sat now")));
        assert_eq!(part.sentence_text(1), "the cat sat now");
        assert_eq!(part.tokens()[0].span.of(part.full_text()), "On");
    }

    #[test]
    fn keeping_all_changes_nothing() {
        let whole = document("cats sleep\nsubscribe now");
        assert_eq!(
            format!("{:?}", whole.keeping(|_| true)),
            format!("{whole:?}")
        );
    }
}
