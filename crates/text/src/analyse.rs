//! Turns a text into a [`Document`]: sentences, words, stems, stop words and boilerplate.

use std::{borrow::Cow, ops::Range, sync::OnceLock};

use super::{
    AnalysisNeeds, Document, EnglishTagger, Language, Sentence, Span, Tag, TaggedText,
    TaggedWord,
    boilerplate::BoilerplateModel,
    lexicon::Lexicon,
    line_ends::{LineEnds, Seams},
    paragraphs::Paragraphs,
    segment::{Rules, Segmenter},
    tokenise::spelling::readable,
};

/// A text to analyse, with the way in which it is read.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The id of the text within its corpus.
    pub id: &'a str,
    /// The title; empty if there is none.
    pub title: &'a str,
    /// The body.
    pub text: &'a str,
    /// The language of the text.
    pub language: Language,
    /// How sentences are found.
    pub segmenter: Segmenter,
    /// How line ends are read, unless the segmenter makes every line a sentence.
    pub line_ends: LineEnds,
}

/// Makes documents, and remembers words from one to the next.
///
/// Each thread needs one of its own. A word that was seen before costs one look-up: its
/// stem and kind are remembered by its surface form. What is remembered does not change
/// any result.
#[derive(Default)]
pub struct Analyser {
    lexicons: Vec<Lexicon>,
    tagger: Option<EnglishTagger>,
}

impl Analyser {
    /// Returns an analyser whose documents have what `needs` asks for.
    pub fn new(needs: AnalysisNeeds) -> Self {
        Self {
            tagger: needs.tags.then(EnglishTagger::new),
            ..Self::default()
        }
    }

    /// Analyses one text, in time linear in its length.
    pub fn analyse(&mut self, source: Source<'_>) -> Document {
        self.analyse_cluster(source, &[])
    }

    /// Analyses a text whose body is a cluster of documents, which begin at the bytes
    /// `starts` of it. A single document is not a cluster.
    pub fn analyse_cluster(&mut self, source: Source<'_>, starts: &[usize]) -> Document {
        let mut text = String::with_capacity(source.title.len() + source.text.len() + 1);
        text.push_str(source.title.trim());
        if !text.is_empty() {
            text.push('\n');
        }
        let body_start = text.len();
        text.push_str(source.text);

        let seams = seams(&text, body_start, source);
        let flat = seams.on_one_line(&text);

        // title and body are segmented apart, so that no sentence is in both
        let mut spans = Vec::new();
        split(&flat, 0..body_start, source, &mut spans);
        let title_sentences = spans.len();
        split(&flat, body_start..text.len(), source, &mut spans);
        let flat = match flat {
            Cow::Borrowed(_) => None,
            Cow::Owned(flat) => Some(flat),
        };

        let Source { id, language, .. } = source;
        let layout = Layout {
            id,
            language,
            text,
            flat,
            seams,
            body_start,
            title_sentences,
            documents: first_sentences(starts, body_start, &spans[title_sentences..]),
            spans,
        };
        self.document(layout, None)
    }

    /// Analyses a text whose words and parts of speech are known. The document has no
    /// title.
    pub fn analyse_tagged(
        &mut self,
        id: &str,
        language: Language,
        source: &TaggedText,
    ) -> Document {
        let sentences = source.sentences();
        let spans = sentences.iter().map(|words| Span {
            start: words.first().map_or(0, |word| word.span.start),
            end: words.last().map_or(0, |word| word.span.end),
        });
        let spans = spans.collect();
        let text = source.text().to_owned();
        let layout = Layout {
            id,
            language,
            text,
            flat: None,
            seams: Seams::default(),
            body_start: 0,
            title_sentences: 0,
            documents: Vec::new(),
            spans,
        };

        let mut document = self.document(layout, Some(sentences));
        document.given_tags =
            Some(sentences.iter().flatten().map(|word| word.tag).collect());
        document
    }

