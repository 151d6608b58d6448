//! The analysis stage by stage: `cargo bench --bench text`.
//!
//! On the news of `../shared/corpora/cnndm1000` (or of `EPITOME_SHARED`), or on the
//! sampler where that is missing. One core, megabytes of text a second.

use std::{env, error::Error, fs, hint::black_box, path::PathBuf, time::Duration};

use criterion::{Criterion, Throughput};
use epitome::{
    corpus,
    text::{Analyser, AnalysisNeeds, Language, LineEnds, Rules, Segmenter, Source},
};

fn main() -> Result<(), Box<dyn Error>> {
    let texts = texts()?;
    let bytes = texts.iter().map(|text| text.len() as u64).sum();
    let english: Language = "en".parse()?;
    let analyse = |analyser: &mut Analyser, segmenter: Segmenter| {
        for text in &texts {
            let source = Source {
                id: "",
                title: "",
                text,
                language: english,
                segmenter,
                line_ends: LineEnds::Auto,
            };
            black_box(analyser.analyse(source));
        }
    };

    let mut criterion = Criterion::default()
        .without_plots()
        .sample_size(20)
        .measurement_time(Duration::from_secs(4))
        .configure_from_args();
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(bytes));
    for (name, segmenter) in [
        ("sentences, own", Segmenter::Own),
        ("sentences, uax29", Segmenter::Uax29),
    ] {
        let rules = Rules::of("en");
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for text in &texts {
                    black_box(segmenter.spans(text, rules));
                }
            });
        });
    }
    group.bench_function("all, without sentences", |bencher| {
        let mut analyser = Analyser::default();
        bencher.iter(|| analyse(&mut analyser, Segmenter::Lines));
    });
    group.bench_function("all", |bencher| {
        let mut analyser = Analyser::default();
        bencher.iter(|| analyse(&mut analyser, Segmenter::Own));
    });
    group.bench_function("all, words not met before", |bencher| {
        bencher.iter(|| analyse(&mut Analyser::default(), Segmenter::Own));
    });
    group.bench_function("all and parts of speech", |bencher| {
        let mut analyser = Analyser::new(AnalysisNeeds { tags: true });
        bencher.iter(|| analyse(&mut analyser, Segmenter::Own));
    });
    group.finish();
    Ok(())
}

/// English texts, one sentence a line in every second, so that lines are judged too.
fn texts() -> Result<Vec<String>, Box<dyn Error>> {
    let shared = env::var_os("EPITOME_SHARED").unwrap_or_else(|| "../../shared".into());
    let news = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join(shared)
        .join("corpora/cnndm1000/validation.jsonl");
    let corpus = match fs::exists(&news) {
        Ok(true) => corpus::open(&news.display().to_string())?,
        _ => corpus::open("sampler")?,
    };
    let mut texts = Vec::new();
    for source in corpus.records()? {
        let record = source?.parse()?;
        if record.language == "en" {
            texts.push(record.text);
        }
    }
    let rules = Rules::of("en");
    for text in texts.iter_mut().step_by(2) {
        let spans = Segmenter::Own.spans(text, rules);
        let lines: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
        *text = lines.join("\n");
    }
    Ok(texts)
}
