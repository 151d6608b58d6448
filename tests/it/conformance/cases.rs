//! Texts as people have them: the small inputs of `cases`, with their outcomes by hand.

use epitome::{
    metric::{MetricSet, Task},
    registry::Registry,
    text::{Analyser, AnalysisNeeds, CorpusView, Document, LineEnds, Segmenter, Source},
};
use serde_json::Value;

use super::shared;

fn document(language: &str, text: &str) -> Document {
    let (language, segmenter) = (language.parse().unwrap(), Segmenter::Own);
    Analyser::new(AnalysisNeeds { tags: true }).analyse(Source {
        id: "",
        title: "",
        text,
        language,
        segmenter,
        line_ends: LineEnds::Auto,
    })
}

/// At most `limit` keyphrases of a case; none where there is no such file.
fn found(system: &str, language: &str, file: &str, limit: usize) -> Option<Vec<String>> {
    let text = shared(&format!("cases/{file}"))?;
    let extractor = Registry::standard()
        .extractor(&system.parse().unwrap())
        .unwrap()
        .value;
    let found = extractor.extract(&document(language, &text), &CorpusView::none(), limit);
    Some(found.into_iter().map(|phrase| phrase.text).collect())
}

#[test]
fn a_text_scores_alike_in_every_form_of_its_letters() {
    let Some(cases) = shared("cases/uni.json") else {
        return;
    };
    let cases: Vec<Value> = serde_json::from_str(&cases).unwrap();
    let metric = "rouge-1(profile=unicode)".parse().unwrap();
    let metric = Registry::standard().metric(&metric).unwrap().value;
    for case in &cases {
        let reference = case["references"][0].as_str().unwrap().to_owned();
        let mut metric_set = MetricSet::new(Task::Summaries, [&*metric]);
        let references = metric_set.references([std::slice::from_ref(&reference)]);
        let candidate = metric_set.candidate([case["candidate"].as_str().unwrap()]);
        let statistics = metric_set.prepare(&references).measure(&candidate);
        let score = metric.score(&statistics[0]).value;
        assert_eq!(score, case["expected"].as_f64().unwrap(), "{}", case["id"]);
    }
}

#[test]
fn equivalent_texts_have_the_same_phrases() {
    for system in ["epitome", "tf-idf", "text-rank", "first-phrases"] {
        let in_form = |file| {
            let phrases = found(system, "fr", file, 20)?;
            let forms = phrases.iter().map(|phrase| document("fr", phrase));
            let stems = forms.map(|it| {
                let words = it.tokens().iter().map(|token| it.stem(token.term));
                words.collect::<Vec<_>>().join(" ")
            });
            Some(stems.collect::<Vec<_>>())
        };
        let [Some(composed), Some(decomposed), Some(straight)] =
            ["fr_nfc.txt", "fr_nfd.txt", "fr_straight.txt"].map(in_form)
        else {
            return;
        };
        assert_eq!(composed, decomposed, "{system}");
        assert_eq!(composed, straight, "{system}");
    }
}

#[test]
fn an_elided_article_is_no_part_of_a_phrase() {
    let Some(phrases) = found("epitome", "fr", "fr_nfc.txt", 20) else {
        return;
    };
    for wanted in ["école", "fête", "élèves"] {
        assert!(
            phrases.iter().any(|it| it == wanted),
            "{wanted} of {phrases:?}"
        );
    }
    assert!(!phrases.iter().any(|it| it.contains('’')), "{phrases:?}");
}

#[test]
fn invisible_characters_part_no_words() {
    for file in ["soft.txt", "zw.txt"] {
        let Some(phrases) = found("first-phrases", "en", file, 50) else {
            return;
        };
        let times = |wanted: &str| {
            phrases
                .iter()
                .filter(|it| it.to_lowercase() == wanted)
                .count()
        };
        assert_eq!(times("transport minister"), 1, "{file}: {phrases:?}");
        assert_eq!(times("railway"), 1, "{file}: {phrases:?}");
    }
}

#[test]
fn markup_is_no_word() {
    for system in ["epitome", "yake", "tf-idf", "rake", "first-phrases"] {
        for file in ["ent.txt", "md.md", "dashes.txt"] {
            let Some(phrases) = found(system, "en", file, 100) else {
                return;
            };
            for phrase in &phrases {
                let has_sign = phrase.contains(['[', ']', ';']);
                let words: Vec<String> =
                    phrase.split(' ').map(str::to_lowercase).collect();
                let entity = ["amp", "nbsp", "pound", "ndash", "quot", "br"];
                let is_entity = words.iter().any(|it| entity.contains(&it.as_str()));
                assert!(!has_sign && !is_entity, "{system}, {file}: {phrase:?}");
            }
        }
    }
    let Some(phrases) = found("first-phrases", "en", "dashes.txt", 100) else {
        return;
    };
    assert!(!phrases.iter().any(|it| it.contains('_')), "{phrases:?}");
    let Some(phrases) = found("first-phrases", "en", "md.md", 100) else {
        return;
    };
    assert!(!phrases.iter().any(|it| it.contains("://")), "{phrases:?}");
}

#[test]
fn short_numbered_and_abbreviated_terms_are_candidates() {
    let system = "first-phrases(candidates=ngrams)";
    let Some(ngrams) = found(system, "en", "names.txt", 500) else {
        return;
    };
    let wanted = [
        "COVID-19",
        "SARS-CoV-2",
        "EU",
        "AI",
        "C#",
        "U.S. Army",
        "St. Petersburg",
    ];
    for wanted in wanted {
        assert!(
            ngrams.iter().any(|it| it == wanted),
            "{wanted} of {ngrams:?}"
        );
    }
    let phrases = found("first-phrases", "en", "names.txt", 500).unwrap();
    for wanted in wanted {
        assert!(
            phrases.iter().any(|it| it.contains(wanted)),
            "{wanted} of {phrases:?}"
        );
    }
}

#[test]
fn words_of_a_script_without_spaces_are_those_of_a_dictionary() {
    for system in ["yake", "epitome", "first-phrases"] {
        let Some(phrases) = found(system, "ja", "ja.txt", 50) else {
            return;
        };
        for wanted in ["港湾局", "フェリー航路", "月曜日"] {
            assert!(
                phrases.iter().any(|it| it.contains(wanted)),
                "{system}: {phrases:?}"
            );
        }
        let is_kana =
            |it: &&String| it.chars().count() == 1 && ("ぁ".."ん").contains(&it.as_str());
        assert_eq!(phrases.iter().find(is_kana), None, "{system}");
    }
}