    /// Makes a document of sentences. Their words are found unless they are given.
    fn document(
        &mut self,
        layout: Layout<'_>,
        given: Option<&[Vec<TaggedWord>]>,
    ) -> Document {
        let Layout {
            id,
            language,
            text,
            body_start,
            title_sentences,
            documents,
            spans,
            ..
        } = layout;

        let flat = layout.flat.as_deref().unwrap_or(&text);
        let lexicon = lexicon_of(&mut self.lexicons, language);

        let mut paragraphs = Paragraphs::of(flat, &spans[title_sentences..]);
        let mut tokens = Vec::with_capacity(text.len() / 5);
        let mut terms = Vec::new();
        let sentences = spans
            .into_iter()
            .enumerate()
            .map(|(at, span)| {
                let first = tokens.len() as u32;
                match given {
                    Some(given) => {
                        lexicon.given(flat, &given[at], &mut tokens, &mut terms);
                    }
                    None => lexicon.tokens(flat, span, &mut tokens, &mut terms),
                }
                let is_title = at < title_sentences;
                Sentence {
                    span,
                    tokens: first..tokens.len() as u32,
                    paragraph: if is_title {
                        0
                    } else {
                        paragraphs.at(flat, span)
                    },
                    boilerplate: 0.0,
                    joined: match layout.seams.read(&text, span) {
                        Cow::Borrowed(_) => None,
                        Cow::Owned(joined) => Some(joined.into()),
                    },
                }
            })
            .collect();

        let mut stem_bytes = Vec::with_capacity(8 * terms.len());
        let mut stem_ends = Vec::with_capacity(terms.len());
        for &stem in &terms {
            stem_bytes.extend_from_slice(lexicon.stem(stem));
            stem_ends.push(stem_bytes.len() as u32);
        }

        let mut document = Document {
            id: id.to_owned(),
            language,
            text,
            body_start: body_start as u32,
            sentences,
            title_sentences,
            documents,
            tokens,
            // every stem was a text
            stems: String::from_utf8(stem_bytes).unwrap_or_default(),
            stem_ends,
            cue_words: terms
                .iter()
                .map(|&stem| lexicon.cue_words[stem as usize])
                .collect(),
            tags: None,
            given_tags: None,
            numbers: None,
            seams: layout.seams,
            counted: OnceLock::new(),
        };

        lexicon.forget_document(&terms);
        document = document.judged_by(BoilerplateModel::standard());
        if let Some(tagger) = &mut self.tagger
            && language.code() == "en"
        {
            document.tags = Some(tags(tagger, &document));
        }
        document
    }
}

/// A text with the places of its sentences.
struct Layout<'a> {
    id: &'a str,
    language: Language,
    text: String,
    /// The text with its wrapped lines joined, if that differs: it is what is read.
    flat: Option<String>,
    seams: Seams,
    body_start: usize,
    title_sentences: usize,
    /// The first sentence of each document of a cluster; empty if the body is none.
    documents: Vec<usize>,
    spans: Vec<Span>,
}

/// Returns the part of speech of every token. A sentence that a line wrap has cut is
/// tagged as one.
fn tags(tagger: &mut EnglishTagger, document: &Document) -> Vec<Tag> {
    let tokens = document.tokens();
    let mut tags = Vec::with_capacity(tokens.len());
    let ends = document
        .sentences
        .iter()
        .map(|sentence| sentence.tokens.end as usize);

    for end in ends.filter(|&end| end == tokens.len() || !document.is_wrapped(end)) {
        let words = tokens[tags.len()..end].iter();
        let words: Vec<Cow<'_, str>> =
            words.map(|word| document.read(word.span)).collect();
        tagger.tag(words.iter().map(|word| readable(word)), &mut tags);
    }
    tags
}

/// Returns the lexicon of a language. One that is full is replaced by an empty one.
fn lexicon_of(lexicons: &mut Vec<Lexicon>, language: Language) -> &mut Lexicon {
    let at = lexicons
        .iter()
        .position(|lexicon| lexicon.language == language);
    let at = at.unwrap_or_else(|| {
        lexicons.push(Lexicon::of(language));
        lexicons.len() - 1
    });
    let lexicon = &mut lexicons[at];
    if lexicon.is_full() {
        *lexicon = Lexicon::of(language);
    }
    lexicon
}

/// Returns the line ends of a title and a body that are joined.
fn seams(text: &str, body_start: usize, source: Source<'_>) -> Seams {
    let Source {
        line_ends,
        language,
        segmenter,
        ..
    } = source;
    if segmenter == Segmenter::Lines {
        return Seams::default();
    }
    let (title, body) = text.split_at(body_start);
    let body = line_ends.seams(body, language).moved(body_start as u32);
    line_ends
        .seams(title.trim_end(), language)
        .followed_by(body)
}

/// Returns the first sentence of each document of a cluster, whose documents begin at the
/// bytes `starts` of the body; nothing for a single document. `sentences` are those of the
/// body.
fn first_sentences(
    starts: &[usize],
    body_start: usize,
    sentences: &[Span],
) -> Vec<usize> {
    if starts.len() < 2 {
        return Vec::new();
    }
    starts
        .iter()
        .map(|start| {
            let start = body_start + start;
            sentences.partition_point(|sentence| (sentence.start as usize) < start)
        })
        .collect()
}

