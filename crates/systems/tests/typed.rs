//! Systems as values, and systems of one's own.
#![expect(
    clippy::single_range_in_vec_init,
    reason = "a phrase is a list of ranges of tokens"
)]

use std::{collections::BTreeSet, ops::Range, sync::Arc};

use epitome_base::{
    embedding::{NamedEmbedder, WordTable},
    spec,
};
use epitome_systems::{
    keywords::{
        self, Candidate, CandidateScorer, Candidates, EXTRACTORS, KeywordExtractor,
        ScoredPhrases,
    },
    rank::Budget,
    summarise::{self, SUMMARISERS, Summariser},
};
use epitome_text::{
    Analyser, AnalysisNeeds, CorpusView, Document, LineEnds, Segmenter, Source,
};

fn document(text: &str) -> Document {
    let language = "en".parse().expect("a code of the table");
    let segmenter = Segmenter::Own;
    let source = Source {
        id: "d",
        title: "A stone bridge",
        text,
        language,
        segmenter,
        line_ends: LineEnds::Auto,
    };
    Analyser::new(AnalysisNeeds { tags: true }).analyse(source)
}

const TEXTS: [&str; 3] = [
    "The old stone bridge over the river fell last night. Nobody was hurt. The town will build \
     a new bridge of stone, said the mayor. \"The river rose by two metres,\" she added. A \
     ferry carries people across the river until the new bridge is there.",
    "Whales sing. Whales sing long songs in deep water, and whales in other waters learn the \
     songs. Ships disturb the songs of whales.",
    "",
];

/// An embedder that knows some words of the texts.
fn embedder() -> NamedEmbedder {
    let words = [
        ("bridge", [1.0, 0.0]),
        ("river", [0.6, 0.8]),
        ("old", [0.0, 1.0]),
    ];
    NamedEmbedder {
        name: "tiny".to_owned(),
        embedder: Arc::new(WordTable::new(2, words)),
    }
}

fn summarisers() -> Vec<(&'static str, Box<dyn Summariser>)> {
    vec![
        ("lead", Box::new(summarise::Lead)),
        ("tail", Box::new(summarise::Tail)),
        ("random", Box::<summarise::Random>::default()),
        ("longest", Box::new(summarise::Longest)),
        ("luhn", Box::<summarise::Luhn>::default()),
        ("edmundson", Box::<summarise::Edmundson>::default()),
        ("tf-idf", Box::<summarise::TfIdf>::default()),
        ("centroid", Box::<summarise::Centroid>::default()),
        ("degree", Box::<summarise::Degree>::default()),
        ("text-rank", Box::<summarise::TextRank>::default()),
        (
            "biased-text-rank",
            Box::<summarise::BiasedTextRank>::default(),
        ),
        ("lex-rank", Box::<summarise::LexRank>::default()),
        ("query-lex-rank", Box::<summarise::QueryLexRank>::default()),
        ("bm25", Box::<summarise::Bm25>::default()),
        ("hits", Box::new(summarise::Hits)),
        ("pac-sum", Box::<summarise::PacSum>::default()),
        ("lsa", Box::<summarise::Lsa>::default()),
        ("div-rank", Box::<summarise::DivRank>::default()),
        ("grasshopper", Box::<summarise::Grasshopper>::default()),
        ("mmr", Box::<summarise::Mmr>::default()),
        ("sum-basic", Box::new(summarise::SumBasic)),
        ("kl-sum", Box::<summarise::KlSum>::default()),
        ("submodular", Box::<summarise::Submodular>::default()),
        ("concepts", Box::<summarise::Concepts>::default()),
        ("epitome", Box::<summarise::Epitome>::default()),
    ]
}

fn extractors() -> Vec<(&'static str, Box<dyn KeywordExtractor>)> {
    vec![
        ("first-phrases", Box::<keywords::FirstPhrases>::default()),
        ("epitome", Box::<keywords::Epitome>::default()),
        ("tf", Box::<keywords::Tf>::default()),
        ("tf-idf", Box::<keywords::TfIdf>::default()),
        ("kp-miner", Box::<keywords::KpMiner>::default()),
        (
            "lexical-specificity",
            Box::<keywords::LexicalSpecificity>::default(),
        ),
        ("yake", Box::<keywords::Yake048>::default()),
        ("rake", Box::<keywords::Rake>::default()),
        ("text-rank", Box::<keywords::TextRank>::default()),
        ("single-rank", Box::<keywords::SingleRank>::default()),
        ("position-rank", Box::<keywords::PositionRank>::default()),
        ("tf-idf-rank", Box::<keywords::TfIdfRank>::default()),
        ("topic-rank", Box::<keywords::TopicRank>::default()),
        (
            "multipartite-rank",
            Box::<keywords::MultipartiteRank>::default(),
        ),
        ("hits", Box::<keywords::Hits>::default()),
        ("centrality", Box::<keywords::Centrality>::default()),
        (
            "embed-rank",
            Box::new(keywords::EmbedRank {
                embedder: embedder(),
                diversity: 0.0,
                content: true,
                candidates: keywords::Candidates::default(),
            }),
        ),
        (
            "key-bert",
            Box::new(keywords::KeyBert {
                embedder: embedder(),
                select: keywords::KeyBertSelection::Best,
                diversity: 0.5,
                pool: 20,
                candidates: keywords::Candidates::default(),
            }),
        ),
    ]
}

