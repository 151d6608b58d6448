//! The registry of systems and metrics: every one that a program knows, by name. What a
//! user writes on the command line is built here.

use std::sync::Arc;

use epitome_base::embedding::{Embedders, KeptEmbeddings, NamedEmbedder};
use epitome_base::spec::{self, Built, Entry, Parameter, Spec, SpecError};
use epitome_metrics::{
    METRICS, Metric, USUAL_OF_KEYPHRASES, USUAL_OF_QUERIES, USUAL_OF_SUMMARIES,
};
use epitome_systems::keywords::{EXTRACTORS, KeywordExtractor};
use epitome_systems::summarise::{self, SUMMARISERS, Summariser};

/// Contains the systems and metrics that can be named in a run. It starts with what is
/// built in; a user's own program adds to it:
///
/// ```
/// use epitome_engine::registry::Registry;
/// # let entry = epitome_systems::summarise::SUMMARISERS[0];
/// let registry = Registry::standard().with_summariser(entry);
/// ```
#[derive(Clone, Default)]
pub struct Registry {
    summarisers: Vec<Entry<dyn Summariser>>,
    extractors: Vec<Entry<dyn KeywordExtractor>>,
    metrics: Vec<Entry<dyn Metric>>,
    embedders: Embedders,
}

impl Registry {
    /// Returns the registry of everything that is built in.
    pub fn standard() -> Self {
        Self {
            summarisers: SUMMARISERS.to_vec(),
            extractors: EXTRACTORS.to_vec(),
            metrics: METRICS.to_vec(),
            embedders: Embedders::default(),
        }
    }

    /// Adds a summariser, which replaces one of the same name.
    #[must_use]
    pub fn with_summariser(mut self, entry: Entry<dyn Summariser>) -> Self {
        put(&mut self.summarisers, entry);
        self
    }

    /// Adds a keyword extractor, which replaces one of the same name.
    ///
    /// ```
    /// use epitome_base::spec::Entry;
    /// use epitome_engine::registry::Registry;
    /// use epitome_systems::keywords::{CandidateScorer, Candidates, KeywordExtractor, ScoredPhrases};
    /// use epitome_text::{CorpusView, Document};
    ///
    /// /// Noun phrases, the longest first.
    /// struct LongPhrases(Candidates);
    ///
    /// impl CandidateScorer for LongPhrases {
    ///     fn candidates(&self, document: &Document, _: &CorpusView) -> ScoredPhrases {
    ///         let found = self.0.find(document).into_iter();
    ///         ScoredPhrases::new(found.map(|phrase| {
    ///             let length = phrase.text(document).chars().count();
    ///             (phrase, length as f64)
    ///         }))
    ///     }
    ///
    ///     fn finder(&self) -> Option<&Candidates> {
    ///         Some(&self.0)
    ///     }
    /// }
    ///
    /// const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    ///     name: "long-phrases",
    ///     about: "noun phrases, the longest first",
    ///     source: "",
    ///     parameters: &[],
    ///     build: |_| Box::new(LongPhrases(Candidates::noun_phrases(4))),
    /// };
    ///
    /// let registry = Registry::standard().with_extractor(ENTRY);
    /// assert!(registry.extractor(&"long-phrases".parse()?).is_ok());
    /// # Ok::<_, epitome_base::spec::SpecError>(())
    /// ```
    #[must_use]
    pub fn with_extractor(mut self, entry: Entry<dyn KeywordExtractor>) -> Self {
        put(&mut self.extractors, entry);
        self
    }