/// Appends the spans of the sentences in `part` of a text.
fn split(text: &str, part: Range<usize>, source: Source<'_>, out: &mut Vec<Span>) {
    let (first, start) = (out.len(), part.start as u32);
    source
        .segmenter
        .push_spans(&text[part], Rules::of(source.language.code()), out);
    for span in &mut out[first..] {
        *span = Span {
            start: span.start + start,
            end: span.end + start,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TokenKind;

    fn document(title: &str, text: &str) -> Document {
        let language = "en".parse().unwrap();
        let source = Source {
            id: "d",
            title,
            text,
            language,
            segmenter: Segmenter::Own,
            line_ends: LineEnds::Auto,
        };
        Analyser::default().analyse(source)
    }

    #[test]
    fn terms_are_dense_and_shared_by_inflections() {
        let document = document("", "Bridges fall. The bridge fell on 3 bridges.");
        let content: Vec<_> = document
            .sentences()
            .iter()
            .flat_map(|sentence| document.content(sentence))
            .map(|term| document.stem(term).to_owned())
            .collect();
        assert_eq!(content, ["bridg", "fall", "bridg", "fell", "bridg"]);
        assert!(
            document
                .tokens()
                .iter()
                .all(|t| t.term.index() < document.term_count())
        );
    }

    #[test]
    fn a_title_is_analysed_but_is_no_sentence() {
        let document = document("On bridges", "They fall.");
        assert_eq!(document.sentences().len(), 1);
        assert_eq!(document.sentence_text(0), "They fall.");
        assert_eq!(document.tokens()[0].span.of(document.full_text()), "On");
        assert_eq!(document.sentence_text(7), "");
    }

    #[test]
    fn blank_lines_separate_paragraphs_and_line_ends_do_where_there_are_none() {
        let paragraphs = |text: &str| -> Vec<u32> {
            document("T", text)
                .sentences()
                .iter()
                .map(|s| s.paragraph)
                .collect()
        };
        assert_eq!(
            paragraphs("One. Two.\nThree.\n\nFour.\n\n\nFive."),
            [0, 0, 0, 1, 2]
        );
        assert_eq!(paragraphs("One. Two.\nThree.\nFour."), [0, 0, 1, 2]);
        assert_eq!(paragraphs("\n\nOne.\n\nTwo."), [0, 1]);
    }

    #[test]
    fn a_document_does_not_depend_on_those_before_it() {
        let source = |text| Source {
            id: "d",
            title: "",
            text,
            language: "en".parse().unwrap(),
            segmenter: Segmenter::Lines,
            line_ends: LineEnds::Auto,
        };
        let mut used = Analyser::default();
        used.analyse(source("some other words about a cat"));
        let late = used.analyse(source("the cat sat"));
        let fresh = Analyser::default().analyse(source("the cat sat"));
        assert_eq!(format!("{late:?}"), format!("{fresh:?}"));
    }

    /// The words of a text in a language, with their kinds and stems.
    fn words(code: &str, text: &str) -> Vec<(TokenKind, String)> {
        let language = code.parse().unwrap();
        let source = Source {
            id: "d",
            title: "",
            text,
            language,
            segmenter: Segmenter::Own,
            line_ends: LineEnds::Auto,
        };
        let document = Analyser::default().analyse(source);
        let words = document.tokens().iter().filter(|token| token.is_word());
        words
            .map(|it| (it.kind, document.stem(it.term).to_owned()))
            .collect()
    }

    #[test]
    fn spellings_of_a_word_are_one_word() {
        let french = words("fr", "L'île à la forêt");
        assert_eq!(words("fr", "L’i\u{302}le a\u{300} la fore\u{302}t"), french);
        assert_eq!(words("fr", "L&#39;&icirc;le à la fo\u{AD}rêt"), french);
        let kinds: Vec<_> = french.iter().map(|(kind, _)| *kind).collect();
        let [stop, word] = [TokenKind::StopWord, TokenKind::Word];
        assert_eq!(kinds, [stop, word, stop, stop, word]);
        assert_eq!(words("de", "STRASSE"), words("de", "Straße"));
        assert_eq!(words("tr", "IŞIK"), words("tr", "ışık"));
    }

    #[test]
    fn pronouns_that_hyphens_join_are_stop_words() {
        let content = |code, text| -> Vec<String> {
            let words = words(code, text).into_iter();
            words
                .filter(|it| it.0 == TokenKind::Word)
                .map(|it| it.1)
                .collect()
        };
        assert_eq!(content("pt", "Cantou-lhes; dar-vos-iam").len(), 2);
        assert_eq!(content("pt", "guarda-sol").len(), 2);
        assert_eq!(content("ca", "cantar-los; menjar-se'n").len(), 2);
    }

    #[test]
    fn two_capitals_are_no_stop_word_among_small_letters() {
        let kind = |text, at: usize| words("en", text)[at].0;
        assert_eq!(kind("lessons in IT here", 2), TokenKind::Word);
        assert_eq!(kind("lessons in it here", 2), TokenKind::StopWord);
        assert_eq!(kind("LESSONS IN IT HERE", 2), TokenKind::StopWord);
    }

    #[test]
    fn lines_are_sentences_when_asked() {
        let language = "en".parse().unwrap();
        let text = " One. Two. \n\nThree";
        let source = Source {
            id: "",
            title: "",
            text,
            language,
            segmenter: Segmenter::Lines,
            line_ends: LineEnds::Auto,
        };
        let document = Analyser::default().analyse(source);
        let texts: Vec<_> = (0..2).map(|at| document.sentence_text(at)).collect();
        assert_eq!(texts, ["One. Two.", "Three"]);
    }
}