#[test]
fn every_summariser_is_a_value_whose_default_is_the_registrys() {
    let ours = summarisers();
    let known: BTreeSet<&str> = ours.iter().map(|(name, _)| *name).collect();
    assert_eq!(known, SUMMARISERS.iter().map(|entry| entry.name).collect());
    for (name, typed) in &ours {
        let named = (spec::find("summariser", SUMMARISERS, name).unwrap().build)(
            &spec::find("summariser", SUMMARISERS, name)
                .unwrap()
                .defaults(),
        );
        for text in TEXTS {
            let document = document(text);
            for budget in [Budget::Sentences(2), Budget::Words(20)] {
                let pair = [typed, &named].map(|it| it.summarise(&document, budget));
                assert_eq!(pair[0].picks, pair[1].picks, "{name}");
                assert_eq!(pair[0].scores, pair[1].scores, "{name}");
            }
        }
    }
}

#[test]
fn every_extractor_is_a_value_whose_default_is_the_registrys() {
    let ours = extractors();
    let known: BTreeSet<&str> = ours.iter().map(|(name, _)| *name).collect();
    assert_eq!(known, EXTRACTORS.iter().map(|entry| entry.name).collect());
    for (name, typed) in &ours {
        let entry = spec::find("keyword extractor", EXTRACTORS, name).unwrap();
        let spec = match entry.needs_embedder() {
            true => format!("{name}(embedder=tiny)"),
            false => (*name).to_owned(),
        };
        let (spec, known) = (spec.parse().unwrap(), [embedder()].into_iter().collect());
        let named = spec::build_with("", EXTRACTORS, &[], &known, &spec);
        let named = named.unwrap().value;
        for text in TEXTS {
            let document = document(text);
            let corpus = CorpusView::none();
            let pair = [typed, &named].map(|it| it.extract(&document, &corpus, 9));
            assert_eq!(pair[0], pair[1], "{name}");
            assert_eq!(
                typed.signature(&document, &corpus),
                named.signature(&document, &corpus),
                "{name}"
            );
            assert_eq!(typed.needs(), named.needs(), "{name}");
            assert_eq!(typed.corpus_needs(), named.corpus_needs(), "{name}");
        }
    }
}

#[test]
fn a_field_is_a_parameter() {
    let typed = summarise::TextRank {
        damping: 0.5,
        ..Default::default()
    };
    let spec = "text-rank(damping=0.5)".parse().unwrap();
    let named = spec::build("summariser", SUMMARISERS, &spec).unwrap().value;
    let document = document(TEXTS[0]);
    let scores =
        |it: &dyn Summariser| it.summarise(&document, Budget::Sentences(1)).scores;
    assert_eq!(scores(&typed), scores(named.as_ref()));
    assert_ne!(scores(&typed), scores(&summarise::TextRank::default()));
}

/// Our noun phrases by their lengths.
struct Longest(Candidates);

impl CandidateScorer for Longest {
    fn candidates(&self, document: &Document, _: &CorpusView) -> ScoredPhrases {
        let found = self.0.find(document);
        ScoredPhrases::new(found.into_iter().map(|candidate| {
            let length = candidate.text(document).len() as f64;
            (candidate, length)
        }))
    }

    fn finder(&self) -> Option<&Candidates> {
        Some(&self.0)
    }
}

/// Candidates of one's own: every word with a capital, the last the best.
struct Capitals;

impl CandidateScorer for Capitals {
    fn candidates(&self, document: &Document, _: &CorpusView) -> ScoredPhrases {
        let tokens = document.tokens().iter().enumerate();
        let capitals = tokens.filter(|(_, token)| {
            token
                .span
                .of(document.full_text())
                .starts_with(char::is_uppercase)
        });
        ScoredPhrases::new(capitals.filter_map(|(at, _)| {
            Some((Candidate::new(document, vec![at..at + 1])?, at as f64))
        }))
    }
}

#[test]
fn an_extractor_can_be_written_outside_the_crate() {
    let document = document(TEXTS[0]);
    let corpus = CorpusView::none();
    let extractor = Longest(Candidates::default());
    let found = extractor.extract(&document, &corpus, 1);
    assert_eq!(found[0].text, "old stone bridge");
    let signature = KeywordExtractor::signature(&extractor, &document, &corpus);
    assert!(
        signature.starts_with("candidates:noun-phrases|tagger:english"),
        "{signature}"
    );

    let found = Capitals.extract(&document, &corpus, 2);
    assert_eq!(found[0].text, "A", "`A ferry` comes last");
    assert_eq!(
        KeywordExtractor::signature(&Capitals, &document, &corpus),
        ""
    );
}

#[test]
fn a_phrase_stands_in_its_document() {
    let document = document("A bridge.");
    let tokens = document.tokens().len();
    let at =
        |ranges: &[Range<usize>]| Candidate::new(&document, ranges.to_vec()).is_some();
    assert!(at(&[0..2]) && at(&[0..tokens]));
    assert!(!at(&[]) && !at(&[1..1]) && !at(&[0..tokens + 1]));
}
