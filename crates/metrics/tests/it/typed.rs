//! Metrics as values: each is what its name in the registry builds.

use epitome_base::spec;
use epitome_metrics::{
    Bleu, Chrf, Cut, Divergence, Fragments, KeyphraseF1, KeyphraseList, KeyphraseNdcg,
    KeyphrasePartial, Leak, METRICS, Metric, NovelNgrams, Overlap, Protocol, RankedList,
    Redundancy, RepeatedNgrams, Rouge, Rouge155Scores, Smart, Words,
    position::{Position, PositionDistance},
    tokens::{Rouge155, Snowball},
};

/// Specs of metrics of summaries with the values that they are to be.
fn of_summaries() -> Vec<(&'static str, Box<dyn Metric>)> {
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
        ("rouge-1", Box::new(Rouge::n(1))),
        ("rouge-9", Box::new(Rouge::n(9))),
        ("rouge-2(profile=unicode)", Box::new(Rouge::n(2).unicode())),
        (
            "rouge-2(profile=unicode, stemmer=true, language=ru)",
            Box::new(
                Rouge::n(2)
                    .stemmed_in(Snowball::of("ru").expect("Russian has a stemmer")),
            ),
        ),
        (
            "rouge-2(profile=rouge-1.5.5)",
            Box::new(
                Rouge::n(2).rouge_155(Rouge155::default(), Rouge155Scores::default()),
            ),
        ),
        (
            "rouge-l(profile=rouge-1.5.5)",
            Box::new(Rouge::l_of_155(
                Rouge155::default(),
                Rouge155Scores::default(),
            )),
        ),
        ("rouge-w", Box::new(Rouge::w(1.2))),
        ("rouge-s", Box::new(Rouge::s(Some(4)))),
        ("rouge-su(skip=any)", Box::new(Rouge::su(None))),
        ("bleu(average=micro)", Box::new(Bleu::of_corpus())),
        (
            "chrf++(average=micro)",
            Box::new(Chrf::plus_plus().of_corpus()),
        ),
    ]
}

/// Specs of metrics of keyphrases with the values that they are to be.
fn of_keyphrases() -> Vec<(&'static str, Box<dyn Metric>)> {
    vec![
        ("keyphrase-f1", Box::new(KeyphraseF1::at(10))),
        ("keyphrase-f1(at=M)", Box::new(KeyphraseF1::cut(Cut::All))),
        (
            "keyphrase-f1(protocol=kex)",
            Box::new(KeyphraseF1::at(10).protocol(Protocol::kex())),
        ),
        (
            "keyphrase-map",
            Box::new(KeyphraseList::of(RankedList::AveragePrecision)),
        ),
        (
            "keyphrase-mrr",
            Box::new(KeyphraseList::of(RankedList::ReciprocalRank)),
        ),
        (
            "keyphrase-r-precision",
            Box::new(KeyphraseList::of(RankedList::RPrecision)),
        ),
        ("keyphrase-ndcg", Box::new(KeyphraseNdcg::at(10))),
        (
            "keyphrase-partial",
            Box::new(KeyphrasePartial::cut(Cut::At(10))),
        ),
    ]
}

#[test]
fn a_value_is_what_its_spec_builds() {
    for (text, value) in of_summaries().into_iter().chain(of_keyphrases()) {
        let spec = text.parse().expect("the spec is of the grammar");
        let built = spec::build("metric", METRICS, &spec).expect("the spec is known");
        // a signature names everything that changes the value
        assert_eq!(value.signature(), built.value.signature(), "{text}");
        assert_eq!(value.tokenisation(), built.value.tokenisation(), "{text}");
        assert_eq!(value.statistics(), built.value.statistics(), "{text}");
        assert_eq!(value.scale(), built.value.scale(), "{text}");
        assert_eq!(value.needs(), built.value.needs(), "{text}");
    }
}