    /// Adds a metric, which replaces one of the same name.
    ///
    /// ```
    /// use epitome_base::spec::Entry;
    /// use epitome_engine::registry::Registry;
    /// use epitome_metrics::{
    ///     BoundMetric, Metric, Output, Score, Signature, Statistics, MetricInput, Task, Tokenisation,
    ///     score, tokens::Unicode,
    /// };
    ///
    /// /// The share of an output's words that are in a reference.
    /// struct SharedWords;
    ///
    /// impl Metric for SharedWords {
    ///     fn task(&self) -> Task {
    ///         Task::Summaries
    ///     }
    ///
    ///     fn tokenisation(&self) -> Tokenisation {
    ///         Tokenisation::Unicode(Unicode::default())
    ///     }
    ///
    ///     fn signature(&self) -> Signature {
    ///         Signature::of("shared-words")
    ///     }
    ///
    ///     fn statistics(&self) -> &'static [&'static str] {
    ///         Statistics::MATCHES
    ///     }
    ///
    ///     fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
    ///         Box::new(move |output: Output<'_>| {
    ///             let words = output.tokens.ids();
    ///             let is_known = |word: &&u32| {
    ///                 subject.references.iter().any(|it| it.ids().contains(word))
    ///             };
    ///             let longest = subject.references.iter().map(|it| it.ids().len()).max();
    ///             let shared = words.iter().filter(is_known).count();
    ///             Statistics::counts(shared, words.len(), longest.unwrap_or(0))
    ///         })
    ///     }
    ///
    ///     fn score(&self, statistics: &Statistics) -> Score {
    ///         statistics.matches().precision_recall_f1()
    ///     }
    /// }
    ///
    /// const ENTRY: Entry<dyn Metric> = Entry {
    ///     name: "shared-words",
    ///     about: "share of an output's words that are in a reference",
    ///     source: "",
    ///     parameters: &[],
    ///     build: |_| Box::new(SharedWords),
    /// };
    ///
    /// let registry = Registry::standard().with_metric(ENTRY);
    /// let metric = registry.metric(&"shared-words".parse()?)?.value;
    /// let found = score(metric.as_ref(), "the cat", &["a cat sat"])?;
    /// assert_eq!(found.precision, Some(0.5));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_metric(mut self, entry: Entry<dyn Metric>) -> Self {
        put(&mut self.metrics, entry);
        self
    }

    /// Adds an embedder that systems and metrics can name, which replaces one of the same
    /// name.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use epitome_base::embedding::{NamedEmbedder, WordTable};
    /// use epitome_engine::registry::Registry;
    ///
    /// let words = [("river", [1.0, 0.0]), ("bridge", [0.8, 0.6])];
    /// let mine = NamedEmbedder {
    ///     name: "mine".to_owned(),
    ///     embedder: Arc::new(WordTable::new(2, words)),
    /// };
    /// let registry = Registry::standard().with_embedder(mine);
    /// assert!(registry.extractor(&"key-bert(embedder=mine)".parse()?).is_ok());
    /// assert!(registry.extractor(&"key-bert(embedder=other)".parse()?).is_err());
    /// # Ok::<_, epitome_base::spec::SpecError>(())
    /// ```
    #[must_use]
    pub fn with_embedder(mut self, named: NamedEmbedder) -> Self {
        self.embedders = self.embedders.with(named);
        self
    }

    /// Returns the registry with embedders that keep the vectors of a document, so that they
    /// are made once for all systems and metrics. The time of a system is then without that
    /// of the vectors that another one asked for before.
    #[must_use]
    pub fn keeping_embeddings(mut self) -> Self {
        let kept = self.embedders.iter().map(|it| NamedEmbedder {
            name: it.name.clone(),
            embedder: Arc::new(KeptEmbeddings::of(Arc::clone(&it.embedder))),
        });
        self.embedders = kept.collect();
        self
    }

    /// Returns the embedders that systems and metrics can name.
    pub fn embedders(&self) -> &Embedders {
        &self.embedders
    }

    /// Returns the summarisers, baselines first, in the order in which they were added.
    pub fn summarisers(&self) -> &[Entry<dyn Summariser>] {
        &self.summarisers
    }

    /// Returns the keyword extractors, the baseline first, in the order in which they
    /// were added.
    pub fn extractors(&self) -> &[Entry<dyn KeywordExtractor>] {
        &self.extractors
    }

    /// Returns the metrics, grouped by task, in the order in which they were added.
    pub fn metrics(&self) -> &[Entry<dyn Metric>] {
        &self.metrics
    }

    /// Returns the metrics of a run for which none are specified: the usual ones, and
    /// those that a user's program has added.
    pub fn usual_metrics(&self) -> impl Iterator<Item = &Entry<dyn Metric>> {
        self.metrics.iter().filter(|entry| {
            let is_built_in = METRICS.iter().any(|known| known.name == entry.name);
            let usual = [
                &USUAL_OF_SUMMARIES[..],
                &USUAL_OF_QUERIES,
                &USUAL_OF_KEYPHRASES,
            ];
            usual.concat().contains(&entry.name) || !is_built_in
        })
    }

    /// Builds the summariser that `spec` names, with its parameters.
    ///
    /// # Errors
    /// Returns an error if its name or a parameter is unknown, or a value is not of its
    /// kind.
    pub fn summariser(&self, spec: &Spec) -> Result<Built<dyn Summariser>, SpecError> {
        let (family, shared) = ("summariser", summarise::SHARED);
        spec::build_with(family, &self.summarisers, shared, &self.embedders, spec)
    }

    /// Builds the keyword extractor that `spec` names, with its parameters.
    ///
    /// # Errors
    /// Returns the errors of [`Self::summariser`].
    pub fn extractor(
        &self,
        spec: &Spec,
    ) -> Result<Built<dyn KeywordExtractor>, SpecError> {
        let family = "keyword extractor";
        spec::build_with(family, &self.extractors, &[], &self.embedders, spec)
    }

    /// Builds the metric that `spec` names, with its parameters.
    ///
    /// # Errors
    /// Returns the errors of [`Self::summariser`].
    pub fn metric(&self, spec: &Spec) -> Result<Built<dyn Metric>, SpecError> {
        spec::build_with("metric", &self.metrics, &[], &self.embedders, spec)
    }

    /// Returns how an entry is named when every system is meant: by its name, and if it
    /// needs an embedder, once with each; so not at all if there is none.
    pub fn every<T: ?Sized>(&self, entry: &Entry<T>) -> Vec<Spec> {
        let with = |arguments| Spec {
            name: entry.name.to_owned(),
            arguments,
        };
        if !entry.needs_embedder() {
            return vec![with(Vec::new())];
        }

        let parameter = Parameter::EMBEDDER.name;
        let names = self.embedders.names().into_iter();
        names
            .map(|name| with(vec![(parameter.to_owned(), name)]))
            .collect()
    }

    /// Returns the metric of `spec` with the tokeniser that reads every script
    /// (`profile=unicode` or `tokens=unicode`), without the other parameters if they
    /// cannot be combined with it. Returns `None` if the metric has no such tokeniser.
    pub fn metric_of_any_script(&self, spec: &Spec) -> Option<Built<dyn Metric>> {
        let bare = Spec {
            name: spec.name.clone(),
            arguments: Vec::new(),
        };
        let candidates = [spec, &bare].into_iter().flat_map(|spec| {
            ["profile", "tokens"].map(|parameter| {
                let mut spec = spec.clone();
                spec.arguments.retain(|(name, _)| name != parameter);
                spec.arguments
                    .push((parameter.to_owned(), "unicode".to_owned()));
                spec
            })
        });

        candidates
            .filter_map(|spec| self.metric(&spec).ok())
            .find(|built| !built.value.tokenisation().drops_beyond_ascii())
    }
}

fn put<T: ?Sized>(entries: &mut Vec<Entry<T>>, entry: Entry<T>) {
    match entries.iter_mut().find(|known| known.name == entry.name) {
        Some(known) => *known = entry,
        None => entries.push(entry),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summariser(spec: &str) -> Result<String, String> {
        let built = Registry::standard().summariser(&spec.parse().unwrap());
        built
            .map(|built| built.name)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn whatever_scores_takes_a_position_and_an_order_does_not() {
        assert_eq!(
            summariser("text-rank(position=0.5, damping=0.9)").unwrap(),
            "text-rank(damping=0.9, position=0.5)"
        );
        insta::assert_snapshot!(
            summariser("lead(position=0.5)").unwrap_err(),
            @"`lead` takes no parameter `position`"
        );
    }

    #[test]
    fn boilerplate_is_no_matter_of_systems() {
        for entry in Registry::standard().summarisers() {
            let refusal = summariser(&format!("{}(furniture=keep)", entry.name));
            let refusal = refusal.unwrap_err();
            assert!(
                refusal.contains("takes no parameter `furniture`"),
                "{refusal}"
            );
            assert!(refusal.contains("+clean"), "{refusal}");
        }
    }
}
