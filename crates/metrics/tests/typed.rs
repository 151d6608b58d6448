//! Metrics as values: each is what its name in the registry builds.

use epitome_base::spec;
use epitome_metrics::{
    Bleu, Chrf, Divergence, Fragments, Leak, METRICS, Metric, NovelNgrams, Overlap,
    Redundancy, RepeatedNgrams, Rouge, Smart, Words,
    position::{Position, PositionDistance},
};

/// Specs with the values that they are to be.
fn values() -> Vec<(&'static str, Box<dyn Metric>)> {
    vec![
        ("rouge-2", Box::new(Rouge::n(2))),
        ("rouge-2(stemmer=true)", Box::new(Rouge::n(2).stemmed())),
        ("rouge-l", Box::new(Rouge::l())),
        ("rouge-lsum", Box::new(Rouge::lsum())),
        ("chrf", Box::<Chrf>::default()),
        ("chrf++", Box::new(Chrf::plus_plus())),
        ("bleu", Box::<Bleu>::default()),
        ("smart-1", Box::new(Smart::one())),
        ("smart-2", Box::new(Smart::two())),
        ("smart-l", Box::new(Smart::l())),
        ("js-divergence", Box::<Divergence>::default()),
        (
            "js-divergence(tokens=unicode)",
            Box::new(Divergence::default().unicode()),
        ),
        ("coverage", Box::new(Fragments::coverage())),
        ("density", Box::new(Fragments::density())),
        ("compression", Box::new(Fragments::compression())),
        (
            "compression(tokens=unicode)",
            Box::new(Fragments::compression().unicode()),
        ),
        ("novel-ngrams", Box::new(NovelNgrams::of(2))),
        (
            "novel-ngrams(n=3,tokens=unicode)",
            Box::new(NovelNgrams::of(3).unicode()),
        ),
        ("repeated-ngrams", Box::new(RepeatedNgrams::of(2))),
        (
            "repeated-ngrams(n=1,tokens=unicode)",
            Box::new(RepeatedNgrams::of(1).unicode()),
        ),
        ("redundancy", Box::<Redundancy>::default()),
        (
            "redundancy(tokens=unicode)",
            Box::new(Redundancy::default().unicode()),
        ),
        ("position", Box::new(Position)),
        ("position-distance", Box::new(PositionDistance)),
        ("oracle-overlap", Box::new(Overlap::with_oracle())),
        ("lead-overlap", Box::new(Overlap::with_lead())),
        ("leak", Box::new(Leak::of_all())),
        ("leak(at=4)", Box::new(Leak::of_first(4))),
        ("words", Box::<Words>::default()),
        (
            "words(tokens=unicode)",
            Box::new(Words::default().unicode()),
        ),
    ]
}

#[test]
fn a_value_is_what_its_spec_builds() {
    for (text, value) in values() {
        let spec = text.parse().expect("the spec is of the grammar");
        let built = spec::build("metric", METRICS, &spec).expect("the spec is known");
        assert_eq!(value.signature(), built.value.signature(), "{text}");
        assert_eq!(value.scale(), built.value.scale(), "{text}");
        assert_eq!(value.needs(), built.value.needs(), "{text}");
    }
}
