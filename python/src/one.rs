//! One text: summarised, its keyphrases, its sentences.

use epitome::{
    porter::Porter,
    registry::Registry,
    spec::Spec,
    text::{
        Analyser, AnalysisNeeds, CorpusView, Document, Language, Source,
        boilerplate::Boilerplate,
    },
};
use pyo3::{prelude::*, pybacked::PyBackedStr};

use super::{
    errors::{guarded, input, raised},
    session::Length,
};

/// A system's name, the sentences of the text, the picks in document order, the scores.
type Summary = (String, Vec<String>, Vec<u32>, Option<Vec<Option<f64>>>);

/// Summarises a text.
#[pyfunction]
#[expect(
    clippy::too_many_arguments,
    reason = "the arguments of the Python function"
)]
pub(crate) fn summarise(
    py: Python<'_>,
    text: PyBackedStr,
    title: PyBackedStr,
    system: PyBackedStr,
    length: Length,
    language: Option<String>,
    keep_boilerplate: bool,
    query: PyBackedStr,
) -> PyResult<Summary> {
    let spec = parsed(&system)?;
    let budget = length.budget();
    let language = language_of(language.as_deref(), &title, &text)?;
    guarded(|| {
        py.detach(|| {
            let registry = Registry::standard();
            let built = registry.summariser(&spec).map_err(|error| {
                refused(
                    error,
                    registry.extractor(&spec).is_ok(),
                    "keywords",
                    "keyphrases",
                )
            })?;
            let document = analysed(&title, &text, language, built.value.needs());
            let clean = cleaned(&document, keep_boilerplate);
            let seen = clean.as_ref().unwrap_or(&document);
            let query = query.trim();
            if !query.is_empty() && built.value.with_query(query).is_none() {
                let name = built.name;
                return Err(input(format!(
                    "`{name}` reads no query, or has one of its own"
                )));
            }
            if let Some(too_long) = built.value.refusal(seen) {
                return Err(input(format!("`{}`: {too_long}", built.name)));
            }
            let selection = built.value.summarise_for(query, seen, budget);
            let selection = selection.of_whole(seen);
            let known = |score: f64| Some(score).filter(|score| !score.is_nan());
            let picks = selection.in_document_order();
            let scores = selection.scores;
            let scores = scores.map(|scores| scores.into_iter().map(known).collect());
            Ok((built.name, texts_of(&document), picks, scores))
        })
    })
}

/// A phrase, its score, and where it stands in the text: characters, start and end.
type Phrase = (String, f64, Vec<(usize, usize)>);

/// Extracts keyphrases from a text: the extractor's name and signature, and its phrases.
#[pyfunction]
pub(crate) fn keywords(
    py: Python<'_>,
    text: PyBackedStr,
    title: PyBackedStr,
    system: PyBackedStr,
    limit: usize,
    language: Option<String>,
    keep_boilerplate: bool,
) -> PyResult<(String, String, Vec<Phrase>)> {
    let spec = parsed(&system)?;
    let language = language_of(language.as_deref(), &title, &text)?;
    guarded(|| {
        py.detach(|| {
            let registry = Registry::standard();
            let built = registry.extractor(&spec).map_err(|error| {
                refused(
                    error,
                    registry.summariser(&spec).is_ok(),
                    "summarise",
                    "summaries",
                )
            })?;
            let document = analysed(&title, &text, language, built.value.needs());
            let clean = cleaned(&document, keep_boilerplate);
            let seen = clean.as_ref().unwrap_or(&document);
            let corpus = CorpusView::none();
            let found = built.value.extract(seen, &corpus, limit);
            let (whole, body) = (document.full_text(), document.body_start() as usize);
            let characters = |from: usize, to: usize| whole[from..to].chars().count();
            let phrase = |found: epitome::keywords::Keyphrase| {
                let spans = found
                    .occurrences
                    .iter()
                    .map(|span| span.start as usize..span.end as usize);
                let in_body = spans.filter(|span| span.start >= body);
                let places = in_body.map(|span| {
                    let start = characters(body, span.start);
                    (start, start + characters(span.start, span.end))
                });
                (found.text, found.score, places.collect())
            };
            let signature = built.value.signature(seen, &corpus);
            Ok((
                built.name,
                signature,
                found.into_iter().map(phrase).collect(),
            ))
        })
    })
}

/// The sentences of a text.
#[pyfunction]
pub(crate) fn sentences(
    py: Python<'_>,
    text: PyBackedStr,
    language: Option<String>,
) -> PyResult<Vec<String>> {
    let language = language_of(language.as_deref(), "", &text)?;
    guarded(|| {
        py.detach(|| {
            let document = analysed("", &text, language, AnalysisNeeds::default());
            Ok(texts_of(&document))
        })
    })
}

/// The stem of a word of ASCII letters, as NLTK's Porter stemmer has it.
#[pyfunction]
pub(crate) fn stem(word: &str) -> PyResult<String> {
    let mut bytes = word.to_lowercase().into_bytes();
    if bytes.is_ascii() {
        Porter::Nltk.stem(&mut bytes);
    }
    String::from_utf8(bytes).map_err(|_| input("the stem is no text"))
}

fn refused(
    error: epitome::spec::SpecError,
    is_of_the_other: bool,
    other: &str,
    gives: &str,
) -> PyErr {
    match is_of_the_other {
        true => input(format!(
            "this system gives {gives}\nhint: `epitome.{other}` takes it"
        )),
        false => raised(error),
    }
}

fn language_of(code: Option<&str>, title: &str, text: &str) -> PyResult<Language> {
    match code {
        None => Ok(Language::detect_with(title, text)),
        Some(code) => code.parse().map_err(|error| input(format!("{error}"))),
    }
}

fn analysed(
    title: &str,
    text: &str,
    language: Language,
    needs: AnalysisNeeds,
) -> Document {
    Analyser::new(needs).analyse(Source {
        id: "text",
        title,
        text,
        language,
        segmenter: epitome::text::Segmenter::default(),
        line_ends: epitome::text::LineEnds::default(),
    })
}

/// The document without its boilerplate, if that is to be dropped and there is any.
fn cleaned(document: &Document, keep: bool) -> Option<Document> {
    let what = if keep {
        Boilerplate::Keep
    } else {
        Boilerplate::Drop
    };
    match what {
        Boilerplate::Drop if document.boilerplate().sentences > 0 => {
            document.without_boilerplate()
        }
        _ => None,
    }
}

fn texts_of(document: &Document) -> Vec<String> {
    let all = 0..document.sentences().len();
    all.map(|at| document.sentence_text(at).to_owned())
        .collect()
}

/// A spec that a user wrote.
pub(crate) fn parsed(text: &str) -> PyResult<Spec> {
    text.parse()
        .map_err(|error: epitome::spec::SpecError| raised(error))
}
