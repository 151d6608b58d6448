//! Labelled pages. Their files call boilerplate `furniture`; only here and in the paths of
//! `main.rs` and `data.rs` is it called so.

use std::{error::Error, fs, ops::Range, path::Path};

use epitome::{
    rng,
    text::{
        Analyser, Document, Language, LineEnds, Segmenter, Source,
        boilerplate::{BoilerplateModel, Page},
    },
};
use serde_json::Value;

/// A page whose lines are labelled.
#[derive(Clone)]
pub(crate) struct LabelledPage {
    /// Host of its address; pages of one site share their boilerplate.
    pub(crate) site: String,
    /// Its lines with whether they are boilerplate.
    pub(crate) lines: Vec<(String, bool)>,
    pub(crate) language: Language,
}

/// Hosts under which pages without an address belong, by the beginning of their name.
const ALIASES: [(&str, &str); 3] = [
    ("guardian", "theguardian.com"),
    ("nytimes", "nytimes.com"),
    ("quanta", "quantamagazine.org"),
];

/// Reads pages, one JSON object a line.
pub(crate) fn read(file: &Path) -> Result<Vec<LabelledPage>, Box<dyn Error>> {
    let text = fs::read_to_string(file)
        .map_err(|error| format!("{}: {error}", file.display()))?;
    text.lines()
        .map(|line| Ok(page(&serde_json::from_str(line)?)))
        .collect()
}

fn page(record: &Value) -> LabelledPage {
    let lines: Vec<(String, bool)> = record["lines"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|line| {
            let text = line["text"].as_str().unwrap_or("").replace('\n', " ");
            (text, line["label"] == "furniture")
        })
        .collect();
    let body: Vec<&str> = lines
        .iter()
        .filter(|(_, boilerplate)| !boilerplate)
        .map(|(it, _)| &**it)
        .collect();
    LabelledPage {
        site: site(record),
        language: Language::detect(&body.join("\n")),
        lines,
    }
}

/// Reads the pages of the sampler, whose boilerplate is given as line numbers from 0.
pub(crate) fn read_sampler(file: &Path) -> Result<Vec<LabelledPage>, Box<dyn Error>> {
    let page = |line: &str| -> Result<LabelledPage, Box<dyn Error>> {
        let record: Value = serde_json::from_str(line)?;
        let boilerplate = record["meta"]["boilerplate"]
            .as_array()
            .into_iter()
            .flatten();
        let boilerplate: Vec<u64> = boilerplate.filter_map(Value::as_u64).collect();
        let lines = record["text"]
            .as_str()
            .unwrap_or("")
            .split('\n')
            .enumerate();
        let label = |(at, line): (usize, &str)| {
            (line.to_owned(), boilerplate.contains(&(at as u64)))
        };
        Ok(LabelledPage {
            site: record["id"].as_str().unwrap_or("").to_owned(),
            lines: lines.map(label).collect(),
            language: record["lang"].as_str().unwrap_or("en").parse()?,
        })
    };

    fs::read_to_string(file)?.lines().map(page).collect()
}

/// The host of a page; where there is no address, its name without the number.
fn site(record: &Value) -> String {
    let host = record["url"].as_str().and_then(|url| url.split('/').nth(2));
    if let Some(host) = host {
        return host.trim_start_matches("www.").to_owned();
    }
    let id = record["id"].as_str().unwrap_or("");
    let name = id.rsplit(':').next().unwrap_or(id);
    let name = name.trim_end_matches(|it: char| it == '-' || it.is_ascii_digit());
    let alias = ALIASES.iter().find(|(start, _)| *start == name);
    alias.map_or(name, |(_, host)| host).to_owned()
}

/// The fold of every page: pages of a site share one, sites are dealt out by chance.
pub(crate) fn folds(pages: &[&LabelledPage], count: usize, seed: u64) -> Vec<usize> {
    let mut sites: Vec<&str> = pages.iter().map(|page| &*page.site).collect();
    sites.sort_by_key(|site| (rng::seed_of(seed, site), *site));
    sites.dedup();
    let fold = |page: &&LabelledPage| {
        sites
            .iter()
            .position(|site| *site == page.site)
            .unwrap_or(0)
            % count
    };
    pages.iter().map(fold).collect()
}

impl LabelledPage {
    /// The page without its boilerplate.
    pub(crate) fn clean(&self) -> Self {
        let mut page = self.clone();
        page.lines.retain(|(_, boilerplate)| !boilerplate);
        page
    }

    /// The page with a sentence a line.
    pub(crate) fn by_sentence(&self) -> Self {
        let document = self.document(&mut Analyser::default());
        let labels = self.labels(&document);
        let line = |(at, label)| (document.sentence_text(at).replace('\n', " "), label);
        Self {
            lines: labels.into_iter().enumerate().map(line).collect(),
            ..self.clone()
        }
    }

    fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|(line, _)| &**line).collect();
        lines.join("\n")
    }

    /// The page as a document.
    pub(crate) fn document(&self, analyser: &mut Analyser) -> Document {
        analyser.analyse(Source {
            id: "page",
            title: "",
            text: &self.text(),
            language: self.language,
            segmenter: Segmenter::Own,
            line_ends: LineEnds::Auto,
        })
    }

    /// The line that holds byte `at` of the page's document.
    pub(crate) fn line_at(&self, at: usize) -> usize {
        let mut end = 0;
        let ends = self.lines.iter().map(|(line, _)| {
            end += line.len() + 1;
            end
        });
        ends.take_while(|&end| end <= at).count()
    }

    /// Whether each sentence of the page's document is boilerplate.
    pub(crate) fn labels(&self, document: &Document) -> Vec<bool> {
        let line = |start: u32| self.line_at(start as usize);
        let sentences = document.sentences().iter();
        sentences
            .map(|sentence| self.lines[line(sentence.span.start)].1)
            .collect()
    }
}

/// A page with the probabilities that a model gives its sentences.
pub(crate) struct Judged {
    pub(crate) document: Document,
    /// Whether each sentence is boilerplate.
    pub(crate) labels: Vec<bool>,
    pub(crate) lines: Vec<Range<usize>>,
}

impl Judged {
    /// The sentences of the body, white space runs as one space.
    pub(crate) fn body(&self) -> Vec<String> {
        let sentences = self.labels.iter().enumerate().filter(|(_, label)| !**label);
        let text = |at| self.document.sentence_text(at).split_whitespace();
        sentences
            .map(|(at, _)| text(at).collect::<Vec<_>>().join(" "))
            .collect()
    }
}

/// Judges each page by the model for it.
pub(crate) fn judged<'a>(
    pages: &[LabelledPage],
    model: impl Fn(usize) -> &'a BoilerplateModel,
) -> Vec<Judged> {
    let mut analyser = Analyser::default();
    let judge = |(at, page): (usize, &LabelledPage)| {
        let document = page.document(&mut analyser).judged_by(model(at));
        let lines = Page::of(&document).lines;
        Judged {
            labels: page.labels(&document),
            document,
            lines,
        }
    };
    pages.iter().enumerate().map(judge).collect()
}
