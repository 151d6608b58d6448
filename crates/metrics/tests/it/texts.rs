//! A metric that needs texts receives them, whatever other metrics are measured with it.

use std::sync::Mutex;

use epitome_metrics::{
    BoundMetric, Metric, MetricInput, MetricNeeds, MetricSet, Output, Rouge, Score,
    Signature, Statistics, Task, Tokenisation, score,
};

/// The texts of an output, and those of each reference.
type Texts = (Vec<String>, Vec<Vec<String>>);

/// Notes every text that it is given.
#[derive(Default)]
struct Reader(Mutex<Vec<Texts>>);

impl Metric for Reader {
    fn task(&self) -> Task {
        Task::Summaries
    }

    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Bleu
    }

    fn needs(&self) -> MetricNeeds {
        MetricNeeds {
            texts: true,
            ..MetricNeeds::default()
        }
    }

    fn signature(&self) -> Signature {
        Signature::of("reader")
    }

    fn statistics(&self) -> &'static [&'static str] {
        Statistics::VALUE
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        Box::new(move |output: Output<'_>| {
            let read = (output.texts.to_vec(), subject.texts.to_vec());
            self.0.lock().expect("no reader panics").push(read);
            Statistics::value(1.0)
        })
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.mean()
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

#[test]
fn texts_are_those_of_the_output_and_of_its_references() {
    let (reader, rouge) = (Reader::default(), Rouge::n(1));
    let metrics: [&dyn Metric; 2] = [&rouge, &reader];
    let mut metric_set = MetricSet::new(Task::Summaries, metrics);
    let references = [owned(&["Мост, bridge."]), owned(&["a", "b"])];
    let all = metric_set.references(references.iter().map(Vec::as_slice));
    let candidate = metric_set.candidate(["A stone.", "Bridge!"]);
    metric_set.prepare(&all).measure(&candidate);
    metric_set.prepare(&all.without(0)).measure(&candidate);

    let read = reader.0.lock().expect("no reader panics");
    let candidate = owned(&["A stone.", "Bridge!"]);
    let rest = references[1..].to_vec();
    assert_eq!(
        *read,
        [(candidate.clone(), references.to_vec()), (candidate, rest)]
    );
}

#[test]
fn texts_are_always_there() {
    let reader = Reader::default();
    assert_eq!(
        score(&reader, "a", &["b"]).map(|found| found.value),
        Ok(1.0)
    );
}
