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
            has_sentence_lines: source.segmenter == Segmenter::Lines
                || source.line_ends == LineEnds::Sentences,
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
            has_sentence_lines: false,
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
            has_sentence_lines: layout.has_sentence_lines,
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
    /// Whether every line end was said to end a sentence.
    has_sentence_lines: bool,
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
mod tests;
